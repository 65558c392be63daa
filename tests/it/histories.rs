//! The rebuild property through a hard life: restarts, crashes, lost databases, archives and saves in between. Whatever
//! happened, *each base, and the changes after it, make the live tables*, byte for byte as the saves write them. The base
//! is nothing, each archive, or the last save with the journal's copy. (`rebuild` has the cogs' rules in more breadth.)
//!
//! The test fails if some change of its own registers never occurred, as serde itself lists them; `rebuild` sees to the cogs'.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use anyhow::Result;
use greffier::model::{Rejection, UserId};
use greffier::store::{JournalFilter, JournalRow, RESTORED, Registers, Store, Tx};
use greffier::vault::{Cause, FileRecord, Options, Vault};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use crate::ledgers::{self, NoteChange, Notes, Office, Tallies, TallyChange};
use crate::lives::{self, Deed, Hand, kind};

/// Something that happens to the bot.
#[derive(Clone, Debug)]
enum Act {
    Write(u32, String),
    Tag(u32, String),
    Tear(u32),
    Count(u64, i64),
    Deed(Deed),
    Later(u64),
    Save,
    Archive,
    Restart,
    Crash,
    LoseDatabase,
}

fn act() -> impl Strategy<Value = Act> {
    let words = "[a-zé\"\\\\\n «»]{1,12}x";
    prop_oneof![
        6 => (0_u32..8, words).prop_map(|(number, text)| Act::Write(number, text)),
        3 => (0_u32..8, "[a-c]").prop_map(|(number, tag)| Act::Tag(number, tag)),
        2 => (0_u32..8).prop_map(Act::Tear),
        4 => (1_u64..4, -5_i64..9).prop_map(|(member, by)| Act::Count(member, by)),
        12 => (0..lives::parts()).prop_flat_map(lives::deed).prop_map(Act::Deed),
        2 => (1_u64..2000).prop_map(Act::Later),
        2 => Just(Act::Save),
        2 => Just(Act::Archive),
        1 => Just(Act::Restart),
        1 => Just(Act::Crash),
        1 => Just(Act::LoseDatabase),
    ]
}

fn registers() -> Registers {
    let mut registers = ledgers::registers();
    registers.extend(lives::registers());
    registers
}

/// One world: the office with its open vault, and what happened in it.
struct World {
    office: Office,
    vault: Option<Vault>,
}

impl World {
    fn open(office: Office) -> World {
        let mut world = World {
            office,
            vault: None,
        };
        world.start();
        world
    }

    fn start(&mut self) {
        let (layout, clock) = (self.office.layout.clone(), self.office.clock.clone());
        let started = Vault::start(layout, registers(), clock, Options::default());
        self.vault = Some(started.expect("it starts").0);
    }

    fn vault(&self) -> &Vault {
        self.vault.as_ref().expect("it is open between acts")
    }

