//! Who wants which role for whom, until when; and which roles we gave. In `persistent_data.json`.

use anyhow::{Context as _, Result, ensure};
use rusqlite::params;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};

use crate::model::{GuildId, RoleId, Timestamp, UserId};
use crate::saved_row;
use crate::store::{Entry, Reader, Register, SavedRow, Table, Tables};

/// The roles' register.
pub struct Roles;

/// Who wants a member to have a role. Each wants it for itself: one that no longer does leaves the others' wish alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A mute, in guilds that mute by a role.
    Mute,
    /// The member, in a menu.
    Menu,
    /// The member, who bought it.
    Shop,
    /// A regular payment.
    Payday,
    /// The member had it when they left.
    Rejoin,
}

impl Source {
    /// Every source.
    pub const ALL: [Source; 5] = [
        Source::Mute,
        Source::Menu,
        Source::Shop,
        Source::Payday,
        Source::Rejoin,
    ];

    /// As tables, saves and locale keys name it.
    pub fn name(self) -> &'static str {
        match self {
            Source::Mute => "mute",
            Source::Menu => "menu",
            Source::Shop => "shop",
            Source::Payday => "payday",
            Source::Rejoin => "rejoin",
        }
    }
}

impl ToSql for Source {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.name().into())
    }
}

impl FromSql for Source {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let name = value.as_str()?;
        let known = Source::ALL.into_iter().find(|source| source.name() == name);
        known.ok_or(FromSqlError::InvalidType)
    }
}

/// Something happened to what members should have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// A source wants a member to have a role; or wants it until another time than before.
    Granted {
        /// Whom.
        member: UserId,
        /// What.
        role: RoleId,
        /// Who wants it.
        source: Source,
        /// Until when; absent: for good.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
    },
    /// A source no longer wants it.
    Withdrawn {
        /// Whose.
        member: UserId,
        /// What.
        role: RoleId,
        /// Who wanted it.
        source: Source,
    },
    /// A source wanted it until now.
    Expired {
        /// Whose.
        member: UserId,
        /// What.
        role: RoleId,
        /// Who wanted it.
        source: Source,
    },
    /// We are about to give a member these roles, which they do not have: they are ours to take away again.
    Given {
        /// Whom.
        member: UserId,
        /// What.
        roles: Vec<RoleId>,
    },
    /// These roles, once ours, the member no longer has.
    Taken {
        /// Whose.
        member: UserId,
        /// What.
        roles: Vec<RoleId>,
    },
    /// A member left, and all their roles with them.
    Left {
        /// Who.
        member: UserId,
        /// What they had by other hands than ours and is given back when they return.
        roles: Vec<RoleId>,
    },
    /// A member who came back has again what they had when they left.
    Returned {
        /// Who.
        member: UserId,
    },
    /// A role is gone from the guild: nobody can have it any more.
    RoleDeleted {
        /// Which.
        role: RoleId,
    },
}

saved_row! {
    /// A source's wish that a member have a role.
    pub struct Grant in "role_grants" order "guild, member, role, source" {
        /// Where.
        pub guild: GuildId,
        /// Whom.
        pub member: UserId,
        /// What.
        pub role: RoleId,
        /// Who wants it.
        pub source: Source,
        /// Since when.
        pub since: Timestamp,
        /// Until when; absent: for good.
        pub until: Option<Timestamp>,
    }
}

saved_row! {
    /// A role that we gave a member who did not have it.
    pub struct GivenRole in "roles_given" order "guild, member, role" {
        /// Where.
        pub guild: GuildId,
        /// Whom.
        pub member: UserId,
        /// What.
        pub role: RoleId,
        /// When.
        pub since: Timestamp,
    }
}

impl Register for Roles {
    type Change = Change;

