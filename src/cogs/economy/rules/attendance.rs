//! When the bot was away, and whether that excuses a day that a member missed.

use std::ops::Range;
use std::time::Duration;

use anyhow::Result;
use chrono_tz::Tz;

use super::calendar::beginning;
use crate::cogs::economy::register::{Change, Economy, attendance};
use crate::model::{Rejection, Timestamp};
use crate::store::{Reader, Tx};

/// A restart shorter than this is nobody's excuse, and is not even noted.
pub const NOTICED: Duration = Duration::from_secs(10 * 60);
/// Being away for so long of a day excuses everyone who missed it: nobody knows when they would have come.
pub const EXCUSING: Duration = Duration::from_secs(3_600);

/// The bot is here again after `away`. The same absence told twice is noted once.
pub fn back(tx: &mut Tx<'_>, away: &Range<Timestamp>) -> Result<(), Rejection> {
    let (since, until) = (away.start, away.end);
    if is_worth_noting(away) && !is_noted(tx, since)? {
        tx.record::<Economy>(&Change::Absent { since, until })?;
    }
    Ok(())
}

/// Whether it was more than a restart.
pub fn is_worth_noting(away: &Range<Timestamp>) -> bool {
    away.end.since(away.start) >= NOTICED
}

/// Whether the absence that began at `since` is noted.
pub fn is_noted(reader: &Reader<'_>, since: Timestamp) -> Result<bool> {
    Ok(!attendance::after(reader, since)?.is_empty())
}

/// Whether each of the days between `last` and `today` was one on which the bot was away.
pub(super) fn excuses(reader: &Reader<'_>, zone: Tz, last: i32, today: i32) -> Result<bool> {
    let missed = last.saturating_add(1)..today;
    if missed.is_empty() {
        return Ok(true);
    }
    let absences = attendance::after(reader, beginning(zone, missed.start)?)?;
    if absences.is_empty() {
        return Ok(false);
    }
    for day in missed {
        let (begin, end) = (
            beginning(zone, day)?,
            beginning(zone, day.saturating_add(1))?,
        );
        let away: Duration = absences
            .iter()
            .map(|absence| absence.until.min(end).since(absence.since.max(begin)))
            .sum();
        if away < EXCUSING {
            return Ok(false);
        }
    }
    Ok(true)
}
