//! What the scheduled tasks did and when they are due: kept, so that a run missed while the bot was down is caught up.

use anyhow::Result;
use rusqlite::params;

use super::read::Reader;
use super::tx::Operations;
use crate::model::Timestamp;

/// A scheduled task's record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskRecord {
    /// The task's name: `auto_save`, `daily_archive`, `prune`.
    pub name: String,
    /// When it runs next.
    pub next_run: Option<Timestamp>,
    /// When it last began.
    pub last_run: Option<Timestamp>,
    /// When it last ended well.
    pub last_success: Option<Timestamp>,
    /// What came of the last run: `ok`, or what went wrong.
    pub last_outcome: Option<String>,
    /// How often it ran.
    pub runs: u64,
    /// How often it failed.
    pub failures: u64,
}

impl Reader<'_> {
    /// The record of the task `name`, if it was ever planned.
    pub fn task(&self, name: &str) -> Result<Option<TaskRecord>> {
        Ok(self.tasks()?.into_iter().find(|task| task.name == name))
    }

    /// The records of all tasks, by name.
    pub fn tasks(&self) -> Result<Vec<TaskRecord>> {
        Ok(self.query(
            "SELECT name, next_run, last_run, last_success, last_outcome, runs, failures FROM tasks ORDER BY name",
            [],
            |row| {
                Ok(TaskRecord {
                    name: row.get(0)?,
                    next_run: row.get(1)?,
                    last_run: row.get(2)?,
                    last_success: row.get(3)?,
                    last_outcome: row.get(4)?,
                    runs: row.get(5)?,
                    failures: row.get(6)?,
                })
            },
        )?)
    }

    /// When a task last ran: some run every half minute, so that this says when a process was last at work.
    pub fn last_task_run(&self) -> Result<Option<Timestamp>> {
        Ok(self.query_row("SELECT max(last_run) FROM tasks", [], |row| row.get(0))?)
    }

    /// A remembered value that is no part of the records: the newest archive's name, a warning already given.
    pub fn note(&self, key: &str) -> Result<Option<String>> {
        Ok(
            self.query_optional("SELECT value FROM notes WHERE key = ?1", [key], |row| {
                row.get(0)
            })?,
        )
    }
}

impl Operations<'_> {
    /// Plans the task's next run.
    pub fn plan_task(&self, name: &str, next_run: Option<Timestamp>) -> Result<()> {
        self.tables.execute(
            "INSERT INTO tasks (name, next_run) VALUES (?1, ?2)
             ON CONFLICT (name) DO UPDATE SET next_run = excluded.next_run",
            params![name, next_run],
        )?;
        Ok(())
    }

    /// Notes a run that began at `began` and what came of it.
    pub fn task_ran(&self, name: &str, began: Timestamp, outcome: Result<(), &str>) -> Result<()> {
        let (failed, success, words) = match outcome {
            Ok(()) => (0, Some(self.now), "ok"),
            Err(words) => (1, None, words),
        };
        self.tables.execute(
            "INSERT INTO tasks (name, last_run, last_success, last_outcome, runs, failures) VALUES (?1, ?2, ?3, ?4, 1, ?5)
             ON CONFLICT (name) DO UPDATE SET last_run = excluded.last_run,
                 last_success = coalesce(excluded.last_success, last_success), last_outcome = excluded.last_outcome,
                 runs = runs + 1, failures = failures + excluded.failures",
            params![name, began, success, words, failed],
        )?;
        Ok(())
    }

    /// Remembers a value under `key`, or forgets it.
    pub fn set_note(&self, key: &str, value: Option<&str>) -> Result<()> {
        match value {
            Some(value) => self.tables.execute(
                "INSERT INTO notes (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                params![key, value],
            )?,
            None => self.tables.execute("DELETE FROM notes WHERE key = ?1", [key])?,
        };
        Ok(())
    }
}
