//! What the mutes listen to: what Discord made of them, who comes back, and timeouts that moderators give by hand.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use futures::future::BoxFuture;
use poise::serenity_prelude as serenity;
use serenity::FullEvent;
use serenity::model::guild::audit_log::{Action, Change, MemberAction};

use super::register::{self, Mute};
use super::{rules, watching};
use crate::cogs::cases::rules::sanctions::ByHand;
use crate::cogs::cases::rules::{Desk, Kind};
use crate::discord::{Happening, House};
use crate::model::{Effect, GuildId, Made, MessageId, Rejection, RoleId, Timestamp, UserId};
use crate::store::Order;

/// How many mutes are attended to in one transaction.
const AT_ONCE: u32 = 200;
/// A mute younger than this may not have reached Discord when it described the guild: the outbox sees to it.
const STILL_UNDER_WAY: Duration = Duration::from_secs(60);

/// The cog's listener.
pub fn listen<'a>(
    house: &'a Arc<House>,
    happening: &'a Happening<'a>,
) -> BoxFuture<'a, Result<(), Rejection>> {
    Box::pin(async move {
        match happening {
            Happening::Done {
                http,
                effect: Effect::CreateRole { guild, .. },
                tag,
                made: Made::Role(role),
            } => watching::made(house, http, *guild, tag, *role).await,
            Happening::Done {
                http, effect, tag, ..
            } => match Told::of(effect, tag) {
                Some(told) if told.what == "silence" => {
                    let (member, number) = (told.member, told.number);
                    watching::silenced(house, http, told.guild, member, number).await
                }
                Some(told) => done(house, told).await,
                None => Ok(()),
            },
            Happening::Refused {
                effect: Effect::CreateRole { guild, .. },
                tag: Some(tag),
                ..
            } => watching::not_made(house, *guild, tag).await,
            Happening::Refused {
                effect,
                tag: Some(tag),
                code,
                ..
            } => match Told::of(effect, tag) {
                Some(told) => refused(house, told, *code).await,
                None => Ok(()),
            },
            Happening::Event { ctx, event } => heard(house, ctx, event).await,
            Happening::Refused { .. } => Ok(()),
        }
    })
}

