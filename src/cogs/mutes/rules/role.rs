//! The role that a guild mutes by: made or chosen, closed in every channel; what somebody did with it by hand; and that a
//! mute goes on as a timeout when the role is gone.

use super::super::register::{self, Change, Mute, Mutes};
use super::{Ending, Kind, cases, due, silence_on_discord};
use crate::cogs::cases::rules::Desk;
use crate::cogs::cases::rules::sanctions::{self, ByHand};
use crate::cogs::roles::Source;
use crate::cogs::roles::rules as roles;
use crate::cogs::settings::{self, rules::administrators_only};
use crate::model::{
    ChannelId, Effect, GuildId, Overwrite, Post, Rejection, RoleId, Scene, Text, UserId,
};
use crate::store::Tx;
use crate::text;

/// Why a role can't be muted by any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// It was deleted.
    Deleted,
    /// Discord did not give it to this member: it stands above the bot, say.
    OutOfReach(UserId),
}

/// Has the guild mute by a role: by this one, or where there is none yet by one that is made and called `name`. `closed`:
/// what its exceptions must say where they do not.
pub fn set_up(
    tx: &mut Tx<'_>,
    scene: &Scene,
    role: Option<RoleId>,
    name: &str,
    closed: &[(ChannelId, Overwrite)],
) -> Result<(), Rejection> {
    if !scene.actor.administers() {
        return Err(administrators_only().into());
    }
    if let Some(role) = role {
        return role_made(tx, scene.guild, role, closed);
    }
    let make = Effect::CreateRole {
        guild: scene.guild,
        name: name.to_owned(),
        reason: "mute_setup".to_owned(),
    };
    Ok(tx.enqueue_tagged(&make, &format!("mutes:role:{}", scene.actor.user))?)
}

/// The role is there: the guild mutes by it, and it may not write anywhere.
pub fn role_made(
    tx: &mut Tx<'_>,
    guild: GuildId,
    role: RoleId,
    closed: &[(ChannelId, Overwrite)],
) -> Result<(), Rejection> {
    settings::rules::mute_role_is(tx, guild, Some(role))?;
    close_to_role(tx, guild, closed)
}

/// Has channels say of the role what they should.
pub fn close_to_role(
    tx: &mut Tx<'_>,
    guild: GuildId,
    closed: &[(ChannelId, Overwrite)],
) -> Result<(), Rejection> {
    for (channel, overwrite) in closed {
        tx.enqueue(&Effect::SetOverwrite {
            guild,
            channel: *channel,
            overwrite: overwrite.clone(),
            reason: "mute_setup".to_owned(),
        })?;
    }
    Ok(())
}

/// The role is gone, or out of reach: who was muted by it is timed out instead, and so is whoever is muted next. Said once.
pub fn role_lost(
    tx: &mut Tx<'_>,
    desk: &Desk,
    role: RoleId,
    lost: Lost,
    owner: UserId,
) -> Result<(), Rejection> {
    let was_set = desk.settings.mute_role == Some(role);
    if was_set {
        settings::rules::mute_role_is(tx, desk.guild, None)?;
    }
    let mut mutes = register::by_role(tx, desk.guild, role)?;
    mutes.retain(|mute| mute.holds(tx.now()));
    if let Lost::OutOfReach(member) = lost {
        mutes.retain(|mute| mute.member == member);
    }
    for mute in &mutes {
        go_on_as_timeout(tx, desk.guild, role, mute)?;
    }
    if !was_set && mutes.is_empty() {
        return Ok(());
    }
    let words = match lost {
        Lost::Deleted => text!("mutes-role-deleted", count = mutes.len()),
        Lost::OutOfReach(_) => text!(
            "mutes-role-out-of-reach",
            role = role.mention(),
            count = mutes.len()
        ),
    };
    let post = Post::new(desk.locale, Text::new("mutes-role-lost")).saying(words);
    let effect = match desk.settings.usable_log_channel() {
        Some(channel) => Effect::LogPost {
            guild: desk.guild,
            channel,
            post,
        },
        None => Effect::DirectMessage {
            member: owner,
            post,
        },
    };
    Ok(tx.enqueue(&effect)?)
}

fn go_on_as_timeout(
    tx: &mut Tx<'_>,
    guild: GuildId,
    role: RoleId,
    mute: &Mute,
) -> Result<(), Rejection> {
    let member = mute.member;
    roles::record_withdrawal(tx, guild, member, role, Source::Mute)?;
    let due = due(tx.now(), mute.until, None);
    tx.record::<Mutes>(&Change::ByTimeout { member, due })?;
    silence_on_discord(tx, guild, mute.number, member, mute.until, None)
}

/// Somebody gave the role or took it away by hand: that is a mute, or the end of one.
pub fn role_by_hand(
    tx: &mut Tx<'_>,
    desk: &Desk,
    role: RoleId,
    act: ByHand,
) -> Result<(), Rejection> {
    let (guild, member, moderator, kind) = (desk.guild, act.member, act.moderator, act.act);
    let former = register::of(tx, guild, member)?;
    let is_muted = former.as_ref().is_some_and(|mute| mute.role == Some(role));
    // Given to somebody who is muted by it already, or taken from somebody who is not: nothing new.
    if (kind == Kind::Mute) == is_muted {
        return Ok(());
    }
    let Some(case) = sanctions::by_hand(tx, desk, act)? else {
        return Ok(());
    };
    match (kind, former) {
        (Kind::Mute, former) => {
            if let Some(former) = former {
                cases::end(tx, desk, former.number, Ending::Replaced, None)?;
            }
            roles::record_grant(tx, guild, member, role, Source::Mute, None)?;
            tx.record::<Mutes>(&Change::Muted {
                number: case.number,
                member,
                until: None,
                role: Some(role),
                due: None,
            })?;
        }
        (_, Some(former)) => {
            roles::record_withdrawal(tx, guild, member, role, Source::Mute)?;
            tx.record::<Mutes>(&Change::Over { member })?;
            cases::end(tx, desk, former.number, Ending::Lifted, Some(moderator))?;
        }
        (_, None) => {}
    }
    Ok(())
}
