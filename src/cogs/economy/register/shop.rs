//! What is on sale, and who has how many of it.

use anyhow::{Result, bail, ensure};
use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::Change;
use super::ledger::Book;
use crate::cogs::economy::account::{Account, Why};
use crate::model::{GuildId, RoleId, Timestamp, UserId};
use crate::saved_row;
use crate::store::{Reader, SavedRow, Tables};

/// An item and the terms on which it is sold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The item's number in its guild, from 1.
    pub number: u32,
    /// What it is called.
    pub name: String,
    /// What is said of it.
    pub description: String,
    /// What one costs.
    pub price: i64,
    /// How many are left; absent: any number.
    pub stock: Option<u32>,
    /// How many one member may buy; absent: any number.
    pub most: Option<u32>,
    /// The role that using it gives.
    pub role: Option<RoleId>,
    /// For how many seconds; absent: for good.
    pub seconds: Option<u64>,
}

saved_row! {
    /// An item of a guild's shop.
    pub struct Item in "items" order "guild, number" {
        /// Where.
        pub guild: GuildId,
        /// Its number there, from 1.
        pub number: u32,
        /// What it is called.
        pub name: String,
        /// What is said of it.
        pub description: String,
        /// What one costs.
        pub price: i64,
        /// How many are left; absent: any number.
        pub stock: Option<u32>,
        /// How many one member may buy; absent: any number.
        pub most: Option<u32>,
        /// The role that using it gives.
        pub role: Option<RoleId>,
        /// For how many seconds; absent: for good.
        pub seconds: Option<u64>,
        /// When it was taken out of the shop.
        pub discontinued: Option<Timestamp>,
    }
}

saved_row! {
    /// What a member has of an item.
    pub struct Holding in "holdings" order "guild, member, item" {
        /// Where.
        pub guild: GuildId,
        /// Who.
        pub member: UserId,
        /// Of what.
        pub item: u32,
        /// How many now.
        pub count: u32,
        /// How many they ever bought.
        pub bought: u32,
    }
}

pub(super) fn apply(book: &mut Book<'_>, change: &Change) -> Result<()> {
    let (tables, guild) = (book.tables, book.guild);
    match change {
        Change::Offered { offer } => offered(tables, guild, offer),
        Change::Discontinued { number } => {
            let touched = tables.execute(
                "UPDATE items SET discontinued = ?3 WHERE guild = ?1 AND number = ?2 AND discontinued IS NULL",
                params![guild, number, book.entry.at],
            )?;
            ensure!(touched == 1, "there is no item {number} on sale");
            Ok(())
        }
        Change::Bought {
            member,
            item,
            count,
            price,
        } => {
            let touched = tables.execute(
                "UPDATE items SET stock = stock - ?3 WHERE guild = ?1 AND number = ?2 AND (stock IS NULL OR stock >= ?3)",
                params![guild, item, count],
            )?;
            ensure!(touched == 1, "there are no {count} of item {item} in stock");
            tables.execute(
                "INSERT INTO holdings (guild, member, item, count, bought) VALUES (?1, ?2, ?3, ?4, ?4)
                 ON CONFLICT (guild, member, item)
                 DO UPDATE SET count = count + excluded.count, bought = bought + excluded.bought",
                params![guild, member, item, count],
            )?;
            if *price == 0 {
                return Ok(());
            }
            book.transfer(
                Account::Member(*member),
                Account::Bank,
                *price,
                Why::Purchase,
            )
        }
        Change::Used { member, item } => {
            let touched = tables.execute(
                "UPDATE holdings SET count = count - 1 WHERE guild = ?1 AND member = ?2 AND item = ?3 AND count > 0",
                params![guild, member, item],
            )?;
            ensure!(touched == 1, "{member} has no item {item}");
            Ok(())
        }
        other => bail!("{other:?} is no change of a shop"),
    }
}

fn offered(tables: &Tables<'_>, guild: GuildId, offer: &Offer) -> Result<()> {
    tables.execute(
        "INSERT INTO items (guild, number, name, description, price, stock, most, role, seconds)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (guild, number) DO UPDATE SET name = excluded.name, description = excluded.description,
             price = excluded.price, stock = excluded.stock, most = excluded.most, role = excluded.role,
             seconds = excluded.seconds",
        params![
            guild,
            offer.number,
            offer.name,
            offer.description,
            offer.price,
            offer.stock,
            offer.most,
            offer.role,
            offer.seconds
        ],
    )?;
    Ok(())
}

/// What was bought before stays bought no longer: limits begin anew as well.
pub(super) fn empty_inventories(tables: &Tables<'_>, guild: GuildId) -> Result<()> {
    tables.execute("DELETE FROM holdings WHERE guild = ?1", [guild])?;
    Ok(())
}

/// The number that the guild's next item gets.
pub fn next_number(reader: &Reader<'_>, guild: GuildId) -> Result<u32> {
    Ok(reader.query_row(
        "SELECT coalesce(max(number), 0) + 1 FROM items WHERE guild = ?1",
        [guild],
        |row| row.get(0),
    )?)
}

/// One item, also one that is sold no longer.
pub fn find(reader: &Reader<'_>, guild: GuildId, number: u32) -> Result<Option<Item>> {
    let sql = format!(
        "SELECT {} FROM items WHERE guild = ?1 AND number = ?2",
        Item::COLUMNS
    );
    Ok(reader.query_optional(&sql, params![guild, number], Item::read)?)
}

/// What is on sale.
pub fn on_sale(reader: &Reader<'_>, guild: GuildId) -> Result<Vec<Item>> {
    let sql = format!(
        "SELECT {} FROM items WHERE guild = ?1 AND discontinued IS NULL ORDER BY number",
        Item::COLUMNS
    );
    Ok(reader.query(&sql, [guild], Item::read)?)
}

/// What a member has of one item.
pub fn holding(
    reader: &Reader<'_>,
    guild: GuildId,
    member: UserId,
    item: u32,
) -> Result<Option<Holding>> {
    Ok(reader.query_optional(
        "SELECT guild, member, item, count, bought FROM holdings WHERE guild = ?1 AND member = ?2 AND item = ?3",
        params![guild, member, item],
        Holding::read,
    )?)
}

/// What a member has, with how many of each.
pub fn inventory(reader: &Reader<'_>, guild: GuildId, member: UserId) -> Result<Vec<(Item, u32)>> {
    let held: Vec<(u32, u32)> = reader.query(
        "SELECT item, count FROM holdings WHERE guild = ?1 AND member = ?2 AND count > 0 ORDER BY item",
        params![guild, member],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let mut inventory = Vec::with_capacity(held.len());
    for (number, count) in held {
        if let Some(item) = find(reader, guild, number)? {
            inventory.push((item, count));
        }
    }
    Ok(inventory)
}
