//! Points at which a test lets the process "die", to see what the next start makes of what is left.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use anyhow::Result;

/// Counts the steps of saves, archives, restores and recoveries; by default none is the last.
#[derive(Clone, Debug, Default)]
pub struct Steps {
    left: Option<Arc<AtomicI64>>,
}

/// The process "died" here: nothing is cleaned up, as after a power cut.
#[derive(Debug, thiserror::Error)]
#[error("died at a step, as the test asked")]
pub struct Died;

impl Steps {
    /// Dies after `count` more steps, and at each one after that.
    pub fn die_after(count: u32) -> Steps {
        Steps {
            left: Some(Arc::new(AtomicI64::new(count.into()))),
        }
    }

    /// Whether a test's death has come: from then on nothing may be tidied up.
    pub(super) fn is_dead(&self) -> bool {
        self.left
            .as_ref()
            .is_some_and(|left| left.load(Ordering::SeqCst) < 0)
    }

    /// One step further.
    pub(super) fn pass(&self) -> Result<()> {
        match &self.left {
            Some(left) if left.fetch_sub(1, Ordering::SeqCst) <= 0 => Err(Died.into()),
            _ => Ok(()),
        }
    }
}
