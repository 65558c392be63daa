//! Registering application commands, global ones and a guild's.

use serde_json::{Value, json};

use super::call::{Call, Reply};
use crate::sandbox::error::{ApiError, Problems, Unknown};
use crate::sandbox::id::Id;
use crate::sandbox::limits;
use crate::sandbox::state::World;
use crate::sandbox::state::command::Command;

/// Commands of each type that one scope can have, as Discord fixes it: chat, user, message.
const MAX: [(u64, usize); 3] = [(1, 100), (2, 15), (3, 15)];

/// New commands that one scope can have in a day, as Discord fixes it; changing one is free.
const CREATED_A_DAY: usize = 200;

const DAY_MS: i64 = 86_400_000;

pub(crate) fn list(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    listing(world, call, None)
}

pub(crate) fn guild_list(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    listing(world, call, scope(world, call)?)
}

pub(crate) fn create(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    upsert(world, call, None)
}

pub(crate) fn guild_create(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    upsert(world, call, scope(world, call)?)
}

pub(crate) fn overwrite(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    replace_all(world, call, None)
}

pub(crate) fn guild_overwrite(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    replace_all(world, call, scope(world, call)?)
}

pub(crate) fn get(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let command = found(world, call, None, call.id(1)?)?;
    Ok(Reply::json(command.json(world.application.id)))
}

pub(crate) fn guild_get(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let command = found(world, call, scope(world, call)?, call.id(2)?)?;
    Ok(Reply::json(command.json(world.application.id)))
}

pub(crate) fn edit(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    change(world, call, None, call.id(1)?)
}

pub(crate) fn guild_edit(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let guild = scope(world, call)?;
    change(world, call, guild, call.id(2)?)
}

pub(crate) fn delete(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let id = found(world, call, None, call.id(1)?)?.id;
    world.commands.remove(&id);
    Ok(Reply::empty())
}

pub(crate) fn guild_delete(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let id = found(world, call, scope(world, call)?, call.id(2)?)?.id;
    world.commands.remove(&id);
    Ok(Reply::empty())
}

fn own_application(world: &World, call: &Call) -> Result<(), ApiError> {
    if call.id(0)? == world.application.id {
        Ok(())
    } else {
        Err(ApiError::new(
            403,
            20012,
            "You are not authorized to perform this action on this application",
        ))
    }
}

/// The guild of the path; a bot that is not in it has no access.
fn scope(world: &World, call: &Call) -> Result<Option<Id>, ApiError> {
    let guild = call.id(1)?;
    match world.guilds.get(&guild) {
        Some(found) if found.members.contains_key(&call.actor) => Ok(Some(guild)),
        _ => Err(ApiError::missing_access()),
    }
}

fn listing(world: &World, call: &Call, guild: Option<Id>) -> Result<Reply, ApiError> {
    own_application(world, call)?;
    let own = world
        .commands
        .values()
        .filter(|command| command.guild == guild);
    Ok(Reply::json(
        own.map(|command| command.json(world.application.id))
            .collect(),
    ))
}

fn found<'a>(
    world: &'a World,
    call: &Call,
    guild: Option<Id>,
    id: Id,
) -> Result<&'a Command, ApiError> {
    own_application(world, call)?;
    let command = world
        .commands
        .get(&id)
        .filter(|command| command.guild == guild);
    command.ok_or_else(|| ApiError::unknown(Unknown::Command))
}

fn existing(world: &World, guild: Option<Id>, kind: u64, name: &str) -> Option<Id> {
    let same =
        |command: &&Command| command.guild == guild && command.kind == kind && command.name == name;
    world.commands.values().find(same).map(|command| command.id)
}

/// Validates a definition; `path` is where it stands in the body.
fn defined(body: &Value, path: &str, problems: &mut Problems) -> (u64, String, Value) {
    let definition = limits::command(body, path, problems);
    let kind = definition["type"].as_u64().unwrap_or(1);
    let name = definition["name"].as_str().unwrap_or_default().to_owned();
    (kind, name, definition)
}

