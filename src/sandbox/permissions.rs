//! Who may do what: Discord's permission bits and the order in which overwrites apply.
//! Source: <https://discord.com/developers/docs/topics/permissions>.

use std::fmt;

use serde::Serialize;

use super::id::Id;
use super::state::World;
use super::state::channel::{Channel, Overwrite, OverwriteKind, kind};
use super::state::guild::{Guild, Member};

pub(crate) const CREATE_INSTANT_INVITE: u64 = 1;
pub(crate) const KICK_MEMBERS: u64 = 1 << 1;
pub(crate) const BAN_MEMBERS: u64 = 1 << 2;
pub(crate) const ADMINISTRATOR: u64 = 1 << 3;
pub(crate) const MANAGE_GUILD: u64 = 1 << 5;
pub(crate) const MANAGE_CHANNELS: u64 = 1 << 4;
pub(crate) const ADD_REACTIONS: u64 = 1 << 6;
pub(crate) const VIEW_AUDIT_LOG: u64 = 1 << 7;
pub(crate) const VIEW_CHANNEL: u64 = 1 << 10;
pub(crate) const SEND_MESSAGES: u64 = 1 << 11;
pub(crate) const SEND_TTS_MESSAGES: u64 = 1 << 12;
pub(crate) const MANAGE_MESSAGES: u64 = 1 << 13;
pub(crate) const EMBED_LINKS: u64 = 1 << 14;
pub(crate) const ATTACH_FILES: u64 = 1 << 15;
pub(crate) const READ_MESSAGE_HISTORY: u64 = 1 << 16;
pub(crate) const MENTION_EVERYONE: u64 = 1 << 17;
pub(crate) const USE_EXTERNAL_EMOJIS: u64 = 1 << 18;
pub(crate) const CHANGE_NICKNAME: u64 = 1 << 26;
pub(crate) const MANAGE_NICKNAMES: u64 = 1 << 27;
pub(crate) const MANAGE_ROLES: u64 = 1 << 28;
pub(crate) const USE_APPLICATION_COMMANDS: u64 = 1 << 31;
pub(crate) const MANAGE_THREADS: u64 = 1 << 34;
pub(crate) const CREATE_PUBLIC_THREADS: u64 = 1 << 35;
pub(crate) const CREATE_PRIVATE_THREADS: u64 = 1 << 36;
pub(crate) const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;
pub(crate) const MODERATE_MEMBERS: u64 = 1 << 40;
pub(crate) const PIN_MESSAGES: u64 = 1 << 51;
pub(crate) const BYPASS_SLOWMODE: u64 = 1 << 52;

/// What channels are mostly about.
#[derive(Clone, Copy, Debug, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Permitted {
    See,
    Write,
    WriteInThreads,
    ReadHistory,
    React,
    AttachFiles,
    EmbedLinks,
    OpenThreads,
    OpenPrivateThreads,
    ManageMessages,
    ManageChannel,
    /// All other permission bits.
    Other(u64),
}

const PERMITTED: [(u64, Permitted); 11] = [
    (VIEW_CHANNEL, Permitted::See),
    (SEND_MESSAGES, Permitted::Write),
    (SEND_MESSAGES_IN_THREADS, Permitted::WriteInThreads),
    (READ_MESSAGE_HISTORY, Permitted::ReadHistory),
    (ADD_REACTIONS, Permitted::React),
    (ATTACH_FILES, Permitted::AttachFiles),
    (EMBED_LINKS, Permitted::EmbedLinks),
    (CREATE_PUBLIC_THREADS, Permitted::OpenThreads),
    (CREATE_PRIVATE_THREADS, Permitted::OpenPrivateThreads),
    (MANAGE_MESSAGES, Permitted::ManageMessages),
    (MANAGE_CHANNELS, Permitted::ManageChannel),
];

/// What permission bits allow.
pub(crate) fn permitted(bits: u64) -> Vec<Permitted> {
    let held = PERMITTED.iter().filter(|(bit, _)| bits & bit != 0);
    let mut all: Vec<Permitted> = held.map(|(_, one)| *one).collect();
    let other = PERMITTED.iter().fold(bits, |rest, (bit, _)| rest & !bit);
    if other != 0 {
        all.push(Permitted::Other(other));
    }
    all
}

/// The same in words.
pub(crate) fn in_english(all: &[Permitted]) -> String {
    let words: Vec<String> = all.iter().map(Permitted::to_string).collect();
    words.join(", ")
}

impl fmt::Display for Permitted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::See => "see",
            Self::Write => "write",
            Self::WriteInThreads => "write in threads",
            Self::ReadHistory => "read history",
            Self::React => "react",
            Self::AttachFiles => "attach files",
            Self::EmbedLinks => "embed links",
            Self::OpenThreads => "open threads",
            Self::OpenPrivateThreads => "open private threads",
            Self::ManageMessages => "manage messages",
            Self::ManageChannel => "manage the channel",
            Self::Other(bits) => return write!(f, "{bits:#x}"),
        })
    }
}

/// Every bit that exists today: what the owner and administrators hold.
pub(crate) const ALL: u64 = (1 << 53) - 1;

