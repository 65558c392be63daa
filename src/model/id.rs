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
                let mut digits = [0; 20];
                serializer.serialize_str(decimal(self.0, &mut digits))
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
    /// Who was erased, in records that no longer name them.
    pub const NOBODY: UserId = UserId(0);

    /// How Discord writes a mention of this user; a dash for nobody.
    pub fn mention(self) -> String {
        if self == Self::NOBODY {
            return "—".to_owned();
        }
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

/// Every row of every save has some of these: `fmt` would take a good part of a save's time.
fn decimal(mut number: u64, digits: &mut [u8; 20]) -> &str {
    let mut start = digits.len();
    loop {
        start -= 1;
        digits[start] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    std::str::from_utf8(&digits[start..]).expect("digits are ASCII")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_strings_of_digits_in_json() {
        for number in [0, 7, 10, 4_200_000_000_000_001, u64::MAX] {
            let json = serde_json::to_string(&UserId(number)).expect("writing");
            assert_eq!(json, format!("\"{number}\""));
            assert_eq!(
                serde_json::from_str::<UserId>(&json).expect("reading"),
                UserId(number)
            );
        }
        assert_eq!(
            serde_json::from_str::<UserId>("7").expect("reading"),
            UserId(7)
        );
    }
}
