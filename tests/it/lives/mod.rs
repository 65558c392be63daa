//! Random lives of a community, through the rules of every cog: one file a cog, and the list of them. What must hold after
//! any of them stands in `rebuild` and `histories`.

mod cases;
mod conversations;
mod economy;
mod guilds;
mod lockdown;
mod mutes;
mod raid;
mod roles;
mod selfroles;
mod settings;
mod tickets;
mod warnings;

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use anyhow::Result;
use greffier::cogs;
use greffier::model::{GuildId, Locale, Rank, Rejection, RoleId, Scene, Standing, UserId};
use greffier::store::{AnyRegister, JournalRow, Order, Registers, Store, Tx};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What people can do in each cog. A new cog stands here with its deeds.
fn cogs_deeds() -> Vec<BoxedStrategy<Deed>> {
    vec![
        warnings::deeds(),
        roles::deeds(),
        selfroles::deeds(),
        settings::deeds(),
        conversations::deeds(),
        cases::deeds(),
        mutes::deeds(),
        lockdown::deeds(),
        raid::deeds(),
        tickets::deeds(),
        economy::deeds(),
        guilds::deeds(),
    ]
}

/// Somebody has their own words erased, everywhere.
fn erasure() -> BoxedStrategy<Deed> {
    let erase = |(guild, actor, _)| {
        Deed::new(("erase", actor), move |hand| {
            hand.rule(guild, actor, move |tx| Ok(tx.erase(UserId(actor))?));
        })
    };
    people().prop_map(erase).boxed()
}

/// How many cogs have deeds.
pub fn parts() -> usize {
    cogs_deeds().len()
}

/// What somebody does in a life that is mostly about the cog at `main`.
pub fn deed(main: usize) -> BoxedStrategy<Deed> {
    let cogs = cogs_deeds();
    let mostly = cogs[main % cogs.len()].clone();
    let sometimes = proptest::strategy::Union::new(cogs);
    prop_oneof![15 => mostly, 5 => sometimes, 1 => erasure()].boxed()
}

/// Something that somebody does. Refusals are part of life.
#[derive(Clone)]
pub struct Deed {
    words: String,
    act: Arc<dyn Fn(&Hand<'_>) + Send + Sync>,
}

impl Deed {
    /// `words` say what it is when a life has gone wrong.
    pub fn new(words: impl fmt::Debug, act: impl Fn(&Hand<'_>) + Send + Sync + 'static) -> Deed {
        Deed {
            words: format!("{words:?}"),
            act: Arc::new(act),
        }
    }

    /// Does it.
    pub fn carry_out(&self, hand: &Hand<'_>) {
        (self.act)(hand);
    }
}

impl fmt::Debug for Deed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.words)
    }
}

/// What deeds are done with.
pub struct Hand<'a> {
    /// The records.
    pub store: &'a Store,
}

impl Hand<'_> {
    /// Has a rule run for `actor`; returns what came of it, `None` for a refusal.
    pub fn rule<T, F>(&self, guild: u64, actor: u64, rule: F) -> Option<T>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, Rejection> + Send + 'static,
    {
        let order = Order {
            guild: Some(GuildId(guild)),
            actor: Some(UserId(actor)),
            origin: None,
        };
        match self.store.write_blocking(order, rule) {
            Ok(committed) => Some(committed.value),
            Err(Rejection::Refused(_)) => None,
            Err(other) => panic!("{other:#}"),
        }
    }
}

/// The owner (1), an administrator (2), two moderators (3, 4), members (5, 6).
pub fn person(user: u64) -> Standing {
    Standing {
        user: UserId(user),
        bot: false,
        owner: user == 1,
        administrator: user == 2,
        moderates: user <= 4,
        roles: vec![RoleId(user)],
        rank: Rank {
            position: 10 - u16::try_from(user).expect("a small number"),
            age: 0,
        },
    }
}

/// One of them acts in a guild (1, 2).
pub fn scene(guild: u64, actor: u64) -> Scene {
    Scene {
        guild: GuildId(guild),
        guild_name: "Town".to_owned(),
        actor: person(actor),
        greffier: Standing {
            bot: true,
            rank: Rank {
                position: 8,
                age: 0,
            },
            ..person(6)
        },
        locale: Locale::En,
    }
}

/// A guild, somebody who acts, and somebody it is about.
pub fn people() -> impl Strategy<Value = (u64, u64, u64)> {
    (1..3_u64, 1..7_u64, 1..7_u64)
}

/// Words that are hard to keep.
pub fn words() -> impl Strategy<Value = String> {
    "[a-zé\"\\\\\u{1F600} \n«»]{0,12}"
}

/// What every cog keeps.
pub fn registers() -> Registers {
    cogs::registers(&cogs::all())
}

/// The variants of a register's `Change`, as serde lists them when it is given one that does not exist.
pub fn variants(register: &dyn AnyRegister) -> Vec<String> {
    let error = register
        .inverse(r#"{"kind":"no such thing"}"#)
        .expect_err("there is no such change");
    let words = format!("{error:#}");
    let list = words
        .split_once("expected")
        .unwrap_or_else(|| panic!("{words}"))
        .1;
    list.split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// What a row tells of: its register and the kind of its change.
pub fn kind(row: &JournalRow) -> (String, String) {
    let change: serde_json::Value = serde_json::from_str(row.change.get()).expect("JSON");
    let kind = change["kind"].as_str().expect("changes have a kind");
    (row.register.clone(), kind.to_owned())
}

/// Fails, with their names, if some changes of `registers` never occurred.
#[track_caller]
pub fn assert_all_occurred(registers: &Registers, occurred: &BTreeSet<(String, String)>) {
    let known = registers.iter().flat_map(|register| {
        variants(register)
            .into_iter()
            .map(|variant| (register.name().to_owned(), variant))
    });
    let never: Vec<_> = known.filter(|key| !occurred.contains(key)).collect();
    assert!(
        never.is_empty(),
        "these changes never occurred; `lives` needs deeds for them: {never:?}"
    );
}
