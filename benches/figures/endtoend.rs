//! `!warn` from the member's message to the bot's reply, through gateway, journal and REST.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use futures::future::join_all;
use greffier::sandbox::{Place, Sandbox};

use crate::disk;
use crate::process::{Bot, discord, runtime, warning};
use crate::table::{Table, Times, ms};

/// How many warnings are timed one after another.
const ONE_BY_ONE: usize = 2_000;
/// How many are under way at once under load.
const AT_ONCE: usize = 64;
/// How long the load lasts.
const LENGTH: Duration = Duration::from_secs(8);
const PATIENCE: Duration = Duration::from_secs(20);

/// One at a time against one fsync of the same disk; then 64 in flight.
pub fn measure(table: &mut Table) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let fsync = disk::fsync(folder.path(), 1_000)?;
    let (times, told, rate) = runtime()?.block_on(async {
        let discord = discord().await?;
        let (bot, _) = Bot::start(folder.path(), &discord).await?;
        warm_up(&discord).await?;
        let times = one_by_one(&discord).await?;
        let told = at_once(&discord).await?;
        let (place, quiet) = (Place::channel("general"), "!settings direct_messages no");
        discord
            .asks("olive", &place, quiet, PATIENCE)
            .await
            .context("switching direct messages off")?;
        let rate = at_once(&discord).await?;
        bot.kill()?;
        anyhow::Ok((times, told, rate))
    })?;
    for (percent, room) in [(50, 3), (99, 10)] {
        let (warned, synced) = (times.percentile(percent), fsync.percentile(percent));
        table.add(
            &format!("`!warn` end to end, one at a time: p{percent}"),
            format!("{} (fsync {})", ms(warned), ms(synced)),
            format!("≤ fsync + {room} ms"),
            warned <= synced + Duration::from_millis(room),
        );
    }
    table.add(
        "`!warn` end to end, 64 in flight",
        format!("{rate:.0}/s"),
        "≥ 1,500/s".to_owned(),
        rate >= 1_500.0,
    );
    table.add(
        "… with a direct message to the member for each",
        format!("{told:.0}/s"),
        "≥ 1,500/s".to_owned(),
        told >= 1_500.0,
    );
    Ok(())
}

async fn warm_up(discord: &Sandbox) -> Result<()> {
    let place = Place::channel("general");
    for number in 0..50 {
        discord
            .asks("mia", &place, &warning(number), PATIENCE)
            .await?;
    }
    Ok(())
}

async fn one_by_one(discord: &Sandbox) -> Result<Times> {
    let place = Place::channel("general");
    let mut times = Vec::with_capacity(ONE_BY_ONE);
    for number in 0..ONE_BY_ONE {
        let began = Instant::now();
        discord
            .asks("mia", &place, &warning(number), PATIENCE)
            .await?;
        times.push(began.elapsed());
    }
    Ok(Times::new(times))
}

/// Warnings per second with 64 in flight.
pub async fn at_once(discord: &Sandbox) -> Result<f64> {
    let began = Instant::now();
    let lanes = (0..AT_ONCE).map(|lane| async move {
        let place = Place::channel("general");
        let mut done = 0_usize;
        while began.elapsed() < LENGTH {
            let text = warning(lane + done * AT_ONCE);
            discord.asks("mia", &place, &text, PATIENCE).await?;
            done += 1;
        }
        anyhow::Ok(done)
    });
    let done = join_all(lanes).await.into_iter().sum::<Result<usize>>()?;
    Ok(done as f64 / began.elapsed().as_secs_f64())
}
