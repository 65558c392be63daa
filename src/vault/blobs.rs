//! Files that came with messages, and transcripts: each once, by its SHA-256, in `data/blobs/`; verified copies in
//! `backups/blobs/`, which the archives share.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
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
        }
    }

    /// Keeps bytes durably; returns their SHA-256 in hexadecimal, which is their name. The same bytes are kept once.
    pub fn keep(&self, bytes: &[u8]) -> Result<String> {
        let sha256 = atomic::sha256(bytes);
        let path = self.live.join(&sha256);
        if fs::metadata(&path).is_ok_and(|file| file.len() == bytes.len() as u64) {
            return Ok(sha256);
        }
        atomic::make_folder(&self.live)?;
        atomic::ensure_space(&self.live, bytes.len() as u64)?;
        atomic::write_beside_others(&self.live, &sha256, bytes)?;
        Ok(sha256)
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
        Blobs::new(self.layout())
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
mod tests {
    use super::*;

    fn blobs() -> (tempfile::TempDir, Blobs) {
        let folder = tempfile::tempdir().expect("a folder");
        let layout = Layout::new(folder.path().join("data"), folder.path().join("backups"));
        for path in [&layout.data, &layout.backups] {
            fs::create_dir_all(path).expect("a folder");
        }
        (folder, Blobs::new(&layout))
    }

    fn names(list: &[&str]) -> BTreeSet<String> {
        list.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn the_same_bytes_are_kept_once_and_read_back() {
        let (_folder, blobs) = blobs();
        let name = blobs.keep(b"a cat").expect("kept");
        assert_eq!(blobs.keep(b"a cat").expect("kept"), name);
        assert_eq!(blobs.size().expect("a size"), 5);
        assert_eq!(blobs.read(&name).expect("read"), b"a cat");
        assert!(blobs.read("../greffier.db").is_err());
    }

    #[test]
    fn several_may_keep_the_same_bytes_at_once() {
        let (_folder, blobs) = blobs();
        let bytes = vec![7; 100_000];
        for round in 0..20 {
            let bytes = [bytes.as_slice(), &[round]].concat();
            std::thread::scope(|scope| {
                for _ in 0..4 {
                    scope.spawn(|| blobs.keep(&bytes).expect("kept"));
                }
            });
        }
    }

    #[test]
    fn a_lost_or_damaged_file_is_read_from_its_verified_copy() {
        let (_folder, blobs) = blobs();
        let name = blobs.keep(b"a cat").expect("kept");
        let report = blobs.copy("backup_1", &names(&[&name])).expect("copied");
        assert_eq!((report.copied, report.missing.len()), (1, 0));
        fs::write(blobs.live.join(&name), b"a dog").expect("damaged");
        assert_eq!(blobs.read(&name).expect("read"), b"a cat");
        fs::remove_file(blobs.live.join(&name)).expect("gone");
        assert_eq!(blobs.read(&name).expect("read"), b"a cat");
        let again = blobs
            .copy("backup_1", &names(&[&name, &"0".repeat(64)]))
            .expect("copied");
        assert_eq!((again.copied, again.missing), (0, vec!["0".repeat(64)]));
    }

    #[test]
    fn what_nothing_refers_to_goes_after_a_day_and_nothing_else_does() {
        let (_folder, blobs) = blobs();
        let kept = blobs.keep(b"kept").expect("kept");
        let archived = blobs.keep(b"archived").expect("kept");
        let loose = blobs.keep(b"loose").expect("kept");
        let copy =
            |archive: &str, list: &[&str]| blobs.copy(archive, &names(list)).expect("copied");
        copy("backup_1", &[&loose]);
        copy("backup_2", &[&kept, &archived]);
        let now = Timestamp::from(chrono::Utc::now());
        let live = names(&[&kept]);
        let is_kept = |archive: &str| archive == "backup_2";
        assert_eq!(
            blobs.prune(&live, is_kept, now).expect("pruned"),
            0,
            "too young"
        );
        let later = now + UNREFERRED_KEPT + Duration::from_secs(60);
        // From the live files `archived` and `loose`, from the copies `loose`.
        assert_eq!(blobs.prune(&live, is_kept, later).expect("pruned"), 3);
        assert_eq!(blobs.read(&archived).expect("still there"), b"archived");
        assert!(blobs.read(&loose).is_err());
    }
}
