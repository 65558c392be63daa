//! Guild channels, their permission overwrites, and the typing indicator.

use serde_json::{Value, json};

use super::call::{Call, Reply};
use super::{changes, overwrites};
use crate::sandbox::error::{ApiError, Problems, Unknown};
use crate::sandbox::form::Form;
use crate::sandbox::gateway::dispatch::{Event, intent};
use crate::sandbox::id::Id;
use crate::sandbox::permissions::{MANAGE_CHANNELS, MANAGE_THREADS};
use crate::sandbox::state::channel::{Channel, kind};
use crate::sandbox::state::guild::Guild;
use crate::sandbox::state::{Audit, World};
use crate::sandbox::visible::Visible;

/// Channels that a guild can have, and a category, as Discord fixes it.
const GUILD_MAX: usize = 500;
const CATEGORY_MAX: usize = 50;

pub(crate) fn get(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let channel = world.channel_for(call.id(0)?, call.actor, 0)?;
    Ok(Reply::json(world.channel_json(channel)))
}

pub(crate) fn create(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    const CHANNEL_CREATE: u16 = 10;
    let guild = world.guild_of(call.id(0)?, call.actor)?;
    let guild_id = guild.id;
    world.require(guild, call.actor, MANAGE_CHANNELS)?;
    let mut form = Form::of(&call.body);
    let name = form.required_text("name", 1..=100);
    let channel_kind = form
        .number("type", 0..=16)
        .and_then(|number| u8::try_from(number).ok())
        .unwrap_or(kind::TEXT);
    if !matches!(
        channel_kind,
        kind::TEXT | kind::VOICE | kind::CATEGORY | kind::NEWS
    ) {
        form.problems.choice("type", "0, 2, 4, 5");
    }
    let mut channel = Channel::new(
        Id::default(),
        channel_kind,
        Some(guild_id),
        &fitting(&name, channel_kind),
    );
    read_settings(world, guild, &mut channel, &mut form, call.actor)?;
    let own = |channel: &&Channel| channel.guild == Some(guild_id) && !channel.is_thread();
    if world.channels.values().filter(own).count() >= GUILD_MAX {
        return Err(ApiError::new(
            400,
            30013,
            "Maximum number of guild channels reached (500)",
        ));
    }
    refuse_full_category(world, channel.parent, &mut form.problems);
    if !form.has("position") {
        channel.position = world
            .channels
            .values()
            .filter(own)
            .map(|channel| channel.position + 1)
            .max()
            .unwrap_or(0);
    }
    form.finish()?;
    channel.id = world.new_id();
    let id = channel.id;
    world.show(|_| Visible::ChannelMade {
        name: format!("#{}", channel.name),
    });
    let json = world.channel_json(&channel);
    let entry = Audit::new(CHANNEL_CREATE, call.actor, id).because(call.reason.clone());
    let entry = entry
        .change("name", Value::Null, json!(channel.name))
        .change("type", Value::Null, json!(channel.kind))
        .change(
            "permission_overwrites",
            Value::Null,
            json["permission_overwrites"].clone(),
        );
    world.channels.insert(id, channel);
    world.dispatch(
        Event::new("CHANNEL_CREATE", intent::GUILDS, json.clone())
            .in_guild(guild_id)
            .in_channel(id),
    );
    world.audit(guild_id, entry);
    Ok(Reply::created(json))
}

/// Text channels have lower-case names without spaces.
fn fitting(name: &str, channel_kind: u8) -> String {
    match channel_kind {
        kind::TEXT | kind::NEWS => name.trim().to_lowercase().replace(' ', "-"),
        _ => name.trim().to_owned(),
    }
}

/// What creating and editing have in common.
fn read_settings(
    world: &World,
    guild: &Guild,
    channel: &mut Channel,
    form: &mut Form<'_>,
    actor: Id,
) -> Result<(), ApiError> {
    if form.has("topic") {
        channel.topic = form
            .text("topic", 0..=1_024)
            .filter(|topic| !topic.is_empty());
    }
    if let Some(seconds) = form.number("rate_limit_per_user", 0..=21_600) {
        channel.slowmode = seconds;
    }
    if let Some(nsfw) = form.flag("nsfw") {
        channel.nsfw = nsfw;
    }
    if let Some(position) = form.number("position", 0..=i64::from(i32::MAX)) {
        channel.position = position;
    }
    if form.has("parent_id") {
        channel.parent = form.id("parent_id");
        let parent = channel.parent.and_then(|id| world.channels.get(&id));
        let fits = parent
            .is_some_and(|parent| parent.kind == kind::CATEGORY && parent.guild == Some(guild.id));
        if channel.parent.is_some() && !fits {
            form.problems.add(
                "parent_id",
                "CHANNEL_PARENT_INVALID",
                "Category does not exist",
            );
        }
    }
    if let Some(list) = form.list("permission_overwrites") {
        channel.overwrites = overwrites::read(world, guild, list, actor, &mut form.problems)?;
    }
    Ok(())
}

