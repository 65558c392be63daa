//! What the mutes listen to about the guild's mute role: that it was made, given, taken away or deleted, and channels that
//! are newer than it.

use std::collections::BTreeSet;
use std::sync::Arc;

use anyhow::Result;
use poise::serenity_prelude as serenity;
use serenity::FullEvent;
use serenity::model::guild::audit_log::{Action, Change, MemberAction};

use super::listeners::of_guild;
use super::rules::{self, Lost};
use super::{register, setup};
use crate::cogs::cases::rules::sanctions::ByHand;
use crate::cogs::cases::rules::{Desk, Kind};
use crate::cogs::settings;
use crate::discord::{House, Verdict, guild_of, verdict};
use crate::model::{
    ChannelId, Effect, GuildId, MessageId, Post, Rejection, RoleId, Text, Timestamp, UserId,
};
use crate::store::{Order, Tx};

/// Hears of it from the gateway.
pub async fn heard(
    house: &Arc<House>,
    ctx: &serenity::Context,
    event: &FullEvent,
) -> Result<(), Rejection> {
    match event {
        FullEvent::ChannelCreate { channel } => {
            let (guild, channel) = (channel.guild_id.get(), channel.id.get());
            close_new(house, &ctx.http, GuildId(guild), &[ChannelId(channel)]).await
        }
        FullEvent::GuildRoleDelete {
            guild_id,
            removed_role_id,
            ..
        } => {
            let (guild, role) = (GuildId(guild_id.get()), RoleId(removed_role_id.get()));
            lost(house, ctx, guild, role, Lost::Deleted).await
        }
        FullEvent::GuildCreate { guild, .. } => compare(house, ctx, guild).await,
        FullEvent::GuildAuditLogEntryCreate { entry, guild_id }
            if entry.user_id != ctx.cache.current_user().id =>
        {
            by_hand(house, GuildId(guild_id.get()), entry).await
        }
        _ => Ok(()),
    }
}

/// Discord made the role: it is set, and closed to in every channel that there is now.
pub async fn made(
    house: &Arc<House>,
    http: &serenity::Http,
    guild: GuildId,
    tag: &str,
    role: RoleId,
) -> Result<(), Rejection> {
    let Some(actor) = actor(tag) else {
        return Ok(());
    };
    let gaps = setup::gaps(house, http, guild, role).await?;
    let order = Order {
        actor: Some(actor),
        ..of_guild(guild)
    };
    house
        .store
        .write(order, move |tx| rules::role_made(tx, guild, role, &gaps))
        .await?;
    Ok(())
}

/// Discord would not make it: whoever ordered it is told.
pub async fn not_made(house: &Arc<House>, guild: GuildId, tag: &str) -> Result<(), Rejection> {
    let Some(member) = actor(tag) else {
        return Ok(());
    };
    record(house, guild, move |tx, desk| {
        let post = Post::new(desk.locale, Text::new("mutes-role-not-made"));
        Ok(tx.enqueue(&Effect::DirectMessage { member, post })?)
    })
    .await
}

fn actor(tag: &str) -> Option<UserId> {
    tag.strip_prefix("mutes:role:")?.parse().ok()
}

/// A silence was done. By a role that somebody does not hold then, nothing was done: it is out of reach.
pub async fn silenced(
    house: &Arc<House>,
    http: &serenity::Http,
    guild: GuildId,
    member: UserId,
    number: u32,
) -> Result<(), Rejection> {
    let mute = house
        .store
        .read(move |reader| register::of(reader, guild, member))
        .await?;
    let mute = mute.filter(|mute| mute.number == number && mute.lifting.is_none());
    let Some(role) = mute.and_then(|mute| mute.role) else {
        return Ok(());
    };
    let found = http.get_member(guild.0.into(), member.0.into()).await;
    let found = match found {
        Ok(found) => found,
        // Who is not here gets it when they come back.
        Err(error) if matches!(verdict(&error), Verdict::Final(_)) => return Ok(()),
        Err(error) => return Err(anyhow::Error::new(error).into()),
    };
    if found.roles.contains(&serenity::RoleId::new(role.0)) {
        return Ok(());
    }
    let owner = http
        .get_guild(guild.0.into())
        .await
        .map_err(|error| anyhow::Error::new(error).context("looking up who owns the guild"))?
        .owner_id;
    let owner = UserId(owner.get());
    record(house, guild, move |tx, desk| {
        rules::role_lost(tx, desk, role, Lost::OutOfReach(member), owner)
    })
    .await
}

