//! Members: reading them, editing them, their roles, and their leaving.

use serde_json::{Value, json};

use super::call::{Call, Reply};
use crate::sandbox::clock::{iso, parse_iso};
use crate::sandbox::error::{ApiError, Problems, Unknown};
use crate::sandbox::form::Form;
use crate::sandbox::gateway::dispatch::{Event, intent};
use crate::sandbox::id::Id;
use crate::sandbox::permissions::{
    ADMINISTRATOR, CHANGE_NICKNAME, KICK_MEMBERS, MANAGE_NICKNAMES, MANAGE_ROLES, MODERATE_MEMBERS,
};
use crate::sandbox::state::channel::Channel;
use crate::sandbox::state::guild::{Guild, Member};
use crate::sandbox::state::{Audit, World};
use crate::sandbox::visible::Visible;

/// A timeout may end this far ahead, as Discord fixes it: 28 days.
const TIMEOUT_MAX_MS: i64 = 28 * 86_400_000;

pub(crate) fn list(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let guild = world.guild_of(call.id(0)?, call.actor)?;
    if world.application.privileged & intent::GUILD_MEMBERS == 0 {
        return Err(ApiError::missing_access());
    }
    let limit = call.limit(1, 1_000)?;
    let after = call.query_id("after").unwrap_or_default();
    let members = guild
        .members
        .values()
        .filter(|member| member.user > after)
        .take(limit);
    Ok(Reply::json(
        members.map(|member| world.member_json(member)).collect(),
    ))
}

pub(crate) fn search(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let guild = world.guild_of(call.id(0)?, call.actor)?;
    let limit = call.limit(1, 1_000)?;
    let Some(query) = call.query("query").map(str::to_lowercase) else {
        let mut problems = Problems::default();
        problems.required("query");
        return problems.finish().map(|()| Reply::empty());
    };
    let named = |member: &&Member| {
        let nick = member.nick.as_deref().unwrap_or_default().to_lowercase();
        world.handle(member.user).to_lowercase().starts_with(&query) || nick.starts_with(&query)
    };
    let members = guild.members.values().filter(named).take(limit);
    Ok(Reply::json(
        members.map(|member| world.member_json(member)).collect(),
    ))
}

pub(crate) fn get(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let guild = world.guild_of(call.id(0)?, call.actor)?;
    Ok(Reply::json(world.member_json(member(
        world,
        guild,
        call.id(1)?,
    )?)))
}

/// A member, 10007 for someone who is not in the guild, 10013 for nobody.
fn member<'a>(world: &World, guild: &'a Guild, id: Id) -> Result<&'a Member, ApiError> {
    guild.members.get(&id).ok_or_else(|| {
        let unknown = if world.users.contains_key(&id) {
            Unknown::Member
        } else {
            Unknown::User
        };
        ApiError::unknown(unknown)
    })
}

pub(crate) fn edit_me(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let guild = world.guild_of(call.id(0)?, call.actor)?;
    world.require(guild, call.actor, CHANGE_NICKNAME)?;
    let mut form = Form::of(&call.body);
    let nick = form.text("nick", 0..=32);
    let given = form.has("nick");
    form.finish()?;
    let mut member = guild.members[&call.actor].clone();
    let guild = guild.id;
    if given {
        member.nick = nick.filter(|nick| !nick.is_empty());
    }
    Ok(Reply::json(store(world, guild, member, call)))
}

pub(crate) fn edit(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let (guild_id, target) = (call.id(0)?, call.id(1)?);
    let guild = world.guild_of(guild_id, call.actor)?;
    let mut member = member(world, guild, target)?.clone();
    let mut form = Form::of(&call.body);
    if form.has("nick") {
        let nick = form.text("nick", 0..=32).filter(|nick| !nick.is_empty());
        may_act(world, guild, call.actor, target, MANAGE_NICKNAMES)?;
        member.nick = nick;
    }
    if form.has("communication_disabled_until") {
        let text = form.text("communication_disabled_until", 0..=64);
        let until = timeout_end(world.now(), text.as_deref(), &mut form.problems);
        may_time_out(world, guild, call.actor, target)?;
        member.timeout_until_ms = until;
    }
    if let Some(roles) = form.ids("roles") {
        may_change_roles(world, guild, call.actor, &member.roles, &roles)?;
        member.roles = roles;
    }
    form.finish()?;
    Ok(Reply::json(store(world, guild_id, member, call)))
}

fn timeout_end(now: i64, text: Option<&str>, problems: &mut Problems) -> Option<i64> {
    const KEY: &str = "communication_disabled_until";
    let text = text?;
    let Some(until) = parse_iso(text) else {
        let message = format!("Could not parse {text}. Should be ISO8601.");
        problems.add(KEY, "DATE_TIME_TYPE_PARSE", message);
        return None;
    };
    if until > now + TIMEOUT_MAX_MS {
        problems.add(
            KEY,
            "MAX_TIMEOUT",
            "A timeout may end at most 28 days from now.",
        );
    }
    Some(until)
}

