//! Messages and the bounded log that a channel keeps of them.

use std::collections::VecDeque;

use serde_json::{Map, Value, json};

use crate::sandbox::clock::iso;
use crate::sandbox::id::Id;
use crate::sandbox::state::World;

/// Message flags: <https://discord.com/developers/docs/resources/message#message-object-message-flags>.
pub(crate) mod flag {
    pub(crate) const SUPPRESS_EMBEDS: u64 = 1 << 2;
    pub(crate) const EPHEMERAL: u64 = 1 << 6;
    pub(crate) const LOADING: u64 = 1 << 7;
    pub(crate) const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;
    pub(crate) const COMPONENTS_V2: u64 = 1 << 15;
}

/// Message types that the sandbox makes.
pub(crate) mod kind {
    pub(crate) const DEFAULT: u8 = 0;
    pub(crate) const REPLY: u8 = 19;
    pub(crate) const CHAT_INPUT_COMMAND: u8 = 20;
    pub(crate) const CONTEXT_MENU_COMMAND: u8 = 23;
}

/// A message. Embeds, components and attachments are kept as Discord answers them.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub(crate) id: Id,
    pub(crate) channel: Id,
    pub(crate) author: Id,
    pub(crate) kind: u8,
    pub(crate) content: String,
    pub(crate) edited_ms: Option<i64>,
    pub(crate) embeds: Vec<Value>,
    pub(crate) components: Vec<Value>,
    pub(crate) attachments: Vec<Value>,
    pub(crate) flags: u64,
    pub(crate) tts: bool,
    pub(crate) pinned: bool,
    pub(crate) mentions: Vec<Id>,
    pub(crate) mention_roles: Vec<Id>,
    pub(crate) mention_everyone: bool,
    /// The message that this one answers.
    pub(crate) answers: Option<Id>,
    pub(crate) nonce: Option<Value>,
    /// `interaction_metadata` of a message that answers an interaction.
    pub(crate) interaction: Option<Value>,
    /// Only this person sees it.
    pub(crate) only_for: Option<Id>,
    pub(crate) reactions: Vec<Reaction>,
}

/// One emoji below a message and who put it there.
#[derive(Clone, Debug)]
pub(crate) struct Reaction {
    /// Unicode text, or `name:id` of a custom emoji.
    pub(crate) emoji: String,
    pub(crate) by: Vec<Id>,
}

impl Message {
    pub(crate) fn new(id: Id, channel: Id, author: Id) -> Self {
        Self {
            id,
            channel,
            author,
            kind: kind::DEFAULT,
            content: String::new(),
            edited_ms: None,
            embeds: Vec::new(),
            components: Vec::new(),
            attachments: Vec::new(),
            flags: 0,
            tts: false,
            pinned: false,
            mentions: Vec::new(),
            mention_roles: Vec::new(),
            mention_everyone: false,
            answers: None,
            nonce: None,
            interaction: None,
            only_for: None,
            reactions: Vec::new(),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.content.trim().is_empty()
            && self.embeds.is_empty()
            && self.components.is_empty()
            && self.attachments.is_empty()
    }
}

/// The newest messages of a channel, in the order of their ids.
#[derive(Clone, Debug, Default)]
pub(crate) struct MessageLog {
    messages: VecDeque<Message>,
}

impl MessageLog {
    /// Adds the newest message and forgets the oldest beyond `keep`.
    pub(crate) fn push(&mut self, message: Message, keep: usize) {
        self.messages.push_back(message);
        while self.messages.len() > keep {
            self.messages.pop_front();
        }
    }

    fn index(&self, id: Id) -> Option<usize> {
        self.messages
            .binary_search_by_key(&id, |message| message.id)
            .ok()
    }

    pub(crate) fn get(&self, id: Id) -> Option<&Message> {
        self.index(id).map(|index| &self.messages[index])
    }

    pub(crate) fn get_mut(&mut self, id: Id) -> Option<&mut Message> {
        self.index(id).map(|index| &mut self.messages[index])
    }

