//! Which message someone means: the newest of a person, the newest with these words, or the one with this id.

use std::fmt;

use serde::Serialize;

use super::{MessageId, Trouble};
use crate::sandbox::Sandbox;
use crate::sandbox::id::Id;
use crate::sandbox::state::World;
use crate::sandbox::state::message::Message;
use crate::sandbox::view::{MessageView, text};

/// A message as people point at one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Pointed {
    /// The newest that this person wrote, by handle; the bot's, by its name.
    By(String),
    /// The newest in which these words stand, whoever wrote it.
    Saying(String),
    /// This one.
    Id(MessageId),
}

impl From<MessageId> for Pointed {
    fn from(id: MessageId) -> Self {
        Self::Id(id)
    }
}

impl From<&MessageView> for Pointed {
    fn from(message: &MessageView) -> Self {
        Self::Id(message.id)
    }
}

impl fmt::Display for Pointed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::By(person) => write!(f, "message by {person}"),
            Self::Saying(words) => write!(f, "message with “{words}”"),
            Self::Id(id) => write!(f, "message {id}"),
        }
    }
}

impl Sandbox {
    /// The message that someone means, among those that they see in the guild and in their conversation with the bot.
    ///
    /// # Errors
    /// When there is no such person, or they see no such message.
    pub fn points_at(
        &self,
        who: &str,
        message: impl Into<Pointed>,
    ) -> Result<MessageView, Trouble> {
        let world = self.shared.world_of(who);
        let person = world.find_person(who)?;
        let (channel, id) = world.pointed(person, &message.into())?;
        let message = world.channels[&channel].log.get(id);
        let message = message.map(|message| MessageView::of(&world, message));
        message.ok_or(Trouble::NothingHeard)
    }
}

impl World {
    /// Channel and id of the message that someone means.
    pub(super) fn pointed(&self, person: Id, message: &Pointed) -> Result<(Id, Id), Trouble> {
        let missing = || Trouble::NoSuchMessage(message.clone());
        if let Pointed::Id(id) = message {
            let channel = self.holds_message(person, *id).ok_or_else(missing)?;
            return Ok((channel, *id));
        }
        let author = match message {
            Pointed::By(name) => Some(self.find_person(name)?),
            _ => None,
        };
        let fits = |found: &&Message| match message {
            Pointed::Saying(words) => {
                text::in_english(&text::parts(self, found)).contains(words.as_str())
            }
            _ => Some(found.author) == author,
        };
        let sees = |found: &&Message| found.only_for.is_none_or(|only| only == person);
        let newest = self
            .channels
            .values()
            .filter(|channel| channel.guild.is_none_or(|guild| guild == self.home))
            .filter(|channel| self.channel_permissions(channel, person) != 0)
            .filter_map(|channel| channel.log.iter().rev().filter(sees).find(fits))
            .max_by_key(|message| message.id);
        newest
            .map(|message| (message.channel, message.id))
            .ok_or_else(missing)
    }
}
