//! What a guild sells: who may change it, who may buy, and what using something gives.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{administrator, purse};
use crate::cogs::economy::account::MOST_COINS;
use crate::cogs::economy::register::shop::{self, Item, Offer};
use crate::cogs::economy::register::{Change, Economy, choices};
use crate::cogs::roles::{self, Source, rules::may_hand_out_of};
use crate::model::{
    GuildId, Refusal, Rejection, RoleFacts, RoleId, Scene, Standing, Timestamp, UserId,
};
use crate::store::{Reader, Tx};
use crate::text;

/// So many things a guild can sell.
const MOST_ITEMS: usize = 100;
/// The longest name, in characters: a choice of an autocomplete has at most 100 (Discord's limit), the price included.
const LONGEST_NAME: usize = 60;
/// The longest description, in characters.
const LONGEST_DESCRIPTION: usize = 200;
/// The longest time that a bought role is for.
const LONGEST_ROLE: Duration = Duration::from_secs(366 * 24 * 3_600);

/// What an administrator says of an item; what they leave out stays as it is, or as usual.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// Another name.
    pub name: Option<String>,
    /// What is said of it.
    pub description: Option<String>,
    /// What one costs; 0 is a gift.
    pub price: Option<i64>,
    /// How many are left.
    pub stock: Option<Limit>,
    /// How many one member may buy.
    pub most: Option<Limit>,
    /// The role that using it gives.
    pub role: Option<RoleId>,
    /// For how long.
    pub duration: Option<Duration>,
}

/// A number, or any number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// At most so many.
    Of(u32),
    /// As many as there are wishes.
    None,
}

impl Limit {
    fn number(self) -> Option<u32> {
        match self {
            Limit::Of(number) => Some(number),
            Limit::None => None,
        }
    }
}

/// Puts an item into the shop. Its role must be one that the administrator and the bot may hand out.
pub fn add(
    tx: &mut Tx<'_>,
    scene: &Scene,
    known: &[RoleFacts],
    name: &str,
    price: i64,
    terms: Terms,
) -> Result<Item, Rejection> {
    let guild = scene.guild;
    administrator(&scene.actor)?;
    check_role(scene, known, &terms)?;
    if shop::on_sale(tx, guild)?.len() >= MOST_ITEMS {
        return Err(Refusal(text!("refused-shop-full", most = MOST_ITEMS)).into());
    }
    let blank = Offer {
        number: shop::next_number(tx, guild)?,
        name: String::new(),
        description: String::new(),
        price,
        stock: None,
        most: None,
        role: None,
        seconds: None,
    };
    let terms = Terms {
        name: Some(name.to_owned()),
        ..terms
    };
    offer(tx, guild, blank, terms)
}

/// Offers an item on other terms. What was bought before keeps what it gives now.
pub fn edit(
    tx: &mut Tx<'_>,
    scene: &Scene,
    known: &[RoleFacts],
    words: &str,
    terms: Terms,
) -> Result<Item, Rejection> {
    let guild = scene.guild;
    administrator(&scene.actor)?;
    check_role(scene, known, &terms)?;
    let item = named(&shop::on_sale(tx, guild)?, words)?;
    let offered = Offer {
        number: item.number,
        name: item.name,
        description: item.description,
        price: item.price,
        stock: item.stock,
        most: item.most,
        role: item.role,
        seconds: item.seconds,
    };
    offer(tx, guild, offered, terms)
}

/// Takes an item out of the shop; those who have it keep it. Returns it.
pub fn remove(
    tx: &mut Tx<'_>,
    guild: GuildId,
    actor: &Standing,
    words: &str,
) -> Result<Item, Rejection> {
    administrator(actor)?;
    let item = named(&shop::on_sale(tx, guild)?, words)?;
    tx.record::<Economy>(&Change::Discontinued {
        number: item.number,
    })?;
    Ok(item)
}

fn offer(
    tx: &mut Tx<'_>,
    guild: GuildId,
    mut offer: Offer,
    terms: Terms,
) -> Result<Item, Rejection> {
    if let Some(name) = terms.name {
        offer.name = check_words(&name, 1, LONGEST_NAME)?;
    }
    if let Some(description) = terms.description {
        offer.description = check_words(&description, 0, LONGEST_DESCRIPTION)?;
    }
    offer.price = terms.price.unwrap_or(offer.price);
    if !(0..=MOST_COINS).contains(&offer.price) {
        return Err(Refusal::new("refused-price").into());
    }
    offer.stock = terms.stock.map_or(offer.stock, Limit::number);
    offer.most = terms.most.map_or(offer.most, Limit::number);
    offer.role = terms.role.or(offer.role);
    if let Some(duration) = terms.duration {
        offer.seconds = match duration.as_secs() {
            0 => None,
            _ if offer.role.is_none() => {
                return Err(Refusal::new("refused-duration-without-role").into());
            }
            _ if duration > LONGEST_ROLE => {
                return Err(Refusal::new("refused-role-duration").into());
            }
            seconds => Some(seconds),
        };
    }
    let namesake = |item: &Item| same(&item.name, &offer.name) && item.number != offer.number;
    if shop::on_sale(tx, guild)?.iter().any(namesake) {
        return Err(Refusal(text!("refused-item-name", item = offer.name)).into());
    }
    let number = offer.number;
    tx.record::<Economy>(&Change::Offered { offer })?;
    found(tx, guild, number)
}

