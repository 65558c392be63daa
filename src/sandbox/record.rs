//! What went over the wire, for contract tests: kept in memory, or appended to a file, or neither.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use anyhow::Context;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One thing that went over the wire.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "what")]
pub enum Exchange {
    Rest(Box<RestExchange>),
    Frame(FrameExchange),
}

/// A REST request and its answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RestExchange {
    pub method: String,
    /// The route's template as Discord's document names it; None for one unknown here.
    pub route: Option<String>,
    pub path: String,
    pub query: Vec<(String, String)>,
    /// User-Agent of the client.
    pub agent: String,
    /// Content-Type of the request, without parameters.
    pub content_type: String,
    /// X-Audit-Log-Reason, decoded.
    pub reason: Option<String>,
    /// The JSON body (`payload_json` of a multipart one), or null.
    pub body: Value,
    pub status: u16,
    /// The answer's body, or null when it has none.
    pub answer: Value,
}

/// Which way a gateway frame went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Sandbox to bot.
    Sent,
    /// Bot to sandbox.
    Received,
}

/// A gateway frame.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FrameExchange {
    pub direction: Direction,
    pub payload: Value,
}

/// Where exchanges go.
pub(crate) struct Recorder {
    keep: bool,
    kept: Mutex<Vec<Exchange>>,
    file: Option<Mutex<File>>,
}

impl Recorder {
    pub(crate) fn open(keep: bool, path: Option<&Path>) -> anyhow::Result<Self> {
        let file = match path {
            None => None,
            Some(path) => {
                let file = OpenOptions::new().create(true).append(true).open(path);
                Some(Mutex::new(file.with_context(|| {
                    format!("opening the record {}", path.display())
                })?))
            }
        };
        Ok(Self {
            keep,
            kept: Mutex::new(Vec::new()),
            file,
        })
    }

    /// Whether anything needs to be put together at all.
    pub(crate) fn is_on(&self) -> bool {
        self.keep || self.file.is_some()
    }

    pub(crate) fn frame(&self, direction: Direction, payload: &Value) {
        if self.is_on() {
            let mut payload = payload.clone();
            redact_token(&mut payload);
            self.add(Exchange::Frame(FrameExchange { direction, payload }));
        }
    }

    pub(crate) fn frame_text(&self, direction: Direction, text: &str) {
        if self.is_on() {
            let payload = serde_json::from_str(text).unwrap_or(Value::Null);
            self.add(Exchange::Frame(FrameExchange { direction, payload }));
        }
    }

    pub(crate) fn add(&self, exchange: Exchange) {
        if let Some(file) = &self.file
            && let Ok(mut line) = serde_json::to_string(&exchange)
        {
            line.push('\n');
            let written = file
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .write_all(line.as_bytes());
            if let Err(error) = written {
                tracing::error!(event = "sandbox.record_failed", %error, "an exchange could not be recorded");
            }
        }
        if self.keep {
            self.kept
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(exchange);
        }
    }

    pub(crate) fn kept(&self) -> Vec<Exchange> {
        self.kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// Records may be shown to others; the token stays out of them.
fn redact_token(payload: &mut Value) {
    if let Some(token) = payload.pointer_mut("/d/token") {
        *token = Value::String("redacted".to_owned());
    }
}
