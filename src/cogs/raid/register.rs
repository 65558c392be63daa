//! What moderators did to channels: messages cleared, a channel slowed. In `persistent_data.json`.

use anyhow::Result;
use rusqlite::params;
use serde::{Deserialize, Serialize};

use crate::cogs::settings;
use crate::model::{ChannelId, Erased, GuildId, Timestamp, UserId};
use crate::saved_row;
use crate::store::{Entry, Reader, Register, SavedRow, Table, Tables};

/// The register.
pub struct ChannelActs;

/// Something was done to a channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// Messages are to be deleted.
    Purged {
        /// Where.
        channel: ChannelId,
        /// By whom.
        moderator: UserId,
        /// Whose; absent: everyone's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        member: Option<UserId>,
        /// How many.
        count: u32,
    },
    /// Members are to write only so often.
    Slowed {
        /// Where.
        channel: ChannelId,
        /// By whom.
        moderator: UserId,
        /// How long each waits between two messages, in seconds; 0: no time.
        seconds: u32,
    },
    /// Somebody had their data erased.
    Erased(Erased),
}

saved_row! {
    /// An act, as the table and the save keep it.
    pub struct ChannelAct in "channel_acts" order "guild, seq" {
        /// Where.
        pub guild: GuildId,
        /// The journal position of the change that tells of it.
        pub seq: u64,
        /// When.
        pub at: Timestamp,
        /// In which channel.
        pub channel: ChannelId,
        /// What: `purge` or `slowmode`.
        pub act: String,
        /// By whom.
        pub moderator: UserId,
        /// Whose messages; absent: everyone's, or it was about none.
        pub member: Option<UserId>,
        /// How many messages, or how many seconds.
        pub amount: u32,
    }
}

impl Register for ChannelActs {
    type Change = Change;

    const NAME: &'static str = "channel_acts";
    const SCHEMA: &'static [&'static str] = &["
        CREATE TABLE channel_acts (
            guild INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            at INTEGER NOT NULL,
            channel INTEGER NOT NULL,
            act TEXT NOT NULL,
            moderator INTEGER NOT NULL,
            member INTEGER,
            amount INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX channel_acts_seq ON channel_acts (guild, seq);
        CREATE INDEX channel_acts_member ON channel_acts (guild, member) WHERE member IS NOT NULL;
    "];

    fn tables() -> Vec<Table> {
        vec![Table::of::<ChannelAct>()]
    }

    fn apply(tables: &Tables<'_>, change: &Change, entry: &Entry) -> Result<()> {
        if let Change::Erased(erased) = change {
            for (guild, named) in erased.named() {
                tables.execute(
                    "UPDATE channel_acts SET member = ?3 WHERE guild = ?1 AND member = ?2",
                    params![guild, erased.person, named],
                )?;
            }
            return Ok(());
        }
        let Some(guild) = entry.guild else {
            anyhow::bail!("a channel outside any guild")
        };
        let (act, channel, moderator, member, amount) = match change {
            Change::Purged {
                channel,
                moderator,
                member,
                count,
            } => ("purge", channel, moderator, *member, count),
            Change::Slowed {
                channel,
                moderator,
                seconds,
            } => ("slowmode", channel, moderator, None, seconds),
            Change::Erased(_) => return Ok(()),
        };
        ChannelAct {
            guild,
            seq: entry.seq,
            at: entry.at,
            channel: *channel,
            act: act.to_owned(),
            moderator: *moderator,
            member,
            amount: *amount,
        }
        .insert(tables)
    }

    fn erasure(reader: &Reader<'_>, person: UserId) -> Result<Option<Change>> {
        let mut about = Vec::new();
        for guild in reader.guilds("channel_acts")? {
            let is_about: bool = reader.query_row(
                "SELECT EXISTS (SELECT 1 FROM channel_acts WHERE guild = ?1 AND member = ?2)",
                params![guild, person],
                |row| row.get(0),
            )?;
            if is_about {
                about.push(guild);
            }
        }
        if about.is_empty() {
            return Ok(None);
        }
        let erased = settings::rules::erased(reader, person, about)?;
        Ok(Some(Change::Erased(erased)))
    }
}
