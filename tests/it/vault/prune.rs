//! Which archives go, and that the last good ones never do.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use chrono_tz::Europe::Paris;
use greffier::model::Timestamp;
use greffier::vault::{Archive, Cause, Decision, Metadata, Mode, Policy, Wait, Why, choose};
use proptest::prelude::*;

use super::names;
use crate::ledgers::{Office, write_note};

const DAY: i64 = 24 * 3600 * 1000;
const NOW: Timestamp = Timestamp(1_795_176_000_000);

fn archive(seq: u64, at: i64) -> Archive {
    Archive {
        name: format!("backup_{seq}"),
        path: PathBuf::new(),
        state: Ok(Metadata {
            backup_date: String::new(),
            files_backed_up: Vec::new(),
            bot_version: String::new(),
            guilds_count: 0,
            users_count: 0,
            format: 1,
            schema: BTreeMap::new(),
            database: String::new(),
            epoch: 1,
            seq,
            made_at: Timestamp(at),
            timezone: String::new(),
            duration_ms: 0,
            cause: String::new(),
            verified_by: "read_back".to_owned(),
            files: BTreeMap::new(),
            erasures: Vec::new(),
            tail: None,
        }),
        verification: None,
        proof: None,
    }
}

/// One archive each night, the newest an hour old.
fn nights(count: u64) -> Vec<Archive> {
    (0..count)
        .map(|night| archive(count - night, NOW.0 - 3_600_000 - night as i64 * DAY))
        .collect()
}

fn policy(retention_days: u32) -> Policy {
    Policy {
        retention_days,
        zone: Paris,
    }
}

fn trashed(archives: &[Archive], retention_days: u32) -> Result<Vec<String>, Wait> {
    let decisions = choose(archives, NOW, policy(retention_days))?;
    let goes = decisions
        .into_iter()
        .filter(|(_, decision)| *decision == Decision::Trash);
    Ok(goes.map(|(archive, _)| archive.name.clone()).collect())
}

#[test]
fn what_is_older_than_the_retention_goes() {
    assert_eq!(
        trashed(&nights(10), 7),
        Ok(["backup_3", "backup_2", "backup_1"]
            .map(str::to_owned)
            .to_vec())
    );
    assert_eq!(trashed(&nights(7), 7), Ok(vec![]));
}

#[test]
fn the_newest_of_three_days_stay_whatever_the_retention() {
    assert_eq!(trashed(&nights(4), 1), Ok(vec!["backup_1".to_owned()]));
}

#[test]
fn a_retention_of_nothing_is_refused() {
    assert_eq!(trashed(&nights(10), 0), Err(Wait::EmptyRetention));
}

#[test]
fn ten_days_off_and_nothing_goes_before_there_are_new_ones() {
    let old: Vec<Archive> = nights(10)
        .into_iter()
        .skip(1)
        .map(|mut archive| {
            if let Ok(metadata) = &mut archive.state {
                metadata.made_at.0 -= 10 * DAY;
            }
            archive
        })
        .collect();
    assert_eq!(trashed(&old, 7), Err(Wait::NoArchiveTonight));
    let mut back: Vec<Archive> = vec![archive(11, NOW.0 - 3_600_000)];
    back.extend(old);
    assert_eq!(trashed(&back, 7), Err(Wait::LongPause));
}

#[test]
fn a_clock_that_jumped_makes_pruning_wait() {
    let mut ahead = nights(10);
    ahead.insert(0, archive(11, NOW.0 + DAY));
    assert_eq!(
        trashed(&ahead, 7),
        Err(Wait::ClockJumped),
        "an archive from the future"
    );
    let mut back = nights(10);
    back.insert(0, archive(11, NOW.0 - 5 * DAY));
    assert_eq!(
        trashed(&back, 7),
        Err(Wait::ClockJumped),
        "the newest is not the latest"
    );
    let mut far: Vec<Archive> = nights(10);
    for archive in far.iter_mut().skip(1) {
        if let Ok(metadata) = &mut archive.state {
            metadata.made_at.0 -= 365 * DAY;
        }
    }
    assert_eq!(trashed(&far, 7), Err(Wait::LongPause), "a year forward");
}

