//! What happens while everyone sleeps, and the mornings after.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::town::Town;

const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);

#[test]
fn a_night_brings_an_archive_that_was_proved_by_a_restore() {
    let town = Town::open();
    town.moderator("mia").says("!warn @sam spam");
    town.later(20 * HOUR);
    let archives = archives(&town);
    assert_eq!(archives.len(), 1, "{archives:?}");
    assert!(archives[0].join("warnings.json").is_file());
    let status = town.olive().says("!backup_status");
    assert!(status.contains("**Backups: all is well**"), "{status}");
    assert!(status.contains("1 archive, 1 test-restored"), "{status}");
    // Written, verified and proven, each at its time.
    let marks = status.lines().find(|line| line.contains("| backup_"));
    let marks = marks.expect("the archive has a line");
    assert_eq!(marks.matches(" ms)").count(), 3, "{marks}");
    assert_eq!(town.logged("daily_archive_done").len(), 1);
}

#[test]
fn files_of_an_archive_copied_without_its_metadata_are_said_to_be_no_restore() {
    let town = Town::open();
    let (mia, olive) = (town.moderator("mia"), town.olive());
    mia.says("!warn @sam spam");
    olive.says("!force_backup");
    let archive = archives(&town).remove(0);
    mia.says("!warn @sam again");
    town.later(HOUR);
    std::fs::copy(
        archive.join("warnings.json"),
        town.data().join("warnings.json"),
    )
    .expect("cp");
    town.later(HOUR);
    assert_eq!(town.logged("save_copied").len(), 1);
    insta::assert_snapshot!(olive.says("!backup_status").lines().take(2).collect::<Vec<_>>().join("\n"), @r"
    | **Backups: somebody must act**
    | Files of backup_2026-11-20_13-00-00 were copied without metadata.json: that was no restore, and they are set aside, unread. To the bot’s owner: to restore, copy the whole folder (`cp backups/backup_2026-11-20_13-00-00/* data/`) and restart; else delete the files named .edited.
    ");
    assert!(olive.says("!warnings @sam").contains("again"));
}

#[test]
fn archives_older_than_a_week_go_and_newer_ones_stay() {
    let town = Town::open();
    for _ in 0..12 {
        town.moderator("mia").says("!warn @sam spam");
        town.later(DAY);
    }
    let kept = archives(&town).len();
    assert!((7..=9).contains(&kept), "{kept} archives");
}

#[test]
fn a_night_without_an_archive_is_told_to_the_owner_until_it_is_made_up_for() {
    let town = Town::open();
    town.expects_error("task_failed");
    let olive = town.olive();
    town.later(HOUR);
    // Something else stands where the archives should.
    std::fs::remove_dir(town.backups()).expect("it is empty");
    std::fs::write(town.backups(), "in the way").expect("written");
    town.later(19 * HOUR);
    insta::assert_snapshot!(olive.is_told("Nightly archive").replace(&town.backups().display().to_string(), "…"), @r#"⚠️ The task "Nightly archive" failed: making the folder …: File exists (os error 17)"#);
    let status = olive.says("!backup_status");
    assert!(
        status.contains("errors: daily_archive: making the folder"),
        "{status}"
    );
    insta::assert_snapshot!(status.lines().take(2).collect::<Vec<_>>().join("\n"), @r"
    | **Backups: somebody must act**
    | The folder of the archives can’t be read: no archive is made. To the bot’s owner: the cause stands below; put the folder right, then run force_backup.
    ");
    std::fs::remove_file(town.backups()).expect("removed");
    town.later(HOUR);
    assert_eq!(archives(&town).len(), 1);
    let status = olive.says("!backup_status");
    assert!(status.contains("**Backups: all is well**"), "{status}");
}

#[test]
fn a_copied_archive_and_a_start_bring_the_old_records_back() {
    let town = Town::open();
    let (mia, olive) = (town.moderator("mia"), town.olive());
    mia.says("!warn @sam 2 spam");
    olive.says("!settings prefix ?");
    olive.says("?force_backup");
    let archive = archives(&town).remove(0);
    mia.says("?warn @sam 3 flooding");
    mia.says("?unwarn 1");
    town.stops_bot();
    copy(&archive, &town.data());
    town.starts_bot();
    insta::assert_snapshot!(mia.says("?warnings @sam"), @r"
    | **1 warning · 2 points count**
    | Member: @sam
    | Case 1 · 2 points:
    | @sam — spam
    | by @mia, <t:1795176000:d> · counts until <t:1802952000:D>
    ");
    // Numbers go on where the archive stood; what was lost by the restore is in an archive of its own.
    insta::assert_snapshot!(mia.says("?warn @sam insults"), @"@sam was warned (case 2): 1 point, 3 in total.");
    assert_eq!(archives(&town).len(), 2);
    assert!(!town.data().join("metadata.json").exists());
}

#[test]
fn a_lost_database_comes_back_from_the_files_beside_it_and_the_owner_is_told() {
    let town = Town::open();
    let mia = town.moderator("mia");
    mia.says("!warn @sam 2 spam");
    mia.says("!warn @lea flooding");
    let before = town.records().rows;
    town.stops_bot();
    for name in ["greffier.db", "greffier.db-wal", "greffier.db-shm"] {
        let path = town.data().join(name);
        if path.exists() {
            std::fs::remove_file(path).expect("deleted");
        }
    }
    town.starts_bot();
    assert_eq!(town.records().rows, before);
    insta::assert_snapshot!(town.olive().is_told("recovered"), @"⚠️ At start the data had to be recovered from files. Source: data, then no entries replayed, up to entry 2 of the journal. Nothing is missing.");
    insta::assert_snapshot!(mia.says("!warn @sam insults"), @"@sam was warned (case 3): 1 point, 3 in total.");
}

#[test]
fn the_owner_is_told_where_a_damaged_database_is_kept() {
    let town = Town::open();
    let mia = town.moderator("mia");
    mia.says("!warn @sam 2 spam");
    let before = town.records().rows;
    town.stops_bot();
    let damage = b"no database at all";
    std::fs::write(town.data().join("greffier.db"), damage).expect("damaged");
    town.starts_bot();
    assert_eq!(town.records().rows, before);
    let told = town.olive().is_told("recovered");
    let (_, kept) = told
        .split_once("The damaged files are kept in ")
        .unwrap_or_else(|| panic!("{told}"));
    let kept = PathBuf::from(kept.trim_end_matches('.'));
    let found = std::fs::read(kept.join("greffier.db")).expect("kept");
    assert_eq!(found, damage);
}

fn archives(town: &Town) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(town.backups()).expect("the folder of the archives");
    let names = entries.map(|entry| entry.expect("an entry").path());
    let mut names: Vec<PathBuf> = names
        .filter(|path| path.join("metadata.json").exists())
        .collect();
    names.retain(|path| {
        !path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'))
    });
    names.sort();
    names
}

/// `cp archive/* data/`
fn copy(archive: &Path, data: &Path) {
    for entry in std::fs::read_dir(archive).expect("an archive") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name");
        std::fs::copy(&path, data.join(name)).expect("copied");
    }
}
