//! What an hourly save writes, and what it never overwrites in silence.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use greffier::vault::{Cause, Vault};

use super::{names, troubles};
use crate::ledgers::{Office, count, kill, write_note};

fn read(office: &Office, name: &str) -> String {
    std::fs::read_to_string(office.data(name)).expect("a file")
}

#[test]
fn saved_files_are_json_with_one_row_a_line_and_ids_as_strings() {
    let office = Office::new();
    let (vault, _) = office.start();
    write_note(
        vault.store(),
        1,
        "« Bonjour » \\ \"quoted\"\nand a second line",
    );
    count(vault.store(), 3);
    vault.save(Cause::Requested).expect("saving");
    let notes = read(&office, "notes.json");
    let parsed: serde_json::Value = serde_json::from_str(&notes).expect("JSON");
    let slip = &parsed["registers"]["notes"]["tables"]["slips"][0];
    assert_eq!(slip["guild"], "7000000000000000001");
    assert_eq!(slip["text"], "« Bonjour » \\ \"quoted\"\nand a second line");
    insta::assert_snapshot!(read(&office, "persistent_data.json"), @r#"
    {"format":1,"registers":{
    "tallies":{"schema":1,"tables":{
    "tallies":[
    {"guild":"7000000000000000001","member":"1","total":3}
    ]
    }}
    }}
    "#);
}

#[test]
fn nothing_is_written_when_nothing_changed_and_only_the_file_whose_register_changed() {
    let office = Office::new();
    let (vault, _) = office.start();
    write_note(vault.store(), 1, "a");
    assert_eq!(
        vault.save(Cause::Requested).expect("saving").files_written,
        1
    );
    let manifest = read(&office, "save.json");
    let report = vault.save(Cause::Requested).expect("saving");
    assert_eq!((report.files_written, report.bytes), (0, 0));
    assert_eq!(read(&office, "save.json"), manifest);
    let before = std::fs::metadata(office.data("notes.json"))
        .expect("there")
        .modified()
        .ok();
    count(vault.store(), 1);
    let report = vault.save(Cause::Requested).expect("saving");
    assert_eq!(
        (report.files_written, report.registers, report.rows),
        (1, 2, 1)
    );
    let after = std::fs::metadata(office.data("notes.json"))
        .expect("there")
        .modified()
        .ok();
    assert_eq!(before, after);
}

#[test]
fn equal_tables_make_equal_files() {
    let office = Office::new();
    let (vault, _) = office.start();
    write_note(vault.store(), 1, "a");
    let first = vault.archive(Cause::Requested, None).expect("archiving");
    office.later(1);
    let second = vault.archive(Cause::Requested, None).expect("archiving");
    assert_eq!(first.metadata.files, second.metadata.files);
    assert_ne!(first.name, second.name);
}

#[test]
fn everything_is_readable_by_its_owner_alone() {
    let office = Office::new();
    let (vault, _) = office.start();
    count(vault.store(), 1);
    vault.save(Cause::Requested).expect("saving");
    vault.archive(Cause::Requested, None).expect("archiving");
    let mut folders = vec![office.layout.data.clone(), office.layout.backups.clone()];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        let mode = std::fs::metadata(&folder)
            .expect("a folder")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o700, "{}", folder.display());
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            files += 1;
            let mode = std::fs::metadata(&path)
                .expect("a file")
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600, "{}", path.display());
        }
    }
    assert!(files > 10, "only {files} files were looked at");
}

/// The set-aside files that the status names as edited.
fn named(vault: &Vault) -> Vec<PathBuf> {
    let set_aside = vault.status().expect("a status").set_aside;
    assert!(set_aside.iter().all(|aside| aside.archive.is_none()));
    set_aside.into_iter().map(|aside| aside.path).collect()
}

#[test]
fn a_file_edited_by_hand_is_set_aside_by_the_next_save_and_named() {
    let office = Office::new();
    let (vault, _) = office.start();
    write_note(vault.store(), 1, "true");
    vault.save(Cause::Requested).expect("saving");
    let edited = read(&office, "notes.json").replace("true", "edited");
    std::fs::write(office.data("notes.json"), &edited).expect("editing");
    count(vault.store(), 1);
    let report = vault.save(Cause::Requested).expect("saving");
    assert_eq!(report.set_aside.len(), 1);
    assert_eq!(
        std::fs::read_to_string(&report.set_aside[0]).expect("kept"),
        edited
    );
    assert!(read(&office, "notes.json").contains("true"));
    assert_eq!(named(&vault), report.set_aside);
}