fn may_act(world: &World, guild: &Guild, actor: Id, target: Id, bits: u64) -> Result<(), ApiError> {
    world.require(guild, actor, bits)?;
    if actor == target || world.stands_above(guild, actor, target) {
        Ok(())
    } else {
        Err(ApiError::missing_permissions())
    }
}

/// Nobody can time out the owner or an administrator, whatever their rank.
fn may_time_out(world: &World, guild: &Guild, actor: Id, target: Id) -> Result<(), ApiError> {
    world.require(guild, actor, MODERATE_MEMBERS)?;
    let immune = world.guild_permissions(guild, target) & ADMINISTRATOR != 0;
    if immune || actor == target || !world.stands_above(guild, actor, target) {
        return Err(ApiError::missing_permissions());
    }
    Ok(())
}

/// Each role that is given or taken must exist, be below the actor's top role, and not be managed.
fn may_change_roles(
    world: &World,
    guild: &Guild,
    actor: Id,
    before: &[Id],
    after: &[Id],
) -> Result<(), ApiError> {
    world.require(guild, actor, MANAGE_ROLES)?;
    let changed = before
        .iter()
        .filter(|id| !after.contains(id))
        .chain(after.iter().filter(|id| !before.contains(id)));
    for id in changed {
        let role = guild
            .roles
            .get(id)
            .ok_or_else(|| ApiError::unknown(Unknown::Role))?;
        if role.managed_for.is_some() || role.id == guild.id {
            return Err(ApiError::missing_permissions());
        }
        if guild.owner != actor && role.position >= guild.top_position(actor) {
            return Err(ApiError::missing_permissions());
        }
    }
    Ok(())
}

pub(crate) fn add_role(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    change_role(world, call, |roles, role| {
        if !roles.contains(&role) {
            roles.push(role);
        }
    })
}

pub(crate) fn remove_role(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    change_role(world, call, |roles, role| roles.retain(|own| *own != role))
}

fn change_role(
    world: &mut World,
    call: &Call,
    change: fn(&mut Vec<Id>, Id),
) -> Result<Reply, ApiError> {
    let (guild_id, target, role) = (call.id(0)?, call.id(1)?, call.id(2)?);
    let guild = world.guild_of(guild_id, call.actor)?;
    let mut member = member(world, guild, target)?.clone();
    // Checked also when nothing would change: the role must be within reach.
    may_change_roles(world, guild, call.actor, &[], &[role])?;
    change(&mut member.roles, role);
    store(world, guild_id, member, call);
    Ok(Reply::empty())
}

/// Puts the changed member in place, with audit log, event and visible lines for what differs.
fn store(world: &mut World, guild_id: Id, member: Member, call: &Call) -> Value {
    let Some(old) = world
        .guilds
        .get_mut(&guild_id)
        .and_then(|guild| guild.members.insert(member.user, member.clone()))
    else {
        return Value::Null;
    };
    let json = world.member_json(&member);
    audit_changes(world, guild_id, &old, &member, call);
    show_changes(world, guild_id, &old, &member, call.reason.as_deref());
    if old.nick != member.nick
        || old.roles != member.roles
        || old.timeout_until_ms != member.timeout_until_ms
    {
        let mut data = json.clone();
        data["guild_id"] = json!(guild_id);
        world.dispatch(
            Event::new("GUILD_MEMBER_UPDATE", intent::GUILD_MEMBERS, data).in_guild(guild_id),
        );
    }
    json
}

fn audit_changes(world: &mut World, guild_id: Id, old: &Member, new: &Member, call: &Call) {
    const MEMBER_UPDATE: u16 = 24;
    const MEMBER_ROLE_UPDATE: u16 = 25;
    let begin = |action| Audit::new(action, call.actor, new.user).because(call.reason.clone());
    if old.nick != new.nick {
        let entry = begin(MEMBER_UPDATE).change("nick", json!(old.nick), json!(new.nick));
        world.audit(guild_id, entry);
    }
    if old.timeout_until_ms != new.timeout_until_ms {
        let [before, after] = [old, new].map(|member| json!(member.timeout_until_ms.map(iso)));
        world.audit(
            guild_id,
            begin(MEMBER_UPDATE).change("communication_disabled_until", before, after),
        );
    }
    if old.roles != new.roles {
        let named = |world: &World, ids: Vec<&Id>| -> Vec<Value> {
            let roles = &world.guilds[&guild_id].roles;
            ids.into_iter()
                .map(|id| json!({"id": id, "name": roles.get(id).map(|role| &role.name)}))
                .collect()
        };
        let added = named(
            world,
            new.roles
                .iter()
                .filter(|id| !old.roles.contains(id))
                .collect(),
        );
        let removed = named(
            world,
            old.roles
                .iter()
                .filter(|id| !new.roles.contains(id))
                .collect(),
        );
        let mut entry = begin(MEMBER_ROLE_UPDATE);
        for (key, roles) in [("$add", added), ("$remove", removed)] {
            if !roles.is_empty() {
                entry = entry.change(key, Value::Null, json!(roles));
            }
        }
        world.audit(guild_id, entry);
    }
}

