//! Making an archive: built beside its place, read back from the disk, and given its name last.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

use super::codec::{self, Counting, FileRecord};
use super::erasures::Erasures;
use super::generation::Generation;
use super::layout::{METADATA, PARTIAL, TAIL};
use super::progress::Work;
use super::sealed::{self, Metadata, Tail};
use super::segment::{self, Head};
use super::site::Site;
use super::verify::{self, Verification};
use super::{Cause, atomic, flow, save};
use crate::model::{Timestamp, milliseconds};
use crate::store::{JournalFilter, Reader, Snapshot};

/// How large the community was when an archive was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Census {
    /// In how many guilds the bot is.
    pub guilds: u64,
    /// How many users it sees there.
    pub users: u64,
}

/// What an archive came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchiveReport {
    /// The folder's name.
    pub name: String,
    /// The folder.
    pub path: PathBuf,
    /// What it says of itself.
    pub metadata: Metadata,
    /// How long it took, with reading back.
    pub duration: Duration,
}

impl ArchiveReport {
    /// All rows in it.
    pub fn rows(&self) -> u64 {
        self.metadata.files.values().map(FileRecord::rows).sum()
    }

    /// All bytes in it.
    pub fn bytes(&self) -> u64 {
        self.metadata.files.values().map(|file| file.size).sum()
    }
}

/// Archives the snapshot.
pub(super) fn make(
    site: &Site,
    snapshot: &Snapshot,
    cause: Cause,
    census: Census,
) -> Result<ArchiveReport> {
    let reader = snapshot.reader();
    let size = reader.database_size()?;
    let draft = Draft::begin(site, size)?;
    // An unreadable manifest is the next save's matter: everything is written anew.
    let last = Generation::load(&site.layout.data).unwrap_or_default();
    // Written and read back; before there is a save that tells more, taken for three quarters of the database.
    let bytes = last.as_ref().map_or(size / 4 * 3, Generation::bytes);
    let _stage = site.progress.begin(Work::Archive, 2 * bytes);
    draft.or_remove(|draft| {
        let mut files = BTreeMap::new();
        let mut saved = match &last {
            Some(last) => save::unchanged(site, &reader, last)?,
            None => BTreeMap::new(),
        };
        for name in site.registers.files() {
            let copied = match saved.remove(name) {
                Some(record) => draft.copy_saved(name, record)?,
                None => None,
            };
            let record = match copied {
                Some(record) => record,
                None => draft.write(name, &reader)?,
            };
            files.insert(name.to_owned(), record);
            site.steps.pass()?;
        }
        let (database, epoch) = reader.identity()?;
        draft.complete(Content {
            files,
            tail: None,
            schema: site.schema(),
            database,
            epoch,
            seq: snapshot.seq(),
            cause,
            census,
        })
    })
}

/// Archives a database whose tables are older than this program's: its last save, and its journal rows since then. The
/// program that wrote it can restore that.
pub(super) fn make_of_older(
    site: &Site,
    snapshot: &Snapshot,
    base: Option<&Generation>,
    schema: BTreeMap<String, u32>,
) -> Result<ArchiveReport> {
    let reader = snapshot.reader();
    let draft = Draft::begin(site, reader.database_size()?)?;
    draft.or_remove(|draft| {
        let (database, epoch) = reader.identity()?;
        let mut files = BTreeMap::new();
        let saved_files = base.iter().flat_map(|base| &base.manifest.files);
        let folder = base.map_or(&site.layout.data, |base| &base.folder);
        for (name, saved) in saved_files {
            draft.copy(&folder.join(name), name)?;
            draft.read_back(name, &saved.record)?;
            files.insert(name.clone(), saved.record.clone());
            site.steps.pass()?;
        }
        let after = base.map_or(0, |base| base.manifest.seq);
        let tail = draft.write_tail(snapshot, &Head::new(&database, epoch, after))?;
        draft.complete(Content {
            files,
            tail: Some(tail),
            schema,
            database,
            epoch,
            seq: snapshot.seq(),
            cause: Cause::Migration,
            census: Census::default(),
        })
    })
}

/// What goes into the metadata.
struct Content {
    files: BTreeMap<String, FileRecord>,
    tail: Option<Tail>,
    schema: BTreeMap<String, u32>,
    database: String,
    epoch: u64,
    seq: u64,
    cause: Cause,
    census: Census,
}

/// An archive that is not yet whole.
struct Draft<'a> {
    site: &'a Site,
    name: String,
    partial: PathBuf,
    made_at: Timestamp,
    began: Instant,
    /// How long reading back has taken until now.
    reading: Cell<Duration>,
}

