//! Whom a message mentions, within what `allowed_mentions` allows.

use serde_json::Value;

use crate::sandbox::error::Problems;
use crate::sandbox::id::Id;
use crate::sandbox::permissions::MENTION_EVERYONE;
use crate::sandbox::state::World;
use crate::sandbox::state::message::Message;

/// Which mentions count.
pub(crate) struct Allowed {
    users: Which,
    roles: Which,
    everyone: bool,
    replied_user: bool,
}

enum Which {
    All,
    Only(Vec<Id>),
}

impl Which {
    fn has(&self, id: Id) -> bool {
        match self {
            Which::All => true,
            Which::Only(ids) => ids.contains(&id),
        }
    }
}

impl Allowed {
    /// Reads the body's `allowed_mentions`; without it everything counts.
    pub(crate) fn read(body: &Value, problems: &mut Problems) -> Self {
        let Some(given) = body["allowed_mentions"].as_object() else {
            return Self {
                users: Which::All,
                roles: Which::All,
                everyone: true,
                replied_user: true,
            };
        };
        let parse = given.get("parse").and_then(Value::as_array);
        let parses = |what: &str| parse.is_some_and(|list| list.iter().any(|item| item == what));
        let mut which = |key: &str| {
            let ids: Vec<Id> = given
                .get(key)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(Id::from_json)
                .collect();
            if ids.len() > 100 {
                problems.add(
                    &format!("allowed_mentions.{key}"),
                    "BASE_TYPE_MAX_LENGTH",
                    "Must be 100 or fewer in length.",
                );
            }
            if parses(key) && !ids.is_empty() {
                let message =
                    format!("parse:[\"{key}\"] and {key}: [ids...] are mutually exclusive.");
                problems.add(
                    "allowed_mentions",
                    "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                    message,
                );
            }
            if parses(key) {
                Which::All
            } else {
                Which::Only(ids)
            }
        };
        Self {
            users: which("users"),
            roles: which("roles"),
            everyone: parses("everyone"),
            replied_user: given
                .get("replied_user")
                .and_then(Value::as_bool)
                .unwrap_or(false),
        }
    }
}

/// Fills in what the content mentions.
pub(crate) fn fill(world: &World, message: &mut Message, allowed: &Allowed) {
    let guild = world
        .channels
        .get(&message.channel)
        .and_then(|channel| channel.guild)
        .and_then(|id| world.guilds.get(&id));
    let (mut users, mut roles) = (Vec::new(), Vec::new());
    for mention in mentions(&message.content) {
        if let Some(role) = mention
            .strip_prefix("@&")
            .and_then(|text| text.parse::<Id>().ok())
        {
            let exists = guild.is_some_and(|guild| guild.roles.contains_key(&role));
            if exists && allowed.roles.has(role) && !roles.contains(&role) {
                roles.push(role);
            }
        } else if let Some(user) = mention
            .strip_prefix("@!")
            .or_else(|| mention.strip_prefix('@'))
            .and_then(|text| text.parse().ok())
            && world.users.contains_key(&user)
            && allowed.users.has(user)
            && !users.contains(&user)
        {
            users.push(user);
        }
    }
    let answered = message
        .answers
        .and_then(|id| world.channels.get(&message.channel)?.log.get(id))
        .map(|answered| answered.author);
    if let Some(author) = answered.filter(|author| allowed.replied_user && !users.contains(author))
    {
        users.push(author);
    }
    let says_everyone = message.content.contains("@everyone") || message.content.contains("@here");
    let may = || {
        let channel = world.channels.get(&message.channel);
        channel.is_some_and(|channel| {
            world.channel_permissions(channel, message.author) & MENTION_EVERYONE != 0
        })
    };
    message.mention_everyone = says_everyone && allowed.everyone && may();
    message.mentions = users;
    message.mention_roles = roles;
}

/// What stands between `<` and `>`.
fn mentions(text: &str) -> impl Iterator<Item = &str> {
    text.split('<')
        .skip(1)
        .filter_map(|part| part.split_once('>').map(|(inside, _)| inside))
}
