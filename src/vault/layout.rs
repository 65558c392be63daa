//! Where everything stands in the data folder and among the backups. Only names; nothing here touches a disk.

use std::path::{Path, PathBuf};

/// The manifest of the hourly save.
pub(super) const MANIFEST: &str = "save.json";
/// What describes an archive; in the data folder, it is the request to restore.
pub(super) const METADATA: &str = "metadata.json";
/// An archive's journal rows behind its files, in archives made before a migration.
pub(super) const TAIL: &str = "journal.jsonl";
/// A save's file before it takes its place.
pub(super) const SAVING: &str = ".saving-";
/// Any other file before it takes its place.
pub(super) const WRITING: &str = ".writing-";
/// An archive that is not yet whole.
pub(super) const PARTIAL: &str = ".partial-";
/// An archive that is deleted a day later.
pub(super) const TRASH: &str = ".trash-";
/// What proves that an archive was restored once. Its name keeps `cp backup/* data/` from taking it along.
pub(super) const PROOF: &str = ".proved.json";
/// What the last look at every byte of an archive found; kept out of a restore like the proof.
pub(super) const VERIFIED: &str = ".verified.json";
/// A database that exists for the proof of an archive.
pub(super) const SCRATCH: &str = ".scratch";
/// A set-aside file's name continues with this and the time.
pub(super) const EDITED: &str = ".edited-";
/// A folder of set-aside damaged files.
pub(super) const DAMAGED: &str = "damaged-";

/// The people who were erased.
pub(super) const ERASURES: &str = "erasures.jsonl";
/// Says that the database may be damaged.
pub(super) const SUSPICION: &str = "greffier.suspect";

/// The two folders that the vault keeps: `data/` and `backups/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The database, the journal's mirror and the hourly save.
    pub data: PathBuf,
    /// The archives.
    pub backups: PathBuf,
}

impl Layout {
    /// The layout of these two folders.
    pub fn new(data: impl Into<PathBuf>, backups: impl Into<PathBuf>) -> Layout {
        Layout {
            data: data.into(),
            backups: backups.into(),
        }
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.data.join(crate::store::DATABASE)
    }

    /// The control socket of a running bot.
    pub fn socket(&self) -> PathBuf {
        self.data.join("greffier.sock")
    }

    /// The file whose lock says that a process runs on this folder.
    pub fn lock(&self) -> PathBuf {
        self.data.join("greffier.lock")
    }

    /// The generation before the present save.
    pub fn previous(&self) -> PathBuf {
        self.data.join("previous")
    }

    /// The mirror's segments.
    pub fn journal(&self) -> PathBuf {
        self.data.join("journal")
    }

    /// The request to restore.
    pub fn marker(&self) -> PathBuf {
        self.data.join(METADATA)
    }

    /// The folder above `data/`, where a misplaced restore would stand.
    pub(super) fn above(&self) -> Option<&Path> {
        let above = self.data.parent()?;
        Some(if above.as_os_str().is_empty() {
            Path::new(".")
        } else {
            above
        })
    }

    /// Where the database lives that proves an archive.
    pub(super) fn scratch(&self) -> PathBuf {
        self.data.join(SCRATCH)
    }

    /// Says that a read of the database failed, so that the next start looks at all of it.
    pub(super) fn suspicion(&self) -> PathBuf {
        self.data.join(SUSPICION)
    }
}
