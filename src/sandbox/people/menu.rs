//! Commands of the context menu: opened on a person or on a message.

use serde_json::json;

use super::ask::{Ask, Asked};
use super::options::Resolved;
use super::slash::command_data;
use super::{InteractionOutcome, Place, Trouble};
use crate::sandbox::Sandbox;
use crate::sandbox::id::Id;
use crate::sandbox::state::World;
use crate::sandbox::state::interaction::{Target, Used, kind};

impl Sandbox {
    /// Someone uses a user or message command of the context menu; `target` is a person's handle or id, or the id of
    /// a message, whose channel then counts instead of `place`.
    ///
    /// # Errors
    /// As [`Sandbox::slash`].
    pub async fn uses(
        &self,
        who: &str,
        place: &Place,
        command: &str,
        target: &str,
    ) -> Result<InteractionOutcome, Trouble> {
        let asked = self
            .shared
            .world_of(who)
            .use_menu(who, place, command, target)?;
        self.outcome(asked).await
    }
}

impl World {
    fn use_menu(
        &mut self,
        who: &str,
        place: &Place,
        name: &str,
        target_text: &str,
    ) -> Result<Asked, Trouble> {
        let person = self.find_person(who)?;
        let target: Option<Id> = target_text.parse().ok();
        let message = target.and_then(|id| self.holds_message(person, id));
        let (channel, command_kind) = match message {
            Some(channel) => (channel, 3),
            None => (self.find_place(place)?, 2),
        };
        let command = self
            .command_for(person, who, channel, name, command_kind)?
            .clone();
        let mut data = command_data(&command);
        let target = match (message, target) {
            (Some(channel), Some(id)) => {
                let message = self.channels[&channel].log.get(id);
                let json = message.map(|message| self.message_json(message));
                data["target_id"] = json!(id);
                data["resolved"] = json!({"messages": {id.to_string(): json}});
                Target::Message(id)
            }
            _ => {
                let mut resolved = Resolved::default();
                let person = resolved.find_user(self, target_text)?;
                data["target_id"] = json!(person);
                resolved.put(self, channel, &mut data);
                Target::User(self.user_json(person))
            }
        };
        let label = format!("“{name}”");
        self.ask(Ask {
            kind: kind::COMMAND,
            who: person,
            channel,
            label,
            command: Some(Used {
                name: command.name,
                kind: command.kind,
                target: Some(target),
            }),
            source: None,
            opener: None,
            trigger: None,
            data,
        })
    }

    /// The channel of a message that someone can see.
    pub(super) fn holds_message(&self, person: Id, message: Id) -> Option<Id> {
        let sees = |channel: &&crate::sandbox::state::channel::Channel| {
            let message = channel.log.get(message);
            message.is_some_and(|message| message.only_for.is_none_or(|only| only == person))
                && self.channel_permissions(channel, person) != 0
        };
        self.channels.values().find(sees).map(|channel| channel.id)
    }
}
