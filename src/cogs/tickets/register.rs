//! How a guild set its tickets up: categories, panels, prepared answers, who may open none. Saved with the settings, as
//! `config.json`. The tickets themselves are conversations.

use anyhow::{Context as _, Result, ensure};
use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::category::{Category, Desk, Panel};
use crate::model::{ChannelId, GuildId, MessageId, Timestamp, UserId};
use crate::saved_row;
use crate::store::{Entry, Reader, Redaction, Register, SavedRow, Table, Tables};

/// The register of how tickets are set up.
pub struct Tickets;

/// The tickets of a guild were set up differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// A category is so from now on; one with a new key comes behind the others.
    CategorySet {
        /// All of it.
        category: Category,
    },
    /// A category is no longer offered. Its tickets go on.
    CategoryRemoved {
        /// Its key.
        key: String,
    },
    /// A panel is so from now on.
    PanelSet {
        /// All of it.
        panel: Panel,
    },
    /// Discord said which message a panel is.
    PanelPosted {
        /// Which panel.
        number: u32,
        /// Where it stands.
        channel: ChannelId,
        /// Which message.
        message: MessageId,
    },
    /// A panel is gone.
    PanelRemoved {
        /// Which.
        number: u32,
    },
    /// An answer was prepared, or prepared differently.
    ReplySet {
        /// By which staff call it.
        name: String,
        /// What it says, with `{user}` and the like.
        content: String,
    },
    /// A prepared answer is gone.
    ReplyRemoved {
        /// Which.
        name: String,
    },
    /// Somebody may open no tickets.
    Blocked {
        /// Who.
        member: UserId,
        /// Why.
        reason: String,
    },
    /// Somebody may open tickets again.
    Unblocked {
        /// Who.
        member: UserId,
    },
    /// Somebody had their data erased: why they are blocked goes, that they are stays.
    Erased {
        /// Who.
        person: UserId,
        /// The guilds in which they are blocked.
        guilds: Vec<GuildId>,
    },
    /// What holds for all tickets is so from now on.
    DeskSet {
        /// All of it.
        desk: Desk,
    },
}

saved_row! {
    /// A category; what administrators decided about it is JSON.
    pub struct CategoryRow in "ticket_categories" order "guild, key" {
        /// Where.
        pub guild: GuildId,
        /// Its key.
        pub key: String,
        /// Its place among the others, from the change that made it.
        pub position: u64,
        /// All of it.
        pub category: String,
    }
}

saved_row! {
    /// A panel; what it shows is JSON.
    pub struct PanelRow in "ticket_panels" order "guild, number" {
        /// Where.
        pub guild: GuildId,
        /// Its number.
        pub number: u32,
        /// All of it.
        pub panel: String,
        /// Which message it is.
        pub message: Option<MessageId>,
    }
}

saved_row! {
    /// A prepared answer.
    pub struct Reply in "ticket_replies" order "guild, name" {
        /// Where.
        pub guild: GuildId,
        /// By which staff call it.
        pub name: String,
        /// What it says.
        pub content: String,
    }
}

saved_row! {
    /// Somebody who may open no tickets.
    pub struct Block in "ticket_blocks" order "guild, member" {
        /// Where.
        pub guild: GuildId,
        /// Who.
        pub member: UserId,
        /// Why.
        pub reason: String,
        /// Who decided so.
        pub by: Option<UserId>,
        /// When.
        pub at: Timestamp,
    }
}

saved_row! {
    /// What holds for all tickets of a guild: JSON.
    pub struct DeskRow in "ticket_desks" order "guild" {
        /// Where.
        pub guild: GuildId,
        /// All of it.
        pub desk: String,
    }
}

impl Register for Tickets {
    type Change = Change;

