//! Erasing a person: tables, files, journal, its copy, saves. Archives from before stay as they are until they are pruned; what is
//! brought in from them is brought in without that person's words ([`super::erasures`]).

use std::path::PathBuf;

use anyhow::{Result, bail, ensure};

use super::erasures::{self, Erasure, Erasures, Moment};
use super::save::Scope;
use super::{Vault, archives, recovery, segment, set_aside};
use crate::model::UserId;
use crate::store::{JournalFilter, JournalRow, Order};

/// How many journal rows are overwritten in one transaction.
const ROWS_AT_ONCE: usize = 200;
/// How often emptying the database's log is tried while others read.
const ATTEMPTS: usize = 5;

/// What an erasure came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErasureReport {
    /// The journal position up to which nothing of the person is left.
    pub seq: u64,
    /// How many journal rows were overwritten.
    pub rows: usize,
    /// The archives that still hold the person, until they are pruned.
    pub archives: Vec<String>,
    /// Set-aside files of damaged or edited records, which may hold the person: nobody can tell.
    pub set_aside: Vec<PathBuf>,
}

impl Vault {
    /// Takes a person's words and names out of everything but archives, for good: no restore brings them back. Moderation
    /// records stay, without content. What registers keep is theirs to erase ([`crate::store::Register::erasure`] and
    /// `redact`); `order` is who asked. It blocks for as long as a save: call it through [`Vault::off_thread`].
    ///
    /// # Errors
    /// When it could not be finished: the person is noted, and the next start goes on with it.
    pub fn erase(&self, person: UserId, order: Order) -> Result<ErasureReport> {
        let (store, site) = (&self.inner.store, &self.inner.site);
        let files = self.referred_blobs(&store.snapshot()?.reader())?;
        let (database, seq) = store.read_blocking(|reader| {
            let (database, _) = reader.identity()?;
            Ok((database, reader.seq()?))
        })?;
        let mut erasure = Erasure {
            person,
            at: site.clock.now(),
            database,
            seq,
            is_done: false,
        };
        erasures::append(&site.layout, &erasure)?;
        site.steps.pass()?;
        let erased = store.write_blocking(order, move |tx| Ok(tx.erase(person)?));
        erasure.seq = erased.map_err(anyhow::Error::from)?.seq;
        site.steps.pass()?;
        self.let_blobs_go(&files)?;
        site.steps.pass()?;
        store.operate_blocking(move |operations| operations.forget_words_about(person))?;
        let rows = self.overwrite_journal(&erasure)?;
        site.steps.pass()?;
        self.overwrite_mirror(&erasure)?;
        site.steps.pass()?;
        // Twice: the generation before the present one has the person too.
        for _ in 0..2 {
            if self.write_save(Scope::Everything)?.postponed {
                bail!("a restore waits in the data folder: restart to restore");
            }
            site.steps.pass()?;
        }
        self.empty_log()?;
        erasure.is_done = true;
        erasures::append(&site.layout, &erasure)?;
        tracing::info!(event = "person_erased", seq = erasure.seq, rows);
        Ok(ErasureReport {
            seq: erasure.seq,
            rows,
            archives: self.archives_holding(&erasure)?,
            set_aside: self.doubtful()?,
        })
    }

    /// Everybody who was erased, each with the archives that still hold them.
    pub fn erasures(&self) -> Result<Vec<(Erasure, Vec<String>)>> {
        let erasures = Erasures::load(self.layout())?;
        let held = |erasure: &Erasure| Ok((erasure.clone(), self.archives_holding(erasure)?));
        erasures.all().iter().map(held).collect()
    }

    /// Goes on with erasures that a crash or an error interrupted. What keeps one from being finished does not keep the bot
    /// from its work.
    pub(super) fn finish_erasures(&self) -> Result<()> {
        let erasures = Erasures::load(self.layout())?;
        for erasure in erasures.all().iter().filter(|erasure| !erasure.is_done) {
            // Which files were theirs is no longer known once the records let go of them.
            let finished = self
                .erase(erasure.person, Order::default())
                .and_then(|_| self.sweep_blobs());
            if let Err(error) = finished {
                tracing::error!(event = "erasure_unfinished", error = %format!("{error:#}"));
            }
        }
        Ok(())
    }

    fn overwrite_journal(&self, erasure: &Erasure) -> Result<usize> {
        let store = &self.inner.store;
        let registers = store.registers();
        let mut redacted: Vec<JournalRow> = Vec::new();
        store.read_blocking(|reader| {
            reader.journal(JournalFilter::default(), |mut row| {
                if row.seq <= erasure.seq && row.redact(registers, erasure.person)? {
                    redacted.push(row);
                }
                Ok(())
            })
        })?;
        let count = redacted.len();
        while !redacted.is_empty() {
            let rest = redacted.split_off(redacted.len().min(ROWS_AT_ONCE));
            let rows = std::mem::replace(&mut redacted, rest);
            store.operate_blocking(move |operations| operations.overwrite_journal(&rows))?;
        }
        Ok(count)
    }

    fn overwrite_mirror(&self, erasure: &Erasure) -> Result<()> {
        let Some(mirror) = &self.inner.mirror else {
            return Ok(());
        };
        // What is appended from now on is from after the erasure.
        mirror.end_segment(&self.inner.store)?;
        let live = mirror.path();
        let registers = self.inner.store.registers();
        let (segments, unreadable) = segment::list(&self.layout().journal())?;
        ensure!(
            unreadable.is_empty(),
            "{} can't be read, and may hold the person",
            unreadable[0].display()
        );
        for segment in segments.iter().filter(|segment| segment.path != live) {
            segment::rewrite(&segment.path, |row| {
                let is_before = erasure.is_after(Moment::before(row, &segment.head.database));
                Ok(is_before && row.redact(registers, erasure.person)?)
            })?;
            self.inner.site.steps.pass()?;
        }
        Ok(())
    }

    /// The database's log is emptied as soon as nobody reads what it holds.
    fn empty_log(&self) -> Result<()> {
        let _desk = self.desk();
        for _ in 0..ATTEMPTS {
            if self.inner.store.fold_log()? {
                return Ok(());
            }
            std::thread::yield_now();
        }
        // It is overwritten from its beginning soon, and emptied at the next stop.
        tracing::warn!(event = "log_not_emptied");
        Ok(())
    }

    /// The archives from before, also those in the trash and those of which only copies of files are left.
    fn archives_holding(&self, erasure: &Erasure) -> Result<Vec<String>> {
        let mut archives = self.archives()?;
        for (path, _) in archives::trash(&self.layout().backups)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let name = name.into_owned();
            archives.push(archives::look(path, name));
        }
        let holding = archives
            .into_iter()
            .filter(|archive| match archive.metadata() {
                Some(metadata) => erasure.is_after(Moment::of(metadata)),
                None => true,
            });
        let mut names: Vec<String> = holding.map(|archive| archive.name).collect();
        names.extend(self.archives_of_copies()?);
        Ok(names)
    }

    fn doubtful(&self) -> Result<Vec<PathBuf>> {
        let data = &self.layout().data;
        let edited = set_aside::list(data, &[])?;
        let mut found = recovery::set_aside_folders(data)?;
        found.extend(edited.into_iter().map(|aside| aside.path));
        Ok(found)
    }
}
