//! Coins from one purse to another, and those that administrators give and take.

use serde::{Deserialize, Serialize};

use super::{administrator, affordable, check_issue, positive, purse};
use crate::cogs::economy::account::{Account, Why};
use crate::cogs::economy::amount::Amount;
use crate::cogs::economy::register::{Change, Economy, choices};
use crate::model::{GuildId, Refusal, Rejection, Standing, UserId};
use crate::store::Tx;
use crate::text;

/// The longest note on a gift or a fine, in characters.
const LONGEST_NOTE: usize = 200;

/// Somebody who gets or loses coins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Party {
    /// Who.
    pub user: UserId,
    /// Whether that is a bot, which has no purse.
    pub bot: bool,
}

/// Whether the sender was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    /// They typed the command.
    Typed,
    /// They confirmed it as well.
    Confirmed,
}

/// What came of a payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Paid {
    /// The coins are there.
    Done {
        /// How many.
        amount: i64,
        /// What the sender has left.
        left: i64,
    },
    /// Nothing was moved: so much is asked back first.
    Ask {
        /// How many coins it would be.
        amount: i64,
    },
}

/// Pays another member. Above the guild's limit a typed payment asks back, and moves nothing.
pub fn pay(
    tx: &mut Tx<'_>,
    guild: GuildId,
    from: UserId,
    to: Party,
    amount: Amount,
    consent: Consent,
) -> Result<Paid, Rejection> {
    if to.user == from {
        return Err(Refusal::new("refused-pay-yourself").into());
    }
    check_purse(to)?;
    let choices = choices::of(tx, guild)?;
    let before = purse(tx, guild, from)?;
    let amount = affordable(amount, before, &choices)?;
    if consent == Consent::Typed && amount > choices.confirm_above {
        return Ok(Paid::Ask { amount });
    }
    tx.record::<Economy>(&Change::Moved {
        from: Account::Member(from),
        to: Account::Member(to.user),
        amount,
        why: Why::Pay,
        note: String::new(),
    })?;
    Ok(Paid::Done {
        amount,
        left: before - amount,
    })
}

/// An administrator gives a member coins from the bank. Returns what the member has then.
pub fn grant(
    tx: &mut Tx<'_>,
    guild: GuildId,
    actor: &Standing,
    to: Party,
    amount: i64,
    note: &str,
) -> Result<i64, Rejection> {
    administrator(actor)?;
    check_purse(to)?;
    let (amount, note) = (positive(amount)?, check_note(note)?);
    check_issue(tx, guild, amount)?;
    tx.record::<Economy>(&Change::Moved {
        from: Account::Bank,
        to: Account::Member(to.user),
        amount,
        why: Why::Grant,
        note,
    })?;
    purse(tx, guild, to.user)
}

/// What an administrator took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// How many coins.
    pub amount: i64,
    /// What is left.
    pub left: i64,
}

/// An administrator takes coins from a member, back to the bank; never more than there are.
pub fn take(
    tx: &mut Tx<'_>,
    guild: GuildId,
    actor: &Standing,
    from: UserId,
    amount: Amount,
    note: &str,
) -> Result<Taken, Rejection> {
    administrator(actor)?;
    let before = purse(tx, guild, from)?;
    let note = check_note(note)?;
    let amount = match amount {
        Amount::All => before,
        Amount::Coins(coins) => positive(coins)?,
    };
    if amount == 0 || amount > before {
        let has = choices::of(tx, guild)?.coins(before);
        return Err(Refusal(text!(
            "refused-they-have",
            member = from.mention(),
            has = has
        ))
        .into());
    }
    tx.record::<Economy>(&Change::Moved {
        from: Account::Member(from),
        to: Account::Bank,
        amount,
        why: Why::Take,
        note,
    })?;
    Ok(Taken {
        amount,
        left: before - amount,
    })
}

pub(super) fn check_purse(party: Party) -> Result<(), Refusal> {
    if party.bot {
        return Err(Refusal::new("refused-bot-purse"));
    }
    Ok(())
}

fn check_note(note: &str) -> Result<String, Refusal> {
    let note = note.trim();
    if note.chars().count() > LONGEST_NOTE {
        return Err(text!("refused-long-reason", longest = LONGEST_NOTE).into());
    }
    Ok(note.to_owned())
}
