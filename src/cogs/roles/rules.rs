//! Who wants which role for whom; and which roles may be handed out at all.

use anyhow::{Result, ensure};

use super::plan::Plan;
use super::register::{self, Change, Grant, Roles, Source};
use crate::model::{
    Effect, GuildId, Refusal, Rejection, RoleFacts, RoleId, Standing, Timestamp, UserId,
};
use crate::store::{Reader, Tx};
use crate::text;

pub use super::register::{ended, next_expiry};

/// How many wishes end in one transaction: whoever waits for the store does not wait for all of them.
const AT_ONCE: u32 = 200;

/// `source` wants `member` to have `role` until `until`, or for good. The same wish again changes nothing but its end.
pub fn grant(
    tx: &mut Tx<'_>,
    guild: GuildId,
    member: UserId,
    role: RoleId,
    source: Source,
    until: Option<Timestamp>,
) -> Result<()> {
    record_grant(tx, guild, member, role, source, until)?;
    put_right(tx, guild, member)
}

/// `source` no longer wants it. The role stays where another source wants it, or where it was not we who gave it.
/// Returns whether it had wanted it.
pub fn withdraw(
    tx: &mut Tx<'_>,
    guild: GuildId,
    member: UserId,
    role: RoleId,
    source: Source,
) -> Result<bool> {
    let withdrawn = record_withdrawal(tx, guild, member, role, source)?;
    if withdrawn {
        put_right(tx, guild, member)?;
    }
    Ok(withdrawn)
}

/// [`grant`] for one of several roles: [`put_right`] comes after the last.
pub fn record_grant(
    tx: &mut Tx<'_>,
    guild: GuildId,
    member: UserId,
    role: RoleId,
    source: Source,
    until: Option<Timestamp>,
) -> Result<()> {
    check_guild(tx, guild)?;
    let before = register::find(tx, guild, member, role, source)?;
    if before.is_none_or(|grant| grant.until != until) {
        tx.record::<Roles>(&Change::Granted {
            member,
            role,
            source,
            until,
        })?;
    }
    Ok(())
}

/// [`withdraw`] for one of several roles: [`put_right`] comes after the last.
pub fn record_withdrawal(
    tx: &mut Tx<'_>,
    guild: GuildId,
    member: UserId,
    role: RoleId,
    source: Source,
) -> Result<bool> {
    check_guild(tx, guild)?;
    if register::find(tx, guild, member, role, source)?.is_none() {
        return Ok(false);
    }
    tx.record::<Roles>(&Change::Withdrawn {
        member,
        role,
        source,
    })?;
    Ok(true)
}

/// From now on a role that the member holds by other hands counts as given by us, so that it goes when nobody wants it:
/// for a member's own wish to be rid of a role that a menu offers, and for a mute's role.
pub fn adopt(tx: &mut Tx<'_>, guild: GuildId, member: UserId, role: RoleId) -> Result<()> {
    check_guild(tx, guild)?;
    if !register::given(tx, guild, member)?.contains(&role) {
        let roles = vec![role];
        tx.record::<Roles>(&Change::Given { member, roles })?;
    }
    Ok(())
}

/// Leaves one act in the outbox that makes what Discord shows of this member's roles what the records say.
pub fn put_right(tx: &mut Tx<'_>, guild: GuildId, member: UserId) -> Result<()> {
    tx.enqueue(&Effect::Roles { guild, member })
}

/// The roles that somebody wants this member to have.
pub fn wanted(reader: &Reader<'_>, guild: GuildId, member: UserId) -> Result<Vec<RoleId>> {
    let mut roles: Vec<RoleId> = register::grants(reader, guild, member)?
        .into_iter()
        .map(|grant| grant.role)
        .collect();
    roles.dedup();
    Ok(roles)
}

