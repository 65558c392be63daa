//! The one thread that writes: it takes all that waits, runs it in one transaction, commits, and then answers all.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use rusqlite::Connection;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::{oneshot, watch};

use super::journal::JournalRow;
use super::open::{self, Faults};
use super::read::Reader;
use super::register::Registers;
use super::tx::{Operations, Order, Tx};
use super::work::{Answer, Batch, OperationWork, RuleWork, Work};
use crate::model::{Clock, Refusal, Rejection};

/// How many orders share a commit at most, so that the first of them does not wait for ever.
const BATCH: usize = 256;

/// What a write came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Committed<T> {
    /// What the rule returned.
    pub value: T,
    /// The newest journal position when it was answered; durable.
    pub seq: u64,
    /// The order was carried out before; this is what it was answered then.
    pub replayed: bool,
}

/// Receives each commit's journal rows after they are durable and before anyone is answered:
/// the mirror, and whoever remembers what a change makes untrue.
pub trait CommitSink: Send {
    /// The rows of one commit, in order. Trouble here is the sink's own to report: the rows are safe in the journal.
    fn committed(&mut self, rows: &[JournalRow]);
}

pub(super) struct Writer {
    queue: Mutex<Queue>,
    thread: Mutex<Option<JoinHandle<()>>>,
    committed: watch::Receiver<u64>,
    broken: watch::Receiver<bool>,
}

/// The way to the writer thread.
struct Queue {
    /// None when the store is closed.
    sender: Option<Sender<Message>>,
    takes_orders: bool,
}

impl Queue {
    fn send(&self, message: Message) -> Result<()> {
        let sender = self
            .sender
            .as_ref()
            .ok_or_else(|| anyhow!("the store is closed"))?;
        sender
            .send(message)
            .map_err(|_| anyhow!("the writer thread has ended"))
    }
}

enum Message {
    Work(Box<dyn Work>),
    Attach(Box<dyn CommitSink>),
    FoldLog(oneshot::Sender<Result<bool>>),
}

