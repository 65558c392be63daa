//! Who may open a ticket, where it comes to be, and what staff may do with it. Knows no Discord: what has to happen there
//! is left in the outbox.

use serde::{Deserialize, Serialize};

use super::category::Category;
use super::hall::{Hall, Members, channel_name, thread_parent, topic};
use super::posts;
use super::register;
use crate::cogs::conversations::rules as conversations;
use crate::cogs::conversations::{Answer, Cause, Conversation, Place, Status, desk, look};
use crate::cogs::settings::{self, GuildSettings};
use crate::model::{
    ChannelId, Effect, GuildId, Refusal, Rejection, Standing, Text, Timestamp, UserId,
};
use crate::store::{Reader, Tx};
use crate::text;

/// What somebody asks for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The public id of the ticket.
    pub id: String,
    /// Who asks.
    pub user: UserId,
    /// The category's key.
    pub category: String,
    /// What about; absent: what the form says, or the category's name.
    pub subject: Option<String>,
    /// What the form was answered.
    pub answers: Vec<Answer>,
    /// The channel it is asked in.
    pub asked_in: Option<ChannelId>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// The ticket's number.
    pub number: u32,
    /// When somebody is there again; absent: now.
    pub away_until: Option<Timestamp>,
}

/// The category with this key.
pub fn category(reader: &Reader<'_>, guild: GuildId, key: &str) -> Result<Category, Rejection> {
    register::category(reader, guild, key)?
        .ok_or_else(|| Refusal::from(text!("refused-no-category", key = key)).into())
}

/// The category of a ticket; one that was removed meanwhile has nothing decided.
pub fn category_of(reader: &Reader<'_>, conversation: &Conversation) -> anyhow::Result<Category> {
    let key = &conversation.category;
    Ok(register::category(reader, conversation.guild, key)?
        .unwrap_or_else(|| Category::new(key, key)))
}

/// Whether `user` may open one more ticket of this category now.
pub fn may_open(
    reader: &Reader<'_>,
    guild: GuildId,
    user: UserId,
    category: &Category,
    now: Timestamp,
) -> Result<(), Rejection> {
    if register::block(reader, guild, user)?.is_some() {
        return Err(Refusal::new("refused-blocked").into());
    }
    let open = look::open_of_user(reader, guild, user, &category.key)?;
    if open.len() >= category.most_each as usize {
        let refusal = match open.last().and_then(|it| it.channel) {
            Some(channel) => text!(
                "refused-open-already",
                count = open.len(),
                channel = channel.mention()
            ),
            None => text!("refused-opening-already", count = open.len()),
        };
        return Err(Refusal::from(refusal).into());
    }
    let last = look::last_opened(reader, guild, user, &category.key)?;
    let ready = last.map(|last| last + std::time::Duration::from_secs(category.cooldown));
    if let Some(ready) = ready.filter(|ready| *ready > now) {
        return Err(Refusal::from(text!("refused-cooldown", until = ready.markup('R'))).into());
    }
    if look::open_in_category(reader, guild, &category.key)? >= category.most_open {
        return Err(
            Refusal::from(text!("refused-category-full", most = category.most_open)).into(),
        );
    }
    Ok(())
}

/// Opens a ticket: its place is reserved by this commit, and its channel is made afterwards.
pub fn open(tx: &mut Tx<'_>, hall: &Hall, request: Request) -> Result<Opened, Rejection> {
    let category = category(tx, hall.guild, &request.category)?;
    may_open(tx, hall.guild, request.user, &category, tx.now())?;
    let first = request.answers.first().map(|answer| &answer.answer);
    let subject = request
        .subject
        .filter(|subject| !subject.trim().is_empty())
        .or_else(|| first.map(|answer| answer.chars().take(80).collect()))
        .filter(|subject: &String| !subject.trim().is_empty())
        .unwrap_or_else(|| category.name.clone());
    let opening = conversations::Opening {
        id: request.id,
        user: request.user,
        category: category.key.clone(),
        subject,
        answers: request.answers,
        asked_in: request.asked_in,
        place: category.place,
    };
    let conversation = conversations::open(tx, hall.guild, opening)?;
    let settings = settings::of(tx, hall.guild)?;
    make_place(tx, hall, &settings, &category, &conversation)?;
    Ok(Opened {
        number: conversation.number,
        away_until: away_until(tx, hall, &category)?,
    })
}

/// When somebody is at the desk again; `None` while somebody is.
pub fn away_until(
    tx: &Tx<'_>,
    hall: &Hall,
    category: &Category,
) -> Result<Option<Timestamp>, Rejection> {
    let Some(hours) = &category.hours else {
        return Ok(None);
    };
    let zone = register::desk(tx, hall.guild)?.zone;
    let zone = zone.and_then(|zone| zone.parse().ok()).unwrap_or(hall.zone);
    Ok(hours.opens_at(tx.now(), zone))
}

/// By which the listener knows that a ticket's place was made, or can't be.
pub fn place_tag(number: u32) -> String {
    format!("tickets:place:{number}")
}

