//! What people do by hand, past the bot, and on messages: understood from a line, and carried out.

use std::path::Path;
use std::time::Duration;

use super::line::{duration, unquoted};
use super::mistyped::{Mistyped, first_word, near};
use super::{Hindrance, Said, unreadable};
use crate::sandbox::{Draft, Place, Pointed, Sandbox};

/// Something done by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hand {
    /// Opens a command of the context menu on a person.
    OpensOn(String, String),
    /// Opens a command of the context menu on a message.
    OpensOnMessage(String, Pointed),
    /// Answers a message.
    Replies(Pointed, String),
    /// Changes the text of a message of their own.
    Edits(Pointed, String),
    /// Deletes a message.
    Deletes(Pointed),
    /// Posts a file: its name or path, and what is in it where the line says so.
    Posts(String, String),
    /// Times somebody out; for no time at all: lifts it.
    TimesOut(String, Duration, String),
    /// Kicks somebody.
    Kicks(String, String),
    /// Bans somebody.
    Bans(String, String),
    /// Lifts a ban.
    Unbans(String),
    /// Gives somebody a role.
    Gives(String, String),
    /// Takes a role from somebody.
    Takes(String, String),
    /// Makes a channel.
    CreatesChannel(String),
    /// Deletes a channel or a thread.
    DeletesChannel(String),
    /// Makes a role.
    CreatesRole(String),
    /// Deletes a role.
    DeletesRole(String),
    /// Founds another guild, with the bot in it.
    Founds(String),
    /// Looks at another guild from now on.
    GoesTo(String),
}

/// Each verb with the rest of a right line.
pub(super) const VERBS: [(&str, &str); 15] = [
    ("opens", " \"…\" on @sam"),
    ("replies to", " \"…\": …"),
    ("edits", " \"…\" to \"…\""),
    ("deletes", " \"…\""),
    ("posts", " notes.txt: …"),
    ("times out", " sam 10m"),
    ("lifts", " sam's timeout"),
    ("kicks", " sam"),
    ("bans", " sam"),
    ("unbans", " sam"),
    ("gives", " sam Moderator"),
    ("takes", " Moderator from sam"),
    ("creates", " #news"),
    ("goes to", " …"),
    ("founds", " …"),
];

/// Understands what follows a name; none when it begins with no verb of these.
pub(super) fn parse(rest: &str, who: &str) -> Option<Result<Hand, Mistyped>> {
    let (verb, after) = first_word(rest);
    let (verb, after) = match (verb, first_word(after)) {
        ("times", ("out", after)) => ("times out", after),
        ("replies", ("to", after)) => ("replies to", after),
        ("goes", ("to", after)) => ("goes to", after),
        _ => (verb, after),
    };
    let (_, pattern) = VERBS.iter().find(|(known, _)| *known == verb)?;
    let hand = on_messages(verb, after).or_else(|| on_people(verb, after));
    Some(hand.ok_or_else(|| near(rest, &format!("{who} {verb}{pattern}"))))
}

fn on_messages(verb: &str, after: &str) -> Option<Hand> {
    match verb {
        "opens" => {
            let (command, target) = after.rsplit_once(" on ")?;
            let command = unquoted(command.trim()).to_owned();
            let target = target.trim();
            match target.strip_prefix('@') {
                Some(person) if !person.contains(' ') => {
                    Some(Hand::OpensOn(command, person.to_owned()))
                }
                _ => Some(Hand::OpensOnMessage(command, pointed(target)?)),
            }
        }
        "replies to" => {
            // The colon that counts stands behind what was pointed at.
            let end = closing(after)?;
            let (target, text) = after.split_at(end);
            let text = text.trim_start().strip_prefix(':')?.trim();
            (!text.is_empty()).then_some(())?;
            Some(Hand::Replies(pointed(target)?, text.to_owned()))
        }
        "edits" => {
            let end = closing(after)?;
            let (old, new) = after.split_at(end);
            let new = new.trim_start().strip_prefix("to ")?.trim();
            Some(Hand::Edits(pointed(old)?, unquoted(new).to_owned()))
        }
        "deletes" => match (pointed(after), after.split_at_checked(1)) {
            (Some(message), _) => Some(Hand::Deletes(message)),
            (None, Some(("#", name))) => Some(Hand::DeletesChannel(name.to_owned())),
            (None, Some(("@", name))) => Some(Hand::DeletesRole(name.to_owned())),
            _ => None,
        },
        "posts" => {
            let (file, content) = after.split_once(':').unwrap_or((after, ""));
            let file = unquoted(file.trim());
            (!file.is_empty()).then(|| Hand::Posts(file.to_owned(), content.trim().to_owned()))
        }
        _ => None,
    }
}

fn on_people(verb: &str, after: &str) -> Option<Hand> {
    let named = |name: &str| name.trim_start_matches('@').to_owned();
    let (first, more) = first_word(after);
    (!first.is_empty()).then_some(())?;
    Some(match verb {
        "times out" => {
            let (length, reason) = first_word(more);
            Hand::TimesOut(named(first), duration(length)?, reason.to_owned())
        }
        "lifts" => {
            let person = owner_of(after, "timeout")?;
            Hand::TimesOut(person, Duration::ZERO, String::new())
        }
        "kicks" => Hand::Kicks(named(first), more.to_owned()),
        "bans" => Hand::Bans(named(first), more.to_owned()),
        "unbans" if more.is_empty() => Hand::Unbans(named(first)),
        "gives" if !more.is_empty() => Hand::Gives(named(first), named(unquoted(more))),
        "takes" => {
            let (role, person) = after.rsplit_once(" from ")?;
            Hand::Takes(named(person.trim()), named(unquoted(role.trim())))
        }
        "creates" => match after.split_at_checked(1) {
            Some(("#", name)) => Hand::CreatesChannel(name.to_owned()),
            Some(("@", name)) => Hand::CreatesRole(name.to_owned()),
            _ => return None,
        },
        "goes to" => Hand::GoesTo(unquoted(after).to_owned()),
        "founds" => Hand::Founds(unquoted(after).to_owned()),
        _ => return None,
    })
}

