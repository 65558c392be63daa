//! Opening the database: what it must be, what is refused, and how an older one is brought up to date.

use std::fs::OpenOptions;
use std::io;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, params};

use super::DATABASE;
use super::read::connect_read_only;
use super::register::Registers;
use super::schema::{APPLICATION_ID, CORE_SCHEMA, MIGRATIONS, MINIMUM_SQLITE};

/// How long a connection waits for another's lock before it gives up.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// The write-ahead log is cut back to this size (bytes) after a checkpoint.
const WAL_LIMIT: i64 = 16 * 1024 * 1024;
/// The log is folded into the database when it holds this many pages: each is then written once, however often it changed.
const CHECKPOINT_PAGES: i64 = WAL_LIMIT / 4096;
/// The writer's page cache, in KiB.
const WRITER_CACHE_KIB: i32 = 6144;

/// The page cache while a database is made anew, in KiB; given back when it is closed.
const THROWAWAY_CACHE_KIB: i32 = 128 * 1024;

/// What tests and benches take away, to see that it is missed. All off in the program.
#[derive(Clone, Copy, Debug, Default)]
pub struct Faults {
    /// Redelivered orders are carried out again.
    pub forget_orders: bool,
    /// Answers go out this long before the commit that they speak of.
    pub answer_ahead: Option<Duration>,
    /// Each order has a commit of its own: what sharing one is measured against.
    pub commit_alone: bool,
}

/// Why a database is not opened. Nothing was changed in any of these cases.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The SQLite inside this program can lose data.
    #[error("the SQLite in this program is too old: {found}, and at least 3.51.3 is needed")]
    OldSqlite {
        /// Its version.
        found: &'static str,
    },
    /// It is some other program's.
    #[error("{} is no database of Greffier's", .0.display())]
    Foreign(PathBuf),
    /// A newer Greffier made it.
    #[error("{} was written by a newer Greffier: {part} has schema {found}, and this one knows {known}", path.display())]
    Newer {
        /// The database.
        path: PathBuf,
        /// The register, or `greffier` for the store's own tables.
        part: String,
        /// The schema that was found.
        found: u32,
        /// The newest one that this program knows.
        known: u32,
    },
    /// Anything else: damaged, unreadable, not writable.
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        OpenError::Failed(error.into())
    }
}

impl OpenError {
    /// Whether the file is there but no longer a whole database: what recovery is for.
    pub fn is_damage(&self) -> bool {
        matches!(self, OpenError::Failed(error) if is_damage(error))
    }
}

/// Whether SQLite found the database damaged. Anything else (permissions, a full disk) is not mended by recovery.
pub fn is_damage(error: &anyhow::Error) -> bool {
    matches!(
        sqlite_code(error),
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt)
    )
}

/// SQLite's own error, if a read, a write or an fsync of the database failed or found damage: after that, nothing more
/// may be written by this process.
pub(super) fn disk_failure(error: &anyhow::Error) -> Option<anyhow::Error> {
    let code = sqlite_code(error)?;
    let is_fatal = is_damage(error) || code == ErrorCode::SystemIoFailure;
    let cause = error
        .chain()
        .find_map(|cause| cause.downcast_ref::<rusqlite::Error>())?
        .sqlite_error()?;
    is_fatal.then(|| rusqlite::Error::SqliteFailure(*cause, Some(format!("{error:#}"))).into())
}

fn sqlite_code(error: &anyhow::Error) -> Option<ErrorCode> {
    error
        .chain()
        .find_map(|cause| cause.downcast_ref::<rusqlite::Error>())
        .and_then(rusqlite::Error::sqlite_error_code)
}

/// What stands at the database's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemaState {
    /// No file, or one in which nothing was ever kept: an interrupted first start leaves that.
    Absent,
    /// A database of ours that this program can use as it is.
    Current,
    /// A database of ours whose tables must be migrated first; each part's schema as it is.
    Older(Vec<(String, u32)>),
}

/// Looks at the database in `data` without changing it.
pub fn inspect(data: &Path, registers: &Registers) -> Result<SchemaState, OpenError> {
    check_sqlite()?;
    let path = data.join(DATABASE);
    match path.try_exists() {
        Ok(true) => {}
        Ok(false) => return Ok(SchemaState::Absent),
        Err(error) => return Err(failed(error, &path)),
    }
    let connection = connect_read_only(&path)?;
    let found = schemas(&connection, &path)?;
    if found.iter().all(|(_, schema)| *schema == 0) {
        return Ok(SchemaState::Absent);
    }
    compare(&found, registers, &path)
}

pub(super) fn open(path: &Path, registers: &Registers) -> Result<Connection, OpenError> {
    check_sqlite()?;
    let fresh = !path.try_exists().map_err(|error| failed(error, path))?;
    if fresh {
        create(path)?;
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)
        .with_context(|| format!("opening {}", path.display()))?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    if !fresh {
        let found = schemas(&connection, path)?;
        compare(&found, registers, path)?;
    }
    configure(&connection)?;
    migrate(&mut connection, registers)?;
    Ok(connection)
}

