//! `!economy item`: what the shop sells.

use poise::serenity_prelude as serenity;

use super::choices_of;
use super::shop::on_sale;
use super::terms::{goes_on, length, limit, price as cost, read, roles_here, split_name};
use crate::cogs::economy::register::shop::Item;
use crate::cogs::economy::rules::shop::{self as rules, Limit, Terms};
use crate::discord::{Audience, Command, Context, here, order, say, scene};
use crate::model::{Refusal, Rejection, RoleId};
use crate::text;

#[poise::command(
    prefix_command,
    slash_command,
    guild_only,
    category = "economy",
    subcommands("add", "edit", "remove"),
    subcommand_required
)]
pub(super) async fn item(_: Context<'_>) -> Result<(), Rejection> {
    Ok(())
}

/// Discord's clients have a field for each term; in a message they are `key:value` words.
fn add() -> Command {
    Command {
        prefix_action: add_by_message().prefix_action,
        ..add_by_slash()
    }
}

fn edit() -> Command {
    Command {
        prefix_action: edit_by_message().prefix_action,
        ..edit_by_slash()
    }
}

#[poise::command(slash_command, guild_only, rename = "add", category = "economy")]
#[expect(
    clippy::too_many_arguments,
    reason = "each is a field in Discord's client"
)]
async fn add_by_slash(
    ctx: Context<'_>,
    name: String,
    price: String,
    description: Option<String>,
    role: Option<serenity::Role>,
    duration: Option<String>,
    #[min = 0] stock: Option<u32>,
    #[min = 1] limit: Option<u32>,
) -> Result<(), Rejection> {
    let terms = Terms {
        description,
        role: role.map(|role| RoleId(role.id.get())),
        duration: duration.as_deref().map(time).transpose()?,
        stock: stock.map(Limit::Of),
        most: limit.map(Limit::Of),
        ..Terms::default()
    };
    add_item(ctx, name, cost(&price)?, terms).await
}

#[poise::command(prefix_command, guild_only)]
async fn add_by_message(ctx: Context<'_>, #[rest] item: String) -> Result<(), Rejection> {
    let (name, rest) = split_name(&item);
    let (first, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    if goes_on(rest) {
        return Err(Refusal::new("refused-spaced-amount").into());
    }
    add_item(ctx, name, cost(first)?, read(rest)?).await
}

async fn add_item(
    ctx: Context<'_>,
    name: String,
    price: i64,
    terms: Terms,
) -> Result<(), Rejection> {
    let (scene, roles) = (scene(ctx).await?, roles_here(ctx)?);
    let item = ctx
        .data()
        .store
        .write(order(ctx), move |tx| {
            rules::add(tx, &scene, &roles, &name, price, terms)
        })
        .await?
        .value;
    say_item(ctx, item, "economy-item-added").await
}

#[poise::command(slash_command, guild_only, rename = "edit", category = "economy")]
#[expect(
    clippy::too_many_arguments,
    reason = "each is a field in Discord's client"
)]
async fn edit_by_slash(
    ctx: Context<'_>,
    #[autocomplete = "on_sale"] item: String,
    name: Option<String>,
    price: Option<String>,
    description: Option<String>,
    role: Option<serenity::Role>,
    duration: Option<String>,
    stock: Option<String>,
    limit: Option<String>,
) -> Result<(), Rejection> {
    let terms = Terms {
        name,
        description,
        price: price.as_deref().map(cost).transpose()?,
        role: role.map(|role| RoleId(role.id.get())),
        duration: duration.as_deref().map(time).transpose()?,
        stock: stock.as_deref().map(number).transpose()?,
        most: limit.as_deref().map(number).transpose()?,
    };
    edit_item(ctx, item, terms).await
}

#[poise::command(prefix_command, guild_only)]
async fn edit_by_message(ctx: Context<'_>, #[rest] item: String) -> Result<(), Rejection> {
    let (name, rest) = split_name(&item);
    edit_item(ctx, name, read(rest)?).await
}

async fn edit_item(ctx: Context<'_>, item: String, terms: Terms) -> Result<(), Rejection> {
    let (scene, roles) = (scene(ctx).await?, roles_here(ctx)?);
    let item = ctx
        .data()
        .store
        .write(order(ctx), move |tx| {
            rules::edit(tx, &scene, &roles, &item, terms)
        })
        .await?
        .value;
    say_item(ctx, item, "economy-item-edited").await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "economy")]
async fn remove(
    ctx: Context<'_>,
    #[rest]
    #[autocomplete = "on_sale"]
    item: String,
) -> Result<(), Rejection> {
    let scene = scene(ctx).await?;
    let guild = scene.guild;
    let item = ctx
        .data()
        .store
        .write(order(ctx), move |tx| {
            rules::remove(tx, guild, &scene.actor, &item)
        })
        .await?
        .value;
    say_item(ctx, item, "economy-item-removed").await
}

async fn say_item(ctx: Context<'_>, item: Item, key: &'static str) -> Result<(), Rejection> {
    let price = choices_of(ctx.data(), here(ctx)?).await?.coins(item.price);
    let text = crate::model::Text::new(key)
        .with("item", item.name)
        .with("number", item.number)
        .with("price", price);
    say(ctx, Audience::Everyone, &text).await
}

fn time(words: &str) -> Result<std::time::Duration, Refusal> {
    length(words).ok_or_else(|| text!("refused-term", term = words).into())
}

fn number(words: &str) -> Result<Limit, Refusal> {
    limit(words).ok_or_else(|| text!("refused-term", term = words).into())
}
