//! Snowflakes: 64-bit ids that carry their time of birth.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// 2015-01-01T00:00:00Z in Unix milliseconds: the epoch of Discord's snowflakes.
pub(crate) const DISCORD_EPOCH_MS: i64 = 1_420_070_400_000;

/// A snowflake. In JSON it is a string, since 64 bits do not fit JavaScript's numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub u64);

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Id {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Id)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl Id {
    /// When it was made, in Unix milliseconds.
    pub fn created_ms(self) -> i64 {
        i64::try_from(self.0 >> 22).unwrap_or(0) + DISCORD_EPOCH_MS
    }

    /// Reads an id from a JSON string or, as Discord tolerates, a number.
    pub(crate) fn from_json(value: &serde_json::Value) -> Option<Self> {
        match value {
            serde_json::Value::String(text) => text.parse().ok(),
            serde_json::Value::Number(number) => number.as_u64().map(Id),
            _ => None,
        }
    }
}

/// Hands out rising ids.
#[derive(Debug, Default)]
pub(crate) struct IdSource {
    last: u64,
}

impl IdSource {
    /// A new id born at `now_ms`, above every earlier one even if the clock went back.
    pub(crate) fn next(&mut self, now_ms: i64) -> Id {
        let since = u64::try_from(now_ms - DISCORD_EPOCH_MS).unwrap_or(0);
        self.last = (since << 22).max(self.last + 1);
        Id(self.last)
    }
}
