//! The daily coins with their streak, and work.

use std::time::Duration;

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::attendance::excuses;
use super::calendar::{beginning, day_of};
use super::{check_issue, purse};
use crate::cogs::economy::register::{Change, Economy, choices, wages};
use crate::model::{GuildId, Refusal, Rejection, Timestamp, UserId};
use crate::store::Tx;
use crate::text;

/// From so many further days in a row on, the bonus grows no more.
const BONUS_DAYS: u32 = 6;

/// The coins of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claimed {
    /// How many.
    pub amount: i64,
    /// The how many-th day in a row it is.
    pub streak: u32,
    /// Whether days on which the bot was away were passed over for it.
    pub excused: bool,
    /// What the member has now.
    pub balance: i64,
    /// When the next ones can be had.
    pub next: Timestamp,
}

/// A member takes the day's coins. `zone` is the program's, for a guild that chose none.
pub fn daily(
    tx: &mut Tx<'_>,
    guild: GuildId,
    member: UserId,
    zone: Tz,
) -> Result<Claimed, Rejection> {
    let choices = choices::of(tx, guild)?;
    if choices.daily == 0 {
        return Err(Refusal::new("refused-daily-off").into());
    }
    let zone = choices.zone.unwrap_or(zone);
    let today = day_of(zone, tx.now());
    let next = beginning(zone, today.saturating_add(1))?;
    let wage = wages::of(tx, guild, member)?;
    let last = wage.as_ref().and_then(|wage| wage.day);
    // Later than today: the guild has moved west meanwhile.
    if let Some(last) = last
        && last >= today
    {
        let next = beginning(zone, last.saturating_add(1))?;
        return Err(Refusal(text!("refused-daily", next = next.markup('R'))).into());
    }
    let (streak, excused) = match (wage, last) {
        (Some(wage), Some(last)) if excuses(tx, zone, last, today)? => {
            (wage.streak.saturating_add(1), last + 1 < today)
        }
        _ => (1, false),
    };
    let further = i64::from((streak - 1).min(BONUS_DAYS));
    let amount = choices.daily + choices.streak_bonus * further;
    check_issue(tx, guild, amount)?;
    tx.record::<Economy>(&Change::Claimed {
        member,
        amount,
        day: today,
        streak,
    })?;
    Ok(Claimed {
        amount,
        streak,
        excused,
        balance: purse(tx, guild, member)?,
        next,
    })
}

/// The coins of work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worked {
    /// How many.
    pub amount: i64,
    /// What the member has now.
    pub balance: i64,
    /// When they can work again.
    pub next: Timestamp,
}

/// A member works. `luck` is any number, drawn by the caller; it decides what the work was worth.
pub fn work(
    tx: &mut Tx<'_>,
    guild: GuildId,
    member: UserId,
    luck: u64,
) -> Result<Worked, Rejection> {
    let choices = choices::of(tx, guild)?;
    if choices.work_most == 0 {
        return Err(Refusal::new("refused-work-off").into());
    }
    let pause = Duration::from_secs(choices.work_every);
    let worked = wages::of(tx, guild, member)?.and_then(|wage| wage.worked);
    if let Some(next) = worked.map(|worked| worked + pause)
        && next > tx.now()
    {
        return Err(Refusal(text!("refused-work", next = next.markup('R'))).into());
    }
    let span = (choices.work_most - choices.work_least).unsigned_abs() + 1;
    // Below 2^53, as the choice was checked.
    let amount = choices.work_least + i64::try_from(luck % span).unwrap_or(0);
    if amount < 1 {
        return Err(Refusal::new("refused-work-off").into());
    }
    check_issue(tx, guild, amount)?;
    tx.record::<Economy>(&Change::Worked { member, amount })?;
    Ok(Worked {
        amount,
        balance: purse(tx, guild, member)?,
        next: tx.now() + pause,
    })
}
