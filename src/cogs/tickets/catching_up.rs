//! What happened in tickets while the bot was away: messages that were written, changed or deleted, channels that are gone,
//! files that did not arrive.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use poise::serenity_prelude as serenity;
use serenity::GetMessages;

use super::{files, listeners, reach};
use crate::cogs::conversations::{Conversation, Message, look, rules as conversations};
use crate::discord::{House, patiently};
use crate::model::{ChannelId, GuildId, MessageId, Rejection};
use crate::store::Tx;

/// How many messages Discord gives at once (its limit).
const PAGE: u8 = 100;
/// How many pages of a ticket's known messages are compared with what Discord shows now: the 2,000 newest.
const MOST_PAGES: u32 = 20;
/// Discord's code for a channel that is gone.
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

/// Compares what is kept with what Discord shows now; then keeps what was written behind the newest message that is known,
/// page by page until there is no more. Returns how many are new.
async fn missed(
    house: &Arc<House>,
    ctx: &serenity::Context,
    conversation: &Conversation,
    channel: ChannelId,
) -> Result<usize> {
    let (guild, number) = (conversation.guild, conversation.number);
    let id = serenity::ChannelId::new(channel.0);
    let kept = house
        .store
        .read(move |reader| look::messages(reader, guild, number))
        .await?;
    let kept: BTreeMap<u64, Message> = kept
        .into_iter()
        .filter(|message| message.deleted_at.is_none())
        .filter_map(|message| Some((message.discord?.0, message)))
        .collect();
    let newest = house
        .store
        .read(move |reader| look::newest_on_discord(reader, guild, number))
        .await?;
    if let Some(newest) = newest {
        compare(house, ctx, conversation, id, &kept, newest.0).await?;
    }
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

/// Discord tells nobody afterwards what was changed or deleted: from the newest message that is known to the oldest, page by
/// page, each is looked at. `kept` has those that are not known to be deleted, by Discord's ids.
async fn compare(
    house: &Arc<House>,
    ctx: &serenity::Context,
    conversation: &Conversation,
    channel: serenity::ChannelId,
    kept: &BTreeMap<u64, Message>,
    newest: u64,
) -> Result<()> {
    let oldest = kept.keys().next().copied().unwrap_or(newest);
    let mut upper = newest;
    for _ in 0..MOST_PAGES {
        let wanted = GetMessages::new()
            .before(serenity::MessageId::new(upper + 1))
            .limit(PAGE);
        let page = patiently(|| channel.messages(&ctx.http, wanted))
            .await
            .context("reading a ticket's channel")?;
        let shown: BTreeMap<u64, &serenity::Message> = page
            .iter()
            .map(|message| (message.id.get(), message))
            .collect();
        // Discord gave less than a page: it has nothing older, and what is not shown is gone.
        let lower = match page.len() < usize::from(PAGE) {
            true => 0,
            false => shown.keys().next().copied().unwrap_or(0),
        };
        for (id, before) in kept.range(lower..=upper) {
            let now = shown.get(id).copied();
            settle(house, conversation, before, MessageId(*id), now).await?;
        }
        // Events are handled side by side: one before the newest may have been lost with the process.
        for message in shown.iter().filter(|(id, _)| !kept.contains_key(id)) {
            listeners::keep(house, conversation, message.1).await?;
        }
        if lower <= oldest {
            return Ok(());
        }
        upper = lower - 1;
    }
    let ticket = conversation.number;
    tracing::info!(
        event = "ticket_compared_in_part",
        ticket,
        pages = MOST_PAGES
    );
    Ok(())
}

/// Keeps what a message says `now` if that is something else, or notes that it is gone.
async fn settle(
    house: &Arc<House>,
    conversation: &Conversation,
    before: &Message,
    id: MessageId,
    now: Option<&serenity::Message>,
) -> Result<(), Rejection> {
    match now {
        Some(now) if reach::words(now) == before.content => {}
        Some(now) => listeners::update(house, conversation, now).await?,
        None => {
            let order = listeners::own_order(conversation.guild);
            let rule = move |tx: &mut Tx<'_>| conversations::delete(tx, id);
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
