//! Commands about the records: asked of the bot that runs on them, or done here when none does.

use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use super::exit::Exit;
use super::gauge::Gauge;
use super::run::records_refused;
use super::{Desk, config_or_exit, owner, print};
use crate::config::{Config, Loaded, Mistakes};
use crate::control::{Answer, AskError, Progressed, Request, State, ask_watching};
use crate::i18n::Texts;
use crate::logging;
use crate::model::{Clock, Text};
use crate::operate::{Place, look, only_looks, operate, restored, wanted};
use crate::store::Registers;
use crate::text;
use crate::vault::{self, Layout, Options, Policy, Progress, StartReport, Unable, Vault, Wanted};
use anyhow::Context as _;

/// How often it is looked whether work has ended, or should show that it goes on.
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// How long the last save may take when we close what we opened.
const STOP_BOUND: Duration = Duration::from_secs(30);

pub(super) fn perform(
    desk: &Desk,
    loaded: Result<Loaded, Mistakes>,
    request: Request,
    json: bool,
) -> anyhow::Result<Exit> {
    let config = match config_or_exit(desk, loaded) {
        Ok(config) => config,
        Err(exit) => return Ok(exit),
    };
    owner::become_owner_of(&config.paths.data)?;
    let gauge = Gauge::new(Arc::clone(&desk.texts), desk.locale);
    let done = shown(&gauge, &working_on(&request), {
        let (config, request, gauge) = (config.clone(), request.clone(), gauge.clone());
        let (texts, registers) = (Arc::clone(&desk.texts), desk.registers());
        let watch = {
            let gauge = gauge.clone();
            move |step: Progressed| gauge.show(&step.what, step.done, step.total)
        };
        move || match ask_watching(&config.paths.data, &request, watch) {
            Ok(answer) => Ok(answer),
            Err(AskError::NobodyThere) => {
                here(&config, &request, texts, registers, gauge.progress())
            }
            Err(AskError::Refused(why)) => Err(Refusal::Said(why, Exit::Failed)),
            Err(AskError::Broken(error)) => Err(Refusal::Failed(error)),
        }
    });
    finish(desk, done, json)
}

/// Restores, as a start of its own: while a bot runs on the records, it is refused.
pub(super) fn restore(
    desk: &Desk,
    loaded: Result<Loaded, Mistakes>,
    state: &State,
    json: bool,
) -> anyhow::Result<Exit> {
    let config = match config_or_exit(desk, loaded) {
        Ok(config) => config,
        Err(exit) => return Ok(exit),
    };
    owner::become_owner_of(&config.paths.data)?;
    let gauge = Gauge::new(Arc::clone(&desk.texts), desk.locale);
    let done = shown(&gauge, &text!("cli-working"), {
        let (texts, registers) = (Arc::clone(&desk.texts), desk.registers());
        let (wanted, progress) = (wanted(state), gauge.progress());
        move || {
            let place = place(&config, registers, progress);
            let (vault, report) = open(&config, place, texts, wanted)?;
            vault.stop(STOP_BOUND)?;
            let report = report.restored.context("nothing was restored")?;
            Ok(restored(report))
        }
    });
    finish(desk, done, json)
}

/// Prints the answer, or why there is none.
fn finish(desk: &Desk, done: Result<Answer, Refusal>, json: bool) -> anyhow::Result<Exit> {
    match done {
        Ok(answer) => {
            print::answer(desk, &answer, json)?;
            Ok(ended(&answer))
        }
        Err(Refusal::Said(why, exit)) => {
            eprintln!("greffier: {}", desk.say(&why));
            Ok(exit)
        }
        Err(Refusal::Failed(error)) => {
            let Unable(why) = error.downcast::<Unable>()?;
            eprintln!("greffier: {}", desk.say(&why));
            Ok(Exit::Failed)
        }
    }
}

/// A damaged archive is an answer, and no success.
fn ended(answer: &Answer) -> Exit {
    match answer {
        Answer::Verified { archives } if archives.iter().any(|line| !line.flaws.is_empty()) => {
            Exit::Failed
        }
        _ => Exit::Done,
    }
}

/// Why there is no answer.
enum Refusal {
    /// In words, with how to end.
    Said(Text, Exit),
    /// Something broke.
    Failed(anyhow::Error),
}

impl From<anyhow::Error> for Refusal {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(error)
    }
}

/// What the records are, as configured.
pub(super) fn place(config: &Config, registers: Registers, progress: Progress) -> Place {
    Place {
        layout: Layout::new(&config.paths.data, &config.paths.backups),
        registers,
        clock: Clock::system(),
        policy: Policy {
            retention_days: config.backup_retention_days,
            zone: config.timezone,
        },
        progress,
    }
}

/// Does it without a bot: with a look where that is enough, else by opening the records as a start does.
fn here(
    config: &Config,
    request: &Request,
    texts: Arc<Texts>,
    registers: Registers,
    progress: Progress,
) -> Result<Answer, Refusal> {
    let place = place(config, registers, progress);
    if only_looks(request) {
        vault::look_at_folders(&place.layout).map_err(refused)?;
        return Ok(look(&place, request)?);
    }
    let (vault, _) = open(config, place, texts, None)?;
    let answer = operate(&vault, None, request);
    vault.stop(STOP_BOUND)?;
    Ok(answer?)
}

/// Opens the records as a start does, and restores what is wanted.
fn open(
    config: &Config,
    place: Place,
    texts: Arc<Texts>,
    restore: Option<Wanted>,
) -> Result<(Vault, StartReport), Refusal> {
    logging::start(
        texts,
        logging::Settings {
            locale: config.locale,
            format: config.log.format,
            timezone: config.timezone,
            secrets: Vec::new(),
            // What a start mends is worth a word; that a save begins is not.
            filter: Some("warn".to_owned()),
        },
    )?;
    let options = Options {
        zone: config.timezone,
        retention_days: config.backup_retention_days,
        progress: place.progress,
        restore,
        ..Options::default()
    };
    Vault::start(place.layout, place.registers, place.clock, options).map_err(refused)
}

fn refused(error: vault::StartError) -> Refusal {
    Refusal::Said(error.text(), records_refused(&error))
}

fn working_on(request: &Request) -> Text {
    match request {
        Request::Save => text!("cli-saving"),
        Request::Archive => text!("cli-archiving"),
        _ => text!("cli-working"),
    }
}

/// Runs `work`; from its second second on, something moves on the terminal, if standard error is one.
fn shown<T: Send + 'static>(
    gauge: &Gauge,
    what: &Text,
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    let (done, wait) = channel();
    std::thread::Builder::new()
        .name("records".to_owned())
        .spawn(move || {
            // Whoever waits is this function's other end.
            let _ = done.send(work());
        })
        .context("starting to work")?;
    let done = loop {
        match wait.recv_timeout(LOOK_EVERY) {
            Ok(done) => break done,
            Err(RecvTimeoutError::Timeout) => gauge.wait(what),
            Err(RecvTimeoutError::Disconnected) => {
                break Err(Refusal::Failed(anyhow::anyhow!("the work broke off")));
            }
        }
    };
    gauge.close();
    done
}
