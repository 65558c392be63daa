//! The hourly save: what changed since the last one is written anew, and the generation before it is kept.
//!
//! All temporary files are durable before `save.json` names them; from then on the save is made, and the renames that
//! a crash interrupts are finished by the next start ([`finish`]).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::codec::FileRecord;
use super::generation::{self, Generation, State};
use super::layout::{MANIFEST, SAVING};
use super::progress::{Progress, Work};
use super::sealed::{self, Manifest, SavedFile};
use super::set_aside::move_aside;
use super::site::Site;
use super::{atomic, codec, flow};
use crate::model::milliseconds;
use crate::store::{Reader, Snapshot};

/// What a save came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SaveReport {
    /// How many registers are safe in the files now.
    pub registers: usize,
    /// How many files were written anew.
    pub files_written: usize,
    /// How many rows those hold.
    pub rows: u64,
    /// How many bytes those hold.
    pub bytes: u64,
    /// How long it took.
    pub duration: Duration,
    /// The journal position up to which the files hold everything.
    pub seq: u64,
    /// Files that somebody had edited, where they are now.
    pub set_aside: Vec<PathBuf>,
    /// Nothing was done: the folder holds a restore that waits for a restart.
    pub postponed: bool,
}

/// Which files are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Those with a change since the last save.
    Changed,
    /// All: the first save of an epoch.
    Everything,
}

/// Saves the snapshot. Files whose hash is in `known` are ours even if the last manifest does not name them.
pub(super) fn save(
    site: &Site,
    snapshot: &Snapshot,
    scope: Scope,
    known: &BTreeSet<String>,
) -> Result<SaveReport> {
    let began = Instant::now();
    let mut report = SaveReport {
        registers: site.registers.len(),
        ..SaveReport::default()
    };
    let old = load_or_set_aside(site, &mut report.set_aside)?;
    let is_old_whole = set_aside_edited(site, old.as_ref(), known, &mut report.set_aside)?;
    let (database, epoch) = snapshot.reader().identity()?;
    let due = due_files(site, &snapshot.reader(), old.as_ref(), epoch, scope)?;
    if due.is_empty() {
        report.seq = old.map_or(0, |old| old.manifest.seq);
        report.duration = began.elapsed();
        return Ok(report);
    }
    if let Err(error) =
        prepare(site, snapshot, &due, old.as_ref(), is_old_whole).and_then(|files| {
            for file in due.iter().filter_map(|name| files.get(*name)) {
                report.rows += file.record.rows();
                report.bytes += file.record.size;
            }
            let manifest = Manifest {
                format: codec::FORMAT,
                database,
                epoch,
                seq: snapshot.seq(),
                saved_at: site.clock.now(),
                version: site.version.to_owned(),
                duration_ms: milliseconds(began.elapsed()),
                schema: site.schema(),
                files,
            };
            sealed::write(&site.layout.data, MANIFEST, &manifest)?;
            site.steps.pass()
        })
    {
        if !site.steps.is_dead() {
            // Back to the former generation, or forward if the new manifest stands; the next start tries again.
            let _ = finish(site);
        }
        return Err(error);
    }
    finish(site)?;
    report.files_written = due.len();
    report.seq = snapshot.seq();
    report.duration = began.elapsed();
    Ok(report)
}

/// The present generation; a manifest that is damaged is set aside, and all files count as missing.
fn load_or_set_aside(site: &Site, set_aside: &mut Vec<PathBuf>) -> Result<Option<Generation>> {
    match Generation::load(&site.layout.data) {
        Ok(found) => Ok(found),
        Err(_) => {
            set_aside.push(move_aside(site, MANIFEST)?);
            Ok(None)
        }
    }
}