    const NAME: &'static str = "tickets";
    const FILE: &'static str = "config.json";
    const SCHEMA: &'static [&'static str] = &["
        CREATE TABLE ticket_categories (
            guild INTEGER NOT NULL, key TEXT NOT NULL, position INTEGER NOT NULL, category TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX ticket_categories_key ON ticket_categories (guild, key);
        CREATE TABLE ticket_panels (
            guild INTEGER NOT NULL, number INTEGER NOT NULL, panel TEXT NOT NULL, message INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX ticket_panels_number ON ticket_panels (guild, number);
        CREATE TABLE ticket_replies (guild INTEGER NOT NULL, name TEXT NOT NULL, content TEXT NOT NULL) STRICT;
        CREATE UNIQUE INDEX ticket_replies_name ON ticket_replies (guild, name);
        CREATE TABLE ticket_blocks (
            guild INTEGER NOT NULL, member INTEGER NOT NULL, reason TEXT NOT NULL, by INTEGER, at INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX ticket_blocks_member ON ticket_blocks (guild, member);
        CREATE TABLE ticket_desks (guild INTEGER PRIMARY KEY, desk TEXT NOT NULL) STRICT;
    "];

    fn tables() -> Vec<Table> {
        vec![
            Table::of::<CategoryRow>(),
            Table::of::<PanelRow>(),
            Table::of::<Reply>(),
            Table::of::<Block>(),
            Table::of::<DeskRow>(),
        ]
    }

    fn apply(tables: &Tables<'_>, change: &Change, entry: &Entry) -> Result<()> {
        if let Change::Erased { person, guilds } = change {
            return erase(tables, *person, guilds);
        }
        let guild = entry.guild.context("tickets outside any guild")?;
        match change {
            Change::Erased { .. } => return Ok(()),
            Change::CategorySet { category } => tables.execute(
                "INSERT INTO ticket_categories (guild, key, position, category) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (guild, key) DO UPDATE SET category = excluded.category",
                params![guild, category.key, entry.seq, serde_json::to_string(category)?],
            ),
            Change::CategoryRemoved { key } => tables.execute(
                "DELETE FROM ticket_categories WHERE guild = ?1 AND key = ?2",
                params![guild, key],
            ),
            Change::PanelSet { panel } => tables.execute(
                "INSERT INTO ticket_panels (guild, number, panel) VALUES (?1, ?2, ?3)
                 ON CONFLICT (guild, number) DO UPDATE SET panel = excluded.panel",
                params![guild, panel.number, serde_json::to_string(panel)?],
            ),
            Change::PanelPosted { number, message, .. } => tables.execute(
                "UPDATE ticket_panels SET message = ?3 WHERE guild = ?1 AND number = ?2",
                params![guild, number, message],
            ),
            Change::PanelRemoved { number } => tables.execute(
                "DELETE FROM ticket_panels WHERE guild = ?1 AND number = ?2",
                params![guild, number],
            ),
            Change::ReplySet { name, content } => tables.execute(
                "INSERT INTO ticket_replies (guild, name, content) VALUES (?1, ?2, ?3)
                 ON CONFLICT (guild, name) DO UPDATE SET content = excluded.content",
                params![guild, name, content],
            ),
            Change::ReplyRemoved { name } => tables.execute(
                "DELETE FROM ticket_replies WHERE guild = ?1 AND name = ?2",
                params![guild, name],
            ),
            Change::Blocked { member, reason } => tables.execute(
                "INSERT INTO ticket_blocks (guild, member, reason, by, at) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (guild, member) DO UPDATE SET reason = excluded.reason, by = excluded.by, at = excluded.at",
                params![guild, member, reason, entry.actor, entry.at],
            ),
            Change::Unblocked { member } => tables.execute(
                "DELETE FROM ticket_blocks WHERE guild = ?1 AND member = ?2",
                params![guild, member],
            ),
            Change::DeskSet { desk } => tables.execute(
                "INSERT INTO ticket_desks (guild, desk) VALUES (?1, ?2)
                 ON CONFLICT (guild) DO UPDATE SET desk = excluded.desk",
                params![guild, serde_json::to_string(desk)?],
            ),
        }
        .map_err(anyhow::Error::from)
        .and_then(|touched| {
            ensure!(touched == 1, "nothing stands where {change:?} belongs");
            Ok(())
        })
    }

    fn inverse(change: &Change) -> Option<Change> {
        match change {
            Change::Blocked { member, .. } => Some(Change::Unblocked { member: *member }),
            _ => None,
        }
    }

    fn redact(change: &mut Change, person: UserId) -> Redaction {
        match change {
            Change::Blocked { member, reason } if *member == person => {
                reason.clear();
                Redaction::Overwritten
            }
            _ => Redaction::Nothing,
        }
    }

    fn erasure(reader: &Reader<'_>, person: UserId) -> Result<Option<Change>> {
        let mut blocked = Vec::new();
        for guild in reader.guilds("ticket_blocks")? {
            if block(reader, guild, person)?.is_some() {
                blocked.push(guild);
            }
        }
        let guilds = blocked;
        Ok((!guilds.is_empty()).then_some(Change::Erased { person, guilds }))
    }
}

fn erase(tables: &Tables<'_>, person: UserId, guilds: &[GuildId]) -> Result<()> {
    for guild in guilds {
        tables.execute(
            "UPDATE ticket_blocks SET reason = '' WHERE guild = ?1 AND member = ?2",
            params![guild, person],
        )?;
    }
    Ok(())
}

/// A guild's categories, the oldest first.
pub fn categories(reader: &Reader<'_>, guild: GuildId) -> Result<Vec<Category>> {
    let rows: Vec<String> = reader.query(
        "SELECT category FROM ticket_categories WHERE guild = ?1 ORDER BY position",
        [guild],
        |row| row.get(0),
    )?;
    rows.iter()
        .map(|row| serde_json::from_str(row).context("reading a ticket category"))
        .collect()
}

/// The category with this key.
pub fn category(reader: &Reader<'_>, guild: GuildId, key: &str) -> Result<Option<Category>> {
    let row: Option<String> = reader.query_optional(
        "SELECT category FROM ticket_categories WHERE guild = ?1 AND key = ?2",
        params![guild, key],
        |row| row.get(0),
    )?;
    row.map(|row| serde_json::from_str(&row).context("reading a ticket category"))
        .transpose()
}

/// A guild's panels with their messages, by number.
pub fn panels(reader: &Reader<'_>, guild: GuildId) -> Result<Vec<(Panel, Option<MessageId>)>> {
    let rows: Vec<(String, Option<MessageId>)> = reader.query(
        "SELECT panel, message FROM ticket_panels WHERE guild = ?1 ORDER BY number",
        [guild],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    rows.into_iter()
        .map(|(panel, message)| {
            let panel = serde_json::from_str(&panel).context("reading a ticket panel")?;
            Ok((panel, message))
        })
        .collect()
}

/// A guild's prepared answers, by name.
pub fn replies(reader: &Reader<'_>, guild: GuildId) -> Result<Vec<Reply>> {
    let columns = Reply::COLUMNS;
    let sql = format!("SELECT {columns} FROM ticket_replies WHERE guild = ?1 ORDER BY name");
    Ok(reader.query(&sql, [guild], Reply::read)?)
}

/// Why a member may open no tickets, if so.
pub fn block(reader: &Reader<'_>, guild: GuildId, member: UserId) -> Result<Option<Block>> {
    let columns = Block::COLUMNS;
    let sql = format!("SELECT {columns} FROM ticket_blocks WHERE guild = ?1 AND member = ?2");
    Ok(reader.query_optional(&sql, params![guild, member], Block::read)?)
}

/// What holds for all tickets of a guild.
pub fn desk(reader: &Reader<'_>, guild: GuildId) -> Result<Desk> {
    let row: Option<String> = reader.query_optional(
        "SELECT desk FROM ticket_desks WHERE guild = ?1",
        [guild],
        |row| row.get(0),
    )?;
    row.map_or_else(
        || Ok(Desk::default()),
        |row| serde_json::from_str(&row).context("reading how tickets are set up"),
    )
}