/// What a purchase came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bought {
    /// What it is called.
    pub item: String,
    /// How many.
    pub count: u32,
    /// What they cost together.
    pub price: i64,
    /// What the member has left.
    pub left: i64,
    /// Whether it can be used.
    pub usable: bool,
}

/// A member buys something.
pub fn buy(
    tx: &mut Tx<'_>,
    guild: GuildId,
    member: UserId,
    words: &str,
    count: u32,
) -> Result<Bought, Rejection> {
    let item = named(&shop::on_sale(tx, guild)?, words)?;
    if count == 0 {
        return Err(Refusal::new("refused-count").into());
    }
    if let Some(stock) = item.stock
        && count > stock
    {
        let refusal = text!("refused-stock", item = item.name, left = stock);
        return Err(Refusal(refusal).into());
    }
    let held = shop::holding(tx, guild, member, item.number)?;
    let (count_held, bought) = held.map_or((0, 0), |held| (held.count, held.bought));
    let within = |sum: Option<u32>| sum.filter(|sum| item.most.is_none_or(|most| *sum <= most));
    if within(bought.checked_add(count)).is_none() || count_held.checked_add(count).is_none() {
        let most = item.most.unwrap_or(u32::MAX);
        return Err(Refusal(text!("refused-item-limit", item = item.name, most = most)).into());
    }
    let choices = choices::of(tx, guild)?;
    let purse = purse(tx, guild, member)?;
    let price = item.price.checked_mul(i64::from(count));
    let Some(price) = price.filter(|price| *price <= purse) else {
        let has = choices.coins(purse);
        return Err(Refusal(text!("refused-too-poor", has = has)).into());
    };
    tx.record::<Economy>(&Change::Bought {
        member,
        item: item.number,
        count,
        price,
    })?;
    Ok(Bought {
        item: item.name,
        count,
        price,
        left: purse - price,
        usable: item.role.is_some(),
    })
}

/// What an item that is used gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Used {
    /// What it is called.
    pub item: String,
    /// The role.
    pub role: RoleId,
    /// Until when; absent: for good.
    pub until: Option<Timestamp>,
}

/// A member uses something up: its role is theirs, for as long as it is for. A second one of the same kind lengthens it.
/// `known` are the guild's roles as they are now: one that has become dangerous or too high is no longer handed out.
pub fn use_up(
    tx: &mut Tx<'_>,
    scene: &Scene,
    known: &[RoleFacts],
    words: &str,
) -> Result<Used, Rejection> {
    let (guild, member) = (scene.guild, scene.actor.user);
    let held = shop::inventory(tx, guild, member)?;
    let held: Vec<Item> = held.into_iter().map(|(item, _)| item).collect();
    let item = named(&held, words)?;
    let Some(role) = item.role else {
        return Err(Refusal(text!("refused-keepsake", item = item.name)).into());
    };
    may_hand_out_of(known, role, None, &scene.greffier)?;
    let before = roles::wants(tx, guild, member, Source::Shop)?;
    let before = before.iter().find(|grant| grant.role == role);
    if before.is_some_and(|grant| grant.until.is_none()) {
        return Err(Refusal(text!("refused-has-role", role = role.mention())).into());
    }
    let until = item.seconds.map(|seconds| {
        let from = before.and_then(|grant| grant.until).unwrap_or(tx.now());
        from.max(tx.now()) + Duration::from_secs(seconds)
    });
    tx.record::<Economy>(&Change::Used {
        member,
        item: item.number,
    })?;
    roles::grant(tx, guild, member, role, Source::Shop, until)?;
    Ok(Used {
        item: item.name,
        role,
        until,
    })
}

fn check_role(scene: &Scene, known: &[RoleFacts], terms: &Terms) -> Result<(), Rejection> {
    match terms.role {
        Some(role) => may_hand_out_of(known, role, Some(&scene.actor), &scene.greffier),
        None => Ok(()),
    }
}

fn found(reader: &Reader<'_>, guild: GuildId, number: u32) -> Result<Item, Rejection> {
    let item = shop::find(reader, guild, number)?;
    item.ok_or_else(|| Rejection::Failed(anyhow::anyhow!("item {number} is gone")))
}

/// The item that somebody means: by its number, its name, or an unmistakable beginning of it.
fn named(items: &[Item], words: &str) -> Result<Item, Refusal> {
    let words = words.trim();
    let number: Option<u32> = words.strip_prefix('#').unwrap_or(words).parse().ok();
    let exact = items.iter().find(|item| same(&item.name, words));
    let by_number = || items.iter().find(|item| Some(item.number) == number);
    let beginning = words.to_lowercase();
    let mut like = items
        .iter()
        .filter(|item| !beginning.is_empty() && item.name.to_lowercase().starts_with(&beginning));
    let only = || match (like.next(), like.next()) {
        (Some(one), None) => Some(one),
        _ => None,
    };
    exact
        .or_else(by_number)
        .or_else(only)
        .cloned()
        .ok_or_else(|| text!("refused-no-item", item = words).into())
}

fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

fn check_words(words: &str, least: usize, most: usize) -> Result<String, Refusal> {
    let words = words.trim();
    if !(least..=most).contains(&words.chars().count()) || words.contains('\n') {
        return Err(text!("refused-item-words", least = least, most = most).into());
    }
    Ok(words.to_owned())
}
