//! Guilds: left, come back to, and forgotten when their time is over.

use greffier::cogs::guilds::rules::{self as guilds, Told};
use greffier::model::{GuildId, Locale, UserId};
use proptest::prelude::*;

use super::Deed;

pub fn deeds() -> BoxedStrategy<Deed> {
    let guild = 1..3_u64;
    prop_oneof![
        1 => (guild.clone(), prop::option::of("[A-Z]{1,4}")).prop_map(|(guild, name)| {
            Deed::new(("leave", guild, name.clone()), move |hand| {
                let name = name.clone();
                hand.rule(guild, 1, move |tx| guilds::left(tx, GuildId(guild), name, &told()));
            })
        }),
        1 => guild.clone().prop_map(|guild| {
            Deed::new(("return", guild), move |hand| {
                hand.rule(guild, 1, move |tx| guilds::returned(tx, GuildId(guild)));
            })
        }),
        2 => guild.prop_map(|guild| {
            Deed::new(("forget", guild), move |hand| {
                hand.rule(guild, 1, move |tx| guilds::forget(tx, GuildId(guild), &told()));
            })
        }),
    ]
    .boxed()
}

fn told() -> Told {
    Told {
        owners: vec![UserId(1)],
        locale: Locale::En,
    }
}
