//! An interaction's later answers: its original message and follow-ups, by its token.

use serde_json::Value;

use super::call::{Call, Reply};
use super::compose::refuse_empty;
use super::interactions;
use crate::sandbox::error::{ApiError, Unknown};
use crate::sandbox::id::Id;
use crate::sandbox::people::InteractionOutcome;
use crate::sandbox::state::World;
use crate::sandbox::state::interaction::{Progress, TOKEN_LIFE_MS};
use crate::sandbox::state::message::{Message, flag};
use crate::sandbox::view::MessageView;

/// The interaction of the path's token, once its first answer has been given.
fn interaction(world: &World, call: &Call) -> Result<Id, ApiError> {
    if call.id(0)? != world.application.id {
        return Err(ApiError::unknown(Unknown::Webhook));
    }
    // Expired or never given out: Discord does not tell them apart.
    let found = world
        .tokens
        .get(call.text(1))
        .and_then(|id| world.interactions.get(id));
    let alive = found.filter(|interaction| world.now() - interaction.asked_ms < TOKEN_LIFE_MS);
    let Some(interaction) = alive else {
        return Err(ApiError::new(401, 50027, "Invalid Webhook Token"));
    };
    match interaction.progress {
        Progress::Asked | Progress::Missed => Err(ApiError::unknown(Unknown::Webhook)),
        _ => Ok(interaction.id),
    }
}

pub(crate) fn follow_up(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let id = interaction(world, call)?;
    if world.interactions[&id].progress == Progress::Thinking {
        // The first follow-up of a deferred reply fills that reply in.
        let original = world.interactions[&id].original.unwrap_or_default();
        return change(world, call, id, original);
    }
    let message = interactions::write(world, call, id, &call.body)?;
    let view = MessageView::of(world, &message);
    let json = world.publish(message);
    settle(world, id, InteractionOutcome::Replied(view));
    Ok(Reply::json(json))
}

fn settle(world: &mut World, id: Id, outcome: InteractionOutcome) {
    // Some libraries acknowledge a form and go on with the interaction that opened it.
    let submitted = world.awaiting_update.remove(&id);
    if let Some(submitted) = submitted.and_then(|id| world.interactions.get_mut(&id)) {
        submitted.settle(outcome.clone());
    }
    if let Some(interaction) = world.interactions.get_mut(&id) {
        interaction.progress = Progress::Answered;
        interaction.settle(outcome);
    }
}

pub(crate) fn get_original(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let (_, message) = original(world, call)?;
    Ok(Reply::json(shown(world, call, message)?))
}

pub(crate) fn edit_original(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let (id, message) = original(world, call)?;
    change(world, call, id, message)
}

pub(crate) fn delete_original(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let (id, message) = original(world, call)?;
    erase(world, id, message)
}

pub(crate) fn get(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    interaction(world, call)?;
    let message = call.id(2)?;
    Ok(Reply::json(shown(world, call, message)?))
}

pub(crate) fn edit(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let id = interaction(world, call)?;
    let message = call.id(2)?;
    change(world, call, id, message)
}

pub(crate) fn delete(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let id = interaction(world, call)?;
    let message = call.id(2)?;
    erase(world, id, message)
}

/// The first reply; for an acknowledged component the message that it stands on.
fn original(world: &World, call: &Call) -> Result<(Id, Id), ApiError> {
    let id = interaction(world, call)?;
    let interaction = &world.interactions[&id];
    let message = interaction.original.or(interaction.source);
    message
        .map(|message| (id, message))
        .ok_or_else(|| ApiError::unknown(Unknown::Message))
}

/// A message that this application wrote in the interaction's channel.
fn own(world: &World, interaction: Id, message: Id) -> Result<&Message, ApiError> {
    let channel = world
        .channels
        .get(&world.interactions[&interaction].channel);
    let message = channel
        .and_then(|channel| channel.log.get(message))
        .filter(|message| message.author == world.bot);
    message.ok_or_else(|| ApiError::unknown(Unknown::Message))
}

fn shown(world: &World, call: &Call, message: Id) -> Result<Value, ApiError> {
    let id = interaction(world, call)?;
    Ok(world.message_json(own(world, id, message)?))
}

fn change(world: &mut World, call: &Call, id: Id, message: Id) -> Result<Reply, ApiError> {
    let mut message = own(world, id, message)?.clone();
    let was_thinking = message.flags & flag::LOADING != 0;
    world.apply_body(&mut message, call, &call.body)?;
    refuse_empty(&message)?;
    message.flags &= !flag::LOADING;
    if !was_thinking {
        message.edited_ms = Some(world.now());
    }
    let view = MessageView::of(world, &message);
    let json = world.replace(message);
    let outcome = if was_thinking {
        InteractionOutcome::Replied(view)
    } else {
        InteractionOutcome::Updated(view)
    };
    settle(world, id, outcome);
    Ok(Reply::json(json))
}

fn erase(world: &mut World, id: Id, message: Id) -> Result<Reply, ApiError> {
    let message = own(world, id, message)?;
    let (channel, message) = (message.channel, message.id);
    world.drop_messages(channel, &[message]);
    settle(world, id, InteractionOutcome::Acknowledged);
    Ok(Reply::empty())
}
