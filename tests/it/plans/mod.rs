//! How SQLite finds what it is asked for: every statement of the program, on tables as large as a great community's.
//!
//! A statement that walks a whole table or a whole guild, or that sorts what it found, must be known to do so, with a reason, in
//! `reviewed.toml`. Statements come from the sources, so that none escapes; those that are put together while the program runs,
//! from a life of every cog and from every command.

mod source;
mod statements;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use greffier::model::{Clock, Locale, Timestamp};
use greffier::store::Store;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use serde::Deserialize;

use self::source::{Written, written};
pub use self::statements::Statements;
use crate::lives::{self, Hand, registers};
use crate::stories::examples;
use crate::town::Building;

const DAY: Duration = Duration::from_secs(24 * 3600);
/// How many rows each table has for the planner.
const ROWS: u64 = 1_000_000;

/// A statement that may do what others may not.
#[derive(Deserialize)]
struct Reviewed {
    /// As it is written in the source.
    statement: String,
    /// What it does: lines of its plan.
    plans: Vec<String>,
    #[expect(dead_code, reason = "people read it")]
    reason: String,
}

#[derive(Deserialize)]
struct Review {
    may: Vec<Reviewed>,
}

#[test]
fn no_statement_walks_or_sorts_more_than_was_reviewed() {
    // In a process of its own: what other tests log at the same moment decides which events are made at all.
    let program = std::env::current_exe().expect("this test's program");
    let mut alone = Command::new(program);
    alone.args(["--exact", "--ignored", "plans::every_statement_alone"]);
    let output = alone.output().expect("the test ran");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
#[ignore = "run by the test above, in a process of its own"]
fn every_statement_alone() {
    let statements = Statements::default();
    let folder = tempfile::tempdir().expect("a folder");
    tracing::dispatcher::with_default(&statements.dispatch(), || live(folder.path()));
    play_everything(&statements);

    let written = written();
    let mut concrete: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for plain in written.iter().filter(|written| !written.has_gaps()) {
        let same = concrete.entry(plain.sql.clone()).or_default();
        same.insert(plain.sql.clone());
    }
    for statement in statements.all() {
        let of = origin(&written, &statement).to_owned();
        concrete.entry(of).or_default().insert(statement);
    }
    let mut never = Vec::new();
    for written in &written {
        if concrete.contains_key(&written.sql) {
            continue;
        }
        match written.with_all_columns() {
            Some(statement) => drop(concrete.insert(written.sql.clone(), [statement].into())),
            None => never.push(written),
        }
    }
    assert!(
        never.is_empty(),
        "these statements are put together while the program runs, and never ran here:\n{never:#?}"
    );
    judge(folder.path(), &concrete);
}

/// A life of every cog.
fn live(folder: &Path) {
    let clock = Clock::fixed(Timestamp(1_800_000_000_000));
    let store = Store::open(folder, registers(), clock.clone()).expect("a store");
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        TestRng::deterministic_rng(RngAlgorithm::ChaCha),
    );
    for round in 0..1500 {
        let deed = lives::deed(round % lives::parts());
        let deed = deed.new_tree(&mut runner).expect("a deed").current();
        deed.carry_out(&Hand { store: &store });
        clock.advance(Duration::from_secs(600));
    }
    store.close().expect("closed");
}

/// Every command, on the local Discord, and what comes due afterwards.
fn play_everything(statements: &Statements) {
    let town = Building::default().noting(statements).open();
    let (olive, sam) = (town.olive(), town.member("sam"));
    examples::play(&town, Locale::En);
    town.later(DAY);
    town.discord().crowd_joins(1);
    olive.says("!massmute joined:10m 1h raid");
    olive.presses("Yes, all of them");
    olive.says("!massundo 1");
    olive.says("!mute @lea 1h");
    sam.says("!ticket open support Where is it?");
    let closes = olive.says_in("#ticket-1", "!ticket close in 2h solved");
    assert!(closes.contains("<t:"), "{closes}");
    town.later(DAY);
    town.settles();
    olive.kicks("Greffier", None);
    town.waits_for_log("guild_left");
    town.later(40 * DAY);
}

/// The statement in the sources that became `statement`.
fn origin<'a>(written: &'a [Written], statement: &'a str) -> &'a str {
    let fitting = written.iter().filter(|written| written.fits(statement));
    let best = fitting.max_by_key(|written| written.certainty());
    best.map_or(statement, |written| &written.sql)
}

