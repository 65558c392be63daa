//! The journal as files: a head line that says whose it is, then one change a line, each with its checksum.
//!
//! `{"sum":"<16 hexadecimal digits of SHA-256>","row":{…}}`

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::atomic;
use super::progress::Progress;
use crate::store::JournalRow;

/// The shape of the lines.
const FORMAT: u32 = 1;
/// How many hexadecimal digits of the SHA-256 each line carries.
const SUM: usize = 16;
/// How much of a segment's end is read to find its last row.
const TAIL: u64 = 64 * 1024;

/// Whose rows a segment holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Head {
    /// The shape of the lines.
    pub(super) journal: u32,
    /// The database's uuid.
    pub(super) database: String,
    /// Its epoch.
    pub(super) epoch: u64,
    /// The rows follow this journal position.
    pub(super) after: u64,
}

impl Head {
    pub(super) fn new(database: &str, epoch: u64, after: u64) -> Head {
        Head {
            journal: FORMAT,
            database: database.to_owned(),
            epoch,
            after,
        }
    }
}

/// A file of journal rows.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub(super) path: PathBuf,
    pub(super) head: Head,
}

/// The name of the segment whose rows follow `after`.
pub(super) fn name(after: u64) -> String {
    format!("{after:012}.jsonl")
}

/// Appends a value as a line with its checksum.
pub(super) fn append_line(buffer: &mut Vec<u8>, value: &impl Serialize) -> Result<()> {
    let start = buffer.len();
    buffer.extend_from_slice(b"{\"sum\":\"");
    let sum_at = buffer.len();
    buffer.extend_from_slice(&[b'0'; SUM]);
    buffer.extend_from_slice(b"\",\"row\":");
    let row_at = buffer.len();
    if let Err(error) = serde_json::to_writer(&mut *buffer, value) {
        buffer.truncate(start);
        return Err(error.into());
    }
    let sum = atomic::sha256(&buffer[row_at..]);
    buffer[sum_at..sum_at + SUM].copy_from_slice(&sum.as_bytes()[..SUM]);
    buffer.extend_from_slice(b"}\n");
    Ok(())
}

/// What a line holds, if its checksum fits.
pub(super) fn parse_line(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("{\"sum\":\"")?;
    let (sum, rest) = rest.split_at_checked(SUM)?;
    let row = rest.strip_prefix("\",\"row\":")?.strip_suffix("}\n")?;
    (atomic::sha256(row.as_bytes()).get(..SUM) == Some(sum)).then_some(row)
}

fn parse_row(line: &[u8]) -> Option<JournalRow> {
    let row = parse_line(std::str::from_utf8(line).ok()?)?;
    serde_json::from_str(row).ok()
}

/// Makes a new segment with its head, durably, and leaves it open for appending.
pub(super) fn create(folder: &Path, head: &Head) -> Result<(PathBuf, File, u64)> {
    let path = folder.join(name(head.after));
    if path.exists() {
        // Only a segment without a row can have the name of one that begins where it would end.
        if last_row(&path)?.is_some() {
            let aside = folder.join(format!("{}.aside", name(head.after)));
            atomic::rename(&path, &aside)?;
        } else {
            atomic::remove(&path)?;
        }
    }
    let mut line = Vec::new();
    append_line(&mut line, head)?;
    let mut file = atomic::create(&path).with_context(|| format!("creating {}", path.display()))?;
    file.write_all(&line)
        .and_then(|()| file.sync_all())
        .with_context(|| format!("writing {}", path.display()))?;
    atomic::sync_folder(folder)?;
    Ok((path, file, line.len() as u64))
}

/// The segments below `folder` in the order of their rows, and the files whose head can't be read.
pub(super) fn list(folder: &Path) -> Result<(Vec<Segment>, Vec<PathBuf>)> {
    let (mut segments, mut unreadable) = (Vec::new(), Vec::new());
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((segments, unreadable)),
        entries => entries.with_context(|| format!("listing {}", folder.display()))?,
    };
    for entry in entries {
        let path = entry?.path();
        if path
            .extension()
            .is_none_or(|extension| extension != "jsonl")
        {
            continue;
        }
        match head(&path)? {
            Some(head) => segments.push(Segment { path, head }),
            None => unreadable.push(path),
        }
    }
    segments.sort_by_key(|segment| (segment.head.epoch, segment.head.after));
    unreadable.sort();
    Ok((segments, unreadable))
}