/// `sam's message`, `that message`, `"words in it"`.
fn pointed(text: &str) -> Option<Pointed> {
    let text = text.trim();
    if text == "that message" {
        return Some(Pointed::Saying(String::new()));
    }
    if let Some(person) = owner_of(text, "message") {
        return Some(Pointed::By(person));
    }
    let words = unquoted(text);
    (words.len() < text.len() && !words.is_empty()).then(|| Pointed::Saying(words.to_owned()))
}

/// The `sam` of `sam's thing`.
fn owner_of(text: &str, thing: &str) -> Option<String> {
    let owner = text.trim().strip_suffix(thing)?.trim_end();
    let owner = owner
        .strip_suffix("'s")
        .or_else(|| owner.strip_suffix("’s"))?;
    let owner = owner.trim_start_matches('@');
    (!owner.is_empty() && !owner.contains(' ')).then(|| owner.to_owned())
}

/// Where what is pointed at ends: behind its closing quotation mark, or behind the word `message`.
fn closing(text: &str) -> Option<usize> {
    for (open, close) in [('"', '"'), ('“', '”'), ('«', '»')] {
        if let Some(inner) = text.strip_prefix(open) {
            return Some(open.len_utf8() + inner.find(close)? + close.len_utf8());
        }
    }
    Some(text.find("message")? + "message".len())
}

impl Hand {
    /// Whether the bot is asked for something and so will answer: the prompt waits for that.
    pub(super) fn asks_the_bot(&self, prefix: &str) -> bool {
        match self {
            Self::OpensOn(..) | Self::OpensOnMessage(..) => true,
            Self::Replies(_, text) => text.starts_with(prefix),
            _ => false,
        }
    }

    /// Has `who` do it.
    ///
    /// # Errors
    /// When they can't.
    pub(super) async fn carry_out(self, discord: &Sandbox, who: &str) -> Result<(), Hindrance> {
        let because = |reason: String| Some(reason).filter(|reason| !reason.is_empty());
        match self {
            Self::OpensOn(command, person) => {
                let general = Place::channel("general");
                discord.uses(who, &general, &command, &person).await?;
            }
            Self::OpensOnMessage(command, message) => {
                let message = discord.points_at(who, message)?;
                let (place, id) = (Place::Id(message.channel), message.id.to_string());
                discord.uses(who, &place, &command, &id).await?;
            }
            Self::Replies(message, text) => {
                let message = discord.points_at(who, message)?;
                let draft = Draft::from(&text).answering(message.id);
                discord
                    .says(who, &Place::Id(message.channel), draft)
                    .await?;
            }
            Self::Edits(message, text) => {
                let message = discord.points_at(who, message)?;
                let place = Place::Id(message.channel);
                discord.edits(who, &place, message.id, &text).await?;
            }
            Self::Deletes(message) => {
                let message = discord.points_at(who, message)?;
                let place = Place::Id(message.channel);
                discord.deletes_message(who, &place, message.id).await?;
            }
            Self::Posts(file, content) => {
                let draft = draft_of(&file, content)?;
                let general = Place::channel("general");
                discord.says(who, &general, draft).await?;
            }
            Self::TimesOut(target, length, reason) => {
                let reason = because(reason);
                discord
                    .times_out(who, &target, length, reason.as_deref())
                    .await?;
            }
            Self::Kicks(target, reason) => {
                discord
                    .kicks(who, &target, because(reason).as_deref())
                    .await?;
            }
            Self::Bans(target, reason) => {
                let reason = because(reason);
                discord.bans_member(who, &target, reason.as_deref()).await?;
            }
            Self::Unbans(target) => discord.unbans(who, &target).await?,
            Self::Gives(target, role) => discord.gives_role(who, &target, &role).await?,
            Self::Takes(target, role) => discord.takes_role(who, &target, &role).await?,
            Self::CreatesChannel(name) => discord.creates_channel(who, &name).await?,
            Self::DeletesChannel(name) => discord.deletes_channel(who, &name).await?,
            Self::CreatesRole(name) => discord.creates_role(who, &name, 0).await?,
            Self::DeletesRole(name) => discord.deletes_role(who, &name).await?,
            Self::GoesTo(guild) => discord.opens_guild(who, &guild)?,
            Self::Founds(guild) => drop(discord.founds_guild(who, &guild, &[]).await?),
        }
        Ok(())
    }
}

/// A message with a file: what the line says is in it, else what is in the file of that path.
fn draft_of(file: &str, content: String) -> Result<Draft, Said> {
    if !content.is_empty() {
        return Ok(Draft::default().with(file, content));
    }
    let bytes = std::fs::read(file).map_err(|error| unreadable(Path::new(file), &error))?;
    let name = Path::new(file).file_name().unwrap_or_default();
    Ok(Draft::default().with(&name.to_string_lossy(), bytes))
}
