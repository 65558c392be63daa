//! The bot as a process of its own, whole or broken on purpose.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use greffier::app::{App, Faults, Plan};
use greffier::cogs;
use greffier::config::{Config, environment};
use greffier::i18n::Texts;
use greffier::model::Clock;
use greffier::sandbox::Sandbox;
use greffier::store;
use greffier::vault::{Beginning, Switch};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// By which a process of this test binary knows that it is the bot, and how it is broken.
const BROKEN: &str = "CRASH_TEST_BOT";

/// The file beside `data` to which every bot of a folder logs.
pub const LOG: &str = "bot.log";

/// Which bot.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// The program itself.
    Program,
    /// Answers so long before the commit.
    AnswersAhead(Duration),
    /// Carries out a redelivered order again.
    ForgetsOrders,
    /// Keeps no copy of the journal beside the database.
    WithoutMirror,
}

/// A running bot. Its standard input is its leash: it ends when whoever holds the other end does.
pub struct Bot {
    child: Child,
}

impl Bot {
    /// Starts it on `folder/data`.
    pub fn start(kind: Kind, folder: &Path, discord: &Sandbox) -> Bot {
        let mut command = match kind {
            Kind::Program => {
                let mut command = Command::new(env!("CARGO_BIN_EXE_greffier"));
                command.arg("run").env("GREFFIER_TRY", "1");
                command
            }
            broken => {
                let this = std::env::current_exe().expect("this binary has a place");
                let mut command = Command::new(this);
                command
                    .args(["crash::a_broken_bot", "--exact", "--ignored", "--nocapture"])
                    .env(BROKEN, broken.word());
                command
            }
        };
        let log = File::options()
            .create(true)
            .append(true)
            .open(folder.join(LOG));
        let log = log.expect("a file for its log");
        let child = command
            .current_dir(folder)
            .env("DISCORD_TOKEN", discord.bot_token())
            .env("GREFFIER_DISCORD__API_URL", discord.api_url())
            .env("GREFFIER_LOCALE", "en")
            .env_remove("NOTIFY_SOCKET")
            .env_remove("CREDENTIALS_DIRECTORY")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("the bot starts");
        Bot { child }
    }

    /// Kills it as a power cut would: with SIGKILL, which no process can prepare for.
    pub fn kill(mut self) {
        self.child.kill().expect("it is killed");
        self.child.wait().expect("it is gone");
    }

    /// Asks it to end, as systemd does, and waits until it has. True when it ended well.
    pub fn stop(mut self) -> bool {
        let pid = i32::try_from(self.child.id()).expect("a process id");
        // Waiting lets go of the leash, which would be a second request to end.
        let _leash = self.child.stdin.take();
        kill(Pid::from_raw(pid), Signal::SIGTERM).expect("it is asked");
        self.child.wait().expect("it ends").success()
    }

    /// Is the bot, in a process that [`Bot::start`] made.
    pub fn serve() {
        let Ok(word) = std::env::var(BROKEN) else {
            return;
        };
        std::thread::spawn(|| {
            let mut rest = Vec::new();
            let _ = std::io::stdin().read_to_end(&mut rest);
            std::process::exit(0);
        });
        let folder = std::env::current_dir().expect("a folder");
        let environment = environment();
        let loaded = Config::load(None, &folder, &environment).expect("a configuration");
        let plan = Plan {
            token: greffier::config::token(&loaded.config, &environment).expect("a token"),
            config: loaded.config,
            cogs: cogs::all(),
            texts: Arc::new(Texts::embedded()),
            clock: Clock::system(),
            beginning: Beginning::Careful,
            progress: greffier::vault::Progress::default(),
            faults: faults(&word),
        };
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let app = App::start(plan).await.expect("it starts");
            app.ended().await.expect("it ends");
        });
        std::io::stdout().flush().expect("said");
    }
}

impl Kind {
    fn word(self) -> String {
        match self {
            Kind::Program => "whole".to_owned(),
            Kind::AnswersAhead(ahead) => format!("ahead {}", ahead.as_millis()),
            Kind::ForgetsOrders => "forgets".to_owned(),
            Kind::WithoutMirror => "unmirrored".to_owned(),
        }
    }
}

/// [`Kind::word`], read again.
fn faults(word: &str) -> Faults {
    let mut faults = Faults::default();
    match word.split_once(' ') {
        Some(("ahead", ms)) => {
            let ms = ms.parse().expect("milliseconds");
            faults.store.answer_ahead = Some(Duration::from_millis(ms));
        }
        _ if word == "forgets" => {
            faults.store = store::Faults {
                forget_orders: true,
                ..store::Faults::default()
            };
        }
        _ if word == "unmirrored" => faults.mirror = Switch::Off,
        _ => {}
    }
    faults
}
