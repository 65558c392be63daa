//! Who is silenced until when, and by which role where a guild has one. A row goes when Discord has said that the
//! silence is over; the case stays. Saved as `muted_users.json`.

use anyhow::{Result, ensure};
use rusqlite::params;
use serde::{Deserialize, Serialize};

use crate::model::{GuildId, RoleId, Timestamp, UserId};
use crate::saved_row;
use crate::store::{Entry, Reader, Redaction, Register, SavedRow, Table, Tables, Wording};

/// The mutes' register.
pub struct Mutes;

/// Something happened to a mute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// Somebody was muted; a mute that they had is replaced.
    Muted {
        /// The number of its case.
        number: u32,
        /// Who.
        member: UserId,
        /// Until when; absent: for good.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
        /// The mute role; absent: a timeout of Discord's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        role: Option<RoleId>,
        /// When something is to be done about it: its end, or the renewal of a timeout.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<Timestamp>,
    },
    /// Something is to be done about it later than was thought: a timeout was renewed, or an end was refused for now.
    Postponed {
        /// Whose mute.
        member: UserId,
        /// When.
        due: Option<Timestamp>,
    },
    /// It ends as soon as Discord says so.
    Lifting {
        /// Whose mute.
        member: UserId,
    },
    /// It is over.
    Over {
        /// Whose mute.
        member: UserId,
    },
    /// The role that it was given by is gone, or can't be given: it goes on as a timeout of Discord's.
    ByTimeout {
        /// Whose mute.
        member: UserId,
        /// When something is to be done about it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<Timestamp>,
    },
}

saved_row! {
    /// A mute that holds, or whose end Discord has not confirmed yet.
    pub struct Mute in "mutes" order "guild, member" {
        /// Where.
        pub guild: GuildId,
        /// Who.
        pub member: UserId,
        /// The number of its case.
        pub number: u32,
        /// Since when.
        pub since: Timestamp,
        /// Until when; absent: for good.
        pub until: Option<Timestamp>,
        /// The mute role; absent: a timeout of Discord's.
        pub role: Option<RoleId>,
        /// When something is to be done about it.
        pub due: Option<Timestamp>,
        /// Since when its end is promised; absent: it holds.
        pub lifting: Option<Timestamp>,
    }
}

impl Mute {
    /// Whether the member is to be silent at `now`.
    pub fn holds(&self, now: Timestamp) -> bool {
        self.lifting.is_none() && self.until.is_none_or(|until| until > now)
    }
}

impl Register for Mutes {
    type Change = Change;

    const NAME: &'static str = "mutes";
    const FILE: &'static str = "muted_users.json";
    const SCHEMA: &'static [&'static str] = &[
        "
        CREATE TABLE mutes (
            guild INTEGER NOT NULL,
            member INTEGER NOT NULL,
            number INTEGER NOT NULL,
            since INTEGER NOT NULL,
            until INTEGER,
            role INTEGER,
            due INTEGER,
            lifting INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX mutes_member ON mutes (guild, member);
        CREATE INDEX mutes_number ON mutes (guild, number);
        CREATE INDEX mutes_due ON mutes (due) WHERE due IS NOT NULL;
        CREATE TABLE mute_roles (guild INTEGER PRIMARY KEY, role INTEGER NOT NULL) STRICT;
    ",
        // The role is a setting of the guild's.
        "DROP TABLE mute_roles;",
    ];

    fn wording(table: &str) -> Wording {
        Wording {
            noun: (table == "mutes").then_some("mutes-counted-mutes"),
            amount: None,
        }
    }

    fn tables() -> Vec<Table> {
        vec![Table::of::<Mute>()]
    }

    fn apply(tables: &Tables<'_>, change: &Change, entry: &Entry) -> Result<()> {
        let Some(guild) = entry.guild else {
            anyhow::bail!("a mute outside any guild")
        };
        match change {
            Change::Muted {
                number,
                member,
                until,
                role,
                due,
            } => {
                remove(tables, guild, *member)?;
                Mute {
                    guild,
                    member: *member,
                    number: *number,
                    since: entry.at,
                    until: *until,
                    role: *role,
                    due: *due,
                    lifting: None,
                }
                .insert(tables)
            }
            Change::Postponed { member, due } => touch_one(
                *member,
                tables.execute(
                    "UPDATE mutes SET due = ?3 WHERE guild = ?1 AND member = ?2",
                    params![guild, member, due],
                )?,
            ),
            Change::Lifting { member } => touch_one(
                *member,
                tables.execute(
                    "UPDATE mutes SET lifting = ?3, due = NULL WHERE guild = ?1 AND member = ?2",
                    params![guild, member, entry.at],
                )?,
            ),
            Change::Over { member } => touch_one(*member, remove(tables, guild, *member)?),
            Change::ByTimeout { member, due } => touch_one(
                *member,
                tables.execute(
                    "UPDATE mutes SET role = NULL, due = ?3 WHERE guild = ?1 AND member = ?2",
                    params![guild, member, due],
                )?,
            ),
        }
    }

    fn redact(_change: &mut Change, _person: UserId) -> Redaction {
        // Ids and times only: a mute's words are its case's.
        Redaction::Nothing
    }
}

