//! What a guild has set: one row a guild, its thresholds and its preset reasons. Saved as `config.json`.

use anyhow::{Result, ensure};
use rusqlite::params;
use serde::{Deserialize, Serialize};

use crate::model::{ChannelId, GuildId, Locale, RoleId, Timestamp, UserId};
use crate::saved_row;
use crate::store::{Entry, Reader, Redaction, Register, SavedRow, Table, Tables};

/// The settings' register.
pub struct Settings;

/// A guild was set up differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// A value was chosen, or taken back to the default.
    Set {
        /// Which value, and what it is now.
        setting: Setting,
    },
    /// Discord said that the log channel is gone, or closed to the bot.
    LogChannelLost {
        /// Which channel it was.
        channel: ChannelId,
    },
}

/// One thing that a guild can set. `None` and empty lists are the default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", content = "value", rename_all = "snake_case")]
pub enum Setting {
    /// What stands before a command in a message.
    Prefix(Option<String>),
    /// The language of everything said in the guild.
    Language(Option<Locale>),
    /// Where moderation is posted.
    LogChannel(Option<ChannelId>),
    /// Who may moderate; empty: whoever holds MODERATE_MEMBERS.
    ModeratorRoles(Vec<RoleId>),
    /// Whether a warned member is told by direct message.
    DirectMessages(Option<bool>),
    /// Whether those who come back get the roles again that they had.
    KeepRoles(Option<bool>),
    /// Whether moderation records of members who erase their data stay, without content; otherwise they name nobody.
    KeepRecords(Option<bool>),
    /// By which role the guild mutes; `None`: by Discord's timeouts.
    MuteRole(Option<RoleId>),
    /// After how many days a warning no longer counts; 0: never.
    WarningDays(Option<u32>),
    /// What follows when a member has this many points.
    Thresholds(Vec<Threshold>),
    /// What the moderators' autocomplete offers.
    Reasons(Vec<String>),
}

/// So many points within so many days lead to this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Threshold {
    /// At how many counted points.
    pub points: u32,
    /// Within how many days; 0: whenever.
    pub days: u32,
    /// What follows.
    pub consequence: Consequence,
}

/// What a threshold does to a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Consequence {
    /// A timeout of this many seconds (Discord's limit: 28 days).
    Timeout {
        /// How long.
        seconds: u64,
    },
    /// Out of the guild.
    Kick,
    /// Out of the guild for good.
    Ban,
}

/// The settings of a guild, with `None` where it keeps the default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GuildSettings {
    /// See [`Setting::Prefix`].
    pub prefix: Option<String>,
    /// See [`Setting::Language`].
    pub language: Option<Locale>,
    /// See [`Setting::LogChannel`].
    pub log_channel: Option<ChannelId>,
    /// When the log channel was found to be gone.
    pub log_channel_lost: Option<Timestamp>,
    /// See [`Setting::ModeratorRoles`].
    pub moderator_roles: Vec<RoleId>,
    /// See [`Setting::DirectMessages`].
    pub direct_messages: Option<bool>,
    /// See [`Setting::KeepRoles`].
    pub keep_roles: Option<bool>,
    /// See [`Setting::KeepRecords`].
    pub keep_records: Option<bool>,
    /// See [`Setting::MuteRole`].
    pub mute_role: Option<RoleId>,
    /// See [`Setting::WarningDays`].
    pub warning_days: Option<u32>,
    /// See [`Setting::Thresholds`], the fewest points first.
    pub thresholds: Vec<Threshold>,
    /// See [`Setting::Reasons`].
    pub reasons: Vec<String>,
}

saved_row! {
    /// A row of `settings`; lists are JSON text.
    struct SettingsRow in "settings" order "guild" {
        guild: GuildId,
        prefix: Option<String>,
        language: Option<Locale>,
        log_channel: Option<ChannelId>,
        log_channel_lost: Option<Timestamp>,
        moderator_roles: String,
        direct_messages: Option<bool>,
        warning_days: Option<u32>,
        thresholds: String,
        reasons: String,
        #[serde(default)]
        keep_roles: Option<bool>,
        #[serde(default)]
        keep_records: Option<bool>,
        #[serde(default)]
        mute_role: Option<RoleId>,
    }
}

impl Register for Settings {
    type Change = Change;