    pub(crate) fn remove(&mut self, id: Id) -> Option<Message> {
        self.index(id).and_then(|index| self.messages.remove(index))
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &Message> {
        self.messages.iter()
    }
}

impl World {
    /// A message as REST answers it.
    pub(crate) fn message_json(&self, message: &Message) -> Value {
        let mut json = self.basic_message_json(message);
        if let Some(answered) = message.answers {
            let log = self
                .channels
                .get(&message.channel)
                .map(|channel| &channel.log);
            let answered = log.and_then(|log| log.get(answered));
            let shown = answered.map_or(Value::Null, |answered| {
                self.basic_message_json(answered).into()
            });
            json.insert("referenced_message".into(), shown);
        }
        Value::Object(json)
    }

    fn basic_message_json(&self, message: &Message) -> Map<String, Value> {
        let mentions: Vec<Value> = message
            .mentions
            .iter()
            .map(|id| self.user_json(*id))
            .collect();
        let sign = |attachment| self.attachment_json(message.channel, attachment);
        let attachments: Vec<Value> = message.attachments.iter().map(sign).collect();
        let Value::Object(mut json) = json!({
            "type": message.kind,
            "content": message.content,
            "mentions": mentions,
            "mention_roles": message.mention_roles,
            "attachments": attachments,
            "embeds": message.embeds,
            "timestamp": iso(message.id.created_ms()),
            "edited_timestamp": message.edited_ms.map(iso),
            "flags": message.flags,
            "components": message.components,
            "id": message.id,
            "channel_id": message.channel,
            "author": self.user_json(message.author),
            "pinned": message.pinned,
            "mention_everyone": message.mention_everyone,
            "tts": message.tts,
        }) else {
            return Map::new();
        };
        if let Some(answered) = message.answers {
            let mut reference =
                json!({"type": 0, "channel_id": message.channel, "message_id": answered});
            if let Some(guild) = self
                .channels
                .get(&message.channel)
                .and_then(|channel| channel.guild)
            {
                reference["guild_id"] = json!(guild);
            }
            json.insert("message_reference".into(), reference);
        }
        if let Some(nonce) = &message.nonce {
            json.insert("nonce".into(), nonce.clone());
        }
        if let Some(interaction) = &message.interaction {
            json.insert("interaction_metadata".into(), interaction.clone());
            json.insert("application_id".into(), json!(self.application.id));
            json.insert("webhook_id".into(), json!(self.application.id));
        }
        if !message.reactions.is_empty() {
            let shown: Vec<Value> = message
                .reactions
                .iter()
                .map(|reaction| reaction.json(self.bot))
                .collect();
            json.insert("reactions".into(), json!(shown));
        }
        json
    }

    /// A message as the gateway carries it: with the guild and the author's membership.
    pub(crate) fn message_event_json(&self, message: &Message) -> Value {
        let mut json = self.message_json(message);
        let channel = self.channels.get(&message.channel);
        json["channel_type"] = json!(channel.map_or(0, |channel| channel.kind));
        if let Some(guild) = channel
            .and_then(|channel| channel.guild)
            .and_then(|id| self.guilds.get(&id))
        {
            json["guild_id"] = json!(guild.id);
            if let Some(member) = guild.members.get(&message.author) {
                json["member"] = member.json_without_user();
            }
            if let Some(mentions) = json["mentions"].as_array_mut() {
                for (user, id) in mentions.iter_mut().zip(&message.mentions) {
                    if let Some(member) = guild.members.get(id) {
                        user["member"] = member.json_without_user();
                    }
                }
            }
        }
        json
    }
}

impl Reaction {
    fn json(&self, me: Id) -> Value {
        let count = self.by.len();
        json!({
            "count": count,
            "count_details": {"burst": 0, "normal": count},
            "me": self.by.contains(&me),
            "me_burst": false,
            "burst_colors": [],
            "emoji": self.emoji_json(),
        })
    }

    pub(crate) fn emoji_json(&self) -> Value {
        match self.emoji.split_once(':') {
            Some((name, id)) => json!({"id": id, "name": name}),
            None => json!({"id": null, "name": self.emoji}),
        }
    }
}
