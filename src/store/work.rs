//! What the writer thread does: rules and operations, each within a savepoint of the one transaction that they share.

use std::panic::{AssertUnwindSafe, catch_unwind};

use anyhow::{Result, anyhow};
use rusqlite::Connection;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::oneshot;

use super::activity::Touched;
use super::open::{self, Faults};
use super::orders::{self, Known};
use super::read::Reader;
use super::register::Registers;
use super::tx::{Gathered, Operations, Order, Tables, Tx};
use super::writer::Committed;
use crate::model::{Clock, Rejection};

/// A piece of work for the writer thread: run inside the transaction, answered after the commit.
pub(super) trait Work: Send {
    fn run(&mut self, batch: &mut Batch<'_>);
    /// Tells who waits what came of it; a second call does nothing.
    fn answer(&mut self, failure: Option<&str>, seq: u64);
}

/// What the works of one commit share.
pub(super) struct Batch<'a> {
    connection: &'a Connection,
    registers: &'a Registers,
    clock: &'a Clock,
    faults: Faults,
    gathered: Gathered,
    /// What makes the whole commit impossible.
    failure: Option<anyhow::Error>,
}

impl<'a> Batch<'a> {
    pub(super) fn new(
        connection: &'a Connection,
        registers: &'a Registers,
        clock: &'a Clock,
        faults: Faults,
        next_seq: u64,
    ) -> Batch<'a> {
        Batch {
            connection,
            registers,
            clock,
            faults,
            gathered: Gathered {
                next_seq,
                rows: Vec::new(),
                promised: false,
            },
            failure: None,
        }
    }

    /// The newest journal position that the commit will have.
    pub(super) fn newest(&self) -> u64 {
        self.gathered.next_seq - 1
    }

    pub(super) fn into_gathered(self) -> Gathered {
        self.gathered
    }

    /// Runs each work; an error means that nobody's may be kept.
    pub(super) fn run(&mut self, works: &mut [Box<dyn Work>]) -> Result<()> {
        for work in works {
            work.run(self);
            if let Some(failure) = self.failure.take() {
                return Err(failure);
            }
            // SQLite ends the whole transaction by itself when the disk is full: then nobody's work is kept.
            anyhow::ensure!(
                !self.connection.is_autocommit(),
                "the disk is full or failed: the transaction was undone"
            );
        }
        Touched::by(&self.gathered.rows).flush(&Tables::new(self.connection))
    }

    /// Runs `act` so that its failure undoes only itself.
    fn within_savepoint<T>(
        &mut self,
        act: impl FnOnce(&mut Self) -> Result<T, Rejection>,
    ) -> Result<T, Rejection> {
        let (rows, next_seq) = (self.gathered.rows.len(), self.gathered.next_seq);
        self.execute("SAVEPOINT work")?;
        let outcome = catch_unwind(AssertUnwindSafe(|| act(self)))
            .unwrap_or_else(|_| Err(Rejection::Failed(anyhow!("a rule panicked"))));
        if let Err(Rejection::Failed(error)) = &outcome {
            self.failure = open::disk_failure(error);
        }
        if self.failure.is_some() || self.connection.is_autocommit() {
            return outcome;
        }
        if outcome.is_err() {
            self.execute("ROLLBACK TO work")?;
            self.gathered.rows.truncate(rows);
            self.gathered.next_seq = next_seq;
        }
        self.execute("RELEASE work")?;
        outcome
    }

    /// A savepoint that can't be set, undone or released leaves nothing that may be committed.
    fn execute(&mut self, sql: &str) -> Result<(), Rejection> {
        let done = self
            .connection
            .prepare_cached(sql)
            .and_then(|mut statement| statement.execute([]));
        done.map(drop).map_err(|error| {
            let words = error.to_string();
            self.failure = Some(anyhow::Error::new(error).context(sql.to_owned()));
            Rejection::Failed(anyhow!("{sql}: {words}"))
        })
    }
}

pub(super) type Answer<T> = Result<Committed<T>, Rejection>;

/// A rule that waits for its turn.
pub(super) struct RuleWork<T, F> {
    order: Order,
    rule: Option<F>,
    outcome: Option<Result<(T, bool), Rejection>>,
    reply: Option<oneshot::Sender<Answer<T>>>,
}

