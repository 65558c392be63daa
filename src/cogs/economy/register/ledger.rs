//! The ledger: accounts with their balances, and the entries that made them. Every coin comes from an account and goes to one.

use anyhow::{Context, Result, ensure};
use rusqlite::params;

use crate::cogs::economy::account::{Account, MOST_COINS, Why};
use crate::model::{GuildId, Timestamp, UserId};
use crate::saved_row;
use crate::store::{Entry, Reader, SavedRow, Tables};

/// An entry's id is its change's journal position times this, plus its place in the change.
const PLACES: i64 = 1 << 20;

saved_row! {
    /// An account and what is in it: the sum of its entries.
    pub struct AccountRow in "accounts" order "guild, account" {
        /// Where.
        pub guild: GuildId,
        /// Whose.
        pub account: Account,
        /// How many coins.
        pub balance: i64,
    }
}

saved_row! {
    /// One side of a movement of coins.
    pub struct LedgerEntry in "entries" order "id" {
        /// The journal position of its change times 65,536, plus its place in the change.
        pub id: i64,
        /// Where.
        pub guild: GuildId,
        /// Whose side this is.
        pub account: Account,
        /// What came, or below zero, what went.
        pub amount: i64,
        /// What was in the account afterwards.
        pub balance: i64,
        /// The other side.
        pub other: Account,
        /// What for.
        pub why: Why,
        /// When.
        pub at: Timestamp,
        /// Who gave the order; absent: Greffier itself.
        pub actor: Option<UserId>,
        /// What an administrator said of it.
        pub note: String,
    }
}

/// One change's page in the ledger.
pub struct Book<'a> {
    /// The tables, for what stands beside the ledger.
    pub tables: &'a Tables<'a>,
    /// In which guild.
    pub guild: GuildId,
    /// Who and when.
    pub entry: &'a Entry,
    place: i64,
}

impl<'a> Book<'a> {
    /// A page that is still empty.
    pub fn open(tables: &'a Tables<'a>, guild: GuildId, entry: &'a Entry) -> Book<'a> {
        Book {
            tables,
            guild,
            entry,
            place: 0,
        }
    }

    /// Moves coins. Fails rather than make a balance that can't be.
    pub fn transfer(&mut self, from: Account, to: Account, amount: i64, why: Why) -> Result<()> {
        self.carry(from, to, amount, why, "")
    }

    /// [`Book::transfer`], with words.
    pub fn carry(
        &mut self,
        from: Account,
        to: Account,
        amount: i64,
        why: Why,
        note: &str,
    ) -> Result<()> {
        ensure!(from != to, "coins can't go from {from} to itself");
        ensure!(amount > 0, "{amount} coins can't be moved");
        self.write(from, -amount, to, why, note)?;
        self.write(to, amount, from, why, note)
    }

    fn write(
        &mut self,
        account: Account,
        amount: i64,
        other: Account,
        why: Why,
        note: &str,
    ) -> Result<()> {
        let before = balance(self.tables, self.guild, account)?;
        let balance = before
            .checked_add(amount)
            .filter(|balance| balance.abs() <= MOST_COINS)
            .with_context(|| format!("the account {account} would hold too much"))?;
        ensure!(
            balance >= 0 || account.may_owe(),
            "the account {account} has only {before} coins of {}",
            -amount
        );
        self.tables.execute(
            "INSERT INTO accounts (guild, account, balance) VALUES (?1, ?2, ?3)
             ON CONFLICT (guild, account) DO UPDATE SET balance = excluded.balance",
            params![self.guild, account, balance],
        )?;
        ensure!(self.place < PLACES, "a change with too many entries");
        let position = i64::try_from(self.entry.seq).context("the journal's position")?;
        let entry = LedgerEntry {
            id: position * PLACES + self.place,
            guild: self.guild,
            account,
            amount,
            balance,
            other,
            why,
            at: self.entry.at,
            actor: self.entry.actor,
            note: note.to_owned(),
        };
        self.place += 1;
        entry.insert(self.tables)
    }

    /// Every purse goes back to the bank: an entry each, and one for the bank.
    pub fn take_everything_back(&mut self) -> Result<()> {
        let (guild, position) = (self.guild, i64::try_from(self.entry.seq)?);
        let (purses, total): (i64, i64) = self
            .tables
            .query_row(PURSES, [guild], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if total == 0 {
            return Ok(());
        }
        ensure!(
            self.place + purses < PLACES,
            "too many purses for one change"
        );
        self.tables.execute(
            "INSERT INTO entries (id, guild, account, amount, balance, other, why, at, actor, note)
             SELECT ?2 + row_number() OVER (ORDER BY account), guild, account, -balance, 0, -1, 'reset', ?3, ?4, ''
             FROM accounts WHERE guild = ?1 AND account > 0 AND balance > 0",
            params![guild, position * PLACES + self.place, self.entry.at, self.entry.actor],
        )?;
        self.tables.execute(
            "UPDATE accounts SET balance = 0 WHERE guild = ?1 AND account > 0 AND balance > 0",
            [guild],
        )?;
        let bank = balance(self.tables, guild, Account::Bank)? + total;
        self.tables.execute(
            "INSERT INTO accounts (guild, account, balance) VALUES (?1, -1, ?2)
             ON CONFLICT (guild, account) DO UPDATE SET balance = excluded.balance",
            params![guild, bank],
        )?;
        LedgerEntry {
            id: position * PLACES + self.place,
            guild,
            account: Account::Bank,
            amount: total,
            balance: bank,
            other: Account::Bank,
            why: Why::Reset,
            at: self.entry.at,
            actor: self.entry.actor,
            note: String::new(),
        }
        .insert(self.tables)
    }
}

/// How many purses of a guild hold anything, and how much altogether.
pub(super) const PURSES: &str = "SELECT count(*), coalesce(sum(balance), 0) FROM accounts
    WHERE guild = ?1 AND account > 0 AND balance > 0";

/// What is in an account; 0 for one that was never used.
pub fn balance(reader: &Reader<'_>, guild: GuildId, account: Account) -> Result<i64> {
    Ok(reader
        .query_optional(
            "SELECT balance FROM accounts WHERE guild = ?1 AND account = ?2",
            params![guild, account],
            |row| row.get(0),
        )?
        .unwrap_or(0))
}

/// A place on the leaderboard, from which the list goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rung {
    /// The balance there.
    pub balance: i64,
    /// The member there.
    pub member: UserId,
}

/// The richest members, after `offset` of them.
pub const RICHEST: &str = "SELECT account, balance FROM accounts
    WHERE guild = ?1 AND account > 0 AND balance > 0 ORDER BY balance DESC, account DESC LIMIT ?2 OFFSET ?3";
/// Those who come after a place of the leaderboard: at once, however deep.
pub const RICHEST_AFTER: &str = "SELECT account, balance FROM accounts
    WHERE guild = ?1 AND account > 0 AND balance > 0 AND (balance, account) < (?2, ?3)
    ORDER BY balance DESC, account DESC LIMIT ?4";
/// Those who come before a place of the leaderboard, the nearest first. One bound only: of two the planner may take the lower
/// and walk from the poorest.
pub const RICHEST_BEFORE: &str = "SELECT account, balance FROM accounts
    WHERE guild = ?1 AND account > 0 AND (balance, account) > (?2, ?3)
    ORDER BY balance, account LIMIT ?4";
/// How many are richer, as far as it is worth counting.
pub const RICHER: &str = "SELECT count(*) FROM (SELECT 1 FROM accounts
    WHERE guild = ?1 AND account > 0 AND (balance, account) > (?2, ?3) LIMIT ?4)";