impl Draft<'_> {
    fn begin(site: &Site, needed: u64) -> Result<Draft<'_>> {
        atomic::make_folder(&site.layout.backups)?;
        atomic::ensure_space(&site.layout.backups, needed)?;
        let made_at = site.clock.now();
        let stamp = site.stamp_of(made_at);
        let path = site.free_path(&site.layout.backups, &format!("backup_{stamp}"));
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let partial = site.layout.backups.join(format!("{PARTIAL}{name}"));
        if partial.exists() {
            atomic::discard_folder(&partial)
                .with_context(|| format!("removing the leftover {}", partial.display()))?;
        }
        atomic::make_folder(&partial)?;
        Ok(Draft {
            site,
            name,
            partial,
            made_at,
            began: Instant::now(),
            reading: Cell::default(),
        })
    }

    fn or_remove(
        &self,
        build: impl FnOnce(&Self) -> Result<ArchiveReport>,
    ) -> Result<ArchiveReport> {
        let built = build(self);
        if built.is_err() && !self.site.steps.is_dead() {
            // What can't be removed now is swept at the next start.
            let _ = atomic::discard_folder(&self.partial);
        }
        built
    }

    fn copy(&self, source: &Path, name: &str) -> Result<()> {
        flow::copy(source, &self.partial.join(name), &self.site.progress)
    }

    /// Copies a file that holds what the database holds from the last save; nothing, where it is not what that save wrote.
    fn copy_saved(&self, name: &str, record: FileRecord) -> Result<Option<FileRecord>> {
        self.copy(&self.site.layout.data.join(name), name)?;
        let Err(error) = self.read_back(name, &record) else {
            return Ok(Some(record));
        };
        tracing::warn!(event = "saved_file_not_copied", file = name, error = %format!("{error:#}"));
        atomic::remove(&self.partial.join(name))?;
        Ok(None)
    }

    fn write(&self, name: &str, reader: &Reader<'_>) -> Result<FileRecord> {
        let site = self.site;
        let path = self.partial.join(name);
        let record = codec::write(&path, name, &site.registers, reader, &site.progress)?;
        self.read_back(name, &record)?;
        Ok(record)
    }

    fn read_back(&self, name: &str, record: &FileRecord) -> Result<()> {
        let (path, began) = (self.partial.join(name), Instant::now());
        flow::forget_cached(&path);
        let found = codec::read(&path, &mut Counting, &self.site.progress)?;
        self.reading.set(self.reading.get() + began.elapsed());
        let is_right = found == *record;
        ensure!(is_right, "{name} is not on the disk as it was written");
        Ok(())
    }

    fn write_tail(&self, snapshot: &Snapshot, head: &Head) -> Result<Tail> {
        let path = self.partial.join(TAIL);
        let mut file = std::io::BufWriter::new(atomic::create(&path)?);
        let mut line = Vec::new();
        segment::append_line(&mut line, head)?;
        file.write_all(&line)?;
        let (mut rows, mut last) = (0, head.after);
        let filter = JournalFilter {
            after: head.after,
            ..JournalFilter::default()
        };
        snapshot.reader().journal(filter, |row| {
            ensure!(
                row.seq == last + 1,
                "the journal does not reach back to change {}",
                last + 1
            );
            (rows, last) = (rows + 1, row.seq);
            line.clear();
            segment::append_line(&mut line, &row)?;
            Ok(file.write_all(&line)?)
        })?;
        ensure!(
            last == snapshot.seq(),
            "the journal ends at change {last}, before {}",
            snapshot.seq()
        );
        file.into_inner()
            .map_err(|error| error.into_error())?
            .sync_all()?;
        self.site.steps.pass()?;
        let (size, sha256) = atomic::hash_file(&path, &self.site.progress)?;
        Ok(Tail {
            after: head.after,
            rows,
            size,
            sha256,
        })
    }

    /// Describes what was read back, and gives the archive its name.
    fn complete(&self, content: Content) -> Result<ArchiveReport> {
        let tail = content.tail.as_ref().map(|_| TAIL.to_owned());
        let metadata = Metadata {
            backup_date: self.site.stamp_of(self.made_at),
            files_backed_up: content.files.keys().cloned().chain(tail).collect(),
            bot_version: self.site.version.to_owned(),
            guilds_count: content.census.guilds,
            users_count: content.census.users,
            format: codec::FORMAT,
            schema: content.schema,
            database: content.database,
            epoch: content.epoch,
            seq: content.seq,
            made_at: self.made_at,
            timezone: self.site.zone.name().to_owned(),
            duration_ms: milliseconds(self.began.elapsed()),
            cause: content.cause.name().to_owned(),
            verified_by: "read_back".to_owned(),
            files: content.files,
            erasures: Erasures::load(&self.site.layout)?.all().to_vec(),
            tail: content.tail,
        };
        let verification = Verification {
            at: self.site.clock.now(),
            version: self.site.version.to_owned(),
            bytes: metadata.files.values().map(|file| file.size).sum(),
            duration_ms: milliseconds(self.reading.get()),
            flaws: Vec::new(),
        };
        verify::note(&self.partial, &verification)?;
        sealed::write(&self.partial, METADATA, &metadata)?;
        self.site.steps.pass()?;
        let path = self.site.layout.backups.join(&self.name);
        atomic::rename(&self.partial, &path)?;
        self.site.steps.pass()?;
        atomic::sync_folder(&self.site.layout.backups)?;
        Ok(ArchiveReport {
            name: self.name.clone(),
            path,
            metadata,
            duration: self.began.elapsed(),
        })
    }
}

/// The note under which the last census is kept.
const CENSUS: &str = "census";

impl Census {
    /// What was last seen; nothing, if the bot never was on Discord.
    pub(super) fn noted(reader: &crate::store::Reader<'_>) -> Result<Census> {
        let noted = reader.note(CENSUS)?;
        Ok(noted
            .and_then(|noted| serde_json::from_str(&noted).ok())
            .unwrap_or_default())
    }

    /// Remembers it for archives that are made without a running bot.
    pub(super) fn note(self, operations: &crate::store::Operations<'_>) -> Result<()> {
        operations.set_note(CENSUS, Some(&serde_json::to_string(&self)?))
    }
}
