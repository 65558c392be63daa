//! Pinned messages, by the routes of today and the older ones that libraries still use.

use serde_json::{Value, json};

use super::call::{Call, Reply};
use crate::sandbox::clock::iso;
use crate::sandbox::error::ApiError;
use crate::sandbox::gateway::dispatch::{Event, intent};
use crate::sandbox::permissions::{PIN_MESSAGES, READ_MESSAGE_HISTORY};
use crate::sandbox::state::World;

pub(crate) fn list(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let channel = world.channel_for(call.id(0)?, call.actor, READ_MESSAGE_HISTORY)?;
    let pinned = channel.log.iter().rev().filter(|message| message.pinned);
    let items: Vec<Value> = pinned
        .map(|message| json!({"pinned_at": iso(message.id.created_ms()), "message": world.message_json(message)}))
        .collect();
    Ok(Reply::json(json!({"items": items, "has_more": false})))
}

pub(crate) fn list_old(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let channel = world.channel_for(call.id(0)?, call.actor, READ_MESSAGE_HISTORY)?;
    let pinned = channel.log.iter().rev().filter(|message| message.pinned);
    Ok(Reply::json(
        pinned.map(|message| world.message_json(message)).collect(),
    ))
}

pub(crate) fn pin(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    set_pinned(world, call, true)
}

pub(crate) fn unpin(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    set_pinned(world, call, false)
}

fn set_pinned(world: &mut World, call: &Call, pinned: bool) -> Result<Reply, ApiError> {
    let in_dm = world.channel(call.id(0)?)?.guild.is_none();
    let mut message = world
        .message_for(call, if in_dm { 0 } else { PIN_MESSAGES })?
        .clone();
    if message.pinned != pinned {
        message.pinned = pinned;
        let (channel, guild) = (message.channel, world.channel(message.channel)?.guild);
        world.replace(message);
        let newest = world
            .channel(channel)?
            .log
            .iter()
            .rev()
            .find(|message| message.pinned);
        let mut data = json!({"channel_id": channel, "last_pin_timestamp": newest.map(|message| iso(message.id.created_ms()))});
        if let Some(guild) = guild {
            data["guild_id"] = json!(guild);
        }
        let event = Event::new("CHANNEL_PINS_UPDATE", intent::GUILDS, data).in_channel(channel);
        world.dispatch(event);
    }
    Ok(Reply::empty())
}
