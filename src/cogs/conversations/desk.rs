//! What staff do with a conversation besides answering. Who is staff is decided before, by whoever knows the category.

use super::change::Change;
use super::look;
use super::register::{Conversation, Conversations};
use super::rules::{MOST_PARTICIPANTS, checked_reason, checked_subject, find, find_open};
use super::values::{Priority, Status};
use crate::model::{ChannelId, GuildId, Refusal, Rejection, Timestamp, UserId};
use crate::store::Tx;
use crate::text;

/// Takes a conversation that nobody has.
pub fn claim(tx: &mut Tx<'_>, guild: GuildId, number: u32, agent: UserId) -> Result<(), Rejection> {
    let conversation = find_open(tx, guild, number)?;
    match conversation.agent {
        Some(holder) if holder == agent => Err(Refusal::new("refused-claimed-already").into()),
        Some(holder) => {
            Err(Refusal::from(text!("refused-claimed-by", agent = holder.mention())).into())
        }
        None => {
            tx.record::<Conversations>(&Change::Claimed { number, agent })?;
            Ok(())
        }
    }
}

/// Hands a conversation to `agent`, whoever has it.
pub fn transfer(
    tx: &mut Tx<'_>,
    guild: GuildId,
    number: u32,
    agent: UserId,
) -> Result<(), Rejection> {
    let conversation = find_open(tx, guild, number)?;
    if conversation.agent == Some(agent) {
        return Err(Refusal::from(text!("refused-claimed-by", agent = agent.mention())).into());
    }
    tx.record::<Conversations>(&Change::Claimed { number, agent })?;
    Ok(())
}

/// Lets go of a conversation. Returns who had it.
pub fn release(tx: &mut Tx<'_>, guild: GuildId, number: u32) -> Result<UserId, Rejection> {
    let conversation = find_open(tx, guild, number)?;
    let Some(agent) = conversation.agent else {
        return Err(Refusal::new("refused-claimed-by-nobody").into());
    };
    tx.record::<Conversations>(&Change::Released { number })?;
    Ok(agent)
}

/// Says how pressing it is.
pub fn prioritise(
    tx: &mut Tx<'_>,
    guild: GuildId,
    number: u32,
    priority: Priority,
) -> Result<bool, Rejection> {
    let conversation = find_open(tx, guild, number)?;
    if conversation.priority == priority {
        return Ok(false);
    }
    tx.record::<Conversations>(&Change::Prioritised { number, priority })?;
    Ok(true)
}

/// Gives it another subject. Returns it as it is kept.
pub fn rename(
    tx: &mut Tx<'_>,
    guild: GuildId,
    number: u32,
    subject: &str,
) -> Result<String, Rejection> {
    let user = find_open(tx, guild, number)?.user;
    let subject = checked_subject(subject)?;
    tx.record::<Conversations>(&Change::Renamed {
        number,
        subject: subject.clone(),
        user: Some(user),
    })?;
    Ok(subject)
}

/// Puts it into another category.
pub fn recategorise(
    tx: &mut Tx<'_>,
    guild: GuildId,
    number: u32,
    category: &str,
) -> Result<(), Rejection> {
    let conversation = find_open(tx, guild, number)?;
    if conversation.category == category {
        return Err(Refusal::new("refused-same-category").into());
    }
    tx.record::<Conversations>(&Change::Moved {
        number,
        category: category.to_owned(),
    })?;
    Ok(())
}

/// Lets somebody in.
pub fn join(
    tx: &mut Tx<'_>,
    guild: GuildId,
    number: u32,
    member: UserId,
) -> Result<Conversation, Rejection> {
    let conversation = find_open(tx, guild, number)?;
    if conversation.is_theirs(member) {
        return Err(Refusal::from(text!("refused-in-ticket", member = member.mention())).into());
    }
    if conversation.others().len() >= MOST_PARTICIPANTS {
        return Err(Refusal::from(text!("refused-ticket-crowd", most = MOST_PARTICIPANTS)).into());
    }
    tx.record::<Conversations>(&Change::Joined { number, member })?;
    Ok(conversation)
}

/// Shows somebody out whom staff let in. Who asked stays.
pub fn leave(
    tx: &mut Tx<'_>,
    guild: GuildId,
    number: u32,
    member: UserId,
) -> Result<Conversation, Rejection> {
    let conversation = find_open(tx, guild, number)?;
    if !conversation.others().contains(&member) {
        let refusal = text!("refused-not-in-ticket", member = member.mention());
        return Err(Refusal::from(refusal).into());
    }
    tx.record::<Conversations>(&Change::Left { number, member })?;
    Ok(conversation)
}

