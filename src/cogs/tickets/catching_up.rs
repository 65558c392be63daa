//! What happened in tickets while the bot was away: messages that were written, changed or deleted, channels that are gone,
//! files that did not arrive.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use poise::serenity_prelude as serenity;
use serenity::GetMessages;

use super::{files, listeners};
use crate::cogs::conversations::{Conversation, look};
use crate::discord::{House, patiently};
use crate::model::{ChannelId, GuildId, MessageId, Rejection};
use crate::store::Tx;

/// How many messages Discord gives at once (its limit).
const PAGE: u8 = 100;
/// Discord's codes for a channel that is gone, or closed to the bot.
const GONE: isize = 10003;

/// Looks through all tickets of a guild in which people can write.
pub(super) async fn catch_up(
    house: &Arc<House>,
    ctx: &serenity::Context,
    guild: GuildId,
) -> Result<(), Rejection> {
    let active = house
        .store
        .read(move |reader| look::active(reader, guild))
        .await?;
    let mut fetched = 0;
    for conversation in active {
        let Some(channel) = conversation.channel else {
            continue;
        };
        match missed(house, ctx, &conversation, channel).await {
            Ok(count) => fetched += count,
            Err(error) if is_gone(&error) => listeners::vanished(house, channel).await?,
            // One channel's trouble is not another's.
            Err(error) => {
                tracing::warn!(event = "ticket_not_read", ticket = conversation.number, error = %format!("{error:#}"));
            }
        }
    }
    if fetched > 0 {
        tracing::info!(event = "messages_fetched", count = fetched);
    }
    missing_files(house, ctx, guild).await
}

fn is_gone(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        matches!(
            cause.downcast_ref::<serenity::Error>(),
            Some(serenity::Error::Http(serenity::HttpError::UnsuccessfulRequest(response)))
                if response.error.code == GONE
        )
    })
}

/// Keeps what was written behind the newest message that is known, page by page until there is no more; then compares
/// the newest ones with what is kept. Returns how many are new.
async fn missed(
    house: &Arc<House>,
    ctx: &serenity::Context,
    conversation: &Conversation,
    channel: ChannelId,
) -> Result<usize> {
    let (guild, number) = (conversation.guild, conversation.number);
    let id = serenity::ChannelId::new(channel.0);
    let newest = house
        .store
        .read(move |reader| look::newest_on_discord(reader, guild, number))
        .await?;
    changed(house, ctx, conversation, id, newest).await?;
    let mut after = newest.unwrap_or(MessageId(1));
    let mut count = 0;
    loop {
        let wanted = GetMessages::new()
            .after(serenity::MessageId::new(after.0))
            .limit(PAGE);
        let mut page = patiently(|| id.messages(&ctx.http, wanted))
            .await
            .context("reading a ticket's channel")?;
        page.sort_by_key(|message| message.id);
        for message in &page {
            listeners::keep(house, conversation, message).await?;
            after = MessageId(message.id.get());
            count += 1;
        }
        if page.is_empty() {
            return Ok(count);
        }
    }
}

/// Compares the newest known messages with what Discord shows now.
async fn changed(
    house: &Arc<House>,
    ctx: &serenity::Context,
    conversation: &Conversation,
    channel: serenity::ChannelId,
    newest: Option<MessageId>,
) -> Result<()> {
    let Some(newest) = newest else { return Ok(()) };
    let wanted = GetMessages::new()
        .before(serenity::MessageId::new(newest.0 + 1))
        .limit(PAGE);
    let page = patiently(|| channel.messages(&ctx.http, wanted))
        .await
        .context("reading a ticket's channel")?;
    let shown: BTreeMap<u64, &serenity::Message> = page
        .iter()
        .map(|message| (message.id.get(), message))
        .collect();
    for message in &page {
        listeners::update(house, conversation, message).await?;
    }
    // Discord gave less than a page: it has nothing older, and what is not shown is gone.
    let oldest = match page.len() < usize::from(PAGE) {
        true => 0,
        false => shown.keys().next().copied().unwrap_or(0),
    };
    let (guild, number) = (conversation.guild, conversation.number);
    let kept = house
        .store
        .read(move |reader| look::messages(reader, guild, number))
        .await?;
    for message in kept {
        let Some(discord) = message.discord.filter(|_| message.deleted_at.is_none()) else {
            continue;
        };
        if (oldest..=newest.0).contains(&discord.0) && !shown.contains_key(&discord.0) {
            let order = listeners::own_order(guild);
            let rule =
                move |tx: &mut Tx<'_>| crate::cogs::conversations::rules::delete(tx, discord);
            house.store.write(order, rule).await?;
        }
    }
    Ok(())
}

/// Fetches the files whose bytes did not arrive, with the new addresses that Discord gives.
async fn missing_files(
    house: &Arc<House>,
    ctx: &serenity::Context,
    guild: GuildId,
) -> Result<(), Rejection> {
    let waiting = house
        .store
        .read(move |reader| {
            let messages = look::missing_files(reader, guild)?;
            let place = |message: MessageId| {
                let kept = look::message(reader, message)?;
                let number = kept.map(|kept| kept.conversation);
                let conversation = match number {
                    Some(number) => look::find(reader, guild, number)?,
                    None => None,
                };
                Ok(conversation
                    .and_then(|it| it.channel)
                    .map(|channel| (channel, message)))
            };
            let places: Result<Vec<_>> = messages.into_iter().map(place).collect();
            Ok(places?.into_iter().flatten().collect::<Vec<_>>())
        })
        .await?;
    for (channel, message) in waiting {
        let channel = serenity::ChannelId::new(channel.0);
        if let Ok(message) = channel.message(&ctx.http, message.0).await {
            files::keep(house, guild, &message).await?;
        }
    }
    Ok(())
}
