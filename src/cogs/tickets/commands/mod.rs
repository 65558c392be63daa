//! What people type about tickets: one group, `ticket`, and `mytickets`.

mod arranging;
mod asking;
mod staff;

pub(super) use arranging::described;
pub(super) use asking::opened_text;

use crate::cogs::conversations::look;
use crate::cogs::tickets::hall::Hall;
use crate::cogs::tickets::{mine, reach, register, setup};
use crate::discord::{Command, Context, here, order, scene};
use crate::model::{Rejection, Standing};
use crate::store::Tx;
use poise::serenity_prelude as serenity;

/// How many choices an autocomplete may offer (Discord's limit).
const MOST_CHOICES: usize = 25;

/// The cog's commands, in the order of `!help`.
pub(super) fn all() -> Vec<Command> {
    vec![ticket(), mytickets(), ticket_setup()]
}

/// The group; alone it says what one can do.
#[poise::command(
    prefix_command,
    slash_command,
    guild_only,
    category = "tickets",
    subcommand_required,
    subcommands(
        "asking::open",
        "asking::close",
        "staff::reopen",
        "staff::claim",
        "staff::release",
        "staff::transfer",
        "staff::priority",
        "staff::rename",
        "staff::add",
        "staff::remove",
        "staff::move_to",
        "staff::note",
        "staff::reply",
        "staff::list",
        "staff::transcript",
        "staff::search",
        "staff::stats",
        "staff::block",
        "staff::unblock",
        "staff::blocks",
        "arranging::category",
        "arranging::panel",
        "arranging::canned",
        "arranging::desk"
    )
)]
async fn ticket(_: Context<'_>) -> Result<(), Rejection> {
    Ok(())
}

#[poise::command(prefix_command, slash_command, guild_only, category = "tickets")]
async fn mytickets(ctx: Context<'_>, #[min = 1] page: Option<u32>) -> Result<(), Rejection> {
    mine::list(ctx, page.unwrap_or(1)).await
}

#[poise::command(
    prefix_command,
    slash_command,
    guild_only,
    category = "tickets",
    default_member_permissions = "ADMINISTRATOR"
)]
async fn ticket_setup(ctx: Context<'_>) -> Result<(), Rejection> {
    setup::begin(ctx).await
}

/// Runs a rule about the ticket with this number, or the one that the command is given in. Returns the number.
async fn act<T, F>(ctx: Context<'_>, number: Option<u32>, rule: F) -> Result<(u32, T), Rejection>
where
    T: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
    F: FnOnce(&mut Tx<'_>, &Hall, &Standing, u32) -> Result<T, Rejection> + Send + 'static,
{
    let number = reach::number(ctx, number).await?;
    let (hall, actor) = (reach::hall_here(ctx)?, scene(ctx).await?.actor);
    let done = ctx
        .data()
        .store
        .write(order(ctx), move |tx| rule(tx, &hall, &actor, number))
        .await?;
    Ok((number, done.value))
}

/// The keys of the guild's categories, for autocomplete.
async fn category_keys(ctx: Context<'_>, partial: &str) -> serenity::CreateAutocompleteResponse {
    let Ok(guild) = here(ctx) else {
        return serenity::CreateAutocompleteResponse::new();
    };
    let known = ctx
        .data()
        .store
        .read(move |reader| register::categories(reader, guild))
        .await
        .unwrap_or_default();
    let choices = known
        .into_iter()
        .map(|category| (category.name, category.key));
    choose_from(choices, partial)
}

/// The names of the prepared answers, for autocomplete.
async fn reply_names(ctx: Context<'_>, partial: &str) -> serenity::CreateAutocompleteResponse {
    let Ok(guild) = here(ctx) else {
        return serenity::CreateAutocompleteResponse::new();
    };
    let known = ctx
        .data()
        .store
        .read(move |reader| register::replies(reader, guild))
        .await
        .unwrap_or_default();
    choose_from(
        known
            .into_iter()
            .map(|reply| (reply.name.clone(), reply.name)),
        partial,
    )
}

/// The numbers of the open tickets that the asker may read, for autocomplete: what others ask about is not for everyone.
async fn open_tickets(ctx: Context<'_>, partial: &str) -> serenity::CreateAutocompleteResponse {
    let (Ok(guild), Ok(scene)) = (here(ctx), scene(ctx).await) else {
        return serenity::CreateAutocompleteResponse::new();
    };
    let actor = scene.actor;
    let known = ctx
        .data()
        .store
        .read(move |reader| {
            let mut mine = Vec::new();
            for ticket in look::active(reader, guild)? {
                if mine::may_read(reader, &ticket, &actor)?.is_some() {
                    mine.push(ticket);
                }
            }
            Ok(mine)
        })
        .await
        .unwrap_or_default();
    let partial = partial.to_lowercase();
    let choices = known
        .into_iter()
        .map(|it| (format!("{} · {}", it.number, it.subject), it.number))
        .filter(|(shown, _)| shown.to_lowercase().contains(&partial))
        .take(MOST_CHOICES)
        .map(|(shown, number)| {
            let shown: String = shown.chars().take(100).collect();
            serenity::AutocompleteChoice::new(shown, number)
        });
    serenity::CreateAutocompleteResponse::new().set_choices(choices.collect())
}

fn choose_from(
    known: impl Iterator<Item = (String, String)>,
    partial: &str,
) -> serenity::CreateAutocompleteResponse {
    let partial = partial.to_lowercase();
    let fits = |(name, value): &(String, String)| {
        name.to_lowercase().contains(&partial) || value.contains(&partial)
    };
    let choices = known
        .filter(fits)
        .take(MOST_CHOICES)
        .map(|(name, value)| serenity::AutocompleteChoice::new(name, value));
    serenity::CreateAutocompleteResponse::new().set_choices(choices.collect())
}
