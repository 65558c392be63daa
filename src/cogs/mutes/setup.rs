//! `!mute_setup`: the role that a guild mutes by, made or chosen, and closed to in every channel. Done again it mends.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use poise::serenity_prelude as serenity;

use super::rules;
use crate::cogs::roles::rules as roles;
use crate::cogs::settings::{self, Setting};
use crate::discord::{
    Audience, ChannelFacts, Command, Context, House, channels_facts, locale, order, role_facts,
    say, scene,
};
use crate::model::permission::{SEND_MESSAGES, SPEAK, WRITING};
use crate::model::{
    ChannelId, GuildId, Overwrite, Refusal, Rejection, RoleFacts, RoleId, Scene, Text, Whom,
};
use crate::text;

/// How many channels an answer names.
const NAMED: usize = 10;

/// The command, for messages and as a slash command.
pub fn command() -> Command {
    Command {
        prefix_action: mute_setup_by_message().prefix_action,
        ..mute_setup_by_slash()
    }
}

/// What an administrator wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    /// The role that there is, or a new one.
    Any,
    /// This one.
    This(RoleId),
    /// None: Discord's timeouts again.
    Timeouts,
}

#[poise::command(
    slash_command,
    guild_only,
    rename = "mute_setup",
    category = "moderation",
    default_member_permissions = "ADMINISTRATOR"
)]
async fn mute_setup_by_slash(
    ctx: Context<'_>,
    role: Option<serenity::Role>,
    off: Option<bool>,
) -> Result<(), Rejection> {
    let wanted = match (role, off) {
        (_, Some(true)) => Wanted::Timeouts,
        (Some(role), _) => Wanted::This(RoleId(role.id.get())),
        (None, _) => Wanted::Any,
    };
    arrange(ctx, wanted).await
}

#[poise::command(prefix_command, guild_only)]
async fn mute_setup_by_message(
    ctx: Context<'_>,
    #[rest] words: Option<String>,
) -> Result<(), Rejection> {
    let words = words.unwrap_or_default();
    let wanted = match words.trim() {
        "" => Wanted::Any,
        "off" | "non" | "none" | "timeout" => Wanted::Timeouts,
        named => Wanted::This(
            mentioned(named).ok_or_else(|| Refusal(text!("refused-no-role", words = named)))?,
        ),
    };
    arrange(ctx, wanted).await
}

fn mentioned(words: &str) -> Option<RoleId> {
    let digits = words
        .strip_prefix("<@&")
        .and_then(|rest| rest.strip_suffix('>'));
    digits?.parse().ok().filter(|id| *id > 0).map(RoleId)
}

async fn arrange(ctx: Context<'_>, wanted: Wanted) -> Result<(), Rejection> {
    let scene = scene(ctx).await?;
    if !scene.actor.administers() {
        return Err(settings::rules::administrators_only().into());
    }
    if wanted == Wanted::Timeouts {
        return by_timeouts(ctx, scene).await;
    }
    let (house, cache) = (ctx.data(), ctx.cache());
    let guild = serenity::GuildId::new(scene.guild.0);
    let facts = role_facts(cache, guild)?;
    let reader = locale(ctx, Audience::Everyone);
    let name = house.say(reader, &Text::new("mutes-role-name"));
    let role = match wanted {
        Wanted::This(role) => Some(role),
        _ => known(house, &scene, &facts, &name).await?,
    };
    if let Some(role) = role {
        roles::may_hand_out_of(&facts, role, Some(&scene.actor), &scene.greffier)?;
    }
    let channels = channels_facts(ctx.http(), scene.guild)
        .await
        .context("looking at the channels")?;
    let closing = match role {
        Some(role) => closing(&channels, role, held(cache, guild)?),
        None => Closing::default(),
    };
    let louder = louder(cache, guild, &channels, role);
    let done = done(role, &name, channels.len(), &closing, &louder);
    let gaps = closing.gaps;
    house
        .store
        .write(order(ctx), move |tx| {
            rules::set_up(tx, &scene, role, &name, &gaps)
        })
        .await?;
    say(ctx, Audience::Everyone, &done).await
}

async fn by_timeouts(ctx: Context<'_>, scene: Scene) -> Result<(), Rejection> {
    let changed = ctx
        .data()
        .store
        .write(order(ctx), move |tx| {
            settings::rules::set(tx, scene.guild, &scene.actor, Setting::MuteRole(None))
        })
        .await?
        .value;
    match changed {
        settings::rules::Changed::Kept => {
            say(ctx, Audience::Everyone, &Text::new("mutes-setup-off")).await
        }
        settings::rules::Changed::Unchanged => Err(Refusal::new("refused-no-mute-role").into()),
    }
}

