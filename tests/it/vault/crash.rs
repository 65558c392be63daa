//! The process dies after each step of a save, an archive, a restore, a recovery and a pruning in turn; nothing that was
//! acknowledged is lost by it, and the next start leaves everything whole.

use greffier::vault::{Cause, Died, Mode, Options, StartError, Steps, Vault};

use super::{lose_database, names, troubles};
use crate::ledgers::{Office, contents, count, kill, stop, write_note};

/// No operation has so many steps; beyond it the test would never end.
const MANY: u32 = 60;

fn dying_after(step: u32) -> Options {
    Options {
        steps: Steps::die_after(step),
        ..Options::default()
    }
}

/// A vault that dies so many steps after its start.
fn start_dying(office: &Office, step: u32) -> Vault {
    office
        .try_start(dying_after(step))
        .expect("a start without steps")
        .0
}

#[track_caller]
fn has_died<T>(outcome: anyhow::Result<T>) -> bool {
    match outcome {
        Ok(_) => false,
        Err(error) if error.is::<Died>() => true,
        Err(error) => panic!("{error:#}"),
    }
}

/// After a death: everything is there, from the database as well as from the files alone.
#[track_caller]
fn comes_back_whole(office: &Office, expected: &str, step: u32) {
    let (vault, report) = office.start();
    assert_eq!(report.recovery, None, "step {step}");
    assert_eq!(
        report.set_aside,
        Vec::<std::path::PathBuf>::new(),
        "step {step}"
    );
    assert_eq!(contents(vault.store()), expected, "step {step}");
    kill(vault);
    assert_eq!(troubles(office), Vec::<String>::new(), "step {step}");
    let leftovers: Vec<String> = names(&office.layout.data)
        .into_iter()
        .chain(names(&office.layout.backups))
        .filter(|name| name.starts_with('.') && !name.starts_with(".trash-"))
        .collect();
    assert_eq!(leftovers, Vec::<String>::new(), "step {step}");
    lose_database(office);
    let (vault, report) = office.start();
    let recovery = report.recovery.expect("the database was lost");
    assert_eq!(
        (recovery.gaps, recovery.passed_over),
        (vec![], vec![]),
        "step {step}"
    );
    assert_eq!(
        contents(vault.store()),
        expected,
        "step {step}, from the files"
    );
    kill(vault);
}

#[test]
fn a_save_can_die_at_each_of_its_steps() {
    let mut steps = 0;
    for step in 0..MANY {
        let office = Office::new();
        let (vault, _) = office.start();
        write_note(vault.store(), 1, "in the first save");
        count(vault.store(), 1);
        vault.save(Cause::Requested).expect("saving");
        write_note(vault.store(), 2, "in the second save");
        vault.save(Cause::Requested).expect("saving");
        kill(vault);
        let vault = start_dying(&office, step);
        count(vault.store(), 2);
        let expected = contents(vault.store());
        let died = has_died(vault.save(Cause::Requested));
        kill(vault);
        comes_back_whole(&office, &expected, step);
        if !died {
            steps = step;
            break;
        }
    }
    assert!(steps >= 6, "a save has more steps than {steps}");
}

#[test]
fn an_archive_can_die_at_each_of_its_steps_and_leaves_a_whole_one_or_none() {
    let mut steps = 0;
    for step in 0..MANY {
        let office = Office::new();
        let (vault, _) = office.start();
        write_note(vault.store(), 1, "kept");
        vault.save(Cause::Requested).expect("saving");
        kill(vault);
        let vault = start_dying(&office, step);
        let expected = contents(vault.store());
        let died = has_died(vault.archive(Cause::Requested, None));
        for archive in vault.archives().expect("listing") {
            assert!(
                archive.metadata().is_some(),
                "step {step}: {:?}",
                archive.state
            );
        }
        kill(vault);
        comes_back_whole(&office, &expected, step);
        if !died {
            steps = step;
            break;
        }
    }
    assert!(steps >= 4, "an archive has more steps than {steps}");
}

