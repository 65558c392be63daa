//! When each member last took their daily coins and last worked.

use anyhow::Result;
use rusqlite::params;

use crate::model::{GuildId, Timestamp, UserId};
use crate::saved_row;
use crate::store::{Reader, SavedRow, Tables};

saved_row! {
    /// A member's wages.
    pub struct Wage in "wages" order "guild, member" {
        /// Where.
        pub guild: GuildId,
        /// Whose.
        pub member: UserId,
        /// The last day on which they took the daily coins, in days since 1970-01-01 of the guild's calendar.
        pub day: Option<i32>,
        /// How many days in a row that was; 0 for none yet.
        pub streak: u32,
        /// When they last worked.
        pub worked: Option<Timestamp>,
    }
}

/// A member's wages, if they ever had any.
pub fn of(reader: &Reader<'_>, guild: GuildId, member: UserId) -> Result<Option<Wage>> {
    Ok(reader.query_optional(
        "SELECT guild, member, day, streak, worked FROM wages WHERE guild = ?1 AND member = ?2",
        params![guild, member],
        Wage::read,
    )?)
}

pub(super) fn claimed(
    tables: &Tables<'_>,
    guild: GuildId,
    member: UserId,
    day: i32,
    streak: u32,
) -> Result<()> {
    tables.execute(
        "INSERT INTO wages (guild, member, day, streak) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (guild, member) DO UPDATE SET day = excluded.day, streak = excluded.streak",
        params![guild, member, day, streak],
    )?;
    Ok(())
}

pub(super) fn worked(
    tables: &Tables<'_>,
    guild: GuildId,
    member: UserId,
    at: Timestamp,
) -> Result<()> {
    tables.execute(
        "INSERT INTO wages (guild, member, streak, worked) VALUES (?1, ?2, 0, ?3)
         ON CONFLICT (guild, member) DO UPDATE SET worked = excluded.worked",
        params![guild, member, at],
    )?;
    Ok(())
}

pub(super) fn forget(tables: &Tables<'_>, guild: GuildId) -> Result<()> {
    tables.execute("DELETE FROM wages WHERE guild = ?1", [guild])?;
    Ok(())
}