fn make_place(
    tx: &mut Tx<'_>,
    hall: &Hall,
    settings: &GuildSettings,
    category: &Category,
    conversation: &Conversation,
) -> Result<(), Rejection> {
    let tag = place_tag(conversation.number);
    let reason = format!("ticket {}", conversation.number);
    let effect = match conversation.place {
        Place::Channel => Effect::CreateChannel {
            guild: hall.guild,
            name: channel_name(conversation),
            parent: category.parent,
            topic: topic(conversation),
            overwrites: hall.overwrites(category, settings, conversation, Members::Talk),
            reason,
        },
        Place::Thread => {
            let Some(parent) = thread_parent(category, conversation) else {
                return unmade(tx, hall, conversation.number);
            };
            let mut members = vec![conversation.user];
            members.extend(conversation.others());
            Effect::CreateThread {
                guild: hall.guild,
                parent,
                name: channel_name(conversation),
                members,
                reason,
            }
        }
    };
    tx.enqueue_tagged(&effect, &tag)?;
    Ok(())
}

/// Discord made the ticket's place: people can write there, and it says what it is for.
pub fn placed(
    tx: &mut Tx<'_>,
    hall: &Hall,
    number: u32,
    channel: ChannelId,
) -> Result<(), Rejection> {
    let conversation = conversations::find(tx, hall.guild, number)?;
    let category = category_of(tx, &conversation)?;
    let stale_at = category.staleness().map(|(silence, _)| tx.now() + silence);
    if !conversations::place(tx, hall.guild, number, channel, stale_at)? {
        return Ok(());
    }
    let settings = settings::of(tx, hall.guild)?;
    let away = away_until(tx, hall, &category)?;
    let post = posts::opening(hall, &settings, &category, &conversation, away);
    tx.enqueue(&Effect::ChannelPost {
        guild: hall.guild,
        channel,
        post,
    })?;
    Ok(())
}

/// Discord would not make the ticket's place: a thread instead of a channel, and staff are told; if there is none either,
/// the ticket ends and the member is told.
pub fn not_placed(tx: &mut Tx<'_>, hall: &Hall, number: u32, code: isize) -> Result<(), Rejection> {
    let conversation = conversations::find(tx, hall.guild, number)?;
    if conversation.status != Status::Opening {
        return Ok(());
    }
    let has_thread = conversation.asked_in.is_some();
    if !has_thread || !desk::overflow(tx, hall.guild, number)? {
        return unmade(tx, hall, number);
    }
    let settings = settings::of(tx, hall.guild)?;
    let category = category_of(tx, &conversation)?;
    let conversation = conversations::find(tx, hall.guild, number)?;
    make_place(tx, hall, &settings, &category, &conversation)?;
    let words = text!("tickets-overflowed", code = code.to_string());
    tell_staff(tx, hall, &settings, &conversation, words)
}

fn unmade(tx: &mut Tx<'_>, hall: &Hall, number: u32) -> Result<(), Rejection> {
    let conversation = conversations::find(tx, hall.guild, number)?;
    let settings = settings::of(tx, hall.guild)?;
    let closing = conversations::Closing {
        cause: Cause::Unmade,
        reason: String::new(),
        copies: Vec::new(),
        reaches: tx.seq()?,
    };
    conversations::close(tx, hall.guild, number, closing)?;
    let post = posts::notice(
        hall,
        &settings,
        text!("tickets-unmade", guild = hall.guild_name.as_str()),
    );
    tx.enqueue(&Effect::DirectMessage {
        member: conversation.user,
        post,
    })?;
    tell_staff(
        tx,
        hall,
        &settings,
        &conversation,
        Text::new("tickets-cause-unmade"),
    )
}

/// Says in the log what staff should know of a ticket.
pub fn tell_staff(
    tx: &mut Tx<'_>,
    hall: &Hall,
    settings: &GuildSettings,
    conversation: &Conversation,
    words: Text,
) -> Result<(), Rejection> {
    if let Some(channel) = settings.usable_log_channel() {
        let post = posts::trouble(hall, settings, conversation, words);
        tx.enqueue(&Effect::LogPost {
            guild: hall.guild,
            channel,
            post,
        })?;
    }
    Ok(())
}

/// A ticket that is not over, its category and the guild's settings, for one of its staff; a refusal for everyone else.
pub fn for_staff(
    tx: &Tx<'_>,
    guild: GuildId,
    number: u32,
    actor: &Standing,
) -> Result<(Conversation, Category, GuildSettings), Rejection> {
    let conversation = conversations::find(tx, guild, number)?;
    let category = category_of(tx, &conversation)?;
    let settings = settings::of(tx, guild)?;
    if !category.is_staff(&settings, actor) {
        return Err(staff_only().into());
    }
    Ok((conversation, category, settings))
}

/// The sentence for those who are not the staff.
pub fn staff_only() -> Refusal {
    Refusal::new("refused-staff-only")
}

/// Gives a reopened ticket a place again.
pub(super) fn make_place_again(
    tx: &mut Tx<'_>,
    hall: &Hall,
    conversation: &Conversation,
) -> Result<(), Rejection> {
    let settings = settings::of(tx, hall.guild)?;
    let category = category_of(tx, conversation)?;
    make_place(tx, hall, &settings, &category, conversation)
}

#[cfg(test)]
mod tests;
