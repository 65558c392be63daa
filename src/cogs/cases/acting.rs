//! Kicks, bans and their end, as moderators order them.

use poise::serenity_prelude as serenity;

use super::evidence::replied_to;
use super::rules::sanctions::{self, Sanctioned, Terms};
use crate::discord::{Audience, Command, Context, member, order, say, scene};
use crate::model::{
    Refusal, Rejection, Text, UserId, duration_text, leading_duration, parse_duration,
};
use crate::text;

const DAY: u64 = 86_400;

/// The cog's commands that act, in the order of `!help`.
pub fn all() -> Vec<Command> {
    vec![kick(), ban(), unban()]
}

#[poise::command(prefix_command, slash_command, guild_only, category = "moderation")]
async fn kick(
    ctx: Context<'_>,
    #[rename = "member"] user: serenity::User,
    #[rest] reason: Option<String>,
) -> Result<(), Rejection> {
    let (scene, target) = (scene(ctx).await?, member(ctx, &user).await?);
    let (evidence, reason) = (replied_to(ctx), reason.unwrap_or_default());
    let kicked = ctx
        .data()
        .store
        .write(order(ctx), move |tx| {
            sanctions::kick(tx, &scene, &target, &reason, evidence)
        })
        .await?
        .value;
    let done = text!(
        "cases-kicked",
        number = kicked.number,
        member = UserId(user.id.get()).mention()
    );
    say(ctx, Audience::Everyone, &done).await
}

/// Each way has its own order of arguments: a message says how long in front of the reason.
fn ban() -> Command {
    Command {
        prefix_action: ban_by_message().prefix_action,
        ..ban_by_slash()
    }
}

#[poise::command(slash_command, guild_only, rename = "ban", category = "moderation")]
async fn ban_by_slash(
    ctx: Context<'_>,
    #[rename = "member"] user: serenity::User,
    duration: Option<String>,
    reason: Option<String>,
    #[min = 0]
    #[max = 7]
    delete_days: Option<u8>,
) -> Result<(), Rejection> {
    let length = match duration.as_deref() {
        None => None,
        Some(words) => Some(
            parse_duration(words).ok_or_else(|| Refusal(text!("refused-length", words = words)))?,
        ),
    };
    let terms = Terms {
        length,
        deleted_days: delete_days.unwrap_or(0),
    };
    ban_somebody(ctx, user, terms, reason.unwrap_or_default()).await
}

#[poise::command(prefix_command, guild_only)]
async fn ban_by_message(
    ctx: Context<'_>,
    user: serenity::User,
    #[rest] reason: Option<String>,
) -> Result<(), Rejection> {
    let (terms, reason) = terms(reason.as_deref().unwrap_or_default())?;
    ban_somebody(ctx, user, terms, reason).await
}

/// `7d delete:1d spam`: how long, of how many days messages go, and why; the first two in either order.
pub(super) fn terms(words: &str) -> Result<(Terms, String), Refusal> {
    let mut terms = Terms::default();
    let mut rest = words.trim();
    loop {
        if let Some((length, after)) = leading_duration(rest).filter(|_| terms.length.is_none()) {
            terms.length = Some(length);
            rest = after;
        } else if let Some((days, after)) = deleted(rest) {
            terms.deleted_days = days?;
            rest = after;
        } else {
            return Ok((terms, rest.to_owned()));
        }
    }
}

fn deleted(words: &str) -> Option<(Result<u8, Refusal>, &str)> {
    let (first, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
    let (name, value) = first.split_once(':')?;
    if !["delete", "del", "supprimer", "suppr"].contains(&name.to_lowercase().as_str()) {
        return None;
    }
    let days = parse_duration(value)
        .map(|length| length.as_secs().div_ceil(DAY))
        .or_else(|| value.parse().ok())
        .and_then(|days| u8::try_from(days).ok())
        .filter(|days| *days <= sanctions::MOST_DELETED_DAYS);
    let refused = || {
        Refusal(text!(
            "refused-deleted-days",
            most = u32::from(sanctions::MOST_DELETED_DAYS)
        ))
    };
    Some((days.ok_or_else(refused), rest.trim_start()))
}

async fn ban_somebody(
    ctx: Context<'_>,
    user: serenity::User,
    terms: Terms,
    reason: String,
) -> Result<(), Rejection> {
    let (scene, target) = (scene(ctx).await?, member(ctx, &user).await?);
    let evidence = replied_to(ctx);
    let banned = ctx
        .data()
        .store
        .write(order(ctx), move |tx| {
            sanctions::ban(tx, &scene, &target, terms, &reason, evidence)
        })
        .await?
        .value;
    let text = banned_text(UserId(user.id.get()), &banned, terms);
    say(ctx, Audience::Everyone, &text).await
}

fn banned_text(member: UserId, banned: &Sanctioned, terms: Terms) -> Text {
    match (banned.until, terms.length) {
        (Some(until), Some(length)) => text!(
            "cases-banned-for",
            number = banned.number,
            member = member.mention(),
            length = duration_text(length),
            until = until.markup('f')
        ),
        _ => text!(
            "cases-banned",
            number = banned.number,
            member = member.mention()
        ),
    }
}

#[poise::command(prefix_command, slash_command, guild_only, category = "moderation")]
async fn unban(
    ctx: Context<'_>,
    #[rename = "member"] user: serenity::User,
    #[rest] reason: Option<String>,
) -> Result<(), Rejection> {
    let scene = super::commands::moderator(ctx).await?;
    let id = UserId(user.id.get());
    if !is_banned(ctx, scene.guild.0, id).await? {
        return Err(Refusal(text!("refused-not-banned", member = id.mention())).into());
    }
    let reason = reason.unwrap_or_default();
    let number = ctx
        .data()
        .store
        .write(order(ctx), move |tx| {
            sanctions::unban(tx, &scene, id, &reason)
        })
        .await?
        .value;
    let done = text!("cases-unbanned", number = number, member = id.mention());
    say(ctx, Audience::Everyone, &done).await
}

async fn is_banned(ctx: Context<'_>, guild: u64, user: UserId) -> Result<bool, Rejection> {
    match ctx.http().get_ban(guild.into(), user.0.into()).await {
        Ok(ban) => Ok(ban.is_some()),
        Err(error) => Err(anyhow::Error::new(error)
            .context(format!("looking up whether {user} is banned"))
            .into()),
    }
}
