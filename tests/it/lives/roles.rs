//! Roles: wanted, no longer wanted, lent, given and taken, kept for a return.

use std::sync::Arc;

use anyhow::Result;
use greffier::cogs::roles::Source;
use greffier::cogs::roles::rules::{self as roles, Keeps};
use greffier::model::{GuildId, RoleId, Timestamp, UserId};
use greffier::store::Tx;
use proptest::prelude::*;

use super::{Deed, people};

pub fn deeds() -> BoxedStrategy<Deed> {
    let role = (1..4_u64).prop_map(RoleId);
    let wish = (people(), role.clone(), prop::sample::select(&Source::ALL)).boxed();
    prop_oneof![
        8 => (wish.clone(), prop::option::of(1..80_i64)).prop_map(|(((guild, actor, member), role, source), days)| {
            deed(("grant", guild, member, role, source, days), guild, actor, move |tx, guild| {
                let until = days.map(|days| Timestamp(tx.now().0 + days * 86_400_000));
                roles::grant(tx, guild, UserId(member), role, source, until)
            })
        }),
        3 => wish.prop_map(|((guild, actor, member), role, source)| {
            deed(("withdraw", guild, member, role, source), guild, actor, move |tx, guild| {
                roles::withdraw(tx, guild, UserId(member), role, source).map(drop)
            })
        }),
        2 => (people(), role.clone()).prop_map(|((guild, actor, member), role)| {
            deed(("adopt", guild, member, role), guild, actor, move |tx, guild| {
                roles::adopt(tx, guild, UserId(member), role)
            })
        }),
        3 => (people(), role.clone()).prop_map(|((guild, actor, member), role)| {
            deed(("by hand", guild, member, role), guild, actor, move |tx, guild| {
                roles::adopt(tx, guild, UserId(member), role)?;
                roles::taken_by_hand(tx, guild, UserId(member), role)
            })
        }),
        2 => (people(), prop::collection::vec(role.clone(), 0..3), any::<bool>()).prop_map(
            |((guild, actor, member), held, keeps)| {
                deed(("leave", guild, member, held.clone(), keeps), guild, actor, move |tx, guild| {
                    let keeps = if keeps { Keeps::Everything } else { Keeps::Nothing };
                    roles::left(tx, guild, UserId(member), &held, keeps)
                })
            }
        ),
        2 => people().prop_map(|(guild, actor, member)| {
            deed(("return", guild, member), guild, actor, move |tx, guild| {
                roles::returned(tx, guild, UserId(member))
            })
        }),
        1 => (people(), role).prop_map(|((guild, actor, _), role)| {
            deed(("delete", guild, role), guild, actor, move |tx, guild| roles::role_deleted(tx, guild, role))
        }),
        3 => people().prop_map(|(guild, actor, _)| {
            deed(("expire", guild), guild, actor, |tx, guild| roles::expire(tx, guild).map(drop))
        }),
    ]
    .boxed()
}

fn deed(
    words: impl std::fmt::Debug,
    guild: u64,
    actor: u64,
    act: impl Fn(&mut Tx<'_>, GuildId) -> Result<()> + Send + Sync + 'static,
) -> Deed {
    let act = Arc::new(act);
    Deed::new(words, move |hand| {
        let act = Arc::clone(&act);
        hand.rule(guild, actor, move |tx| Ok(act(tx, GuildId(guild))?));
    })
}
