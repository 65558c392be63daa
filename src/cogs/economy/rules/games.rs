//! A coin flipped against the bank, and duels whose stakes lie in escrow from the challenge to the end.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::ledger::{Party, check_purse};
use super::{affordable, check_issue, purse};
use crate::cogs::economy::amount::Amount;
use crate::cogs::economy::register::choices::{self, Choices};
use crate::cogs::economy::register::games::{self, Ending, Game};
use crate::cogs::economy::register::{Change, Economy};
use crate::model::{
    ChannelId, Effect, GuildId, Locale, MessageId, Post, Refusal, Rejection, Text, Timestamp,
    UserId,
};
use crate::store::Tx;
use crate::text;

/// How long a challenge waits for its answer.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// What a flip came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flipped {
    /// How many coins were at stake.
    pub stake: i64,
    /// Whether they were doubled.
    pub won: bool,
    /// What the member has now.
    pub balance: i64,
}

/// Whether luck was with somebody; drawn by the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Luck {
    /// The one who asks wins: who flips, or who challenged.
    With,
    /// The other.
    Against,
}

/// Doubles a stake, or loses it to the bank.
pub fn flip(
    tx: &mut Tx<'_>,
    guild: GuildId,
    member: UserId,
    stake: Amount,
    luck: Luck,
) -> Result<Flipped, Rejection> {
    let choices = choices::of(tx, guild)?;
    let stake = check_stake(tx, guild, member, stake, &choices)?;
    // Also when it will be lost: the answer must not depend on the draw.
    check_issue(tx, guild, stake)?;
    let won = luck == Luck::With;
    tx.record::<Economy>(&Change::Flipped { member, stake, won })?;
    Ok(Flipped {
        stake,
        won,
        balance: purse(tx, guild, member)?,
    })
}

/// An open challenge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    /// Its number in the guild.
    pub number: u32,
    /// What each stakes.
    pub stake: i64,
    /// When it settles itself.
    pub due: Timestamp,
}

/// Challenges another member. The challenger's stake goes into escrow at once: nobody can spend it meanwhile.
pub fn challenge(
    tx: &mut Tx<'_>,
    guild: GuildId,
    challenger: UserId,
    opponent: Party,
    stake: Amount,
) -> Result<Challenge, Rejection> {
    if opponent.user == challenger {
        return Err(Refusal::new("refused-duel-yourself").into());
    }
    check_purse(opponent)?;
    let choices = choices::of(tx, guild)?;
    let stake = check_stake(tx, guild, challenger, stake, &choices)?;
    if games::has_challenged(tx, guild, challenger)? {
        return Err(Refusal::new("refused-duel-waiting").into());
    }
    if purse(tx, guild, opponent.user)? < stake {
        return Err(too_poor(opponent.user).into());
    }
    let (number, due) = (games::next_number(tx, guild)?, tx.now() + PATIENCE);
    tx.record::<Economy>(&Change::Challenged {
        number,
        challenger,
        opponent: opponent.user,
        stake,
        due,
    })?;
    Ok(Challenge { number, stake, due })
}

/// What a duel came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duelled {
    /// Who won.
    pub winner: UserId,
    /// Who lost.
    pub loser: UserId,
    /// Both stakes.
    pub pot: i64,
}

/// The opponent takes the challenge up: both stakes are there, and one of the two wins them.
pub fn accept(
    tx: &mut Tx<'_>,
    guild: GuildId,
    number: u32,
    presser: UserId,
    luck: Luck,
) -> Result<Duelled, Rejection> {
    let game = open(tx, guild, number)?;
    if presser != game.opponent {
        return Err(not_theirs(&game).into());
    }
    if purse(tx, guild, presser)? < game.stake {
        return Err(too_poor(presser).into());
    }
    let (winner, loser) = match luck {
        Luck::With => (game.challenger, game.opponent),
        Luck::Against => (game.opponent, game.challenger),
    };
    tx.record::<Economy>(&Change::Duelled { number, winner })?;
    Ok(Duelled {
        winner,
        loser,
        pot: game.stake * 2,
    })
}

