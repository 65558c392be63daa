//! What each order was answered, so that the same message delivered twice is carried out once and answered alike.

use std::time::Duration;

use anyhow::Result;
use rusqlite::params;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::read::Reader;
use super::tx::{Operations, Tables};
use crate::model::Timestamp;

/// How long outcomes are kept. The journal's unique origins guard for ever; a gateway replays minutes, not days.
pub const ORDERS_KEPT: Duration = Duration::from_secs(24 * 3600);

/// What is known of an order that arrives.
pub(super) enum Known<T> {
    /// It is new.
    No,
    /// It was carried out at this journal position, with this outcome.
    Outcome(T),
    /// It was carried out; what was answered is no longer known.
    Forgotten,
}

pub(super) fn look_up<T: DeserializeOwned>(reader: &Reader<'_>, origin: &str) -> Result<Known<T>> {
    let known: Option<Option<String>> = reader.query_optional(
        "SELECT orders.outcome FROM journal LEFT JOIN orders ON orders.seq = journal.seq
         WHERE journal.origin = ?1 AND journal.step = 0",
        [origin],
        |row| row.get(0),
    )?;
    Ok(match known {
        None => Known::No,
        Some(None) => Known::Forgotten,
        Some(Some(outcome)) => Known::Outcome(serde_json::from_str(&outcome)?),
    })
}

/// Keeps what was answered to the order whose first change stands at `seq`.
pub(super) fn remember<T: Serialize>(
    tables: &Tables<'_>,
    seq: u64,
    outcome: &T,
    now: Timestamp,
) -> Result<()> {
    tables.execute(
        "INSERT INTO orders (seq, at, outcome) VALUES (?1, ?2, ?3)",
        params![seq, now, serde_json::to_string(outcome)?],
    )?;
    Ok(())
}

impl Operations<'_> {
    /// Forgets outcomes older than [`ORDERS_KEPT`]; returns how many.
    pub fn forget_old_orders(&self) -> Result<usize> {
        // The oldest come first: only what goes is read.
        Ok(self.tables.execute(
            "DELETE FROM orders WHERE seq < coalesce(
                 (SELECT seq FROM orders WHERE at >= ?1 ORDER BY seq LIMIT 1), 9223372036854775807)",
            params![self.now - ORDERS_KEPT],
        )?)
    }
}
