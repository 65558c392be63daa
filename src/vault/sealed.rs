//! Small JSON files that carry a checksum of themselves as their last field, and what stands in them.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::atomic;
use super::codec::FileRecord;
use super::erasures::Erasure;
use crate::model::Timestamp;

/// What stands between a sealed file's own fields and its checksum.
const SEAL: &str = ",\n  \"checksum\": \"";

/// The manifest of an hourly save: `save.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// The shape of the saved files.
    pub(super) format: u32,
    /// Which database it is a save of.
    pub(super) database: String,
    /// That database's epoch.
    pub(super) epoch: u64,
    /// The journal position up to which the files hold everything.
    pub(super) seq: u64,
    /// When it was made.
    pub(super) saved_at: Timestamp,
    /// By which version of the program.
    pub(super) version: String,
    /// How long it took, in milliseconds.
    pub(super) duration_ms: u64,
    /// The schema of each register's tables.
    #[serde(default)]
    pub(super) schema: BTreeMap<String, u32>,
    /// Each file.
    pub(super) files: BTreeMap<String, SavedFile>,
}

/// A file of an hourly save.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SavedFile {
    #[serde(flatten)]
    pub(super) record: FileRecord,
    /// Its modification time in nanoseconds since 1970: while it and the size agree, nobody has touched the file.
    pub(super) modified_ns: i64,
}

/// What describes an archive: `metadata.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// When it was begun, in `timezone`: `YYYY-MM-DD_HH-MM-SS`.
    pub backup_date: String,
    /// The files beside this one.
    pub files_backed_up: Vec<String>,
    /// By which version of the program.
    pub bot_version: String,
    /// In how many guilds the bot was.
    pub guilds_count: u64,
    /// How many users it saw there.
    pub users_count: u64,
    /// The shape of the saved files.
    pub format: u32,
    /// The schema of each register in the files.
    pub schema: BTreeMap<String, u32>,
    /// Which database it is an archive of.
    pub database: String,
    /// That database's epoch.
    pub epoch: u64,
    /// The journal position up to which it holds everything.
    pub seq: u64,
    /// When it was begun, in milliseconds UTC.
    pub made_at: Timestamp,
    /// The zone of `backup_date` and of the folder's name.
    pub timezone: String,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
    /// Why it was made.
    pub cause: String,
    /// How it was checked before it got its name: `read_back` means that every byte was read again from the disk,
    /// hashed and parsed.
    pub verified_by: String,
    /// Each file.
    pub files: BTreeMap<String, FileRecord>,
    /// The people who were erased before it was made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub erasures: Vec<Erasure>,
    /// The journal rows beside the files, if it has any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tail: Option<Tail>,
}

/// Journal rows that are replayed over an archive's files: `journal.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tail {
    /// The journal position that the files stand at; the rows follow it, up to the archive's `seq`.
    pub after: u64,
    /// How many rows.
    pub rows: u64,
    /// Bytes.
    pub size: u64,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
}

/// The text of a sealed file and the checksum in it.
pub(super) fn seal(value: &impl Serialize) -> Result<(String, String)> {
    let text = serde_json::to_string_pretty(value)?;
    let body = text
        .strip_suffix("\n}")
        .context("only an object can be sealed")?;
    let checksum = atomic::sha256(body.as_bytes());
    Ok((format!("{body}{SEAL}{checksum}\"\n}}\n"), checksum))
}

/// Writes a sealed file, durably, over a former one.
pub(super) fn write(folder: &Path, name: &str, value: &impl Serialize) -> Result<()> {
    atomic::write(folder, name, seal(value)?.0.as_bytes())
}

/// Reads a sealed file and its checksum; `None` if there is none. A seal that does not fit is an error.
pub(super) fn read<T: DeserializeOwned>(path: &Path) -> Result<Option<(T, String)>> {
    let text = match fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        text => text.with_context(|| format!("reading {}", path.display()))?,
    };
    parse(&text)
        .map(Some)
        .with_context(|| format!("reading {}", path.display()))
}

fn parse<T: DeserializeOwned>(text: &str) -> Result<(T, String)> {
    let (body, rest) = text.rsplit_once(SEAL).context("it has no checksum")?;
    let checksum = rest
        .strip_suffix("\"\n}\n")
        .context("it is cut short behind the checksum")?;
    ensure!(
        atomic::sha256(body.as_bytes()) == checksum,
        "its checksum does not fit: it was changed or cut"
    );
    Ok((
        serde_json::from_str(&format!("{body}\n}}"))?,
        checksum.to_owned(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_byte_anywhere_breaks_the_seal() {
        let tail = Tail {
            after: 1,
            rows: 2,
            size: 3,
            sha256: "ab".to_owned(),
        };
        let (text, checksum) = seal(&tail).expect("sealing");
        assert_eq!(
            parse::<Tail>(&text).expect("whole"),
            (tail.clone(), checksum)
        );
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1;
            let changed = String::from_utf8(bytes).expect("one bit of ASCII");
            assert!(parse::<Tail>(&changed).is_err(), "byte {at}: {changed}");
            assert!(parse::<Tail>(&text[..at]).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn fields_that_a_later_version_adds_do_not_break_the_seal() {
        let later =
            serde_json::json!({"after": 1, "rows": 2, "size": 3, "sha256": "", "new": true});
        let (text, _) = seal(&later).expect("sealing");
        assert_eq!(parse::<Tail>(&text).expect("whole").0.after, 1);
    }
}
