//! What conversations are made of: the words for their states, and the values inside their rows.

use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};

/// An enum that stands in tables, saves and journal as the same word.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$variant_meta])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// Every one, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];

            /// The word for it.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)+ }
            }

            /// What the word stands for.
            pub fn of(word: &str) -> Option<$name> {
                match word { $($word => Some($name::$variant),)+ _ => None }
            }
        }

        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(self.word().into())
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                let word = value.as_str()?;
                $name::of(word).ok_or_else(|| {
                    rusqlite::types::FromSqlError::Other(format!("no such word: {word}").into())
                })
            }
        }
    };
}

words! {
    /// Where a conversation stands.
    Status {
        /// Reserved: its channel is being made.
        Opening = "OPENING",
        /// People can write.
        Active = "ACTIVE",
        /// Over; it can be reopened.
        Closed = "CLOSED",
    }
}

words! {
    /// Who wrote a message.
    Sender {
        /// Who asks, or somebody who was added.
        User = "USER",
        /// Staff.
        Agent = "AGENT",
        /// Greffier, or another program.
        System = "SYSTEM",
        /// Staff for staff: the member never sees it.
        Note = "NOTE",
    }
}

words! {
    /// How pressing a conversation is.
    Priority {
        /// It can wait.
        Low = "low",
        /// As usual.
        Normal = "normal",
        /// Before others.
        High = "high",
        /// At once.
        Urgent = "urgent",
    }
}

words! {
    /// What a conversation's place on Discord is.
    Place {
        /// A channel of its own.
        Channel = "channel",
        /// A private thread.
        Thread = "thread",
    }
}

words! {
    /// Why a conversation ended.
    Cause {
        /// Somebody closed it.
        Asked = "asked",
        /// Who asked agreed that it is settled.
        Agreed = "agreed",
        /// At the time that was set.
        Scheduled = "scheduled",
        /// Nobody wrote for long.
        Stale = "stale",
        /// Its channel is gone.
        Vanished = "vanished",
        /// Its channel could not be made.
        Unmade = "unmade",
    }
}

words! {
    /// For whose eyes a transcript is.
    Reader {
        /// Who asked: without notes.
        Member = "member",
        /// Staff: with everything.
        Staff = "staff",
    }
}

words! {
    /// The shape of a transcript.
    Format {
        /// A page that reads like Discord and needs no network.
        Html = "html",
        /// Plain lines.
        Text = "txt",
        /// For programs.
        Json = "json",
    }
}

/// A question of a category's form and what was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// What was asked.
    pub question: String,
    /// What was written.
    pub answer: String,
}

/// A transcript that is safe on the disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copied {
    /// For whom.
    pub reader: Reader,
    /// Its shape.
    pub format: Format,
    /// The file of its bytes in `data/blobs/`.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
}

/// A file that came with a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    /// Its name.
    pub name: String,
    /// Its media type, as Discord says.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
}
