//! Messages cleared and a channel slowed: who may, that it is written down, and that it is done once.

use std::time::Duration;

use super::super::register::{Change, ChannelActs};
use crate::cogs::cases::rules::{Desk, moderator_text};
use crate::model::{
    ChannelEdit, ChannelId, Effect, MessageId, Post, Refusal, Rejection, Scene, Text, UserId,
    duration_text,
};
use crate::store::Tx;
use crate::text;

/// How many messages Discord deletes at once.
const AT_ONCE: usize = 100;

/// Messages of a channel that are to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sweep {
    /// Where.
    pub channel: ChannelId,
    /// Whose; absent: everyone's.
    pub member: Option<UserId>,
    /// Which.
    pub messages: Vec<MessageId>,
}

/// Clears messages. Returns how many: of an order that is given again, what it was the first time.
pub fn purge(tx: &mut Tx<'_>, scene: &Scene, sweep: &Sweep) -> Result<usize, Rejection> {
    let desk = Desk::of_moderator(tx, scene)?;
    let count = sweep.messages.len();
    if count == 0 {
        return Err(Refusal::new("refused-nothing-to-purge").into());
    }
    let moderator = scene.actor.user;
    tx.record::<ChannelActs>(&Change::Purged {
        channel: sweep.channel,
        moderator,
        member: sweep.member,
        count: u32::try_from(count).unwrap_or(u32::MAX),
    })?;
    for messages in sweep.messages.chunks(AT_ONCE) {
        tx.enqueue(&Effect::DeleteMessages {
            guild: scene.guild,
            channel: sweep.channel,
            messages: messages.to_vec(),
            reason: format!("purge · {moderator}"),
        })?;
    }
    let mut fields = vec![
        field("raid-field-channel", sweep.channel.mention()),
        field("case-field-moderator", moderator_text(Some(moderator))),
    ];
    if let Some(member) = sweep.member {
        fields.push(field("case-field-member", member.mention()));
    }
    log(tx, &desk, text!("raid-log-purged", count = count), fields)?;
    Ok(count)
}

/// Lets each member write in a channel only so often; a length of nothing ends it.
pub fn slow(
    tx: &mut Tx<'_>,
    scene: &Scene,
    channel: ChannelId,
    length: Duration,
) -> Result<(), Rejection> {
    let desk = Desk::of_moderator(tx, scene)?;
    let seconds = u16::try_from(length.as_secs()).unwrap_or(u16::MAX);
    let moderator = scene.actor.user;
    tx.record::<ChannelActs>(&Change::Slowed {
        channel,
        moderator,
        seconds: u32::from(seconds),
    })?;
    tx.enqueue(&Effect::EditChannel {
        guild: scene.guild,
        channel,
        edit: ChannelEdit {
            slowmode: Some(seconds),
            ..ChannelEdit::default()
        },
        reason: format!("slowmode · {moderator}"),
    })?;
    let state = match length.is_zero() {
        true => Text::new("raid-slowmode-off"),
        false => text!("raid-slowmode", length = duration_text(length)),
    };
    let fields = vec![
        field("raid-field-channel", channel.mention()),
        field("case-field-moderator", moderator_text(Some(moderator))),
        (Text::new("case-field-state"), state),
    ];
    log(tx, &desk, Text::new("raid-log-slowmode"), fields)
}

fn field(name: &'static str, words: String) -> (Text, Text) {
    (Text::new(name), Text::verbatim(words))
}

fn log(
    tx: &mut Tx<'_>,
    desk: &Desk,
    title: Text,
    fields: Vec<(Text, Text)>,
) -> Result<(), Rejection> {
    if let Some(channel) = desk.settings.usable_log_channel() {
        tx.enqueue(&Effect::LogPost {
            guild: desk.guild,
            channel,
            post: Post::new(desk.locale, title).listing(fields),
        })?;
    }
    Ok(())
}
