//! `!shop`, `!buy`, `!inventory`, `!use`.

use poise::serenity_prelude as serenity;

use super::{choices_of, me};
use crate::cogs::economy::pages;
use crate::cogs::economy::register::shop as shelf;
use crate::cogs::economy::rules::shop as rules;
use crate::discord::{Audience, Command, Context, here, locale, order, say, scene};
use crate::model::{Rejection, UserId};
use crate::text;

/// How many choices an autocomplete may offer (Discord's limit).
const MOST_CHOICES: usize = 25;

pub(super) fn all() -> Vec<Command> {
    vec![shop(), buy(), inventory(), use_command()]
}

#[poise::command(prefix_command, slash_command, guild_only, category = "economy")]
async fn shop(ctx: Context<'_>, #[min = 1] page: Option<u32>) -> Result<(), Rejection> {
    let reader = locale(ctx, Audience::Everyone);
    pages::shop(ctx.data(), reader, here(ctx)?, page.unwrap_or(1))
        .await?
        .send(ctx)
        .await
}

/// Discord's clients have a field for the number; in a message it stands before the name.
fn buy() -> Command {
    Command {
        prefix_action: buy_by_message().prefix_action,
        ..buy_by_slash()
    }
}

#[poise::command(slash_command, guild_only, rename = "buy", category = "economy")]
async fn buy_by_slash(
    ctx: Context<'_>,
    #[autocomplete = "on_sale"] item: String,
    #[min = 1]
    #[max = 1000]
    count: Option<u32>,
) -> Result<(), Rejection> {
    buy_some(ctx, item, count.unwrap_or(1)).await
}

#[poise::command(prefix_command, guild_only)]
async fn buy_by_message(ctx: Context<'_>, #[rest] item: String) -> Result<(), Rejection> {
    let counted = item.split_once(char::is_whitespace);
    let counted = counted.and_then(|(count, name)| Some((count.parse().ok()?, name.to_owned())));
    let (count, name) = counted.unwrap_or((1, item));
    buy_some(ctx, name, count).await
}

async fn buy_some(ctx: Context<'_>, item: String, count: u32) -> Result<(), Rejection> {
    let (guild, member) = (here(ctx)?, me(ctx));
    let bought = ctx
        .data()
        .store
        .write(order(ctx), move |tx| {
            rules::buy(tx, guild, member, &item, count)
        })
        .await?
        .value;
    let choices = choices_of(ctx.data(), guild).await?;
    let done = text!(
        "economy-bought",
        count = bought.count,
        item = bought.item.as_str(),
        price = choices.coins(bought.price),
        left = choices.coins(bought.left)
    );
    let text = if bought.usable {
        text!("economy-bought-usable", done = done, item = bought.item)
    } else {
        done
    };
    say(ctx, Audience::Everyone, &text).await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "economy")]
async fn inventory(ctx: Context<'_>, member: Option<serenity::User>) -> Result<(), Rejection> {
    let reader = locale(ctx, Audience::Everyone);
    let member = member.map_or_else(|| me(ctx), |user| UserId(user.id.get()));
    pages::inventory(ctx.data(), reader, here(ctx)?, member, 1)
        .await?
        .send(ctx)
        .await
}

#[poise::command(
    prefix_command,
    slash_command,
    guild_only,
    rename = "use",
    category = "economy"
)]
async fn use_command(
    ctx: Context<'_>,
    #[rest]
    #[autocomplete = "in_inventory"]
    item: String,
) -> Result<(), Rejection> {
    let (scene, roles) = (scene(ctx).await?, super::terms::roles_here(ctx)?);
    let used = ctx
        .data()
        .store
        .write(order(ctx), move |tx| {
            rules::use_up(tx, &scene, &roles, &item)
        })
        .await?
        .value;
    let (item, role) = (used.item, used.role.mention());
    let text = match used.until {
        Some(until) => text!(
            "economy-used-until",
            item = item,
            role = role,
            until = until.markup('F')
        ),
        None => text!("economy-used", item = item, role = role),
    };
    say(ctx, Audience::Everyone, &text).await
}

/// What is on sale, with its price.
pub(super) async fn on_sale(
    ctx: Context<'_>,
    partial: &str,
) -> serenity::CreateAutocompleteResponse {
    let Ok(guild) = here(ctx) else {
        return serenity::CreateAutocompleteResponse::new();
    };
    let items = ctx
        .data()
        .store
        .read(move |reader| shelf::on_sale(reader, guild));
    let Ok(choices) = choices_of(ctx.data(), guild).await else {
        return serenity::CreateAutocompleteResponse::new();
    };
    let reader = locale(ctx, Audience::Asker);
    let named = items.await.map(|items| {
        let choice = |item: shelf::Item| {
            let price = ctx.data().say(reader, &choices.coins(item.price));
            (format!("{} · {price}", item.name), item.name)
        };
        items.into_iter().map(choice).collect()
    });
    offer(partial, named)
}

/// What the member has.
async fn in_inventory(ctx: Context<'_>, partial: &str) -> serenity::CreateAutocompleteResponse {
    let Ok(guild) = here(ctx) else {
        return serenity::CreateAutocompleteResponse::new();
    };
    let member = me(ctx);
    let held = ctx
        .data()
        .store
        .read(move |reader| shelf::inventory(reader, guild, member))
        .await;
    let named = held.map(|held| {
        let choice =
            |(item, count): (shelf::Item, u32)| (format!("{count} × {}", item.name), item.name);
        held.into_iter().map(choice).collect()
    });
    offer(partial, named)
}

/// Names as they are shown, and what is sent for them.
fn offer(
    partial: &str,
    named: anyhow::Result<Vec<(String, String)>>,
) -> serenity::CreateAutocompleteResponse {
    let named = named.unwrap_or_else(|error| {
        // Autocomplete is a courtesy: without it the name is typed.
        tracing::warn!(event = "autocomplete_failed", error = %format!("{error:#}"));
        Vec::new()
    });
    let partial = partial.to_lowercase();
    let choices = named
        .into_iter()
        .filter(|(_, name)| name.to_lowercase().contains(&partial))
        .take(MOST_CHOICES)
        .map(|(shown, name)| serenity::AutocompleteChoice::new(shown, name));
    serenity::CreateAutocompleteResponse::new().set_choices(choices.collect())
}
