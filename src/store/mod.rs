//! The one place where the bot's state is kept: a journal of changes and the tables derived from it, in SQLite.
//!
//! Every change is a value, appended to the journal and applied to the tables in one transaction ([`Tx::record`]);
//! nothing else writes. The store knows no cog, only the [`Register`]s that it is handed.

mod activity;
mod asked;
mod erasure;
mod forgetting;
mod journal;
mod open;
mod orders;
pub mod outbox;
mod read;
mod rebuild;
mod register;
mod row;
mod schema;
pub mod tasks;
mod tx;
mod values;
mod work;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::watch;

pub use activity::Activity;
pub use forgetting::FORGOTTEN;
pub use journal::{Entry, JournalFilter, JournalRow, RESTORED, Restored};
pub use open::{Faults, OpenError, SchemaState, inspect, is_damage};
pub use orders::ORDERS_KEPT;
pub use read::{Reader, STATEMENTS, Snapshot};
pub use rebuild::Rebuild;
pub use register::{Amount, AnyRegister, Erased, Redaction, Register, Registers, Wording};
pub use row::{RowSink, SavedRow, Table, saved_row};
pub use schema::{APPLICATION_ID, CORE_SCHEMA, MINIMUM_SQLITE};
pub use tx::{Operations, Order, Tables, Tx};
pub use writer::{CommitSink, Committed};

use crate::model::{Clock, Rejection};
use read::ReaderPool;
use writer::Writer;

/// The file name of the database below the data folder.
pub const DATABASE: &str = "greffier.db";

/// A handle on the open database; clones share it. Dropping the last one closes it after the queued writes.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    /// The database file.
    path: PathBuf,
    /// What the registers' tables and changes look like.
    registers: Registers,
    /// What time it is for every change.
    clock: Clock,
    /// The single writer thread.
    writer: Writer,
    /// Read-only connections, made as they are needed.
    readers: ReaderPool,
}

impl Store {
    /// Opens the database in `data`, creating or migrating it. The caller holds the data folder's lock.
    pub fn open(data: &Path, registers: Registers, clock: Clock) -> Result<Store, OpenError> {
        Self::open_faulty(data, registers, clock, Faults::default())
    }

    /// [`Store::open`] with faults injected, for tests that must see them caught.
    pub fn open_faulty(
        data: &Path,
        registers: Registers,
        clock: Clock,
        faults: Faults,
    ) -> Result<Store, OpenError> {
        let path = data.join(DATABASE);
        let connection = open::open(&path, &registers)?;
        let writer = Writer::start(connection, registers.clone(), clock.clone(), faults)?;
        let readers = ReaderPool::new(path.clone());
        Ok(Store {
            inner: Arc::new(Inner {
                path,
                registers,
                clock,
                writer,
                readers,
            }),
        })
    }

    /// Runs a rule in a transaction of its own and returns when what it recorded is durable.
    ///
    /// Several callers' rules share one commit; a rule that fails or refuses leaves nothing. When `order` has an origin
    /// that was carried out before, the rule does not run and its former outcome is returned with `replayed` set.
    pub async fn write<T, F>(&self, order: Order, rule: F) -> Result<Committed<T>, Rejection>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, Rejection> + Send + 'static,
    {
        self.inner.writer.write(order, rule).await
    }

    /// [`Store::write`] for callers without an async runtime: start-up, the command line, tests.
    pub fn write_blocking<T, F>(&self, order: Order, rule: F) -> Result<Committed<T>, Rejection>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, Rejection> + Send + 'static,
    {
        self.inner.writer.write_blocking(order, rule)
    }

