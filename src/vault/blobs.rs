//! Files that came with messages, and transcripts: each once, by its SHA-256, in `data/blobs/`; verified copies in
//! `backups/blobs/`, which the archives share.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use super::layout::{Layout, WRITING};
use super::progress::Progress;
use super::verify::{Flaw, FlawKind};
use super::{Vault, archives, atomic, flow};
use crate::model::Timestamp;
use crate::store::Reader;

/// A blob that nothing refers to is left alone for so long: what refers to it may be about to be committed.
const UNREFERRED_KEPT: Duration = Duration::from_secs(24 * 3600);

/// A note of what an archive refers to is named after it, with this behind.
const REFERRED: &str = ".refers";

/// The folders of blobs. Clones are the same folders.
#[derive(Clone, Debug)]
pub struct Blobs {
    live: PathBuf,
    copies: PathBuf,
    /// Held from the measuring to the writing: two files at once may not fill the same room.
    room: Arc<Mutex<()>>,
}

/// What copying the blobs came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BlobReport {
    /// How many were copied now.
    pub copied: usize,
    /// Those that are referred to and nowhere to be found, or damaged.
    pub missing: Vec<String>,
}

impl Blobs {
    /// Those of these folders.
    pub fn new(layout: &Layout) -> Blobs {
        Blobs {
            live: layout.data.join("blobs"),
            copies: layout.backups.join("blobs"),
            room: Arc::default(),
        }
    }

    /// Keeps bytes durably; returns their SHA-256 in hexadecimal, which is their name. The same bytes are kept once.
    pub fn keep(&self, bytes: &[u8]) -> Result<String> {
        let sha256 = atomic::sha256(bytes);
        if self.has(&sha256, bytes) {
            return Ok(sha256);
        }
        atomic::make_folder(&self.live)?;
        atomic::ensure_space(&self.live, bytes.len() as u64)?;
        atomic::write_beside_others(&self.live, &sha256, bytes)?;
        Ok(sha256)
    }

    /// Keeps bytes as [`Blobs::keep`] does where everything together is at most `quota` bytes with them; `None` where it
    /// would be more. Bytes that are kept already take no more room.
    pub fn keep_within(&self, bytes: &[u8], quota: u64) -> Result<Option<String>> {
        let _room = self.room.lock().unwrap_or_else(PoisonError::into_inner);
        let has_room =
            self.has(&atomic::sha256(bytes), bytes) || self.size()? + bytes.len() as u64 <= quota;
        has_room.then(|| self.keep(bytes)).transpose()
    }

    fn has(&self, sha256: &str, bytes: &[u8]) -> bool {
        let file = fs::metadata(self.live.join(sha256));
        file.is_ok_and(|file| file.len() == bytes.len() as u64)
    }

    /// The bytes with this SHA-256, from the copies where the file itself is gone or damaged, as after a restore.
    pub fn read(&self, sha256: &str) -> Result<Vec<u8>> {
        ensure!(is_name(sha256), "{sha256} is no SHA-256");
        for folder in [&self.live, &self.copies] {
            if let Ok(bytes) = fs::read(folder.join(sha256))
                && atomic::sha256(&bytes) == sha256
            {
                return Ok(bytes);
            }
        }
        anyhow::bail!(
            "the file {sha256} is neither in {} nor in {}",
            self.live.display(),
            self.copies.display()
        )
    }

    /// Bytes of everything in `data/blobs/`.
    pub fn size(&self) -> Result<u64> {
        Ok(list(&self.live)?.iter().map(|(_, size)| size).sum())
    }

    /// Copies what the archive refers to and is not copied yet to the backups, reading each copy back; and notes what that is.
    pub(super) fn copy(&self, archive: &str, referred: &BTreeSet<String>) -> Result<BlobReport> {
        let mut report = BlobReport::default();
        let copied: BTreeSet<String> = list(&self.copies)?
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        for sha256 in referred.difference(&copied) {
            let bytes = match self.read(sha256) {
                Ok(bytes) => bytes,
                Err(_) => {
                    report.missing.push(sha256.clone());
                    continue;
                }
            };
            atomic::make_folder(&self.copies)?;
            atomic::ensure_space(&self.copies, bytes.len() as u64)?;
            atomic::write(&self.copies, sha256, &bytes)?;
            let path = self.copies.join(sha256);
            flow::forget_cached(&path);
            let read =
                fs::read(&path).with_context(|| format!("reading {} back", path.display()))?;
            let is_right = atomic::sha256(&read) == *sha256;
            ensure!(is_right, "the copy {} is damaged", path.display());
            report.copied += 1;
        }
        if !referred.is_empty() {
            atomic::make_folder(&self.copies)?;
            let names = referred.iter().cloned().collect::<Vec<_>>().join("\n");
            atomic::write(
                &self.copies,
                &format!("{archive}{REFERRED}"),
                names.as_bytes(),
            )?;
        }
        Ok(report)
    }