fn judge(folder: &Path, concrete: &BTreeMap<String, BTreeSet<String>>) {
    let review: Review = toml::from_str(include_str!("reviewed.toml")).expect("the review is TOML");
    let mut used = vec![BTreeSet::new(); review.may.len()];
    let mut faults = Vec::new();
    for grown in [false, true] {
        if grown {
            grow(folder);
        }
        if !grown {
            // As in a new database: nothing is known of any table.
            drop(open(folder).execute_batch("DELETE FROM sqlite_stat1; DELETE FROM sqlite_stat4"));
        }
        let database = open(folder);
        let tables = tables(&database);
        for (of, statements) in concrete {
            for statement in statements {
                for line in plan(&database, statement) {
                    if !is_worth_a_look(&tables, &line, statement) {
                        continue;
                    }
                    let known = review.may.iter().position(|may| {
                        may.statement == *of && may.plans.iter().any(|plan| line.starts_with(plan))
                    });
                    match known {
                        Some(index) => {
                            let plans = review.may[index].plans.iter();
                            used[index]
                                .extend(plans.filter(|plan| line.starts_with(*plan)).cloned());
                        }
                        None => faults.push(format!("{of}\n  {statement}\n    {line}")),
                    }
                }
            }
        }
    }
    for (may, used) in review.may.iter().zip(&used) {
        let idle: Vec<&String> = may
            .plans
            .iter()
            .filter(|plan| !used.contains(*plan))
            .collect();
        if !idle.is_empty() {
            faults.push(format!("reviewed for nothing: {}: {idle:?}", may.statement));
        }
    }
    faults.sort();
    faults.dedup();
    assert!(
        faults.is_empty(),
        "an index is missing, or `reviewed.toml` a reason:\n{}",
        faults.join("\n")
    );
}

fn open(folder: &Path) -> Connection {
    let database = Connection::open(folder.join("greffier.db")).expect("the database");
    // As in the program: a plan does not depend on the values.
    database
        .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
        .expect("configured");
    database
}

fn plan(database: &Connection, statement: &str) -> Vec<String> {
    let verb = statement.split(' ').next().unwrap_or_default();
    if !["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"].contains(&verb) {
        return Vec::new();
    }
    let explained = database.prepare(&format!("EXPLAIN QUERY PLAN {statement}"));
    let plan = explained.and_then(|mut explained| {
        let (mut rows, mut lines) = (explained.raw_query(), Vec::new());
        while let Some(row) = rows.next()? {
            lines.push(row.get(3)?);
        }
        Ok(lines)
    });
    plan.unwrap_or_else(|error| panic!("{statement}: {error}"))
}

/// Whether a line of a plan tells of a walk through a table or a guild, or of sorting.
fn is_worth_a_look(tables: &BTreeSet<String>, line: &str, statement: &str) -> bool {
    // What is not a table is an interim result, of which the lines below it tell.
    let walked = line
        .strip_prefix("SCAN ")
        .and_then(|rest| rest.split(' ').next());
    let walks = walked.is_some_and(|table| tables.contains(table));
    let sorts = line.contains("TEMP B-TREE");
    // Also through an index: its next column should have been known, unless the first few rows are all that is wanted.
    let few = [
        " LIMIT ",
        "SELECT max(",
        "SELECT min(",
        "coalesce(max(",
        "EXISTS (SELECT 1",
    ];
    let of_a_guild = line.contains("(guild=?)") && !few.iter().any(|few| statement.contains(few));
    walks || sorts || of_a_guild
}

/// Makes the planner believe that the tables are as large as a great community's: 10 guilds, and in each as many rows of
/// every table; by each further column of an index a thousandth of them.
fn grow(folder: &Path) {
    let database = open(folder);
    database
        .execute_batch("ANALYZE; DELETE FROM sqlite_stat1")
        .expect("analysed");
    // Samples would speak of the small tables.
    drop(database.execute_batch("DELETE FROM sqlite_stat4"));
    for table in tables(&database) {
        let sql = "SELECT name, \"unique\" FROM pragma_index_list(?1)";
        let indexes: Vec<(String, bool)> =
            rows(&database, sql, &table, |row| Ok((row.get(0)?, row.get(1)?)));
        let mut stats = vec![(None, ROWS.to_string())];
        for (index, is_unique) in indexes {
            let sql = "SELECT name FROM pragma_index_info(?1) ORDER BY seqno";
            let columns: Vec<Option<String>> = rows(&database, sql, &index, |row| row.get(0));
            let mut left = ROWS;
            let mut words = vec![ROWS.to_string()];
            for (place, column) in columns.iter().enumerate() {
                let is_guild = column.as_deref() == Some("guild");
                left = (left / if is_guild { 10 } else { 1000 }).max(1);
                let is_last = place + 1 == columns.len();
                words.push(if is_last && is_unique { 1 } else { left }.to_string());
            }
            stats.push((Some(index), words.join(" ")));
        }
        for (index, stat) in stats {
            let sql = "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?1, ?2, ?3)";
            database.execute(sql, (&table, index, stat)).expect("kept");
        }
    }
}

/// The tables that have rows of their own.
fn tables(database: &Connection) -> BTreeSet<String> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = ?1 AND rootpage > 0 AND name NOT LIKE 'sqlite%'";
    rows(database, sql, "table", |row| row.get(0))
        .into_iter()
        .collect()
}

fn rows<T>(
    database: &Connection,
    sql: &str,
    about: &str,
    read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
) -> Vec<T> {
    let mut statement = database.prepare(sql).expect("a question");
    let rows = statement.query_map([about], read).expect("an answer");
    rows.collect::<Result<_, _>>().expect("rows")
}
