//! What follows when a member has too many points: a case of Greffier's own, in the transaction of the warning.

use std::time::Duration;

use super::register;
use crate::cogs::cases::rules::sanctions::{self, Telling};
use crate::cogs::cases::rules::{self as cases, Batch, Desk, Kind, LONGEST_REASON, New};
use crate::cogs::mutes::rules::{self as mutes, Length, Silence};
use crate::cogs::settings::{Consequence, GuildSettings, Threshold};
use crate::model::{Post, Rejection, Scene, Standing, Timestamp, UserId};
use crate::store::Tx;

use super::case::Outcome;

const DAY: Duration = Duration::from_secs(24 * 3600);

/// The highest threshold that this warning newly reaches, if any.
pub(super) fn consequence(
    tx: &Tx<'_>,
    scene: &Scene,
    settings: &GuildSettings,
    member: &Standing,
    added: u32,
) -> Result<Outcome, Rejection> {
    let mut reached: Option<&Threshold> = None;
    for threshold in &settings.thresholds {
        let since = if threshold.days == 0 {
            Timestamp(0)
        } else {
            tx.now() - DAY * threshold.days
        };
        let before = register::points(tx, scene.guild, member.user, since, tx.now())?;
        if before < threshold.points && before + added >= threshold.points {
            reached = Some(threshold);
        }
    }
    let Some(threshold) = reached else {
        return Ok(Outcome::Nothing);
    };
    let within_reach = match threshold.consequence {
        Consequence::Timeout { .. } => scene.greffier.can_time_out(member),
        Consequence::Kick | Consequence::Ban => scene.greffier.is_above(member),
    };
    let consequence = threshold.consequence.clone();
    Ok(if within_reach {
        Outcome::Happens(consequence)
    } else {
        Outcome::OutOfReach(consequence)
    })
}

/// How the history names a consequence.
pub(super) fn consequence_word(consequence: &Consequence) -> String {
    match consequence {
        Consequence::Timeout { seconds } => format!("timeout {seconds}"),
        Consequence::Kick => "kick".to_owned(),
        Consequence::Ban => "ban".to_owned(),
    }
}

/// Does what a threshold asks for. `notice` is what the member is told of the warning and this together.
pub(super) fn escalate(
    tx: &mut Tx<'_>,
    desk: &Desk,
    member: UserId,
    consequence: &Consequence,
    (warning, reason): (u32, &str),
    notice: Option<Post>,
) -> Result<(), Rejection> {
    let origin = format!(" (#{warning})");
    let room = LONGEST_REASON - origin.len();
    let reason: String = reason.chars().take(room).chain(origin.chars()).collect();
    let telling = Telling::With(notice.map(Box::new));
    let new = |act: Kind| New {
        act,
        member,
        moderator: None,
        reason: reason.clone(),
        until: None,
        batch: Batch::None,
        audit: None,
    };
    match consequence {
        Consequence::Timeout { seconds } => {
            let silence = Silence {
                member,
                moderator: None,
                length: Length::For(Duration::from_secs(*seconds)),
                reason,
                batch: Batch::None,
                evidence: None,
            };
            mutes::begin(tx, desk, silence, telling).map(drop)
        }
        Consequence::Kick => {
            let case = cases::open(tx, desk, new(Kind::Kick))?;
            sanctions::carry_out_kick(tx, desk, &case, telling)
        }
        Consequence::Ban => {
            sanctions::replace_ban(tx, desk, member)?;
            let case = cases::open(tx, desk, new(Kind::Ban))?;
            sanctions::carry_out_ban(tx, desk, &case, 0, telling)
        }
    }
}
