//! Threads: made from a message or by themselves, changed, listed, archived.

use serde_json::{Value, json};

use super::call::{Call, Reply};
use super::thread_members::member_json;
use crate::sandbox::error::{ApiError, Unknown};
use crate::sandbox::form::Form;
use crate::sandbox::gateway::dispatch::{Event, intent};
use crate::sandbox::id::Id;
use crate::sandbox::permissions::{
    CREATE_PRIVATE_THREADS, CREATE_PUBLIC_THREADS, MANAGE_THREADS, READ_MESSAGE_HISTORY,
};
use crate::sandbox::state::World;
use crate::sandbox::state::channel::{Channel, Thread, kind};
use crate::sandbox::visible::Visible;

/// Minutes after which a thread may archive itself, as Discord fixes them.
const AUTO_ARCHIVE: [i64; 4] = [60, 1_440, 4_320, 10_080];

/// Threads of a guild that can be open at a time, as Discord fixes it.
const ACTIVE_MAX: usize = 1_000;

pub(crate) fn create_from_message(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let parent = world.channel_for(call.id(0)?, call.actor, CREATE_PUBLIC_THREADS)?;
    let message = call.id(1)?;
    if parent.log.get(message).is_none() {
        return Err(ApiError::unknown(Unknown::Message));
    }
    if world.channels.contains_key(&message) {
        return Err(ApiError::new(
            400,
            160004,
            "A thread has already been created for this message",
        ));
    }
    // The thread has its message's id, so that it can be found from it.
    begin(world, call, Some(message), kind::PUBLIC_THREAD)
}

pub(crate) fn create(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let public = call.body["type"].as_u64() == Some(u64::from(kind::PUBLIC_THREAD));
    let needed = if public {
        CREATE_PUBLIC_THREADS
    } else {
        CREATE_PRIVATE_THREADS
    };
    world.channel_for(call.id(0)?, call.actor, needed)?;
    begin(
        world,
        call,
        None,
        if public {
            kind::PUBLIC_THREAD
        } else {
            kind::PRIVATE_THREAD
        },
    )
}

fn begin(
    world: &mut World,
    call: &Call,
    from: Option<Id>,
    thread_kind: u8,
) -> Result<Reply, ApiError> {
    const THREAD_CREATE: u16 = 110;
    let parent = world.channel(call.id(0)?)?;
    let (parent_id, Some(guild_id)) = (parent.id, parent.guild) else {
        return Err(ApiError::new(
            403,
            50003,
            "Cannot execute action on a DM channel",
        ));
    };
    if !matches!(parent.kind, kind::TEXT | kind::NEWS) {
        return Err(ApiError::new(
            400,
            50024,
            "Cannot execute action on this channel type",
        ));
    }
    let is_open = |channel: &&Channel| {
        channel.guild == Some(guild_id)
            && channel
                .thread
                .as_ref()
                .is_some_and(|thread| !thread.archived)
    };
    if world.channels.values().filter(is_open).count() >= ACTIVE_MAX {
        return Err(ApiError::new(
            400,
            160006,
            "Maximum number of active threads reached",
        ));
    }
    let mut form = Form::of(&call.body);
    let name = form.required_text("name", 1..=100);
    let auto_archive = auto_archive(&mut form).unwrap_or(1_440);
    let invitable = form.flag("invitable").unwrap_or(true);
    let slowmode = form.number("rate_limit_per_user", 0..=21_600).unwrap_or(0);
    form.finish()?;
    let id = from.unwrap_or_else(|| world.new_id());
    let mut channel = Channel::new(id, thread_kind, Some(guild_id), &name);
    channel.parent = Some(parent_id);
    channel.slowmode = slowmode;
    let changed_ms = world.now();
    let members = vec![call.actor];
    channel.thread = Some(Thread {
        owner: call.actor,
        archived: false,
        locked: false,
        auto_archive,
        changed_ms,
        invitable,
        members,
        sent: 0,
    });
    world.show(|_| Visible::ChannelMade {
        name: format!("the thread #{name}"),
    });
    world.channels.insert(id, channel);
    let json = with_own_membership(world, id);
    let mut data = json.clone();
    data["newly_created"] = json!(true);
    world.dispatch(
        Event::new("THREAD_CREATE", intent::GUILDS, data)
            .in_guild(guild_id)
            .in_channel(id),
    );
    let entry = crate::sandbox::state::Audit::new(THREAD_CREATE, call.actor, id)
        .because(call.reason.clone());
    world.audit(guild_id, entry.change("name", Value::Null, json!(name)));
    Ok(Reply::created(json))
}

