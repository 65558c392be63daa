//! What administrators type of an item: `"VIP pass" 500 role:@vip for:30d stock:10 limit:1 A month among friends`.

use std::time::Duration;

use crate::cogs::economy::amount::Amount;
use crate::cogs::economy::rules::shop::{Limit, Terms};
use crate::discord::{Context, here, role_facts};
use crate::model::{Refusal, Rejection, RoleFacts, RoleId, parse_duration};
use crate::text;

/// The guild's roles, as rules judge them.
pub(super) fn roles_here(ctx: Context<'_>) -> Result<Vec<RoleFacts>, Rejection> {
    let guild = poise::serenity_prelude::GuildId::new(here(ctx)?.0);
    Ok(role_facts(&ctx.serenity_context().cache, guild)?)
}

/// The name, in quotes if it has several words, and what comes after it.
pub(super) fn split_name(text: &str) -> (String, &str) {
    let text = text.trim();
    for (open, close) in [('"', '"'), ('«', '»'), ('“', '”')] {
        if let Some((name, rest)) = text
            .strip_prefix(open)
            .and_then(|rest| rest.split_once(close))
        {
            return (name.trim().to_owned(), rest.trim());
        }
    }
    let (name, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (name.to_owned(), rest.trim())
}

/// Whether the words after an amount are the next three digits of it.
pub(super) fn goes_on(rest: &str) -> bool {
    let group = rest.split_whitespace().next().unwrap_or_default();
    group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit())
}

/// A price as it is typed.
pub(super) fn price(text: &str) -> Result<i64, Refusal> {
    match text.parse() {
        Ok(Amount::Coins(coins)) => Ok(coins),
        _ => Err(Refusal::new("refused-price")),
    }
}

/// `key:value` words, in any order; all other words together are the description.
pub(super) fn read(text: &str) -> Result<Terms, Refusal> {
    let mut terms = Terms::default();
    let mut description = Vec::new();
    for word in text.split_whitespace() {
        let (key, value) = word.split_once(':').unwrap_or(("", word));
        let refused = || Refusal(text!("refused-term", term = word));
        match key.to_lowercase().as_str() {
            "price" | "prix" => terms.price = Some(price(value)?),
            "stock" => terms.stock = Some(limit(value).ok_or_else(refused)?),
            "limit" | "limite" => terms.most = Some(limit(value).ok_or_else(refused)?),
            "role" | "rôle" => terms.role = Some(role(value).ok_or_else(refused)?),
            "for" | "pour" => terms.duration = Some(length(value).ok_or_else(refused)?),
            _ => description.push(word),
        }
    }
    if !description.is_empty() {
        terms.description = Some(description.join(" "));
    }
    Ok(terms)
}

/// A number, or `none`.
pub(super) fn limit(value: &str) -> Option<Limit> {
    if ["none", "aucun", "aucune", "∞"].contains(&value.to_lowercase().as_str()) {
        return Some(Limit::None);
    }
    value.parse().ok().map(Limit::Of)
}

fn role(value: &str) -> Option<RoleId> {
    let digits = value
        .strip_prefix("<@&")
        .and_then(|rest| rest.strip_suffix('>'));
    digits.unwrap_or(value).parse().ok()
}

/// A length of time, or `ever` for one without an end.
pub(super) fn length(value: &str) -> Option<Duration> {
    if ["ever", "toujours"].contains(&value.to_lowercase().as_str()) {
        return Some(Duration::ZERO);
    }
    parse_duration(value).filter(|length| !length.is_zero())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_word_or_stands_in_quotes() {
        for (typed, name, rest) in [
            ("vip 500", "vip", "500"),
            ("\"VIP pass\" 500 a b", "VIP pass", "500 a b"),
            ("« Carte VIP » 500", "Carte VIP", "500"),
            ("vip", "vip", ""),
            ("\"open 500", "\"open", "500"),
        ] {
            assert_eq!(split_name(typed), (name.to_owned(), rest), "{typed}");
        }
    }

    #[test]
    fn terms_are_read_in_any_order_and_in_both_languages() {
        let english = read("stock:10 role:<@&77> A month for:30d limit:1 among: friends");
        let french = read("limite:1 rôle:77 A pour:30j month stock:10 among: friends");
        let terms = Terms {
            name: None,
            description: Some("A month among: friends".to_owned()),
            price: None,
            stock: Some(Limit::Of(10)),
            most: Some(Limit::Of(1)),
            role: Some(RoleId(77)),
            duration: Some(Duration::from_secs(30 * 86_400)),
        };
        assert_eq!(english, Ok(terms.clone()));
        assert_eq!(french, Ok(terms));
        let open = read("stock:none price:1,000 for:ever").expect("terms");
        assert_eq!(open.stock, Some(Limit::None));
        assert_eq!(
            (open.price, open.duration),
            (Some(1_000), Some(Duration::ZERO))
        );
        for wrong in [
            "stock:-1", "stock:x", "role:vip", "for:0d", "for:x", "price:x", "limit:",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
