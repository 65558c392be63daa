//! The clock that the whole program reads, so that tests and `greffier try` can move it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::Utc;

use super::Timestamp;

/// The system's clock plus a shift, or a clock that stands still until it is moved. Clones share the shift.
#[derive(Clone, Debug)]
pub struct Clock {
    base: Base,
    shift_ms: Arc<AtomicI64>,
}

#[derive(Clone, Copy, Debug)]
enum Base {
    System,
    Fixed(Timestamp),
}

impl Clock {
    /// The machine's wall clock, in UTC.
    pub fn system() -> Clock {
        Clock {
            base: Base::System,
            shift_ms: Arc::default(),
        }
    }

    /// A clock that stands at `start` until [`Clock::advance`] moves it.
    pub fn fixed(start: Timestamp) -> Clock {
        Clock {
            base: Base::Fixed(start),
            shift_ms: Arc::default(),
        }
    }

    /// What time it is.
    pub fn now(&self) -> Timestamp {
        let base = match self.base {
            Base::System => Timestamp(Utc::now().timestamp_millis()),
            Base::Fixed(start) => start,
        };
        Timestamp(base.0.saturating_add(self.shift_ms.load(Ordering::SeqCst)))
    }

    /// Moves the clock forward for everyone who holds a clone of it.
    pub fn advance(&self, by: Duration) {
        self.shift(i64::try_from(by.as_millis()).unwrap_or(i64::MAX));
    }

    /// Moves the clock by a signed number of milliseconds, as when an operator sets it back.
    pub fn shift(&self, by_ms: i64) {
        self.shift_ms.fetch_add(by_ms, Ordering::SeqCst);
    }
}

impl Default for Clock {
    fn default() -> Self {
        Clock::system()
    }
}

/// Whole milliseconds of a length, as records and answers keep it.
pub fn milliseconds(length: Duration) -> u64 {
    u64::try_from(length.as_millis()).unwrap_or(u64::MAX)
}
