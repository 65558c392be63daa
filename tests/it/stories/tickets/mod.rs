//! Tickets: opened, answered, closed, and never lost.

mod course;
mod keeping;
mod opening;
mod places;
mod reading;
mod staff;

use std::time::Duration;

use crate::town::Town;

const HOUR: Duration = Duration::from_secs(3600);

/// A town with the category `help` and a panel in #general.
fn open() -> Town {
    open_in(Town::open())
}

/// The same in a town that was built otherwise.
fn open_in(town: Town) -> Town {
    let olive = town.olive();
    olive.says("!ticket category add Help");
    olive.says("!ticket desk transcripts #logs");
    olive.says("!ticket panel post");
    town.finds("#general", "Need help?");
    // Where the panel stands is learned after everyone sees it.
    town.keeps("\"message\":\"1");
    town
}

/// Without what depends on which of two messages was kept first: journal positions and sizes of files.
fn steady(text: &str) -> String {
    let mut steady = String::new();
    for line in text.lines() {
        let line = match line.split_once("Greffier · ") {
            Some((before, _)) if line.ends_with('_') => format!("{before}Greffier · n_"),
            _ => line.to_owned(),
        };
        let line = match (line.strip_suffix(" bytes]"), line.rfind(", ")) {
            (Some(_), Some(comma)) => format!("{}, n bytes]", &line[..comma]),
            _ => line,
        };
        steady += &line;
        steady.push('\n');
    }
    steady
}

/// Sam's ticket, which says what it is for.
fn opened() -> Town {
    opened_in(open())
}

/// The same in a town that was built otherwise.
fn opened_in(town: Town) -> Town {
    town.member("sam").presses("Help");
    town.keeps("Say what");
    town.settles();
    town
}

/// The bytes of the files of `data/blobs`.
fn blobs(town: &Town) -> Vec<Vec<u8>> {
    let files = std::fs::read_dir(town.data().join("blobs")).expect("blobs");
    files
        .map(|file| std::fs::read(file.expect("a file").path()).expect("bytes"))
        .collect()
}

/// Whether some file of `data/blobs` has these words.
fn is_filed(town: &Town, words: &str) -> bool {
    blobs(town)
        .iter()
        .any(|bytes| String::from_utf8_lossy(bytes).contains(words))
}
