//! Application command definitions:
//! <https://discord.com/developers/docs/interactions/application-commands>.

use serde_json::{Map, Value, json};

use super::text;
use crate::sandbox::error::Problems;

/// Characters of name, description and values that one command may have with all its options.
const TOTAL_MAX: usize = 8_000;
const OPTIONS_MAX: usize = 25;
const CHOICES_MAX: usize = 25;

/// Locales that `name_localizations` may name.
const LOCALES: [&str; 34] = [
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl",
    "no", "pl", "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th",
    "zh-CN", "ja", "zh-TW", "ko", "ar", "he",
];

/// Checks a definition and answers it with Discord's defaults filled in.
/// `path` is where it stands in the body, with a final dot unless empty.
pub(crate) fn command(body: &Value, path: &str, problems: &mut Problems) -> Value {
    let kind = body["type"].as_u64().unwrap_or(1);
    let mut total = 0;
    if !(1..=3).contains(&kind) {
        problems.choice(&format!("{path}type"), "1, 2, 3");
    }
    named(body, path, kind == 1, &mut total, problems);
    if kind == 1 {
        options(
            &body["options"],
            &format!("{path}options"),
            0,
            &mut total,
            problems,
        );
    } else if body["description"]
        .as_str()
        .is_some_and(|text| !text.is_empty())
    {
        let message = "Context menu commands cannot have description";
        problems.add(
            &format!("{path}description"),
            "APPLICATION_COMMAND_INVALID_DESCRIPTION",
            message,
        );
    }
    if total > TOTAL_MAX {
        problems.add(
            path.trim_end_matches('.'),
            "APPLICATION_COMMAND_TOO_LARGE",
            "Command exceeds maximum size (8000)",
        );
    }
    let needed = &body["default_member_permissions"];
    let needed = needed
        .as_str()
        .map(str::to_owned)
        .or_else(|| needed.as_u64().map(|bits| bits.to_string()));
    let mut shown = json!({
        "type": kind,
        "name": body["name"],
        "name_localizations": body["name_localizations"],
        "description": body["description"].as_str().unwrap_or_default(),
        "description_localizations": body["description_localizations"],
        "default_member_permissions": needed,
        "nsfw": body["nsfw"] == true,
        "integration_types": [0],
        "contexts": body["contexts"],
    });
    let dm = body["dm_permission"].as_bool().unwrap_or(true);
    shown["dm_permission"] = json!(
        body["contexts"]
            .as_array()
            .map_or(dm, |contexts| contexts.contains(&json!(1)))
    );
    if let Some(options) = body["options"]
        .as_array()
        .filter(|options| !options.is_empty())
    {
        shown["options"] = options.iter().map(without_nulls).collect();
    }
    shown
}

/// Discord leaves out what an option does not have.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let kept = map.iter().filter(|(_, value)| !value.is_null());
            Value::Object(
                kept.map(|(key, value)| (key.clone(), without_nulls(value)))
                    .collect::<Map<_, _>>(),
            )
        }
        Value::Array(list) => list.iter().map(without_nulls).collect(),
        other => other.clone(),
    }
}

fn named(body: &Value, path: &str, described: bool, total: &mut usize, problems: &mut Problems) {
    if let Some(name) = text(&body["name"], &format!("{path}name"), 1, 32, problems) {
        *total += name.chars().count();
        let fits = name
            .chars()
            .all(|c| (c.is_alphanumeric() || "-_'".contains(c)) && !c.is_uppercase());
        if described && !fits {
            problems.add(
                &format!("{path}name"),
                "APPLICATION_COMMAND_INVALID_NAME",
                "Command name is invalid",
            );
        }
    }
    if described
        && let Some(description) = text(
            &body["description"],
            &format!("{path}description"),
            1,
            100,
            problems,
        )
    {
        *total += description.chars().count();
    }
    for (key, most) in [
        ("name_localizations", 32),
        ("description_localizations", 100),
    ] {
        for (locale, value) in body[key].as_object().into_iter().flatten() {
            let path = format!("{path}{key}.{locale}");
            if !LOCALES.contains(&locale.as_str()) {
                problems.add(
                    &path,
                    "BASE_TYPE_CHOICES",
                    format!("Unknown locale {locale}."),
                );
            }
            text(value, &path, 1, most, problems);
        }
    }
}

fn options(list: &Value, path: &str, depth: u8, total: &mut usize, problems: &mut Problems) {
    let list = list.as_array().map_or(&[][..], Vec::as_slice);
    if list.len() > OPTIONS_MAX {
        problems.too_long(path, OPTIONS_MAX);
    }
    let mut seen_optional = false;
    for (index, option) in list.iter().enumerate() {
        let path = format!("{path}.{index}");
        let kind = option["type"].as_u64().unwrap_or(0);
        named(option, &format!("{path}."), true, total, problems);
        if !(1..=11).contains(&kind) || kind <= 2 && depth >= 2 || kind == 2 && depth >= 1 {
            problems.choice(&format!("{path}.type"), "3, 4, 5, 6, 7, 8, 9, 10, 11");
        }
        if list[..index]
            .iter()
            .any(|other| other["name"] == option["name"])
        {
            problems.add(
                &format!("{path}.name"),
                "APPLICATION_COMMAND_OPTIONS_NAME_INVALID",
                "Option name is duplicated",
            );
        }
        let grouping = kind <= 2;
        if list
            .iter()
            .any(|other| (other["type"].as_u64().unwrap_or(0) <= 2) != grouping)
        {
            let message = "Sub-command and sub-command group option types are mutually exclusive to all other types";
            problems.add(&path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message);
        }
        if grouping {
            options(
                &option["options"],
                &format!("{path}.options"),
                depth + 1,
                total,
                problems,
            );
            continue;
        }
        let required = option["required"] == true;
        if required && seen_optional {
            let message = "Required options must be placed before non-required options";
            problems.add(
                &path,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                message,
            );
        }
        seen_optional |= !required;
        *total += offered(option, &path, problems);
    }
}

/// Checks the choices of an option; answers their characters.
fn offered(option: &Value, path: &str, problems: &mut Problems) -> usize {
    let mut total = 0;
    let offered = option["choices"].as_array().map_or(&[][..], Vec::as_slice);
    if option["autocomplete"] == true && !offered.is_empty() {
        problems.add(
            path,
            "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE",
            "Autocomplete options cannot have choices",
        );
    }
    for choice in offered {
        total += choice["name"]
            .as_str()
            .map_or(0, |name| name.chars().count());
        total += choice["value"]
            .as_str()
            .map_or(0, |value| value.chars().count());
    }
    choices(offered, &format!("{path}.choices"), problems);
    total
}

/// Choices of an option, or of an autocomplete answer.
pub(crate) fn choices(list: &[Value], path: &str, problems: &mut Problems) {
    if list.len() > CHOICES_MAX {
        problems.too_long(path, CHOICES_MAX);
    }
    for (index, choice) in list.iter().enumerate() {
        text(
            &choice["name"],
            &format!("{path}.{index}.name"),
            1,
            100,
            problems,
        );
        match &choice["value"] {
            Value::Null => problems.required(&format!("{path}.{index}.value")),
            value @ Value::String(_) => {
                text(value, &format!("{path}.{index}.value"), 1, 100, problems);
            }
            _ => {}
        }
    }
}
