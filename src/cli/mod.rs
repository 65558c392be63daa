//! `greffier` at the command line: reads what was typed, does it, and ends with a meaningful code.
//!
//! Answers go to standard output, everything else to standard error. The language is that of the terminal,
//! else the configured one, unless `--lang` says otherwise.

mod alone;
mod answering;
mod args;
mod check;
mod exit;
mod gauge;
mod help;
mod online;
mod owner;
mod print;
mod records;
mod run;
mod since;
mod trying;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;

use self::args::{Args, Command};
use self::exit::Exit;
use self::help::Typed;
use crate::cogs;
use crate::config::{Config, Environment, Loaded, Mistakes, environment};
use crate::control::{Request, State};
use crate::discord::Cog;
use crate::discord::connection::invite_link;
use crate::i18n::Texts;
use crate::model::{Locale, Text};
use crate::store::Registers;
use crate::text;
use crate::vault::Beginning;

/// Does what was typed, with the program's own cogs. This is the program.
pub fn main() -> ExitCode {
    main_with(cogs::all)
}

/// Does what was typed, with these cogs: all that a program needs which adds cogs of its own to [`cogs::all`].
pub fn main_with(cogs: fn() -> Vec<Cog>) -> ExitCode {
    let environment = environment();
    let texts = Arc::new(cogs::texts(&cogs()));
    let typed: Vec<OsString> = std::env::args_os().collect();
    let terminal = terminal_locale(&environment);
    let locale = asked_locale(&typed).or(terminal).unwrap_or_default();
    let args = match help::read(&texts, locale, typed) {
        Typed::Args(args) => *args,
        Typed::Shown(help) => {
            print!("{help}");
            return Exit::Done.into();
        }
        Typed::Wrong(why) => {
            eprintln!("greffier: {why}");
            return Exit::Usage.into();
        }
    };
    let folder = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
    let loaded = Config::load(args.config.as_deref(), &folder, &environment);
    let configured = loaded.as_ref().ok().map(|loaded| loaded.config.locale);
    let desk = Desk {
        locale: args.lang.or(terminal).or(configured).unwrap_or_default(),
        asked: args.lang,
        zone: loaded
            .as_ref()
            .map_or(chrono_tz::UTC, |loaded| loaded.config.timezone),
        texts,
        environment,
        cogs,
    };
    match perform(&desk, args, loaded) {
        Ok(exit) => exit.into(),
        Err(error) => {
            let why = text!("cli-failed", why = format!("{error:#}"));
            eprintln!("greffier: {}", desk.say(&why));
            Exit::Failed.into()
        }
    }
}

/// What every command needs: whom it speaks to, and what surrounds it.
pub(crate) struct Desk {
    pub(crate) texts: Arc<Texts>,
    pub(crate) locale: Locale,
    /// `--lang`, which rules the log as well.
    pub(crate) asked: Option<Locale>,
    /// The zone in which moments are read and shown.
    pub(crate) zone: chrono_tz::Tz,
    pub(crate) environment: Environment,
    pub(crate) cogs: fn() -> Vec<Cog>,
}

impl Desk {
    /// A sentence for whoever typed.
    pub(crate) fn say(&self, text: &Text) -> String {
        self.texts.text(self.locale, text)
    }

    /// The language of the log: what `--lang` says, else the configured one. Guilds keep theirs.
    pub(crate) fn log_locale(&self, config: &Config) -> Locale {
        self.asked.unwrap_or(config.locale)
    }

    /// What the program's cogs keep.
    pub(crate) fn registers(&self) -> Registers {
        cogs::registers(&(self.cogs)())
    }
}

