//! `cp backups/X/* data/` and a start, done right and done wrong.

use greffier::vault::{Cause, StartError};

use super::{lose_database, names, troubles};
use crate::ledgers::{Office, contents, count, kill, stop, write_note};

/// An office whose archive holds one note, and whose present state has another.
fn with_archive(office: &Office) -> (String, String, String) {
    let (vault, _) = office.start();
    write_note(vault.store(), 1, "archived");
    let archived = contents(vault.store());
    let archive = vault.archive(Cause::Requested, None).expect("archiving");
    write_note(vault.store(), 2, "later");
    let present = contents(vault.store());
    stop(vault);
    office.later(1);
    (archive.name, archived, present)
}

#[test]
fn a_partial_copy_is_refused_and_nothing_is_touched() {
    let office = Office::new();
    let (archive, _, present) = with_archive(&office);
    office.copy_archive(&archive);
    std::fs::write(office.data("notes.json"), "{\"format\":1").expect("cutting");
    std::fs::remove_file(office.data("persistent_data.json")).expect("removing");
    let before = names(&office.layout.data);
    let error = office.refused();
    let StartError::PartialCopy { files, .. } = &error else {
        panic!("{error}");
    };
    assert_eq!(files, &["persistent_data.json", "notes.json"]);
    assert_eq!(names(&office.layout.data), before);
    assert_eq!(
        names(&office.layout.backups),
        std::slice::from_ref(&archive)
    );
    // The operator gives it up.
    std::fs::remove_file(office.data("metadata.json")).expect("removing");
    let (vault, _) = office.start();
    assert_eq!(contents(vault.store()), present);
}

#[test]
fn files_copied_without_the_metadata_are_named_with_the_archive_they_are_of() {
    let office = Office::new();
    let (archive, archived, present) = with_archive(&office);
    let file = office.layout.backups.join(&archive).join("notes.json");
    std::fs::copy(&file, office.data("notes.json")).expect("copying");
    let (vault, report) = office.start();
    assert_eq!((&report.restored, report.set_aside.len()), (&None, 1));
    assert_eq!(contents(vault.store()), present);
    let named = vault.status().expect("a status").set_aside;
    assert_eq!(named.len(), 1);
    assert_eq!(named[0].path, report.set_aside[0]);
    assert_eq!(named[0].archive.as_ref(), Some(&archive));
    kill(vault);
    let troubles = troubles(&office).join("\n");
    assert!(
        troubles.contains("vault-check-copied") && troubles.contains(&archive),
        "{troubles}"
    );
    // What they say to do restores.
    office.copy_archive(&archive);
    let (vault, report) = office.start();
    assert!(report.restored.is_some());
    assert_eq!(contents(vault.store()), archived);
}

#[test]
fn an_archive_that_was_changed_is_refused() {
    let office = Office::new();
    let (archive, ..) = with_archive(&office);
    office.copy_archive(&archive);
    let metadata = std::fs::read_to_string(office.data("metadata.json")).expect("there");
    let edited = metadata.replace("\"bot_version\"", "\"bot_Version\"");
    std::fs::write(office.data("metadata.json"), edited).expect("editing");
    assert!(matches!(office.refused(), StartError::BrokenMarker { .. }));
}

#[test]
fn a_restore_copied_into_the_folder_above_is_named_with_the_command_that_moves_it() {
    let office = Office::new();
    let (archive, archived, _) = with_archive(&office);
    for entry in std::fs::read_dir(office.layout.backups.join(&archive)).expect("an archive") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name");
        std::fs::copy(&path, office.above().join(name)).expect("copying");
    }
    let error = office.refused();
    let StartError::Misplaced { command, .. } = &error else {
        panic!("{error}");
    };
    let done = std::process::Command::new("sh")
        .arg("-c")
        .arg(command)
        .status();
    assert!(done.expect("a shell").success(), "{command}");
    let (vault, report) = office.start();
    assert!(report.restored.is_some());
    assert_eq!(contents(vault.store()), archived);
}

#[test]
fn somebody_elses_metadata_above_the_data_folder_is_none_of_ours() {
    let office = Office::new();
    std::fs::write(
        office.above().join("metadata.json"),
        "{\"name\": \"a web site\"}",
    )
    .expect("writing");
    office.start();
}

#[test]
fn the_same_archive_can_be_restored_again_later() {
    let office = Office::new();
    let (archive, archived, _) = with_archive(&office);
    for round in 0..2 {
        office.copy_archive(&archive);
        let (vault, report) = office.start();
        assert!(report.restored.is_some(), "round {round}");
        assert_eq!(contents(vault.store()), archived, "round {round}");
        count(vault.store(), 1);
        stop(vault);
        office.later(1);
    }
}

#[test]
fn a_new_host_begins_with_a_copied_archive() {
    let office = Office::new();
    let (archive, archived, _) = with_archive(&office);
    std::fs::remove_dir_all(&office.layout.data).expect("losing");
    std::fs::create_dir(&office.layout.data).expect("a new disk");
    office.copy_archive(&archive);
    let (vault, report) = office.start();
    assert_eq!(report.restored.expect("restored").safety, None);
    assert_eq!(contents(vault.store()), archived);
    let second = vault.archive(Cause::Requested, None).expect("archiving");
    assert_eq!(
        vault.archives().expect("listing")[0].name,
        second.name,
        "it is the newest"
    );
}

