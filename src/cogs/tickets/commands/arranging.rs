//! What administrators type to set tickets up; `ticket_setup` does the same with menus.

use poise::serenity_prelude as serenity;

use super::offers::{category_keys, panels, reply_names};
use crate::cogs::tickets::arranging::{self as rules, Draft};
use crate::cogs::tickets::category::{Category, Look};
use crate::cogs::tickets::choosing::Choosing;
use crate::cogs::tickets::register;
use crate::discord::{Answer, Audience, Context, embed, here, locale, order, say, scene};
use crate::model::{ChannelId, Post, Rejection, Text};
use crate::text;

#[poise::command(
    prefix_command,
    slash_command,
    guild_only,
    category = "tickets",
    subcommand_required,
    subcommands("make", "change", "drop", "show")
)]
pub(super) async fn category(_: Context<'_>) -> Result<(), Rejection> {
    Ok(())
}

#[poise::command(
    prefix_command,
    slash_command,
    guild_only,
    rename = "add",
    category = "tickets"
)]
async fn make(ctx: Context<'_>, #[rest] name: String) -> Result<(), Rejection> {
    let (guild, actor) = (here(ctx)?, scene(ctx).await?.actor);
    let key = ctx
        .data()
        .store
        .write(order(ctx), move |tx| {
            rules::add_category(tx, guild, &actor, &name)
        })
        .await?
        .value;
    say(
        ctx,
        Audience::Everyone,
        &text!("tickets-category-added", key = key),
    )
    .await
}

#[poise::command(
    prefix_command,
    slash_command,
    guild_only,
    rename = "set",
    category = "tickets"
)]
async fn change(
    ctx: Context<'_>,
    #[autocomplete = "category_keys"] category: String,
    setting: String,
    #[rest] value: String,
) -> Result<(), Rejection> {
    let (guild, actor) = (here(ctx)?, scene(ctx).await?.actor);
    let key = category.to_lowercase();
    let choosing = Choosing::Typed(setting.to_lowercase(), value);
    let after = ctx
        .data()
        .store
        .write(order(ctx), move |tx| {
            rules::set_category(tx, guild, &actor, &key, choosing)
        })
        .await?
        .value;
    let post = described(&after, locale(ctx, Audience::Everyone));
    Answer::to(Audience::Everyone)
        .showing(embed(ctx.data(), &post))
        .send(ctx)
        .await
}

#[poise::command(
    prefix_command,
    slash_command,
    guild_only,
    rename = "remove",
    category = "tickets"
)]
async fn drop(
    ctx: Context<'_>,
    #[autocomplete = "category_keys"] category: String,
) -> Result<(), Rejection> {
    let (guild, actor) = (here(ctx)?, scene(ctx).await?.actor);
    let key = category.to_lowercase();
    let removed = key.clone();
    ctx.data()
        .store
        .write(order(ctx), move |tx| {
            rules::remove_category(tx, guild, &actor, &removed)
        })
        .await?;
    say(
        ctx,
        Audience::Everyone,
        &text!("tickets-category-removed", key = key),
    )
    .await
}

#[poise::command(
    prefix_command,
    slash_command,
    guild_only,
    rename = "list",
    category = "tickets"
)]
async fn show(ctx: Context<'_>) -> Result<(), Rejection> {
    let guild = here(ctx)?;
    let known = ctx
        .data()
        .store
        .read(move |reader| register::categories(reader, guild))
        .await?;
    let title = text!("tickets-categories", count = known.len());
    let lines = known.iter().map(|category| {
        let about = match category.about.is_empty() {
            true => "—".to_owned(),
            false => category.about.clone(),
        };
        (
            Text::verbatim(format!("{} ({})", category.name, category.key)),
            Text::verbatim(about),
        )
    });
    let post = Post::new(locale(ctx, Audience::Everyone), title).listing(lines);
    Answer::to(Audience::Everyone)
        .showing(embed(ctx.data(), &post))
        .send(ctx)
        .await
}

/// A category with all that is decided about it.
pub(in crate::cogs::tickets) fn described(
    category: &Category,
    locale: crate::model::Locale,
) -> Post {
    let title = text!(
        "tickets-category-title",
        name = category.name.as_str(),
        key = category.key.as_str()
    );
    let lines = category.shown().into_iter().map(|(name, value)| {
        let value = match value.is_empty() {
            true => "—".to_owned(),
            false => value.chars().take(300).collect(),
        };
        (
            Text::keyed(format!("ticket-setting-{}", name.replace('_', "-"))),
            Text::verbatim(value),
        )
    });
    Post::new(locale, title).listing(lines)
}

#[poise::command(
    prefix_command,
    slash_command,
    guild_only,
    category = "tickets",
    subcommand_required,
    subcommands("post_panel", "drop_panel")
)]
pub(super) async fn panel(_: Context<'_>) -> Result<(), Rejection> {
    Ok(())
}

