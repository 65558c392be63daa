//! Durable warnings per second through the rules.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;
use greffier::cogs::warnings::rules::warn;
use greffier::model::Clock;
use greffier::store::{Order, Store};

use crate::fill::{GUILD, fill, order, quiet, registers, scene, standing};
use crate::table::Table;

/// How many callers write at once.
const WRITERS: u64 = 64;
/// How long each way is measured.
const LENGTH: Duration = Duration::from_secs(5);

/// 64 writers sharing commits, against the same statements with a transaction each.
pub fn measure(table: &mut Table) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let store = Store::open(folder.path(), registers(), Clock::system())?;
    fill(&store, 10_000)?;
    let shared = together(&store)?;
    store.close()?;
    let alone = one_each(folder.path())?;
    table.add(
        "durable warnings per second through the rules, 64 writers",
        format!("{shared:.0}/s"),
        "≥ 10,000/s".to_owned(),
        shared >= 10_000.0,
    );
    table.add(
        "… against one transaction each, 64 writers, same run",
        format!("{:.1}× ({alone:.0}/s)", shared / alone),
        "≥ 10×".to_owned(),
        shared >= 10.0 * alone,
    );
    Ok(())
}

fn together(store: &Store) -> Result<f64> {
    quiet(store)?;
    let began = Instant::now();
    let done: u64 = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| scope.spawn(move || write(store, writer, began)))
            .collect();
        writers
            .into_iter()
            .map(|writer| writer.join().expect("a writer"))
            .sum()
    });
    Ok(done as f64 / began.elapsed().as_secs_f64())
}

fn write(store: &Store, writer: u64, began: Instant) -> u64 {
    let mut done = 0;
    while began.elapsed() < LENGTH {
        let (scene, member) = (
            scene(),
            standing(1_000_000 + (writer * 97 + done) % 5_000, 1),
        );
        let order = Order {
            origin: Some(format!("m{writer}-{done}")),
            ..order()
        };
        let warned = store.write_blocking(order, move |tx| {
            warn(tx, &scene, &member, 1, "a link in the wrong channel")
        });
        assert!(warned.is_ok(), "{warned:?}");
        done += 1;
    }
    done
}

/// The same rows, each writer with a connection and a transaction of its own.
fn one_each(folder: &Path) -> Result<f64> {
    let path = folder.join(greffier::store::DATABASE);
    let began = Instant::now();
    let done: Result<u64> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                scope.spawn({
                    let path = path.clone();
                    move || write_alone(&path, writer, began)
                })
            })
            .collect();
        writers
            .into_iter()
            .map(|writer| writer.join().expect("a writer"))
            .sum()
    });
    Ok(done? as f64 / began.elapsed().as_secs_f64())
}

fn write_alone(path: &Path, writer: u64, began: Instant) -> Result<u64> {
    let connection = rusqlite::Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(60))?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    let mut done = 0;
    while began.elapsed() < LENGTH {
        connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        connection
            .prepare_cached(
                "INSERT INTO journal (seq, at, guild, actor, origin, step, register, change)
                 SELECT max(seq) + 1, 0, ?1, 11, ?2, 0, 'warnings', ?3 FROM journal",
            )?
            .execute(rusqlite::params![
                GUILD,
                format!("alone{writer}-{done}"),
                "x".repeat(120)
            ])?;
        connection
            .prepare_cached(
                "INSERT INTO warnings (guild, number, member, moderator, points, reason, at)
                 SELECT ?1, max(number) + 1, ?2, 11, 1, 'a link in the wrong channel', 0 FROM warnings WHERE guild = ?1",
            )?
            .execute(rusqlite::params![GUILD, 1_000_000 + writer])?;
        connection.prepare_cached("COMMIT")?.execute([])?;
        done += 1;
    }
    Ok(done)
}
