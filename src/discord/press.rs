//! A button, a menu or a form that somebody used: what it says, who it was, and how to answer.
//!
//! Its id is `<name>:<arguments>`; the cog whose manifest has the name is handed it. Ids carry what is needed to go on, so
//! that a message works for as long as it stands, also after a restart.

use std::sync::Arc;

use anyhow::Context as _;
use futures::future::BoxFuture;
use poise::serenity_prelude as serenity;
use serenity::{
    ActionRowComponent, ComponentInteractionDataKind, CreateInteractionResponse, CreateModal,
};

use super::pace::{self, Tempo};
use super::patience::is_answered;
use super::{Answer, Audience, House, failure, patiently, scene_of};
use crate::model::{GuildId, Locale, MessageId, Refusal, Rejection, Scene, Text, UserId};
use crate::store::Order;

/// What a cog does when one of its buttons, menus or forms is used.
pub type PressHandler = for<'a> fn(Press<'a>) -> BoxFuture<'a, Result<(), Rejection>>;

/// Somebody used a button, a menu or a form.
#[derive(Clone, Copy)]
pub struct Press<'a> {
    /// Everything to work with.
    pub house: &'a Arc<House>,
    /// To answer with.
    pub ctx: &'a serenity::Context,
    /// What was used.
    pub what: Used<'a>,
}

