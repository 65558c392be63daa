//! Two small registers, and a data folder to keep them in: what the tests of store and vault work with.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Result, ensure};
use greffier::model::{Clock, GuildId, Rejection, Timestamp, UserId};
use greffier::saved_row;
use greffier::store::{
    Entry, Order, Register, Registers, SavedRow, Snapshot, Store, Table, Tables,
};
use greffier::vault::{Layout, Options, StartError, StartReport, Vault};
use rusqlite::params;
use serde::{Deserialize, Serialize};

/// Notes with tags: two tables, one of which refers to the other.
pub struct Notes;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum NoteChange {
    Written { number: u32, text: String },
    Tagged { number: u32, tag: String },
    Torn { number: u32 },
}

saved_row! {
    pub struct Note in "slips" order "guild, number" {
        pub guild: GuildId,
        pub number: u32,
        pub text: String,
        pub at: Timestamp,
    }
}

saved_row! {
    pub struct Tag in "slip_tags" order "guild, number, tag" {
        pub guild: GuildId,
        pub number: u32,
        pub tag: String,
    }
}

impl Register for Notes {
    type Change = NoteChange;

    const NAME: &'static str = "notes";
    const FILE: &'static str = "notes.json";
    const SCHEMA: &'static [&'static str] = &["
        CREATE TABLE slips (guild INTEGER, number INTEGER, text TEXT NOT NULL, at INTEGER NOT NULL,
            PRIMARY KEY (guild, number)) STRICT;
        CREATE TABLE slip_tags (guild INTEGER, number INTEGER, tag TEXT NOT NULL, PRIMARY KEY (guild, number, tag),
            FOREIGN KEY (guild, number) REFERENCES slips (guild, number)) STRICT;
    "];

    fn tables() -> Vec<Table> {
        vec![Table::of::<Note>(), Table::of::<Tag>()]
    }

    fn apply(tables: &Tables<'_>, change: &NoteChange, entry: &Entry) -> Result<()> {
        let guild = entry.guild;
        match change {
            NoteChange::Written { number, text } => {
                let note = Note {
                    guild: guild.expect("notes are written in guilds"),
                    number: *number,
                    text: text.clone(),
                    at: entry.at,
                };
                note.insert(tables)
            }
            NoteChange::Tagged { number, tag } => {
                tables.execute(
                    "INSERT INTO slip_tags (guild, number, tag) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
                    params![guild, number, tag],
                )?;
                Ok(())
            }
            NoteChange::Torn { number } => {
                tables.execute(
                    "DELETE FROM slip_tags WHERE guild = ?1 AND number = ?2",
                    params![guild, number],
                )?;
                let torn = tables.execute(
                    "DELETE FROM slips WHERE guild = ?1 AND number = ?2",
                    params![guild, number],
                )?;
                ensure!(torn == 1, "there is no note {number}");
                Ok(())
            }
        }
    }
}

/// A running total for each member.
pub struct Tallies;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TallyChange {
    Counted { member: UserId, by: i64 },
}

saved_row! {
    pub struct Tally in "tallies" order "guild, member" {
        pub guild: GuildId,
        pub member: UserId,
        pub total: i64,
    }
}

impl Register for Tallies {
    type Change = TallyChange;

    const NAME: &'static str = "tallies";
    const SCHEMA: &'static [&'static str] = &["
        CREATE TABLE tallies (guild INTEGER, member INTEGER, total INTEGER NOT NULL, PRIMARY KEY (guild, member)) STRICT;
    "];

    fn tables() -> Vec<Table> {
        vec![Table::of::<Tally>()]
    }

    fn apply(tables: &Tables<'_>, change: &TallyChange, entry: &Entry) -> Result<()> {
        let TallyChange::Counted { member, by } = change;
        tables.execute(
            "INSERT INTO tallies (guild, member, total) VALUES (?1, ?2, ?3)
             ON CONFLICT (guild, member) DO UPDATE SET total = total + excluded.total",
            params![entry.guild, member, by],
        )?;
        Ok(())
    }
}

/// The list of both.
pub fn registers() -> Registers {
    Registers::default().with::<Notes>().with::<Tallies>()
}

