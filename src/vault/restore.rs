//! Restoring by `cp backups/backup_X/* data/` and a start: `metadata.json` in the data folder is the request.

use std::path::Path;

use anyhow::{Context, Result};

use super::archives::{self, Archive};
use super::atomic;
use super::erasures::{self, Erasures, Moment};
use super::error::{StartError, Unable, mending_command, quoted};
use super::layout::METADATA;
use super::load::Source;
use super::past::Run;
use super::progress::Work;
use super::sealed::{self, Metadata};
use super::site::Site;
use super::verify;
use crate::model::Text;
use crate::store::{Reader, Rebuild, Registers, Store};
use crate::text;

/// The note that keeps a restore from being repeated after a crash between its commit and the marker's renaming.
const NOTE: &str = "restored";

/// What a restore came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestoreReport {
    /// When the archive was made, as its folder's name says.
    pub archive: String,
    /// How many rows it brought.
    pub rows: u64,
    /// The archive that was made of the state before, if there was one.
    pub safety: Option<String>,
    /// The journal position of the restore itself.
    pub seq: u64,
    /// How many changes of the journal were carried out over the archive.
    pub replayed: u64,
    /// How many people were erased since then, and stay so.
    pub erased: usize,
    /// What is different now, in sentences; of a copied archive it is not told.
    pub changes: Vec<Text>,
}

/// A restore that was asked for, found to be whole.
pub(super) struct Request {
    /// The archive's name.
    pub(super) name: String,
    pub(super) metadata: Metadata,
    pub(super) source: Source,
    /// What of the journal is carried out over the archive.
    pub(super) runs: Vec<Run>,
    pub(super) via: Via,
    checksum: String,
}

/// How a restore was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Via {
    /// By a copy into the data folder.
    Copied,
    /// By name or moment.
    Asked,
}

/// The request in the data folder, if there is one. A copy that is not whole is refused.
pub(super) fn request(site: &Site) -> Result<Option<Request>, StartError> {
    let marker = site.layout.marker();
    if let Err(error) = std::fs::File::open(&marker) {
        match error.kind() {
            std::io::ErrorKind::NotFound => return Ok(None),
            std::io::ErrorKind::PermissionDenied => return Err(unreadable(&marker)),
            _ => {}
        }
    }
    let found = sealed::read::<Metadata>(&marker).map_err(|error| StartError::BrokenMarker {
        marker: marker.clone(),
        why: format!("{error:#}"),
    })?;
    let Some((metadata, checksum)) = found else {
        return Ok(None);
    };
    let source = Source::of_archive(&site.layout.data, &metadata);
    let flaws = {
        let _stage = site.progress.begin(Work::Verification, source.bytes());
        source.flaws(&site.progress)?
    };
    if let Some(path) = flaws.unreadable.first() {
        return Err(unreadable(path));
    }
    if !flaws.is_empty() {
        return Err(StartError::PartialCopy {
            data: site.layout.data.clone(),
            archive: metadata.backup_date,
            files: flaws.names(),
            marker,
        });
    }
    ensure_known(&site.registers, &metadata)?;
    Ok(Some(Request {
        name: format!("backup_{}", metadata.backup_date),
        metadata,
        source,
        checksum,
        runs: Vec::new(),
        via: Via::Copied,
    }))
}

pub(super) fn unreadable(path: &Path) -> StartError {
    StartError::Unreadable {
        path: path.to_owned(),
        command: mending_command(path),
    }
}

/// Every register in the archive must be one that this program has, and no newer than it knows.
fn ensure_known(registers: &Registers, metadata: &Metadata) -> Result<(), StartError> {
    for (name, schema) in &metadata.schema {
        let known = registers
            .get(name)
            .map(|register| register.schema().len() as u32);
        if known.is_none_or(|known| *schema > known) {
            let known = known.map_or("-".to_owned(), |known| known.to_string());
            return Err(StartError::TooNew {
                archive: metadata.backup_date.clone(),
                why: format!("{name} {schema} > {known}"),
            });
        }
    }
    Ok(())
}

impl Request {
    /// That of an archive whose files are known to be whole.
    pub(super) fn of(name: &str, metadata: &Metadata, source: Source) -> Request {
        Request {
            name: name.to_owned(),
            metadata: metadata.clone(),
            source,
            runs: Vec::new(),
            via: Via::Asked,
            checksum: name.to_owned(),
        }
    }

    /// That of the archive called `name`, which must be whole and none of a newer program.
    pub(super) fn of_archive(site: &Site, name: &str) -> Result<Request> {
        let Some(archive) = verify::find(site, Some(name))? else {
            return Err(Unable(text!("archive-unknown", name = name)).into());
        };
        let found = verify::verify(site, &archive)?;
        let request = Request::named(site, &archive.name)?;
        match (request, found.obstacle()) {
            (Some(request), None) => {
                ensure_known(&site.registers, &request.metadata)
                    .map_err(|error| Unable(error.text()))?;
                Ok(request)
            }
            (_, why) => {
                let why = why.or(archive.state.err()).unwrap_or_default();
                Err(Unable(text!("archive-damaged", name = archive.name, why = why)).into())
            }
        }
    }

