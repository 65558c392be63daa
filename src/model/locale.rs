//! The two languages that the program speaks.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language that every text exists in.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// French, the language of the program's origin and its default.
    #[default]
    Fr,
    /// English.
    En,
}

/// A language tag that names neither French nor English.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is neither French (fr) nor English (en)")]
pub struct UnknownLocale(pub String);

impl Locale {
    /// Both languages, for those who need a text in each (slash command localisations, tests).
    pub const ALL: [Self; 2] = [Self::Fr, Self::En];

    /// The two-letter code: `fr` or `en`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Locale {
    type Err = UnknownLocale;

    /// Understands `fr`, Discord's `en-US` and the terminal's `fr_FR.UTF-8`, in any case.
    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        let language = tag.split(['-', '_', '.', '@']).next().unwrap_or_default();
        match language.to_ascii_lowercase().as_str() {
            "fr" => Ok(Self::Fr),
            "en" => Ok(Self::En),
            _ => Err(UnknownLocale(tag.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tags_of_discord_and_of_terminals_are_understood() {
        for (tag, locale) in [
            ("fr", Some(Locale::Fr)),
            ("fr-FR.UTF-8", Some(Locale::Fr)),
            ("fr_CA@euro", Some(Locale::Fr)),
            ("en-US", Some(Locale::En)),
            ("EN_GB.UTF-8", Some(Locale::En)),
            ("C", None),
            ("frisian", None),
            ("", None),
        ] {
            assert_eq!(tag.parse().ok(), locale, "{tag}");
        }
    }
}
