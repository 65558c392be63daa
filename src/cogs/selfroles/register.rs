//! Menus from which members choose their own roles, and what each offers. In `persistent_data.json`.

use anyhow::{Context as _, Result, ensure};
use rusqlite::params;
use rusqlite::types::ToSql;

pub use super::change::{Change, Edit, Style};
use crate::model::{ChannelId, GuildId, MessageId, RoleId, Timestamp, UserId};
use crate::saved_row;
use crate::store::{Entry, Reader, Register, SavedRow, Table, Tables};

/// The menus' register.
pub struct Selfroles;

saved_row! {
    /// A menu. Lists are JSON text.
    pub struct MenuRow in "role_menus" order "guild, number" {
        /// Where.
        pub guild: GuildId,
        /// Its number in the guild.
        pub number: u32,
        /// Its heading.
        pub title: String,
        /// The text below it.
        pub text: Option<String>,
        /// How it is used.
        pub style: Style,
        /// How many of its roles are had at least, once any is.
        pub least: u8,
        /// How many are had at most.
        pub most: Option<u8>,
        /// One of these is needed.
        pub required: String,
        /// None of these may be had.
        pub forbidden: String,
        /// In which channel it stands.
        pub channel: Option<ChannelId>,
        /// As which message.
        pub message: Option<MessageId>,
        /// Since when its message is gone.
        pub vanished: Option<Timestamp>,
        /// When it was closed.
        pub closed: Option<Timestamp>,
    }
}

saved_row! {
    /// A role that a menu offers.
    pub struct Offer in "role_menu_offers" order "guild, menu, place" {
        /// Where.
        pub guild: GuildId,
        /// In which menu.
        pub menu: u32,
        /// What.
        pub role: RoleId,
        /// Which comes first: the journal position of its first offer.
        pub place: i64,
        /// What stands on it.
        pub label: String,
        /// For how long, in seconds; absent: for good.
        pub seconds: Option<u64>,
        /// Who set it up: at each use it must still be a role that they may hand out.
        pub chooser: Option<UserId>,
    }
}

impl Register for Selfroles {
    type Change = Change;

