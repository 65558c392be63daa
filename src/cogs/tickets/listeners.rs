//! What tickets listen to: messages, and what becomes of them; channels that are gone; what Discord says of our own acts.
//!
//! A message is kept the moment it arrives, before anything else is done with it.

use std::sync::Arc;

use futures::future::BoxFuture;
use poise::serenity_prelude as serenity;
use serenity::FullEvent;

use super::working::{self, say};
use super::{arranging, catching_up, closing, ending, files, reach, rules};
use crate::cogs::conversations::rules::{self as conversations, Incoming, Received};
use crate::cogs::conversations::{Cause, Conversation, Sender, look, public_id};
use crate::cogs::settings;
use crate::discord::{Happening, House};
use crate::model::{
    ChannelId, Effect, GuildId, Made, MessageId, Rejection, Text, Timestamp, UserId,
};
use crate::store::{Order, Tx};

/// The cog's listener.
pub(super) fn listen<'a>(
    house: &'a Arc<House>,
    happening: &'a Happening<'a>,
) -> BoxFuture<'a, Result<(), Rejection>> {
    Box::pin(async move {
        match happening {
            Happening::Event { ctx, event } => heard(house, ctx, event).await,
            Happening::Done {
                effect, tag, made, ..
            } => done(house, effect, tag, *made).await,
            Happening::Refused {
                effect,
                tag: Some(tag),
                code,
                ..
            } => refused(house, effect, tag, *code).await,
            _ => Ok(()),
        }
    })
}

async fn heard(
    house: &Arc<House>,
    ctx: &serenity::Context,
    event: &FullEvent,
) -> Result<(), Rejection> {
    match event {
        FullEvent::Message { new_message } if new_message.guild_id.is_some() => {
            arrived(house, new_message).await
        }
        FullEvent::MessageUpdate { event, .. } => edited(house, ctx, event).await,
        FullEvent::MessageDelete {
            channel_id,
            deleted_message_id,
            ..
        } => deleted(house, *channel_id, &[*deleted_message_id]).await,
        FullEvent::MessageDeleteBulk {
            channel_id,
            multiple_deleted_messages_ids,
            ..
        } => deleted(house, *channel_id, multiple_deleted_messages_ids).await,
        FullEvent::ChannelDelete { channel, .. } => {
            vanished(house, ChannelId(channel.id.get())).await
        }
        FullEvent::ThreadDelete { thread, .. } => vanished(house, ChannelId(thread.id.get())).await,
        FullEvent::GuildCreate { guild, .. } => {
            let guild = GuildId(guild.id.get());
            let caught_up = catching_up::catch_up(house, ctx, guild).await;
            // Also after trouble: what is due would wait for ever.
            house.seen.know(guild);
            house.due.wake();
            caught_up
        }
        FullEvent::GuildDelete { incomplete, .. } => {
            house.seen.lose(GuildId(incomplete.id.get()));
            Ok(())
        }
        _ => Ok(()),
    }
}

/// The order of something that nobody commands.
pub(super) fn own_order(guild: GuildId) -> Order {
    Order {
        guild: Some(guild),
        ..Order::default()
    }
}

async fn arrived(house: &Arc<House>, message: &serenity::Message) -> Result<(), Rejection> {
    let channel = ChannelId(message.channel_id.get());
    match reach::ticket_in(house, channel).await? {
        Some(conversation) => keep(house, &conversation, message).await,
        None => Ok(()),
    }
}

/// Keeps a message of a ticket, then its files.
pub(super) async fn keep(
    house: &Arc<House>,
    conversation: &Conversation,
    message: &serenity::Message,
) -> Result<(), Rejection> {
    // Discord's own lines ("… added … to the thread") are nobody's words.
    let is_written = matches!(
        message.kind,
        serenity::MessageType::Regular | serenity::MessageType::InlineReply
    );
    if !is_written {
        return Ok(());
    }
    let guild = conversation.guild;
    let sender = UserId(message.author.id.get());
    let sender_type = match message.author.bot {
        true => Sender::System,
        false if conversation.is_theirs(sender) => Sender::User,
        false => Sender::Agent,
    };
    let created_at = Timestamp(message.timestamp.timestamp_millis());
    let incoming = Incoming {
        conversation: conversation.number,
        id: public_id::new(created_at),
        sender,
        sender_name: message.author.display_name().to_owned(),
        sender_type,
        content: reach::words(message),
        created_at,
        discord: Some(MessageId(message.id.get())),
        attachments: files::listed(message),
    };
    let hall = reach::hall(house, guild)?;
    let (conversation, order) = (conversation.clone(), own_order(guild));
    house
        .store
        .write(order, move |tx| {
            let received = conversations::receive(tx, guild, incoming)?;
            if let Received::Kept {
                called_off: true, ..
            } = received
            {
                let settings = settings::of(tx, guild)?;
                let words = Text::new("tickets-called-off");
                say(tx, &hall, &settings, &conversation, words)?;
            }
            Ok(received)
        })
        .await?;
    match message.attachments.is_empty() {
        true => Ok(()),
        false => files::keep(house, guild, message).await,
    }
}

