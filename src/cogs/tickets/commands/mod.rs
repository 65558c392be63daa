//! What people type about tickets: one group, `ticket`, and `mytickets`.

mod arranging;
mod asking;
mod offers;
mod staff;

pub(super) use arranging::described;
pub(super) use asking::opened_text;

use crate::cogs::tickets::hall::Hall;
use crate::cogs::tickets::{mine, reach, setup};
use crate::discord::{Command, Context, order, scene};
use crate::model::{Rejection, Standing};
use crate::store::Tx;

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
