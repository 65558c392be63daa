//! Warnings from the context menu of a person or of a message: a form asks for the points and the reason.

use poise::serenity_prelude as serenity;

use super::commands::warned_text;
use super::{points, rules};
use crate::cogs::cases::evidence::{self, Answered, Line, Pointed};
use crate::discord::{Audience, Command, Context, Press};
use crate::model::{Rejection, UserId};

const LINES: [Line; 2] = [
    ("points", "warnings-field-points"),
    ("reason", "warnings-field-reason"),
];

/// The commands of the context menus.
pub fn all() -> Vec<Command> {
    vec![warn_user(), warn_message()]
}

#[poise::command(
    context_menu_command = "Warn",
    guild_only,
    category = "warnings",
    default_member_permissions = "MODERATE_MEMBERS"
)]
async fn warn_user(ctx: Context<'_>, user: serenity::User) -> Result<(), Rejection> {
    let about = Pointed {
        member: UserId(user.id.get()),
        evidence: None,
    };
    evidence::ask(ctx, "warnings", "warnings-form", &LINES, about).await
}

#[poise::command(
    context_menu_command = "Warn",
    guild_only,
    category = "warnings",
    default_member_permissions = "MODERATE_MEMBERS"
)]
async fn warn_message(ctx: Context<'_>, message: serenity::Message) -> Result<(), Rejection> {
    let about = Pointed {
        member: UserId(message.author.id.get()),
        evidence: Some(evidence::of(&message)),
    };
    evidence::ask(ctx, "warnings", "warnings-form", &LINES, about).await
}

/// The form was sent.
pub async fn sent(press: &Press<'_>, token: &str) -> Result<(), Rejection> {
    let Answered {
        scene,
        member,
        evidence,
        order,
    } = evidence::pointed(press, token).await?;
    let reason = press.field("reason").unwrap_or_default().to_owned();
    let points = points::of_form(press.field("points").unwrap_or_default());
    let user = member.user;
    let warned = press
        .house
        .store
        .write(order, move |tx| {
            rules::warn_about(tx, &scene, &member, points, &reason, evidence)
        })
        .await?
        .value;
    press
        .say(Audience::Everyone, &warned_text(user, &warned))
        .await
}
