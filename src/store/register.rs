//! The one small trait that a cog implements for what it keeps, and the list of those that the program has.

use std::sync::Arc;

use anyhow::{Context, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::forgetting::{FORGOTTEN, forget};
use super::journal::Entry;
use super::read::Reader;
use super::row::Table;
use super::tx::Tables;
use crate::model::UserId;

/// What a cog keeps: its tables, the changes that can happen to them, and how a change is applied.
///
/// A register that stands in the program's list is journaled, saved, archived, restored and counted with no further wiring.
pub trait Register: 'static {
    /// Everything that can happen to the tables. Old values stay readable: new fields have defaults, a renamed variant an alias.
    type Change: Serialize + DeserializeOwned + Send + 'static;

    /// The noun of folder, tables, locale keys and API: `warnings`.
    const NAME: &'static str;
    /// The file below `data/` that holds its rows; registers may share one.
    const FILE: &'static str = "persistent_data.json";
    /// SQL steps that make the tables (each with a `guild` column), oldest first; a released step is never edited.
    const SCHEMA: &'static [&'static str];

    /// The tables, in the order in which they can be loaded.
    fn tables() -> Vec<Table>;

    /// Carries a change out. Deterministic: no clock, no randomness, no network; when and who stand in `entry`.
    fn apply(tables: &Tables<'_>, change: &Self::Change, entry: &Entry) -> Result<()>;

    /// The files in `data/blobs/` that its rows refer to, by their SHA-256.
    fn blobs(reader: &Reader<'_>) -> Result<Vec<String>> {
        let _ = reader;
        Ok(Vec::new())
    }

    /// The change that undoes `change`, or `None` where undoing makes no sense.
    fn inverse(change: &Self::Change) -> Option<Self::Change> {
        let _ = change;
        None
    }

    /// How a difference between two states of a table is told. Without it, rows are counted under the table's name.
    fn wording(table: &str) -> Wording {
        let _ = table;
        Wording::default()
    }

    /// What in the tables contradicts itself, in words for the operator; nothing, if all adds up. Asked when an archive is
    /// proved: one whose records do not add up is not proved.
    fn check(reader: &Reader<'_>) -> Result<Vec<String>> {
        let _ = reader;
        Ok(Vec::new())
    }

    /// The change that takes a person's words and names out of the tables, in all guilds; `None` where none are kept.
    fn erasure(reader: &Reader<'_>, person: UserId) -> Result<Option<Self::Change>> {
        let _ = (reader, person);
        Ok(None)
    }

    /// Takes a person's words and names out of a change.
    fn redact(change: &mut Self::Change, person: UserId) -> Redaction {
        let _ = (change, person);
        Redaction::Nothing
    }
}

/// How a difference between two states of a table is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// The text that says `count` of its rows: "3 warnings".
    pub noun: Option<&'static str>,
    /// The number that matters in each row, if there is one: then it is told for each of them.
    pub amount: Option<Amount>,
}

/// A number that somebody has: `Sam 120 → 80 coins`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// The column that says whose it is.
    pub owner: &'static str,
    /// The column with the number.
    pub value: &'static str,
    /// The text that says `count` of it: "80 coins".
    pub noun: &'static str,
}

/// Whether a change spoke of the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redaction {
    /// It holds nothing of theirs.
    Nothing,
    /// Something was overwritten.
    Overwritten,
}

