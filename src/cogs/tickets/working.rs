//! What staff do with a ticket: take it, hand it on, let people in, note something; and what it changes on Discord.

use super::hall::{Hall, Members, channel_name};
use super::posts;
use super::register;
use super::rules::{category, for_staff, tell_staff};
use crate::cogs::conversations::rules::{self as conversations, Incoming};
use crate::cogs::conversations::{Conversation, Place, Priority, Sender, Status, desk};
use crate::cogs::settings::{self, GuildSettings};
use crate::model::{
    ChannelEdit, ChannelId, Effect, Refusal, Rejection, Standing, Text, Timestamp, UserId, Whom,
};
use crate::store::Tx;
use crate::text;

/// The longest note and the longest prepared answer, in characters: Discord's limit for a message is 2000.
pub const LONGEST_WORDS: usize = 1500;

/// Takes a ticket.
pub fn claim(tx: &mut Tx<'_>, hall: &Hall, actor: &Standing, number: u32) -> Result<(), Rejection> {
    let (conversation, _, settings) = for_staff(tx, hall.guild, number, actor)?;
    if conversation.user == actor.user {
        return Err(Refusal::new("refused-own-ticket").into());
    }
    desk::claim(tx, hall.guild, number, actor.user)?;
    let words = text!("tickets-claimed", agent = actor.user.mention());
    say(tx, hall, &settings, &conversation, words)
}

/// Lets go of a ticket.
pub fn release(
    tx: &mut Tx<'_>,
    hall: &Hall,
    actor: &Standing,
    number: u32,
) -> Result<(), Rejection> {
    let (conversation, _, settings) = for_staff(tx, hall.guild, number, actor)?;
    desk::release(tx, hall.guild, number)?;
    let words = text!("tickets-released", agent = actor.user.mention());
    say(tx, hall, &settings, &conversation, words)
}

/// Hands a ticket to somebody else of the staff.
pub fn transfer(
    tx: &mut Tx<'_>,
    hall: &Hall,
    actor: &Standing,
    number: u32,
    agent: &Standing,
) -> Result<(), Rejection> {
    let (conversation, kind, settings) = for_staff(tx, hall.guild, number, actor)?;
    if !kind.is_staff(&settings, agent) || agent.bot {
        let refusal = text!("refused-not-staff", member = agent.user.mention());
        return Err(Refusal::from(refusal).into());
    }
    desk::transfer(tx, hall.guild, number, agent.user)?;
    let words = text!("tickets-transferred", agent = agent.user.mention());
    // Called: whoever gets it may not be in its thread yet.
    let whom = [Whom::Member(agent.user)];
    call(tx, hall, &settings, &conversation, whom, words)
}

/// Says how pressing a ticket is.
pub fn prioritise(
    tx: &mut Tx<'_>,
    hall: &Hall,
    actor: &Standing,
    number: u32,
    priority: Priority,
) -> Result<bool, Rejection> {
    for_staff(tx, hall.guild, number, actor)?;
    desk::prioritise(tx, hall.guild, number, priority)
}

/// Gives a ticket another subject. Returns it as it is kept.
pub fn rename(
    tx: &mut Tx<'_>,
    hall: &Hall,
    actor: &Standing,
    number: u32,
    subject: &str,
) -> Result<String, Rejection> {
    let (conversation, ..) = for_staff(tx, hall.guild, number, actor)?;
    let subject = desk::rename(tx, hall.guild, number, subject)?;
    let words = subject
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '-' });
    let name: String = format!("{}-", channel_name(&conversation))
        .chars()
        .chain(words)
        .take(60)
        .collect();
    let edit = ChannelEdit {
        name: Some(name.to_lowercase()),
        ..ChannelEdit::default()
    };
    change_channel(tx, hall, &conversation, edit, "")?;
    Ok(subject)
}

/// Puts a ticket into another category; its channel follows.
pub fn recategorise(
    tx: &mut Tx<'_>,
    hall: &Hall,
    actor: &Standing,
    number: u32,
    key: &str,
) -> Result<String, Rejection> {
    let (conversation, _, settings) = for_staff(tx, hall.guild, number, actor)?;
    let target = category(tx, hall.guild, key)?;
    desk::recategorise(tx, hall.guild, number, key)?;
    if conversation.place == Place::Channel {
        let edit = ChannelEdit {
            parent: target.parent,
            overwrites: Some(hall.overwrites(&target, &settings, &conversation, Members::Talk)),
            ..ChannelEdit::default()
        };
        change_channel(tx, hall, &conversation, edit, "")?;
    }
    let words = text!("tickets-moved", category = target.name.as_str());
    // Called: those who answer it from now on come into a thread only so.
    let staff = hall.staff(&target, &settings).into_iter().map(Whom::Role);
    call(tx, hall, &settings, &conversation, staff, words)?;
    Ok(target.name)
}

