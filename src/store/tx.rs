//! A rule's transaction: it reads, and it writes only by recording changes.

use std::ops::Deref;

use anyhow::{Context, Result};
use rusqlite::{Connection, Params, params};
use serde_json::value::RawValue;

use super::journal::JournalRow;
use super::read::{Reader, STATEMENTS};
use super::register::{Register, Registers};
use crate::model::{Effect, GuildId, Timestamp, UserId};

/// Who asks for something, where, and by which message or interaction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// In which guild, if in one.
    pub guild: Option<GuildId>,
    /// Who gives it; `None` is Greffier itself.
    pub actor: Option<UserId>,
    /// The message or interaction that caused it, unique for ever: the same one again does nothing twice.
    pub origin: Option<String>,
}

/// The tables of the registers, writable. Only [`Register::apply`] and loading are handed this.
pub struct Tables<'a> {
    reader: Reader<'a>,
    connection: &'a Connection,
}

impl<'a> Tables<'a> {
    pub(super) fn new(connection: &'a Connection) -> Tables<'a> {
        Tables {
            reader: Reader::new(connection),
            connection,
        }
    }

    /// Runs one INSERT, UPDATE or DELETE; returns how many rows it touched.
    pub fn execute<P: Params>(&self, sql: &str, params: P) -> rusqlite::Result<usize> {
        tracing::trace!(target: STATEMENTS, sql);
        self.connection.prepare_cached(sql)?.execute(params)
    }
}

impl<'a> Deref for Tables<'a> {
    type Target = Reader<'a>;

    fn deref(&self) -> &Reader<'a> {
        &self.reader
    }
}

/// What a commit gathers: its journal rows.
pub(super) struct Gathered {
    pub(super) next_seq: u64,
    pub(super) rows: Vec<JournalRow>,
    /// Whether acts for Discord were left, with changes or without.
    pub(super) promised: bool,
}

/// One order's transaction. Rules compose by handing it on; all that they record is kept, or nothing.
pub struct Tx<'a> {
    tables: Tables<'a>,
    registers: &'a Registers,
    order: &'a Order,
    now: Timestamp,
    step: u32,
    gathered: &'a mut Gathered,
}

impl<'a> Tx<'a> {
    pub(super) fn new(
        connection: &'a Connection,
        registers: &'a Registers,
        order: &'a Order,
        now: Timestamp,
        gathered: &'a mut Gathered,
    ) -> Tx<'a> {
        Tx {
            tables: Tables::new(connection),
            registers,
            order,
            now,
            step: 0,
            gathered,
        }
    }

    /// When this transaction began: the time of everything that it records.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Who asked, where and by what.
    pub fn order(&self) -> &Order {
        self.order
    }

    /// Appends a change to the journal and applies it to the tables. Returns its journal position.
    pub fn record<R: Register>(&mut self, change: &R::Change) -> Result<u64> {
        anyhow::ensure!(
            self.registers.get(R::NAME).is_some(),
            "the register {} is not in the program's list",
            R::NAME
        );
        let change_text = RawValue::from_string(serde_json::to_string(change)?)?;
        let row = self.append(R::NAME, change_text)?;
        R::apply(&self.tables, change, &row.entry())
            .with_context(|| format!("applying change {} of {}", row.seq, R::NAME))?;
        let seq = row.seq;
        self.gathered.rows.push(row);
        Ok(seq)
    }

    /// Appends the change by which a register erases a person, and applies it.
    pub(super) fn record_erased(
        &mut self,
        register: &'static str,
        change: Box<RawValue>,
    ) -> Result<()> {
        let row = self.append(register, change)?;
        let register = self.registers.get(register).context("a listed register")?;
        register.apply(&self.tables, row.change.get(), &row.entry())?;
        self.gathered.rows.push(row);
        Ok(())
    }

    pub(super) fn registers(&self) -> &'a Registers {
        self.registers
    }

    fn append(&mut self, register: &'static str, change: Box<RawValue>) -> Result<JournalRow> {
        let row = JournalRow {
            seq: self.gathered.next_seq,
            at: self.now,
            guild: self.order.guild,
            actor: self.order.actor,
            origin: self.order.origin.clone(),
            step: self.step,
            register: register.to_owned(),
            change,
        };
        insert_journal_row(&self.tables, &row)?;
        self.gathered.next_seq += 1;
        self.step += 1;
        Ok(row)
    }

    /// Leaves an act for Discord in the outbox: it happens if, and only if, this transaction is committed.
    pub fn enqueue(&mut self, effect: &Effect) -> Result<()> {
        self.gathered.promised = true;
        super::outbox::enqueue(&self.tables, effect, None, self.gathered.next_seq, self.now)
    }

    /// [`Tx::enqueue`], and the cog's listener hears by `tag` (`<cog>:<what>`) what became of it, before it is forgotten.
    pub fn enqueue_tagged(&mut self, effect: &Effect, tag: &str) -> Result<()> {
        self.gathered.promised = true;
        super::outbox::enqueue(
            &self.tables,
            effect,
            Some(tag),
            self.gathered.next_seq,
            self.now,
        )
    }
}

impl<'a> Deref for Tx<'a> {
    type Target = Reader<'a>;

    fn deref(&self) -> &Reader<'a> {
        &self.tables
    }
}

pub(super) fn insert_journal_row(tables: &Tables<'_>, row: &JournalRow) -> rusqlite::Result<()> {
    tables.execute(
        "INSERT INTO journal (seq, at, guild, actor, origin, step, register, change)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            row.seq,
            row.at,
            row.guild,
            row.actor,
            row.origin,
            row.step,
            row.register,
            row.change.get()
        ],
    )?;
    Ok(())
}

/// Writing to the operational tables, through the functions of [`super::outbox`], [`super::tasks`] and their like.
pub struct Operations<'a> {
    pub(super) tables: Tables<'a>,
    /// When this transaction began.
    pub now: Timestamp,
}

impl<'a> Deref for Operations<'a> {
    type Target = Reader<'a>;

    fn deref(&self) -> &Reader<'a> {
        &self.tables
    }
}
