//! From Discord to what the rules of tickets need: the hall, and names for people and messages.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use poise::serenity_prelude as serenity;
use serenity::Permissions;

use super::hall::Hall;
use crate::cogs::conversations::{Conversation, look};
use crate::discord::{self, Context, House};
use crate::model::{ChannelId, GuildId, Refusal, Rejection, RoleId, UserId};

/// How long somebody who opens a ticket waits to be told where it is: Discord waits for at most three seconds.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// The guild as the gateway last described it.
pub(super) fn hall(house: &House, guild: GuildId) -> Result<Hall> {
    let cache = house.seen.cache().context("not connected yet")?;
    let greffier = UserId(cache.current_user().id.get());
    let view = cache
        .guild(serenity::GuildId::new(guild.0))
        .context("the guild has not been received from the gateway yet")?;
    let mut moderators: Vec<RoleId> = view
        .roles
        .values()
        // @everyone has the guild's own id; bots' own roles are nobody's.
        .filter(|role| role.id.get() != guild.0 && !role.managed)
        .filter(|role| role.permissions.contains(Permissions::MODERATE_MEMBERS))
        .map(|role| RoleId(role.id.get()))
        .collect();
    moderators.sort_unstable();
    Ok(Hall {
        guild,
        guild_name: view.name.clone(),
        greffier,
        moderators,
        zone: house.config.timezone,
        locale: house.config.locale,
    })
}

/// The hall that a command is given in.
pub(super) fn hall_here(ctx: Context<'_>) -> Result<Hall, Rejection> {
    Ok(hall(ctx.data(), discord::here(ctx)?)?)
}

/// The ticket that a command means: the one with this number, or the one it is given in.
pub(super) async fn number(ctx: Context<'_>, number: Option<u32>) -> Result<u32, Rejection> {
    if let Some(number) = number {
        return Ok(number);
    }
    let channel = ChannelId(ctx.channel_id().get());
    let found = ticket_in(ctx.data(), channel).await?;
    match found {
        Some(conversation) => Ok(conversation.number),
        None => Err(Refusal::new("refused-no-ticket-here").into()),
    }
}

/// The ticket whose channel this is.
pub(super) async fn ticket_in(house: &House, channel: ChannelId) -> Result<Option<Conversation>> {
    house
        .store
        .read(move |reader| look::in_channel(reader, channel))
        .await
}

/// Waits a moment for a ticket's channel; `None` when it takes longer.
pub(super) async fn channel_of(
    house: &Arc<House>,
    guild: GuildId,
    number: u32,
) -> Result<Option<ChannelId>> {
    let mut commits = house.store.committed();
    let look = async {
        loop {
            commits.mark_unchanged();
            let found = house
                .store
                .read(move |reader| look::find(reader, guild, number))
                .await?;
            if let Some(channel) = found.and_then(|it| it.channel) {
                return Ok(Some(channel));
            }
            if commits.changed().await.is_err() {
                return Ok(None);
            }
        }
    };
    tokio::time::timeout(PATIENCE, look)
        .await
        .unwrap_or(Ok(None))
}

/// What a message says, with what its embeds say below.
pub(super) fn words(message: &serenity::Message) -> String {
    let mut words = message.content.clone();
    let mut add = |line: &str| {
        if !words.is_empty() {
            words.push('\n');
        }
        words.push_str(line);
    };
    for embed in &message.embeds {
        // A link's preview is not what somebody wrote.
        if embed.kind.as_deref().is_some_and(|kind| kind != "rich") {
            continue;
        }
        embed.title.iter().for_each(|title| add(title));
        embed.description.iter().for_each(|words| add(words));
        for field in &embed.fields {
            add(&format!("{}: {}", field.name, field.value));
        }
    }
    words
}
