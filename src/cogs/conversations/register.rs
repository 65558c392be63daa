//! Conversations: one row each, kept for ever. Saved as `conversations.json`.

use anyhow::{Context as _, Result, ensure};
use rusqlite::{ToSql, params};

pub use super::change::Change;
use super::values::{Answer, Cause, Copied, Place, Priority, Status};
use crate::model::{ChannelId, GuildId, Timestamp, UserId};
use crate::saved_row;
use crate::store::{Entry, Reader, Redaction, Register, SavedRow, Table, Tables};

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
    "];

    fn tables() -> Vec<Table> {
        vec![Table::of::<Conversation>()]
    }

    fn apply(tables: &Tables<'_>, change: &Change, entry: &Entry) -> Result<()> {
        if let Change::Erased { person, guilds } = change {
            return erase(tables, *person, guilds);
        }
        let guild = entry.guild.context("a conversation outside any guild")?;
        apply(&Row { tables, guild }, change, entry)
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
            _ => Redaction::Nothing,
        }
    }

    fn erasure(reader: &Reader<'_>, person: UserId) -> Result<Option<Change>> {
        let mut guilds = reader.guilds("conversations")?;
        let mut asked = Vec::new();
        for guild in guilds.drain(..) {
            let has: bool = reader.query_row(
                "SELECT EXISTS (SELECT 1 FROM conversations WHERE guild = ?1 AND user = ?2)",
                params![guild, person],
                |row| row.get(0),
            )?;
            if has {
                asked.push(guild);
            }
        }
        let guilds = asked;
        Ok((!guilds.is_empty()).then_some(Change::Erased { person, guilds }))
    }
}

/// What they asked about, what they answered in forms, and how they found it.
fn erase(tables: &Tables<'_>, person: UserId, guilds: &[GuildId]) -> Result<()> {
    for guild in guilds {
        tables.execute(
            "UPDATE conversations SET subject = '', answers = '[]', words = NULL WHERE guild = ?1 AND user = ?2",
            params![guild, person],
        )?;
    }
    Ok(())
}

/// The tables and the guild whose conversation is touched.
struct Row<'a, 'b> {
    tables: &'a Tables<'b>,
    guild: GuildId,
}

impl Row<'_, '_> {
    /// Sets columns of one conversation. `sql` begins with them and takes its values from `?3`.
    fn set(&self, number: u32, sql: &str, values: &[&dyn ToSql]) -> Result<()> {
        let sql = format!("UPDATE conversations SET {sql} WHERE guild = ?1 AND number = ?2");
        let mut all: Vec<&dyn ToSql> = vec![&self.guild, &number];
        all.extend(values);
        let touched = self.tables.execute(&sql, all.as_slice())?;
        ensure!(touched == 1, "there is no conversation {number}");
        Ok(())
    }

    fn participants(&self, number: u32, edit: impl FnOnce(&mut Vec<UserId>)) -> Result<()> {
        let held: String = self.tables.query_row(
            "SELECT participants FROM conversations WHERE guild = ?1 AND number = ?2",
            params![self.guild, number],
            |row| row.get(0),
        )?;
        let mut list: Vec<UserId> = serde_json::from_str(&held)?;
        edit(&mut list);
        let held = serde_json::to_string(&list)?;
        self.set(number, "participants = ?3", &[&held])
    }
}

