//! Interactions under way: what was asked, by whom, and how far the answer has come.

use std::time::Instant;

use serde_json::{Value, json};
use tokio::sync::oneshot;

use crate::sandbox::id::Id;
use crate::sandbox::people::InteractionOutcome;

/// Interaction types.
pub(crate) mod kind {
    pub(crate) const COMMAND: u64 = 2;
    pub(crate) const COMPONENT: u64 = 3;
    pub(crate) const AUTOCOMPLETE: u64 = 4;
    pub(crate) const MODAL: u64 = 5;
}

/// The first answer is due within this many milliseconds of real time, as Discord fixes it.
pub(crate) const ANSWER_WITHIN_MS: u64 = 3_000;

/// An interaction's token lives this long on the sandbox's clock, as Discord fixes it.
pub(crate) const TOKEN_LIFE_MS: i64 = 15 * 60 * 1_000;

/// An interaction that was sent to the bot.
#[derive(Debug)]
pub(crate) struct Interaction {
    pub(crate) id: Id,
    pub(crate) token: String,
    pub(crate) kind: u64,
    pub(crate) who: Id,
    pub(crate) channel: Id,
    /// What was done, for a trouble's words: `/warn`, `button "Undo"`.
    pub(crate) label: String,
    pub(crate) command: Option<Used>,
    /// The message whose component was used.
    pub(crate) source: Option<Id>,
    /// The interaction that opened the submitted form.
    pub(crate) opener: Option<Id>,
    /// That interaction's `interaction_metadata`.
    pub(crate) trigger: Option<Value>,
    pub(crate) asked_ms: i64,
    pub(crate) asked: Instant,
    pub(crate) progress: Progress,
    /// The message that answers it, once there is one.
    pub(crate) original: Option<Id>,
    /// Told when a component was acknowledged without an answer yet.
    pub(crate) acknowledged: Option<oneshot::Sender<()>>,
    /// Told once, when the person sees the outcome.
    pub(crate) waiter: Option<oneshot::Sender<InteractionOutcome>>,
}

/// The command that was used.
#[derive(Clone, Debug)]
pub(crate) struct Used {
    pub(crate) name: String,
    /// 1 chat input, 2 user, 3 message.
    pub(crate) kind: u64,
    /// What a command of the context menu was opened on.
    pub(crate) target: Option<Target>,
}

/// What a command of the context menu is about.
#[derive(Clone, Debug)]
pub(crate) enum Target {
    /// The account, as JSON.
    User(Value),
    Message(Id),
}

/// How far an answer has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Progress {
    Asked,
    /// A deferred reply stands in the channel as "is thinking…".
    Thinking,
    /// A component was acknowledged; its message may still be edited.
    UpdateLater,
    Answered,
    /// The 3 seconds went by.
    Missed,
}

impl Interaction {
    /// `interaction_metadata` for the message that answers.
    pub(crate) fn metadata(&self, user: Value) -> Value {
        let mut metadata = json!({
            "id": self.id,
            "type": self.kind,
            "user": user,
            "authorizing_integration_owners": {},
        });
        if let Some(trigger) = &self.trigger {
            metadata["triggering_interaction_metadata"] = trigger.clone();
        }
        if let Some(source) = self.source.filter(|_| self.kind == kind::COMPONENT) {
            metadata["interacted_message_id"] = json!(source);
        }
        if let Some(command) = &self.command {
            metadata["name"] = json!(command.name);
            metadata["command_type"] = json!(command.kind);
            match &command.target {
                Some(Target::User(user)) => metadata["target_user"] = user.clone(),
                Some(Target::Message(id)) => metadata["target_message_id"] = json!(id),
                None => {}
            }
        }
        metadata
    }

    /// Tells whoever waits, if nobody was told yet.
    pub(crate) fn settle(&mut self, outcome: InteractionOutcome) {
        if let Some(waiter) = self.waiter.take() {
            // The waiter may have given up; nobody else needs the outcome.
            drop(waiter.send(outcome));
        }
    }
}
