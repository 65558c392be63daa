//! What changed about a channel, as values that read as a few words each.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use crate::sandbox::permissions::{Permitted, in_english};

/// One thing that changed about a channel or a thread.
#[derive(Clone, Debug, Serialize, PartialEq)]
#[serde(rename_all = "snake_case")]
pub enum ChannelChange {
    /// A setting and its new value; without one where it was emptied.
    Set(Setting, Option<String>),
    /// A setting that is on or off.
    Switched(Setting, bool),
    /// Into a category by name, or out of all.
    Moved(Option<String>),
    /// What a role or member may and may not do there.
    Allows {
        whom: String,
        may: Vec<Permitted>,
        may_not: Vec<Permitted>,
    },
    /// A role or member is treated there as elsewhere.
    AsElsewhere(String),
}

/// What can be set of a channel or a thread.
#[derive(Clone, Copy, Debug, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    Name,
    Topic,
    Nsfw,
    /// Seconds between two messages of a member.
    RateLimitPerUser,
    Archived,
    Locked,
    /// Minutes without a message.
    AutoArchiveDuration,
    Invitable,
}

impl Setting {
    /// Each by its key in Discord's objects.
    const KEYS: [(&str, Self); 8] = [
        ("name", Self::Name),
        ("topic", Self::Topic),
        ("nsfw", Self::Nsfw),
        ("rate_limit_per_user", Self::RateLimitPerUser),
        ("archived", Self::Archived),
        ("locked", Self::Locked),
        ("auto_archive_duration", Self::AutoArchiveDuration),
        ("invitable", Self::Invitable),
    ];
}

impl ChannelChange {
    /// Reads a change as the audit log has it; None for a key that nobody sees.
    pub(crate) fn read(change: &Value) -> Option<Self> {
        let (_, setting) = Setting::KEYS
            .into_iter()
            .find(|(key, _)| change["key"] == *key)?;
        Some(match &change["new_value"] {
            Value::Null => Self::Set(setting, None),
            Value::Bool(is_on) => Self::Switched(setting, *is_on),
            Value::String(text) => Self::Set(setting, Some(text.clone())),
            value => Self::Set(setting, Some(value.to_string())),
        })
    }
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = Self::KEYS.iter().find(|(_, setting)| setting == self);
        f.write_str(&named.map_or("", |(key, _)| key).replace('_', " "))
    }
}

impl fmt::Display for ChannelChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Set(setting, Some(value)) => write!(f, "{setting} {value}"),
            Self::Set(setting, None) => write!(f, "no {setting}"),
            Self::Switched(setting, true) => write!(f, "{setting}"),
            Self::Switched(setting, false) => write!(f, "not {setting}"),
            Self::Moved(Some(category)) => write!(f, "in {category}"),
            Self::Moved(None) => f.write_str("in no category"),
            Self::Allows { whom, may, may_not } => {
                let (may, may_not) = (in_english(may), in_english(may_not));
                match (may.is_empty(), may_not.is_empty()) {
                    (true, true) => write!(f, "{whom} as elsewhere"),
                    (false, true) => write!(f, "{whom} may {may}"),
                    (true, false) => write!(f, "{whom} may not {may_not}"),
                    (false, false) => write!(f, "{whom} may {may} but may not {may_not}"),
                }
            }
            Self::AsElsewhere(whom) => write!(f, "nothing special for {whom}"),
        }
    }
}