/// A register without its type, as store and vault handle it. Made by [`Erased`].
pub trait AnyRegister: Send + Sync {
    /// [`Register::NAME`].
    fn name(&self) -> &'static str;
    /// [`Register::FILE`].
    fn file(&self) -> &'static str;
    /// [`Register::SCHEMA`].
    fn schema(&self) -> &'static [&'static str];
    /// [`Register::tables`].
    fn tables(&self) -> Vec<Table>;
    /// [`Register::apply`] for a change as the journal holds it.
    fn apply(&self, tables: &Tables<'_>, change: &str, entry: &Entry) -> Result<()>;
    /// [`Register::blobs`].
    fn blobs(&self, reader: &Reader<'_>) -> Result<Vec<String>>;
    /// [`Register::inverse`] for a change as the journal holds it.
    fn inverse(&self, change: &str) -> Result<Option<String>>;
    /// [`Register::wording`].
    fn wording(&self, table: &str) -> Wording;
    /// [`Register::check`].
    fn check(&self, reader: &Reader<'_>) -> Result<Vec<String>>;
    /// [`Register::erasure`] as the journal holds it.
    fn erasure(&self, reader: &Reader<'_>, person: UserId) -> Result<Option<String>>;
    /// [`Register::redact`]: the overwritten change, or `None` if it held nothing of theirs.
    fn redact(&self, change: &str, person: UserId) -> Result<Option<String>>;
}

/// Makes an [`AnyRegister`] of a [`Register`].
pub struct Erased<R>(std::marker::PhantomData<fn() -> R>);

fn parse<R: Register>(change: &str) -> Result<R::Change> {
    serde_json::from_str(change).with_context(|| format!("reading a change of {}", R::NAME))
}

impl<R: Register> AnyRegister for Erased<R> {
    fn name(&self) -> &'static str {
        R::NAME
    }

    fn file(&self) -> &'static str {
        R::FILE
    }

    fn schema(&self) -> &'static [&'static str] {
        R::SCHEMA
    }

    fn tables(&self) -> Vec<Table> {
        R::tables()
    }

    fn apply(&self, tables: &Tables<'_>, change: &str, entry: &Entry) -> Result<()> {
        if change == FORGOTTEN {
            return forget(tables, &R::tables(), entry);
        }
        R::apply(tables, &parse::<R>(change)?, entry)
            .with_context(|| format!("applying change {} of {}", entry.seq, R::NAME))
    }

    fn blobs(&self, reader: &Reader<'_>) -> Result<Vec<String>> {
        R::blobs(reader)
    }

    fn inverse(&self, change: &str) -> Result<Option<String>> {
        if change == FORGOTTEN {
            return Ok(None);
        }
        R::inverse(&parse::<R>(change)?)
            .map(|inverse| serde_json::to_string(&inverse))
            .transpose()
            .map_err(Into::into)
    }

    fn wording(&self, table: &str) -> Wording {
        R::wording(table)
    }

    fn check(&self, reader: &Reader<'_>) -> Result<Vec<String>> {
        R::check(reader).with_context(|| format!("checking {}", R::NAME))
    }

    fn erasure(&self, reader: &Reader<'_>, person: UserId) -> Result<Option<String>> {
        R::erasure(reader, person)
            .with_context(|| format!("erasing somebody from {}", R::NAME))?
            .map(|change| serde_json::to_string(&change))
            .transpose()
            .map_err(Into::into)
    }

    fn redact(&self, change: &str, person: UserId) -> Result<Option<String>> {
        if change == FORGOTTEN {
            return Ok(None);
        }
        let mut parsed = parse::<R>(change)?;
        match R::redact(&mut parsed, person) {
            Redaction::Nothing => Ok(None),
            Redaction::Overwritten => Ok(Some(serde_json::to_string(&parsed)?)),
        }
    }
}

/// The registers of this program, in the order of its list.
#[derive(Clone, Default)]
pub struct Registers {
    list: Vec<Arc<dyn AnyRegister>>,
}

impl Registers {
    /// Adds the register `R`.
    #[must_use]
    pub fn with<R: Register>(mut self) -> Registers {
        self.list
            .push(Arc::new(Erased::<R>(std::marker::PhantomData)));
        self
    }

    /// Adds those of another list, as the program does for each cog.
    pub fn extend(&mut self, other: Registers) {
        self.list.extend(other.list);
    }

    /// Each register, in order.
    pub fn iter(&self) -> impl Iterator<Item = &dyn AnyRegister> {
        self.list.iter().map(|register| &**register)
    }

    /// The register named `name`.
    pub fn get(&self, name: &str) -> Option<&dyn AnyRegister> {
        self.iter().find(|register| register.name() == name)
    }

    /// The files that the registers are saved in, each once, in the order of the list.
    pub fn files(&self) -> Vec<&'static str> {
        let mut files = Vec::new();
        for register in self.iter() {
            if !files.contains(&register.file()) {
                files.push(register.file());
            }
        }
        files
    }

    /// How many registers there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}
