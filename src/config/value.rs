//! One configured value, as TOML or the environment gives it, and its readings as what a key wants.
//!
//! The environment knows only text, so each reading also understands the text of what it reads.

use std::ops::RangeInclusive;

use chrono::NaiveTime;
use toml::de::DeValue;

use crate::model::Text;
use crate::text;

/// A value before it is known to be right.
pub(super) enum Value<'a> {
    /// From the file.
    Toml(&'a DeValue<'a>),
    /// From the environment.
    Variable(&'a str),
}

impl Value<'_> {
    /// Any text.
    pub(super) fn text(&self) -> Result<String, Text> {
        match self {
            Self::Toml(DeValue::String(text)) => Ok(text.to_string()),
            Self::Variable(text) => Ok((*text).to_owned()),
            Self::Toml(_) => Err(text!("config-wants-text", got = self.shown())),
        }
    }

    /// A whole number within `range`.
    pub(super) fn count(&self, range: RangeInclusive<i64>) -> Result<i64, Text> {
        let number = match self {
            Self::Toml(DeValue::Integer(number)) => {
                i64::from_str_radix(number.as_str(), number.radix()).ok()
            }
            Self::Variable(text) => text.trim().parse().ok(),
            Self::Toml(_) => None,
        };
        number
            .filter(|number| range.contains(number))
            .ok_or_else(|| {
                text!(
                    "config-wants-count",
                    least = range.start().to_string(),
                    most = range.end().to_string(),
                    got = self.shown(),
                )
            })
    }

    /// `true` or `false`; in the environment also `1` and `0`.
    pub(super) fn flag(&self) -> Result<bool, Text> {
        match self {
            Self::Toml(DeValue::Boolean(flag)) => Ok(*flag),
            Self::Variable("true" | "1") => Ok(true),
            Self::Variable("false" | "0") => Ok(false),
            _ => Err(text!("config-wants-flag", got = self.shown())),
        }
    }

    /// A time of day, `HH:MM`, in quotes in the file.
    pub(super) fn time_of_day(&self) -> Result<NaiveTime, Text> {
        self.text()
            .ok()
            .and_then(|text| NaiveTime::parse_from_str(text.trim(), "%H:%M").ok())
            .ok_or_else(|| text!("config-wants-time", got = self.shown()))
    }

    /// Discord ids: in the file a list of numbers or texts, in the environment separated by commas.
    pub(super) fn snowflakes(&self) -> Result<Vec<u64>, Text> {
        let wrong = || text!("config-wants-ids", got = self.shown());
        match self {
            Self::Toml(DeValue::Array(items)) => items
                .iter()
                .map(|item| match item.get_ref() {
                    DeValue::Integer(id) => snowflake(id.as_str()).ok_or_else(wrong),
                    DeValue::String(id) => snowflake(id).ok_or_else(wrong),
                    _ => Err(wrong()),
                })
                .collect(),
            Self::Variable(text) => text
                .split(',')
                .map(str::trim)
                .filter(|id| !id.is_empty())
                .map(|id| snowflake(id).ok_or_else(wrong))
                .collect(),
            Self::Toml(_) => Err(wrong()),
        }
    }

    /// The value as a person wrote it, for the sentence that says why it is wrong.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Toml(value) => shown(value),
            Self::Variable(text) => format!("\"{text}\""),
        }
    }
}

fn shown(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("\"{text}\""),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(time) => time.to_string(),
        DeValue::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| shown(item.get_ref())).collect();
            format!("[{}]", items.join(", "))
        }
        DeValue::Table(_) => "{ … }".to_owned(),
    }
}

/// Discord's ids have at least 17 digits (<https://discord.com/developers/docs/reference#snowflakes>).
fn snowflake(text: &str) -> Option<u64> {
    (17..=20)
        .contains(&text.len())
        .then(|| text.parse().ok())
        .flatten()
}
