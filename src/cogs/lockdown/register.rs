//! Which channels are closed to members, until when, and what their exceptions said before. In `persistent_data.json`.

use anyhow::{Result, ensure};
use rusqlite::params;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};

use super::plan::Rule;
use crate::model::{ChannelId, GuildId, Timestamp, UserId};
use crate::saved_row;
use crate::store::{Entry, Reader, Register, SavedRow, Table, Tables};

/// The lockdowns' register.
pub struct Lockdowns;

/// Something happened to a lockdown, or to a channel of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// Somebody ordered that channels be closed; a [`Change::Closing`] for each follows.
    Ordered {
        /// Its number in the guild, from 1.
        number: u32,
        /// Who.
        moderator: UserId,
        /// Why.
        reason: String,
    },
    /// A channel is to be closed. What its exceptions say now stands here before anything is touched.
    Closing {
        /// The lockdown's number.
        number: u32,
        /// Which channel.
        channel: ChannelId,
        /// Its name.
        name: String,
        /// Until when; absent: until somebody opens it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
        /// What closing does to its exceptions.
        rules: Vec<Rule>,
    },
    /// Its exceptions were changed by somebody just before they were to be closed: this is what comes back.
    Found {
        /// Which channel.
        channel: ChannelId,
        /// The rules as they should be.
        rules: Vec<Rule>,
    },
    /// Discord said that it is closed.
    Closed {
        /// Which channel.
        channel: ChannelId,
    },
    /// It stays closed until another time than was said.
    Prolonged {
        /// Which channel.
        channel: ChannelId,
        /// Until when.
        until: Timestamp,
    },
    /// It is to be opened again.
    Opening {
        /// Which channel.
        channel: ChannelId,
        /// By whom; absent: its time is over.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<UserId>,
        /// Why.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// Discord refused to open it for now: it is tried again at `due`.
    Postponed {
        /// Which channel.
        channel: ChannelId,
        /// When.
        due: Timestamp,
        /// Discord's error code.
        code: i64,
    },
    /// It is open, with the exceptions that it had.
    Opened {
        /// Which channel.
        channel: ChannelId,
    },
    /// It is gone from the guild.
    Gone {
        /// Which channel.
        channel: ChannelId,
    },
}

/// How far a channel has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It is to be closed.
    Closing,
    /// It is closed.
    Closed,
    /// It is to be opened again.
    Opening,
}

impl State {
    const ALL: [State; 3] = [State::Closing, State::Closed, State::Opening];

    const fn word(self) -> &'static str {
        match self {
            State::Closing => "closing",
            State::Closed => "closed",
            State::Opening => "opening",
        }
    }
}

impl ToSql for State {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.word().into())
    }
}

impl FromSql for State {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let word = value.as_str()?;
        let known = State::ALL.into_iter().find(|state| state.word() == word);
        known.ok_or(FromSqlError::InvalidType)
    }
}

saved_row! {
    /// A lockdown, also one that is over.
    pub struct Lockdown in "lockdowns" order "guild, number" {
        /// Where.
        pub guild: GuildId,
        /// Its number in the guild.
        pub number: u32,
        /// Who ordered it.
        pub moderator: UserId,
        /// Why.
        pub reason: String,
        /// When.
        pub since: Timestamp,
        /// When the last of its channels was open again.
        pub ended: Option<Timestamp>,
    }
}

saved_row! {
    /// A channel that is closed, or is being closed or opened.
    pub struct LockedChannel in "locked_channels" order "guild, channel" {
        /// Where.
        pub guild: GuildId,
        /// Which.
        pub channel: ChannelId,
        /// Its name when it was closed.
        pub name: String,
        /// The lockdown that it belongs to.
        pub number: u32,
        /// How far it has come.
        pub state: State,
        /// Until when; absent: until somebody opens it.
        pub until: Option<Timestamp>,
        /// When something is to be done about it.
        pub due: Option<Timestamp>,
        /// Who had it opened.
        pub opened_by: Option<UserId>,
        /// Why Discord refused to open it: an error code.
        pub trouble: Option<i64>,
        /// What closing does to its exceptions, a list as JSON text.
        pub rules: String,
    }
}