    const NAME: &'static str = "selfroles";
    const SCHEMA: &'static [&'static str] = &["
        CREATE TABLE role_menus (
            guild INTEGER NOT NULL,
            number INTEGER NOT NULL,
            title TEXT NOT NULL,
            text TEXT,
            style TEXT NOT NULL,
            least INTEGER NOT NULL,
            most INTEGER,
            required TEXT NOT NULL,
            forbidden TEXT NOT NULL,
            channel INTEGER,
            message INTEGER,
            vanished INTEGER,
            closed INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX role_menus_number ON role_menus (guild, number);
        CREATE INDEX role_menus_message ON role_menus (guild, message) WHERE message IS NOT NULL;
        CREATE INDEX role_menus_open ON role_menus (guild, number) WHERE closed IS NULL;
        CREATE TABLE role_menu_offers (
            guild INTEGER NOT NULL,
            menu INTEGER NOT NULL,
            role INTEGER NOT NULL,
            place INTEGER NOT NULL,
            label TEXT NOT NULL,
            seconds INTEGER,
            chooser INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX role_menu_offers_key ON role_menu_offers (guild, menu, role);
        CREATE UNIQUE INDEX role_menu_offers_place ON role_menu_offers (guild, menu, place);
        CREATE INDEX role_menu_offers_role ON role_menu_offers (guild, role, menu);
    "];

    fn tables() -> Vec<Table> {
        vec![Table::of::<MenuRow>(), Table::of::<Offer>()]
    }

    fn apply(tables: &Tables<'_>, change: &Change, entry: &Entry) -> Result<()> {
        let guild = entry.guild.context("a menu outside any guild")?;
        match change {
            Change::Created {
                number,
                title,
                style,
            } => MenuRow {
                guild,
                number: *number,
                title: title.clone(),
                text: None,
                style: *style,
                least: 0,
                most: None,
                required: "[]".to_owned(),
                forbidden: "[]".to_owned(),
                channel: None,
                message: None,
                vanished: None,
                closed: None,
            }
            .insert(tables),
            Change::Edited { number, edit } => edit_menu(tables, guild, *number, edit),
            Change::Offered {
                number,
                role,
                label,
                seconds,
            } => offer(tables, (guild, *number, *role), label, *seconds, entry),
            Change::Dropped { number, role } => touch_one(
                tables,
                "DELETE FROM role_menu_offers WHERE guild = ?1 AND menu = ?2 AND role = ?3",
                params![guild, number, role],
            ),
            Change::Posted {
                number,
                channel,
                message,
            } => touch_one(
                tables,
                "UPDATE role_menus SET channel = ?3, message = ?4, vanished = NULL WHERE guild = ?1 AND number = ?2",
                params![guild, number, channel, message],
            ),
            Change::Sent { number, channel } => touch_one(
                tables,
                "UPDATE role_menus SET channel = ?3, message = NULL, vanished = NULL WHERE guild = ?1 AND number = ?2",
                params![guild, number, channel],
            ),
            Change::Vanished { number } => touch_one(
                tables,
                "UPDATE role_menus SET message = NULL, vanished = ?3 WHERE guild = ?1 AND number = ?2",
                params![guild, number, entry.at],
            ),
            Change::Closed { number } => {
                tables.execute(
                    "DELETE FROM role_menu_offers WHERE guild = ?1 AND menu = ?2",
                    params![guild, number],
                )?;
                touch_one(
                    tables,
                    "UPDATE role_menus SET message = NULL, closed = ?3 WHERE guild = ?1 AND number = ?2",
                    params![guild, number, entry.at],
                )
            }
        }
    }
}

fn touch_one(tables: &Tables<'_>, sql: &str, params: impl rusqlite::Params) -> Result<()> {
    let touched = tables.execute(sql, params)?;
    ensure!(touched == 1, "there is no such menu or role");
    Ok(())
}

fn edit_menu(tables: &Tables<'_>, guild: GuildId, number: u32, edit: &Edit) -> Result<()> {
    let set = |columns: &str, value: &dyn ToSql| {
        let sql = format!("UPDATE role_menus SET {columns} = ?3 WHERE guild = ?1 AND number = ?2");
        touch_one(tables, &sql, params![guild, number, value])
    };
    match edit {
        Edit::Title(title) => set("title", title),
        Edit::Text(text) => set("text", text),
        Edit::Style(style) => set("style", style),
        Edit::Required(roles) => set("required", &serde_json::to_string(roles)?),
        Edit::Forbidden(roles) => set("forbidden", &serde_json::to_string(roles)?),
        Edit::Choice { least, most } => {
            set("least", least)?;
            set("most", most)
        }
    }
}

fn offer(
    tables: &Tables<'_>,
    (guild, menu, role): (GuildId, u32, RoleId),
    label: &str,
    seconds: Option<u64>,
    entry: &Entry,
) -> Result<()> {
    tables.execute(
        "INSERT INTO role_menu_offers (guild, menu, role, place, label, seconds, chooser)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (guild, menu, role) DO UPDATE
         SET label = excluded.label, seconds = excluded.seconds, chooser = excluded.chooser",
        params![guild, menu, role, entry.seq, label, seconds, entry.actor],
    )?;
    Ok(())
}

/// A menu with what it offers.
#[derive(Clone, Debug, PartialEq)]
pub struct RoleMenu {
    /// Its properties.
    pub row: MenuRow,
    /// One of these is needed.
    pub required: Vec<RoleId>,
    /// None of these may be had.
    pub forbidden: Vec<RoleId>,
    /// What it offers, in order.
    pub offers: Vec<Offer>,
}

/// The number that the guild's next menu gets.
pub fn next_number(reader: &Reader<'_>, guild: GuildId) -> Result<u32> {
    Ok(reader.query_row(
        "SELECT coalesce(max(number), 0) + 1 FROM role_menus WHERE guild = ?1",
        [guild],
        |row| row.get(0),
    )?)
}

/// One menu, unless it is closed.
pub fn find(reader: &Reader<'_>, guild: GuildId, number: u32) -> Result<Option<RoleMenu>> {
    let sql = format!(
        "SELECT {} FROM role_menus WHERE guild = ?1 AND number = ?2 AND closed IS NULL",
        MenuRow::COLUMNS
    );
    let row = reader.query_optional(&sql, params![guild, number], MenuRow::read)?;
    row.map(|row| with_offers(reader, row)).transpose()
}

fn with_offers(reader: &Reader<'_>, row: MenuRow) -> Result<RoleMenu> {
    let sql = format!(
        "SELECT {} FROM role_menu_offers WHERE guild = ?1 AND menu = ?2 ORDER BY place",
        Offer::COLUMNS
    );
    Ok(RoleMenu {
        required: serde_json::from_str(&row.required)?,
        forbidden: serde_json::from_str(&row.forbidden)?,
        offers: reader.query(&sql, params![row.guild, row.number], Offer::read)?,
        row,
    })
}

/// A page of the guild's menus, the oldest first.
pub fn page(reader: &Reader<'_>, guild: GuildId, limit: u32, offset: u32) -> Result<Vec<RoleMenu>> {
    let sql = format!(
        "SELECT {} FROM role_menus WHERE guild = ?1 AND closed IS NULL ORDER BY number LIMIT ?2 OFFSET ?3",
        MenuRow::COLUMNS
    );
    let rows = reader.query(&sql, params![guild, limit, offset], MenuRow::read)?;
    rows.into_iter()
        .map(|row| with_offers(reader, row))
        .collect()
}

/// How many menus the guild has.
pub fn count(reader: &Reader<'_>, guild: GuildId) -> Result<u32> {
    Ok(reader.query_row(
        "SELECT count(*) FROM role_menus WHERE guild = ?1 AND closed IS NULL",
        [guild],
        |row| row.get(0),
    )?)
}

/// Which menus offer this role.
pub fn offering(reader: &Reader<'_>, guild: GuildId, role: RoleId) -> Result<Vec<u32>> {
    Ok(reader.query(
        "SELECT menu FROM role_menu_offers WHERE guild = ?1 AND role = ?2 ORDER BY menu",
        params![guild, role],
        |row| row.get(0),
    )?)
}

/// Which menu stands in this message.
pub fn in_message(reader: &Reader<'_>, guild: GuildId, message: MessageId) -> Result<Option<u32>> {
    Ok(reader.query_optional(
        "SELECT number FROM role_menus WHERE guild = ?1 AND message = ?2",
        params![guild, message],
        |row| row.get(0),
    )?)
}

/// Which menus stand in this channel.
pub fn in_channel(reader: &Reader<'_>, guild: GuildId, channel: ChannelId) -> Result<Vec<u32>> {
    Ok(reader.query(
        "SELECT number FROM role_menus
         WHERE guild = ?1 AND closed IS NULL AND channel = ?2 AND message IS NOT NULL ORDER BY number",
        params![guild, channel],
        |row| row.get(0),
    )?)
}
