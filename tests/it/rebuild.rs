//! The property that holds everything together: *a save at `seq` s + the changes (s, n] = the live tables*, byte for byte
//! in the saved files. Random lives go through the rules of every cog; a kind of change that never occurred fails.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Duration;

use greffier::cogs::settings::Setting;
use greffier::model::{Clock, Timestamp};
use greffier::store::{JournalFilter, JournalRow, Store};
use greffier::vault::{Cause, Layout, Options, Vault};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::lives::{self, Deed, Hand, registers};

/// How many lives are tried for each cog. Each opens two vaults on real files.
const LIVES: u32 = 30;

/// What happens.
#[derive(Clone, Debug)]
enum Act {
    Deed(Deed),
    Wait { minutes: u64 },
    Save,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    (0..lives::parts()).prop_flat_map(|main| {
        let act = prop_oneof![
            20 => lives::deed(main).prop_map(Act::Deed),
            1 => (1..3_000_u64).prop_map(|minutes| Act::Wait { minutes }),
            1 => (1..60_u64).prop_map(|days| Act::Wait { minutes: days * 1_440 }),
            1 => Just(Act::Save),
        ];
        prop::collection::vec(act, 1..80)
    })
}

fn perform(vault: &Vault, clock: &Clock, act: &Act) {
    match act {
        Act::Deed(deed) => deed.carry_out(&Hand {
            store: vault.store(),
        }),
        Act::Wait { minutes } => clock.advance(Duration::from_secs(minutes * 60)),
        Act::Save => drop(vault.save(Cause::Requested).expect("a save")),
    }
}

fn open(folder: &Path, clock: &Clock) -> Vault {
    let layout = Layout::new(folder.join("data"), folder.join("backups"));
    Vault::start(layout, registers(), clock.clone(), Options::default())
        .expect("a vault")
        .0
}

/// The saved files of the registers, by name.
fn saved(folder: &Path) -> Vec<(String, String)> {
    let read =
        |file: &str| fs::read_to_string(folder.join("data").join(file)).expect("a saved file");
    registers()
        .files()
        .into_iter()
        .map(|file| (file.to_owned(), read(file)))
        .collect()
}

fn journal(store: &Store) -> Vec<JournalRow> {
    let mut rows = Vec::new();
    let read = store.read_blocking(|reader| {
        reader.journal(JournalFilter::default(), |row| {
            rows.push(row);
            Ok(())
        })
    });
    read.expect("the journal");
    rows
}

/// Which settings were changed.
fn settings(rows: &[JournalRow]) -> impl Iterator<Item = String> {
    rows.iter().filter_map(|row| {
        let change: serde_json::Value = serde_json::from_str(row.change.get()).expect("JSON");
        change["setting"]["name"].as_str().map(str::to_owned)
    })
}

/// The names of all settings, as serde itself lists them in its refusal of an unknown one.
fn every_setting() -> BTreeSet<String> {
    let unknown = serde_json::json!({ "name": "?", "value": null });
    let Err(error) = serde_json::from_value::<Setting>(unknown) else {
        panic!("`?` is no setting")
    };
    let words = error.to_string();
    let names = words.split("expected ").nth(1).expect("a list of variants");
    names
        .split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// Copies what is left when the database is lost.
fn copy_without_database(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let name = entry.file_name();
        let target = to.join(&name);
        if entry.file_type().expect("a type").is_dir() {
            copy_without_database(&entry.path(), &target);
        } else if !name.to_string_lossy().starts_with("greffier.") {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

#[test]
fn the_newest_save_and_the_changes_after_it_make_the_live_tables_again() {
    let (occurred, set) = (RefCell::new(BTreeSet::new()), RefCell::new(BTreeSet::new()));
    let config = Config {
        cases: LIVES * u32::try_from(lives::parts()).expect("a small number"),
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner =
        TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    runner
        .run(&acts(), |history| {
            let (live, rebuilt) = (tempfile::tempdir()?, tempfile::tempdir()?);
            let clock = Clock::fixed(Timestamp(1_800_000_000_000));
            let vault = open(live.path(), &clock);
            for act in &history {
                perform(&vault, &clock, act);
            }
            vault.sync_mirror();
            let rows = journal(vault.store());
            occurred.borrow_mut().extend(rows.iter().map(lives::kind));
            set.borrow_mut().extend(settings(&rows));
            copy_without_database(&live.path().join("data"), &rebuilt.path().join("data"));
            vault.save(Cause::Requested).expect("a save");
            let seq = vault
                .store()
                .read_blocking(|reader| reader.seq())
                .expect("a position");
            vault.stop(Duration::from_secs(10)).expect("an end");

            let again = open(rebuilt.path(), &clock);
            again.save(Cause::Requested).expect("a save");
            let seq_again = again
                .store()
                .read_blocking(|reader| reader.seq())
                .expect("a position");
            again.stop(Duration::from_secs(10)).expect("an end");
            prop_assert_eq!(saved(live.path()), saved(rebuilt.path()));
            prop_assert!(seq_again >= seq);
            Ok(())
        })
        .expect("every history can be made again");

    lives::assert_all_occurred(&registers(), &occurred.into_inner());
    assert_eq!(set.into_inner(), every_setting());
}
