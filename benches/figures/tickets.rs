//! What a ticket's message costs to be kept, and a morning after a long night: ten thousand mutes that are over.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use greffier::cogs::conversations::rules::{Incoming, Opening, open, place, receive};
use greffier::cogs::conversations::{Place as Placed, Sender, public_id};
use greffier::cogs::mutes::rules::{Length, mute};
use greffier::model::{ChannelId, Clock, GuildId, MessageId, Rejection, Scene, Timestamp, UserId};
use greffier::sandbox::{Options, Place, Sandbox};
use greffier::store::{Order, Store, Tx};
use tokio::net::TcpListener;

use crate::disk;
use crate::fill::{GUILD, order, registers, scene, standing};
use crate::process::{Bot, runtime};
use crate::table::{Table, Times, ms};

/// How many messages are kept, one after another.
const MESSAGES: u64 = 4_000;
/// How many mutes are due at the start.
const DUE: u16 = 10_000;
/// How many are muted in one transaction beforehand.
const TOGETHER: usize = 500;
/// What Discord takes of one bot in a second (its limit).
const REQUESTS_A_SECOND: u32 = 50;
/// For how long the lifting is watched: all of them would take 200 s.
const WATCHED: Duration = Duration::from_secs(40);
/// Between two commands of a moderator.
const PAUSE: Duration = Duration::from_millis(200);
const PATIENCE: Duration = Duration::from_secs(20);

/// Both.
pub fn measure(table: &mut Table) -> Result<()> {
    messages(table)?;
    unmutes(table)
}

fn messages(table: &mut Table) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let fsync = disk::fsync(folder.path(), 1_000)?;
    let store = Store::open(folder.path(), registers(), Clock::system())?;
    let opened = write(&store, |tx| {
        let opening = Opening {
            id: public_id::new(tx.now()),
            user: UserId(14),
            category: "help".to_owned(),
            subject: "a question".to_owned(),
            answers: Vec::new(),
            asked_in: None,
            place: Placed::Channel,
        };
        let number = open(tx, GUILD, opening)?.number;
        place(tx, GUILD, number, ChannelId(7), None)?;
        Ok(number)
    })?;
    let mut times = Vec::new();
    for number in 0..MESSAGES {
        let now = Timestamp::from(chrono::Utc::now());
        let incoming = Incoming {
            conversation: opened,
            id: public_id::new(now),
            sender: UserId(14),
            sender_name: "sam".to_owned(),
            sender_type: Sender::User,
            content: format!("message {number}: where is the order that I asked about last week?"),
            created_at: now,
            discord: Some(MessageId(1_000_000 + number)),
            attachments: Vec::new(),
        };
        let began = Instant::now();
        write(&store, move |tx| receive(tx, GUILD, incoming))?;
        times.push(began.elapsed());
    }
    store.close()?;
    let (kept, synced) = (Times::new(times).percentile(99), fsync.percentile(99));
    table.add(
        "a ticket's message kept through the rules, one at a time: p99",
        format!(
            "{} ({:.1}× an fsync of {})",
            ms(kept),
            kept.as_secs_f64() / synced.as_secs_f64(),
            ms(synced)
        ),
        "≤ 2.5× fsync".to_owned(),
        kept <= synced.mul_f64(2.5),
    );
    Ok(())
}

