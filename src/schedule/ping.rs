//! The dead man's switch: somebody elsewhere expects a request after each proven archive, and speaks up when none comes.
//! It is the only alarm that still works when this machine does not.

use std::time::Duration;

use anyhow::{Context, Result};

/// How long one request may take.
const BOUND: Duration = Duration::from_secs(20);
/// The pauses between tries: a single lost packet is no dead machine.
const PAUSES: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(10)];

/// Where it is said that all is well. The address is a secret: whoever has it can say so too.
#[derive(Clone, PartialEq, Eq)]
pub struct Ping {
    address: String,
    pauses: [Duration; 2],
}

impl std::fmt::Debug for Ping {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Ping { .. }")
    }
}

impl Ping {
    /// At this address, which must be one that [`reqwest`] can ask.
    pub fn at(address: impl Into<String>) -> Ping {
        Ping {
            address: address.into(),
            pauses: PAUSES,
        }
    }

    /// The same, with other pauses between its three tries.
    #[must_use]
    pub fn pausing(self, pauses: [Duration; 2]) -> Ping {
        Ping { pauses, ..self }
    }

    /// Says that all is well, with a GET request. That it could not be said is in the log, without the address: the archive
    /// stands all the same.
    pub async fn send(&self) {
        let mut pauses = self.pauses.iter();
        while let Err(error) = self.ask().await {
            let Some(pause) = pauses.next() else {
                tracing::warn!(event = "ping_failed", error = %format!("{error:#}"));
                return;
            };
            tokio::time::sleep(*pause).await;
        }
        tracing::info!(event = "ping_sent");
    }

    async fn ask(&self) -> Result<()> {
        let client = reqwest::Client::builder().timeout(BOUND).build();
        let client = client.context("making ready to ask")?;
        let answer = client.get(&self.address).send().await;
        let answer = answer.and_then(reqwest::Response::error_for_status);
        answer.map(drop).map_err(|error| error.without_url().into())
    }
}