/// The head of a segment; `None` if it is damaged.
pub(super) fn head(path: &Path) -> Result<Option<Head>> {
    let file = File::open(path).with_context(|| format!("opening {}", path.display()))?;
    let mut line = Vec::new();
    BufReader::new(file)
        .take(4096)
        .read_until(b'\n', &mut line)
        .with_context(|| format!("reading {}", path.display()))?;
    let head: Option<Head> = std::str::from_utf8(&line)
        .ok()
        .and_then(parse_line)
        .and_then(|head| serde_json::from_str(head).ok());
    Ok(head.filter(|head| head.journal == FORMAT))
}

/// Hands each whole row of a segment to `sink`; returns how many lines were damaged or cut.
pub(super) fn read(
    path: &Path,
    progress: &Progress,
    mut sink: impl FnMut(JournalRow) -> Result<()>,
) -> Result<u64> {
    let file = File::open(path).with_context(|| format!("opening {}", path.display()))?;
    let mut input = BufReader::with_capacity(128 * 1024, file);
    let mut line = Vec::new();
    let (mut damaged, mut is_head) = (0, true);
    loop {
        line.clear();
        let count = input
            .read_until(b'\n', &mut line)
            .with_context(|| format!("reading {}", path.display()))?;
        if count == 0 {
            return Ok(damaged);
        }
        progress.advance(count as u64);
        if std::mem::take(&mut is_head) {
            continue;
        }
        match parse_row(&line) {
            Some(row) => sink(row)?,
            None => damaged += 1,
        }
    }
}

/// Writes a segment anew, as a whole or not at all, with the rows that `change` changes; it returns whether it did. What is
/// no whole line is left out then. A segment without a changed row stays as it is.
pub(super) fn rewrite(
    path: &Path,
    mut change: impl FnMut(&mut JournalRow) -> Result<bool>,
) -> Result<()> {
    let reading = || format!("reading {}", path.display());
    let bytes = fs::read(path).with_context(reading)?;
    let mut written = Vec::with_capacity(bytes.len());
    let mut has_changed = false;
    for (number, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let Some(mut row) = parse_row(line) else {
            if number == 0 {
                written.extend_from_slice(line);
            }
            continue;
        };
        if change(&mut row)? {
            has_changed = true;
            append_line(&mut written, &row)?;
        } else {
            written.extend_from_slice(line);
        }
    }
    if !has_changed {
        return Ok(());
    }
    let folder = path.parent().with_context(reading)?;
    let name = path.file_name().with_context(reading)?.to_string_lossy();
    atomic::write(folder, &name, &written)
}

/// The last whole row of a segment.
pub(super) fn last_row(path: &Path) -> Result<Option<JournalRow>> {
    let mut file = File::open(path).with_context(|| format!("opening {}", path.display()))?;
    let size = file.metadata()?.len();
    let mut end = Vec::new();
    file.seek(SeekFrom::Start(size.saturating_sub(TAIL)))?;
    file.read_to_end(&mut end)?;
    let found = end
        .split_inclusive(|byte| *byte == b'\n')
        .rev()
        .find_map(parse_row);
    if found.is_some() || size <= TAIL {
        return Ok(found);
    }
    let mut last = None;
    read(path, &Progress::default(), |row| {
        last = Some(row);
        Ok(())
    })?;
    Ok(last)
}

/// What a replay of segments came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Replayed {
    /// The newest journal position.
    pub(super) seq: u64,
    /// How many rows.
    pub(super) rows: u64,
    /// First and last position of each run of rows that is missing.
    pub(super) gaps: Vec<(u64, u64)>,
}

/// Hands the rows after `from` to `sink`, each once and in order; what is missing between them is named.
pub(super) fn replay(
    segments: &[Segment],
    from: u64,
    progress: &Progress,
    mut sink: impl FnMut(JournalRow) -> Result<()>,
) -> Result<Replayed> {
    let mut replayed = Replayed {
        seq: from,
        ..Replayed::default()
    };
    for (index, segment) in segments.iter().enumerate() {
        // What begins where the next one does not go beyond `from` holds nothing new.
        if segments
            .get(index + 1)
            .is_some_and(|next| next.head.after <= from)
        {
            continue;
        }
        read(&segment.path, progress, |row| {
            if row.seq <= replayed.seq {
                return Ok(());
            }
            if row.seq > replayed.seq + 1 {
                replayed.gaps.push((replayed.seq + 1, row.seq - 1));
            }
            replayed.seq = row.seq;
            replayed.rows += 1;
            sink(row)
        })?;
    }
    Ok(replayed)
}
