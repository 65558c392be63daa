//! Commands as Discord and `!help` show them: descriptions from the locales, published when they changed.

use anyhow::{Context as _, Result};
use poise::serenity_prelude as serenity;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{Audience, Command, Context, House, locale, patiently};
use crate::i18n::Texts;
use crate::model::{GuildId, Locale, Text};

/// Discord's names for the languages we speak; it has no plain `en`.
const DISCORD_LOCALES: [(&str, Locale); 3] = [
    ("fr", Locale::Fr),
    ("en-US", Locale::En),
    ("en-GB", Locale::En),
];
/// Where the checksum of the published commands is remembered.
const PUBLISHED: &str = "commands_published";

/// Fills in each command's description and parameters, in every language, from `cmd-<name>`.
pub fn localise(commands: &mut [Command], texts: &Texts, default: Locale) {
    for command in commands {
        let key = key(command);
        let describe =
            |locale: Locale, part: &str| texts.text(locale, &Text::keyed(format!("{key}{part}")));
        let everywhere = |part: &str| {
            DISCORD_LOCALES
                .iter()
                .map(|(tag, locale)| ((*tag).into(), describe(*locale, part).into()))
                .collect()
        };
        command.description = Some(describe(default, "").into());
        command.description_localizations = everywhere("");
        for parameter in &mut command.parameters {
            let part = format!(".{}", parameter.name.replace('_', "-"));
            parameter.description = Some(describe(default, &part).into());
            parameter.description_localizations = everywhere(&part);
        }
        localise(&mut command.subcommands, texts, default);
    }
}

/// The Fluent message of a command: `cmd-backup-status`.
fn key(command: &Command) -> String {
    format!("cmd-{}", command.qualified_name.replace([' ', '_'], "-"))
}

/// What stands before a command's name where the reader is.
pub fn prefix(house: &House, ctx: Context<'_>) -> String {
    match ctx {
        poise::Context::Prefix(_) => house
            .preferences
            .prefix(ctx.guild_id().map(|guild| GuildId(guild.get()))),
        poise::Context::Application(_) => "/".to_owned(),
    }
}

/// How a command is typed, in the reader's language: `!warn @member [points] reason`.
pub fn usage(house: &House, ctx: Context<'_>, command: &Command) -> String {
    let reader = locale(ctx, Audience::Asker);
    let prefix = prefix(house, ctx);
    let parameters = if command.parameters.is_empty() {
        String::new()
    } else {
        format!(
            " {}",
            house.say(reader, &Text::keyed(format!("{}.usage", key(command))))
        )
    };
    format!("{prefix}{}{parameters}", command.qualified_name)
}

/// A command as somebody might use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// As a message, without the prefix: `warn @sam 2 spam`; nothing where a message won't do.
    pub typed: Option<String>,
    /// As a slash command, without the slash: `warn member:@sam points:2 reason:spam`.
    pub chosen: String,
}

/// Examples of a command: `cmd-<name>.example`, a line each, as options in the order in which a message has them; where
/// a message says it otherwise, that is `cmd-<name>.typed`, and where it won't do, `/`. One without parameters is its own example.
pub fn examples(texts: &Texts, reader: Locale, command: &Command) -> Vec<Example> {
    let name = &command.qualified_name;
    if command.parameters.is_empty() {
        return vec![Example {
            typed: Some(name.to_string()),
            chosen: name.to_string(),
        }];
    }
    let part =
        |part: &str| texts.try_text(reader, &Text::keyed(format!("{}.{part}", key(command))));
    let chosen = part("example").unwrap_or_default();
    let chosen: Vec<&str> = chosen.lines().collect();
    let typed = part("typed");
    let typed: Vec<String> = match &typed {
        Some(typed) => typed.lines().map(str::to_owned).collect(),
        None => chosen
            .iter()
            .map(|line| as_message(command, line))
            .collect(),
    };
    let pairs = typed.iter().zip(chosen);
    pairs
        .map(|(typed, chosen)| Example {
            typed: (typed != "/").then(|| format!("{name} {typed}")),
            chosen: format!("{name} {chosen}"),
        })
        .collect()
}

/// `member:@sam points:2` without the names of the command's options.
fn as_message(command: &Command, options: &str) -> String {
    let words = options.split(' ').map(|word| match word.split_once(':') {
        Some((name, value)) if command.parameters.iter().any(|known| known.name == name) => value,
        _ => word,
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Publishes the slash commands if they differ from what was published last: Discord allows 200 creations a day.
pub async fn publish(house: &House, http: &serenity::Http, commands: &[Command]) -> Result<()> {
    let application = http
        .application_id()
        .context("the application's id is not known yet")?;
    let definitions = definitions(house, commands);
    let text =
        serde_json::to_string(&json!({ "application": application, "commands": definitions }))?;
    let checksum = Sha256::digest(&text)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect::<String>();
    let published = house.store.read(|reader| reader.note(PUBLISHED)).await?;
    if published.as_deref() == Some(&checksum) {
        return Ok(());
    }
    patiently(|| http.create_global_commands(&definitions))
        .await
        .context("publishing the slash commands")?;
    tracing::info!(event = "commands_published", count = definitions.len());
    house
        .store
        .operate(move |operations| operations.set_note(PUBLISHED, Some(&checksum)))
        .await
}

/// As Discord takes them: slash commands, and those of context menus with their names in every language.
fn definitions(house: &House, commands: &[Command]) -> Vec<serenity::CreateCommand> {
    let slash = commands.iter().filter_map(Command::create_as_slash_command);
    let menus = commands.iter().filter_map(|command| {
        let menu = command.create_as_context_menu_command()?;
        let name = Text::keyed(format!("{}.menu", key(command)));
        let names = DISCORD_LOCALES.iter().filter_map(|(tag, locale)| {
            let name = house.texts.try_text(*locale, &name)?;
            Some((*tag, name))
        });
        Some(names.fold(menu, |menu, (tag, name)| menu.name_localized(tag, name)))
    });
    slash.chain(menus).collect()
}

/// The sentence that describes a command.
pub fn description(command: &Command) -> Text {
    Text::keyed(key(command))
}
