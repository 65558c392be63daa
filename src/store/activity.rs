//! When each register last changed, in each guild: what `!persistent_status` shows and what a save need not write again.

use std::collections::HashMap;

use anyhow::Result;
use rusqlite::params;

use super::journal::JournalRow;
use super::read::Reader;
use super::tx::Tables;
use crate::model::{GuildId, Timestamp};

/// A register's newest change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Activity {
    /// Its journal position.
    pub seq: u64,
    /// When it was made.
    pub at: Timestamp,
}

/// The registers and guilds that a commit touches; written once a commit, however many changes it holds.
pub(super) struct Touched<'a> {
    newest: HashMap<(&'a str, u64), Activity>,
}

impl<'a> Touched<'a> {
    pub(super) fn by(rows: &'a [JournalRow]) -> Touched<'a> {
        let newest = rows.iter().map(|row| {
            let guild = row.guild.map_or(0, |guild| guild.0);
            let activity = Activity {
                seq: row.seq,
                at: row.at,
            };
            ((row.register.as_str(), guild), activity)
        });
        Touched {
            newest: newest.collect(),
        }
    }

    pub(super) fn flush(self, tables: &Tables<'_>) -> Result<()> {
        for ((register, guild), activity) in self.newest {
            tables.execute(
                "INSERT INTO activity (register, guild, seq, at) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (register, guild) DO UPDATE SET seq = excluded.seq, at = excluded.at",
                params![register, guild as i64, activity.seq, activity.at],
            )?;
        }
        Ok(())
    }
}

impl Reader<'_> {
    /// The newest change of `register`, in one guild or in all.
    pub fn activity(&self, register: &str, guild: Option<GuildId>) -> Result<Option<Activity>> {
        let read = |row: &rusqlite::Row<'_>| {
            Ok(Activity {
                seq: row.get(0)?,
                at: row.get(1)?,
            })
        };
        Ok(match guild {
            Some(guild) => self.query_optional(
                "SELECT seq, at FROM activity WHERE register = ?1 AND guild = ?2",
                params![register, guild],
                read,
            )?,
            None => self.query_optional(
                "SELECT seq, at FROM activity WHERE register = ?1 ORDER BY seq DESC LIMIT 1",
                params![register],
                read,
            )?,
        })
    }
}
