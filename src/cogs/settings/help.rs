//! `!help`: made from the commands themselves, in the reader's language.

use poise::serenity_prelude as serenity;

use crate::discord::{
    Answer, Audience, Command, Context, House, description, examples, locale, prefix, usage,
};
use crate::model::{GuildId, Locale, Refusal, Rejection, Text, nearest};
use crate::text;

/// A field holds 1024 characters (Discord's limit); a long category takes several.
const FIELD: usize = 1024;
/// The description of an embed holds 4096 characters (Discord's limit).
const DESCRIPTION: usize = 4096;
/// All embeds of a message hold 6000 characters (Discord's limit); this much is left to title and introduction.
const FIELDS: usize = 5500;
/// How many choices Discord takes while somebody types.
const CHOICES: usize = 25;

/// Shows the commands, or how one of them is used.
#[poise::command(prefix_command, slash_command, category = "settings")]
pub async fn help(
    ctx: Context<'_>,
    #[rest]
    #[autocomplete = "names"]
    command: Option<String>,
) -> Result<(), Rejection> {
    match command {
        Some(name) => one(ctx, &name).await,
        None => every(ctx).await,
    }
}

#[expect(
    clippy::unused_async,
    reason = "poise wants a future of whoever offers choices"
)]
async fn names(ctx: Context<'_>, typed: &str) -> serenity::CreateAutocompleteResponse {
    let typed = typed.to_lowercase();
    let mut names = Vec::new();
    for command in shown(&ctx.framework().options().commands) {
        collect(command, &mut names);
    }
    names.retain(|name| name.contains(&typed));
    names.truncate(CHOICES);
    let choices = names
        .into_iter()
        .map(|name| serenity::AutocompleteChoice::new(name.clone(), name));
    serenity::CreateAutocompleteResponse::new().set_choices(choices.collect())
}

fn collect(command: &Command, names: &mut Vec<String>) {
    names.push(command.qualified_name.to_string());
    for below in &command.subcommands {
        collect(below, names);
    }
}

/// What stands in context menus, Discord shows there.
fn shown(commands: &[Command]) -> impl Iterator<Item = &Command> {
    commands
        .iter()
        .filter(|command| command.context_menu_action.is_none())
}

async fn every(ctx: Context<'_>) -> Result<(), Rejection> {
    let reader = locale(ctx, Audience::Asker);
    let house = ctx.data();
    let prefix = house
        .preferences
        .prefix(ctx.guild_id().map(|guild| GuildId(guild.get())));
    let mut embed = serenity::CreateEmbed::new()
        .title(house.say(reader, &Text::new("help-title")))
        .description(house.say(reader, &text!("help-intro", prefix = prefix)));
    let described = |command: &Command| {
        let description = house.say(reader, &description(command));
        format!("`{}` — {description}", usage(house, ctx, command))
    };
    let mut fields = categories(ctx, reader, described);
    let long: usize = fields
        .iter()
        .map(|(name, value)| name.chars().count() + value.chars().count())
        .sum();
    if long > FIELDS {
        fields = categories(ctx, reader, |command| format!("`{}`", command.name));
    }
    for (name, value) in fields {
        embed = embed.field(name, value, false);
    }
    Answer::to(Audience::Asker).showing(embed).send(ctx).await
}

/// The commands by category, in the order of the cogs.
fn categories(
    ctx: Context<'_>,
    reader: Locale,
    line: impl Fn(&Command) -> String,
) -> Vec<(String, String)> {
    let house = ctx.data();
    let commands: Vec<&Command> = shown(&ctx.framework().options().commands).collect();
    let category_of = |command: &Command| command.category.clone().unwrap_or("others".into());
    let mut categories = Vec::new();
    for command in &commands {
        let category = category_of(command);
        if !categories.contains(&category) {
            categories.push(category);
        }
    }
    let mut fields = Vec::new();
    for category in categories {
        let within = commands
            .iter()
            .filter(|command| category_of(command) == category);
        let lines: Vec<String> = within.map(|command| line(command)).collect();
        let mut name = Text::keyed(format!("help-category-{category}"));
        for part in chunks(&lines, FIELD) {
            fields.push((house.say(reader, &name), part));
            name = text!(
                "help-category-continued",
                category = Text::keyed(format!("help-category-{category}"))
            );
        }
    }
    fields
}

