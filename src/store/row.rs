//! A row as saves write it: one struct per table, from which saving, loading and counting follow.

use anyhow::{Context, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::read::Reader;
use super::tx::Tables;
use crate::model::GuildId;

/// A table's row: its fields are the columns, in the save as in the database. Usually made by [`saved_row!`].
pub trait SavedRow: Serialize + DeserializeOwned + 'static {
    /// The table's name, which is also its key in the saved file.
    const TABLE: &'static str;
    /// The columns, separated by commas, in the order that [`SavedRow::read`] expects.
    const COLUMNS: &'static str;
    /// The columns of the primary key: saves are in this order, so that equal tables make equal files.
    const ORDER: &'static str;

    /// Reads a row of a query for [`SavedRow::COLUMNS`].
    fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self>;
    /// Puts the row into its table.
    fn insert(&self, tables: &Tables<'_>) -> Result<()>;
}

/// Declares a struct and how it is kept: `saved_row! { /// … pub struct Name in "table" order "key" { pub field: Type, … } }`.
/// Each table needs a `guild` column.
#[macro_export]
macro_rules! saved_row {
    (
        $(#[$meta:meta])*
        $visibility:vis struct $name:ident in $table:literal order $order:literal {
            $(#[$first_meta:meta])* $first_visibility:vis $first:ident : $first_type:ty
            $(, $(#[$field_meta:meta])* $field_visibility:vis $field:ident : $field_type:ty)* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        $visibility struct $name {
            $(#[$first_meta])* $first_visibility $first: $first_type,
            $($(#[$field_meta])* $field_visibility $field: $field_type,)*
        }

        impl $crate::store::SavedRow for $name {
            const TABLE: &'static str = $table;
            const COLUMNS: &'static str = concat!(stringify!($first) $(, ", ", stringify!($field))*);
            const ORDER: &'static str = $order;

            fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
                let mut columns = 0..;
                let mut next = move || columns.next().unwrap_or_default();
                Ok(Self { $first: row.get(next())?, $($field: row.get(next())?,)* })
            }

            fn insert(&self, tables: &$crate::store::Tables<'_>) -> anyhow::Result<()> {
                tables.execute(
                    concat!(
                        "INSERT INTO ", $table, " (", stringify!($first) $(, ", ", stringify!($field))*, ") VALUES (?",
                        $("", $crate::saved_row!(@place $field),)* ")"
                    ),
                    rusqlite::params![self.$first $(, self.$field)*],
                )?;
                Ok(())
            }
        }
    };
    (@place $field:ident) => { ", ?" };
}

pub use crate::saved_row;

/// Receives a table's rows one by one: the row as JSON text.
pub type RowSink<'a> = dyn FnMut(&[u8]) -> Result<()> + 'a;

/// A table of a register: how its rows are streamed out, taken in and counted.
#[derive(Clone, Copy)]
pub struct Table {
    /// The table's name, also its key in the saved file.
    pub name: &'static str,
    /// [`SavedRow::ORDER`]: the columns that tell two rows apart.
    pub key: &'static str,
    stream: fn(&Reader<'_>, Option<GuildId>, &mut RowSink<'_>) -> Result<()>,
    load: fn(&Tables<'_>, &str) -> Result<()>,
}

impl Table {
    /// The table whose rows are `R`.
    pub fn of<R: SavedRow>() -> Table {
        Table {
            name: R::TABLE,
            key: R::ORDER,
            stream: stream::<R>,
            load: load::<R>,
        }
    }

    /// Hands each row (of one guild, or of all) to `sink` as a JSON object, in the order of the primary key.
    pub fn stream(
        &self,
        reader: &Reader<'_>,
        guild: Option<GuildId>,
        sink: &mut RowSink<'_>,
    ) -> Result<()> {
        (self.stream)(reader, guild, sink)
    }

    /// Inserts a row that [`Table::stream`] once wrote.
    pub fn load(&self, tables: &Tables<'_>, row: &str) -> Result<()> {
        (self.load)(tables, row).with_context(|| format!("loading a row of {}", self.name))
    }

    /// How many rows there are, in one guild or in all.
    pub fn count(&self, reader: &Reader<'_>, guild: Option<GuildId>) -> Result<u64> {
        let (filter, params) = guild_filter(guild.as_ref());
        let sql = format!("SELECT count(*) FROM {} {filter}", self.name);
        let count: i64 = reader.query_row(&sql, params.as_slice(), |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }
}

fn guild_filter(guild: Option<&GuildId>) -> (&'static str, Vec<&dyn rusqlite::ToSql>) {
    match guild {
        Some(guild) => ("WHERE guild = ?1", vec![guild]),
        None => ("", Vec::new()),
    }
}

fn stream<R: SavedRow>(
    reader: &Reader<'_>,
    guild: Option<GuildId>,
    sink: &mut RowSink<'_>,
) -> Result<()> {
    let (filter, params) = guild_filter(guild.as_ref());
    let sql = format!(
        "SELECT {} FROM {} {filter} ORDER BY {}",
        R::COLUMNS,
        R::TABLE,
        R::ORDER
    );
    let mut line = Vec::with_capacity(256);
    reader.for_each(&sql, params.as_slice(), |row| {
        line.clear();
        serde_json::to_writer(&mut line, &R::read(row)?)
            .with_context(|| format!("writing a row of {}", R::TABLE))?;
        sink(&line)
    })
}

fn load<R: SavedRow>(tables: &Tables<'_>, row: &str) -> Result<()> {
    serde_json::from_str::<R>(row)?.insert(tables)
}
