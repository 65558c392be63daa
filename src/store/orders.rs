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
    let outcome: Option<String> = reader.query_optional(
        "SELECT outcome FROM orders WHERE origin = ?1",
        [origin],
        |row| row.get(0),
    )?;
    if let Some(outcome) = outcome {
        return Ok(Known::Outcome(serde_json::from_str(&outcome)?));
    }
    let journaled = reader
        .query_optional(
            "SELECT 1 FROM journal WHERE origin = ?1 LIMIT 1",
            [origin],
            |_| Ok(()),
        )?
        .is_some();
    Ok(if journaled {
        Known::Forgotten
    } else {
        Known::No
    })
}

pub(super) fn remember<T: Serialize>(
    tables: &Tables<'_>,
    origin: &str,
    outcome: &T,
    now: Timestamp,
) -> Result<()> {
    tables.execute(
        "INSERT INTO orders (origin, at, outcome) VALUES (?1, ?2, ?3)",
        params![origin, now, serde_json::to_string(outcome)?],
    )?;
    Ok(())
}

impl Operations<'_> {
    /// Forgets outcomes older than [`ORDERS_KEPT`]; returns how many.
    pub fn forget_old_orders(&self) -> Result<usize> {
        Ok(self.tables.execute(
            "DELETE FROM orders WHERE at < ?1",
            params![self.now - ORDERS_KEPT],
        )?)
    }
}