/// By the primary key, guild and member: nobody else's mute is touched.
fn remove(tables: &Tables<'_>, guild: GuildId, member: UserId) -> Result<usize> {
    Ok(tables.execute(
        "DELETE FROM mutes WHERE guild = ?1 AND member = ?2",
        params![guild, member],
    )?)
}

fn touch_one(member: UserId, touched: usize) -> Result<()> {
    ensure!(touched == 1, "{member} is not muted");
    Ok(())
}

const COLUMNS: &str = Mute::COLUMNS;

/// A member's mute.
pub fn of(reader: &Reader<'_>, guild: GuildId, member: UserId) -> Result<Option<Mute>> {
    let sql = format!("SELECT {COLUMNS} FROM mutes WHERE guild = ?1 AND member = ?2");
    Ok(reader.query_optional(&sql, params![guild, member], Mute::read)?)
}

/// A page of the guild's mutes, the newest first.
pub fn page(reader: &Reader<'_>, guild: GuildId, limit: u32, offset: u32) -> Result<Vec<Mute>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM mutes WHERE guild = ?1 ORDER BY number DESC LIMIT ?2 OFFSET ?3"
    );
    Ok(reader.query(&sql, params![guild, limit, offset], Mute::read)?)
}

/// How many mutes the guild has.
pub fn count(reader: &Reader<'_>, guild: GuildId) -> Result<u32> {
    Ok(reader.query_row(
        "SELECT count(*) FROM mutes WHERE guild = ?1",
        [guild],
        |row| row.get(0),
    )?)
}

/// Every mute of the guild, whatever their number: what is compared with Discord at start.
pub fn all(reader: &Reader<'_>, guild: GuildId) -> Result<Vec<Mute>> {
    let sql = format!("SELECT {COLUMNS} FROM mutes WHERE guild = ?1 ORDER BY number");
    Ok(reader.query(&sql, [guild], Mute::read)?)
}

/// When something is next to be done about a mute, in any guild.
pub fn next_due(reader: &Reader<'_>) -> Result<Option<Timestamp>> {
    Ok(reader.query_row(
        "SELECT min(due) FROM mutes WHERE due IS NOT NULL",
        [],
        |row| row.get(0),
    )?)
}

/// Up to `limit` mutes about which something is to be done at `now`, in any guild, the longest due first.
pub fn due(reader: &Reader<'_>, now: Timestamp, limit: u32) -> Result<Vec<Mute>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM mutes WHERE due IS NOT NULL AND due <= ?1 ORDER BY due LIMIT ?2"
    );
    Ok(reader.query(&sql, params![now, limit], Mute::read)?)
}

/// The mutes of a guild that were given by this role.
pub fn by_role(reader: &Reader<'_>, guild: GuildId, role: RoleId) -> Result<Vec<Mute>> {
    let mut mutes = all(reader, guild)?;
    mutes.retain(|mute| mute.role == Some(role));
    Ok(mutes)
}
