//! What goes out to the bot's sessions, and which session may have it.
//! Source: <https://discord.com/developers/docs/events/gateway#gateway-intents>.

use std::sync::Arc;

use serde_json::{Value, json};

use super::session::{Out, Session};
use crate::sandbox::id::Id;
use crate::sandbox::permissions::VIEW_AUDIT_LOG;
use crate::sandbox::state::World;

/// Gateway intents.
pub(crate) mod intent {
    pub(crate) const GUILDS: u64 = 1;
    pub(crate) const GUILD_MEMBERS: u64 = 1 << 1;
    pub(crate) const GUILD_MODERATION: u64 = 1 << 2;
    pub(crate) const GUILD_PRESENCES: u64 = 1 << 8;
    pub(crate) const GUILD_MESSAGES: u64 = 1 << 9;
    pub(crate) const GUILD_MESSAGE_REACTIONS: u64 = 1 << 10;
    pub(crate) const GUILD_MESSAGE_TYPING: u64 = 1 << 11;
    pub(crate) const DIRECT_MESSAGES: u64 = 1 << 12;
    pub(crate) const DIRECT_MESSAGE_REACTIONS: u64 = 1 << 13;
    pub(crate) const DIRECT_MESSAGE_TYPING: u64 = 1 << 14;
    pub(crate) const MESSAGE_CONTENT: u64 = 1 << 15;
    /// Everything that a bot may name: bits 0–16, 20, 21, 24 and 25.
    pub(crate) const KNOWN: u64 = 0x1_FFFF | 1 << 20 | 1 << 21 | 1 << 24 | 1 << 25;
    /// Those that the portal must have switched on.
    pub(crate) const PRIVILEGED: u64 = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT;
}

/// The dispatches that the sandbox can send.
pub const EVENTS: &[&str] = &[
    "READY",
    "RESUMED",
    "GUILD_CREATE",
    "GUILD_DELETE",
    "GUILD_MEMBER_ADD",
    "GUILD_MEMBER_REMOVE",
    "GUILD_MEMBER_UPDATE",
    "GUILD_MEMBERS_CHUNK",
    "GUILD_BAN_ADD",
    "GUILD_BAN_REMOVE",
    "GUILD_ROLE_CREATE",
    "GUILD_ROLE_UPDATE",
    "GUILD_ROLE_DELETE",
    "GUILD_AUDIT_LOG_ENTRY_CREATE",
    "CHANNEL_CREATE",
    "CHANNEL_UPDATE",
    "CHANNEL_DELETE",
    "CHANNEL_PINS_UPDATE",
    "THREAD_CREATE",
    "THREAD_UPDATE",
    "THREAD_DELETE",
    "THREAD_MEMBERS_UPDATE",
    "MESSAGE_CREATE",
    "MESSAGE_UPDATE",
    "MESSAGE_DELETE",
    "MESSAGE_DELETE_BULK",
    "MESSAGE_REACTION_ADD",
    "MESSAGE_REACTION_REMOVE",
    "MESSAGE_REACTION_REMOVE_ALL",
    "MESSAGE_REACTION_REMOVE_EMOJI",
    "TYPING_START",
    "INTERACTION_CREATE",
];

/// A dispatch on its way.
#[derive(Debug)]
pub(crate) struct Event {
    name: &'static str,
    /// The intent that a session must have; 0 for events that all get.
    intent: u64,
    guild: Option<Id>,
    /// The channel that the bot must be able to see.
    channel: Option<Id>,
    data: Value,
}

impl Event {
    pub(crate) fn new(name: &'static str, intent: u64, data: Value) -> Self {
        debug_assert!(
            EVENTS.contains(&name),
            "{name} is missing in the list of events"
        );
        Self {
            name,
            intent,
            guild: None,
            channel: None,
            data,
        }
    }

    pub(crate) fn in_guild(mut self, guild: Id) -> Self {
        self.guild = Some(guild);
        self
    }

    pub(crate) fn in_channel(mut self, channel: Id) -> Self {
        self.channel = Some(channel);
        self
    }
}

impl World {
    /// Sends an event to every session that asked for it and may see it.
    pub(crate) fn dispatch(&mut self, event: Event) {
        if self.sessions.is_empty() || !self.bot_may_see(&event) {
            return;
        }
        let full: Arc<str> = event.data.to_string().into();
        let mut blanked: Option<Arc<str>> = None;
        let needs_content = self.needs_content_intent(&event);
        for session in &mut self.sessions {
            let wanted = event.intent == 0 || session.intents & event.intent != 0;
            if !wanted || !session.serves(event.guild) {
                continue;
            }
            let data = if needs_content && session.intents & intent::MESSAGE_CONTENT == 0 {
                blanked
                    .get_or_insert_with(|| without_content(&event.data))
                    .clone()
            } else {
                full.clone()
            };
            session.send(event.name, data);
        }
    }

    /// An interaction goes to the newest session that serves the guild, whatever its intents.
    pub(crate) fn dispatch_interaction(&mut self, guild: Option<Id>, data: &Value) {
        let text: Arc<str> = data.to_string().into();
        let live = |session: &&mut Session| session.is_live() && session.serves(guild);
        if let Some(session) = self.sessions.iter_mut().rev().find(live) {
            session.send("INTERACTION_CREATE", text);
        }
    }

    fn bot_may_see(&self, event: &Event) -> bool {
        if let Some(guild) = event.guild.and_then(|id| self.guilds.get(&id)) {
            let leaving = matches!(event.name, "GUILD_DELETE" | "GUILD_CREATE");
            if !(leaving || guild.available && guild.members.contains_key(&self.bot)) {
                return false;
            }
            if event.name == "GUILD_AUDIT_LOG_ENTRY_CREATE" {
                return self.guild_permissions(guild, self.bot) & VIEW_AUDIT_LOG != 0;
            }
        }
        match event.channel.and_then(|id| self.channels.get(&id)) {
            Some(channel) => self.channel_permissions(channel, self.bot) != 0,
            None => true,
        }
    }

    /// Others' guild messages in which the bot is not mentioned come without content
    /// unless the session has MESSAGE_CONTENT.
    fn needs_content_intent(&self, event: &Event) -> bool {
        if !matches!(event.name, "MESSAGE_CREATE" | "MESSAGE_UPDATE") || event.guild.is_none() {
            return false;
        }
        let bot = self.bot.to_string();
        let is_bot = |user: &Value| user["id"] == bot.as_str();
        let mentioned = event.data["mentions"]
            .as_array()
            .is_some_and(|users| users.iter().any(is_bot));
        !mentioned && !is_bot(&event.data["author"])
    }

    /// Hands each live session a frame that is no dispatch.
    pub(crate) fn send_all(&mut self, out: &Out) {
        for session in &mut self.sessions {
            session.push(out.clone());
        }
    }
}

fn without_content(data: &Value) -> Arc<str> {
    let mut data = data.clone();
    data["content"] = json!("");
    for list in ["embeds", "attachments", "components"] {
        data[list] = json!([]);
    }
    data.to_string().into()
}
