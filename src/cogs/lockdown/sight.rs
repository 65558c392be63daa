//! From Discord's guilds and channels to what [`plan`](super::plan) thinks with.

use anyhow::{Context as _, Result};
use poise::serenity_prelude as serenity;

use super::plan::{Folk, Of, Place, Role};
use super::rules::Sight;
use crate::cogs::settings::GuildSettings;
use crate::discord::{ChannelFacts, channels_facts};
use crate::model::{ChannelId, GuildId, Overwrite, RoleId, UserId, Whom};

/// A guild's channels, and who there is.
pub struct View {
    /// The channels in which people meet.
    pub places: Vec<Place>,
    /// Who there is.
    pub folk: Folk,
}

/// Looks at a guild's channels as they are now.
pub async fn view(
    ctx: &serenity::Context,
    guild: GuildId,
    settings: &GuildSettings,
) -> Result<View> {
    let mut channels = channels_facts(&ctx.http, guild)
        .await
        .context("looking at the channels")?;
    channels.retain(|channel| channel.is_room);
    let folk = folk(&ctx.cache, guild, settings, &channels)?;
    let places = channels.into_iter().map(place).collect();
    Ok(View { places, folk })
}

/// A channel with its exceptions.
pub fn place(channel: ChannelFacts) -> Place {
    Place {
        channel: channel.id,
        name: channel.name,
        overwrites: channel.overwrites,
    }
}

impl View {
    /// Where there is this channel.
    pub fn find(&self, channel: ChannelId) -> Option<&Place> {
        self.places.iter().find(|place| place.channel == channel)
    }

    /// What closes a channel.
    pub fn sight(&self, place: &Place) -> Sight {
        Sight {
            channel: place.channel,
            name: place.name.clone(),
            rules: place.closing(&self.folk),
        }
    }
}

fn folk(
    cache: &serenity::Cache,
    guild_id: GuildId,
    settings: &GuildSettings,
    channels: &[ChannelFacts],
) -> Result<Folk> {
    let me = cache.current_user().id;
    let guild = cache
        .guild(serenity::GuildId::new(guild_id.0))
        .context("the guild has not been received from the gateway yet")?;
    let held = guild.members.get(&me).context("the bot is no member")?;
    let of = |role: &serenity::Role| {
        let moderates = role.permissions.moderate_members() || role.permissions.administrator();
        let named = settings.moderator_roles.contains(&RoleId(role.id.get()));
        match role.tags.bot_id {
            Some(_) => Of::Bot,
            None if named || settings.moderator_roles.is_empty() && moderates => Of::Moderators,
            None => Of::Members,
        }
    };
    let role = |role: &serenity::Role| Role {
        id: RoleId(role.id.get()),
        bits: role.permissions.bits(),
        of: of(role),
    };
    let everyone = serenity::RoleId::new(guild_id.0);
    let base = guild
        .roles
        .get(&everyone)
        .context("there is no @everyone")?;
    let is_bot = |overwrite: &Overwrite| match overwrite.whom {
        Whom::Member(member) => guild
            .members
            .get(&serenity::UserId::new(member.0))
            .is_some_and(|member| member.user.bot)
            .then_some(member),
        Whom::Role(_) => None,
    };
    let mut roles: Vec<Role> = guild
        .roles
        .values()
        .filter(|it| it.id != everyone)
        .map(role)
        .collect();
    roles.sort_by_key(|role| role.id);
    Ok(Folk {
        everyone: Role {
            of: Of::Members,
            ..role(base)
        },
        roles,
        greffier: UserId(me.get()),
        held: held.roles.iter().map(|role| RoleId(role.get())).collect(),
        bots: channels
            .iter()
            .flat_map(|channel| channel.overwrites.iter().filter_map(is_bot))
            .collect(),
    })
}
