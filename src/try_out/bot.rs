//! The bot as a process of its own: started, listened to, killed, stopped.

use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use anyhow::Context as _;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde::Deserialize;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, ChildStdin, Command};
use tokio::sync::mpsc::UnboundedSender;

use crate::model::Locale;

/// How the bot is started, each time the same.
pub(super) struct Setting {
    pub(super) program: PathBuf,
    pub(super) config: Option<PathBuf>,
    pub(super) folder: PathBuf,
    pub(super) data: PathBuf,
    pub(super) backups: PathBuf,
    pub(super) api_url: String,
    pub(super) token: String,
    pub(super) locale: Locale,
}

/// One line of the bot's log.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct BotLine {
    pub(super) level: String,
    pub(super) event: String,
    pub(super) message: String,
}

/// A running bot; killed when dropped.
pub(super) struct Bot {
    child: Child,
    /// The bot ends when this closes: so it never outlives us, however we end.
    _leash: Option<ChildStdin>,
}

impl Bot {
    /// Starts it with a clock that is `shift` ahead. Its log goes to `log` until it ends.
    ///
    /// # Errors
    /// When the process can't be started.
    pub(super) fn start(
        setting: &Setting,
        shift: Duration,
        log: UnboundedSender<BotLine>,
    ) -> anyhow::Result<Self> {
        let mut command = Command::new(&setting.program);
        command.arg("run");
        if let Some(config) = &setting.config {
            command.arg("--config").arg(config);
        }
        let mut child = command
            .current_dir(&setting.folder)
            .env("DISCORD_TOKEN", &setting.token)
            .env("GREFFIER_DISCORD__API_URL", &setting.api_url)
            .env("GREFFIER_PATHS__DATA", &setting.data)
            .env("GREFFIER_PATHS__BACKUPS", &setting.backups)
            .env("GREFFIER_OWNERS", "")
            .env("GREFFIER_LOCALE", setting.locale.code())
            .env("GREFFIER_LOG__FORMAT", "json")
            .env("GREFFIER_TRY", "1")
            .env("GREFFIER_TRY_SHIFT_MS", shift.as_millis().to_string())
            .env_remove("NOTIFY_SOCKET")
            .env_remove("CREDENTIALS_DIRECTORY")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            // Ctrl-C is for us: we stop the bot in order.
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("starting {}", setting.program.display()))?;
        let leash = child.stdin.take();
        if let Some(stderr) = child.stderr.take() {
            tokio::spawn(async move {
                let mut lines = BufReader::new(stderr).lines();
                while let Ok(Some(line)) = lines.next_line().await {
                    if log.send(BotLine::read(&line)).is_err() {
                        break;
                    }
                }
            });
        }
        Ok(Self {
            child,
            _leash: leash,
        })
    }

    /// Kills it as a power cut would: with SIGKILL, which no process can prepare for.
    pub(super) async fn crash(mut self) -> anyhow::Result<ExitStatus> {
        self.child.start_kill().context("killing the bot")?;
        self.child.wait().await.context("waiting for the bot's end")
    }

    /// Asks it to end, as systemd does, and waits for at most `patience`.
    pub(super) async fn stop(mut self, patience: Duration) -> anyhow::Result<ExitStatus> {
        if let Some(id) = self.child.id() {
            let id = i32::try_from(id).context("the bot's process id")?;
            kill(Pid::from_raw(id), Signal::SIGTERM).context("asking the bot to end")?;
        }
        match tokio::time::timeout(patience, self.child.wait()).await {
            Ok(ended) => ended.context("waiting for the bot's end"),
            Err(_) => self.crash().await,
        }
    }

    /// Waits until it ends by itself.
    pub(super) async fn ended(&mut self) -> std::io::Result<ExitStatus> {
        self.child.wait().await
    }
}

impl BotLine {
    /// A line that is not JSON (a mistake said before the log begins) is kept as it is.
    fn read(line: &str) -> Self {
        serde_json::from_str(line).unwrap_or_else(|_| Self {
            level: "error".to_owned(),
            event: "said".to_owned(),
            message: line.to_owned(),
        })
    }

    /// Whether it is of the saves that come every hour.
    pub(super) fn is_hourly(&self) -> bool {
        self.event.starts_with("auto_save_") && self.level == "info"
    }

    /// Whether it belongs on the screen: what the bot does with its records, and all that goes wrong.
    pub(super) fn is_shown(&self) -> bool {
        self.event != "library" || self.level == "error"
    }
}
