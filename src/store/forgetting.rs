//! Forgetting a guild: every row of it goes from every register, by a change of each that all registers share.

use anyhow::{Result, ensure};
use serde_json::value::RawValue;

use super::journal::Entry;
use super::read::Reader;
use super::register::Registers;
use super::row::Table;
use super::tx::{Tables, Tx};
use crate::model::GuildId;

/// The change, in the journal of each register that kept something: the guild is the entry's. No register may have a
/// change of its own of that kind.
pub const FORGOTTEN: &str = r#"{"kind":"guild_forgotten"}"#;

impl Tx<'_> {
    /// Empties every table of the order's guild. The journal and the archives still hold what was, until they are pruned.
    ///
    /// # Errors
    /// When the order is of no guild.
    pub fn forget_guild(&mut self) -> Result<()> {
        let Some(guild) = self.order().guild else {
            anyhow::bail!("this order is of no guild");
        };
        let mut names = Vec::new();
        for register in self.registers().iter() {
            for table in register.tables() {
                if has_rows(self, table, guild)? {
                    names.push(register.name());
                    break;
                }
            }
        }
        for name in names {
            self.record_erased(name, RawValue::from_string(FORGOTTEN.to_owned())?)?;
        }
        Ok(())
    }
}

fn has_rows(reader: &Reader<'_>, table: Table, guild: GuildId) -> Result<bool> {
    let sql = format!(
        "SELECT EXISTS (SELECT 1 FROM {} WHERE guild = ?1)",
        table.name
    );
    Ok(reader.query_row(&sql, [guild], |row| row.get(0))?)
}

/// What [`FORGOTTEN`] does to a register's tables.
pub(super) fn forget(tables: &Tables<'_>, of_register: &[Table], entry: &Entry) -> Result<()> {
    ensure!(entry.guild.is_some(), "a guild is forgotten, but which?");
    for table in of_register.iter().rev() {
        let sql = format!("DELETE FROM {} WHERE guild = ?1", table.name);
        tables.execute(&sql, [entry.guild])?;
    }
    Ok(())
}

impl Reader<'_> {
    /// The guilds of which these registers keep anything, in order. One look at an index for each.
    ///
    /// # Errors
    /// When the tables can't be read.
    pub fn known_guilds(&self, registers: &Registers) -> Result<Vec<GuildId>> {
        let mut guilds = Vec::new();
        for table in registers.iter().flat_map(|register| register.tables()) {
            guilds.extend(self.guilds(table.name)?);
        }
        guilds.sort_unstable_by_key(|guild| guild.0);
        guilds.dedup();
        Ok(guilds)
    }
}
