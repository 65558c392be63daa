//! What of the ledger is a member's own words: the notes beside their coins. Amounts stay, and so does their sum.

use anyhow::Result;
use rusqlite::params;

use crate::cogs::economy::account::Account;
use crate::model::{GuildId, UserId};
use crate::store::{Reader, Tables};

/// The guilds in which a member ever had coins.
pub fn guilds_of(reader: &Reader<'_>, member: UserId) -> Result<Vec<GuildId>> {
    let mut guilds = Vec::new();
    for guild in reader.guilds("accounts")? {
        let has: bool = reader.query_row(
            "SELECT EXISTS (SELECT 1 FROM entries WHERE guild = ?1 AND account = ?2)",
            params![guild, Account::Member(member)],
            |row| row.get(0),
        )?;
        if has {
            guilds.push(guild);
        }
    }
    Ok(guilds)
}

/// Takes the notes out of a member's entries, and out of the other side of each: it stands right before or behind.
pub fn erase(tables: &Tables<'_>, member: UserId, guilds: &[GuildId]) -> Result<()> {
    let account = Account::Member(member);
    for guild in guilds {
        for other_side in [-1, 1] {
            tables.execute(
                "UPDATE entries SET note = '' WHERE other = ?2 AND id IN
                     (SELECT id + ?3 FROM entries WHERE guild = ?1 AND account = ?2)",
                params![guild, account, other_side],
            )?;
        }
        tables.execute(
            "UPDATE entries SET note = '' WHERE guild = ?1 AND account = ?2",
            params![guild, account],
        )?;
    }
    Ok(())
}
