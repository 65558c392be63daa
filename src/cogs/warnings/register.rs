//! Warnings: one row each, kept for ever; withdrawn and expired ones no longer count. Saved as `warnings.json`.

use anyhow::{Result, ensure};
use rusqlite::params;
use serde::{Deserialize, Serialize};

use crate::cogs::settings;
use crate::model::{Erased, GuildId, Timestamp, UserId};
use crate::saved_row;
use crate::store::{Entry, Reader, Redaction, Register, SavedRow, Table, Tables, Wording};

/// The warnings' register.
pub struct Warnings;

/// Something happened to a member's warnings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// A member was warned.
    Warned {
        /// The case's number in its guild, from 1.
        number: u32,
        /// Who was warned.
        member: UserId,
        /// How much it weighs.
        points: u32,
        /// Why.
        reason: String,
        /// When it stops counting; absent: never.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expires: Option<Timestamp>,
        /// What a threshold made of it: `timeout 3600`, `kick`, `ban`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        consequence: Option<String>,
    },
    /// A warning was taken back; it stays in the history.
    Withdrawn {
        /// Which case.
        number: u32,
    },
    /// All of a member's warnings were taken back at once.
    Cleared {
        /// Whose.
        member: UserId,
        /// Which cases.
        numbers: Vec<u32>,
    },
    /// A warning got another reason.
    Reworded {
        /// Which case.
        number: u32,
        /// Whose; without it nobody could take the reason out of the journal when they are erased.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        member: Option<UserId>,
        /// The new reason.
        reason: String,
    },
    /// A member had their data erased.
    Erased(Erased),
}

saved_row! {
    /// A warning, as the table and `warnings.json` keep it.
    pub struct Warning in "warnings" order "guild, number" {
        /// Where.
        pub guild: GuildId,
        /// The case's number in the guild.
        pub number: u32,
        /// Who was warned.
        pub member: UserId,
        /// Who warned; absent: Greffier itself.
        pub moderator: Option<UserId>,
        /// How much it weighs.
        pub points: u32,
        /// Why.
        pub reason: String,
        /// When.
        pub at: Timestamp,
        /// When it stops counting; absent: never.
        pub expires: Option<Timestamp>,
        /// When it was taken back.
        pub withdrawn: Option<Timestamp>,
        /// Who took it back.
        pub withdrawn_by: Option<UserId>,
        /// What a threshold made of it.
        pub consequence: Option<String>,
    }
}

impl Warning {
    /// Whether it still counts at `now`.
    pub fn counts(&self, now: Timestamp) -> bool {
        self.withdrawn.is_none() && self.expires.is_none_or(|expires| expires > now)
    }
}

impl Register for Warnings {
    type Change = Change;

    const NAME: &'static str = "warnings";
    const FILE: &'static str = "warnings.json";
    // A rowid table on purpose: keyed (guild, number) without rowid, the planner walks the whole guild to sum a member's points.
    const SCHEMA: &'static [&'static str] = &["
        CREATE TABLE warnings (
            guild INTEGER NOT NULL,
            number INTEGER NOT NULL,
            member INTEGER NOT NULL,
            moderator INTEGER,
            points INTEGER NOT NULL,
            reason TEXT NOT NULL,
            at INTEGER NOT NULL,
            expires INTEGER,
            withdrawn INTEGER,
            withdrawn_by INTEGER,
            consequence TEXT
        ) STRICT;
        CREATE UNIQUE INDEX warnings_number ON warnings (guild, number);
        CREATE INDEX warnings_member ON warnings (guild, member, at, points, expires, withdrawn);
    "];

    fn wording(table: &str) -> Wording {
        Wording {
            noun: (table == "warnings").then_some("warnings-counted-warnings"),
            amount: None,
        }
    }

    fn tables() -> Vec<Table> {
        vec![Table::of::<Warning>()]
    }

    fn apply(tables: &Tables<'_>, change: &Change, entry: &Entry) -> Result<()> {
        if let Change::Erased(erased) = change {
            return erase(tables, erased);
        }
        let Some(guild) = entry.guild else {
            anyhow::bail!("a warning outside any guild")
        };
        match change {
            Change::Erased(_) => Ok(()),
            Change::Warned {
                number,
                member,
                points,
                reason,
                expires,
                consequence,
            } => Warning {
                guild,
                number: *number,
                member: *member,
                moderator: entry.actor,
                points: *points,
                reason: reason.clone(),
                at: entry.at,
                expires: *expires,
                withdrawn: None,
                withdrawn_by: None,
                consequence: consequence.clone(),
            }
            .insert(tables),
            Change::Withdrawn { number } => withdraw(tables, guild, *number, entry),
            Change::Cleared { numbers, .. } => numbers
                .iter()
                .try_for_each(|number| withdraw(tables, guild, *number, entry)),
            Change::Reworded { number, reason, .. } => {
                let touched = tables.execute(
                    "UPDATE warnings SET reason = ?3 WHERE guild = ?1 AND number = ?2",
                    params![guild, number, reason],
                )?;
                ensure!(touched == 1, "there is no case {number}");
                Ok(())
            }
        }
    }

    fn redact(change: &mut Change, person: UserId) -> Redaction {
        match change {
            Change::Warned { member, reason, .. } if *member == person => {
                reason.clear();
                Redaction::Overwritten
            }
            Change::Reworded {
                member: Some(member),
                reason,
                ..
            } if *member == person => {
                reason.clear();
                Redaction::Overwritten
            }
            _ => Redaction::Nothing,
        }
    }

    fn erasure(reader: &Reader<'_>, person: UserId) -> Result<Option<Change>> {
        let mut guilds = reader.guilds("warnings")?;
        let mut warned = Vec::new();
        for guild in guilds.drain(..) {
            if count(reader, guild, Some(person))? > 0 {
                warned.push(guild);
            }
        }
        if warned.is_empty() {
            return Ok(None);
        }
        let erased = settings::rules::erased(reader, person, warned)?;
        Ok(Some(Change::Erased(erased)))
    }
}

