//! The property that holds everything together: *a save at `seq` s + the changes (s, n] = the live tables*, byte for byte
//! in the saved files. Random histories go through the rules of every cog; a kind of change that never occurred fails.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Duration;

use greffier::cogs;
use greffier::cogs::settings::register::Change as SettingsChange;
use greffier::cogs::settings::{Consequence, Setting, Threshold, rules as settings};
use greffier::cogs::warnings::register::Change as WarningsChange;
use greffier::cogs::warnings::rules::{self as warnings, Scene};
use greffier::model::{
    ChannelId, Clock, GuildId, Locale, Rank, Rejection, RoleId, Standing, Timestamp, UserId,
};
use greffier::store::{JournalFilter, Order, Registers, Store};
use greffier::vault::{Cause, Layout, Options, Vault};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// How many histories are tried. Each opens two vaults on real files.
const HISTORIES: u32 = 40;
const CHANNEL: ChannelId = ChannelId(500);

/// Something that somebody does, or time that passes.
#[derive(Clone, Debug)]
enum Act {
    Warn {
        guild: u64,
        actor: u64,
        member: u64,
        points: u32,
        reason: String,
    },
    Withdraw {
        guild: u64,
        actor: u64,
        number: u32,
    },
    Clear {
        guild: u64,
        actor: u64,
        member: u64,
    },
    Reword {
        guild: u64,
        actor: u64,
        number: u32,
        reason: String,
    },
    Set {
        guild: u64,
        setting: Setting,
    },
    LoseChannel {
        guild: u64,
    },
    Wait {
        days: u64,
    },
    Save,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let (guild, person) = (1..3_u64, 1..7_u64);
    let reason = "[a-zé\"\\\\\u{1F600} \n]{0,12}";
    let act = prop_oneof![
        8 => (guild.clone(), person.clone(), person.clone(), 0..5_u32, reason)
            .prop_map(|(guild, actor, member, points, reason)| Act::Warn { guild, actor, member, points, reason }),
        3 => (guild.clone(), person.clone(), 1..12_u32)
            .prop_map(|(guild, actor, number)| Act::Withdraw { guild, actor, number }),
        2 => (guild.clone(), person.clone(), person.clone())
            .prop_map(|(guild, actor, member)| Act::Clear { guild, actor, member }),
        2 => (guild.clone(), person, 1..12_u32, reason)
            .prop_map(|(guild, actor, number, reason)| Act::Reword { guild, actor, number, reason }),
        6 => (guild.clone(), setting()).prop_map(|(guild, setting)| Act::Set { guild, setting }),
        1 => guild.prop_map(|guild| Act::LoseChannel { guild }),
        1 => (1..60_u64).prop_map(|days| Act::Wait { days }),
        1 => Just(Act::Save),
    ];
    prop::collection::vec(act, 1..80)
}

fn setting() -> impl Strategy<Value = Setting> {
    prop_oneof![
        prop::option::of("[!?%]{1,3}").prop_map(Setting::Prefix),
        prop::option::of(prop_oneof![Just(Locale::Fr), Just(Locale::En)])
            .prop_map(Setting::Language),
        prop::option::of(Just(CHANNEL)).prop_map(Setting::LogChannel),
        prop::collection::vec((1..4_u64).prop_map(RoleId), 0..3).prop_map(Setting::ModeratorRoles),
        prop::option::of(any::<bool>()).prop_map(Setting::DirectMessages),
        prop::option::of(0..100_u32).prop_map(Setting::WarningDays),
        prop::collection::vec(threshold(), 0..3).prop_map(Setting::Thresholds),
        prop::collection::vec("[a-z ]{1,8}", 0..3).prop_map(Setting::Reasons),
    ]
}

fn threshold() -> impl Strategy<Value = Threshold> {
    let consequence = prop_oneof![
        (1..90_000_u64).prop_map(|seconds| Consequence::Timeout { seconds }),
        Just(Consequence::Kick),
        Just(Consequence::Ban),
    ];
    (1..9_u32, 0..40_u32, consequence).prop_map(|(points, days, consequence)| Threshold {
        points,
        days,
        consequence,
    })
}

/// The owner (1), an administrator (2), two moderators (3, 4), members (5, 6).
fn person(user: u64) -> Standing {
    Standing {
        user: UserId(user),
        bot: false,
        owner: user == 1,
        administrator: user == 2,
        moderates: user <= 4,
        roles: vec![RoleId(user)],
        rank: Rank {
            position: 10 - u16::try_from(user).expect("a small number"),
            age: 0,
        },
    }
}

