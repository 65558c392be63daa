//! How far work on the files has come, counted in bytes, for whoever watches: a terminal, or a command that asked a
//! running bot. What is said here decides nothing.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::model::Text;
use crate::text;

/// Long work on the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// The tables are written into the data folder.
    Save,
    /// The tables are written into an archive and read back.
    Archive,
    /// Files are hashed, or restored on trial.
    Verification,
    /// An archive is brought in.
    Restore,
    /// The database is made anew.
    Recovery,
}

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What is done.
    pub work: Work,
    /// Bytes done.
    pub done: u64,
    /// Bytes to be done, as far as that can be known before.
    pub total: u64,
}

impl Step {
    /// What is done, as people call it.
    pub fn text(&self) -> Text {
        match self.work {
            Work::Save => text!("vault-progress-save"),
            Work::Archive => text!("vault-progress-archive"),
            Work::Verification => text!("vault-progress-verification"),
            Work::Restore => text!("vault-progress-restore"),
            Work::Recovery => text!("vault-progress-recovery"),
        }
    }
}

/// Hears of each step, and by `None` that the work has ended; called by the thread that works, between two reads or
/// writes: it must be quick.
pub type Watcher = dyn Fn(Option<Step>) + Send + Sync;

/// Where work reports. Clones report to the same place.
#[derive(Clone, Default)]
pub struct Progress {
    step: Arc<Mutex<Option<Step>>>,
    watcher: Option<Arc<Watcher>>,
}

impl Progress {
    /// One that `watcher` hears.
    pub fn watched(watcher: Arc<Watcher>) -> Progress {
        Progress {
            step: Arc::default(),
            watcher: Some(watcher),
        }
    }

    /// How far the present work has come; nothing, if there is none.
    pub fn step(&self) -> Option<Step> {
        *self.lock()
    }

    /// Work of `total` bytes begins; it ends when what comes back is dropped.
    pub(super) fn begin(&self, work: Work, total: u64) -> Stage<'_> {
        let step = Step {
            work,
            done: 0,
            total: total.max(1),
        };
        self.tell(Some(step));
        Stage { progress: self }
    }

    /// So many bytes further.
    pub(super) fn advance(&self, bytes: u64) {
        let step = self.step();
        if let Some(mut step) = step.filter(|_| bytes > 0) {
            step.done += bytes;
            // What was estimated too low is never more than done.
            step.total = step.total.max(step.done);
            self.tell(Some(step));
        }
    }

    fn tell(&self, step: Option<Step>) {
        *self.lock() = step;
        if let Some(watcher) = &self.watcher {
            watcher(step);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Step>> {
        self.step.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Progress").field(&self.step()).finish()
    }
}

/// Work that goes on.
#[must_use]
pub(super) struct Stage<'a> {
    progress: &'a Progress,
}

impl Drop for Stage<'_> {
    fn drop(&mut self) {
        self.progress.tell(None);
    }
}
