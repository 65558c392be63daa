//! What a guild chose for its economy, and what holds where it chose nothing.

use anyhow::Result;
use rusqlite::params;
use serde::{Deserialize, Serialize};

use crate::model::{Arg, GuildId, Text};
use crate::saved_row;
use crate::store::{Reader, SavedRow, Tables};
use crate::text;

/// One thing that a guild can choose. `None` is the default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", content = "value", rename_all = "snake_case")]
pub enum Choice {
    /// What stands after an amount.
    Symbol(Option<String>),
    /// What the coins are called.
    Name(Option<String>),
    /// The time zone whose midnight begins a new day, as IANA calls it.
    Zone(Option<String>),
    /// The coins of a day; 0 switches them off.
    Daily(Option<i64>),
    /// What each further day in a row adds, up to a week of them.
    StreakBonus(Option<i64>),
    /// The least and the most coins for work; 0 and 0 switch it off.
    Work(Option<(i64, i64)>),
    /// How many seconds lie between work and work.
    WorkEvery(Option<u64>),
    /// Payments above this are confirmed by whoever pays.
    ConfirmAbove(Option<i64>),
    /// The highest stake of a game; 0 switches games off.
    HighestStake(Option<i64>),
}

saved_row! {
    /// A row of `economies`: what a guild chose.
    pub struct EconomyRow in "economies" order "guild" {
        /// Where.
        pub guild: GuildId,
        /// See [`Choice::Symbol`].
        pub symbol: Option<String>,
        /// See [`Choice::Name`].
        pub name: Option<String>,
        /// See [`Choice::Zone`].
        pub zone: Option<String>,
        /// See [`Choice::Daily`].
        pub daily: Option<i64>,
        /// See [`Choice::StreakBonus`].
        pub streak_bonus: Option<i64>,
        /// See [`Choice::Work`].
        pub work_least: Option<i64>,
        /// See [`Choice::Work`].
        pub work_most: Option<i64>,
        /// See [`Choice::WorkEvery`].
        pub work_every: Option<u64>,
        /// See [`Choice::ConfirmAbove`].
        pub confirm_above: Option<i64>,
        /// See [`Choice::HighestStake`].
        pub highest_stake: Option<i64>,
    }
}

/// A guild's economy, with the defaults filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    /// What stands after an amount.
    pub symbol: String,
    /// What the coins are called, if the guild said so.
    pub name: Option<String>,
    /// The guild's own time zone.
    pub zone: Option<chrono_tz::Tz>,
    /// The coins of a day.
    pub daily: i64,
    /// What each further day in a row adds.
    pub streak_bonus: i64,
    /// The least coins for work.
    pub work_least: i64,
    /// The most.
    pub work_most: i64,
    /// Seconds between work and work.
    pub work_every: u64,
    /// Payments above this are confirmed.
    pub confirm_above: i64,
    /// The highest stake.
    pub highest_stake: i64,
}

impl Default for Choices {
    fn default() -> Choices {
        Choices {
            symbol: "🪙".to_owned(),
            name: None,
            zone: None,
            daily: 100,
            streak_bonus: 10,
            work_least: 20,
            work_most: 60,
            work_every: 3_600,
            confirm_above: 10_000,
            highest_stake: 10_000,
        }
    }
}

impl Choices {
    /// An amount as people read it: `1,000 🪙`.
    pub fn coins(&self, amount: i64) -> Text {
        text!(
            "economy-coins",
            amount = Arg::Grouped(amount),
            symbol = self.symbol.as_str()
        )
    }

    /// What the coins are called.
    pub fn currency(&self) -> Text {
        match &self.name {
            Some(name) => Text::verbatim(name.as_str()),
            None => Text::new("economy-currency-default"),
        }
    }
}

/// What `guild` chose.
pub fn of(reader: &Reader<'_>, guild: GuildId) -> Result<Choices> {
    let row = reader.query_optional(
        "SELECT guild, symbol, name, zone, daily, streak_bonus, work_least, work_most, work_every, confirm_above,
                highest_stake FROM economies WHERE guild = ?1",
        [guild],
        EconomyRow::read,
    )?;
    let default = Choices::default();
    let Some(row) = row else {
        return Ok(default);
    };
    Ok(Choices {
        symbol: row.symbol.unwrap_or(default.symbol),
        name: row.name,
        // A zone that a newer list of zones dropped falls back to the program's, rather than stop the economy.
        zone: row.zone.and_then(|zone| zone.parse().ok()),
        daily: row.daily.unwrap_or(default.daily),
        streak_bonus: row.streak_bonus.unwrap_or(default.streak_bonus),
        work_least: row.work_least.unwrap_or(default.work_least),
        work_most: row.work_most.unwrap_or(default.work_most),
        work_every: row.work_every.unwrap_or(default.work_every),
        confirm_above: row.confirm_above.unwrap_or(default.confirm_above),
        highest_stake: row.highest_stake.unwrap_or(default.highest_stake),
    })
}

pub(super) fn choose(tables: &Tables<'_>, guild: GuildId, choice: &Choice) -> Result<()> {
    tables.execute(
        "INSERT INTO economies (guild) VALUES (?1) ON CONFLICT DO NOTHING",
        [guild],
    )?;
    match choice {
        Choice::Symbol(value) => tables.execute(
            "UPDATE economies SET symbol = ?2 WHERE guild = ?1",
            params![guild, value],
        ),
        Choice::Name(value) => tables.execute(
            "UPDATE economies SET name = ?2 WHERE guild = ?1",
            params![guild, value],
        ),
        Choice::Zone(value) => tables.execute(
            "UPDATE economies SET zone = ?2 WHERE guild = ?1",
            params![guild, value],
        ),
        Choice::Daily(value) => tables.execute(
            "UPDATE economies SET daily = ?2 WHERE guild = ?1",
            params![guild, value],
        ),
        Choice::StreakBonus(value) => tables.execute(
            "UPDATE economies SET streak_bonus = ?2 WHERE guild = ?1",
            params![guild, value],
        ),
        Choice::Work(value) => tables.execute(
            "UPDATE economies SET work_least = ?2, work_most = ?3 WHERE guild = ?1",
            params![guild, value.map(|pay| pay.0), value.map(|pay| pay.1)],
        ),
        Choice::WorkEvery(value) => tables.execute(
            "UPDATE economies SET work_every = ?2 WHERE guild = ?1",
            params![guild, value],
        ),
        Choice::ConfirmAbove(value) => tables.execute(
            "UPDATE economies SET confirm_above = ?2 WHERE guild = ?1",
            params![guild, value],
        ),
        Choice::HighestStake(value) => tables.execute(
            "UPDATE economies SET highest_stake = ?2 WHERE guild = ?1",
            params![guild, value],
        ),
    }?;
    Ok(())
}
