//! Searching in messages: the one place that knows how the index is asked.

use anyhow::Result;
use rusqlite::params;

use super::values::Sender;
use crate::model::{GuildId, Timestamp, UserId};
use crate::store::Reader;

/// A message that has the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The conversation's number.
    pub conversation: u32,
    /// Who wrote it.
    pub sender: UserId,
    /// Who they are in it.
    pub sender_type: Sender,
    /// When.
    pub created_at: Timestamp,
    /// The words, in bold, with some of those around them.
    pub excerpt: String,
}

/// The messages of a guild that have all of `words`, the best first. A word also finds longer ones that begin with it;
/// accents and capitals make no difference.
pub fn search(reader: &Reader<'_>, guild: GuildId, words: &str, limit: u32) -> Result<Vec<Found>> {
    let query = query(words);
    if query.is_empty() {
        return Ok(Vec::new());
    }
    Ok(reader.query(
        "SELECT conversation, sender, sender_type, created_at, snippet(messages_search, 0, '**', '**', '…', 16)
         FROM messages_search CROSS JOIN messages ON messages.row = messages_search.rowid
         WHERE messages_search MATCH ?1 AND guild = ?2 ORDER BY rank LIMIT ?3",
        params![query, guild, limit],
        |row| {
            Ok(Found {
                conversation: row.get(0)?,
                sender: row.get(1)?,
                sender_type: row.get(2)?,
                created_at: row.get(3)?,
                excerpt: row.get(4)?,
            })
        },
    )?)
}

/// What people type is never read as the index's own language: each word stands in quotes.
fn query(words: &str) -> String {
    words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| format!("\"{word}\"*"))
        .collect::<Vec<_>>()
        .join(" ")
}
