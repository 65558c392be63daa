//! Lists that go on: the leaderboard, a member's history, the shop, an inventory. A page's buttons say where the next one
//! begins, so that the millionth place is found as quickly as the first.

use std::time::Duration;

use poise::serenity_prelude as serenity;
use serenity::{ButtonStyle, CreateActionRow, CreateButton};

use super::account::Account;
use super::commands::choices_of;
use super::register::choices::Choices;
use super::register::ledger::{self, From, LedgerEntry, Rung};
use super::register::shop::{self, Item};
use crate::discord::{Answer, Audience, House, embed, pager};
use crate::model::{GuildId, Locale, Post, Refusal, Rejection, Text, UserId, duration_text};
use crate::text;

/// How many lines a page has.
const PAGE: u32 = 10;
/// A page beyond this is reached by its buttons: finding it by its number means counting all before it.
const LAST_BY_NUMBER: u32 = 100;

/// Where a page of the leaderboard begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ladder {
    /// At a page's number, from 1.
    Page(u32),
    /// Below the last line of another page, which has this place.
    Below(Rung, u32),
    /// Above the first line of another page, which has this place.
    Above(Rung, u32),
}

/// A page of the leaderboard.
pub async fn leaderboard(
    house: &House,
    locale: Locale,
    guild: GuildId,
    viewer: UserId,
    from: Ladder,
) -> Result<Answer, Rejection> {
    let choices = choices_of(house, guild).await?;
    // Near the top the numbers are counted again: they have changed since the buttons were made.
    let from = match from {
        Ladder::Above(_, first) if first <= PAGE + 1 => Ladder::Page(1),
        Ladder::Page(page) if page == 0 || page > LAST_BY_NUMBER => {
            return Err(Refusal(text!("refused-far-page", last = LAST_BY_NUMBER)).into());
        }
        from => from,
    };
    let (mut rungs, own) = house
        .store
        .read(move |reader| {
            let rungs = match from {
                Ladder::Page(page) => ledger::richest(reader, guild, PAGE + 1, (page - 1) * PAGE)?,
                Ladder::Below(place, _) => ledger::richest_after(reader, guild, place, PAGE + 1)?,
                Ladder::Above(place, _) => ledger::richest_before(reader, guild, place, PAGE)?,
            };
            Ok((
                rungs,
                ledger::balance(reader, guild, Account::Member(viewer))?,
            ))
        })
        .await?;
    let first = match from {
        Ladder::Page(page) => (page - 1) * PAGE + 1,
        Ladder::Below(_, last) => last.saturating_add(1),
        Ladder::Above(_, first) => first.saturating_sub(PAGE),
    };
    let goes_on = matches!(from, Ladder::Above(..)) || rungs.len() > PAGE as usize;
    rungs.truncate(PAGE as usize);
    if rungs.is_empty() && first > 1 {
        return Err(Refusal::new("refused-no-more").into());
    }
    let lines = rungs.iter().zip(first..).map(|(rung, place)| {
        let coins = house.say(locale, &choices.coins(rung.balance));
        format!("`{place:>3}.` {} — {coins}", rung.member.mention())
    });
    let title = text!("economy-leaderboard", currency = choices.currency());
    let post = Post::new(locale, title)
        .saying(body(lines.collect(), "economy-leaderboard-empty"))
        .listing([(Text::new("economy-yours"), choices.coins(own))]);
    let rung = |rung: &Rung, place: u32| format!("{}:{}:{place}", rung.balance, rung.member);
    let before = rungs.first().filter(|_| first > 1);
    let before = before.map(|top| format!("economy:above:{}", rung(top, first)));
    let last = first.saturating_add(PAGE - 1);
    let after = rungs.last().filter(|_| goes_on);
    let after = after.map(|bottom| format!("economy:below:{}", rung(bottom, last)));
    Ok(Answer::to(Audience::Everyone)
        .showing(embed(house, &post))
        .offering(steps(house, locale, before, after)))
}

/// A page of a member's entries, for `viewer` alone.
pub async fn history(
    house: &House,
    locale: Locale,
    guild: GuildId,
    member: UserId,
    viewer: UserId,
    from: From,
) -> Result<Answer, Rejection> {
    let choices = choices_of(house, guild).await?;
    let account = Account::Member(member);
    let mut entries = house
        .store
        .read(move |reader| ledger::history(reader, guild, account, from, PAGE + 1))
        .await?;
    let full = entries.len() > PAGE as usize;
    // One more than a page was asked for, to know whether the list goes on in that direction.
    let (newer, older) = match from {
        From::After(_) => {
            if full {
                entries.remove(0);
            }
            (full, true)
        }
        From::Before(_) => (true, full),
        From::Newest => (false, full),
    };
    entries.truncate(PAGE as usize);
    let lines = entries
        .iter()
        .map(|entry| house.say(locale, &entry_line(&choices, entry)));
    let title = text!("economy-history", currency = choices.currency());
    let post = Post::new(locale, title)
        .saying(body(lines.collect(), "economy-history-empty"))
        .listing([(
            Text::new("economy-field-member"),
            Text::verbatim(member.mention()),
        )]);
    let id =
        |way: &str, entry: &LedgerEntry| format!("economy:{way}:{member}:{viewer}:{}", entry.id);
    let before = entries.first().filter(|_| newer);
    let after = entries.last().filter(|_| older);
    Ok(Answer::to(Audience::Asker)
        .showing(embed(house, &post))
        .offering(steps(
            house,
            locale,
            before.map(|entry| id("newer", entry)),
            after.map(|entry| id("older", entry)),
        )))
}

