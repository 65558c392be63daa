//! How a ticket ends and goes on: who may close it, what the member and the archive are sent, what becomes of its channel.

use super::category::{Category, Ending};
use super::hall::{Hall, Members};
use super::posts::{self, End};
use super::register;
use super::rules::{category_of, for_staff, make_place_again, staff_only};
use super::working::{change_channel, changed_tag, say};
use crate::cogs::conversations::rules::{self as conversations, Closed, Closing};
use crate::cogs::conversations::{Cause, Conversation, Place, desk, look};
use crate::cogs::settings::{self, GuildSettings};
use crate::model::{
    ChannelEdit, ChannelId, Effect, GuildId, Post, Refusal, Rejection, Standing, UserId,
};
use crate::store::{Reader, Tx};
use crate::text;

/// Whether `actor` may close this ticket: staff, and who asked for it.
pub fn may_close(
    reader: &Reader<'_>,
    guild: GuildId,
    actor: &Standing,
    number: u32,
) -> Result<Conversation, Rejection> {
    let conversation = conversations::find_open(reader, guild, number)?;
    let category = category_of(reader, &conversation)?;
    let settings = settings::of(reader, guild)?;
    if conversation.user != actor.user && !category.is_staff(&settings, actor) {
        return Err(staff_only().into());
    }
    Ok(conversation)
}

/// By which the listener knows that the last post of a ticket's channel stands, or can't.
pub fn ended_tag(number: u32) -> String {
    format!("tickets:ended:{number}")
}

/// Ends a ticket whose transcripts are safe: tells the member, files the transcript, and says so in the channel, which is
/// then put away.
pub fn close(
    tx: &mut Tx<'_>,
    hall: &Hall,
    number: u32,
    closing: Closing,
) -> Result<Closed, Rejection> {
    let before = conversations::find_open(tx, hall.guild, number)?;
    if conversations::close(tx, hall.guild, number, closing.clone())? == Closed::Outrun {
        return Ok(Closed::Outrun);
    }
    let settings = settings::of(tx, hall.guild)?;
    let category = category_of(tx, &before)?;
    let end = End {
        conversation: &before,
        cause: closing.cause,
        by: tx.order().actor,
        reason: &closing.reason,
        copies: &closing.copies,
    };
    let farewell = posts::farewell(hall, &settings, &end);
    tx.enqueue(&Effect::DirectMessage {
        member: before.user,
        post: farewell,
    })?;
    if let Some(channel) = register::desk(tx, hall.guild)?.transcripts {
        let post = posts::transcript(hall, &settings, &category.name, &end);
        tx.enqueue(&Effect::ChannelPost {
            guild: hall.guild,
            channel,
            post,
        })?;
    }
    let Some(channel) = before.channel else {
        return Ok(Closed::Done);
    };
    if closing.cause != Cause::Vanished {
        let post = posts::ended(hall, &settings, &end);
        leave_channel(tx, hall, &category, &before, channel, post)?;
    }
    Ok(Closed::Done)
}

/// A channel that is deleted needs no last words; in the others they stand before it is closed to the member.
fn leave_channel(
    tx: &mut Tx<'_>,
    hall: &Hall,
    category: &Category,
    conversation: &Conversation,
    channel: ChannelId,
    post: Post,
) -> Result<(), Rejection> {
    let guild = hall.guild;
    if category.ending == Ending::Delete {
        let effect = Effect::DeleteChannel {
            guild,
            channel,
            reason: format!("ticket {} closed", conversation.number),
        };
        tx.enqueue_tagged(&effect, &changed_tag(conversation.number))?;
        return Ok(());
    }
    let effect = Effect::ChannelPost {
        guild,
        channel,
        post,
    };
    tx.enqueue_tagged(&effect, &ended_tag(conversation.number))?;
    Ok(())
}

/// The last words of a ticket stand in its channel, or can't: it is put away, unless it was reopened meanwhile.
pub fn put_away(tx: &mut Tx<'_>, hall: &Hall, number: u32) -> Result<(), Rejection> {
    let conversation = conversations::find(tx, hall.guild, number)?;
    if !conversation.is_closed() {
        return Ok(());
    }
    let settings = settings::of(tx, hall.guild)?;
    let category = category_of(tx, &conversation)?;
    let mut edit = ChannelEdit::default();
    match (conversation.place, category.ending) {
        (Place::Thread, _) => edit.archived = Some(true),
        (Place::Channel, Ending::Archive(parent)) => {
            edit.parent = Some(parent);
            let members = Members::Gone;
            edit.overwrites = Some(hall.overwrites(&category, &settings, &conversation, members));
        }
        (Place::Channel, _) => {
            let members = Members::Read;
            edit.overwrites = Some(hall.overwrites(&category, &settings, &conversation, members));
        }
    }
    change_channel(tx, hall, &conversation, edit, " closed")
}

/// Opens a ticket again: in its channel if that is still there, else in a new one. Members do so only while they have room
/// for one more.
pub fn reopen(
    tx: &mut Tx<'_>,
    hall: &Hall,
    actor: &Standing,
    number: u32,
    still_there: Option<ChannelId>,
) -> Result<(), Rejection> {
    let (conversation, category, settings) = for_staff(tx, hall.guild, number, actor)?;
    let open = look::open_of_user(tx, hall.guild, conversation.user, &category.key)?;
    if open.len() >= category.most_each as usize {
        let member = conversation.user.mention();
        return Err(Refusal::from(text!("refused-reopen-open", member = member)).into());
    }
    let channel = conversation.channel.filter(|it| Some(*it) == still_there);
    let stale_at = category.staleness().map(|(silence, _)| tx.now() + silence);
    let conversation = desk::reopen(tx, hall.guild, number, channel, stale_at)?;
    match channel {
        None => make_place_again(tx, hall, &conversation),
        Some(_) => welcome_back(tx, hall, &settings, &category, &conversation),
    }
}

fn welcome_back(
    tx: &mut Tx<'_>,
    hall: &Hall,
    settings: &GuildSettings,
    category: &Category,
    conversation: &Conversation,
) -> Result<(), Rejection> {
    let mut edit = ChannelEdit::default();
    match conversation.place {
        Place::Thread => edit.archived = Some(false),
        Place::Channel => {
            edit.parent = category.parent;
            edit.overwrites =
                Some(hall.overwrites(category, settings, conversation, Members::Talk));
        }
    }
    change_channel(tx, hall, conversation, edit, " reopened")?;
    let by = tx.order().actor.map_or_else(String::new, UserId::mention);
    say(
        tx,
        hall,
        settings,
        conversation,
        text!("tickets-reopened", agent = by),
    )
}