fn show_changes(world: &World, guild_id: Id, old: &Member, new: &Member, reason: Option<&str>) {
    let who = world.handle(new.user);
    if old.nick != new.nick {
        world.show(|_| Visible::Renamed {
            who: who.clone(),
            nick: new.nick.clone(),
        });
    }
    if old.timeout_until_ms != new.timeout_until_ms {
        world.show(
            |world| match new.timeout_until_ms.filter(|until| *until > world.now()) {
                Some(until_ms) => Visible::TimedOut {
                    who: who.clone(),
                    until_ms,
                    reason: reason.map(str::to_owned),
                },
                None => Visible::TimeoutOver { who: who.clone() },
            },
        );
    }
    if old.roles != new.roles {
        let names = |ids: Vec<&Id>| -> Vec<String> {
            let roles = &world.guilds[&guild_id].roles;
            ids.into_iter()
                .map(|id| {
                    roles
                        .get(id)
                        .map_or_else(|| id.to_string(), |role| role.name.clone())
                })
                .collect()
        };
        let gained = names(
            new.roles
                .iter()
                .filter(|id| !old.roles.contains(id))
                .collect(),
        );
        let lost = names(
            old.roles
                .iter()
                .filter(|id| !new.roles.contains(id))
                .collect(),
        );
        world.show(|_| Visible::RolesChanged { who, gained, lost });
    }
}

pub(crate) fn kick(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    const MEMBER_KICK: u16 = 20;
    let (guild_id, target) = (call.id(0)?, call.id(1)?);
    let guild = world.guild_of(guild_id, call.actor)?;
    member(world, guild, target)?;
    world.require(guild, call.actor, KICK_MEMBERS)?;
    if target == call.actor || !world.stands_above(guild, call.actor, target) {
        return Err(ApiError::missing_permissions());
    }
    world.show(|world| Visible::Kicked {
        who: world.handle(target),
        reason: call.reason.clone(),
    });
    take_out(world, guild_id, target);
    world.audit(
        guild_id,
        Audit::new(MEMBER_KICK, call.actor, target).because(call.reason.clone()),
    );
    Ok(Reply::empty())
}

/// Someone leaves of their own accord.
pub(crate) fn remove(world: &mut World, guild_id: Id, who: Id) -> Result<(), ApiError> {
    let guild = world.guild(guild_id)?;
    if guild.owner == who {
        return Err(ApiError::new(400, 50055, "Invalid Guild"));
    }
    member(world, guild, who)?;
    world.show(|world| Visible::Left {
        who: world.handle(who),
    });
    take_out(world, guild_id, who);
    Ok(())
}

/// Takes someone out of the guild; their roles are lost with the membership.
pub(crate) fn take_out(world: &mut World, guild_id: Id, who: Id) {
    if let Some(guild) = world.guilds.get_mut(&guild_id) {
        let timeout = guild
            .members
            .remove(&who)
            .and_then(|member| member.timeout_until_ms);
        if let Some(until) = timeout {
            guild.absent_timeouts.insert(who, until);
        }
    }
    world.modals.remove(&who);
    let own = |channel: &&mut Channel| channel.guild == Some(guild_id);
    for channel in world.channels.values_mut().filter(own) {
        if let Some(thread) = &mut channel.thread {
            thread.members.retain(|member| *member != who);
        }
    }
    if who == world.bot {
        drop_managed_roles(world, guild_id);
    }
    let event = if who == world.bot {
        Event::new("GUILD_DELETE", intent::GUILDS, json!({"id": guild_id}))
    } else {
        let data = json!({"guild_id": guild_id, "user": world.user_json(who)});
        Event::new("GUILD_MEMBER_REMOVE", intent::GUILD_MEMBERS, data)
    };
    world.dispatch(event.in_guild(guild_id));
}

/// The role that was made for the bot goes with it.
fn drop_managed_roles(world: &mut World, guild_id: Id) {
    if let Some(guild) = world.guilds.get_mut(&guild_id) {
        guild.roles.retain(|_, role| role.managed_for.is_none());
    }
}