    /// Deletes the copies that none of the archives that are kept refers to, and the live files that nothing does, once they
    /// are a day old. Returns how many went.
    pub(super) fn prune(
        &self,
        live: &BTreeSet<String>,
        is_kept: impl Fn(&str) -> bool,
        now: Timestamp,
    ) -> Result<usize> {
        let mut archived = live.clone();
        for (archive, path) in self.notes()? {
            if is_kept(&archive) {
                let names = fs::read_to_string(&path)
                    .with_context(|| format!("reading {}", path.display()))?;
                archived.extend(names.lines().map(str::to_owned));
            } else {
                atomic::remove(&path)?;
            }
        }
        let mut gone = 0;
        for (folder, referred) in [(&self.live, live), (&self.copies, &archived)] {
            for (name, _) in list(folder)? {
                let path = folder.join(&name);
                if !referred.contains(&name) && age(&path, now) > UNREFERRED_KEPT {
                    atomic::remove(&path)?;
                    gone += 1;
                }
            }
        }
        Ok(gone)
    }

    /// Deletes those live files of `going` that nothing refers to. Returns how many went.
    fn let_go(&self, going: &BTreeSet<String>, referred: &BTreeSet<String>) -> Result<usize> {
        let mut gone = 0;
        for name in going.difference(referred) {
            let path = self.live.join(name);
            if is_name(name) && path.exists() {
                atomic::remove(&path)?;
                gone += 1;
            }
        }
        if gone > 0 {
            atomic::sync_folder(&self.live)?;
        }
        Ok(gone)
    }

    /// Brings files that are referred to back from their copies, as after a restore into an empty folder.
    fn bring_back(&self, referred: &BTreeSet<String>) -> Result<BlobReport> {
        let mut report = BlobReport::default();
        let live: BTreeSet<String> = list(&self.live)?
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        for sha256 in referred.difference(&live) {
            match self.read(sha256) {
                Ok(bytes) => {
                    self.keep(&bytes)?;
                    report.copied += 1;
                }
                Err(_) => report.missing.push(sha256.clone()),
            }
        }
        Ok(report)
    }

    /// Hashes the copies that an archive refers to. Returns how many bytes were read, and what is wrong.
    pub(super) fn flaws(&self, archive: &str, progress: &Progress) -> Result<(u64, Vec<Flaw>)> {
        let note = format!("{archive}{REFERRED}");
        let names = match fs::read(self.copies.join(&note)) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok((0, Vec::new()));
            }
            names => names.with_context(|| format!("reading {note}"))?,
        };
        let (mut bytes, mut flaws) = (0, Vec::new());
        for name in String::from_utf8_lossy(&names).lines() {
            if !is_name(name) {
                flaws.push(Flaw::new(format!("blobs/{note}"), FlawKind::Changed));
                break;
            }
            let path = self.copies.join(name);
            flow::forget_cached(&path);
            let kind = match atomic::hash_file(&path, progress) {
                Ok((size, sha256)) => {
                    bytes += size;
                    (sha256 != name).then_some(FlawKind::Changed)
                }
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                    Some(FlawKind::Missing)
                }
                Err(_) => Some(FlawKind::Unreadable),
            };
            flaws.extend(kind.map(|kind| Flaw::new(format!("blobs/{name}"), kind)));
        }
        Ok((bytes, flaws))
    }

    /// The archives whose blobs are noted, and where.
    fn notes(&self) -> Result<Vec<(String, PathBuf)>> {
        let Ok(entries) = fs::read_dir(&self.copies) else {
            return Ok(Vec::new());
        };
        let mut notes = Vec::new();
        for entry in entries {
            let entry = entry.context("listing the blobs")?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if let Some(archive) = name.strip_suffix(REFERRED) {
                notes.push((archive.to_owned(), entry.path()));
            }
        }
        Ok(notes)
    }

    /// Removes what a crash left half written.
    pub(super) fn sweep(&self) -> Result<()> {
        for folder in [&self.live, &self.copies] {
            let Ok(entries) = fs::read_dir(folder) else {
                continue;
            };
            for entry in entries {
                let entry = entry.context("listing the blobs")?;
                if entry.file_name().to_string_lossy().starts_with(WRITING) {
                    atomic::remove(&entry.path())?;
                }
            }
        }
        Ok(())
    }
}