    /// That of the archive called `name`, if it can be used as far as names and sizes tell.
    pub(super) fn named(site: &Site, name: &str) -> Result<Option<Request>> {
        let found = verify::find(site, Some(name))?;
        Ok(found.and_then(|archive| {
            let metadata = archive.metadata()?;
            let source = Source::of_archive(&archive.path, metadata);
            Some(Request::of(&archive.name, metadata, source))
        }))
    }

    /// Whether the database already holds what is asked for: a crash came between commit and renaming. Who asks anew is not
    /// asking for what was.
    pub(super) fn is_done(&self, reader: &Reader<'_>) -> Result<bool> {
        Ok(self.is_copied() && reader.note(NOTE)?.as_ref() == Some(&self.checksum))
    }

    /// Brings the archive in, and what of the journal belongs to it, in one transaction, behind everything that ever was.
    pub(super) fn carry_out(
        &self,
        site: &Site,
        safety: Option<String>,
    ) -> Result<RestoreReport, StartError> {
        site.steps.pass()?;
        erasures::learn(&site.layout, &self.metadata.erasures)?;
        let erasures = Erasures::load(&site.layout)?;
        let _stage = site.progress.begin(Work::Restore, self.source.bytes());
        let mut replayed = 0;
        let (rows, seq) =
            Store::rebuild(&site.layout.data, &site.registers, &site.clock, |rebuild| {
                rebuild.clear()?;
                let rows;
                (rows, replayed) = self.bring(site, &erasures, rebuild, rebuild)?;
                rebuild.raise_epoch(self.metadata.epoch)?;
                let seq = rebuild.begin_epoch(&self.name, self.seq(), &[])?;
                rebuild.set_note(NOTE, &self.checksum)?;
                site.steps.pass()?;
                Ok((rows, seq))
            })
            .map_err(StartError::from)?;
        site.steps.pass()?;
        Ok(RestoreReport {
            archive: self.metadata.backup_date.clone(),
            rows,
            safety,
            seq,
            replayed,
            erased: erasures.count_after(Moment::of(&self.metadata)),
            changes: Vec::new(),
        })
    }

    /// Brings the rows in, without those who were erased since, and then what the journal that `reader` sees says. Returns
    /// how many rows and changes there were.
    fn bring(
        &self,
        site: &Site,
        erasures: &Erasures,
        rebuild: &Rebuild<'_>,
        reader: &Reader<'_>,
    ) -> Result<(u64, u64)> {
        let rows = self.source.load(rebuild, &site.registers, &site.progress)?;
        rebuild.set_base(self.seq())?;
        erasures.erase(rebuild, Moment::of(&self.metadata))?;
        Ok((rows, self.replay(rebuild, reader)?))
    }

    /// Makes a database of it in a folder of its own, as it would be after a restore.
    pub(super) fn build(
        &self,
        site: &Site,
        folder: &Path,
        journal: Option<&Reader<'_>>,
    ) -> Result<()> {
        let mut erasures = Erasures::load(&site.layout)?;
        erasures.add(self.metadata.erasures.clone());
        Store::build(folder, &site.registers, &site.clock, |rebuild| {
            self.bring(site, &erasures, rebuild, journal.unwrap_or(rebuild))
        })?;
        Ok(())
    }
}

/// Takes the request back, because it was carried out. `metadata.json` never stands in the data folder otherwise.
pub(super) fn mark_applied(site: &Site) -> Result<()> {
    let data = &site.layout.data;
    let applied = site.free_path(data, &format!("metadata.applied-{}.json", site.stamp()));
    atomic::rename(&site.layout.marker(), &applied)?;
    atomic::sync_folder(data)?;
    site.steps.pass()
}

/// Whether a restore was committed and a crash came before what follows it was done.
pub(super) fn is_unfinished(store: &Store) -> Result<bool> {
    Ok(store.read_blocking(|reader| reader.note(NOTE))?.is_some())
}

/// Forgets the note, so that the same archive can be restored again one day.
pub(super) fn forget_note(store: &Store) -> Result<()> {
    store.operate_blocking(|operations| operations.set_note(NOTE, None))
}

/// Refuses to start when a restore was copied into the folder above the data folder: silence would look like success.
pub(super) fn refuse_misplaced(site: &Site) -> Result<(), StartError> {
    let Some(above) = site.layout.above() else {
        return Ok(());
    };
    let found = above.join(METADATA);
    // Somebody else's metadata.json is none of ours.
    let Ok(Some((metadata, _))) = sealed::read::<Metadata>(&found) else {
        return Ok(());
    };
    let files = metadata
        .files_backed_up
        .iter()
        .map(String::as_str)
        .chain([METADATA]);
    let files: Vec<String> = files.map(|name| quoted(&above.join(name))).collect();
    Err(StartError::Misplaced {
        data: site.layout.data.clone(),
        command: format!("mv {} {}/", files.join(" "), quoted(&site.layout.data)),
        found,
    })
}

/// The command that restores the newest usable archive, if there is any.
pub(super) fn newest_command(site: &Site) -> Result<Option<String>> {
    let archives = archives::list(&site.layout.backups).context("looking for archives")?;
    Ok(archives.first().map(|archive| command(site, archive)))
}

/// The command that restores an archive, before a start.
pub(super) fn command(site: &Site, archive: &Archive) -> String {
    let (from, to) = (quoted(&archive.path), quoted(&site.layout.data));
    format!("cp {from}/* {to}/")
}