    /// What a member could do; a refusal is as good as anything.
    fn rule<T>(&self, rule: impl FnOnce(&mut Tx<'_>) -> Result<T, Rejection> + Send + 'static) {
        let done = self
            .vault()
            .store()
            .write_blocking(ledgers::order(), |tx| rule(tx).map(drop));
        if let Err(Rejection::Failed(error)) = done {
            let is_the_tests_own = error.to_string().starts_with("applying change");
            assert!(is_the_tests_own, "{error:#}");
        }
    }

    fn note(&self, change: NoteChange) {
        self.rule(move |tx| Ok(tx.record::<Notes>(&change)?));
    }

    fn carry_out(&mut self, act: &Act) {
        match act.clone() {
            Act::Write(number, text) => self.note(NoteChange::Written { number, text }),
            Act::Tag(number, tag) => self.note(NoteChange::Tagged { number, tag }),
            Act::Tear(number) => self.note(NoteChange::Torn { number }),
            Act::Count(member, by) => {
                let member = UserId(member);
                self.rule(
                    move |tx| Ok(tx.record::<Tallies>(&TallyChange::Counted { member, by })?),
                );
            }
            Act::Deed(deed) => deed.carry_out(&Hand {
                store: self.vault().store(),
            }),
            Act::Later(minutes) => self.office.clock.advance(Duration::from_secs(minutes * 60)),
            Act::Save => drop(self.vault().save(Cause::Requested).expect("saving")),
            Act::Archive => drop(
                self.vault()
                    .archive(Cause::Requested, None)
                    .expect("archiving"),
            ),
            Act::Restart => {
                ledgers::stop(self.vault.take().expect("open"));
                self.start();
            }
            Act::Crash => {
                ledgers::kill(self.vault.take().expect("open"));
                self.start();
            }
            Act::LoseDatabase => {
                ledgers::kill(self.vault.take().expect("open"));
                for name in ["greffier.db", "greffier.db-wal", "greffier.db-shm"] {
                    // Closing has removed the others.
                    let _ = std::fs::remove_file(self.office.data(name));
                }
                self.start();
            }
        }
    }

    fn journal(&self) -> Vec<JournalRow> {
        let mut rows = Vec::new();
        let read = self.vault().store().read_blocking(|reader| {
            reader.journal(JournalFilter::default(), |row| {
                rows.push(row);
                Ok(())
            })
        });
        read.expect("reading the journal");
        rows
    }

    /// What saves of the present state hold: hash and counts of each file.
    fn files(&self) -> BTreeMap<String, FileRecord> {
        let archive = self
            .vault()
            .archive(Cause::Requested, None)
            .expect("archiving");
        archive.metadata.files
    }
}

/// Carries rows out over what an office holds, and says what saves of the outcome hold.
fn replayed(office: Office, rows: &[JournalRow]) -> BTreeMap<String, FileRecord> {
    let data = &office.layout.data;
    Store::rebuild(data, &registers(), &office.clock, |rebuild| {
        rows.iter().try_for_each(|row| rebuild.apply(row))?;
        // As after every rebuild: what is saved next is saved as a whole.
        let last = rows.last().map_or(0, |row| row.seq);
        rebuild.begin_epoch("replayed", last, &[]).map(drop)
    })
    .expect("replaying");
    World::open(office).files()
}

/// Each base of the history, with the changes after it, must make the live tables.
fn check(world: &mut World) -> Result<(), TestCaseError> {
    let live = world.files();
    let journal = world.journal();
    // A recovery begins an epoch and keeps only the rows after its base.
    let is_complete = journal.first().is_none_or(|row| row.seq == 1);
    let epoch_start = journal
        .iter()
        .rfind(|row| row.register == RESTORED)
        .map_or(0, |row| row.seq);
    if is_complete {
        let office = Office::new();
        std::fs::create_dir_all(&office.layout.data).expect("a folder");
        prop_assert_eq!(&replayed(office, &journal), &live, "from nothing");
    }
    for archive in world.vault().archives().expect("listing") {
        let metadata = archive.metadata().expect("whole");
        if metadata.seq < epoch_start {
            continue;
        }
        let office = Office::new();
        std::fs::create_dir_all(&office.layout.data).expect("a folder");
        for entry in std::fs::read_dir(&archive.path).expect("an archive") {
            let entry = entry.expect("an entry");
            std::fs::copy(entry.path(), office.layout.data.join(entry.file_name()))
                .expect("copying");
        }
        let restored = World::open(office);
        let World { office, vault } = restored;
        drop(vault);
        let after: Vec<JournalRow> = journal
            .iter()
            .filter(|row| row.seq > metadata.seq)
            .cloned()
            .collect();
        prop_assert_eq!(&replayed(office, &after), &live, "from {}", archive.name);
    }
    world.carry_out(&Act::LoseDatabase);
    prop_assert_eq!(
        &world.files(),
        &live,
        "from the last save and the journal's copy"
    );
    Ok(())
}

#[test]
fn a_base_and_the_changes_after_it_make_the_live_tables() {
    let mut occurred = BTreeSet::new();
    let seen = std::cell::RefCell::new(&mut occurred);
    let config = Config {
        cases: 16,
        failure_persistence: None,
        max_shrink_iters: 200,
        ..Config::default()
    };
    let histories = proptest::collection::vec(act(), 20..60);
    let outcome = TestRunner::new(config).run(&histories, |history| {
        let mut world = World::open(Office::new());
        for act in &history {
            world.carry_out(act);
        }
        let journal = world.journal();
        seen.borrow_mut().extend(journal.iter().map(kind));
        check(&mut world)
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    lives::assert_all_occurred(&ledgers::registers(), &occurred);
}

#[test]
fn the_variants_of_a_change_are_found_out() {
    let registers = registers();
    let notes = registers.get("notes").expect("listed");
    assert_eq!(lives::variants(notes), ["written", "tagged", "torn"]);
    let tallies = registers.get("tallies").expect("listed");
    assert_eq!(lives::variants(tallies), ["counted"]);
}
