//! The journal's rows and how they are read.

use anyhow::Result;
use rusqlite::params;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::orders::ORDERS_KEPT;
use super::read::Reader;
use super::tx::Operations;
use crate::model::{GuildId, Timestamp, UserId};

/// The register name of the store's own entries.
pub const RESTORED: &str = "greffier";

/// When, where and by whom a change was made, and its place in the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The journal position: 1 is the first change; rises by 1.
    pub seq: u64,
    /// When it was recorded.
    pub at: Timestamp,
    /// In which guild, if in one.
    pub guild: Option<GuildId>,
    /// Who gave the order; `None` is Greffier itself.
    pub actor: Option<UserId>,
}

/// One line of the journal, as table and mirror hold it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct JournalRow {
    /// The journal position.
    pub seq: u64,
    /// When, in milliseconds UTC.
    pub at: Timestamp,
    /// In which guild, if in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guild: Option<GuildId>,
    /// Who gave the order; absent: Greffier itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<UserId>,
    /// The message or interaction that caused it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// Which of that order's changes it is, from 0.
    pub step: u32,
    /// Whose change it is.
    pub register: String,
    /// The change, as JSON.
    pub change: Box<RawValue>,
}

impl JournalRow {
    /// What [`super::Register::apply`] is told besides the change.
    pub fn entry(&self) -> Entry {
        Entry {
            seq: self.seq,
            at: self.at,
            guild: self.guild,
            actor: self.actor,
        }
    }
}

/// The store's own change: state was brought in from files, and history starts anew behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename = "restored")]
pub struct Restored {
    /// The archive's or save's name.
    pub source: String,
    /// The journal position that the source stood at, after its replayed rows.
    pub source_seq: u64,
    /// The epoch that begins with this change.
    pub epoch: u64,
    /// First and last position of each run of changes that is known to be missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<(u64, u64)>,
}

/// Which journal rows are wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct JournalFilter {
    /// Only rows after this position.
    pub after: u64,
    /// Only rows at or after this time.
    pub since: Option<Timestamp>,
    /// Only rows of this guild.
    pub guild: Option<GuildId>,
}

impl Reader<'_> {
    /// The newest journal position, counting what a restore brought without its rows.
    pub fn seq(&self) -> Result<u64> {
        let seq: i64 = self.query_row(
            "SELECT max(base_seq, (SELECT coalesce(max(seq), 0) FROM journal)) FROM identity",
            [],
            |row| row.get(0),
        )?;
        Ok(seq.unsigned_abs())
    }

    /// The position of the oldest change that the journal holds.
    pub fn oldest_change(&self) -> Result<Option<u64>> {
        Ok(self.query_row("SELECT min(seq) FROM journal", [], |row| row.get(0))?)
    }

    /// The database's uuid and its epoch: how often its history was replaced by a restore.
    pub fn identity(&self) -> Result<(String, u64)> {
        Ok(
            self.query_row("SELECT uuid, epoch FROM identity", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?,
        )
    }

    /// Each register that ever was in the program's list, with the schema of its tables.
    pub fn schemas(&self) -> Result<Vec<(String, u32)>> {
        Ok(self.query(
            "SELECT name, schema FROM registers ORDER BY name",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?)
    }

    /// Hands the rows that `filter` lets through to `sink`, oldest first.
    pub fn journal(
        &self,
        filter: JournalFilter,
        mut sink: impl FnMut(JournalRow) -> Result<()>,
    ) -> Result<()> {
        self.for_each(
            "SELECT seq, at, guild, actor, origin, step, register, change FROM journal
             WHERE seq > ?1 AND (?2 IS NULL OR at >= ?2) AND (?3 IS NULL OR guild = ?3) ORDER BY seq",
            params![filter.after, filter.since, filter.guild],
            |row| sink(read_row(row)?),
        )
    }
}

impl Operations<'_> {
    /// Removes up to `count` of the oldest rows, none after `until` and none that is so young that its order may be
    /// delivered again. Their positions are never given to others. Returns how many went.
    pub fn trim_journal(&self, until: u64, count: u32) -> Result<u32> {
        let oldest = self.query(
            "SELECT seq, at FROM journal WHERE seq <= ?1 ORDER BY seq LIMIT ?2",
            params![until, count],
            |row| Ok((row.get::<_, u64>(0)?, row.get::<_, Timestamp>(1)?)),
        )?;
        let is_past = |at: Timestamp| at < self.now - ORDERS_KEPT;
        let past: Vec<u64> = oldest
            .into_iter()
            .take_while(|(_, at)| is_past(*at))
            .map(|(seq, _)| seq)
            .collect();
        let Some(last) = past.last() else {
            return Ok(0);
        };
        self.tables
            .execute("DELETE FROM journal WHERE seq <= ?1", [last])?;
        self.tables
            .execute("UPDATE identity SET base_seq = max(base_seq, ?1)", [last])?;
        Ok(u32::try_from(past.len())?)
    }
}

fn read_row(row: &rusqlite::Row<'_>) -> Result<JournalRow> {
    Ok(JournalRow {
        seq: row.get(0)?,
        at: row.get(1)?,
        guild: row.get(2)?,
        actor: row.get(3)?,
        origin: row.get(4)?,
        step: row.get(5)?,
        register: row.get(6)?,
        change: RawValue::from_string(row.get(7)?)?,
    })
}
