//! Accounts, the bot's own guilds, and opening direct messages.

use serde_json::{Value, json};

use super::call::{Call, Reply};
use super::members;
use crate::sandbox::error::{ApiError, Unknown};
use crate::sandbox::form::Form;
use crate::sandbox::state::World;

pub(crate) fn me(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    Ok(Reply::json(world.users[&call.actor].own_json()))
}

pub(crate) fn edit_me(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let mut form = Form::of(&call.body);
    let name = form.text("username", 2..=32);
    form.finish()?;
    if let (Some(name), Some(user)) = (name, world.users.get_mut(&call.actor)) {
        user.username = name;
    }
    me(world, call)
}

pub(crate) fn get(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let id = call.id(0)?;
    match world.users.get(&id) {
        Some(user) => Ok(Reply::json(user.json())),
        None => Err(ApiError::unknown(Unknown::User)),
    }
}

pub(crate) fn guilds(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let limit = call.limit(200, 200)?;
    let after = call.query_id("after").unwrap_or_default();
    let own = world
        .guilds
        .values()
        .filter(|guild| guild.id > after && guild.members.contains_key(&call.actor));
    let guilds: Vec<Value> = own
        .take(limit)
        .map(|guild| {
            json!({
                "id": guild.id,
                "name": guild.name,
                "icon": null,
                "banner": null,
                "owner": guild.owner == call.actor,
                "permissions": world.guild_permissions(guild, call.actor).to_string(),
                "features": [],
                "approximate_member_count": guild.members.len(),
                "approximate_presence_count": guild.members.len(),
            })
        })
        .collect();
    Ok(Reply::json(json!(guilds)))
}

pub(crate) fn leave_guild(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let guild = call.id(0)?;
    world.guild(guild)?;
    members::remove(world, guild, call.actor)?;
    Ok(Reply::empty())
}

pub(crate) fn open_dm(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let mut form = Form::of(&call.body);
    let recipient = form.id("recipient_id");
    if recipient.is_none() {
        form.problems.required("recipient_id");
    }
    form.finish()?;
    let recipient = recipient.unwrap_or_default();
    // A bot cannot write to itself or to an account that does not exist.
    if recipient == call.actor || !world.users.contains_key(&recipient) {
        return Err(ApiError::new(400, 50033, "Invalid Recipient(s)"));
    }
    let channel = world.dm_with(recipient);
    Ok(Reply::json(world.channel_json(&world.channels[&channel])))
}