/// What somebody used.
#[derive(Clone, Copy)]
pub enum Used<'a> {
    /// A button or a menu.
    Component(&'a serenity::ComponentInteraction),
    /// A form that was sent.
    Form(&'a serenity::ModalInteraction),
}

impl<'a> Press<'a> {
    /// Hands the press to the cog that knows its name, and says what came of it when that is nothing.
    pub async fn deliver(self) {
        let name = self.id().split(':').next().unwrap_or_default();
        let handler = self.house.presses.iter().find(|(known, _)| *known == name);
        // Without one, a collector waits for it, or it comes from a version that knew more.
        let Some((_, handler)) = handler else { return };
        let outcome = match self.tempo().await {
            Tempo::Fine => handler(self).await,
            Tempo::First(until) => Err(pace::slow_down(until).into()),
            // Discord shows nothing, and no failure either.
            Tempo::Further(_) => self.respond(CreateInteractionResponse::Acknowledge).await,
        };
        if let Err(rejection) = outcome {
            self.complain(rejection).await;
        }
    }

    async fn tempo(&self) -> Tempo {
        let Used::Component(component) = self.what else {
            return Tempo::Fine;
        };
        pace::tempo(
            self.house,
            self.ctx,
            component.guild_id,
            &component.user,
            component.id.get(),
        )
        .await
    }

    /// The whole id.
    pub fn id(&self) -> &'a str {
        match self.what {
            Used::Component(component) => &component.data.custom_id,
            Used::Form(form) => &form.data.custom_id,
        }
    }

    /// What stands behind the name in the id, split at its colons.
    pub fn arguments(&self) -> Vec<&'a str> {
        self.id().split(':').skip(1).collect()
    }

    /// What was chosen in a menu: values, or ids of channels, roles and members in digits.
    pub fn values(&self) -> Vec<String> {
        let Used::Component(component) = self.what else {
            return Vec::new();
        };
        match &component.data.kind {
            ComponentInteractionDataKind::StringSelect { values } => values.clone(),
            ComponentInteractionDataKind::ChannelSelect { values } => texts(values),
            ComponentInteractionDataKind::RoleSelect { values } => texts(values),
            ComponentInteractionDataKind::UserSelect { values } => texts(values),
            ComponentInteractionDataKind::MentionableSelect { values } => texts(values),
            _ => Vec::new(),
        }
    }

    /// What was written in the form's field `id`.
    pub fn field(&self, id: &str) -> Option<&'a str> {
        let Used::Form(form) = self.what else {
            return None;
        };
        let mut inputs = form.data.components.iter().flat_map(|row| &row.components);
        inputs.find_map(|component| match component {
            ActionRowComponent::InputText(input) if input.custom_id == id => input.value.as_deref(),
            _ => None,
        })
    }

    /// Who it was.
    pub fn user(&self) -> &'a serenity::User {
        match self.what {
            Used::Component(component) => &component.user,
            Used::Form(form) => &form.user,
        }
    }

    /// The message that was pressed on; a form may have none.
    pub fn message(&self) -> Option<MessageId> {
        let message = match self.what {
            Used::Component(component) => Some(component.message.id),
            Used::Form(form) => form.message.as_ref().map(|message| message.id),
        };
        message.map(|id| MessageId(id.get()))
    }

    /// In which guild.
    ///
    /// # Errors
    /// A refusal where it was pressed in a direct message.
    pub fn guild(&self) -> Result<GuildId, Rejection> {
        self.guild_id()
            .ok_or_else(|| Refusal::new("refused-guild-only").into())
    }

    fn guild_id(&self) -> Option<GuildId> {
        let guild = match self.what {
            Used::Component(component) => component.guild_id,
            Used::Form(form) => form.guild_id,
        };
        guild.map(|guild| GuildId(guild.get()))
    }

    /// Who asks, where and by what, as the store wants it.
    pub fn order(&self) -> Order {
        let id = match self.what {
            Used::Component(component) => component.id.get(),
            Used::Form(form) => form.id.get(),
        };
        Order {
            guild: self.guild_id(),
            actor: Some(UserId(self.user().id.get())),
            origin: Some(format!("i{id}")),
        }
    }

    /// The language for an answer that everyone in the channel reads, or that only who pressed sees.
    pub fn locale(&self, audience: Audience) -> Locale {
        let tag = match self.what {
            Used::Component(component) => &component.locale,
            Used::Form(form) => &form.locale,
        };
        let of_the_guild = || self.house.preferences.locale(self.guild_id());
        match audience {
            Audience::Everyone => of_the_guild(),
            Audience::Asker => tag.parse().unwrap_or_else(|_| of_the_guild()),
        }
    }

    /// Where it happens and who stands where.
    pub async fn scene(&self) -> Result<Scene, Rejection> {
        scene_of(self.house, self.ctx, self.guild()?, self.user()).await
    }

    /// Answers with a message of its own.
    pub async fn answer(&self, answer: Answer) -> Result<(), Rejection> {
        self.respond(CreateInteractionResponse::Message(answer.into_response()))
            .await
    }

    /// Answers with one sentence.
    pub async fn say(&self, audience: Audience, text: &Text) -> Result<(), Rejection> {
        let words = self.house.say(self.locale(audience), text);
        self.answer(Answer::to(audience).saying(words)).await
    }

    /// Puts this in the place of the message that was pressed on.
    pub async fn update(&self, answer: Answer) -> Result<(), Rejection> {
        self.respond(CreateInteractionResponse::UpdateMessage(
            answer.into_response(),
        ))
        .await
    }

    /// Opens a form.
    pub async fn ask(&self, form: CreateModal) -> Result<(), Rejection> {
        self.respond(CreateInteractionResponse::Modal(form)).await
    }

    async fn respond(&self, response: CreateInteractionResponse) -> Result<(), Rejection> {
        let sent = patiently(|| async {
            match self.what {
                Used::Component(component) => {
                    component.create_response(self.ctx, response.clone()).await
                }
                Used::Form(form) => form.create_response(self.ctx, response.clone()).await,
            }
        });
        match sent.await {
            Err(error) if is_answered(&error) => Err(Rejection::AlreadyDone),
            outcome => Ok(outcome.context("answering a button, a menu or a form")?),
        }
    }

    /// Says, to who pressed alone, why nothing came of it.
    async fn complain(&self, rejection: Rejection) {
        let Some(text) = failure::apology(rejection, self.id()) else {
            return;
        };
        if let Err(error) = self.say(Audience::Asker, &text).await {
            tracing::warn!(event = "reply_failed", command = %self.id(), error = %format!("{error:#}"));
        }
    }
}

fn texts<T: ToString>(values: &[T]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}
