//! The limits of embeds, components, modals and commands, and the form in which Discord answers them.
//! What the published document does not say (unknown keys, upper-case names, a button without a
//! custom id) is refused here as well.

mod commands;
mod components;
mod embeds;

pub(crate) use self::commands::{choices, command};
pub(crate) use self::components::{Rules, components, modal};
pub(crate) use self::embeds::embeds;

use serde_json::Value;

use super::error::Problems;

/// A text at a path, measured in characters.
fn text<'a>(
    value: &'a Value,
    path: &str,
    least: usize,
    most: usize,
    problems: &mut Problems,
) -> Option<&'a str> {
    match value {
        Value::Null if least > 0 => {
            problems.required(path);
            None
        }
        Value::Null => None,
        Value::String(text) => {
            let length = text.chars().count();
            if least > 0 && !(least..=most).contains(&length) {
                problems.bad_length(path, least, most);
            } else if length > most {
                problems.too_long(path, most);
            }
            Some(text)
        }
        _ => {
            problems.add(path, "BASE_TYPE_BAD_TYPE", "Could not interpret as string.");
            None
        }
    }
}
