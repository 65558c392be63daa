//! Who is erased from a register's tables, and what a guild wants to keep of their moderation records.

use serde::{Deserialize, Serialize};

use super::{GuildId, UserId};

/// A person whose words and names go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// Who.
    pub person: UserId,
    /// The guilds whose moderation records of them stay, without content.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<GuildId>,
    /// The guilds whose moderation records no longer name them either.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unnamed: Vec<GuildId>,
}

impl Erased {
    /// Each guild, with whom its records name from now on.
    pub fn named(&self) -> impl Iterator<Item = (GuildId, UserId)> {
        let kept = self.kept.iter().map(|guild| (*guild, self.person));
        kept.chain(self.unnamed.iter().map(|guild| (*guild, UserId::NOBODY)))
    }
}
