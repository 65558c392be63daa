//! `!rolemenu` and its subcommands, for administrators.

use poise::serenity_prelude as serenity;

use super::register;
use super::rules;
use super::values::{self, Property};
use super::{Style, lists};
use crate::cogs::settings;
use crate::discord::{
    Answer, Audience, Command, Context, confirmation, here, locale, order, role_facts, say, scene,
};
use crate::model::{ChannelId, Refusal, Rejection, RoleFacts, RoleId, Scene, Text};
use crate::store::Tx;
use crate::text;

/// How many choices an autocomplete may offer (Discord's limit).
const MOST_CHOICES: u32 = 25;

/// The cog's commands, in the order of `!help`.
pub fn all() -> Vec<Command> {
    vec![rolemenu()]
}

/// Typed alone it is the list; as a slash command Discord takes it only with a subcommand.
#[poise::command(
    prefix_command,
    slash_command,
    guild_only,
    category = "selfroles",
    default_member_permissions = "ADMINISTRATOR",
    subcommands(
        "create", "add", "drop", "lend", "set", "post", "show", "list", "close"
    )
)]
async fn rolemenu(ctx: Context<'_>) -> Result<(), Rejection> {
    administrator(ctx).await?;
    lists::menus(ctx.data(), locale(ctx, Audience::Everyone), here(ctx)?, 1)
        .await?
        .send(ctx)
        .await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "selfroles")]
async fn create(ctx: Context<'_>, #[rest] title: String) -> Result<(), Rejection> {
    let number = change(ctx, move |tx, scene| {
        rules::create(tx, scene, &title, Style::Buttons)
    })
    .await?;
    say(
        ctx,
        Audience::Everyone,
        &text!("selfroles-created", number = number, prefix = prefix(ctx)),
    )
    .await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "selfroles")]
async fn add(
    ctx: Context<'_>,
    #[min = 1]
    #[autocomplete = "menus"]
    menu: u32,
    role: serenity::Role,
    #[rest] label: Option<String>,
) -> Result<(), Rejection> {
    let facts = facts(ctx, &role)?;
    change(ctx, move |tx, scene| {
        rules::offer(tx, scene, menu, &facts, label.as_deref())
    })
    .await?;
    let text = text!("selfroles-added", number = menu, role = mention(&role));
    say(ctx, Audience::Everyone, &text).await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "selfroles")]
async fn drop(
    ctx: Context<'_>,
    #[min = 1]
    #[autocomplete = "menus"]
    menu: u32,
    role: serenity::Role,
) -> Result<(), Rejection> {
    let id = RoleId(role.id.get());
    change(ctx, move |tx, scene| rules::drop_offer(tx, scene, menu, id)).await?;
    let text = text!("selfroles-dropped", number = menu, role = mention(&role));
    say(ctx, Audience::Everyone, &text).await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "selfroles")]
async fn lend(
    ctx: Context<'_>,
    #[min = 1]
    #[autocomplete = "menus"]
    menu: u32,
    role: serenity::Role,
    #[rest] duration: String,
) -> Result<(), Rejection> {
    let facts = facts(ctx, &role)?;
    let length = values::loan(&duration)?;
    change(ctx, move |tx, scene| {
        rules::lend(tx, scene, menu, &facts, length)
    })
    .await?;
    let (number, role) = (menu, mention(&role));
    let text = match length {
        Some(length) => text!(
            "selfroles-lent",
            number = number,
            role = role,
            duration = crate::model::duration_text(length)
        ),
        None => text!("selfroles-lent-always", number = number, role = role),
    };
    say(ctx, Audience::Everyone, &text).await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "selfroles")]
async fn set(
    ctx: Context<'_>,
    #[min = 1]
    #[autocomplete = "menus"]
    menu: u32,
    property: Property,
    #[rest] value: String,
) -> Result<(), Rejection> {
    let edit = values::parse(property, &value)?;
    change(ctx, move |tx, scene| rules::edit(tx, scene, menu, edit)).await?;
    say(
        ctx,
        Audience::Everyone,
        &text!("selfroles-edited", number = menu),
    )
    .await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "selfroles")]
async fn post(
    ctx: Context<'_>,
    #[min = 1]
    #[autocomplete = "menus"]
    menu: u32,
    #[channel_types("Text", "News")] channel: Option<serenity::GuildChannel>,
) -> Result<(), Rejection> {
    let channel = channel.map_or(ctx.channel_id(), |channel| channel.id);
    let channel = ChannelId(channel.get());
    change(ctx, move |tx, scene| rules::post(tx, scene, menu, channel)).await?;
    let text = text!(
        "selfroles-posted",
        number = menu,
        channel = channel.mention()
    );
    say(ctx, Audience::Everyone, &text).await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "selfroles")]
