//! Large files that come and go without a wave: their bytes go to the disk while they are written, and their room is
//! given back in steps. A commit's own fsync waits behind whatever the disk was handed at once.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};

use super::aside::stand_back;
use super::atomic;
use super::progress::Progress;

/// After so many bytes, the disk begins to write them: 128 KiB, what a commit waits behind for about 0.1 ms.
const FLOW: u64 = 128 * 1024;
/// So many bytes are given back to the file system at once: 256 KiB. Freeing 13 MB at once held a commit up for 5 ms on a
/// disk that is told of freed blocks (mount option `discard`); in these steps, for 0.15 ms.
const EBB: u64 = 256 * 1024;
/// Between two such steps, so that no commit meets more than one.
const PAUSE: Duration = Duration::from_millis(1);

/// A large new file whose bytes go to the disk while it is still being written. Left to its last fsync, the whole of it
/// would stand before the fsyncs of those who wait for a commit.
pub(super) struct Flowing {
    file: File,
    written: u64,
    flowed: u64,
}

impl Flowing {
    pub(super) fn new(file: File) -> Flowing {
        Flowing {
            file,
            written: 0,
            flowed: 0,
        }
    }

    /// The file, durable as far as its content goes.
    pub(super) fn finish(self) -> io::Result<File> {
        self.file.sync_all()?;
        Ok(self.file)
    }
}

impl Write for Flowing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.written += count as u64;
        if self.written - self.flowed >= FLOW {
            begin_writing(&self.file, self.flowed, self.written - self.flowed);
            self.flowed = self.written;
        }
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Copies a file to a new one, durably; others go first after each piece of it.
pub(super) fn copy(from: &Path, to: &Path, progress: &Progress) -> Result<()> {
    let mut source = File::open(from).with_context(|| format!("opening {}", from.display()))?;
    let target = atomic::create(to).with_context(|| format!("creating {}", to.display()))?;
    let mut target = Flowing::new(target);
    let copied = loop {
        match io::copy(&mut (&mut source).take(FLOW), &mut target) {
            Ok(0) => break target.finish(),
            Ok(bytes) => progress.advance(bytes),
            Err(error) => break Err(error),
        }
        std::thread::yield_now();
    };
    copied.with_context(|| format!("copying {}", from.display()))?;
    Ok(())
}

/// Linux begins to write dirty pages that it is told will not be needed (`POSIX_FADV_DONTNEED`, mm/fadvise.c), without
/// waiting for them. Only advice: the fsync that follows is what counts.
fn begin_writing(file: &File, offset: u64, length: u64) {
    #[cfg(target_os = "linux")]
    let _ = rustix::fs::fadvise(
        file,
        offset,
        std::num::NonZeroU64::new(length),
        rustix::fs::Advice::DontNeed,
    );
    #[cfg(not(target_os = "linux"))]
    let _ = (file, offset, length);
}

/// Asks the system to drop a file from its cache, so that reading it back reads the disk. Only advice.
pub(super) fn forget_cached(path: &Path) {
    if let Ok(file) = File::open(path)
        && let Ok(metadata) = file.metadata()
    {
        begin_writing(&file, 0, metadata.len());
    }
}

/// A large file that is about to lose its name, held so that its room can be given back in steps. Dropped without
/// [`Ebbing::let_go`], all of it goes at once, as it always does.
#[must_use = "the file's room is given back by `let_go`"]
pub(super) struct Ebbing {
    file: Option<File>,
}

impl Ebbing {
    /// Holds the file at `path`, if there is a large one. Not through a symbolic link.
    pub(super) fn hold(path: &Path) -> Ebbing {
        let nofollow = rustix::fs::OFlags::NOFOLLOW.bits() as i32;
        let file = OpenOptions::new()
            .write(true)
            .custom_flags(nofollow)
            .open(path)
            .ok()
            .filter(|file| {
                file.metadata()
                    .is_ok_and(|found| found.is_file() && found.len() > EBB)
            });
        Ebbing { file }
    }

    /// Gives the room of a file without any name back. One that still has a name, here or elsewhere, stays as it is.
    pub(super) fn let_go(self) {
        let Some(file) = self.file else { return };
        let Ok(found) = file.metadata() else { return };
        if found.nlink() > 0 {
            return;
        }
        let mut length = found.len();
        while length > 0 {
            length = length.saturating_sub(EBB);
            if file.set_len(length).is_err() {
                return;
            }
            std::thread::sleep(PAUSE);
        }
    }
}

/// [`Ebbing::let_go`] for who need not wait for it. If the process ends before, the file system does the rest.
pub(super) fn let_go_beside(files: Vec<Ebbing>) {
    let large: Vec<Ebbing> = files
        .into_iter()
        .filter(|held| held.file.is_some())
        .collect();
    if large.is_empty() {
        return;
    }
    // Without a thread they are closed here, and go at once.
    let _ = std::thread::Builder::new()
        .name("vault-ebb".to_owned())
        .spawn(|| {
            stand_back();
            large.into_iter().for_each(Ebbing::let_go);
        });
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Read;

    use super::*;

    fn large(path: &Path) {
        fs::write(path, vec![7; 2 * EBB as usize + 1]).expect("writing");
    }

    #[test]
    fn a_file_without_a_name_gives_its_room_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("old");
        large(&path);
        let mut reader = File::open(&path).expect("there");
        let held = Ebbing::hold(&path);
        fs::remove_file(&path).expect("removed");
        held.let_go();
        let mut rest = Vec::new();
        reader.read_to_end(&mut rest).expect("reading");
        assert!(rest.is_empty(), "{} bytes are left", rest.len());
    }

    #[test]
    fn a_file_that_has_another_name_is_left_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, link) = (folder.path().join("old"), folder.path().join("kept"));
        large(&path);
        fs::hard_link(&path, &link).expect("linked");
        let held = Ebbing::hold(&path);
        fs::remove_file(&path).expect("removed");
        held.let_go();
        assert_eq!(fs::metadata(&link).expect("there").len(), 2 * EBB + 1);
    }

    #[test]
    fn a_file_that_kept_its_name_is_left_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("old");
        large(&path);
        Ebbing::hold(&path).let_go();
        assert_eq!(fs::metadata(&path).expect("there").len(), 2 * EBB + 1);
    }
}
