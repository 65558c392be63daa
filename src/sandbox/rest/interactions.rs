//! The first answer to an interaction.
//! Source: <https://discord.com/developers/docs/interactions/receiving-and-responding>.

use serde_json::{Value, json};

use super::call::{Call, Reply};
use super::compose::refuse_empty;
use crate::sandbox::error::{ApiError, Problems, Unknown};
use crate::sandbox::id::Id;
use crate::sandbox::limits;
use crate::sandbox::people::{Choice, InteractionOutcome, OpenModal};
use crate::sandbox::state::World;
use crate::sandbox::state::interaction::{Interaction, Progress, TOKEN_LIFE_MS, kind};
use crate::sandbox::state::message::{Message, flag, kind as message_kind};
use crate::sandbox::view::MessageView;
use crate::sandbox::visible::Visible;

/// Interactions that are remembered at most; their tokens live 15 minutes.
const KEPT: usize = 20_000;

pub(crate) fn callback(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let id = call.id(0)?;
    let interaction = world
        .interactions
        .get(&id)
        .filter(|interaction| interaction.token == call.text(1));
    let Some(interaction) = interaction else {
        return Err(ApiError::unknown(Unknown::Interaction));
    };
    let late = interaction.asked.elapsed() > world.knobs.answer_within;
    match interaction.progress {
        Progress::Missed => return Err(ApiError::unknown(Unknown::Interaction)),
        Progress::Asked if late => return Err(ApiError::unknown(Unknown::Interaction)),
        Progress::Asked => {}
        _ => {
            return Err(ApiError::new(
                400,
                40060,
                "Interaction has already been acknowledged.",
            ));
        }
    }
    let answer = call.body["type"].as_u64().unwrap_or(0);
    refuse_unfit(interaction, answer)?;
    let data = &call.body["data"];
    let message = match answer {
        4 => Some(reply(world, call, id, data)?),
        5 => Some(think(world, id, data)),
        6 => {
            acknowledge(world, id);
            None
        }
        7 => Some(update(world, call, id, data)?),
        8 => {
            suggest(world, id, data)?;
            None
        }
        _ => {
            open_modal(world, id, data)?;
            None
        }
    };
    if !call.asks_for("with_response") {
        return Ok(Reply::empty());
    }
    Ok(Reply::json(callback_json(world, id, answer, message)))
}

/// Which answers fit which interactions.
fn refuse_unfit(interaction: &Interaction, answer: u64) -> Result<(), ApiError> {
    let has_message = interaction.source.is_some();
    let fits = match answer {
        4 | 5 => interaction.kind != kind::AUTOCOMPLETE,
        // A form may be acknowledged wherever it came from; only one from a message can change that.
        6 => has_message || interaction.kind == kind::MODAL,
        7 => has_message && matches!(interaction.kind, kind::COMPONENT | kind::MODAL),
        8 => interaction.kind == kind::AUTOCOMPLETE,
        9 => matches!(interaction.kind, kind::COMMAND | kind::COMPONENT),
        _ => false,
    };
    let mut problems = Problems::default();
    if !fits {
        problems.add(
            "type",
            "INTERACTION_TYPE_INVALID",
            format!("Value {answer} does not fit this interaction."),
        );
    }
    problems.finish()
}

/// A component's message will change later, or not at all.
fn acknowledge(world: &mut World, id: Id) {
    let Some(interaction) = world.interactions.get_mut(&id) else {
        return;
    };
    interaction.progress = Progress::UpdateLater;
    if let Some(source) = interaction.source.or(interaction.opener) {
        world.awaiting_update.insert(source, id);
    }
    if let Some(sender) = interaction.acknowledged.take() {
        // Whoever gave up waiting needs no word.
        sender.send(()).ok();
    }
}

