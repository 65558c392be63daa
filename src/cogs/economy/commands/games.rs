//! `!coinflip` and `!duel`.

use poise::serenity_prelude as serenity;

use super::{amount_of, choices_of, me, party};
use crate::cogs::economy::rules::games::{self, Luck};
use crate::discord::{Answer, Audience, Command, Context, here, locale, order, say};
use crate::model::{Button, ButtonStyle, Post, Rejection, Text};
use crate::store::Order;
use crate::text;

pub(super) fn all() -> Vec<Command> {
    vec![coinflip(), duel()]
}

/// A side of a coin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, poise::ChoiceParameter)]
pub enum Side {
    /// The head.
    #[name = "heads"]
    #[name = "face"]
    #[name_localized("fr", "face")]
    Heads,
    /// The number.
    #[name = "tails"]
    #[name = "pile"]
    #[name_localized("fr", "pile")]
    Tails,
}

impl Side {
    fn other(self) -> Side {
        match self {
            Side::Heads => Side::Tails,
            Side::Tails => Side::Heads,
        }
    }

    fn label(self) -> Text {
        Text::new(match self {
            Side::Heads => "economy-heads",
            Side::Tails => "economy-tails",
        })
    }
}

#[poise::command(prefix_command, slash_command, guild_only, category = "economy")]
async fn coinflip(ctx: Context<'_>, stake: String, side: Option<Side>) -> Result<(), Rejection> {
    let (guild, member, luck) = (here(ctx)?, me(ctx), draw());
    let stake = amount_of(&stake)?;
    let flipped = ctx
        .data()
        .store
        .write(order(ctx), move |tx| {
            games::flip(tx, guild, member, stake, luck)
        })
        .await?
        .value;
    let choices = choices_of(ctx.data(), guild).await?;
    let guess = side.unwrap_or(Side::Heads);
    let stake = choices.coins(flipped.stake);
    let has = choices.coins(flipped.balance);
    let text = if flipped.won {
        text!(
            "economy-flip-won",
            side = guess.label(),
            stake = stake,
            has = has
        )
    } else {
        text!(
            "economy-flip-lost",
            side = guess.other().label(),
            stake = stake,
            has = has
        )
    };
    say(ctx, Audience::Everyone, &text).await
}

/// Heads or tails, as good as the machine's randomness.
pub(in crate::cogs::economy) fn draw() -> Luck {
    if rand::random() {
        Luck::With
    } else {
        Luck::Against
    }
}

#[poise::command(prefix_command, slash_command, guild_only, category = "economy")]
async fn duel(
    ctx: Context<'_>,
    member: serenity::User,
    #[rest] stake: String,
) -> Result<(), Rejection> {
    let (guild, challenger, opponent) = (here(ctx)?, me(ctx), party(&member));
    let stake = amount_of(&stake)?;
    let challenge = ctx
        .data()
        .store
        .write(order(ctx), move |tx| {
            games::challenge(tx, guild, challenger, opponent, stake)
        })
        .await?
        .value;
    let choices = choices_of(ctx.data(), guild).await?;
    let reader = locale(ctx, Audience::Everyone);
    let words = text!(
        "economy-duel",
        challenger = challenger.mention(),
        opponent = opponent.user.mention(),
        stake = choices.coins(challenge.stake),
        due = challenge.due.markup('R')
    );
    let button = |act: &str, label: &'static str, style| Button {
        id: format!("economy:{act}:{}", challenge.number),
        label: Text::new(label),
        style,
    };
    let post = Post::new(reader, Text::new("economy-duel-title"))
        .saying(words)
        .offering(button(
            "accept",
            "economy-duel-accept",
            ButtonStyle::Success,
        ))
        .offering(button(
            "decline",
            "economy-duel-decline",
            ButtonStyle::Secondary,
        ));
    let house = ctx.data();
    let place = Answer::to(Audience::Everyone)
        .posting(house, &post)
        .send_to_last(ctx)
        .await?;
    let order = Order {
        origin: None,
        ..order(ctx)
    };
    house
        .store
        .write(order, move |tx| {
            games::shown(tx, guild, challenge.number, place, reader)
        })
        .await?;
    Ok(())
}
