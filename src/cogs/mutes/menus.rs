//! Mutes from the context menu of a person or of a message: a form asks how long and why.

use poise::serenity_prelude as serenity;

use super::commands::{length_of, muted_text};
use super::rules;
use crate::cogs::cases::evidence::{self, Answered, Line, Pointed};
use crate::discord::{Audience, Command, Context, Press};
use crate::model::{Rejection, UserId};

const LINES: [Line; 2] = [
    ("duration", "mutes-field-duration"),
    ("reason", "case-field-reason"),
];

/// The commands of the context menus.
pub fn all() -> Vec<Command> {
    vec![mute_user(), mute_message()]
}

#[poise::command(
    context_menu_command = "Mute",
    guild_only,
    category = "moderation",
    default_member_permissions = "MODERATE_MEMBERS"
)]
async fn mute_user(ctx: Context<'_>, user: serenity::User) -> Result<(), Rejection> {
    let about = Pointed {
        member: UserId(user.id.get()),
        evidence: None,
    };
    evidence::ask(ctx, "mutes", "mutes-form", &LINES, about).await
}

#[poise::command(
    context_menu_command = "Mute",
    guild_only,
    category = "moderation",
    default_member_permissions = "MODERATE_MEMBERS"
)]
async fn mute_message(ctx: Context<'_>, message: serenity::Message) -> Result<(), Rejection> {
    let about = Pointed {
        member: UserId(message.author.id.get()),
        evidence: Some(evidence::of(&message)),
    };
    evidence::ask(ctx, "mutes", "mutes-form", &LINES, about).await
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
    let duration = press.field("duration").map(str::trim);
    let length = length_of(duration.filter(|words| !words.is_empty()))?;
    let user = member.user;
    let muted = press
        .house
        .store
        .write(order, move |tx| {
            rules::mute(tx, &scene, &member, length, &reason, evidence)
        })
        .await?
        .value;
    press
        .say(Audience::Everyone, &muted_text(user, &muted, length))
        .await
}
