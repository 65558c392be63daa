//! Making the database anew when it is gone or damaged: the newest whole save, and the mirror's rows after it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::archives;
use super::atomic;
use super::erasures::{Erasures, Moment};
use super::error::StartError;
use super::generation::Generation;
use super::history::{self, History};
use super::layout::DAMAGED;
use super::load::Source;
use super::progress::Work;
use super::segment::{self, Segment};
use super::site::Site;
use crate::model::Timestamp;
use crate::store::{DATABASE, JournalRow, Rebuild, Store};

/// Where the new database is made before it takes its place.
const WORKSHOP: &str = ".recovering";

/// Why a database was made anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loss {
    /// There was no database file.
    Missing,
    /// It could not be read.
    Damaged(String),
    /// It lacks changes that the journal's copy has: an older copy was put in its place, or its log was removed.
    Outdated {
        /// Its newest journal position.
        found: u64,
        /// The newest known one.
        known: u64,
    },
}

/// What a recovery came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecoveryReport {
    /// Why it was needed.
    pub loss: Loss,
    /// Where the records came from: `data`, `data/previous`, an archive's name, or `journal`.
    pub source: String,
    /// The journal position of that source.
    pub source_seq: u64,
    /// How many changes of the journal's copy were carried out after it.
    pub replayed: u64,
    /// The newest journal position that could be recovered.
    pub seq: u64,
    /// First and last position of each run of changes that is lost.
    pub gaps: Vec<(u64, u64)>,
    /// What came back of the journal behind the source.
    pub history: History,
    /// Changes behind a gap that could not be carried out without what was lost.
    pub refused: Vec<u64>,
    /// Where the damaged files are now.
    pub set_aside: Option<PathBuf>,
    /// Newer sources that were not whole, each with its damage.
    pub passed_over: Vec<String>,
}

/// Something that records can be recovered from.
struct Candidate {
    label: String,
    database: String,
    epoch: u64,
    seq: u64,
    at: Timestamp,
    source: Source,
}

/// What is known about the state that is to be recovered.
pub(super) struct Evidence {
    candidates: Vec<Candidate>,
    segments: Vec<Segment>,
    damaged: Vec<String>,
    /// The newest known journal position and its epoch.
    known: (u64, u64),
    /// The journal position of the oldest archive: the segments reach back to there.
    oldest_archive: Option<u64>,
    database: String,
}

/// Gathers saves, archives and segments of one database. `None`: there is neither a save nor a journal here.
pub(super) fn evidence(site: &Site) -> Result<Option<Evidence>> {
    let mut damaged = Vec::new();
    let mut candidates = Vec::new();
    for (label, folder) in [
        ("data", site.layout.data.clone()),
        ("data/previous", site.layout.previous()),
    ] {
        match Generation::load(&folder) {
            Ok(Some(generation)) => candidates.push(Candidate::of_save(label, generation)),
            Ok(None) => {}
            Err(error) => damaged.push(format!("{label}: {error:#}")),
        }
    }
    let (mut segments, unreadable) = segment::list(&site.layout.journal())?;
    damaged.extend(unreadable.iter().map(|path| path.display().to_string()));
    let newest_save = candidates
        .iter()
        .max_by_key(|candidate| (candidate.epoch, candidate.seq));
    let newest_segment = segments.last().map(|segment| &segment.head.database);
    let database = newest_save
        .map(|save| &save.database)
        .or(newest_segment)
        .cloned();
    let archives = archives::list(&site.layout.backups)?;
    let newest_archive = archives.first().and_then(|archive| archive.metadata());
    let database = match database {
        Some(database) => database,
        // Damaged manifests are evidence too: this was not an empty folder.
        None if !damaged.is_empty() => match newest_archive {
            Some(metadata) => metadata.database.clone(),
            None => String::new(),
        },
        None => return Ok(None),
    };
    let of_this = archives.iter().filter_map(|archive| archive.metadata());
    let of_this = of_this.filter(|metadata| metadata.database == database);
    let oldest_archive = of_this.map(|metadata| metadata.seq).min();
    candidates.extend(archives.into_iter().filter_map(Candidate::of_archive));
    candidates.retain(|candidate| candidate.database == database);
    candidates.sort_by_key(|candidate| std::cmp::Reverse((candidate.epoch, candidate.seq)));
    segments.retain(|segment| segment.head.database == database);
    let mut known = candidates
        .first()
        .map_or((0, 0), |first| (first.epoch, first.seq));
    for segment in &segments {
        let last = segment::last_row(&segment.path)?.map_or(segment.head.after, |row| row.seq);
        known = known.max((segment.head.epoch, last));
    }
    Ok(Some(Evidence {
        candidates,
        segments,
        damaged,
        known,
        oldest_archive,
        database,
    }))
}

