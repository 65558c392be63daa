//! The only files in `data/` and `backups/` besides the database: the journal's mirror, the hourly save, the archives;
//! and what is made of them: restore, recovery, pruning.
//!
//! Everything here blocks: async callers go through [`Vault::off_thread`]. Nothing is printed; what happens is an event
//! of `tracing`, and what a person must mend is a typed error with a text.

mod archive;
mod archives;
mod aside;
mod atomic;
mod bench;
mod blobs;
mod check;
mod codec;
mod difference;
mod ending;
mod erase;
mod erasures;
mod error;
mod flow;
mod folders;
mod former;
mod generation;
mod history;
mod layout;
mod load;
mod lock;
mod mirror;
mod options;
mod past;
mod progress;
mod prune;
mod recovery;
mod restore;
mod save;
mod sealed;
mod segment;
mod set_aside;
mod site;
mod startup;
mod status;
mod steps;
mod suspicion;
mod verify;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};
use chrono_tz::Tz;
use tracing::dispatcher;

pub use archive::{ArchiveReport, Census};
pub use archives::{Archive, Proof};
pub use atomic::NoSpace;
pub use bench::Bench;
pub use blobs::{BlobReport, Blobs};
pub use check::{Finding, Level, check, holder};
pub use codec::FileRecord;
pub use erase::ErasureReport;
pub use erasures::Erasure;
pub use error::{StartError, Unable};
pub use folders::{look_at_folders, make_writable};
pub use history::History;
pub use layout::Layout;
pub use mirror::MirrorReport;
pub use options::{Cause, Options, Switch};
pub use past::Wanted;
pub use progress::{Progress, Step, Watcher, Work};
pub use prune::{Decision, Mode, Policy, PruneReport, Wait, Why, choose};
pub use recovery::{Loss, RecoveryReport};
pub use restore::RestoreReport;
pub use save::SaveReport;
pub use sealed::{Metadata, Tail};
pub use set_aside::SetAside;
pub use startup::{Beginning, StartReport, runs};
pub use status::{LastSave, RegisterStatus, Status};
pub use steps::{Died, Steps};
pub use verify::{Flaw, FlawKind, Verification};

use crate::model::Clock;
use crate::store::{Registers, Snapshot, Store};
use aside::standing_back;
use generation::Generation;
use lock::Lock;
use mirror::Mirror;
use save::Scope;
use site::Site;

/// The archives of a backups folder, the newest first, unusable ones last; nothing is opened for it.
pub fn archives_in(layout: &Layout) -> Result<Vec<Archive>> {
    archives::list(&layout.backups)
}

/// A segment of the mirror that holds as many bytes is ended at the next save: what can be trimmed are whole segments.
const SEGMENT: u64 = 1024 * 1024;

/// An open store with everything that protects it. Clones share it.
#[derive(Clone)]
pub struct Vault {
    inner: Arc<Inner>,
}

struct Inner {
    site: Site,
    store: Store,
    retention_days: u32,
    mirror: Option<Mirror>,
    /// Held by whoever writes files: one save, archive or pruning at a time.
    desk: Mutex<()>,
    blobs: Blobs,
    /// It was said that a restore waits.
    restore_noticed: AtomicBool,
    /// Held as long as anyone may write here.
    /// Let go of by [`Vault::stop`], else at the end of the process.
    lock: Mutex<Option<Lock>>,
}