/// Moves files that are not as our last save left them out of the way. Returns whether that generation is whole.
pub(super) fn set_aside_edited(
    site: &Site,
    old: Option<&Generation>,
    known: &BTreeSet<String>,
    set_aside: &mut Vec<PathBuf>,
) -> Result<bool> {
    let mut is_whole = old.is_some();
    let states: BTreeMap<&str, State> = match old {
        Some(old) => old.compare()?.into_iter().collect(),
        None => BTreeMap::new(),
    };
    let names: BTreeSet<&str> = states
        .keys()
        .copied()
        .chain(site.registers.files())
        .collect();
    for name in names {
        let path = site.layout.data.join(name);
        let state = states.get(name).copied();
        is_whole &= matches!(state, Some(State::Whole) | None);
        if matches!(state, Some(State::Whole | State::Missing)) || !path.exists() {
            continue;
        }
        let (_, sha256) = atomic::hash_file(&path, &Progress::default())
            .with_context(|| format!("reading {}", path.display()))?;
        if !known.contains(&sha256) {
            set_aside.push(move_aside(site, name)?);
        }
    }
    Ok(is_whole)
}

fn due_files(
    site: &Site,
    reader: &Reader<'_>,
    old: Option<&Generation>,
    epoch: u64,
    scope: Scope,
) -> Result<Vec<&'static str>> {
    let mut due = Vec::new();
    for file in site.registers.files() {
        let saved = old.filter(|old| old.manifest.files.contains_key(file));
        let is_due = match saved {
            Some(old) if scope == Scope::Changed && old.manifest.epoch == epoch => {
                !site.layout.data.join(file).exists()
                    || has_changed(site, reader, file, &old.manifest)?
            }
            _ => true,
        };
        if is_due {
            due.push(file);
        }
    }
    Ok(due)
}

/// The files of the last save that still hold what the database holds, and lie there as that save left them.
pub(super) fn unchanged(
    site: &Site,
    reader: &Reader<'_>,
    last: &Generation,
) -> Result<BTreeMap<String, FileRecord>> {
    let (database, epoch) = reader.identity()?;
    if last.manifest.database != database {
        return Ok(BTreeMap::new());
    }
    let due = due_files(site, reader, Some(last), epoch, Scope::Changed)?;
    let whole = last
        .compare()?
        .into_iter()
        .filter(|(name, state)| *state == State::Whole && !due.contains(name))
        .filter_map(|(name, _)| last.manifest.files.get_key_value(name))
        .map(|(name, saved)| (name.clone(), saved.record.clone()));
    Ok(whole.collect())
}

