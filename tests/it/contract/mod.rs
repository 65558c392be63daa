//! Holds what goes over the wire against Discord's published documents: each request of the bot, each
//! answer of the local Discord, and each gateway frame both ways.
//!
//! The documents are test data beside the repository (`../shared/discord`, or `GREFFIER_CONTRACT`); on a
//! machine without them the check says so and passes, except in CI. `exceptions.toml` is the reviewed
//! list of what the documents get wrong.

mod documents;
mod exceptions;
mod frames;
mod proofs;
mod requests;

use std::path::PathBuf;
use std::sync::OnceLock;

use greffier::sandbox::{Exchange, Sandbox};
use serde_json::Value;

use self::documents::Documents;
use self::exceptions::Exceptions;

/// One way in which an exchange departs from the documents.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Departure {
    /// `request POST /guilds/{guild_id}/roles`, `answer …` or `frame GUILD_CREATE`.
    pub(crate) place: String,
    /// A JSON pointer into the body.
    pub(crate) pointer: String,
    pub(crate) what: String,
}

/// The documents with the list of exceptions.
pub(crate) struct Contract {
    documents: Documents,
    exceptions: Exceptions,
}

/// Fails with every departure among what the sandbox has exchanged so far. The sandbox must have been
/// started with `keep_exchanges`.
#[track_caller]
pub(crate) fn check(sandbox: &Sandbox) {
    let exchanges = sandbox.exchanges();
    assert!(
        !exchanges.is_empty() || !sandbox.is_bot_connected(),
        "nothing was recorded: start the sandbox with keep_exchanges"
    );
    check_all(&exchanges);
}

/// As [`check`], on exchanges from anywhere.
#[track_caller]
pub(crate) fn check_all(exchanges: &[Exchange]) {
    let Some(contract) = Contract::shared() else {
        return;
    };
    let departures = contract.departures(exchanges);
    assert!(
        departures.is_empty(),
        "departures from Discord's documents:\n{}",
        listed(&departures)
    );
}

fn listed(departures: &[Departure]) -> String {
    let mut lines: Vec<String> = departures
        .iter()
        .map(|found| format!("  {} at {:?}: {}", found.place, found.pointer, found.what))
        .collect();
    lines.sort();
    lines.dedup();
    lines.truncate(60);
    lines.join("\n")
}

impl Contract {
    /// The contract, read once; None (said once) where the documents are absent and this is not CI.
    pub(crate) fn shared() -> Option<&'static Contract> {
        static SHARED: OnceLock<Option<Contract>> = OnceLock::new();
        let read = || {
            let folder = std::env::var_os("GREFFIER_CONTRACT").map_or_else(
                || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/discord"),
                PathBuf::from,
            );
            if !folder.join("openapi.json").exists() {
                assert!(
                    std::env::var("CI").is_err(),
                    "the contract's documents must be in {} in CI",
                    folder.display()
                );
                eprintln!("contract not checked: no documents in {}", folder.display());
                return None;
            }
            Some(Contract {
                documents: Documents::read(&folder),
                exceptions: Exceptions::read(),
            })
        };
        SHARED.get_or_init(read).as_ref()
    }

    /// What departs from the documents and is no exception.
    pub(crate) fn departures(&self, exchanges: &[Exchange]) -> Vec<Departure> {
        let mut found = Vec::new();
        for exchange in exchanges {
            found.extend(self.every_departure(exchange));
        }
        found.retain(|departure| !self.exceptions.cover(departure));
        found
    }

    fn every_departure(&self, exchange: &Exchange) -> Vec<Departure> {
        match exchange {
            Exchange::Rest(exchange) => requests::departures(&self.documents, exchange),
            Exchange::Frame(frame) => frames::departures(&self.documents, frame),
        }
    }
}

/// Names a place and turns raw findings into departures.
fn departures_at(place: &str, found: Vec<(String, String)>) -> Vec<Departure> {
    let departure = |(pointer, what)| Departure {
        place: place.to_owned(),
        pointer,
        what,
    };
    found.into_iter().map(departure).collect()
}

/// A recording of another process: one exchange a line.
pub(crate) fn read_recording(text: &str) -> Vec<Exchange> {
    let exchange = |line: &str| {
        let value: Value =
            serde_json::from_str(line).expect("a recording has one JSON object a line");
        serde_json::from_value(value).expect("each line of a recording is an exchange")
    };
    text.lines().map(exchange).collect()
}
