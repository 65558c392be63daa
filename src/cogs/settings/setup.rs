//! `!setup`: three menus whose choices are kept at once, and what the bot lacks in this guild.
//!
//! The menus carry no state: they work for as long as their message stands, also after a restart.

use anyhow::{Context as _, Result};
use futures::future::BoxFuture;
use poise::serenity_prelude as serenity;
use serenity::{
    ButtonStyle, CreateActionRow, CreateButton, CreateSelectMenu, CreateSelectMenuKind,
    CreateSelectMenuOption, Permissions,
};

use super::register::{self, GuildSettings, Setting};
use super::rules;
use super::values::{Name, show};
use crate::discord::connection::PERMISSIONS;
use crate::discord::{Answer, Audience, House, Press, embed, standing_of_greffier};
use crate::model::{ChannelId, GuildId, Locale, Post, Rejection, RoleId, Text};
use crate::text;

const LANGUAGE: &str = "setup:language";
const LOG_CHANNEL: &str = "setup:log_channel";
const MODERATOR_ROLES: &str = "setup:moderator_roles";
const CHECK: &str = "setup:check";
/// How many moderator roles can be chosen at once (Discord's limit for a menu: 25).
const MOST_ROLES: u8 = 10;

/// The message with the menus, as the guild's settings stand.
pub async fn form(
    house: &House,
    ctx: &serenity::Context,
    guild: GuildId,
    settings: &GuildSettings,
) -> Result<(Post, Vec<CreateActionRow>)> {
    let locale = settings.language.unwrap_or(house.config.locale);
    let mut fields: Vec<(Text, Text)> = [Name::Language, Name::LogChannel, Name::ModeratorRoles]
        .into_iter()
        .map(|name| {
            (
                name.label(),
                show(name, settings, &house.config.prefix, house.config.locale),
            )
        })
        .collect();
    fields.push((
        Text::new("setup-lacks"),
        lacks(house, ctx, guild, settings, locale).await?,
    ));
    let post = Post::new(locale, Text::new("setup-title")).listing(fields);
    Ok((post, menus(house, settings, locale)))
}

fn menus(house: &House, settings: &GuildSettings, locale: Locale) -> Vec<CreateActionRow> {
    let say = |key: &'static str| house.say(locale, &Text::new(key));
    let option = |chosen: Locale, key: &'static str| {
        CreateSelectMenuOption::new(say(key), chosen.code())
            .default_selection(settings.language.unwrap_or(house.config.locale) == chosen)
    };
    let options = vec![
        option(Locale::Fr, "language-fr"),
        option(Locale::En, "language-en"),
    ];
    let channel = settings
        .usable_log_channel()
        .map(|channel| vec![serenity::ChannelId::new(channel.0)]);
    let roles = settings
        .moderator_roles
        .iter()
        .map(|role| serenity::RoleId::new(role.0))
        .collect();
    let menu = |id: &str, kind: CreateSelectMenuKind, key: &'static str| {
        CreateSelectMenu::new(id, kind).placeholder(say(key))
    };
    vec![
        CreateActionRow::SelectMenu(menu(
            LANGUAGE,
            CreateSelectMenuKind::String { options },
            "setup-choose-language",
        )),
        CreateActionRow::SelectMenu(menu(
            LOG_CHANNEL,
            CreateSelectMenuKind::Channel {
                channel_types: Some(vec![serenity::ChannelType::Text]),
                default_channels: channel,
            },
            "setup-choose-log-channel",
        )),
        CreateActionRow::SelectMenu(
            menu(
                MODERATOR_ROLES,
                CreateSelectMenuKind::Role {
                    default_roles: Some(roles),
                },
                "setup-choose-moderator-roles",
            )
            .min_values(0)
            .max_values(MOST_ROLES),
        ),
        CreateActionRow::Buttons(vec![
            CreateButton::new(CHECK)
                .label(say("setup-check"))
                .style(ButtonStyle::Secondary),
        ]),
    ]
}

