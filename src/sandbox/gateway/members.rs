//! REQUEST_GUILD_MEMBERS and its chunks.

use serde_json::{Value, json};

use super::dispatch::intent;
use super::{Connection, Next};
use crate::sandbox::id::Id;
use crate::sandbox::state::World;
use crate::sandbox::state::guild::{Guild, Member};

/// Members in one chunk, as Discord fixes it.
const CHUNK: usize = 1_000;

impl Connection {
    pub(super) fn request_members(&mut self, data: &Value) -> Next {
        let mut world = self.shared.world();
        let Some(session) = world
            .sessions
            .iter()
            .find(|session| Some(&session.id) == self.session.as_ref())
        else {
            return Ok(());
        };
        let whole = data["query"] == "" && data["user_ids"].is_null() && data["limit"] == 0;
        if whole && session.intents & intent::GUILD_MEMBERS == 0 {
            return Ok(());
        }
        let session_id = session.id.clone();
        for chunk in chunks(&world, data) {
            if let Some(session) = world
                .sessions
                .iter_mut()
                .find(|session| session.id == session_id)
            {
                session.send("GUILD_MEMBERS_CHUNK", chunk.to_string().into());
            }
        }
        Ok(())
    }
}

fn chunks(world: &World, data: &Value) -> Vec<Value> {
    let Some(guild) = Id::from_json(&data["guild_id"]).and_then(|id| world.guilds.get(&id)) else {
        return Vec::new();
    };
    let (found, missing) = chosen(world, guild, data);
    let count = found.len().div_ceil(CHUNK).max(1);
    let slices: Vec<&[&Member]> = if found.is_empty() {
        vec![&[]]
    } else {
        found.chunks(CHUNK).collect()
    };
    let mut chunks = Vec::with_capacity(count);
    for (index, slice) in slices.into_iter().enumerate() {
        let members: Vec<Value> = slice
            .iter()
            .map(|member| world.member_json(member))
            .collect();
        let mut chunk = json!({
            "guild_id": guild.id,
            "members": members,
            "chunk_index": index,
            "chunk_count": count,
        });
        if !missing.is_empty() {
            chunk["not_found"] = json!(missing);
        }
        if !data["nonce"].is_null() {
            chunk["nonce"] = data["nonce"].clone();
        }
        chunks.push(chunk);
    }
    chunks
}

/// By ids, or by the beginning of a name; 0 as a limit means all.
fn chosen<'a>(world: &World, guild: &'a Guild, data: &Value) -> (Vec<&'a Member>, Vec<Id>) {
    let asked: Option<Vec<Id>> = match &data["user_ids"] {
        Value::Null => None,
        Value::Array(list) => Some(list.iter().filter_map(Id::from_json).collect()),
        one => Some(Id::from_json(one).into_iter().collect()),
    };
    if let Some(asked) = asked {
        let found = asked
            .iter()
            .filter_map(|id| guild.members.get(id))
            .collect();
        let missing = asked
            .into_iter()
            .filter(|id| !guild.members.contains_key(id))
            .collect();
        return (found, missing);
    }
    let query = data["query"].as_str().unwrap_or_default().to_lowercase();
    let limit = match data["limit"]
        .as_u64()
        .and_then(|limit| usize::try_from(limit).ok())
    {
        None | Some(0) => usize::MAX,
        Some(limit) => limit,
    };
    let named = |member: &&Member| world.handle(member.user).to_lowercase().starts_with(&query);
    (
        guild.members.values().filter(named).take(limit).collect(),
        Vec::new(),
    )
}
