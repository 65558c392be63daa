//! From whatever lies in the data folder to an open store: finish what was interrupted, restore what was asked for,
//! recover what was lost, archive before a migration, and refuse, with words, what only a person can decide.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::{Context, Result};
use rustix::fs::Access;
use rustix::io::Errno;

use super::archive::{self, Census};
use super::error::{StartError, Unable};
use super::former;
use super::generation::Generation;
use super::past::{self, Wanted};
use super::recovery::{self, Evidence, Loss, RecoveryReport};
use super::restore::{self, Request, RestoreReport};
use super::save::{self, Scope};
use super::site::Site;
use super::{Cause, archives, atomic, difference};
use crate::store::{self, SchemaState, Snapshot};
use crate::text;

/// What a start found and did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StartReport {
    /// There was nothing: these records begin now.
    pub is_new: bool,
    /// The database was made anew.
    pub recovery: Option<RecoveryReport>,
    /// An archive was restored.
    pub restored: Option<RestoreReport>,
    /// The archive that was made before the tables were migrated.
    pub migrated: Option<String>,
    /// Save files that somebody had edited, where they are now.
    pub set_aside: Vec<PathBuf>,
    /// A save that a crash had interrupted was finished.
    pub finished_save: bool,
}

/// Whether records may begin empty although archives exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beginning {
    /// Not while there are archives.
    Careful,
    /// They may: `--new`.
    New,
}

/// Makes the database ready to be opened. Nothing is changed when this refuses, except what a crash had left.
pub(super) fn prepare(
    site: &Site,
    beginning: Beginning,
    wanted: Option<&Wanted>,
) -> Result<StartReport, StartError> {
    refuse_unreadable(site)?;
    let mut report = StartReport {
        finished_save: sweep(site)?,
        ..StartReport::default()
    };
    restore::refuse_misplaced(site)?;
    let mut request = restore::request(site)?;
    if wanted.is_some() && request.is_some() {
        return Err(StartError::RestoreWaits {
            marker: site.layout.marker(),
        });
    }
    if let Some(Wanted::Archive(name)) = wanted {
        request = Some(Request::of_archive(site, name).map_err(StartError::of)?);
    }
    let state = match look(site)? {
        Found::Whole(state) => state,
        Found::Lost(loss, evidence) => {
            recover_or_clear(
                site,
                request.as_ref(),
                beginning,
                loss,
                evidence,
                &mut report,
            )?;
            SchemaState::Absent
        }
    };
    if state == SchemaState::Current {
        keep_former(site)?;
    }
    if let Some(Wanted::At(moment)) = wanted {
        request = Some(request_at(site, *moment)?);
    }
    let safety = match (&request, &state) {
        (_, SchemaState::Older(schema)) => {
            let name = archive_older(site, schema)?;
            tracing::info!(event = "archived_before_migration", archive = name);
            report.migrated = Some(name.clone());
            Some(name)
        }
        (Some(request), SchemaState::Current) => archive_present(site, request)?,
        _ => None,
    };
    if let Some(request) = request {
        let is_done = site.layout.database().exists() && {
            let snapshot = Snapshot::of(&site.layout.database())?;
            request.is_done(&snapshot.reader())?
        };
        if !is_done {
            let before = match (&state, request.is_copied()) {
                (SchemaState::Current, false) => Some(Snapshot::of(&site.layout.database())?),
                _ => None,
            };
            let mut restored = request.carry_out(site, safety)?;
            if let Some(before) = before {
                let after = Snapshot::of(&site.layout.database())?;
                restored.changes = difference::tell(&site.registers, &before, &after)?;
            }
            tracing::info!(
                event = "restored",
                archive = restored.archive,
                rows = restored.rows,
                safety = restored.safety.as_deref().unwrap_or("-"),
            );
            report.restored = Some(restored);
        }
        open_new_epoch(site, &request.source.hashes())?;
        if request.is_copied() {
            restore::mark_applied(site)?;
        }
    }
    Ok(report)
}

/// The state at a moment, from the archives and the journal of the database that stands there (made anew, if it was lost).
fn request_at(site: &Site, moment: crate::model::Timestamp) -> Result<Request, StartError> {
    if !site.layout.database().exists() {
        return Err(StartError::Unable(Unable(text!("restore-without-journal"))));
    }
    let snapshot = Snapshot::of(&site.layout.database())?;
    past::at(site, &snapshot.reader(), moment).map_err(StartError::of)
}

