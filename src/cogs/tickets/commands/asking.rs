//! What who asks does: open a ticket, and close it; staff close with the same command.

use super::offers::category_keys;
use crate::cogs::conversations::{Cause, public_id};
use crate::cogs::tickets::rules::{self, Opened, Request};
use crate::cogs::tickets::{closing, ending, reach, register, working};
use crate::discord::{Audience, Context, here, order, say, scene};
use crate::model::{ChannelId, GuildId, Refusal, Rejection, Text, UserId, parse_duration};
use crate::text;

#[poise::command(prefix_command, slash_command, guild_only, category = "tickets")]
pub(super) async fn open(
    ctx: Context<'_>,
    #[autocomplete = "category_keys"] category: Option<String>,
    #[rest] subject: Option<String>,
) -> Result<(), Rejection> {
    let guild = here(ctx)?;
    let category = match category {
        Some(key) => key.to_lowercase(),
        None => only_category(ctx, guild).await?,
    };
    let now = ctx.data().clock().now();
    let request = Request {
        id: public_id::new(now),
        user: UserId(ctx.author().id.get()),
        category,
        subject,
        answers: Vec::new(),
        asked_in: Some(ChannelId(ctx.channel_id().get())),
    };
    let hall = reach::hall_here(ctx)?;
    let opened = ctx
        .data()
        .store
        .write(order(ctx), move |tx| rules::open(tx, &hall, request))
        .await?
        .value;
    let channel = reach::channel_of(ctx.data(), guild, opened.number).await?;
    say(ctx, Audience::Asker, &opened_text(&opened, channel)).await
}

/// The guild's only category; with several, one has to be named.
async fn only_category(ctx: Context<'_>, guild: GuildId) -> Result<String, Rejection> {
    let known = ctx
        .data()
        .store
        .read(move |reader| register::categories(reader, guild))
        .await?;
    let keys: Vec<String> = known.into_iter().map(|category| category.key).collect();
    match keys.as_slice() {
        [] => Err(Refusal::new("refused-no-categories").into()),
        [only] => Ok(only.clone()),
        several => {
            Err(Refusal::from(text!("refused-which-category", keys = several.join(", "))).into())
        }
    }
}

/// What who opened a ticket is told.
pub(in crate::cogs::tickets) fn opened_text(opened: &Opened, channel: Option<ChannelId>) -> Text {
    let text = match channel {
        Some(channel) => text!(
            "tickets-opened",
            number = opened.number,
            channel = channel.mention()
        ),
        None => text!("tickets-opening-soon", number = opened.number),
    };
    match opened.away_until {
        Some(until) => text!(
            "tickets-opened-away",
            opened = text,
            until = until.markup('f')
        ),
        None => text,
    }
}

#[poise::command(prefix_command, slash_command, guild_only, category = "tickets")]
pub(super) async fn close(
    ctx: Context<'_>,
    #[rest] reason: Option<String>,
) -> Result<(), Rejection> {
    let reason = reason.unwrap_or_default();
    let number = reach::number(ctx, None).await?;
    let (hall, actor) = (reach::hall_here(ctx)?, scene(ctx).await?.actor);
    let way = Way::of(&reason);
    match way {
        Way::Cancel => {
            super::act(ctx, Some(number), |tx, hall, actor, number| {
                rules::for_staff(tx, hall.guild, number, actor)?;
                crate::cogs::conversations::desk::unschedule(tx, hall.guild, number)
            })
            .await?;
            say(ctx, Audience::Everyone, &Text::new("tickets-unscheduled")).await
        }
        Way::Ask(reason) => {
            super::act(ctx, Some(number), move |tx, hall, actor, number| {
                working::ask_to_close(tx, hall, actor, number, &reason)
            })
            .await?;
            say(ctx, Audience::Everyone, &Text::new("tickets-requested")).await
        }
        Way::Later(length, reason) => {
            let at = ctx.data().clock().now() + length;
            super::act(ctx, Some(number), move |tx, hall, actor, number| {
                working::schedule(tx, hall, actor, number, at, &reason)
            })
            .await?;
            let text = text!("tickets-scheduled-reply", at = at.markup('R'));
            say(ctx, Audience::Everyone, &text).await
        }
        Way::Now(reason) => {
            let guild = hall.guild;
            let reason = crate::cogs::conversations::rules::checked_reason(&reason)?;
            ctx.data()
                .store
                .read(move |reader| Ok(ending::may_close(reader, guild, &actor, number)))
                .await??;
            // The channel may be gone before an answer after the fact could be given.
            let text = text!("tickets-closing", number = number);
            closing::close(ctx.data(), &hall, order(ctx), number, Cause::Asked, &reason).await?;
            say_if_there(ctx, &text).await
        }
    }
}

/// Answers; a channel that was deleted by what was asked for takes no answer.
async fn say_if_there(ctx: Context<'_>, text: &Text) -> Result<(), Rejection> {
    if let Err(error) = say(ctx, Audience::Asker, text).await {
        tracing::info!(event = "reply_failed", command = "ticket close", error = %format!("{error:#}"));
    }
    Ok(())
}

/// How a ticket is to be closed, by the words after the command.
#[derive(Debug, PartialEq, Eq)]
enum Way {
    /// At once.
    Now(String),
    /// The member is asked first.
    Ask(String),
    /// After this time.
    Later(std::time::Duration, String),
    /// Not any more.
    Cancel,
}

impl Way {
    /// Reads `ask it works again`, `in 2h nothing more to say`, `cancel`, or a reason alone.
    fn of(words: &str) -> Way {
        let words = words.trim();
        let (first, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
        match first.to_lowercase().as_str() {
            "cancel" | "annuler" if rest.is_empty() => Way::Cancel,
            "ask" | "demander" => Way::Ask(rest.trim().to_owned()),
            "in" | "dans" => {
                let rest = rest.trim();
                let (time, reason) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
                match parse_duration(time) {
                    Some(length) => Way::Later(length, reason.trim().to_owned()),
                    None => Way::Now(words.to_owned()),
                }
            }
            _ => Way::Now(words.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_behind_close_say_when_and_why() {
        let hour = std::time::Duration::from_secs(3600);
        for (words, way) in [
            ("", Way::Now(String::new())),
            ("it works", Way::Now("it works".to_owned())),
            (
                "in the end it works",
                Way::Now("in the end it works".to_owned()),
            ),
            ("in 1h no news", Way::Later(hour, "no news".to_owned())),
            ("dans 1h", Way::Later(hour, String::new())),
            ("ask does it work?", Way::Ask("does it work?".to_owned())),
            ("demander", Way::Ask(String::new())),
            ("cancel", Way::Cancel),
            ("cancel my order", Way::Now("cancel my order".to_owned())),
        ] {
            assert_eq!(Way::of(words), way, "{words}");
        }
    }
}
