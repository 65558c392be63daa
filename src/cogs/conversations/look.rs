//! Looking conversations up. Each question reads an index, never the whole table.

use anyhow::Result;
use rusqlite::params;

use super::messages::{Attachment, Message, Version};
use super::register::Conversation;
use super::values::Sender;
use crate::model::{ChannelId, GuildId, MessageId, Timestamp, UserId};
use crate::store::{Reader, SavedRow};

const COLUMNS: &str = Conversation::COLUMNS;
const MESSAGE: &str = Message::COLUMNS;

/// The number that the guild's next conversation gets. None is ever deleted, so that no number is given twice.
pub fn next_number(reader: &Reader<'_>, guild: GuildId) -> Result<u32> {
    Ok(reader.query_row(
        "SELECT coalesce(max(number), 0) + 1 FROM conversations WHERE guild = ?1",
        [guild],
        |row| row.get(0),
    )?)
}

/// One conversation, by its number.
pub fn find(reader: &Reader<'_>, guild: GuildId, number: u32) -> Result<Option<Conversation>> {
    let sql = format!("SELECT {COLUMNS} FROM conversations WHERE guild = ?1 AND number = ?2");
    Ok(reader.query_optional(&sql, params![guild, number], Conversation::read)?)
}

/// The conversation whose place a channel is.
pub fn in_channel(reader: &Reader<'_>, channel: ChannelId) -> Result<Option<Conversation>> {
    let sql = format!("SELECT {COLUMNS} FROM conversations WHERE channel = ?1");
    Ok(reader.query_optional(&sql, [channel], Conversation::read)?)
}

/// A member's conversations, the newest first.
pub fn of_user(
    reader: &Reader<'_>,
    guild: GuildId,
    user: UserId,
    limit: u32,
    offset: u32,
) -> Result<Vec<Conversation>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM conversations WHERE guild = ?1 AND user = ?2
         ORDER BY number DESC LIMIT ?3 OFFSET ?4"
    );
    Ok(reader.query(
        &sql,
        params![guild, user, limit, offset],
        Conversation::read,
    )?)
}

/// How many conversations a member ever had.
pub fn count_of_user(reader: &Reader<'_>, guild: GuildId, user: UserId) -> Result<u32> {
    Ok(reader.query_row(
        "SELECT count(*) FROM conversations WHERE guild = ?1 AND user = ?2",
        params![guild, user],
        |row| row.get(0),
    )?)
}

/// Those of a member in a category that are not over.
pub fn open_of_user(
    reader: &Reader<'_>,
    guild: GuildId,
    user: UserId,
    category: &str,
) -> Result<Vec<Conversation>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM conversations
         WHERE guild = ?1 AND user = ?2 AND category = ?3 AND status <> 'CLOSED' ORDER BY number"
    );
    Ok(reader.query(&sql, params![guild, user, category], Conversation::read)?)
}

/// When a member's last conversation in a category began.
pub fn last_opened(
    reader: &Reader<'_>,
    guild: GuildId,
    user: UserId,
    category: &str,
) -> Result<Option<Timestamp>> {
    Ok(reader.query_row(
        "SELECT max(created_at) FROM conversations WHERE guild = ?1 AND user = ?2 AND category = ?3",
        params![guild, user, category],
        |row| row.get(0),
    )?)
}

/// How many of a category are not over.
pub fn open_in_category(reader: &Reader<'_>, guild: GuildId, category: &str) -> Result<u32> {
    Ok(reader.query_row(
        "SELECT count(*) FROM conversations
         WHERE guild = ?1 AND category = ?2 AND status IN ('OPENING', 'ACTIVE')",
        params![guild, category],
        |row| row.get(0),
    )?)
}

/// Those of a guild in which people can write, by number.
pub fn active(reader: &Reader<'_>, guild: GuildId) -> Result<Vec<Conversation>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM conversations WHERE guild = ?1 AND status = 'ACTIVE' ORDER BY number"
    );
    Ok(reader.query(&sql, [guild], Conversation::read)?)
}

/// When the next one is due to be closed or called stale.
pub fn next_due(reader: &Reader<'_>) -> Result<Option<Timestamp>> {
    Ok(reader.query_row(
        "SELECT min(due) FROM conversations WHERE due IS NOT NULL",
        [],
        |row| row.get(0),
    )?)
}