#[poise::command(
    prefix_command,
    slash_command,
    guild_only,
    rename = "post",
    category = "tickets"
)]
async fn post_panel(
    ctx: Context<'_>,
    channel: Option<serenity::GuildChannel>,
    look: Option<Shape>,
    #[rest] words: Option<String>,
) -> Result<(), Rejection> {
    let (guild, actor) = (here(ctx)?, scene(ctx).await?.actor);
    let here = channel.map_or(ctx.channel_id(), |channel| channel.id);
    let (title, words) = match words.as_deref().and_then(|words| words.split_once('|')) {
        Some((title, words)) => (Some(title.trim().to_owned()), Some(words.trim().to_owned())),
        None => (None, words),
    };
    let draft = Draft {
        channel: ChannelId(here.get()),
        title,
        words,
        look: match look {
            Some(Shape::Menu) => Look::Menu,
            _ => Look::Buttons,
        },
        categories: Vec::new(),
    };
    let locale = ctx.data().config.locale;
    let number = ctx
        .data()
        .store
        .write(order(ctx), move |tx| {
            rules::post_panel(tx, guild, &actor, draft, locale)
        })
        .await?
        .value;
    say(
        ctx,
        Audience::Asker,
        &text!("tickets-panel-posted", number = number),
    )
    .await
}

/// How a panel offers its categories, as it is typed.
#[derive(Clone, Copy, poise::ChoiceParameter)]
pub(super) enum Shape {
    #[name = "buttons"]
    #[name = "boutons"]
    #[name_localized("fr", "boutons")]
    Buttons,
    #[name = "menu"]
    Menu,
}

#[poise::command(
    prefix_command,
    slash_command,
    guild_only,
    rename = "remove",
    category = "tickets"
)]
async fn drop_panel(
    ctx: Context<'_>,
    #[min = 1]
    #[autocomplete = "panels"]
    number: u32,
) -> Result<(), Rejection> {
    let (guild, actor) = (here(ctx)?, scene(ctx).await?.actor);
    ctx.data()
        .store
        .write(order(ctx), move |tx| {
            rules::remove_panel(tx, guild, &actor, number)
        })
        .await?;
    say(
        ctx,
        Audience::Everyone,
        &text!("tickets-panel-removed", number = number),
    )
    .await
}

#[poise::command(
    prefix_command,
    slash_command,
    guild_only,
    category = "tickets",
    subcommand_required,
    subcommands("prepare", "forget", "prepared")
)]
pub(super) async fn canned(_: Context<'_>) -> Result<(), Rejection> {
    Ok(())
}

#[poise::command(
    prefix_command,
    slash_command,
    guild_only,
    rename = "set",
    category = "tickets"
)]
async fn prepare(ctx: Context<'_>, name: String, #[rest] words: String) -> Result<(), Rejection> {
    keep_reply(ctx, name, Some(words)).await
}

#[poise::command(
    prefix_command,
    slash_command,
    guild_only,
    rename = "remove",
    category = "tickets"
)]
async fn forget(
    ctx: Context<'_>,
    #[autocomplete = "reply_names"] name: String,
) -> Result<(), Rejection> {
    keep_reply(ctx, name, None).await
}

async fn keep_reply(
    ctx: Context<'_>,
    name: String,
    words: Option<String>,
) -> Result<(), Rejection> {
    let (guild, actor) = (here(ctx)?, scene(ctx).await?.actor);
    let text = match words {
        Some(_) => text!("tickets-canned-set", name = rules::key_of(&name)),
        None => text!("tickets-canned-removed", name = rules::key_of(&name)),
    };
    ctx.data()
        .store
        .write(order(ctx), move |tx| {
            rules::set_reply(tx, guild, &actor, &name, words.as_deref())
        })
        .await?;
    say(ctx, Audience::Everyone, &text).await
}

#[poise::command(
    prefix_command,
    slash_command,
    guild_only,
    rename = "list",
    category = "tickets"
)]
async fn prepared(ctx: Context<'_>) -> Result<(), Rejection> {
    let guild = here(ctx)?;
    let known = ctx
        .data()
        .store
        .read(move |reader| register::replies(reader, guild))
        .await?;
    let title = text!("tickets-canned-list", count = known.len());
    let lines = known.iter().take(25).map(|reply| {
        let words: String = reply.content.chars().take(150).collect();
        (Text::verbatim(&reply.name), Text::verbatim(words))
    });
    let post = Post::new(locale(ctx, Audience::Asker), title).listing(lines);
    Answer::to(Audience::Asker)
        .showing(embed(ctx.data(), &post))
        .send(ctx)
        .await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "tickets")]
pub(super) async fn desk(
    ctx: Context<'_>,
    setting: String,
    #[rest] value: String,
) -> Result<(), Rejection> {
    let (guild, actor) = (here(ctx)?, scene(ctx).await?.actor);
    let desk = ctx
        .data()
        .store
        .write(order(ctx), move |tx| {
            rules::set_desk(tx, guild, &actor, &setting.to_lowercase(), value.trim())
        })
        .await?
        .value;
    let text = text!(
        "tickets-desk",
        transcripts = desk
            .transcripts
            .map_or_else(|| "—".to_owned(), ChannelId::mention),
        zone = desk
            .zone
            .unwrap_or_else(|| ctx.data().config.timezone.name().to_owned())
    );
    say(ctx, Audience::Everyone, &text).await
}
