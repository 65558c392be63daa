//! What members type: reads arguments, asks the rules, words the reply.

mod choose;
mod games;
mod items;
pub(super) mod manage;
mod money;
mod shop;
mod terms;
mod wages;

use poise::serenity_prelude as serenity;

pub(super) use games::draw;
pub(super) use money::paid_text;

use super::amount::Amount;
use super::register::choices::{self, Choices};
use super::rules::ledger::Party;
use crate::discord::{Command, Context, House};
use crate::model::{GuildId, Refusal, Rejection, UserId};
use crate::text;

/// The cog's commands, in the order of `!help`.
pub fn all() -> Vec<Command> {
    let mut all = money::all();
    all.extend(wages::all());
    all.extend(shop::all());
    all.extend(games::all());
    all.push(manage::economy());
    all
}

/// What the guild chose: how amounts are written there.
pub(super) async fn choices_of(house: &House, guild: GuildId) -> Result<Choices, Rejection> {
    Ok(house
        .store
        .read(move |reader| choices::of(reader, guild))
        .await?)
}

/// An amount as it is typed.
fn amount_of(typed: &str) -> Result<Amount, Refusal> {
    typed
        .parse()
        .map_err(|_| text!("refused-no-amount", typed = typed).into())
}

fn me(ctx: Context<'_>) -> UserId {
    UserId(ctx.author().id.get())
}

fn party(user: &serenity::User) -> Party {
    Party {
        user: UserId(user.id.get()),
        bot: user.bot,
    }
}
