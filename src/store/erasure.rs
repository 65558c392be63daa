//! Taking a person's words and names out of tables and journal. What is erased says each register: in its tables by the
//! change that [`super::Register::erasure`] makes, in the journal by [`super::Register::redact`].

use anyhow::{Context, Result};
use rusqlite::params;
use serde_json::value::RawValue;

use super::journal::{Entry, JournalRow};
use super::register::Registers;
use super::tx::{Operations, Tx};
use super::{RESTORED, Reader, Rebuild};
use crate::model::UserId;

impl Tx<'_> {
    /// Takes a person's words and names out of the tables of every register, by a change of each. Returns the newest
    /// journal position. What the journal and the files still hold is the vault's to overwrite: call its `erase`.
    pub fn erase(&mut self, person: UserId) -> Result<u64> {
        let changes = changes(self, self.registers(), person)?;
        for (register, change) in changes {
            self.record_erased(register, change)?;
        }
        self.seq()
    }
}

/// The change of each register that keeps something of people.
pub(super) fn changes(
    reader: &Reader<'_>,
    registers: &Registers,
    person: UserId,
) -> Result<Vec<(&'static str, Box<RawValue>)>> {
    let mut changes = Vec::new();
    for register in registers.iter() {
        if let Some(change) = register.erasure(reader, person)? {
            changes.push((register.name(), RawValue::from_string(change)?));
        }
    }
    Ok(changes)
}

impl JournalRow {
    /// Overwrites a person's words and names in this row. Returns whether it held any.
    pub fn redact(&mut self, registers: &Registers, person: UserId) -> Result<bool> {
        // Ids are text in changes, and a change without the person's is none of theirs.
        let mentions = self.change.get().contains(&format!("\"{person}\""));
        if self.register == RESTORED || !mentions {
            return Ok(false);
        }
        let Some(register) = registers.get(&self.register) else {
            return Ok(false);
        };
        let redacted = register
            .redact(self.change.get(), person)
            .with_context(|| format!("redacting change {}", self.seq))?;
        let Some(change) = redacted else {
            return Ok(false);
        };
        self.change = RawValue::from_string(change)?;
        Ok(true)
    }
}

impl Operations<'_> {
    /// Overwrites journal rows by what [`JournalRow::redact`] left of them, and forgets what their orders were answered.
    pub fn overwrite_journal(&self, rows: &[JournalRow]) -> Result<()> {
        for row in rows {
            self.tables.execute(
                "UPDATE journal SET change = ?2 WHERE seq = ?1",
                params![row.seq, row.change.get()],
            )?;
            let first = row.seq - u64::from(row.step);
            self.tables
                .execute("DELETE FROM orders WHERE seq = ?1", [first])?;
        }
        Ok(())
    }
}

impl Operations<'_> {
    /// Forgets what was to be written to or about a person and still waits, and the questions about them. Acts that change
    /// where they stand (a timeout, a role, a channel) stay promised.
    pub fn forget_words_about(&self, person: UserId) -> Result<()> {
        let mention = person.to_string();
        self.tables.execute(
            "DELETE FROM outbox WHERE tag IS NULL AND instr(effect, ?1) > 0
                 AND json_extract(effect, '$.kind') IN ('direct_message', 'channel_post', 'log_post', 'edit_post')",
            [&mention],
        )?;
        self.tables.execute(
            "DELETE FROM asked WHERE instr(question, ?1) > 0",
            [&mention],
        )?;
        Ok(())
    }
}

impl Rebuild<'_> {
    /// [`Tx::erase`] for tables that were brought in from before an erasure: the journal has its change already, or is not
    /// to have it.
    pub fn erase(&self, person: UserId) -> Result<()> {
        let entry = Entry {
            seq: self.seq()?,
            at: self.now,
            guild: None,
            actor: None,
        };
        for (name, change) in changes(self, self.registers(), person)? {
            if let Some(register) = self.registers().get(name) {
                self.apply_change(register, change.get(), &entry)?;
            }
        }
        Ok(())
    }
}
