//! Slash commands as people type them: `warn member:@sam reason:"twice now"`, subcommands by words.

use serde_json::{Value, json};

use super::ask::{Ask, Asked};
use super::options::{Given, Resolved};
use super::{Choice, InteractionOutcome, Place, Trouble, options};
use crate::sandbox::Sandbox;
use crate::sandbox::id::Id;
use crate::sandbox::permissions::{ADMINISTRATOR, USE_APPLICATION_COMMANDS};
use crate::sandbox::state::World;
use crate::sandbox::state::command::Command;
use crate::sandbox::state::interaction::{Used, kind};

impl Sandbox {
    /// Someone uses a slash command and sees its outcome.
    ///
    /// # Errors
    /// When their client would not send it (no such command or option, a value out of range, not
    /// allowed), when the bot does not answer within 3 s, or never fills in a deferred answer.
    pub async fn slash(
        &self,
        who: &str,
        place: &Place,
        line: &str,
    ) -> Result<InteractionOutcome, Trouble> {
        let asked = self
            .shared
            .world_of(who)
            .use_command(who, place, line, None)?;
        self.outcome(asked).await
    }

    /// Someone is typing a command's option, and sees what the bot offers.
    ///
    /// # Errors
    /// As [`Sandbox::slash`]; also when the option has no autocompletion.
    pub async fn autocomplete(
        &self,
        who: &str,
        place: &Place,
        line: &str,
        focused: &str,
    ) -> Result<Vec<Choice>, Trouble> {
        let asked = self
            .shared
            .world()
            .use_command(who, place, line, Some(focused))?;
        match self.outcome(asked).await? {
            InteractionOutcome::Suggested(choices) => Ok(choices),
            _ => Err(Trouble::NotAnswered),
        }
    }
}

impl World {
    fn use_command(
        &mut self,
        who: &str,
        place: &Place,
        line: &str,
        focused: Option<&str>,
    ) -> Result<Asked, Trouble> {
        let line = line.trim().trim_start_matches('/');
        let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let channel = self.find_place(place)?;
        let person = self.find_person(who)?;
        let command = self.command_for(person, who, channel, name, 1)?.clone();
        let (path, definition, rest) = subcommand(&command.definition, rest)?;
        let mut resolved = Resolved::default();
        let given = Given {
            text: rest,
            focused,
        };
        let values = options::read(self, &definition, &given, &mut resolved)?;
        // Subcommands wrap their options from the inside out.
        let options = path.into_iter().rev().fold(values, |inner, (kind, name)| {
            vec![json!({"type": kind, "name": name, "options": inner})]
        });
        let mut data = command_data(&command);
        data["options"] = json!(options);
        resolved.put(self, channel, &mut data);
        let kind = if focused.is_some() {
            kind::AUTOCOMPLETE
        } else {
            kind::COMMAND
        };
        let label = format!("/{name}");
        self.ask(Ask {
            kind,
            who: person,
            channel,
            label,
            command: Some(Used {
                name: command.name,
                kind: command.kind,
                target: None,
            }),
            source: None,
            opener: None,
            trigger: None,
            data,
        })
    }

    /// A command that someone can use there; the guild's own comes before a global one.
    pub(super) fn command_for(
        &self,
        person: Id,
        who: &str,
        channel: Id,
        name: &str,
        kind: u64,
    ) -> Result<&Command, Trouble> {
        let channel = self.channel(channel)?;
        let locale = self.users.get(&person).map_or("", |user| &user.locale);
        let is_here = |command: &&Command| {
            command.kind == kind && (command.guild.is_none() || command.guild == channel.guild)
        };
        let here = || self.commands.values().filter(is_here);
        let named = here().filter(|command| command.is_called(name, locale));
        let mut found: Vec<&Command> = named.collect();
        found.sort_by_key(|command| command.guild.is_none());
        let context = u64::from(channel.guild.is_none());
        let command = found
            .into_iter()
            .find(|command| command.allows_context(context));
        let command = command.ok_or_else(|| {
            let names = here().map(|command| command.name.clone()).collect();
            Trouble::NoSuchCommand(name.to_owned(), names)
        })?;
        let held = self.channel_permissions(channel, person);
        if channel.guild.is_some() {
            self.find_member(who)?;
            let enough = command.needs().is_none_or(|needed| {
                held & ADMINISTRATOR != 0 || needed != 0 && held & needed == needed
            });
            if held & USE_APPLICATION_COMMANDS == 0 || !enough {
                return Err(Trouble::MayNotUse(
                    who.to_owned(),
                    name.to_owned(),
                    self.place_name(channel.id),
                ));
            }
        }
        if channel
            .thread
            .as_ref()
            .is_some_and(|thread| thread.archived)
        {
            return Err(Trouble::ThreadArchived(who.to_owned()));
        }
        Ok(command)
    }
}

pub(super) fn command_data(command: &Command) -> Value {
    let mut data = json!({"id": command.id, "name": command.name, "type": command.kind});
    if let Some(guild) = command.guild {
        data["guild_id"] = json!(guild);
    }
    data
}

/// The words that lead to a subcommand (type and name each), its options, and the rest of the line.
type Path<'a> = (Vec<(u64, String)>, Vec<Value>, &'a str);

fn subcommand<'a>(definition: &Value, line: &'a str) -> Result<Path<'a>, Trouble> {
    let (mut path, mut rest) = (Vec::new(), line.trim());
    let mut options = definition["options"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    while options
        .first()
        .is_some_and(|option| option["type"].as_u64().unwrap_or(0) <= 2)
    {
        let (word, tail) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let Some(chosen) = options
            .iter()
            .find(|option| option["name"] == word)
            .cloned()
        else {
            let names = options.iter().filter_map(|option| option["name"].as_str());
            let names = names.map(str::to_owned).collect();
            return Err(Trouble::NoSuchSubcommand(names));
        };
        path.push((chosen["type"].as_u64().unwrap_or(1), word.to_owned()));
        options = chosen["options"].as_array().cloned().unwrap_or_default();
        rest = tail.trim();
    }
    Ok((path, options, rest))
}
