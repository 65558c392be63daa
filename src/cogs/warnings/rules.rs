//! Who may warn whom, what a warning weighs, how long it counts, and what follows when there are too many.

use std::time::Duration;

use super::case::LONGEST_REASON;
pub use super::case::{Outcome, Warned};
use super::posts::{field, log_post, member_post, withdrawn_post};
use super::register::{self, Change, Warning, Warnings};
use crate::cogs::settings::{self, Consequence, GuildSettings, Threshold};
use crate::model::{Effect, Post, Refusal, Rejection, Scene, Standing, Timestamp, UserId};
use crate::store::Tx;
use crate::text;

/// The most points that one warning may weigh.
pub const MOST_POINTS: u32 = 100;
/// Discord's limit for an audit log reason, in characters.
const AUDIT_REASON: usize = 512;
const DAY: Duration = Duration::from_secs(24 * 3600);

/// Warns a member.
pub fn warn(
    tx: &mut Tx<'_>,
    scene: &Scene,
    member: &Standing,
    points: u32,
    reason: &str,
) -> Result<Warned, Rejection> {
    let settings = settings::for_moderator(tx, scene.guild, &scene.actor)?;
    check_target(scene, member)?;
    let reason = check_reason(reason)?;
    if !(1..=MOST_POINTS).contains(&points) {
        return Err(Refusal::from(text!("refused-points", most = MOST_POINTS)).into());
    }
    let number = register::next_number(tx, scene.guild)?;
    let expires = match settings.warning_days.unwrap_or(settings::WARNING_DAYS) {
        0 => None,
        days => Some(tx.now() + DAY * days),
    };
    let consequence = consequence(tx, scene, &settings, member, points)?;
    tx.record::<Warnings>(&Change::Warned {
        number,
        member: member.user,
        points,
        reason: reason.to_owned(),
        expires,
        consequence: match &consequence {
            Outcome::Happens(consequence) => Some(consequence_word(consequence)),
            Outcome::Nothing | Outcome::OutOfReach(_) => None,
        },
    })?;
    let total = register::points(tx, scene.guild, member.user, Timestamp(0), tx.now())?;
    let told = settings.direct_messages.unwrap_or(true);
    let warned = Warned {
        number,
        points,
        total,
        expires,
        consequence,
        told,
    };
    enqueue_effects(tx, scene, &settings, member, reason, &warned)?;
    Ok(warned)
}

/// Takes a warning back. It stays in the history, but counts no longer.
pub fn withdraw(tx: &mut Tx<'_>, scene: &Scene, number: u32) -> Result<Warning, Rejection> {
    let settings = settings::for_moderator(tx, scene.guild, &scene.actor)?;
    let warning = own_case_is_not_theirs(tx, scene, number)?;
    if warning.withdrawn.is_some() {
        return Err(Refusal::from(text!("refused-case-withdrawn", number = number)).into());
    }
    tx.record::<Warnings>(&Change::Withdrawn { number })?;
    log(
        tx,
        scene,
        &settings,
        withdrawn_post(scene, &settings, &[number], warning.member),
    )?;
    Ok(warning)
}

/// Takes all of a member's warnings back. Returns their numbers.
pub fn clear(tx: &mut Tx<'_>, scene: &Scene, member: &Standing) -> Result<Vec<u32>, Rejection> {
    let settings = settings::for_moderator(tx, scene.guild, &scene.actor)?;
    if member.user == scene.actor.user {
        return Err(Refusal::new("refused-own-warnings").into());
    }
    check_target(scene, member)?;
    let numbers = register::standing(tx, scene.guild, member.user)?;
    if numbers.is_empty() {
        return Err(
            Refusal::from(text!("refused-no-warnings", member = member.user.mention())).into(),
        );
    }
    tx.record::<Warnings>(&Change::Cleared {
        member: member.user,
        numbers: numbers.clone(),
    })?;
    log(
        tx,
        scene,
        &settings,
        withdrawn_post(scene, &settings, &numbers, member.user),
    )?;
    Ok(numbers)
}

