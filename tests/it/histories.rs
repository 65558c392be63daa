//! The rebuild property through a hard life: restarts, crashes, lost databases, archives and saves in between. Whatever
//! happened, *each base, and the changes after it, make the live tables*, byte for byte as the saves write them. The base
//! is nothing, each archive, or the last save with the journal's copy. (`rebuild` has the cogs' rules in more breadth.)
//!
//! The test fails if some variant of some `Change` never occurred, as serde itself lists them.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use anyhow::Result;
use greffier::cogs::settings::{Consequence, Setting, Threshold, rules as settings};
use greffier::cogs::warnings::rules as warnings;
use greffier::cogs::{self};
use greffier::model::{ChannelId, Locale, Rank, Rejection, RoleId, Standing, UserId};
use greffier::store::{JournalFilter, JournalRow, RESTORED, Registers, Store, Tx};
use greffier::vault::{Cause, FileRecord, Options, Vault};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use crate::ledgers::{self, GUILD, NoteChange, Notes, Office, Tallies, TallyChange};

/// Something that happens to the bot.
#[derive(Clone, Debug)]
enum Act {
    Write(u32, String),
    Tag(u32, String),
    Tear(u32),
    Count(u64, i64),
    Warn {
        member: u64,
        points: u32,
        reason: String,
    },
    Withdraw(u32),
    Clear(u64),
    Reword(u32, String),
    Set(Setting),
    LoseLogChannel,
    Later(u64),
    Save,
    Archive,
    Restart,
    Crash,
    LoseDatabase,
}

fn setting() -> impl Strategy<Value = Setting> {
    let consequence = prop_oneof![
        (60_u64..600_000).prop_map(|seconds| Consequence::Timeout { seconds }),
        Just(Consequence::Kick),
        Just(Consequence::Ban),
    ];
    let threshold =
        (1_u32..30, 0_u32..60, consequence).prop_map(|(points, days, consequence)| Threshold {
            points,
            days,
            consequence,
        });
    prop_oneof![
        prop_oneof![Just(None), Just(Some("?".to_owned()))].prop_map(Setting::Prefix),
        prop_oneof![Just(None), Just(Some(Locale::En))].prop_map(Setting::Language),
        Just(Setting::LogChannel(None)),
        // The one that can be lost comes often.
        Just(Setting::LogChannel(Some(ChannelId(70)))),
        Just(Setting::LogChannel(Some(ChannelId(70)))),
        Just(Setting::ModeratorRoles(vec![RoleId(5)])),
        proptest::option::of(any::<bool>()).prop_map(Setting::DirectMessages),
        proptest::option::of(0_u32..100).prop_map(Setting::WarningDays),
        proptest::collection::vec(threshold, 0..3).prop_map(Setting::Thresholds),
        Just(Setting::Reasons(vec![
            "spam".to_owned(),
            "« publicité »".to_owned()
        ])),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    let words = "[a-zé\"\\\\\n «»]{1,12}x";
    prop_oneof![
        6 => (0_u32..8, words).prop_map(|(number, text)| Act::Write(number, text)),
        3 => (0_u32..8, "[a-c]").prop_map(|(number, tag)| Act::Tag(number, tag)),
        2 => (0_u32..8).prop_map(Act::Tear),
        4 => (1_u64..4, -5_i64..9).prop_map(|(member, by)| Act::Count(member, by)),
        8 => (30_u64..33, 1_u32..12, words).prop_map(|(member, points, reason)| Act::Warn { member, points, reason }),
        3 => (1_u32..9).prop_map(Act::Withdraw),
        2 => (30_u64..33).prop_map(Act::Clear),
        3 => (1_u32..9, words).prop_map(|(number, reason)| Act::Reword(number, reason)),
        6 => setting().prop_map(Act::Set),
        3 => Just(Act::LoseLogChannel),
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
    for cog in cogs::all() {
        registers.extend(cog.registers);
    }
    registers
}

fn person(user: u64, position: u16) -> Standing {
    Standing {
        user: UserId(user),
        bot: false,
        owner: position == 99,
        administrator: false,
        moderates: position > 1,
        roles: vec![RoleId(5)],
        rank: Rank { position, age: 0 },
    }
}

fn scene() -> warnings::Scene {
    warnings::Scene {
        guild: GUILD,
        guild_name: "The town".to_owned(),
        actor: person(10, 99),
        greffier: person(16, 50),
        locale: Locale::Fr,
    }
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
            Act::Warn {
                member,
                points,
                reason,
            } => {
                self.rule(move |tx| {
                    warnings::warn(tx, &scene(), &person(member, 0), points, &reason)
                });
            }
            Act::Withdraw(number) => self.rule(move |tx| warnings::withdraw(tx, &scene(), number)),
            Act::Clear(member) => {
                self.rule(move |tx| warnings::clear(tx, &scene(), &person(member, 0)))
            }
            Act::Reword(number, reason) => {
                self.rule(move |tx| warnings::reword(tx, &scene(), number, &reason));
            }
            Act::Set(setting) => {
                self.rule(move |tx| settings::set(tx, GUILD, &person(10, 99), setting));
            }
            Act::LoseLogChannel => self.rule(|tx| {
                settings::log_channel_lost(tx, GUILD, ChannelId(70), UserId(10), Locale::Fr)
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
        rows.iter().try_for_each(|row| rebuild.apply(row))
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

/// The variants of a register's `Change`, as serde lists them when it is given one that does not exist.
fn variants(register: &dyn greffier::store::AnyRegister) -> Vec<String> {
    let error = register
        .inverse(r#"{"kind":"no such thing"}"#)
        .expect_err("there is no such change");
    let words = format!("{error:#}");
    let list = words
        .split_once("expected")
        .unwrap_or_else(|| panic!("{words}"))
        .1;
    list.split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

fn kind(row: &JournalRow) -> String {
    let change: serde_json::Value = serde_json::from_str(row.change.get()).expect("JSON");
    change["kind"]
        .as_str()
        .expect("changes have a kind")
        .to_owned()
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
        seen.borrow_mut()
            .extend(journal.iter().map(|row| (row.register.clone(), kind(row))));
        check(&mut world)
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    for register in registers().iter() {
        for variant in variants(register) {
            let key = (register.name().to_owned(), variant);
            assert!(
                occurred.contains(&key),
                "{key:?} never occurred; the histories need an act for it"
            );
        }
    }
}

#[test]
fn the_variants_of_a_change_are_found_out() {
    let registers = registers();
    let notes = registers.get("notes").expect("listed");
    assert_eq!(variants(notes), ["written", "tagged", "torn"]);
    let tallies = registers.get("tallies").expect("listed");
    assert_eq!(variants(tallies), ["counted"]);
}
