//! Which archives go, and why the others stay. The choice is a pure function; the going is a rename, and a day later the
//! deletion.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use chrono::NaiveDate;
use chrono_tz::Tz;

use super::archives::{self, Archive};
use super::atomic;
use super::layout::TRASH;
use super::site::Site;
use crate::model::{Text, Timestamp};
use crate::text;

/// How many days' newest archives stay whatever their age.
const DAYS_KEPT: usize = 3;
/// How long a trashed archive can still be taken back.
const TRASH_KEPT: Duration = Duration::from_secs(24 * 3600);
/// Tonight's archive is at most this old: a day, and half an hour for a night that took its time.
const TONIGHT: Duration = Duration::from_secs(24 * 3600 + 1800);
/// Newest archives further apart than this mean that the bot was off, or that the clock jumped: nobody can tell which.
const NIGHTS_APART: Duration = Duration::from_secs(3 * 24 * 3600);

/// How long archives are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// In days; zero is refused.
    pub retention_days: u32,
    /// The zone whose days count.
    pub zone: Tz,
}

/// What becomes of an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It stays.
    Keep(Why),
    /// It is older than the retention and not among those that always stay.
    Trash,
}

/// Why an archive stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is not older than the retention.
    Recent,
    /// It is the newest of one of the last three days that have one.
    AmongTheLast,
    /// It is the newest with what a register kept that the program no longer has.
    OnlyOneWith,
    /// It can't be read: that is for a person to look at.
    Unreadable,
}

/// Why nothing is pruned at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wait {
    /// A retention of nothing would delete everything.
    #[error("a retention of no days is refused")]
    EmptyRetention,
    /// Nothing is deleted before there is a new one.
    #[error("there is no archive of the last day")]
    NoArchiveTonight,
    /// An archive comes from the future, or a later one from an earlier time.
    #[error("the clock and the order of the archives disagree")]
    ClockJumped,
    /// The newest archives lie days apart.
    #[error("the newest archives lie more than three days apart")]
    LongPause,
}

impl Wait {
    /// As it stands in the log, whose text chooses the words by it.
    pub fn name(self) -> &'static str {
        match self {
            Self::EmptyRetention => "empty_retention",
            Self::NoArchiveTonight => "no_archive_tonight",
            Self::ClockJumped => "clock_jumped",
            Self::LongPause => "long_pause",
        }
    }

    /// The same as a sentence in a person's language.
    pub fn text(self) -> Text {
        match self {
            Self::EmptyRetention => text!("vault-prune-empty-retention"),
            Self::NoArchiveTonight => text!("vault-prune-no-archive-tonight"),
            Self::ClockJumped => text!("vault-prune-clock-jumped"),
            Self::LongPause => text!("vault-prune-long-pause"),
        }
    }
}

/// What pruning came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PruneReport {
    /// The archives that went, or would go.
    pub trashed: Vec<String>,
    /// The archives that stay, each with the reason.
    pub kept: Vec<(String, Why)>,
    /// How many that went a day ago or more are deleted now, or would be.
    pub deleted: usize,
    /// Why nothing went.
    pub wait: Option<Wait>,
}

/// Decides on each archive, or says why it is not the time to.
pub fn choose(
    archives: &[Archive],
    now: Timestamp,
    policy: Policy,
) -> Result<Vec<(&Archive, Decision)>, Wait> {
    if policy.retention_days == 0 {
        return Err(Wait::EmptyRetention);
    }
    let mut usable: Vec<(&Archive, Timestamp)> = archives
        .iter()
        .filter_map(|archive| Some((archive, archive.metadata()?.made_at)))
        .collect();
    usable.sort_by_key(|(archive, at)| std::cmp::Reverse((archive.order(), *at)));
    let always = always_kept(&usable, policy.zone);
    refuse_doubtful(&usable, &always, now)?;
    let retention = Duration::from_secs(u64::from(policy.retention_days) * 24 * 3600);
    let decide = |archive: &Archive| match archive.metadata() {
        None => Decision::Keep(Why::Unreadable),
        Some(_) if always.iter().any(|(kept, _)| kept.name == archive.name) => {
            Decision::Keep(Why::AmongTheLast)
        }
        Some(metadata) if now.since(metadata.made_at) <= retention => Decision::Keep(Why::Recent),
        Some(_) if is_only_one_with(archive, &usable) => Decision::Keep(Why::OnlyOneWith),
        Some(_) => Decision::Trash,
    };
    Ok(archives
        .iter()
        .map(|archive| (archive, decide(archive)))
        .collect())
}

