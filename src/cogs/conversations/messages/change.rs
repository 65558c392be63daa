//! Everything that can happen to a message.

use serde::{Deserialize, Serialize};

use crate::cogs::conversations::values::{Attached, Sender};
use crate::model::{GuildId, MessageId, Timestamp, UserId};

/// Something happened to a message. It is named by its row: the journal position at which it was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// Somebody wrote.
    Sent {
        /// The conversation's number.
        conversation: u32,
        /// The message's public id.
        id: String,
        /// Who wrote.
        sender: UserId,
        /// What they were called then.
        sender_name: String,
        /// Who they are in this conversation.
        sender_type: Sender,
        /// What they wrote.
        content: String,
        /// When, as Discord or the web says.
        created_at: Timestamp,
        /// Discord's id of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        discord: Option<MessageId>,
        /// Who asked, where the words are Greffier's or staff's among themselves: they repeat or tell of theirs.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        about: Option<UserId>,
        /// Files that came with it; their bytes follow.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        attachments: Vec<Attached>,
    },
    /// Its words were changed.
    Edited {
        /// Which.
        message: u64,
        /// Whose it is.
        sender: UserId,
        /// Whom it tells of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        about: Option<UserId>,
        /// What it says now.
        content: String,
        /// When.
        at: Timestamp,
    },
    /// It was deleted on Discord. Its words stay here.
    Deleted {
        /// Which.
        message: u64,
    },
    /// A file's bytes are safe.
    Kept {
        /// Which message.
        message: u64,
        /// Which of its files, from 0.
        position: u32,
        /// The file in `data/blobs/`.
        sha256: String,
    },
    /// A file's bytes are not kept.
    Lost {
        /// Which message.
        message: u64,
        /// Which of its files, from 0.
        position: u32,
        /// Why: `type`, `large`, `quota`, `gone`.
        why: String,
    },
    /// Somebody had their data erased.
    Erased {
        /// Who.
        person: UserId,
        /// The guilds in which they wrote.
        guilds: Vec<GuildId>,
    },
}
