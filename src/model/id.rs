//! Discord's ids: 64-bit snowflakes, each kind a type of its own; strings in JSON, as Discord writes them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

macro_rules! snowflake {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u64);

        impl $name {
            /// The number as SQLite keeps it: snowflakes stay below 2^63 until the year 2154.
            pub fn as_i64(self) -> i64 {
                self.0 as i64
            }
        }

        impl From<u64> for $name {
            fn from(value: u64) -> Self {
                Self(value)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(SnowflakeVisitor).map(Self)
            }
        }
    )+};
}

snowflake! {
    /// A guild (what people call a server).
    GuildId,
    /// A user; a member is a user in a guild.
    UserId,
    /// A channel or thread.
    ChannelId,
    /// A role.
    RoleId,
    /// A message.
    MessageId,
}

impl UserId {
    /// How Discord writes a mention of this user.
    pub fn mention(self) -> String {
        format!("<@{}>", self.0)
    }
}

impl ChannelId {
    /// How Discord writes a link to this channel.
    pub fn mention(self) -> String {
        format!("<#{}>", self.0)
    }
}

impl RoleId {
    /// How Discord writes a mention of this role.
    pub fn mention(self) -> String {
        format!("<@&{}>", self.0)
    }
}

struct SnowflakeVisitor;

impl de::Visitor<'_> for SnowflakeVisitor {
    type Value = u64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a Discord id: a string of digits")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<u64, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<u64, E> {
        Ok(number)
    }
}