impl Vault {
    /// Takes the data folder for this process, brings what lies there into order, and opens the store.
    pub fn start(
        layout: Layout,
        registers: Registers,
        clock: Clock,
        options: Options,
    ) -> Result<(Vault, StartReport), StartError> {
        let site = Site {
            layout,
            registers,
            clock,
            zone: options.zone,
            version: env!("CARGO_PKG_VERSION"),
            steps: options.steps,
            progress: options.progress,
        };
        for folder in [&site.layout.data, &site.layout.backups] {
            folders::make_writable(folder)?;
        }
        let lock = lock::take(&site.layout)?.map_err(|held| StartError::Locked {
            data: site.layout.data.clone(),
            pid: held.pid,
        })?;
        let mut report = startup::prepare(&site, options.beginning, options.restore.as_ref())?;
        let store = Store::open_faulty(
            &site.layout.data,
            site.registers.clone(),
            site.clock.clone(),
            options.faults,
        )?;
        let is_restored = restore::is_unfinished(&store)?;
        let mirror = match options.mirror {
            Switch::On => Some(mirror::begin(&site, &store)?),
            Switch::Off => None,
        };
        let vault = Vault {
            inner: Arc::new(Inner {
                blobs: Blobs::new(&site.layout),
                site,
                store,
                retention_days: options.retention_days,
                mirror,
                desk: Mutex::default(),
                restore_noticed: AtomicBool::new(false),
                lock: Mutex::new(Some(lock)),
            }),
        };
        vault.blobs().sweep().map_err(StartError::of)?;
        vault.settle_in(&mut report).map_err(StartError::of)?;
        vault.finish_erasures().map_err(StartError::of)?;
        if is_restored || report.recovery.is_some() {
            vault.bring_blobs_back().map_err(StartError::of)?;
        }
        if is_restored {
            restore::forget_note(vault.store())?;
        }
        Ok((vault, report))
    }

    /// After the store is open: the mirror catches up, edited files are set aside, a missing save is made.
    fn settle_in(&self, report: &mut StartReport) -> Result<()> {
        self.sync_mirror();
        let site = &self.inner.site;
        let present = Generation::load(&site.layout.data).ok().flatten();
        let identity = self.inner.store.read_blocking(|reader| reader.identity())?;
        let is_ours = present.is_some_and(|save| {
            (save.manifest.database, save.manifest.epoch) == identity
                && site
                    .registers
                    .files()
                    .iter()
                    .all(|file| save.manifest.files.contains_key(*file))
        });
        if is_ours {
            let present = Generation::load(&site.layout.data)?;
            let aside = &mut report.set_aside;
            save::set_aside_edited(site, present.as_ref(), &BTreeSet::new(), aside)?;
            if report.migrated.is_some() || !aside.is_empty() {
                self.write_save(Scope::Changed)?;
            }
            return Ok(());
        }
        let saved = self.write_save(Scope::Everything)?;
        report.set_aside.extend(saved.set_aside);
        Ok(())
    }

    /// The open store.
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    /// Where everything stands.
    pub fn layout(&self) -> &Layout {
        &self.inner.site.layout
    }

    /// The zone of names and days.
    pub fn zone(&self) -> Tz {
        self.inner.site.zone
    }

    /// After how many days archives go.
    pub fn retention_days(&self) -> u32 {
        self.inner.retention_days
    }

    /// Where work on the files reports how far it has come.
    pub fn progress(&self) -> &Progress {
        &self.inner.site.progress
    }

    fn site(&self) -> &Site {
        &self.inner.site
    }

    fn mirror_trouble(&self) -> Option<String> {
        self.inner.mirror.as_ref().and_then(Mirror::trouble)
    }