fn write<T, F>(store: &Store, rule: F) -> Result<T>
where
    T: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
    F: FnOnce(&mut Tx<'_>) -> Result<T, Rejection> + Send + 'static,
{
    let done = store.write_blocking(order(), rule);
    Ok(done
        .map_err(|rejection| anyhow::anyhow!("{rejection:#}"))?
        .value)
}

/// The bot was away while they ran out. Discord takes 50 requests a second; a moderator goes on giving warnings.
fn unmutes(table: &mut Table) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (idle, busy, rate) = runtime()?.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let options = Options {
            crowd: DUE,
            ..Options::default()
        };
        let discord = Sandbox::start(listener, options).await?;
        std::fs::create_dir_all(folder.path().join("data"))?;
        let (data, day) = (folder.path().join("data"), Duration::from_secs(86_400));
        tokio::task::block_in_place(|| mute_everyone(&data, &discord, day))?;
        let (bot, _) = Bot::start(folder.path(), &discord).await?;
        let (place, quiet) = (Place::channel("general"), "!settings direct_messages no");
        discord.asks("olive", &place, quiet, PATIENCE).await?;
        warned(&discord, 50).await?;
        let idle = times(&discord, WATCHED / 4).await?;
        bot.kill()?;
        // Now they are over.
        expire(folder.path())?;
        discord.turn(|knobs| knobs.requests_a_second = Some(REQUESTS_A_SECOND));
        let (bot, _) = Bot::start(folder.path(), &discord).await?;
        let (began, before) = (Instant::now(), left(folder.path())?);
        let busy = times(&discord, WATCHED).await?;
        let lifted = before - left(folder.path())?;
        let rate = lifted as f64 / began.elapsed().as_secs_f64();
        bot.kill()?;
        anyhow::Ok((idle, busy, rate))
    })?;
    table.add(
        &format!(
            "{DUE} mutes that ran out while the bot was away, the first {} s: lifted",
            WATCHED.as_secs()
        ),
        format!("{rate:.0}/s beside the commands"),
        format!("≥ 35/s (Discord takes {REQUESTS_A_SECOND} requests/s, commands included)"),
        rate >= 35.0,
    );
    let (idle, busy) = (idle.percentile(99), busy.percentile(99));
    table.add(
        "… `!warn` meanwhile: p99",
        format!("{} (idle {})", ms(busy), ms(idle)),
        "≤ 3× idle".to_owned(),
        busy <= idle * 3,
    );
    Ok(())
}

/// Mutes the whole crowd, as if Discord had done its part.
fn mute_everyone(data: &Path, discord: &Sandbox, length: Duration) -> Result<()> {
    let store = Store::open(data, registers(), Clock::system())?;
    let directory = discord.directory();
    let guild = GuildId(directory.guild.0);
    let crowd = directory.members.iter();
    let crowd: Vec<UserId> = crowd
        .filter(|(name, _)| name.starts_with("member"))
        .map(|(_, id)| UserId(id.0))
        .collect();
    for members in crowd.chunks(TOGETHER) {
        let members = members.to_vec();
        let order = Order {
            guild: Some(guild),
            ..order()
        };
        let done = store.write_blocking(order, move |tx| {
            let scene = Scene { guild, ..scene() };
            for member in members {
                let member = standing(member.0, 1);
                mute(tx, &scene, &member, Length::For(length), "", None)?;
            }
            Ok(())
        });
        done.map_err(|rejection| anyhow::anyhow!("{rejection:#}"))?;
    }
    store.close()?;
    let database = rusqlite::Connection::open(data.join(greffier::store::DATABASE))?;
    database.execute("DELETE FROM outbox", [])?;
    Ok(())
}

fn database(folder: &Path) -> Result<rusqlite::Connection> {
    let path = folder.join("data").join(greffier::store::DATABASE);
    let database = rusqlite::Connection::open(path)?;
    database.busy_timeout(PATIENCE)?;
    Ok(database)
}

fn expire(folder: &Path) -> Result<()> {
    let past = chrono::Utc::now().timestamp_millis() - 60_000;
    let touched = database(folder)?.execute("UPDATE mutes SET until = ?1, due = ?1", [past])?;
    ensure!(touched == usize::from(DUE), "{touched} mutes are there");
    Ok(())
}

/// How many mutes are not over yet.
fn left(folder: &Path) -> Result<u64> {
    let count: i64 =
        database(folder)?.query_row("SELECT count(*) FROM mutes", [], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

async fn warned(discord: &Sandbox, count: usize) -> Result<()> {
    for number in 0..count {
        warn(discord, number).await?;
    }
    Ok(())
}

async fn warn(discord: &Sandbox, number: usize) -> Result<Duration> {
    let place = Place::channel("general");
    let text = format!("!warn @member{} spam", 1 + number % 200);
    let began = Instant::now();
    let answered = discord.asks("mia", &place, &text, PATIENCE).await;
    answered.context("a warning was not answered")?;
    Ok(began.elapsed())
}

/// How long each warning took, one after another with pauses, for so long.
async fn times(discord: &Sandbox, length: Duration) -> Result<Times> {
    let began = Instant::now();
    let mut times = Vec::new();
    while began.elapsed() < length {
        times.push(warn(discord, times.len()).await?);
        tokio::time::sleep(PAUSE).await;
    }
    Ok(Times::new(times))
}