/// The opponent declines, or the challenger thinks better of it. Returns which, and the game.
pub fn decline(
    tx: &mut Tx<'_>,
    guild: GuildId,
    number: u32,
    presser: UserId,
) -> Result<CalledOff, Rejection> {
    let game = open(tx, guild, number)?;
    let ending = if presser == game.opponent {
        Ending::Declined
    } else if presser == game.challenger {
        Ending::Withdrawn
    } else {
        return Err(not_theirs(&game).into());
    };
    tx.record::<Economy>(&Change::CalledOff { number, ending })?;
    Ok(CalledOff {
        challenger: game.challenger,
        opponent: game.opponent,
        stake: game.stake,
        ending,
    })
}

/// A challenge that came to nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalledOff {
    /// Who has their stake back.
    pub challenger: UserId,
    /// Who was challenged.
    pub opponent: UserId,
    /// The stake.
    pub stake: i64,
    /// Why.
    pub ending: Ending,
}

/// A challenge stands on Discord: keeps where, and has it say so if the challenge has ended by itself meanwhile.
pub fn shown(
    tx: &mut Tx<'_>,
    guild: GuildId,
    number: u32,
    (channel, message): (ChannelId, MessageId),
    locale: Locale,
) -> Result<(), Rejection> {
    if games::find(tx, guild, number)?.is_some_and(|game| game.message.is_none()) {
        tx.record::<Economy>(&Change::Shown {
            number,
            channel,
            message,
        })?;
        tell(tx, guild, number, locale)?;
    }
    Ok(())
}

/// Settles a challenge that nobody answered in time, and has its post say so in the guild's language; one that is over
/// meanwhile stays as it is.
pub fn expire(
    tx: &mut Tx<'_>,
    guild: GuildId,
    number: u32,
    locale: Locale,
) -> Result<(), Rejection> {
    let game = games::find(tx, guild, number)?;
    let due = game.and_then(|game| game.due);
    if due.is_some_and(|due| due <= tx.now()) {
        let ending = Ending::Expired;
        tx.record::<Economy>(&Change::CalledOff { number, ending })?;
        tell(tx, guild, number, locale)?;
    }
    Ok(())
}

/// Has the post of a challenge say how it ended without anybody pressing there. Who presses is answered in its place.
pub(super) fn tell(
    tx: &mut Tx<'_>,
    guild: GuildId,
    number: u32,
    locale: Locale,
) -> Result<(), Rejection> {
    let Some(game) = games::find(tx, guild, number)? else {
        return Ok(());
    };
    let words = match game.ending {
        Some(Ending::Expired) => "economy-expired",
        Some(Ending::Reset) => "economy-duel-reset",
        Some(Ending::Won | Ending::Declined | Ending::Withdrawn) | None => return Ok(()),
    };
    let (Some(channel), Some(message)) = (game.channel, game.message) else {
        return Ok(());
    };
    let mut words = Text::new(words)
        .with("challenger", game.challenger.mention())
        .with("opponent", game.opponent.mention());
    if game.ending == Some(Ending::Expired) {
        words = words.with("stake", choices::of(tx, guild)?.coins(game.stake));
    }
    tx.enqueue(&Effect::EditPost {
        guild,
        channel,
        message,
        post: Post::new(locale, Text::new("economy-duel-title")).saying(words),
    })?;
    Ok(())
}

fn open(tx: &Tx<'_>, guild: GuildId, number: u32) -> Result<Game, Rejection> {
    let game = games::find(tx, guild, number)?;
    Ok(game
        .filter(|game| game.due.is_some_and(|due| due > tx.now()))
        .ok_or_else(|| Refusal::new("refused-duel-over"))?)
}

fn not_theirs(game: &Game) -> Refusal {
    let (challenger, opponent) = (game.challenger.mention(), game.opponent.mention());
    text!(
        "refused-duel-not-yours",
        challenger = challenger,
        opponent = opponent
    )
    .into()
}

fn too_poor(member: UserId) -> Refusal {
    text!("refused-duel-too-poor", member = member.mention()).into()
}

fn check_stake(
    tx: &Tx<'_>,
    guild: GuildId,
    member: UserId,
    stake: Amount,
    choices: &Choices,
) -> Result<i64, Rejection> {
    if choices.highest_stake == 0 {
        return Err(Refusal::new("refused-games-off").into());
    }
    let stake = affordable(stake, purse(tx, guild, member)?, choices)?;
    if stake > choices.highest_stake {
        let most = choices.coins(choices.highest_stake);
        return Err(Refusal(text!("refused-stake", most = most)).into());
    }
    Ok(stake)
}
