//! Reading: the only way to the database for everyone but the writer thread.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::{Context, Result, ensure};
use rusqlite::{Connection, OpenFlags, Params, Row};

use crate::model::GuildId;

/// How many idle read-only connections are kept; more are made under load and closed afterwards.
const IDLE_READERS: usize = 4;
/// A reader's page cache, in KiB: the operating system caches the rest.
const READER_CACHE_KIB: i32 = 1024;

/// Under this target each statement is logged at level TRACE, as it was written: without the values bound to it.
pub const STATEMENTS: &str = "greffier::sql";

/// Queries on one connection; each statement is checked to be read-only.
pub struct Reader<'a> {
    connection: &'a Connection,
}

impl<'a> Reader<'a> {
    pub(super) fn new(connection: &'a Connection) -> Reader<'a> {
        Reader { connection }
    }

    fn prepare(&self, sql: &str) -> rusqlite::Result<rusqlite::CachedStatement<'a>> {
        tracing::trace!(target: STATEMENTS, sql);
        let statement = self.connection.prepare_cached(sql)?;
        if statement.readonly() {
            return Ok(statement);
        }
        Err(rusqlite::Error::ToSqlConversionFailure(
            format!("a reader was asked to write: {sql}").into(),
        ))
    }

    /// The first row of a query. No row is the error [`rusqlite::Error::QueryReturnedNoRows`].
    pub fn query_row<T, P: Params>(
        &self,
        sql: &str,
        params: P,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        self.prepare(sql)?.query_row(params, read)
    }

    /// The first row of a query, if there is one.
    pub fn query_optional<T, P: Params>(
        &self,
        sql: &str,
        params: P,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Option<T>> {
        match self.query_row(sql, params, read) {
            Ok(value) => Ok(Some(value)),
            Err(rusqlite::Error::QueryReturnedNoRows) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// All rows of a query. For what is known to be small; larger results go through [`Reader::for_each`].
    pub fn query<T, P: Params>(
        &self,
        sql: &str,
        params: P,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Vec<T>> {
        self.prepare(sql)?.query_map(params, read)?.collect()
    }

    /// Hands each row of a query to `visit`, without keeping any.
    pub fn for_each<P: Params>(
        &self,
        sql: &str,
        params: P,
        mut visit: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let mut statement = self.prepare(sql)?;
        let mut rows = statement.query(params)?;
        while let Some(row) = rows.next()? {
            visit(row)?;
        }
        Ok(())
    }

    /// The guilds that have rows in a table, found by leaps through an index that begins with them.
    pub fn guilds(&self, table: &str) -> Result<Vec<GuildId>> {
        let sql = format!("SELECT min(guild) FROM {table} WHERE guild > ?1");
        let mut guilds = Vec::new();
        let mut last = GuildId(0);
        while let Some(next) = self.query_row(&sql, [last], |row| row.get(0))? {
            guilds.push(next);
            last = next;
        }
        Ok(guilds)
    }

    /// Bytes of the database.
    pub fn database_size(&self) -> Result<u64> {
        let size: i64 = self.query_row(
            "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
            [],
            |row| row.get(0),
        )?;
        Ok(size.unsigned_abs())
    }

    /// The query plan, for tests that forbid full scans.
    pub fn explain(&self, sql: &str) -> rusqlite::Result<Vec<String>> {
        self.query(&format!("EXPLAIN QUERY PLAN {sql}"), [], |row| row.get(3))
    }
}

/// Read-only connections that are reused.
pub(super) struct ReaderPool {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl ReaderPool {
    pub(super) fn new(path: PathBuf) -> ReaderPool {
        ReaderPool {
            path,
            idle: Mutex::default(),
        }
    }

    pub(super) fn with<T>(&self, query: impl FnOnce(&Reader<'_>) -> Result<T>) -> Result<T> {
        let idle = self
            .idle
            .lock()
            .expect("no reader panics while holding the pool")
            .pop();
        let connection = match idle {
            Some(connection) => connection,
            None => connect_read_only(&self.path)?,
        };
        // One transaction a call, so that several queries of it see the same state.
        connection.execute_batch("BEGIN")?;
        let answer = query(&Reader::new(&connection));
        connection.execute_batch("COMMIT")?;
        let mut idle = self
            .idle
            .lock()
            .expect("no reader panics while holding the pool");
        if idle.len() < IDLE_READERS {
            idle.push(connection);
        }
        answer
    }

    pub(super) fn close(&self) {
        self.idle
            .lock()
            .expect("no reader panics while holding the pool")
            .clear();
    }
}

/// A read-only connection for which time stands still: every query sees the state at one journal position.
pub struct Snapshot {
    connection: Connection,
    seq: u64,
}

impl Snapshot {
    /// The state of the database at `path` as it is now. Its tables may be older than this program's.
    pub fn of(path: &Path) -> Result<Snapshot> {
        let connection = connect_read_only(path)?;
        connection.execute_batch("BEGIN")?;
        let seq = Reader::new(&connection).seq()?;
        Ok(Snapshot { connection, seq })
    }

    /// The journal position that this snapshot stands at.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// Reads every page; what is wrong with them comes back, nothing if all is well.
    ///
    /// Only here, on a connection that is new: SQLite's check of a full-text index trusts what a connection remembers of it,
    /// and takes what another has removed meanwhile for damage.
    pub fn integrity(&self) -> Result<Vec<String>> {
        let reader = self.reader();
        let mut problems = reader.query("PRAGMA integrity_check(20)", [], |row| row.get(0))?;
        problems.retain(|problem: &String| problem != "ok");
        Ok(problems)
    }

    /// Queries on it.
    pub fn reader(&self) -> Reader<'_> {
        Reader::new(&self.connection)
    }
}

pub(super) fn connect_read_only(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)
        .with_context(|| format!("opening {} for reading", path.display()))?;
    connection.busy_timeout(super::open::BUSY_TIMEOUT)?;
    connection.pragma_update(None, "cache_size", -READER_CACHE_KIB)?;
    connection.pragma_update(None, "query_only", true)?;
    ensure!(
        connection.is_readonly(rusqlite::MAIN_DB)?,
        "{} could not be opened read-only",
        path.display()
    );
    Ok(connection)
}
