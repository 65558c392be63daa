//! `greffier run`: the bot, from the first look at the configuration to its last save.

use std::future::pending;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use sd_notify::NotifyState;
use secrecy::SecretString;
use tokio::signal::unix::{SignalKind, signal};

use super::answering::{Answering, Clockwork};
use super::exit::Exit;
use super::gauge::Gauge;
use super::{Desk, owner, runtime};
use crate::app::{App, Faults, Plan, StartError};
use crate::bot::Ending;
use crate::config::{Config, Environment, Loaded, Mistakes, token};
use crate::discord::connection::ConnectionError;
use crate::i18n::Texts;
use crate::logging;
use crate::model::{Clock, Locale};
use crate::vault::{self, Beginning};

/// How long the end may take: the last save has a bound of its own, well below.
const STOP_BOUND: Duration = Duration::from_secs(45);

pub(super) fn run(
    desk: &Desk,
    loaded: Result<Loaded, Mistakes>,
    beginning: Beginning,
) -> anyhow::Result<Exit> {
    // All that is said here is a line of the log, so that whoever watches it finds an event in each.
    let (config, warnings) = match loaded {
        Ok(loaded) => (loaded.config, loaded.warnings),
        Err(mistakes) => {
            let mut defaults = Config::defaults(Path::new("."));
            defaults.locale = desk.locale;
            start_log(desk, &defaults, Vec::new())?;
            for what in mistakes.lines(&desk.texts, desk.locale) {
                tracing::error!(event = "config_mistake", what);
            }
            return Ok(Exit::Config);
        }
    };
    // Read before root is given up: the token's file may well be root's.
    let token = match token(&config, &desk.environment) {
        Ok(token) => token,
        Err(mistake) => {
            start_log(desk, &config, Vec::new())?;
            let what = desk.texts.text(desk.log_locale(&config), &mistake.text());
            tracing::error!(event = "config_mistake", what);
            return Ok(Exit::Config);
        }
    };
    start_log(desk, &config, vec![token.clone()])?;
    for warning in warnings {
        let what = desk.texts.text(desk.log_locale(&config), &warning);
        tracing::warn!(event = "config_warning", what);
    }
    let trying = Trying::of(&desk.environment);
    if config.file.is_none() && !trying.is_on {
        tracing::info!(event = "config_absent", data = %config.paths.data.display());
    }
    let data = config.paths.data.clone();
    let locale = desk.log_locale(&config);
    let gauge = Gauge::new(Arc::clone(&desk.texts), locale);
    let plan = Plan {
        config,
        token,
        cogs: (desk.cogs)(),
        texts: Arc::clone(&desk.texts),
        clock: trying.clock(),
        beginning,
        progress: gauge.progress(),
        faults: Faults::default(),
    };
    let served = owner::become_owner_of(&data)
        .and_then(|()| runtime())
        .and_then(|runtime| runtime.block_on(serve(plan, trying, gauge, locale)));
    Ok(served.unwrap_or_else(|error| {
        tracing::error!(event = "start_failed", error = format!("{error:#}"));
        Exit::Failed
    }))
}

fn start_log(desk: &Desk, config: &Config, secrets: Vec<SecretString>) -> anyhow::Result<()> {
    logging::start(
        Arc::clone(&desk.texts),
        logging::Settings {
            locale: desk.log_locale(config),
            format: config.log.format,
            timezone: config.timezone,
            secrets,
            filter: desk.environment.get("GREFFIER_LOG").cloned(),
        },
    )
}

async fn serve(plan: Plan, trying: Trying, gauge: Gauge, locale: Locale) -> anyhow::Result<Exit> {
    let mut ends = signal(SignalKind::terminate()).context("listening to SIGTERM")?;
    let mut interrupts = signal(SignalKind::interrupt()).context("listening to SIGINT")?;
    let texts = Arc::clone(&plan.texts);
    let started = App::start(plan).await;
    // From here on the terminal is the log's.
    gauge.close();
    let app = match started {
        Ok(app) => app,
        Err(error) => return Ok(not_started(&texts, locale, &error)),
    };
    let answering = Answering::open(&app, trying.clockwork())?;
    let watched = tokio::spawn(watchdog(Arc::clone(app.house())));
    let exit = tokio::select! {
        _ = ends.recv() => Exit::Done,
        _ = interrupts.recv() => Exit::Done,
        () = trying.let_go() => Exit::Done,
        exit = stay(&app) => exit?,
    };
    watched.abort();
    tracing::info!(event = "stopping");
    tell_systemd(&[NotifyState::Stopping]);
    let stop = async {
        answering.close().await;
        app.stop().await
    };
    let stopped = tokio::select! {
        stopped = tokio::time::timeout(STOP_BOUND, stop) => stopped,
        // Whoever asks twice means it; nothing that was acknowledged is lost by it.
        _ = ends.recv() => return Ok(Exit::Failed),
        _ = interrupts.recv() => return Ok(Exit::Failed),
    };
    match stopped {
        Ok(Ok(())) => {
            tracing::info!(event = "stopped");
            Ok(exit)
        }
        Ok(Err(error)) => {
            tracing::error!(event = "stop_failed", error = format!("{error:#}"));
            Ok(Exit::Failed)
        }
        Err(_) => {
            tracing::error!(event = "stop_failed", error = format!("> {STOP_BOUND:?}"));
            Ok(Exit::Failed)
        }
    }
}

