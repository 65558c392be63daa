//! Who may close channels and for how long; when one is open again; and that nothing done by hand is overwritten unsaid.
//!
//! A channel is open when Discord says so, and the end of a lockdown asks nobody whether the moderator still may.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::plan::Rule;
use super::posts;
use super::register::{self, Change, Lockdowns, LockedChannel, State};
use crate::cogs::cases::rules::{Desk, optional_reason};
use crate::model::{
    ChannelId, Effect, GuildId, Post, Refusal, Rejection, Scene, Text, Timestamp, UserId, Whom,
};
use crate::store::Tx;
use crate::text;

/// How soon an opening that Discord refused is tried again.
const TRY_AGAIN: Duration = Duration::from_secs(3_600);

/// A channel as it was looked at, and what closes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    /// Which.
    pub channel: ChannelId,
    /// Its name.
    pub name: String,
    /// What closes it.
    pub rules: Vec<Rule>,
}

/// Which channels somebody spoke of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// These, by name.
    Named,
    /// All that are open: what is closed already is left as it is.
    All,
}

/// What an order to close came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locked {
    /// The lockdown's number.
    pub number: u32,
    /// What is being closed.
    pub closed: Vec<ChannelId>,
    /// What was closed already, and stays so until the new time.
    pub prolonged: Vec<ChannelId>,
    /// Until when; absent: until somebody opens it.
    pub until: Option<Timestamp>,
}

/// Closes channels to members.
pub fn close(
    tx: &mut Tx<'_>,
    scene: &Scene,
    scope: Scope,
    sights: &[Sight],
    length: Option<Duration>,
    reason: &str,
) -> Result<Locked, Rejection> {
    let desk = Desk::of_moderator(tx, scene)?;
    let reason = optional_reason(reason)?;
    if length.is_some_and(|length| length < Duration::from_secs(1)) {
        return Err(Refusal::new("refused-no-length").into());
    }
    let until = length.map(|length| tx.now() + length);
    let mut fresh = Vec::new();
    let mut known = Vec::new();
    for sight in sights {
        match register::of(tx, desk.guild, sight.channel)? {
            None => fresh.push(sight.clone()),
            // What it said before it was closed is what comes back, not what it says on its way.
            Some(row) if row.state == State::Opening => fresh.push(Sight {
                rules: row.rules()?,
                ..sight.clone()
            }),
            Some(row) => known.push(row),
        }
    }
    let prolonged = match (scope, until) {
        (Scope::Named, Some(until)) => prolong(tx, &desk, scene, &known, until)?,
        _ => Vec::new(),
    };
    if fresh.is_empty() {
        return match (prolonged.is_empty(), known.first()) {
            (false, Some(first)) => Ok(Locked {
                number: first.number,
                closed: Vec::new(),
                prolonged,
                until,
            }),
            (_, Some(first)) => Err(already(scope, first).into()),
            (_, None) => Err(Refusal::new("refused-nothing-to-close").into()),
        };
    }
    let number = begin(tx, &desk, scene.actor.user, &fresh, until, reason)?;
    Ok(Locked {
        number,
        closed: fresh.iter().map(|sight| sight.channel).collect(),
        prolonged,
        until,
    })
}

fn already(scope: Scope, first: &LockedChannel) -> Refusal {
    match scope {
        Scope::All => Refusal::new("refused-all-closed"),
        Scope::Named => text!(
            "refused-closed-already",
            channel = first.channel.mention(),
            until = until_text(first.until)
        )
        .into(),
    }
}

/// Until when, as a part of a sentence.
pub fn until_text(until: Option<Timestamp>) -> Text {
    match until {
        Some(until) => text!("lockdown-until", until = until.markup('f')),
        None => Text::new("lockdown-until-opened"),
    }
}

