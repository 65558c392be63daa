//! Whether the folders can be used at all, found before anything else is done in them.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::atomic;
use super::error::StartError;
use super::layout::Layout;

/// Makes a folder of ours if need be, and tries whether it takes files. Nothing less than a trial tells: root passes
/// every `access`, and some file systems take no files at all.
///
/// # Errors
/// [`StartError::Unwritable`] where a person must act; a full disk is told apart.
pub fn make_writable(folder: &Path) -> Result<(), StartError> {
    match atomic::try_to_make_folder(folder).and_then(|()| try_to_write(folder)) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::StorageFull => {
            let context = format!("writing to {}", folder.display());
            Err(anyhow::Error::from(error).context(context).into())
        }
        Err(error) => Err(unwritable(folder, error)),
    }
}

/// Whether those who only look find folders, or places where folders can be made. Changes nothing.
///
/// # Errors
/// [`StartError::Unwritable`].
pub fn look_at_folders(layout: &Layout) -> Result<(), StartError> {
    for folder in [&layout.data, &layout.backups] {
        let looked = match folder.metadata() {
            Ok(_) => std::fs::read_dir(folder).map(drop),
            Err(_) => try_to_write(nearest(folder)),
        };
        looked.map_err(|error| unwritable(folder, error))?;
    }
    Ok(())
}

/// The folder itself, or the nearest one above it that exists.
pub(super) fn nearest(folder: &Path) -> &Path {
    let found = folder
        .ancestors()
        .find(|path| path.exists() || path.as_os_str().is_empty());
    match found {
        Some(path) if !path.as_os_str().is_empty() => path,
        _ => Path::new("."),
    }
}

/// Makes an empty file in `folder` and takes it away again.
pub(super) fn try_to_write(folder: &Path) -> io::Result<()> {
    let trial = folder.join(format!(".greffier-check-{}", std::process::id()));
    File::create_new(&trial)?;
    std::fs::remove_file(&trial)
}

pub(super) fn unwritable(folder: &Path, source: io::Error) -> StartError {
    StartError::Unwritable {
        folder: folder.to_owned(),
        source,
    }
}
