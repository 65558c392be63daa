//! Looking at every byte of an archive: what is changed, cut, missing or too much is named, and what was found is noted
//! beside the archive's files, where `cp backup/* data/` does not take it along.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::archives::{self, Archive, Proof};
use super::blobs::Blobs;
use super::layout::{METADATA, PROOF, TAIL, VERIFIED, WRITING};
use super::progress::Work;
use super::sealed::{self, Metadata};
use super::site::Site;
use super::{atomic, flow};
use crate::model::{Text, Timestamp, milliseconds};
use crate::text;

/// What a look at every byte of an archive found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    /// When.
    pub at: Timestamp,
    /// By which version of the program.
    pub version: String,
    /// How many bytes were read.
    pub bytes: u64,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
    /// What is wrong; nothing, if each byte is as it was written.
    pub flaws: Vec<Flaw>,
}

/// A file that is not as the archive was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flaw {
    /// Its name in the archive; `blobs/…` is one of those that the archives share.
    pub file: String,
    /// What is wrong with it.
    pub kind: FlawKind,
}

/// What is wrong with a file of an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FlawKind {
    /// It is not there.
    Missing,
    /// It ends too early.
    Cut,
    /// Its bytes are others.
    Changed,
    /// It does not belong there.
    Extra,
    /// The system does not let it be read.
    Unreadable,
}

impl Verification {
    /// What keeps the archive from being used, in one line; a file too many, or an attachment that is gone, does not.
    pub(super) fn obstacle(&self) -> Option<String> {
        let grave = |flaw: &&Flaw| {
            flaw.kind != FlawKind::Extra && !flaw.file.contains('/') && !flaw.file.starts_with('.')
        };
        let names: Vec<&str> = self
            .flaws
            .iter()
            .filter(grave)
            .map(|flaw| flaw.file.as_str())
            .collect();
        (!names.is_empty()).then(|| format!("damaged: {}", names.join(", ")))
    }
}

impl Flaw {
    pub(super) fn new(file: impl Into<String>, kind: FlawKind) -> Flaw {
        Flaw {
            file: file.into(),
            kind,
        }
    }

    /// The file and what is wrong with it, as a sentence in a person's language.
    pub fn text(&self) -> Text {
        let file = self.file.as_str();
        match self.kind {
            FlawKind::Missing => text!("vault-flaw-missing", file = file),
            FlawKind::Cut => text!("vault-flaw-cut", file = file),
            FlawKind::Changed => text!("vault-flaw-changed", file = file),
            FlawKind::Extra => text!("vault-flaw-extra", file = file),
            FlawKind::Unreadable => text!("vault-flaw-unreadable", file = file),
        }
    }
}

/// Reads every byte of an archive and of the attachments that it refers to.
pub(super) fn verify(site: &Site, archive: &Archive) -> Result<Verification> {
    let began = Instant::now();
    let mut look = Look {
        site,
        folder: &archive.path,
        found: Verification {
            at: site.clock.now(),
            version: site.version.to_owned(),
            bytes: 0,
            duration_ms: 0,
            flaws: Vec::new(),
        },
    };
    let metadata = look.metadata();
    let _stage = site.progress.begin(
        Work::Verification,
        metadata.as_ref().map_or(0, |metadata| {
            let tail = metadata.tail.as_ref().map_or(0, |tail| tail.size);
            metadata.files.values().map(|file| file.size).sum::<u64>() + tail
        }),
    );
    if let Some(metadata) = &metadata {
        look.files(metadata);
        look.strangers(metadata)?;
    }
    look.notes();
    let mut found = look.found;
    let (bytes, flaws) = Blobs::new(&site.layout).flaws(&archive.name, &site.progress)?;
    found.bytes += bytes;
    found.flaws.extend(flaws);
    found.duration_ms = milliseconds(began.elapsed());
    Ok(found)
}

/// Notes beside the archive what was found.
pub(super) fn note(archive: &Path, found: &Verification) -> Result<()> {
    sealed::write(archive, VERIFIED, found)
}

struct Look<'a> {
    site: &'a Site,
    folder: &'a Path,
    found: Verification,
}

impl Look<'_> {
    fn metadata(&mut self) -> Option<Metadata> {
        let path = self.folder.join(METADATA);
        flow::forget_cached(&path);
        match sealed::read::<Metadata>(&path) {
            Ok(Some((metadata, _))) => Some(metadata),
            Ok(None) => {
                self.say(METADATA, FlawKind::Missing);
                None
            }
            Err(_) => {
                self.say(METADATA, FlawKind::Changed);
                None
            }
        }
    }

    fn files(&mut self, metadata: &Metadata) {
        let files = metadata
            .files
            .iter()
            .map(|(name, file)| (name.as_str(), file.size, file.sha256.as_str()));
        let tail = metadata
            .tail
            .iter()
            .map(|tail| (TAIL, tail.size, tail.sha256.as_str()));
        for (name, size, sha256) in files.chain(tail) {
            match self.hash(name) {
                Ok((found, hash)) => {
                    self.found.bytes += found;
                    if found < size {
                        self.say(name, FlawKind::Cut);
                    } else if found > size || hash != sha256 {
                        self.say(name, FlawKind::Changed);
                    }
                }
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    self.say(name, FlawKind::Missing);
                }
                Err(_) => self.say(name, FlawKind::Unreadable),
            }
        }
    }

    fn hash(&self, name: &str) -> io::Result<(u64, String)> {
        let path = self.folder.join(name);
        if !fs::symlink_metadata(&path)?.is_file() {
            return Err(io::Error::other("no regular file"));
        }
        // What lies in memory may be better than what lies on the disk.
        flow::forget_cached(&path);
        atomic::hash_file(&path, &self.site.progress)
    }

    /// What nobody put there when the archive was made.
    fn strangers(&mut self, metadata: &Metadata) -> Result<()> {
        let ours = [METADATA, PROOF, VERIFIED];
        let mut strangers = Vec::new();
        for entry in fs::read_dir(self.folder)
            .with_context(|| format!("listing {}", self.folder.display()))?
        {
            let name = entry?.file_name().to_string_lossy().into_owned();
            let is_tail = metadata.tail.is_some() && name == TAIL;
            // A crash while a note was written leaves its beginning under this name.
            let is_known = ours.contains(&name.as_str()) || is_tail || name.starts_with(WRITING);
            if !is_known && !metadata.files.contains_key(&name) {
                strangers.push(name);
            }
        }
        strangers.sort();
        for name in strangers {
            self.say(&name, FlawKind::Extra);
        }
        Ok(())
    }

    /// The notes of former looks and proofs carry their own checksums.
    fn notes(&mut self) {
        if sealed::read::<Verification>(&self.folder.join(VERIFIED)).is_err() {
            self.say(VERIFIED, FlawKind::Changed);
        }
        if sealed::read::<Proof>(&self.folder.join(PROOF)).is_err() {
            self.say(PROOF, FlawKind::Changed);
        }
    }

    fn say(&mut self, file: &str, kind: FlawKind) {
        self.found.flaws.push(Flaw::new(file, kind));
    }
}

/// The archive called `name`; without a name, the newest.
pub(super) fn find(site: &Site, name: Option<&str>) -> Result<Option<Archive>> {
    let archives = archives::list(&site.layout.backups)?;
    Ok(match name {
        None => archives.into_iter().next(),
        Some(name) => {
            // A folder's path is completed by the shell.
            let name = name.trim_end_matches('/');
            let name = name.rsplit('/').next().unwrap_or(name);
            archives.into_iter().find(|archive| archive.name == name)
        }
    })
}
