//! Adding the ledger up: that every balance is the sum of its entries, and that no coin was made or lost.

use anyhow::Result;

use super::ledger::{PURSES, balance};
use crate::cogs::economy::account::Account;
use crate::model::GuildId;
use crate::store::Reader;

/// What an audit of one guild's ledger found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audit {
    /// Coins in circulation: what the bank owes.
    pub supply: i64,
    /// Coins in members' purses.
    pub purses: i64,
    /// How many members have any.
    pub members: u64,
    /// Coins in escrow.
    pub escrow: i64,
    /// How many entries there are.
    pub entries: u64,
    /// What is wrong; empty: nothing.
    pub problems: Vec<String>,
}

/// Adds a guild's whole ledger up.
pub fn audit(reader: &Reader<'_>, guild: GuildId) -> Result<Audit> {
    let (members, purses) =
        reader.query_row(PURSES, [guild], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let entries = reader.query_row(
        "SELECT count(*) FROM entries WHERE guild = ?1",
        [guild],
        |row| row.get(0),
    )?;
    Ok(Audit {
        supply: -balance(reader, guild, Account::Bank)?,
        purses,
        members,
        escrow: balance(reader, guild, Account::Escrow)?,
        entries,
        problems: problems(reader, Some(guild))?,
    })
}

/// What is wrong in the ledgers of all guilds.
pub fn check(reader: &Reader<'_>) -> Result<Vec<String>> {
    problems(reader, None)
}

/// Each look walks an index from end to end: an audit reads everything, that is its point.
fn problems(reader: &Reader<'_>, guild: Option<GuildId>) -> Result<Vec<String>> {
    let (only, params): (_, Vec<&dyn rusqlite::ToSql>) = match &guild {
        Some(guild) => ("guild = ?1", vec![guild]),
        None => ("true", Vec::new()),
    };
    let mut problems = Vec::new();
    for (sql, describe) in LOOKS {
        let sql = sql.replace("{only}", only);
        problems.extend(reader.query(&sql, params.as_slice(), describe)?);
    }
    Ok(problems)
}

/// Words for a row that should not be there.
type Describe = fn(&rusqlite::Row<'_>) -> rusqlite::Result<String>;

/// What must not be, at most twenty of each, and how it is put.
const LOOKS: [(&str, Describe); 5] = [
    (
        "SELECT guild, account, balance, sum FROM
             (SELECT guild, account, balance FROM accounts WHERE {only})
             LEFT JOIN (SELECT guild AS g, account AS a, sum(amount) AS sum FROM entries WHERE {only} GROUP BY guild, account)
             ON g = guild AND a = account
         WHERE balance <> coalesce(sum, 0) LIMIT 20",
        |row| {
            let (guild, account): (GuildId, Account) = (row.get(0)?, row.get(1)?);
            let (balance, sum): (i64, Option<i64>) = (row.get(2)?, row.get(3)?);
            let sum = sum.unwrap_or(0);
            Ok(format!("guild {guild}: the account {account} holds {balance}, but its entries make {sum}"))
        },
    ),
    (
        "SELECT DISTINCT guild, account FROM entries WHERE {only}
         AND NOT EXISTS (SELECT 1 FROM accounts WHERE accounts.guild = entries.guild AND accounts.account = entries.account)
         LIMIT 20",
        |row| {
            let (guild, account): (GuildId, Account) = (row.get(0)?, row.get(1)?);
            Ok(format!("guild {guild}: the account {account} has entries, but does not exist"))
        },
    ),
    (
        "SELECT guild, sum(balance) AS sum FROM accounts WHERE {only} GROUP BY guild HAVING sum <> 0 LIMIT 20",
        |row| {
            let (guild, sum): (GuildId, i64) = (row.get(0)?, row.get(1)?);
            Ok(format!("guild {guild}: all accounts make {sum} instead of 0"))
        },
    ),
    (
        "SELECT guild, account, balance FROM accounts WHERE {only} AND balance < 0 AND account NOT IN (-1, -3) LIMIT 20",
        |row| {
            let (guild, account): (GuildId, Account) = (row.get(0)?, row.get(1)?);
            let owed: i64 = row.get(2)?;
            Ok(format!("guild {guild}: the account {account} is at {owed}"))
        },
    ),
    (
        "SELECT guild, balance, stakes FROM (SELECT guild, balance FROM accounts WHERE {only} AND account = -2)
             LEFT JOIN (SELECT guild AS g, sum(stake) AS stakes FROM games WHERE {only} AND due IS NOT NULL GROUP BY guild)
             ON g = guild
         WHERE balance <> coalesce(stakes, 0) LIMIT 20",
        |row| {
            let (guild, balance): (GuildId, i64) = (row.get(0)?, row.get(1)?);
            let stakes: Option<i64> = row.get(2)?;
            let stakes = stakes.unwrap_or(0);
            Ok(format!("guild {guild}: {balance} in escrow, but {stakes} staked in open games"))
        },
    ),
];
