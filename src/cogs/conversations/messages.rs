//! Messages of conversations, with what they said before and the files that came with them. Saved as `messages.json`.
//!
//! The index for searching follows from the table by triggers, and stands in no save.

mod change;
mod rows;

use anyhow::{Context as _, Result, ensure};
use rusqlite::params;

pub use self::change::Change;
pub use self::rows::{Attachment, Message, Version};
use crate::model::{GuildId, UserId};
use crate::store::{Entry, Reader, Redaction, Register, SavedRow, Table, Tables};

/// The messages' register.
pub struct Messages;

impl Register for Messages {
    type Change = Change;

    const NAME: &'static str = "messages";
    const FILE: &'static str = "messages.json";
    const SCHEMA: &'static [&'static str] = &["
        CREATE TABLE messages (
            guild INTEGER NOT NULL,
            row INTEGER PRIMARY KEY,
            id TEXT NOT NULL,
            conversation INTEGER NOT NULL,
            sender INTEGER NOT NULL,
            sender_name TEXT NOT NULL,
            sender_type TEXT NOT NULL,
            about INTEGER,
            content TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            edited_at INTEGER,
            deleted_at INTEGER,
            discord INTEGER,
            erased INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX messages_id ON messages (id);
        CREATE UNIQUE INDEX messages_discord ON messages (discord) WHERE discord IS NOT NULL;
        CREATE INDEX messages_conversation ON messages (guild, conversation, created_at, row);
        CREATE INDEX messages_sender ON messages (guild, sender);
        CREATE INDEX messages_about ON messages (guild, about) WHERE about IS NOT NULL;
        CREATE TABLE message_versions (
            guild INTEGER NOT NULL,
            message INTEGER NOT NULL,
            sender INTEGER NOT NULL,
            about INTEGER,
            until INTEGER NOT NULL,
            content TEXT NOT NULL
        ) STRICT;
        CREATE INDEX message_versions_message ON message_versions (message, until);
        CREATE INDEX message_versions_sender ON message_versions (guild, sender);
        CREATE INDEX message_versions_about ON message_versions (guild, about) WHERE about IS NOT NULL;
        CREATE TABLE attachments (
            guild INTEGER NOT NULL,
            message INTEGER NOT NULL,
            sender INTEGER NOT NULL,
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            media_type TEXT NOT NULL,
            size INTEGER NOT NULL,
            sha256 TEXT,
            lost TEXT
        ) STRICT;
        CREATE UNIQUE INDEX attachments_message ON attachments (message, position);
        CREATE INDEX attachments_sender ON attachments (guild, sender);
        CREATE INDEX attachments_sha256 ON attachments (sha256) WHERE sha256 IS NOT NULL;
        CREATE INDEX attachments_missing ON attachments (guild, message) WHERE sha256 IS NULL AND lost IS NULL;
        CREATE VIRTUAL TABLE messages_search USING fts5 (
            content, content = 'messages', content_rowid = 'row', tokenize = 'unicode61 remove_diacritics 2'
        );
        INSERT INTO messages_search (messages_search, rank) VALUES ('secure-delete', 1);
        CREATE TRIGGER messages_search_added AFTER INSERT ON messages BEGIN
            INSERT INTO messages_search (rowid, content) VALUES (new.row, new.content);
        END;
        CREATE TRIGGER messages_search_removed AFTER DELETE ON messages BEGIN
            INSERT INTO messages_search (messages_search, rowid, content) VALUES ('delete', old.row, old.content);
        END;
        CREATE TRIGGER messages_search_changed AFTER UPDATE OF content ON messages BEGIN
            INSERT INTO messages_search (messages_search, rowid, content) VALUES ('delete', old.row, old.content);
            INSERT INTO messages_search (rowid, content) VALUES (new.row, new.content);
        END;
    "];

    fn tables() -> Vec<Table> {
        vec![
            Table::of::<Message>(),
            Table::of::<Version>(),
            Table::of::<Attachment>(),
        ]
    }

    fn apply(tables: &Tables<'_>, change: &Change, entry: &Entry) -> Result<()> {
        if let Change::Erased { person, guilds } = change {
            return guilds
                .iter()
                .try_for_each(|guild| erase(tables, *guild, *person));
        }
        let guild = entry.guild.context("a message outside any guild")?;
        match change {
            Change::Erased { .. } => Ok(()),
            Change::Sent { .. } => sent(tables, guild, change, entry),
            Change::Edited {
                message,
                sender,
                about,
                content,
                at,
            } => {
                let before: String = tables.query_row(
                    "SELECT content FROM messages WHERE row = ?1",
                    [message],
                    |row| row.get(0),
                )?;
                Version {
                    guild,
                    message: *message,
                    sender: *sender,
                    about: *about,
                    until: *at,
                    content: before,
                }
                .insert(tables)?;
                tables.execute(
                    "UPDATE messages SET content = ?2, edited_at = ?3 WHERE row = ?1",
                    params![message, content, at],
                )?;
                Ok(())
            }
            Change::Deleted { message } => {
                let touched = tables.execute(
                    "UPDATE messages SET deleted_at = ?3 WHERE row = ?1 AND guild = ?2",
                    params![message, guild, entry.at],
                )?;
                ensure!(touched == 1, "there is no message {message}");
                Ok(())
            }
            Change::Kept {
                message,
                position,
                sha256,
            } => attachment(tables, *message, *position, Some(sha256), None),
            Change::Lost {
                message,
                position,
                why,
            } => attachment(tables, *message, *position, None, Some(why)),
        }
    }

    fn blobs(reader: &Reader<'_>) -> Result<Vec<String>> {
        Ok(reader.query(
            "SELECT DISTINCT sha256 FROM attachments WHERE sha256 IS NOT NULL",
            [],
            |row| row.get(0),
        )?)
    }

    fn redact(change: &mut Change, person: UserId) -> Redaction {
        match change {
            Change::Sent {
                sender,
                sender_name,
                content,
                attachments,
                ..
            } if *sender == person => {
                sender_name.clear();
                content.clear();
                for attached in attachments {
                    attached.name.clear();
                }
                Redaction::Overwritten
            }
            Change::Sent { about, content, .. } if *about == Some(person) => {
                content.clear();
                Redaction::Overwritten
            }
            Change::Edited {
                sender,
                about,
                content,
                ..
            } if *sender == person || *about == Some(person) => {
                content.clear();
                Redaction::Overwritten
            }
            _ => Redaction::Nothing,
        }
    }

    fn erasure(reader: &Reader<'_>, person: UserId) -> Result<Option<Change>> {
        let mut wrote = Vec::new();
        for guild in reader.guilds("messages")? {
            let has: bool = reader.query_row(
                "SELECT EXISTS (SELECT 1 FROM messages WHERE guild = ?1 AND sender = ?2)
                     OR EXISTS (SELECT 1 FROM messages WHERE guild = ?1 AND about = ?2)",
                params![guild, person],
                |row| row.get(0),
            )?;
            if has {
                wrote.push(guild);
            }
        }
        let guilds = wrote;
        Ok((!guilds.is_empty()).then_some(Change::Erased { person, guilds }))
    }
}

/// Their words, what they said before, their name, and the files that they sent; and what was said of them in their own
/// conversations. That they wrote, and when, stays.
fn erase(tables: &Tables<'_>, guild: GuildId, person: UserId) -> Result<()> {
    for words in [
        "message_versions SET content = ''",
        "messages SET content = '', erased = 1",
    ] {
        for whose in ["sender", "about"] {
            let sql = format!("UPDATE {words} WHERE guild = ?1 AND {whose} = ?2");
            tables.execute(&sql, params![guild, person])?;
        }
    }
    tables.execute(
        "UPDATE attachments SET name = '', sha256 = NULL, lost = 'erased' WHERE guild = ?1 AND sender = ?2",
        params![guild, person],
    )?;
    tables.execute(
        "UPDATE messages SET sender_name = '' WHERE guild = ?1 AND sender = ?2",
        params![guild, person],
    )?;
    Ok(())
}

fn sent(tables: &Tables<'_>, guild: GuildId, change: &Change, entry: &Entry) -> Result<()> {
    let Change::Sent {
        conversation,
        id,
        sender,
        sender_name,
        sender_type,
        content,
        created_at,
        discord,
        about,
        attachments,
    } = change
    else {
        return Ok(());
    };
    Message {
        guild,
        row: entry.seq,
        id: id.clone(),
        conversation: *conversation,
        sender: *sender,
        sender_name: sender_name.clone(),
        sender_type: *sender_type,
        about: *about,
        content: content.clone(),
        created_at: *created_at,
        edited_at: None,
        deleted_at: None,
        discord: *discord,
        erased: false,
    }
    .insert(tables)?;
    for (position, attached) in (0..).zip(attachments) {
        Attachment {
            guild,
            message: entry.seq,
            sender: *sender,
            position,
            name: attached.name.clone(),
            media_type: attached.media_type.clone(),
            size: attached.size,
            sha256: None,
            lost: None,
        }
        .insert(tables)?;
    }
    Ok(())
}

fn attachment(
    tables: &Tables<'_>,
    message: u64,
    position: u32,
    sha256: Option<&str>,
    lost: Option<&str>,
) -> Result<()> {
    let touched = tables.execute(
        "UPDATE attachments SET sha256 = ?3, lost = ?4 WHERE message = ?1 AND position = ?2",
        params![message, position, sha256, lost],
    )?;
    ensure!(touched == 1, "message {message} has no file {position}");
    Ok(())
}
