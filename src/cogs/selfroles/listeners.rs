//! What menus listen to: their messages posted, edited or gone, and roles that are gone.

use std::sync::Arc;

use futures::future::BoxFuture;
use poise::serenity_prelude as serenity;
use serenity::FullEvent;

use super::register;
use super::rules;
use crate::discord::{Happening, House};
use crate::model::{ChannelId, Effect, GuildId, Made, MessageId, Rejection, RoleId, UserId};
use crate::store::Order;

/// The cog's listener.
pub fn listen<'a>(
    house: &'a Arc<House>,
    happening: &'a Happening<'a>,
) -> BoxFuture<'a, Result<(), Rejection>> {
    Box::pin(async move {
        match happening {
            Happening::Event { event, .. } => hear(house, event).await,
            Happening::Done {
                effect, tag, made, ..
            } => done(house, effect, tag, *made).await,
            Happening::Refused {
                effect,
                tag: Some(tag),
                ..
            } => refused(house, effect, tag).await,
            Happening::Refused { .. } => Ok(()),
        }
    })
}

async fn hear(house: &Arc<House>, event: &FullEvent) -> Result<(), Rejection> {
    match event {
        FullEvent::MessageDelete {
            deleted_message_id,
            guild_id: Some(guild),
            ..
        } => messages_gone(house, *guild, &[*deleted_message_id]).await,
        FullEvent::MessageDeleteBulk {
            multiple_deleted_messages_ids,
            guild_id: Some(guild),
            ..
        } => messages_gone(house, *guild, multiple_deleted_messages_ids).await,
        FullEvent::ChannelDelete { channel, .. } => {
            let guild = GuildId(channel.guild_id.get());
            let channel = ChannelId(channel.id.get());
            let found = house
                .store
                .read(move |reader| register::in_channel(reader, guild, channel))
                .await?;
            vanished(house, guild, found).await
        }
        FullEvent::GuildRoleDelete {
            guild_id,
            removed_role_id,
            ..
        } => {
            let (guild, role) = (GuildId(guild_id.get()), RoleId(removed_role_id.get()));
            let locale = house.config.locale;
            house
                .store
                .write(order(guild), move |tx| {
                    rules::role_deleted(tx, guild, role, locale)
                })
                .await?;
            Ok(())
        }
        _ => Ok(()),
    }
}

fn order(guild: GuildId) -> Order {
    Order {
        guild: Some(guild),
        ..Order::default()
    }
}

async fn messages_gone(
    house: &Arc<House>,
    guild: serenity::GuildId,
    messages: &[serenity::MessageId],
) -> Result<(), Rejection> {
    let guild = GuildId(guild.get());
    let messages: Vec<MessageId> = messages.iter().map(|id| MessageId(id.get())).collect();
    let found = house
        .store
        .read(move |reader| {
            let menus = messages
                .iter()
                .map(|message| register::in_message(reader, guild, *message));
            let menus: Result<Vec<Option<u32>>, _> = menus.collect();
            Ok(menus?.into_iter().flatten().collect())
        })
        .await?;
    vanished(house, guild, found).await
}

async fn vanished(house: &Arc<House>, guild: GuildId, menus: Vec<u32>) -> Result<(), Rejection> {
    if !menus.is_empty() {
        house
            .store
            .write(order(guild), move |tx| rules::vanished(tx, guild, &menus))
            .await?;
    }
    Ok(())
}

/// The menu that a tag names, and who asked for its message.
fn read_tag(tag: &str) -> Option<(u32, Option<UserId>)> {
    let mut words = tag.strip_prefix("selfroles:")?.split(':');
    let number = words.next()?.parse().ok()?;
    Some((number, words.next().and_then(|asker| asker.parse().ok())))
}

async fn done(house: &Arc<House>, effect: &Effect, tag: &str, made: Made) -> Result<(), Rejection> {
    let Some((number, _)) = read_tag(tag) else {
        return Ok(());
    };
    match (effect, made) {
        (Effect::ChannelPost { guild, post, .. }, Made::Message { channel, message }) => {
            let (guild, post) = (*guild, post.clone());
            house
                .store
                .write(order(guild), move |tx| {
                    rules::posted(tx, guild, number, (channel, message), &post)
                })
                .await?;
            Ok(())
        }
        // What was to be edited is gone.
        (Effect::EditPost { guild, message, .. }, Made::Nothing) => {
            let message = serenity::MessageId::new(message.0);
            messages_gone(house, serenity::GuildId::new(guild.0), &[message]).await
        }
        _ => Ok(()),
    }
}

async fn refused(house: &Arc<House>, effect: &Effect, tag: &str) -> Result<(), Rejection> {
    let (
        Some((number, asker)),
        Effect::ChannelPost {
            guild,
            channel,
            post,
        },
    ) = (read_tag(tag), effect)
    else {
        return Ok(());
    };
    if let Some(asker) = asker {
        let (guild, channel, locale) = (*guild, *channel, post.locale);
        house
            .store
            .write(order(guild), move |tx| {
                rules::not_posted(tx, guild, number, channel, asker, locale)
            })
            .await?;
    }
    Ok(())
}
