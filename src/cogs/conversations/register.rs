//! Conversations: one row each, kept for ever. Saved as `conversations.json`.

mod applying;

use std::collections::BTreeSet;

use anyhow::{Context as _, Result};
use rusqlite::params;

use self::applying::Row;

pub use super::change::Change;
use super::values::{Answer, Cause, Copied, Place, Priority, Status};
use crate::model::{ChannelId, GuildId, Timestamp, UserId};
use crate::saved_row;
use crate::store::{Entry, Reader, Redaction, Register, Table, Tables};

/// The conversations' register.
pub struct Conversations;

saved_row! {
    /// A conversation, as the table and `conversations.json` keep it.
    pub struct Conversation in "conversations" order "guild, number" {
        /// Where.
        pub guild: GuildId,
        /// Its number in the guild.
        pub number: u32,
        /// Its public id.
        pub id: String,
        /// Who asked.
        pub user: UserId,
        /// Who of the staff has it.
        pub agent: Option<UserId>,
        /// What about.
        pub subject: String,
        /// Where it stands.
        pub status: Status,
        /// The category's key.
        pub category: String,
        /// How pressing.
        pub priority: Priority,
        /// What the form was answered: JSON.
        pub answers: String,
        /// Who else may read and write in it: JSON.
        pub participants: String,
        /// The channel it was asked in.
        pub asked_in: Option<ChannelId>,
        /// A channel or a thread.
        pub place: Place,
        /// Which, once Discord has said so.
        pub channel: Option<ChannelId>,
        /// When it was asked for.
        pub created_at: Timestamp,
        /// When staff first wrote.
        pub answered_at: Option<Timestamp>,
        /// Who that was.
        pub answered_by: Option<UserId>,
        /// When who asked was last asked whether it is settled.
        pub requested_at: Option<Timestamp>,
        /// When it closes by itself.
        pub close_at: Option<Timestamp>,
        /// When it is stale.
        pub stale_at: Option<Timestamp>,
        /// When people were warned that it is stale.
        pub warned_at: Option<Timestamp>,
        /// When it ended.
        pub closed_at: Option<Timestamp>,
        /// Who ended it; absent: Greffier.
        pub closed_by: Option<UserId>,
        /// Why it ended.
        pub cause: Option<Cause>,
        /// What was said about its end, also of one that is still to come.
        pub reason: Option<String>,
        /// Its transcripts: JSON.
        pub copies: String,
        /// How it was, from 1 to 5.
        pub stars: Option<u8>,
        /// In the words of who asked.
        pub words: Option<String>,
    }
}

impl Conversation {
    /// What the form was answered.
    pub fn answered(&self) -> Vec<Answer> {
        serde_json::from_str(&self.answers).unwrap_or_default()
    }

    /// Who else may read and write in it.
    pub fn others(&self) -> Vec<UserId> {
        serde_json::from_str(&self.participants).unwrap_or_default()
    }

    /// Its transcripts.
    pub fn transcripts(&self) -> Vec<Copied> {
        serde_json::from_str(&self.copies).unwrap_or_default()
    }

    /// Whether it is over.
    pub fn is_closed(&self) -> bool {
        self.status == Status::Closed
    }

    /// Whether `user` asked, or was added by staff.
    pub fn is_theirs(&self, user: UserId) -> bool {
        self.user == user || self.others().contains(&user)
    }
}

impl Register for Conversations {
    type Change = Change;

