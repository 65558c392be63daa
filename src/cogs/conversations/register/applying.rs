//! What each change does to the row of its conversation.

use anyhow::{Result, ensure};
use rusqlite::{ToSql, params};

use super::{Change, Conversation};
use crate::cogs::conversations::values::Status;
use crate::model::{GuildId, UserId};
use crate::store::{Entry, SavedRow, Tables};

/// The tables and the guild whose conversation is touched.
pub(super) struct Row<'a, 'b> {
    pub(super) tables: &'a Tables<'b>,
    pub(super) guild: GuildId,
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

/// Carries a change of one conversation out.
pub(super) fn apply(row: &Row<'_, '_>, change: &Change, entry: &Entry) -> Result<()> {
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
        Change::CloseScheduled {
            number, at, reason, ..
        } => row.set(*number, "close_at = ?3, reason = ?4", &[at, reason]),
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
            ..
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
