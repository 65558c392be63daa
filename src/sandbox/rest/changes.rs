//! What a change of a channel comes to: the event, the audit log's entries, and what is seen.

use serde_json::{Value, json};

use super::call::Call;
use crate::sandbox::gateway::dispatch::{Event, intent};
use crate::sandbox::id::Id;
use crate::sandbox::permissions::permitted;
use crate::sandbox::state::channel::{Channel, Overwrite, OverwriteKind};
use crate::sandbox::state::{Audit, World};
use crate::sandbox::view::ChannelChange;
use crate::sandbox::visible::Visible;

const CHANNEL_UPDATE: u16 = 11;
const OVERWRITE_CREATE: u16 = 13;
const OVERWRITE_UPDATE: u16 = 14;
const OVERWRITE_DELETE: u16 = 15;
const THREAD_UPDATE: u16 = 111;

/// What the audit log tells of a channel; its overwrites have entries of their own.
const CHANNEL_KEYS: [&str; 4] = ["name", "topic", "nsfw", "rate_limit_per_user"];
/// What it tells of a thread besides.
const THREAD_KEYS: [&str; 4] = ["archived", "locked", "auto_archive_duration", "invitable"];

impl Audit {
    /// Notes the keys in which two states differ.
    pub(crate) fn differences(mut self, old: &Value, new: &Value, keys: &[&str]) -> Self {
        for key in keys {
            if old[*key] != new[*key] {
                self = self.change(key, old[*key].clone(), new[*key].clone());
            }
        }
        self
    }
}

/// Puts the changed channel in place and tells everyone. Nothing is told when nothing changed.
pub(crate) fn put(world: &mut World, call: &Call, changed: Channel) -> Value {
    let (id, guild) = (changed.id, changed.guild.unwrap_or_default());
    let new = world.channel_json(&changed);
    let Some(old_channel) = world.channels.insert(id, changed) else {
        return new;
    };
    let old = world.channel_json(&old_channel);
    if old == new {
        return new;
    }
    let is_thread = old_channel.is_thread();
    let (name, action) = if is_thread {
        ("THREAD_UPDATE", THREAD_UPDATE)
    } else {
        ("CHANNEL_UPDATE", CHANNEL_UPDATE)
    };
    let event = Event::new(name, intent::GUILDS, new.clone());
    world.dispatch(event.in_guild(guild).in_channel(id));
    let mut entry = Audit::new(action, call.actor, id)
        .because(call.reason.clone())
        .differences(&old, &new, &CHANNEL_KEYS);
    if is_thread {
        let key = "thread_metadata";
        entry = entry.differences(&old[key], &new[key], &THREAD_KEYS);
    }
    let told = entry.changes.iter().filter_map(ChannelChange::read);
    let mut seen: Vec<ChannelChange> = told.collect();
    if !entry.changes.is_empty() {
        world.audit(guild, entry);
    }
    if old["parent_id"] != new["parent_id"] {
        // The audit log has no key for it (docs: resources/audit-log, exceptions and the types' list of keys).
        let parent = Id::from_json(&new["parent_id"]).and_then(|id| world.channels.get(&id));
        seen.push(ChannelChange::Moved(
            parent.map(|parent| parent.name.clone()),
        ));
    }
    seen.extend(tell_overwrites(world, call, guild, &old_channel));
    if !seen.is_empty() {
        world.show(|_| Visible::ChannelChanged {
            name: format!("#{}", old_channel.name),
            changes: seen,
        });
    }
    new
}

/// An entry for each overwrite that came, changed or went; answers what is seen of each.
fn tell_overwrites(world: &mut World, call: &Call, guild: Id, old: &Channel) -> Vec<ChannelChange> {
    let new = world.channels[&old.id].overwrites.clone();
    let mut seen = Vec::new();
    for overwrite in &new {
        let before = old.overwrites.iter().find(|other| other.id == overwrite.id);
        if before == Some(overwrite) {
            continue;
        }
        let action = if before.is_some() {
            OVERWRITE_UPDATE
        } else {
            OVERWRITE_CREATE
        };
        let sides = (before, Some(overwrite));
        seen.extend(tell_overwrite(world, call, (guild, old.id), action, sides));
    }
    let is_gone = |before: &&Overwrite| !new.iter().any(|other| other.id == before.id);
    for before in old.overwrites.iter().filter(is_gone) {
        let sides = (Some(before), None);
        let action = OVERWRITE_DELETE;
        seen.extend(tell_overwrite(world, call, (guild, old.id), action, sides));
    }
    seen
}

fn tell_overwrite(
    world: &mut World,
    call: &Call,
    (guild, channel): (Id, Id),
    action: u16,
    (before, after): (Option<&Overwrite>, Option<&Overwrite>),
) -> Option<ChannelChange> {
    let either = after.or(before)?;
    let [old, new] = [before, after].map(|rule| rule.map_or(Value::Null, Overwrite::json));
    let mut options = json!({"id": either.id, "type": new["type"].to_string()});
    if new.is_null() {
        options["type"] = json!(old["type"].to_string());
    }
    let role = world
        .guilds
        .get(&guild)
        .and_then(|guild| guild.roles.get(&either.id));
    let whom = match (either.kind, role) {
        (OverwriteKind::Role, Some(role)) => {
            options["role_name"] = json!(role.name);
            format!("@{}", role.name.trim_start_matches('@'))
        }
        _ => format!("@{}", world.handle(either.id)),
    };
    let mut entry = Audit::new(action, call.actor, channel).because(call.reason.clone());
    if before.is_none() || after.is_none() {
        entry = entry.differences(&old, &new, &["id", "type"]);
    }
    let entry = entry.differences(&old, &new, &["allow", "deny"]);
    world.audit(guild, entry.options(options));
    Some(match after {
        Some(rule) => ChannelChange::Allows {
            whom,
            may: permitted(rule.allow),
            may_not: permitted(rule.deny),
        },
        None => ChannelChange::AsElsewhere(whom),
    })
}
