//! What somebody who restores by hand does: `cp backups/backup_…/* data/`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::Said;
use crate::text;

/// The newest archive in `backups`, or the one called `name`.
///
/// # Errors
/// When there is none.
pub(super) fn choose(backups: &Path, name: Option<&str>) -> anyhow::Result<PathBuf> {
    let mut archives: Vec<PathBuf> = match fs::read_dir(backups) {
        Ok(entries) => entries
            .filter_map(Result::ok)
            .map(|entry| entry.path())
            .filter(|path| is_archive(path))
            .collect(),
        Err(_) => Vec::new(),
    };
    // The names sort by time.
    archives.sort();
    match name {
        Some(name) => archives
            .into_iter()
            .find(|path| path.file_name().is_some_and(|file| file == name))
            .ok_or_else(|| Said(text!("try-no-such-archive", name = name)).into()),
        None => archives
            .pop()
            .ok_or_else(|| Said(text!("try-no-archive")).into()),
    }
}

fn is_archive(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with("backup_") && path.join("metadata.json").is_file()
}

/// Copies the files of `archive` over those in `data`, as `cp` does.
///
/// # Errors
/// When one can't be copied.
pub(super) fn copy(archive: &Path, data: &Path) -> anyhow::Result<()> {
    let entries =
        fs::read_dir(archive).with_context(|| format!("reading {}", archive.display()))?;
    let mut copied = 0;
    for entry in entries {
        let entry = entry.with_context(|| format!("reading {}", archive.display()))?;
        let from = entry.path();
        if from.is_file() {
            let to = data.join(entry.file_name());
            fs::copy(&from, &to)
                .with_context(|| format!("copying {} to {}", from.display(), to.display()))?;
            copied += 1;
        }
    }
    if copied == 0 {
        let name = archive.file_name().unwrap_or_default();
        let name = name.to_string_lossy().into_owned();
        return Err(Said(text!("try-empty-archive", name = name)).into());
    }
    Ok(())
}
