//! `!purge` and `!slowmode`: what is done to the channel itself, at once; nothing of it must outlive a crash.

use anyhow::Context as _;
use poise::serenity_prelude as serenity;
use serenity::GetMessages;

use crate::cogs::settings;
use crate::discord::{Audience, Command, Context, say, scene};
use crate::model::{Refusal, Rejection, parse_duration};
use crate::text;

/// How many messages Discord deletes at once, and shows at once.
const MOST_MESSAGES: u8 = 100;
/// Discord deletes none at once that are older, in seconds: 14 days, less a minute.
const OLDEST: i64 = 14 * 86_400 - 60;
/// Discord's longest slowmode, in seconds.
const LONGEST_SLOWMODE: u64 = 21_600;

/// The commands about the channel, in the order of `!help`.
pub fn all() -> Vec<Command> {
    vec![purge(), slowmode()]
}

#[poise::command(prefix_command, slash_command, guild_only, category = "moderation")]
async fn purge(
    ctx: Context<'_>,
    #[min = 1]
    #[max = 100]
    count: u8,
    member: Option<serenity::User>,
) -> Result<(), Rejection> {
    only_moderators(ctx).await?;
    if !(1..=MOST_MESSAGES).contains(&count) {
        return Err(Refusal(text!(
            "refused-purge-count",
            most = u32::from(MOST_MESSAGES)
        ))
        .into());
    }
    let channel = ctx.channel_id();
    let newest = channel
        .messages(ctx.http(), GetMessages::new().limit(MOST_MESSAGES))
        .await
        .context("reading the messages to clear")?;
    let now = ctx.data().clock().now().as_seconds();
    let gone: Vec<serenity::MessageId> = newest
        .iter()
        .filter(|message| message.id.get() != ctx.id() && !message.pinned)
        .filter(|message| now - message.timestamp.unix_timestamp() < OLDEST)
        .filter(|message| {
            member
                .as_ref()
                .is_none_or(|member| message.author.id == member.id)
        })
        .take(usize::from(count))
        .map(|message| message.id)
        .collect();
    if gone.is_empty() {
        return Err(Refusal::new("refused-nothing-to-purge").into());
    }
    let count = gone.len();
    channel
        .delete_messages(ctx.http(), gone)
        .await
        .context("clearing messages")?;
    say(
        ctx,
        Audience::Everyone,
        &text!("raid-purged", count = count),
    )
    .await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "moderation")]
async fn slowmode(ctx: Context<'_>, #[rest] pause: String) -> Result<(), Rejection> {
    only_moderators(ctx).await?;
    let words = pause.trim();
    let seconds = match words.to_lowercase().as_str() {
        "off" | "non" | "0" => 0,
        _ => parse_duration(words)
            .map(|length| length.as_secs())
            .filter(|seconds| *seconds <= LONGEST_SLOWMODE)
            .ok_or_else(|| Refusal(text!("refused-slowmode", words = words)))?,
    };
    let edit = serenity::EditChannel::new()
        .rate_limit_per_user(u16::try_from(seconds).unwrap_or(u16::MAX));
    ctx.channel_id()
        .edit(ctx.http(), edit)
        .await
        .context("slowing the channel")?;
    let done = if seconds == 0 {
        crate::model::Text::new("raid-slowmode-off")
    } else {
        let length = std::time::Duration::from_secs(seconds);
        text!(
            "raid-slowmode",
            length = crate::model::duration_text(length)
        )
    };
    say(ctx, Audience::Everyone, &done).await
}

async fn only_moderators(ctx: Context<'_>) -> Result<(), Rejection> {
    let scene = scene(ctx).await?;
    let guild = scene.guild;
    let set = ctx
        .data()
        .store
        .read(move |reader| settings::of(reader, guild))
        .await?;
    if set.is_moderator(&scene.actor) {
        Ok(())
    } else {
        Err(settings::rules::moderators_only().into())
    }
}
