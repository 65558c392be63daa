//! What is written: direct messages, posts in channels, and new words for those that stand.

use std::sync::Arc;
use std::time::Duration;

use poise::serenity_prelude as serenity;
use serenity::{
    CreateAllowedMentions, CreateAttachment, CreateEmbedFooter, CreateMessage, EditMessage, Nonce,
};

use crate::discord::patience::{Verdict, verdict};
use crate::discord::{House, buttons, embed};
use crate::model::{ChannelId, Effect, Made, MessageId, Post, Timestamp, UserId, Whom};
use crate::store::outbox::Pending;

/// For this long Discord drops the second of two posts with one nonce ("a few minutes"); we trust half of that.
const NONCE_HOLDS: Duration = Duration::from_secs(60);
/// How far our clock and Discord's may lie apart, in seconds.
const CLOCKS_DIFFER: i64 = 300;
/// How many of a channel's newest posts are searched for one of ours (Discord's limit: 100).
const SEARCHED_POSTS: u8 = 100;

/// Writes to a member.
pub(super) async fn direct_message(
    house: &House,
    http: &Arc<serenity::Http>,
    member: UserId,
    post: &Post,
    pending: &Pending,
) -> serenity::Result<Made> {
    let channel = serenity::UserId::new(member.0)
        .create_dm_channel(http)
        .await?
        .id;
    let is_it = |message: &serenity::Message| says(house, message, post, pending.since);
    send_once(
        house,
        http,
        channel,
        message(house, post, pending).await?,
        pending,
        is_it,
    )
    .await
}

/// Writes in a channel, with the journal position as the footer.
pub(super) async fn in_channel(
    house: &House,
    http: &Arc<serenity::Http>,
    channel: ChannelId,
    post: &Post,
    pending: &Pending,
) -> serenity::Result<Made> {
    let wanted = footer(pending);
    let is_it = |message: &serenity::Message| has_footer(message, &wanted);
    let channel = serenity::ChannelId::new(channel.0);
    send_once(
        house,
        http,
        channel,
        message(house, post, pending).await?,
        pending,
        is_it,
    )
    .await
}

/// Gives a post of ours new words; its footer stays, as its mark.
pub(super) async fn edit(
    house: &House,
    http: &Arc<serenity::Http>,
    channel: ChannelId,
    message: MessageId,
    post: &Post,
) -> serenity::Result<Made> {
    let channel = serenity::ChannelId::new(channel.0);
    let former = channel.message(http, message.0).await?;
    let footers = former
        .embeds
        .iter()
        .filter_map(|embed| embed.footer.as_ref());
    let embed = footers
        .map(|footer| footer.text.clone())
        .next()
        .into_iter()
        .fold(embed(house, post), |embed, footer| {
            embed.footer(CreateEmbedFooter::new(footer))
        });
    let edit = EditMessage::new()
        .embed(embed)
        .allowed_mentions(CreateAllowedMentions::new())
        .components(buttons(house, post));
    channel.edit_message(http, message.0, edit).await?;
    Ok(Made::Message {
        channel: ChannelId(channel.get()),
        message: MessageId(message.0),
    })
}

/// Deletes messages: many by one request, as Discord wants it; a single one by its own.
pub(super) async fn delete(
    http: &Arc<serenity::Http>,
    channel: ChannelId,
    messages: &[MessageId],
    reason: &str,
) -> serenity::Result<Made> {
    let channel = serenity::ChannelId::new(channel.0);
    match messages {
        [] => {}
        [only] => {
            let only = serenity::MessageId::new(only.0);
            http.delete_message(channel, only, Some(reason)).await?;
        }
        many => {
            let body = serde_json::json!({ "messages": many });
            http.delete_messages(channel, &body, Some(reason)).await?;
        }
    }
    Ok(Made::Nothing)
}

/// Sends a message, unless an earlier try did so.
async fn send_once(
    house: &House,
    http: &Arc<serenity::Http>,
    channel: serenity::ChannelId,
    message: CreateMessage,
    pending: &Pending,
    is_it: impl Fn(&serenity::Message) -> bool,
) -> serenity::Result<Made> {
    let former = if is_stale(house, pending) {
        posted(http, channel, is_it).await?
    } else {
        None
    };
    let id = match former {
        Some(id) => id,
        None => channel.send_message(http, message).await?.id,
    };
    Ok(Made::Message {
        channel: ChannelId(channel.get()),
        message: MessageId(id.get()),
    })
}