    const NAME: &'static str = "settings";
    const FILE: &'static str = "config.json";
    const SCHEMA: &'static [&'static str] = &[
        "
        CREATE TABLE settings (
            guild INTEGER PRIMARY KEY,
            prefix TEXT,
            language TEXT,
            log_channel INTEGER,
            log_channel_lost INTEGER,
            moderator_roles TEXT NOT NULL DEFAULT '[]',
            direct_messages INTEGER,
            warning_days INTEGER,
            thresholds TEXT NOT NULL DEFAULT '[]',
            reasons TEXT NOT NULL DEFAULT '[]'
        ) STRICT;
    ",
        "
        ALTER TABLE settings ADD COLUMN keep_roles INTEGER;
        ALTER TABLE settings ADD COLUMN keep_records INTEGER;
    ",
        "ALTER TABLE settings ADD COLUMN mute_role INTEGER;",
    ];

    fn tables() -> Vec<Table> {
        vec![Table::of::<SettingsRow>()]
    }

    fn apply(tables: &Tables<'_>, change: &Change, entry: &Entry) -> Result<()> {
        let Some(guild) = entry.guild else {
            anyhow::bail!("a setting outside any guild")
        };
        tables.execute(
            "INSERT INTO settings (guild) VALUES (?1) ON CONFLICT DO NOTHING",
            [guild],
        )?;
        match change {
            Change::Set { setting } => set(tables, guild, setting),
            Change::LogChannelLost { channel } => {
                let touched = tables.execute(
                    "UPDATE settings SET log_channel_lost = ?3 WHERE guild = ?1 AND log_channel = ?2",
                    params![guild, channel, entry.at],
                )?;
                ensure!(touched == 1, "the log channel {channel} was not set");
                Ok(())
            }
        }
    }

    fn redact(_change: &mut Change, _person: UserId) -> Redaction {
        // A guild's settings speak of nobody.
        Redaction::Nothing
    }
}

fn set(tables: &Tables<'_>, guild: GuildId, setting: &Setting) -> Result<()> {
    match setting {
        Setting::Prefix(value) => tables.execute(
            "UPDATE settings SET prefix = ?2 WHERE guild = ?1",
            params![guild, value],
        ),
        Setting::Language(value) => tables.execute(
            "UPDATE settings SET language = ?2 WHERE guild = ?1",
            params![guild, value],
        ),
        Setting::LogChannel(value) => tables.execute(
            "UPDATE settings SET log_channel = ?2, log_channel_lost = NULL WHERE guild = ?1",
            params![guild, value],
        ),
        Setting::ModeratorRoles(value) => tables.execute(
            "UPDATE settings SET moderator_roles = ?2 WHERE guild = ?1",
            params![guild, serde_json::to_string(value)?],
        ),
        Setting::DirectMessages(value) => tables.execute(
            "UPDATE settings SET direct_messages = ?2 WHERE guild = ?1",
            params![guild, value],
        ),
        Setting::WarningDays(value) => tables.execute(
            "UPDATE settings SET warning_days = ?2 WHERE guild = ?1",
            params![guild, value],
        ),
        Setting::Thresholds(value) => tables.execute(
            "UPDATE settings SET thresholds = ?2 WHERE guild = ?1",
            params![guild, serde_json::to_string(value)?],
        ),
        Setting::Reasons(value) => tables.execute(
            "UPDATE settings SET reasons = ?2 WHERE guild = ?1",
            params![guild, serde_json::to_string(value)?],
        ),
        Setting::KeepRoles(value) => tables.execute(
            "UPDATE settings SET keep_roles = ?2 WHERE guild = ?1",
            params![guild, value],
        ),
        Setting::KeepRecords(value) => tables.execute(
            "UPDATE settings SET keep_records = ?2 WHERE guild = ?1",
            params![guild, value],
        ),
        Setting::MuteRole(value) => tables.execute(
            "UPDATE settings SET mute_role = ?2 WHERE guild = ?1",
            params![guild, value],
        ),
    }?;
    Ok(())
}

/// What `guild` has set.
pub fn of(reader: &Reader<'_>, guild: GuildId) -> Result<GuildSettings> {
    let row = reader.query_optional(
        &format!(
            "SELECT {} FROM settings WHERE guild = ?1",
            SettingsRow::COLUMNS
        ),
        [guild],
        SettingsRow::read,
    )?;
    let Some(row) = row else {
        return Ok(GuildSettings::default());
    };
    Ok(GuildSettings {
        prefix: row.prefix,
        language: row.language,
        log_channel: row.log_channel,
        log_channel_lost: row.log_channel_lost,
        moderator_roles: serde_json::from_str(&row.moderator_roles)?,
        direct_messages: row.direct_messages,
        warning_days: row.warning_days,
        thresholds: serde_json::from_str(&row.thresholds)?,
        reasons: serde_json::from_str(&row.reasons)?,
        keep_roles: row.keep_roles,
        keep_records: row.keep_records,
        mute_role: row.mute_role,
    })
}