impl Candidate {
    fn of_save(label: &str, generation: Generation) -> Candidate {
        let manifest = generation.manifest;
        let files = manifest
            .files
            .into_iter()
            .map(|(name, file)| (name, file.record));
        Candidate {
            label: label.to_owned(),
            database: manifest.database,
            epoch: manifest.epoch,
            seq: manifest.seq,
            at: manifest.saved_at,
            source: Source {
                folder: generation.folder,
                files: files.collect(),
                tail: None,
            },
        }
    }

    fn of_archive(archive: archives::Archive) -> Option<Candidate> {
        let metadata = archive.metadata()?;
        Some(Candidate {
            label: archive.name.clone(),
            database: metadata.database.clone(),
            epoch: metadata.epoch,
            seq: metadata.seq,
            at: metadata.made_at,
            source: Source::of_archive(&archive.path, metadata),
        })
    }

    /// Before the first change: what the journal can begin from when it reaches back to there.
    fn empty(database: &str, epoch: u64) -> Candidate {
        Candidate {
            label: "journal".to_owned(),
            database: database.to_owned(),
            epoch,
            seq: 0,
            at: Timestamp(0),
            source: Source {
                folder: PathBuf::new(),
                files: BTreeMap::new(),
                tail: None,
            },
        }
    }
}

impl Evidence {
    /// The newest known epoch and journal position of the database `uuid`.
    pub(super) fn known_of(&self, uuid: &str) -> Option<(u64, u64)> {
        (self.database == uuid).then_some(self.known)
    }

    /// The size of all segments: those behind a source are its history, those after it are carried out.
    fn bytes(&self) -> u64 {
        let files = self.segments.iter().map(|segment| segment.path.metadata());
        files.flatten().map(|file| file.len()).sum()
    }

    /// Before the first change there was nothing: when the journal reaches back to there, it is a source by itself.
    fn admit_beginning(&mut self) {
        let first = self.segments.first().map(|segment| &segment.head);
        if let Some(head) = first.filter(|head| head.after == 0) {
            let beginning = Candidate::empty(&self.database, head.epoch);
            self.candidates.push(beginning);
        }
    }
}

/// Sets the damaged database aside and makes it anew. A crash anywhere in between repeats harmlessly.
pub(super) fn recover(
    site: &Site,
    mut evidence: Evidence,
    loss: Loss,
) -> Result<RecoveryReport, StartError> {
    evidence.admit_beginning();
    let workshop = site.layout.data.join(WORKSHOP);
    let mut report = make_anew(site, &evidence, &workshop, &loss)?;
    site.steps.pass()?;
    report.set_aside = set_database_aside(site)?;
    site.steps.pass()?;
    atomic::rename(&workshop.join(DATABASE), &site.layout.database())?;
    atomic::sync_folder(&site.layout.data)?;
    archives::sweep_folder(&workshop)?;
    site.steps.pass()?;
    Ok(report)
}

/// Makes a database from the newest source that turns out to be whole while it is loaded; newer ones are named.
fn make_anew(
    site: &Site,
    evidence: &Evidence,
    workshop: &Path,
    loss: &Loss,
) -> Result<RecoveryReport, StartError> {
    let mut passed_over = evidence.damaged.clone();
    for candidate in &evidence.candidates {
        archives::sweep_folder(workshop)?;
        atomic::make_folder(workshop)?;
        let bytes = candidate.source.bytes() + evidence.bytes();
        let stage = site.progress.begin(Work::Recovery, bytes);
        let made = Store::build(workshop, &site.registers, &site.clock, |rebuild| {
            let source = &candidate.source;
            source.load(rebuild, &site.registers, &site.progress)?;
            replay(site, evidence, candidate, loss, rebuild)
        });
        drop(stage);
        let error = match made {
            Ok(mut report) => {
                report.passed_over = passed_over;
                return Ok(report);
            }
            Err(error) => error,
        };
        archives::sweep_folder(workshop)?;
        let _stage = site
            .progress
            .begin(Work::Verification, candidate.source.bytes());
        let flaws = candidate.source.flaws(&site.progress)?;
        if flaws.is_empty() {
            return Err(error.into());
        }
        passed_over.push(format!("{}: {}", candidate.label, flaws.names().join(", ")));
    }
    Err(StartError::NothingWhole {
        damaged: passed_over,
    })
}