async fn lost(
    house: &Arc<House>,
    ctx: &serenity::Context,
    guild: GuildId,
    role: RoleId,
    lost: Lost,
) -> Result<(), Rejection> {
    if !in_use(house, guild).await?.contains(&role) {
        return Ok(());
    }
    let owner = guild_of(ctx, serenity::GuildId::new(guild.0))?.owner;
    record(house, guild, move |tx, desk| {
        rules::role_lost(tx, desk, role, lost, owner)
    })
    .await
}

/// The role that is set, and those that somebody is muted by.
async fn in_use(house: &Arc<House>, guild: GuildId) -> Result<BTreeSet<RoleId>> {
    house
        .store
        .read(move |reader| {
            let mutes = register::all(reader, guild)?;
            let mut roles: BTreeSet<RoleId> = mutes.iter().filter_map(|mute| mute.role).collect();
            roles.extend(settings::of(reader, guild)?.mute_role);
            Ok(roles)
        })
        .await
}

/// The gateway described a guild: roles that were deleted, and channels that were made, while the bot was away.
async fn compare(
    house: &Arc<House>,
    ctx: &serenity::Context,
    guild: &serenity::Guild,
) -> Result<(), Rejection> {
    let id = GuildId(guild.id.get());
    let known = in_use(house, id).await?;
    if !known.is_empty() {
        // Asked for now: a role that was made since the gateway spoke is not in what it said.
        let roles = guild.id.roles(&ctx.http).await;
        let roles =
            roles.map_err(|error| anyhow::Error::new(error).context("listing the roles"))?;
        let is_gone = |role: &&RoleId| !roles.contains_key(&serenity::RoleId::new(role.0));
        for role in known.iter().filter(is_gone) {
            lost(house, ctx, id, *role, Lost::Deleted).await?;
        }
    }
    let Some(away) = &house.away else {
        return Ok(());
    };
    let is_new = |channel: &&serenity::ChannelId| {
        let made = Timestamp(channel.created_at().timestamp_millis());
        made >= away.start
    };
    let new = guild.channels.keys().filter(is_new);
    let new: Vec<ChannelId> = new.map(|channel| ChannelId(channel.get())).collect();
    close_new(house, &ctx.http, id, &new).await
}

/// Channels that are newer than the role are closed to it as well.
async fn close_new(
    house: &Arc<House>,
    http: &serenity::Http,
    guild: GuildId,
    channels: &[ChannelId],
) -> Result<(), Rejection> {
    if channels.is_empty() {
        return Ok(());
    }
    let set = house
        .store
        .read(move |reader| settings::of(reader, guild))
        .await?;
    let Some(role) = set.mute_role else {
        return Ok(());
    };
    let mut gaps = setup::gaps(house, http, guild, role).await?;
    gaps.retain(|(channel, _)| channels.contains(channel));
    if gaps.is_empty() {
        return Ok(());
    }
    record(house, guild, move |tx, _| {
        rules::close_to_role(tx, guild, &gaps)
    })
    .await
}

/// Somebody gave the role or took it away by hand.
async fn by_hand(
    house: &Arc<House>,
    guild: GuildId,
    entry: &serenity::AuditLogEntry,
) -> Result<(), Rejection> {
    let is_role_update = matches!(entry.action, Action::Member(MemberAction::RoleUpdate));
    let Some(target) = entry.target_id.filter(|_| is_role_update) else {
        return Ok(());
    };
    for role in in_use(house, guild).await? {
        let id = serenity::RoleId::new(role.0);
        let names = |list: &Option<Vec<_>>| {
            let list: &[serenity::model::guild::audit_log::AffectedRole] =
                list.as_deref().unwrap_or_default();
            list.iter().any(|it| it.id == id)
        };
        let act = entry
            .changes
            .iter()
            .flatten()
            .find_map(|change| match change {
                Change::RolesAdded { new, .. } if names(new) => Some(Kind::Mute),
                Change::RolesRemove { new, .. } if names(new) => Some(Kind::Unmute),
                _ => None,
            });
        let Some(act) = act else { continue };
        let act = ByHand {
            entry: MessageId(entry.id.get()),
            act,
            member: UserId(target.get()),
            moderator: UserId(entry.user_id.get()),
            reason: entry.reason.clone().unwrap_or_default(),
            until: None,
        };
        record(house, guild, move |tx, desk| {
            rules::role_by_hand(tx, desk, role, act)
        })
        .await?;
    }
    Ok(())
}

/// Has a rule run that nobody ordered.
async fn record(
    house: &Arc<House>,
    guild: GuildId,
    rule: impl FnOnce(&mut Tx<'_>, &Desk) -> Result<(), Rejection> + Send + 'static,
) -> Result<(), Rejection> {
    let default = house.config.locale;
    house
        .store
        .write(of_guild(guild), move |tx| {
            let desk = Desk::of_greffier(tx, guild, default)?;
            rule(tx, &desk)
        })
        .await?;
    Ok(())
}
