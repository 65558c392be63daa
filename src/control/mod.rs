//! The control socket `data/greffier.sock`: how the command line asks a running bot.
//!
//! One JSON line is asked, one JSON line is answered, after others that say how far a long work has come. What is asked and answered is the same whether the bot
//! runs (over this socket) or not (the command line then does it itself): see `operate`. Who may ask is
//! whoever may open the socket: its folder is 0700, the socket 0600.

mod client;
mod server;
mod words;

use serde::{Deserialize, Serialize};

use crate::model::Text;

pub use client::{AskError, ask, ask_watching};
pub use server::Server;
pub use words::{
    Answer, ArchiveLine, Finding, JournalLine, Mark, Progressed, Proved, PruneLine, Request,
    Severity, State, VerifiedLine,
};

/// The socket's name in the data folder.
const SOCKET: &str = "greffier.sock";

/// The line that comes back.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Reply {
    /// What was asked is done.
    Done(Answer),
    /// It is not, and this is why.
    Refused(Text),
    /// It goes on; another line follows.
    Progress(Progressed),
}
