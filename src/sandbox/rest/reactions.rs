//! Reactions below messages.

use serde_json::{Value, json};

use super::call::{Call, Reply};
use crate::sandbox::error::{ApiError, Unknown};
use crate::sandbox::gateway::dispatch::{Event, intent};
use crate::sandbox::id::Id;
use crate::sandbox::permissions::{ADD_REACTIONS, MANAGE_MESSAGES, READ_MESSAGE_HISTORY};
use crate::sandbox::state::World;
use crate::sandbox::state::message::{Message, Reaction};

/// Different emojis that one message can carry, as Discord fixes it.
const EMOJIS_MAX: usize = 20;

pub(crate) fn add(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let emoji = emoji(call);
    let actor = call.actor;
    let guild = world
        .channel_for(call.id(0)?, actor, READ_MESSAGE_HISTORY)?
        .guild;
    let fresh = !message(world, call)?
        .reactions
        .iter()
        .any(|reaction| reaction.emoji == emoji);
    if fresh {
        world.channel_for(call.id(0)?, actor, ADD_REACTIONS)?;
        if message(world, call)?.reactions.len() >= EMOJIS_MAX {
            return Err(ApiError::new(
                400,
                30010,
                "Maximum number of reactions reached (20)",
            ));
        }
    }
    let reactions = &mut message_mut(world, call)?.reactions;
    let index = reactions
        .iter()
        .position(|reaction| reaction.emoji == emoji)
        .unwrap_or_else(|| {
            reactions.push(Reaction {
                emoji,
                by: Vec::new(),
            });
            reactions.len() - 1
        });
    let reaction = &mut reactions[index];
    if !reaction.by.contains(&actor) {
        reaction.by.push(actor);
        let shown = reaction.emoji_json();
        let author = message(world, call)?.author;
        let member = guild
            .and_then(|id| world.guilds.get(&id))
            .and_then(|guild| guild.members.get(&actor));
        let member = member.map(|member| world.member_json(member));
        let mut data = event_data(call, guild)?;
        data["user_id"] = json!(actor);
        data["emoji"] = shown;
        data["burst"] = json!(false);
        data["type"] = json!(0);
        data["message_author_id"] = json!(author);
        if let Some(member) = member {
            data["member"] = member;
        }
        dispatch(world, "MESSAGE_REACTION_ADD", data, guild);
    }
    Ok(Reply::empty())
}

pub(crate) fn remove_own(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    take(world, call, call.actor)
}

pub(crate) fn remove(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let who = call.id(3)?;
    if who != call.actor {
        world.channel_for(call.id(0)?, call.actor, MANAGE_MESSAGES)?;
    }
    take(world, call, who)
}

fn take(world: &mut World, call: &Call, who: Id) -> Result<Reply, ApiError> {
    let guild = world.channel_for(call.id(0)?, call.actor, 0)?.guild;
    let emoji = emoji(call);
    let reactions = &mut message_mut(world, call)?.reactions;
    let Some(reaction) = reactions
        .iter_mut()
        .find(|reaction| reaction.emoji == emoji)
    else {
        return Err(ApiError::unknown(Unknown::Emoji));
    };
    if !reaction.by.contains(&who) {
        return Ok(Reply::empty());
    }
    reaction.by.retain(|by| *by != who);
    let shown = reaction.emoji_json();
    reactions.retain(|reaction| !reaction.by.is_empty());
    let mut data = event_data(call, guild)?;
    data["user_id"] = json!(who);
    data["emoji"] = shown;
    data["burst"] = json!(false);
    data["type"] = json!(0);
    dispatch(world, "MESSAGE_REACTION_REMOVE", data, guild);
    Ok(Reply::empty())
}

pub(crate) fn list(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    world.channel_for(call.id(0)?, call.actor, 0)?;
    let emoji = emoji(call);
    let reaction = message(world, call)?
        .reactions
        .iter()
        .find(|reaction| reaction.emoji == emoji);
    let Some(reaction) = reaction else {
        return Ok(Reply::json(json!([])));
    };
    let limit = call.limit(25, 100)?;
    let users: Vec<Value> = reaction
        .by
        .iter()
        .take(limit)
        .map(|id| world.user_json(*id))
        .collect();
    Ok(Reply::json(json!(users)))
}

pub(crate) fn clear(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let guild = world
        .channel_for(call.id(0)?, call.actor, MANAGE_MESSAGES)?
        .guild;
    message_mut(world, call)?.reactions.clear();
    let data = event_data(call, guild)?;
    dispatch(world, "MESSAGE_REACTION_REMOVE_ALL", data, guild);
    Ok(Reply::empty())
}

pub(crate) fn clear_emoji(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let guild = world
        .channel_for(call.id(0)?, call.actor, MANAGE_MESSAGES)?
        .guild;
    let emoji = emoji(call);
    message_mut(world, call)?
        .reactions
        .retain(|reaction| reaction.emoji != emoji);
    let mut data = event_data(call, guild)?;
    data["emoji"] = Reaction {
        emoji,
        by: Vec::new(),
    }
    .emoji_json();
    dispatch(world, "MESSAGE_REACTION_REMOVE_EMOJI", data, guild);
    Ok(Reply::empty())
}

/// The emoji of the path: Unicode, or `name:id`.
fn emoji(call: &Call) -> String {
    call.text(2).to_owned()
}

fn message<'a>(world: &'a World, call: &Call) -> Result<&'a Message, ApiError> {
    let message = world.channel(call.id(0)?)?.log.get(call.id(1)?);
    message.ok_or_else(|| ApiError::unknown(Unknown::Message))
}

fn message_mut<'a>(world: &'a mut World, call: &Call) -> Result<&'a mut Message, ApiError> {
    let message = world.channel_mut(call.id(0)?)?.log.get_mut(call.id(1)?);
    message.ok_or_else(|| ApiError::unknown(Unknown::Message))
}

fn event_data(call: &Call, guild: Option<Id>) -> Result<Value, ApiError> {
    let mut data = json!({"channel_id": call.id(0)?, "message_id": call.id(1)?});
    if let Some(guild) = guild {
        data["guild_id"] = json!(guild);
    }
    Ok(data)
}

fn dispatch(world: &mut World, name: &'static str, data: Value, guild: Option<Id>) {
    let channel = Id::from_json(&data["channel_id"]).unwrap_or_default();
    let wanted = if guild.is_some() {
        intent::GUILD_MESSAGE_REACTIONS
    } else {
        intent::DIRECT_MESSAGE_REACTIONS
    };
    let event = Event::new(name, wanted, data).in_channel(channel);
    world.dispatch(match guild {
        Some(guild) => event.in_guild(guild),
        None => event,
    });
}
