//! Who may warn whom, what a warning weighs, how long it counts, and what follows when there are too many.

use std::time::Duration;

pub use super::case::{Outcome, Warned};
use super::escalation::{consequence, consequence_word, escalate};
use super::posts::{log_post, member_post, withdrawn_post};
use super::register::{self, Change, Warning, Warnings};
use crate::cogs::cases::rules::{self as cases, Desk, Evidence, LONGEST_REASON};
use crate::cogs::settings::{self, GuildSettings};
use crate::model::{Effect, Post, Refusal, Rejection, Scene, Standing, Timestamp, UserId};
use crate::store::Tx;
use crate::text;

/// The most points that one warning may weigh.
pub const MOST_POINTS: u32 = 100;
const DAY: Duration = Duration::from_secs(24 * 3600);

/// Warns a member.
pub fn warn(
    tx: &mut Tx<'_>,
    scene: &Scene,
    member: &Standing,
    points: u32,
    reason: &str,
) -> Result<Warned, Rejection> {
    warn_about(tx, scene, member, points, reason, None)
}

/// [`warn`], keeping the message that the warning is about.
pub fn warn_about(
    tx: &mut Tx<'_>,
    scene: &Scene,
    member: &Standing,
    points: u32,
    reason: &str,
    evidence: Option<Evidence>,
) -> Result<Warned, Rejection> {
    let desk = Desk::of_moderator(tx, scene)?;
    let settings = &desk.settings;
    check_target(scene, member)?;
    let reason = check_reason(reason)?;
    if !(1..=MOST_POINTS).contains(&points) {
        return Err(Refusal::from(text!("refused-points", most = MOST_POINTS)).into());
    }
    let number = cases::next_number(tx, scene.guild)?;
    let expires = match settings.warning_days.unwrap_or(settings::WARNING_DAYS) {
        0 => None,
        days => Some(tx.now() + DAY * days),
    };
    let consequence = consequence(tx, scene, settings, member, points)?;
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
    cases::keep_evidence(tx, number, evidence)?;
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
    enqueue_effects(tx, scene, &desk, member.user, reason, &warned)?;
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
    show_withdrawn(tx, scene, &settings, &[number], warning.member)?;
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
    show_withdrawn(tx, scene, &settings, &numbers, member.user)?;
    Ok(numbers)
}

/// Gives a warning another reason.
pub fn reword(
    tx: &mut Tx<'_>,
    scene: &Scene,
    number: u32,
    reason: &str,
) -> Result<Warning, Rejection> {
    let desk = Desk::of_moderator(tx, scene)?;
    let warning = own_case_is_not_theirs(tx, scene, number)?;
    let reason = check_reason(reason)?;
    tx.record::<Warnings>(&Change::Reworded {
        number,
        member: Some(warning.member),
        reason: reason.to_owned(),
    })?;
    cases::show(tx, &desk, number)?;
    Ok(warning)
}

/// Shows in the log that warnings were taken back: in their own posts, or in one for those that have none.
fn show_withdrawn(
    tx: &mut Tx<'_>,
    scene: &Scene,
    settings: &GuildSettings,
    numbers: &[u32],
    member: UserId,
) -> Result<(), Rejection> {
    let desk = Desk::of_moderator(tx, scene)?;
    let mut unposted = Vec::new();
    for number in numbers {
        if !cases::refresh(tx, &desk, *number)? {
            unposted.push(*number);
        }
    }
    if unposted.is_empty() {
        return Ok(());
    }
    let post = withdrawn_post(scene, settings, &unposted, member);
    log(tx, scene, settings, post)
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

fn enqueue_effects(
    tx: &mut Tx<'_>,
    scene: &Scene,
    desk: &Desk,
    member: UserId,
    reason: &str,
    warned: &Warned,
) -> Result<(), Rejection> {
    let post = log_post(scene, &desk.settings, member, reason, warned);
    if let Some(channel) = desk.settings.usable_log_channel() {
        let guild = scene.guild;
        tx.enqueue_tagged(
            &Effect::LogPost {
                guild,
                channel,
                post,
            },
            &cases::post_tag(warned.number),
        )?;
    }
    let notice = warned
        .told
        .then(|| member_post(scene, &desk.settings, reason, warned));
    match &warned.consequence {
        Outcome::Happens(consequence) => {
            let why = (warned.number, reason);
            escalate(tx, desk, member, consequence, why, notice)
        }
        Outcome::Nothing | Outcome::OutOfReach(_) => tell(tx, member, notice),
    }
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

#[cfg(test)]
mod tests;