impl Vault {
    /// Files that came with messages, and transcripts.
    pub fn blobs(&self) -> Blobs {
        self.inner.blobs.clone()
    }

    /// The blobs that records refer to.
    pub(super) fn referred_blobs(&self, reader: &Reader<'_>) -> Result<BTreeSet<String>> {
        let mut referred = BTreeSet::new();
        for register in self.inner.site.registers.iter() {
            referred.extend(register.blobs(reader)?);
        }
        Ok(referred)
    }

    /// Deletes those of these files that nothing refers to (any more), at once. Returns how many went.
    ///
    /// # Errors
    /// When the records can't be read, or a file can't be deleted.
    pub fn let_blobs_go(&self, names: &BTreeSet<String>) -> Result<usize> {
        let referred = self.referred_blobs(&self.inner.store.snapshot()?.reader())?;
        self.blobs().let_go(names, &referred)
    }

    /// Deletes all live files that nothing refers to, however young: only while nobody writes any.
    pub(super) fn sweep_blobs(&self) -> Result<usize> {
        let live = list(&self.blobs().live)?;
        self.let_blobs_go(&live.into_iter().map(|(name, _)| name).collect())
    }

    /// After a restore: the files that the records refer to stand beside them again.
    pub(super) fn bring_blobs_back(&self) -> Result<()> {
        let referred = self.referred_blobs(&self.inner.store.snapshot()?.reader())?;
        let report = self.blobs().bring_back(&referred)?;
        if report.copied > 0 {
            tracing::info!(event = "blobs_brought_back", count = report.copied);
        }
        tell_missing(&report);
        Ok(())
    }

    /// The archives of which copies still lie there although they themselves are gone.
    pub(super) fn archives_of_copies(&self) -> Result<Vec<String>> {
        let is_kept = self.keeps_archive()?;
        let noted = self.blobs().notes()?.into_iter();
        Ok(noted
            .map(|(archive, _)| archive)
            .filter(|archive| !is_kept(archive))
            .collect())
    }

    /// Whether an archive is there, or in the trash: it may still be taken out of it.
    fn keeps_archive(&self) -> Result<impl Fn(&str) -> bool> {
        let backups = self.inner.site.layout.backups.clone();
        let trash = archives::trash(&backups)?;
        Ok(move |archive: &str| {
            let in_trash = |path: &Path| path.to_string_lossy().ends_with(archive);
            backups.join(archive).exists() || trash.iter().any(|(path, _)| in_trash(path))
        })
    }

    /// Deletes the blobs that neither records nor archives refer to.
    pub(super) fn prune_blobs(&self) -> Result<()> {
        let is_kept = self.keeps_archive()?;
        let live = self.referred_blobs(&self.inner.store.snapshot()?.reader())?;
        let gone = self
            .blobs()
            .prune(&live, is_kept, self.inner.site.clock.now())?;
        if gone > 0 {
            tracing::info!(event = "blobs_pruned", count = gone);
        }
        Ok(())
    }
}

/// Names what is nowhere to be found.
pub(super) fn tell_missing(report: &BlobReport) {
    if let Some(first) = report.missing.first() {
        tracing::error!(
            event = "blobs_missing",
            count = report.missing.len(),
            first = first.as_str()
        );
    }
}

/// How long ago a file was written, by this machine's own clock as `now` is; nothing for a file from the future.
fn age(path: &Path, now: Timestamp) -> Duration {
    let modified = fs::metadata(path).and_then(|file| file.modified()).ok();
    let modified = modified.map(|at| Timestamp::from(chrono::DateTime::<chrono::Utc>::from(at)));
    modified.map_or(Duration::ZERO, |at| now.since(at))
}

fn is_name(name: &str) -> bool {
    name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Name and size of each blob in a folder, which may not be there yet.
fn list(folder: &Path) -> Result<Vec<(String, u64)>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.with_context(|| format!("listing {}", folder.display()))?,
    };
    let mut list = Vec::new();
    for entry in entries {
        let entry = entry.with_context(|| format!("listing {}", folder.display()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_name(&name) {
            list.push((name, entry.metadata()?.len()));
        }
    }
    list.sort();
    Ok(list)
}

#[cfg(test)]
mod tests;
