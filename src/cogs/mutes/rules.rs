//! Who may silence whom and for how long; when a silence is renewed, ends, and is over.
//!
//! A mute is over when Discord says so, and its expiry asks nobody whether the moderator still may.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::register::{self, Change, Mute, Mutes};
use crate::cogs::cases::rules::sanctions::{self, ByHand, Telling};
use crate::cogs::cases::rules::{
    self as cases, Batch, Desk, Ending, Evidence, Kind, New, audit_text,
};
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
/// How soon an act that Discord refused is tried again.
const TRY_AGAIN: Duration = Duration::from_secs(3_600);
/// Discord's error code for somebody who is not in the guild.
const UNKNOWN_MEMBER: isize = 10007;

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
    let replaced = replace(tx, desk, silence.member)?;
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
    let role = register::role(tx, desk.guild)?;
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
        Telling::With(post) => post,
        Telling::Nothing => None,
    };
    tell(tx, silence.member, post)?;
    Ok(Muted {
        number: case.number,
        until,
        replaced,
    })
}

fn replace(tx: &mut Tx<'_>, desk: &Desk, member: UserId) -> Result<Option<u32>, Rejection> {
    let Some(former) = register::of(tx, desk.guild, member)? else {
        return Ok(None);
    };
    cases::end(tx, desk, former.number, Ending::Replaced, None)?;
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

/// Does what is due about these mutes of one guild: ends those that are over, renews the others.
pub fn attend(tx: &mut Tx<'_>, members: &[UserId]) -> Result<(), Rejection> {
    let Some(guild) = tx.order().guild else {
        return Ok(());
    };
    let now = tx.now();
    for member in members {
        let Some(mute) = register::of(tx, guild, *member)? else {
            continue;
        };
        if mute.due.is_none_or(|due| due > now) {
            continue;
        }
        if mute.holds(now) {
            tx.record::<Mutes>(&Change::Postponed {
                member: *member,
                due: due(now, mute.until, mute.role),
            })?;
            silence_on_discord(tx, guild, mute.number, *member, mute.until, mute.role)?;
        } else {
            tx.record::<Mutes>(&Change::Lifting { member: *member })?;
            let audit = audit_text(mute.number, "");
            let tag = tag("lift", mute.number, "expired");
            lift_on_discord(tx, guild, *member, mute.role, audit, tag)?;
        }
    }
    Ok(())
}

/// Has Discord silence those of these members who should be silent and are not: they rejoined, or the bot was away.
pub fn restore(tx: &mut Tx<'_>, members: &[UserId]) -> Result<u32, Rejection> {
    let Some(guild) = tx.order().guild else {
        return Ok(0);
    };
    let mut restored = 0;
    for member in members {
        if let Some(mute) = register::of(tx, guild, *member)?
            && mute.holds(tx.now())
        {
            silence_on_discord(tx, guild, mute.number, *member, mute.until, mute.role)?;
            restored += 1;
        }
    }
    Ok(restored)
}

/// Discord said that a silence has ended: the mute of this number is over. `why` is the rest of the effect's tag.
pub fn lifted(
    tx: &mut Tx<'_>,
    desk: &Desk,
    member: UserId,
    number: u32,
    why: &str,
) -> Result<(), Rejection> {
    let Some(mute) = register::of(tx, desk.guild, member)? else {
        return Ok(());
    };
    // Muted again meanwhile: that one holds.
    if mute.number != number || mute.lifting.is_none() {
        return Ok(());
    }
    tx.record::<Mutes>(&Change::Over { member })?;
    let (how, by) = match why.split_once(':') {
        Some(("by", case)) => {
            let unmute = cases::any(tx, desk.guild, case.parse().unwrap_or(0))?;
            (Ending::Lifted, unmute.and_then(|unmute| unmute.moderator))
        }
        Some(("undone", moderator)) => (Ending::Withdrawn, moderator.parse().ok()),
        _ => (Ending::Expired, None),
    };
    cases::end(tx, desk, number, how, by)
}

/// Discord refused to end a silence. Whoever has left is silent no longer; else it is tried again, until Discord does it.
pub fn not_lifted(
    tx: &mut Tx<'_>,
    desk: &Desk,
    member: UserId,
    number: u32,
    code: isize,
    why: &str,
) -> Result<(), Rejection> {
    if code == UNKNOWN_MEMBER {
        return lifted(tx, desk, member, number, why);
    }
    postpone(tx, desk.guild, member, number)
}

/// Discord refused to silence somebody. Whoever has left is silenced when they come back; else the mute never was.
pub fn not_silenced(
    tx: &mut Tx<'_>,
    desk: &Desk,
    member: UserId,
    number: u32,
    code: isize,
) -> Result<(), Rejection> {
    if code == UNKNOWN_MEMBER {
        return Ok(());
    }
    let Some(mute) = current(tx, desk.guild, member, number)? else {
        return Ok(());
    };
    if mute.since < tx.now() - RENEWED_BEFORE {
        // It held until now: a role that was moved for a moment must not end it.
        return postpone(tx, desk.guild, member, number);
    }
    tx.record::<Mutes>(&Change::Over { member })?;
    sanctions::refused(tx, desk, number)
}

fn postpone(tx: &mut Tx<'_>, guild: GuildId, member: UserId, number: u32) -> Result<(), Rejection> {
    if current(tx, guild, member, number)?.is_some() {
        let due = Some(tx.now() + TRY_AGAIN);
        tx.record::<Mutes>(&Change::Postponed { member, due })?;
    }
    Ok(())
}

fn current(
    tx: &Tx<'_>,
    guild: GuildId,
    member: UserId,
    number: u32,
) -> Result<Option<Mute>, Rejection> {
    Ok(register::of(tx, guild, member)?.filter(|mute| mute.number == number))
}

/// A moderator timed somebody out by hand, or ended a timeout so: it becomes a case, and a mute that is known.
pub fn by_hand(tx: &mut Tx<'_>, desk: &Desk, act: ByHand) -> Result<(), Rejection> {
    let (member, until, muted) = (act.member, act.until, act.act == Kind::Mute);
    let moderator = act.moderator;
    let former = register::of(tx, desk.guild, member)?;
    let Some(case) = sanctions::by_hand(tx, desk, act)? else {
        return Ok(());
    };
    if muted {
        if let Some(former) = former {
            cases::end(tx, desk, former.number, Ending::Replaced, None)?;
        }
        tx.record::<Mutes>(&Change::Muted {
            number: case.number,
            member,
            until,
            role: None,
            due: due(tx.now(), until, None),
        })?;
    } else if let Some(former) = former.filter(|former| former.role.is_none()) {
        tx.record::<Mutes>(&Change::Over { member })?;
        cases::end(tx, desk, former.number, Ending::Lifted, Some(moderator))?;
    }
    Ok(())
}

/// Chooses the role that the guild mutes by; `None`: timeouts. Mutes that hold stay as they are.
pub fn choose_role(tx: &mut Tx<'_>, scene: &Scene, role: Option<RoleId>) -> Result<(), Rejection> {
    if !scene.actor.administers() {
        return Err(crate::cogs::settings::rules::administrators_only().into());
    }
    role_chosen(tx, scene.guild, role)
}

/// [`choose_role`], for a role that Greffier made itself.
pub fn role_chosen(tx: &mut Tx<'_>, guild: GuildId, role: Option<RoleId>) -> Result<(), Rejection> {
    if register::role(tx, guild)? != role {
        tx.record::<Mutes>(&Change::RoleChosen { role })?;
    }
    Ok(())
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
        Some(role) => Effect::AddRole {
            guild,
            member,
            role,
            reason,
        },
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
        Some(role) => Effect::RemoveRole {
            guild,
            member,
            role,
            reason,
        },
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