async fn show(
    ctx: Context<'_>,
    #[min = 1]
    #[autocomplete = "menus"]
    menu: u32,
) -> Result<(), Rejection> {
    let scene = administrator(ctx).await?;
    let reader = locale(ctx, Audience::Everyone);
    let (house, discord) = (ctx.data(), ctx.serenity_context());
    lists::one(house, discord, reader, &scene, menu)
        .await?
        .send(ctx)
        .await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "selfroles")]
async fn list(ctx: Context<'_>, #[min = 1] page: Option<u32>) -> Result<(), Rejection> {
    administrator(ctx).await?;
    let (reader, guild) = (locale(ctx, Audience::Everyone), here(ctx)?);
    lists::menus(ctx.data(), reader, guild, page.unwrap_or(1))
        .await?
        .send(ctx)
        .await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "selfroles")]
async fn close(
    ctx: Context<'_>,
    #[min = 1]
    #[autocomplete = "menus"]
    menu: u32,
) -> Result<(), Rejection> {
    let scene = administrator(ctx).await?;
    let guild = scene.guild;
    let found = ctx
        .data()
        .store
        .read(move |reader| rules::find(reader, guild, menu))
        .await?
        .ok_or_else(|| rules::no_menu(menu))?;
    let reader = locale(ctx, Audience::Everyone);
    let title = found.row.title;
    let question = text!("selfroles-close-question", number = menu, title = title);
    let who = scene.actor.user;
    let (yes, no) = (
        format!("rolemenu:close:{menu}:{who}"),
        format!("rolemenu:stay:{menu}:{who}"),
    );
    let label = Text::new("selfroles-close-button");
    Answer::to(Audience::Everyone)
        .saying(ctx.data().say(reader, &question))
        .offering(confirmation(ctx.data(), reader, (&yes, &no), &label))
        .send(ctx)
        .await
}

/// Has a rule run for whoever gave the command.
async fn change<T, F>(ctx: Context<'_>, rule: F) -> Result<T, Rejection>
where
    T: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
    F: FnOnce(&mut Tx<'_>, &Scene) -> Result<T, Rejection> + Send + 'static,
{
    let scene = scene(ctx).await?;
    let done = ctx
        .data()
        .store
        .write(order(ctx), move |tx| rule(tx, &scene));
    Ok(done.await?.value)
}

async fn administrator(ctx: Context<'_>) -> Result<Scene, Rejection> {
    let scene = scene(ctx).await?;
    if scene.actor.administers() {
        Ok(scene)
    } else {
        Err(settings::rules::administrators_only().into())
    }
}

fn facts(ctx: Context<'_>, role: &serenity::Role) -> Result<RoleFacts, Rejection> {
    let guild = serenity::GuildId::new(here(ctx)?.0);
    let facts = role_facts(ctx.cache(), guild)?;
    let mut facts = facts.into_iter();
    let found = facts.find(|facts| facts.id.0 == role.id.get());
    found.ok_or_else(|| Refusal::new("refused-role-gone").into())
}

fn mention(role: &serenity::Role) -> String {
    RoleId(role.id.get()).mention()
}

fn prefix(ctx: Context<'_>) -> String {
    match ctx {
        poise::Context::Prefix(_) => {
            let guild = here(ctx).ok();
            ctx.data().preferences.prefix(guild)
        }
        poise::Context::Application(_) => "/".to_owned(),
    }
}

async fn menus(ctx: Context<'_>, partial: &str) -> serenity::CreateAutocompleteResponse {
    let found = match here(ctx) {
        Ok(guild) => {
            ctx.data()
                .store
                .read(move |reader| register::page(reader, guild, MOST_CHOICES, 0))
                .await
        }
        Err(_) => Ok(Vec::new()),
    };
    let found = found.unwrap_or_else(|error| {
        // Autocomplete is a courtesy: without it the number is typed.
        tracing::warn!(event = "autocomplete_failed", error = %format!("{error:#}"));
        Vec::new()
    });
    let partial = partial.to_lowercase();
    let named = found.into_iter().map(|menu| {
        let number = menu.row.number;
        (format!("{number} · {}", menu.row.title), number)
    });
    let choices = named
        .filter(|(name, _)| name.to_lowercase().contains(&partial))
        .map(|(name, number)| {
            // A choice's name is at most this long (Discord's limit).
            serenity::AutocompleteChoice::new(name.chars().take(100).collect::<String>(), number)
        });
    serenity::CreateAutocompleteResponse::new().set_choices(choices.collect())
}
