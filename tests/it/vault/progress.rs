//! What work on the files says of how far it has come.

use std::sync::{Arc, Mutex};

use greffier::vault::{Cause, Options, Progress, Step, Work};

use super::lose_database;
use crate::ledgers::{Office, kill, write_note};

/// Remembers what it hears.
#[derive(Clone, Default)]
struct Ear(Arc<Mutex<Vec<Option<Step>>>>);

impl Ear {
    fn progress(&self) -> Progress {
        let heard = Arc::clone(&self.0);
        Progress::watched(Arc::new(move |step| {
            heard.lock().expect("unpoisoned").push(step)
        }))
    }

    fn forget(&self) {
        self.0.lock().expect("unpoisoned").clear();
    }

    /// What was heard since the last look: each work from its first step to its end, all of its bytes counted.
    #[track_caller]
    fn works(&self) -> Vec<Work> {
        let heard = std::mem::take(&mut *self.0.lock().expect("unpoisoned"));
        let mut works = Vec::new();
        let mut present: Option<Step> = None;
        for step in heard {
            match (present, step) {
                (None, Some(step)) => assert_eq!(step.done, 0, "{step:?} begins in the middle"),
                (Some(before), Some(step)) => {
                    assert_eq!(before.work, step.work);
                    assert!(step.done > before.done, "{before:?} then {step:?}");
                    assert!(step.done <= step.total, "{step:?}");
                }
                (Some(last), None) => {
                    assert!(last.done * 10 >= last.total * 8, "{last:?} ends too early");
                    works.push(last.work);
                }
                (None, None) => {}
            }
            present = step;
        }
        assert_eq!(present, None, "work that never ends");
        works
    }
}

#[test]
fn every_long_work_says_how_far_it_has_come_from_nothing_to_all() {
    let office = Office::new();
    let ear = Ear::default();
    let options = || Options {
        progress: ear.progress(),
        ..Options::default()
    };
    let (vault, _) = office.try_start(options()).expect("it starts");
    for number in 1..2000 {
        write_note(vault.store(), number, &"a long text ".repeat(20));
    }
    vault.save(Cause::Requested).expect("saving");
    // Before there is a save, nobody knows how large one is.
    ear.forget();
    write_note(vault.store(), 2000, "one more");
    vault.save(Cause::Requested).expect("saving");
    assert_eq!(ear.works(), [Work::Save]);
    let made = vault.archive(Cause::Requested, None).expect("archiving");
    assert_eq!(ear.works(), [Work::Archive]);
    let archives = vault.archives().expect("a list");
    vault.prove(&archives[0]).expect("whole");
    // Hashed, then restored on trial.
    assert_eq!(ear.works(), [Work::Verification; 2]);

    write_note(vault.store(), 2001, "only in the journal");
    kill(vault);
    lose_database(&office);
    let (vault, report) = office.try_start(options()).expect("it starts");
    assert!(report.recovery.is_some());
    let works = ear.works();
    assert_eq!(works.first(), Some(&Work::Recovery), "{works:?}");

    kill(vault);
    office.copy_archive(&made.name);
    let (_vault, report) = office.try_start(options()).expect("it starts");
    assert!(report.restored.is_some());
    let works = ear.works();
    assert!(works.contains(&Work::Restore), "{works:?}");
}