async fn heard(
    house: &Arc<House>,
    ctx: &serenity::Context,
    event: &FullEvent,
) -> Result<(), Rejection> {
    watching::heard(house, ctx, event).await?;
    match event {
        FullEvent::GuildMemberAddition { new_member } => {
            let guild = GuildId(new_member.guild_id.get());
            let member = UserId(new_member.user.id.get());
            restore(house, guild, vec![member]).await
        }
        FullEvent::GuildCreate { guild, .. } => reconcile(house, guild).await,
        FullEvent::GuildAuditLogEntryCreate { entry, guild_id }
            if entry.user_id != ctx.cache.current_user().id =>
        {
            match by_hand(entry) {
                Some(act) => hear_of(house, GuildId(guild_id.get()), act).await,
                None => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

/// What an act of the outbox was about: `mutes:<what>:<number>:<why>`.
struct Told {
    guild: GuildId,
    member: UserId,
    what: String,
    number: u32,
    why: String,
}

impl Told {
    fn of(effect: &Effect, tag: &str) -> Option<Told> {
        let rest = tag.strip_prefix("mutes:")?;
        let (guild, member) = match effect {
            Effect::Timeout { guild, member, .. } | Effect::Roles { guild, member } => {
                (*guild, *member)
            }
            _ => return None,
        };
        let mut words = rest.splitn(3, ':');
        Some(Told {
            guild,
            member,
            what: words.next()?.to_owned(),
            number: words.next()?.parse().ok()?,
            why: words.next()?.to_owned(),
        })
    }
}

async fn done(house: &Arc<House>, told: Told) -> Result<(), Rejection> {
    if told.what != "lift" {
        return Ok(());
    }
    let default = house.config.locale;
    house
        .store
        .write(of_guild(told.guild), move |tx| {
            let desk = Desk::of_greffier(tx, told.guild, default)?;
            rules::lifted(tx, &desk, told.member, told.number, &told.why)
        })
        .await?;
    Ok(())
}

async fn refused(house: &Arc<House>, told: Told, code: isize) -> Result<(), Rejection> {
    let default = house.config.locale;
    house
        .store
        .write(of_guild(told.guild), move |tx| {
            let desk = Desk::of_greffier(tx, told.guild, default)?;
            let (member, number) = (told.member, told.number);
            if told.what == "lift" {
                rules::not_lifted(tx, &desk, member, number, code, &told.why)
            } else {
                rules::not_silenced(tx, &desk, member, number, code)
            }
        })
        .await?;
    Ok(())
}

/// What an entry of the audit log tells of, if it is a timeout or its end.
fn by_hand(entry: &serenity::AuditLogEntry) -> Option<ByHand> {
    if !matches!(entry.action, Action::Member(MemberAction::Update)) {
        return None;
    }
    let changes = entry.changes.as_ref()?;
    let until = changes.iter().find_map(|change| match change {
        Change::CommunicationDisabledUntil { new, .. } => Some(*new),
        _ => None,
    })?;
    let until = until.map(|until| Timestamp(until.timestamp_millis()));
    Some(ByHand {
        entry: MessageId(entry.id.get()),
        act: if until.is_some() {
            Kind::Mute
        } else {
            Kind::Unmute
        },
        member: UserId(entry.target_id?.get()),
        moderator: UserId(entry.user_id.get()),
        reason: entry.reason.clone().unwrap_or_default(),
        until,
    })
}

async fn hear_of(house: &Arc<House>, guild: GuildId, act: ByHand) -> Result<(), Rejection> {
    let default = house.config.locale;
    house
        .store
        .write(of_guild(guild), move |tx| {
            let desk = Desk::of_greffier(tx, guild, default)?;
            rules::by_hand(tx, &desk, act)
        })
        .await?;
    Ok(())
}

/// The gateway described a guild, at start or after an outage: whoever should be silent and is not, is silenced again.
async fn reconcile(house: &Arc<House>, guild: &serenity::Guild) -> Result<(), Rejection> {
    let id = GuildId(guild.id.get());
    let now = house.clock().now();
    let mutes = house
        .store
        .read(move |reader| register::all(reader, id))
        .await?;
    let everyone = guild.members.len() as u64 >= guild.member_count;
    let missing: Vec<UserId> = mutes
        .into_iter()
        .filter(|mute| mute.holds(now) && now.since(mute.since) > STILL_UNDER_WAY)
        .filter(|mute| {
            match guild.members.get(&serenity::UserId::new(mute.member.0)) {
                Some(member) => !is_silent(mute, member, now),
                // Of a large guild the gateway names some only: silencing twice does no harm, silencing never would.
                None => !everyone,
            }
        })
        .map(|mute| mute.member)
        .collect();
    for part in missing.chunks(AT_ONCE as usize) {
        restore(house, id, part.to_vec()).await?;
    }
    Ok(())
}

fn is_silent(mute: &Mute, member: &serenity::Member, now: Timestamp) -> bool {
    match mute.role {
        None => member
            .communication_disabled_until
            .is_some_and(|until| until.timestamp_millis() > now.0),
        Some(RoleId(role)) => member.roles.contains(&serenity::RoleId::new(role)),
    }
}

async fn restore(
    house: &Arc<House>,
    guild: GuildId,
    members: Vec<UserId>,
) -> Result<(), Rejection> {
    let now = house.clock().now();
    let asked = members.clone();
    let muted = house
        .store
        .read(move |reader| {
            let mut muted = false;
            for member in asked {
                muted |= register::of(reader, guild, member)?.is_some_and(|mute| mute.holds(now));
            }
            Ok(muted)
        })
        .await?;
    if !muted {
        return Ok(());
    }
    let restored = house
        .store
        .write(of_guild(guild), move |tx| rules::restore(tx, &members))
        .await?
        .value;
    if restored > 0 {
        tracing::info!(event = "mutes_restored", count = restored, guild = %guild);
    }
    Ok(())
}

/// Ends the mutes whose time is over and renews the others, in every guild, until none is due.
pub fn attend(house: &Arc<House>) -> BoxFuture<'_, Result<()>> {
    Box::pin(async move {
        loop {
            let now = house.clock().now();
            let due = house
                .store
                .read(move |reader| register::due(reader, now, AT_ONCE))
                .await?;
            let Some(guild) = due.first().map(|mute| mute.guild) else {
                return Ok(());
            };
            let members: Vec<UserId> = due
                .iter()
                .filter(|mute| mute.guild == guild)
                .map(|mute| mute.member)
                .collect();
            house
                .store
                .write(of_guild(guild), move |tx| rules::attend(tx, &members))
                .await?;
        }
    })
}

pub(super) fn of_guild(guild: GuildId) -> Order {
    Order {
        guild: Some(guild),
        ..Order::default()
    }
}
