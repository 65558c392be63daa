//! `greffier try`: a local Discord with the bot in it, at a prompt, without a token.
//!
//! This process holds the local Discord and the prompt; the bot is a process of its own, the same that
//! `greffier run` starts, so that it can be killed and come back. Nothing here knows the bot's inside: only its
//! log, its control socket and what becomes visible in Discord.

mod bot;
mod greeting;
pub mod hands;
mod input;
pub mod line;
mod mistyped;
mod posted;
mod restore;
mod screen;
mod session;
mod stamps;
mod watching;
mod wording;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use tokio::net::TcpListener;

pub use mistyped::Mistyped;

use self::bot::Setting;
use self::input::Input;
use self::screen::Screen;
use self::session::{Session, make_private};
use crate::i18n::Texts;
use crate::model::{Locale, Text};
use crate::sandbox::{Options as SandboxOptions, Sandbox, Trouble};
use crate::text;

/// The people of the local Discord, from the most to the least powerful.
pub const PEOPLE: [&str; 5] = ["olive", "adam", "mia", "sam", "lea"];
/// The bot's name there.
const BOT: &str = "Greffier";
/// The event of the bot's log that says that it serves.
const READY: &str = "ready";

/// Why something can't be done, in words for whoever tries.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.key)]
pub struct Said(pub Text);

/// Why a line could not be carried out.
#[derive(Debug)]
enum Hindrance {
    /// Discord is in the way.
    Discord(Trouble),
    /// Something else is.
    Here(Said),
}

impl From<Trouble> for Hindrance {
    fn from(trouble: Trouble) -> Self {
        Self::Discord(trouble)
    }
}

impl From<Said> for Hindrance {
    fn from(said: Said) -> Self {
        Self::Here(said)
    }
}

/// A file that somebody named can't be read. Most often it is not there, which the system says in English only.
fn unreadable(path: &Path, error: &std::io::Error) -> Said {
    let path = path.display().to_string();
    Said(match error.kind() {
        std::io::ErrorKind::NotFound => text!("try-no-file", path = path),
        _ => text!("try-unreadable-file", path = path, why = error.to_string()),
    })
}

/// How to try.
pub struct Options {
    /// Words.
    pub texts: Arc<Texts>,
    /// The language of the prompt, the guild and the bot.
    pub locale: Locale,
    /// The zone in which times are shown.
    pub zone: chrono_tz::Tz,
    /// What text commands begin with.
    pub prefix: String,
    /// The configuration file that the bot reads.
    pub config: Option<PathBuf>,
    /// Lines to carry out instead of a prompt.
    pub script: Option<PathBuf>,
    /// Where to keep the records; none: in a folder that goes away.
    pub data: Option<PathBuf>,
    /// Where to keep the archives; none: likewise.
    pub backups: Option<PathBuf>,
}

/// Opens the local Discord, starts the bot in it, and carries out lines until they end. True when each one
/// could be carried out.
///
/// # Errors
/// When the bot, the script or the prompt can't be started.
pub async fn try_out(options: Options) -> anyhow::Result<bool> {
    let (input, typing) = Input::open(options.script.as_deref())?;
    let scratch = Scratch::new()?;
    let here = std::env::current_dir().context("finding the current folder")?;
    let place = |given: Option<PathBuf>, name: &str| match given {
        Some(folder) => here.join(folder),
        None => scratch.0.join(name),
    };
    let (data, backups) = (
        place(options.data, "data"),
        place(options.backups, "backups"),
    );
    make_private(&data)?;
    make_private(&backups)?;
    let listener = TcpListener::bind("127.0.0.1:0")
        .await
        .context("opening the local Discord")?;
    let language = match options.locale {
        Locale::Fr => "fr",
        Locale::En => "en-US",
    };
    let sandbox = Sandbox::start(
        listener,
        SandboxOptions {
            guild_locale: language.to_owned(),
            member_locale: language.to_owned(),
            ..SandboxOptions::default()
        },
    )
    .await
    .context("opening the local Discord")?;
    let setting = Setting {
        program: std::env::current_exe().context("finding this program")?,
        config: options.config,
        folder: scratch.0.clone(),
        data,
        backups,
        api_url: sandbox.api_url(),
        token: sandbox.bot_token(),
        locale: options.locale,
    };
    Session::new(
        options.texts,
        (options.locale, options.zone),
        options.prefix,
        sandbox,
        setting,
        Screen::new(typing),
    )
    .run(input)
    .await
}

/// A folder for this sitting; removed with all that is in it.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> anyhow::Result<Self> {
        let name = format!(
            "greffier-try-{}-{:08x}",
            std::process::id(),
            rand::random::<u32>()
        );
        let folder = std::env::temp_dir().join(name);
        make_private(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        remove(&self.0);
    }
}

fn remove(folder: &Path) {
    // What can't be removed stays in the system's folder for such things.
    let _ = std::fs::remove_dir_all(folder);
}
