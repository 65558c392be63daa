//! Messages of channels: reading, writing, editing, deleting, pinning.

use serde_json::{Value, json};

use super::call::{Call, Reply};
use super::compose::refuse_empty;
use crate::sandbox::error::{ApiError, Problems, Unknown};
use crate::sandbox::form::Form;
use crate::sandbox::id::Id;
use crate::sandbox::permissions::{
    ATTACH_FILES, EMBED_LINKS, MANAGE_MESSAGES, MANAGE_THREADS, READ_MESSAGE_HISTORY,
    SEND_MESSAGES, SEND_MESSAGES_IN_THREADS, VIEW_CHANNEL,
};
use crate::sandbox::state::channel::Channel;
use crate::sandbox::state::message::{Message, flag, kind};
use crate::sandbox::state::{Audit, World};

/// Bulk deletion takes nothing older than this: two weeks.
const BULK_AGE_MAX_MS: i64 = 14 * 86_400_000;

/// Messages remembered for `enforce_nonce`; Discord forgets them after a few minutes.
const NONCE_LIFE_MS: i64 = 5 * 60_000;

impl World {
    /// A channel that `who` can see, holding all of `bits` there.
    pub(crate) fn channel_for(&self, id: Id, who: Id, bits: u64) -> Result<&Channel, ApiError> {
        let channel = self.channel(id)?;
        let held = self.channel_permissions(channel, who);
        if held & VIEW_CHANNEL == 0 {
            return Err(ApiError::missing_access());
        }
        if held & bits == bits {
            Ok(channel)
        } else {
            Err(ApiError::missing_permissions())
        }
    }

    pub(crate) fn message_for(&self, call: &Call, bits: u64) -> Result<&Message, ApiError> {
        let channel = self.channel_for(call.id(0)?, call.actor, bits)?;
        let message = channel
            .log
            .get(call.id(1)?)
            .filter(|message| message.only_for.is_none());
        message.ok_or_else(|| ApiError::unknown(Unknown::Message))
    }

    /// What writing in a channel needs; DMs depend on the recipient instead.
    fn may_write(&self, channel_id: Id, who: Id) -> Result<u64, ApiError> {
        let channel = self.channel_for(channel_id, who, 0)?;
        if !channel.is_textual() {
            return Err(ApiError::new(
                400,
                50008,
                "Cannot send messages in a non-text channel",
            ));
        }
        if channel.guild.is_none() {
            let other = channel
                .recipients
                .iter()
                .copied()
                .find(|id| *id != who)
                .unwrap_or_default();
            let shares = self.guilds.values().any(|guild| {
                guild.members.contains_key(&other) && guild.members.contains_key(&who)
            });
            let open = self.users.get(&other).is_some_and(|user| user.dms_open);
            if !(open && shares) {
                return Err(ApiError::new(
                    403,
                    50007,
                    "Cannot send messages to this user",
                ));
            }
        }
        let held = self.channel_permissions(channel, who);
        let needed = if channel.is_thread() {
            SEND_MESSAGES_IN_THREADS
        } else {
            SEND_MESSAGES
        };
        if held & needed == 0 {
            return Err(ApiError::missing_permissions());
        }
        match &channel.thread {
            Some(thread) if thread.locked && thread.archived => {
                Err(ApiError::new(400, 50083, "Thread is archived"))
            }
            Some(thread) if thread.locked && held & MANAGE_THREADS == 0 => {
                Err(ApiError::new(403, 160005, "This thread is locked"))
            }
            _ => Ok(held),
        }
    }
}

pub(crate) fn list(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let channel = world.channel_for(call.id(0)?, call.actor, 0)?;
    let limit = call.limit(50, 100)?;
    if world.channel_permissions(channel, call.actor) & READ_MESSAGE_HISTORY == 0 {
        return Ok(Reply::json(json!([])));
    }
    let visible = channel
        .log
        .iter()
        .filter(|message| message.only_for.is_none());
    let chosen: Vec<&Message> = if let Some(after) = call.query_id("after") {
        let mut oldest: Vec<_> = visible
            .skip_while(|message| message.id <= after)
            .take(limit)
            .collect();
        oldest.reverse();
        oldest
    } else if let Some(around) = call.query_id("around") {
        let all: Vec<_> = visible.collect();
        let middle = all.partition_point(|message| message.id < around);
        let from = middle.saturating_sub(limit / 2);
        all[from..all.len().min(from + limit)]
            .iter()
            .rev()
            .copied()
            .collect()
    } else {
        let before = call.query_id("before");
        visible
            .rev()
            .filter(|message| before.is_none_or(|before| message.id < before))
            .take(limit)
            .collect()
    };
    Ok(Reply::json(
        chosen
            .into_iter()
            .map(|message| world.message_json(message))
            .collect(),
    ))
}

pub(crate) fn get(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    Ok(Reply::json(world.message_json(
        world.message_for(call, READ_MESSAGE_HISTORY)?,
    )))
}

