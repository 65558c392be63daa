//! That an export and an erasure ask every table: each is named here with whom it speaks of and whose words it holds. A
//! table or a text column that is not named fails.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use greffier::cogs::mydata::export;
use greffier::model::{Clock, Timestamp, UserId};
use greffier::store::{Order, Store, Table};
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

use crate::lives::{self, Hand, registers};

/// Whom a table speaks of.
struct Speaks {
    table: &'static str,
    /// The columns that name somebody.
    of: &'static [&'static str],
    /// The first of them is whose words these columns are, or whom they are about: an erasure takes them.
    words: &'static [&'static str],
    /// Text that is nobody's words: ids, states, keys.
    plain: &'static [&'static str],
}

const fn speaks(
    table: &'static str,
    of: &'static [&'static str],
    words: &'static [&'static str],
    plain: &'static [&'static str],
) -> Speaks {
    Speaks {
        table,
        of,
        words,
        plain,
    }
}

const PEOPLE: &[Speaks] = &[
    speaks(
        "warnings",
        &["member", "moderator", "withdrawn_by"],
        &["reason"],
        &["consequence"],
    ),
    speaks("accounts", &["account"], &[], &[]),
    speaks(
        "entries",
        &["account", "other", "actor"],
        &["note"],
        &["why"],
    ),
    speaks("holdings", &["member"], &[], &[]),
    speaks(
        "games",
        &["challenger", "opponent", "winner"],
        &[],
        &["ending"],
    ),
    speaks("wages", &["member"], &[], &[]),
    speaks("role_grants", &["member"], &[], &["source"]),
    speaks("roles_given", &["member"], &[], &[]),
    speaks(
        "conversations",
        &["user", "agent", "answered_by", "closed_by", "participants"],
        &["subject", "answers", "reason", "words", "copies"],
        &["id", "status", "category", "priority", "place", "cause"],
    ),
    speaks(
        "messages",
        &["sender", "about"],
        &["sender_name", "content"],
        &["id", "sender_type"],
    ),
    speaks("message_versions", &["sender", "about"], &["content"], &[]),
    speaks(
        "attachments",
        &["sender"],
        &["name", "sha256"],
        &["media_type", "lost"],
    ),
    speaks(
        "cases",
        &["member", "moderator", "ended_by"],
        &["reason"],
        &["kind", "ending"],
    ),
    speaks("case_evidence", &["author"], &["text", "attachments"], &[]),
    speaks("mutes", &["member"], &[], &[]),
    speaks("ticket_blocks", &["member", "by"], &["reason"], &[]),
    speaks("channel_acts", &["member", "moderator"], &[], &["act"]),
    // Why a channel was closed is the guild's record of an act on the channel, and about nobody.
    speaks("lockdowns", &["moderator"], &[], &["reason"]),
    speaks(
        "locked_channels",
        &["opened_by"],
        &[],
        &["name", "state", "rules"],
    ),
];

/// Tables that speak of nobody: what administrators set up, and where our own posts stand.
const NOBODY: &[&str] = &[
    "absences",
    "case_posts",
    "departures",
    "economies",
    "items",
    "paydays",
    "role_menu_offers",
    "role_menus",
    "settings",
    "ticket_categories",
    "ticket_desks",
    "ticket_panels",
    "ticket_replies",
];

/// As long as ids on Discord are, so that no number in a row is taken for it.
const SAM: UserId = UserId(672_538_191_462_400_000);
const LEA: &str = "672538191462400009";
const SECRET: &str = "xylophone";

fn tables() -> Vec<Table> {
    registers()
        .iter()
        .flat_map(|register| register.tables())
        .collect()
}

fn clock() -> Clock {
    Clock::fixed(Timestamp(1_800_000_000_000))
}

/// A row of each table that speaks of people, out of random lives.
fn rows() -> BTreeMap<&'static str, Value> {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut rows = BTreeMap::new();
    for life in 0..60 * lives::parts() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path(), registers(), clock()).expect("a store");
        for _ in 0..40 {
            let deed = lives::deed(life).new_tree(&mut runner).expect("a deed");
            deed.current().carry_out(&Hand { store: &store });
        }
        let snapshot = store.snapshot().expect("a snapshot");
        for table in tables() {
            let first = &mut |row: &[u8]| {
                let row = serde_json::from_slice(row)?;
                rows.entry(table.name).or_insert(row);
                Ok(())
            };
            let streamed = table.stream(&snapshot.reader(), None, first);
            streamed.expect("a table is read");
        }
        if PEOPLE.iter().all(|people| rows.contains_key(people.table)) {
            return rows;
        }
    }
    let missing = PEOPLE.iter().map(|people| people.table);
    let missing: Vec<_> = missing.filter(|name| !rows.contains_key(name)).collect();
    panic!("nothing was kept in {missing:?}: `lives` needs deeds for them");
}