    fn desk(&self) -> MutexGuard<'_, ()> {
        self.inner
            .desk
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs `act` where it may block, for callers in async code.
    pub async fn off_thread<T: Send + 'static>(
        &self,
        act: impl FnOnce(&Vault) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let vault = self.clone();
        let log = dispatcher::get_default(Clone::clone);
        tokio::task::spawn_blocking(move || dispatcher::with_default(&log, || act(&vault)))
            .await
            .context("work on the files panicked")?
    }

    /// Saves what has changed since the last save.
    pub fn save(&self, cause: Cause) -> Result<SaveReport> {
        tracing::info!(event = "auto_save_started", cause = cause.name());
        let report = self.write_save(Scope::Changed)?;
        if report.postponed {
            self.notice_restore();
        } else {
            tracing::info!(event = "auto_save_done", cogs = report.registers);
        }
        Ok(report)
    }

    fn write_save(&self, scope: Scope) -> Result<SaveReport> {
        let _desk = self.desk();
        let site = &self.inner.site;
        if site.layout.marker().exists() {
            return Ok(SaveReport {
                postponed: true,
                ..SaveReport::default()
            });
        }
        let snapshot = self.inner.store.snapshot()?;
        let none = BTreeSet::new();
        let report = standing_back(move || save::save(site, &snapshot, scope, &none))
            .inspect_err(|error| self.suspect(error))?;
        if let Some(mirror) = self
            .inner
            .mirror
            .as_ref()
            .filter(|_| report.files_written > 0)
        {
            mirror.rotate(&self.inner.store, SEGMENT);
            if let Some(previous) = Generation::load(&site.layout.previous())? {
                mirror.set_base(&previous.manifest);
            }
        }
        Ok(report)
    }

    /// Makes the journal's copy durable up to now; what it missed is written first. Trouble stands in the report.
    pub fn sync_mirror(&self) -> MirrorReport {
        self.notice_restore();
        self.suspect_broken_store();
        match &self.inner.mirror {
            Some(mirror) => mirror.sync(&self.inner.store),
            None => MirrorReport::default(),
        }
    }

    /// Says, once, that a restore was copied under a running bot and waits for its restart.
    fn notice_restore(&self) {
        let is_waiting = self.inner.site.layout.marker().exists();
        if is_waiting && !self.inner.restore_noticed.swap(true, Ordering::Relaxed) {
            tracing::warn!(event = "restore_waiting");
        }
    }

    /// Archives everything. `census` is what the bot sees; without it, what it last saw.
    pub fn archive(&self, cause: Cause, census: Option<Census>) -> Result<ArchiveReport> {
        if cause == Cause::Scheduled {
            tracing::info!(event = "daily_archive_started");
        }
        let _desk = self.desk();
        let store = &self.inner.store;
        let snapshot = store.snapshot()?;
        let census = match census {
            Some(census) => {
                store.operate_blocking(move |operations| census.note(operations))?;
                census
            }
            None => Census::noted(&snapshot.reader())?,
        };
        let site = &self.inner.site;
        let referred = self.referred_blobs(&snapshot.reader())?;
        let report = standing_back(move || archive::make(site, &snapshot, cause, census))
            .inspect_err(|error| self.suspect(error))?;
        let copied = self.blobs().copy(&report.name, &referred)?;
        blobs::tell_missing(&copied);
        if let Some(mirror) = &self.inner.mirror {
            mirror.rotate(store, 0);
        }
        match cause {
            Cause::Scheduled => tracing::info!(
                event = "daily_archive_done",
                files = report.metadata.files_backed_up.len(),
                archive = report.name,
            ),
            _ => tracing::info!(event = "archive_made", archive = report.name),
        }
        Ok(report)
    }

    /// All archives, the newest first, unusable ones last.
    pub fn archives(&self) -> Result<Vec<Archive>> {
        archives::list(&self.inner.site.layout.backups)
    }

    /// Proves an archive by restoring it into a scratch database; the proof is kept beside it.
    pub fn prove(&self, archive: &Archive) -> Result<Proof> {
        self.bench().prove(archive)
    }

    /// Trashes archives that are past the retention, except the last good ones, and then trims the journal behind the
    /// oldest that is left.
    pub fn prune(&self, mode: Mode) -> Result<PruneReport> {
        let _desk = self.desk();
        if mode == Mode::Real {
            tracing::info!(event = "prune_started");
        }
        let report = prune::prune(&self.inner.site, self.inner.retention_days, mode)?;
        if mode == Mode::Real {
            match report.wait {
                Some(wait) => tracing::warn!(event = "prune_waits", why = wait.name()),
                None => {
                    let rows = history::trim(&self.inner.site, &self.inner.store)?;
                    if rows > 0 {
                        tracing::info!(event = "journal_trimmed", rows);
                    }
                }
            }
            // What only a deleted archive referred to goes with it, also while no other may go.
            if report.wait.is_none() || report.deleted > 0 {
                self.prune_blobs()?;
            }
            tracing::info!(event = "prune_done", count = report.trashed.len());
        }
        Ok(report)
    }

    /// One consistent view of everything.
    pub fn snapshot(&self) -> Result<Snapshot> {
        self.inner.store.snapshot()
    }
}