pub(crate) fn create(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let channel = call.id(0)?;
    let held = world.may_write(channel, call.actor)?;
    let nonce = nonce(&call.body)?;
    if let Some(existing) = world.already_sent(call, nonce.as_ref()) {
        return Ok(Reply::json(existing));
    }
    let id = world.new_id();
    let mut message = Message::new(id, channel, call.actor);
    message.nonce = nonce;
    answer_to(world, &mut message, &call.body, held)?;
    world.apply_body(&mut message, call, &call.body)?;
    refuse_empty(&message)?;
    if !message.embeds.is_empty() && held & EMBED_LINKS == 0
        || !message.attachments.is_empty() && held & ATTACH_FILES == 0
    {
        return Err(ApiError::missing_permissions());
    }
    world.keep_pace(channel, call.actor, held)?;
    if let (Some(nonce), true) = (&message.nonce, call.body["enforce_nonce"] == true) {
        let key = (call.actor, nonce.to_string());
        world.nonce_order.push_back((id, key.clone()));
        world.nonces.insert(key, (channel, id));
    }
    Ok(Reply::json(world.publish(message)))
}

/// A nonce is a number or at most 25 characters.
fn nonce(body: &Value) -> Result<Option<Value>, ApiError> {
    let mut problems = Problems::default();
    if body["nonce"]
        .as_str()
        .is_some_and(|text| text.chars().count() > 25)
    {
        problems.too_long("nonce", 25);
    }
    problems
        .finish()
        .map(|()| Some(body["nonce"].clone()).filter(|nonce| !nonce.is_null()))
}

impl World {
    fn already_sent(&mut self, call: &Call, nonce: Option<&Value>) -> Option<Value> {
        let nonce = nonce.filter(|_| call.body["enforce_nonce"] == true)?;
        let now = self.now();
        while self
            .nonce_order
            .front()
            .is_some_and(|(id, _)| now - id.created_ms() >= NONCE_LIFE_MS)
        {
            if let Some((_, key)) = self.nonce_order.pop_front() {
                self.nonces.remove(&key);
            }
        }
        let (channel, id) = *self.nonces.get(&(call.actor, nonce.to_string()))?;
        self.channels
            .get(&channel)?
            .log
            .get(id)
            .map(|message| self.message_json(message))
    }
}

/// Reads `message_reference`.
fn answer_to(
    world: &World,
    message: &mut Message,
    body: &Value,
    held: u64,
) -> Result<(), ApiError> {
    let reference = &body["message_reference"];
    let Some(answered) = Id::from_json(&reference["message_id"]) else {
        return Ok(());
    };
    if held & READ_MESSAGE_HISTORY == 0 {
        return Err(ApiError::new(
            400,
            160002,
            "Cannot reply without permission to read message history",
        ));
    }
    let there = world
        .channels
        .get(&message.channel)
        .and_then(|channel| channel.log.get(answered));
    if there.is_some() {
        message.answers = Some(answered);
        message.kind = kind::REPLY;
    } else if reference["fail_if_not_exists"] != false {
        let mut problems = Problems::default();
        problems.add(
            "message_reference",
            "REPLIES_UNKNOWN_MESSAGE",
            "Unknown message",
        );
        problems.finish()?;
    }
    Ok(())
}

pub(crate) fn edit(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let mut message = world.message_for(call, 0)?.clone();
    if message.author != call.actor {
        // Others may only hide its embeds.
        let only_flags = call
            .body
            .as_object()
            .is_some_and(|body| body.keys().all(|key| key == "flags"));
        world.channel_for(message.channel, call.actor, MANAGE_MESSAGES)?;
        if !only_flags {
            return Err(ApiError::new(
                403,
                50005,
                "Cannot edit a message authored by another user",
            ));
        }
    }
    world.apply_body(&mut message, call, &call.body)?;
    refuse_empty(&message)?;
    message.edited_ms = Some(world.now());
    message.flags &= !flag::LOADING;
    Ok(Reply::json(world.replace(message)))
}

pub(crate) fn delete(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let message = world.message_for(call, 0)?;
    let (id, author, channel_id) = (message.id, message.author, message.channel);
    if author != call.actor {
        let channel = world.channel(channel_id)?;
        if channel.guild.is_none() {
            return Err(ApiError::new(
                403,
                50003,
                "Cannot execute action on a DM channel",
            ));
        }
        world.channel_for(channel_id, call.actor, MANAGE_MESSAGES)?;
    }
    let guild = world.channel(channel_id)?.guild;
    world.drop_messages(channel_id, &[id]);
    if let Some(guild) = guild.filter(|_| author != call.actor) {
        world.audit_deleted(guild, call, (channel_id, author));
    }
    Ok(Reply::empty())
}

pub(crate) fn bulk_delete(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    const MESSAGE_BULK_DELETE: u16 = 73;
    let channel = world.channel_for(call.id(0)?, call.actor, MANAGE_MESSAGES)?;
    let (channel, guild) = (channel.id, channel.guild);
    let mut form = Form::of(&call.body);
    let ids = form.ids("messages").unwrap_or_default();
    form.finish()?;
    if !(2..=100).contains(&ids.len()) {
        return Err(ApiError::new(
            400,
            50016,
            "Provided too few or too many messages to delete. Must provide at least 2 and fewer than 100 messages to delete.",
        ));
    }
    if ids
        .iter()
        .any(|id| id.created_ms() < world.now() - BULK_AGE_MAX_MS)
    {
        return Err(ApiError::new(
            400,
            50034,
            "You can only bulk delete messages that are under 14 days old.",
        ));
    }
    let count = world.drop_messages(channel, &ids);
    if let Some(guild) = guild {
        let options = json!({"count": count.to_string()});
        world.audit(
            guild,
            Audit::new(MESSAGE_BULK_DELETE, call.actor, channel)
                .because(call.reason.clone())
                .options(options),
        );
    }
    Ok(Reply::empty())
}
