//! What tells that a guild was left, or that the bot is back: the gateway's events, and its list at each log-in.

use std::sync::Arc;

use anyhow::Result;
use futures::future::BoxFuture;
use poise::serenity_prelude as serenity;
use serenity::FullEvent;

use super::register;
use super::rules::{self, Told};
use crate::discord::{Happening, House};
use crate::model::{GuildId, Rejection};
use crate::store::Order;

/// The cog's listener.
pub(super) fn listen<'a>(
    house: &'a Arc<House>,
    happening: &'a Happening<'a>,
) -> BoxFuture<'a, Result<(), Rejection>> {
    Box::pin(async move {
        let Happening::Event { ctx, event } = happening else {
            return Ok(());
        };
        match event {
            FullEvent::GuildDelete { incomplete, full } => {
                let name = full.as_ref().map(|guild| guild.name.clone());
                settle(house, &ctx.cache, GuildId(incomplete.id.get()), name).await
            }
            FullEvent::GuildCreate { guild, .. } => {
                settle(house, &ctx.cache, GuildId(guild.id.get()), None).await
            }
            // The list at log-in names every guild that the bot is in: what happened while it was away shows now.
            FullEvent::Ready { .. } => {
                let registers = house.store.registers().clone();
                let known = house
                    .store
                    .read(move |reader| reader.known_guilds(&registers));
                for guild in known.await? {
                    settle(house, &ctx.cache, guild, None).await?;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    })
}

/// Writes down whether the bot is in this guild. What counts is how it stands now, not the event: events are handled side by
/// side, and an older one may come last. A guild that is only out of sight (an outage) is among the unavailable ones.
async fn settle(
    house: &Arc<House>,
    cache: &serenity::Cache,
    guild: GuildId,
    name: Option<String>,
) -> Result<(), Rejection> {
    let id = serenity::GuildId::new(guild.0);
    let is_here = cache.guild(id).is_some() || cache.unavailable_guilds().get(&id).is_some();
    match is_here {
        true => returned(house, guild).await,
        false => left(house, guild, name).await,
    }
}

async fn left(house: &Arc<House>, guild: GuildId, name: Option<String>) -> Result<(), Rejection> {
    let told = told(house);
    let is_news = house
        .store
        .write(order(guild), move |tx| rules::left(tx, guild, name, &told))
        .await?
        .value;
    if is_news {
        tracing::info!(event = "guild_left", guild = %guild);
    }
    Ok(())
}

async fn returned(house: &Arc<House>, guild: GuildId) -> Result<(), Rejection> {
    let departed = house
        .store
        .read(move |reader| register::of(reader, guild))
        .await?;
    if departed.is_none() {
        return Ok(());
    }
    let is_news = house
        .store
        .write(order(guild), move |tx| rules::returned(tx, guild))
        .await?
        .value;
    if is_news {
        tracing::info!(event = "guild_returned", guild = %guild);
    }
    Ok(())
}

/// Forgets the guilds whose time is over.
pub(super) fn forget(house: &Arc<House>) -> BoxFuture<'_, Result<()>> {
    Box::pin(async move {
        let now = house.clock().now();
        let due = house
            .store
            .read(move |reader| register::due(reader, now))
            .await?;
        for departure in due {
            let (guild, told) = (departure.guild, told(house));
            let forgotten = house
                .store
                .write(order(guild), move |tx| rules::forget(tx, guild, &told))
                .await;
            match forgotten {
                Ok(_) => tracing::info!(event = "guild_forgotten", guild = %guild),
                Err(Rejection::Failed(error)) => return Err(error),
                Err(_) => {}
            }
        }
        Ok(())
    })
}

fn told(house: &House) -> Told {
    Told {
        owners: house.owners.get().into_iter().flatten().copied().collect(),
        locale: house.config.locale,
    }
}

fn order(guild: GuildId) -> Order {
    Order {
        guild: Some(guild),
        ..Order::default()
    }
}
