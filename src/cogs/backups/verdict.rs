//! One sentence about the whole of saves and archives: all is well, or what is wrong and what to do.

use std::time::Duration;

use crate::model::{Text, Timestamp};
use crate::schedule::task_name;
use crate::store::tasks::TaskRecord;
use crate::text;
use crate::vault::{SetAside, Status};

/// What the operator expects of the schedule.
#[derive(Clone, Copy, Debug)]
pub struct Expected {
    /// Time between two saves.
    pub save_interval: Duration,
    /// Whether an archive is made each night.
    pub daily_archive: bool,
}

/// A nightly archive that is older than this was missed: a day, and room for the longest day of the year.
const ARCHIVE_OVERDUE: Duration = Duration::from_secs(26 * 3600);
/// With less room than this many archives of the newest one's size, the disk fills up soon.
const ARCHIVES_THAT_MUST_FIT: u64 = 3;
/// Free space below which the disk is called full whatever the archives' size, in bytes.
const SCARCE: u64 = 64 * 1024 * 1024;

/// How things stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether nothing needs anybody's attention.
    pub is_well: bool,
    /// The sentence.
    pub text: Text,
}

/// Judges a status: the most urgent trouble speaks.
pub fn judge(status: &Status, expected: Expected) -> Verdict {
    match trouble(status, expected) {
        Some(text) => Verdict {
            is_well: false,
            text,
        },
        None => Verdict {
            is_well: true,
            text: well(status, expected),
        },
    }
}

fn trouble(status: &Status, expected: Expected) -> Option<Text> {
    let out_of_sight = status.archives_trouble.as_ref();
    out_of_sight
        .map(|_| Text::new("backups-trouble-archives-unseen"))
        .or_else(|| failed_task(status))
        .or_else(|| overdue(status, expected))
        .or_else(|| damaged(status))
        .or_else(|| housekeeping(status, expected))
}

fn failed_task(status: &Status) -> Option<Text> {
    let failed = |task: &&TaskRecord| {
        task.last_outcome
            .as_deref()
            .is_some_and(|outcome| outcome != "ok")
    };
    let task = status.tasks.iter().find(failed)?;
    Some(text!(
        "backups-trouble-task",
        task = task_name(&task.name),
        since = task
            .last_run
            .map_or_else(|| "?".to_owned(), |at| at.markup('R'))
    ))
}

fn overdue(status: &Status, expected: Expected) -> Option<Text> {
    let older = |at: Timestamp, limit: Duration| status.now.since(at) > limit;
    let Some(save) = &status.last_save else {
        return Some(Text::new("backups-trouble-no-save"));
    };
    let saved = up_to_date(status, save.at);
    if older(saved, expected.save_interval * 2 + Duration::from_secs(60)) {
        return Some(text!(
            "backups-trouble-save-overdue",
            since = saved.markup('R')
        ));
    }
    let newest = status
        .archives
        .iter()
        .filter_map(|archive| archive.metadata())
        .map(|data| data.made_at)
        .max();
    match newest {
        Some(made) if expected.daily_archive && older(made, ARCHIVE_OVERDUE) => Some(text!(
            "backups-trouble-archive-overdue",
            since = made.markup('R')
        )),
        _ => None,
    }
}

/// When the save was last known to hold everything: it is written when something changed, and the task's record knows when
/// it last looked.
fn up_to_date(status: &Status, saved: Timestamp) -> Timestamp {
    task(status, "auto_save")
        .and_then(|task| task.last_success)
        .map_or(saved, |looked| looked.max(saved))
}

fn damaged(status: &Status) -> Option<Text> {
    let damaged = status
        .archives
        .iter()
        .filter(|archive| archive.state.is_err())
        .count();
    if damaged > 0 {
        return Some(text!("backups-trouble-damaged", count = damaged));
    }
    status
        .mirror_trouble
        .as_ref()
        .map(|_| Text::new("backups-trouble-mirror"))
}

fn housekeeping(status: &Status, expected: Expected) -> Option<Text> {
    if status.restore_waiting {
        return Some(Text::new("backups-trouble-restore-waiting"));
    }
    let newest = status.archives.first().map_or(0, |archive| archive.bytes());
    let needed = (newest * ARCHIVES_THAT_MUST_FIT).max(SCARCE);
    if status.free_data.min(status.free_backups) < needed {
        return Some(Text::new("backups-trouble-disk"));
    }
    if let Some((register, archive)) = status.former.iter().next() {
        return Some(text!(
            "backups-trouble-register",
            register = register.as_str(),
            archive = archive.as_deref().unwrap_or("-")
        ));
    }
    let copied = |aside: &SetAside| aside.archive.clone();
    if let Some(archive) = status.set_aside.iter().find_map(copied) {
        return Some(text!("backups-trouble-copied", archive = archive));
    }
    if !status.set_aside.is_empty() {
        let count = status.set_aside.len();
        return Some(text!("backups-trouble-edited", count = count));
    }
    if !expected.daily_archive {
        return Some(Text::new("backups-trouble-daily-off"));
    }
    None
}

fn well(status: &Status, _expected: Expected) -> Text {
    let save = status
        .last_save
        .as_ref()
        .map(|save| up_to_date(status, save.at).markup('R'));
    let proof = status
        .archives
        .iter()
        .filter_map(|archive| archive.proof.as_ref())
        .map(|proof| proof.at)
        .max();
    match (status.archives.len(), proof) {
        (0, _) => text!("backups-well-new", save = save.unwrap_or_default()),
        (count, None) => text!(
            "backups-well-unproven",
            save = save.unwrap_or_default(),
            count = count
        ),
        (count, Some(proof)) => text!(
            "backups-well",
            save = save.unwrap_or_default(),
            count = count,
            proof = proof.markup('R')
        ),
    }
}

/// The record of the task `name`.
pub fn task<'a>(status: &'a Status, name: &str) -> Option<&'a TaskRecord> {
    status.tasks.iter().find(|task| task.name == name)
}