fn auto_archive(form: &mut Form<'_>) -> Option<i64> {
    let minutes = form.number("auto_archive_duration", 0..=i64::from(i32::MAX))?;
    if !AUTO_ARCHIVE.contains(&minutes) {
        form.problems
            .choice("auto_archive_duration", "60, 1440, 4320, 10080");
    }
    Some(minutes)
}

fn with_own_membership(world: &World, id: Id) -> Value {
    let channel = &world.channels[&id];
    let mut json = world.channel_json(channel);
    let members = channel
        .thread
        .as_ref()
        .map_or(&[][..], |thread| &thread.members);
    if members.contains(&world.bot) {
        json["member"] = member_json(world, channel, world.bot);
    }
    json
}

/// What PATCH on a thread can change besides its name.
pub(crate) fn read_settings(world: &World, channel: &mut Channel, form: &mut Form<'_>) {
    let (archived, locked, minutes) = (
        form.flag("archived"),
        form.flag("locked"),
        auto_archive(form),
    );
    let invitable = form.flag("invitable");
    if let Some(seconds) = form.number("rate_limit_per_user", 0..=21_600) {
        channel.slowmode = seconds;
    }
    if let Some(thread) = &mut channel.thread {
        if archived.is_some_and(|archived| archived != thread.archived) {
            thread.changed_ms = world.now();
        }
        thread.archived = archived.unwrap_or(thread.archived);
        thread.locked = locked.unwrap_or(thread.locked);
        thread.invitable = invitable.unwrap_or(thread.invitable);
        thread.auto_archive = minutes.unwrap_or(thread.auto_archive);
    }
}

pub(crate) fn active(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let guild = world.guild_of(call.id(0)?, call.actor)?.id;
    let active = |channel: &&Channel| {
        channel.guild == Some(guild)
            && channel
                .thread
                .as_ref()
                .is_some_and(|thread| !thread.archived)
            && world.channel_permissions(channel, call.actor) != 0
    };
    let threads: Vec<&Channel> = world.channels.values().filter(active).collect();
    Ok(Reply::json(listing(world, &threads)))
}

pub(crate) fn archived_public(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    archived(world, call, kind::PUBLIC_THREAD)
}

pub(crate) fn archived_private(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    world.channel_for(call.id(0)?, call.actor, MANAGE_THREADS)?;
    archived(world, call, kind::PRIVATE_THREAD)
}

fn archived(world: &World, call: &Call, wanted: u8) -> Result<Reply, ApiError> {
    let parent = world
        .channel_for(call.id(0)?, call.actor, READ_MESSAGE_HISTORY)?
        .id;
    let fits = |channel: &&Channel| {
        channel.parent == Some(parent)
            && channel.kind == wanted
            && channel
                .thread
                .as_ref()
                .is_some_and(|thread| thread.archived)
    };
    let threads: Vec<&Channel> = world.channels.values().filter(fits).collect();
    Ok(Reply::json(listing(world, &threads)))
}

fn listing(world: &World, threads: &[&Channel]) -> Value {
    let joined = threads.iter().filter(|channel| {
        channel
            .thread
            .as_ref()
            .is_some_and(|thread| thread.members.contains(&world.bot))
    });
    let members: Vec<Value> = joined
        .map(|channel| member_json(world, channel, world.bot))
        .collect();
    let threads: Vec<Value> = threads
        .iter()
        .map(|channel| world.channel_json(channel))
        .collect();
    json!({"threads": threads, "members": members, "has_more": false})
}

impl World {
    /// Archives the threads in which nothing was written for as long as they wait.
    pub(crate) fn archive_quiet_threads(&mut self) {
        let now = self.now();
        let mut quiet = Vec::new();
        for channel in self.channels.values_mut() {
            let last = channel.last_message.map_or(0, Id::created_ms);
            let Some(thread) = channel.thread.as_mut().filter(|thread| !thread.archived) else {
                continue;
            };
            if now - last.max(thread.changed_ms) >= thread.auto_archive * 60_000 {
                thread.archived = true;
                thread.changed_ms = now;
                quiet.push((channel.id, channel.guild.unwrap_or_default()));
            }
        }
        for (id, guild) in quiet {
            let json = self.channel_json(&self.channels[&id]);
            self.dispatch(
                Event::new("THREAD_UPDATE", intent::GUILDS, json)
                    .in_guild(guild)
                    .in_channel(id),
            );
        }
    }
}
