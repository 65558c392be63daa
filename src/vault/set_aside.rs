//! Save files that somebody else put into the data folder: set aside under another name, and named. One that came from an
//! archive was meant as a restore that did not happen, and is called so.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::archives::{self, Archive};
use super::atomic;
use super::layout::EDITED;
use super::progress::Progress;
use super::restore;
use super::site::Site;

/// A save file that was set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// Where it is now.
    pub path: PathBuf,
    /// The archive whose file it is, if it is not somebody's own: copied without `metadata.json`, so that it was no restore.
    pub archive: Option<String>,
}

/// Moves the file `name` of the data folder out of the way.
pub(super) fn move_aside(site: &Site, name: &str) -> Result<PathBuf> {
    let data = &site.layout.data;
    let aside = site.free_path(data, &format!("{name}{EDITED}{}", site.stamp()));
    atomic::rename(&data.join(name), &aside)?;
    atomic::sync_folder(data)?;
    // The file is safe, and the archives may be out of reach: then it is called edited.
    let archives = archives::list(&site.layout.backups).unwrap_or_default();
    match archive_of(&aside, &archives)? {
        Some(archive) => tracing::warn!(
            event = "save_copied",
            file = name,
            archive = archive.name,
            aside = %aside.display(),
            command = restore::command(site, archive),
        ),
        None => tracing::warn!(event = "save_edited", file = name, aside = %aside.display()),
    }
    Ok(aside)
}

/// All that were set aside.
pub(super) fn list(data: &Path, archives: &[Archive]) -> Result<Vec<SetAside>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(data)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().contains(EDITED) {
            let path = entry.path();
            let archive = archive_of(&path, archives)?.map(|archive| archive.name.clone());
            found.push(SetAside { path, archive });
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// The newest archive that has this very file.
fn archive_of<'a>(path: &Path, archives: &'a [Archive]) -> Result<Option<&'a Archive>> {
    let reading = || format!("reading {}", path.display());
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.split(EDITED).next().unwrap_or_default();
    let size = fs::metadata(path).with_context(reading)?.len();
    let mut same_size = archives
        .iter()
        .filter_map(|archive| Some((archive, archive.metadata()?.files.get(name)?)))
        .filter(|(_, file)| file.size == size)
        .peekable();
    if same_size.peek().is_none() {
        return Ok(None);
    }
    let (_, sha256) = atomic::hash_file(path, &Progress::default()).with_context(reading)?;
    let found = same_size.find(|(_, file)| file.sha256 == sha256);
    Ok(found.map(|(archive, _)| archive))
}
