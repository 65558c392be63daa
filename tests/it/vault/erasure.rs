//! A person who is erased is gone from every file but the archives of before, and no restore brings them back.

use std::path::Path;

use anyhow::Result;
use greffier::model::{GuildId, UserId};
use greffier::saved_row;
use greffier::store::{Entry, Reader, Redaction, Register, Registers, SavedRow, Table, Tables};
use greffier::vault::{Cause, ErasureReport, Mode, Options, Steps, Vault, Wanted};
use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::{lose_database, names};
use crate::ledgers::{GUILD, Office, holding, kill, order, record, stop};

/// What members said.
struct Sayings;

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Change {
    Said { member: UserId, words: String },
    Erased { member: UserId },
}

saved_row! {
    struct Saying in "sayings" order "guild, seq" {
        guild: GuildId,
        seq: u64,
        member: UserId,
        words: String,
    }
}

impl Register for Sayings {
    type Change = Change;

    const NAME: &'static str = "sayings";
    const FILE: &'static str = "sayings.json";
    const SCHEMA: &'static [&'static str] = &["
        CREATE TABLE sayings (guild INTEGER, seq INTEGER PRIMARY KEY, member INTEGER, words TEXT) STRICT;
        CREATE INDEX sayings_member ON sayings (member);
    "];

    fn tables() -> Vec<Table> {
        vec![Table::of::<Saying>()]
    }

    fn apply(tables: &Tables<'_>, change: &Change, entry: &Entry) -> Result<()> {
        match change {
            Change::Said { member, words } => {
                let saying = Saying {
                    guild: entry.guild.unwrap_or(GUILD),
                    seq: entry.seq,
                    member: *member,
                    words: words.clone(),
                };
                saying.insert(tables)
            }
            Change::Erased { member } => {
                let sql = "UPDATE sayings SET words = '' WHERE member = ?1";
                tables.execute(sql, params![member])?;
                Ok(())
            }
        }
    }

    fn erasure(_: &Reader<'_>, member: UserId) -> Result<Option<Change>> {
        Ok(Some(Change::Erased { member }))
    }

    fn redact(change: &mut Change, person: UserId) -> Redaction {
        match change {
            Change::Said { member, words } if *member == person => {
                words.clear();
                Redaction::Overwritten
            }
            _ => Redaction::Nothing,
        }
    }
}

const SAM: UserId = UserId(8_000_000_000_000_000_001);
const LEA: UserId = UserId(8_000_000_000_000_000_002);

fn open_with(office: &Office, options: Options) -> (Vault, greffier::vault::StartReport) {
    let (layout, clock) = (office.layout.clone(), office.clock.clone());
    let registers = Registers::default().with::<Sayings>();
    Vault::start(layout, registers, clock, options).expect("it starts")
}

fn open(office: &Office) -> Vault {
    open_with(office, Options::default()).0
}

fn says(vault: &Vault, member: UserId, words: &str) {
    let words = words.to_owned();
    record::<Sayings>(vault.store(), Change::Said { member, words });
}

fn erase(vault: &Vault) -> ErasureReport {
    vault.erase(SAM, order()).expect("erasing")
}

/// All words in the table, in order.
fn words(vault: &Vault) -> Vec<String> {
    let sql = "SELECT words FROM sayings ORDER BY seq";
    let read = vault
        .store()
        .read_blocking(|reader| Ok(reader.query(sql, [], |row| row.get(0))?));
    read.expect("reading")
}

/// Sam's and Lea's words are in the saves of two generations, in two segments, in the database.
fn spoken(office: &Office) -> Vault {
    let vault = open(office);
    says(&vault, SAM, "sams secret");
    says(&vault, LEA, "leas words");
    vault.save(Cause::Requested).expect("saving");
    says(&vault, SAM, "sams secret again");
    vault.save(Cause::Requested).expect("saving");
    vault
}

#[test]
fn nothing_of_theirs_is_left_in_any_file_and_nothing_of_others_is_touched() {
    let office = Office::new();
    let vault = spoken(&office);
    let found = holding(&office.layout.data, "sams secret");
    for file in ["greffier.db-wal", "sayings.json", "000000000000.jsonl"] {
        assert!(found.iter().any(|name| name == file), "{file} in {found:?}");
    }
    let report = erase(&vault);
    assert_eq!((report.rows, report.archives.len()), (2, 0));
    assert_eq!(holding(&office.layout.data, "sams secret"), [""; 0]);
    assert_eq!(words(&vault), ["", "leas words", ""]);
    says(&vault, SAM, "back again");
    // The twin: what files and journal hold is still whole.
    kill(vault);
    lose_database(&office);
    let (vault, report) = open_with(&office, Options::default());
    let recovery = report.recovery.expect("recovered");
    assert_eq!((recovery.gaps, recovery.history.gaps), (vec![], vec![]));
    assert_eq!(words(&vault), ["", "leas words", "", "back again"]);
}

