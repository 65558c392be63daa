//! The list of people who were erased, which outlives every restore: `erasures.jsonl` in the data folder and among the
//! backups, and in each archive. What is brought in from before an erasure is brought in without that person's words.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::atomic;
use super::layout::{ERASURES, Layout};
use super::sealed::Metadata;
use super::segment;
use crate::model::{Timestamp, UserId};
use crate::store::{JournalRow, Rebuild, Registers};

/// A person who was erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    /// Who.
    pub person: UserId,
    /// When it was asked for.
    pub at: Timestamp,
    /// In which database.
    pub database: String,
    /// The journal position up to which nothing of theirs is left; what they say after it is theirs again.
    pub seq: u64,
    /// Whether everything was overwritten; if not, the next start goes on with it.
    pub is_done: bool,
}

/// Everybody who was erased, each once: their newest erasure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Erasures {
    list: Vec<Erasure>,
}

impl Erasures {
    /// The union of both lists.
    pub(super) fn load(layout: &Layout) -> Result<Erasures> {
        let mut erasures = Erasures::default();
        for folder in [&layout.data, &layout.backups] {
            erasures.add(read(&folder.join(ERASURES))?);
        }
        Ok(erasures)
    }

    /// Adds those that an archive knows of.
    pub(super) fn add(&mut self, others: Vec<Erasure>) {
        for other in others {
            match self
                .list
                .iter_mut()
                .find(|known| known.person == other.person)
            {
                None => self.list.push(other),
                Some(known) if (known.at, known.is_done) < (other.at, other.is_done) => {
                    *known = other
                }
                Some(_) => {}
            }
        }
    }

    pub(super) fn all(&self) -> &[Erasure] {
        &self.list
    }

    /// Takes those out of tables that were brought in from before they were erased.
    pub(super) fn erase(&self, rebuild: &Rebuild<'_>, source: Moment<'_>) -> Result<()> {
        for erasure in self.list.iter().filter(|erasure| erasure.is_after(source)) {
            rebuild.erase(erasure.person)?;
        }
        Ok(())
    }

    /// How many of them were erased after `source`.
    pub(super) fn count_after(&self, source: Moment<'_>) -> usize {
        let after = self.list.iter().filter(|erasure| erasure.is_after(source));
        after.count()
    }

    /// Takes their words and names out of a row of `database`'s journal. Returns whether there were any.
    pub(super) fn redact(
        &self,
        row: &mut JournalRow,
        database: &str,
        registers: &Registers,
    ) -> Result<bool> {
        let before = Moment::before(row, database);
        let mut has_changed = false;
        for erasure in self.list.iter().filter(|erasure| erasure.is_after(before)) {
            has_changed |= row.redact(registers, erasure.person)?;
        }
        Ok(has_changed)
    }
}

/// A moment in the life of a database.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment<'a> {
    pub(super) database: &'a str,
    pub(super) seq: u64,
    pub(super) at: Timestamp,
}

impl<'a> Moment<'a> {
    /// That of an archive.
    pub(super) fn of(metadata: &'a Metadata) -> Moment<'a> {
        Moment {
            database: &metadata.database,
            seq: metadata.seq,
            at: metadata.made_at,
        }
    }

    /// The one just before a change.
    pub(super) fn before(row: &JournalRow, database: &'a str) -> Moment<'a> {
        Moment {
            database,
            seq: row.seq - 1,
            at: row.at,
        }
    }
}

impl Erasure {
    /// Whether it came after `moment`. Only between two databases the clock must tell.
    pub(super) fn is_after(&self, moment: Moment<'_>) -> bool {
        if self.database == moment.database {
            self.seq > moment.seq
        } else {
            self.at >= moment.at
        }
    }
}

/// Notes those that an archive knows of and the lists do not: they came from another host.
pub(super) fn learn(layout: &Layout, others: &[Erasure]) -> Result<()> {
    let known = Erasures::load(layout)?;
    for other in others {
        if !known.list.iter().any(|known| known.person == other.person) {
            append(layout, other)?;
        }
    }
    Ok(())
}

/// Notes an erasure in both lists, durably.
pub(super) fn append(layout: &Layout, erasure: &Erasure) -> Result<()> {
    let mut line = Vec::new();
    segment::append_line(&mut line, erasure)?;
    for folder in [&layout.data, &layout.backups] {
        let path = folder.join(ERASURES);
        let noting = || format!("noting an erasure in {}", path.display());
        let mut file = OpenOptions::new()
            .append(true)
            .create(true)
            .mode(0o600)
            .open(&path)
            .with_context(noting)?;
        // A torn line before it, which a crash left, must not swallow this one.
        file.write_all(b"\n")
            .and_then(|()| file.write_all(&line))
            .and_then(|()| file.sync_all())
            .with_context(noting)?;
        atomic::sync_folder(folder)?;
    }
    Ok(())
}

fn read(path: &Path) -> Result<Vec<Erasure>> {
    let text = match fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        text => text.with_context(|| format!("reading {}", path.display()))?,
    };
    let lines = text.split_inclusive('\n').filter_map(segment::parse_line);
    let parsed = lines.map(serde_json::from_str).collect::<Result<_, _>>();
    parsed.with_context(|| format!("reading {}", path.display()))
}