/// The newest archive of each of the last days that have one.
fn always_kept<'a>(usable: &[(&'a Archive, Timestamp)], zone: Tz) -> Vec<(&'a Archive, Timestamp)> {
    let mut days: BTreeSet<NaiveDate> = BTreeSet::new();
    let mut kept = Vec::new();
    for (archive, at) in usable {
        if kept.len() < DAYS_KEPT && days.insert(at.to_utc().with_timezone(&zone).date_naive()) {
            kept.push((*archive, *at));
        }
    }
    kept
}

/// Whether it has a register that no newer archive has.
fn is_only_one_with(archive: &Archive, usable: &[(&Archive, Timestamp)]) -> bool {
    let newer = usable
        .iter()
        .map(|(other, _)| *other)
        .take_while(|other| other.name != archive.name)
        .filter_map(Archive::metadata);
    let later: BTreeSet<&String> = newer.flat_map(|newer| newer.schema.keys()).collect();
    archive
        .metadata()
        .is_some_and(|metadata| metadata.schema.keys().any(|name| !later.contains(name)))
}

fn refuse_doubtful(
    usable: &[(&Archive, Timestamp)],
    always: &[(&Archive, Timestamp)],
    now: Timestamp,
) -> Result<(), Wait> {
    let (_, newest) = usable.first().ok_or(Wait::NoArchiveTonight)?;
    let is_out_of_order = usable.windows(2).any(|pair| pair[0].1 < pair[1].1);
    if usable.iter().any(|(_, at)| *at > now) || is_out_of_order {
        return Err(Wait::ClockJumped);
    }
    if now.since(*newest) > TONIGHT {
        return Err(Wait::NoArchiveTonight);
    }
    if always
        .windows(2)
        .any(|pair| pair[0].1.since(pair[1].1) > NIGHTS_APART)
    {
        return Err(Wait::LongPause);
    }
    Ok(())
}

/// Trashes what [`choose`] says, and deletes what was trashed a day ago. With `dry_run` it only says so.
pub(super) fn prune(site: &Site, retention_days: u32, mode: Mode) -> Result<PruneReport> {
    let now = site.clock.now();
    let backups = &site.layout.backups;
    let mut report = PruneReport::default();
    let archives = archives::list(backups)?;
    let policy = Policy {
        retention_days,
        zone: site.zone,
    };
    match choose(&archives, now, policy) {
        Err(wait) => report.wait = Some(wait),
        Ok(decisions) => {
            for (archive, decision) in decisions {
                match decision {
                    Decision::Keep(why) => report.kept.push((archive.name.clone(), why)),
                    Decision::Trash => {
                        if mode == Mode::Real {
                            let trash = format!("{TRASH}{}-{}", now.0, archive.name);
                            atomic::rename(&archive.path, &backups.join(trash))?;
                            site.steps.pass()?;
                        }
                        report.trashed.push(archive.name.clone());
                    }
                }
            }
        }
    }
    if !report.trashed.is_empty() && mode == Mode::Real {
        atomic::sync_folder(backups)?;
    }
    for path in ripe_trash(site, now)? {
        if mode == Mode::Real {
            archives::sweep_folder(&path)?;
        }
        report.deleted += 1;
    }
    Ok(report)
}

/// Whether pruning is done or only shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It is done.
    Real,
    /// Nothing is touched.
    DryRun,
}

fn ripe_trash(site: &Site, now: Timestamp) -> Result<Vec<PathBuf>> {
    let trash = archives::trash(&site.layout.backups)?;
    let is_ripe = |since: Timestamp| now.since(since) > TRASH_KEPT;
    Ok(trash
        .into_iter()
        .filter(|(_, since)| is_ripe(*since))
        .map(|(path, _)| path)
        .collect())
}