/// Those of a guild that are due at `now`, the longest first.
pub fn due(
    reader: &Reader<'_>,
    guild: GuildId,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<Conversation>> {
    // The plus keeps the planner from walking the guild instead of the few that are due.
    let sql = format!(
        "SELECT {COLUMNS} FROM conversations WHERE due IS NOT NULL AND due <= ?2 AND +guild = ?1 ORDER BY due LIMIT ?3"
    );
    Ok(reader.query(&sql, params![guild, now, limit], Conversation::read)?)
}

/// The message that Discord calls so.
pub fn message(reader: &Reader<'_>, discord: MessageId) -> Result<Option<Message>> {
    let sql = format!("SELECT {MESSAGE} FROM messages WHERE discord = ?1");
    Ok(reader.query_optional(&sql, [discord], Message::read)?)
}

/// All messages of a conversation in the order in which they were written.
pub fn messages(reader: &Reader<'_>, guild: GuildId, number: u32) -> Result<Vec<Message>> {
    let sql = format!(
        "SELECT {MESSAGE} FROM messages WHERE guild = ?1 AND conversation = ?2 ORDER BY created_at, row"
    );
    Ok(reader.query(&sql, params![guild, number], Message::read)?)
}

/// What a message said before, the oldest first.
pub fn versions(reader: &Reader<'_>, message: u64) -> Result<Vec<Version>> {
    let columns = Version::COLUMNS;
    let sql =
        format!("SELECT {columns} FROM message_versions WHERE message = ?1 ORDER BY until, rowid");
    Ok(reader.query(&sql, [message], Version::read)?)
}

/// The files of a message.
pub fn attachments(reader: &Reader<'_>, message: u64) -> Result<Vec<Attachment>> {
    let columns = Attachment::COLUMNS;
    let sql = format!("SELECT {columns} FROM attachments WHERE message = ?1 ORDER BY position");
    Ok(reader.query(&sql, [message], Attachment::read)?)
}

/// The messages of a guild with files whose bytes are neither kept nor given up, by conversation.
pub fn missing_files(reader: &Reader<'_>, guild: GuildId) -> Result<Vec<MessageId>> {
    Ok(reader.query(
        "SELECT DISTINCT messages.discord FROM attachments CROSS JOIN messages ON messages.row = attachments.message
         WHERE attachments.guild = ?1 AND sha256 IS NULL AND lost IS NULL AND discord IS NOT NULL",
        [guild],
        |row| row.get(0),
    )?)
}

/// The newest message of a conversation that Discord knows.
pub fn newest_on_discord(
    reader: &Reader<'_>,
    guild: GuildId,
    number: u32,
) -> Result<Option<MessageId>> {
    Ok(reader.query_row(
        "SELECT max(discord) FROM messages WHERE guild = ?1 AND conversation = ?2",
        params![guild, number],
        |row| row.get(0),
    )?)
}

/// Whether anything that stands in a conversation's transcript changed behind the journal position `reaches`.
pub fn has_changed_since(
    reader: &Reader<'_>,
    guild: GuildId,
    number: u32,
    reaches: u64,
) -> Result<bool> {
    Ok(reader.query_row(
        "SELECT EXISTS (
             SELECT 1 FROM journal WHERE seq > ?3 AND register = 'messages' AND (
                 json_extract(change, '$.kind') = 'erased'
                 OR guild = ?1 AND ?2 = coalesce(
                     json_extract(change, '$.conversation'),
                     (SELECT conversation FROM messages WHERE row = json_extract(change, '$.message'))
                 )
             )
         )",
        params![guild, number, reaches],
        |row| row.get(0),
    )?)
}

/// When somebody (nobody's program) last wrote in a conversation, and who they were in it.
pub fn last_word(
    reader: &Reader<'_>,
    guild: GuildId,
    number: u32,
) -> Result<Option<(Timestamp, Sender)>> {
    Ok(reader.query_optional(
        "SELECT created_at, sender_type FROM messages
         WHERE guild = ?1 AND conversation = ?2 AND sender_type IN ('USER', 'AGENT')
         ORDER BY created_at DESC, row DESC LIMIT 1",
        params![guild, number],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?)
}
