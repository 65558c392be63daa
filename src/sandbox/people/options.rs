//! The options of a command: read from `name:value` text, checked as a client would, resolved.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::mentions;
use super::{Flaw, Trouble};
use crate::sandbox::id::Id;
use crate::sandbox::state::World;

/// What was typed, and which option is being completed.
pub(crate) struct Given<'a> {
    pub(crate) text: &'a str,
    pub(crate) focused: Option<&'a str>,
}

/// The things that the options name, for the interaction's `resolved`.
#[derive(Debug, Default)]
pub(crate) struct Resolved {
    users: BTreeSet<Id>,
    roles: BTreeSet<Id>,
    channels: BTreeSet<Id>,
}

/// Reads the options of a command or subcommand.
pub(crate) fn read(
    world: &World,
    definition: &[Value],
    given: &Given<'_>,
    resolved: &mut Resolved,
) -> Result<Vec<Value>, Trouble> {
    let names: Vec<&str> = definition
        .iter()
        .filter_map(|option| option["name"].as_str())
        .collect();
    let typed = split(given.text, &names)?;
    let mut values = Vec::new();
    for option in definition {
        let name = option["name"].as_str().unwrap_or_default();
        let is_focused = given.focused == Some(name);
        let Some((_, text)) = typed.iter().find(|(typed, _)| *typed == name) else {
            if option["required"] == true && given.focused.is_none() {
                return Err(Trouble::BadOption(name.to_owned(), Flaw::Missing));
            }
            if is_focused {
                values.push(
                    json!({"name": name, "type": option["type"], "value": "", "focused": true}),
                );
            }
            continue;
        };
        if is_focused {
            if option["autocomplete"] != true {
                return Err(Trouble::BadOption(name.to_owned(), Flaw::NotCompleted));
            }
            values.push(
                json!({"name": name, "type": option["type"], "value": text, "focused": true}),
            );
            continue;
        }
        let value = value(world, option, text, resolved)?;
        values.push(json!({"name": name, "type": option["type"], "value": value}));
    }
    Ok(values)
}

/// Cuts the text at each known `name:` that stands outside quotes.
fn split<'a>(text: &str, names: &[&'a str]) -> Result<Vec<(&'a str, String)>, Trouble> {
    let mut found: Vec<(&'a str, String)> = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let name = names.iter().copied().find(|name| {
            rest.strip_prefix(name)
                .is_some_and(|tail| tail.starts_with(':'))
        });
        let Some(name) = name else {
            let names = names.iter().map(|name| (*name).to_owned()).collect();
            return Err(Trouble::NoSuchOption(rest.to_owned(), names));
        };
        let tail = rest[name.len() + 1..].trim_start();
        let (value, after) = match tail
            .strip_prefix('"')
            .and_then(|quoted| quoted.split_once('"'))
        {
            Some((value, after)) => (value.to_owned(), after),
            None => {
                let end = next_name(tail, names).unwrap_or(tail.len());
                (tail[..end].trim().to_owned(), &tail[end..])
            }
        };
        found.push((name, value));
        rest = after.trim_start();
    }
    Ok(found)
}

/// Where the next ` name:` begins.
fn next_name(text: &str, names: &[&str]) -> Option<usize> {
    names
        .iter()
        .filter_map(|name| text.find(&format!(" {name}:")))
        .min()
}

fn value(
    world: &World,
    option: &Value,
    text: &str,
    resolved: &mut Resolved,
) -> Result<Value, Trouble> {
    let name = option["name"].as_str().unwrap_or_default();
    let bad = |flaw: Flaw| Trouble::BadOption(name.to_owned(), flaw);
    if let Some(choices) = option["choices"]
        .as_array()
        .filter(|choices| !choices.is_empty())
    {
        return chosen(choices, text, &world.home().locale).map_err(bad);
    }
    match option["type"].as_u64().unwrap_or(3) {
        3 => {
            let text = mentions::typed(world, text);
            let length = text.chars().count() as u64;
            let (least, most) = (
                option["min_length"].as_u64().unwrap_or(0),
                option["max_length"].as_u64().unwrap_or(6_000),
            );
            if (least..=most).contains(&length) {
                Ok(json!(text))
            } else {
                Err(bad(Flaw::Length(least, most)))
            }
        }
        4 => {
            let number: i64 = text.parse().map_err(|_| bad(Flaw::NotWhole))?;
            in_range(option, number as f64).map_err(bad)?;
            Ok(json!(number))
        }
        10 => {
            let number: f64 = text.parse().map_err(|_| bad(Flaw::NotNumber))?;
            in_range(option, number).map_err(bad)?;
            Ok(json!(number))
        }
        5 => match text.to_lowercase().as_str() {
            "true" | "yes" | "on" => Ok(json!(true)),
            "false" | "no" | "off" => Ok(json!(false)),
            _ => Err(bad(Flaw::NotTruth)),
        },
        6 => resolved.find_user(world, text).map(|id| json!(id)),
        7 => channel(world, option, text, resolved).map_err(bad),
        8 => resolved.find_role(world, text).map(|id| json!(id)),
        9 => resolved
            .find_user(world, text)
            .or_else(|_| resolved.find_role(world, text))
            .map(|id| json!(id)),
        other => Err(bad(Flaw::Untypable(other))),
    }
}

