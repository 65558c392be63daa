//! Who may silence whom and for how long; when a silence is renewed, ends, and is over.
//!
//! A mute is over when Discord says so, and its expiry asks nobody whether the moderator still may.

mod course;
mod role;

use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use self::course::{attend, by_hand, lifted, not_lifted, not_silenced, restore};
pub use self::role::{Lost, close_to_role, role_by_hand, role_lost, role_made, set_up};
use super::register::{self, Change, Mutes};
use crate::cogs::cases::rules::sanctions::{self, Telling};
use crate::cogs::cases::rules::{
    self as cases, Batch, Desk, Ending, Evidence, Kind, New, audit_text,
};
use crate::cogs::roles::Source;
use crate::cogs::roles::rules as roles;
use crate::model::{
    Effect, GuildId, Refusal, Rejection, RoleId, Scene, Standing, Timestamp, UserId,
};
use crate::store::Tx;
use crate::text;

/// How long a mute lasts when nobody says.
pub const USUAL_LENGTH: Duration = Duration::from_secs(10 * 60);
/// How far ahead a timeout is set at most: Discord allows 28 days, and clocks differ.
const LONGEST_TIMEOUT: Duration = Duration::from_secs(28 * 86_400 - 3_600);
/// How long before it runs out a timeout is renewed.
const RENEWED_BEFORE: Duration = Duration::from_secs(86_400);

/// For how long somebody is muted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// For this long.
    For(Duration),
    /// Until somebody ends it.
    ForGood,
}

/// What a mute came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Muted {
    /// The case's number.
    pub number: u32,
    /// Until when; absent: for good.
    pub until: Option<Timestamp>,
    /// The case of the mute that it replaced.
    pub replaced: Option<u32>,
}

/// Somebody to be silenced, before there is a case.
#[derive(Clone, Debug)]
pub struct Silence {
    /// Who.
    pub member: UserId,
    /// By whom; absent: Greffier itself.
    pub moderator: Option<UserId>,
    /// For how long.
    pub length: Length,
    /// Why.
    pub reason: String,
    /// The batch that it belongs to.
    pub batch: Batch,
    /// The message that it is about.
    pub evidence: Option<Evidence>,
}

/// Mutes a member.
pub fn mute(
    tx: &mut Tx<'_>,
    scene: &Scene,
    member: &Standing,
    length: Length,
    reason: &str,
    evidence: Option<Evidence>,
) -> Result<Muted, Rejection> {
    let desk = Desk::of_moderator(tx, scene)?;
    check_target(scene, member)?;
    check_length(length)?;
    let silence = Silence {
        member: member.user,
        moderator: Some(scene.actor.user),
        length,
        reason: cases::optional_reason(reason)?.to_owned(),
        batch: Batch::None,
        evidence,
    };
    begin(tx, &desk, silence, Telling::AsSet)
}

/// Whether this moderator, and the bot, may silence this member. Discord times no administrator out, and they ignore roles.
pub fn check_target(scene: &Scene, member: &Standing) -> Result<(), Refusal> {
    cases::check_target(scene, member)?;
    if member.administers() {
        return Err(text!("refused-administrator", member = member.user.mention()).into());
    }
    Ok(())
}

/// Whether a mute can last this long.
pub fn check_length(length: Length) -> Result<(), Refusal> {
    match length {
        Length::For(length) if length < Duration::from_secs(1) => {
            Err(Refusal::new("refused-no-length"))
        }
        Length::For(_) | Length::ForGood => Ok(()),
    }
}

/// Silences somebody whom the caller has judged; a mute that they had is replaced.
pub fn begin(
    tx: &mut Tx<'_>,
    desk: &Desk,
    silence: Silence,
    telling: Telling,
) -> Result<Muted, Rejection> {
    let until = match silence.length {
        Length::For(length) => Some(tx.now() + length),
        Length::ForGood => None,
    };
    let role = desk.settings.mute_role;
    let replaced = replace(tx, desk, silence.member, role)?;
    let new = New {
        act: Kind::Mute,
        member: silence.member,
        moderator: silence.moderator,
        reason: silence.reason,
        until,
        batch: silence.batch,
        audit: None,
    };
    let case = cases::open_with(tx, desk, new, silence.evidence)?;
    tx.record::<Mutes>(&Change::Muted {
        number: case.number,
        member: silence.member,
        until,
        role,
        due: due(tx.now(), until, role),
    })?;
    silence_on_discord(tx, desk.guild, case.number, silence.member, until, role)?;
    let post = match telling {
        Telling::AsSet => desk.tells().then(|| desk.notice(&case)),
        Telling::With(post) => post.map(|post| *post),
        Telling::Nothing => None,
    };
    tell(tx, silence.member, post)?;
    Ok(Muted {
        number: case.number,
        until,
        replaced,
    })
}

