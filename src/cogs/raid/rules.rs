//! One order against many: who of them it may be carried out against, a case each under one batch number, and its undoing.

pub mod channels;

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::cogs::cases::rules::sanctions::{self, Telling, Terms};
use crate::cogs::cases::rules::{self as cases, Batch, Desk, Kind, New};
use crate::cogs::mutes::rules::{self as mutes, Length, Silence};
use crate::model::{Refusal, Rejection, Scene, Standing, UserId};
use crate::store::Tx;
use crate::text;

/// The most members of one order: their cases stand in one transaction.
pub const MOST_MEMBERS: usize = 200;

/// What is done to all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// Out of the guild for good.
    Ban,
    /// Out of the guild.
    Kick,
    /// Silent for so many seconds.
    Mute(u64),
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Massed {
    /// The batch's number: that of its first case.
    pub batch: u32,
    /// Against how many it is carried out.
    pub count: usize,
    /// How many stand too high, are bots, or are the moderator.
    pub spared: usize,
}

/// Whether the order may be carried out against this member.
pub fn check(scene: &Scene, act: Act, member: &Standing) -> Result<(), Refusal> {
    match act {
        Act::Ban | Act::Kick => cases::check_target(scene, member),
        Act::Mute(_) => mutes::check_target(scene, member),
    }
}

/// Carries one order out against many. They are not told: there are too many of them.
pub fn carry_out(
    tx: &mut Tx<'_>,
    scene: &Scene,
    act: Act,
    members: &[Standing],
    reason: &str,
) -> Result<Massed, Rejection> {
    let desk = Desk::of_moderator(tx, scene)?;
    let reason = cases::optional_reason(reason)?;
    if members.len() > MOST_MEMBERS {
        return Err(Refusal::from(text!("refused-too-many", most = MOST_MEMBERS)).into());
    }
    let mut batch = Batch::First;
    let mut count = 0;
    for member in members {
        if check(scene, act, member).is_err() {
            continue;
        }
        let number = against(tx, scene, &desk, act, member, reason, batch)?;
        if batch == Batch::First {
            batch = Batch::Of(number);
        }
        count += 1;
    }
    let Batch::Of(first) = batch else {
        return Err(Refusal::new("refused-nobody-left").into());
    };
    cases::publish(tx, &desk, first)?;
    Ok(Massed {
        batch: first,
        count,
        spared: members.len() - count,
    })
}

fn against(
    tx: &mut Tx<'_>,
    scene: &Scene,
    desk: &Desk,
    act: Act,
    member: &Standing,
    reason: &str,
    batch: Batch,
) -> Result<u32, Rejection> {
    let new = |kind: Kind| New {
        batch,
        ..sanctions::by(scene, kind, member, reason)
    };
    match act {
        Act::Ban => {
            sanctions::replace_ban(tx, desk, member.user)?;
            let case = cases::open(tx, desk, new(Kind::Ban))?;
            let days = Terms::default().deleted_days + 1;
            sanctions::carry_out_ban(tx, desk, &case, days, Telling::Nothing)?;
            Ok(case.number)
        }
        Act::Kick => {
            let case = cases::open(tx, desk, new(Kind::Kick))?;
            sanctions::carry_out_kick(tx, desk, &case, Telling::Nothing)?;
            Ok(case.number)
        }
        Act::Mute(seconds) => {
            let silence = Silence {
                member: member.user,
                moderator: Some(scene.actor.user),
                length: Length::For(Duration::from_secs(seconds)),
                reason: reason.to_owned(),
                batch,
                evidence: None,
            };
            mutes::begin(tx, desk, silence, Telling::Nothing).map(|muted| muted.number)
        }
    }
}

/// Takes a whole batch back. Returns how many of its cases still held.
pub fn undo(tx: &mut Tx<'_>, scene: &Scene, batch: u32) -> Result<usize, Rejection> {
    let desk = Desk::of_moderator(tx, scene)?;
    let standing = cases::standing_in_batch(tx, scene.guild, batch)?;
    if standing.is_empty() {
        return Err(Refusal::from(text!("refused-no-batch", number = batch)).into());
    }
    let moderator: UserId = scene.actor.user;
    for case in &standing {
        match case.kind {
            Kind::Ban => sanctions::undo_ban(tx, &desk, case, moderator)?,
            Kind::Mute => mutes::undo(tx, &desk, case.number, case.member, moderator)?,
            Kind::Warning | Kind::Unmute | Kind::Kick | Kind::Unban | Kind::Note => {
                cases::end(
                    tx,
                    &desk,
                    case.number,
                    cases::Ending::Withdrawn,
                    Some(moderator),
                )?;
            }
        }
    }
    Ok(standing.len())
}
