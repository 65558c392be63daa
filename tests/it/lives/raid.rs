//! A raid: messages cleared, channels slowed. Those sent out are the cases'.

use std::time::Duration;

use greffier::cogs::raid::rules::channels::{self as raid, Sweep};
use greffier::model::{ChannelId, MessageId, UserId};
use proptest::prelude::*;

use super::{Deed, people, scene};

pub fn deeds() -> BoxedStrategy<Deed> {
    prop_oneof![
        (people(), any::<bool>(), 0..120_u64).prop_map(|((guild, actor, member), all, count)| {
            Deed::new(("purge", guild, actor, member, all, count), move |hand| {
                hand.rule(guild, actor, move |tx| {
                    let sweep = Sweep {
                        channel: ChannelId(5),
                        member: (!all).then_some(UserId(member)),
                        messages: (0..count).map(MessageId).collect(),
                    };
                    raid::purge(tx, &scene(guild, actor), &sweep)
                });
            })
        }),
        (people(), 0..30_000_u64).prop_map(|((guild, actor, _), seconds)| {
            Deed::new(("slow", guild, actor, seconds), move |hand| {
                let length = Duration::from_secs(seconds);
                hand.rule(guild, actor, move |tx| {
                    raid::slow(tx, &scene(guild, actor), ChannelId(5), length)
                });
            })
        }),
    ]
    .boxed()
}
