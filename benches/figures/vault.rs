//! Saves and archives at the sizes that they are promised for, and what commands feel of them.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::Result;
use greffier::cogs::warnings::rules::warn;
use greffier::model::Clock;
use greffier::vault::{Cause, Layout, Options, Vault};

use crate::disk;
use crate::fill::{fill, order, registers, scene, standing};
use crate::table::{Table, Times, ms, seconds};

/// A pause between the commands that are timed while a save runs, so that they are a moderator's and not a load.
const PACE: Duration = Duration::from_millis(1);

/// How often commands are timed with and without saves beside them, and for how long each time.
const ROUNDS: u32 = 6;
const ROUND: Duration = Duration::from_secs(2);

/// 100,000 and 1,000,000 warnings.
pub fn measure(table: &mut Table) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let layout = Layout::new(folder.path().join("data"), folder.path().join("backups"));
    let (vault, _) = Vault::start(layout, registers(), Clock::system(), Options::default())?;
    fill(vault.store(), 100_000)?;
    let (idle, during, save) = beside_saves(&vault)?;
    table.add(
        "save of 100,000 warnings while commands run, median",
        seconds(save),
        "≤ 0.15 s".to_owned(),
        save <= Duration::from_millis(150),
    );
    let ratio = during.percentile(99).as_secs_f64() / idle.percentile(99).as_secs_f64();
    table.add(
        "p99 of warnings during saves, against idle",
        format!(
            "{ratio:.2}× ({} / {})",
            ms(during.percentile(99)),
            ms(idle.percentile(99))
        ),
        "≤ 1.5×".to_owned(),
        ratio <= 1.5,
    );
    fill(vault.store(), 900_000)?;
    let began = Instant::now();
    vault.save(Cause::Requested)?;
    let save = began.elapsed();
    table.add(
        "save of 1,000,000 warnings",
        seconds(save),
        "≤ 1.5 s".to_owned(),
        save <= Duration::from_millis(1500),
    );
    let began = Instant::now();
    vault.save(Cause::Requested)?;
    let unchanged = began.elapsed();
    table.add(
        "save when nothing changed",
        ms(unchanged),
        "≤ 10 ms".to_owned(),
        unchanged <= Duration::from_millis(10),
    );
    archive(table, &vault, folder.path())?;
    vault.stop(Duration::from_secs(30))?;
    Ok(())
}

fn archive(table: &mut Table, vault: &Vault, folder: &std::path::Path) -> Result<()> {
    let began = Instant::now();
    let report = vault.archive(Cause::Requested, None)?;
    let archived = began.elapsed();
    let (copied, bytes) = disk::copy(&report.path, &folder.join("copy"))?;
    let ratio = archived.as_secs_f64() / copied.as_secs_f64();
    table.add(
        "archive of 1,000,000 records, read back, against cp + fsync",
        format!(
            "{ratio:.2}× ({} / {}, {} MB)",
            seconds(archived),
            seconds(copied),
            bytes / 1_000_000
        ),
        "≤ 4×".to_owned(),
        ratio <= 4.0,
    );
    Ok(())
}

/// The times of commands with nothing beside them and during saves, in turns: the disk of a shared machine has better and
/// worse seconds. Comes with the median time of a save.
fn beside_saves(vault: &Vault) -> Result<(Times, Times, Duration)> {
    let (mut idle, mut during, mut saves) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (times, _) = paced(vault, ROUND, || {
            std::thread::sleep(PACE);
            Ok(())
        })?;
        idle.extend(times);
        let (times, runs) = paced(vault, ROUND, || vault.save(Cause::Requested).map(drop))?;
        during.extend(times);
        saves.extend(runs);
    }
    Ok((
        Times::new(idle),
        Times::new(during),
        Times::new(saves).percentile(50),
    ))
}

/// Times warnings one after another for `length`, while `beside` runs again and again; returns the times of both.
fn paced(
    vault: &Vault,
    length: Duration,
    beside: impl Fn() -> Result<()> + Sync,
) -> Result<(Vec<Duration>, Vec<Duration>)> {
    let ended = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let beside = scope.spawn(|| -> Result<Vec<Duration>> {
            let mut runs = Vec::new();
            while !ended.load(Ordering::Relaxed) {
                let began = Instant::now();
                beside()?;
                runs.push(began.elapsed());
            }
            Ok(runs)
        });
        let mut times = Vec::new();
        let began = Instant::now();
        let mut number = 0;
        while began.elapsed() < length {
            let (scene, member) = (scene(), standing(1_000_000 + number % 5_000, 1));
            let asked = Instant::now();
            vault
                .store()
                .write_blocking(order(), move |tx| warn(tx, &scene, &member, 1, "a link"))?;
            times.push(asked.elapsed());
            number += 1;
            std::thread::sleep(PACE);
        }
        ended.store(true, Ordering::Relaxed);
        let runs = beside.join().expect("the other thread")?;
        Ok((times, runs))
    })
}
