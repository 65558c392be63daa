//! `!settings` and `!setup`.

use poise::serenity_prelude as serenity;

use super::register::{self, GuildSettings};
use super::rules::{self, Changed};
use super::setup;
use super::values::{self, Name};
use crate::discord::{
    Answer, Audience, Command, Context, embed, here, locale, order, say, standing,
};
use crate::model::{GuildId, Post, Rejection, Standing, Text, nearest};
use crate::text;

/// The cog's commands, in the order of `!help`.
pub fn all() -> Vec<Command> {
    vec![settings(), setup_command(), super::help::help()]
}

#[poise::command(
    prefix_command,
    slash_command,
    guild_only,
    category = "settings",
    default_member_permissions = "ADMINISTRATOR"
)]
async fn settings(
    ctx: Context<'_>,
    setting: Option<Name>,
    #[rest] value: Option<String>,
) -> Result<(), Rejection> {
    let (guild, actor) = (here(ctx)?, administrator(ctx).await?);
    let Some(name) = setting else {
        // Words that name no setting are a mistake; no words at all ask for the list.
        return match value {
            Some(value) => Err(unknown_setting(ctx, &value).into()),
            None => show(ctx, guild, &Name::ALL).await,
        };
    };
    let Some(value) = value else {
        return show(ctx, guild, &[name]).await;
    };
    let setting = values::parse(name, &value)?;
    let changed = ctx
        .data()
        .store
        .write(order(ctx), move |tx| rules::set(tx, guild, &actor, setting))
        .await?
        .value;
    let settings = ctx
        .data()
        .store
        .read(move |reader| register::of(reader, guild))
        .await?;
    let value = shown(ctx, name, &settings);
    let text = match changed {
        Changed::Kept => text!("settings-kept", setting = name.label(), value = value),
        Changed::Unchanged => text!("settings-unchanged", setting = name.label(), value = value),
    };
    say(ctx, Audience::Everyone, &text).await
}

#[poise::command(
    prefix_command,
    slash_command,
    guild_only,
    rename = "setup",
    category = "settings",
    default_member_permissions = "ADMINISTRATOR"
)]
async fn setup_command(ctx: Context<'_>) -> Result<(), Rejection> {
    let guild = here(ctx)?;
    administrator(ctx).await?;
    let settings = ctx
        .data()
        .store
        .read(move |reader| register::of(reader, guild))
        .await?;
    let (post, components) =
        setup::form(ctx.data(), ctx.serenity_context(), guild, &settings).await?;
    Answer::to(Audience::Everyone)
        .showing(embed(ctx.data(), &post))
        .offering(components)
        .send(ctx)
        .await
}

async fn administrator(ctx: Context<'_>) -> Result<Standing, Rejection> {
    let guild = serenity::GuildId::new(here(ctx)?.0);
    let actor = standing(ctx.serenity_context(), guild, ctx.author()).await?;
    if actor.administers() {
        Ok(actor)
    } else {
        Err(rules::administrators_only().into())
    }
}

fn shown(ctx: Context<'_>, name: Name, settings: &GuildSettings) -> Text {
    values::show(
        name,
        settings,
        &ctx.data().config.prefix,
        ctx.data().config.locale,
    )
}

async fn show(ctx: Context<'_>, guild: GuildId, names: &[Name]) -> Result<(), Rejection> {
    let settings = ctx
        .data()
        .store
        .read(move |reader| register::of(reader, guild))
        .await?;
    let reader = locale(ctx, Audience::Everyone);
    let fields = names.iter().map(|name| {
        let title = text!(
            "settings-field",
            label = name.label(),
            name = poise::ChoiceParameter::name(name)
        );
        (title, shown(ctx, *name, &settings))
    });
    let prefix = ctx.data().preferences.prefix(Some(guild));
    let post = Post::new(reader, Text::new("settings-title"))
        .saying(text!("settings-how", prefix = prefix))
        .listing(fields);
    Answer::to(Audience::Everyone)
        .showing(embed(ctx.data(), &post))
        .send(ctx)
        .await
}

fn unknown_setting(ctx: Context<'_>, typed: &str) -> crate::model::Refusal {
    let word = typed.split_whitespace().next().unwrap_or_default();
    let prefix = ctx
        .data()
        .preferences
        .prefix(ctx.guild_id().map(|guild| GuildId(guild.get())));
    let names = Name::ALL.iter().map(poise::ChoiceParameter::name);
    let refusal = match nearest(word, names) {
        Some(nearest) => text!(
            "refused-unknown-setting-near",
            typed = word,
            nearest = nearest,
            prefix = prefix
        ),
        None => text!("refused-unknown-setting", typed = word, prefix = prefix),
    };
    refusal.into()
}