fn begin(
    tx: &mut Tx<'_>,
    desk: &Desk,
    moderator: UserId,
    fresh: &[Sight],
    until: Option<Timestamp>,
    reason: &str,
) -> Result<u32, Rejection> {
    let number = register::next_number(tx, desk.guild)?;
    tx.record::<Lockdowns>(&Change::Ordered {
        number,
        moderator,
        reason: reason.to_owned(),
    })?;
    for sight in fresh {
        tx.record::<Lockdowns>(&Change::Closing {
            number,
            channel: sight.channel,
            name: sight.name.clone(),
            until,
            rules: sight.rules.clone(),
        })?;
        lock(tx, desk.guild, sight.channel)?;
    }
    let channels: Vec<ChannelId> = fresh.iter().map(|sight| sight.channel).collect();
    let post = posts::begun(desk.locale, number, &channels, moderator, reason, until);
    log(tx, desk, post)?;
    Ok(number)
}

fn prolong(
    tx: &mut Tx<'_>,
    desk: &Desk,
    scene: &Scene,
    known: &[LockedChannel],
    until: Timestamp,
) -> Result<Vec<ChannelId>, Rejection> {
    let channels: Vec<ChannelId> = known.iter().map(|row| row.channel).collect();
    for channel in &channels {
        tx.record::<Lockdowns>(&Change::Prolonged {
            channel: *channel,
            until,
        })?;
    }
    if let Some(first) = known.first() {
        let moderator = scene.actor.user;
        let post = posts::prolonged(desk.locale, first.number, &channels, moderator, until);
        log(tx, desk, post)?;
    }
    Ok(channels)
}

/// Opens channels again: these, or without any named all that are closed. Returns which.
pub fn open(
    tx: &mut Tx<'_>,
    scene: &Scene,
    named: Option<&[ChannelId]>,
    reason: &str,
) -> Result<Vec<ChannelId>, Rejection> {
    let desk = Desk::of_moderator(tx, scene)?;
    let reason = optional_reason(reason)?;
    let mut rows = register::all(tx, desk.guild)?;
    rows.retain(|row| row.state != State::Opening);
    rows.retain(|row| named.is_none_or(|named| named.contains(&row.channel)));
    if rows.is_empty() {
        return Err(match named.and_then(<[ChannelId]>::first) {
            Some(channel) => {
                Refusal::from(text!("refused-not-closed", channel = channel.mention()))
            }
            None => Refusal::new("refused-none-closed"),
        }
        .into());
    }
    let by = Some(scene.actor.user);
    open_rows(tx, &desk, &rows, by, reason)?;
    Ok(rows.iter().map(|row| row.channel).collect())
}

/// Opens what is due in the order's guild. Nobody is asked whether the moderator still may.
pub fn open_due(tx: &mut Tx<'_>, desk: &Desk, channels: &[ChannelId]) -> Result<(), Rejection> {
    let mut over = Vec::new();
    for channel in channels {
        let Some(row) = register::of(tx, desk.guild, *channel)? else {
            continue;
        };
        if row.due.is_none_or(|due| due > tx.now()) {
            continue;
        }
        match row.state {
            // Refused before: tried again, without another word.
            State::Opening => opening(tx, desk.guild, *channel, row.opened_by, "")?,
            State::Closing | State::Closed => over.push(row),
        }
    }
    open_rows(tx, desk, &over, None, "")
}