/// What `source` wants this member to have.
pub fn wants(
    reader: &Reader<'_>,
    guild: GuildId,
    member: UserId,
    source: Source,
) -> Result<Vec<Grant>> {
    let mut grants = register::grants(reader, guild, member)?;
    grants.retain(|grant| grant.source == source);
    Ok(grants)
}

/// What the records say of a member's roles.
pub fn plan(reader: &Reader<'_>, guild: GuildId, member: UserId) -> Result<Plan> {
    let grants = register::grants(reader, guild, member)?;
    let of = |rejoin: bool| {
        let grants = grants.iter();
        grants.filter(move |grant| (grant.source == Source::Rejoin) == rejoin)
    };
    let ours: std::collections::BTreeSet<RoleId> = of(false).map(|grant| grant.role).collect();
    Ok(Plan {
        wanted: grants.iter().map(|grant| grant.role).collect(),
        returning: of(true)
            .map(|grant| grant.role)
            .filter(|role| !ours.contains(role))
            .collect(),
        given: register::given(reader, guild, member)?
            .into_iter()
            .collect(),
    })
}

/// Notes what is about to be given, before Discord is asked: what a crash interrupts is ours all the same.
pub fn note_given(
    tx: &mut Tx<'_>,
    guild: GuildId,
    member: UserId,
    roles: Vec<RoleId>,
) -> Result<()> {
    check_guild(tx, guild)?;
    tx.record::<Roles>(&Change::Given { member, roles })?;
    Ok(())
}

/// Notes what Discord said is gone.
pub fn note_taken(
    tx: &mut Tx<'_>,
    guild: GuildId,
    member: UserId,
    roles: Vec<RoleId>,
) -> Result<()> {
    check_guild(tx, guild)?;
    tx.record::<Roles>(&Change::Taken { member, roles })?;
    Ok(())
}

/// A member left. What they held by other hands than ours (`held`) comes back with them where `keeps` says so; what they
/// chose in menus is otherwise forgotten. What a mute, the shop or a payday wants of them stands in either case.
pub fn left(
    tx: &mut Tx<'_>,
    guild: GuildId,
    member: UserId,
    held: &[RoleId],
    keeps: Keeps,
) -> Result<()> {
    check_guild(tx, guild)?;
    let grants = register::grants(tx, guild, member)?;
    let given = register::given(tx, guild, member)?;
    let roles: Vec<RoleId> = match keeps {
        Keeps::Everything => {
            let known = |role: &RoleId| {
                given.contains(role) || grants.iter().any(|grant| grant.role == *role)
            };
            // The role @everyone has the guild's own id.
            let others = held.iter().filter(|role| role.0 != guild.0);
            others.filter(|role| !known(role)).copied().collect()
        }
        Keeps::Nothing => {
            for grant in grants.iter().filter(|grant| grant.source == Source::Menu) {
                record_withdrawal(tx, guild, member, grant.role, Source::Menu)?;
            }
            Vec::new()
        }
    };
    if !roles.is_empty() || !given.is_empty() {
        tx.record::<Roles>(&Change::Left { member, roles })?;
    }
    Ok(())
}

/// [`left`], heard after the member's return was: what was given to them since then is still ours to take.
pub fn left_before_returning(
    tx: &mut Tx<'_>,
    guild: GuildId,
    member: UserId,
    held: &[RoleId],
    keeps: Keeps,
) -> Result<()> {
    let given = register::given(tx, guild, member)?;
    left(tx, guild, member, held, keeps)?;
    if !given.is_empty() {
        tx.record::<Roles>(&Change::Given {
            member,
            roles: given,
        })?;
    }
    put_right(tx, guild, member)
}

/// Whether a guild gives those who come back the roles that they had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeps {
    /// All that may be handed out.
    Everything,
    /// Only what a mute, the shop or a payday wants.
    Nothing,
}

