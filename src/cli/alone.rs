//! `greffier sandbox`: the local Discord alone, for any Discord library.

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context as _;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use super::exit::Exit;
use super::{Desk, runtime};
use crate::sandbox::{Options, Sandbox};
use crate::text;

/// Prints where it is and who is in it, as one line of JSON, and stays until it is asked to end.
pub(super) fn sandbox(
    desk: &Desk,
    listen: SocketAddr,
    record: Option<PathBuf>,
) -> anyhow::Result<Exit> {
    // Whoever reaches it can speak as anyone there.
    if !listen.ip().is_loopback() {
        let why = text!("cli-sandbox-not-here", address = listen.to_string());
        eprintln!("greffier: {}", desk.say(&why));
        return Ok(Exit::Usage);
    }
    runtime()?.block_on(async {
        let mut ends = signal(SignalKind::terminate()).context("listening to SIGTERM")?;
        let mut interrupts = signal(SignalKind::interrupt()).context("listening to SIGINT")?;
        let listener = TcpListener::bind(listen)
            .await
            .with_context(|| format!("listening on {listen}"))?;
        let options = Options {
            record,
            ..Options::default()
        };
        let sandbox = Sandbox::start(listener, options).await?;
        let directory = serde_json::to_string(&sandbox.directory()).context("writing")?;
        let mut out = std::io::stdout();
        writeln!(out, "{directory}")
            .and_then(|()| out.flush())
            .context("writing to standard output")?;
        tokio::select! {
            _ = ends.recv() => {}
            _ = interrupts.recv() => {}
        }
        sandbox.stop().await;
        Ok(Exit::Done)
    })
}