/// Lets a member into a ticket.
pub fn add(
    tx: &mut Tx<'_>,
    hall: &Hall,
    actor: &Standing,
    number: u32,
    member: &Standing,
) -> Result<(), Rejection> {
    let (_, _, settings) = for_staff(tx, hall.guild, number, actor)?;
    if member.bot {
        return Err(Refusal::new("refused-ticket-bot").into());
    }
    let conversation = desk::join(tx, hall.guild, number, member.user)?;
    let_in(tx, hall, &conversation, member.user, true)?;
    let words = text!("tickets-added", member = member.user.mention());
    say(tx, hall, &settings, &conversation, words)
}

/// Shows a member out of a ticket.
pub fn remove(
    tx: &mut Tx<'_>,
    hall: &Hall,
    actor: &Standing,
    number: u32,
    member: UserId,
) -> Result<(), Rejection> {
    let (_, _, settings) = for_staff(tx, hall.guild, number, actor)?;
    let conversation = desk::leave(tx, hall.guild, number, member)?;
    let_in(tx, hall, &conversation, member, false)?;
    let words = text!("tickets-removed", member = member.mention());
    say(tx, hall, &settings, &conversation, words)
}

fn let_in(
    tx: &mut Tx<'_>,
    hall: &Hall,
    conversation: &Conversation,
    member: UserId,
    is_in: bool,
) -> Result<(), Rejection> {
    let Some(channel) = conversation.channel else {
        return Ok(());
    };
    let guild = hall.guild;
    let effect = match conversation.place {
        Place::Channel => Effect::SetOverwrite {
            guild,
            channel,
            overwrite: Hall::exception(member, is_in),
            reason: format!("ticket {}", conversation.number),
        },
        Place::Thread => Effect::ThreadMember {
            guild,
            channel,
            member,
            is_in,
        },
    };
    tx.enqueue(&effect)?;
    Ok(())
}

/// Keeps a note that the member never sees.
pub fn note(
    tx: &mut Tx<'_>,
    hall: &Hall,
    actor: &Standing,
    number: u32,
    note: Note,
) -> Result<(), Rejection> {
    let (conversation, ..) = for_staff(tx, hall.guild, number, actor)?;
    if conversation.user == actor.user {
        return Err(Refusal::new("refused-own-ticket").into());
    }
    let words = checked_words(&note.words)?;
    let incoming = Incoming {
        conversation: number,
        id: note.id,
        sender: actor.user,
        sender_name: note.name,
        sender_type: Sender::Note,
        content: words,
        created_at: tx.now(),
        discord: None,
        attachments: Vec::new(),
    };
    conversations::receive(tx, hall.guild, incoming)?;
    Ok(())
}

/// A note to be kept.
#[derive(Clone, Debug)]
pub struct Note {
    /// Its public id.
    pub id: String,
    /// What its author is called.
    pub name: String,
    /// What it says.
    pub words: String,
}

/// Posts a prepared answer in a ticket's channel.
pub fn answer(
    tx: &mut Tx<'_>,
    hall: &Hall,
    actor: &Standing,
    number: u32,
    name: &str,
) -> Result<(), Rejection> {
    let (conversation, kind, settings) = for_staff(tx, hall.guild, number, actor)?;
    let channel = open_channel(&conversation)?;
    let replies = register::replies(tx, hall.guild)?;
    let Some(reply) = replies.iter().find(|reply| reply.name == name) else {
        return Err(Refusal::from(text!("refused-no-reply", name = name)).into());
    };
    desk::reply(tx, hall.guild, number, actor.user, name)?;
    let by = Conversation {
        agent: Some(actor.user),
        ..conversation
    };
    let words = posts::filled(&reply.content, hall, &kind, &by);
    let title = text!("tickets-answer-title", guild = hall.guild_name.as_str());
    let post = posts::notice(hall, &settings, title).saying(Text::verbatim(words));
    tx.enqueue(&Effect::ChannelPost {
        guild: hall.guild,
        channel,
        post,
    })?;
    Ok(())
}

