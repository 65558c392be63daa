//! Files that are there as a whole or not at all: a temporary file beside it, fsync, rename, fsync of the folder.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::flow::Ebbing;
use super::layout::WRITING;
use super::progress::Progress;

/// Not enough room on the disk: found before anything was written.
#[derive(Debug, thiserror::Error)]
#[error("the disk has {free} bytes left and {needed} are needed")]
pub struct NoSpace {
    /// Bytes that an unprivileged process may still write.
    pub free: u64,
    /// Bytes that are about to be written.
    pub needed: u64,
}

/// What stays free beside what is written, so that the database itself can go on: 4 MiB.
const RESERVE: u64 = 4 * 1024 * 1024;

/// Makes a folder that only its owner enters, and those above it.
pub(super) fn make_folder(path: &Path) -> Result<()> {
    try_to_make_folder(path).with_context(|| format!("making the folder {}", path.display()))
}

/// [`make_folder`] for callers that tell one trouble from another.
pub(super) fn try_to_make_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// A new file that only its owner reads. `O_EXCL` also refuses a symbolic link at its place (open(2)).
pub(super) fn create(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
}

/// Makes the names in a folder durable: without it, a rename can be undone by a power cut.
pub(super) fn sync_folder(path: &Path) -> Result<()> {
    File::open(path)
        .and_then(|folder| folder.sync_all())
        .with_context(|| format!("making {} durable", path.display()))
}

/// Gives a file its final name. Durable after [`sync_folder`].
pub(super) fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).with_context(|| format!("renaming {} to {}", from.display(), to.display()))
}

/// [`rename`] over a file that may be large. What is replaced may be let go of after [`sync_folder`]: before that, a power
/// cut could give the old name back to a file that is already cut short.
pub(super) fn replace(from: &Path, to: &Path) -> Result<Ebbing> {
    let replaced = Ebbing::hold(to);
    rename(from, to)?;
    Ok(replaced)
}

/// Removes what nobody will read again, however a crash leaves it, without holding up commits when it is large.
pub(super) fn discard(path: &Path) -> io::Result<()> {
    let discarded = Ebbing::hold(path);
    fs::remove_file(path)?;
    discarded.let_go();
    Ok(())
}

/// [`discard`] for a folder and all that is in it.
pub(super) fn discard_folder(path: &Path) -> io::Result<()> {
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            discard(&entry.path())?;
        }
    }
    fs::remove_dir_all(path)
}

/// Removes a file, if it is there.
pub(super) fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("removing {}", path.display()))
        }
        _ => Ok(()),
    }
}

/// Writes a whole file into `folder`, durably, over a former one.
pub(super) fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let temporary = folder.join(format!("{WRITING}{name}"));
    remove(&temporary)?;
    write_through(&temporary, folder, name, bytes)
}

/// [`write()`] for a file that others may be writing as well, with the same bytes: each has a temporary file of its own.
pub(super) fn write_beside_others(folder: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let temporary = folder.join(format!("{WRITING}{name}-{:016x}", rand::random::<u64>()));
    write_through(&temporary, folder, name, bytes)
}

fn write_through(temporary: &Path, folder: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let written = create(temporary).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    if let Err(error) = written {
        // The disk is in trouble already; what can't be removed now is swept at the next start.
        let _ = fs::remove_file(temporary);
        return Err(error).with_context(|| format!("writing {}", folder.join(name).display()));
    }
    rename(temporary, &folder.join(name))?;
    sync_folder(folder)
}

/// Refuses to begin what the disk has no room for.
pub(super) fn ensure_space(folder: &Path, needed: u64) -> Result<()> {
    let free = free_space(folder)?;
    if free < needed.saturating_add(RESERVE) {
        return Err(NoSpace { free, needed }.into());
    }
    Ok(())
}

/// Bytes that can still be written below `folder`.
pub(super) fn free_space(folder: &Path) -> Result<u64> {
    let disk = rustix::fs::statvfs(folder)
        .with_context(|| format!("asking how full the disk of {} is", folder.display()))?;
    Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// Hashes and counts what passes through it.
pub(super) struct Hashing<T> {
    inner: T,
    hash: Sha256,
    size: u64,
    progress: Progress,
}

impl<T> Hashing<T> {
    pub(super) fn new(inner: T, progress: &Progress) -> Hashing<T> {
        Hashing {
            inner,
            hash: Sha256::new(),
            size: 0,
            progress: progress.clone(),
        }
    }

    /// What it wraps, the number of bytes, and their SHA-256 in hexadecimal.
    pub(super) fn finish(self) -> (T, u64, String) {
        (self.inner, self.size, hex(&self.hash.finalize()))
    }

    fn pass(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        self.size += bytes.len() as u64;
        self.progress.advance(bytes.len() as u64);
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.inner.write(bytes)?;
        self.pass(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<R: io::Read> io::Read for Hashing<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(bytes)?;
        self.pass(&bytes[..count]);
        Ok(count)
    }
}

/// Bytes in lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value)]);
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 0xf)])
        .collect()
}

/// The SHA-256 of bytes in hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// A file's size and SHA-256, read from the disk.
pub(super) fn hash_file(path: &Path, progress: &Progress) -> io::Result<(u64, String)> {
    let mut file = Hashing::new(File::open(path)?, progress);
    let mut buffer = vec![0; 256 * 1024];
    while io::Read::read(&mut file, &mut buffer)? > 0 {}
    let (_, size, sha256) = file.finish();
    Ok((size, sha256))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_file_is_replaced_as_a_whole_and_only_its_owner_reads_it() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join(".writing-a"), "left by a crash").expect("writing");
        write(folder.path(), "a", b"one").expect("writing");
        write(folder.path(), "a", b"two").expect("writing");
        let path = folder.path().join("a");
        assert_eq!(fs::read(&path).expect("reading"), b"two");
        let mode = fs::metadata(&path).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).expect("there").count(), 1);
    }

    #[test]
    fn a_symbolic_link_at_the_place_of_a_temporary_file_is_not_followed() {
        let folder = tempfile::tempdir().expect("a folder");
        let secret = folder.path().join("secret");
        fs::write(&secret, "kept").expect("writing");
        let link = folder.path().join(".saving-x");
        std::os::unix::fs::symlink(&secret, &link).expect("linking");
        assert!(create(&link).is_err());
        assert_eq!(fs::read(&secret).expect("reading"), b"kept");
    }

    #[test]
    fn a_disk_without_room_is_refused_before_anything_is_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let error = ensure_space(folder.path(), u64::MAX / 2).expect_err("no disk is that large");
        assert!(error.is::<NoSpace>(), "{error:#}");
    }
}
