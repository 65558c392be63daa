//! `!daily` and `!work`.

use super::{choices_of, me};
use crate::cogs::economy::deadlines::come_back;
use crate::cogs::economy::rules::wages;
use crate::discord::{Audience, Command, Context, here, order, say};
use crate::model::Rejection;
use crate::text;

pub(super) fn all() -> Vec<Command> {
    vec![daily(), work()]
}

#[poise::command(prefix_command, slash_command, guild_only, category = "economy")]
async fn daily(ctx: Context<'_>) -> Result<(), Rejection> {
    let (guild, member, zone) = (here(ctx)?, me(ctx), ctx.data().config.timezone);
    come_back(ctx.data()).await?;
    let claimed = ctx
        .data()
        .store
        .write(order(ctx), move |tx| wages::daily(tx, guild, member, zone))
        .await?
        .value;
    let choices = choices_of(ctx.data(), guild).await?;
    let done = text!(
        "economy-claimed",
        amount = choices.coins(claimed.amount),
        has = choices.coins(claimed.balance),
        streak = claimed.streak,
        next = claimed.next.markup('R')
    );
    let text = if claimed.excused {
        text!("economy-claimed-excused", done = done)
    } else {
        done
    };
    say(ctx, Audience::Everyone, &text).await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "economy")]
async fn work(ctx: Context<'_>) -> Result<(), Rejection> {
    let (guild, member, luck) = (here(ctx)?, me(ctx), rand::random());
    let worked = ctx
        .data()
        .store
        .write(order(ctx), move |tx| wages::work(tx, guild, member, luck))
        .await?
        .value;
    let choices = choices_of(ctx.data(), guild).await?;
    let text = text!(
        "economy-worked",
        amount = choices.coins(worked.amount),
        has = choices.coins(worked.balance),
        next = worked.next.markup('R')
    );
    say(ctx, Audience::Everyone, &text).await
}
