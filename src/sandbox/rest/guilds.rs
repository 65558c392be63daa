//! The guild as a whole, its channel list and its audit log.

use serde_json::{Value, json};

use super::call::{Call, Reply};
use crate::sandbox::error::{ApiError, Unknown};
use crate::sandbox::id::Id;
use crate::sandbox::permissions::VIEW_AUDIT_LOG;
use crate::sandbox::state::World;
use crate::sandbox::state::guild::{AuditEntry, Guild};

impl World {
    /// A guild that `who` is in: others may not even know that it exists.
    pub(crate) fn guild_of(&self, id: Id, who: Id) -> Result<&Guild, ApiError> {
        let guild = self.guild(id)?;
        if !guild.members.contains_key(&who) {
            return Err(ApiError::unknown(Unknown::Guild));
        }
        Ok(guild)
    }

    /// Fails with 50013 unless `who` holds all of `bits` in the guild.
    pub(crate) fn require(&self, guild: &Guild, who: Id, bits: u64) -> Result<(), ApiError> {
        if self.guild_permissions(guild, who) & bits == bits {
            Ok(())
        } else {
            Err(ApiError::missing_permissions())
        }
    }
}

pub(crate) fn get(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let guild = world.guild_of(call.id(0)?, call.actor)?;
    let mut json = guild.json();
    if call.asks_for("with_counts") {
        json["approximate_member_count"] = json!(guild.members.len());
        json["approximate_presence_count"] = json!(guild.members.len());
    }
    Ok(Reply::json(json))
}

pub(crate) fn channels(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let guild = world.guild_of(call.id(0)?, call.actor)?.id;
    let own = world
        .channels
        .values()
        .filter(|channel| channel.guild == Some(guild) && !channel.is_thread());
    let channels: Vec<Value> = own.map(|channel| world.channel_json(channel)).collect();
    Ok(Reply::json(json!(channels)))
}

pub(crate) fn audit_log(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let guild = world.guild_of(call.id(0)?, call.actor)?;
    world.require(guild, call.actor, VIEW_AUDIT_LOG)?;
    let limit = call.limit(50, 100)?;
    let (before, after) = (call.query_id("before"), call.query_id("after"));
    let action: Option<u16> = call.query("action_type").and_then(|text| text.parse().ok());
    let (user, target) = (call.query_id("user_id"), call.query_id("target_id"));
    let wanted = |entry: &&AuditEntry| {
        before.is_none_or(|before| entry.id < before)
            && after.is_none_or(|after| entry.id > after)
            && action.is_none_or(|action| entry.act.action == action)
            && user.is_none_or(|user| entry.act.actor == user)
            && target.is_none_or(|target| entry.act.target == Some(target))
    };
    // Newest first, except after a given entry, where Discord counts upwards.
    let entries: Vec<&AuditEntry> = if after.is_some() {
        guild.audit.iter().filter(wanted).take(limit).collect()
    } else {
        guild
            .audit
            .iter()
            .rev()
            .filter(wanted)
            .take(limit)
            .collect()
    };
    let mut people: Vec<Id> = entries
        .iter()
        .flat_map(|entry| [Some(entry.act.actor), entry.act.target])
        .flatten()
        .collect();
    people.sort_unstable();
    people.dedup();
    let users: Vec<Value> = people
        .iter()
        .filter_map(|id| world.users.get(id))
        .map(|user| user.json())
        .collect();
    let entries: Vec<Value> = entries.into_iter().map(AuditEntry::json).collect();
    Ok(Reply::json(json!({
        "audit_log_entries": entries,
        "users": users,
        "integrations": [],
        "webhooks": [],
        "guild_scheduled_events": [],
        "threads": [],
        "application_commands": [],
        "auto_moderation_rules": [],
    })))
}
