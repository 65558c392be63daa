//! The wiring: storage first, then Discord, then the tasks that run beside it; and the same backwards at the end.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use anyhow::{Context as _, Result};
use secrecy::SecretString;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::bot::{self, Bot, Ending};
use crate::cogs::conversations;
use crate::cogs::settings::preferences::Remembered;
use crate::config::Config;
use crate::discord::connection::ConnectionError;
use crate::discord::{Alarm, Alarms, Cog, Deadlines, House, Outbox, Pace, Seen, Sent};
use crate::i18n::Texts;
use crate::model::{Clock, Text};
use crate::schedule::{Lane, Outside, Ping, Rhythm, Timetable, When, protect};
use crate::store::{self, Registers};
use crate::text;
use crate::vault::{self, Beginning, Layout, Progress, RecoveryReport, StartReport, Switch, Vault};

/// How long the last save may take; what is not done then, the next start does.
const LAST_SAVE_BOUND: Duration = Duration::from_secs(20);

/// How long tasks that run may take to end at a stop; an archive that is cut off leaves nothing behind.
const TASKS_BOUND: Duration = Duration::from_secs(15);
/// How long listeners may take to finish what they heard before a stop.
const LISTENERS_BOUND: Duration = Duration::from_secs(5);
/// How long the owner can be told of a failed disk before the program ends, to be started again.
const LAST_WORDS_BOUND: Duration = Duration::from_secs(5);
/// How often answers that are no longer needed are forgotten.
const FORGET_INTERVAL: Duration = Duration::from_secs(3600);

/// What the program is made of, before it is started.
pub struct Plan {
    /// What the operator configured.
    pub config: Config,
    /// The bot's token.
    pub token: SecretString,
    /// The cogs: usually [`crate::cogs::all`], and more where somebody wrote one.
    pub cogs: Vec<Cog>,
    /// Every sentence.
    pub texts: Arc<Texts>,
    /// What time it is.
    pub clock: Clock,
    /// Whether records may begin empty although archives exist.
    pub beginning: Beginning,
    /// Who is told how far long work on the records has come.
    pub progress: Progress,
    /// What tests break on purpose.
    pub faults: Faults,
}

/// What tests break on purpose, to see that it is noticed. All off in the program.
#[derive(Clone, Copy, Debug)]
pub struct Faults {
    /// In the store.
    pub store: store::Faults,
    /// Whether the journal is mirrored into files.
    pub mirror: Switch,
}

impl Default for Faults {
    fn default() -> Self {
        Faults {
            store: store::Faults::default(),
            mirror: Switch::On,
        }
    }
}

/// A program that is running.
pub struct App {
    house: Arc<House>,
    ready: watch::Receiver<bool>,
    stop: CancellationToken,
    tasks: TaskTracker,
    ending: watch::Receiver<Option<Arc<Ending>>>,
}

