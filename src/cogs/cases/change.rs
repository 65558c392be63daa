//! Everything that can happen to a case.

use serde::{Deserialize, Serialize};

use super::kind::{Ending, Kind};
use crate::model::{ChannelId, Erased, MessageId, Timestamp, UserId};

/// Something happened to a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// A case was opened.
    Opened(Opened),
    /// It got another reason.
    Reworded {
        /// Which case.
        number: u32,
        /// Whom it is about.
        member: UserId,
        /// The new reason.
        reason: String,
        /// What it replaces.
        former: String,
    },
    /// It will end as soon as Discord says so.
    Ending {
        /// Which case.
        number: u32,
    },
    /// Its end was refused for now: it is tried again at `due`.
    Postponed {
        /// Which case.
        number: u32,
        /// When.
        due: Timestamp,
    },
    /// It holds no longer.
    Ended {
        /// Which case.
        number: u32,
        /// How that came.
        how: Ending,
        /// Who ended it; absent: Greffier itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<UserId>,
    },
    /// Its log post stands on Discord.
    Posted {
        /// Which case; of a batch, its first.
        number: u32,
        /// In which channel.
        channel: ChannelId,
        /// Which message.
        message: MessageId,
    },
    /// The message that a case was made from is kept.
    EvidenceKept {
        /// Which case.
        number: u32,
        /// What is kept.
        evidence: Evidence,
    },
    /// Somebody had their data erased.
    Erased(Erased),
}

/// A case as it is opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// Its number in its guild, from 1, shared with the warnings.
    pub number: u32,
    /// What was done.
    pub act: Kind,
    /// About whom.
    pub member: UserId,
    /// By whom; absent: Greffier itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moderator: Option<UserId>,
    /// Why.
    pub reason: String,
    /// Until when; absent: for good, or it has no length.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// The number of the first case of the batch that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<u32>,
    /// The entry of Discord's audit log that it was learned from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audit: Option<MessageId>,
}

/// A message that a case was made from, as it stood then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Who wrote it.
    pub author: UserId,
    /// Where.
    pub channel: ChannelId,
    /// Which message.
    pub message: MessageId,
    /// Its words.
    pub text: String,
    /// Its attachments' names and addresses, one a line.
    pub attachments: String,
}
