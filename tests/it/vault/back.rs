//! `greffier restore` and `greffier diff`: back to an archive or to a moment, and what that would change.

use greffier::model::Text;
use greffier::vault::{Cause, Options, StartError, StartReport, Steps, Vault, Wanted};

use super::{lose_database as lose, names};
use crate::ledgers::{Office, contents, count, kill, stop, write_note};

fn wanting(wanted: &Wanted) -> Options {
    Options {
        restore: Some(wanted.clone()),
        ..Options::default()
    }
}

fn archive(name: &str) -> Wanted {
    Wanted::Archive(name.to_owned())
}

#[track_caller]
fn restore(office: &Office, wanted: &Wanted) -> (Vault, StartReport) {
    match office.try_start(wanting(wanted)) {
        Ok(started) => started,
        Err(error) => panic!("it was not restored: {error:#}"),
    }
}

#[track_caller]
fn refused(office: &Office, wanted: &Wanted) -> StartError {
    match office.try_start(wanting(wanted)) {
        Ok((_, report)) => panic!("it was restored: {report:?}"),
        Err(error) => error,
    }
}

fn told(changes: &[Text]) -> Vec<String> {
    changes.iter().map(|change| format!("{change:?}")).collect()
}

/// An archive of one note and a tally of 3; then another note and a tally of 8.
fn with_history(office: &Office) -> (String, String, String) {
    let (vault, _) = office.start();
    write_note(vault.store(), 1, "archived");
    count(vault.store(), 3);
    let archived = contents(vault.store());
    let made = vault.archive(Cause::Requested, None).expect("archiving");
    write_note(vault.store(), 2, "later");
    count(vault.store(), 5);
    let present = contents(vault.store());
    stop(vault);
    office.later(1);
    (made.name, archived, present)
}

#[test]
fn an_archive_is_restored_by_its_name_and_the_report_says_what_is_different() {
    let office = Office::new();
    let (name, archived, present) = with_history(&office);
    let (vault, report) = restore(&office, &archive(&name));
    assert_eq!(contents(vault.store()), archived);
    let restored = report.restored.expect("restored");
    let changes = told(&restored.changes);
    assert_eq!(changes.len(), 2, "{changes:?}");
    assert!(changes[0].contains("difference-removed") && changes[0].contains("slips"));
    assert!(changes[1].contains("difference-changed") && changes[1].contains("tallies"));
    let safety = restored.safety.expect("the present state was archived");
    stop(vault);
    office.later(1);
    let (vault, _) = restore(&office, &archive(&safety));
    assert_eq!(contents(vault.store()), present);
    stop(vault);
    // An ordinary start afterwards restores nothing.
    let (vault, report) = office.start();
    assert_eq!(report.restored, None);
    assert_eq!(contents(vault.store()), present);
    kill(vault);
}

#[test]
fn a_damaged_an_unknown_and_a_second_restore_are_refused_and_nothing_is_touched() {
    let office = Office::new();
    let (name, _, present) = with_history(&office);
    let before = names(&office.layout.data);
    let error = refused(&office, &archive("backup_nothing"));
    assert!(matches!(error, StartError::Unable(_)), "{error:?}");
    let file = office.layout.backups.join(&name).join("notes.json");
    let whole = std::fs::read_to_string(&file).expect("readable");
    std::fs::write(&file, whole.replace("archived", "Archived")).expect("damaging");
    let error = refused(&office, &archive(&name));
    assert!(format!("{error:?}").contains("notes.json"), "{error:?}");
    std::fs::write(&file, whole).expect("mending");
    assert_eq!(names(&office.layout.data), before);
    assert_eq!(names(&office.layout.backups).join(" "), name);
    office.copy_archive(&name);
    let error = refused(&office, &archive(&name));
    assert!(
        matches!(error, StartError::RestoreWaits { .. }),
        "{error:?}"
    );
    std::fs::remove_file(office.data("metadata.json")).expect("giving it up");
    let (vault, _) = office.start();
    let error = refused(&office, &archive(&name));
    let pid = Some(std::process::id());
    assert!(matches!(error, StartError::Locked { pid: found, .. } if found == pid));
    assert_eq!(contents(vault.store()), present);
    kill(vault);
}

#[test]
fn a_restore_by_name_can_die_at_each_of_its_steps_and_is_then_done_or_not_begun() {
    let mut outcomes = Vec::new();
    for step in 0..80 {
        let office = Office::new();
        let (name, archived, present) = with_history(&office);
        let started = office.try_start(Options {
            steps: Steps::die_after(step),
            ..wanting(&archive(&name))
        });
        let has_died = started.is_err();
        if let Ok((vault, _)) = started {
            kill(vault);
        }
        let (vault, report) = office.start();
        assert_eq!(report.recovery, None, "step {step}");
        let found = contents(vault.store());
        assert!(
            found == archived || found == present,
            "step {step}: {found}"
        );
        outcomes.push(found == archived);
        kill(vault);
        lose(&office);
        let (vault, _) = office.start();
        assert_eq!(
            contents(vault.store()),
            found,
            "step {step}, from the files"
        );
        stop(vault);
        let left: Vec<String> = names(&office.layout.data)
            .into_iter()
            .chain(names(&office.layout.backups))
            .filter(|name| name.starts_with('.'))
            .collect();
        assert_eq!(left, Vec::<String>::new(), "step {step}");
        office.later(1);
        // Asked again, it is done.
        let (vault, _) = restore(&office, &archive(&name));
        assert_eq!(contents(vault.store()), archived, "step {step}, again");
        kill(vault);
        if !has_died {
            break;
        }
    }
    assert!(outcomes.len() > 8 && outcomes.len() < 80, "{outcomes:?}");
    assert!(
        outcomes.is_sorted(),
        "undone before the switch, done after it: {outcomes:?}"
    );
    assert!(
        !outcomes[0] && outcomes.last() == Some(&true),
        "{outcomes:?}"
    );
}

