//! What can be typed after `greffier`. The words that explain it are texts (`cli-…`), put in by `help`.

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
    Run,
    /// The link that adds the bot to a guild.
    Invite,
    /// What is wrong with configuration and data.
    Check {
        /// Also ask Discord.
        #[arg(long)]
        online: bool,
        #[arg(long)]
        json: bool,
    },
}

fn locale(tag: &str) -> Result<Locale, crate::model::UnknownLocale> {
    tag.parse()
}
