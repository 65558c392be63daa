//! The course of a mute: its renewal, its end, what Discord said to either, and what was done by hand.

use std::time::Duration;

use super::super::register::{self, Change, Mute, Mutes};
use super::{RENEWED_BEFORE, due, lift_on_discord, silence_on_discord, tag};
use crate::cogs::cases::rules::sanctions::{self, ByHand};
use crate::cogs::cases::rules::{self as cases, Desk, Ending, Kind, audit_text};
use crate::model::{GuildId, Rejection, UserId};
use crate::store::Tx;

/// How soon an act that Discord refused is tried again.
const TRY_AGAIN: Duration = Duration::from_secs(3_600);
/// Discord's error code for somebody who is not in the guild.
const UNKNOWN_MEMBER: isize = 10007;

/// Does what is due about these mutes of one guild: ends those that are over, renews the others.
pub fn attend(tx: &mut Tx<'_>, members: &[UserId]) -> Result<(), Rejection> {
    let Some(guild) = tx.order().guild else {
        return Ok(());
    };
    let now = tx.now();
    for member in members {
        let Some(mute) = register::of(tx, guild, *member)? else {
            continue;
        };
        if mute.due.is_none_or(|due| due > now) {
            continue;
        }
        if mute.holds(now) {
            tx.record::<Mutes>(&Change::Postponed {
                member: *member,
                due: due(now, mute.until, mute.role),
            })?;
            silence_on_discord(tx, guild, mute.number, *member, mute.until, mute.role)?;
        } else {
            tx.record::<Mutes>(&Change::Lifting { member: *member })?;
            let audit = audit_text(mute.number, "");
            let tag = tag("lift", mute.number, "expired");
            lift_on_discord(tx, guild, *member, mute.role, audit, tag)?;
        }
    }
    Ok(())
}

/// Has Discord silence those of these members who should be silent and are not: they rejoined, or the bot was away.
pub fn restore(tx: &mut Tx<'_>, members: &[UserId]) -> Result<u32, Rejection> {
    let Some(guild) = tx.order().guild else {
        return Ok(0);
    };
    let mut restored = 0;
    for member in members {
        if let Some(mute) = register::of(tx, guild, *member)?
            && mute.holds(tx.now())
        {
            silence_on_discord(tx, guild, mute.number, *member, mute.until, mute.role)?;
            restored += 1;
        }
    }
    Ok(restored)
}

/// Discord said that a silence has ended: the mute of this number is over. `why` is the rest of the effect's tag.
pub fn lifted(
    tx: &mut Tx<'_>,
    desk: &Desk,
    member: UserId,
    number: u32,
    why: &str,
) -> Result<(), Rejection> {
    let Some(mute) = register::of(tx, desk.guild, member)? else {
        return Ok(());
    };
    // Muted again meanwhile: that one holds.
    if mute.number != number || mute.lifting.is_none() {
        return Ok(());
    }
    tx.record::<Mutes>(&Change::Over { member })?;
    let (how, by) = match why.split_once(':') {
        Some(("by", case)) => {
            let unmute = cases::any(tx, desk.guild, case.parse().unwrap_or(0))?;
            (Ending::Lifted, unmute.and_then(|unmute| unmute.moderator))
        }
        Some(("undone", moderator)) => (Ending::Withdrawn, moderator.parse().ok()),
        _ => (Ending::Expired, None),
    };
    cases::end(tx, desk, number, how, by)
}

/// Discord refused to end a silence. Whoever has left is silent no longer; else it is tried again, until Discord does it.
pub fn not_lifted(
    tx: &mut Tx<'_>,
    desk: &Desk,
    member: UserId,
    number: u32,
    code: isize,
    why: &str,
) -> Result<(), Rejection> {
    if code == UNKNOWN_MEMBER {
        return lifted(tx, desk, member, number, why);
    }
    postpone(tx, desk.guild, member, number)
}

/// Discord refused to silence somebody. Whoever has left is silenced when they come back; else the mute never was.
pub fn not_silenced(
    tx: &mut Tx<'_>,
    desk: &Desk,
    member: UserId,
    number: u32,
    code: isize,
) -> Result<(), Rejection> {
    if code == UNKNOWN_MEMBER {
        return Ok(());
    }
    let Some(mute) = current(tx, desk.guild, member, number)? else {
        return Ok(());
    };
    if mute.since < tx.now() - RENEWED_BEFORE {
        // It held until now: a role that was moved for a moment must not end it.
        return postpone(tx, desk.guild, member, number);
    }
    tx.record::<Mutes>(&Change::Over { member })?;
    sanctions::refused(tx, desk, number)
}

fn postpone(tx: &mut Tx<'_>, guild: GuildId, member: UserId, number: u32) -> Result<(), Rejection> {
    if current(tx, guild, member, number)?.is_some() {
        let due = Some(tx.now() + TRY_AGAIN);
        tx.record::<Mutes>(&Change::Postponed { member, due })?;
    }
    Ok(())
}

fn current(
    tx: &Tx<'_>,
    guild: GuildId,
    member: UserId,
    number: u32,
) -> Result<Option<Mute>, Rejection> {
    Ok(register::of(tx, guild, member)?.filter(|mute| mute.number == number))
}

/// A moderator timed somebody out by hand, or ended a timeout so: it becomes a case, and a mute that is known.
pub fn by_hand(tx: &mut Tx<'_>, desk: &Desk, act: ByHand) -> Result<(), Rejection> {
    let (member, until, muted) = (act.member, act.until, act.act == Kind::Mute);
    let moderator = act.moderator;
    let former = register::of(tx, desk.guild, member)?;
    let Some(case) = sanctions::by_hand(tx, desk, act)? else {
        return Ok(());
    };
    if muted {
        if let Some(former) = former {
            cases::end(tx, desk, former.number, Ending::Replaced, None)?;
        }
        tx.record::<Mutes>(&Change::Muted {
            number: case.number,
            member,
            until,
            role: None,
            due: due(tx.now(), until, None),
        })?;
    } else if let Some(former) = former.filter(|former| former.role.is_none()) {
        tx.record::<Mutes>(&Change::Over { member })?;
        cases::end(tx, desk, former.number, Ending::Lifted, Some(moderator))?;
    }
    Ok(())
}
