//! Roles: below one's own top role, and never with permissions that one does not hold.

use serde_json::{Value, json};

use super::call::{Call, Reply};
use crate::sandbox::error::{ApiError, Unknown};
use crate::sandbox::form::Form;
use crate::sandbox::gateway::dispatch::{Event, intent};
use crate::sandbox::id::Id;
use crate::sandbox::permissions::{ALL, MANAGE_ROLES};
use crate::sandbox::state::guild::{Guild, Role};
use crate::sandbox::state::{Audit, World};
use crate::sandbox::visible::Visible;

/// Roles that a guild can have, `@everyone` among them, as Discord fixes it.
const ROLES_MAX: usize = 250;

/// What the audit log tells of a role.
const KEYS: [&str; 5] = ["name", "permissions", "color", "hoist", "mentionable"];

pub(crate) fn list(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let guild = world.guild_of(call.id(0)?, call.actor)?;
    Ok(Reply::json(guild.roles.values().map(Role::json).collect()))
}

pub(crate) fn get(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let guild = world.guild_of(call.id(0)?, call.actor)?;
    let role = guild
        .roles
        .get(&call.id(1)?)
        .ok_or_else(|| ApiError::unknown(Unknown::Role))?;
    Ok(Reply::json(role.json()))
}

pub(crate) fn create(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    const ROLE_CREATE: u16 = 30;
    let guild = world.guild_of(call.id(0)?, call.actor)?;
    let guild_id = guild.id;
    world.require(guild, call.actor, MANAGE_ROLES)?;
    if guild.roles.len() >= ROLES_MAX {
        return Err(ApiError::new(
            400,
            30005,
            "Maximum number of guild roles reached (250)",
        ));
    }
    let everyone = guild
        .roles
        .get(&guild_id)
        .map_or(0, |role| role.permissions);
    let mut role = Role {
        id: Id::default(),
        name: "new role".to_owned(),
        permissions: everyone,
        position: 1,
        color: 0,
        hoist: false,
        mentionable: false,
        managed_for: None,
    };
    read_settings(world, guild, &mut role, call)?;
    role.id = world.new_id();
    let guild = world.guild_mut(guild_id)?;
    // A new role stands right above @everyone; the others move up.
    for other in guild
        .roles
        .values_mut()
        .filter(|other| other.id != guild_id)
    {
        other.position += 1;
    }
    let json = role.json();
    let entry = Audit::new(ROLE_CREATE, call.actor, role.id).because(call.reason.clone());
    let entry = entry.differences(&Value::Null, &json, &KEYS);
    world.show(|_| Visible::RoleMade {
        name: role.name.clone(),
    });
    world.guild_mut(guild_id)?.roles.insert(role.id, role);
    let data = json!({"guild_id": guild_id, "role": json});
    world.dispatch(Event::new("GUILD_ROLE_CREATE", intent::GUILDS, data).in_guild(guild_id));
    world.audit(guild_id, entry);
    Ok(Reply::json(json))
}

fn read_settings(
    world: &World,
    guild: &Guild,
    role: &mut Role,
    call: &Call,
) -> Result<(), ApiError> {
    let mut form = Form::of(&call.body);
    if let Some(name) = form.text("name", 0..=100).filter(|name| !name.is_empty()) {
        role.name = name;
    }
    if let Some(bits) = form.bits("permissions") {
        let held = world.guild_permissions(guild, call.actor);
        // Taking away what one does not hold is allowed; giving it is not.
        if held != ALL && bits & !role.permissions & !held != 0 {
            return Err(ApiError::missing_permissions());
        }
        role.permissions = bits & ALL;
    }
    if let Some(color) = form.number("color", 0..=0xFF_FFFF) {
        role.color = color;
    }
    if let Some(colors) = form.value("colors") {
        let mut colors = Form::of(colors);
        role.color = colors
            .number("primary_color", 0..=0xFF_FFFF)
            .unwrap_or(role.color);
        colors.finish()?;
    }
    role.hoist = form.flag("hoist").unwrap_or(role.hoist);
    role.mentionable = form.flag("mentionable").unwrap_or(role.mentionable);
    form.finish()
}

/// A role that the actor stands above.
fn reachable<'a>(world: &World, guild: &'a Guild, actor: Id, id: Id) -> Result<&'a Role, ApiError> {
    let role = guild
        .roles
        .get(&id)
        .ok_or_else(|| ApiError::unknown(Unknown::Role))?;
    world.require(guild, actor, MANAGE_ROLES)?;
    if guild.owner != actor && role.position >= guild.top_position(actor) {
        return Err(ApiError::missing_permissions());
    }
    Ok(role)
}

