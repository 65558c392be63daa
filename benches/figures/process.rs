//! The bot as its users run it: a process of its own, beside a local Discord in this one.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use greffier::sandbox::{Options, Sandbox};
use tokio::net::TcpListener;

/// How long a start may take before it counts as failed.
const PATIENCE: Duration = Duration::from_secs(300);

/// How many members there are to warn. Fewer than the 250 up to which the gateway sends all of them at once.
pub const CROWD: u16 = 200;

/// A warning for one member or another.
pub fn warning(number: usize) -> String {
    format!("!warn @member{} spam", 1 + number % usize::from(CROWD))
}

/// A running bot; killed when dropped.
pub struct Bot {
    child: Child,
}

/// A local Discord on a free port.
pub async fn discord() -> Result<Sandbox> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let options = Options {
        crowd: CROWD,
        ..Options::default()
    };
    Sandbox::start(listener, options).await
}

impl Bot {
    /// Starts it on `folder` and returns when the gateway has it, with the time from the process's start to IDENTIFY.
    pub async fn start(folder: &Path, discord: &Sandbox) -> Result<(Bot, Duration)> {
        let began = Instant::now();
        let child = Command::new(env!("CARGO_BIN_EXE_greffier"))
            .arg("run")
            .current_dir(folder)
            .env("DISCORD_TOKEN", discord.bot_token())
            .env("GREFFIER_DISCORD__API_URL", discord.api_url())
            .env("GREFFIER_PATHS__DATA", folder.join("data"))
            .env("GREFFIER_PATHS__BACKUPS", folder.join("backups"))
            .env("GREFFIER_LOCALE", "en")
            .env("GREFFIER_LOG", "error")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .spawn()
            .context("starting the bot")?;
        let bot = Bot { child };
        ensure!(
            discord.bot_connected(PATIENCE).await,
            "the bot did not connect"
        );
        Ok((bot, began.elapsed()))
    }

    /// What the process holds in memory now (VmRSS), in bytes.
    pub fn memory(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status
            .lines()
            .find(|line| line.starts_with("VmRSS:"))
            .context("no VmRSS")?;
        let kib: u64 = line
            .split_whitespace()
            .nth(1)
            .context("no number in VmRSS")?
            .parse()?;
        Ok(kib * 1024)
    }

    /// Kills it, as a power cut would.
    pub fn kill(mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        // It has ended already when `kill` was called.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A runtime for the local Discord and its people.
pub fn runtime() -> Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?)
}
