//! Channels as rules speak of them: who may do what there, and what is changed about one.

use serde::{Deserialize, Serialize};

use super::{ChannelId, RoleId, UserId};

/// Permission bits that rules set in channels, as Discord fixes them
/// (<https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags>).
pub mod permission {
    /// Everything, everywhere.
    pub const ADMINISTRATOR: u64 = 1 << 3;
    /// React with an emoji that nobody used before.
    pub const ADD_REACTIONS: u64 = 1 << 6;
    /// See the channel.
    pub const VIEW_CHANNEL: u64 = 1 << 10;
    /// Write there.
    pub const SEND_MESSAGES: u64 = 1 << 11;
    /// Have links shown with a preview.
    pub const EMBED_LINKS: u64 = 1 << 14;
    /// Post files.
    pub const ATTACH_FILES: u64 = 1 << 15;
    /// Speak where people hear each other.
    pub const SPEAK: u64 = 1 << 21;
    /// Read what was written before.
    pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
    /// Change a channel's exceptions.
    pub const MANAGE_ROLES: u64 = 1 << 28;
    /// Open a thread that all see.
    pub const CREATE_PUBLIC_THREADS: u64 = 1 << 35;
    /// Open a thread for some.
    pub const CREATE_PRIVATE_THREADS: u64 = 1 << 36;
    /// Write in threads.
    pub const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;
    /// Everything by which a member is read in a channel and its threads.
    pub const WRITING: u64 = SEND_MESSAGES
        | SEND_MESSAGES_IN_THREADS
        | CREATE_PUBLIC_THREADS
        | CREATE_PRIVATE_THREADS
        | ADD_REACTIONS;
}

/// A channel's exception for one role or member: bits that are allowed and bits that are denied there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overwrite {
    /// For whom.
    pub whom: Whom,
    /// What is allowed.
    pub allow: u64,
    /// What is denied.
    pub deny: u64,
}

/// Whom an exception is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whom {
    /// All who hold a role; the role with the guild's own id is @everyone.
    Role(RoleId),
    /// One member.
    Member(UserId),
}

/// What is changed about a channel or thread; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelEdit {
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Discord's category that it stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<ChannelId>,
    /// All its exceptions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overwrites: Option<Vec<Overwrite>>,
    /// How long each member waits between two messages, in seconds (Discord's limit: 21,600); 0: no time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slowmode: Option<u16>,
    /// For a thread: whether it is put away, and locked so that only staff take it out again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archived: Option<bool>,
}

/// A file that is posted: its name, and the bytes that the vault keeps under their SHA-256.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedFile {
    /// Its name.
    pub name: String,
    /// Its bytes, in hexadecimal.
    pub sha256: String,
}
