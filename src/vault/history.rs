//! How far back the journal is kept, as a table and as files, and how a database that is made anew gets it back.
//!
//! It reaches back to the oldest archive that is kept: from there on, the records of any second can be had again. What
//! lies behind goes when archives were pruned. Without an archive, nothing goes.

use std::sync::mpsc::sync_channel;
use std::thread;

use anyhow::Result;

use super::archives;
use super::atomic;
use super::generation::Generation;
use super::progress::Progress;
use super::segment::{self, Segment};
use super::site::Site;
use crate::store::{JournalRow, Store};

/// How many rows of the journal go in one transaction: a command that comes in between waits a few milliseconds.
const ROWS_AT_ONCE: u32 = 500;

/// How many rows go from the thread that reads them to the one that keeps them at once, and how often it may be ahead.
const PARCEL: usize = 512;
const PARCELS_AHEAD: usize = 8;

/// What a database that was made anew got back of the journal behind its tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// How many changes.
    pub rows: u64,
    /// First and last position of each run of them that is missing: the tables have what they did, the journal no longer
    /// says so.
    pub gaps: Vec<(u64, u64)>,
}

/// Hands the rows up to `until` that the segments hold to `keep`, each once and in order. They should reach back to `floor`,
/// the oldest archive.
pub(super) fn bring_back(
    segments: &[Segment],
    until: u64,
    floor: Option<u64>,
    progress: &Progress,
    mut keep: impl FnMut(JournalRow) -> Result<()>,
) -> Result<History> {
    let mut history = History::default();
    let first = segments.first().map(|segment| segment.head.after);
    let mut last = floor.or(first).unwrap_or(0).min(until);
    let mut newest_kept = 0;
    read_ahead(segments, until, progress, |row| {
        if row.seq <= newest_kept || row.seq > until {
            return Ok(());
        }
        if row.seq > last + 1 {
            history.gaps.push((last + 1, row.seq - 1));
        }
        newest_kept = row.seq;
        last = last.max(row.seq);
        history.rows += 1;
        keep(row)
    })?;
    if last < until {
        history.gaps.push((last + 1, until));
    }
    Ok(history)
}

/// Hands on the rows of all segments that begin before `until`. They are read and checked on a thread of their own, which
/// takes nearly as long as keeping them.
fn read_ahead(
    segments: &[Segment],
    until: u64,
    progress: &Progress,
    mut sink: impl FnMut(JournalRow) -> Result<()>,
) -> Result<()> {
    thread::scope(|scope| {
        let (sender, parcels) = sync_channel(PARCELS_AHEAD);
        let reader = scope.spawn(move || {
            let mut parcel = Vec::new();
            let needed = |segment: &&Segment| segment.head.after < until;
            for segment in segments.iter().take_while(needed) {
                segment::read(&segment.path, progress, |row| {
                    parcel.push(row);
                    if parcel.len() == PARCEL {
                        sender.send(std::mem::take(&mut parcel))?;
                    }
                    Ok(())
                })?;
            }
            Ok(sender.send(parcel)?)
        });
        // When keeping fails, nobody takes the next parcel, and the reader ends.
        for row in parcels.into_iter().flatten() {
            sink(row)?;
        }
        reader
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// Removes what nobody can need any more from the journal and from its copy. Returns how many rows went.
pub(super) fn trim(site: &Site, store: &Store) -> Result<u64> {
    let (database, _) = store.read_blocking(|reader| reader.identity())?;
    let Some(floor) = floor(site, &database)? else {
        return Ok(0);
    };
    let mut trimmed = 0;
    loop {
        let gone = store
            .operate_blocking(move |operations| operations.trim_journal(floor, ROWS_AT_ONCE))?;
        trimmed += u64::from(gone);
        site.steps.pass()?;
        if gone < ROWS_AT_ONCE {
            break;
        }
    }
    // Rows that a redelivery may still ask for stay in both.
    let kept_from = store.read_blocking(|reader| reader.oldest_change())?;
    let behind = kept_from.map_or(floor, |oldest| floor.min(oldest - 1));
    drop_segments(site, &database, behind)?;
    Ok(trimmed)
}

/// The position up to which no archive and no save needs the journal of `database`; `None`: they may need all of it.
fn floor(site: &Site, database: &str) -> Result<Option<u64>> {
    let backups = &site.layout.backups;
    let mut kept = archives::list(backups)?;
    // What was pruned can be taken back for a day.
    let trash = archives::trash(backups)?;
    kept.extend(
        trash
            .into_iter()
            .map(|(path, _)| archives::look(path, String::new())),
    );
    let mut floor = None;
    for archive in &kept {
        // One that can't be read may be one that a person can mend.
        let Some(metadata) = archive.metadata() else {
            return Ok(None);
        };
        if metadata.database == database {
            floor = Some(floor.map_or(metadata.seq, |seq: u64| seq.min(metadata.seq)));
        }
    }
    for folder in [site.layout.data.clone(), site.layout.previous()] {
        if let Some(save) = Generation::load(&folder)? {
            floor = floor.map(|floor| floor.min(save.manifest.seq));
        }
    }
    Ok(floor)
}

/// Removes the segments whose rows all lie at or before `behind`.
fn drop_segments(site: &Site, database: &str, behind: u64) -> Result<()> {
    let (mut segments, _) = segment::list(&site.layout.journal())?;
    segments.retain(|segment| segment.head.database == database);
    for pair in segments.windows(2) {
        if pair[1].head.after <= behind {
            atomic::remove(&pair[0].path)?;
            site.steps.pass()?;
        }
    }
    Ok(())
}
