//! A database that is gone, damaged or too old, and what the files bring back.

use std::fs::OpenOptions;
use std::io::Write;

use greffier::vault::{Cause, Loss, Options, StartError, Switch};

use super::{lose_database, names};
use crate::ledgers::{NoteChange, Notes, Office, contents, count, kill, record, write_note};

fn damage(office: &Office) {
    let path = office.data("greffier.db");
    let mut bytes = std::fs::read(&path).expect("a database");
    let half = bytes.len() / 2;
    bytes[..half].fill(0xA5);
    std::fs::write(&path, bytes).expect("damaging");
}

/// The newest segment of the mirror.
fn segment(office: &Office) -> std::path::PathBuf {
    let names = names(&office.layout.journal());
    office
        .layout
        .journal()
        .join(names.last().expect("a segment"))
}

#[test]
fn a_damaged_database_is_set_aside_and_made_anew() {
    for harm in ["flipped", "cut", "emptied"] {
        let office = Office::new();
        let (vault, _) = office.start();
        write_note(vault.store(), 1, "saved");
        vault.save(Cause::Requested).expect("saving");
        count(vault.store(), 2);
        let before = contents(vault.store());
        kill(vault);
        let path = office.data("greffier.db");
        match harm {
            "flipped" => damage(&office),
            "cut" => OpenOptions::new()
                .write(true)
                .open(&path)
                .and_then(|file| file.set_len(5000))
                .expect("cutting"),
            _ => std::fs::write(&path, "").expect("emptying"),
        }
        let harmed = std::fs::read(&path).expect("harmed");
        let (vault, report) = office.start();
        let recovery = report
            .recovery
            .unwrap_or_else(|| panic!("{harm}: no recovery"));
        assert!(
            matches!(recovery.loss, Loss::Damaged(_)),
            "{harm}: {:?}",
            recovery.loss
        );
        assert_eq!(recovery.gaps, [], "{harm}");
        assert_eq!(contents(vault.store()), before, "{harm}");
        let aside = recovery.set_aside.expect("kept").join("greffier.db");
        assert_eq!(std::fs::read(aside).expect("kept"), harmed, "{harm}");
    }
}

#[test]
fn the_journal_alone_is_enough_before_the_first_save_has_a_row() {
    let office = Office::new();
    let (vault, _) = office.start();
    write_note(vault.store(), 1, "never saved");
    let before = contents(vault.store());
    kill(vault);
    lose_database(&office);
    for name in ["save.json", "notes.json", "persistent_data.json"] {
        std::fs::remove_file(office.data(name)).expect("removing");
    }
    let (vault, report) = office.start();
    assert_eq!(report.recovery.expect("recovered").source, "journal");
    assert_eq!(contents(vault.store()), before);
}

#[test]
fn a_damaged_save_is_passed_over_for_the_generation_before_and_then_for_an_archive() {
    let office = Office::new();
    let (vault, _) = office.start();
    write_note(vault.store(), 1, "a");
    vault.archive(Cause::Requested, None).expect("archiving");
    write_note(vault.store(), 2, "b");
    vault.save(Cause::Requested).expect("saving");
    write_note(vault.store(), 3, "c");
    vault.save(Cause::Requested).expect("saving");
    let before = contents(vault.store());
    kill(vault);
    lose_database(&office);
    std::fs::write(office.data("notes.json"), "rot").expect("damaging");
    let (vault, report) = office.start();
    let recovery = report.recovery.expect("recovered");
    assert_eq!(recovery.source, "data/previous");
    assert_eq!(recovery.passed_over, ["data: notes.json"]);
    assert_eq!(contents(vault.store()), before);
}

#[test]
fn a_save_that_turns_out_changed_while_it_is_loaded_leaves_nothing_behind() {
    let office = Office::new();
    let (vault, _) = office.start();
    write_note(vault.store(), 1, "true");
    vault.save(Cause::Requested).expect("saving");
    count(vault.store(), 1);
    vault.save(Cause::Requested).expect("saving");
    let before = contents(vault.store());
    kill(vault);
    lose_database(&office);
    // Readable to its last byte, and not what was saved.
    let saved = std::fs::read_to_string(office.data("notes.json")).expect("a save");
    std::fs::write(office.data("notes.json"), saved.replace("true", "lies")).expect("changing");
    let (vault, report) = office.start();
    let recovery = report.recovery.expect("recovered");
    assert_eq!(recovery.passed_over, ["data: notes.json"]);
    assert_eq!(contents(vault.store()), before);
}