/// The cases stay, so that no number is given twice; their reasons go, and where the guild keeps no records, the name.
fn erase(tables: &Tables<'_>, erased: &Erased) -> Result<()> {
    for (guild, member) in erased.named() {
        tables.execute(
            "UPDATE warnings SET reason = '', member = ?3 WHERE guild = ?1 AND member = ?2",
            params![guild, erased.person, member],
        )?;
    }
    Ok(())
}

fn withdraw(tables: &Tables<'_>, guild: GuildId, number: u32, entry: &Entry) -> Result<()> {
    let touched = tables.execute(
        "UPDATE warnings SET withdrawn = ?3, withdrawn_by = ?4 WHERE guild = ?1 AND number = ?2 AND withdrawn IS NULL",
        params![guild, number, entry.at, entry.actor],
    )?;
    ensure!(touched == 1, "there is no case {number} that stands");
    Ok(())
}

const COLUMNS: &str = Warning::COLUMNS;

/// One case.
pub fn find(reader: &Reader<'_>, guild: GuildId, number: u32) -> Result<Option<Warning>> {
    let sql = format!("SELECT {COLUMNS} FROM warnings WHERE guild = ?1 AND number = ?2");
    Ok(reader.query_optional(&sql, params![guild, number], Warning::read)?)
}

/// A page of the guild's warnings, or of one member's, the newest first.
pub fn page(
    reader: &Reader<'_>,
    guild: GuildId,
    member: Option<UserId>,
    limit: u32,
    offset: u32,
) -> Result<Vec<Warning>> {
    Ok(match member {
        Some(member) => {
            let sql = format!(
                "SELECT {COLUMNS} FROM warnings WHERE guild = ?1 AND member = ?2
                 ORDER BY at DESC, number DESC LIMIT ?3 OFFSET ?4"
            );
            reader.query(&sql, params![guild, member, limit, offset], Warning::read)?
        }
        None => {
            let sql = format!(
                "SELECT {COLUMNS} FROM warnings WHERE guild = ?1 ORDER BY number DESC LIMIT ?2 OFFSET ?3"
            );
            reader.query(&sql, params![guild, limit, offset], Warning::read)?
        }
    })
}

/// How many warnings the guild, or one member of it, ever had.
pub fn count(reader: &Reader<'_>, guild: GuildId, member: Option<UserId>) -> Result<u32> {
    Ok(match member {
        Some(member) => reader.query_row(
            "SELECT count(*) FROM warnings WHERE guild = ?1 AND member = ?2",
            params![guild, member],
            |row| row.get(0),
        )?,
        None => reader.query_row(
            "SELECT count(*) FROM warnings WHERE guild = ?1",
            [guild],
            |row| row.get(0),
        )?,
    })
}

/// The points that count against a member at `now`, of warnings given at or after `since`.
pub fn points(
    reader: &Reader<'_>,
    guild: GuildId,
    member: UserId,
    since: Timestamp,
    now: Timestamp,
) -> Result<u32> {
    Ok(reader.query_row(
        "SELECT coalesce(sum(points), 0) FROM warnings
         WHERE guild = ?1 AND member = ?2 AND at >= ?3 AND withdrawn IS NULL AND (expires IS NULL OR expires > ?4)",
        params![guild, member, since, now],
        |row| row.get(0),
    )?)
}

/// The numbers of a member's cases that were not taken back, expired ones among them.
pub fn standing(reader: &Reader<'_>, guild: GuildId, member: UserId) -> Result<Vec<u32>> {
    // `+` keeps the planner from walking the guild in the order of numbers: a member's few are sorted.
    Ok(reader.query(
        "SELECT number FROM warnings WHERE guild = ?1 AND member = ?2 AND withdrawn IS NULL ORDER BY +number",
        params![guild, member],
        |row| row.get(0),
    )?)
}

#[cfg(test)]
mod tests {
    #[test]
    fn summing_a_members_points_reads_nothing_but_the_members_index_entries() {
        let database = rusqlite::Connection::open_in_memory().expect("an empty database");
        for step in <super::Warnings as crate::store::Register>::SCHEMA {
            database.execute_batch(step).expect("the schema");
        }
        let plan: String = database
            .query_row(
                "EXPLAIN QUERY PLAN SELECT coalesce(sum(points), 0) FROM warnings
                 WHERE guild = 1 AND member = 2 AND at >= 3 AND withdrawn IS NULL AND (expires IS NULL OR expires > 4)",
                [],
                |row| row.get(3),
            )
            .expect("a plan");
        assert_eq!(
            plan,
            "SEARCH warnings USING COVERING INDEX warnings_member (guild=? AND member=? AND at>?)"
        );
    }
}