#[test]
fn a_restore_can_die_at_each_of_its_steps_and_is_repeated() {
    let mut steps = 0;
    for step in 0..MANY {
        let office = Office::new();
        let (vault, _) = office.start();
        write_note(vault.store(), 1, "archived");
        let expected = contents(vault.store());
        let archive = vault.archive(Cause::Requested, None).expect("archiving");
        count(vault.store(), 5);
        let replaced = contents(vault.store());
        stop(vault);
        office.later(1);
        office.copy_archive(&archive.name);
        let died = match office.try_start(dying_after(step)) {
            Ok((vault, _)) => {
                kill(vault);
                false
            }
            Err(StartError::Failed(error)) => has_died::<()>(Err(error)),
            Err(error) => panic!("{error}"),
        };
        let (vault, _) = office.start();
        assert_eq!(contents(vault.store()), expected, "step {step}");
        let archives = vault.archives().expect("listing");
        kill(vault);
        assert!(!office.data("metadata.json").exists(), "step {step}");
        comes_back_whole(&office, &expected, step);
        let names: Vec<String> = archives.iter().map(|found| found.name.clone()).collect();
        let safety = names.iter().find(|name| **name != archive.name);
        let safety = safety
            .unwrap_or_else(|| panic!("step {step}: no archive of the state before in {names:?}"));
        office.copy_archive(safety);
        let (vault, _) = office.start();
        assert_eq!(
            contents(vault.store()),
            replaced,
            "step {step}: the way back"
        );
        if !died {
            steps = step;
            break;
        }
    }
    assert!(steps >= 8, "a restore has more steps than {steps}");
}

#[test]
fn a_recovery_can_die_at_each_of_its_steps_and_is_repeated() {
    let mut steps = 0;
    for step in 0..MANY {
        let office = Office::new();
        let (vault, _) = office.start();
        write_note(vault.store(), 1, "saved");
        vault.save(Cause::Requested).expect("saving");
        write_note(vault.store(), 2, "only in the journal");
        let expected = contents(vault.store());
        kill(vault);
        std::fs::write(office.data("greffier.db"), "not a database at all").expect("damaging");
        let died = match office.try_start(dying_after(step)) {
            Ok((vault, _)) => {
                kill(vault);
                false
            }
            Err(StartError::Failed(error)) => has_died::<()>(Err(error)),
            Err(error) => panic!("{error}"),
        };
        let (vault, _) = office.start();
        assert_eq!(contents(vault.store()), expected, "step {step}");
        kill(vault);
        comes_back_whole_once_more(&office, &expected, step);
        if !died {
            steps = step;
            break;
        }
    }
    assert!(steps >= 3, "a recovery has more steps than {steps}");
}

/// As [`comes_back_whole`], for a folder that also holds what was set aside.
#[track_caller]
fn comes_back_whole_once_more(office: &Office, expected: &str, step: u32) {
    let damaged = names(&office.layout.data)
        .into_iter()
        .find(|name| name.starts_with("damaged-"))
        .unwrap_or_else(|| panic!("step {step}: nothing was set aside"));
    let kept = std::fs::read(office.data(&damaged).join("greffier.db")).expect("set aside");
    assert_eq!(kept, b"not a database at all", "step {step}");
    lose_database(office);
    let (vault, _) = office.start();
    assert_eq!(
        contents(vault.store()),
        expected,
        "step {step}, from the files"
    );
}

#[test]
fn pruning_can_die_at_each_of_its_steps() {
    let mut steps = 0;
    for step in 0..MANY {
        let office = Office::new();
        let (vault, _) = office.start();
        for day in 0..12 {
            write_note(vault.store(), day, "a day");
            vault.save(Cause::Scheduled).expect("saving");
            vault.archive(Cause::Scheduled, None).expect("archiving");
            office.later(24);
        }
        office.clock.shift(-23 * 3600 * 1000);
        let expected = contents(vault.store());
        kill(vault);
        let vault = start_dying(&office, step);
        let died = has_died(vault.prune(Mode::Real));
        kill(vault);
        if step % 2 == 1 {
            lose_database(&office);
        }
        let (vault, report) = office.start();
        let (gaps, history) = report
            .recovery
            .map(|recovery| (recovery.gaps, recovery.history.gaps))
            .unwrap_or_default();
        assert_eq!((gaps, history), (vec![], vec![]), "step {step}");
        let whole = vault.archives().expect("listing");
        assert!(whole.len() >= 7 && whole.iter().all(|archive| archive.metadata().is_some()));
        vault.prune(Mode::Real).expect("pruning");
        assert_eq!(vault.archives().expect("listing").len(), 7, "step {step}");
        assert_eq!(contents(vault.store()), expected);
        let oldest = vault.store().read_blocking(|reader| reader.oldest_change());
        assert_eq!(oldest.expect("reading"), Some(2), "step {step}");
        if !died {
            steps = step;
            break;
        }
    }
    assert!(steps >= 6, "pruning has more steps than {steps}");
}