/// Says when the bot serves, and stays until Discord sends it away.
async fn stay(app: &App) -> anyhow::Result<Exit> {
    let ended = tokio::select! {
        ready = app.ready() => {
            ready?;
            tracing::info!(event = "ready");
            tell_systemd(&[NotifyState::Ready]);
            app.ended().await?
        }
        ended = app.ended() => ended?,
    };
    Ok(match &*ended {
        Ending::Stopped => Exit::Done,
        Ending::WrongToken => {
            tracing::error!(event = "token_refused");
            Exit::Config
        }
        Ending::MissingIntents => {
            tracing::error!(event = "intents_missing");
            Exit::Config
        }
        Ending::DiskFailed => {
            tracing::error!(event = "disk_failed");
            Exit::Failed
        }
        Ending::Lost(why) => {
            tracing::error!(event = "connection_lost", why);
            Exit::Failed
        }
    })
}

fn not_started(texts: &Texts, locale: Locale, error: &StartError) -> Exit {
    match error {
        StartError::Records(error) => {
            let why = texts.text(locale, &error.text());
            tracing::error!(event = "records_refused", why);
            records_refused(error)
        }
        StartError::Connection(ConnectionError::WrongToken) => {
            tracing::error!(event = "token_refused");
            Exit::Config
        }
        StartError::Connection(ConnectionError::BadAddress(address)) => {
            tracing::error!(event = "address_wrong", address);
            Exit::Config
        }
        StartError::Connection(ConnectionError::Failed(error)) => {
            tracing::error!(event = "discord_unreachable", error = format!("{error:#}"));
            Exit::Failed
        }
        StartError::Failed(error) => {
            tracing::error!(event = "start_failed", error = format!("{error:#}"));
            Exit::Failed
        }
    }
}

/// Whether a person must act first, or time may help.
pub(super) fn records_refused(error: &vault::StartError) -> Exit {
    match error {
        vault::StartError::Locked { .. } => Exit::Busy,
        vault::StartError::NoSpace(_)
        | vault::StartError::Unable(_)
        | vault::StartError::Failed(_) => Exit::Failed,
        _ => Exit::Config,
    }
}

/// Tells systemd's watchdog that the bot lives, as long as its records answer.
async fn watchdog(house: Arc<crate::discord::House>) {
    let mut microseconds = 0;
    if !sd_notify::watchdog_enabled(false, &mut microseconds) {
        return;
    }
    // Half of the time that systemd waits, as sd_watchdog_enabled(3) recommends.
    let mut tick = tokio::time::interval(Duration::from_micros(microseconds / 2));
    loop {
        tick.tick().await;
        match house.store.read(|reader| reader.identity()).await {
            Ok(_) => tell_systemd(&[NotifyState::Watchdog]),
            Err(error) => tracing::error!(event = "watchdog_silent", error = format!("{error:#}")),
        }
    }
}

/// Outside systemd there is nobody to tell.
fn tell_systemd(state: &[NotifyState]) {
    if let Err(error) = sd_notify::notify(false, state) {
        tracing::warn!(event = "systemd_not_told", error = %error);
    }
}

/// What `greffier try` asks of the bot that it starts, by `GREFFIER_TRY=1` in its environment.
pub(super) struct Trying {
    is_on: bool,
    shift: Duration,
}

impl Trying {
    fn of(environment: &Environment) -> Self {
        let is_on = environment.get("GREFFIER_TRY").is_some_and(|on| on == "1");
        let shift = environment
            .get("GREFFIER_TRY_SHIFT_MS")
            .filter(|_| is_on)
            .and_then(|shift| shift.parse().ok())
            .unwrap_or_default();
        Self {
            is_on,
            shift: Duration::from_millis(shift),
        }
    }

    /// Whether the clock may be moved.
    fn clockwork(&self) -> Clockwork {
        if self.is_on {
            Clockwork::Movable
        } else {
            Clockwork::Fixed
        }
    }

    /// The system's clock, ahead by what `later` moved it before a crash.
    fn clock(&self) -> Clock {
        let clock = Clock::system();
        clock.advance(self.shift);
        clock
    }

    /// Returns when whoever tries is gone: their end of standard input closes even when they are killed.
    async fn let_go(&self) {
        if !self.is_on {
            pending::<()>().await;
        }
        let (gone, wait) = tokio::sync::oneshot::channel();
        // Not tokio's standard input: a read that goes on would hold the runtime at the end.
        std::thread::spawn(move || {
            let mut rest = Vec::new();
            let _ = std::io::stdin().read_to_end(&mut rest);
            let _ = gone.send(());
        });
        let _ = wait.await;
    }
}
