//! What the guild's log says of a lockdown.

use super::register::LockedChannel;
use super::rules::until_text;
use crate::cogs::cases::rules::{moderator_text, reason_text};
use crate::model::{ChannelId, GuildId, Locale, Post, RoleId, Text, Timestamp, UserId, Whom};
use crate::text;

/// How many channels a post names before it only counts them (Discord's limit for a field: 1024 characters).
const NAMED: usize = 40;

/// Channels are being closed.
pub fn begun(
    locale: Locale,
    number: u32,
    channels: &[ChannelId],
    moderator: UserId,
    reason: &str,
    until: Option<Timestamp>,
) -> Post {
    let title = text!("lockdown-begun", number = number, count = channels.len());
    Post::new(locale, title).listing([
        named(channels),
        by(Some(moderator)),
        (Text::new("case-field-reason"), reason_text(reason)),
        (Text::new("case-field-state"), until_text(until)),
    ])
}

/// They stay closed until another time.
pub fn prolonged(
    locale: Locale,
    number: u32,
    channels: &[ChannelId],
    moderator: UserId,
    until: Timestamp,
) -> Post {
    let state = (Text::new("case-field-state"), until_text(Some(until)));
    Post::new(locale, text!("lockdown-prolonged", number = number)).listing([
        named(channels),
        by(Some(moderator)),
        state,
    ])
}

/// They are being opened again.
pub fn ended(
    locale: Locale,
    number: u32,
    channels: &[ChannelId],
    opener: Option<UserId>,
    reason: &str,
) -> Post {
    let title = text!("lockdown-ended", number = number, count = channels.len());
    let why = match opener {
        Some(_) => reason_text(reason),
        None => Text::new("lockdown-time-over"),
    };
    Post::new(locale, title).listing([
        named(channels),
        by(opener),
        (Text::new("case-field-reason"), why),
    ])
}

/// Somebody changed a channel's exceptions while it was closed: they stay as they are.
pub fn changed_by_hand(
    locale: Locale,
    row: &LockedChannel,
    guild: GuildId,
    theirs: &[Whom],
) -> Post {
    let whom: Vec<String> = theirs
        .iter()
        .map(|whom| match whom {
            Whom::Role(RoleId(role)) if *role == guild.0 => "@everyone".to_owned(),
            Whom::Role(role) => role.mention(),
            Whom::Member(member) => member.mention(),
        })
        .collect();
    let words = text!(
        "lockdown-changed-by-hand",
        channel = row.channel.mention(),
        whom = whom.join(" ")
    );
    trouble(locale, row, words)
}

/// A closed channel was deleted.
pub fn gone(locale: Locale, row: &LockedChannel) -> Post {
    trouble(locale, row, text!("lockdown-gone", name = row.name.clone()))
}

/// Discord would not have a channel closed.
pub fn not_closed(locale: Locale, row: &LockedChannel, code: isize) -> Post {
    let channel = row.channel.mention();
    let words = text!(
        "lockdown-not-closed",
        channel = channel,
        code = code.to_string()
    );
    trouble(locale, row, words)
}

/// Discord would not have a channel opened.
pub fn not_opened(locale: Locale, row: &LockedChannel, code: isize) -> Post {
    let channel = row.channel.mention();
    let words = text!(
        "lockdown-not-opened",
        channel = channel,
        code = code.to_string()
    );
    trouble(locale, row, words)
}

fn trouble(locale: Locale, row: &LockedChannel, words: Text) -> Post {
    Post::new(locale, text!("lockdown-trouble", number = row.number)).saying(words)
}

/// Channels as a line of mentions.
pub fn mentions(channels: &[ChannelId]) -> String {
    let shown = channels.iter().take(NAMED).map(|channel| channel.mention());
    let line = shown.collect::<Vec<_>>().join(" ");
    match channels.len() > NAMED {
        true => format!("{line} …"),
        false => line,
    }
}

fn named(channels: &[ChannelId]) -> (Text, Text) {
    let line = Text::verbatim(mentions(channels));
    (Text::new("lockdown-field-channels"), line)
}

fn by(moderator: Option<UserId>) -> (Text, Text) {
    let words = Text::verbatim(moderator_text(moderator));
    (Text::new("case-field-moderator"), words)
}
