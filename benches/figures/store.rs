//! Durable warnings per second through the rules.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::Result;
use greffier::cogs::warnings::rules::warn;
use greffier::model::Clock;
use greffier::store::{Faults, Order, Store};

use crate::fill::{fill, order, quiet, registers, scene, standing};
use crate::table::Table;

/// How many callers write at once.
const WRITERS: u64 = 64;
/// Discord's ids rise with time (2015 plus the upper 42 bits in milliseconds): one message a millisecond.
const FIRST_MESSAGE: u64 = 1_300_000_000_000_000_000;
/// How long each way is measured.
const LENGTH: Duration = Duration::from_secs(5);

/// 64 writers sharing commits, against the same rules with a commit for each.
pub fn measure(table: &mut Table) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let shared = per_second(folder.path(), Faults::default())?;
    let folder = tempfile::tempdir()?;
    let alone = per_second(
        folder.path(),
        Faults {
            commit_alone: true,
            ..Faults::default()
        },
    )?;
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

fn per_second(folder: &Path, faults: Faults) -> Result<f64> {
    let store = Store::open_faulty(folder, registers(), Clock::system(), faults)?;
    fill(&store, 10_000)?;
    quiet(&store)?;
    let began = Instant::now();
    let messages = AtomicU64::new(FIRST_MESSAGE);
    let done: u64 = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let (store, messages) = (&store, &messages);
                scope.spawn(move || write(store, messages, writer, began))
            })
            .collect();
        writers
            .into_iter()
            .map(|writer| writer.join().expect("a writer"))
            .sum()
    });
    let rate = done as f64 / began.elapsed().as_secs_f64();
    store.close()?;
    Ok(rate)
}

fn write(store: &Store, messages: &AtomicU64, writer: u64, began: Instant) -> u64 {
    let mut done = 0;
    while began.elapsed() < LENGTH {
        let (scene, member) = (
            scene(),
            standing(1_000_000 + (writer * 97 + done) % 5_000, 1),
        );
        let order = Order {
            origin: Some(format!(
                "m{}",
                messages.fetch_add(1 << 22, Ordering::Relaxed)
            )),
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