/// Brings the journal back behind what was loaded, carries out what came after it, and begins an epoch.
fn replay(
    site: &Site,
    evidence: &Evidence,
    candidate: &Candidate,
    loss: &Loss,
    rebuild: &Rebuild<'_>,
) -> Result<RecoveryReport> {
    let progress = &site.progress;
    rebuild.set_identity(&candidate.database, evidence.known.0.max(candidate.epoch))?;
    rebuild.set_base(candidate.seq)?;
    let erasures = Erasures::load(&site.layout)?;
    let (database, registers) = (candidate.database.as_str(), &site.registers);
    erasures.erase(
        rebuild,
        Moment {
            database,
            seq: candidate.seq,
            at: candidate.at,
        },
    )?;
    let (kept, floor) = (&evidence.segments, evidence.oldest_archive);
    let keep = |mut row: JournalRow| {
        erasures.redact(&mut row, database, registers)?;
        rebuild.keep(&row)
    };
    let history = history::bring_back(kept, candidate.seq, floor, progress, keep)?;
    let segments: Vec<Segment> = kept
        .iter()
        .filter(|segment| segment.head.epoch == candidate.epoch)
        .cloned()
        .collect();
    let mut refused = Vec::new();
    let mut expected = candidate.seq + 1;
    let mut has_gap = false;
    let replayed = segment::replay(&segments, candidate.seq, progress, |mut row| {
        erasures.redact(&mut row, database, registers)?;
        has_gap |= row.seq > expected;
        expected = row.seq + 1;
        if !has_gap {
            return rebuild.replay(&row);
        }
        // Behind a gap a change may speak of what was lost; the others are still worth having.
        if rebuild.attempt_replay(&row)?.is_err() {
            refused.push(row.seq);
        }
        Ok(())
    })?;
    let mut gaps = replayed.gaps;
    let (epoch, known) = evidence.known;
    if epoch >= candidate.epoch && known > replayed.seq {
        gaps.push((replayed.seq + 1, known));
    }
    rebuild.begin_epoch(&candidate.label, replayed.seq, &gaps)?;
    Ok(RecoveryReport {
        loss: loss.clone(),
        source: candidate.label.clone(),
        source_seq: candidate.seq,
        replayed: replayed.rows,
        seq: replayed.seq,
        gaps,
        history,
        refused,
        set_aside: None,
        passed_over: Vec::new(),
    })
}

/// Moves the database with its log and index into a folder of its own; nothing is ever deleted.
pub(super) fn set_database_aside(site: &Site) -> Result<Option<PathBuf>> {
    let data = &site.layout.data;
    let found: Vec<&str> = ["", "-wal", "-shm"]
        .into_iter()
        .filter(|suffix| data.join(format!("{DATABASE}{suffix}")).exists())
        .collect();
    if found.is_empty() {
        return Ok(None);
    }
    let aside = site.free_path(data, &format!("{DAMAGED}{}", site.stamp()));
    atomic::make_folder(&aside)?;
    // The database last: while it stands, it is the one that is looked at.
    for suffix in found.iter().rev() {
        let name = format!("{DATABASE}{suffix}");
        atomic::rename(&data.join(&name), &aside.join(&name))?;
    }
    atomic::sync_folder(&aside)?;
    atomic::sync_folder(data)?;
    Ok(Some(aside))
}

/// Removes an unfinished recovery.
pub(super) fn sweep(site: &Site) -> Result<()> {
    archives::sweep_folder(&site.layout.data.join(WORKSHOP))
}

/// The folders of damaged databases that were set aside.
pub(super) fn set_aside_folders(data: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(data).with_context(|| format!("listing {}", data.display()))? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(DAMAGED) {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}