#[test]
fn an_unreadable_archive_counts_for_nothing_and_stays() {
    let mut archives = nights(10);
    archives[0].state = Err("no metadata.json".to_owned());
    assert_eq!(trashed(&archives, 7), Err(Wait::NoArchiveTonight));
    let mut archives = nights(10);
    archives[9].state = Err("no metadata.json".to_owned());
    let decisions = choose(&archives, NOW, policy(7)).expect("it prunes");
    assert_eq!(decisions[9].1, Decision::Keep(Why::Unreadable));
}

#[test]
fn pruned_archives_can_be_taken_back_for_a_day() {
    let office = Office::new();
    let (vault, _) = office.start();
    for number in 0..10 {
        write_note(vault.store(), number, "a day");
        vault.archive(Cause::Scheduled, None).expect("archiving");
        office.later(24);
    }
    vault.archive(Cause::Scheduled, None).expect("archiving");
    let shown = vault.prune(Mode::DryRun).expect("looking");
    assert_eq!(vault.archives().expect("listing").len(), 11);
    let report = vault.prune(Mode::Real).expect("pruning");
    assert_eq!((&report.trashed, report.trashed.len()), (&shown.trashed, 3));
    assert_eq!(vault.archives().expect("listing").len(), 8);
    let trash = |office: &Office| {
        names(&office.layout.backups)
            .into_iter()
            .filter(|name| name.starts_with(".trash"))
            .count()
    };
    assert_eq!(trash(&office), 3);
    office.clock.advance(Duration::from_secs(23 * 3600));
    assert_eq!(vault.prune(Mode::Real).expect("pruning").deleted, 0);
    office.later(2);
    vault.archive(Cause::Scheduled, None).expect("archiving");
    let report = vault.prune(Mode::Real).expect("pruning");
    assert_eq!((report.deleted, report.trashed.len()), (3, 1));
    assert_eq!(trash(&office), 2, "today's and yesterday's");
}

#[test]
fn two_archives_in_one_second_are_two() {
    let office = Office::new();
    let (vault, _) = office.start();
    let first = vault.archive(Cause::Requested, None).expect("archiving");
    let second = vault.archive(Cause::Requested, None).expect("archiving");
    assert_eq!(second.name, format!("{}-2", first.name));
    assert_eq!(vault.archives().expect("listing").len(), 2);
}

proptest! {
    #[test]
    fn whatever_lies_there_the_last_good_days_stay(
        ages in proptest::collection::vec((0_i64..40 * 24, any::<bool>()), 0..40),
        retention in 0_u32..15,
        ahead in 0_i64..3,
    ) {
        let mut ages = ages;
        ages.sort();
        let count = ages.len() as u64;
        let archives: Vec<Archive> = ages.iter().enumerate().map(|(index, (hours, is_whole))| {
            let mut made = archive(count - index as u64, NOW.0 - hours * 3_600_000 + (ahead - 1).max(0) * 7_200_000);
            if !is_whole {
                made.state = Err("damaged".to_owned());
            }
            made
        }).collect();
        if let Ok(gone) = trashed(&archives, retention) {
            prop_assert!(retention > 0);
            let whole: Vec<&Archive> = archives.iter().filter(|archive| archive.state.is_ok()).collect();
            let day = |archive: &Archive| {
                let at = archive.metadata().expect("whole").made_at;
                at.to_utc().with_timezone(&Paris).date_naive()
            };
            let mut days: Vec<_> = whole.iter().map(|archive| day(archive)).collect();
            days.dedup();
            for archive in &archives {
                if !gone.contains(&archive.name) {
                    continue;
                }
                let metadata = archive.metadata();
                prop_assert!(metadata.is_some(), "a damaged one went");
                let age = NOW.since(metadata.expect("whole").made_at);
                prop_assert!(age > Duration::from_secs(u64::from(retention) * 86_400), "a recent one went");
            }
            let left: std::collections::BTreeSet<_> = whole
                .iter()
                .filter(|archive| !gone.contains(&archive.name))
                .map(|archive| day(archive))
                .collect();
            for day in days.iter().take(3) {
                prop_assert!(left.contains(day), "the newest of {day} went");
            }
        }
    }
}
