//! One process at a time on a data folder, and the second one told who the first is.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::OpenOptionsExt;

use anyhow::{Context, Result};

use super::layout::Layout;

/// The hold on a data folder. The operating system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing alone is not enough while a process that we are just starting still has our files. What can't be let go
        // of here ends with us.
        let _ = self.file.unlock();
    }
}

/// Another process runs on the folder.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Held {
    /// Its process id, if it has already written it.
    pub(super) pid: Option<u32>,
}

/// Takes the folder for this process, or says who has it.
pub(super) fn take(layout: &Layout) -> Result<Result<Lock, Held>> {
    let path = layout.lock();
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(&path)
        .with_context(|| format!("opening {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut pid = String::new();
            // Whether or not the pid can be read, the folder is taken.
            let _ = file.read_to_string(&mut pid);
            return Ok(Err(Held {
                pid: pid.trim().parse().ok(),
            }));
        }
        Err(TryLockError::Error(error)) => {
            return Err(error).with_context(|| format!("locking {}", path.display()));
        }
    }
    let pid = std::process::id().to_string();
    file.set_len(0)
        .and_then(|()| file.rewind())
        .and_then(|()| file.write_all(pid.as_bytes()))
        .with_context(|| format!("writing {}", path.display()))?;
    Ok(Ok(Lock { file }))
}

/// Who runs on the folder, if anyone does. Takes nothing.
pub(super) fn holder(layout: &Layout) -> Result<Option<Held>> {
    if !layout.lock().exists() {
        return Ok(None);
    }
    let mut file = File::open(layout.lock()).context("opening the lock")?;
    match file.try_lock_shared() {
        Ok(()) => Ok(None),
        Err(TryLockError::WouldBlock) => {
            let mut pid = String::new();
            let _ = file.read_to_string(&mut pid);
            Ok(Some(Held {
                pid: pid.trim().parse().ok(),
            }))
        }
        Err(TryLockError::Error(error)) => Err(error).context("looking at the lock"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_process_learns_the_first_ones_pid() {
        let folder = tempfile::tempdir().expect("a folder");
        let layout = Layout::new(folder.path(), folder.path());
        assert_eq!(holder(&layout).expect("looking"), None);
        let first = take(&layout).expect("opening").expect("free");
        let held = Held {
            pid: Some(std::process::id()),
        };
        assert_eq!(take(&layout).expect("opening").expect_err("taken"), held);
        assert_eq!(holder(&layout).expect("looking"), Some(held));
        drop(first);
        assert!(take(&layout).expect("opening").is_ok());
    }
}
