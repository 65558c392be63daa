//! The message that a case is made from: the one that a command answers, or that a context menu was opened on.

use poise::serenity_prelude as serenity;

use super::register::Evidence;
use crate::discord::Context;
use crate::model::{ChannelId, MessageId, UserId};

/// How much of a message is kept, in characters (Discord's limit for one is 4000).
const LONGEST_TEXT: usize = 4000;

/// The message that this command was sent as a reply to.
pub fn replied_to(ctx: Context<'_>) -> Option<Evidence> {
    match ctx {
        poise::Context::Prefix(prefix) => prefix.msg.referenced_message.as_deref().map(of),
        poise::Context::Application(_) => None,
    }
}

/// A message as it stands now.
pub fn of(message: &serenity::Message) -> Evidence {
    let attachments = message
        .attachments
        .iter()
        .map(|attachment| format!("{} {}", attachment.filename, attachment.url));
    Evidence {
        author: UserId(message.author.id.get()),
        channel: ChannelId(message.channel_id.get()),
        message: MessageId(message.id.get()),
        text: message.content.chars().take(LONGEST_TEXT).collect(),
        attachments: attachments.collect::<Vec<_>>().join("\n"),
    }
}