fn replace(
    tx: &mut Tx<'_>,
    desk: &Desk,
    member: UserId,
    role: Option<RoleId>,
) -> Result<Option<u32>, Rejection> {
    let Some(former) = register::of(tx, desk.guild, member)? else {
        return Ok(None);
    };
    cases::end(tx, desk, former.number, Ending::Replaced, None)?;
    if former.role != role {
        // The guild mutes by other means now: the former ones must not stay behind.
        let reason = audit_text(former.number, "");
        let tag = tag("change", former.number, "");
        lift_on_discord(tx, desk.guild, member, former.role, reason, tag)?;
    }
    Ok(Some(former.number))
}

/// When something is to be done about a mute next: a timeout that must outlast Discord's limit is renewed before it ends.
fn due(now: Timestamp, until: Option<Timestamp>, role: Option<RoleId>) -> Option<Timestamp> {
    let renewal = now + (LONGEST_TIMEOUT - RENEWED_BEFORE);
    match (role, until) {
        (None, Some(until)) if until <= now + LONGEST_TIMEOUT => Some(until),
        (None, _) => Some(renewal),
        (Some(_), until) => until,
    }
}

/// Ends a member's mute before its time. `timed_out`: whether Discord shows a timeout that we may not know of.
pub fn unmute(
    tx: &mut Tx<'_>,
    scene: &Scene,
    member: &Standing,
    timed_out: bool,
    reason: &str,
) -> Result<u32, Rejection> {
    let desk = Desk::of_moderator(tx, scene)?;
    cases::check_target(scene, member)?;
    let reason = cases::optional_reason(reason)?;
    let mute = register::of(tx, scene.guild, member.user)?;
    if mute.is_none() && !timed_out {
        return Err(Refusal(text!("refused-not-muted", member = member.user.mention())).into());
    }
    let case = cases::open(
        tx,
        &desk,
        sanctions::by(scene, Kind::Unmute, member, reason),
    )?;
    let role = mute.as_ref().and_then(|mute| mute.role);
    let number = mute.as_ref().map_or(0, |mute| mute.number);
    if mute.is_some() {
        tx.record::<Mutes>(&Change::Lifting {
            member: member.user,
        })?;
    }
    let audit = audit_text(case.number, reason);
    lift_on_discord(
        tx,
        scene.guild,
        member.user,
        role,
        audit,
        tag("lift", number, &format!("by:{}", case.number)),
    )?;
    let post = desk.tells().then(|| desk.notice(&case));
    tell(tx, member.user, post)?;
    Ok(case.number)
}

/// Takes a mute back as a mistake.
pub fn undo(
    tx: &mut Tx<'_>,
    desk: &Desk,
    number: u32,
    member: UserId,
    moderator: UserId,
) -> Result<(), Rejection> {
    let Some(mute) = register::of(tx, desk.guild, member)?.filter(|mute| mute.number == number)
    else {
        return cases::end(tx, desk, number, Ending::Withdrawn, Some(moderator));
    };
    tx.record::<Mutes>(&Change::Lifting { member })?;
    let tag = tag("lift", number, &format!("undone:{moderator}"));
    lift_on_discord(
        tx,
        desk.guild,
        member,
        mute.role,
        audit_text(number, ""),
        tag,
    )
}

/// The one place that has Discord silence somebody.
fn silence_on_discord(
    tx: &mut Tx<'_>,
    guild: GuildId,
    number: u32,
    member: UserId,
    until: Option<Timestamp>,
    role: Option<RoleId>,
) -> Result<(), Rejection> {
    let case = cases::any(tx, guild, number)?;
    let reason = audit_text(number, case.as_ref().map_or("", |case| &case.reason));
    let furthest = tx.now() + LONGEST_TIMEOUT;
    let effect = match role {
        None => Effect::Timeout {
            guild,
            member,
            until: Some(until.map_or(furthest, |until| until.min(furthest))),
            reason,
        },
        Some(role) => {
            // The end of a mute is kept here alone: to the roles it is a wish without end.
            roles::record_grant(tx, guild, member, role, Source::Mute, None)?;
            Effect::Roles { guild, member }
        }
    };
    Ok(tx.enqueue_tagged(&effect, &tag("silence", number, ""))?)
}

/// The one place that has Discord end a silence.
fn lift_on_discord(
    tx: &mut Tx<'_>,
    guild: GuildId,
    member: UserId,
    role: Option<RoleId>,
    reason: String,
    tag: String,
) -> Result<(), Rejection> {
    let effect = match role {
        None => Effect::Timeout {
            guild,
            member,
            until: None,
            reason,
        },
        Some(role) => {
            // Also from whom it was given by other hands: whoever lifts a mute wants it gone.
            roles::adopt(tx, guild, member, role)?;
            roles::record_withdrawal(tx, guild, member, role, Source::Mute)?;
            Effect::Roles { guild, member }
        }
    };
    Ok(tx.enqueue_tagged(&effect, &tag)?)
}

fn tell(
    tx: &mut Tx<'_>,
    member: UserId,
    post: Option<crate::model::Post>,
) -> Result<(), Rejection> {
    if let Some(post) = post {
        tx.enqueue(&Effect::DirectMessage { member, post })?;
    }
    Ok(())
}

/// How an effect names the mute that it is about.
fn tag(what: &str, number: u32, why: &str) -> String {
    format!("mutes:{what}:{number}:{why}")
}
