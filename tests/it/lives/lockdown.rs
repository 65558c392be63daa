//! Lockdowns: channels closed, found changed, prolonged, opened, gone; and what Discord says to each.

use std::time::Duration;

use greffier::cogs::cases::rules::Desk;
use greffier::cogs::lockdown::plan::{Bits, Rule};
use greffier::cogs::lockdown::register;
use greffier::cogs::lockdown::rules::{self as lockdown, Scope, Sight};
use greffier::model::{ChannelId, GuildId, Locale, RoleId, Whom};
use proptest::prelude::*;

use super::{Deed, people, scene, words};

pub fn deeds() -> BoxedStrategy<Deed> {
    let channels = prop::collection::vec(1..4_u64, 1..3);
    let channel = (1..4_u64).prop_map(ChannelId);
    prop_oneof![
        6 => (people(), channels, words(), prop::option::of(0..90_u64), any::<bool>()).prop_map(
            |((guild, actor, _), channels, reason, minutes, all)| {
                Deed::new(("close", guild, actor, channels.clone(), minutes, all), move |hand| {
                    let (channels, reason) = (channels.clone(), reason.clone());
                    let length = minutes.map(|minutes| Duration::from_secs(minutes * 600));
                    hand.rule(guild, actor, move |tx| {
                        let sights: Vec<Sight> = channels.iter().map(|id| sight(*id, actor)).collect();
                        let scope = if all { Scope::All } else { Scope::Named };
                        lockdown::close(tx, &scene(guild, actor), scope, &sights, length, &reason)
                    });
                })
            }
        ),
        3 => (people(), prop::option::of(channel.clone()), words()).prop_map(|((guild, actor, _), channel, reason)| {
            Deed::new(("open", guild, actor, channel), move |hand| {
                let (named, reason) = (channel.map(|channel| vec![channel]), reason.clone());
                hand.rule(guild, actor, move |tx| {
                    lockdown::open(tx, &scene(guild, actor), named.as_deref(), &reason)
                });
            })
        }),
        3 => (1..3_u64).prop_map(|guild| {
            Deed::new(("open what is due", guild), move |hand| {
                let rows = hand.store.read_blocking(|reader| register::all(reader, GuildId(guild)));
                let channels: Vec<ChannelId> = rows.expect("the channels").iter().map(|row| row.channel).collect();
                hand.rule(guild, 1, move |tx| {
                    let desk = Desk::of_greffier(tx, GuildId(guild), Locale::Fr)?;
                    lockdown::open_due(tx, &desk, &channels)
                });
            })
        }),
        9 => (1..3_u64, channel, 0..7_u8).prop_map(|(guild, channel, answer)| {
            Deed::new(("Discord says of a lock", guild, channel, answer), move |hand| {
                hand.rule(guild, 1, move |tx| {
                    let guild = GuildId(guild);
                    let desk = Desk::of_greffier(tx, guild, Locale::Fr)?;
                    match answer {
                        0 => lockdown::found(tx, guild, channel, &sight(channel.0, 7).rules),
                        1 => lockdown::closed(tx, guild, channel),
                        2 => lockdown::opened(tx, &desk, channel, &[]),
                        3 => lockdown::opened(tx, &desk, channel, &[Whom::Role(RoleId(guild.0))]),
                        4 => lockdown::gone(tx, &desk, channel),
                        5 => lockdown::refused(tx, &desk, channel, 50013),
                        // What can't be closed can't be given back either.
                        _ => {
                            lockdown::refused(tx, &desk, channel, 50013)?;
                            lockdown::refused(tx, &desk, channel, 50013)
                        }
                    }
                });
            })
        }),
    ]
    .boxed()
}

fn sight(channel: u64, former: u64) -> Sight {
    Sight {
        channel: ChannelId(channel),
        name: format!("channel {channel}"),
        rules: vec![Rule {
            whom: Whom::Role(RoleId(1)),
            former: former.is_multiple_of(2).then_some(Bits {
                allow: 1 << 51,
                deny: former,
            }),
            touched: 2048,
            closed: Bits {
                allow: 0,
                deny: 2048,
            },
        }],
    }
}
