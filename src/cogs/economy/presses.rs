//! The economy's buttons: pages, confirmations, answers to a challenge.

use std::str::FromStr;

use anyhow::Context as _;
use futures::future::BoxFuture;

use super::amount::Amount;
use super::commands::{choices_of, draw, manage, paid_text};
use super::pages::{self, Ladder};
use super::register::games::Ending;
use super::register::ledger::{From, Rung};
use super::rules::games;
use super::rules::ledger::{Consent, Paid, Party, pay};
use crate::discord::{Answer, Audience, Press};
use crate::model::{Refusal, Rejection, Text, UserId};
use crate::store::Order;
use crate::text;

/// Hears of every button of the economy.
pub(super) fn pressed(press: Press<'_>) -> BoxFuture<'_, Result<(), Rejection>> {
    Box::pin(async move {
        let arguments = press.arguments();
        let (what, rest) = arguments.split_first().context("a button without a name")?;
        match *what {
            "pay" => confirm_payment(&press, rest).await,
            "unpaid" => {
                only(&press, part(rest, 0)?)?;
                replace(&press, &Text::new("economy-unpaid")).await
            }
            "above" | "below" => turn_leaderboard(&press, what, rest).await,
            "newer" | "older" => turn_history(&press, what, rest).await,
            "shop" => {
                let locale = press.locale(Audience::Everyone);
                let page = pages::shop(press.house, locale, press.guild()?, part(rest, 0)?).await?;
                press.update(page).await
            }
            "bag" => {
                let (member, page) = (part(rest, 0)?, part(rest, 1)?);
                let locale = press.locale(Audience::Everyone);
                let guild = press.guild()?;
                let page = pages::inventory(press.house, locale, guild, member, page).await?;
                press.update(page).await
            }
            "accept" => accept(&press, part(rest, 0)?).await,
            "decline" => decline(&press, part(rest, 0)?).await,
            "reset" => manage::reset_confirmed(&press, part(rest, 0)?, rest).await,
            "payday" => manage::payday_confirmed(&press, rest).await,
            "kept" => {
                only(&press, part(rest, 0)?)?;
                replace(&press, &Text::new("economy-kept")).await
            }
            _ => Ok(()),
        }
    })
}

/// The `at`-th argument of an id that this program once wrote.
pub(super) fn part<T: FromStr>(arguments: &[&str], at: usize) -> Result<T, Rejection> {
    let part = arguments.get(at).and_then(|part| part.parse().ok());
    Ok(part.context("a button's id lacks something")?)
}

/// A button for one member alone.
pub(super) fn only(press: &Press<'_>, member: UserId) -> Result<(), Refusal> {
    if press.user().id.get() == member.0 {
        Ok(())
    } else {
        Err(text!("refused-not-your-button", member = member.mention()).into())
    }
}

/// Puts a sentence in the place of the question, which is thereby answered.
pub(super) async fn replace(press: &Press<'_>, text: &Text) -> Result<(), Rejection> {
    let words = press.house.say(press.locale(Audience::Everyone), text);
    press
        .update(Answer::to(Audience::Everyone).saying(words))
        .await
}

async fn confirm_payment(press: &Press<'_>, arguments: &[&str]) -> Result<(), Rejection> {
    let (to, amount): (UserId, i64) = (part(arguments, 0)?, part(arguments, 1)?);
    let (origin, from): (String, UserId) = (part(arguments, 2)?, part(arguments, 3)?);
    only(press, from)?;
    let guild = press.guild()?;
    // The name of the order that asked: two clicks on this button are one payment.
    let order = Order {
        origin: Some(origin),
        ..press.order()
    };
    let to = Party {
        user: to,
        bot: false,
    };
    let paid = press
        .house
        .store
        .write(order, move |tx| {
            let amount = Amount::Coins(amount);
            pay(tx, guild, from, to, amount, Consent::Confirmed)
        })
        .await?
        .value;
    let Paid::Done { amount, left } = paid else {
        return Ok(());
    };
    let choices = choices_of(press.house, guild).await?;
    replace(press, &paid_text(&choices, from, to.user, amount, left)).await
}

async fn turn_leaderboard(
    press: &Press<'_>,
    way: &str,
    arguments: &[&str],
) -> Result<(), Rejection> {
    let rung = Rung {
        balance: part(arguments, 0)?,
        member: part(arguments, 1)?,
    };
    let place = part(arguments, 2)?;
    let from = match way {
        "above" => Ladder::Above(rung, place),
        _ => Ladder::Below(rung, place),
    };
    let (locale, viewer) = (press.locale(Audience::Everyone), presser(press));
    let page = pages::leaderboard(press.house, locale, press.guild()?, viewer, from).await?;
    press.update(page).await
}

async fn turn_history(press: &Press<'_>, way: &str, arguments: &[&str]) -> Result<(), Rejection> {
    let (member, viewer) = (part(arguments, 0)?, part(arguments, 1)?);
    only(press, viewer)?;
    let from = match way {
        "newer" => From::After(part(arguments, 2)?),
        _ => From::Before(part(arguments, 2)?),
    };
    let (locale, guild) = (press.locale(Audience::Asker), press.guild()?);
    let page = pages::history(press.house, locale, guild, member, viewer, from).await?;
    press.update(page).await
}

async fn accept(press: &Press<'_>, number: u32) -> Result<(), Rejection> {
    let (guild, presser, luck) = (press.guild()?, presser(press), draw());
    // One order a challenge and member: a double click is answered as the first was.
    let order = Order {
        origin: Some(format!("duel-{guild}-{number}-{presser}")),
        ..press.order()
    };
    let duelled = press
        .house
        .store
        .write(order, move |tx| {
            games::accept(tx, guild, number, presser, luck)
        })
        .await?
        .value;
    let choices = choices_of(press.house, guild).await?;
    let text = text!(
        "economy-duelled",
        winner = duelled.winner.mention(),
        loser = duelled.loser.mention(),
        pot = choices.coins(duelled.pot)
    );
    replace(press, &text).await
}

async fn decline(press: &Press<'_>, number: u32) -> Result<(), Rejection> {
    let (guild, presser) = (press.guild()?, presser(press));
    let off = press
        .house
        .store
        .write(press.order(), move |tx| {
            games::decline(tx, guild, number, presser)
        })
        .await?
        .value;
    let stake = choices_of(press.house, guild).await?.coins(off.stake);
    let (challenger, opponent) = (off.challenger.mention(), off.opponent.mention());
    let text = match off.ending {
        Ending::Withdrawn => {
            text!("economy-withdrawn", challenger = challenger, stake = stake)
        }
        _ => text!(
            "economy-declined",
            challenger = challenger,
            opponent = opponent,
            stake = stake
        ),
    };
    replace(press, &text).await
}

fn presser(press: &Press<'_>) -> UserId {
    UserId(press.user().id.get())
}