async fn one(ctx: Context<'_>, name: &str) -> Result<(), Rejection> {
    let commands = &ctx.framework().options().commands;
    let wanted = name
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    let Some(command) = find(commands, &wanted) else {
        return Err(unknown(ctx.data(), ctx, commands, &wanted).into());
    };
    if command.subcommands.is_empty() {
        let words = leaf(ctx, command);
        Answer::to(Audience::Asker).saying(words).send(ctx).await
    } else {
        let embed = group(ctx, command);
        Answer::to(Audience::Asker).showing(embed).send(ctx).await
    }
}

fn line(ctx: Context<'_>, command: &Command) -> String {
    let (house, reader) = (ctx.data(), locale(ctx, Audience::Asker));
    let text = text!(
        "help-command",
        usage = usage(house, ctx, command),
        description = description(command)
    );
    house.say(reader, &text)
}

/// How a command is typed, and examples of it.
fn leaf(ctx: Context<'_>, command: &Command) -> String {
    let (house, reader) = (ctx.data(), locale(ctx, Audience::Asker));
    let before = prefix(house, ctx);
    let examples = examples(&house.texts, reader, command).into_iter();
    let examples = examples.map(|example| match (ctx, example.typed) {
        (poise::Context::Prefix(_), Some(typed)) => format!("`{before}{typed}`"),
        _ => format!("`/{}`", example.chosen),
    });
    let examples: Vec<String> = examples.collect();
    if examples.is_empty() {
        return line(ctx, command);
    }
    let title = house.say(reader, &Text::new("help-examples"));
    format!("{}\n{title}\n{}", line(ctx, command), examples.join("\n"))
}

/// What a group of commands consists of, with the groups in it.
fn group(ctx: Context<'_>, command: &Command) -> serenity::CreateEmbed {
    let (house, reader) = (ctx.data(), locale(ctx, Audience::Asker));
    let mut lines = Vec::new();
    for below in &command.subcommands {
        match below.subcommands.as_slice() {
            [] => lines.push(line(ctx, below)),
            within => lines.extend(within.iter().map(|command| line(ctx, command))),
        }
    }
    let words = chunks(&lines, DESCRIPTION).into_iter().next();
    let more = text!(
        "help-group",
        prefix = prefix(house, ctx),
        command = first_of(command)
    );
    serenity::CreateEmbed::new()
        .title(house.say(reader, &description(command)))
        .description(words.unwrap_or_default())
        .footer(serenity::CreateEmbedFooter::new(house.say(reader, &more)))
}

/// The first command of a group, to show how one asks for more.
fn first_of(group: &Command) -> &str {
    let first = group.subcommands.first();
    first.map_or(&group.qualified_name, |command| &command.qualified_name)
}

/// The command so called, or its subcommand: `rolemenu add`.
fn find<'a>(commands: &'a [Command], wanted: &str) -> Option<&'a Command> {
    let mut words = wanted.split_whitespace();
    let first = words.next()?;
    let is_called = |command: &Command, word| {
        command.name == word || command.aliases.iter().any(|alias| alias == word)
    };
    let found = shown(commands).find(|command| is_called(command, first))?;
    words.try_fold(found, |command, word| {
        let mut below = command.subcommands.iter();
        below.find(|command| is_called(command, word))
    })
}

fn unknown(house: &House, ctx: Context<'_>, commands: &[Command], wanted: &str) -> Refusal {
    let names = shown(commands).map(|command| command.name.as_ref());
    let refusal = match nearest(wanted, names) {
        Some(nearest) => text!(
            "refused-unknown-command-near",
            typed = wanted,
            nearest = nearest
        ),
        None => text!(
            "refused-unknown-command",
            typed = wanted,
            prefix = prefix(house, ctx)
        ),
    };
    refusal.into()
}

/// Joins lines into parts of at most `limit` characters.
fn chunks(lines: &[String], limit: usize) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for line in lines {
        match parts.last_mut() {
            Some(part) if part.chars().count() + 1 + line.chars().count() <= limit => {
                part.push('\n');
                part.push_str(line);
            }
            _ => parts.push(line.chars().take(limit).collect()),
        }
    }
    parts
}
