//! Warnings: given, taken back, reworded.

use greffier::cogs::warnings::rules as warnings;
use proptest::prelude::*;

use super::{Deed, people, person, scene, words};

pub fn deeds() -> BoxedStrategy<Deed> {
    let number = 1..12_u32;
    prop_oneof![
        8 => (people(), 0..5_u32, words()).prop_map(|((guild, actor, member), points, reason)| {
            Deed::new(("warn", guild, actor, member, points, reason.clone()), move |hand| {
                let reason = reason.clone();
                hand.rule(guild, actor, move |tx| {
                    warnings::warn(tx, &scene(guild, actor), &person(member), points, &reason)
                });
            })
        }),
        3 => (people(), number.clone()).prop_map(|((guild, actor, _), number)| {
            Deed::new(("withdraw", guild, actor, number), move |hand| {
                hand.rule(guild, actor, move |tx| warnings::withdraw(tx, &scene(guild, actor), number).map(drop));
            })
        }),
        2 => people().prop_map(|(guild, actor, member)| {
            Deed::new(("clear", guild, actor, member), move |hand| {
                hand.rule(guild, actor, move |tx| warnings::clear(tx, &scene(guild, actor), &person(member)));
            })
        }),
        2 => (people(), number, words()).prop_map(|((guild, actor, _), number, reason)| {
            Deed::new(("reword", guild, actor, number, reason.clone()), move |hand| {
                let reason = reason.clone();
                hand.rule(guild, actor, move |tx| {
                    warnings::reword(tx, &scene(guild, actor), number, &reason).map(drop)
                });
            })
        }),
    ]
    .boxed()
}
