//! What may happen to a conversation, and when. Knows neither Discord nor the web: they do what follows.

use serde::{Deserialize, Serialize};

use super::change::Change;
use super::look;
use super::messages::{self, Message, Messages};
use super::register::{Conversation, Conversations};
use super::values::{Answer, Attached, Cause, Copied, Place, Priority, Sender, Status};
use crate::model::{ChannelId, GuildId, MessageId, Refusal, Rejection, Timestamp, UserId};
use crate::store::{Reader, Tx};
use crate::text;

/// The longest subject, in characters.
pub const LONGEST_SUBJECT: usize = 100;
/// The longest reason and the longest words of a rating, in characters: they fit a field of an embed (Discord: 1024).
pub const LONGEST_REASON: usize = 900;
/// How many people can be added to one conversation.
pub const MOST_PARTICIPANTS: usize = 20;

/// What somebody asks for.
#[derive(Clone, Debug)]
pub struct Opening {
    /// The public id.
    pub id: String,
    /// Who asks.
    pub user: UserId,
    /// The category's key.
    pub category: String,
    /// What about.
    pub subject: String,
    /// What the form was answered.
    pub answers: Vec<Answer>,
    /// The channel it was asked in.
    pub asked_in: Option<ChannelId>,
    /// A channel or a thread.
    pub place: Place,
}

/// A message that arrived.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The conversation's number.
    pub conversation: u32,
    /// The public id.
    pub id: String,
    /// Who wrote.
    pub sender: UserId,
    /// What they are called.
    pub sender_name: String,
    /// Who they are in it.
    pub sender_type: Sender,
    /// What they wrote.
    pub content: String,
    /// When.
    pub created_at: Timestamp,
    /// Discord's id of it.
    pub discord: Option<MessageId>,
    /// The files with it.
    pub attachments: Vec<Attached>,
}

/// What came of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Received {
    /// It is kept, in this row.
    Kept {
        /// The row.
        row: u64,
        /// A closing that was set for later is off, because who asked wrote.
        called_off: bool,
    },
    /// It was kept before.
    Known {
        /// The row.
        row: u64,
    },
}

/// How a conversation ends.
#[derive(Clone, Debug)]
pub struct Closing {
    /// Why it ends.
    pub cause: Cause,
    /// What is said about it.
    pub reason: String,
    /// Its transcripts, safe on the disk.
    pub copies: Vec<Copied>,
    /// The journal position that they reach.
    pub reaches: u64,
}

/// What came of closing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Closed {
    /// It is over.
    Done,
    /// Something was written, changed or erased since the transcripts were made: they have to be made again.
    Outrun,
}

/// One conversation that is there.
pub fn find(reader: &Reader<'_>, guild: GuildId, number: u32) -> Result<Conversation, Rejection> {
    look::find(reader, guild, number)?
        .ok_or_else(|| Refusal::from(text!("refused-no-ticket", number = number)).into())
}

/// One conversation that is not over.
pub fn find_open(
    reader: &Reader<'_>,
    guild: GuildId,
    number: u32,
) -> Result<Conversation, Rejection> {
    let conversation = find(reader, guild, number)?;
    if conversation.is_closed() {
        return Err(Refusal::from(text!("refused-ticket-closed", number = number)).into());
    }
    Ok(conversation)
}

/// Reserves a conversation. Whether one may be had is decided before, in the same transaction.
pub fn open(tx: &mut Tx<'_>, guild: GuildId, opening: Opening) -> Result<Conversation, Rejection> {
    let subject = checked_subject(&opening.subject)?;
    let number = look::next_number(tx, guild)?;
    tx.record::<Conversations>(&Change::Opened {
        number,
        id: opening.id,
        user: opening.user,
        category: opening.category,
        subject,
        priority: Priority::Normal,
        answers: opening.answers,
        asked_in: opening.asked_in,
        place: opening.place,
    })?;
    find(tx, guild, number)
}

/// Its channel is known. Says whether that is news.
pub fn place(
    tx: &mut Tx<'_>,
    guild: GuildId,
    number: u32,
    channel: ChannelId,
    stale_at: Option<Timestamp>,
) -> Result<bool, Rejection> {
    let conversation = find(tx, guild, number)?;
    if conversation.status != Status::Opening {
        return Ok(false);
    }
    tx.record::<Conversations>(&Change::Placed {
        number,
        channel,
        stale_at,
    })?;
    Ok(true)
}