/// Notes that who asked is asked whether it is settled.
pub fn request_close(tx: &mut Tx<'_>, guild: GuildId, number: u32) -> Result<(), Rejection> {
    find_open(tx, guild, number)?;
    tx.record::<Conversations>(&Change::CloseRequested { number })?;
    Ok(())
}

/// Notes that one of the staff posts a prepared answer: it counts as one.
pub fn reply(
    tx: &mut Tx<'_>,
    guild: GuildId,
    number: u32,
    agent: UserId,
    name: &str,
) -> Result<(), Rejection> {
    find_open(tx, guild, number)?;
    tx.record::<Conversations>(&Change::Replied {
        number,
        agent,
        name: name.to_owned(),
    })?;
    Ok(())
}

/// Has it close by itself at a time.
pub fn schedule(
    tx: &mut Tx<'_>,
    guild: GuildId,
    number: u32,
    at: Timestamp,
    reason: &str,
) -> Result<(), Rejection> {
    let conversation = find_open(tx, guild, number)?;
    if conversation.status != Status::Active {
        return Err(Refusal::from(text!("refused-ticket-opening", number = number)).into());
    }
    let reason = checked_reason(reason)?;
    tx.record::<Conversations>(&Change::CloseScheduled {
        number,
        at,
        reason,
        // Whoever closes it later is nobody: staff's words about who asked go with them.
        people: vec![conversation.user],
    })?;
    Ok(())
}

/// Has it stay open.
pub fn unschedule(tx: &mut Tx<'_>, guild: GuildId, number: u32) -> Result<(), Rejection> {
    let conversation = find_open(tx, guild, number)?;
    if conversation.close_at.is_none() {
        return Err(Refusal::new("refused-not-scheduled").into());
    }
    tx.record::<Conversations>(&Change::CloseCancelled { number })?;
    Ok(())
}

/// Notes that it becomes a thread, since there is no room for a channel. Says whether that is news.
pub fn overflow(tx: &mut Tx<'_>, guild: GuildId, number: u32) -> Result<bool, Rejection> {
    let conversation = find(tx, guild, number)?;
    if conversation.status != Status::Opening || conversation.place == super::values::Place::Thread
    {
        return Ok(false);
    }
    tx.record::<Conversations>(&Change::Overflowed { number })?;
    Ok(true)
}

/// What a conversation that nobody wrote in for long comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Stale {
    /// Somebody wrote meanwhile: it is stale later, or never.
    Postponed,
    /// People are warned; it closes at this time unless somebody writes.
    Warned(Timestamp),
    /// They were warned, and nobody wrote.
    Over,
    /// Nothing is due.
    Nothing,
}

/// Looks at a conversation whose `stale_at` has come: `silence` may pass before a warning, `grace` after it; without them
/// it is never stale.
pub fn grow_stale(
    tx: &mut Tx<'_>,
    guild: GuildId,
    number: u32,
    limits: Option<(std::time::Duration, std::time::Duration)>,
) -> Result<Stale, Rejection> {
    let conversation = find(tx, guild, number)?;
    if conversation.is_closed() || conversation.stale_at.is_none_or(|due| due > tx.now()) {
        return Ok(Stale::Nothing);
    }
    let Some((silence, grace)) = limits else {
        let stale_at = None;
        tx.record::<Conversations>(&Change::Postponed { number, stale_at })?;
        return Ok(Stale::Postponed);
    };
    let last = match look::last_word(tx, guild, number)? {
        Some((at, _)) => at.max(conversation.created_at),
        None => conversation.created_at,
    };
    if conversation.warned_at.is_none_or(|warned| last > warned) && last + silence > tx.now() {
        let stale_at = Some(last + silence);
        tx.record::<Conversations>(&Change::Postponed { number, stale_at })?;
        return Ok(Stale::Postponed);
    }
    if conversation.warned_at.is_some_and(|warned| last <= warned) {
        return Ok(Stale::Over);
    }
    let stale_at = tx.now() + grace;
    tx.record::<Conversations>(&Change::Warned { number, stale_at })?;
    Ok(Stale::Warned(stale_at))
}

/// Opens a conversation again: where its channel still is, or in a new place. Returns whether one has to be made.
pub fn reopen(
    tx: &mut Tx<'_>,
    guild: GuildId,
    number: u32,
    channel: Option<ChannelId>,
    stale_at: Option<Timestamp>,
) -> Result<Conversation, Rejection> {
    let conversation = find(tx, guild, number)?;
    if !conversation.is_closed() {
        return Err(Refusal::from(text!("refused-ticket-open", number = number)).into());
    }
    tx.record::<Conversations>(&Change::Reopened {
        number,
        channel,
        stale_at,
    })?;
    find(tx, guild, number)
}
