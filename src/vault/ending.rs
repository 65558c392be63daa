//! How a vault ends: with a last save, within a bound.

use std::time::Duration;

use anyhow::{Context, Result};
use tracing::dispatcher;

use super::{Cause, SaveReport, Vault};

impl Vault {
    /// Takes no more orders, makes the mirror durable, saves, and closes the store: the save has all that was acknowledged.
    /// What is not done when `bound` is over is done by the next
    /// start: nothing acknowledged depends on it. Then the data folder is free for another.
    pub fn stop(&self, bound: Duration) -> Result<Option<SaveReport>> {
        // A store that failed takes none anyway; what it has is still saved.
        let _ = self.inner.store.take_no_more_orders();
        self.sync_mirror();
        let (done, finished) = std::sync::mpsc::channel();
        let vault = self.clone();
        let log = dispatcher::get_default(Clone::clone);
        std::thread::Builder::new()
            .name("last-save".to_owned())
            .spawn(move || {
                let saved = dispatcher::with_default(&log, || vault.save(Cause::Stop));
                // Nobody listens any more when the bound is over.
                let _ = done.send(saved);
            })
            .context("starting the last save")?;
        let saved = finished.recv_timeout(bound).ok().transpose();
        self.inner.store.close()?;
        // A save that goes on still writes here; it keeps the folder until it or the process has ended.
        if !matches!(saved, Ok(None)) {
            let mut lock = self.inner.lock.lock();
            lock.as_mut()
                .unwrap_or_else(|poisoned| poisoned.get_mut())
                .take();
        }
        saved
    }
}
