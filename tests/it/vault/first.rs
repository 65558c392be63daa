//! The way through: keep, save, archive, lose, come back.

use greffier::vault::{Cause, Census};

use crate::ledgers::{Office, contents, count, kill, stop, write_note};

#[test]
fn what_was_kept_is_there_after_a_stop() {
    let office = Office::new();
    let (vault, report) = office.start();
    assert!(report.is_new);
    write_note(vault.store(), 1, "Olive opened the register");
    let before = contents(vault.store());
    stop(vault);
    let (vault, report) = office.start();
    assert!(!report.is_new && report.recovery.is_none(), "{report:?}");
    assert_eq!(contents(vault.store()), before);
}

#[test]
fn an_archive_copied_into_the_data_folder_is_restored_and_the_present_state_archived_first() {
    let office = Office::new();
    let (vault, _) = office.start();
    write_note(vault.store(), 1, "kept");
    let archived = contents(vault.store());
    let census = Census {
        guilds: 1,
        users: 5,
    };
    let archive = vault
        .archive(Cause::Requested, Some(census))
        .expect("archiving");
    count(vault.store(), 3);
    let replaced = contents(vault.store());
    let seq = *vault.store().committed().borrow();
    stop(vault);
    office.later(1);
    office.copy_archive(&archive.name);
    let (vault, report) = office.start();
    let restored = report.restored.expect("restored");
    assert_eq!(contents(vault.store()), archived);
    assert!(restored.seq > seq, "the journal goes on");
    let safety = restored.safety.expect("an archive of the state before");
    assert!(!office.data("metadata.json").exists());
    stop(vault);
    office.later(1);
    office.copy_archive(&safety);
    let (vault, _) = office.start();
    assert_eq!(contents(vault.store()), replaced, "and the way back");
}

#[test]
fn a_lost_database_comes_back_from_the_save_and_the_journal() {
    let office = Office::new();
    let (vault, _) = office.start();
    write_note(vault.store(), 1, "before the save");
    vault.save(Cause::Requested).expect("saving");
    write_note(vault.store(), 2, "after it");
    let before = contents(vault.store());
    kill(vault);
    for name in ["greffier.db", "greffier.db-wal", "greffier.db-shm"] {
        let _ = std::fs::remove_file(office.data(name));
    }
    let (vault, report) = office.start();
    let recovery = report.recovery.expect("recovered");
    assert_eq!((recovery.source.as_str(), recovery.replayed), ("data", 1));
    assert_eq!(recovery.gaps, []);
    assert_eq!(contents(vault.store()), before);
}
