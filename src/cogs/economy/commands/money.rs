//! `!balance`, `!pay`, `!leaderboard`, `!history`.

use poise::serenity_prelude as serenity;

use super::{amount_of, choices_of, me, party};
use crate::cogs::economy::account::Account;
use crate::cogs::economy::pages;
use crate::cogs::economy::register::ledger::{self, From, Rung};
use crate::cogs::economy::rules::ledger::{Consent, Paid, pay as pay_rule};
use crate::cogs::settings;
use crate::discord::{
    Answer, Audience, Command, Context, confirmation, here, locale, order, origin, say, scene,
};
use crate::model::{Refusal, Rejection, Text, UserId};
use crate::text;

/// Whose place on the leaderboard is worth counting.
const RANKED: u32 = 1_000;

pub(super) fn all() -> Vec<Command> {
    vec![balance(), pay(), leaderboard(), history()]
}

#[poise::command(prefix_command, slash_command, guild_only, category = "economy")]
async fn balance(ctx: Context<'_>, member: Option<serenity::User>) -> Result<(), Rejection> {
    let guild = here(ctx)?;
    let member = member.map_or_else(|| me(ctx), |user| UserId(user.id.get()));
    let (balance, place) = ctx
        .data()
        .store
        .read(move |reader| {
            let balance = ledger::balance(reader, guild, Account::Member(member))?;
            let place = match balance {
                0 => None,
                _ => ledger::place(reader, guild, Rung { balance, member }, RANKED)?,
            };
            Ok((balance, place))
        })
        .await?;
    let has = choices_of(ctx.data(), guild).await?.coins(balance);
    let member = member.mention();
    let text = match place {
        Some(place) => text!(
            "economy-balance-placed",
            member = member,
            has = has,
            place = place
        ),
        None => text!("economy-balance", member = member, has = has),
    };
    say(ctx, Audience::Everyone, &text).await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "economy")]
async fn pay(
    ctx: Context<'_>,
    member: serenity::User,
    #[rest] amount: String,
) -> Result<(), Rejection> {
    let (guild, from, to) = (here(ctx)?, me(ctx), party(&member));
    let amount = amount_of(&amount)?;
    let paid = ctx
        .data()
        .store
        .write(order(ctx), move |tx| {
            pay_rule(tx, guild, from, to, amount, Consent::Typed)
        })
        .await?
        .value;
    let choices = choices_of(ctx.data(), guild).await?;
    match paid {
        Paid::Done { amount, left } => {
            let text = paid_text(&choices, from, to.user, amount, left);
            say(ctx, Audience::Everyone, &text).await
        }
        Paid::Ask { amount } => {
            let reader = locale(ctx, Audience::Everyone);
            let (member, coins) = (to.user.mention(), choices.coins(amount));
            let question = text!("economy-pay-question", member = member, amount = coins);
            // The order's own name makes the second click, and the second delivery, the same payment.
            let yes = format!("economy:pay:{}:{amount}:{}:{from}", to.user, origin(ctx));
            let no = format!("economy:unpaid:{from}");
            let label = text!("economy-pay-confirm", amount = choices.coins(amount));
            let buttons = confirmation(ctx.data(), reader, (&yes, &no), &label);
            Answer::to(Audience::Everyone)
                .saying(ctx.data().say(reader, &question))
                .offering(buttons)
                .send(ctx)
                .await
        }
    }
}

/// What everyone reads of a payment.
pub(in crate::cogs::economy) fn paid_text(
    choices: &crate::cogs::economy::register::choices::Choices,
    from: UserId,
    to: UserId,
    amount: i64,
    left: i64,
) -> Text {
    text!(
        "economy-paid",
        sender = from.mention(),
        member = to.mention(),
        amount = choices.coins(amount),
        left = choices.coins(left)
    )
}

#[poise::command(
    prefix_command,
    slash_command,
    guild_only,
    category = "economy",
    aliases("top", "classement")
)]
async fn leaderboard(ctx: Context<'_>, #[min = 1] page: Option<u32>) -> Result<(), Rejection> {
    let reader = locale(ctx, Audience::Everyone);
    let from = pages::Ladder::Page(page.unwrap_or(1));
    pages::leaderboard(ctx.data(), reader, here(ctx)?, me(ctx), from)
        .await?
        .send(ctx)
        .await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "economy")]
async fn history(ctx: Context<'_>, member: Option<serenity::User>) -> Result<(), Rejection> {
    let (guild, viewer) = (here(ctx)?, me(ctx));
    let member = member.map_or(viewer, |user| UserId(user.id.get()));
    if member != viewer {
        let actor = scene(ctx).await?.actor;
        let settings = ctx
            .data()
            .store
            .read(move |reader| settings::register::of(reader, guild))
            .await?;
        if !settings.is_moderator(&actor) {
            return Err(Refusal::new("refused-others-history").into());
        }
    }
    let reader = locale(ctx, Audience::Asker);
    pages::history(ctx.data(), reader, guild, member, viewer, From::Newest)
        .await?
        .send(ctx)
        .await
}
