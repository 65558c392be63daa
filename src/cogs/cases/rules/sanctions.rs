//! Kicks and bans: who may, how long, and when a ban is over. No Discord here: what it must do is left in the outbox.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::super::queries;
use super::super::register::{Cases, Change};
use super::{
    AnyCase, Batch, Desk, Ending, Evidence, Kind, New, audit_text, check_target, end, open,
    open_with, optional_reason,
};
use crate::model::{
    Effect, GuildId, MessageId, Post, Refusal, Rejection, Scene, Standing, Timestamp, UserId,
};
use crate::store::Tx;
use crate::text;

/// Of how many days of messages Discord lets a ban delete.
pub const MOST_DELETED_DAYS: u8 = 7;
/// How soon a lifting that Discord refused is tried again.
const TRY_AGAIN: Duration = Duration::from_secs(3600);

/// What a kick or ban came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sanctioned {
    /// The case's number.
    pub number: u32,
    /// Until when; absent: for good.
    pub until: Option<Timestamp>,
}

/// How somebody is banned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// For how long; absent: for good.
    pub length: Option<Duration>,
    /// Messages of how many days go with them.
    pub deleted_days: u8,
}

/// Whether somebody is told what was done about them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Telling {
    /// As the guild has it.
    AsSet,
    /// By these words.
    With(Option<Box<Post>>),
    /// No: there are too many of them.
    Nothing,
}

/// Sends a member out of the guild.
pub fn kick(
    tx: &mut Tx<'_>,
    scene: &Scene,
    member: &Standing,
    reason: &str,
    evidence: Option<Evidence>,
) -> Result<Sanctioned, Rejection> {
    let desk = Desk::of_moderator(tx, scene)?;
    check_target(scene, member)?;
    let new = by(scene, Kind::Kick, member, optional_reason(reason)?);
    let case = open_with(tx, &desk, new, evidence)?;
    carry_out_kick(tx, &desk, &case, Telling::AsSet)?;
    Ok(Sanctioned {
        number: case.number,
        until: None,
    })
}

/// Bans somebody, here or not.
pub fn ban(
    tx: &mut Tx<'_>,
    scene: &Scene,
    member: &Standing,
    terms: Terms,
    reason: &str,
    evidence: Option<Evidence>,
) -> Result<Sanctioned, Rejection> {
    let desk = Desk::of_moderator(tx, scene)?;
    check_target(scene, member)?;
    check_terms(terms)?;
    let until = terms.length.map(|length| tx.now() + length);
    let new = New {
        until,
        ..by(scene, Kind::Ban, member, optional_reason(reason)?)
    };
    replace_ban(tx, &desk, member.user)?;
    let case = open_with(tx, &desk, new, evidence)?;
    carry_out_ban(tx, &desk, &case, terms.deleted_days, Telling::AsSet)?;
    Ok(Sanctioned {
        number: case.number,
        until,
    })
}

/// Ends somebody's ban.
pub fn unban(tx: &mut Tx<'_>, scene: &Scene, user: UserId, reason: &str) -> Result<u32, Rejection> {
    let desk = Desk::of_moderator(tx, scene)?;
    let reason = optional_reason(reason)?;
    let new = New {
        act: Kind::Unban,
        member: user,
        moderator: Some(scene.actor.user),
        reason: reason.to_owned(),
        until: None,
        batch: Batch::None,
        audit: None,
    };
    let case = open(tx, &desk, new)?;
    let ban = queries::standing_ban(tx, scene.guild, user)?;
    if let Some(ban) = &ban {
        tx.record::<Cases>(&Change::Ending { number: ban.number })?;
    }
    lift(
        tx,
        scene.guild,
        user,
        audit_text(case.number, reason),
        ban.map_or(0, |ban| ban.number),
        Lifting::By(case.number),
    )?;
    Ok(case.number)
}

/// A case of a moderator's about a member, that stands alone.
pub fn by(scene: &Scene, act: Kind, member: &Standing, reason: &str) -> New {
    New {
        act,
        member: member.user,
        moderator: Some(scene.actor.user),
        reason: reason.to_owned(),
        until: None,
        batch: Batch::None,
        audit: None,
    }
}

/// Whether a ban can be on these terms.
pub fn check_terms(terms: Terms) -> Result<(), Refusal> {
    if terms.length.is_some_and(|length| length.is_zero()) {
        return Err(Refusal::new("refused-no-length"));
    }
    if terms.deleted_days > MOST_DELETED_DAYS {
        return Err(text!("refused-deleted-days", most = u32::from(MOST_DELETED_DAYS)).into());
    }
    Ok(())
}

/// A newer ban takes an older one's place.
pub fn replace_ban(tx: &mut Tx<'_>, desk: &Desk, user: UserId) -> Result<(), Rejection> {
    match queries::standing_ban(tx, desk.guild, user)? {
        Some(former) => end(tx, desk, former.number, Ending::Replaced, None),
        None => Ok(()),
    }
}

/// Has Discord carry out the kick that a case tells of.
pub fn carry_out_kick(
    tx: &mut Tx<'_>,
    desk: &Desk,
    case: &AnyCase,
    telling: Telling,
) -> Result<(), Rejection> {
    let kick = Effect::Kick {
        guild: desk.guild,
        member: case.member,
        reason: audit_text(case.number, &case.reason),
        notice: notice(desk, case, telling),
    };
    Ok(tx.enqueue_tagged(&kick, &act_tag(case.number))?)
}

