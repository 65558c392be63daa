//! Makes a channel's exceptions what the records say: at the time it is done, not when it was asked for. Done twice, or
//! after a crash between two of them, it finds what is so already and does the rest.

use std::sync::Arc;

use anyhow::{Result, bail};
use futures::future::BoxFuture;
use poise::serenity_prelude as serenity;

use super::plan::{Back, Bits, Hands, Place, Rule};
use super::register::{self, LockedChannel, State};
use super::{rules, sight};
use crate::cogs::cases::rules::{Desk, audit_text};
use crate::discord::{House, Verdict, channel_facts, drop_overwrite, put_overwrite, verdict};
use crate::model::{ChannelId, Effect, GuildId, Overwrite, Rejection, RoleId, Whom};
use crate::store::{Order, Tx};

/// Discord's error codes: unknown channel; unknown member, overwrite, role, user.
const UNKNOWN_CHANNEL: isize = 10003;
const UNKNOWN_HOLDER: [isize; 4] = [10007, 10009, 10011, 10013];
/// How many channels are begun to be opened in one transaction.
const AT_ONCE: u32 = 200;

/// Does [`Effect::Lock`].
pub fn perform<'a>(
    house: &'a Arc<House>,
    http: &'a Arc<serenity::Http>,
    effect: &'a Effect,
) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        let Effect::Lock { guild, channel } = effect else {
            bail!("lockdowns do no {}", effect.name());
        };
        let (guild, channel) = (*guild, *channel);
        let found = house
            .store
            .read(move |reader| {
                let row = register::of(reader, guild, channel)?;
                let Some(row) = row.filter(|row| row.state != State::Closed) else {
                    return Ok(None);
                };
                let lockdown = register::find(reader, guild, row.number)?;
                Ok(Some((row, lockdown.map(|it| it.reason))))
            })
            .await?;
        let Some((row, reason)) = found else {
            return Ok(());
        };
        let place = match channel_facts(http, channel).await {
            Ok(facts) => sight::place(facts),
            Err(error) if verdict(&error) == Verdict::Final(UNKNOWN_CHANNEL) => {
                return gone(house, guild, channel).await;
            }
            Err(error) => return Err(error.into()),
        };
        let keeper = Keeper {
            house,
            http,
            reason: audit_text(row.number, &reason.unwrap_or_default()),
            place,
            row,
        };
        match keeper.row.state {
            State::Opening => keeper.open().await,
            State::Closing | State::Closed => keeper.close().await,
        }
    })
}

/// One channel, being closed or opened.
struct Keeper<'a> {
    house: &'a Arc<House>,
    http: &'a Arc<serenity::Http>,
    reason: String,
    place: Place,
    row: LockedChannel,
}

impl Keeper<'_> {
    async fn close(self) -> Result<()> {
        let (guild, channel) = (self.row.guild, self.row.channel);
        let rules = self.row.rules()?;
        let looked = rules
            .iter()
            .map(|rule| rule.close(self.place.of(rule.whom)));
        let (corrected, wanted): (Vec<Rule>, Vec<Option<Bits>>) = looked.unzip();
        if corrected != rules {
            let found = corrected.clone();
            record(self.house, guild, move |tx, _| {
                rules::found(tx, guild, channel, &found)
            })
            .await?;
        }
        for (rule, wanted) in corrected.iter().zip(wanted) {
            if let Some(bits) = wanted {
                self.put(rule.whom, bits).await?;
            }
        }
        record(self.house, guild, move |tx, _| {
            rules::closed(tx, guild, channel)
        })
        .await
    }

    async fn open(self) -> Result<()> {
        let (guild, channel) = (self.row.guild, self.row.channel);
        let mut theirs = Vec::new();
        // Everyone first: whoever was let in beside that is let go last.
        for rule in self.row.rules()?.iter().rev() {
            let (back, hands) = rule.open(self.place.of(rule.whom));
            match back {
                Back::Nothing => {}
                Back::Put(bits) => self.put(rule.whom, bits).await?,
                Back::Drop => self.drop(rule.whom).await?,
            }
            if hands == Hands::Others && self.exists(rule.whom) {
                theirs.push(rule.whom);
            }
        }
        record(self.house, guild, move |tx, desk| {
            rules::opened(tx, desk, channel, &theirs)
        })
        .await
    }

    async fn put(&self, whom: Whom, bits: Bits) -> Result<()> {
        let overwrite = Overwrite {
            whom,
            allow: bits.allow,
            deny: bits.deny,
        };
        let put = put_overwrite(self.http, self.row.channel, &overwrite, &self.reason);
        unless_unknown(put.await)
    }

    async fn drop(&self, whom: Whom) -> Result<()> {
        let dropped = drop_overwrite(self.http, self.row.channel, whom, &self.reason);
        unless_unknown(dropped.await)
    }

    /// Whether there is such a role: with a role its exceptions go, and nobody's hands were on them.
    fn exists(&self, whom: Whom) -> bool {
        let Whom::Role(RoleId(role)) = whom else {
            return true;
        };
        let cache = self.house.seen.cache();
        cache.is_none_or(|cache| {
            let guild = cache.guild(serenity::GuildId::new(self.row.guild.0));
            guild.is_none_or(|guild| guild.roles.contains_key(&serenity::RoleId::new(role)))
        })
    }
}

/// An exception for a role or a member that is no more is as it should be.
fn unless_unknown(outcome: serenity::Result<()>) -> Result<()> {
    match outcome {
        Err(error) => match verdict(&error) {
            Verdict::Final(code) if UNKNOWN_HOLDER.contains(&code) => Ok(()),
            _ => Err(error.into()),
        },
        Ok(()) => Ok(()),
    }
}

/// A channel is gone.
pub async fn gone(house: &Arc<House>, guild: GuildId, channel: ChannelId) -> Result<()> {
    record(house, guild, move |tx, desk| rules::gone(tx, desk, channel)).await
}

/// Discord refused for good to close or to open a channel.
pub async fn refused(
    house: &Arc<House>,
    guild: GuildId,
    channel: ChannelId,
    code: isize,
) -> Result<()> {
    record(house, guild, move |tx, desk| {
        rules::refused(tx, desk, channel, code)
    })
    .await
}

/// Opens the channels whose time is over, in every guild, until none is left.
pub fn open_due(house: &Arc<House>) -> BoxFuture<'_, Result<()>> {
    Box::pin(async move {
        loop {
            let now = house.clock().now();
            let due = house
                .store
                .read(move |reader| register::due(reader, now, AT_ONCE))
                .await?;
            let Some(guild) = due.first().map(|row| row.guild) else {
                return Ok(());
            };
            let of_it = due.iter().filter(|row| row.guild == guild);
            let channels: Vec<ChannelId> = of_it.map(|row| row.channel).collect();
            record(house, guild, move |tx, desk| {
                rules::open_due(tx, desk, &channels)
            })
            .await?;
        }
    })
}

/// Has a rule run that nobody ordered.
async fn record(
    house: &Arc<House>,
    guild: GuildId,
    rule: impl FnOnce(&mut Tx<'_>, &Desk) -> Result<(), Rejection> + Send + 'static,
) -> Result<()> {
    let default = house.config.locale;
    let order = Order {
        guild: Some(guild),
        ..Order::default()
    };
    house
        .store
        .write(order, move |tx| {
            let desk = Desk::of_greffier(tx, guild, default)?;
            rule(tx, &desk)
        })
        .await?;
    Ok(())
}