/// Files that were copied by somebody else, say root, are named before anything is made of their absence.
fn refuse_unreadable(site: &Site) -> Result<(), StartError> {
    let layout = &site.layout;
    for folder in [&layout.data, &layout.previous(), &layout.journal()] {
        if !folder.exists() {
            continue;
        }
        for entry in
            std::fs::read_dir(folder).with_context(|| format!("listing {}", folder.display()))?
        {
            let path = entry.context("listing")?.path();
            let is_database = path.starts_with(&layout.data)
                && path
                    .file_name()
                    .is_some_and(|name| name.to_string_lossy().starts_with(store::DATABASE));
            let needed = match is_database {
                true => Access::READ_OK | Access::WRITE_OK,
                false => Access::READ_OK,
            };
            if path.is_file() && rustix::fs::access(&path, needed) == Err(Errno::ACCESS) {
                return Err(restore::unreadable(&path));
            }
        }
    }
    Ok(())
}

/// What stands at the database's place.
enum Found {
    Whole(SchemaState),
    Lost(Loss, Option<Evidence>),
}

fn look(site: &Site) -> Result<Found, StartError> {
    let state = match store::inspect(&site.layout.data, &site.registers) {
        Ok(SchemaState::Absent) => {
            let is_there = site.layout.database().exists();
            let loss = match is_there {
                true => Loss::Damaged("it is empty".to_owned()),
                false => Loss::Missing,
            };
            return Ok(Found::Lost(loss, recovery::evidence(site)?));
        }
        Ok(state) => state,
        Err(error) if error.is_damage() => {
            return Ok(Found::Lost(
                Loss::Damaged(error.to_string()),
                recovery::evidence(site)?,
            ));
        }
        Err(error) => return Err(error.into()),
    };
    if let Some(why) = damage_under_suspicion(site)? {
        return Ok(Found::Lost(Loss::Damaged(why), recovery::evidence(site)?));
    }
    match outdated(site) {
        Ok(Some((loss, evidence))) => Ok(Found::Lost(loss, Some(evidence))),
        Ok(None) => Ok(Found::Whole(state)),
        Err(error) if store::is_damage(&error) => Ok(Found::Lost(
            Loss::Damaged(format!("{error:#}")),
            recovery::evidence(site)?,
        )),
        Err(error) => Err(error.into()),
    }
}

/// The full check, when a read failed in the process before this one.
fn damage_under_suspicion(site: &Site) -> Result<Option<String>> {
    let suspicion = site.layout.suspicion();
    if !suspicion.exists() {
        return Ok(None);
    }
    let checked = Snapshot::of(&site.layout.database()).and_then(|snapshot| snapshot.integrity());
    let damage = match checked {
        Ok(problems) => problems.into_iter().next(),
        Err(error) => Some(format!("{error:#}")),
    };
    if damage.is_none() {
        atomic::remove(&suspicion)?;
    }
    Ok(damage)
}

/// Whether the mirror or a save knows of changes that the database lacks.
fn outdated(site: &Site) -> Result<Option<(Loss, Evidence)>> {
    let snapshot = Snapshot::of(&site.layout.database())?;
    let (uuid, epoch) = snapshot.reader().identity()?;
    let found = snapshot.seq();
    let Some(evidence) = recovery::evidence(site)? else {
        return Ok(None);
    };
    Ok(evidence
        .known_of(&uuid)
        .filter(|known| *known > (epoch, found))
        .map(|(_, known)| (Loss::Outdated { found, known }, evidence)))
}

/// There is no usable database: recover it, clear the way for a restore, or begin anew.
fn recover_or_clear(
    site: &Site,
    request: Option<&Request>,
    beginning: Beginning,
    loss: Loss,
    evidence: Option<Evidence>,
    report: &mut StartReport,
) -> Result<(), StartError> {
    if request.is_some() {
        // What is asked for replaces everything; the damaged files stay beside it.
        recovery::set_database_aside(site)?;
    } else if let Some(evidence) = evidence {
        let recovered = recovery::recover(site, evidence, loss)?;
        log_recovery(&recovered);
        report.recovery = Some(recovered);
    } else {
        let command = restore::newest_command(site)?;
        if let Some(command) = command.filter(|_| beginning == Beginning::Careful) {
            return Err(StartError::NothingButArchives {
                data: site.layout.data.clone(),
                backups: site.layout.backups.clone(),
                command,
            });
        }
        recovery::set_database_aside(site)?;
        report.is_new = true;
    }
    atomic::remove(&site.layout.suspicion())?;
    Ok(())
}

