//! A leaderboard of a million accounts, and what a transfer costs beside a warning.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use greffier::cogs::economy::amount::Amount;
use greffier::cogs::economy::register::ledger::{self, Rung};
use greffier::cogs::economy::rules::ledger::{Consent, Party, pay};
use greffier::cogs::warnings::rules::warn;
use greffier::model::{Clock, GuildId, UserId};
use greffier::store::{Order, Store};

use crate::fill::{GUILD, fill, order, registers, scene, standing};
use crate::table::{Table, Times, ms};

const ACCOUNTS: u64 = 1_000_000;
/// How many pages are turned.
const PAGES: u64 = 4_000;
/// How many transfers, and as many warnings.
const WRITES: u64 = 4_000;

/// Both figures on one store.
pub fn measure(table: &mut Table) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let store = Store::open(folder.path(), registers(), Clock::system())?;
    fill(&store, 10_000)?;
    open_accounts(&store)?;
    leaderboard(&store, table)?;
    transfers(&store, table)?;
    store.close()
}

/// Balances from 1 to 100,000, so that ten members share each.
fn open_accounts(store: &Store) -> Result<()> {
    let mut connection = rusqlite::Connection::open(store.path())?;
    connection.busy_timeout(Duration::from_secs(60))?;
    let transaction = connection.transaction()?;
    {
        let mut insert = transaction
            .prepare("INSERT INTO accounts (guild, account, balance) VALUES (?1, ?2, ?3)")?;
        for member in 0..ACCOUNTS {
            insert.execute((
                GUILD,
                UserId(first() + member),
                i64::try_from(member % 100_000 + 1)?,
            ))?;
        }
    }
    transaction.commit().context("opening a million accounts")
}

fn first() -> u64 {
    5_000_000
}

/// The first pages, those reached by their number, and those in the depth that only buttons reach.
fn leaderboard(store: &Store, table: &mut Table) -> Result<()> {
    let guild: GuildId = GUILD;
    let mut times = Vec::new();
    for turn in 0..PAGES {
        let deep = Rung {
            balance: i64::try_from(turn * 7_919 % 100_000 + 1)?,
            member: UserId(first() + turn * 104_729 % ACCOUNTS),
        };
        let began = Instant::now();
        let rungs = store.read_blocking(|reader| match turn % 4 {
            0 => ledger::richest(reader, guild, 11, 0),
            1 => ledger::richest(reader, guild, 11, 990),
            2 => ledger::richest_after(reader, guild, deep, 11),
            _ => ledger::richest_before(reader, guild, deep, 11),
        })?;
        times.push(began.elapsed());
        anyhow::ensure!(rungs.len() == 11, "a page of {}", rungs.len());
    }
    let p99 = Times::new(times).percentile(99);
    table.add(
        "a page of the leaderboard of 1,000,000 accounts, p99",
        ms(p99),
        "≤ 5 ms".to_owned(),
        p99 <= Duration::from_millis(5),
    );
    Ok(())
}

/// One after the other, taking turns, so that both have the same disk.
fn transfers(store: &Store, table: &mut Table) -> Result<()> {
    let (mut warnings, mut payments) = (Vec::new(), Vec::new());
    for turn in 0..WRITES {
        let origin = |kind: &str| Order {
            origin: Some(format!("{kind}{turn}")),
            ..order()
        };
        let (scene, member) = (scene(), standing(1_000_000 + turn % 5_000, 1));
        let began = Instant::now();
        store.write_blocking(origin("w"), move |tx| {
            warn(tx, &scene, &member, 1, "a link in the wrong channel")
        })?;
        warnings.push(began.elapsed());
        let from = UserId(first() + 99_999 - turn % 50_000);
        let to = Party {
            user: UserId(first() + turn),
            bot: false,
        };
        let began = Instant::now();
        store.write_blocking(origin("p"), move |tx| {
            pay(tx, GUILD, from, to, Amount::Coins(1), Consent::Typed)
        })?;
        payments.push(began.elapsed());
    }
    let (warning, payment) = (
        Times::new(warnings).percentile(50),
        Times::new(payments).percentile(50),
    );
    let ratio = payment.as_secs_f64() / warning.as_secs_f64();
    table.add(
        "a transfer beside a warning, medians of the same run",
        format!("{ratio:.2}× ({} and {})", ms(payment), ms(warning)),
        "≤ 1.2×".to_owned(),
        ratio <= 1.2,
    );
    Ok(())
}
