//! The archives that exist, what they say of themselves, and the proof that one can be restored.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};

use super::atomic;
use super::codec::{self, FileRecord};
use super::layout::{METADATA, PARTIAL, PROOF, TAIL, TRASH, VERIFIED};
use super::load::Source;
use super::progress::Work;
use super::sealed::{self, Metadata};
use super::site::Site;
use super::verify::{self, Verification};
use crate::model::{Timestamp, milliseconds};
use crate::store::{DATABASE, Snapshot, Store};

/// An archive among the backups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archive {
    /// The folder's name.
    pub name: String,
    /// The folder.
    pub path: PathBuf,
    /// What it says of itself, or what keeps it from being used.
    pub state: Result<Metadata, String>,
    /// What the last look at each of its bytes found, if that is known.
    pub verification: Option<Verification>,
    /// When it was last restored into a scratch database, if ever.
    pub proof: Option<Proof>,
}

/// An archive was restored into a scratch database, and what was in it then was what is in its files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// When.
    pub at: Timestamp,
    /// By which version of the program.
    pub version: String,
    /// How many rows.
    pub rows: u64,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
}

impl Archive {
    /// What it says of itself, if it is whole as far as names and sizes tell.
    pub fn metadata(&self) -> Option<&Metadata> {
        self.state.as_ref().ok()
    }

    /// All bytes in it.
    pub fn bytes(&self) -> u64 {
        let size = |metadata: &Metadata| {
            let tail = metadata.tail.as_ref().map_or(0, |tail| tail.size);
            metadata.files.values().map(|file| file.size).sum::<u64>() + tail
        };
        self.metadata().map_or(0, size)
    }

    /// All rows in its files.
    pub fn rows(&self) -> u64 {
        self.metadata().map_or(0, |metadata| {
            metadata.files.values().map(FileRecord::rows).sum()
        })
    }

    /// Its place in history: epoch and journal position. Clocks are not trusted with it.
    pub fn order(&self) -> (u64, u64) {
        self.metadata()
            .map_or((0, 0), |metadata| (metadata.epoch, metadata.seq))
    }

    pub(super) fn source(&self) -> Result<Source> {
        let metadata = self
            .state
            .as_ref()
            .map_err(|why| anyhow::anyhow!("{}: {why}", self.name))?;
        Ok(Source::of_archive(&self.path, metadata))
    }
}

