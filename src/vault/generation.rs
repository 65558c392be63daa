//! One hourly save as it lies in a folder: its manifest and whether its files are still what it says.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::atomic;
use super::layout::MANIFEST;
use super::progress::Progress;
use super::sealed::{self, Manifest, SavedFile};

/// A save in `data/` or `data/previous/`.
#[derive(Clone, Debug)]
pub(super) struct Generation {
    pub(super) folder: PathBuf,
    pub(super) manifest: Manifest,
    /// The manifest's checksum, which names the generation.
    pub(super) checksum: String,
}

/// How a file compares with what its manifest says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Whole,
    Missing,
    Different,
}

impl Generation {
    /// The save in `folder`; an unreadable manifest is an error.
    pub(super) fn load(folder: &Path) -> Result<Option<Generation>> {
        let found = sealed::read(&folder.join(MANIFEST))?;
        Ok(found.map(|(manifest, checksum)| Generation {
            folder: folder.to_owned(),
            manifest,
            checksum,
        }))
    }

    /// All bytes of its files.
    pub(super) fn bytes(&self) -> u64 {
        let files = self.manifest.files.values();
        files.map(|file| file.record.size).sum()
    }

    /// Compares each file by its time and size, and by its hash where those differ.
    pub(super) fn compare(&self) -> io::Result<Vec<(&str, State)>> {
        self.states(state_of)
    }

    /// Compares each file by its hash: what is to be loaded must be whole.
    pub(super) fn verify(&self) -> io::Result<Vec<(&str, State)>> {
        self.states(verified_state_of)
    }

    fn states(
        &self,
        state: impl Fn(&Path, &SavedFile) -> io::Result<State>,
    ) -> io::Result<Vec<(&str, State)>> {
        self.manifest
            .files
            .iter()
            .map(|(name, saved)| Ok((name.as_str(), state(&self.folder.join(name), saved)?)))
            .collect()
    }

    /// What keeps it from being loaded, by file; empty if it is whole.
    pub(super) fn troubles(&self) -> Vec<String> {
        match self.verify() {
            Err(error) => vec![error.to_string()],
            Ok(states) => states
                .into_iter()
                .filter(|(_, state)| *state != State::Whole)
                .map(|(name, _)| name.to_owned())
                .collect(),
        }
    }
}

/// The modification time as manifests keep it.
pub(super) fn modified_ns(metadata: &fs::Metadata) -> i64 {
    metadata
        .mtime()
        .saturating_mul(1_000_000_000)
        .saturating_add(metadata.mtime_nsec())
}

/// Whether the file at `path` is the saved one; its content is only read when its time or size differ.
pub(super) fn state_of(path: &Path, saved: &SavedFile) -> io::Result<State> {
    let Some(metadata) = look(path)? else {
        return Ok(State::Missing);
    };
    if metadata.len() == saved.record.size && modified_ns(&metadata) == saved.modified_ns {
        return Ok(State::Whole);
    }
    verified_state_of(path, saved)
}

fn verified_state_of(path: &Path, saved: &SavedFile) -> io::Result<State> {
    let Some(metadata) = look(path)? else {
        return Ok(State::Missing);
    };
    if metadata.len() != saved.record.size {
        return Ok(State::Different);
    }
    let (_, sha256) = atomic::hash_file(path, &Progress::default())?;
    Ok(if sha256 == saved.record.sha256 {
        State::Whole
    } else {
        State::Different
    })
}

fn look(path: &Path) -> io::Result<Option<fs::Metadata>> {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        metadata => metadata.map(Some),
    }
}
