//! `!economy`: what administrators do with coins.

use std::time::Duration;

use anyhow::Context as _;
use poise::serenity_prelude as serenity;

use super::terms::goes_on;
use super::{amount_of, choices_of, items, me, party};
use crate::cogs::economy::amount::Amount;
use crate::cogs::economy::deadlines::holders;
use crate::cogs::economy::presses::{only, part, replace};
use crate::cogs::economy::register::audit as ledgers;
use crate::cogs::economy::rules::{ledger, paydays, reset as reset_rules};
use crate::discord::{
    Answer, Audience, Context, Press, Used, confirmation, embed, here, locale, order, origin, say,
    scene,
};
use crate::model::{
    Arg, Post, Refusal, Rejection, RoleId, Text, UserId, duration_text, parse_duration,
};
use crate::store::Order;
use crate::text;
use crate::vault::Cause;

#[poise::command(
    prefix_command,
    slash_command,
    guild_only,
    category = "economy",
    default_member_permissions = "ADMINISTRATOR",
    subcommands(
        "overview",
        "audit",
        "grant",
        "take",
        "payday",
        "reset",
        "super::choose::currency",
        "super::choose::set",
        "items::item"
    )
)]
pub(super) async fn economy(ctx: Context<'_>) -> Result<(), Rejection> {
    super::choose::show(ctx).await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "economy")]
async fn overview(ctx: Context<'_>) -> Result<(), Rejection> {
    super::choose::show(ctx).await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "economy")]
async fn audit(ctx: Context<'_>) -> Result<(), Rejection> {
    let guild = here(ctx)?;
    administrators(ctx).await?;
    let found = ctx
        .data()
        .store
        .read(move |reader| ledgers::audit(reader, guild))
        .await?;
    let choices = choices_of(ctx.data(), guild).await?;
    let verdict = if found.problems.is_empty() {
        Text::new("economy-audit-fine")
    } else {
        tracing::error!(event = "ledger_wrong", guild = %guild, problems = %found.problems.join("; "));
        text!("economy-audit-wrong", problems = found.problems.join("\n"))
    };
    let number = |number: u64| {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        text!("economy-number", number = Arg::Grouped(number))
    };
    let post = Post::new(locale(ctx, Audience::Everyone), Text::new("economy-audit"))
        .saying(verdict)
        .listing([
            (
                Text::new("economy-audit-supply"),
                choices.coins(found.supply),
            ),
            (
                Text::new("economy-audit-purses"),
                choices.coins(found.purses),
            ),
            (
                Text::new("economy-audit-escrow"),
                choices.coins(found.escrow),
            ),
            (Text::new("economy-audit-members"), number(found.members)),
            (Text::new("economy-audit-entries"), number(found.entries)),
        ]);
    Answer::to(Audience::Everyone)
        .showing(embed(ctx.data(), &post))
        .send(ctx)
        .await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "economy")]
async fn grant(
    ctx: Context<'_>,
    member: serenity::User,
    amount: String,
    #[rest] reason: Option<String>,
) -> Result<(), Rejection> {
    let (scene, to) = (scene(ctx).await?, party(&member));
    let note = note_of(reason)?;
    let Amount::Coins(amount) = amount_of(&amount)? else {
        return Err(Refusal::new("refused-amount").into());
    };
    let guild = scene.guild;
    let has = ctx
        .data()
        .store
        .write(order(ctx), move |tx| {
            ledger::grant(tx, guild, &scene.actor, to, amount, &note)
        })
        .await?
        .value;
    let choices = choices_of(ctx.data(), guild).await?;
    let text = text!(
        "economy-granted",
        member = to.user.mention(),
        amount = choices.coins(amount),
        has = choices.coins(has)
    );
    say(ctx, Audience::Everyone, &text).await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "economy")]