fn rung(row: &rusqlite::Row<'_>) -> rusqlite::Result<Rung> {
    let member: u64 = row.get::<_, i64>(0)?.unsigned_abs();
    Ok(Rung {
        member: UserId(member),
        balance: row.get(1)?,
    })
}

/// `limit` members from the top of the leaderboard, after `offset`. Costs what `offset` is: for small ones.
pub fn richest(reader: &Reader<'_>, guild: GuildId, limit: u32, offset: u32) -> Result<Vec<Rung>> {
    Ok(reader.query(RICHEST, params![guild, limit, offset], rung)?)
}

/// `limit` members below a place of the leaderboard.
pub fn richest_after(
    reader: &Reader<'_>,
    guild: GuildId,
    place: Rung,
    limit: u32,
) -> Result<Vec<Rung>> {
    let params = params![guild, place.balance, place.member, limit];
    Ok(reader.query(RICHEST_AFTER, params, rung)?)
}

/// `limit` members above a place of the leaderboard, the richest first.
pub fn richest_before(
    reader: &Reader<'_>,
    guild: GuildId,
    place: Rung,
    limit: u32,
) -> Result<Vec<Rung>> {
    let params = params![guild, place.balance, place.member, limit];
    let mut rungs = reader.query(RICHEST_BEFORE, params, rung)?;
    rungs.reverse();
    Ok(rungs)
}

/// A rung's place from 1, if it is among the first `within`.
pub fn place(reader: &Reader<'_>, guild: GuildId, rung: Rung, within: u32) -> Result<Option<u32>> {
    let params = params![guild, rung.balance, rung.member, within];
    let richer: u32 = reader.query_row(RICHER, params, |row| row.get(0))?;
    Ok((richer < within).then_some(richer + 1))
}

/// Which page of a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// The newest entries.
    Newest,
    /// Those older than this entry.
    Before(i64),
    /// Those newer than this entry.
    After(i64),
}

/// A member's entries, older than one.
pub const OLDER: &str =
    "SELECT id, guild, account, amount, balance, other, why, at, actor, note FROM entries
    WHERE guild = ?1 AND account = ?2 AND id < ?3 ORDER BY id DESC LIMIT ?4";
/// A member's entries, newer than one, the oldest first.
pub const NEWER: &str =
    "SELECT id, guild, account, amount, balance, other, why, at, actor, note FROM entries
    WHERE guild = ?1 AND account = ?2 AND id > ?3 ORDER BY id LIMIT ?4";

/// A page of an account's entries, the newest first.
pub fn history(
    reader: &Reader<'_>,
    guild: GuildId,
    account: Account,
    from: From,
    limit: u32,
) -> Result<Vec<LedgerEntry>> {
    let before = match from {
        From::Newest => i64::MAX,
        From::Before(id) => id,
        From::After(id) => {
            let params = params![guild, account, id, limit];
            let mut entries = reader.query(NEWER, params, LedgerEntry::read)?;
            entries.reverse();
            return Ok(entries);
        }
    };
    let params = params![guild, account, before, limit];
    Ok(reader.query(OLDER, params, LedgerEntry::read)?)
}