/// What the bot lacks here, each with where to click; or that nothing is missing.
async fn lacks(
    house: &House,
    ctx: &serenity::Context,
    guild: GuildId,
    settings: &GuildSettings,
    locale: Locale,
) -> Result<Text> {
    let discord_guild = serenity::GuildId::new(guild.0);
    let me = standing_of_greffier(ctx, discord_guild).await?;
    let mut missing: Vec<Text> = Vec::new();
    {
        let view = ctx
            .cache
            .guild(discord_guild)
            .context("the guild is not known yet")?;
        let member = view
            .members
            .get(&ctx.cache.current_user().id)
            .context("the bot is no member")?;
        let held = view.member_permissions(member);
        if !held.contains(Permissions::ADMINISTRATOR) {
            for name in (PERMISSIONS - held).get_permission_names() {
                missing.push(text!("setup-lacks-permission", permission = name));
            }
        }
        if let Some(channel) = settings.usable_log_channel()
            && let Some(channel) = view.channels.get(&serenity::ChannelId::new(channel.0))
        {
            let needed =
                Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES | Permissions::EMBED_LINKS;
            for name in (needed - view.user_permissions_in(channel, member)).get_permission_names()
            {
                missing.push(text!(
                    "setup-lacks-in-channel",
                    permission = name,
                    channel = ChannelId(channel.id.get()).mention()
                ));
            }
        }
        // Roles that the bot can't touch, besides those of administrators and of other bots.
        let above = view.roles.values().filter(|role| {
            !role.managed
                && !role.permissions.contains(Permissions::ADMINISTRATOR)
                && (role.position, std::cmp::Reverse(role.id.get()))
                    > (me.rank.position, std::cmp::Reverse(u64::MAX - me.rank.age))
        });
        for role in above {
            missing.push(text!(
                "setup-lacks-position",
                role = RoleId(role.id.get()).mention()
            ));
        }
    }
    if let Some(since) = settings.log_channel_lost {
        missing.push(text!("setup-lacks-log-channel", since = since.markup('f')));
    }
    if missing.is_empty() {
        return Ok(Text::new("setup-lacks-nothing"));
    }
    // A field holds 1024 characters (Discord's limit).
    let lines: Vec<String> = missing
        .iter()
        .map(|text| format!("- {}", house.say(locale, text)))
        .collect();
    Ok(Text::verbatim(
        lines.join("\n").chars().take(1024).collect::<String>(),
    ))
}

/// Takes a choice made in one of the menus.
pub fn chosen(press: Press<'_>) -> BoxFuture<'_, Result<(), Rejection>> {
    Box::pin(async move {
        let guild = press.guild()?;
        let actor = press.scene().await?.actor;
        if !actor.administers() {
            return Err(rules::administrators_only().into());
        }
        if let Some(setting) = setting(&press)? {
            press
                .house
                .store
                .write(press.order(), move |tx| {
                    rules::set(tx, guild, &actor, setting)
                })
                .await?;
        }
        let settings = press
            .house
            .store
            .read(move |reader| register::of(reader, guild))
            .await?;
        let (post, components) = form(press.house, press.ctx, guild, &settings).await?;
        let answer = Answer::to(Audience::Everyone)
            .showing(embed(press.house, &post))
            .offering(components);
        press.update(answer).await
    })
}

/// What was chosen; `None` for the button, which only looks again.
fn setting(press: &Press<'_>) -> Result<Option<Setting>, Rejection> {
    let values = press.values();
    let ids = || values.iter().filter_map(|value| value.parse::<u64>().ok());
    let setting = match press.id() {
        LANGUAGE => {
            let locale = values.first().and_then(|tag| tag.parse().ok());
            Setting::Language(Some(locale.context("an unknown language was chosen")?))
        }
        LOG_CHANNEL => Setting::LogChannel(ids().next().map(ChannelId)),
        MODERATOR_ROLES => Setting::ModeratorRoles(ids().map(RoleId).collect()),
        _ => return Ok(None),
    };
    Ok(Some(setting))
}