/// What was held at leaving is held again.
pub fn returned(tx: &mut Tx<'_>, guild: GuildId, member: UserId) -> Result<()> {
    check_guild(tx, guild)?;
    if !wants(tx, guild, member, Source::Rejoin)?.is_empty() {
        tx.record::<Roles>(&Change::Returned { member })?;
    }
    Ok(())
}

/// A role is gone from the guild.
pub fn role_deleted(tx: &mut Tx<'_>, guild: GuildId, role: RoleId) -> Result<()> {
    check_guild(tx, guild)?;
    if register::knows(tx, guild, role)? {
        tx.record::<Roles>(&Change::RoleDeleted { role })?;
    }
    Ok(())
}

/// Somebody with the right to do so took a role away by hand: no menu, shop or payday gives it again. A mute is the mutes'
/// to end.
pub fn taken_by_hand(tx: &mut Tx<'_>, guild: GuildId, member: UserId, role: RoleId) -> Result<()> {
    for grant in register::grants(tx, guild, member)? {
        if grant.role == role && grant.source != Source::Mute {
            record_withdrawal(tx, guild, member, role, grant.source)?;
        }
    }
    if register::given(tx, guild, member)?.contains(&role) {
        note_taken(tx, guild, member, vec![role])?;
    }
    Ok(())
}

/// Ends what has run out in the order's guild; asks nobody whether they still may. Returns how many.
pub fn expire(tx: &mut Tx<'_>, guild: GuildId) -> Result<u32> {
    check_guild(tx, guild)?;
    let due = ended_in(tx, guild)?;
    let mut members: Vec<UserId> = Vec::new();
    for grant in &due {
        tx.record::<Roles>(&Change::Expired {
            member: grant.member,
            role: grant.role,
            source: grant.source,
        })?;
        if !members.contains(&grant.member) {
            members.push(grant.member);
        }
    }
    for member in members {
        put_right(tx, guild, member)?;
    }
    Ok(u32::try_from(due.len()).unwrap_or(u32::MAX))
}

fn ended_in(tx: &Tx<'_>, guild: GuildId) -> Result<Vec<Grant>> {
    let mut due = ended(tx, tx.now(), AT_ONCE)?;
    due.retain(|grant| grant.guild == guild);
    Ok(due)
}

/// Whether a role may be handed out: by a menu, a shop, a return. `chooser` is whoever set it up, as they stand now; asked
/// at set-up and again at each use, because roles change in between.
pub fn may_hand_out(
    role: &RoleFacts,
    chooser: Option<&Standing>,
    greffier: &Standing,
) -> Result<(), Refusal> {
    let mention = || role.id.mention();
    if role.managed {
        return Err(text!("refused-role-managed", role = mention()).into());
    }
    if !role.dangers.is_empty() {
        let dangers = role.dangers.join(", ");
        return Err(text!(
            "refused-role-dangerous",
            role = mention(),
            dangers = dangers
        )
        .into());
    }
    if !greffier.reaches(role) {
        return Err(text!("refused-role-above-greffier", role = mention()).into());
    }
    if let Some(chooser) = chooser
        && !chooser.reaches(role)
    {
        let chooser = chooser.user.mention();
        return Err(text!(
            "refused-role-above-chooser",
            role = mention(),
            member = chooser
        )
        .into());
    }
    Ok(())
}

/// [`may_hand_out`] for a role that may not exist any more.
pub fn may_hand_out_of(
    roles: &[RoleFacts],
    role: RoleId,
    chooser: Option<&Standing>,
    greffier: &Standing,
) -> Result<(), Rejection> {
    let facts = roles.iter().find(|facts| facts.id == role);
    let facts = facts.ok_or_else(|| Refusal::new("refused-role-gone"))?;
    Ok(may_hand_out(facts, chooser, greffier)?)
}

fn check_guild(tx: &Tx<'_>, guild: GuildId) -> Result<()> {
    ensure!(
        tx.order().guild == Some(guild),
        "a role of guild {guild} was asked for in another"
    );
    Ok(())
}

#[cfg(test)]
mod tests;