fn log_recovery(report: &RecoveryReport) {
    tracing::warn!(
        event = "recovered",
        source = report.source,
        replayed = report.replayed,
        seq = report.seq,
    );
    if let Some(aside) = &report.set_aside {
        tracing::warn!(event = "damaged_kept", aside = %aside.display());
    }
    if !report.gaps.is_empty() {
        tracing::error!(event = "changes_lost", gaps = runs(&report.gaps));
    }
    if !report.history.gaps.is_empty() {
        tracing::warn!(
            event = "history_incomplete",
            gaps = runs(&report.history.gaps)
        );
    }
}

/// Runs of journal positions as people read them: `3–5, 9–9`.
pub fn runs(gaps: &[(u64, u64)]) -> String {
    let runs: Vec<String> = gaps
        .iter()
        .map(|(first, last)| format!("{first}–{last}"))
        .collect();
    runs.join(", ")
}

/// Archives the state that a restore is about to replace, unless there is nothing in it.
fn archive_present(site: &Site, request: &Request) -> Result<Option<String>, StartError> {
    let snapshot = Snapshot::of(&site.layout.database())?;
    if snapshot.seq() == 0 || request.is_done(&snapshot.reader())? {
        return Ok(None);
    }
    let census = Census::noted(&snapshot.reader())?;
    let made = archive::make(site, &snapshot, Cause::BeforeRestore, census);
    Ok(Some(made.map_err(StartError::of)?.name))
}

/// Archives a database whose tables are about to be migrated, in the shape that the older program can restore.
fn archive_older(site: &Site, schema: &[(String, u32)]) -> Result<String, StartError> {
    let snapshot = Snapshot::of(&site.layout.database())?;
    let (database, epoch) = snapshot.reader().identity()?;
    let schema: BTreeMap<String, u32> = schema
        .iter()
        .filter(|(part, _)| part != "greffier")
        .cloned()
        .collect();
    let base = [site.layout.data.clone(), site.layout.previous()]
        .iter()
        .filter_map(|folder| Generation::load(folder).ok().flatten())
        .filter(|save| save.manifest.database == database && save.manifest.epoch == epoch)
        .find(|save| save.troubles().is_empty());
    let made = archive::make_of_older(site, &snapshot, base.as_ref(), schema).map_err(|error| {
        match StartError::of(error) {
            StartError::Failed(error) if !error.is::<super::steps::Died>() => {
                StartError::NoWayBack {
                    why: format!("{error:#}"),
                }
            }
            error => error,
        }
    })?;
    Ok(made.name)
}

/// Archives what registers kept that this program does not have, unless an archive has it already, and names them.
fn keep_former(site: &Site) -> Result<(), StartError> {
    let look = || {
        let snapshot = Snapshot::of(&site.layout.database())?;
        let archives = archives::list(&site.layout.backups)?;
        let former = former::registers(site, &snapshot.reader(), &archives)?;
        anyhow::Ok((former, snapshot.reader().schemas()?))
    };
    let (mut former, schemas) = look()?;
    if former.values().any(Option::is_none) {
        archive_older(site, &schemas)?;
        former = look()?.0;
    }
    for (register, archive) in former {
        let archive = archive.as_deref().unwrap_or("-");
        tracing::error!(event = "register_missing", register, archive);
    }
    Ok(())
}

/// Writes the base of a new epoch at once: no replay crosses from one into another.
fn open_new_epoch(site: &Site, known: &BTreeSet<String>) -> Result<(), StartError> {
    let snapshot = Snapshot::of(&site.layout.database())?;
    save::save(site, &snapshot, Scope::Everything, known).map_err(StartError::of)?;
    Ok(())
}

/// Finishes or removes what a crash interrupted. Returns whether a save was finished.
fn sweep(site: &Site) -> Result<bool> {
    for folder in [
        &site.layout.data,
        &site.layout.journal(),
        &site.layout.previous(),
    ] {
        sweep_writing(folder)?;
    }
    archives::sweep(&site.layout.backups)?;
    archives::sweep_folder(&site.layout.scratch())?;
    recovery::sweep(site)?;
    let finished = save::finish(site).context("finishing an interrupted save")?;
    if finished {
        tracing::info!(event = "save_finished");
    }
    Ok(finished)
}

fn sweep_writing(folder: &std::path::Path) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        if name.to_string_lossy().starts_with(super::layout::WRITING) {
            atomic::remove(&entry.path())?;
        }
    }
    Ok(())
}