#[test]
fn with_both_saves_damaged_the_newest_archive_serves_and_the_gap_is_named() {
    let office = Office::new();
    let (vault, _) = office.start();
    write_note(vault.store(), 1, "a");
    let archive = vault.archive(Cause::Requested, None).expect("archiving");
    let archived = contents(vault.store());
    for number in 2..5 {
        write_note(vault.store(), number, "b");
        vault.save(Cause::Requested).expect("saving");
    }
    kill(vault);
    lose_database(&office);
    for folder in [office.layout.data.clone(), office.layout.previous()] {
        std::fs::write(folder.join("notes.json"), "rot").expect("damaging");
    }
    std::fs::remove_dir_all(office.layout.journal()).expect("losing");
    let (vault, report) = office.start();
    let recovery = report.recovery.expect("recovered");
    assert_eq!(recovery.source, archive.name);
    assert_eq!(recovery.gaps, [(2, 4)]);
    assert_eq!(contents(vault.store()), archived);
    let next = write_note(vault.store(), 9, "next");
    assert!(
        next > 4,
        "a lost change's position is not given again: {next}"
    );
}

#[test]
fn a_torn_last_line_is_the_end_and_no_gap() {
    let office = Office::new();
    let (vault, _) = office.start();
    write_note(vault.store(), 1, "whole");
    let before = contents(vault.store());
    kill(vault);
    let mut file = OpenOptions::new()
        .append(true)
        .open(segment(&office))
        .expect("a segment");
    file.write_all(b"{\"sum\":\"0123456789abcdef\",\"row\":{\"seq\":2,\"at\":17")
        .expect("tearing");
    lose_database(&office);
    let (vault, report) = office.start();
    assert_eq!(report.recovery.expect("recovered").gaps, []);
    assert_eq!(contents(vault.store()), before);
}

#[test]
fn a_damaged_line_in_the_middle_is_a_gap_and_what_follows_is_kept_as_far_as_it_can_be() {
    let office = Office::new();
    let (vault, _) = office.start();
    write_note(vault.store(), 1, "one");
    write_note(vault.store(), 2, "two");
    write_note(vault.store(), 3, "three");
    record::<Notes>(vault.store(), NoteChange::Torn { number: 2 });
    kill(vault);
    lose_database(&office);
    let path = segment(&office);
    let text = std::fs::read_to_string(&path).expect("a segment");
    std::fs::write(&path, text.replace("\"two\"", "\"tvo\"")).expect("damaging");
    let (vault, report) = office.start();
    let recovery = report.recovery.expect("recovered");
    assert_eq!(recovery.gaps, [(2, 2)]);
    assert_eq!(recovery.refused, [4], "there is no note 2 to tear");
    let contents = contents(vault.store());
    assert!(
        contents.contains("one") && contents.contains("three"),
        "{contents}"
    );
    assert!(
        !contents.contains("two") && !contents.contains("tvo"),
        "{contents}"
    );
    // The journal says so for ever.
    let rows = vault.store().read_blocking(|reader| {
        let mut rows = Vec::new();
        reader.journal(Default::default(), |row| {
            rows.push(row.change.get().to_owned());
            Ok(())
        })?;
        Ok(rows)
    });
    let rows = rows.expect("reading");
    assert!(
        rows.last().expect("a row").contains("\"gaps\":[[2,2]]"),
        "{rows:?}"
    );
}

#[test]
fn an_older_copy_of_the_database_put_in_its_place_is_found_out() {
    let office = Office::new();
    let (vault, _) = office.start();
    write_note(vault.store(), 1, "old");
    kill(vault);
    let old = std::fs::read(office.data("greffier.db")).expect("a database");
    let (vault, _) = office.start();
    write_note(vault.store(), 2, "new");
    let before = contents(vault.store());
    kill(vault);
    std::fs::write(office.data("greffier.db"), old).expect("putting it back");
    let (vault, report) = office.start();
    let recovery = report.recovery.expect("recovered");
    assert_eq!(recovery.loss, Loss::Outdated { found: 1, known: 2 });
    assert_eq!(contents(vault.store()), before);
}

#[test]
fn without_the_journals_copy_a_lost_database_loses_what_came_after_the_save() {
    // The negative control: the mirror is what saves these changes.
    let office = Office::new();
    let off = Options {
        mirror: Switch::Off,
        ..Options::default()
    };
    let (vault, _) = office.try_start(off).expect("starting");
    write_note(vault.store(), 1, "saved");
    vault.save(Cause::Requested).expect("saving");
    let saved = contents(vault.store());
    write_note(vault.store(), 2, "lost");
    kill(vault);
    lose_database(&office);
    let (vault, _) = office.start();
    assert_eq!(contents(vault.store()), saved);
}