/// A message that answers the interaction, not yet filled in.
fn blank(world: &mut World, id: Id, ephemeral: bool) -> Option<Message> {
    let message_id = world.new_id();
    let bot = world.bot;
    let interaction = world.interactions.get(&id)?;
    let mut message = Message::new(message_id, interaction.channel, bot);
    message.interaction = Some(interaction.metadata(world.user_json(interaction.who)));
    message.kind = match &interaction.command {
        Some(command) if command.kind == 1 => message_kind::CHAT_INPUT_COMMAND,
        Some(_) => message_kind::CONTEXT_MENU_COMMAND,
        None => message_kind::DEFAULT,
    };
    if ephemeral {
        message.flags |= flag::EPHEMERAL;
        message.only_for = Some(interaction.who);
    }
    Some(message)
}

fn is_ephemeral(data: &Value) -> bool {
    data["flags"].as_u64().unwrap_or(0) & flag::EPHEMERAL != 0
}

/// Writes a message for an interaction: its first reply or a follow-up.
pub(crate) fn write(
    world: &mut World,
    call: &Call,
    id: Id,
    data: &Value,
) -> Result<Message, ApiError> {
    let Some(mut message) = blank(world, id, is_ephemeral(data)) else {
        return Err(ApiError::unknown(Unknown::Interaction));
    };
    world.apply_body(&mut message, call, data)?;
    refuse_empty(&message)?;
    Ok(message)
}

fn reply(world: &mut World, call: &Call, id: Id, data: &Value) -> Result<Value, ApiError> {
    let message = write(world, call, id, data)?;
    let view = MessageView::of(world, &message);
    let message_id = message.id;
    let json = world.publish(message);
    if let Some(interaction) = world.interactions.get_mut(&id) {
        interaction.progress = Progress::Answered;
        interaction.original = Some(message_id);
        interaction.settle(InteractionOutcome::Replied(view));
    }
    Ok(json)
}

fn think(world: &mut World, id: Id, data: &Value) -> Value {
    let Some(mut message) = blank(world, id, is_ephemeral(data)) else {
        return Value::Null;
    };
    message.flags |= flag::LOADING;
    let (message_id, channel, only_for) = (message.id, message.channel, message.only_for);
    world.show(|world| Visible::Thinking {
        place: world.place_name(channel),
        dm_with: world.dm_partner(channel),
        author: world.shown_name(world.bot),
        only_for: only_for.map(|id| world.handle(id)),
    });
    let json = world.publish_quietly(message);
    if let Some(interaction) = world.interactions.get_mut(&id) {
        interaction.progress = Progress::Thinking;
        interaction.original = Some(message_id);
    }
    json
}

fn update(world: &mut World, call: &Call, id: Id, data: &Value) -> Result<Value, ApiError> {
    let interaction = &world.interactions[&id];
    let (channel, source) = (interaction.channel, interaction.source.unwrap_or_default());
    let message = world
        .channels
        .get(&channel)
        .and_then(|channel| channel.log.get(source));
    let mut message = message
        .cloned()
        .ok_or_else(|| ApiError::unknown(Unknown::Message))?;
    world.apply_body(&mut message, call, data)?;
    refuse_empty(&message)?;
    message.edited_ms = Some(world.now());
    let view = MessageView::of(world, &message);
    let json = world.replace(message);
    if let Some(interaction) = world.interactions.get_mut(&id) {
        interaction.progress = Progress::Answered;
        interaction.original = Some(source);
        interaction.settle(InteractionOutcome::Updated(view));
    }
    Ok(json)
}

fn suggest(world: &mut World, id: Id, data: &Value) -> Result<(), ApiError> {
    let mut problems = Problems::default();
    let offered = data["choices"].as_array().map_or(&[][..], Vec::as_slice);
    limits::choices(offered, "data.choices", &mut problems);
    problems.finish()?;
    let choices: Vec<Choice> = offered
        .iter()
        .map(|choice| Choice {
            name: choice["name"].as_str().unwrap_or_default().to_owned(),
            value: choice["value"].clone(),
        })
        .collect();
    let who = world.interactions[&id].who;
    world.show(|world| Visible::Suggested {
        who: world.handle(who),
        choices: choices.iter().map(|choice| choice.name.clone()).collect(),
    });
    if let Some(interaction) = world.interactions.get_mut(&id) {
        interaction.progress = Progress::Answered;
        interaction.settle(InteractionOutcome::Suggested(choices));
    }
    Ok(())
}

