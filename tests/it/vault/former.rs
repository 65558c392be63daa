//! A register that was taken out of the program: what it kept is neither lost nor passed over in silence.

use greffier::store::Registers;
use greffier::vault::{Cause, Mode, Options, StartError, StartReport, Vault, Why, check};

use super::{lose_database, names};
use crate::ledgers::{Notes, Office, contents, count, kill, stop, write_note};

fn fewer() -> Registers {
    Registers::default().with::<Notes>()
}

fn try_without(office: &Office) -> Result<(Vault, StartReport), StartError> {
    let (layout, clock) = (office.layout.clone(), office.clock.clone());
    Vault::start(layout, fewer(), clock, Options::default())
}

/// A start of a program without the tallies.
fn start_without(office: &Office) -> Vault {
    try_without(office).expect("it starts without tallies").0
}

/// The archive that the status names for the tallies.
fn named(vault: &Vault) -> Option<String> {
    let mut former = vault.status().expect("a status").former;
    former.remove("tallies").flatten()
}

/// An office in which both registers keep something, the tallies more than their last save has.
fn with_tallies() -> (Office, String) {
    let office = Office::new();
    let (vault, _) = office.start();
    write_note(vault.store(), 1, "a note");
    count(vault.store(), 3);
    vault.save(Cause::Requested).expect("saving");
    count(vault.store(), 4);
    assert!(vault.status().expect("a status").former.is_empty());
    let before = contents(vault.store());
    kill(vault);
    office.later(1);
    (office, before)
}

#[test]
fn an_archive_with_it_is_made_before_the_first_start_without_it_and_named_from_then_on() {
    let (office, before) = with_tallies();
    let mut archive = String::new();
    for number in 2..4 {
        let vault = start_without(&office);
        let archives = vault.archives().expect("listing");
        assert_eq!(archives.len(), 1, "one is enough");
        archive.clone_from(&archives[0].name);
        assert_eq!(named(&vault), Some(archive.clone()));
        write_note(vault.store(), number, "without tallies");
        stop(vault);
        let (layout, clock) = (&office.layout, &office.clock);
        let found = check(layout, &fewer(), clock, chrono_tz::UTC, &Default::default());
        let found = format!("{found:?}");
        assert!(
            found.contains("vault-check-register") && found.contains(&archive),
            "{found}"
        );
    }
    // Back in the program, it has what it had; and the archive by itself has it too.
    let (vault, _) = office.start();
    assert!(contents(vault.store()).contains("\"total\":7"));
    assert!(vault.status().expect("a status").former.is_empty());
    stop(vault);
    office.copy_archive(&archive);
    let (vault, _) = office.start();
    assert_eq!(contents(vault.store()), before);
}

#[test]
fn that_archive_is_never_pruned_and_the_loss_of_the_database_leaves_it_named() {
    let (office, _) = with_tallies();
    let vault = start_without(&office);
    let archive = named(&vault).expect("an archive");
    for number in 2..14 {
        write_note(vault.store(), number, "a day");
        vault.save(Cause::Scheduled).expect("saving");
        vault.archive(Cause::Scheduled, None).expect("archiving");
        office.later(24);
    }
    office.clock.shift(-23 * 3600 * 1000);
    let report = vault.prune(Mode::Real).expect("pruning");
    assert!(!report.trashed.is_empty());
    assert!(
        report.kept.contains(&(archive.clone(), Why::OnlyOneWith)),
        "{report:?}"
    );
    kill(vault);
    lose_database(&office);
    let vault = start_without(&office);
    assert_eq!(named(&vault), Some(archive));
}

#[test]
fn a_recovery_from_a_save_that_still_has_it_is_refused_until_it_is_back() {
    let (office, before) = with_tallies();
    lose_database(&office);
    let files = names(&office.layout.data);
    let Some(StartError::Failed(error)) = try_without(&office).err() else {
        panic!("it is refused");
    };
    let error = format!("{error:#}");
    assert!(
        error.contains("does not have the register tallies"),
        "{error}"
    );
    assert_eq!(names(&office.layout.data), files);
    let (vault, _) = office.start();
    assert_eq!(contents(vault.store()), before);
}
