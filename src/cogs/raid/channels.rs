//! `!purge` and `!slowmode`: what is done to the channel itself.

use anyhow::Context as _;
use poise::serenity_prelude as serenity;
use serenity::{GetMessages, Permissions};

use super::rules::channels::{self as rules, Sweep};
use crate::cogs::settings;
use crate::discord::{Audience, Command, Context, defer_openly, order, say, scene};
use crate::model::{
    ChannelId, MessageId, Refusal, Rejection, Scene, Text, UserId, duration_text, parse_duration,
};
use crate::text;

/// How many messages one order clears at most.
const MOST_MESSAGES: u16 = 500;
/// How far back it looks for them, in messages.
const LOOKED_AT: usize = 1_000;
/// How many messages Discord shows at once.
const PAGE: u8 = 100;
/// Discord deletes none at once that are older, in seconds: 14 days, less an hour for what waits in the outbox.
const OLDEST: i64 = 14 * 86_400 - 3_600;
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
    #[max = 500]
    count: u16,
    member: Option<serenity::User>,
) -> Result<(), Rejection> {
    let scene = moderating(ctx, Permissions::MANAGE_MESSAGES).await?;
    if !(1..=MOST_MESSAGES).contains(&count) {
        let most = u32::from(MOST_MESSAGES);
        return Err(Refusal(text!("refused-purge-count", most = most)).into());
    }
    if count > u16::from(PAGE) || member.is_some() {
        defer_openly(ctx).await?;
    }
    let member = member.map(|member| UserId(member.id.get()));
    let count = usize::from(count);
    let (messages, looked_at) = find(ctx, count, member).await?;
    let sweep = Sweep {
        channel: ChannelId(ctx.channel_id().get()),
        member,
        messages,
    };
    let cleared = ctx
        .data()
        .store
        .write(order(ctx), move |tx| rules::purge(tx, &scene, &sweep))
        .await?
        .value;
    let done = text!("raid-purged", count = cleared);
    let done = match cleared < count && looked_at >= LOOKED_AT {
        true => text!("raid-purged-limit", done = done, most = LOOKED_AT),
        false => done,
    };
    say(ctx, Audience::Everyone, &done).await
}

/// The newest messages that are to go, from before the command itself; and how many were looked at.
async fn find(
    ctx: Context<'_>,
    count: usize,
    member: Option<UserId>,
) -> Result<(Vec<MessageId>, usize), Rejection> {
    let now = ctx.data().clock().now().as_seconds();
    let (mut found, mut looked_at) = (Vec::new(), 0);
    let mut before = serenity::MessageId::new(ctx.id());
    while found.len() < count && looked_at < LOOKED_AT {
        let page = GetMessages::new().before(before).limit(PAGE);
        let page = ctx.channel_id().messages(ctx.http(), page).await;
        let page = page.context("reading the messages to clear")?;
        let Some(oldest) = page.last() else { break };
        before = oldest.id;
        looked_at += page.len();
        let young =
            |message: &&serenity::Message| now - message.timestamp.unix_timestamp() < OLDEST;
        let is_end = page.len() < usize::from(PAGE) || !page.iter().all(|it| young(&it));
        let theirs = page.iter().filter(young).filter(|message| {
            let author = UserId(message.author.id.get());
            !message.pinned && member.is_none_or(|member| member == author)
        });
        found.extend(theirs.map(|message| MessageId(message.id.get())));
        if is_end {
            break;
        }
    }
    found.truncate(count);
    Ok((found, looked_at))
}

#[poise::command(prefix_command, slash_command, guild_only, category = "moderation")]
async fn slowmode(ctx: Context<'_>, #[rest] pause: String) -> Result<(), Rejection> {
    let scene = moderating(ctx, Permissions::MANAGE_CHANNELS).await?;
    let words = pause.trim();
    let length = match words.to_lowercase().as_str() {
        "off" | "non" | "0" => std::time::Duration::ZERO,
        _ => parse_duration(words)
            .filter(|length| length.as_secs() <= LONGEST_SLOWMODE)
            .ok_or_else(|| Refusal(text!("refused-slowmode", words = words)))?,
    };
    let channel = ChannelId(ctx.channel_id().get());
    ctx.data()
        .store
        .write(order(ctx), move |tx| {
            rules::slow(tx, &scene, channel, length)
        })
        .await?;
    let done = match length.is_zero() {
        true => Text::new("raid-slowmode-off"),
        false => text!("raid-slowmode", length = duration_text(length)),
    };
    say(ctx, Audience::Everyone, &done).await
}

/// The scene of a moderator, where the bot may do what is wanted.
async fn moderating(ctx: Context<'_>, needed: Permissions) -> Result<Scene, Rejection> {
    let scene = scene(ctx).await?;
    let guild = scene.guild;
    let set = ctx
        .data()
        .store
        .read(move |reader| settings::of(reader, guild))
        .await?;
    if !set.is_moderator(&scene.actor) {
        return Err(settings::rules::moderators_only().into());
    }
    if lacks(ctx, needed) {
        let permission = needed.get_permission_names().join(", ");
        return Err(Refusal(text!("refused-lacking-permission", permission = permission)).into());
    }
    Ok(scene)
}

/// Whether the bot may not, by what the gateway told; of a thread it tells too little, and Discord is asked.
fn lacks(ctx: Context<'_>, needed: Permissions) -> bool {
    let me = ctx.cache().current_user().id;
    let guild = ctx.guild_id().and_then(|guild| ctx.cache().guild(guild));
    guild.is_some_and(|guild| {
        match (
            guild.channels.get(&ctx.channel_id()),
            guild.members.get(&me),
        ) {
            (Some(channel), Some(member)) => {
                !guild.user_permissions_in(channel, member).contains(needed)
            }
            _ => false,
        }
    })
}
