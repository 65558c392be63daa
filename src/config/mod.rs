//! `config.toml` and the environment, read into a [`Config`]; and where the token comes from.
//!
//! Every mistake is found at once and named with its file, line, key and the nearest right one. What a
//! guild decides for itself (its prefix, its log channel) is not here but in the settings cog.

mod keys;
mod mistake;
mod read;
mod token;
mod value;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::NaiveTime;

use crate::model::{Locale, Text};

pub use keys::{Key, keys};
pub use mistake::{Mistake, Mistakes, Place};
pub use token::token;
pub(crate) use token::token_file;

/// Variables of the environment by name. Passed in, so that a test need not change its own process.
pub type Environment = BTreeMap<String, String>;

/// The environment of this process; a variable that is not UTF-8 is kept with replacement characters.
pub fn environment() -> Environment {
    std::env::vars_os()
        .map(|(name, value)| {
            (
                name.to_string_lossy().into_owned(),
                value.to_string_lossy().into_owned(),
            )
        })
        .collect()
}

/// All that `config.toml` and the environment decide, complete and checked. Holds no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Language of the log, and of a guild that has not chosen one.
    pub locale: Locale,
    /// The zone in which the two times of day are meant.
    pub timezone: chrono_tz::Tz,
    /// Prefix of text commands where a guild has not chosen one: 1 to 5 characters.
    pub prefix: String,
    /// How many commands and buttons a member may use within 10 seconds. 0: as many as they like.
    pub member_pace: u32,
    /// Discord ids of the bot's owners. Empty: the application's owner or team.
    pub owners: Vec<u64>,
    /// Time between two full saves to `paths.data`.
    pub auto_save_interval: Duration,
    /// Time between two fsyncs of the journal's mirror.
    pub mirror_sync_interval: Duration,
    /// Archives older than this many days are pruned.
    pub backup_retention_days: u32,
    /// Whether an archive is made each day at `daily_backup_time`.
    pub daily_backup_enabled: bool,
    /// Local time of the daily archive.
    pub daily_backup_time: NaiveTime,
    /// Local time of the pruning of old archives.
    pub cleanup_time: NaiveTime,
    /// Where the records are kept.
    pub paths: Paths,
    /// How Discord is reached.
    pub discord: Discord,
    /// Which files of messages are kept.
    pub attachments: Attachments,
    /// Who hears that all is well.
    pub alerts: Alerts,
    /// How the log is written.
    pub log: Log,
    /// The file that was read, absolute; none when the built-in defaults stand.
    pub file: Option<PathBuf>,
}

/// The two folders, absolute once loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// Database, journal mirror and hourly saves.
    pub data: PathBuf,
    /// Archives.
    pub backups: PathBuf,
}

/// How Discord is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discord {
    /// Base address of the HTTP API, without `/api/v10`; none: Discord itself.
    pub api_url: Option<String>,
    /// A file that holds the bot's token; none: see [`token()`].
    pub token_file: Option<PathBuf>,
}

/// Which files that come with tickets' messages are kept, in `blobs/` below `paths.data`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachments {
    /// Bytes that one file may have.
    pub largest: u64,
    /// Bytes that all of them may have together.
    pub quota: u64,
    /// Media types; `image/*` stands for all that begin so.
    pub types: Vec<String>,
}

/// Who hears that all is well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alerts {
    /// The address that is asked after each proven nightly archive.
    pub ping_url: Option<SecretAddress>,
}

/// An address that is a secret itself; `Debug` does not print it.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretAddress(String);

impl SecretAddress {
    /// The address, for whoever asks it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for SecretAddress {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("SecretAddress { .. }")
    }
}

/// How the log is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// The shape of a line.
    pub format: LogFormat,
}

/// The shape of a log line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// [`LogFormat::Text`], fitted to where it goes: a terminal, the journal of systemd, a file.
    Auto,
    /// One sentence a line, for people.
    Text,
    /// One JSON object a line, for programs.
    Json,
}

/// A [`Config`] and what should be said about it.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The configuration.
    pub config: Config,
    /// Sentences for the log: nothing that stops the program (an unknown `GREFFIER_` variable).
    pub warnings: Vec<Text>,
}

impl Config {
    /// What holds when nothing is configured, with folders relative to `folder`.
    pub fn defaults(folder: &Path) -> Self {
        Self {
            locale: Locale::Fr,
            timezone: chrono_tz::Europe::Paris,
            prefix: "!".to_owned(),
            member_pace: 10,
            owners: Vec::new(),
            auto_save_interval: Duration::from_secs(3600),
            mirror_sync_interval: Duration::from_secs(30),
            backup_retention_days: 7,
            daily_backup_enabled: true,
            daily_backup_time: o_clock(3),
            cleanup_time: o_clock(4),
            paths: Paths {
                data: folder.join("data"),
                backups: folder.join("backups"),
            },
            discord: Discord {
                api_url: None,
                token_file: None,
            },
            attachments: Attachments {
                largest: 25 * 1024 * 1024,
                quota: 2048 * 1024 * 1024,
                types: ["image/*", "video/*", "audio/*", "text/*", "application/*"]
                    .map(str::to_owned)
                    .to_vec(),
            },
            alerts: Alerts { ping_url: None },
            log: Log {
                format: LogFormat::Auto,
            },
            file: None,
        }
    }

    /// Reads `file`, or without one `config.toml` in `folder` where it exists, then the environment.
    ///
    /// # Errors
    /// Every mistake in the file and in the environment, at once.
    pub fn load(
        file: Option<&Path>,
        folder: &Path,
        environment: &Environment,
    ) -> Result<Loaded, Mistakes> {
        read::load(file, folder, environment)
    }
}

fn o_clock(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 0, 0).expect("the hour is one of ours")
}