/// A new database without the guards that protect an old one: it is durable only when it was closed and synced as a file.
pub(super) fn open_throwaway(path: &Path, registers: &Registers) -> Result<Connection, OpenError> {
    let connection = open(path, registers)?;
    connection.pragma_update_and_check(None, "journal_mode", "MEMORY", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "OFF")?;
    // Rows come in the order of the primary key, and into every other index at random: each page of those once.
    connection.pragma_update(None, "cache_size", -THROWAWAY_CACHE_KIB)?;
    Ok(connection)
}

fn failed(error: io::Error, path: &Path) -> OpenError {
    OpenError::Failed(anyhow::Error::new(error).context(format!("looking at {}", path.display())))
}

fn check_sqlite() -> Result<(), OpenError> {
    if rusqlite::version_number() < MINIMUM_SQLITE {
        return Err(OpenError::OldSqlite {
            found: rusqlite::version(),
        });
    }
    Ok(())
}

/// An empty file that only its owner may read: SQLite gives the log beside it the same mode.
fn create(path: &Path) -> Result<()> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .and_then(|file| file.set_permissions(PermissionsExt::from_mode(0o600)))
        .with_context(|| format!("creating {}", path.display()))
}

fn configure(connection: &Connection) -> Result<(), OpenError> {
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    // NORMAL lost acknowledged rows in simulated power cuts; FULL lost none.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "cache_size", -WRITER_CACHE_KIB)?;
    connection.pragma_update_and_check(None, "journal_size_limit", WAL_LIMIT, |_| Ok(()))?;
    // A statement's plan does not depend on the values bound to it: otherwise some are planned anew at each use.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // Savepoints keep their undo in memory: they never outlive a commit.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update_and_check(None, "wal_autocheckpoint", CHECKPOINT_PAGES, |_| Ok(()))?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(())
}

/// Each part's schema as the database has it; the store's own part is called `greffier`.
fn schemas(connection: &Connection, path: &Path) -> Result<Vec<(String, u32)>, OpenError> {
    let pragma = |name: &str| {
        connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i64>(0))
    };
    let application =
        pragma("application_id").with_context(|| format!("reading {}", path.display()))?;
    let core = pragma("user_version")?;
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != i64::from(APPLICATION_ID) {
        // A crash between creating the file and the first migration leaves it empty: that one is ours to begin.
        if application == 0 && tables == 0 {
            return Ok(vec![("greffier".to_owned(), 0)]);
        }
        return Err(OpenError::Foreign(path.to_owned()));
    }
    let mut found = vec![(
        "greffier".to_owned(),
        u32::try_from(core).unwrap_or(u32::MAX),
    )];
    let mut statement = connection.prepare("SELECT name, schema FROM registers ORDER BY name")?;
    for row in statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))? {
        found.push(row?);
    }
    Ok(found)
}

fn compare(
    found: &[(String, u32)],
    registers: &Registers,
    path: &Path,
) -> Result<SchemaState, OpenError> {
    let mut older = false;
    for (part, schema) in found {
        let known = if part == "greffier" {
            CORE_SCHEMA
        } else {
            // A register that this program does not have keeps its tables, for the day when it is back.
            registers
                .get(part)
                .map_or(*schema, |register| register.schema().len() as u32)
        };
        if *schema > known {
            return Err(OpenError::Newer {
                path: path.to_owned(),
                part: part.clone(),
                found: *schema,
                known,
            });
        }
        older |= *schema < known;
    }
    Ok(if older {
        SchemaState::Older(found.to_vec())
    } else {
        SchemaState::Current
    })
}

/// All steps that are still to be done, in one transaction: a crash in between leaves the database as it was.
fn migrate(connection: &mut Connection, registers: &Registers) -> Result<(), OpenError> {
    let tx = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let core: u32 = tx.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    for step in MIGRATIONS.iter().skip(core as usize) {
        tx.execute_batch(step)
            .context("migrating the store's own tables")?;
    }
    tx.pragma_update(None, "application_id", APPLICATION_ID)?;
    tx.pragma_update(None, "user_version", CORE_SCHEMA)?;
    tx.execute(
        "INSERT INTO identity (only, uuid, epoch, base_seq) VALUES (1, ?1, 1, 0) ON CONFLICT DO NOTHING",
        params![new_uuid()],
    )?;
    for register in registers.iter() {
        let done: Option<u32> = super::read::Reader::new(&tx).query_optional(
            "SELECT schema FROM registers WHERE name = ?1",
            [register.name()],
            |row| row.get(0),
        )?;
        for step in register.schema().iter().skip(done.unwrap_or(0) as usize) {
            tx.execute_batch(step)
                .with_context(|| format!("migrating the tables of {}", register.name()))?;
        }
        tx.execute(
            "INSERT INTO registers (name, schema) VALUES (?1, ?2)
             ON CONFLICT (name) DO UPDATE SET schema = excluded.schema",
            params![register.name(), register.schema().len() as u32],
        )?;
    }
    tx.commit()?;
    Ok(())
}

/// A random (version 4) UUID: which database an archive came from.
fn new_uuid() -> String {
    let bits: u128 = rand::random();
    let bits = (bits & !(0xf << 76) & !(0x3 << 62)) | (0x4 << 76) | (0x2 << 62);
    let hex = format!("{bits:032x}");
    format!(
        "{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}