#[test]
fn a_damaged_database_does_not_stand_in_the_way_of_a_restore() {
    let office = Office::new();
    let (archive, archived, _) = with_archive(&office);
    office.copy_archive(&archive);
    std::fs::write(office.data("greffier.db"), vec![7; 8192]).expect("damaging");
    let (vault, report) = office.start();
    assert!(report.restored.is_some());
    assert_eq!(contents(vault.store()), archived);
    assert_eq!(vault.status().expect("status").damaged.len(), 1);
}

#[test]
fn after_a_restore_neither_the_old_journal_nor_the_old_save_comes_back() {
    let office = Office::new();
    let (archive, archived, _) = with_archive(&office);
    office.copy_archive(&archive);
    let (vault, _) = office.start();
    count(vault.store(), 7);
    let present = contents(vault.store());
    kill(vault);
    lose_database(&office);
    let (vault, report) = office.start();
    let recovery = report.recovery.expect("recovered");
    assert_eq!(recovery.gaps, []);
    assert_ne!(archived, present);
    assert_eq!(contents(vault.store()), present);
}

#[test]
fn an_old_message_delivered_again_after_a_restore_does_nothing_twice() {
    let office = Office::new();
    let (archive, ..) = with_archive(&office);
    let (vault, _) = office.start();
    let order = greffier::store::Order {
        origin: Some("message:42".to_owned()),
        ..crate::ledgers::order()
    };
    let rule = |tx: &mut greffier::store::Tx<'_>| {
        let change = crate::ledgers::TallyChange::Counted {
            member: greffier::model::UserId(1),
            by: 1,
        };
        Ok(tx.record::<crate::ledgers::Tallies>(&change)?)
    };
    vault
        .store()
        .write_blocking(order.clone(), rule)
        .expect("kept");
    stop(vault);
    office.copy_archive(&archive);
    let (vault, _) = office.start();
    let again = vault.store().write_blocking(order, rule);
    assert!(
        matches!(again, Err(greffier::model::Rejection::AlreadyDone)),
        "{again:?}"
    );
}

#[test]
fn an_archive_of_a_register_that_this_program_lacks_is_refused() {
    use greffier::store::Registers;
    use greffier::vault::{Options, Vault};
    let office = Office::new();
    let (archive, ..) = with_archive(&office);
    office.copy_archive(&archive);
    let fewer = Registers::default().with::<crate::ledgers::Notes>();
    let started = Vault::start(
        office.layout.clone(),
        fewer,
        office.clock.clone(),
        Options::default(),
    );
    let error = started.err().expect("refused");
    assert!(matches!(error, StartError::TooNew { .. }), "{error}");
}

/// Tells the child which folder to start on.
const FOLDER: &str = "GREFFIER_TEST_UNREADABLE";

#[test]
fn a_file_copied_as_somebody_else_is_named_with_the_command_that_mends_it() {
    use std::os::unix::fs::{PermissionsExt, chown};
    use std::os::unix::process::CommandExt;

    if let Ok(folder) = std::env::var(FOLDER) {
        return starts_beside_an_unreadable_file(std::path::Path::new(&folder));
    }
    let office = Office::new();
    let (archive, ..) = with_archive(&office);
    office.copy_archive(&archive);
    let nobody = 65_534;
    let is_root = rustix::process::geteuid().is_root();
    let mut mode = std::fs::metadata(office.data("notes.json"))
        .expect("there")
        .permissions();
    mode.set_mode(0o000);
    std::fs::set_permissions(office.data("notes.json"), mode).expect("forbidding");
    let name =
        "vault::restore::a_file_copied_as_somebody_else_is_named_with_the_command_that_mends_it";
    let mut child = std::process::Command::new(std::env::current_exe().expect("this program"));
    child
        .args(["--exact", "--nocapture", name])
        .env(FOLDER, office.above());
    if is_root {
        // Root may read everything: the child is somebody who may not.
        let mut folders = vec![office.above()];
        while let Some(folder) = folders.pop() {
            chown(&folder, Some(nobody), Some(nobody)).expect("giving away");
            for entry in std::fs::read_dir(&folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    chown(&path, Some(nobody), Some(nobody)).expect("giving away");
                }
            }
        }
        chown(office.data("notes.json"), Some(0), Some(0)).expect("taking back");
        child.uid(nobody).gid(nobody);
    }
    let Ok(output) = child.output() else {
        // The tests' program lies where that somebody may not go.
        eprintln!("no child as somebody else here");
        return;
    };
    let words = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && words.contains("1 passed"),
        "{words}"
    );
}

fn starts_beside_an_unreadable_file(folder: &std::path::Path) {
    use crate::ledgers::registers;
    use greffier::model::Clock;
    use greffier::vault::{Layout, Options, Vault};

    let layout = Layout::new(folder.join("data"), folder.join("backups"));
    let before = names(&layout.data);
    let started = Vault::start(
        layout.clone(),
        registers(),
        Clock::system(),
        Options::default(),
    );
    let error = started.err().expect("refused");
    let StartError::Unreadable { path, command } = &error else {
        panic!("{error}");
    };
    assert!(path.ends_with("notes.json"), "{error}");
    assert!(
        command.contains("chown") && command.contains("notes.json"),
        "{command}"
    );
    assert_eq!(names(&layout.data), before);
}