pub const GUILD: GuildId = GuildId(7_000_000_000_000_000_001);

/// A data folder, a folder of archives, and a clock that stands still.
pub struct Office {
    folder: tempfile::TempDir,
    pub layout: Layout,
    pub clock: Clock,
}

impl Office {
    /// Empty, at 2026-11-20 12:00 UTC.
    pub fn new() -> Office {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let layout = Layout::new(folder.path().join("data"), folder.path().join("backups"));
        Office {
            layout,
            folder,
            clock: Clock::fixed(Timestamp(1_795_176_000_000)),
        }
    }

    pub fn data(&self, name: &str) -> PathBuf {
        self.layout.data.join(name)
    }

    pub fn above(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    pub fn later(&self, hours: u64) {
        self.clock.advance(Duration::from_secs(hours * 3600));
    }

    pub fn try_start(&self, options: Options) -> Result<(Vault, StartReport), StartError> {
        Vault::start(
            self.layout.clone(),
            registers(),
            self.clock.clone(),
            options,
        )
    }

    #[track_caller]
    pub fn start(&self) -> (Vault, StartReport) {
        match self.try_start(Options::default()) {
            Ok(started) => started,
            Err(error) => panic!("it did not start: {error:#}"),
        }
    }

    #[track_caller]
    pub fn refused(&self) -> StartError {
        match self.try_start(Options::default()) {
            Ok((_, report)) => panic!("it started: {report:?}"),
            Err(error) => error,
        }
    }

    /// `cp backups/<name>/* data/`
    pub fn copy_archive(&self, name: &str) {
        for entry in std::fs::read_dir(self.layout.backups.join(name)).expect("an archive") {
            let path = entry.expect("an entry").path();
            let file_name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            if !file_name.starts_with('.') {
                std::fs::copy(&path, self.data(&file_name)).expect("copying");
            }
        }
    }
}

/// Writes a note; returns the journal position.
#[track_caller]
pub fn write_note(store: &Store, number: u32, text: &str) -> u64 {
    record::<Notes>(
        store,
        NoteChange::Written {
            number,
            text: text.to_owned(),
        },
    )
}

/// Adds to the tally of member 1.
#[track_caller]
pub fn count(store: &Store, by: i64) -> u64 {
    let member = UserId(1);
    record::<Tallies>(store, TallyChange::Counted { member, by })
}

#[track_caller]
pub fn record<R: Register>(store: &Store, change: R::Change) -> u64 {
    let committed = store.write_blocking(order(), move |tx| {
        tx.record::<R>(&change).map_err(Rejection::from)
    });
    committed.expect("it is kept").seq
}

pub fn order() -> Order {
    Order {
        guild: Some(GUILD),
        actor: Some(UserId(2)),
        origin: None,
    }
}

/// All that the registers hold, as the saves would write it: `table {row}` a line.
pub fn contents(store: &Store) -> String {
    contents_of(&store.snapshot().expect("a snapshot"))
}

pub fn contents_of(snapshot: &Snapshot) -> String {
    let mut text = String::new();
    for register in registers().iter() {
        for table in register.tables() {
            let written = table.stream(&snapshot.reader(), None, &mut |row| {
                text += &format!("{} {}\n", table.name, String::from_utf8_lossy(row));
                Ok(())
            });
            written.expect("streaming");
        }
    }
    text
}

/// Closes a vault as a clean stop does.
pub fn stop(vault: Vault) {
    vault.stop(Duration::from_secs(30)).expect("stopping");
}

/// Ends a vault as SIGKILL does, as far as files are concerned: no save, no last sync.
pub fn kill(vault: Vault) {
    vault.store().close().expect("closing");
}

/// The files at and below `folder` that hold the words, by their last names.
pub fn holding(folder: &Path, words: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(holding(&path, words));
            continue;
        }
        let bytes = std::fs::read(&path).expect("a file");
        if bytes
            .windows(words.len())
            .any(|part| part == words.as_bytes())
        {
            let name = path.file_name().expect("a name");
            found.push(name.to_string_lossy().into_owned());
        }
    }
    found.sort();
    found
}