fn open_rows(
    tx: &mut Tx<'_>,
    desk: &Desk,
    rows: &[LockedChannel],
    by: Option<UserId>,
    reason: &str,
) -> Result<(), Rejection> {
    for row in rows {
        opening(tx, desk.guild, row.channel, by, reason)?;
    }
    let mut numbers: Vec<u32> = rows.iter().map(|row| row.number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    for number in numbers {
        let of_it = rows.iter().filter(|row| row.number == number);
        let channels: Vec<ChannelId> = of_it.map(|row| row.channel).collect();
        let post = posts::ended(desk.locale, number, &channels, by, reason);
        log(tx, desk, post)?;
    }
    Ok(())
}

fn opening(
    tx: &mut Tx<'_>,
    guild: GuildId,
    channel: ChannelId,
    by: Option<UserId>,
    reason: &str,
) -> Result<(), Rejection> {
    tx.record::<Lockdowns>(&Change::Opening {
        channel,
        by,
        reason: reason.to_owned(),
    })?;
    lock(tx, guild, channel)
}

/// Somebody changed a channel's exceptions just before they were to be closed: that is what comes back.
pub fn found(
    tx: &mut Tx<'_>,
    guild: GuildId,
    channel: ChannelId,
    rules: &[Rule],
) -> Result<(), Rejection> {
    if in_state(tx, guild, channel, State::Closing)?.is_some() {
        tx.record::<Lockdowns>(&Change::Found {
            channel,
            rules: rules.to_vec(),
        })?;
    }
    Ok(())
}

/// Discord said that a channel is closed.
pub fn closed(tx: &mut Tx<'_>, guild: GuildId, channel: ChannelId) -> Result<(), Rejection> {
    if in_state(tx, guild, channel, State::Closing)?.is_some() {
        tx.record::<Lockdowns>(&Change::Closed { channel })?;
    }
    Ok(())
}

/// Discord said that a channel is open. `theirs`: the exceptions that somebody changed by hand meanwhile, and that stay so.
pub fn opened(
    tx: &mut Tx<'_>,
    desk: &Desk,
    channel: ChannelId,
    theirs: &[Whom],
) -> Result<(), Rejection> {
    let Some(row) = in_state(tx, desk.guild, channel, State::Opening)? else {
        return Ok(());
    };
    if !theirs.is_empty() {
        let post = posts::changed_by_hand(desk.locale, &row, desk.guild, theirs);
        tell(tx, desk, &row, post)?;
    }
    tx.record::<Lockdowns>(&Change::Opened { channel })?;
    Ok(())
}

/// A channel is gone: there is nothing to open any more.
pub fn gone(tx: &mut Tx<'_>, desk: &Desk, channel: ChannelId) -> Result<(), Rejection> {
    let Some(row) = register::of(tx, desk.guild, channel)? else {
        return Ok(());
    };
    let post = posts::gone(desk.locale, &row);
    tell(tx, desk, &row, post)?;
    tx.record::<Lockdowns>(&Change::Gone { channel })?;
    Ok(())
}

/// Discord refused. What can't be closed is given back as far as it was changed; what can't be opened is tried again.
pub fn refused(
    tx: &mut Tx<'_>,
    desk: &Desk,
    channel: ChannelId,
    code: isize,
) -> Result<(), Rejection> {
    let Some(row) = register::of(tx, desk.guild, channel)? else {
        return Ok(());
    };
    match row.state {
        State::Closed => Ok(()),
        State::Closing => {
            tell(tx, desk, &row, posts::not_closed(desk.locale, &row, code))?;
            opening(tx, desk.guild, channel, None, "")
        }
        State::Opening => {
            if row.trouble.is_none() {
                tell(tx, desk, &row, posts::not_opened(desk.locale, &row, code))?;
            }
            let due = tx.now() + TRY_AGAIN;
            let code = i64::try_from(code).unwrap_or_default();
            tx.record::<Lockdowns>(&Change::Postponed { channel, due, code })?;
            Ok(())
        }
    }
}

fn in_state(
    tx: &Tx<'_>,
    guild: GuildId,
    channel: ChannelId,
    state: State,
) -> Result<Option<LockedChannel>, Rejection> {
    Ok(register::of(tx, guild, channel)?.filter(|row| row.state == state))
}

fn lock(tx: &mut Tx<'_>, guild: GuildId, channel: ChannelId) -> Result<(), Rejection> {
    Ok(tx.enqueue(&Effect::Lock { guild, channel })?)
}

fn log(tx: &mut Tx<'_>, desk: &Desk, post: Post) -> Result<(), Rejection> {
    if let Some(channel) = desk.settings.usable_log_channel() {
        let guild = desk.guild;
        tx.enqueue(&Effect::LogPost {
            guild,
            channel,
            post,
        })?;
    }
    Ok(())
}

/// Says in the log what went otherwise than ordered; where there is none, to whoever ordered it.
fn tell(tx: &mut Tx<'_>, desk: &Desk, row: &LockedChannel, post: Post) -> Result<(), Rejection> {
    if desk.settings.usable_log_channel().is_some() {
        return log(tx, desk, post);
    }
    let moderator = match row.opened_by {
        Some(by) => Some(by),
        None => register::find(tx, desk.guild, row.number)?.map(|it| it.moderator),
    };
    if let Some(member) = moderator {
        tx.enqueue(&Effect::DirectMessage { member, post })?;
    }
    Ok(())
}
