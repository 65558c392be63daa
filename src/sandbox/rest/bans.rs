//! Bans.

use serde_json::{Value, json};

use super::call::{Call, Reply};
use super::members::take_out;
use crate::sandbox::error::{ApiError, Unknown};
use crate::sandbox::form::Form;
use crate::sandbox::gateway::dispatch::{Event, intent};
use crate::sandbox::id::Id;
use crate::sandbox::permissions::{BAN_MEMBERS, MANAGE_GUILD};
use crate::sandbox::state::guild::Guild;
use crate::sandbox::state::{Audit, World};
use crate::sandbox::visible::Visible;

/// Seconds of messages that a ban may delete, as Discord fixes it: 7 days.
const DELETE_SECONDS_MAX: i64 = 604_800;

/// Users that one bulk ban can name, as Discord fixes it.
const AT_ONCE_MAX: usize = 200;

pub(crate) fn list(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let guild = world.guild_of(call.id(0)?, call.actor)?;
    world.require(guild, call.actor, BAN_MEMBERS)?;
    let limit = call.limit(1_000, 1_000)?;
    let (before, after) = (call.query_id("before"), call.query_id("after"));
    let in_range =
        |id: &Id| before.is_none_or(|before| *id < before) && after.is_none_or(|after| *id > after);
    let bans = guild.bans.iter().filter(|(id, _)| in_range(id)).take(limit);
    let bans: Vec<Value> = bans
        .map(|(id, reason)| json!({"user": world.user_json(*id), "reason": reason}))
        .collect();
    Ok(Reply::json(json!(bans)))
}

pub(crate) fn get(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let guild = world.guild_of(call.id(0)?, call.actor)?;
    world.require(guild, call.actor, BAN_MEMBERS)?;
    let id = call.id(1)?;
    let reason = guild
        .bans
        .get(&id)
        .ok_or_else(|| ApiError::unknown(Unknown::Ban))?;
    Ok(Reply::json(
        json!({"user": world.user_json(id), "reason": reason}),
    ))
}

pub(crate) fn create(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let (guild_id, target) = (call.id(0)?, call.id(1)?);
    let mut form = Form::of(&call.body);
    let seconds = form
        .number("delete_message_seconds", 0..=DELETE_SECONDS_MAX)
        .unwrap_or(0);
    let days = form.number("delete_message_days", 0..=7).unwrap_or(0);
    form.finish()?;
    // discord.py says it in the query, which Discord takes as well.
    let seconds = call
        .query("delete_message_seconds")
        .and_then(|text| text.parse().ok())
        .unwrap_or(seconds);
    let guild = world.guild_of(guild_id, call.actor)?;
    if !world.users.contains_key(&target) {
        return Err(ApiError::unknown(Unknown::User));
    }
    world.require(guild, call.actor, BAN_MEMBERS)?;
    if !may_ban(world, guild, call.actor, target) {
        return Err(ApiError::missing_permissions());
    }
    if !guild.bans.contains_key(&target) {
        ban(world, call, guild_id, target)?;
        world.delete_recent(guild_id, &[target], (seconds + days * 86_400) * 1_000);
    }
    Ok(Reply::empty())
}

/// Bans up to 200 at once; whoever cannot be banned, or is already, is listed as failed.
pub(crate) fn create_many(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let guild_id = call.id(0)?;
    let mut form = Form::of(&call.body);
    let targets = form.ids("user_ids");
    let seconds = form
        .number("delete_message_seconds", 0..=DELETE_SECONDS_MAX)
        .unwrap_or(0);
    match &targets {
        None => form.problems.required("user_ids"),
        Some(ids) if !(1..=AT_ONCE_MAX).contains(&ids.len()) => {
            form.problems.bad_length("user_ids", 1, AT_ONCE_MAX);
        }
        Some(_) => {}
    }
    form.finish()?;
    let guild = world.guild_of(guild_id, call.actor)?;
    world.require(guild, call.actor, BAN_MEMBERS | MANAGE_GUILD)?;
    let (mut banned, mut failed) = (Vec::new(), Vec::new());
    for target in targets.unwrap_or_default() {
        let guild = world.guild(guild_id)?;
        let fits = world.users.contains_key(&target)
            && !guild.bans.contains_key(&target)
            && may_ban(world, guild, call.actor, target);
        if fits {
            ban(world, call, guild_id, target)?;
            banned.push(target);
        } else {
            failed.push(target);
        }
    }
    if banned.is_empty() {
        return Err(ApiError::new(400, 500_000, "Failed to ban users"));
    }
    world.delete_recent(guild_id, &banned, seconds * 1_000);
    Ok(Reply::json(
        json!({"banned_users": banned, "failed_users": failed}),
    ))
}

fn may_ban(world: &World, guild: &Guild, actor: Id, target: Id) -> bool {
    let is_member = guild.members.contains_key(&target);
    target != actor && (!is_member || world.stands_above(guild, actor, target))
}

fn ban(world: &mut World, call: &Call, guild_id: Id, target: Id) -> Result<(), ApiError> {
    const MEMBER_BAN_ADD: u16 = 22;
    let guild = world.guild_mut(guild_id)?;
    guild.bans.insert(target, call.reason.clone());
    let is_member = guild.members.contains_key(&target);
    world.show(|world| Visible::Banned {
        who: world.handle(target),
        reason: call.reason.clone(),
    });
    if is_member {
        take_out(world, guild_id, target);
    }
    let data = json!({"guild_id": guild_id, "user": world.user_json(target)});
    world.dispatch(Event::new("GUILD_BAN_ADD", intent::GUILD_MODERATION, data).in_guild(guild_id));
    world.audit(
        guild_id,
        Audit::new(MEMBER_BAN_ADD, call.actor, target).because(call.reason.clone()),
    );
    Ok(())
}

pub(crate) fn delete(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    const MEMBER_BAN_REMOVE: u16 = 23;
    let (guild_id, target) = (call.id(0)?, call.id(1)?);
    let guild = world.guild_of(guild_id, call.actor)?;
    world.require(guild, call.actor, BAN_MEMBERS)?;
    if world.guild_mut(guild_id)?.bans.remove(&target).is_none() {
        return Err(ApiError::unknown(Unknown::Ban));
    }
    world.show(|world| Visible::Unbanned {
        who: world.handle(target),
    });
    let data = json!({"guild_id": guild_id, "user": world.user_json(target)});
    world.dispatch(
        Event::new("GUILD_BAN_REMOVE", intent::GUILD_MODERATION, data).in_guild(guild_id),
    );
    world.audit(
        guild_id,
        Audit::new(MEMBER_BAN_REMOVE, call.actor, target).because(call.reason.clone()),
    );
    Ok(Reply::empty())
}

impl World {
    /// Deletes what these people wrote in the last `ms` milliseconds, as a ban may ask.
    fn delete_recent(&mut self, guild: Id, authors: &[Id], ms: i64) {
        let since = self.now() - ms;
        let own: Vec<Id> = self
            .channels
            .values()
            .filter(|channel| channel.guild == Some(guild))
            .map(|channel| channel.id)
            .collect();
        for channel in own.into_iter().filter(|_| ms > 0) {
            let log = &self.channels[&channel].log;
            let recent = log
                .iter()
                .rev()
                .take_while(|message| message.id.created_ms() >= since);
            let mut ids: Vec<Id> = recent
                .filter(|message| authors.contains(&message.author))
                .map(|message| message.id)
                .collect();
            ids.sort_unstable();
            self.drop_messages(channel, &ids);
        }
    }
}