#[test]
fn what_the_mirror_could_not_write_it_catches_up() {
    let office = Office::new();
    let (vault, _) = office.start();
    write_note(vault.store(), 1, "written");
    // The segment's file is gone, as on a disk that was unmounted: writes go nowhere.
    std::fs::remove_dir_all(office.layout.journal()).expect("losing");
    write_note(vault.store(), 2, "into nowhere");
    std::fs::create_dir(office.layout.journal()).expect("mounting");
    let report = vault.sync_mirror();
    assert_eq!(report.trouble, None);
    write_note(vault.store(), 3, "written again");
    vault.sync_mirror();
    let before = contents(vault.store());
    kill(vault);
    lose_database(&office);
    let (vault, report) = office.start();
    let recovery = report.recovery.expect("recovered");
    assert_eq!(recovery.gaps, []);
    assert_eq!(contents(vault.store()), before);
}

#[test]
fn nothing_whole_to_recover_from_is_refused_and_touches_nothing() {
    let office = Office::new();
    let (vault, _) = office.start();
    write_note(vault.store(), 1, "a");
    vault.save(Cause::Requested).expect("saving");
    write_note(vault.store(), 2, "a");
    vault.save(Cause::Requested).expect("saving");
    kill(vault);
    damage(&office);
    for folder in [office.layout.data.clone(), office.layout.previous()] {
        std::fs::write(folder.join("notes.json"), "rot").expect("damaging");
    }
    std::fs::remove_dir_all(office.layout.journal()).expect("losing");
    let before = names(&office.layout.data);
    assert!(matches!(office.refused(), StartError::NothingWhole { .. }));
    assert_eq!(names(&office.layout.data), before);
}

#[test]
fn damage_found_by_the_nightly_check_is_recovered_from_at_the_next_start() {
    let office = Office::new();
    let (vault, _) = office.start();
    for number in 0..400 {
        write_note(
            vault.store(),
            number,
            "a page full of words, again and again and again",
        );
    }
    let before = contents(vault.store());
    kill(vault);
    // Somewhere in the middle, where a start does not look.
    let path = office.data("greffier.db");
    let mut bytes = std::fs::read(&path).expect("a database");
    let pages = bytes.len() / 4096;
    let middle = pages / 2;
    bytes[middle * 4096..middle * 4096 + 64].fill(0);
    std::fs::write(&path, bytes).expect("damaging");
    let (vault, report) = office.start();
    assert_eq!(report.recovery, None, "a start does not read every page");
    vault.check_database().expect_err("the nightly check does");
    kill(vault);
    let (vault, report) = office.start();
    assert!(matches!(
        report.recovery.expect("recovered").loss,
        Loss::Damaged(_)
    ));
    assert_eq!(contents(vault.store()), before);
}

#[test]
fn a_log_that_was_left_beside_a_lost_database_does_not_come_back_into_the_new_one() {
    let office = Office::new();
    let (vault, _) = office.start();
    write_note(vault.store(), 1, "in the log");
    let log = std::fs::read(office.data("greffier.db-wal")).expect("a log");
    vault.save(Cause::Requested).expect("saving");
    record::<Notes>(vault.store(), NoteChange::Torn { number: 1 });
    write_note(vault.store(), 2, "the truth");
    let before = contents(vault.store());
    kill(vault);
    lose_database(&office);
    std::fs::write(office.data("greffier.db-wal"), &log).expect("leaving it");
    let (vault, report) = office.start();
    let aside = report
        .recovery
        .expect("recovered")
        .set_aside
        .expect("the log was set aside");
    assert_eq!(
        std::fs::read(aside.join("greffier.db-wal")).expect("kept"),
        log
    );
    assert_eq!(contents(vault.store()), before);
}

#[test]
fn a_log_that_was_lost_beside_its_database_is_found_out() {
    let office = Office::new();
    let (vault, _) = office.start();
    write_note(vault.store(), 1, "folded in");
    kill(vault);
    let (vault, _) = office.start();
    write_note(vault.store(), 2, "only in the log");
    let before = contents(vault.store());
    let database = std::fs::read(office.data("greffier.db")).expect("a database");
    kill(vault);
    // As if the process had been killed, and somebody had removed the log "to tidy up".
    std::fs::write(office.data("greffier.db"), database).expect("putting it back");
    let (vault, report) = office.start();
    assert_eq!(
        report.recovery.expect("recovered").loss,
        Loss::Outdated { found: 1, known: 2 }
    );
    assert_eq!(contents(vault.store()), before);
}
