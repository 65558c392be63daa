//! What menus say: their message, and the words that take its place.

use std::time::Duration;

use super::register::{Offer, RoleMenu, Style};
use crate::model::{
    Button, ButtonStyle, ChannelId, Choice, Locale, Menu, Post, RoleId, Text, duration_text,
};
use crate::text;

/// The menu as members see it.
pub(super) fn menu_post(menu: &RoleMenu, locale: Locale) -> Post {
    let mut post = Post::new(locale, Text::verbatim(menu.row.title.clone()));
    post.body = menu.row.text.clone().map(Text::verbatim);
    post.fields
        .push((Text::new("selfroles-field-how"), how(menu)));
    post.fields.extend(conditions(menu));
    post.fields.extend(loans(menu));
    match menu.row.style {
        Style::Buttons => {
            post.buttons = menu
                .offers
                .iter()
                .map(|offer| button(menu, offer))
                .collect();
        }
        Style::Select if menu.offers.is_empty() => {}
        Style::Select => post.menu = Some(select(menu)),
    }
    post
}

fn button(menu: &RoleMenu, offer: &Offer) -> Button {
    Button {
        id: format!("rolemenu:give:{}:{}", menu.row.number, offer.role),
        label: Text::verbatim(offer.label.clone()),
        style: ButtonStyle::Secondary,
    }
}

fn select(menu: &RoleMenu) -> Menu {
    let offers = u8::try_from(menu.offers.len()).unwrap_or(u8::MAX);
    let choice = |offer: &Offer| Choice {
        value: offer.role.to_string(),
        label: Text::verbatim(offer.label.clone()),
        about: offer
            .seconds
            .map(|seconds| text!("selfroles-for", duration = length(seconds))),
    };
    Menu {
        id: format!("rolemenu:pick:{}", menu.row.number),
        placeholder: Text::verbatim(menu.row.title.clone()),
        least: menu.row.least.min(offers),
        most: menu.row.most.unwrap_or(offers).min(offers).max(1),
        choices: menu.offers.iter().map(choice).collect(),
    }
}

/// How many may be chosen, and how.
pub(super) fn how(menu: &RoleMenu) -> Text {
    let (least, most) = (menu.row.least, menu.row.most);
    let count = match (least, most) {
        (0, None) => Text::new("selfroles-any"),
        (0 | 1, Some(1)) => Text::new("selfroles-one"),
        (0, Some(most)) => text!("selfroles-at-most", most = u32::from(most)),
        (least, None) => text!("selfroles-at-least", least = u32::from(least)),
        (least, Some(most)) => text!(
            "selfroles-between",
            least = u32::from(least),
            most = u32::from(most)
        ),
    };
    match menu.row.style {
        Style::Buttons => text!("selfroles-how-buttons", count = count),
        Style::Select => text!("selfroles-how-select", count = count),
    }
}

/// Who may use it, where not everyone may.
pub(super) fn conditions(menu: &RoleMenu) -> Vec<(Text, Text)> {
    let lines = [
        ("selfroles-field-required", &menu.required),
        ("selfroles-field-forbidden", &menu.forbidden),
    ];
    let some = lines.into_iter().filter(|(_, roles)| !roles.is_empty());
    some.map(|(name, roles)| (Text::new(name), Text::verbatim(mentions(roles))))
        .collect()
}

/// Which roles are for a time, and for how long.
fn loans(menu: &RoleMenu) -> Option<(Text, Text)> {
    let lent = menu
        .offers
        .iter()
        .filter_map(|offer| Some((offer.role, offer.seconds?)));
    let lines = lent.fold(None, |before: Option<Text>, (role, seconds)| {
        let line = text!(
            "selfroles-loan",
            role = role.mention(),
            duration = length(seconds)
        );
        Some(match before {
            Some(before) => text!("selfroles-lines", before = before, line = line),
            None => line,
        })
    });
    Some((Text::new("selfroles-field-loans"), lines?))
}

pub(super) fn mentions(roles: &[RoleId]) -> String {
    let mentions = roles.iter().map(|role| role.mention());
    mentions.collect::<Vec<_>>().join(", ")
}

/// A loan's length in words.
pub(super) fn length(seconds: u64) -> Text {
    duration_text(Duration::from_secs(seconds))
}

/// Where a menu stood that was posted elsewhere.
pub(super) fn moved_post(menu: &RoleMenu, channel: ChannelId, locale: Locale) -> Post {
    Post::new(locale, Text::verbatim(menu.row.title.clone()))
        .saying(text!("selfroles-moved", channel = channel.mention()))
}

/// Where a menu stood that was closed.
pub(super) fn closed_post(menu: &RoleMenu, locale: Locale) -> Post {
    Post::new(locale, Text::verbatim(menu.row.title.clone()))
        .saying(Text::new("selfroles-closed-here"))
}

/// For whoever asked for a menu in a channel that is closed to the bot.
pub(super) fn not_posted_post(number: u32, channel: ChannelId, locale: Locale) -> Post {
    Post::new(locale, text!("selfroles-not-posted", number = number)).saying(text!(
        "selfroles-not-posted-why",
        channel = channel.mention()
    ))
}
