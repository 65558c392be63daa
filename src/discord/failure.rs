//! What people are told when something does not go as they asked, and what the log keeps of it.

use poise::{BoxFuture, FrameworkError};
use std::sync::Arc;

use super::{Audience, Context, House, answer, usage};
use crate::model::{Refusal, Rejection, Text};
use crate::text;

/// The framework's one door for errors.
pub fn on_error(error: FrameworkError<'_, Arc<House>, Rejection>) -> BoxFuture<'_, ()> {
    Box::pin(handle(error))
}

async fn handle(error: FrameworkError<'_, Arc<House>, Rejection>) {
    match error {
        FrameworkError::Command { error, ctx, .. } => complain(ctx, error).await,
        FrameworkError::CommandPanic { payload, ctx, .. } => {
            let words = payload.unwrap_or_else(|| "a panic without words".to_owned());
            complain(
                ctx,
                Rejection::Failed(anyhow::anyhow!("the command panicked: {words}")),
            )
            .await;
        }
        FrameworkError::ArgumentParse {
            error, input, ctx, ..
        } => {
            let usage = usage(ctx.data(), ctx, ctx.command());
            let refusal = match input {
                Some(input) => text!("refused-argument", input = input, usage = usage),
                None if error.is::<poise::TooManyArguments>() => {
                    text!("refused-too-much", usage = usage)
                }
                None => text!("refused-usage", usage = usage),
            };
            complain(ctx, Refusal(refusal).into()).await;
        }
        FrameworkError::GuildOnly { ctx, .. } => {
            complain(ctx, Refusal::new("refused-guild-only").into()).await;
        }
        FrameworkError::NotAnOwner { ctx, .. } => {
            complain(ctx, Refusal::new("refused-owners-only").into()).await;
        }
        FrameworkError::CommandStructureMismatch {
            description, ctx, ..
        } => {
            tracing::warn!(event = "command_outdated", command = %ctx.command().qualified_name, reason = description);
            complain(
                poise::Context::Application(ctx),
                Refusal::new("refused-outdated-command").into(),
            )
            .await;
        }
        FrameworkError::EventHandler { error, event, .. } => {
            tracing::error!(event = "listener_failed", what = event.snake_case_name(), error = %format!("{error:#}"));
        }
        // Whoever went on too quickly was told once.
        FrameworkError::CommandCheckFailed { error, ctx, .. } => {
            if let Some(error) = error {
                complain(ctx, error).await;
            }
        }
        // Members talk to other bots with the same prefix: what is no command of ours is none of our business.
        FrameworkError::UnknownCommand { .. } | FrameworkError::NonCommandMessage { .. } => {}
        FrameworkError::UnknownInteraction { interaction, .. } => {
            tracing::warn!(event = "command_outdated", command = %interaction.data.name, reason = "unknown");
        }
        other => {
            tracing::error!(event = "framework_failed", error = %other);
        }
    }
}

/// Tells whoever gave a command why it was not carried out; an internal failure gets an incident number and a log line.
pub async fn complain(ctx: Context<'_>, rejection: Rejection) {
    let Some(text) = apology(rejection, &ctx.command().qualified_name) else {
        return;
    };
    if let Err(error) = answer::say(ctx, Audience::Asker, &text).await {
        tracing::warn!(event = "reply_failed", command = %ctx.command().qualified_name, error = %format!("{error:#}"));
    }
}

/// What somebody is told of a rejection of `what`; nothing when it was carried out and answered before.
pub(super) fn apology(rejection: Rejection, what: &str) -> Option<Text> {
    match rejection {
        Rejection::Refused(Refusal(text)) => Some(text),
        Rejection::AlreadyDone => None,
        Rejection::Failed(error) => Some(incident(&format!("{error:#}"), what)),
    }
}

/// Logs an internal failure and returns the apology with its number.
pub fn incident(error: &str, what: &str) -> Text {
    let number = format!("{:08x}", rand::random::<u32>());
    tracing::error!(event = "incident", incident = %number, what, error);
    text!("apology", incident = number)
}