fn entry_line(choices: &Choices, entry: &LedgerEntry) -> Text {
    let amount = choices.coins(entry.amount.abs());
    let at = entry.at.markup('d');
    let why = match entry.other {
        Account::Member(other) => {
            text!(
                "economy-entry-with",
                why = entry.why.label(),
                other = other.mention()
            )
        }
        _ => entry.why.label(),
    };
    let why = if entry.note.is_empty() {
        why
    } else {
        text!("economy-entry-note", why = why, note = entry.note.as_str())
    };
    let has = choices.coins(entry.balance);
    if entry.amount < 0 {
        text!(
            "economy-entry-out",
            at = at,
            amount = amount,
            why = why,
            has = has
        )
    } else {
        text!(
            "economy-entry-in",
            at = at,
            amount = amount,
            why = why,
            has = has
        )
    }
}

/// A page of what is on sale.
pub async fn shop(
    house: &House,
    locale: Locale,
    guild: GuildId,
    page: u32,
) -> Result<Answer, Rejection> {
    let choices = choices_of(house, guild).await?;
    let items = house
        .store
        .read(move |reader| shop::on_sale(reader, guild))
        .await?;
    let (shown, page, pages) = cut(&items, page)?;
    let post = Post::new(locale, Text::new("economy-shop"))
        .listing(shown.iter().map(|item| item_field(&choices, item)));
    let post = if items.is_empty() {
        post.saying(Text::new("economy-shop-empty"))
    } else {
        post
    };
    Ok(Answer::to(Audience::Everyone)
        .showing(embed(house, &post))
        .offering(pager(house, locale, "economy:shop", page, pages)))
}

fn item_field(choices: &Choices, item: &Item) -> (Text, Text) {
    let price = choices.coins(item.price);
    let name = text!(
        "economy-item-name",
        number = item.number,
        item = item.name.as_str(),
        price = price
    );
    let mut facts = Vec::new();
    if !item.description.is_empty() {
        facts.push(Text::verbatim(item.description.as_str()));
    }
    if let Some(role) = item.role {
        let role = role.mention();
        facts.push(match item.seconds {
            Some(seconds) => {
                let length = duration_text(Duration::from_secs(seconds));
                text!("economy-item-role-for", role = role, duration = length)
            }
            None => text!("economy-item-role", role = role),
        });
    }
    match item.stock {
        Some(0) => facts.push(Text::new("economy-item-sold-out")),
        Some(stock) => facts.push(text!("economy-item-stock", stock = stock)),
        None => {}
    }
    if let Some(most) = item.most {
        facts.push(text!("economy-item-limit", most = most));
    }
    let value = facts
        .into_iter()
        .reduce(|all, fact| text!("economy-item-facts", all = all, fact = fact))
        .unwrap_or_else(|| Text::new("economy-item-plain"));
    (name, value)
}

/// A page of what a member has.
pub async fn inventory(
    house: &House,
    locale: Locale,
    guild: GuildId,
    member: UserId,
    page: u32,
) -> Result<Answer, Rejection> {
    let held = house
        .store
        .read(move |reader| shop::inventory(reader, guild, member))
        .await?;
    let (shown, page, pages) = cut(&held, page)?;
    let lines = shown.iter().map(|(item, count)| {
        let line = text!("economy-held", count = *count, item = item.name.as_str());
        house.say(locale, &line)
    });
    let post = Post::new(locale, Text::new("economy-inventory"))
        .saying(body(lines.collect(), "economy-inventory-empty"))
        .listing([(
            Text::new("economy-field-member"),
            Text::verbatim(member.mention()),
        )]);
    let id = format!("economy:bag:{member}");
    Ok(Answer::to(Audience::Everyone)
        .showing(embed(house, &post))
        .offering(pager(house, locale, &id, page, pages)))
}

/// The part of a list that page `page` (from 1) shows, and the number of pages. A page that is gone shows the last.
fn cut<T>(list: &[T], page: u32) -> Result<(&[T], u32, u32), Rejection> {
    let pages = u32::try_from(list.chunks(PAGE as usize).len()).unwrap_or(u32::MAX);
    let page = page.clamp(1, pages.max(1));
    let shown = list.chunks(PAGE as usize).nth(page as usize - 1);
    Ok((shown.unwrap_or_default(), page, pages))
}

fn body(lines: Vec<String>, empty: &'static str) -> Text {
    if lines.is_empty() {
        Text::new(empty)
    } else {
        Text::verbatim(lines.join("\n"))
    }
}

/// Buttons to the part before and the part after, where there is one.
fn steps(
    house: &House,
    locale: Locale,
    before: Option<String>,
    after: Option<String>,
) -> Vec<CreateActionRow> {
    if before.is_none() && after.is_none() {
        return Vec::new();
    }
    let button = |id: Option<String>, key: &'static str, none: &str| {
        let disabled = id.is_none();
        CreateButton::new(id.unwrap_or_else(|| none.to_owned()))
            .label(house.say(locale, &Text::new(key)))
            .style(ButtonStyle::Secondary)
            .disabled(disabled)
    };
    vec![CreateActionRow::Buttons(vec![
        button(before, "pages-before", "economy:first"),
        button(after, "pages-after", "economy:last"),
    ])]
}