/// A choice by its name, in whatever language a client shows it, or by its value.
fn chosen(choices: &[Value], text: &str, locale: &str) -> Result<Value, Flaw> {
    let fits = |choice: &&Value| {
        let value = choice["value"]
            .as_str()
            .map_or_else(|| choice["value"].to_string(), str::to_owned);
        let localized = choice["name_localizations"].as_object().into_iter();
        let mut names = localized
            .flat_map(|names| names.values())
            .chain([&choice["name"]]);
        value == text
            || names.any(|name| {
                name.as_str()
                    .is_some_and(|name| name.to_lowercase() == text.to_lowercase())
            })
    };
    let chosen = choices
        .iter()
        .find(fits)
        .map(|choice| choice["value"].clone());
    let names = || {
        let shown = |choice: &Value| -> Option<String> {
            let localized = choice["name_localizations"][locale].as_str();
            let name = localized.or_else(|| choice["name"].as_str());
            name.map(str::to_owned)
        };
        choices.iter().filter_map(shown).collect()
    };
    chosen.ok_or_else(|| Flaw::NotChoice(names()))
}

fn in_range(option: &Value, number: f64) -> Result<(), Flaw> {
    let least = option["min_value"].as_f64().unwrap_or(f64::MIN);
    let most = option["max_value"].as_f64().unwrap_or(f64::MAX);
    if (least..=most).contains(&number) {
        return Ok(());
    }
    Err(
        match (option["min_value"].is_null(), option["max_value"].is_null()) {
            (false, false) => Flaw::Outside(least, most),
            (false, true) => Flaw::TooSmall(least),
            _ => Flaw::TooLarge(most),
        },
    )
}

fn channel(
    world: &World,
    option: &Value,
    text: &str,
    resolved: &mut Resolved,
) -> Result<Value, Flaw> {
    let bare = text.trim_start_matches(['#', '<']).trim_end_matches('>');
    let named = |channel: &&crate::sandbox::state::channel::Channel| {
        channel.guild == Some(world.home)
            && (channel.name.eq_ignore_ascii_case(bare) || channel.id.to_string() == bare)
    };
    let Some(found) = world.channels.values().find(named) else {
        return Err(Flaw::NoChannel(text.to_owned()));
    };
    let kinds = option["channel_types"].as_array();
    if kinds.is_some_and(|kinds| !kinds.is_empty() && !kinds.contains(&json!(found.kind))) {
        return Err(Flaw::OtherKind(found.name.clone()));
    }
    resolved.channels.insert(found.id);
    Ok(json!(found.id))
}

impl Resolved {
    pub(crate) fn user(&mut self, id: Id) {
        self.users.insert(id);
    }

    pub(crate) fn role(&mut self, id: Id) {
        self.roles.insert(id);
    }

    pub(crate) fn channel(&mut self, id: Id) {
        self.channels.insert(id);
    }

    pub(crate) fn find_user(&mut self, world: &World, text: &str) -> Result<Id, Trouble> {
        let bare = text
            .trim_start_matches(['<', '@', '!'])
            .trim_end_matches('>');
        let by_id = bare.parse().ok().filter(|id| world.users.contains_key(id));
        let id = by_id.map_or_else(|| world.find_person(bare), Ok)?;
        self.users.insert(id);
        Ok(id)
    }

    fn find_role(&mut self, world: &World, text: &str) -> Result<Id, Trouble> {
        let bare = text
            .trim_start_matches(['<', '@', '&'])
            .trim_end_matches('>');
        let by_id = bare
            .parse()
            .ok()
            .filter(|id| world.home().roles.contains_key(id));
        let id = by_id.map_or_else(|| world.find_role(bare), Ok)?;
        self.roles.insert(id);
        Ok(id)
    }

    /// Puts `resolved` into an interaction's data, unless there is nothing to resolve.
    pub(crate) fn put(&self, world: &World, channel: Id, data: &mut Value) {
        let mut resolved = Map::new();
        let here = world.channels.get(&channel);
        let guild = here.and_then(|here| here.guild);
        let home = guild.map_or_else(|| world.home(), |guild| &world.guilds[&guild]);
        if !self.users.is_empty() {
            let users = self
                .users
                .iter()
                .map(|id| (id.to_string(), world.user_json(*id)))
                .collect();
            resolved.insert("users".into(), Value::Object(users));
            let members = self.users.iter().filter_map(|id| {
                let mut json = home
                    .members
                    .get(id)
                    .filter(|_| here.is_some_and(|here| here.guild.is_some()))?
                    .json_without_user();
                let held = here.map_or(0, |here| world.channel_permissions(here, *id));
                json["permissions"] = json!(held.to_string());
                let map = json.as_object_mut()?;
                map.remove("deaf");
                map.remove("mute");
                Some((id.to_string(), json))
            });
            resolved.insert("members".into(), Value::Object(members.collect()));
        }
        if !self.roles.is_empty() {
            let roles = self
                .roles
                .iter()
                .filter_map(|id| Some((id.to_string(), home.roles.get(id)?.json())));
            resolved.insert("roles".into(), Value::Object(roles.collect()));
        }
        if !self.channels.is_empty() {
            let channels = self.channels.iter().filter_map(|id| {
                let channel = world.channels.get(id)?;
                let mut json = world.channel_json(channel);
                json["permissions"] =
                    json!(world.channel_permissions(channel, world.bot).to_string());
                Some((id.to_string(), json))
            });
            resolved.insert("channels".into(), Value::Object(channels.collect()));
        }
        if !resolved.is_empty() {
            data["resolved"] = Value::Object(resolved);
        }
    }
}
