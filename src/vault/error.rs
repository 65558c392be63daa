//! Why Greffier does not start on its data, when a person must act. In none of these cases was anything changed.

use std::io::{self, ErrorKind};
use std::path::PathBuf;

use super::atomic::NoSpace;
use crate::model::Text;
use crate::store::OpenError;
use crate::text;

/// Something that can't be done, in words for whoever asked.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.key)]
pub struct Unable(pub Text);

/// A refusal to start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Another process runs on the data folder.
    #[error("{} is in use by process {}", data.display(), pid.map_or("?".to_owned(), |pid| pid.to_string()))]
    Locked {
        /// The folder.
        data: PathBuf,
        /// That process.
        pid: Option<u32>,
    },
    /// The database is not one that this program may open.
    #[error(transparent)]
    Database(OpenError),
    /// A restore was copied into the folder above the data folder.
    #[error("a restore stands in {} instead of {}; run: {command}", found.display(), data.display())]
    Misplaced {
        /// The `metadata.json` that was found.
        found: PathBuf,
        /// The data folder.
        data: PathBuf,
        /// The command that moves it.
        command: String,
    },
    /// The archive in the data folder is not all there, or not as it was made.
    #[error("the archive of {archive} in {} is not whole: {}; copy it again, or remove {}", data.display(), files.join(", "), marker.display())]
    PartialCopy {
        /// The data folder.
        data: PathBuf,
        /// When the archive was made.
        archive: String,
        /// The files that are missing or different.
        files: Vec<String>,
        /// The file whose removal takes the request to restore back.
        marker: PathBuf,
    },
    /// The request to restore can't be understood.
    #[error("{}: {why}", marker.display())]
    BrokenMarker {
        /// The file.
        marker: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// A file may not be read by this process's user.
    #[error("{} can't be read; run: {command}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The command that mends it.
        command: String,
    },
    /// A folder can't be made, or takes no files.
    #[error("{} can't be written", folder.display())]
    Unwritable {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// What is to be restored was made by a program that knows more.
    #[error("the archive of {archive} can't be restored by this Greffier: {why}")]
    TooNew {
        /// When the archive was made.
        archive: String,
        /// The register and its schema.
        why: String,
    },
    /// There are archives, but neither a database nor a save: a lost disk, or the wrong folder.
    #[error("{} is empty, but {} has archives; to restore the newest: {command}; to begin empty: --new", data.display(), backups.display())]
    NothingButArchives {
        /// The data folder.
        data: PathBuf,
        /// The archives' folder.
        backups: PathBuf,
        /// The command that restores the newest one.
        command: String,
    },
    /// The database is lost or damaged, and nothing it could be rebuilt from is whole.
    #[error("the database is lost, and no save or archive is whole: {}", damaged.join(", "))]
    NothingWhole {
        /// What was found, each with its damage.
        damaged: Vec<String>,
    },
    /// An older database can't be archived before its migration.
    #[error("the database must be migrated and can't be archived first: {why}")]
    NoWayBack {
        /// What is missing.
        why: String,
    },
    /// What was asked for can't be had.
    #[error(transparent)]
    Unable(Unable),
    /// A restore was asked for while another waits in the data folder.
    #[error("another restore waits: {}", marker.display())]
    RestoreWaits {
        /// The other one's `metadata.json`.
        marker: PathBuf,
    },
    /// The disk is full.
    #[error(transparent)]
    NoSpace(NoSpace),
    /// Anything else.
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}

impl From<OpenError> for StartError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Failed(error) => Self::of(error),
            error => Self::Database(error),
        }
    }
}

impl StartError {
    /// The typed error inside `error`, if there is one.
    pub(super) fn of(error: anyhow::Error) -> StartError {
        let error = match error.downcast::<Unable>() {
            Ok(unable) => return StartError::Unable(unable),
            Err(error) => error,
        };
        match error.downcast::<NoSpace>() {
            Ok(error) => StartError::NoSpace(error),
            Err(error) => StartError::Failed(error),
        }
    }

