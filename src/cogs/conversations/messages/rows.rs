//! Messages, what they said before and the files with them, as the tables and `messages.json` keep them.

use crate::cogs::conversations::values::Sender;
use crate::model::{GuildId, MessageId, Timestamp, UserId};
use crate::saved_row;

saved_row! {
    /// A message, as the table and `messages.json` keep it.
    pub struct Message in "messages" order "row" {
        /// Where.
        pub guild: GuildId,
        /// The journal position at which it was sent.
        pub row: u64,
        /// Its public id.
        pub id: String,
        /// The conversation's number.
        pub conversation: u32,
        /// Who wrote.
        pub sender: UserId,
        /// What they were called then.
        pub sender_name: String,
        /// Who they are in this conversation.
        pub sender_type: Sender,
        /// Who asked, where it is not theirs but tells of them.
        pub about: Option<UserId>,
        /// What they wrote.
        pub content: String,
        /// When.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub edited_at: Option<Timestamp>,
        /// When it was deleted on Discord.
        pub deleted_at: Option<Timestamp>,
        /// Discord's id of it.
        pub discord: Option<MessageId>,
        /// Whether its words were erased: they are not taken up again from Discord, where they may still stand.
        pub erased: bool,
    }
}

saved_row! {
    /// What a message said before.
    pub struct Version in "message_versions" order "message, until" {
        /// Where.
        pub guild: GuildId,
        /// Which message.
        pub message: u64,
        /// Whose it is.
        pub sender: UserId,
        /// Whom it tells of.
        pub about: Option<UserId>,
        /// Until when it said so.
        pub until: Timestamp,
        /// What it said.
        pub content: String,
    }
}

saved_row! {
    /// A file that came with a message.
    pub struct Attachment in "attachments" order "message, position" {
        /// Where.
        pub guild: GuildId,
        /// Which message.
        pub message: u64,
        /// Whose it is.
        pub sender: UserId,
        /// Its place among the message's files, from 0.
        pub position: u32,
        /// Its name.
        pub name: String,
        /// Its media type.
        pub media_type: String,
        /// Bytes.
        pub size: u64,
        /// The file in `data/blobs/`, once it is there.
        pub sha256: Option<String>,
        /// Why its bytes are not kept.
        pub lost: Option<String>,
    }
}
