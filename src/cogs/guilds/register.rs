//! What is kept of guilds that were left: since when, and when what is kept of them goes.

use anyhow::{Context, Result};
use rusqlite::params;
use serde::{Deserialize, Serialize};

use crate::model::{GuildId, Timestamp, UserId};
use crate::saved_row;
use crate::store::{Entry, Reader, Redaction, Register, SavedRow, Table, Tables};

/// The register.
pub struct Guilds;

/// Everything that can happen to it. Which guild it is stands in the entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// The bot is not in the guild any more.
    Left {
        /// Its name, if it is known.
        name: Option<String>,
        /// When what is kept of it goes.
        forget_at: Timestamp,
    },
    /// It is in it again.
    Returned,
}

saved_row! {
    /// A guild that was left.
    pub struct Departure in "departures" order "guild" {
        /// Which.
        pub guild: GuildId,
        /// Its name then, if it was known.
        pub name: Option<String>,
        /// Since when.
        pub left_at: Timestamp,
        /// When what is kept of it goes.
        pub forget_at: Timestamp,
    }
}

impl Register for Guilds {
    type Change = Change;

    const NAME: &'static str = "guilds";
    const SCHEMA: &'static [&'static str] = &["
        CREATE TABLE departures (
            guild INTEGER PRIMARY KEY,
            name TEXT,
            left_at INTEGER NOT NULL,
            forget_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX departures_due ON departures (forget_at);
    "];

    fn tables() -> Vec<Table> {
        vec![Table::of::<Departure>()]
    }

    fn apply(tables: &Tables<'_>, change: &Change, entry: &Entry) -> Result<()> {
        let guild = entry.guild.context("a departure from no guild")?;
        match change {
            Change::Left { name, forget_at } => Departure {
                guild,
                name: name.clone(),
                left_at: entry.at,
                forget_at: *forget_at,
            }
            .insert(tables),
            Change::Returned => {
                tables.execute("DELETE FROM departures WHERE guild = ?1", [guild])?;
                Ok(())
            }
        }
    }

    fn redact(_change: &mut Change, _person: UserId) -> Redaction {
        // A guild's name is nobody's own.
        Redaction::Nothing
    }
}

/// The departure from `guild`, if it was left.
pub fn of(reader: &Reader<'_>, guild: GuildId) -> Result<Option<Departure>> {
    Ok(reader.query_optional(
        &format!(
            "SELECT {} FROM departures WHERE guild = ?1",
            Departure::COLUMNS
        ),
        [guild],
        Departure::read,
    )?)
}

/// Departures whose time is over at `now`.
pub fn due(reader: &Reader<'_>, now: Timestamp) -> Result<Vec<Departure>> {
    Ok(reader.query(
        &format!(
            "SELECT {} FROM departures WHERE forget_at <= ?1 ORDER BY forget_at",
            Departure::COLUMNS
        ),
        params![now],
        Departure::read,
    )?)
}

/// When the next one is over.
pub fn next_due(reader: &Reader<'_>) -> Result<Option<Timestamp>> {
    Ok(
        reader.query_row("SELECT min(forget_at) FROM departures", [], |row| {
            row.get(0)
        })?,
    )
}
