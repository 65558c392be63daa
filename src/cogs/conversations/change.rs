//! Everything that can happen to a conversation. Each change names it by its number in the guild.

use serde::{Deserialize, Serialize};

use super::values::{Answer, Cause, Copied, Place, Priority};
use crate::model::{ChannelId, GuildId, Timestamp, UserId};

/// Something happened to a conversation. Each names it by its number in the guild.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// Somebody asked for one: its place is reserved from here on, before anything is made on Discord.
    Opened {
        /// Its number, from 1.
        number: u32,
        /// Its public id.
        id: String,
        /// Who asked.
        user: UserId,
        /// The category's key.
        category: String,
        /// What about.
        subject: String,
        /// How pressing.
        priority: Priority,
        /// What the form was answered.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        answers: Vec<Answer>,
        /// The channel it was asked in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        asked_in: Option<ChannelId>,
        /// A channel or a thread.
        place: Place,
    },
    /// Discord said which channel it has; from here on people can write.
    Placed {
        /// Which.
        number: u32,
        /// The channel or thread.
        channel: ChannelId,
        /// When it is stale unless somebody writes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stale_at: Option<Timestamp>,
    },
    /// There was no room for a channel: it becomes a thread.
    Overflowed {
        /// Which.
        number: u32,
    },
    /// Somebody of the staff took it.
    Claimed {
        /// Which.
        number: u32,
        /// Who.
        agent: UserId,
    },
    /// Nobody has it any more.
    Released {
        /// Which.
        number: u32,
    },
    /// Staff wrote for the first time.
    Answered {
        /// Which.
        number: u32,
        /// Who.
        agent: UserId,
    },
    /// It is more or less pressing than before.
    Prioritised {
        /// Which.
        number: u32,
        /// How pressing.
        priority: Priority,
    },
    /// It is about something else.
    Renamed {
        /// Which.
        number: u32,
        /// What about.
        subject: String,
        /// Who asked; absent in journals of before members could erase their data.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        user: Option<UserId>,
    },
    /// It belongs to another category.
    Moved {
        /// Which.
        number: u32,
        /// The category's key.
        category: String,
    },
    /// Somebody may read and write in it.
    Joined {
        /// Which.
        number: u32,
        /// Who.
        member: UserId,
    },
    /// Somebody may no longer.
    Left {
        /// Which.
        number: u32,
        /// Who.
        member: UserId,
    },
    /// Who asked was asked whether it is settled.
    CloseRequested {
        /// Which.
        number: u32,
    },
    /// One of the staff posted a prepared answer.
    Replied {
        /// Which.
        number: u32,
        /// Who.
        agent: UserId,
        /// The answer's name.
        name: String,
    },
    /// It closes by itself at a time.
    CloseScheduled {
        /// Which.
        number: u32,
        /// When.
        at: Timestamp,
        /// Why.
        reason: String,
        /// Whom the reason is about, and whose words it is; empty in journals of before members could erase them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        people: Vec<UserId>,
    },
    /// It does not close by itself any more.
    CloseCancelled {
        /// Which.
        number: u32,
    },
    /// Nobody wrote for long: it closes soon.
    Warned {
        /// Which.
        number: u32,
        /// When it closes unless somebody writes.
        stale_at: Timestamp,
    },
    /// Somebody wrote: it is stale later, or never.
    Postponed {
        /// Which.
        number: u32,
        /// When; absent: never.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stale_at: Option<Timestamp>,
    },
    /// It is over, and its transcripts are safe.
    Closed {
        /// Which.
        number: u32,
        /// Why it ended.
        cause: Cause,
        /// What was said about it.
        reason: String,
        /// The transcripts.
        copies: Vec<Copied>,
        /// Whom the reason is about, and whose words it is; empty in journals of before members could erase them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        people: Vec<UserId>,
    },
    /// It goes on.
    Reopened {
        /// Which.
        number: u32,
        /// Where; absent: a new place has to be made.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        channel: Option<ChannelId>,
        /// When it is stale unless somebody writes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stale_at: Option<Timestamp>,
    },
    /// Who asked said how it was.
    Rated {
        /// Which.
        number: u32,
        /// Who asked.
        user: UserId,
        /// From 1 to 5.
        stars: u8,
        /// In their words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        words: Option<String>,
    },
    /// Somebody had their data erased.
    Erased {
        /// Who.
        person: UserId,
        /// The guilds in which they asked, or ended what others asked.
        guilds: Vec<GuildId>,
        /// The conversations whose transcripts hold what they wrote.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        transcripts: Vec<(GuildId, u32)>,
    },
}