/// Keeps a message the moment it arrives. The same one again changes nothing.
pub fn receive(tx: &mut Tx<'_>, guild: GuildId, incoming: Incoming) -> Result<Received, Rejection> {
    if let Some(discord) = incoming.discord
        && let Some(known) = look::message(tx, discord)?
    {
        return Ok(Received::Known { row: known.row });
    }
    let number = incoming.conversation;
    let conversation = find(tx, guild, number)?;
    let (sender, sender_type) = (incoming.sender, incoming.sender_type);
    let row = tx.record::<Messages>(&messages::Change::Sent {
        conversation: number,
        id: incoming.id,
        sender,
        sender_name: incoming.sender_name,
        sender_type,
        content: incoming.content,
        created_at: incoming.created_at,
        discord: incoming.discord,
        about: match sender_type {
            Sender::System | Sender::Note => Some(conversation.user),
            Sender::User | Sender::Agent => None,
        },
        attachments: incoming.attachments,
    })?;
    if sender_type == Sender::Agent && conversation.answered_at.is_none() {
        tx.record::<Conversations>(&Change::Answered {
            number,
            agent: sender,
        })?;
    }
    let called_off = sender_type == Sender::User && conversation.close_at.is_some();
    if called_off {
        tx.record::<Conversations>(&Change::CloseCancelled { number })?;
    }
    Ok(Received::Kept { row, called_off })
}

/// Keeps new words of a message, and what it said before. Words that are the same change nothing, and those of a message that
/// was erased are not kept.
pub fn edit(
    tx: &mut Tx<'_>,
    discord: MessageId,
    content: &str,
    at: Timestamp,
) -> Result<bool, Rejection> {
    let Some(message) = look::message(tx, discord)? else {
        return Ok(false);
    };
    if message.erased || message.content == content {
        return Ok(false);
    }
    tx.record::<Messages>(&messages::Change::Edited {
        message: message.row,
        sender: message.sender,
        about: message.about,
        content: content.to_owned(),
        at,
    })?;
    Ok(true)
}

/// Notes that a message is gone from Discord. Its words stay.
pub fn delete(tx: &mut Tx<'_>, discord: MessageId) -> Result<bool, Rejection> {
    match look::message(tx, discord)? {
        Some(Message {
            row,
            deleted_at: None,
            ..
        }) => {
            tx.record::<Messages>(&messages::Change::Deleted { message: row })?;
            Ok(true)
        }
        _ => Ok(false),
    }
}

/// What became of a file's bytes: their SHA-256, or why they are not kept. Says whether that was still to be known.
pub fn settle_file(
    tx: &mut Tx<'_>,
    message: u64,
    position: u32,
    outcome: Result<String, String>,
) -> Result<bool, Rejection> {
    let files = look::attachments(tx, message)?;
    let waits = files
        .iter()
        .any(|file| file.position == position && file.sha256.is_none() && file.lost.is_none());
    if !waits {
        return Ok(false);
    }
    tx.record::<Messages>(&match outcome {
        Ok(sha256) => messages::Change::Kept {
            message,
            position,
            sha256,
        },
        Err(why) => messages::Change::Lost {
            message,
            position,
            why,
        },
    })?;
    Ok(true)
}

/// Ends a conversation whose transcripts are safe and whole.
pub fn close(
    tx: &mut Tx<'_>,
    guild: GuildId,
    number: u32,
    closing: Closing,
) -> Result<Closed, Rejection> {
    let conversation = find_open(tx, guild, number)?;
    if look::has_changed_since(tx, guild, number, closing.reaches)? {
        return Ok(Closed::Outrun);
    }
    let by = tx.order().actor.filter(|by| *by != conversation.user);
    tx.record::<Conversations>(&Change::Closed {
        number,
        cause: closing.cause,
        reason: closing.reason,
        copies: closing.copies,
        people: std::iter::once(conversation.user).chain(by).collect(),
    })?;
    Ok(Closed::Done)
}

/// What who asked says of it, once it is over; said again, it takes the place of what was said before.
pub fn rate(
    tx: &mut Tx<'_>,
    guild: GuildId,
    number: u32,
    user: UserId,
    stars: u8,
    words: Option<String>,
) -> Result<(), Rejection> {
    let conversation = find(tx, guild, number)?;
    if conversation.user != user {
        return Err(Refusal::new("refused-not-your-ticket").into());
    }
    if !conversation.is_closed() {
        return Err(Refusal::from(text!("refused-ticket-open", number = number)).into());
    }
    if !(1..=5).contains(&stars) {
        return Err(Refusal::new("refused-stars").into());
    }
    if let Some(words) = &words {
        checked_reason(words)?;
    }
    tx.record::<Conversations>(&Change::Rated {
        number,
        user,
        stars,
        words: words.filter(|words| !words.trim().is_empty()),
    })?;
    Ok(())
}

/// A subject on one line that is not too long.
pub fn checked_subject(subject: &str) -> Result<String, Refusal> {
    let subject = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    if (1..=LONGEST_SUBJECT).contains(&subject.chars().count()) {
        Ok(subject)
    } else {
        Err(text!("refused-subject", longest = LONGEST_SUBJECT).into())
    }
}

/// A reason, which may be empty, that is not too long.
pub fn checked_reason(reason: &str) -> Result<String, Refusal> {
    let reason = reason.trim();
    if reason.chars().count() > LONGEST_REASON {
        return Err(text!("refused-long-reason", longest = LONGEST_REASON).into());
    }
    Ok(reason.to_owned())
}

#[cfg(test)]
mod tests;