/// Has Discord carry out the ban that a case tells of.
pub fn carry_out_ban(
    tx: &mut Tx<'_>,
    desk: &Desk,
    case: &AnyCase,
    deleted_days: u8,
    telling: Telling,
) -> Result<(), Rejection> {
    let ban = Effect::Ban {
        guild: desk.guild,
        member: case.member,
        reason: audit_text(case.number, &case.reason),
        notice: notice(desk, case, telling),
        delete_days: deleted_days,
    };
    Ok(tx.enqueue_tagged(&ban, &act_tag(case.number))?)
}

fn notice(desk: &Desk, case: &AnyCase, telling: Telling) -> Option<Post> {
    match telling {
        Telling::AsSet => desk.tells().then(|| desk.notice(case)),
        Telling::With(post) => post.map(|post| *post),
        Telling::Nothing => None,
    }
}

/// Why a ban is lifted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifting {
    /// Its time is over.
    Expired,
    /// By this case.
    By(u32),
    /// The ban was a mistake, and is undone by a moderator.
    Undone(UserId),
}

/// Has Discord lift a ban; the case `ban` (0: none of ours) ends when Discord says that it has.
pub fn lift(
    tx: &mut Tx<'_>,
    guild: GuildId,
    user: UserId,
    reason: String,
    ban: u32,
    why: Lifting,
) -> Result<(), Rejection> {
    let why = match why {
        Lifting::Expired => "expired".to_owned(),
        Lifting::By(case) => format!("by:{case}"),
        Lifting::Undone(moderator) => format!("undone:{moderator}"),
    };
    let unban = Effect::Unban {
        guild,
        user,
        reason,
    };
    Ok(tx.enqueue_tagged(&unban, &format!("cases:lift:{ban}:{why}"))?)
}

/// Takes a ban back as a mistake.
pub fn undo_ban(
    tx: &mut Tx<'_>,
    desk: &Desk,
    case: &AnyCase,
    moderator: UserId,
) -> Result<(), Rejection> {
    tx.record::<Cases>(&Change::Ending {
        number: case.number,
    })?;
    let reason = audit_text(case.number, "");
    let why = Lifting::Undone(moderator);
    lift(tx, desk.guild, case.member, reason, case.number, why)
}

/// Begins to lift the bans of one guild that are over. Nobody is asked whether the moderator still may.
pub fn lift_due(tx: &mut Tx<'_>, due: &[(u32, UserId)]) -> Result<(), Rejection> {
    let Some(guild) = tx.order().guild else {
        return Ok(());
    };
    for (number, user) in due {
        let still_due = queries::find(tx, guild, *number)?
            .is_some_and(|case| case.due.is_some_and(|due| due <= tx.now()));
        if still_due {
            tx.record::<Cases>(&Change::Ending { number: *number })?;
            lift(
                tx,
                guild,
                *user,
                audit_text(*number, ""),
                *number,
                Lifting::Expired,
            )?;
        }
    }
    Ok(())
}

/// Discord said that a ban is lifted: its case ends. `why` is the rest of the tag that [`lift`] gave.
pub fn lifted(tx: &mut Tx<'_>, desk: &Desk, ban: u32, why: &str) -> Result<(), Rejection> {
    let (how, by) = match why.split_once(':') {
        Some(("by", case)) => {
            let unban = queries::find(tx, desk.guild, case.parse().unwrap_or(0))?;
            (Ending::Lifted, unban.and_then(|unban| unban.moderator))
        }
        Some(("undone", moderator)) => (Ending::Withdrawn, moderator.parse().ok()),
        _ => (Ending::Expired, None),
    };
    end(tx, desk, ban, how, by)
}

/// Discord refused to lift a ban: it is tried again later, for a ban that nobody lifts would outlive its time.
pub fn not_lifted(tx: &mut Tx<'_>, guild: GuildId, ban: u32) -> Result<(), Rejection> {
    let due = tx.now() + TRY_AGAIN;
    if queries::find(tx, guild, ban)?.is_some_and(|case| case.ended.is_none()) {
        tx.record::<Cases>(&Change::Postponed { number: ban, due })?;
    }
    Ok(())
}

/// What somebody did by hand, as Discord's audit log tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByHand {
    /// The entry's id.
    pub entry: MessageId,
    /// What was done.
    pub act: Kind,
    /// About whom.
    pub member: UserId,
    /// By whom.
    pub moderator: UserId,
    /// Why, as they told Discord.
    pub reason: String,
    /// Until when.
    pub until: Option<Timestamp>,
}

/// Makes a case of what a moderator did by hand. The same entry makes one case only.
pub fn by_hand(tx: &mut Tx<'_>, desk: &Desk, act: ByHand) -> Result<Option<AnyCase>, Rejection> {
    if queries::of_audit(tx, desk.guild, act.entry)?.is_some() {
        return Ok(None);
    }
    match act.act {
        Kind::Ban => replace_ban(tx, desk, act.member)?,
        Kind::Unban => {
            if let Some(ban) = queries::standing_ban(tx, desk.guild, act.member)? {
                end(tx, desk, ban.number, Ending::Lifted, Some(act.moderator))?;
            }
        }
        Kind::Warning | Kind::Mute | Kind::Unmute | Kind::Kick | Kind::Note => {}
    }
    let reason: String = act
        .reason
        .trim()
        .chars()
        .take(super::LONGEST_REASON)
        .collect();
    let new = New {
        act: act.act,
        member: act.member,
        moderator: Some(act.moderator),
        reason,
        until: act.until,
        batch: Batch::None,
        audit: Some(act.entry),
    };
    open(tx, desk, new).map(Some)
}

/// Discord refused for good what a case tells of: the case says so.
pub fn refused(tx: &mut Tx<'_>, desk: &Desk, number: u32) -> Result<(), Rejection> {
    end(tx, desk, number, Ending::Refused, None)
}

/// How an effect names the case that it carries out.
pub fn act_tag(number: u32) -> String {
    format!("cases:act:{number}")
}
