//! Starts that a person must decide on, and starts beside another process.

use greffier::vault::{Beginning, Cause, Options, StartError, holder};

use super::troubles;
use crate::ledgers::{Office, contents, kill, write_note};

#[test]
fn an_empty_data_folder_beside_archives_is_not_begun_without_being_asked() {
    let office = Office::new();
    let (vault, _) = office.start();
    write_note(vault.store(), 1, "archived");
    let archived = contents(vault.store());
    vault.archive(Cause::Requested, None).expect("archiving");
    kill(vault);
    std::fs::remove_dir_all(&office.layout.data).expect("losing");
    let error = office.refused();
    let StartError::NothingButArchives { command, .. } = &error else {
        panic!("{error}");
    };
    let begin = Options {
        beginning: Beginning::New,
        ..Options::default()
    };
    let (vault, report) = office.try_start(begin).expect("asked for");
    assert!(report.is_new);
    assert_eq!(contents(vault.store()), "");
    kill(vault);
    std::fs::remove_dir_all(&office.layout.data).expect("losing");
    std::fs::create_dir(&office.layout.data).expect("a new disk");
    let done = std::process::Command::new("sh")
        .arg("-c")
        .arg(command)
        .status();
    assert!(done.expect("a shell").success(), "{command}");
    let (vault, _) = office.start();
    assert_eq!(contents(vault.store()), archived, "the command restores");
}

#[test]
fn a_second_process_is_refused_with_the_first_ones_pid() {
    let office = Office::new();
    let (vault, _) = office.start();
    let pid = std::process::id();
    assert!(
        matches!(office.refused(), StartError::Locked { pid: Some(found), .. } if found == pid)
    );
    assert_eq!(holder(&office.layout).expect("looking"), Some(Some(pid)));
    kill(vault);
    assert_eq!(holder(&office.layout).expect("looking"), None);
    office.start();
}

#[test]
fn check_names_what_a_start_would_meet_and_changes_nothing() {
    let office = Office::new();
    assert_eq!(troubles(&office), Vec::<String>::new());
    assert!(!office.layout.data.exists(), "it only looks");
    let (vault, _) = office.start();
    write_note(vault.store(), 1, "a");
    let archive = vault.archive(Cause::Requested, None).expect("archiving");
    vault.save(Cause::Requested).expect("saving");
    kill(vault);
    assert_eq!(troubles(&office), Vec::<String>::new());
    std::fs::write(
        office.layout.backups.join(&archive.name).join("notes.json"),
        "rot",
    )
    .expect("damaging");
    std::fs::write(office.data("notes.json"), "rot").expect("damaging");
    std::fs::write(
        office.data("greffier.db"),
        "rot, and enough of it to be more than a header: it is no database at all",
    )
    .expect("damaging");
    let troubles = troubles(&office).join("\n");
    for expected in [
        "vault-check-archive-damaged",
        "vault-check-save-differs",
        "vault-check-damaged",
    ] {
        assert!(troubles.contains(expected), "{expected} in {troubles}");
    }
    assert_eq!(
        std::fs::read(office.data("notes.json")).expect("left alone"),
        b"rot"
    );
}

#[test]
fn a_first_start_that_was_interrupted_is_begun_again() {
    let office = Office::new();
    std::fs::create_dir_all(&office.layout.data).expect("a folder");
    let begun = rusqlite::Connection::open(office.data("greffier.db")).expect("a database");
    begun
        .execute_batch("PRAGMA journal_mode = WAL")
        .expect("beginning");
    drop(begun);
    assert_eq!(troubles(&office), Vec::<String>::new());
    let (vault, report) = office.start();
    assert!(report.is_new);
    write_note(vault.store(), 1, "a");
}
