//! Coins for everyone who holds a role: once, or from time to time.

use std::time::Duration;

use super::{administrator, check_issue, positive};
use crate::cogs::economy::register::{Change, Economy, paydays};
use crate::model::{GuildId, Refusal, Rejection, RoleId, Standing, Timestamp, UserId};
use crate::store::Tx;
use crate::text;

/// A payday comes at most this often.
const SHORTEST: Duration = Duration::from_secs(3_600);
/// A payday comes at least this often.
const LONGEST: Duration = Duration::from_secs(366 * 24 * 3_600);
/// So many paydays a guild can have.
const MOST: usize = 25;
/// So many members share one change, so that a line of the journal stays readable.
const AT_ONCE: usize = 1_000;

/// Pays everyone in `members`, once. Returns what it cost.
pub fn pay_out(
    tx: &mut Tx<'_>,
    guild: GuildId,
    actor: &Standing,
    role: RoleId,
    members: &[UserId],
    amount: i64,
) -> Result<i64, Rejection> {
    administrator(actor)?;
    let amount = positive(amount)?;
    if members.is_empty() {
        return Err(Refusal(text!("refused-role-empty", role = role.mention())).into());
    }
    give(tx, guild, role, members, amount)
}

/// Pays a role from time to time; 0 coins end it. The first payday is `every` from now. Returns when.
pub fn set(
    tx: &mut Tx<'_>,
    guild: GuildId,
    actor: &Standing,
    role: RoleId,
    amount: i64,
    every: Duration,
) -> Result<Timestamp, Rejection> {
    administrator(actor)?;
    positive(amount)?;
    if !(SHORTEST..=LONGEST).contains(&every) {
        return Err(Refusal::new("refused-payday-rhythm").into());
    }
    let others = paydays::of(tx, guild)?;
    if others.len() >= MOST && others.iter().all(|payday| payday.role != role) {
        return Err(Refusal(text!("refused-paydays", most = MOST)).into());
    }
    let due = tx.now() + every;
    tx.record::<Economy>(&Change::PaydaySet {
        role,
        amount,
        every: every.as_secs(),
        due,
    })?;
    Ok(due)
}

/// Ends a role's payday.
pub fn end(
    tx: &mut Tx<'_>,
    guild: GuildId,
    actor: &Standing,
    role: RoleId,
) -> Result<(), Rejection> {
    administrator(actor)?;
    if paydays::find(tx, guild, role)?.is_none() {
        return Err(Refusal(text!("refused-no-payday", role = role.mention())).into());
    }
    let due = tx.now();
    tx.record::<Economy>(&Change::PaydaySet {
        role,
        amount: 0,
        every: 0,
        due,
    })?;
    Ok(())
}

/// A payday has come: whoever holds the role now is paid, and the next one is due. One that was paid or ended meanwhile
/// stays as it is; those missed while the bot was away are one.
pub fn come(
    tx: &mut Tx<'_>,
    guild: GuildId,
    role: RoleId,
    members: &[UserId],
) -> Result<(), Rejection> {
    let Some(payday) = paydays::find(tx, guild, role)? else {
        return Ok(());
    };
    if payday.due > tx.now() {
        return Ok(());
    }
    let every = i64::try_from(payday.every * 1_000)
        .unwrap_or(i64::MAX)
        .max(1);
    let missed = (tx.now().0 - payday.due.0) / every;
    let due = Timestamp(payday.due.0 + (missed + 1) * every);
    tx.record::<Economy>(&Change::PaydayPassed { role, due })?;
    match give(tx, guild, role, members, payday.amount) {
        // A guild whose supply is at its limit has no payday, and the next one comes all the same.
        Ok(_) | Err(Rejection::Refused(_)) => Ok(()),
        Err(other) => Err(other),
    }
}

fn give(
    tx: &mut Tx<'_>,
    guild: GuildId,
    role: RoleId,
    members: &[UserId],
    amount: i64,
) -> Result<i64, Rejection> {
    let count = i64::try_from(members.len()).unwrap_or(i64::MAX);
    let cost = amount
        .checked_mul(count)
        .ok_or_else(|| Refusal::new("refused-supply"))?;
    check_issue(tx, guild, cost)?;
    for some in members.chunks(AT_ONCE) {
        tx.record::<Economy>(&Change::PaidOut {
            role,
            members: some.to_vec(),
            amount,
        })?;
    }
    Ok(cost)
}
