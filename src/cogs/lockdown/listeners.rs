//! What lockdowns listen to: channels that are gone, and what Discord would not have done.

use std::sync::Arc;

use futures::future::BoxFuture;
use poise::serenity_prelude as serenity;
use serenity::FullEvent;

use super::{keeping, register};
use crate::discord::{Happening, House};
use crate::model::{ChannelId, Effect, GuildId, Rejection};

/// The cog's listener.
pub fn listen<'a>(
    house: &'a Arc<House>,
    happening: &'a Happening<'a>,
) -> BoxFuture<'a, Result<(), Rejection>> {
    Box::pin(async move {
        match happening {
            Happening::Event {
                event: FullEvent::ChannelDelete { channel, .. },
                ..
            } => {
                let (guild, channel) = (channel.guild_id.get(), channel.id.get());
                deleted(house, GuildId(guild), ChannelId(channel)).await
            }
            Happening::Refused {
                effect: Effect::Lock { guild, channel },
                code,
                ..
            } => Ok(keeping::refused(house, *guild, *channel, *code).await?),
            _ => Ok(()),
        }
    })
}

async fn deleted(house: &Arc<House>, guild: GuildId, channel: ChannelId) -> Result<(), Rejection> {
    let known = house
        .store
        .read(move |reader| register::of(reader, guild, channel))
        .await?;
    match known {
        Some(_) => Ok(keeping::gone(house, guild, channel).await?),
        None => Ok(()),
    }
}
