//! The running bot's end of what the command line and `greffier try` ask.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::control::{Answer, Progressed, Request, Server};
use crate::discord::{House, next_deadline, settle_deadlines};
use crate::model::Text;
use crate::operate::operate;
use crate::text;
use crate::vault::Unable;

/// How far the clock moves at once.
const STRIDE: Duration = Duration::from_secs(15 * 60);
/// How long acts on Discord may take until a line is taken for done.
const SETTLE_BOUND: Duration = Duration::from_secs(2);
/// How often it is looked whether they are.
const LOOK_EVERY: Duration = Duration::from_millis(5);
/// A leap of years takes no more strides than this, each longer for it; what has its hour is still done at its hour.
const MOST_STRIDES: u32 = 1000;

/// Whether the clock may be moved from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clockwork {
    /// It is the world's: a running bot.
    Fixed,
    /// It is a toy: `greffier try`.
    Movable,
}

/// A socket that is open; [`Answering::close`] ends it.
pub(super) struct Answering {
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Answering {
    /// Opens the control socket of this bot.
    ///
    /// # Errors
    /// When the data folder can't be written.
    pub(super) fn open(app: &App, clockwork: Clockwork) -> anyhow::Result<Self> {
        let house = Arc::clone(app.house());
        let server = Server::open(&house.config.paths.data)?;
        let stop = CancellationToken::new();
        let vault = house.vault.clone();
        let task = tokio::spawn(server.serve(
            move |request| answer(Arc::clone(&house), clockwork, request),
            move || {
                vault.progress().step().map(|step| Progressed {
                    what: step.text(),
                    done: step.done,
                    total: step.total,
                })
            },
            stop.clone(),
        ));
        Ok(Self { stop, task })
    }

    /// Answers what has been asked, and closes.
    pub(super) async fn close(self) {
        self.stop.cancel();
        if let Err(error) = self.task.await {
            tracing::error!(event = "control_failed", error = %error);
        }
    }
}

async fn answer(house: Arc<House>, clockwork: Clockwork, request: Request) -> Result<Answer, Text> {
    if let Request::Advance { .. } | Request::Settle = request
        && clockwork == Clockwork::Fixed
    {
        return Err(text!("control-clock-fixed"));
    }
    match request {
        Request::Advance { by_ms } => {
            advance(&house, Duration::from_millis(by_ms)).await;
            return Ok(Answer::Advanced);
        }
        Request::Settle => {
            // When it is not quiet by then, whoever tries sees it a moment later.
            let _ = tokio::time::timeout(SETTLE_BOUND, settle(&house)).await;
            return Ok(Answer::Settled);
        }
        _ => {}
    }
    let census = house.seen.census();
    house
        .vault
        .off_thread(move |vault| operate(vault, census, &request))
        .await
        .map_err(|error| match error.downcast::<Unable>() {
            Ok(Unable(why)) => why,
            Err(error) => text!("control-failed", why = format!("{error:#}")),
        })
}

/// Moves the clock from one due time to the next, so that each night has its archive at its hour and each mute ends when it
/// should; what is due every few seconds or hours comes once a stride.
async fn advance(house: &Arc<House>, by: Duration) {
    let end = house.clock().now() + by;
    let stride = STRIDE.max(by / MOST_STRIDES);
    loop {
        let now = house.clock().now();
        if now >= end {
            break;
        }
        let past = now.0.rem_euclid(STRIDE.as_millis() as i64);
        let mut next = end.min(now + (stride - Duration::from_millis(past.unsigned_abs())));
        // Without an answer the strides go on.
        let deadline = next_deadline(house).await.unwrap_or_default();
        for due in [house.schedule.next_daily(), deadline]
            .into_iter()
            .flatten()
        {
            if due > now {
                next = next.min(due);
            }
        }
        house.clock().advance(next.since(now));
        house.schedule.settle().await;
        settle_deadlines(house).await;
    }
    house.outbox.wake();
}

/// Returns when no act on Discord is due.
async fn settle(house: &House) {
    loop {
        let now = house.clock().now();
        let due = house.store.read(move |reader| reader.outbox_due(now, 1));
        if due.await.is_ok_and(|due| due.is_empty()) {
            return;
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}
