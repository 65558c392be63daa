//! Sending an interaction to the bot and waiting for what the person sees.

use std::time::Instant;

use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::{InteractionOutcome, Trouble};
use crate::sandbox::Sandbox;
use crate::sandbox::id::Id;
use crate::sandbox::state::World;
use crate::sandbox::state::interaction::{Interaction, Progress, Used};

/// Bytes that an upload may have in a guild without boosts.
const ATTACHMENT_SIZE_LIMIT: u64 = 10_485_760;

/// An interaction to be sent.
pub(crate) struct Ask {
    pub(crate) kind: u64,
    pub(crate) who: Id,
    pub(crate) channel: Id,
    pub(crate) label: String,
    pub(crate) command: Option<Used>,
    pub(crate) source: Option<Id>,
    /// The interaction that opened the submitted form.
    pub(crate) opener: Option<Id>,
    pub(crate) trigger: Option<Value>,
    pub(crate) data: Value,
}

/// An interaction that was sent.
pub(crate) struct Asked {
    id: Id,
    outcome: oneshot::Receiver<InteractionOutcome>,
    acknowledged: oneshot::Receiver<()>,
}

impl World {
    /// Sends an interaction to the bot.
    pub(crate) fn ask(&mut self, ask: Ask) -> Result<Asked, Trouble> {
        let channel = self.channel(ask.channel)?;
        let guild = channel.guild;
        let served = |session: &crate::sandbox::gateway::session::Session| {
            session.is_live() && session.serves(guild)
        };
        if !self.sessions.iter().any(served) {
            return Err(Trouble::BotAbsent);
        }
        let id = self.new_id();
        let token = format!("{}{:032x}", "sandboxinteraction", rand::random::<u128>());
        let payload = self.interaction_json(&ask, id, &token);
        let (waiter, outcome) = oneshot::channel();
        let (sender, acknowledged) = oneshot::channel();
        let interaction = Interaction {
            id,
            token,
            kind: ask.kind,
            who: ask.who,
            channel: ask.channel,
            label: ask.label,
            command: ask.command,
            source: ask.source,
            opener: ask.opener,
            trigger: ask.trigger,
            asked_ms: self.now(),
            asked: Instant::now(),
            progress: Progress::Asked,
            original: None,
            acknowledged: Some(sender),
            waiter: Some(waiter),
        };
        self.remember(interaction);
        self.dispatch_interaction(guild, &payload);
        Ok(Asked {
            id,
            outcome,
            acknowledged,
        })
    }

    fn interaction_json(&self, ask: &Ask, id: Id, token: &str) -> Value {
        let channel = &self.channels[&ask.channel];
        let user = &self.users[&ask.who];
        let mut channel_json = self.channel_json(channel);
        if channel.guild.is_some() {
            channel_json["permissions"] =
                json!(self.channel_permissions(channel, ask.who).to_string());
        }
        let mut json = json!({
            "id": id,
            "application_id": self.application.id,
            "type": ask.kind,
            "token": token,
            "version": 1,
            "channel_id": ask.channel,
            "channel": channel_json,
            "locale": user.locale,
            "app_permissions": self.channel_permissions(channel, self.bot).to_string(),
            "entitlements": [],
            "entitlement_sku_ids": [],
            "attachment_size_limit": ATTACHMENT_SIZE_LIMIT,
            "data": ask.data,
        });
        let message = ask.source.and_then(|source| channel.log.get(source));
        if let Some(message) = message {
            json["message"] = self.message_json(message);
        }
        match channel.guild.and_then(|guild| self.guilds.get(&guild)) {
            Some(guild) => {
                let member = guild.members.get(&ask.who);
                let mut member = member.map_or(Value::Null, |member| self.member_json(member));
                member["permissions"] =
                    json!(self.channel_permissions(channel, ask.who).to_string());
                json["member"] = member;
                json["guild_id"] = json!(guild.id);
                json["guild"] = json!({"id": guild.id, "locale": guild.locale, "features": []});
                json["guild_locale"] = json!(guild.locale);
                json["context"] = json!(0);
                json["authorizing_integration_owners"] = json!({"0": guild.id});
            }
            None => {
                json["user"] = user.json();
                json["context"] = json!(1);
                json["authorizing_integration_owners"] = json!({"0": "0"});
            }
        }
        json
    }
}

impl Sandbox {
    /// Waits for the outcome: 3 s for a first answer, as long again for the change of a message after a
    /// component was acknowledged, longer for a deferred answer.
    pub(crate) async fn outcome(&self, mut asked: Asked) -> Result<InteractionOutcome, Trouble> {
        let (within, settle) = {
            let world = self.shared.world();
            (world.knobs.answer_within, world.knobs.settle_within)
        };
        let first = timeout(within, async {
            tokio::select! {
                biased;
                Ok(outcome) = &mut asked.outcome => Some(outcome),
                Ok(()) = &mut asked.acknowledged => None,
                else => None,
            }
        });
        if let Ok(Some(outcome)) = first.await {
            return Ok(outcome);
        }
        let progress = {
            let mut world = self.shared.world();
            world.note_unanswered();
            world
                .interactions
                .get(&asked.id)
                .map(|interaction| interaction.progress)
        };
        match progress {
            Some(Progress::Thinking) => {
                let rest = settle.saturating_sub(within);
                timeout(rest, asked.outcome)
                    .await
                    .ok()
                    .and_then(Result::ok)
                    .ok_or(Trouble::StillThinking)
            }
            Some(Progress::UpdateLater) => {
                let updated = timeout(within, asked.outcome)
                    .await
                    .ok()
                    .and_then(Result::ok);
                Ok(updated.unwrap_or(InteractionOutcome::Acknowledged))
            }
            Some(Progress::Answered) => asked.outcome.try_recv().map_err(|_| Trouble::NotAnswered),
            _ => Err(Trouble::NotAnswered),
        }
    }
}
