//! From Discord's guilds and members to the plain [`Standing`]s that rules decide with.

use anyhow::{Context as _, Result};
use poise::serenity_prelude as serenity;
use serenity::Permissions;

use super::patience::{Verdict, verdict};
use super::{Context, House, here};
use crate::model::{GuildId, Rank, Rejection, RoleFacts, RoleId, Scene, Standing, UserId};

/// What rules need to know of a guild.
#[derive(Clone, Debug)]
pub struct GuildView {
    /// Its name.
    pub name: String,
    /// Whose it is.
    pub owner: UserId,
    /// Its roles: id, place, permissions.
    roles: Vec<(RoleId, Rank, Permissions)>,
}

/// The guild as the gateway last described it.
pub fn guild_of(ctx: &serenity::Context, guild: serenity::GuildId) -> Result<GuildView> {
    guild_in(&ctx.cache, guild)
}

fn guild_in(cache: &serenity::Cache, guild: serenity::GuildId) -> Result<GuildView> {
    let guild = cache
        .guild(guild)
        .context("the guild has not been received from the gateway yet")?;
    Ok(GuildView {
        name: guild.name.clone(),
        owner: UserId(guild.owner_id.get()),
        roles: guild
            .roles
            .values()
            .map(|role| {
                let rank = Rank {
                    position: role.position,
                    age: u64::MAX - role.id.get(),
                };
                (RoleId(role.id.get()), rank, role.permissions)
            })
            .collect(),
    })
}

/// Where a command is given, by whom, and where the bot stands there.
pub async fn scene(ctx: Context<'_>) -> Result<Scene, Rejection> {
    scene_of(ctx.data(), ctx.serenity_context(), here(ctx)?, ctx.author()).await
}

/// The scene in `guild` for `user`.
pub async fn scene_of(
    house: &House,
    ctx: &serenity::Context,
    guild: GuildId,
    user: &serenity::User,
) -> Result<Scene, Rejection> {
    let guild_id = serenity::GuildId::new(guild.0);
    Ok(Scene {
        guild,
        guild_name: guild_of(ctx, guild_id)?.name,
        actor: standing(ctx, guild_id, user).await?,
        greffier: standing_of_greffier(ctx, guild_id).await?,
        locale: house.config.locale,
    })
}

/// Where the member that a command names stands.
pub async fn member(ctx: Context<'_>, user: &serenity::User) -> Result<Standing, Rejection> {
    let guild = serenity::GuildId::new(here(ctx)?.0);
    Ok(standing(ctx.serenity_context(), guild, user).await?)
}

/// Where `user` stands in `guild`; somebody who is not a member stands below everyone.
pub async fn standing(
    ctx: &serenity::Context,
    guild_id: serenity::GuildId,
    user: &serenity::User,
) -> Result<Standing> {
    let guild = guild_of(ctx, guild_id)?;
    let roles = match guild_id.member(ctx, user.id).await {
        Ok(member) => member.roles,
        // 10007: unknown member, 10013: unknown user.
        Err(error) if matches!(verdict(&error), Verdict::Final(10007 | 10013)) => Vec::new(),
        Err(error) => return Err(error).with_context(|| format!("looking up member {}", user.id)),
    };
    Ok(stand(
        &guild,
        guild_id,
        UserId(user.id.get()),
        user.bot,
        &roles,
    ))
}

/// Where the bot itself stands.
pub async fn standing_of_greffier(
    ctx: &serenity::Context,
    guild: serenity::GuildId,
) -> Result<Standing> {
    let user = serenity::User::from(ctx.cache.current_user().clone());
    standing(ctx, guild, &user).await
}

/// With any of these a role's holder could harm the community: such a role is never handed out.
const DANGERS: Permissions = Permissions::ADMINISTRATOR
    .union(Permissions::MANAGE_GUILD)
    .union(Permissions::MANAGE_ROLES)
    .union(Permissions::MANAGE_CHANNELS)
    .union(Permissions::MANAGE_WEBHOOKS)
    .union(Permissions::MANAGE_GUILD_EXPRESSIONS)
    .union(Permissions::MANAGE_EVENTS)
    .union(Permissions::MANAGE_THREADS)
    .union(Permissions::MANAGE_MESSAGES)
    .union(Permissions::MANAGE_NICKNAMES)
    .union(Permissions::KICK_MEMBERS)
    .union(Permissions::BAN_MEMBERS)
    .union(Permissions::MODERATE_MEMBERS)
    .union(Permissions::MUTE_MEMBERS)
    .union(Permissions::DEAFEN_MEMBERS)
    .union(Permissions::MOVE_MEMBERS)
    .union(Permissions::MENTION_EVERYONE)
    .union(Permissions::VIEW_AUDIT_LOG)
    .union(Permissions::VIEW_GUILD_INSIGHTS);

/// A guild's roles, as rules judge them.
pub fn role_facts(cache: &serenity::Cache, guild_id: serenity::GuildId) -> Result<Vec<RoleFacts>> {
    let guild = cache
        .guild(guild_id)
        .context("the guild has not been received from the gateway yet")?;
    let facts = guild.roles.values().map(|role| {
        let dangers = (role.permissions & DANGERS).get_permission_names();
        RoleFacts {
            id: RoleId(role.id.get()),
            name: role.name.clone(),
            rank: Rank {
                position: role.position,
                age: u64::MAX - role.id.get(),
            },
            managed: role.managed || role.id.get() == guild_id.get(),
            dangers: dangers.into_iter().map(str::to_owned).collect(),
        }
    });
    Ok(facts.collect())
}

/// Where the bot itself stands, by the gateway's picture alone.
pub fn greffier_in(cache: &serenity::Cache, guild_id: serenity::GuildId) -> Result<Standing> {
    let view = guild_in(cache, guild_id)?;
    let me = cache.current_user().id;
    let roles = cache
        .guild(guild_id)
        .and_then(|guild| guild.members.get(&me).map(|member| member.roles.clone()))
        .context("the bot is no member of this guild")?;
    Ok(stand(&view, guild_id, UserId(me.get()), true, &roles))
}

fn stand(
    guild: &GuildView,
    guild_id: serenity::GuildId,
    user: UserId,
    bot: bool,
    roles: &[serenity::RoleId],
) -> Standing {
    let held: Vec<RoleId> = roles.iter().map(|role| RoleId(role.get())).collect();
    // The role @everyone has the guild's own id, and everyone holds it.
    let everyone = RoleId(guild_id.get());
    let mine = || {
        guild
            .roles
            .iter()
            .filter(|(id, ..)| *id == everyone || held.contains(id))
    };
    let permissions = mine().fold(Permissions::empty(), |all, (_, _, permissions)| {
        all | *permissions
    });
    let rank = mine()
        .filter(|(id, ..)| *id != everyone)
        .map(|(_, rank, _)| *rank)
        .max()
        .unwrap_or_default();
    let administrator = permissions.contains(Permissions::ADMINISTRATOR);
    Standing {
        user,
        bot,
        owner: guild.owner == user,
        administrator,
        moderates: administrator || permissions.contains(Permissions::MODERATE_MEMBERS),
        roles: held,
        rank,
    }
}
