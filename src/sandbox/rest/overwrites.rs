//! A channel's permission overwrites.

use serde_json::Value;

use super::call::{Call, Reply};
use super::changes;
use crate::sandbox::error::{ApiError, Problems, Unknown};
use crate::sandbox::form::Form;
use crate::sandbox::id::Id;
use crate::sandbox::permissions::{ALL, MANAGE_ROLES};
use crate::sandbox::state::World;
use crate::sandbox::state::channel::{Overwrite, OverwriteKind};
use crate::sandbox::state::guild::Guild;

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
    let (channel_id, id) = (call.id(0)?, call.id(1)?);
    let channel = world.channel_for(channel_id, call.actor, MANAGE_ROLES)?;
    let Some(guild) = channel.guild.and_then(|id| world.guilds.get(&id)) else {
        return Err(ApiError::new(
            403,
            50003,
            "Cannot execute action on a DM channel",
        ));
    };
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
    let mut changed = channel.clone();
    match changed.overwrites.iter_mut().find(|old| old.id == id) {
        Some(old) => *old = overwrite,
        None => changed.overwrites.push(overwrite),
    }
    changes::put(world, call, changed);
    Ok(Reply::empty())
}

pub(crate) fn delete(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let (channel_id, id) = (call.id(0)?, call.id(1)?);
    let channel = world.channel_for(channel_id, call.actor, MANAGE_ROLES)?;
    if channel.guild.is_none() {
        return Err(ApiError::new(
            403,
            50003,
            "Cannot execute action on a DM channel",
        ));
    }
    let mut changed = channel.clone();
    changed.overwrites.retain(|old| old.id != id);
    if changed.overwrites.len() == channel.overwrites.len() {
        return Err(ApiError::unknown(Unknown::Overwrite));
    }
    changes::put(world, call, changed);
    Ok(Reply::empty())
}
