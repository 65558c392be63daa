//! Where archives are examined: by the running bot, which holds nothing else meanwhile, or alone.

use std::sync::MutexGuard;

use anyhow::Result;

use super::archives::{self, Archive, Proof};
use super::aside::standing_back;
use super::error::StartError;
use super::layout::Layout;
use super::lock::{self, Lock};
use super::progress::Progress;
use super::site::Site;
use super::steps::Steps;
use super::verify::{self, Verification};
use super::{Vault, folders};
use crate::model::Clock;
use crate::store::Registers;

/// Holds off whatever else would work on the same files.
pub struct Bench<'a> {
    pub(super) site: Site,
    _hold: Hold<'a>,
}

#[expect(dead_code, reason = "they are held, never looked at")]
enum Hold<'a> {
    Desk(MutexGuard<'a, ()>),
    Lock(Lock),
    Nothing,
}

impl Bench<'static> {
    /// A bench for those who only read archives and note what they found; nothing is held off.
    pub fn beside(
        layout: &Layout,
        registers: &Registers,
        clock: &Clock,
        zone: chrono_tz::Tz,
        progress: &Progress,
    ) -> Bench<'static> {
        Bench {
            site: Site {
                layout: layout.clone(),
                registers: registers.clone(),
                clock: clock.clone(),
                zone,
                version: env!("CARGO_PKG_VERSION"),
                steps: Steps::default(),
                progress: progress.clone(),
            },
            _hold: Hold::Nothing,
        }
    }

    /// The same for those who need room in the data folder, too: no other process may work on it.
    ///
    /// # Errors
    /// When another process works on the folder, or it can't be written.
    pub fn alone(self) -> Result<Bench<'static>, StartError> {
        let layout = &self.site.layout;
        folders::make_writable(&layout.data)?;
        let lock = lock::take(layout)?.map_err(|held| StartError::Locked {
            data: layout.data.clone(),
            pid: held.pid,
        })?;
        Ok(Bench {
            site: self.site,
            _hold: Hold::Lock(lock),
        })
    }
}

impl Bench<'_> {
    /// All archives, the newest first, unusable ones last.
    ///
    /// # Errors
    /// When their folder can't be read.
    pub fn archives(&self) -> Result<Vec<Archive>> {
        archives::list(&self.site.layout.backups)
    }

    /// The archive called `name` (a path to it will do); without a name, the newest.
    ///
    /// # Errors
    /// When their folder can't be read.
    pub fn find(&self, name: Option<&str>) -> Result<Option<Archive>> {
        verify::find(&self.site, name)
    }

    /// Reads every byte of an archive, and notes beside it what was found. What could not be noted is said as well.
    ///
    /// # Errors
    /// When the archive's folder can't be listed.
    pub fn verify(&self, archive: &Archive) -> Result<(Verification, Option<String>)> {
        standing_back(|| {
            let found = verify::verify(&self.site, archive)?;
            let noted = verify::note(&archive.path, &found);
            Ok((found, noted.err().map(|error| format!("{error:#}"))))
        })
    }

    /// Proves an archive by restoring it into a scratch database; the proof is kept beside it.
    ///
    /// # Errors
    /// When it can't be restored, or not to what its files hold.
    pub fn prove(&self, archive: &Archive) -> Result<Proof> {
        let proof = standing_back(|| archives::prove(&self.site, archive))
            .inspect_err(|error| {
                tracing::error!(event = "archive_damaged", archive = archive.name, error = %format!("{error:#}"));
            })?;
        tracing::info!(
            event = "archive_proved",
            archive = archive.name,
            rows = proof.rows
        );
        Ok(proof)
    }
}

impl Vault {
    /// The bench of a running bot: no save, archive or pruning begins while it is there.
    pub fn bench(&self) -> Bench<'_> {
        Bench {
            site: self.inner.site.clone(),
            _hold: Hold::Desk(self.desk()),
        }
    }
}
