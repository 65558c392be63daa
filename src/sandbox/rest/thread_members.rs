//! Who is in a thread: by joining, by being added, by writing in it or being mentioned there.

use serde_json::{Value, json};

use super::call::{Call, Reply};
use crate::sandbox::clock::iso;
use crate::sandbox::error::{ApiError, Unknown};
use crate::sandbox::gateway::dispatch::{Event, intent};
use crate::sandbox::id::Id;
use crate::sandbox::permissions::{MANAGE_THREADS, SEND_MESSAGES_IN_THREADS};
use crate::sandbox::state::World;
use crate::sandbox::state::channel::{Channel, Thread, kind};
use crate::sandbox::visible::Visible;

/// Members that a thread can have, as Discord fixes it.
const MEMBERS_MAX: usize = 1_000;

pub(super) fn member_json(world: &World, channel: &Channel, who: Id) -> Value {
    json!({
        "id": channel.id,
        "user_id": who,
        "join_timestamp": iso(world.now()),
        "flags": 0,
    })
}

/// The thread of the path, which the actor can see.
fn thread<'a>(world: &'a World, call: &Call) -> Result<(&'a Channel, &'a Thread), ApiError> {
    let channel = world.channel_for(call.id(0)?, call.actor, 0)?;
    match &channel.thread {
        Some(thread) => Ok((channel, thread)),
        None => Err(ApiError::new(
            400,
            50024,
            "Cannot execute action on this channel type",
        )),
    }
}

pub(crate) fn list(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let (channel, thread) = thread(world, call)?;
    let members = thread.members.iter();
    Ok(Reply::json(
        members
            .map(|who| member_json(world, channel, *who))
            .collect(),
    ))
}

pub(crate) fn get(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let (channel, thread) = thread(world, call)?;
    let who = match call.text(1) {
        "@me" => call.actor,
        _ => call.id(1)?,
    };
    if !thread.members.contains(&who) {
        return Err(ApiError::unknown(Unknown::Member));
    }
    Ok(Reply::json(member_json(world, channel, who)))
}

pub(crate) fn join(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    change(world, call, call.actor, Change::Enter)
}

pub(crate) fn leave(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    change(world, call, call.actor, Change::Leave)
}

pub(crate) fn add(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let who = call.id(1)?;
    let (channel, thread) = thread(world, call)?;
    // Whoever may write there may bring others, unless a private thread says otherwise.
    let needed = match channel.kind {
        kind::PRIVATE_THREAD if !thread.invitable && thread.owner != call.actor => MANAGE_THREADS,
        _ => SEND_MESSAGES_IN_THREADS,
    };
    let channel = world.channel_for(channel.id, call.actor, needed)?;
    let guild = channel.guild.and_then(|id| world.guilds.get(&id));
    if !guild.is_some_and(|guild| guild.members.contains_key(&who)) {
        return Err(ApiError::unknown(Unknown::Member));
    }
    change(world, call, who, Change::Enter)
}

pub(crate) fn remove(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let who = call.id(1)?;
    let (channel, thread) = thread(world, call)?;
    let is_own = channel.kind == kind::PRIVATE_THREAD && thread.owner == call.actor;
    if !is_own && who != call.actor {
        world.channel_for(channel.id, call.actor, MANAGE_THREADS)?;
    }
    change(world, call, who, Change::Leave)
}

#[derive(Clone, Copy, PartialEq)]
enum Change {
    Enter,
    Leave,
}

fn change(world: &mut World, call: &Call, who: Id, change: Change) -> Result<Reply, ApiError> {
    let (channel, thread) = thread(world, call)?;
    if thread.archived {
        return Err(ApiError::new(400, 50083, "Thread is archived"));
    }
    let (id, is_in) = (channel.id, thread.members.contains(&who));
    if change == Change::Enter && !is_in && thread.members.len() >= MEMBERS_MAX {
        return Err(ApiError::new(
            400,
            30033,
            "Maximum number of thread participants has been reached (1000)",
        ));
    }
    match change {
        Change::Enter => world.enter_thread(id, who),
        Change::Leave if is_in => world.leave_thread(id, who),
        Change::Leave => {}
    }
    Ok(Reply::empty())
}

impl World {
    /// Puts someone into a thread, unless they are in it or it is full.
    pub(crate) fn enter_thread(&mut self, id: Id, who: Id) {
        let Some(channel) = self.channels.get_mut(&id) else {
            return;
        };
        let (guild, name) = (channel.guild.unwrap_or_default(), channel.name.clone());
        let guild_members = self.guilds.get(&guild).map(|guild| &guild.members);
        let is_member = guild_members.is_some_and(|members| members.contains_key(&who));
        let may = |thread: &&mut Thread| {
            is_member && !thread.members.contains(&who) && thread.members.len() < MEMBERS_MAX
        };
        let Some(thread) = channel.thread.as_mut().filter(may) else {
            return;
        };
        thread.members.push(who);
        let count = thread.members.len();
        self.show(|world| Visible::ThreadEntered {
            who: world.handle(who),
            name: format!("#{name}"),
        });
        if who == self.bot {
            // To a bot that is brought into it, a thread begins to exist.
            let mut data = self.channel_json(&self.channels[&id]);
            data["member"] = member_json(self, &self.channels[&id], who);
            let event = Event::new("THREAD_CREATE", intent::GUILDS, data);
            self.dispatch(event.in_guild(guild).in_channel(id));
        }
        let mut added = member_json(self, &self.channels[&id], who);
        let member = self
            .guilds
            .get(&guild)
            .and_then(|guild| guild.members.get(&who));
        if let Some(member) = member {
            added["member"] = self.member_json(member);
        }
        added["presence"] = Value::Null;
        let data =
            json!({"id": id, "guild_id": guild, "member_count": count, "added_members": [added]});
        let event = Event::new("THREAD_MEMBERS_UPDATE", intent::GUILDS, data);
        self.dispatch(event.in_guild(guild).in_channel(id));
    }

    fn leave_thread(&mut self, id: Id, who: Id) {
        let Some(channel) = self.channels.get(&id) else {
            return;
        };
        let (guild, name) = (channel.guild.unwrap_or_default(), channel.name.clone());
        let count = channel
            .thread
            .as_ref()
            .map_or(0, |thread| thread.members.len().saturating_sub(1));
        // Told before it happens: who is put out of a private thread sees that much of it.
        let data = json!({"id": id, "guild_id": guild, "member_count": count, "removed_member_ids": [who]});
        let event = Event::new("THREAD_MEMBERS_UPDATE", intent::GUILDS, data);
        self.dispatch(event.in_guild(guild).in_channel(id));
        let thread = self
            .channels
            .get_mut(&id)
            .and_then(|channel| channel.thread.as_mut());
        if let Some(thread) = thread {
            thread.members.retain(|member| *member != who);
        }
        self.show(|world| Visible::ThreadLeft {
            who: world.handle(who),
            name: format!("#{name}"),
        });
    }
}