async fn take(
    ctx: Context<'_>,
    member: serenity::User,
    amount: String,
    #[rest] reason: Option<String>,
) -> Result<(), Rejection> {
    let (scene, from) = (scene(ctx).await?, UserId(member.id.get()));
    let (amount, note) = (amount_of(&amount)?, note_of(reason)?);
    let guild = scene.guild;
    let taken = ctx
        .data()
        .store
        .write(order(ctx), move |tx| {
            ledger::take(tx, guild, &scene.actor, from, amount, &note)
        })
        .await?
        .value;
    let choices = choices_of(ctx.data(), guild).await?;
    let text = text!(
        "economy-taken",
        member = from.mention(),
        amount = choices.coins(taken.amount),
        left = choices.coins(taken.left)
    );
    say(ctx, Audience::Everyone, &text).await
}

/// The words after an amount. `1 000 000` in a message would be one coin, with a strange reason.
fn note_of(reason: Option<String>) -> Result<String, Refusal> {
    let note = reason.unwrap_or_default();
    if goes_on(&note) {
        return Err(Refusal::new("refused-spaced-amount"));
    }
    Ok(note)
}

#[poise::command(prefix_command, slash_command, guild_only, category = "economy")]
async fn payday(
    ctx: Context<'_>,
    role: serenity::Role,
    amount: String,
    #[rest] every: Option<String>,
) -> Result<(), Rejection> {
    let (scene, role) = (scene(ctx).await?, RoleId(role.id.get()));
    let guild = scene.guild;
    let choices = choices_of(ctx.data(), guild).await?;
    let amount = match amount_of(&amount)? {
        Amount::Coins(0) => {
            let write =
                move |tx: &mut crate::store::Tx<'_>| paydays::end(tx, guild, &scene.actor, role);
            ctx.data().store.write(order(ctx), write).await?;
            let text = text!("economy-payday-ended", role = role.mention());
            return say(ctx, Audience::Everyone, &text).await;
        }
        Amount::Coins(amount) => amount,
        Amount::All => return Err(Refusal::new("refused-amount").into()),
    };
    let Some(every) = every else {
        return ask_payday(ctx, role, amount).await;
    };
    let every = rhythm(&every)?;
    let due = ctx
        .data()
        .store
        .write(order(ctx), move |tx| {
            paydays::set(tx, guild, &scene.actor, role, amount, every)
        })
        .await?
        .value;
    let text = text!(
        "economy-payday-set",
        role = role.mention(),
        amount = choices.coins(amount),
        every = duration_text(every),
        due = due.markup('F')
    );
    say(ctx, Audience::Everyone, &text).await
}

fn rhythm(words: &str) -> Result<Duration, Refusal> {
    parse_duration(words).ok_or_else(|| Refusal::new("refused-payday-rhythm"))
}

/// Paying everyone at once can't be undone: the administrator sees first what it comes to.
async fn ask_payday(ctx: Context<'_>, role: RoleId, amount: i64) -> Result<(), Rejection> {
    let guild = here(ctx)?;
    administrators(ctx).await?;
    let holders = holders(ctx.http(), guild, role).await?;
    let (house, reader) = (ctx.data(), locale(ctx, Audience::Everyone));
    let choices = choices_of(house, guild).await?;
    let count = i64::try_from(holders.len()).unwrap_or(i64::MAX);
    if count == 0 {
        return Err(Refusal(text!("refused-role-empty", role = role.mention())).into());
    }
    let total = choices.coins(amount.saturating_mul(count));
    let question = text!(
        "economy-payday-question",
        role = role.mention(),
        count = count,
        amount = choices.coins(amount),
        total = total.clone()
    );
    let yes = format!("economy:payday:{role}:{amount}:{}:{}", origin(ctx), me(ctx));
    let no = format!("economy:kept:{}", me(ctx));
    let label = text!("economy-payday-confirm", total = total);
    Answer::to(Audience::Everyone)
        .saying(house.say(reader, &question))
        .offering(confirmation(house, reader, (&yes, &no), &label))
        .send(ctx)
        .await
}

