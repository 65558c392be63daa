//! What is done to channels and threads. What an earlier try made is found again: by its topic, a thread by its name.

use std::sync::Arc;

use poise::serenity_prelude as serenity;
use serenity::{
    AutoArchiveDuration, ChannelType, CreateChannel, CreateThread, EditChannel, EditThread,
    PermissionOverwrite, PermissionOverwriteType, Permissions,
};

use crate::discord::overwrites::{drop_overwrite, put_overwrite};
use crate::discord::patience::{Verdict, verdict};
use crate::model::{ChannelEdit, ChannelId, Effect, GuildId, Made, Overwrite, Whom};
use crate::store::outbox::Pending;

/// Does one of these acts.
pub(super) async fn carry_out(
    http: &Arc<serenity::Http>,
    pending: &Pending,
) -> serenity::Result<Made> {
    match &pending.effect {
        Effect::CreateChannel { .. } => create(http, pending).await,
        Effect::CreateThread { .. } => create_thread(http, pending).await,
        Effect::EditChannel {
            channel,
            edit,
            reason,
            ..
        } => change(http, *channel, edit, reason).await,
        Effect::DeleteChannel {
            channel, reason, ..
        } => {
            http.delete_channel(channel.0.into(), Some(reason)).await?;
            Ok(Made::Nothing)
        }
        Effect::SetOverwrite {
            channel,
            overwrite,
            reason,
            ..
        } => set_overwrite(http, *channel, overwrite, reason).await,
        Effect::ThreadMember {
            channel,
            member,
            is_in,
            ..
        } => {
            let (channel, member) = (channel.0.into(), member.0.into());
            match is_in {
                true => http.add_thread_channel_member(channel, member).await?,
                false => http.remove_thread_channel_member(channel, member).await?,
            }
            Ok(Made::Nothing)
        }
        _ => Ok(Made::Nothing),
    }
}

async fn create(http: &Arc<serenity::Http>, pending: &Pending) -> serenity::Result<Made> {
    let Effect::CreateChannel {
        guild,
        name,
        parent,
        topic,
        overwrites,
        reason,
    } = &pending.effect
    else {
        return Ok(Made::Nothing);
    };
    let guild_id = serenity::GuildId::new(guild.0);
    if pending.attempts > 0 {
        let channels = guild_id.channels(http).await?;
        let former = channels
            .values()
            .find(|channel| channel.topic.as_deref() == Some(topic));
        if let Some(former) = former {
            return Ok(Made::Channel(ChannelId(former.id.get())));
        }
    }
    let mut wanted = CreateChannel::new(name)
        .kind(ChannelType::Text)
        .topic(topic)
        .permissions(overwrites.iter().map(as_discord))
        .audit_log_reason(reason);
    if let Some(parent) = parent {
        wanted = wanted.category(parent.0);
    }
    let made = guild_id.create_channel(http, wanted).await?;
    Ok(Made::Channel(ChannelId(made.id.get())))
}

async fn create_thread(http: &Arc<serenity::Http>, pending: &Pending) -> serenity::Result<Made> {
    let Effect::CreateThread {
        guild,
        parent,
        name,
        members,
        reason,
    } = &pending.effect
    else {
        return Ok(Made::Nothing);
    };
    let former = match pending.attempts {
        0 => None,
        _ => thread(http, *guild, *parent, name).await?,
    };
    let id = match former {
        Some(former) => former,
        None => {
            let wanted = CreateThread::new(name)
                .kind(ChannelType::PrivateThread)
                .invitable(false)
                .auto_archive_duration(AutoArchiveDuration::OneWeek)
                .audit_log_reason(reason);
            let made = serenity::ChannelId::new(parent.0)
                .create_thread(http, wanted)
                .await?;
            ChannelId(made.id.get())
        }
    };
    for member in members {
        let added = http
            .add_thread_channel_member(id.0.into(), member.0.into())
            .await;
        match added {
            Err(error) if verdict(&error) == Verdict::Passing => return Err(error),
            // Somebody who left the guild meanwhile keeps nobody else from their thread.
            _ => {}
        }
    }
    Ok(Made::Channel(id))
}

/// The thread of a channel with this name, if an earlier try made it.
async fn thread(
    http: &Arc<serenity::Http>,
    guild: GuildId,
    parent: ChannelId,
    name: &str,
) -> serenity::Result<Option<ChannelId>> {
    let active = serenity::GuildId::new(guild.0)
        .get_active_threads(http)
        .await?;
    let former = active.threads.iter().find(|thread| {
        thread.parent_id.map(serenity::ChannelId::get) == Some(parent.0) && thread.name == name
    });
    Ok(former.map(|thread| ChannelId(thread.id.get())))
}

async fn change(
    http: &Arc<serenity::Http>,
    channel: ChannelId,
    edit: &ChannelEdit,
    reason: &str,
) -> serenity::Result<Made> {
    let id = serenity::ChannelId::new(channel.0);
    if let Some(archived) = edit.archived {
        let mut wanted = EditThread::new()
            .archived(archived)
            .locked(archived)
            .audit_log_reason(reason);
        if let Some(name) = &edit.name {
            wanted = wanted.name(name);
        }
        id.edit_thread(http, wanted).await?;
        return Ok(Made::Nothing);
    }
    let mut wanted = EditChannel::new().audit_log_reason(reason);
    if let Some(name) = &edit.name {
        wanted = wanted.name(name);
    }
    if let Some(parent) = edit.parent {
        wanted = wanted.category(serenity::ChannelId::new(parent.0));
    }
    if let Some(seconds) = edit.slowmode {
        wanted = wanted.rate_limit_per_user(seconds);
    }
    if let Some(overwrites) = &edit.overwrites {
        wanted = wanted.permissions(overwrites.iter().map(as_discord));
    }
    id.edit(http, wanted).await?;
    Ok(Made::Nothing)
}

async fn set_overwrite(
    http: &Arc<serenity::Http>,
    channel: ChannelId,
    overwrite: &Overwrite,
    reason: &str,
) -> serenity::Result<Made> {
    if overwrite.allow == 0 && overwrite.deny == 0 {
        drop_overwrite(http, channel, overwrite.whom, reason).await?;
    } else {
        put_overwrite(http, channel, overwrite, reason).await?;
    }
    Ok(Made::Nothing)
}

fn as_discord(overwrite: &Overwrite) -> PermissionOverwrite {
    PermissionOverwrite {
        allow: Permissions::from_bits_retain(overwrite.allow),
        deny: Permissions::from_bits_retain(overwrite.deny),
        kind: match overwrite.whom {
            Whom::Role(role) => PermissionOverwriteType::Role(role.0.into()),
            Whom::Member(member) => PermissionOverwriteType::Member(member.0.into()),
        },
    }
}
