//! What the economy does by itself: settles games that nobody answers, pays roles, and notes when the bot was away.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use futures::future::BoxFuture;
use poise::serenity_prelude as serenity;
use serenity::FullEvent;

use super::register::{games, paydays};
use super::rules::{self, attendance};
use crate::discord::{Deadline, Happening, House, patiently};
use crate::model::{GuildId, Rejection, RoleId, UserId};
use crate::store::Order;

/// So many games settle before the next look.
const AT_ONCE: u32 = 200;
/// Members in one page of Discord's list (its limit).
const MEMBERS: u64 = 1_000;

pub(super) fn all() -> Vec<Deadline> {
    vec![
        Deadline {
            name: "economy_games",
            next: games::next_due,
            run: |house| Box::pin(settle_games(house)),
        },
        Deadline {
            name: "economy_paydays",
            next: paydays::next_due,
            run: |house| Box::pin(pay_roles(house)),
        },
    ]
}

/// The cog's listener: a connection to the gateway says that the bot is there again.
pub(super) fn listen<'a>(
    house: &'a Arc<House>,
    happening: &'a Happening<'a>,
) -> BoxFuture<'a, Result<(), Rejection>> {
    Box::pin(async move {
        match happening {
            Happening::Event {
                event: FullEvent::Ready { .. },
                ..
            } => come_back(house).await,
            _ => Ok(()),
        }
    })
}

/// Notes the absence that this process has ended, once. Whoever depends on it asks this first: a command may be quicker than
/// the news that the connection stands.
pub(super) async fn come_back(house: &Arc<House>) -> Result<(), Rejection> {
    let Some(away) = house.away.clone().filter(attendance::is_worth_noting) else {
        return Ok(());
    };
    let since = away.start;
    let is_noted = house
        .store
        .read(move |reader| attendance::is_noted(reader, since))
        .await?;
    if !is_noted {
        house
            .store
            .write(Order::default(), move |tx| attendance::back(tx, &away))
            .await?;
    }
    Ok(())
}

async fn settle_games(house: &Arc<House>) -> Result<()> {
    let now = house.clock().now();
    let due = house
        .store
        .read(move |reader| games::due(reader, now, AT_ONCE))
        .await?;
    for (guild, number) in due {
        let locale = house.preferences.locale(Some(guild));
        house
            .store
            .write(of(guild), move |tx| {
                rules::games::expire(tx, guild, number, locale)
            })
            .await?;
    }
    Ok(())
}

async fn pay_roles(house: &Arc<House>) -> Result<()> {
    let http = house.seen.http().context("not connected yet")?;
    let now = house.clock().now();
    let due = house
        .store
        .read(move |reader| paydays::due(reader, now))
        .await?;
    let mut trouble = None;
    for payday in due {
        let (guild, role) = (payday.guild, payday.role);
        let members = match holders(&http, guild, role).await {
            Ok(members) => members,
            // A guild that the bot has left has nobody to pay.
            Err(_) if !is_here(house, guild) => Vec::new(),
            // One guild that can't be asked now keeps no other from its payday, and has its own later.
            Err(error) => {
                tracing::error!(event = "payday_failed", guild = %guild, role = %role, error = %format!("{error:#}"));
                trouble = Some(error);
                continue;
            }
        };
        house
            .store
            .write(of(guild), move |tx| {
                rules::paydays::come(tx, guild, role, &members)
            })
            .await?;
    }
    trouble.map_or(Ok(()), Err)
}

fn is_here(house: &House, guild: GuildId) -> bool {
    let cache = house.seen.cache();
    cache.is_some_and(|cache| cache.guild(serenity::GuildId::new(guild.0)).is_some())
}

/// The people who hold a role now, as Discord says.
pub(super) async fn holders(
    http: &serenity::Http,
    guild: GuildId,
    role: RoleId,
) -> Result<Vec<UserId>> {
    let (guild, role) = (
        serenity::GuildId::new(guild.0),
        serenity::RoleId::new(role.0),
    );
    let mut holders = Vec::new();
    let mut after = None;
    loop {
        let page = patiently(|| guild.members(http, Some(MEMBERS), after))
            .await
            .context("asking who holds a role")?;
        after = page.last().map(|member| member.user.id);
        let held = |member: &&serenity::Member| !member.user.bot && member.roles.contains(&role);
        let people = page.iter().filter(held);
        holders.extend(people.map(|member| UserId(member.user.id.get())));
        if (page.len() as u64) < MEMBERS {
            return Ok(holders);
        }
    }
}

fn of(guild: GuildId) -> Order {
    Order {
        guild: Some(guild),
        ..Order::default()
    }
}
