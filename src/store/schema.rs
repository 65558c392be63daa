//! The store's own tables: journal, orders, and the operational ones. Registers bring theirs.

/// `PRAGMA application_id` of our databases: "GREF".
pub const APPLICATION_ID: i32 = 0x4752_4546;

/// The oldest SQLite this program runs on: earlier ones can corrupt a database when the WAL is reset.
pub const MINIMUM_SQLITE: i32 = 3_051_003;

/// `PRAGMA user_version`: how many of the migrations below a database has seen.
pub const CORE_SCHEMA: u32 = MIGRATIONS.len() as u32;

/// The steps that make the store's own tables, oldest first. A step that has been released is never edited.
pub(super) const MIGRATIONS: &[&str] = &["
    -- One row: who this database is. `base_seq` is the newest position that a restore brought without its rows.
    CREATE TABLE identity (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        uuid TEXT NOT NULL,
        epoch INTEGER NOT NULL,
        base_seq INTEGER NOT NULL
    ) STRICT;
    -- Which schema each register's tables have.
    CREATE TABLE registers (name TEXT PRIMARY KEY, schema INTEGER NOT NULL) STRICT;
    CREATE TABLE journal (
        seq INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        guild INTEGER,
        actor INTEGER,
        origin TEXT,
        step INTEGER NOT NULL,
        register TEXT NOT NULL,
        change TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX journal_origin ON journal (origin, step) WHERE origin IS NOT NULL;
    -- What each order was answered, so that a redelivered one is answered alike and does nothing twice.
    -- Each stands at the position of its first change, whose journal row knows the origin.
    CREATE TABLE orders (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, outcome TEXT NOT NULL) STRICT;
    -- The newest change of each register in each guild (0: none).
    CREATE TABLE activity (
        register TEXT NOT NULL,
        guild INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (register, guild)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE outbox (
        id INTEGER PRIMARY KEY,
        seq INTEGER NOT NULL,
        urgency INTEGER NOT NULL,
        since INTEGER NOT NULL,
        due INTEGER NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        effect TEXT NOT NULL,
        trouble TEXT
    ) STRICT;
    CREATE INDEX outbox_due ON outbox (due, urgency);
    CREATE TABLE tasks (
        name TEXT PRIMARY KEY,
        next_run INTEGER,
        last_run INTEGER,
        last_success INTEGER,
        last_outcome TEXT,
        runs INTEGER NOT NULL DEFAULT 0,
        failures INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE notes (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
", "
    -- By which the cog that asked for an act hears what became of it.
    ALTER TABLE outbox ADD COLUMN tag TEXT;
    -- Questions that wait for a button: what was asked is too long for the button's id.
    CREATE TABLE asked (token TEXT PRIMARY KEY, until INTEGER NOT NULL, question TEXT NOT NULL) STRICT;
    CREATE INDEX asked_until ON asked (until);
", "
    -- Of the wishes for one thing (a timeout, the words of a post) only the newest waits.
    ALTER TABLE outbox ADD COLUMN slot TEXT;
    CREATE UNIQUE INDEX outbox_slot ON outbox (slot) WHERE slot IS NOT NULL;
", "
    -- Ten thousand acts that are due at once are walked in their order, a few at a time.
    DROP INDEX outbox_due;
    CREATE INDEX outbox_due ON outbox (due);
    CREATE INDEX outbox_order ON outbox (urgency, id, due);
", "
    -- An act's number is never used again: Discord takes two posts with one number for the same.
    CREATE TABLE numbered (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        seq INTEGER NOT NULL,
        urgency INTEGER NOT NULL,
        since INTEGER NOT NULL,
        due INTEGER NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        effect TEXT NOT NULL,
        trouble TEXT,
        tag TEXT,
        slot TEXT
    ) STRICT;
    INSERT INTO numbered SELECT id, seq, urgency, since, due, attempts, effect, trouble, tag, slot FROM outbox;
    DROP TABLE outbox;
    ALTER TABLE numbered RENAME TO outbox;
    CREATE INDEX outbox_due ON outbox (due);
    CREATE INDEX outbox_order ON outbox (urgency, id, due);
    CREATE UNIQUE INDEX outbox_slot ON outbox (slot) WHERE slot IS NOT NULL;
"];