/// Gives a warning another reason.
pub fn reword(
    tx: &mut Tx<'_>,
    scene: &Scene,
    number: u32,
    reason: &str,
) -> Result<Warning, Rejection> {
    let settings = settings::for_moderator(tx, scene.guild, &scene.actor)?;
    let warning = own_case_is_not_theirs(tx, scene, number)?;
    let reason = check_reason(reason)?;
    tx.record::<Warnings>(&Change::Reworded {
        number,
        reason: reason.to_owned(),
    })?;
    let title = text!("warnings-log-reworded", number = number);
    let post = Post::new(settings.language.unwrap_or(scene.locale), title).listing([
        field("warnings-field-moderator", scene.actor.user.mention()),
        field("warnings-field-former-reason", warning.reason.clone()),
        field("warnings-field-reason", reason),
    ]);
    log(tx, scene, &settings, post)?;
    Ok(warning)
}

fn check_target(scene: &Scene, member: &Standing) -> Result<(), Refusal> {
    if member.user == scene.actor.user {
        return Err(Refusal::new("refused-yourself"));
    }
    if member.bot {
        return Err(Refusal::new("refused-a-bot"));
    }
    if !scene.actor.is_above(member) {
        return Err(text!("refused-hierarchy", member = member.user.mention()).into());
    }
    Ok(())
}

fn check_reason(reason: &str) -> Result<&str, Refusal> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refusal::new("refused-no-reason"));
    }
    if reason.chars().count() > LONGEST_REASON {
        return Err(text!("refused-long-reason", longest = LONGEST_REASON).into());
    }
    Ok(reason)
}

fn own_case_is_not_theirs(tx: &Tx<'_>, scene: &Scene, number: u32) -> Result<Warning, Rejection> {
    let warning = register::find(tx, scene.guild, number)?
        .ok_or_else(|| Refusal::from(text!("refused-no-case", number = number)))?;
    if warning.member == scene.actor.user && !scene.actor.administers() {
        return Err(Refusal::new("refused-own-case").into());
    }
    Ok(warning)
}

/// The highest threshold that this warning newly reaches, if any.
fn consequence(
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
fn consequence_word(consequence: &Consequence) -> String {
    match consequence {
        Consequence::Timeout { seconds } => format!("timeout {seconds}"),
        Consequence::Kick => "kick".to_owned(),
        Consequence::Ban => "ban".to_owned(),
    }
}

fn enqueue_effects(
    tx: &mut Tx<'_>,
    scene: &Scene,
    settings: &GuildSettings,
    member: &Standing,
    reason: &str,
    warned: &Warned,
) -> Result<(), Rejection> {
    let notice = warned
        .told
        .then(|| member_post(scene, settings, reason, warned));
    let audit = text_for_audit(warned.number, reason);
    let (guild, user) = (scene.guild, member.user);
    match &warned.consequence {
        Outcome::Happens(Consequence::Kick) => {
            tx.enqueue(&Effect::Kick {
                guild,
                member: user,
                reason: audit,
                notice,
            })?;
        }
        Outcome::Happens(Consequence::Ban) => {
            tx.enqueue(&Effect::Ban {
                guild,
                member: user,
                reason: audit,
                notice,
                delete_days: 0,
            })?;
        }
        Outcome::Happens(Consequence::Timeout { seconds }) => {
            let until = Some(tx.now() + Duration::from_secs(*seconds));
            tx.enqueue(&Effect::Timeout {
                guild,
                member: user,
                until,
                reason: audit,
            })?;
            tell(tx, user, notice)?;
        }
        Outcome::Nothing | Outcome::OutOfReach(_) => tell(tx, user, notice)?,
    }
    log(
        tx,
        scene,
        settings,
        log_post(scene, settings, user, reason, warned),
    )
}

fn tell(tx: &mut Tx<'_>, member: UserId, notice: Option<Post>) -> Result<(), Rejection> {
    if let Some(post) = notice {
        tx.enqueue(&Effect::DirectMessage { member, post })?;
    }
    Ok(())
}

fn log(
    tx: &mut Tx<'_>,
    scene: &Scene,
    settings: &GuildSettings,
    post: Post,
) -> Result<(), Rejection> {
    if let Some(channel) = settings.usable_log_channel() {
        tx.enqueue(&Effect::LogPost {
            guild: scene.guild,
            channel,
            post,
        })?;
    }
    Ok(())
}

fn text_for_audit(number: u32, reason: &str) -> String {
    format!("#{number}: {reason}")
        .chars()
        .take(AUDIT_REASON)
        .collect()
}

#[cfg(test)]
mod tests;