/// All archives, the newest by journal position first; those that can't be used last.
pub(super) fn list(backups: &Path) -> Result<Vec<Archive>> {
    let mut archives = Vec::new();
    if !backups.exists() {
        return Ok(archives);
    }
    for entry in fs::read_dir(backups).with_context(|| format!("listing {}", backups.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("backup_") && entry.file_type()?.is_dir() {
            archives.push(look(entry.path(), name));
        }
    }
    archives.sort_by(|a, b| {
        let key =
            |archive: &Archive| (archive.state.is_ok(), archive.order(), archive.name.clone());
        key(b).cmp(&key(a))
    });
    Ok(archives)
}

/// The archive in a folder, as far as its names and sizes tell.
pub(super) fn look(path: PathBuf, name: String) -> Archive {
    let verification = sealed::read::<Verification>(&path.join(VERIFIED))
        .ok()
        .flatten()
        .map(|(found, _)| found);
    let obstacle = verification.as_ref().and_then(Verification::obstacle);
    let state = match sealed::read::<Metadata>(&path.join(METADATA)) {
        Ok(Some((metadata, _))) => sizes_fit(&path, &metadata).and_then(|()| match obstacle {
            Some(why) => Err(anyhow::anyhow!(why)),
            None => Ok(metadata),
        }),
        Ok(None) => Err(anyhow::anyhow!("it has no {METADATA}")),
        Err(error) => Err(error),
    };
    let proof = sealed::read(&path.join(PROOF)).ok().flatten();
    Archive {
        name,
        path,
        state: state.map_err(|error| format!("{error:#}")),
        verification,
        proof: proof.map(|(proof, _)| proof),
    }
}

fn sizes_fit(path: &Path, metadata: &Metadata) -> Result<()> {
    let files = metadata
        .files
        .iter()
        .map(|(name, file)| (name.as_str(), file.size));
    let tail = metadata.tail.iter().map(|tail| (TAIL, tail.size));
    for (name, size) in files.chain(tail) {
        let found = fs::metadata(path.join(name))
            .with_context(|| name.to_owned())?
            .len();
        ensure!(found == size, "{name} has {found} bytes instead of {size}");
    }
    Ok(())
}

/// Restores an archive into a scratch database, compares what is in it then with the files, and leaves the proof.
pub(super) fn prove(site: &Site, archive: &Archive) -> Result<Proof> {
    let found = verify::verify(site, archive)?;
    verify::note(&archive.path, &found)?;
    if let Some(why) = found.obstacle() {
        bail!(why);
    }
    let archive = &look(archive.path.clone(), archive.name.clone());
    let began = Instant::now();
    let source = archive.source()?;
    // Loaded, and streamed again.
    let _stage = site.progress.begin(Work::Verification, 2 * archive.bytes());
    let scratch = site.layout.scratch();
    sweep_folder(&scratch)?;
    atomic::make_folder(&scratch)?;
    atomic::ensure_space(&scratch, archive.bytes() * 3)?;
    let rows = restore_and_compare(site, archive, &source, &scratch);
    sweep_folder(&scratch)?;
    let proof = Proof {
        at: site.clock.now(),
        version: site.version.to_owned(),
        rows: rows?,
        duration_ms: milliseconds(began.elapsed()),
    };
    sealed::write(&archive.path, PROOF, &proof)?;
    Ok(proof)
}

fn restore_and_compare(
    site: &Site,
    archive: &Archive,
    source: &Source,
    scratch: &Path,
) -> Result<u64> {
    let rows = Store::build(scratch, &site.registers, &site.clock, |rebuild| {
        source.load(rebuild, &site.registers, &site.progress)
    })?;
    let snapshot = Snapshot::of(&scratch.join(DATABASE))?;
    for (name, record) in &source.files {
        let (_, found) = codec::stream(
            std::io::sink(),
            name,
            &site.registers,
            &snapshot.reader(),
            &site.progress,
        )?;
        if source.tail.is_some() {
            // The rows behind the files have changed what is in the tables since.
            continue;
        }
        let is_same_schema = archive.metadata().is_some_and(|metadata| {
            metadata.schema.iter().all(|(name, schema)| {
                site.registers
                    .get(name)
                    .is_some_and(|known| known.schema().len() as u32 == *schema)
            })
        });
        let is_equal = if is_same_schema {
            found == *record
        } else {
            found.rows() == record.rows()
        };
        ensure!(
            is_equal,
            "{name}: what was restored is not what the file holds"
        );
    }
    for register in site.registers.iter() {
        let problems = register.check(&snapshot.reader())?;
        ensure!(
            problems.is_empty(),
            "{} does not add up: {}",
            register.name(),
            problems.join("; ")
        );
    }
    Ok(rows)
}

/// Removes what crashes left among the backups. Returns how many.
pub(super) fn sweep(backups: &Path) -> Result<usize> {
    let mut count = 0;
    if !backups.exists() {
        return Ok(count);
    }
    for entry in fs::read_dir(backups).with_context(|| format!("listing {}", backups.display()))? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(PARTIAL) {
            sweep_folder(&entry.path())?;
            count += 1;
        }
    }
    Ok(count)
}

/// The archives that are to be deleted, and since when.
pub(super) fn trash(backups: &Path) -> Result<Vec<(PathBuf, Timestamp)>> {
    let mut found = Vec::new();
    if !backups.exists() {
        return Ok(found);
    }
    for entry in fs::read_dir(backups).with_context(|| format!("listing {}", backups.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let since = name
            .strip_prefix(TRASH)
            .and_then(|rest| rest.split_once('-'))
            .and_then(|(since, _)| since.parse().ok());
        if let Some(since) = since {
            found.push((entry.path(), Timestamp(since)));
        }
    }
    Ok(found)
}

/// Removes a folder with all that is in it, if it is there.
pub(super) fn sweep_folder(path: &Path) -> Result<()> {
    match atomic::discard_folder(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("removing {}", path.display()))
        }
        _ => Ok(()),
    }
}