/// The row as it would be if `column` named Sam and everything else somebody else, with words in it.
fn naming(people: &Speaks, row: &Value, column: &str) -> Value {
    let mut row = row.clone();
    row["guild"] = json!("1");
    for other in people.of {
        let id = if *other == column {
            SAM.to_string()
        } else {
            LEA.to_owned()
        };
        row[other] = match *other {
            "participants" => json!(json!([id]).to_string()),
            _ => json!(id),
        };
    }
    for words in people.words {
        row[words] = match *words {
            "answers" => json!(json!([{"question": "?", "answer": SECRET}]).to_string()),
            "copies" => json!(
                json!([{"reader": "member", "format": "html", "sha256": SECRET, "size": 1}])
                    .to_string()
            ),
            _ => json!(SECRET),
        };
    }
    row
}

/// A store with these rows.
fn store(folder: &Path, rows: &[(&str, Value)]) -> Store {
    let built = Store::build(folder, &registers(), &clock(), |rebuild| {
        for table in tables() {
            let mine = rows.iter().filter(|(name, _)| *name == table.name);
            for (_, row) in mine {
                rebuild.load(&table, &row.to_string())?;
            }
        }
        Ok(0)
    });
    built.expect("a store is built");
    Store::open(folder, registers(), clock()).expect("a store")
}

fn exported(store: &Store) -> BTreeSet<String> {
    let snapshot = store.snapshot().expect("a snapshot");
    let export = export::of(&snapshot, store.registers(), SAM, Timestamp(0)).expect("an export");
    let document: Value = serde_json::from_slice(&export.document).expect("JSON");
    let registers = document["registers"]
        .as_object()
        .expect("registers")
        .values();
    registers
        .flat_map(|tables| tables.as_object().expect("tables").keys().cloned())
        .collect()
}

#[test]
fn every_table_and_every_text_of_a_persons_table_was_thought_of() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path(), registers(), clock()).expect("a store");
    let known: BTreeSet<&str> = tables().iter().map(|table| table.name).collect();
    let named: BTreeSet<&str> = PEOPLE
        .iter()
        .map(|people| people.table)
        .chain(NOBODY.iter().copied())
        .collect();
    assert_eq!(known, named, "say here whom a new table speaks of");
    for people in PEOPLE {
        let columns: Vec<(String, String)> = store
            .read_blocking(|reader| {
                let sql = "SELECT name, type FROM pragma_table_info(?1)";
                Ok(reader.query(sql, [people.table], |row| Ok((row.get(0)?, row.get(1)?)))?)
            })
            .expect("columns");
        let has = |name: &str| columns.iter().any(|(column, _)| column == name);
        for name in people.of.iter().chain(people.words).chain(people.plain) {
            assert!(has(name), "{} has no {name}", people.table);
        }
        for (name, _) in columns.iter().filter(|(_, kind)| kind == "TEXT") {
            let groups = [people.of, people.words, people.plain];
            let is_named = groups.iter().any(|group| group.contains(&name.as_str()));
            assert!(is_named, "whose words are {}.{name}?", people.table);
        }
    }
}

#[test]
fn an_export_has_a_row_whatever_column_of_it_names_the_person() {
    let rows = rows();
    let most = PEOPLE.iter().map(|people| people.of.len()).max();
    for place in 0..most.expect("tables") {
        let folder = tempfile::tempdir().expect("a folder");
        let named = PEOPLE.iter().filter_map(|people| {
            let column = people.of.get(place)?;
            Some((people.table, naming(people, &rows[people.table], column)))
        });
        let named: Vec<_> = named.collect();
        let store = store(folder.path(), &named);
        let expected: BTreeSet<String> = named.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(exported(&store), expected, "column {place} of each");
    }
}

#[test]
fn an_erasure_takes_a_persons_words_out_of_every_table_and_leaves_those_of_others() {
    let rows = rows();
    let theirs = |whose: &str| -> Vec<(&str, Value)> {
        let with_words = PEOPLE.iter();
        with_words
            .map(|people| {
                let mut row = naming(people, &rows[people.table], people.of[0]);
                if whose != SAM.to_string() {
                    let text = row.to_string().replace(&SAM.to_string(), whose);
                    row = serde_json::from_str(&text).expect("JSON");
                }
                (people.table, row)
            })
            .collect()
    };
    for (whose, is_gone) in [(SAM.to_string(), true), (LEA.to_owned(), false)] {
        let folder = tempfile::tempdir().expect("a folder");
        let store = store(folder.path(), &theirs(&whose));
        let erased = store.write_blocking(Order::default(), move |tx| Ok(tx.erase(SAM)?));
        erased.expect("erased");
        let snapshot = store.snapshot().expect("a snapshot");
        for table in tables() {
            let look = &mut |row: &[u8]| {
                let row = String::from_utf8_lossy(row).into_owned();
                let people = PEOPLE.iter().find(|people| people.table == table.name);
                let has_words = people.is_some_and(|people| !people.words.is_empty());
                assert_eq!(
                    row.contains(SECRET),
                    has_words && !is_gone,
                    "{}: {row}",
                    table.name
                );
                Ok(())
            };
            let streamed = table.stream(&snapshot.reader(), None, look);
            streamed.expect("a table is read");
        }
    }
}
