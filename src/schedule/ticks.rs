//! One tick a second, from `tokio-cron-scheduler`, and a second source for when it stalls.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use tokio_cron_scheduler::{Job, JobScheduler};

use super::Schedule;

/// Without a tick for so long, the scheduler has stalled: it does when the machine's clock is set back.
const STALLED: Duration = Duration::from_secs(3);

/// Ticks until the schedule stops.
pub(super) async fn start(schedule: Schedule) -> Result<()> {
    let began = Instant::now();
    let last = Arc::new(AtomicU64::new(0));
    let tick = move |schedule: &Schedule, last: &AtomicU64| {
        let elapsed = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        last.store(elapsed, Ordering::Relaxed);
        schedule.tick();
    };
    let mut scheduler = JobScheduler::new()
        .await
        .context("making the source of ticks")?;
    let (theirs, seen) = (schedule.clone(), last.clone());
    let job = Job::new_async("* * * * * *", move |_, _| {
        let (schedule, seen) = (theirs.clone(), seen.clone());
        Box::pin(async move { tick(&schedule, &seen) })
    })?;
    scheduler.add(job).await.context("asking for ticks")?;
    scheduler.start().await.context("starting the ticks")?;
    let stopping = schedule.inner.stopping.clone();
    tokio::spawn(async move {
        loop {
            tokio::select! {
                () = stopping.cancelled() => break,
                () = tokio::time::sleep(STALLED) => {}
            }
            let ticked = Duration::from_millis(last.load(Ordering::Relaxed));
            if began.elapsed().saturating_sub(ticked) >= STALLED {
                tick(&schedule, &last);
            }
        }
        if let Err(error) = scheduler.shutdown().await {
            tracing::warn!(event = "ticks_not_stopped", error = %error);
        }
    });
    Ok(())
}