    const NAME: &'static str = "conversations";
    const FILE: &'static str = "conversations.json";
    const SCHEMA: &'static [&'static str] = &["
        CREATE TABLE conversations (
            guild INTEGER NOT NULL,
            number INTEGER NOT NULL,
            id TEXT NOT NULL,
            user INTEGER NOT NULL,
            agent INTEGER,
            subject TEXT NOT NULL,
            status TEXT NOT NULL,
            category TEXT NOT NULL,
            priority TEXT NOT NULL,
            answers TEXT NOT NULL,
            participants TEXT NOT NULL,
            asked_in INTEGER,
            place TEXT NOT NULL,
            channel INTEGER,
            created_at INTEGER NOT NULL,
            answered_at INTEGER,
            answered_by INTEGER,
            requested_at INTEGER,
            close_at INTEGER,
            stale_at INTEGER,
            warned_at INTEGER,
            closed_at INTEGER,
            closed_by INTEGER,
            cause TEXT,
            reason TEXT,
            copies TEXT NOT NULL,
            stars INTEGER,
            words TEXT,
            due INTEGER GENERATED ALWAYS AS (
                CASE WHEN status = 'ACTIVE' THEN min(coalesce(close_at, stale_at), coalesce(stale_at, close_at)) END
            ) VIRTUAL
        ) STRICT;
        CREATE UNIQUE INDEX conversations_number ON conversations (guild, number);
        CREATE UNIQUE INDEX conversations_id ON conversations (id);
        CREATE UNIQUE INDEX conversations_channel ON conversations (channel) WHERE channel IS NOT NULL;
        CREATE INDEX conversations_user ON conversations (guild, user, number);
        CREATE INDEX conversations_category ON conversations (guild, category, status, number);
        CREATE INDEX conversations_status ON conversations (guild, status, number);
        CREATE INDEX conversations_due ON conversations (due) WHERE due IS NOT NULL;
        CREATE INDEX conversations_closed_by ON conversations (guild, closed_by) WHERE closed_by IS NOT NULL;
    "];

    fn tables() -> Vec<Table> {
        vec![Table::of::<Conversation>()]
    }

    fn apply(tables: &Tables<'_>, change: &Change, entry: &Entry) -> Result<()> {
        if let Change::Erased {
            person,
            guilds,
            transcripts,
        } = change
        {
            return erase(tables, *person, guilds, transcripts);
        }
        let guild = entry.guild.context("a conversation outside any guild")?;
        applying::apply(&Row { tables, guild }, change, entry)
    }

    fn blobs(reader: &Reader<'_>) -> Result<Vec<String>> {
        let mut names = Vec::new();
        reader.for_each("SELECT copies FROM conversations", [], |row| {
            let copies: String = row.get(0)?;
            let copies: Vec<Copied> = serde_json::from_str(&copies)?;
            names.extend(copies.into_iter().map(|copy| copy.sha256));
            Ok(())
        })?;
        Ok(names)
    }

    fn inverse(change: &Change) -> Option<Change> {
        Some(match change {
            Change::Claimed { number, .. } => Change::Released { number: *number },
            Change::Joined { number, member } => Change::Left {
                number: *number,
                member: *member,
            },
            Change::Left { number, member } => Change::Joined {
                number: *number,
                member: *member,
            },
            Change::CloseScheduled { number, .. } => Change::CloseCancelled { number: *number },
            _ => return None,
        })
    }

    fn redact(change: &mut Change, person: UserId) -> Redaction {
        match change {
            Change::Opened {
                user,
                subject,
                answers,
                ..
            } if *user == person => {
                subject.clear();
                for answer in answers {
                    answer.answer.clear();
                }
                Redaction::Overwritten
            }
            Change::Renamed {
                user: Some(user),
                subject,
                ..
            } if *user == person => {
                subject.clear();
                Redaction::Overwritten
            }
            Change::Rated { user, words, .. } if *user == person => {
                *words = None;
                Redaction::Overwritten
            }
            Change::CloseScheduled { people, reason, .. }
            | Change::Closed { people, reason, .. }
                if people.contains(&person) =>
            {
                reason.clear();
                Redaction::Overwritten
            }
            _ => Redaction::Nothing,
        }
    }

    fn erasure(reader: &Reader<'_>, person: UserId) -> Result<Option<Change>> {
        let (mut guilds, mut transcripts) = (Vec::new(), Vec::new());
        for guild in reader.guilds("conversations")? {
            let concerns: bool = reader.query_row(
                "SELECT EXISTS (SELECT 1 FROM conversations WHERE guild = ?1 AND user = ?2)
                     OR EXISTS (SELECT 1 FROM conversations WHERE guild = ?1 AND closed_by = ?2)",
                params![guild, person],
                |row| row.get(0),
            )?;
            if concerns {
                guilds.push(guild);
            }
            // Two questions: a union is walked in order, through every message of the guild.
            let params = params![guild, person];
            let mut numbers: BTreeSet<u32> = reader
                .query(
                    "SELECT number FROM conversations WHERE guild = ?1 AND user = ?2",
                    params,
                    |row| row.get(0),
                )?
                .into_iter()
                .collect();
            numbers.extend(reader.query(
                "SELECT conversation FROM messages WHERE guild = ?1 AND sender = ?2",
                params,
                |row| row.get::<_, u32>(0),
            )?);
            transcripts.extend(numbers.into_iter().map(|number| (guild, number)));
        }
        let speaks_of_them = !guilds.is_empty() || !transcripts.is_empty();
        Ok(speaks_of_them.then_some(Change::Erased {
            person,
            guilds,
            transcripts,
        }))
    }
}

/// What they asked about, what they answered in forms, how they found it and why it ended; and the transcripts that hold
/// what they wrote: they can be made again from what is left.
fn erase(
    tables: &Tables<'_>,
    person: UserId,
    guilds: &[GuildId],
    transcripts: &[(GuildId, u32)],
) -> Result<()> {
    for guild in guilds {
        tables.execute(
            "UPDATE conversations SET subject = '', answers = '[]', words = NULL WHERE guild = ?1 AND user = ?2",
            params![guild, person],
        )?;
        for whose in ["user", "closed_by"] {
            let sql = format!(
                "UPDATE conversations SET reason = '' WHERE guild = ?1 AND {whose} = ?2 AND reason IS NOT NULL"
            );
            tables.execute(&sql, params![guild, person])?;
        }
    }
    for (guild, number) in transcripts {
        tables.execute(
            "UPDATE conversations SET copies = '[]' WHERE guild = ?1 AND number = ?2",
            params![guild, number],
        )?;
    }
    Ok(())
}