/// What `@everyone` holds in a new guild, near enough for a text community.
pub(crate) const EVERYONE: u64 = VIEW_CHANNEL
    | CREATE_INSTANT_INVITE
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | ADD_REACTIONS
    | USE_EXTERNAL_EMOJIS
    | CHANGE_NICKNAME
    | USE_APPLICATION_COMMANDS
    | CREATE_PUBLIC_THREADS
    | CREATE_PRIVATE_THREADS
    | SEND_MESSAGES_IN_THREADS;

/// What mia's Moderator role adds.
pub(crate) const MODERATOR: u64 = KICK_MEMBERS
    | BAN_MEMBERS
    | MODERATE_MEMBERS
    | MANAGE_MESSAGES
    | MANAGE_NICKNAMES
    | MANAGE_THREADS
    | VIEW_AUDIT_LOG;

/// What the bot is invited with unless the options say otherwise.
pub const DEFAULT_BOT: u64 = MODERATOR
    | MANAGE_ROLES
    | MANAGE_CHANNELS
    | VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | ADD_REACTIONS
    | USE_EXTERNAL_EMOJIS
    | CREATE_PUBLIC_THREADS
    | CREATE_PRIVATE_THREADS
    | SEND_MESSAGES_IN_THREADS
    | PIN_MESSAGES;

/// What a member who is timed out keeps.
const TIMED_OUT: u64 = VIEW_CHANNEL | READ_MESSAGE_HISTORY;

impl World {
    /// Permissions in the guild as a whole, before any channel's overwrites.
    pub(crate) fn guild_permissions(&self, guild: &Guild, who: Id) -> u64 {
        if guild.owner == who {
            return ALL;
        }
        let Some(member) = guild.members.get(&who) else {
            return 0;
        };
        let bits = role_bits(guild, member);
        if bits & ADMINISTRATOR != 0 {
            return ALL;
        }
        if member.is_timed_out(self.now()) {
            bits & TIMED_OUT
        } else {
            bits
        }
    }

    /// Permissions in a channel, a thread (its parent's rules) or a DM.
    pub(crate) fn channel_permissions(&self, channel: &Channel, who: Id) -> u64 {
        let Some(guild) = channel.guild.and_then(|id| self.guilds.get(&id)) else {
            return if channel.recipients.contains(&who) {
                DM
            } else {
                0
            };
        };
        let mut base = self.guild_permissions(guild, who);
        if base == ALL {
            return ALL;
        }
        let Some(member) = guild.members.get(&who) else {
            return 0;
        };
        base = role_bits(guild, member);
        let ruled_by = match (channel.is_thread(), channel.parent) {
            (true, Some(parent)) => self.channels.get(&parent).unwrap_or(channel),
            _ => channel,
        };
        let mut bits = overwritten(base, guild.id, member, &ruled_by.overwrites);
        if member.is_timed_out(self.now()) {
            bits &= TIMED_OUT;
        }
        let may_write = if channel.is_thread() {
            SEND_MESSAGES_IN_THREADS
        } else {
            SEND_MESSAGES
        };
        if bits & may_write == 0 {
            bits &= !(MENTION_EVERYONE | SEND_TTS_MESSAGES | ATTACH_FILES | EMBED_LINKS);
        }
        // A private thread is seen by those who are in it, and by those who manage threads.
        let outside = channel.kind == kind::PRIVATE_THREAD
            && bits & MANAGE_THREADS == 0
            && !channel
                .thread
                .as_ref()
                .is_some_and(|thread| thread.members.contains(&who));
        if bits & VIEW_CHANNEL == 0 || outside {
            0
        } else {
            bits
        }
    }

    /// Whether `actor` stands above `target`: the owner above all, else by top role.
    pub(crate) fn stands_above(&self, guild: &Guild, actor: Id, target: Id) -> bool {
        if guild.owner == actor {
            return true;
        }
        if guild.owner == target {
            return false;
        }
        guild.top_position(actor) > guild.top_position(target)
    }
}

/// In a DM there are no roles; both may do what a message can.
const DM: u64 = VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | ADD_REACTIONS
    | USE_EXTERNAL_EMOJIS
    | USE_APPLICATION_COMMANDS;

fn role_bits(guild: &Guild, member: &Member) -> u64 {
    let everyone = guild
        .roles
        .get(&guild.id)
        .map_or(0, |role| role.permissions);
    member
        .roles
        .iter()
        .filter_map(|id| guild.roles.get(id))
        .fold(everyone, |bits, role| bits | role.permissions)
}

/// `@everyone` deny/allow, then all role denies, all role allows, member deny, member allow.
fn overwritten(base: u64, everyone: Id, member: &Member, overwrites: &[Overwrite]) -> u64 {
    let mut bits = base;
    if let Some(rule) = overwrites.iter().find(|rule| rule.id == everyone) {
        bits = bits & !rule.deny | rule.allow;
    }
    let (mut deny, mut allow) = (0, 0);
    for rule in overwrites {
        if rule.kind == OverwriteKind::Role && member.roles.contains(&rule.id) {
            deny |= rule.deny;
            allow |= rule.allow;
        }
    }
    bits = bits & !deny | allow;
    let own = |rule: &&Overwrite| rule.kind == OverwriteKind::Member && rule.id == member.user;
    if let Some(rule) = overwrites.iter().find(own) {
        bits = bits & !rule.deny | rule.allow;
    }
    bits
}