fn has_changed(site: &Site, reader: &Reader<'_>, file: &str, saved: &Manifest) -> Result<bool> {
    for register in site
        .registers
        .iter()
        .filter(|register| register.file() == file)
    {
        let schema = register.schema().len() as u32;
        if saved.schema.get(register.name()) != Some(&schema) {
            return Ok(true);
        }
        let newest = reader.activity(register.name(), None)?;
        if newest.is_some_and(|newest| newest.seq > saved.seq) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Writes all temporary files, durably. Returns what the new manifest names.
fn prepare(
    site: &Site,
    snapshot: &Snapshot,
    due: &[&str],
    old: Option<&Generation>,
    is_old_whole: bool,
) -> Result<BTreeMap<String, SavedFile>> {
    let kept = old.map(|old| &old.manifest.files);
    let size_of = |name: &str| {
        kept.and_then(|kept| kept.get(name))
            .map_or(0, |file| file.record.size)
    };
    let needed: u64 = due.iter().map(|name| size_of(name)).sum();
    atomic::ensure_space(&site.layout.data, needed + needed / 8)?;
    let expected = match needed {
        0 => snapshot.reader().database_size()? / 4 * 3,
        needed => needed,
    };
    let _stage = site.progress.begin(Work::Save, expected);
    sweep_temporaries(site)?;
    let mut files = BTreeMap::new();
    for name in site.registers.files() {
        if due.contains(&name) {
            let path = site.layout.data.join(format!("{SAVING}{name}"));
            let record = codec::write(
                &path,
                name,
                &site.registers,
                &snapshot.reader(),
                &site.progress,
            )?;
            let modified_ns = generation::modified_ns(&fs::metadata(&path)?);
            files.insert(
                name.to_owned(),
                SavedFile {
                    record,
                    modified_ns,
                },
            );
            site.steps.pass()?;
        } else if let Some(saved) = kept.and_then(|kept| kept.get(name)) {
            files.insert(name.to_owned(), saved.clone());
        }
    }
    if let Some(old) = old.filter(|_| is_old_whole) {
        keep_generation(site, old, due)?;
    }
    atomic::sync_folder(&site.layout.data)?;
    site.steps.pass()?;
    Ok(files)
}

/// Copies into `previous/` what the present generation shares with the coming one, under temporary names. No hard
/// links: a `cp` over a file in `data/` would change both.
fn keep_generation(site: &Site, old: &Generation, due: &[&str]) -> Result<()> {
    let previous = site.layout.previous();
    atomic::make_folder(&previous)?;
    for (name, saved) in &old.manifest.files {
        let is_there = generation::state_of(&previous.join(name), saved)? == State::Whole;
        if due.contains(&name.as_str()) || is_there {
            continue;
        }
        let temporary = previous.join(format!("{SAVING}{name}"));
        // What it copies is no part of what the save announced.
        flow::copy(
            &site.layout.data.join(name),
            &temporary,
            &Progress::default(),
        )?;
        site.steps.pass()?;
    }
    // Byte for byte: its checksum tells whether the coming manifest has taken its place.
    let manifest = fs::read(site.layout.data.join(MANIFEST))?;
    atomic::write(&previous, &format!("{SAVING}{MANIFEST}"), &manifest)?;
    site.steps.pass()
}

/// Finishes what a save began: forward if its manifest is there, back if it is not. Returns whether it had to.
pub(super) fn finish(site: &Site) -> Result<bool> {
    let (data, previous) = (&site.layout.data, site.layout.previous());
    let present = Generation::load(data).ok().flatten();
    let pending_manifest = previous.join(format!("{SAVING}{MANIFEST}"));
    let pending: Option<(Manifest, String)> = sealed::read(&pending_manifest).ok().flatten();
    let is_committed = |checksum: &str| present.as_ref().is_some_and(|p| p.checksum != checksum);
    let pending = pending.filter(|(_, checksum)| is_committed(checksum));
    let mut has_acted = false;
    let mut replaced = Vec::new();
    for temporary in temporaries(data)? {
        let name = saved_name(&temporary);
        let named = present.as_ref().and_then(|p| p.manifest.files.get(&name));
        let is_ours = match named {
            Some(saved) => generation::state_of(&temporary, saved)? == State::Whole,
            None => false,
        };
        if !is_ours {
            atomic::remove(&temporary)?;
            continue;
        }
        let place = data.join(&name);
        let keeps = pending
            .as_ref()
            .is_some_and(|(old, _)| old.files.contains_key(&name));
        if keeps && place.exists() {
            replaced.push(atomic::replace(&place, &previous.join(&name))?);
            site.steps.pass()?;
        }
        replaced.push(atomic::replace(&temporary, &place)?);
        site.steps.pass()?;
        has_acted = true;
    }
    atomic::sync_folder(data)?;
    if pending.is_some() {
        for temporary in temporaries(&previous)? {
            if temporary != pending_manifest {
                let place = previous.join(saved_name(&temporary));
                replaced.push(atomic::replace(&temporary, &place)?);
                site.steps.pass()?;
            }
        }
        atomic::sync_folder(&previous)?;
        atomic::rename(&pending_manifest, &previous.join(MANIFEST))?;
        atomic::sync_folder(&previous)?;
        has_acted = true;
    } else {
        for temporary in temporaries(&previous)? {
            atomic::remove(&temporary)?;
        }
    }
    flow::let_go_beside(replaced);
    Ok(has_acted)
}

fn saved_name(temporary: &Path) -> String {
    let name = temporary.file_name().unwrap_or_default().to_string_lossy();
    name.strip_prefix(SAVING).unwrap_or(&name).to_owned()
}

fn temporaries(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("listing {}", folder.display()))? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(SAVING) {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

fn sweep_temporaries(site: &Site) -> Result<()> {
    for folder in [&site.layout.data, &site.layout.previous()] {
        for temporary in temporaries(folder)? {
            atomic::remove(&temporary)?;
        }
    }
    Ok(())
}
