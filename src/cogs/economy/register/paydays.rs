//! Roles that get coins from time to time.

use anyhow::{Result, bail, ensure};
use rusqlite::params;

use super::Change;
use super::ledger::Book;
use crate::cogs::economy::account::{Account, Why};
use crate::model::{GuildId, RoleId, Timestamp};
use crate::saved_row;
use crate::store::{Reader, SavedRow};

saved_row! {
    /// A role's payday.
    pub struct Payday in "paydays" order "guild, role" {
        /// Where.
        pub guild: GuildId,
        /// Which role.
        pub role: RoleId,
        /// How many coins each of its members gets.
        pub amount: i64,
        /// Every how many seconds.
        pub every: u64,
        /// When next.
        pub due: Timestamp,
    }
}

pub(super) fn apply(book: &mut Book<'_>, change: &Change) -> Result<()> {
    match change {
        Change::PaydaySet {
            role, amount: 0, ..
        } => {
            book.tables.execute(
                "DELETE FROM paydays WHERE guild = ?1 AND role = ?2",
                params![book.guild, role],
            )?;
        }
        Change::PaydaySet {
            role,
            amount,
            every,
            due,
        } => {
            book.tables.execute(
                "INSERT INTO paydays (guild, role, amount, every, due) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (guild, role) DO UPDATE SET amount = excluded.amount, every = excluded.every, due = excluded.due",
                params![book.guild, role, amount, every, due],
            )?;
        }
        Change::PaydayPassed { role, due } => {
            let touched = book.tables.execute(
                "UPDATE paydays SET due = ?3 WHERE guild = ?1 AND role = ?2",
                params![book.guild, role, due],
            )?;
            ensure!(touched == 1, "the role {role} has no payday");
        }
        Change::PaidOut {
            members, amount, ..
        } => {
            for member in members {
                book.transfer(
                    Account::Bank,
                    Account::Member(*member),
                    *amount,
                    Why::Payday,
                )?;
            }
        }
        other => bail!("{other:?} is no change of a payday"),
    }
    Ok(())
}

/// A role's payday, if it has one.
pub fn find(reader: &Reader<'_>, guild: GuildId, role: RoleId) -> Result<Option<Payday>> {
    Ok(reader.query_optional(
        "SELECT guild, role, amount, every, due FROM paydays WHERE guild = ?1 AND role = ?2",
        params![guild, role],
        Payday::read,
    )?)
}

/// A guild's paydays.
pub fn of(reader: &Reader<'_>, guild: GuildId) -> Result<Vec<Payday>> {
    Ok(reader.query(
        "SELECT guild, role, amount, every, due FROM paydays WHERE guild = ?1 ORDER BY role",
        [guild],
        Payday::read,
    )?)
}

/// When the next payday is.
pub fn next_due(reader: &Reader<'_>) -> Result<Option<Timestamp>> {
    Ok(reader.query_row("SELECT min(due) FROM paydays", [], |row| row.get(0))?)
}

/// Paydays that came until `now`, the oldest first.
pub fn due(reader: &Reader<'_>, now: Timestamp) -> Result<Vec<Payday>> {
    Ok(reader.query(
        "SELECT guild, role, amount, every, due FROM paydays WHERE due <= ?1 ORDER BY due LIMIT 100",
        [now],
        Payday::read,
    )?)
}
