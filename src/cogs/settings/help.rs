//! `!help`: made from the commands themselves, in the reader's language.

use crate::discord::{Answer, Audience, Command, Context, House, description, locale, usage};
use crate::model::{GuildId, Refusal, Rejection, Text, nearest};
use crate::text;

/// Shows the commands, or how one of them is used.
#[poise::command(prefix_command, slash_command, category = "settings")]
pub async fn help(ctx: Context<'_>, #[rest] command: Option<String>) -> Result<(), Rejection> {
    match command {
        Some(name) => one(ctx, &name).await,
        None => every(ctx).await,
    }
}

async fn every(ctx: Context<'_>) -> Result<(), Rejection> {
    let reader = locale(ctx, Audience::Asker);
    let house = ctx.data();
    let prefix = house
        .preferences
        .prefix(ctx.guild_id().map(|guild| GuildId(guild.get())));
    let mut embed = poise::serenity_prelude::CreateEmbed::new()
        .title(house.say(reader, &Text::new("help-title")))
        .description(house.say(reader, &text!("help-intro", prefix = prefix)));
    // What stands in context menus, Discord shows there.
    let commands: Vec<&Command> = ctx
        .framework()
        .options()
        .commands
        .iter()
        .filter(|command| command.context_menu_action.is_none())
        .collect();
    let mut categories: Vec<&str> = Vec::new();
    for command in &commands {
        let category = command.category.as_deref().unwrap_or("others");
        if !categories.contains(&category) {
            categories.push(category);
        }
    }
    for category in categories {
        let lines: Vec<String> = commands
            .iter()
            .filter(|command| command.category.as_deref().unwrap_or("others") == category)
            .map(|command| {
                format!(
                    "`{}` — {}",
                    usage(house, ctx, command),
                    house.say(reader, &description(command))
                )
            })
            .collect();
        let name = house.say(reader, &Text::keyed(format!("help-category-{category}")));
        // A field holds 1024 characters (Discord's limit); a long category takes several.
        for part in chunks(&lines, 1024) {
            embed = embed.field(&name, part, false);
        }
    }
    Answer::to(Audience::Asker).showing(embed).send(ctx).await
}

/// What stands before a command's name where the reader is.
fn prefix(house: &House, ctx: Context<'_>) -> String {
    match ctx {
        poise::Context::Prefix(_) => house
            .preferences
            .prefix(ctx.guild_id().map(|guild| GuildId(guild.get()))),
        poise::Context::Application(_) => "/".to_owned(),
    }
}

async fn one(ctx: Context<'_>, name: &str) -> Result<(), Rejection> {
    let reader = locale(ctx, Audience::Asker);
    let commands = &ctx.framework().options().commands;
    let wanted = name
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    let Some(command) = find(commands, &wanted) else {
        return Err(unknown(ctx.data(), ctx, commands, &wanted).into());
    };
    let house = ctx.data();
    let lines = std::iter::once(command).chain(&command.subcommands);
    let lines: Vec<String> = lines
        .map(|command| {
            house.say(
                reader,
                &text!(
                    "help-command",
                    usage = usage(house, ctx, command),
                    description = description(command)
                ),
            )
        })
        .collect();
    // A message holds 2000 characters (Discord's limit).
    let words = chunks(&lines, 2000).into_iter().next().unwrap_or_default();
    Answer::to(Audience::Asker).saying(words).send(ctx).await
}

/// The command so called, or its subcommand: `rolemenu add`.
fn find<'a>(commands: &'a [Command], wanted: &str) -> Option<&'a Command> {
    let mut words = wanted.split_whitespace();
    let first = words.next()?;
    let found = commands.iter().find(|command| command.name == first)?;
    words.try_fold(found, |command, word| {
        let mut below = command.subcommands.iter();
        below.find(|command| command.name == word)
    })
}

fn unknown(house: &House, ctx: Context<'_>, commands: &[Command], wanted: &str) -> Refusal {
    let names = commands.iter().map(|command| command.name.as_ref());
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
