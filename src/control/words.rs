//! What can be asked of the records, and what is answered.

use serde::{Deserialize, Serialize};

use crate::model::Text;

/// What an operator asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum Request {
    /// A full save into the data folder, now.
    Save,
    /// A full archive into the backups folder, now.
    Archive,
    /// The archives that there are.
    Archives,
    /// A look at each byte of archives.
    Verify {
        /// The archive's folder; none: the newest.
        name: Option<String>,
        /// All of them.
        all: bool,
        /// Restore each into a scratch database as well.
        prove: bool,
    },
    /// What would change if one state took the place of another.
    Diff {
        /// The state that would be replaced.
        from: State,
        /// The one that would take its place.
        to: State,
    },
    /// The pruning of old archives, now.
    Prune {
        /// Only say what would be pruned.
        dry_run: bool,
    },
    /// What is wrong with the records.
    Check,
    /// Changes from the journal, oldest first.
    Journal {
        /// Not older than this, in milliseconds since 1970 UTC.
        since_ms: Option<i64>,
        /// Only changes that this member made or that are about them.
        member: Option<u64>,
        /// Not more than this many, the newest ones.
        limit: u32,
    },
    /// Waits until no act on Discord is due any more, but not for long. Only `greffier try` may.
    Settle,
    /// Moves the bot's clock forward and runs what has come due. Only `greffier try` may.
    Advance {
        /// How far.
        by_ms: u64,
    },
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Answer {
    /// A save was made.
    Saved {
        /// Registers that were saved.
        cogs: u64,
        /// Files that had changed and were written anew.
        files_written: u64,
        /// Their size in bytes.
        bytes: u64,
        /// How long it took.
        milliseconds: u64,
    },
    /// An archive was made.
    Archived {
        /// Its folder below the backups folder.
        name: String,
        /// Files in it, without `metadata.json`.
        files: u64,
        /// Their size in bytes.
        bytes: u64,
        /// How long it took.
        milliseconds: u64,
    },
    /// The archives that there are, newest first.
    Archives {
        /// One line each.
        archives: Vec<ArchiveLine>,
    },
    /// What is the matter with archives, or that nothing is.
    Verified {
        /// One for each.
        archives: Vec<VerifiedLine>,
    },
    /// What would change.
    Differs {
        /// What would be replaced.
        from: State,
        /// By what.
        to: State,
        /// One sentence for each difference; none: they hold the same.
        changes: Vec<Text>,
    },
    /// An archive was restored.
    Restored {
        /// When it was made, as its folder's name says.
        archive: String,
        /// Its rows.
        rows: u64,
        /// Changes of the journal that were carried out over it.
        replayed: u64,
        /// The archive of the state before.
        safety: Option<String>,
        /// People who were erased since then, and stay so.
        erased: u64,
        /// What is different now.
        changes: Vec<Text>,
    },
    /// What was pruned, or would be.
    Pruned {
        /// Whether nothing was touched.
        dry_run: bool,
        /// Why nothing goes at all, if so.
        wait: Option<Text>,
        /// One line for each archive, with what becomes of it and why.
        archives: Vec<PruneLine>,
    },
    /// What is wrong, or that nothing is.
    Checked {
        /// In the order in which one would mend them.
        findings: Vec<Finding>,
    },
    /// Changes from the journal, oldest first.
    Journal {
        /// One line each.
        changes: Vec<JournalLine>,
    },
    /// The clock was moved, and what had come due has run.
    Advanced,
    /// It is quiet, or has taken too long to become so.
    Settled,
}

/// A state of the records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// As they are.
    Now,
    /// As an archive holds them.
    Archive {
        /// Its folder below the backups folder.
        name: String,
    },
    /// As they were at the end of a second.
    At {
        /// In milliseconds since 1970 UTC.
        at_ms: i64,
    },
}

/// How far a long work has come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Progressed {
    /// What is done.
    pub what: Text,
    /// Bytes done.
    pub done: u64,
    /// Bytes to be done.
    pub total: u64,
}

/// One archive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ArchiveLine {
    /// Its folder below the backups folder.
    pub name: String,
    /// When it was made, in milliseconds since 1970 UTC.
    pub made_ms: i64,
    /// Files in it, without `metadata.json`.
    pub files: u64,
    /// Their size in bytes.
    pub bytes: u64,
    /// The journal position that it stands for.
    pub seq: u64,
    /// What is wrong with it; none: it is good.
    pub fault: Option<Text>,
    /// How long it took to write it and to read it back.
    pub written_in_ms: u64,
    /// The last look at each of its bytes.
    pub verified: Option<Mark>,
    /// The last time that it was restored into a scratch database.
    pub proved: Option<Mark>,
}

/// When something was last done, and how long it took.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// When, in milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// How long it took.
    pub milliseconds: u64,
}

/// What a look at each byte of an archive found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VerifiedLine {
    /// Its folder below the backups folder.
    pub name: String,
    /// What is wrong; nothing: each byte is as it was written.
    pub flaws: Vec<Text>,
    /// How many bytes were read.
    pub bytes: u64,
    /// How long that took.
    pub milliseconds: u64,
    /// How many rows were restored on trial, and how long that took.
    pub proof: Option<Proved>,
    /// Why the result could not be noted beside the archive.
    pub unnoted: Option<String>,
}

/// An archive was restored on trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proved {
    /// Its rows.
    pub rows: u64,
    /// How long it took.
    pub milliseconds: u64,
}

/// What becomes of an archive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PruneLine {
    /// Its folder below the backups folder.
    pub name: String,
    /// Whether it stays.
    pub is_kept: bool,
    /// Why.
    pub why: Text,
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// As it should be.
    Good,
    /// Works, but somebody should look.
    Warning,
    /// Does not work.
    Problem,
}

/// Something that a check looked at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// What was found, and what to do about it.
    pub text: Text,
}

/// One change from the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JournalLine {
    /// Its position.
    pub seq: u64,
    /// When it was made, in milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// The guild, as Discord's id in text; none: the bot as a whole.
    pub guild: Option<String>,
    /// Who made it, as Discord's id in text; none: the bot itself.
    pub actor: Option<String>,
    /// The register that it changed.
    pub register: String,
    /// The change as it stands in the journal.
    pub change: serde_json::Value,
}