fn upsert(world: &mut World, call: &Call, guild: Option<Id>) -> Result<Reply, ApiError> {
    own_application(world, call)?;
    let mut problems = Problems::default();
    let (kind, name, definition) = defined(&call.body, "", &mut problems);
    problems.finish()?;
    let old = existing(world, guild, kind, &name);
    if old.is_none() {
        let same = world
            .commands
            .values()
            .filter(|command| command.guild == guild && command.kind == kind)
            .count();
        refuse_too_many(kind, same + 1)?;
        count_created(world, guild, 1)?;
    }
    let version = world.new_id();
    let id = old.unwrap_or(version);
    let command = Command {
        id,
        guild,
        version,
        kind,
        name,
        definition,
    };
    let json = command.json(world.application.id);
    world.commands.insert(id, command);
    Ok(if old.is_some() {
        Reply::json(json)
    } else {
        Reply::created(json)
    })
}

fn refuse_too_many(kind: u64, count: usize) -> Result<(), ApiError> {
    let most = MAX
        .iter()
        .find(|(limited, _)| *limited == kind)
        .map_or(0, |(_, most)| *most);
    if count > most {
        return Err(ApiError::new(
            400,
            30032,
            format!("Maximum number of application commands reached ({most})"),
        ));
    }
    Ok(())
}

fn count_created(world: &mut World, guild: Option<Id>, count: usize) -> Result<(), ApiError> {
    let now = world.now();
    let (since, created) = world.commands_created.entry(guild).or_insert((now, 0));
    if now - *since >= DAY_MS {
        (*since, *created) = (now, 0);
    }
    if *created + count > CREATED_A_DAY {
        let message = "Max number of daily application command creates has been reached (200)";
        return Err(ApiError::new(400, 30034, message));
    }
    *created += count;
    Ok(())
}

fn replace_all(world: &mut World, call: &Call, guild: Option<Id>) -> Result<Reply, ApiError> {
    own_application(world, call)?;
    let mut problems = Problems::default();
    let bodies = call.body.as_array().map_or(&[][..], Vec::as_slice);
    let defined: Vec<_> = bodies
        .iter()
        .enumerate()
        .map(|(index, body)| defined(body, &format!("{index}."), &mut problems))
        .collect();
    for (index, (kind, name, _)) in defined.iter().enumerate() {
        if defined[..index]
            .iter()
            .any(|(other, same, _)| other == kind && same == name)
        {
            let text = "Application command names must be unique";
            problems.add(
                &index.to_string(),
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                text,
            );
        }
    }
    problems.finish()?;
    for (kind, _) in MAX {
        refuse_too_many(
            kind,
            defined.iter().filter(|(other, ..)| *other == kind).count(),
        )?;
    }
    let is_new =
        |(kind, name, _): &&(u64, String, Value)| existing(world, guild, *kind, name).is_none();
    let created = defined.iter().filter(is_new).count();
    count_created(world, guild, created)?;
    let mut kept = Vec::with_capacity(defined.len());
    for (kind, name, definition) in defined {
        let old = existing(world, guild, kind, &name).and_then(|id| world.commands.get(&id));
        let unchanged = old
            .filter(|old| old.definition == definition)
            .map(|old| (old.id, old.version));
        let same_id = old.map(|old| old.id);
        let (id, version) = unchanged.unwrap_or_else(|| {
            let version = world.new_id();
            (same_id.unwrap_or(version), version)
        });
        kept.push(Command {
            id,
            guild,
            version,
            kind,
            name,
            definition,
        });
    }
    world.commands.retain(|_, command| command.guild != guild);
    let json: Vec<Value> = kept
        .iter()
        .map(|command| command.json(world.application.id))
        .collect();
    world
        .commands
        .extend(kept.into_iter().map(|command| (command.id, command)));
    Ok(Reply::json(json!(json)))
}

fn change(world: &mut World, call: &Call, guild: Option<Id>, id: Id) -> Result<Reply, ApiError> {
    let old = found(world, call, guild, id)?;
    let mut body = old.definition.clone();
    for (key, value) in call.body.as_object().into_iter().flatten() {
        body[key] = value.clone();
    }
    let mut problems = Problems::default();
    let (kind, name, definition) = defined(&body, "", &mut problems);
    problems.finish()?;
    let version = world.new_id();
    let command = Command {
        id,
        guild,
        version,
        kind,
        name,
        definition,
    };
    let json = command.json(world.application.id);
    world.commands.insert(id, command);
    Ok(Reply::json(json))
}
