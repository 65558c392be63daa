//! What must happen on Discord even if the process dies: values that a rule leaves in the outbox.

use serde::{Deserialize, Serialize};

use super::{ChannelId, GuildId, Locale, Text, Timestamp, UserId};

/// One act on Discord, written in the same transaction as the change that asks for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Effect {
    /// Time a member out until `until`, or end their timeout.
    Timeout {
        /// Where.
        guild: GuildId,
        /// Whom.
        member: UserId,
        /// Until when; `None` ends it. Discord allows at most 28 days ahead.
        until: Option<Timestamp>,
        /// For the audit log.
        reason: String,
    },
    /// Remove a member from the guild.
    Kick {
        /// Where.
        guild: GuildId,
        /// Whom.
        member: UserId,
        /// For the audit log.
        reason: String,
        /// What the member is told first: afterwards it can't be.
        notice: Option<Post>,
    },
    /// Ban a user from the guild.
    Ban {
        /// Where.
        guild: GuildId,
        /// Whom.
        member: UserId,
        /// For the audit log.
        reason: String,
        /// What the member is told first: afterwards it can't be.
        notice: Option<Post>,
    },
    /// A direct message to a member. Closed direct messages end it without an error.
    DirectMessage {
        /// To whom.
        member: UserId,
        /// What it says.
        post: Post,
    },
    /// A post in the guild's log channel.
    LogPost {
        /// Where.
        guild: GuildId,
        /// Which channel.
        channel: ChannelId,
        /// What it says.
        post: Post,
    },
}

impl Effect {
    /// What kind of act it is, for the log.
    pub fn name(&self) -> &'static str {
        match self {
            Effect::Timeout { .. } => "timeout",
            Effect::Kick { .. } => "kick",
            Effect::Ban { .. } => "ban",
            Effect::DirectMessage { .. } => "direct_message",
            Effect::LogPost { .. } => "log_post",
        }
    }
}

/// A message to be written in `locale` when it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// The reader's language.
    pub locale: Locale,
    /// The heading.
    pub title: Text,
    /// Name and value of each line below it.
    pub fields: Vec<(Text, Text)>,
}
