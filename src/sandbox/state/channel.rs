//! Channels of every kind: guild text, categories, threads and direct messages.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::sandbox::clock::iso;
use crate::sandbox::id::Id;
use crate::sandbox::state::World;
use crate::sandbox::state::message::MessageLog;

/// Channel types: <https://discord.com/developers/docs/resources/channel#channel-object-channel-types>.
pub(crate) mod kind {
    pub(crate) const TEXT: u8 = 0;
    pub(crate) const DM: u8 = 1;
    pub(crate) const VOICE: u8 = 2;
    pub(crate) const CATEGORY: u8 = 4;
    pub(crate) const NEWS: u8 = 5;
    pub(crate) const NEWS_THREAD: u8 = 10;
    pub(crate) const PUBLIC_THREAD: u8 = 11;
    pub(crate) const PRIVATE_THREAD: u8 = 12;
}

/// A channel, thread or DM, with the messages still kept of it.
#[derive(Clone, Debug)]
pub(crate) struct Channel {
    pub(crate) id: Id,
    pub(crate) kind: u8,
    pub(crate) guild: Option<Id>,
    pub(crate) name: String,
    pub(crate) topic: Option<String>,
    pub(crate) parent: Option<Id>,
    pub(crate) position: i64,
    pub(crate) overwrites: Vec<Overwrite>,
    /// Seconds between two messages of one member.
    pub(crate) slowmode: i64,
    /// When each member last wrote under slowmode, in Unix milliseconds.
    pub(crate) wrote: HashMap<Id, i64>,
    pub(crate) nsfw: bool,
    /// The people of a DM, the bot among them.
    pub(crate) recipients: Vec<Id>,
    pub(crate) thread: Option<Thread>,
    pub(crate) last_message: Option<Id>,
    pub(crate) log: MessageLog,
}

/// What a thread has besides.
#[derive(Clone, Debug)]
pub(crate) struct Thread {
    pub(crate) owner: Id,
    pub(crate) archived: bool,
    pub(crate) locked: bool,
    /// Minutes without a message after which clients hide it.
    pub(crate) auto_archive: i64,
    pub(crate) changed_ms: i64,
    /// Whether members of a private thread may bring others.
    pub(crate) invitable: bool,
    pub(crate) members: Vec<Id>,
    pub(crate) sent: u64,
}

/// A channel's exception for one role or member.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Overwrite {
    pub(crate) id: Id,
    pub(crate) kind: OverwriteKind,
    pub(crate) allow: u64,
    pub(crate) deny: u64,
}

/// What an overwrite is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum OverwriteKind {
    Role,
    Member,
}

impl Overwrite {
    pub(crate) fn json(&self) -> Value {
        json!({
            "id": self.id,
            "type": match self.kind { OverwriteKind::Role => 0, OverwriteKind::Member => 1 },
            "allow": self.allow.to_string(),
            "deny": self.deny.to_string(),
        })
    }
}

impl Channel {
    pub(crate) fn new(id: Id, kind: u8, guild: Option<Id>, name: &str) -> Self {
        Self {
            id,
            kind,
            guild,
            name: name.to_owned(),
            topic: None,
            parent: None,
            position: 0,
            overwrites: Vec::new(),
            slowmode: 0,
            wrote: HashMap::new(),
            nsfw: false,
            recipients: Vec::new(),
            thread: None,
            last_message: None,
            log: MessageLog::default(),
        }
    }

    pub(crate) fn is_thread(&self) -> bool {
        matches!(
            self.kind,
            kind::NEWS_THREAD | kind::PUBLIC_THREAD | kind::PRIVATE_THREAD
        )
    }

    /// Whether messages can be written here at all.
    pub(crate) fn is_textual(&self) -> bool {
        self.kind != kind::CATEGORY
    }

    fn thread_json(&self, guild: Id, thread: &Thread) -> Value {
        let mut json = json!({
            "id": self.id,
            "type": self.kind,
            "guild_id": guild,
            "name": self.name,
            "parent_id": self.parent,
            "owner_id": thread.owner,
            "last_message_id": self.last_message,
            "last_pin_timestamp": null,
            "flags": 0,
            "rate_limit_per_user": self.slowmode,
            "message_count": thread.sent,
            "member_count": thread.members.len(),
            "total_message_sent": thread.sent,
            "thread_metadata": {
                "archived": thread.archived,
                "archive_timestamp": iso(thread.changed_ms),
                "auto_archive_duration": thread.auto_archive,
                "locked": thread.locked,
                "create_timestamp": iso(self.id.created_ms()),
            },
        });
        if self.kind == kind::PRIVATE_THREAD {
            json["thread_metadata"]["invitable"] = json!(thread.invitable);
        }
        json
    }

    fn guild_json(&self, guild: Id) -> Value {
        let overwrites: Vec<Value> = self.overwrites.iter().map(Overwrite::json).collect();
        let mut json = json!({
            "id": self.id,
            "type": self.kind,
            "guild_id": guild,
            "name": self.name,
            "position": self.position,
            "parent_id": self.parent,
            "permission_overwrites": overwrites,
            "flags": 0,
        });
        if self.kind == kind::CATEGORY {
            return json;
        }
        json["nsfw"] = json!(self.nsfw);
        json["rate_limit_per_user"] = json!(self.slowmode);
        json["last_message_id"] = json!(self.last_message);
        if self.kind == kind::VOICE {
            json["bitrate"] = json!(64_000);
            json["user_limit"] = json!(0);
            json["rtc_region"] = Value::Null;
        } else {
            json["topic"] = json!(self.topic);
            json["last_pin_timestamp"] = Value::Null;
        }
        json
    }
}

impl World {
    /// A channel as Discord shows it to the bot.
    pub(crate) fn channel_json(&self, channel: &Channel) -> Value {
        match (channel.guild, &channel.thread) {
            (Some(guild), Some(thread)) => channel.thread_json(guild, thread),
            (Some(guild), None) => channel.guild_json(guild),
            (None, _) => {
                let others = channel.recipients.iter().filter(|id| **id != self.bot);
                let recipients: Vec<Value> = others.map(|id| self.user_json(*id)).collect();
                json!({
                    "id": channel.id,
                    "type": channel.kind,
                    "last_message_id": channel.last_message,
                    "flags": 0,
                    "recipients": recipients,
                })
            }
        }
    }
}
