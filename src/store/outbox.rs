//! The outbox: acts on Discord that were promised by a commit and are not yet known to have happened.

use anyhow::{Context, Result};
use rusqlite::params;

use super::read::Reader;
use super::tx::{Operations, Tables};
use crate::model::{Effect, Timestamp, Whom};

/// An act that is still to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// Its number; also what its nonce is made of.
    pub id: i64,
    /// Smaller goes first, and is done before anything larger is begun.
    pub urgency: i64,
    /// The journal position of the change that asked for it.
    pub seq: u64,
    /// How often it was tried before; a try that a crash interrupted counts.
    pub attempts: u32,
    /// Since when it waits.
    pub since: Timestamp,
    /// What is to be done.
    pub effect: Effect,
    /// By which the cog that asked for it hears what became of it.
    pub tag: Option<String>,
}

/// Smaller goes first: who must leave, leaves before anyone writes about it.
fn urgency(effect: &Effect) -> i64 {
    match effect {
        Effect::Ban { .. } | Effect::Lock { .. } => 0,
        Effect::Kick { .. }
        | Effect::Timeout { .. }
        | Effect::Unban { .. }
        | Effect::AddRole { .. }
        | Effect::RemoveRole { .. }
        | Effect::Roles { .. }
        | Effect::SetOverwrite { .. }
        | Effect::CreateRole { .. }
        | Effect::DeleteMessages { .. }
        | Effect::ThreadMember { .. } => 1,
        Effect::DirectMessage { .. }
        | Effect::ChannelPost { .. }
        | Effect::CreateChannel { .. }
        | Effect::CreateThread { .. } => 2,
        Effect::LogPost { .. }
        | Effect::EditPost { .. }
        | Effect::EditChannel { .. }
        | Effect::DeleteChannel { .. } => 3,
    }
}

pub(super) fn enqueue(
    tables: &Tables<'_>,
    effect: &Effect,
    tag: Option<&str>,
    seq: u64,
    now: Timestamp,
) -> Result<()> {
    let effect_text = serde_json::to_string(effect)?;
    let urgency = urgency(effect);
    match slot(effect) {
        None => tables.execute(
            "INSERT INTO outbox (seq, urgency, since, due, effect, tag) VALUES (?1, ?2, ?3, ?3, ?4, ?5)",
            params![seq, urgency, now, effect_text, tag],
        )?,
        Some(slot) => tables.execute(
            "INSERT INTO outbox (seq, urgency, since, due, effect, tag, slot) VALUES (?1, ?2, ?3, ?3, ?4, ?5, ?6)
             ON CONFLICT (slot) WHERE slot IS NOT NULL DO UPDATE SET seq = excluded.seq, since = excluded.since,
             due = excluded.due, attempts = 0, effect = excluded.effect, tag = excluded.tag, trouble = NULL",
            params![seq, urgency, now, effect_text, tag, slot],
        )?,
    };
    Ok(())
}

/// What an act sets, where only the newest wish counts: an older one that still waits is forgotten, and one that is under
/// way is followed by the newer, so that they can't overtake each other.
fn slot(effect: &Effect) -> Option<String> {
    match effect {
        Effect::Timeout { guild, member, .. } => Some(format!("timeout:{guild}:{member}")),
        Effect::EditPost {
            channel, message, ..
        } => Some(format!("post:{channel}:{message}")),
        Effect::CreateRole { guild, name, .. } => Some(format!("role:{guild}:{name}")),
        Effect::Lock { channel, .. } => Some(format!("lock:{channel}")),
        Effect::SetOverwrite {
            channel, overwrite, ..
        } => Some(match overwrite.whom {
            Whom::Role(role) => format!("overwrite:{channel}:role:{role}"),
            Whom::Member(member) => format!("overwrite:{channel}:member:{member}"),
        }),
        _ => None,
    }
}

/// Id, journal position, tries, since when, effect, tag.
type Row = (i64, u64, u32, Timestamp, String, Option<String>);

impl Reader<'_> {
    /// Up to `limit` acts that are due at `now`, the most urgent first.
    pub fn outbox_due(&self, now: Timestamp, limit: u32) -> Result<Vec<Pending>> {
        let rows: Vec<(i64, Row)> = self.query(
            // `+due`: in the order of urgency until there are enough, rather than sorting all that is due.
            "SELECT urgency, id, seq, attempts, since, effect, tag FROM outbox WHERE +due <= ?1 ORDER BY urgency, id LIMIT ?2",
            params![now, limit],
            |row| {
                let act = (row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?);
                Ok((row.get(0)?, act))
            },
        )?;
        rows.into_iter()
            .map(|(urgency, (id, seq, attempts, since, effect, tag))| {
                let effect = serde_json::from_str(&effect)
                    .with_context(|| format!("reading act {id} of the outbox"))?;
                Ok(Pending {
                    id,
                    urgency,
                    seq,
                    attempts,
                    since,
                    effect,
                    tag,
                })
            })
            .collect()
    }

    /// When the next act is due, if any waits.
    pub fn outbox_next(&self) -> Result<Option<Timestamp>> {
        Ok(self.query_row("SELECT min(due) FROM outbox", [], |row| row.get(0))?)
    }

    /// How many acts wait.
    pub fn outbox_len(&self) -> Result<u64> {
        Ok(self.query_row("SELECT count(*) FROM outbox", [], |row| row.get(0))?)
    }
}

impl Operations<'_> {
    /// These acts are about to be tried.
    pub fn outbox_begin(&self, ids: &[i64]) -> Result<()> {
        for id in ids {
            self.tables.execute(
                "UPDATE outbox SET attempts = attempts + 1 WHERE id = ?1",
                [id],
            )?;
        }
        Ok(())
    }

    /// Discord said that it is done, or that it never can be: the act is taken out.
    /// One that was replaced meanwhile (it was not tried yet) stays.
    pub fn outbox_done(&self, id: i64) -> Result<()> {
        self.tables
            .execute("DELETE FROM outbox WHERE id = ?1 AND attempts > 0", [id])?;
        Ok(())
    }

    /// It failed for now; it is tried again at `due`.
    pub fn outbox_retry(&self, id: i64, due: Timestamp, trouble: &str) -> Result<()> {
        self.tables.execute(
            "UPDATE outbox SET due = ?2, trouble = ?3 WHERE id = ?1 AND attempts > 0",
            params![id, due, trouble],
        )?;
        Ok(())
    }
}