pub(crate) fn edit(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    const ROLE_UPDATE: u16 = 31;
    let (guild_id, id) = (call.id(0)?, call.id(1)?);
    let guild = world.guild_of(guild_id, call.actor)?;
    let old = reachable(world, guild, call.actor, id)?;
    let mut role = old.clone();
    read_settings(world, guild, &mut role, call)?;
    let mut entry = Audit::new(ROLE_UPDATE, call.actor, id).because(call.reason.clone());
    entry = entry.differences(&old.json(), &role.json(), &KEYS);
    let json = put(world, guild_id, role)?;
    if !entry.changes.is_empty() {
        world.audit(guild_id, entry);
    }
    Ok(Reply::json(json))
}

fn put(world: &mut World, guild_id: Id, role: Role) -> Result<Value, ApiError> {
    let json = role.json();
    world.guild_mut(guild_id)?.roles.insert(role.id, role);
    let data = json!({"guild_id": guild_id, "role": json});
    world.dispatch(Event::new("GUILD_ROLE_UPDATE", intent::GUILDS, data).in_guild(guild_id));
    Ok(json)
}

pub(crate) fn reorder(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let guild_id = call.id(0)?;
    let guild = world.guild_of(guild_id, call.actor)?;
    world.require(guild, call.actor, MANAGE_ROLES)?;
    let mut moves = Vec::new();
    for item in call.body.as_array().into_iter().flatten() {
        let mut form = Form::of(item);
        let (id, position) = (
            form.id("id").unwrap_or_default(),
            form.number("position", 0..=i64::from(i32::MAX)),
        );
        form.finish()?;
        let Some(position) = position else { continue };
        let role = guild
            .roles
            .get(&id)
            .ok_or_else(|| ApiError::unknown(Unknown::Role))?;
        // Some libraries send the whole list; what stays where it is needs no rank.
        if role.position == position {
            continue;
        }
        reachable(world, guild, call.actor, id)?;
        if role.id == guild_id
            || guild.owner != call.actor && position >= guild.top_position(call.actor)
        {
            return Err(ApiError::missing_permissions());
        }
        moves.push((id, position));
    }
    let mut order: Vec<(i64, i64, Id)> = guild
        .roles
        .values()
        .map(|role| (role.position, 1, role.id))
        .collect();
    for (id, position) in moves {
        if let Some(slot) = order.iter_mut().find(|(.., other)| *other == id) {
            // A role that moves up lands above the one whose place it takes, else below it.
            *slot = (position, if position > slot.0 { 2 } else { 0 }, id);
        }
    }
    order.sort_by_key(|(position, tie, id)| (*id != guild_id, *position, *tie, *id));
    for (position, (_, _, id)) in (0_i64..).zip(order) {
        let role = &world.guild(guild_id)?.roles[&id];
        if role.position != position {
            let moved = Role {
                position,
                ..role.clone()
            };
            put(world, guild_id, moved)?;
        }
    }
    list(world, call)
}

pub(crate) fn delete(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    const ROLE_DELETE: u16 = 32;
    let (guild_id, id) = (call.id(0)?, call.id(1)?);
    let guild = world.guild_of(guild_id, call.actor)?;
    let role = reachable(world, guild, call.actor, id)?;
    if role.managed_for.is_some() || id == guild_id {
        return Err(ApiError::new(400, 50028, "Invalid Role"));
    }
    let name = role.name.clone();
    world.show(|_| Visible::RoleGone { name: name.clone() });
    let guild = world.guild_mut(guild_id)?;
    guild.roles.remove(&id);
    for member in guild.members.values_mut() {
        member.roles.retain(|own| *own != id);
    }
    for channel in world.channels.values_mut() {
        channel.overwrites.retain(|overwrite| overwrite.id != id);
    }
    let data = json!({"guild_id": guild_id, "role_id": id});
    world.dispatch(Event::new("GUILD_ROLE_DELETE", intent::GUILDS, data).in_guild(guild_id));
    let entry = Audit::new(ROLE_DELETE, call.actor, id).because(call.reason.clone());
    world.audit(guild_id, entry.change("name", json!(name), Value::Null));
    Ok(Reply::empty())
}
