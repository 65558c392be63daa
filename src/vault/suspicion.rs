//! Damage of the database that shows while the bot runs: it is remembered, and the next start looks at every page before it
//! trusts the database again.

use anyhow::Result;

use super::layout::SUSPICION;
use super::{Vault, atomic};

impl Vault {
    /// Checks every page of the database. Damage is remembered, so that the next start recovers.
    pub fn check_database(&self) -> Result<()> {
        let problems = self
            .inner
            .store
            .snapshot()
            .and_then(|snapshot| snapshot.integrity());
        let problems = problems.inspect_err(|error| self.suspect(error))?;
        if problems.is_empty() {
            return Ok(());
        }
        let error = anyhow::anyhow!("the database is damaged: {}", problems.join("; "));
        self.note_suspicion();
        Err(error)
    }

    /// After a failed read: the next start looks at the whole database before it trusts it.
    pub(super) fn suspect(&self, error: &anyhow::Error) {
        if crate::store::is_damage(error) {
            self.note_suspicion();
        }
    }

    /// After a failed write the same: what is on the disk is not known.
    pub(super) fn suspect_broken_store(&self) {
        if *self.inner.store.broken().borrow() && !self.inner.site.layout.suspicion().exists() {
            self.note_suspicion();
        }
    }

    fn note_suspicion(&self) {
        tracing::error!(event = "database_suspect");
        let data = &self.inner.site.layout.data;
        let note = atomic::write(data, SUSPICION, b"");
        if let Err(error) = note {
            tracing::error!(event = "note_failed", error = %format!("{error:#}"));
        }
    }
}
