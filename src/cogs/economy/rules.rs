//! What members may do with coins. Each noun has a file; here is what they have in common.

pub mod attendance;
mod calendar;
pub mod choices;
pub mod games;
pub mod ledger;
pub mod paydays;
pub mod reset;
pub mod shop;
pub mod wages;

use super::account::{Account, MOST_COINS};
use super::amount::Amount;
use super::register::choices::Choices;
use super::register::ledger::balance;
use crate::cogs::settings;
use crate::model::{GuildId, Refusal, Rejection, Standing, UserId};
use crate::store::Reader;
use crate::text;

/// The coins that an amount means to somebody who has `balance` of them: at least 1, at most what they have.
fn affordable(amount: Amount, balance: i64, choices: &Choices) -> Result<i64, Refusal> {
    let coins = match amount {
        Amount::All => balance,
        Amount::Coins(coins) => positive(coins)?,
    };
    if coins == 0 || coins > balance {
        let has = choices.coins(balance);
        return Err(text!("refused-too-poor", has = has).into());
    }
    Ok(coins)
}

/// An amount of coins that can exist.
fn positive(coins: i64) -> Result<i64, Refusal> {
    if coins < 1 {
        return Err(Refusal::new("refused-amount"));
    }
    if coins > MOST_COINS {
        return Err(Refusal::new("refused-amount-too-large"));
    }
    Ok(coins)
}

/// The bank makes no more coins than a guild can have.
fn check_issue(reader: &Reader<'_>, guild: GuildId, amount: i64) -> Result<(), Rejection> {
    let circulating = -balance(reader, guild, Account::Bank)?;
    if circulating > MOST_COINS - amount {
        return Err(Refusal::new("refused-supply").into());
    }
    Ok(())
}

fn purse(reader: &Reader<'_>, guild: GuildId, member: UserId) -> Result<i64, Rejection> {
    Ok(balance(reader, guild, Account::Member(member))?)
}

fn administrator(actor: &Standing) -> Result<(), Refusal> {
    if actor.administers() {
        Ok(())
    } else {
        Err(settings::rules::administrators_only())
    }
}

#[cfg(test)]
mod tests;