/// Asks the member whether it is settled.
pub fn ask_to_close(
    tx: &mut Tx<'_>,
    hall: &Hall,
    actor: &Standing,
    number: u32,
    reason: &str,
) -> Result<(), Rejection> {
    let (conversation, _, settings) = for_staff(tx, hall.guild, number, actor)?;
    let channel = open_channel(&conversation)?;
    let reason = conversations::checked_reason(reason)?;
    desk::request_close(tx, hall.guild, number)?;
    let post = posts::close_request(hall, &settings, &conversation, actor.user, &reason);
    tx.enqueue(&Effect::ChannelPost {
        guild: hall.guild,
        channel,
        post,
    })?;
    Ok(())
}

/// Has a ticket close by itself later.
pub fn schedule(
    tx: &mut Tx<'_>,
    hall: &Hall,
    actor: &Standing,
    number: u32,
    at: Timestamp,
    reason: &str,
) -> Result<(), Rejection> {
    let (conversation, _, settings) = for_staff(tx, hall.guild, number, actor)?;
    desk::schedule(tx, hall.guild, number, at, reason)?;
    let words = text!("tickets-scheduled", at = at.markup('f'));
    say(tx, hall, &settings, &conversation, words)
}

/// The channel of a ticket in which people can write.
pub fn open_channel(conversation: &Conversation) -> Result<ChannelId, Rejection> {
    let number = conversation.number;
    match (conversation.status, conversation.channel) {
        (Status::Active, Some(channel)) => Ok(channel),
        (Status::Closed, _) => {
            Err(Refusal::from(text!("refused-ticket-closed", number = number)).into())
        }
        _ => Err(Refusal::from(text!("refused-ticket-opening", number = number)).into()),
    }
}

/// Words that fit a message.
pub fn checked_words(words: &str) -> Result<String, Refusal> {
    let words = words.trim();
    if (1..=LONGEST_WORDS).contains(&words.chars().count()) {
        Ok(words.to_owned())
    } else {
        Err(text!("refused-words", longest = LONGEST_WORDS).into())
    }
}

/// By which the listener knows that Discord would not change or delete a ticket's channel.
pub fn changed_tag(number: u32) -> String {
    format!("tickets:changed:{number}")
}

/// Changes a ticket's channel, if it has one.
pub(super) fn change_channel(
    tx: &mut Tx<'_>,
    hall: &Hall,
    conversation: &Conversation,
    edit: ChannelEdit,
    why: &str,
) -> Result<(), Rejection> {
    if let Some(channel) = conversation.channel {
        let effect = Effect::EditChannel {
            guild: hall.guild,
            channel,
            edit,
            reason: format!("ticket {}{why}", conversation.number),
        };
        tx.enqueue_tagged(&effect, &changed_tag(conversation.number))?;
    }
    Ok(())
}

/// Discord would not change or delete a ticket's channel, as where the category that it was to stand in is full: what else
/// was to change is done where it is, and staff are told.
pub fn not_changed(
    tx: &mut Tx<'_>,
    hall: &Hall,
    number: u32,
    effect: Effect,
    code: isize,
) -> Result<(), Rejection> {
    let conversation = conversations::find(tx, hall.guild, number)?;
    let settings = settings::of(tx, hall.guild)?;
    let words = match effect {
        Effect::EditChannel { edit, .. } if edit.parent.is_some() => {
            let edit = ChannelEdit {
                parent: None,
                ..edit
            };
            change_channel(tx, hall, &conversation, edit, "")?;
            text!("tickets-not-moved", code = code.to_string())
        }
        _ => text!("tickets-not-changed", code = code.to_string()),
    };
    tell_staff(tx, hall, &settings, &conversation, words)
}

/// One sentence in the ticket's channel, if it has one.
pub(super) fn say(
    tx: &mut Tx<'_>,
    hall: &Hall,
    settings: &GuildSettings,
    conversation: &Conversation,
    words: Text,
) -> Result<(), Rejection> {
    call(tx, hall, settings, conversation, [], words)
}

/// The same, calling somebody.
fn call(
    tx: &mut Tx<'_>,
    hall: &Hall,
    settings: &GuildSettings,
    conversation: &Conversation,
    whom: impl IntoIterator<Item = Whom>,
    words: Text,
) -> Result<(), Rejection> {
    if let Some(channel) = conversation.channel {
        tx.enqueue(&Effect::ChannelPost {
            guild: hall.guild,
            channel,
            post: posts::notice(hall, settings, words).calling(whom),
        })?;
    }
    Ok(())
}