    const NAME: &'static str = "roles";
    const SCHEMA: &'static [&'static str] = &["
        CREATE TABLE role_grants (
            guild INTEGER NOT NULL,
            member INTEGER NOT NULL,
            role INTEGER NOT NULL,
            source TEXT NOT NULL,
            since INTEGER NOT NULL,
            until INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX role_grants_key ON role_grants (guild, member, role, source);
        CREATE INDEX role_grants_role ON role_grants (guild, role);
        CREATE INDEX role_grants_until ON role_grants (until, guild) WHERE until IS NOT NULL;
        CREATE TABLE roles_given (
            guild INTEGER NOT NULL,
            member INTEGER NOT NULL,
            role INTEGER NOT NULL,
            since INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX roles_given_key ON roles_given (guild, member, role);
        CREATE INDEX roles_given_role ON roles_given (guild, role);
    "];

    fn tables() -> Vec<Table> {
        vec![Table::of::<Grant>(), Table::of::<GivenRole>()]
    }

    fn apply(tables: &Tables<'_>, change: &Change, entry: &Entry) -> Result<()> {
        let guild = entry.guild.context("a role outside any guild")?;
        match change {
            Change::Granted {
                member,
                role,
                source,
                until,
            } => want(tables, guild, *member, *role, (*source, *until), entry),
            Change::Withdrawn {
                member,
                role,
                source,
            }
            | Change::Expired {
                member,
                role,
                source,
            } => {
                let touched = tables.execute(
                    "DELETE FROM role_grants WHERE guild = ?1 AND member = ?2 AND role = ?3 AND source = ?4",
                    params![guild, member, role, source],
                )?;
                ensure!(touched == 1, "{source:?} does not want role {role}");
                Ok(())
            }
            Change::Given { member, roles } => give(tables, guild, *member, roles, entry.at),
            Change::Taken { member, roles } => take(tables, guild, *member, roles),
            Change::Left { member, roles } => {
                let all = given(tables, guild, *member)?;
                take(tables, guild, *member, &all)?;
                roles.iter().try_for_each(|role| {
                    want(tables, guild, *member, *role, (Source::Rejoin, None), entry)
                })
            }
            Change::Returned { member } => {
                tables.execute(
                    "DELETE FROM role_grants WHERE guild = ?1 AND member = ?2 AND source = ?3",
                    params![guild, member, Source::Rejoin],
                )?;
                Ok(())
            }
            Change::RoleDeleted { role } => {
                for table in ["role_grants", "roles_given"] {
                    tables.execute(
                        &format!("DELETE FROM {table} WHERE guild = ?1 AND role = ?2"),
                        params![guild, role],
                    )?;
                }
                Ok(())
            }
        }
    }

    /// Until when a wish stood is not known any more once it was withdrawn: only a grant can be undone.
    fn inverse(change: &Change) -> Option<Change> {
        match change {
            Change::Granted {
                member,
                role,
                source,
                ..
            } => Some(Change::Withdrawn {
                member: *member,
                role: *role,
                source: *source,
            }),
            _ => None,
        }
    }
}

fn give(
    tables: &Tables<'_>,
    guild: GuildId,
    member: UserId,
    roles: &[RoleId],
    at: Timestamp,
) -> Result<()> {
    for role in roles {
        tables.execute(
            "INSERT INTO roles_given (guild, member, role, since) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (guild, member, role) DO UPDATE SET since = excluded.since",
            params![guild, member, role, at],
        )?;
    }
    Ok(())
}

fn take(tables: &Tables<'_>, guild: GuildId, member: UserId, roles: &[RoleId]) -> Result<()> {
    for role in roles {
        tables.execute(
            "DELETE FROM roles_given WHERE guild = ?1 AND member = ?2 AND role = ?3",
            params![guild, member, role],
        )?;
    }
    Ok(())
}

fn want(
    tables: &Tables<'_>,
    guild: GuildId,
    member: UserId,
    role: RoleId,
    (source, until): (Source, Option<Timestamp>),
    entry: &Entry,
) -> Result<()> {
    let touched = tables.execute(
        "UPDATE role_grants SET until = ?5 WHERE guild = ?1 AND member = ?2 AND role = ?3 AND source = ?4",
        params![guild, member, role, source, until],
    )?;
    if touched == 0 {
        let since = entry.at;
        Grant {
            guild,
            member,
            role,
            source,
            since,
            until,
        }
        .insert(tables)?;
    }
    Ok(())
}

/// Every wish that stands for a member, by role.
pub fn grants(reader: &Reader<'_>, guild: GuildId, member: UserId) -> Result<Vec<Grant>> {
    let sql = format!(
        "SELECT {} FROM role_grants WHERE guild = ?1 AND member = ?2 ORDER BY role, source",
        Grant::COLUMNS
    );
    Ok(reader.query(&sql, params![guild, member], Grant::read)?)
}

/// One source's wish.
pub fn find(
    reader: &Reader<'_>,
    guild: GuildId,
    member: UserId,
    role: RoleId,
    source: Source,
) -> Result<Option<Grant>> {
    let sql = format!(
        "SELECT {} FROM role_grants WHERE guild = ?1 AND member = ?2 AND role = ?3 AND source = ?4",
        Grant::COLUMNS
    );
    let key = params![guild, member, role, source];
    Ok(reader.query_optional(&sql, key, Grant::read)?)
}

/// The roles that we gave a member.
pub fn given(reader: &Reader<'_>, guild: GuildId, member: UserId) -> Result<Vec<RoleId>> {
    Ok(reader.query(
        "SELECT role FROM roles_given WHERE guild = ?1 AND member = ?2 ORDER BY role",
        params![guild, member],
        |row| row.get(0),
    )?)
}

/// Everyone for whom anything is wanted, or who was given anything.
pub fn members(reader: &Reader<'_>, guild: GuildId) -> Result<Vec<UserId>> {
    Ok(reader.query(
        "SELECT member FROM role_grants WHERE guild = ?1
         UNION SELECT member FROM roles_given WHERE guild = ?1 ORDER BY member",
        [guild],
        |row| row.get(0),
    )?)
}

/// Whether anybody wants, or was given, this role.
pub fn knows(reader: &Reader<'_>, guild: GuildId, role: RoleId) -> Result<bool> {
    Ok(reader.query_row(
        "SELECT EXISTS (SELECT 1 FROM role_grants WHERE guild = ?1 AND role = ?2)
             OR EXISTS (SELECT 1 FROM roles_given WHERE guild = ?1 AND role = ?2)",
        params![guild, role],
        |row| row.get(0),
    )?)
}

/// When the next wish ends.
pub fn next_expiry(reader: &Reader<'_>) -> Result<Option<Timestamp>> {
    Ok(reader.query_row(
        "SELECT min(until) FROM role_grants WHERE until IS NOT NULL",
        [],
        |row| row.get(0),
    )?)
}

/// Up to `limit` wishes that have ended at `now`, the oldest first.
pub fn ended(reader: &Reader<'_>, now: Timestamp, limit: u32) -> Result<Vec<Grant>> {
    let sql = format!(
        "SELECT {} FROM role_grants WHERE until <= ?1 ORDER BY until, guild LIMIT ?2",
        Grant::COLUMNS
    );
    Ok(reader.query(&sql, params![now, limit], Grant::read)?)
}
