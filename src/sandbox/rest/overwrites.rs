//! A channel's permission overwrites.

use serde_json::{Value, json};

use super::call::{Call, Reply};
use crate::sandbox::error::{ApiError, Problems, Unknown};
use crate::sandbox::form::Form;
use crate::sandbox::gateway::dispatch::{Event, intent};
use crate::sandbox::id::Id;
use crate::sandbox::permissions::{ALL, MANAGE_ROLES};
use crate::sandbox::state::channel::{Overwrite, OverwriteKind};
use crate::sandbox::state::guild::Guild;
use crate::sandbox::state::{Audit, World};

/// Reads the overwrites that come with a channel.
pub(crate) fn read(
    world: &World,
    guild: &Guild,
    list: &[Value],
    actor: Id,
    problems: &mut Problems,
) -> Result<Vec<Overwrite>, ApiError> {
    let mut overwrites = Vec::with_capacity(list.len());
    for (index, item) in list.iter().enumerate() {
        let mut form = Form::of(item);
        let (id, number) = (form.id("id"), form.number("type", 0..=1));
        let (allow, deny) = (
            form.bits("allow").unwrap_or(0),
            form.bits("deny").unwrap_or(0),
        );
        form.finish()?;
        let Some(id) = id else {
            problems.required(&format!("permission_overwrites.{index}.id"));
            continue;
        };
        let kind = match number {
            Some(1) => OverwriteKind::Member,
            Some(_) => OverwriteKind::Role,
            None if guild.roles.contains_key(&id) => OverwriteKind::Role,
            None => OverwriteKind::Member,
        };
        may_grant(world, guild, actor, allow | deny)?;
        overwrites.push(Overwrite {
            id,
            kind,
            allow,
            deny,
        });
    }
    Ok(overwrites)
}

/// Only permissions that one holds can be allowed or denied, and only with MANAGE_ROLES.
fn may_grant(world: &World, guild: &Guild, actor: Id, bits: u64) -> Result<(), ApiError> {
    let held = world.guild_permissions(guild, actor);
    let may = bits == 0 || held == ALL || held & MANAGE_ROLES != 0 && bits & !held == 0;
    if may {
        Ok(())
    } else {
        Err(ApiError::missing_permissions())
    }
}

pub(crate) fn put(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    const OVERWRITE_CREATE: u16 = 13;
    const OVERWRITE_UPDATE: u16 = 14;
    let (channel_id, id) = (call.id(0)?, call.id(1)?);
    let channel = world.channel_for(channel_id, call.actor, MANAGE_ROLES)?;
    let Some(guild) = channel.guild.and_then(|id| world.guilds.get(&id)) else {
        return Err(ApiError::new(
            403,
            50003,
            "Cannot execute action on a DM channel",
        ));
    };
    let guild_id = guild.id;
    let mut form = Form::of(&call.body);
    let number = form.number("type", 0..=1);
    let (allow, deny) = (
        form.bits("allow").unwrap_or(0),
        form.bits("deny").unwrap_or(0),
    );
    if number.is_none() {
        form.problems.required("type");
    }
    form.finish()?;
    let kind = if number == Some(1) {
        OverwriteKind::Member
    } else {
        OverwriteKind::Role
    };
    if kind == OverwriteKind::Role && !guild.roles.contains_key(&id) {
        return Err(ApiError::unknown(Unknown::Role));
    }
    may_grant(world, guild, call.actor, allow | deny)?;
    let overwrite = Overwrite {
        id,
        kind,
        allow,
        deny,
    };
    let channel = world.channel_mut(channel_id)?;
    let existed = channel.overwrites.iter().any(|old| old.id == id);
    channel.overwrites.retain(|old| old.id != id);
    channel.overwrites.push(overwrite);
    let action = if existed {
        OVERWRITE_UPDATE
    } else {
        OVERWRITE_CREATE
    };
    tell(world, call, guild_id, channel_id, action);
    Ok(Reply::empty())
}

pub(crate) fn delete(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    const OVERWRITE_DELETE: u16 = 15;
    let (channel_id, id) = (call.id(0)?, call.id(1)?);
    let channel = world.channel_for(channel_id, call.actor, MANAGE_ROLES)?;
    let Some(guild_id) = channel.guild else {
        return Err(ApiError::new(
            403,
            50003,
            "Cannot execute action on a DM channel",
        ));
    };
    let channel = world.channel_mut(channel_id)?;
    let before = channel.overwrites.len();
    channel.overwrites.retain(|old| old.id != id);
    if channel.overwrites.len() == before {
        return Err(ApiError::unknown(Unknown::Overwrite));
    }
    tell(world, call, guild_id, channel_id, OVERWRITE_DELETE);
    Ok(Reply::empty())
}

fn tell(world: &mut World, call: &Call, guild_id: Id, channel_id: Id, action: u16) {
    let json = world.channel_json(&world.channels[&channel_id]);
    world.dispatch(
        Event::new("CHANNEL_UPDATE", intent::GUILDS, json)
            .in_guild(guild_id)
            .in_channel(channel_id),
    );
    let options =
        json!({"id": call.text(1), "type": if call.body["type"] == 1 { "1" } else { "0" }});
    world.audit(
        guild_id,
        Audit::new(action, call.actor, channel_id)
            .because(call.reason.clone())
            .options(options),
    );
}
