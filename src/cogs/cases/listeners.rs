//! What the cases listen to: what Discord made of their acts and posts, and what moderators do by hand.

use std::sync::Arc;

use anyhow::Result;
use futures::future::BoxFuture;
use poise::serenity_prelude as serenity;
use serenity::FullEvent;
use serenity::model::guild::audit_log::{Action, MemberAction};

use super::kind::Kind;
use super::queries;
use super::rules::sanctions::{self, ByHand};
use super::rules::{self, Desk};
use crate::discord::{Happening, House, Press};
use crate::model::{Effect, GuildId, Made, MessageId, Rejection, UserId};
use crate::store::Order;

/// How many bans are begun to be lifted in one transaction.
const AT_ONCE: u32 = 200;

/// The cog's listener.
pub fn listen<'a>(
    house: &'a Arc<House>,
    happening: &'a Happening<'a>,
) -> BoxFuture<'a, Result<(), Rejection>> {
    Box::pin(async move {
        match happening {
            Happening::Done {
                effect, tag, made, ..
            } if tag.starts_with("cases:") => done(house, effect, tag, *made).await,
            Happening::Refused {
                effect,
                tag: Some(tag),
                ..
            } if tag.starts_with("cases:") => refused(house, effect, tag).await,
            Happening::Event {
                ctx,
                event: FullEvent::GuildAuditLogEntryCreate { entry, guild_id },
            } if entry.user_id != ctx.cache.current_user().id => match by_hand(entry) {
                Some(act) => hear_of(house, GuildId(guild_id.get()), act).await,
                None => Ok(()),
            },
            _ => Ok(()),
        }
    })
}

/// What an entry of the audit log tells of, if it is the cases' matter.
fn by_hand(entry: &serenity::AuditLogEntry) -> Option<ByHand> {
    let act = match entry.action {
        Action::Member(MemberAction::Kick) => Kind::Kick,
        Action::Member(MemberAction::BanAdd) => Kind::Ban,
        Action::Member(MemberAction::BanRemove) => Kind::Unban,
        _ => return None,
    };
    Some(ByHand {
        entry: MessageId(entry.id.get()),
        act,
        member: UserId(entry.target_id?.get()),
        moderator: UserId(entry.user_id.get()),
        reason: entry.reason.clone().unwrap_or_default(),
        until: None,
    })
}

async fn hear_of(house: &Arc<House>, guild: GuildId, act: ByHand) -> Result<(), Rejection> {
    let default = house.config.locale;
    house
        .store
        .write(of_guild(guild), move |tx| {
            let desk = Desk::of_greffier(tx, guild, default)?;
            sanctions::by_hand(tx, &desk, act).map(drop)
        })
        .await?;
    Ok(())
}

async fn done(house: &Arc<House>, effect: &Effect, tag: &str, made: Made) -> Result<(), Rejection> {
    let default = house.config.locale;
    let words: Vec<&str> = tag.splitn(4, ':').collect();
    match (effect, words.as_slice(), made) {
        (
            Effect::LogPost { guild, post, .. },
            [_, "post", number],
            Made::Message { channel, message },
        ) => {
            let (guild, number, post) = (*guild, number.parse().unwrap_or(0), post.clone());
            house
                .store
                .write(of_guild(guild), move |tx| {
                    let desk = Desk::of_greffier(tx, guild, default)?;
                    rules::posted(tx, &desk, number, channel, message, &post)
                })
                .await?;
        }
        (Effect::Unban { guild, .. }, [_, "lift", ban, why], _) => {
            let (guild, ban, why) = (*guild, ban.parse().unwrap_or(0), (*why).to_owned());
            house
                .store
                .write(of_guild(guild), move |tx| {
                    let desk = Desk::of_greffier(tx, guild, default)?;
                    sanctions::lifted(tx, &desk, ban, &why)
                })
                .await?;
        }
        _ => {}
    }
    Ok(())
}

async fn refused(house: &Arc<House>, effect: &Effect, tag: &str) -> Result<(), Rejection> {
    let default = house.config.locale;
    let words: Vec<&str> = tag.splitn(4, ':').collect();
    match (effect, words.as_slice()) {
        (Effect::Kick { guild, .. } | Effect::Ban { guild, .. }, [_, "act", number]) => {
            let (guild, number) = (*guild, number.parse().unwrap_or(0));
            house
                .store
                .write(of_guild(guild), move |tx| {
                    let desk = Desk::of_greffier(tx, guild, default)?;
                    sanctions::refused(tx, &desk, number)
                })
                .await?;
        }
        (Effect::Unban { guild, .. }, [_, "lift", ban, _]) => {
            let (guild, ban) = (*guild, ban.parse().unwrap_or(0));
            house
                .store
                .write(of_guild(guild), move |tx| {
                    sanctions::not_lifted(tx, guild, ban)
                })
                .await?;
        }
        _ => {}
    }
    Ok(())
}

/// Lifts the bans whose time is over, in every guild, until none is left.
pub fn lift_due(house: &Arc<House>) -> BoxFuture<'_, Result<()>> {
    Box::pin(async move {
        loop {
            let now = house.clock().now();
            let due = house
                .store
                .read(move |reader| queries::due(reader, now, AT_ONCE))
                .await?;
            let Some(guild) = due.first().map(|case| case.guild) else {
                return Ok(());
            };
            let bans: Vec<(u32, UserId)> = due
                .iter()
                .filter(|case| case.guild == guild)
                .map(|case| (case.number, case.member))
                .collect();
            house
                .store
                .write(of_guild(guild), move |tx| sanctions::lift_due(tx, &bans))
                .await?;
        }
    })
}

/// A button or form of the cases was used.
pub fn pressed(press: Press<'_>) -> BoxFuture<'_, Result<(), Rejection>> {
    Box::pin(async move {
        match press.arguments().as_slice() {
            ["list", member, page] => super::commands::turn(&press, member, page).await,
            _ => Ok(()),
        }
    })
}

fn of_guild(guild: GuildId) -> Order {
    Order {
        guild: Some(guild),
        ..Order::default()
    }
}