fn refuse_full_category(world: &World, parent: Option<Id>, problems: &mut Problems) {
    let full = parent.is_some()
        && world
            .channels
            .values()
            .filter(|channel| channel.parent == parent)
            .count()
            >= CATEGORY_MAX;
    if full {
        problems.add(
            "parent_id",
            "CHANNEL_PARENT_MAX_CHANNELS",
            "Maximum number of channels in category reached (50)",
        );
    }
}

pub(crate) fn edit(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let channel = world.channel_for(call.id(0)?, call.actor, 0)?;
    let Some(guild) = channel.guild.and_then(|id| world.guilds.get(&id)) else {
        return Err(ApiError::new(
            403,
            50003,
            "Cannot execute action on a DM channel",
        ));
    };
    let mut changed = channel.clone();
    let mut form = Form::of(&call.body);
    let own_thread = channel
        .thread
        .as_ref()
        .is_some_and(|thread| thread.owner == call.actor);
    if !own_thread {
        let needed = if channel.is_thread() {
            MANAGE_THREADS
        } else {
            MANAGE_CHANNELS
        };
        world.channel_for(channel.id, call.actor, needed)?;
    }
    if let Some(name) = form.text("name", 1..=100) {
        changed.name = fitting(&name, changed.kind);
    }
    if changed.is_thread() {
        super::threads::read_settings(world, &mut changed, &mut form);
    } else {
        let parent = changed.parent;
        read_settings(world, guild, &mut changed, &mut form, call.actor)?;
        if changed.parent != parent {
            refuse_full_category(world, changed.parent, &mut form.problems);
        }
    }
    form.finish()?;
    Ok(Reply::json(changes::put(world, call, changed)))
}

pub(crate) fn reorder(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let guild = world.guild_of(call.id(0)?, call.actor)?;
    let guild_id = guild.id;
    world.require(guild, call.actor, MANAGE_CHANNELS)?;
    for item in call.body.as_array().into_iter().flatten() {
        let mut form = Form::of(item);
        let (id, position) = (
            form.id("id"),
            form.number("position", 0..=i64::from(i32::MAX)),
        );
        form.finish()?;
        let Some(channel) = id
            .and_then(|id| world.channels.get_mut(&id))
            .filter(|channel| channel.guild == Some(guild_id))
        else {
            return Err(ApiError::unknown(Unknown::Channel));
        };
        channel.position = position.unwrap_or(channel.position);
        let id = channel.id;
        let json = world.channel_json(&world.channels[&id]);
        world.dispatch(
            Event::new("CHANNEL_UPDATE", intent::GUILDS, json)
                .in_guild(guild_id)
                .in_channel(id),
        );
    }
    Ok(Reply::empty())
}

pub(crate) fn delete(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    const CHANNEL_DELETE: u16 = 12;
    const THREAD_DELETE: u16 = 112;
    let channel = world.channel_for(call.id(0)?, call.actor, 0)?;
    let Some(guild_id) = channel.guild else {
        // Closing a DM only hides it; it opens again with its messages.
        return Ok(Reply::json(world.channel_json(channel)));
    };
    let needed = if channel.is_thread() {
        MANAGE_THREADS
    } else {
        MANAGE_CHANNELS
    };
    let channel = world.channel_for(channel.id, call.actor, needed)?;
    let (id, name, is_thread, parent) = (
        channel.id,
        channel.name.clone(),
        channel.is_thread(),
        channel.parent,
    );
    let json = world.channel_json(channel);
    world.show(|_| Visible::ChannelGone {
        name: format!("#{name}"),
    });
    let event = if is_thread {
        let data =
            json!({"id": id, "guild_id": guild_id, "parent_id": parent, "type": json["type"]});
        Event::new("THREAD_DELETE", intent::GUILDS, data)
    } else {
        Event::new("CHANNEL_DELETE", intent::GUILDS, json.clone())
    };
    world.dispatch(event.in_guild(guild_id).in_channel(id));
    world.channels.remove(&id);
    world
        .channels
        .retain(|_, other| !(other.is_thread() && other.parent == Some(id)));
    let action = if is_thread {
        THREAD_DELETE
    } else {
        CHANNEL_DELETE
    };
    let entry = Audit::new(action, call.actor, id).because(call.reason.clone());
    world.audit(guild_id, entry.change("name", json!(name), Value::Null));
    Ok(Reply::json(json))
}

pub(crate) fn typing(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let channel = world.channel_for(call.id(0)?, call.actor, 0)?;
    let (id, guild) = (channel.id, channel.guild);
    let mut data =
        json!({"channel_id": id, "user_id": call.actor, "timestamp": world.now() / 1_000});
    let member = guild
        .and_then(|guild| world.guilds.get(&guild))
        .and_then(|guild| guild.members.get(&call.actor));
    if let (Some(guild), Some(member)) = (guild, member) {
        data["guild_id"] = json!(guild);
        data["member"] = world.member_json(member);
    }
    let wanted = if guild.is_some() {
        intent::GUILD_MESSAGE_TYPING
    } else {
        intent::DIRECT_MESSAGE_TYPING
    };
    let event = Event::new("TYPING_START", wanted, data).in_channel(id);
    world.dispatch(match guild {
        Some(guild) => event.in_guild(guild),
        None => event,
    });
    Ok(Reply::empty())
}