/// Whether an earlier try may have reached Discord so long ago that its nonce no longer protects from doubling.
fn is_stale(house: &House, pending: &Pending) -> bool {
    pending.attempts > 0 && house.clock().now().since(pending.since) > NONCE_HOLDS
}

async fn message(house: &House, post: &Post, pending: &Pending) -> serenity::Result<CreateMessage> {
    let embed = match pending.effect {
        Effect::LogPost { .. } | Effect::ChannelPost { .. } => {
            embed(house, post).footer(CreateEmbedFooter::new(footer(pending)))
        }
        _ => embed(house, post),
    };
    // The number is never used again in this database; with the change's position beside it, nor in an older copy of it.
    let nonce = house
        .sent
        .nonce(&format!("o{}.{}", pending.seq, pending.id));
    let message = CreateMessage::new()
        .embed(embed)
        .components(buttons(house, post))
        .allowed_mentions(called(post))
        .nonce(Nonce::String(nonce))
        .enforce_nonce(true)
        .files(files(house, post).await?);
    Ok(match post.calls.is_empty() {
        true => message,
        false => message.content(calls(post)),
    })
}

/// Nobody but whom the post calls.
fn called(post: &Post) -> CreateAllowedMentions {
    let mut users = Vec::new();
    let mut roles = Vec::new();
    for whom in &post.calls {
        match whom {
            Whom::Member(member) => users.push(member.0),
            Whom::Role(role) => roles.push(role.0),
        }
    }
    CreateAllowedMentions::new().users(users).roles(roles)
}

fn calls(post: &Post) -> String {
    let mention = |whom: &Whom| match whom {
        Whom::Member(member) => member.mention(),
        Whom::Role(role) => role.mention(),
    };
    post.calls.iter().map(mention).collect::<Vec<_>>().join(" ")
}

async fn files(house: &House, post: &Post) -> serenity::Result<Vec<CreateAttachment>> {
    if post.files.is_empty() {
        return Ok(Vec::new());
    }
    let wanted = post.files.clone();
    let read = house.vault.off_thread(move |vault| {
        let blobs = vault.blobs();
        let read = wanted.iter().map(|file| {
            Ok(CreateAttachment::bytes(
                blobs.read(&file.sha256)?,
                &file.name,
            ))
        });
        read.collect::<anyhow::Result<Vec<_>>>()
    });
    read.await.map_err(|error| {
        tracing::error!(event = "file_unreadable", error = %format!("{error:#}"));
        serenity::Error::Other("a file that is to be posted can't be read")
    })
}

/// By which an older retry finds its own post.
fn footer(pending: &Pending) -> String {
    format!("Greffier · {}", pending.seq)
}

/// Looks for a post of ours among a channel's newest. Where its history is closed to us, nothing is found.
async fn posted(
    http: &Arc<serenity::Http>,
    channel: serenity::ChannelId,
    is_it: impl Fn(&serenity::Message) -> bool,
) -> serenity::Result<Option<serenity::MessageId>> {
    let newest = serenity::GetMessages::new().limit(SEARCHED_POSTS);
    match channel.messages(http, newest).await {
        Ok(messages) => Ok(messages.iter().find(|it| is_it(it)).map(|it| it.id)),
        Err(error) if verdict(&error) == Verdict::Passing => Err(error),
        Err(_) => Ok(None),
    }
}

fn has_footer(message: &serenity::Message, wanted: &str) -> bool {
    let footers = message
        .embeds
        .iter()
        .filter_map(|embed| embed.footer.as_ref());
    footers.into_iter().any(|footer| footer.text == wanted)
}

/// A direct message shows no number of ours; but the same words, not older than the act, are the same message.
fn says(house: &House, message: &serenity::Message, post: &Post, since: Timestamp) -> bool {
    let words = |text| house.say(post.locale, text);
    let is_new = message.timestamp.unix_timestamp() + CLOCKS_DIFFER >= since.as_seconds();
    is_new
        && message.embeds.iter().any(|embed| {
            embed.title.as_ref() == Some(&words(&post.title))
                && embed.fields.iter().map(|field| &field.value).eq(post
                    .fields
                    .iter()
                    .map(|(_, value)| words(value))
                    .collect::<Vec<_>>()
                    .iter())
        })
}
