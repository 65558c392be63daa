//! clap's help and errors in the reader's language.

use std::ffi::OsString;

use clap::builder::{StyledStr, styling};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory as _, FromArgMatches as _};

use super::args::Args;
use crate::i18n::Texts;
use crate::model::{Locale, Text};
use crate::text;

/// What was typed, or the text to print instead and whether it is an error.
pub(crate) enum Typed {
    /// Something to do.
    Args(Box<Args>),
    /// Help or the version.
    Shown(StyledStr),
    /// A mistake, in words.
    Wrong(String),
}

/// Reads the command line.
pub(crate) fn read(texts: &Texts, locale: Locale, typed: Vec<OsString>) -> Typed {
    let mut command = translated(Args::command(), texts, locale);
    let error = match command.try_get_matches_from_mut(typed) {
        Ok(matches) => match Args::from_arg_matches(&matches) {
            Ok(args) => return Typed::Args(Box::new(args)),
            Err(error) => error,
        },
        Err(error) => error,
    };
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Typed::Shown(error.render()),
        _ => Typed::Wrong(mistake(&error, texts, locale)),
    }
}

/// Puts the texts `cli-about`, `cli-<command>` and `cli-<command>-<option>` where clap shows them.
fn translated(command: Command, texts: &Texts, locale: Locale) -> Command {
    let usage = texts.get(locale, "cli-usage");
    let options = texts.get(locale, "cli-options");
    let commands = texts.get(locale, "cli-commands");
    let template = format!("{{about}}\n\n{usage} {{usage}}\n\n{{all-args}}");
    let globals = ["config", "lang"];
    command
        .about(texts.get(locale, "cli-about"))
        .help_template(&template)
        .subcommand_help_heading(commands)
        .subcommand_value_name(texts.get(locale, "cli-command"))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(
            flag("help", 'h', ArgAction::Help)
                .help(texts.get(locale, "cli-help"))
                .global(true),
        )
        .arg(flag("version", 'V', ArgAction::Version).help(texts.get(locale, "cli-version")))
        .mut_args(|arg| {
            let arg = arg.help_heading(options.clone());
            match globals.iter().find(|name| arg.get_id() == **name) {
                Some(name) => arg.help(word(texts, locale, format!("cli-opt-{name}"))),
                None => arg,
            }
        })
        .mut_subcommands(|command| {
            let name = command.get_name().to_owned();
            command
                .about(word(texts, locale, format!("cli-do-{name}")))
                .help_template(&template)
                .mut_args(|arg| {
                    let key = format!("cli-do-{name}-{}", arg.get_id().as_str().replace('_', "-"));
                    let help = match arg.get_id().as_str() {
                        "json" => texts.get(locale, "cli-json"),
                        _ => word(texts, locale, key),
                    };
                    arg.help(help).help_heading(options.clone())
                })
        })
        .styles(styling::Styles::plain())
}

fn flag(name: &'static str, short: char, action: ArgAction) -> Arg {
    Arg::new(name).short(short).long(name).action(action)
}

fn word(texts: &Texts, locale: Locale, key: String) -> String {
    texts.text(locale, &Text::keyed(key))
}

/// One sentence on what was mistyped, with the nearest right word where clap knows it.
fn mistake(error: &clap::Error, texts: &Texts, locale: Locale) -> String {
    let told = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(all)) => Some(all.join(", ")),
        _ => None,
    };
    let got = told(ContextKind::InvalidSubcommand)
        .or_else(|| told(ContextKind::InvalidArg))
        .unwrap_or_default();
    let what = match error.kind() {
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            text!("cli-wrong-no-command")
        }
        ErrorKind::InvalidSubcommand => text!("cli-wrong-command", got = got),
        ErrorKind::UnknownArgument => text!("cli-wrong-option", got = got),
        ErrorKind::MissingRequiredArgument => text!("cli-wrong-missing", got = got),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => text!(
            "cli-wrong-value",
            option = got,
            got = told(ContextKind::InvalidValue).unwrap_or_default(),
        ),
        // The rarer ones keep clap's English: better that than nothing.
        _ => text!("cli-wrong-other", why = error.to_string()),
    };
    let nearest = told(ContextKind::SuggestedSubcommand)
        .or_else(|| told(ContextKind::SuggestedArg))
        .map(|nearest| texts.text(locale, &text!("cli-wrong-nearest", nearest = nearest)));
    let mut said = texts.text(locale, &what);
    if let Some(nearest) = nearest {
        said.push(' ');
        said.push_str(&nearest);
    }
    said
}
