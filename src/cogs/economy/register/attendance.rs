//! When the bot was not there: what a day's streak must not suffer from. One list for all guilds.

use anyhow::Result;
use rusqlite::params;

use crate::model::{GuildId, Timestamp};
use crate::saved_row;
use crate::store::{Reader, SavedRow, Tables};

/// The guild column of what concerns every guild: no guild has this id.
const EVERYWHERE: GuildId = GuildId(0);

saved_row! {
    /// A time in which nobody could have been answered.
    pub struct Absence in "absences" order "guild, until" {
        /// Always 0: every guild.
        pub guild: GuildId,
        /// When it ended.
        pub until: Timestamp,
        /// When it began.
        pub since: Timestamp,
    }
}

pub(super) fn note(tables: &Tables<'_>, since: Timestamp, until: Timestamp) -> Result<()> {
    tables.execute(
        "INSERT INTO absences (guild, until, since) VALUES (?1, ?2, ?3)
         ON CONFLICT (guild, until) DO UPDATE SET since = min(since, excluded.since)",
        params![EVERYWHERE, until, since],
    )?;
    Ok(())
}

/// The absences that ended after `since`.
pub fn after(reader: &Reader<'_>, since: Timestamp) -> Result<Vec<Absence>> {
    Ok(reader.query(
        "SELECT guild, until, since FROM absences WHERE guild = ?1 AND until > ?2",
        params![EVERYWHERE, since],
        Absence::read,
    )?)
}
