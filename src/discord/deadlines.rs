//! What becomes due by itself: a mute that ends, a game that nobody plays on. The due times stand in the cogs' tables; this
//! waits for the next of them.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use futures::future::BoxFuture;
use tokio::sync::{Mutex, Notify};
use tokio_util::sync::CancellationToken;

use super::{House, OutOfView};
use crate::model::Timestamp;
use crate::store::Reader;

/// How long after a failure it is tried again.
const RETRY: Duration = Duration::from_secs(30);
/// How often commits are looked at: what one of them sets is never due sooner than a second later.
const COALESCED: Duration = Duration::from_millis(250);

/// Something of a cog that becomes due.
#[derive(Clone, Copy)]
pub struct Deadline {
    /// What it is, for the log.
    pub name: &'static str,
    /// When the next one is due: one look at an index.
    pub next: fn(&Reader<'_>) -> Result<Option<Timestamp>>,
    /// Does all that is due, so that [`Deadline::next`] lies ahead afterwards; [`OutOfView`] where that can't be yet.
    pub run: for<'a> fn(&'a Arc<House>) -> BoxFuture<'a, Result<()>>,
}

/// Wakes whoever waits for deadlines: when time was moved.
#[derive(Clone, Default)]
pub struct Deadlines {
    wake: Arc<Notify>,
    /// Held by whoever does what is due: nothing is done twice at once.
    desk: Arc<Mutex<()>>,
}

impl Deadlines {
    /// Looks at once at what is due.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Does what is due until `stop`.
    pub async fn run(self, house: Arc<House>, stop: CancellationToken) {
        if house.deadlines.is_empty() {
            return;
        }
        let mut commits = house.store.committed();
        while !stop.is_cancelled() {
            commits.mark_unchanged();
            let pause = settle(&house).await;
            let sleep = async {
                match pause {
                    Some(pause) => tokio::time::sleep(pause).await,
                    None => std::future::pending().await,
                }
            };
            let committed = async {
                let _ = commits.changed().await;
                tokio::time::sleep(COALESCED).await;
            };
            tokio::select! {
                () = sleep => {}
                () = committed => {}
                () = self.wake.notified() => {}
                () = stop.cancelled() => {}
            }
        }
    }
}

/// Does all that is due. Returns how long to wait for the next, if anything waits.
pub async fn settle(house: &Arc<House>) -> Option<Duration> {
    let _desk = house.due.desk.lock().await;
    let mut failed = Vec::new();
    loop {
        let now = house.clock().now();
        let next = match upcoming(house, &failed).await {
            Ok(next) => next,
            Err(error) => {
                tracing::error!(event = "deadlines_failed", error = %format!("{error:#}"));
                return Some(RETRY);
            }
        };
        let wait = next.map(|(due, _)| due.since(now));
        match next {
            Some((due, deadline)) if due <= now => {
                if let Err(error) = advance(house, due, deadline).await {
                    if !error.is::<OutOfView>() {
                        tracing::error!(event = "deadline_failed", what = deadline.name, error = %format!("{error:#}"));
                    }
                    failed.push(deadline.name);
                }
            }
            _ if failed.is_empty() => return wait,
            _ => return Some(wait.map_or(RETRY, |wait| wait.min(RETRY))),
        }
    }
}

/// When the next of them is due.
///
/// # Errors
/// When the records can't be read.
pub async fn next_deadline(house: &Arc<House>) -> Result<Option<Timestamp>> {
    Ok(upcoming(house, &[]).await?.map(|(due, _)| due))
}

/// Does what is due. That nothing came of it, neither a change nor another time, is a failure: it would be due for ever.
async fn advance(house: &Arc<House>, due: Timestamp, deadline: Deadline) -> Result<()> {
    let before = *house.store.committed().borrow();
    (deadline.run)(house).await?;
    let after = *house.store.committed().borrow();
    if after == before {
        let next = house.store.read(deadline.next).await?;
        anyhow::ensure!(next != Some(due), "nothing was recorded");
    }
    Ok(())
}

/// The earliest of the deadlines that did not fail just now.
async fn upcoming(
    house: &Arc<House>,
    failed: &[&'static str],
) -> Result<Option<(Timestamp, Deadline)>> {
    let asked: Vec<Deadline> = house
        .deadlines
        .iter()
        .filter(|deadline| !failed.contains(&deadline.name))
        .copied()
        .collect();
    house
        .store
        .read(move |reader| {
            let mut earliest: Option<(Timestamp, Deadline)> = None;
            for deadline in asked {
                if let Some(due) = (deadline.next)(reader)?
                    && earliest.is_none_or(|(at, _)| due < at)
                {
                    earliest = Some((due, deadline));
                }
            }
            Ok(earliest)
        })
        .await
}
