//! The sandbox's time: the machine's clock plus a shift that can be moved forward.
//! Not a scheduler: nothing here waits.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, SecondsFormat, Utc};

/// A clock shared by everything in one sandbox. Clones show, and move, the same time.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    shift_ms: Arc<AtomicI64>,
}

impl Clock {
    /// The machine's own time.
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that shows `unix_ms` (milliseconds UTC) now and runs on from there.
    pub fn starting_at(unix_ms: i64) -> Self {
        let shift = unix_ms - Utc::now().timestamp_millis();
        Self {
            shift_ms: Arc::new(AtomicI64::new(shift)),
        }
    }

    /// Milliseconds since 1970, UTC.
    pub fn now_ms(&self) -> i64 {
        Utc::now().timestamp_millis() + self.shift_ms.load(Ordering::Relaxed)
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: Duration) {
        let by = i64::try_from(by.as_millis()).unwrap_or(i64::MAX / 4);
        self.shift_ms.fetch_add(by, Ordering::Relaxed);
    }
}

/// A time as Discord writes it: `2026-11-20T10:00:00.123000+00:00`.
pub(crate) fn iso(unix_ms: i64) -> String {
    let time = DateTime::<Utc>::from_timestamp_millis(unix_ms).unwrap_or_default();
    time.to_rfc3339_opts(SecondsFormat::Micros, false)
}

/// Reads an ISO 8601 time with its offset, as Discord's bodies carry it.
pub(crate) fn parse_iso(text: &str) -> Option<i64> {
    DateTime::parse_from_rfc3339(text)
        .ok()
        .map(|time| time.timestamp_millis())
}