/// The role that is set and still there; or one that is called so, from before.
async fn known(
    house: &Arc<House>,
    scene: &Scene,
    facts: &[RoleFacts],
    name: &str,
) -> Result<Option<RoleId>> {
    let guild = scene.guild;
    let set = house
        .store
        .read(move |reader| settings::of(reader, guild))
        .await?
        .mute_role;
    let set = set.filter(|role| facts.iter().any(|it| it.id == *role));
    let named = || {
        let mut fit = facts.iter().filter(|it| it.name.eq_ignore_ascii_case(name));
        let may =
            |it: &&RoleFacts| roles::may_hand_out(it, Some(&scene.actor), &scene.greffier).is_ok();
        fit.find(may).map(|it| it.id)
    };
    Ok(set.or_else(named))
}

/// What is to be changed in a guild's channels so that a role may not write there.
#[derive(Debug, Default)]
pub struct Closing {
    /// The exceptions that lack something, as they should be.
    pub gaps: Vec<(ChannelId, Overwrite)>,
    /// Where somebody let the role write on purpose: that stays.
    pub kept: Vec<ChannelId>,
}

/// Compares channels and categories with what they should say. `held`: what the bot may do, for it can deny no more.
pub fn closing(channels: &[ChannelFacts], role: RoleId, held: u64) -> Closing {
    let (whom, wanted) = (Whom::Role(role), (WRITING | SPEAK) & held);
    let mut closing = Closing::default();
    for channel in channels {
        let now = channel.overwrites.iter().find(|it| it.whom == whom);
        let (allow, deny) = now.map_or((0, 0), |it| (it.allow, it.deny));
        if allow & (WRITING | SPEAK) != 0 {
            closing.kept.push(channel.id);
        } else if deny & wanted != wanted {
            let overwrite = Overwrite {
                whom,
                allow,
                deny: deny | wanted,
            };
            closing.gaps.push((channel.id, overwrite));
        }
    }
    closing
}

/// What the bot may do wherever no exception says otherwise.
pub fn held(cache: &serenity::Cache, guild: serenity::GuildId) -> Result<u64> {
    let guild = cache.guild(guild).context("the guild is not known yet")?;
    let me = cache.current_user().id;
    let member = guild.members.get(&me).context("the bot is no member")?;
    Ok(guild.member_permissions(member).bits())
}

/// Where a role of members' may write by name: what one role is allowed, another's denial does not take away.
fn louder(
    cache: &serenity::Cache,
    guild: serenity::GuildId,
    channels: &[ChannelFacts],
    muted: Option<RoleId>,
) -> Vec<ChannelId> {
    let Some(view) = cache.guild(guild) else {
        return Vec::new();
    };
    let is_members = |role: RoleId| {
        let found = view.roles.get(&serenity::RoleId::new(role.0));
        role.0 != guild.get()
            && Some(role) != muted
            && found.is_some_and(|it| {
                it.tags.bot_id.is_none()
                    && !it.permissions.moderate_members()
                    && !it.permissions.administrator()
            })
    };
    let allows = |overwrite: &Overwrite| match overwrite.whom {
        Whom::Role(role) => overwrite.allow & SEND_MESSAGES != 0 && is_members(role),
        Whom::Member(_) => false,
    };
    let found = channels
        .iter()
        .filter(|it| it.overwrites.iter().any(allows));
    found.map(|it| it.id).collect()
}

fn done(
    role: Option<RoleId>,
    name: &str,
    channels: usize,
    closing: &Closing,
    louder: &[ChannelId],
) -> Text {
    let mut done = match role {
        Some(role) => text!(
            "mutes-setup-done",
            role = role.mention(),
            count = channels - closing.kept.len(),
            mended = closing.gaps.len()
        ),
        None => text!("mutes-setup-made", name = name, count = channels),
    };
    let named = |channels: &[ChannelId]| {
        let shown = channels.iter().take(NAMED).map(|it| it.mention());
        shown.collect::<Vec<_>>().join(" ")
    };
    if !closing.kept.is_empty() {
        let kept = named(&closing.kept);
        done = text!("mutes-setup-kept", done = done, channels = kept);
    }
    if !louder.is_empty() {
        done = text!("mutes-setup-louder", done = done, channels = named(louder));
    }
    done
}

/// The gaps in a guild's channels as they are now.
pub async fn gaps(
    house: &Arc<House>,
    http: &serenity::Http,
    guild: GuildId,
    role: RoleId,
) -> Result<Vec<(ChannelId, Overwrite)>> {
    let cache = house.seen.cache().context("not connected yet")?;
    let channels = channels_facts(http, guild).await?;
    let held = held(&cache, serenity::GuildId::new(guild.0))?;
    Ok(closing(&channels, role, held).gaps)
}
