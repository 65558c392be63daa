//! The people in the guild and what they can do: write, use commands, press buttons, leave, join,
//! and moderate by hand. Each verb obeys the same rules as a request of the bot's would.

mod acts;
mod ask;
mod coming;
mod components;
mod draft;
mod mentions;
mod menu;
mod modal;
mod options;
mod pointing;
mod slash;
mod trouble;
mod writing;

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::id::Id;
use super::state::World;
use super::state::channel::Channel;
use super::view::MessageView;

pub use self::draft::Draft;
pub(crate) use self::modal::OpenModal;
pub use self::modal::{ModalField, ModalView};
pub use self::pointing::Pointed;
pub use self::trouble::{Flaw, Trouble};

/// The id of a message.
pub type MessageId = Id;

/// Where something happens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// A channel or thread of the guild by name, without `#`.
    Channel(String),
    /// A channel of the guild so called.
    In(String, String),
    /// The direct messages between the bot and a person, by handle.
    Dm(String),
    /// Any channel by id.
    Id(Id),
}

impl Place {
    pub fn channel(name: &str) -> Self {
        Self::Channel(name.trim_start_matches('#').to_owned())
    }

    pub fn dm(person: &str) -> Self {
        Self::Dm(person.trim_start_matches('@').to_owned())
    }
}

impl From<&str> for Place {
    /// `#general` and `general` are channels, `Other#general` one of another guild, `@sam` is the DM with sam.
    fn from(text: &str) -> Self {
        match text.split_once('#') {
            _ if text.starts_with('@') => Self::dm(text),
            Some((guild, name)) if !guild.is_empty() => Self::In(guild.to_owned(), name.to_owned()),
            _ => Self::channel(text),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Channel(name) => write!(f, "#{name}"),
            Place::In(guild, name) => write!(f, "#{name} in {guild}"),
            Place::Dm(person) => write!(f, "the DM with {person}"),
            Place::Id(id) => write!(f, "the channel {id}"),
        }
    }
}

/// How an interaction ended, as the person sees it.
#[derive(Clone, Debug, Serialize, PartialEq)]
#[serde(rename_all = "snake_case")]
pub enum InteractionOutcome {
    /// A message answered, at once or after "is thinking…".
    Replied(MessageView),
    /// The message that carried the button or menu changed.
    Updated(MessageView),
    /// A form opened; fill it in with [`super::Sandbox::submits`].
    Modal(ModalView),
    /// Acknowledged without anything to see.
    Acknowledged,
    /// Choices for what is being typed.
    Suggested(Vec<Choice>),
}

impl InteractionOutcome {
    /// The message that answers, if it is one.
    pub fn message(&self) -> Option<&MessageView> {
        match self {
            InteractionOutcome::Replied(message) | InteractionOutcome::Updated(message) => {
                Some(message)
            }
            _ => None,
        }
    }
}

/// A choice that a command offers.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
pub struct Choice {
    pub name: String,
    /// A string or a number.
    pub value: Value,
}

impl World {
    pub(crate) fn find_person(&self, name: &str) -> Result<Id, Trouble> {
        self.user_named(name)
            .map(|user| user.id)
            .ok_or_else(|| Trouble::NobodyCalled(name.to_owned()))
    }

    /// Someone who is in the guild now.
    pub(crate) fn find_member(&self, name: &str) -> Result<Id, Trouble> {
        let id = self.find_person(name)?;
        if self.home().members.contains_key(&id) {
            Ok(id)
        } else {
            Err(Trouble::NotInGuild(name.to_owned()))
        }
    }

    pub(crate) fn find_role(&self, name: &str) -> Result<Id, Trouble> {
        self.home()
            .role_named(name)
            .map(|role| role.id)
            .ok_or_else(|| Trouble::NoSuchRole(name.to_owned()))
    }

    fn find_channel(&self, guild: Id, name: &str) -> Result<Id, Trouble> {
        let name = name.trim_start_matches('#');
        let named = |channel: &&Channel| {
            channel.guild == Some(guild) && channel.name.eq_ignore_ascii_case(name)
        };
        let found = self.channels.values().find(named).map(|channel| channel.id);
        found.ok_or_else(|| {
            let here = self.channels.values();
            let here = here.filter(|channel| channel.guild == Some(guild));
            let names = here.map(|channel| format!("#{}", channel.name)).collect();
            Trouble::NoSuchPlace(format!("#{name}"), names)
        })
    }

    pub(crate) fn find_place(&mut self, place: &Place) -> Result<Id, Trouble> {
        match place {
            Place::Channel(name) => self.find_channel(self.home, name),
            Place::In(guild, name) => self.find_channel(self.guild_named(guild)?, name),
            Place::Dm(person) => {
                let person = self.find_person(person)?;
                Ok(self.dm_with(person))
            }
            Place::Id(id) if self.channels.contains_key(id) => Ok(*id),
            Place::Id(id) => Err(Trouble::NoSuchPlace(format!("#{id}"), Vec::new())),
        }
    }
}