    /// The same as a sentence in a person's language.
    pub fn text(&self) -> Text {
        match self {
            Self::Locked { data, pid } => text!(
                "vault-start-locked",
                folder = data.display().to_string(),
                pid = pid.map_or("?".to_owned(), |pid| pid.to_string()),
            ),
            Self::Database(error) => open_text(error),
            Self::Misplaced {
                found,
                data,
                command,
            } => text!(
                "vault-start-misplaced",
                found = found.display().to_string(),
                folder = data.display().to_string(),
                command = command.as_str(),
            ),
            Self::PartialCopy {
                data,
                archive,
                files,
                marker,
            } => text!(
                "vault-start-partial-copy",
                folder = data.display().to_string(),
                archive = archive.as_str(),
                files = files.join(", "),
                marker = marker.display().to_string(),
            ),
            Self::BrokenMarker { marker, why } => text!(
                "vault-start-broken-marker",
                marker = marker.display().to_string(),
                why = why.as_str(),
            ),
            Self::Unreadable { path, command } => text!(
                "vault-start-unreadable",
                path = path.display().to_string(),
                command = command.as_str(),
            ),
            Self::Unwritable { folder, source } => text!(
                "vault-start-unwritable",
                folder = folder.display().to_string(),
                why = system_text(source),
            ),
            Self::Unable(Unable(text)) => text.clone(),
            Self::RestoreWaits { marker } => text!(
                "vault-start-restore-waits",
                marker = marker.display().to_string()
            ),
            Self::TooNew { archive, why } => {
                text!(
                    "vault-start-too-new",
                    archive = archive.as_str(),
                    why = why.as_str()
                )
            }
            Self::NothingButArchives {
                data,
                backups,
                command,
            } => text!(
                "vault-start-nothing-but-archives",
                folder = data.display().to_string(),
                backups = backups.display().to_string(),
                command = command.as_str(),
            ),
            Self::NothingWhole { damaged } => {
                text!("vault-start-nothing-whole", damaged = damaged.join(", "))
            }
            Self::NoWayBack { why } => text!("vault-start-no-way-back", why = why.as_str()),
            Self::NoSpace(error) => no_space_text(error),
            Self::Failed(error) => text!("vault-start-failed", error = format!("{error:#}")),
        }
    }
}

/// A full disk as a sentence.
pub(super) fn no_space_text(error: &NoSpace) -> Text {
    text!(
        "vault-no-space",
        free = error.free / 1_000_000,
        needed = error.needed.div_ceil(1_000_000),
    )
}

/// What the system refused, in a person's language where it is one of the usual things.
fn system_text(error: &io::Error) -> Text {
    match error.kind() {
        ErrorKind::PermissionDenied => text!("vault-system-denied"),
        ErrorKind::ReadOnlyFilesystem => text!("vault-system-read-only"),
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => text!("vault-system-no-folder"),
        ErrorKind::NotFound => text!("vault-system-not-there"),
        _ => text!("vault-system-other", error = error.to_string()),
    }
}

fn open_text(error: &OpenError) -> Text {
    match error {
        OpenError::OldSqlite { found } => text!("vault-start-old-sqlite", found = *found),
        OpenError::Foreign(path) => {
            text!("vault-start-foreign", path = path.display().to_string())
        }
        OpenError::Newer {
            path,
            part,
            found,
            known,
        } => text!(
            "vault-start-newer",
            path = path.display().to_string(),
            part = part.as_str(),
            found = *found,
            known = *known,
        ),
        OpenError::Failed(error) => text!("vault-start-failed", error = format!("{error:#}")),
    }
}

/// The command that makes a file readable to this process's user.
pub(super) fn mending_command(path: &std::path::Path) -> String {
    let uid = rustix::process::geteuid().as_raw();
    let path = quoted(path);
    format!("sudo chown {uid} {path} && sudo chmod 600 {path}")
}

/// A path as a shell takes it.
pub(super) fn quoted(path: &std::path::Path) -> String {
    let text = path.display().to_string();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-:".contains(c);
    if text.chars().all(is_plain) {
        return text;
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}
