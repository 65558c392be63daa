//! Where archives are examined: by the running bot, which holds nothing else meanwhile, or alone.

use std::path::Path;
use std::sync::MutexGuard;

use anyhow::Result;

use super::archives::{self, Archive, Proof};
use super::aside::standing_back;
use super::error::{StartError, Unable};
use super::layout::Layout;
use super::lock::{self, Lock};
use super::past::{self, Wanted};
use super::progress::Progress;
use super::restore::Request;
use super::site::Site;
use super::steps::Steps;
use super::verify::{self, Verification};
use super::{Vault, atomic, difference, folders};
use crate::model::{Clock, Text};
use crate::store::{DATABASE, Registers, Snapshot};
use crate::text;

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

    /// What changes when `to` takes the place of `from`, in sentences; `None` is the present state. Both are made in a
    /// scratch folder; nothing else is touched.
    ///
    /// # Errors
    /// [`Unable`], when one of them can't be had.
    pub fn difference(&self, from: Option<&Wanted>, to: Option<&Wanted>) -> Result<Vec<Text>> {
        let scratch = self.site.layout.scratch();
        archives::sweep_folder(&scratch)?;
        let told = standing_back(|| {
            let from = self.side(&scratch, "from", from)?;
            let to = self.side(&scratch, "to", to)?;
            difference::tell(&self.site.registers, &from, &to)
        });
        archives::sweep_folder(&scratch)?;
        told
    }

    fn side(&self, scratch: &Path, name: &str, wanted: Option<&Wanted>) -> Result<Snapshot> {
        let database = self.site.layout.database();
        let journal = || match database.exists() {
            true => Snapshot::of(&database),
            false => Err(Unable(text!("restore-without-journal")).into()),
        };
        let request = match wanted {
            None => return journal(),
            Some(Wanted::Archive(name)) => Request::of_archive(&self.site, name)?,
            Some(Wanted::At(moment)) => past::at(&self.site, &journal()?.reader(), *moment)?,
        };
        let folder = scratch.join(name);
        atomic::make_folder(scratch)?;
        atomic::make_folder(&folder)?;
        atomic::ensure_space(&folder, request.source.bytes() * 3)?;
        match request.runs.is_empty() {
            // Where no change of the journal is wanted, none needs to be there.
            true => request.build(&self.site, &folder, None)?,
            false => {
                let journal = journal()?;
                request.build(&self.site, &folder, Some(&journal.reader()))?;
            }
        }
        Snapshot::of(&folder.join(DATABASE))
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