impl Writer {
    pub(super) fn start(
        connection: Connection,
        registers: Registers,
        clock: Clock,
        faults: Faults,
    ) -> Result<Writer> {
        let seq = Reader::new(&connection).seq()?;
        let (sender, receiver) = channel();
        let (committed_sender, committed) = watch::channel(seq);
        let (broken_sender, broken) = watch::channel(false);
        let desk = Desk {
            connection,
            registers,
            clock,
            faults,
            sinks: Vec::new(),
            committed: committed_sender,
            broken: broken_sender,
        };
        // The thread logs where whoever opened the store does.
        let log = tracing::dispatcher::get_default(Clone::clone);
        let thread = std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || tracing::dispatcher::with_default(&log, || desk.serve(&receiver)))
            .context("starting the writer thread")?;
        Ok(Writer {
            queue: Mutex::new(Queue {
                sender: Some(sender),
                takes_orders: true,
            }),
            thread: Mutex::new(Some(thread)),
            committed,
            broken,
        })
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn submit<T, F>(&self, order: Order, rule: F) -> Result<oneshot::Receiver<Answer<T>>, Rejection>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, Rejection> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let queue = self.queue();
        if !queue.takes_orders {
            return Err(Refusal::new("refused-stopping").into());
        }
        queue.send(Message::Work(Box::new(RuleWork::new(order, rule, reply))))?;
        Ok(answer)
    }

    pub(super) async fn write<T, F>(&self, order: Order, rule: F) -> Answer<T>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, Rejection> + Send + 'static,
    {
        let answer = self.submit(order, rule)?;
        answer
            .await
            .context("the writer thread ended before it answered")?
    }

    pub(super) fn write_blocking<T, F>(&self, order: Order, rule: F) -> Answer<T>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, Rejection> + Send + 'static,
    {
        let answer = self.submit(order, rule)?;
        answer
            .blocking_recv()
            .context("the writer thread ended before it answered")?
    }

    fn submit_operation<T, F>(&self, act: F) -> Result<oneshot::Receiver<Result<T>>>
    where
        T: Send + 'static,
        F: FnOnce(&Operations<'_>) -> Result<T> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        self.queue()
            .send(Message::Work(Box::new(OperationWork::new(act, reply))))?;
        Ok(answer)
    }

    pub(super) async fn operate<T, F>(&self, act: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Operations<'_>) -> Result<T> + Send + 'static,
    {
        self.submit_operation(act)?
            .await
            .context("the writer thread ended before it answered")?
    }

    pub(super) fn operate_blocking<T, F>(&self, act: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Operations<'_>) -> Result<T> + Send + 'static,
    {
        self.submit_operation(act)?
            .blocking_recv()
            .context("the writer thread ended before it answered")?
    }

    pub(super) fn attach(&self, sink: Box<dyn CommitSink>) -> Result<()> {
        self.queue().send(Message::Attach(sink))
    }

    pub(super) fn fold_log(&self) -> Result<bool> {
        let (reply, answer) = oneshot::channel();
        self.queue().send(Message::FoldLog(reply))?;
        answer
            .blocking_recv()
            .context("the writer thread ended before it answered")?
    }

    pub(super) fn committed(&self) -> watch::Receiver<u64> {
        self.committed.clone()
    }

    pub(super) fn broken(&self) -> watch::Receiver<bool> {
        self.broken.clone()
    }

    /// Refuses orders from now on, and returns when those that came before are carried out.
    pub(super) fn take_no_more_orders(&self) -> Result<()> {
        self.queue().takes_orders = false;
        self.operate_blocking(|_| Ok(()))
    }

    pub(super) fn close(&self) -> Result<()> {
        {
            let mut queue = self.queue();
            queue.takes_orders = false;
            queue.sender = None;
        }
        let thread = self
            .thread
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        match thread {
            Some(thread) => thread
                .join()
                .map_err(|_| anyhow!("the writer thread panicked")),
            None => Ok(()),
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // A panic of that thread has been reported to everyone who waited for it.
        let _ = self.close();
    }
}

/// The writer thread's own belongings.
struct Desk {
    connection: Connection,
    registers: Registers,
    clock: Clock,
    faults: Faults,
    sinks: Vec<Box<dyn CommitSink>>,
    committed: watch::Sender<u64>,
    broken: watch::Sender<bool>,
}

impl Desk {
    fn serve(mut self, queue: &Receiver<Message>) {
        let most = if self.faults.commit_alone { 1 } else { BATCH };
        while let Ok(first) = queue.recv() {
            let mut works = Vec::new();
            let mut waiting = Some(first);
            while let Some(message) = waiting {
                match message {
                    Message::Work(work) => works.push(work),
                    // Commits before this message are not the sink's; those after it are.
                    Message::Attach(sink) => {
                        self.commit(std::mem::take(&mut works));
                        self.sinks.push(sink);
                    }
                    Message::FoldLog(reply) => {
                        self.commit(std::mem::take(&mut works));
                        // Nobody waits any more: the log is folded all the same.
                        let _ = reply.send(self.fold_log());
                    }
                }
                waiting = if works.len() < most {
                    queue.try_recv().ok()
                } else {
                    None
                };
            }
            self.commit(works);
        }
        if let Err(error) = self.close() {
            tracing::error!(event = "store_close_failed", error = %error);
        }
    }

    /// Commands wait for it no longer than for a commit: it does not wait for readers.
    fn fold_log(&self) -> Result<bool> {
        self.connection.busy_timeout(Duration::ZERO)?;
        let is_busy = self
            .connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| {
                row.get::<_, bool>(0)
            });
        self.connection.busy_timeout(open::BUSY_TIMEOUT)?;
        Ok(!is_busy?)
    }

    fn close(self) -> Result<(), rusqlite::Error> {
        // Both only spare the next start some work: whatever they fail to do is done then.
        let _ = self.connection.execute_batch("PRAGMA optimize");
        let _ = self
            .connection
            .execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
        self.connection.close().map_err(|(_, error)| error)
    }

    fn commit(&mut self, mut works: Vec<Box<dyn Work>>) {
        if works.is_empty() {
            return;
        }
        let before = *self.committed.borrow();
        if *self.broken.borrow() {
            let words =
                "the disk failed earlier; Greffier must be restarted before anything can be kept";
            works
                .iter_mut()
                .for_each(|work| work.answer(Some(words), before));
            return;
        }
        let outcome = self.run(&mut works, before);
        let (failure, seq) = match outcome {
            Ok(seq) => (None, seq),
            Err(error) => {
                self.mourn(&error);
                (Some(format!("{error:#}")), before)
            }
        };
        for mut work in works {
            work.answer(failure.as_deref(), seq);
        }
    }

    fn run(&mut self, works: &mut [Box<dyn Work>], before: u64) -> Result<u64> {
        let mut batch = Batch::new(
            &self.connection,
            &self.registers,
            &self.clock,
            self.faults,
            before + 1,
        );
        self.connection
            .prepare_cached("BEGIN IMMEDIATE")?
            .execute([])?;
        let committed = batch.run(works).and_then(|()| {
            if let Some(ahead) = self.faults.answer_ahead {
                works
                    .iter_mut()
                    .for_each(|work| work.answer(None, batch.newest()));
                std::thread::sleep(ahead);
            }
            self.connection.prepare_cached("COMMIT")?.execute([])?;
            Ok(batch.into_gathered())
        });
        let gathered = match committed {
            Ok(gathered) => gathered,
            Err(error) => {
                if !self.connection.is_autocommit() {
                    self.connection
                        .execute_batch("ROLLBACK")
                        .context("rolling back after a failed commit")?;
                }
                return Err(error);
            }
        };
        let seq = gathered.next_seq - 1;
        if !gathered.rows.is_empty() {
            for sink in &mut self.sinks {
                sink.committed(&gathered.rows);
            }
        }
        if gathered.promised || !gathered.rows.is_empty() {
            self.committed.send_replace(seq);
        }
        Ok(seq)
    }

    /// A failed write or fsync leaves unknown what is on disk, and a second fsync would lie: nothing more is written.
    fn mourn(&self, error: &anyhow::Error) {
        let fatal = open::disk_failure(error).is_some();
        tracing::error!(event = "commit_failed", error = %format!("{error:#}"), fatal);
        if fatal {
            self.broken.send_replace(true);
        }
    }
}