#[test]
fn a_file_edited_while_the_bot_was_down_is_set_aside_at_start_and_not_loaded() {
    let office = Office::new();
    let (vault, _) = office.start();
    write_note(vault.store(), 1, "true");
    vault.save(Cause::Requested).expect("saving");
    kill(vault);
    std::fs::write(office.data("notes.json"), "{}").expect("editing");
    let (vault, report) = office.start();
    assert_eq!(report.set_aside.len(), 1);
    assert!(crate::ledgers::contents(vault.store()).contains("true"));
    assert!(
        office.data("notes.json").exists(),
        "it is written anew at once"
    );
    assert_eq!(named(&vault), report.set_aside);
    kill(vault);
    let (_, report) = office.start();
    assert_eq!(report.set_aside.len(), 0, "once");
}

#[test]
fn a_running_bot_leaves_a_restore_that_waits_alone() {
    let office = Office::new();
    let (vault, _) = office.start();
    write_note(vault.store(), 1, "archived");
    let archive = vault.archive(Cause::Requested, None).expect("archiving");
    write_note(vault.store(), 2, "later");
    vault.save(Cause::Requested).expect("saving");
    office.copy_archive(&archive.name);
    let waiting = read(&office, "notes.json");
    count(vault.store(), 1);
    let report = vault.save(Cause::Requested).expect("saving");
    assert!(report.postponed && report.files_written == 0);
    assert!(vault.status().expect("status").restore_waiting);
    assert_eq!(read(&office, "notes.json"), waiting);
    crate::ledgers::stop(vault);
    assert_eq!(read(&office, "notes.json"), waiting, "not even at the end");
    let (_, report) = office.start();
    assert!(report.restored.is_some());
}

#[test]
fn the_generation_before_is_kept_whole() {
    let office = Office::new();
    let (vault, _) = office.start();
    for number in 0..5 {
        write_note(vault.store(), number, "one more");
        if number % 2 == 0 {
            count(vault.store(), 1);
        }
        vault.save(Cause::Requested).expect("saving");
    }
    let kept = names(&office.layout.previous());
    assert_eq!(kept, ["notes.json", "persistent_data.json", "save.json"]);
    assert_eq!(troubles(&office), Vec::<String>::new());
}

/// Moves a file's time back to what it was: only its content tells that it is another.
fn rot(path: &std::path::Path, from: &str, to: &str) {
    let before = std::fs::metadata(path).expect("a file").modified();
    let text = std::fs::read_to_string(path).expect("a file");
    assert!(text.contains(from) && from.len() == to.len(), "{text}");
    std::fs::write(path, text.replace(from, to)).expect("written");
    let file = std::fs::File::options().write(true).open(path);
    file.expect("a file")
        .set_modified(before.expect("a time"))
        .expect("dated");
}

fn archived(office: &Office, vault: &Vault, name: &str) -> String {
    let archive = vault.archive(Cause::Requested, None).expect("archiving");
    std::fs::read_to_string(office.layout.backups.join(archive.name).join(name)).expect("a file")
}

#[test]
fn what_decayed_in_the_data_folder_does_not_get_into_an_archive() {
    let office = Office::new();
    let (vault, _) = office.start();
    write_note(vault.store(), 1, "kept well");
    vault.save(Cause::Requested).expect("saving");
    let saved = read(&office, "notes.json");
    assert_eq!(archived(&office, &vault, "notes.json"), saved);
    rot(&office.data("notes.json"), "kept well", "kept wild");
    assert_eq!(archived(&office, &vault, "notes.json"), saved);
    vault
        .stop(std::time::Duration::from_secs(5))
        .expect("stopping");
}

#[test]
fn an_archive_holds_what_came_after_the_last_save() {
    let office = Office::new();
    let (vault, _) = office.start();
    write_note(vault.store(), 1, "early");
    vault.save(Cause::Requested).expect("saving");
    write_note(vault.store(), 2, "late");
    let notes = archived(&office, &vault, "notes.json");
    assert!(notes.contains("early") && notes.contains("late"), "{notes}");
    vault
        .stop(std::time::Duration::from_secs(5))
        .expect("stopping");
}