/// Why the program does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The records can't be used; the error says what to do.
    #[error(transparent)]
    Records(#[from] vault::StartError),
    /// Discord can't be reached, or sends us away.
    #[error(transparent)]
    Connection(#[from] ConnectionError),
    /// Anything else.
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}

impl App {
    /// Opens the records, asks Discord who we are, and connects. Storage comes first: a bot that can't keep anything
    /// must not spend the day's IDENTIFYs.
    pub async fn start(plan: Plan) -> Result<App, StartError> {
        let mut registers = Registers::default();
        let mut commands = Vec::new();
        let (mut listeners, mut presses, mut deadlines) = (Vec::new(), Vec::new(), Vec::new());
        let mut performers = Vec::new();
        for cog in plan.cogs {
            registers.extend(cog.registers);
            commands.extend(cog.commands);
            listeners.extend(cog.listeners);
            presses.extend(cog.presses);
            deadlines.extend(cog.deadlines);
            performers.extend(cog.performers);
        }
        let (vault, report) = open_records(
            &plan.config,
            registers,
            plan.clock,
            plan.beginning,
            plan.progress,
            plan.faults,
        )
        .await?;
        let store = vault.store().clone();
        let (uuid, _) = store.read(|reader| reader.identity()).await?;
        // Before this process has run any task of its own.
        let last_there = store.read(|reader| reader.last_task_run()).await?;
        let away = last_there.map(|last| last..store.clock().now());
        let preferences = Remembered::new(
            store.clone(),
            plan.config.prefix.clone(),
            plan.config.locale,
        )?;
        let line = bot::line(&plan.token, plan.config.discord.api_url.as_deref()).await?;
        let owners = OnceLock::from(bot::owners(&plan.config.owners, &line.application));
        let (alarms, seen) = (Alarms::default(), Seen::default());
        let schedule = timetable(&plan.config, &vault, &alarms, &seen)?
            .open()
            .await?;
        let house = Arc::new(House {
            away,
            schedule,
            seen,
            store,
            vault,
            texts: plan.texts,
            preferences: Arc::new(preferences),
            owners,
            sent: Sent::new(&uuid),
            pace: Pace::of(plan.config.member_pace),
            outbox: Outbox::default(),
            alarms,
            hearing: TaskTracker::new(),
            listeners,
            presses,
            deadlines,
            performers,
            due: Deadlines::default(),
            config: plan.config,
        });
        if let Some(recovery) = &report.recovery {
            house.alarms.raise(Alarm::Recovered(recovered(recovery)));
        }
        let bot = Bot::new(Arc::clone(&house), line, commands).await?;
        house.seen.through(bot.cache(), bot.http());
        house.schedule.start().await?;
        Ok(Self::run(house, bot))
    }

    fn run(house: Arc<House>, bot: Bot) -> App {
        let stop = CancellationToken::new();
        let tasks = TaskTracker::new();
        let (ending_sender, ending) = watch::channel(None);
        let ready = bot.ready();
        let http = bot.http();
        tasks.spawn(
            house
                .outbox
                .clone()
                .run(Arc::clone(&house), Arc::clone(&http), stop.clone()),
        );
        tasks.spawn(house.due.clone().run(Arc::clone(&house), stop.clone()));
        tasks.spawn(
            house
                .alarms
                .clone()
                .run(Arc::clone(&house), http, stop.clone()),
        );
        let mut broken = house.store.broken();
        let (alarms, connected) = (house.alarms.clone(), stop.clone());
        tasks.spawn(async move {
            let staying = bot.stay(connected);
            tokio::pin!(staying);
            let disk_failed = async { broken.wait_for(|broken| *broken).await.is_ok() };
            let ending = tokio::select! {
                ending = &mut staying => ending,
                true = disk_failed => {
                    alarms.raise(Alarm::StoreBroken);
                    // The connection stays for as long as it takes to tell the owner.
                    match tokio::time::timeout(LAST_WORDS_BOUND, staying).await {
                        Ok(ending) => ending,
                        Err(_) => Ending::DiskFailed,
                    }
                }
            };
            ending_sender.send_replace(Some(Arc::new(ending)));
        });
        App {
            house,
            ready,
            stop,
            tasks,
            ending,
        }
    }

    /// Everything that commands work with.
    pub fn house(&self) -> &Arc<House> {
        &self.house
    }

    /// Returns when the bot takes commands.
    pub async fn ready(&self) -> Result<()> {
        self.ready.clone().wait_for(|ready| *ready).await?;
        Ok(())
    }

    /// Returns when Discord sent the bot away, or it was stopped.
    pub async fn ended(&self) -> Result<Arc<Ending>> {
        let mut ending = self.ending.clone();
        let ended = ending.wait_for(Option::is_some).await?;
        ended
            .clone()
            .ok_or_else(|| anyhow::anyhow!("the connection ended without a word"))
    }

    /// Leaves Discord, finishes what is under way and closes the records.
    pub async fn stop(self) -> Result<()> {
        self.stop.cancel();
        if !self.house.schedule.stop(TASKS_BOUND).await {
            tracing::warn!(event = "tasks_cut_off");
        }
        self.tasks.close();
        self.tasks.wait().await;
        self.house.hearing.close();
        // serenity lets go of what it started, and a listener may wait for Discord.
        let heard = tokio::time::timeout(LISTENERS_BOUND, self.house.hearing.wait()).await;
        if heard.is_err() {
            tracing::warn!(event = "listeners_cut_off");
        }
        self.house
            .vault
            .off_thread(|vault| vault.stop(LAST_SAVE_BOUND))
            .await?;
        Ok(())
    }
}

async fn open_records(
    config: &Config,
    registers: Registers,
    clock: Clock,
    beginning: Beginning,
    progress: Progress,
    faults: Faults,
) -> Result<(Vault, StartReport), StartError> {
    let layout = Layout::new(&config.paths.data, &config.paths.backups);
    let options = vault::Options {
        beginning,
        zone: config.timezone,
        retention_days: config.backup_retention_days,
        mirror: faults.mirror,
        progress,
        faults: faults.store,
        ..vault::Options::default()
    };
    let started =
        tokio::task::spawn_blocking(move || Vault::start(layout, registers, clock, options));
    Ok(started.await.context("opening the records panicked")??)
}

/// The tasks that run by the clock.
fn timetable(config: &Config, vault: &Vault, alarms: &Alarms, seen: &Seen) -> Result<Timetable> {
    let store = vault.store().clone();
    let (forgetful, raised, seen) = (store.clone(), alarms.clone(), seen.clone());
    let told = store.clone();
    let rhythm = Rhythm {
        auto_save: config.auto_save_interval,
        mirror_sync: config.mirror_sync_interval,
        daily_archive: config
            .daily_backup_enabled
            .then_some(config.daily_backup_time),
        prune: config.cleanup_time,
    };
    let clock = store.clock().clone();
    let timetable = Timetable::new(store, clock, config.timezone)
        .on_failure(move |task, error| {
            raised.raise(Alarm::TaskFailed {
                task: task.to_owned(),
                why: format!("{error:#}"),
            });
        })
        .task(
            "forget_orders",
            Lane::Short,
            When::every(FORGET_INTERVAL),
            move || {
                let store = forgetful.clone();
                async move {
                    store
                        .operate(|operations| operations.forget_old_orders())
                        .await
                        .map(drop)
                }
            },
        );
    let ping = config.alerts.ping_url.as_ref();
    let ping = ping.map(|address| Ping::at(address.expose()));
    let outside = Outside {
        census: Box::new(move || seen.census()),
        copied: Box::new(move |after| conversations::tell_saved(&told, after)),
        proven: Box::new(move || {
            let ping = ping.clone();
            Box::pin(async move {
                if let Some(ping) = ping {
                    ping.send().await;
                }
            })
        }),
    };
    protect(timetable, vault, &rhythm, outside)
}

/// What a recovery brought back, and what it could not.
fn recovered(report: &RecoveryReport) -> Text {
    let brought = text!(
        "recovered-from",
        source = report.source.as_str(),
        replayed = report.replayed,
        seq = report.seq
    );
    let told = match vault::runs(&report.gaps) {
        gaps if gaps.is_empty() => text!("recovered-whole", brought = brought),
        gaps => text!("recovered-with-gaps", brought = brought, gaps = gaps),
    };
    let told = match vault::runs(&report.history.gaps) {
        gaps if gaps.is_empty() => told,
        gaps => text!("recovered-without-history", told = told, gaps = gaps),
    };
    match &report.set_aside {
        None => told,
        Some(aside) => {
            let aside = aside.display().to_string();
            text!("recovered-damaged-kept", told = told, aside = aside)
        }
    }
}
