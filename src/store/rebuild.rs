//! Bringing state in from files: the only other thing besides a rule's transaction that may write records.

use std::ops::Deref;

use anyhow::{Context, Result};
use rusqlite::{Connection, params};
use serde_json::value::RawValue;

use super::activity::Touched;
use super::journal::{Entry, JournalRow, RESTORED, Restored};
use super::register::{AnyRegister, Registers};
use super::row::Table;
use super::tx::{Tables, insert_journal_row};
use crate::model::Timestamp;

/// One transaction that replaces what the registers hold.
pub struct Rebuild<'a> {
    tables: Tables<'a>,
    registers: &'a Registers,
    /// When it began.
    pub now: Timestamp,
}

impl<'a> Rebuild<'a> {
    /// Empties every table of every register, and the operational tables that spoke of the former state.
    pub fn clear(&self) -> Result<()> {
        for register in self.registers.iter() {
            for table in register.tables().iter().rev() {
                self.tables
                    .execute(&format!("DELETE FROM {}", table.name), [])?;
            }
        }
        for table in ["outbox", "activity", "orders"] {
            self.tables.execute(&format!("DELETE FROM {table}"), [])?;
        }
        Ok(())
    }

    /// Takes in a saved row.
    pub fn load(&self, table: &Table, row: &str) -> Result<()> {
        table.load(&self.tables, row)
    }

    /// Carries out a change that a mirror or an archive's tail holds, and keeps its row in the journal.
    pub fn replay(&self, row: &JournalRow) -> Result<()> {
        self.keep(row)?;
        self.apply(row)
    }

    /// Keeps the journal row of a change that the tables hold already.
    pub fn keep(&self, row: &JournalRow) -> Result<()> {
        let kept = insert_journal_row(&self.tables, row).or_else(|error| {
            // A copy reaches further back than the journal did: the same order was carried out anew when its first row had
            // been trimmed.
            let params = params![row.origin, row.step];
            let sql = "DELETE FROM journal WHERE origin = ?1 AND step = ?2";
            match self.tables.execute(sql, params)? {
                0 => Err(error),
                _ => insert_journal_row(&self.tables, row),
            }
        });
        kept.with_context(|| format!("keeping journal row {}", row.seq))
    }

    /// [`Rebuild::replay`] for a change that may fail because others before it are lost: then only its row is kept. The
    /// inner result says whether it was carried out.
    pub fn attempt_replay(&self, row: &JournalRow) -> Result<Result<()>> {
        self.keep(row)?;
        self.tables.execute("SAVEPOINT attempt", [])?;
        let applied = self.apply(row);
        if applied.is_err() {
            self.tables.execute("ROLLBACK TO attempt", [])?;
        }
        self.tables.execute("RELEASE attempt", [])?;
        Ok(applied)
    }

    /// Carries out a change without keeping its row: the journal has it, or is not to have it.
    pub fn apply(&self, row: &JournalRow) -> Result<()> {
        if row.register == RESTORED {
            return Ok(());
        }
        let register = self.registers.get(&row.register).with_context(|| {
            format!(
                "change {} belongs to {}, which this program does not have",
                row.seq, row.register
            )
        })?;
        register.apply(&self.tables, row.change.get(), &row.entry())?;
        self.touch(row)
    }

    pub(super) fn registers(&self) -> &'a Registers {
        self.registers
    }

    /// Carries out a change that has no row.
    pub(super) fn apply_change(
        &self,
        register: &dyn AnyRegister,
        change: &str,
        entry: &Entry,
    ) -> Result<()> {
        register.apply(&self.tables, change, entry)
    }

    fn touch(&self, row: &JournalRow) -> Result<()> {
        Touched::by(std::slice::from_ref(row)).flush(&self.tables)
    }

    /// Says that everything up to `seq` is in the tables, though not in the journal.
    pub fn set_base(&self, seq: u64) -> Result<()> {
        self.tables
            .execute("UPDATE identity SET base_seq = max(base_seq, ?1)", [seq])?;
        Ok(())
    }

    /// Takes the identity of the database that the files came from: after a recovery, not after a restore.
    pub fn set_identity(&self, uuid: &str, epoch: u64) -> Result<()> {
        self.tables.execute(
            "UPDATE identity SET uuid = ?1, epoch = ?2",
            params![uuid, epoch],
        )?;
        Ok(())
    }

    /// Says that epochs up to `epoch` have been: what comes is newer than an archive of that epoch.
    pub fn raise_epoch(&self, epoch: u64) -> Result<()> {
        self.tables
            .execute("UPDATE identity SET epoch = max(epoch, ?1)", [epoch])?;
        Ok(())
    }

    /// Appends [`Restored`] behind everything and begins its epoch. Returns its journal position.
    pub fn begin_epoch(&self, source: &str, source_seq: u64, gaps: &[(u64, u64)]) -> Result<u64> {
        let (_, epoch) = self.tables.identity()?;
        // A lost change's position is never given to another.
        let newest_lost = gaps.iter().map(|(_, last)| *last).max().unwrap_or(0);
        let restored = Restored {
            source: source.to_owned(),
            source_seq,
            epoch: epoch + 1,
            gaps: gaps.to_vec(),
        };
        let row = JournalRow {
            seq: self.tables.seq()?.max(newest_lost) + 1,
            at: self.now,
            guild: None,
            actor: None,
            origin: None,
            step: 0,
            register: RESTORED.to_owned(),
            change: RawValue::from_string(serde_json::to_string(&restored)?)?,
        };
        insert_journal_row(&self.tables, &row)?;
        self.tables
            .execute("UPDATE identity SET epoch = ?1", [restored.epoch])?;
        self.touch(&row)?;
        Ok(row.seq)
    }

    /// Remembers a value outside the records, in the same transaction.
    pub fn set_note(&self, key: &str, value: &str) -> Result<()> {
        self.tables.execute(
            "INSERT INTO notes (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            params![key, value],
        )?;
        Ok(())
    }
}

impl<'a> Deref for Rebuild<'a> {
    type Target = super::read::Reader<'a>;

    fn deref(&self) -> &Self::Target {
        &self.tables
    }
}

pub(super) fn rebuild<T>(
    connection: &Connection,
    registers: &Registers,
    now: Timestamp,
    act: impl FnOnce(&Rebuild<'_>) -> Result<T>,
) -> Result<T> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    // Files come in the order of the program's list, whatever refers to what: the commit checks it.
    connection.pragma_update(None, "defer_foreign_keys", true)?;
    let outcome = act(&Rebuild {
        tables: Tables::new(connection),
        registers,
        now,
    });
    match outcome {
        Ok(value) => {
            connection
                .execute_batch("COMMIT")
                .context("committing what was brought in")?;
            Ok(value)
        }
        Err(error) => {
            if !connection.is_autocommit() {
                connection
                    .execute_batch("ROLLBACK")
                    .context("rolling back")?;
            }
            Err(error)
        }
    }
}
