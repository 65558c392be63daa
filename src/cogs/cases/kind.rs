//! The kinds of cases and the ways in which one ends: closed lists, so that the compiler names every place that a new
//! one concerns.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};

use crate::model::Text;

/// What was done about somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A warning; kept by the warnings' own register.
    Warning,
    /// Silence, by a timeout or by the guild's mute role.
    Mute,
    /// The end of a silence before its time.
    Unmute,
    /// Out of the guild.
    Kick,
    /// Out of the guild, for a time or for good.
    Ban,
    /// The end of a ban before its time.
    Unban,
    /// Something that moderators should know.
    Note,
}

impl Kind {
    /// All of them, in the order in which statistics show them.
    pub const ALL: [Kind; 7] = [
        Kind::Warning,
        Kind::Mute,
        Kind::Unmute,
        Kind::Kick,
        Kind::Ban,
        Kind::Unban,
        Kind::Note,
    ];

    /// How tables and saves write it.
    pub const fn word(self) -> &'static str {
        match self {
            Kind::Warning => "warning",
            Kind::Mute => "mute",
            Kind::Unmute => "unmute",
            Kind::Kick => "kick",
            Kind::Ban => "ban",
            Kind::Unban => "unban",
            Kind::Note => "note",
        }
    }

    /// What people call it.
    pub fn label(self) -> Text {
        Text::new(match self {
            Kind::Warning => "case-kind-warning",
            Kind::Mute => "case-kind-mute",
            Kind::Unmute => "case-kind-unmute",
            Kind::Kick => "case-kind-kick",
            Kind::Ban => "case-kind-ban",
            Kind::Unban => "case-kind-unban",
            Kind::Note => "case-kind-note",
        })
    }
}

/// How a case came to hold no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// A moderator ended it before its time.
    Lifted,
    /// Its time was over, and Discord said that it has ended.
    Expired,
    /// It was a mistake, and was taken back.
    Withdrawn,
    /// A newer case of the same kind took its place.
    Replaced,
    /// Discord refused the act: it never happened.
    Refused,
}

impl Ending {
    /// All of them.
    pub const ALL: [Ending; 5] = [
        Ending::Lifted,
        Ending::Expired,
        Ending::Withdrawn,
        Ending::Replaced,
        Ending::Refused,
    ];

    /// How tables and saves write it.
    pub const fn word(self) -> &'static str {
        match self {
            Ending::Lifted => "lifted",
            Ending::Expired => "expired",
            Ending::Withdrawn => "withdrawn",
            Ending::Replaced => "replaced",
            Ending::Refused => "refused",
        }
    }
}

macro_rules! stored_as_word {
    ($($name:ident),+) => {$(
        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(self.word().into())
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                let word = value.as_str()?;
                Self::ALL
                    .into_iter()
                    .find(|known| known.word() == word)
                    .ok_or_else(|| {
                        FromSqlError::other(std::io::Error::other(format!(
                            "`{word}` is no {}",
                            stringify!($name)
                        )))
                    })
            }
        }
    )+};
}

stored_as_word!(Kind, Ending);