#[test]
fn neither_a_restore_nor_a_recovery_from_before_brings_them_back() {
    let office = Office::new();
    let vault = spoken(&office);
    let archive = vault.archive(Cause::Requested, None).expect("archiving");
    assert_eq!(erase(&vault).archives, [archive.name.as_str()]);
    let (_, held) = vault.erasures().expect("listing").remove(0);
    assert_eq!(held, [archive.name.as_str()]);
    says(&vault, LEA, "later");
    stop(vault);
    for round in 0..2 {
        office.copy_archive(&archive.name);
        let vault = open(&office);
        assert_eq!(words(&vault), ["", "leas words", ""], "round {round}");
        stop(vault);
        // What a recovery can begin from is that archive alone.
        for other in names(&office.layout.backups) {
            if other.starts_with("backup_") && other != archive.name {
                std::fs::remove_dir_all(office.layout.backups.join(other)).expect("losing");
            }
        }
        for folder in [&office.layout.data, &office.layout.previous()] {
            std::fs::write(folder.join("sayings.json"), "rot").expect("damaging");
        }
        lose_database(&office);
        let (vault, report) = open_with(&office, Options::default());
        assert_eq!(report.recovery.expect("recovered").source, archive.name);
        let expected = ["", "leas words", "", "later"];
        assert_eq!(words(&vault), expected, "round {round}");
        stop(vault);
        office.later(1);
    }
    assert_eq!(holding(&office.layout.data, "sams secret"), [""; 0]);
}

#[test]
fn neither_a_restore_by_name_nor_one_to_a_moment_brings_them_back() {
    let office = Office::new();
    let vault = spoken(&office);
    let archive = vault.archive(Cause::Requested, None).expect("archiving");
    office.later(1);
    says(&vault, SAM, "between archive and erasure");
    let between = office.clock.now();
    office.later(1);
    erase(&vault);
    stop(vault);
    office.later(1);
    let by_name = Wanted::Archive(archive.name);
    for (wanted, expected) in [
        (by_name, vec!["", "leas words", ""]),
        (Wanted::At(between), vec!["", "leas words", "", ""]),
    ] {
        let options = Options {
            restore: Some(wanted.clone()),
            ..Options::default()
        };
        let (vault, report) = open_with(&office, options);
        assert_eq!(words(&vault), expected, "{wanted:?}");
        assert_eq!(report.restored.expect("restored").erased, 1);
        stop(vault);
        office.later(1);
    }
}

#[test]
fn a_new_host_learns_of_the_erasure_from_the_archive() {
    let office = Office::new();
    let vault = spoken(&office);
    let before = vault.archive(Cause::Requested, None).expect("archiving");
    office.later(1);
    erase(&vault);
    let after = vault.archive(Cause::Requested, None).expect("archiving");
    stop(vault);
    let host = Office::new();
    let copy = |name: &str, target: &Path| {
        std::fs::create_dir_all(target).expect("a folder");
        for entry in std::fs::read_dir(office.layout.backups.join(name)).expect("an archive") {
            let path = entry.expect("an entry").path();
            std::fs::copy(&path, target.join(path.file_name().expect("a name"))).expect("copying");
        }
    };
    copy(&after.name, &host.layout.data);
    let vault = open(&host);
    assert_eq!(words(&vault), ["", "leas words", ""]);
    stop(vault);
    host.later(2);
    copy(&before.name, &host.layout.data);
    let vault = open(&host);
    assert_eq!(words(&vault), ["", "leas words", ""]);
    says(&vault, SAM, "sam is back");
    let archive = vault.archive(Cause::Requested, None).expect("archiving");
    stop(vault);
    host.later(2);
    host.copy_archive(&archive.name);
    assert_eq!(words(&open(&host))[3], "sam is back", "their own again");
}

#[test]
fn an_archive_from_before_is_told_of_until_it_is_pruned() {
    let office = Office::new();
    let vault = spoken(&office);
    vault.archive(Cause::Scheduled, None).expect("archiving");
    office.later(24);
    erase(&vault);
    for _ in 0..12 {
        says(&vault, LEA, "a day");
        vault.save(Cause::Scheduled).expect("saving");
        vault.archive(Cause::Scheduled, None).expect("archiving");
        vault.prune(Mode::Real).expect("pruning");
        office.later(24);
    }
    let (erasure, held) = vault.erasures().expect("listing").remove(0);
    assert_eq!((erasure.person, held), (SAM, vec![]));
    assert_eq!(holding(&office.layout.backups, "sams secret"), [""; 0]);
}

#[test]
fn an_erasure_can_die_at_each_of_its_steps_and_the_next_start_goes_on_with_it() {
    let mut steps = 0;
    for step in 0..60 {
        let office = Office::new();
        kill(spoken(&office));
        let dying = Options {
            steps: Steps::die_after(step),
            ..Options::default()
        };
        let (vault, _) = open_with(&office, dying);
        let died = vault.erase(SAM, order()).is_err();
        kill(vault);
        if step % 2 == 1 {
            lose_database(&office);
        }
        let vault = open(&office);
        assert_eq!(words(&vault), ["", "leas words", ""], "step {step}");
        assert!(vault.erasures().expect("listing")[0].0.is_done);
        assert_eq!(
            holding(&office.layout.data, "sams secret"),
            [""; 0],
            "step {step}"
        );
        if !died {
            steps = step;
            break;
        }
    }
    assert!(steps >= 8, "an erasure has more steps than {steps}");
}
