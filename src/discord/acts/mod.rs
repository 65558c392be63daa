//! How each effect is done on Discord. Each may safely be done twice: a crash may come between the act and the note of it.

mod channels;
mod members;
mod posts;

use std::sync::Arc;

use poise::serenity_prelude as serenity;

use super::House;
use crate::model::{Effect, Made};
use crate::store::outbox::Pending;

/// Does it once.
///
/// # Errors
/// What Discord or the way to it said; the outbox decides whether to try again.
pub(super) async fn carry_out(
    house: &House,
    http: &Arc<serenity::Http>,
    pending: &Pending,
) -> serenity::Result<Made> {
    match &pending.effect {
        Effect::Timeout { .. }
        | Effect::Kick { .. }
        | Effect::Ban { .. }
        | Effect::Unban { .. }
        | Effect::AddRole { .. }
        | Effect::RemoveRole { .. }
        | Effect::CreateRole { .. } => members::carry_out(house, http, pending).await,
        // Done by its cog, to whom the outbox hands it.
        Effect::Roles { .. } | Effect::Lock { .. } => Ok(Made::Nothing),
        Effect::DirectMessage { member, post } => {
            posts::direct_message(house, http, *member, post, pending).await
        }
        Effect::LogPost { channel, post, .. } | Effect::ChannelPost { channel, post, .. } => {
            posts::in_channel(house, http, *channel, post, pending).await
        }
        Effect::DeleteMessages {
            channel,
            messages,
            reason,
            ..
        } => posts::delete(http, *channel, messages, reason).await,
        Effect::EditPost {
            channel,
            message,
            post,
            ..
        } => posts::edit(house, http, *channel, *message, post).await,
        Effect::CreateChannel { .. }
        | Effect::CreateThread { .. }
        | Effect::EditChannel { .. }
        | Effect::DeleteChannel { .. }
        | Effect::SetOverwrite { .. }
        | Effect::ThreadMember { .. } => channels::carry_out(http, pending).await,
    }
}
