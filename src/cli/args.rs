//! What can be typed after `greffier`. The words that explain it are texts (`cli-…`), put in by `help`.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::model::Locale;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "greffier", version, disable_help_subcommand = true)]
pub(crate) struct Args {
    /// The configuration file.
    #[arg(long, global = true, value_name = "PATH")]
    pub(crate) config: Option<PathBuf>,
    /// The language of what is printed.
    #[arg(long, global = true, value_name = "fr|en", value_parser = locale)]
    pub(crate) lang: Option<Locale>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// The bot.
    Run {
        /// Begin empty although there are archives.
        #[arg(long)]
        new: bool,
    },
    /// Bot and local Discord together, at a prompt.
    Try {
        #[arg(long, value_name = "FILE")]
        script: Option<PathBuf>,
        #[arg(long, value_name = "DIR")]
        data: Option<PathBuf>,
        #[arg(long, value_name = "DIR")]
        backups: Option<PathBuf>,
    },
    /// The link that adds the bot to a guild.
    Invite,
    /// The local Discord alone.
    Sandbox {
        #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
        listen: SocketAddr,
        /// A file to which every exchange is appended.
        #[arg(long, value_name = "FILE")]
        record: Option<PathBuf>,
    },
    /// A full save, now.
    Save {
        #[arg(long)]
        json: bool,
    },
    /// A full archive, now.
    Archive {
        #[arg(long)]
        json: bool,
    },
    /// The archives that there are.
    Archives {
        #[arg(long)]
        json: bool,
    },
    /// A look at each byte of archives.
    Verify {
        #[arg(value_name = "NAME")]
        name: Option<String>,
        #[arg(long, conflicts_with = "name")]
        all: bool,
        /// Restore them into a scratch database as well.
        #[arg(long)]
        prove: bool,
        #[arg(long)]
        json: bool,
    },
    /// What would change if an archive took the place of another state.
    Diff {
        #[arg(value_name = "NAME")]
        name: String,
        #[arg(value_name = "NAME|now", default_value = "now")]
        other: String,
        #[arg(long)]
        json: bool,
    },
    /// Bring an archive back, or the records of a moment.
    Restore {
        #[arg(value_name = "NAME", required_unless_present = "at")]
        name: Option<String>,
        #[arg(long, value_name = "WHEN", conflicts_with = "name")]
        at: Option<String>,
        #[arg(long)]
        dry_run: bool,
        #[arg(long)]
        json: bool,
    },
    /// Prune old archives, now.
    Prune {
        #[arg(long)]
        dry_run: bool,
        #[arg(long)]
        json: bool,
    },
    /// What is wrong with configuration and data.
    Check {
        /// Also ask Discord.
        #[arg(long)]
        online: bool,
        #[arg(long)]
        json: bool,
    },
    /// Changes from the journal.
    Journal {
        #[arg(long, value_name = "WHEN")]
        since: Option<String>,
        #[arg(long, value_name = "ID")]
        member: Option<u64>,
        #[arg(long, value_name = "N", default_value_t = 100)]
        limit: u32,
        #[arg(long)]
        json: bool,
    },
}

fn locale(tag: &str) -> Result<Locale, crate::model::UnknownLocale> {
    tag.parse()
}