impl<T, F> RuleWork<T, F>
where
    T: Serialize + DeserializeOwned,
    F: FnOnce(&mut Tx<'_>) -> Result<T, Rejection>,
{
    pub(super) fn new(order: Order, rule: F, reply: oneshot::Sender<Answer<T>>) -> RuleWork<T, F> {
        RuleWork {
            order,
            rule: Some(rule),
            outcome: None,
            reply: Some(reply),
        }
    }

    fn carry_out(order: &Order, rule: F, batch: &mut Batch<'_>) -> Result<(T, bool), Rejection> {
        let origin = order
            .origin
            .as_deref()
            .filter(|_| !batch.faults.forget_orders);
        if let Some(origin) = origin {
            match orders::look_up(&Reader::new(batch.connection), origin)? {
                Known::No => {}
                Known::Outcome(value) => return Ok((value, true)),
                Known::Forgotten => return Err(Rejection::AlreadyDone),
            }
        }
        let now = batch.clock.now();
        let journaled = Order {
            origin: origin.map(str::to_owned),
            ..order.clone()
        };
        let first = batch.gathered.next_seq;
        let value = rule(&mut Tx::new(
            batch.connection,
            batch.registers,
            &journaled,
            now,
            &mut batch.gathered,
        ))?;
        if origin.is_some() && batch.gathered.next_seq > first {
            orders::remember(&Tables::new(batch.connection), first, &value, now)?;
        }
        Ok((value, false))
    }
}

impl<T, F> Work for RuleWork<T, F>
where
    T: Serialize + DeserializeOwned + Send,
    F: FnOnce(&mut Tx<'_>) -> Result<T, Rejection> + Send,
{
    fn run(&mut self, batch: &mut Batch<'_>) {
        let Some(rule) = self.rule.take() else { return };
        let outcome = batch.within_savepoint(|batch| Self::carry_out(&self.order, rule, batch));
        self.outcome = Some(outcome);
    }

    fn answer(&mut self, failure: Option<&str>, seq: u64) {
        let Some(reply) = self.reply.take() else {
            return;
        };
        let answer = match (self.outcome.take(), failure) {
            // A refusal changed nothing, so that it holds whatever became of the commit.
            (Some(Err(rejection)), _) => Err(rejection),
            (Some(Ok((value, replayed))), None) => Ok(Committed {
                value,
                seq,
                replayed,
            }),
            (_, failure) => Err(Rejection::Failed(anyhow!(
                "nothing was kept: {}",
                failure.unwrap_or("the order was not carried out")
            ))),
        };
        // Nobody waits any more: the work is kept all the same.
        let _ = reply.send(answer);
    }
}

/// An operation that waits for its turn.
pub(super) struct OperationWork<T, F> {
    act: Option<F>,
    outcome: Option<Result<T, Rejection>>,
    reply: Option<oneshot::Sender<Result<T>>>,
}

impl<T, F> OperationWork<T, F> {
    pub(super) fn new(act: F, reply: oneshot::Sender<Result<T>>) -> OperationWork<T, F> {
        OperationWork {
            act: Some(act),
            outcome: None,
            reply: Some(reply),
        }
    }
}

impl<T: Send, F: FnOnce(&Operations<'_>) -> Result<T> + Send> Work for OperationWork<T, F> {
    fn run(&mut self, batch: &mut Batch<'_>) {
        let Some(act) = self.act.take() else { return };
        let now = batch.clock.now();
        self.outcome = Some(batch.within_savepoint(|batch| {
            Ok(act(&Operations {
                tables: Tables::new(batch.connection),
                now,
            })?)
        }));
    }

    fn answer(&mut self, failure: Option<&str>, _seq: u64) {
        let Some(reply) = self.reply.take() else {
            return;
        };
        let answer = match (self.outcome.take(), failure) {
            (Some(Ok(value)), None) => Ok(value),
            (Some(Err(Rejection::Failed(error))), _) => Err(error),
            (_, failure) => Err(anyhow!(
                "nothing was kept: {}",
                failure.unwrap_or("the operation was not run")
            )),
        };
        // As above: the operation stands, whether or not its caller still waits.
        let _ = reply.send(answer);
    }
}