fn apply(row: &Row<'_, '_>, change: &Change, entry: &Entry) -> Result<()> {
    match change {
        Change::Opened { .. } => opened(row, change, entry),
        Change::Placed {
            number,
            channel,
            stale_at,
        } => row.set(
            *number,
            "channel = ?3, stale_at = ?4, status = 'ACTIVE'",
            &[channel, stale_at],
        ),
        Change::Overflowed { number } => row.set(*number, "place = 'thread'", &[]),
        Change::Claimed { number, agent } => row.set(*number, "agent = ?3", &[agent]),
        Change::Released { number } => row.set(*number, "agent = NULL", &[]),
        Change::Answered { number, agent } => row.set(
            *number,
            "answered_at = ?3, answered_by = ?4",
            &[&entry.at, agent],
        ),
        Change::Prioritised { number, priority } => row.set(*number, "priority = ?3", &[priority]),
        Change::Erased { .. } => Ok(()),
        Change::Renamed {
            number, subject, ..
        } => row.set(*number, "subject = ?3", &[subject]),
        Change::Moved { number, category } => row.set(*number, "category = ?3", &[category]),
        Change::Joined { number, member } => row.participants(*number, |list| {
            if !list.contains(member) {
                list.push(*member);
            }
        }),
        Change::Left { number, member } => {
            row.participants(*number, |list| list.retain(|other| other != member))
        }
        Change::CloseRequested { number } => row.set(*number, "requested_at = ?3", &[&entry.at]),
        Change::Replied { number, agent, .. } => row.set(
            *number,
            "answered_at = coalesce(answered_at, ?3), answered_by = coalesce(answered_by, ?4)",
            &[&entry.at, agent],
        ),
        Change::CloseScheduled { number, at, reason } => {
            row.set(*number, "close_at = ?3, reason = ?4", &[at, reason])
        }
        Change::CloseCancelled { number } => {
            row.set(*number, "close_at = NULL, reason = NULL", &[])
        }
        Change::Warned { number, stale_at } => row.set(
            *number,
            "warned_at = ?3, stale_at = ?4",
            &[&entry.at, stale_at],
        ),
        Change::Postponed { number, stale_at } => {
            row.set(*number, "warned_at = NULL, stale_at = ?3", &[stale_at])
        }
        Change::Closed { .. } | Change::Reopened { .. } => ended(row, change, entry),
        Change::Rated {
            number,
            stars,
            words,
            ..
        } => row.set(
            *number,
            "stars = ?3, words = coalesce(?4, words)",
            &[stars, words],
        ),
    }
}

fn opened(row: &Row<'_, '_>, change: &Change, entry: &Entry) -> Result<()> {
    let Change::Opened {
        number,
        id,
        user,
        category,
        subject,
        priority,
        answers,
        asked_in,
        place,
    } = change
    else {
        return Ok(());
    };
    Conversation {
        guild: row.guild,
        number: *number,
        id: id.clone(),
        user: *user,
        agent: None,
        subject: subject.clone(),
        status: Status::Opening,
        category: category.clone(),
        priority: *priority,
        answers: serde_json::to_string(answers)?,
        participants: "[]".to_owned(),
        asked_in: *asked_in,
        place: *place,
        channel: None,
        created_at: entry.at,
        answered_at: None,
        answered_by: None,
        requested_at: None,
        close_at: None,
        stale_at: None,
        warned_at: None,
        closed_at: None,
        closed_by: None,
        cause: None,
        reason: None,
        copies: "[]".to_owned(),
        stars: None,
        words: None,
    }
    .insert(row.tables)
}

fn ended(row: &Row<'_, '_>, change: &Change, entry: &Entry) -> Result<()> {
    match change {
        Change::Closed {
            number,
            cause,
            reason,
            copies,
        } => row.set(
            *number,
            "status = 'CLOSED', closed_at = ?3, closed_by = ?4, cause = ?5, reason = ?6, copies = ?7,
             close_at = NULL, stale_at = NULL, warned_at = NULL",
            &[
                &entry.at,
                &entry.actor,
                cause,
                reason,
                &serde_json::to_string(copies)?,
            ],
        ),
        Change::Reopened {
            number,
            channel,
            stale_at,
        } => row.set(
            *number,
            "status = CASE WHEN ?3 IS NULL THEN 'OPENING' ELSE 'ACTIVE' END, channel = ?3, stale_at = ?4,
             closed_at = NULL, closed_by = NULL, cause = NULL, reason = NULL",
            &[channel, stale_at],
        ),
        _ => Ok(()),
    }
}