fn scene(guild: u64, actor: u64) -> Scene {
    Scene {
        guild: GuildId(guild),
        guild_name: "Town".to_owned(),
        actor: person(actor),
        greffier: Standing {
            bot: true,
            rank: Rank {
                position: 8,
                age: 0,
            },
            ..person(6)
        },
        locale: Locale::En,
    }
}

/// Carries an act out; refusals are part of life.
fn perform(vault: &Vault, clock: &Clock, act: Act) {
    let store = vault.store();
    let order = |guild, actor| Order {
        guild: Some(GuildId(guild)),
        actor: Some(UserId(actor)),
        origin: None,
    };
    let outcome = match act {
        Act::Warn {
            guild,
            actor,
            member,
            points,
            reason,
        } => done(store.write_blocking(order(guild, actor), move |tx| {
            warnings::warn(tx, &scene(guild, actor), &person(member), points, &reason).map(drop)
        })),
        Act::Withdraw {
            guild,
            actor,
            number,
        } => done(store.write_blocking(order(guild, actor), move |tx| {
            warnings::withdraw(tx, &scene(guild, actor), number).map(drop)
        })),
        Act::Clear {
            guild,
            actor,
            member,
        } => done(store.write_blocking(order(guild, actor), move |tx| {
            warnings::clear(tx, &scene(guild, actor), &person(member)).map(drop)
        })),
        Act::Reword {
            guild,
            actor,
            number,
            reason,
        } => done(store.write_blocking(order(guild, actor), move |tx| {
            warnings::reword(tx, &scene(guild, actor), number, &reason).map(drop)
        })),
        Act::Set { guild, setting } => done(store.write_blocking(order(guild, 1), move |tx| {
            settings::set(tx, GuildId(guild), &person(1), setting).map(drop)
        })),
        Act::LoseChannel { guild } => done(store.write_blocking(order(guild, 1), move |tx| {
            settings::log_channel_lost(tx, GuildId(guild), CHANNEL, UserId(1), Locale::Fr)
        })),
        Act::Wait { days } => {
            clock.advance(Duration::from_secs(days * 86_400));
            Ok(())
        }
        Act::Save => vault
            .save(Cause::Requested)
            .map(drop)
            .map_err(Rejection::Failed),
    };
    match outcome {
        Ok(()) | Err(Rejection::Refused(_)) => {}
        Err(other) => panic!("{other:#}"),
    }
}

fn done<T>(outcome: Result<T, Rejection>) -> Result<(), Rejection> {
    outcome.map(drop)
}

fn registers() -> Registers {
    let mut registers = Registers::default();
    for cog in cogs::all() {
        registers.extend(cog.registers);
    }
    registers
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

/// What occurred: the kind of each change, and for settings which one.
fn kinds(store: &Store) -> BTreeSet<String> {
    let mut kinds = BTreeSet::new();
    store
        .read_blocking(|reader| {
            reader.journal(JournalFilter::default(), |row| {
                let change: serde_json::Value = serde_json::from_str(row.change.get())?;
                let kind = change["kind"].as_str().unwrap_or_default();
                kinds.insert(format!("{}/{kind}", row.register));
                if let Some(name) = change["setting"]["name"].as_str() {
                    kinds.insert(format!("setting/{name}"));
                }
                Ok(())
            })
        })
        .expect("the journal");
    kinds
}

/// The names of an enum's variants, as serde itself lists them in its refusal of an unknown one.
fn variants<T: serde::de::DeserializeOwned>(prefix: &str, tag: &str) -> BTreeSet<String> {
    let unknown = serde_json::json!({ tag: "?", "value": null });
    let Err(error) = serde_json::from_value::<T>(unknown) else {
        panic!("`?` is no variant")
    };
    let words = error.to_string();
    let names = words.split("expected ").nth(1).expect("a list of variants");
    names
        .split('`')
        .skip(1)
        .step_by(2)
        .map(|name| format!("{prefix}/{name}"))
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
    let occurred = RefCell::new(BTreeSet::new());
    let config = Config {
        cases: HISTORIES,
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
            for act in history {
                perform(&vault, &clock, act);
            }
            vault.sync_mirror();
            occurred.borrow_mut().extend(kinds(vault.store()));
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

    let mut known = variants::<WarningsChange>("warnings", "kind");
    known.extend(variants::<SettingsChange>("settings", "kind"));
    known.extend(variants::<Setting>("setting", "name"));
    let occurred = occurred.into_inner();
    let never: Vec<&String> = known.difference(&occurred).collect();
    assert!(
        known.len() >= 14 && never.is_empty(),
        "these changes never occurred: {never:?}"
    );
}