/// The button below [`ask_payday`]'s question.
pub(in crate::cogs::economy) async fn payday_confirmed(
    press: &Press<'_>,
    arguments: &[&str],
) -> Result<(), Rejection> {
    let (role, amount): (RoleId, i64) = (part(arguments, 0)?, part(arguments, 1)?);
    let (origin, asker): (String, UserId) = (part(arguments, 2)?, part(arguments, 3)?);
    only(press, asker)?;
    let scene = press.scene().await?;
    let guild = scene.guild;
    let members = holders(&press.ctx.http, guild, role).await?;
    let order = Order {
        origin: Some(origin),
        ..press.order()
    };
    let cost = press
        .house
        .store
        .write(order, move |tx| {
            paydays::pay_out(tx, guild, &scene.actor, role, &members, amount)
        })
        .await?
        .value;
    let choices = choices_of(press.house, guild).await?;
    let text = text!(
        "economy-paid-out",
        role = role.mention(),
        amount = choices.coins(amount),
        total = choices.coins(cost)
    );
    replace(press, &text).await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "economy")]
async fn reset(ctx: Context<'_>) -> Result<(), Rejection> {
    let guild = here(ctx)?;
    administrators(ctx).await?;
    let (house, reader) = (ctx.data(), locale(ctx, Audience::Everyone));
    let supply = house
        .store
        .read(move |reader| ledgers::audit(reader, guild))
        .await?
        .supply;
    let supply = choices_of(house, guild).await?.coins(supply);
    let yes = format!("economy:reset:{}:{}", me(ctx), origin(ctx));
    let no = format!("economy:kept:{}", me(ctx));
    let question = text!("economy-reset-question", supply = supply);
    let label = Text::new("economy-reset-confirm");
    Answer::to(Audience::Everyone)
        .saying(house.say(reader, &question))
        .offering(confirmation(house, reader, (&yes, &no), &label))
        .send(ctx)
        .await
}

/// The button below the question of `!economy reset`: an archive first, then the reset.
pub(in crate::cogs::economy) async fn reset_confirmed(
    press: &Press<'_>,
    asker: UserId,
    arguments: &[&str],
) -> Result<(), Rejection> {
    only(press, asker)?;
    let origin: String = part(arguments, 1)?;
    let scene = press.scene().await?;
    if !scene.actor.administers() {
        return Err(crate::cogs::settings::rules::administrators_only().into());
    }
    // Discord waits three seconds for an answer, an archive can take longer.
    replace(press, &Text::new("economy-archiving")).await?;
    let outcome = archive_and_reset(press, origin, scene).await;
    let text = match outcome {
        Ok(text) => text,
        Err(Rejection::Refused(Refusal(text))) => text,
        Err(Rejection::AlreadyDone) => return Ok(()),
        Err(Rejection::Failed(error)) => {
            tracing::error!(event = "reset_failed", error = %format!("{error:#}"));
            Text::new("economy-reset-failed")
        }
    };
    let words = press.house.say(press.locale(Audience::Everyone), &text);
    let Used::Component(component) = press.what else {
        return Ok(());
    };
    let edit = serenity::EditInteractionResponse::new()
        .content(words)
        .allowed_mentions(serenity::CreateAllowedMentions::new());
    component
        .edit_response(press.ctx, edit)
        .await
        .context("saying what came of a reset")?;
    Ok(())
}

async fn archive_and_reset(
    press: &Press<'_>,
    origin: String,
    scene: crate::model::Scene,
) -> Result<Text, Rejection> {
    let guild = scene.guild;
    let locale = press.locale(Audience::Everyone);
    let census = press.house.seen.census();
    let archive = press
        .house
        .vault
        .off_thread(move |vault| vault.archive(Cause::Requested, census))
        .await?;
    let order = Order {
        origin: Some(origin),
        ..press.order()
    };
    let gone = press
        .house
        .store
        .write(order, move |tx| {
            reset_rules::reset(tx, guild, &scene.actor, locale)
        })
        .await?
        .value;
    let gone = choices_of(press.house, guild).await?.coins(gone);
    Ok(text!(
        "economy-reset-done",
        gone = gone,
        archive = archive.name
    ))
}

/// A refusal for everyone who does not administer the guild.
pub(super) async fn administrators(ctx: Context<'_>) -> Result<(), Rejection> {
    if scene(ctx).await?.actor.administers() {
        Ok(())
    } else {
        Err(crate::cogs::settings::rules::administrators_only().into())
    }
}
