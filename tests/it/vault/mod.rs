//! Saves, archives, restores, recoveries: what lies on the disk, and what the next start makes of it.

mod back;
mod crash;
mod erasure;
mod first;
mod former;
mod history;
mod migration;
mod progress;
mod prune;
mod recovery;
mod restore;
mod save;
mod start;
mod verify;

use greffier::vault::{Level, Progress, check};

use crate::ledgers::{Office, registers};

/// What `greffier check` would say that is not fine, by key.
fn troubles(office: &Office) -> Vec<String> {
    let progress = Progress::default();
    let found = check(
        &office.layout,
        &registers(),
        &office.clock,
        chrono_tz::UTC,
        &progress,
    );
    found
        .into_iter()
        .filter(|finding| finding.level != Level::Fine)
        .map(|finding| format!("{:?}", finding.text))
        .collect()
}

/// Names in a folder, sorted, without what a running or a former process always leaves.
fn names(folder: &std::path::Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|name| !name.starts_with("greffier."))
        .collect();
    names.sort();
    names
}

/// Removes the database with its log, as a lost disk does.
fn lose_database(office: &Office) {
    for name in ["greffier.db", "greffier.db-wal", "greffier.db-shm"] {
        match std::fs::remove_file(office.data(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => panic!("{error}"),
            _ => {}
        }
    }
}