fn open_modal(world: &mut World, id: Id, data: &Value) -> Result<(), ApiError> {
    let mut problems = Problems::default();
    limits::modal(data, &mut problems);
    problems.finish()?;
    let interaction = &world.interactions[&id];
    let (who, channel, source) = (interaction.who, interaction.channel, interaction.source);
    let trigger = interaction.metadata(world.user_json(who));
    let modal = OpenModal::read(data, channel, source, (id, trigger));
    let view = modal.view();
    world.show(|world| Visible::ModalOpened {
        who: world.handle(who),
        title: view.title.clone(),
        fields: view
            .fields
            .iter()
            .map(|field| field.label.clone())
            .collect(),
    });
    world.modals.insert(who, modal);
    if let Some(interaction) = world.interactions.get_mut(&id) {
        interaction.progress = Progress::Answered;
        interaction.settle(InteractionOutcome::Modal(view));
    }
    Ok(())
}

fn callback_json(world: &World, id: Id, answer: u64, message: Option<Value>) -> Value {
    let interaction = &world.interactions[&id];
    let mut about = json!({"id": id, "type": interaction.kind, "channel_id": interaction.channel});
    if let Some(guild) = world
        .channels
        .get(&interaction.channel)
        .and_then(|channel| channel.guild)
    {
        about["guild_id"] = json!(guild);
    }
    let mut json = json!({});
    if let Some(message) = message {
        let flags = message["flags"].as_u64().unwrap_or(0);
        about["response_message_id"] = message["id"].clone();
        about["response_message_loading"] = json!(flags & flag::LOADING != 0);
        about["response_message_ephemeral"] = json!(flags & flag::EPHEMERAL != 0);
        if matches!(answer, 4 | 7) {
            json["resource"] = json!({"type": answer, "message": message});
        } else {
            json["resource"] = json!({"type": 4, "message": message});
        }
    }
    json["interaction"] = about;
    json
}

impl World {
    /// Registers an interaction; when there are very many, the oldest are forgotten.
    pub(crate) fn remember(&mut self, interaction: Interaction) {
        self.tokens
            .insert(interaction.token.clone(), interaction.id);
        self.interactions.insert(interaction.id, interaction);
        if self.interactions.len() > KEPT {
            self.forget_interactions(|_| true, 1);
        }
    }

    /// Forgets the interactions whose tokens have expired.
    pub(crate) fn forget_old_interactions(&mut self) {
        let now = self.now();
        self.forget_interactions(
            |interaction| now - interaction.asked_ms >= TOKEN_LIFE_MS,
            usize::MAX,
        );
    }

    /// Forgets up to `most` of the oldest interactions, as long as they are `old`.
    fn forget_interactions(&mut self, old: impl Fn(&Interaction) -> bool, most: usize) {
        for _ in 0..most {
            let Some(oldest) = self
                .interactions
                .first_entry()
                .filter(|entry| old(entry.get()))
            else {
                return;
            };
            let gone = oldest.remove();
            self.tokens.remove(&gone.token);
            if gone.progress == Progress::Asked {
                let who = self.handle(gone.who);
                self.trouble(format!("{} by {who} was not answered", gone.label));
            }
        }
    }

    /// Notes the interactions whose 3 seconds went by without any answer.
    pub(crate) fn note_unanswered(&mut self) {
        let within = self.knobs.answer_within;
        let mut missed = Vec::new();
        for interaction in self.interactions.values_mut() {
            if interaction.progress == Progress::Asked && interaction.asked.elapsed() > within {
                interaction.progress = Progress::Missed;
                missed.push((interaction.label.clone(), interaction.who));
            }
        }
        for (label, who) in missed {
            let who = self.handle(who);
            self.trouble(format!("{label} by {who} was not answered"));
        }
    }
}