#[test]
fn the_records_of_each_second_come_back_from_the_archive_before_and_the_journal() {
    let office = Office::new();
    let (vault, _) = office.start();
    count(vault.store(), 1);
    office.later(1);
    let before_any_archive = office.clock.now();
    office.later(1);
    count(vault.store(), 1);
    vault.archive(Cause::Requested, None).expect("archiving");
    let mut moments = Vec::new();
    for number in 1..=4 {
        office.later(1);
        write_note(vault.store(), number, "noted");
        count(vault.store(), i64::from(number));
        moments.push((office.clock.now(), contents(vault.store())));
        if number == 2 {
            office.later(1);
            vault.archive(Cause::Requested, None).expect("archiving");
        }
    }
    stop(vault);
    office.later(1);
    // Each restore is a jump that the next one must look behind.
    for (at, expected) in moments.iter().rev().chain(&moments) {
        let (vault, report) = restore(&office, &Wanted::At(*at));
        assert_eq!(contents(vault.store()), *expected, "{at:?}");
        assert!(report.restored.expect("restored").safety.is_some());
        // What was done after a restore belongs to its own time, not to the one before.
        office.later(1);
        count(vault.store(), 100);
        stop(vault);
        office.later(1);
    }
    let error = refused(&office, &Wanted::At(before_any_archive));
    assert!(
        format!("{error:?}").contains("restore-out-of-reach"),
        "{error:?}"
    );
    let future = office.clock.now() + std::time::Duration::from_secs(60);
    let error = refused(&office, &Wanted::At(future));
    assert!(
        format!("{error:?}").contains("restore-in-the-future"),
        "{error:?}"
    );
}

#[test]
fn the_moment_after_a_restore_is_the_restored_state_and_what_came_then() {
    let office = Office::new();
    let (name, archived, _) = with_history(&office);
    let (vault, _) = restore(&office, &archive(&name));
    let restored_at = office.clock.now();
    office.later(1);
    write_note(vault.store(), 7, "after the restore");
    let (then, expected) = (office.clock.now(), contents(vault.store()));
    office.later(1);
    write_note(vault.store(), 8, "and later");
    stop(vault);
    office.later(1);
    let (vault, report) = restore(&office, &Wanted::At(then));
    assert_eq!(contents(vault.store()), expected);
    assert_eq!(report.restored.expect("restored").replayed, 1);
    stop(vault);
    let (vault, _) = restore(&office, &Wanted::At(restored_at));
    assert_eq!(contents(vault.store()), archived);
    kill(vault);
}

#[test]
fn a_hole_in_the_journal_is_not_passed_over() {
    let office = Office::new();
    let (vault, _) = office.start();
    vault.archive(Cause::Requested, None).expect("archiving");
    count(vault.store(), 1);
    count(vault.store(), 2);
    count(vault.store(), 3);
    let at = office.clock.now();
    let present = contents(vault.store());
    stop(vault);
    let database = rusqlite::Connection::open(office.layout.database()).expect("opening");
    let gone = database.execute("DELETE FROM journal WHERE seq = 2", []);
    assert_eq!(gone.expect("deleting"), 1);
    drop(database);
    office.later(1);
    let error = refused(&office, &Wanted::At(at));
    assert!(
        format!("{error:?}").contains("change 2 is missing"),
        "{error:?}"
    );
    let (vault, _) = office.start();
    assert_eq!(contents(vault.store()), present);
    kill(vault);
}

#[test]
fn a_difference_is_told_without_touching_anything() {
    let office = Office::new();
    let (name, _, present) = with_history(&office);
    let (vault, _) = office.start();
    let before = (names(&office.layout.data), names(&office.layout.backups));
    let told = |from: Option<&Wanted>, to: Option<&Wanted>| {
        let changes = vault.bench().difference(from, to).expect("compared");
        changes
            .iter()
            .map(|text| text.key.to_string())
            .collect::<Vec<_>>()
    };
    let archived = archive(&name);
    assert_eq!(
        told(None, Some(&archived)),
        ["difference-removed", "difference-changed"]
    );
    assert_eq!(
        told(Some(&archived), None),
        ["difference-added", "difference-changed"]
    );
    assert_eq!(told(Some(&archived), Some(&archived)), Vec::<String>::new());
    assert_eq!(told(None, None), Vec::<String>::new());
    assert_eq!(
        (names(&office.layout.data), names(&office.layout.backups)),
        before
    );
    assert_eq!(contents(vault.store()), present);
    kill(vault);
}
