//! What the settings listen to: a log channel that is gone.

use std::sync::Arc;

use futures::future::BoxFuture;
use poise::serenity_prelude as serenity;
use serenity::FullEvent;

use super::rules;
use crate::discord::{Happening, House};
use crate::model::{ChannelId, Effect, GuildId, Rejection, UserId};
use crate::store::Order;

/// Discord's error codes for a channel that is gone or closed: unknown channel, missing access, missing permissions.
const CHANNEL_LOST: [isize; 3] = [10003, 50001, 50013];

/// The cog's listener.
pub fn listen<'a>(
    house: &'a Arc<House>,
    happening: &'a Happening<'a>,
) -> BoxFuture<'a, Result<(), Rejection>> {
    Box::pin(async move {
        match happening {
            Happening::Event {
                ctx,
                event: FullEvent::ChannelDelete { channel, .. },
            } => {
                lost(
                    house,
                    &ctx.http,
                    GuildId(channel.guild_id.get()),
                    ChannelId(channel.id.get()),
                )
                .await
            }
            Happening::Refused {
                http,
                effect: Effect::LogPost { guild, channel, .. },
                code,
                ..
            } if CHANNEL_LOST.contains(code) => lost(house, http, *guild, *channel).await,
            _ => Ok(()),
        }
    })
}

async fn lost(
    house: &Arc<House>,
    http: &serenity::Http,
    guild: GuildId,
    channel: ChannelId,
) -> Result<(), Rejection> {
    let settings = house
        .store
        .read(move |reader| super::register::of(reader, guild))
        .await?;
    if settings.usable_log_channel() != Some(channel) {
        return Ok(());
    }
    let owner = serenity::GuildId::new(guild.0)
        .to_partial_guild(http)
        .await
        .map_err(|error| anyhow::Error::new(error).context("looking up who owns the guild"))?
        .owner_id;
    let order = Order {
        guild: Some(guild),
        ..Order::default()
    };
    let locale = house.config.locale;
    house
        .store
        .write(order, move |tx| {
            rules::log_channel_lost(tx, guild, channel, UserId(owner.get()), locale)
        })
        .await?;
    Ok(())
}