fn perform(desk: &Desk, args: Args, loaded: Result<Loaded, Mistakes>) -> anyhow::Result<Exit> {
    match args.command {
        Command::Run { new } => {
            let beginning = if new {
                Beginning::New
            } else {
                Beginning::Careful
            };
            run::run(desk, loaded, beginning)
        }
        Command::Try {
            script,
            data,
            backups,
        } => {
            let typed = trying::Typed {
                script,
                data,
                backups,
            };
            trying::attempt(desk, typed, loaded)
        }
        Command::Sandbox { listen, record } => alone::sandbox(desk, listen, record),
        Command::Invite => invite(desk, loaded),
        Command::Save { json } => records::perform(desk, loaded, Request::Save, json),
        Command::Archive { json } => records::perform(desk, loaded, Request::Archive, json),
        Command::Archives { json } => records::perform(desk, loaded, Request::Archives, json),
        Command::Verify {
            name,
            all,
            prove,
            json,
        } => records::perform(desk, loaded, Request::Verify { name, all, prove }, json),
        Command::Diff { name, other, json } => {
            let request = Request::Diff {
                from: state(other),
                to: state(name),
            };
            records::perform(desk, loaded, request, json)
        }
        Command::Restore {
            name,
            at,
            dry_run,
            json,
        } => {
            let to = match (name, at.map(|at| since_when(desk, &at))) {
                (_, Some(Err(exit))) => return Ok(exit),
                (_, Some(Ok(at_ms))) => State::At { at_ms },
                (name, None) => State::Archive {
                    name: name.unwrap_or_default(),
                },
            };
            if dry_run {
                let from = State::Now;
                return records::perform(desk, loaded, Request::Diff { from, to }, json);
            }
            records::restore(desk, loaded, &to, json)
        }
        Command::Prune { dry_run, json } => {
            records::perform(desk, loaded, Request::Prune { dry_run }, json)
        }
        Command::Journal {
            since,
            member,
            limit,
            json,
        } => {
            let since_ms = match since.map(|since| since_when(desk, &since)) {
                Some(Ok(moment)) => Some(moment),
                Some(Err(exit)) => return Ok(exit),
                None => None,
            };
            let request = Request::Journal {
                since_ms,
                member,
                limit,
            };
            records::perform(desk, loaded, request, json)
        }
        Command::Check { online, json } => check::check(desk, loaded, online, json),
    }
}

/// `now`, or an archive's name.
fn state(typed: String) -> State {
    match typed.as_str() {
        "now" => State::Now,
        _ => State::Archive { name: typed },
    }
}

/// `--since` in milliseconds, in the configured zone.
fn since_when(desk: &Desk, since: &str) -> Result<i64, Exit> {
    match since::moment(since, desk.zone, chrono::Utc::now()) {
        Some(moment) => Ok(moment.0),
        None => {
            let why = text!("cli-wrong-since", got = since);
            eprintln!("greffier: {}", desk.say(&why));
            Err(Exit::Usage)
        }
    }
}

/// `greffier invite`: the link alone on standard output, so that a script can take it.
fn invite(desk: &Desk, loaded: Result<Loaded, Mistakes>) -> anyhow::Result<Exit> {
    let config = match config_or_exit(desk, loaded) {
        Ok(config) => config,
        Err(exit) => return Ok(exit),
    };
    match online::application(&config, &desk.environment)? {
        Ok(application) => {
            println!("{}", invite_link(application.id));
            Ok(Exit::Done)
        }
        Err(why) => {
            eprintln!("greffier: {}", desk.say(&why));
            Ok(Exit::Config)
        }
    }
}

/// The configuration, or its mistakes said and the code to end with.
fn config_or_exit(desk: &Desk, loaded: Result<Loaded, Mistakes>) -> Result<Config, Exit> {
    match loaded {
        Ok(loaded) => Ok(loaded.config),
        Err(mistakes) => {
            for line in mistakes.lines(&desk.texts, desk.locale) {
                eprintln!("greffier: {line}");
            }
            Err(Exit::Config)
        }
    }
}

fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("starting the runtime")
}

/// The language of messages in this terminal (locale(7)): the first of the three variables that is set counts.
fn terminal_locale(environment: &Environment) -> Option<Locale> {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|name| environment.get(*name))
        .find(|value| !value.is_empty())
        .and_then(|value| value.parse().ok())
}

/// `--lang`, looked up before the rest is read: help and mistakes are to be in that language as well.
fn asked_locale(typed: &[OsString]) -> Option<Locale> {
    let typed: Vec<&str> = typed.iter().filter_map(|word| word.to_str()).collect();
    let joined = typed.iter().find_map(|word| word.strip_prefix("--lang="));
    let apart = typed
        .windows(2)
        .find(|pair| pair[0] == "--lang")
        .map(|pair| pair[1]);
    joined.or(apart).and_then(|tag| tag.parse().ok())
}
