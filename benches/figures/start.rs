//! How long a start takes, what recovery takes, and what the process holds in memory.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use futures::future::join_all;
use greffier::model::Clock;
use greffier::sandbox::{Place, Sandbox};
use greffier::vault::{Cause, Layout, Options, Vault};

use crate::fill::{fill, registers};
use crate::process::{Bot, discord, runtime, warning};
use crate::table::{Table, seconds};

const MB: u64 = 1_000_000;
/// How many commands the bot has taken when its memory is looked at again.
const COMMANDS: usize = 100_000;
const AT_ONCE: usize = 64;
const PATIENCE: Duration = Duration::from_secs(20);

/// Empty, with 1,000,000 warnings, recovered from files, and after 100,000 commands.
pub fn measure(table: &mut Table) -> Result<()> {
    let (empty, full) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let saved = prepare(full.path())?;
    runtime()?.block_on(async {
        let discord = discord().await?;
        // A first start makes the tables; the second one is what an operator's restart is.
        start(empty.path(), &discord).await?.0.kill()?;
        let (bot, time) = start(empty.path(), &discord).await?;
        line(
            table,
            "start to IDENTIFY, empty",
            time,
            Duration::from_millis(100),
        );
        memory(table, "memory after READY", &bot, 20)?;
        let (bot, time) = {
            bot.kill()?;
            start(full.path(), &discord).await?
        };
        line(
            table,
            "start to IDENTIFY, 1,000,000 records",
            time,
            Duration::from_millis(300),
        );
        memory(table, "memory with 1,000,000 records", &bot, 40)?;
        commands(&discord).await?;
        memory(table, "memory after 100,000 commands", &bot, 70)?;
        bot.kill()?;
        for file in ["greffier.db", "greffier.db-wal", "greffier.db-shm"] {
            // The log and its index are there only when the bot was killed at the wrong moment.
            let _ = std::fs::remove_file(full.path().join("data").join(file));
        }
        let journal = size_of(&full.path().join("data/journal"))?;
        let (bot, time) = start(full.path(), &discord).await?;
        let per_gb = time.as_secs_f64() / ((saved + journal) as f64 / 1e9);
        table.add(
            "recovery from files after the database is lost",
            format!(
                "{per_gb:.1} s/GB ({} for {} MB of saves and {} MB of journal)",
                seconds(time),
                saved / MB,
                journal / MB
            ),
            "≤ 25 s/GB".to_owned(),
            per_gb <= 25.0,
        );
        bot.kill()
    })
}

/// Fills, saves; returns the size of the saved files in bytes.
fn prepare(folder: &Path) -> Result<u64> {
    let layout = Layout::new(folder.join("data"), folder.join("backups"));
    let (vault, _) = Vault::start(layout, registers(), Clock::system(), Options::default())?;
    fill(vault.store(), 1_000_000)?;
    vault.save(Cause::Requested)?;
    let saved = std::fs::metadata(folder.join("data/warnings.json"))?.len();
    vault.stop(Duration::from_secs(60))?;
    Ok(saved)
}

/// All bytes of the files in a folder.
fn size_of(folder: &Path) -> Result<u64> {
    let mut size = 0;
    for entry in std::fs::read_dir(folder)? {
        size += entry?.metadata()?.len();
    }
    Ok(size)
}

async fn start(folder: &Path, discord: &Sandbox) -> Result<(Bot, Duration)> {
    while discord.is_bot_connected() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    Bot::start(folder, discord).await
}

async fn commands(discord: &Sandbox) -> Result<()> {
    let place = Place::channel("general");
    discord
        .asks("olive", &place, "!settings direct_messages no", PATIENCE)
        .await?;
    let lanes = (0..AT_ONCE).map(|lane| async move {
        let place = Place::channel("general");
        for round in 0..COMMANDS / AT_ONCE {
            discord
                .asks("mia", &place, &warning(lane + round * AT_ONCE), PATIENCE)
                .await?;
        }
        anyhow::Ok(())
    });
    join_all(lanes).await.into_iter().collect()
}

fn line(table: &mut Table, what: &str, time: Duration, wanted: Duration) {
    table.add(
        what,
        seconds(time),
        format!("≤ {} s", wanted.as_secs_f64()),
        time <= wanted,
    );
}

fn memory(table: &mut Table, what: &str, bot: &Bot, wanted: u64) -> Result<()> {
    let held = bot.memory()?;
    table.add(
        what,
        format!("{:.1} MB", held as f64 / MB as f64),
        format!("≤ {wanted} MB"),
        held <= wanted * MB,
    );
    Ok(())
}
