//! What the roles listen to: who leaves and comes back, roles that vanish, and roles taken away by hand.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::Result;
use futures::future::BoxFuture;
use poise::serenity_prelude as serenity;
use serenity::FullEvent;
use serenity::audit_log::{Action, Change, MemberAction};

use super::Plan;
use super::register;
use super::rules::{self, Keeps};
use crate::cogs::settings;
use crate::discord::{Happening, House};
use crate::model::{GuildId, Rejection, RoleId, UserId};
use crate::store::{Order, Reader};

/// Members asked for at once (Discord's limit for `GET /guilds/{guild.id}/members`).
const PAGE: u64 = 1000;

/// The cog's listener.
pub fn listen<'a>(
    house: &'a Arc<House>,
    happening: &'a Happening<'a>,
) -> BoxFuture<'a, Result<(), Rejection>> {
    Box::pin(async move {
        let Happening::Event { ctx, event } = happening else {
            return Ok(());
        };
        match event {
            FullEvent::GuildMemberAddition { new_member } => {
                let guild = GuildId(new_member.guild_id.get());
                came(house, guild, UserId(new_member.user.id.get())).await
            }
            FullEvent::GuildMemberRemoval {
                guild_id,
                user,
                member_data_if_available,
            } => {
                let held = member_data_if_available
                    .iter()
                    .flat_map(|member| &member.roles);
                let held = held.map(|role| RoleId(role.get())).collect();
                let seen = ctx.cache.guild(*guild_id);
                let is_back = seen.is_some_and(|guild| guild.members.contains_key(&user.id));
                let (guild, member) = (GuildId(guild_id.get()), UserId(user.id.get()));
                left(house, guild, member, held, is_back).await
            }
            FullEvent::GuildRoleDelete {
                guild_id,
                removed_role_id,
                ..
            } => {
                let (guild, role) = (GuildId(guild_id.get()), RoleId(removed_role_id.get()));
                house
                    .store
                    .write(order(guild), move |tx| {
                        Ok(rules::role_deleted(tx, guild, role)?)
                    })
                    .await?;
                Ok(())
            }
            FullEvent::GuildAuditLogEntryCreate { entry, guild_id } => {
                changed_by_hand(house, ctx, GuildId(guild_id.get()), entry).await
            }
            FullEvent::GuildCreate { guild, .. } => {
                compare(house, ctx, GuildId(guild.id.get())).await
            }
            _ => Ok(()),
        }
    })
}

fn order(guild: GuildId) -> Order {
    Order {
        guild: Some(guild),
        ..Order::default()
    }
}

async fn came(house: &Arc<House>, guild: GuildId, member: UserId) -> Result<(), Rejection> {
    let wanted = house
        .store
        .read(move |reader| rules::wanted(reader, guild, member))
        .await?;
    if !wanted.is_empty() {
        house
            .store
            .write(order(guild), move |tx| {
                Ok(rules::put_right(tx, guild, member)?)
            })
            .await?;
        tracing::info!(event = "roles_put_right", guild = %guild, members = 1, cause = "rejoin");
    }
    Ok(())
}

async fn left(
    house: &Arc<House>,
    guild: GuildId,
    member: UserId,
    held: Vec<RoleId>,
    is_back: bool,
) -> Result<(), Rejection> {
    house
        .store
        .write(order(guild), move |tx| {
            let keeps = match settings::of(tx, guild)?.keep_roles {
                Some(true) => Keeps::Everything,
                Some(false) | None => Keeps::Nothing,
            };
            // Events are heard side by side: their return may have been looked at before.
            if is_back {
                Ok(rules::left_before_returning(
                    tx, guild, member, &held, keeps,
                )?)
            } else {
                Ok(rules::left(tx, guild, member, &held, keeps)?)
            }
        })
        .await?;
    Ok(())
}

/// A role that somebody else took away is not given again; what we took ourselves we know of.
async fn changed_by_hand(
    house: &Arc<House>,
    ctx: &serenity::Context,
    guild: GuildId,
    entry: &serenity::AuditLogEntry,
) -> Result<(), Rejection> {
    let is_role_update = matches!(entry.action, Action::Member(MemberAction::RoleUpdate));
    if !is_role_update || entry.user_id == ctx.cache.current_user().id {
        return Ok(());
    }
    let Some(target) = entry.target_id else {
        return Ok(());
    };
    let member = UserId(target.get());
    let taken: Vec<RoleId> = entry
        .changes
        .iter()
        .flatten()
        .filter_map(|change| match change {
            Change::RolesRemove { new, .. } => new.as_ref(),
            _ => None,
        })
        .flatten()
        .map(|role| RoleId(role.id.get()))
        .collect();
    if !taken.is_empty() {
        let by = Order {
            actor: Some(UserId(entry.user_id.get())),
            ..order(guild)
        };
        house
            .store
            .write(by, move |tx| {
                let mut taken = taken.iter();
                Ok(taken.try_for_each(|role| rules::taken_by_hand(tx, guild, member, *role))?)
            })
            .await?;
    }
    Ok(())
}

/// Compares what should hold with what holds, when a guild comes into view: at start, and after an outage of Discord's.
async fn compare(
    house: &Arc<House>,
    ctx: &serenity::Context,
    guild: GuildId,
) -> Result<(), Rejection> {
    let known = house.store.read(move |reader| plans(reader, guild)).await?;
    if known.is_empty() {
        return Ok(());
    }
    let mut wrong: Vec<UserId> = Vec::new();
    let mut after = None;
    loop {
        let page = serenity::GuildId::new(guild.0)
            .members(ctx, Some(PAGE), after)
            .await
            .map_err(|error| anyhow::Error::new(error).context("listing the members"))?;
        wrong.extend(page.iter().filter_map(|member| {
            let user = UserId(member.user.id.get());
            let held = member.roles.iter().map(|role| RoleId(role.get()));
            let plan = known.get(&user)?;
            let is_wrong = !plan.steps(&held.collect()).is_empty() || !plan.returning.is_empty();
            is_wrong.then_some(user)
        }));
        after = page.last().map(|member| member.user.id);
        if (page.len() as u64) < PAGE {
            break;
        }
    }
    let members = wrong.len();
    if members > 0 {
        house
            .store
            .write(order(guild), move |tx| {
                let mut wrong = wrong.iter();
                Ok(wrong.try_for_each(|member| rules::put_right(tx, guild, *member))?)
            })
            .await?;
        tracing::info!(event = "roles_put_right", guild = %guild, members, cause = "start");
    }
    Ok(())
}

fn plans(reader: &Reader<'_>, guild: GuildId) -> Result<BTreeMap<UserId, Plan>> {
    register::members(reader, guild)?
        .into_iter()
        .map(|member| Ok((member, rules::plan(reader, guild, member)?)))
        .collect()
}
