//! What an administrator may choose for the guild's economy.

use super::administrator;
use crate::cogs::economy::account::MOST_COINS;
use crate::cogs::economy::register::choices::Choice;
use crate::cogs::economy::register::{Change, Economy};
use crate::model::{Refusal, Rejection, Standing};
use crate::store::Tx;
use crate::text;

/// The longest symbol, in characters: an emoji of the guild's own is `<:name:id>`.
const LONGEST_SYMBOL: usize = 64;
/// The longest name, in characters.
const LONGEST_NAME: usize = 32;
/// The largest reward or stake that can be chosen: far from the limit of all coins together.
const HIGHEST: i64 = 1_000_000_000;
/// The longest pause between work and work, in seconds.
const LONGEST_PAUSE: u64 = 30 * 24 * 3_600;

/// Chooses something.
pub fn choose(tx: &mut Tx<'_>, actor: &Standing, choice: Choice) -> Result<(), Rejection> {
    administrator(actor)?;
    let choice = check(choice)?;
    tx.record::<Economy>(&Change::Chosen { choice })?;
    Ok(())
}

fn check(choice: Choice) -> Result<Choice, Refusal> {
    let words = |value: Option<String>, longest: usize| -> Result<Option<String>, Refusal> {
        let value = value.map(|words| words.trim().to_owned());
        let fits = |words: &String| {
            (1..=longest).contains(&words.chars().count()) && !words.contains(['\n', '`'])
        };
        if value.as_ref().is_none_or(fits) {
            Ok(value)
        } else {
            Err(text!("refused-currency", longest = longest).into())
        }
    };
    let within = |value: Option<i64>, most: i64| match value {
        Some(value) if !(0..=most).contains(&value) => Err(Refusal::new("refused-choice-range")),
        value => Ok(value),
    };
    Ok(match choice {
        Choice::Symbol(value) => Choice::Symbol(words(value, LONGEST_SYMBOL)?),
        Choice::Name(value) => Choice::Name(words(value, LONGEST_NAME)?),
        Choice::Zone(Some(zone)) => {
            let known = chrono_tz::Tz::from_str_insensitive(&zone)
                .map_err(|_| Refusal(text!("refused-zone", zone = zone)))?;
            Choice::Zone(Some(known.name().to_owned()))
        }
        Choice::Daily(value) => Choice::Daily(within(value, HIGHEST)?),
        Choice::StreakBonus(value) => Choice::StreakBonus(within(value, HIGHEST)?),
        Choice::Work(Some((least, most))) => {
            within(Some(least), HIGHEST)?;
            within(Some(most), HIGHEST)?;
            if least > most || (least == 0 && most > 0) {
                return Err(Refusal::new("refused-choice-range"));
            }
            Choice::Work(Some((least, most)))
        }
        Choice::WorkEvery(Some(pause)) if pause > LONGEST_PAUSE => {
            return Err(Refusal::new("refused-choice-range"));
        }
        Choice::ConfirmAbove(value) => Choice::ConfirmAbove(within(value, MOST_COINS)?),
        Choice::HighestStake(value) => Choice::HighestStake(within(value, HIGHEST)?),
        other => other,
    })
}
