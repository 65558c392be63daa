//! What is done to members: timeouts, kicks, bans, roles.

use std::sync::Arc;
use std::time::Duration;

use poise::serenity_prelude as serenity;
use serenity::{EditMember, EditRole, Permissions};

use super::posts::direct_message;
use crate::discord::House;
use crate::model::{Effect, GuildId, Made, Post, RoleId, Timestamp, UserId};
use crate::store::outbox::Pending;

/// How long a kick or ban waits for the member to be told first.
const NOTICE_BOUND: Duration = Duration::from_secs(2);

/// Does one of these acts.
pub(super) async fn carry_out(
    house: &House,
    http: &Arc<serenity::Http>,
    pending: &Pending,
) -> serenity::Result<Made> {
    match &pending.effect {
        Effect::Timeout {
            guild,
            member,
            until,
            reason,
        } => time_out(house, http, (*guild, *member), *until, reason).await?,
        Effect::Kick {
            guild,
            member,
            reason,
            notice,
        } => {
            give_notice(house, http, *member, notice.as_ref(), pending).await;
            serenity::GuildId::new(guild.0)
                .kick_with_reason(http, member.0, reason)
                .await?;
        }
        Effect::Ban {
            guild,
            member,
            reason,
            notice,
            delete_days,
        } => {
            give_notice(house, http, *member, notice.as_ref(), pending).await;
            serenity::GuildId::new(guild.0)
                .ban_with_reason(http, member.0, *delete_days, reason)
                .await?;
        }
        Effect::Unban {
            guild,
            user,
            reason,
        } => {
            let (guild, user) = (guild.0.into(), user.0.into());
            http.remove_ban(guild, user, Some(reason)).await?;
        }
        Effect::AddRole {
            guild,
            member,
            role,
            reason,
        } => {
            let (guild, member) = (guild.0.into(), member.0.into());
            http.add_member_role(guild, member, role.0.into(), Some(reason))
                .await?;
        }
        Effect::RemoveRole {
            guild,
            member,
            role,
            reason,
        } => {
            let (guild, member) = (guild.0.into(), member.0.into());
            http.remove_member_role(guild, member, role.0.into(), Some(reason))
                .await?;
        }
        Effect::CreateRole {
            guild,
            name,
            reason,
        } => return create_role(http, *guild, (name, reason), pending.attempts).await,
        _ => {}
    }
    Ok(Made::Nothing)
}

/// A new role stands right above @everyone, and so below the bot's.
async fn create_role(
    http: &Arc<serenity::Http>,
    guild: GuildId,
    (name, reason): (&str, &str),
    attempts: u32,
) -> serenity::Result<Made> {
    let guild = serenity::GuildId::new(guild.0);
    if attempts > 0 {
        let roles = guild.roles(http).await?;
        if let Some(former) = roles.values().find(|role| role.name == name) {
            return Ok(Made::Role(RoleId(former.id.get())));
        }
    }
    let wanted = EditRole::new()
        .name(name)
        .permissions(Permissions::empty())
        .audit_log_reason(reason);
    let made = guild.create_role(http, wanted).await?;
    Ok(Made::Role(RoleId(made.id.get())))
}

async fn time_out(
    house: &House,
    http: &Arc<serenity::Http>,
    (guild, member): (GuildId, UserId),
    until: Option<Timestamp>,
    reason: &str,
) -> serenity::Result<()> {
    if until.is_some_and(|until| until <= house.clock().now()) {
        return Ok(());
    }
    let edit = EditMember::new().audit_log_reason(reason);
    let edit = match until {
        Some(until) => {
            let until = serenity::Timestamp::from_unix_timestamp(until.as_seconds())
                .map_err(|_| serenity::Error::Other("a time that Discord can't write"))?;
            edit.disable_communication_until_datetime(until)
        }
        None => edit.enable_communication(),
    };
    serenity::GuildId::new(guild.0)
        .edit_member(http, member.0, edit)
        .await
        .map(drop)
}

async fn give_notice(
    house: &House,
    http: &Arc<serenity::Http>,
    member: UserId,
    notice: Option<&Post>,
    pending: &Pending,
) {
    let Some(post) = notice else { return };
    // Told or not, the act follows: a closed direct message must not keep anyone in.
    let told = direct_message(house, http, member, post, pending);
    match tokio::time::timeout(NOTICE_BOUND, told).await {
        Ok(Ok(_)) => {}
        Ok(Err(error)) => {
            tracing::info!(event = "member_not_told", member = %member, error = %error)
        }
        Err(_) => {
            tracing::info!(event = "member_not_told", member = %member, error = "no answer in time")
        }
    }
}