    /// Changes operational tables (outbox, tasks), which stand outside journal, saves and rebuild.
    pub async fn operate<T, F>(&self, act: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Operations<'_>) -> Result<T> + Send + 'static,
    {
        self.inner.writer.operate(act).await
    }

    /// [`Store::operate`] for callers without an async runtime.
    pub fn operate_blocking<T, F>(&self, act: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Operations<'_>) -> Result<T> + Send + 'static,
    {
        self.inner.writer.operate_blocking(act)
    }

    /// Reads on a read-only connection, off the async threads.
    pub async fn read<T, F>(&self, query: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Reader<'_>) -> Result<T> + Send + 'static,
    {
        let store = self.clone();
        tokio::task::spawn_blocking(move || store.read_blocking(query))
            .await
            .context("a read of the database panicked")?
    }

    /// [`Store::read`] for callers without an async runtime.
    pub fn read_blocking<T>(&self, query: impl FnOnce(&Reader<'_>) -> Result<T>) -> Result<T> {
        self.inner.readers.with(query)
    }

    /// One consistent view of everything, at one journal position, for saves and archives.
    pub fn snapshot(&self) -> Result<Snapshot> {
        Snapshot::of(&self.inner.path)
    }

    /// Replaces the records by what `act` brings in, in one transaction: all of it, or nothing. At start only, before any
    /// other write and before a sink is attached.
    pub fn rebuild<T>(
        data: &Path,
        registers: &Registers,
        clock: &Clock,
        act: impl FnOnce(&Rebuild<'_>) -> Result<T>,
    ) -> Result<T, OpenError> {
        let connection = open::open(&data.join(DATABASE), registers)?;
        Ok(rebuild::rebuild(&connection, registers, clock.now(), act)?)
    }

    /// [`Store::rebuild`] for a new database in a folder of its own, which is thrown away if anything goes wrong: quicker,
    /// because nothing needs to be undone. What comes back stands on the disk.
    pub fn build<T>(
        folder: &Path,
        registers: &Registers,
        clock: &Clock,
        act: impl FnOnce(&Rebuild<'_>) -> Result<T>,
    ) -> Result<T, OpenError> {
        let path = folder.join(DATABASE);
        let connection = open::open_throwaway(&path, registers)?;
        let value = rebuild::rebuild(&connection, registers, clock.now(), act)?;
        connection
            .close()
            .map_err(|(_, error)| OpenError::from(error))?;
        std::fs::File::open(&path)
            .and_then(|file| file.sync_all())
            .with_context(|| format!("making {} durable", path.display()))?;
        Ok(value)
    }

    /// Hands every commit's journal rows to `sink` from now on, before anyone is answered.
    pub fn attach(&self, sink: Box<dyn CommitSink>) -> Result<()> {
        self.inner.writer.attach(sink)
    }

    /// Folds the write-ahead log into the database and empties it: what was overwritten stands in neither any more. Returns
    /// false while somebody reads what the log holds.
    pub fn fold_log(&self) -> Result<bool> {
        self.inner.writer.fold_log()
    }

    /// The newest durable journal position; marked as changed by each commit that kept a change or left an act for Discord.
    pub fn committed(&self) -> watch::Receiver<u64> {
        self.inner.writer.committed()
    }

    /// Turns true when a write to disk failed in a way after which this process must not write again.
    pub fn broken(&self) -> watch::Receiver<bool> {
        self.inner.writer.broken()
    }

    /// The registers this store was opened with.
    pub fn registers(&self) -> &Registers {
        &self.inner.registers
    }

    /// The clock that dates every change.
    pub fn clock(&self) -> &Clock {
        &self.inner.clock
    }

    /// The database file.
    pub fn path(&self) -> &Path {
        &self.inner.path
    }

    /// Refuses orders from now on, politely, and returns when those that came before are durable. What the program itself
    /// notes of its work ([`Store::operate`]) is still taken.
    pub fn take_no_more_orders(&self) -> Result<()> {
        self.inner.writer.take_no_more_orders()
    }

    /// Finishes the queued writes, folds the write-ahead log into the database and closes it. Later writes fail.
    pub fn close(&self) -> Result<()> {
        self.inner.readers.close();
        self.inner.writer.close()
    }
}