impl LockedChannel {
    /// [`LockedChannel::rules`], read.
    pub fn rules(&self) -> Result<Vec<Rule>> {
        Ok(serde_json::from_str(&self.rules)?)
    }
}

impl Register for Lockdowns {
    type Change = Change;

    const NAME: &'static str = "lockdowns";
    const SCHEMA: &'static [&'static str] = &["
        CREATE TABLE lockdowns (
            guild INTEGER NOT NULL,
            number INTEGER NOT NULL,
            moderator INTEGER NOT NULL,
            reason TEXT NOT NULL,
            since INTEGER NOT NULL,
            ended INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX lockdowns_number ON lockdowns (guild, number);
        CREATE TABLE locked_channels (
            guild INTEGER NOT NULL,
            channel INTEGER NOT NULL,
            name TEXT NOT NULL,
            number INTEGER NOT NULL,
            state TEXT NOT NULL,
            until INTEGER,
            due INTEGER,
            opened_by INTEGER,
            trouble INTEGER,
            rules TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX locked_channels_channel ON locked_channels (guild, channel);
        CREATE INDEX locked_channels_number ON locked_channels (guild, number);
        CREATE INDEX locked_channels_due ON locked_channels (due) WHERE due IS NOT NULL;
    "];

    fn tables() -> Vec<Table> {
        vec![Table::of::<Lockdown>(), Table::of::<LockedChannel>()]
    }

    fn apply(tables: &Tables<'_>, change: &Change, entry: &Entry) -> Result<()> {
        let Some(guild) = entry.guild else {
            anyhow::bail!("a lockdown outside any guild")
        };
        match change {
            Change::Ordered {
                number,
                moderator,
                reason,
            } => Lockdown {
                guild,
                number: *number,
                moderator: *moderator,
                reason: reason.clone(),
                since: entry.at,
                ended: None,
            }
            .insert(tables),
            Change::Closing {
                number,
                channel,
                name,
                until,
                rules,
            } => {
                forget(tables, guild, *channel, entry.at)?;
                LockedChannel {
                    guild,
                    channel: *channel,
                    name: name.clone(),
                    number: *number,
                    state: State::Closing,
                    until: *until,
                    due: *until,
                    opened_by: None,
                    trouble: None,
                    rules: serde_json::to_string(rules)?,
                }
                .insert(tables)
            }
            Change::Opened { channel } | Change::Gone { channel } => {
                let touched = forget(tables, guild, *channel, entry.at)?;
                touch_one(*channel, touched)
            }
            other => alter(tables, guild, other),
        }
    }
}

/// What changes a closed channel's row.
fn alter(tables: &Tables<'_>, guild: GuildId, change: &Change) -> Result<()> {
    let (channel, touched) = match change {
        Change::Found { channel, rules } => (
            channel,
            tables.execute(
                "UPDATE locked_channels SET rules = ?3 WHERE guild = ?1 AND channel = ?2",
                params![guild, channel, serde_json::to_string(rules)?],
            )?,
        ),
        Change::Closed { channel } => (
            channel,
            tables.execute(
                "UPDATE locked_channels SET state = ?3 WHERE guild = ?1 AND channel = ?2",
                params![guild, channel, State::Closed],
            )?,
        ),
        Change::Prolonged { channel, until } => (
            channel,
            tables.execute(
                "UPDATE locked_channels SET until = ?3, due = ?3 WHERE guild = ?1 AND channel = ?2",
                params![guild, channel, until],
            )?,
        ),
        Change::Opening { channel, by, .. } => (
            channel,
            tables.execute(
                "UPDATE locked_channels SET state = ?3, due = NULL, opened_by = ?4 WHERE guild = ?1 AND channel = ?2",
                params![guild, channel, State::Opening, by],
            )?,
        ),
        Change::Postponed { channel, due, code } => (
            channel,
            tables.execute(
                "UPDATE locked_channels SET due = ?3, trouble = ?4 WHERE guild = ?1 AND channel = ?2",
                params![guild, channel, due, code],
            )?,
        ),
        Change::Ordered { .. }
        | Change::Closing { .. }
        | Change::Opened { .. }
        | Change::Gone { .. } => return Ok(()),
    };
    touch_one(*channel, touched)
}

/// Forgets a channel; the lockdown whose last it was is over.
fn forget(tables: &Tables<'_>, guild: GuildId, channel: ChannelId, at: Timestamp) -> Result<usize> {
    let Some(locked) = of(tables, guild, channel)? else {
        return Ok(0);
    };
    let touched = tables.execute(
        "DELETE FROM locked_channels WHERE guild = ?1 AND channel = ?2",
        params![guild, channel],
    )?;
    tables.execute(
        "UPDATE lockdowns SET ended = ?3 WHERE guild = ?1 AND number = ?2
         AND NOT EXISTS (SELECT 1 FROM locked_channels WHERE guild = ?1 AND number = ?2)",
        params![guild, locked.number, at],
    )?;
    Ok(touched)
}

fn touch_one(channel: ChannelId, touched: usize) -> Result<()> {
    ensure!(touched == 1, "channel {channel} is not closed");
    Ok(())
}

const COLUMNS: &str = LockedChannel::COLUMNS;

/// A channel that is closed, or on the way there or back.
pub fn of(
    reader: &Reader<'_>,
    guild: GuildId,
    channel: ChannelId,
) -> Result<Option<LockedChannel>> {
    let sql = format!("SELECT {COLUMNS} FROM locked_channels WHERE guild = ?1 AND channel = ?2");
    Ok(reader.query_optional(&sql, params![guild, channel], LockedChannel::read)?)
}

/// Every such channel of a guild.
pub fn all(reader: &Reader<'_>, guild: GuildId) -> Result<Vec<LockedChannel>> {
    let sql = format!("SELECT {COLUMNS} FROM locked_channels WHERE guild = ?1 ORDER BY channel");
    Ok(reader.query(&sql, [guild], LockedChannel::read)?)
}

/// One lockdown.
pub fn find(reader: &Reader<'_>, guild: GuildId, number: u32) -> Result<Option<Lockdown>> {
    let sql = format!(
        "SELECT {} FROM lockdowns WHERE guild = ?1 AND number = ?2",
        Lockdown::COLUMNS
    );
    Ok(reader.query_optional(&sql, params![guild, number], Lockdown::read)?)
}

/// The number that the guild's next lockdown gets.
pub fn next_number(reader: &Reader<'_>, guild: GuildId) -> Result<u32> {
    let sql = "SELECT coalesce(max(number), 0) + 1 FROM lockdowns WHERE guild = ?1";
    Ok(reader.query_row(sql, [guild], |row| row.get(0))?)
}

/// When something is next to be done about a channel, in any guild.
pub fn next_due(reader: &Reader<'_>) -> Result<Option<Timestamp>> {
    let sql = "SELECT min(due) FROM locked_channels WHERE due IS NOT NULL";
    Ok(reader.query_row(sql, [], |row| row.get(0))?)
}

/// Up to `limit` channels about which something is to be done at `now`, in any guild, the longest due first.
pub fn due(reader: &Reader<'_>, now: Timestamp, limit: u32) -> Result<Vec<LockedChannel>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM locked_channels WHERE due IS NOT NULL AND due <= ?1 ORDER BY due LIMIT ?2"
    );
    Ok(reader.query(&sql, params![now, limit], LockedChannel::read)?)
}