async fn edited(
    house: &Arc<House>,
    ctx: &serenity::Context,
    event: &serenity::MessageUpdateEvent,
) -> Result<(), Rejection> {
    let channel = ChannelId(event.channel_id.get());
    let Some(conversation) = reach::ticket_in(house, channel).await? else {
        return Ok(());
    };
    // What an update leaves out has not changed; the message itself says all.
    let message = match event.channel_id.message(&ctx.http, event.id).await {
        Ok(message) => message,
        // Gone already: its deletion is told as well.
        Err(_) => return Ok(()),
    };
    update(house, &conversation, &message).await
}

/// Keeps what a message says now; one that was never heard of is kept whole.
pub(super) async fn update(
    house: &Arc<House>,
    conversation: &Conversation,
    message: &serenity::Message,
) -> Result<(), Rejection> {
    let discord = MessageId(message.id.get());
    let known = house
        .store
        .read(move |reader| look::message(reader, discord))
        .await?;
    let Some(known) = known else {
        return keep(house, conversation, message).await;
    };
    let content = reach::words(message);
    if known.content == content {
        return Ok(());
    }
    let at = message.edited_timestamp.map_or_else(
        || house.clock().now(),
        |at| Timestamp(at.timestamp_millis()),
    );
    house
        .store
        .write(own_order(conversation.guild), move |tx| {
            conversations::edit(tx, discord, &content, at)
        })
        .await?;
    Ok(())
}

async fn deleted(
    house: &Arc<House>,
    channel: serenity::ChannelId,
    messages: &[serenity::MessageId],
) -> Result<(), Rejection> {
    let Some(conversation) = reach::ticket_in(house, ChannelId(channel.get())).await? else {
        return Ok(());
    };
    for message in messages {
        let discord = MessageId(message.get());
        house
            .store
            .write(own_order(conversation.guild), move |tx| {
                conversations::delete(tx, discord)
            })
            .await?;
    }
    Ok(())
}

/// A ticket whose channel is gone is over; its history is here.
pub(super) async fn vanished(house: &Arc<House>, channel: ChannelId) -> Result<(), Rejection> {
    match reach::ticket_in(house, channel).await? {
        Some(conversation) if !conversation.is_closed() => {
            let guild = conversation.guild;
            let hall = reach::hall(house, guild)?;
            let (number, order) = (conversation.number, own_order(guild));
            let closed = closing::close(house, &hall, order, number, Cause::Vanished, "").await;
            match closed {
                // Told twice, as after a start; the other one closed it.
                Err(Rejection::Refused(_)) if is_over(house, channel).await? => Ok(()),
                closed => closed,
            }
        }
        _ => Ok(()),
    }
}

async fn is_over(house: &Arc<House>, channel: ChannelId) -> Result<bool, Rejection> {
    let ticket = reach::ticket_in(house, channel).await?;
    Ok(ticket.is_none_or(|conversation| conversation.is_closed()))
}

/// The guild and the rest of one of our tags: what it was, and its number.
fn read_tag<'a>(effect: &Effect, tag: &'a str) -> Option<(GuildId, &'a str, u32)> {
    let mut parts = tag.strip_prefix("tickets:")?.split(':');
    let (what, number) = (parts.next()?, parts.next()?.parse().ok()?);
    let guild = match effect {
        Effect::CreateChannel { guild, .. }
        | Effect::CreateThread { guild, .. }
        | Effect::EditChannel { guild, .. }
        | Effect::DeleteChannel { guild, .. }
        | Effect::ChannelPost { guild, .. } => *guild,
        _ => return None,
    };
    Some((guild, what, number))
}

async fn done(house: &Arc<House>, effect: &Effect, tag: &str, made: Made) -> Result<(), Rejection> {
    let Some((guild, what, number)) = read_tag(effect, tag) else {
        return Ok(());
    };
    let hall = reach::hall(house, guild)?;
    let order = own_order(guild);
    let store = &house.store;
    match (what, made) {
        ("place", Made::Channel(channel)) => {
            let rule = move |tx: &mut Tx<'_>| rules::placed(tx, &hall, number, channel);
            store.write(order, rule).await?;
        }
        ("ended", _) => {
            let rule = move |tx: &mut Tx<'_>| ending::put_away(tx, &hall, number);
            store.write(order, rule).await?;
        }
        ("panel", Made::Message { channel, message }) => {
            let rule =
                move |tx: &mut Tx<'_>| arranging::panel_posted(tx, guild, number, channel, message);
            store.write(order, rule).await?;
        }
        _ => {}
    }
    Ok(())
}

async fn refused(
    house: &Arc<House>,
    effect: &Effect,
    tag: &str,
    code: isize,
) -> Result<(), Rejection> {
    let Some((guild, what, number)) = read_tag(effect, tag) else {
        return Ok(());
    };
    let hall = reach::hall(house, guild)?;
    let order = own_order(guild);
    match what {
        "place" => {
            let rule = move |tx: &mut Tx<'_>| rules::not_placed(tx, &hall, number, code);
            house.store.write(order, rule).await?;
        }
        "changed" => {
            let effect = effect.clone();
            let rule = move |tx: &mut Tx<'_>| working::not_changed(tx, &hall, number, effect, code);
            house.store.write(order, rule).await?;
        }
        // The last words can't be said; the channel is put away all the same.
        "ended" => {
            let rule = move |tx: &mut Tx<'_>| ending::put_away(tx, &hall, number);
            house.store.write(order, rule).await?;
        }
        _ => {}
    }
    Ok(())
}
