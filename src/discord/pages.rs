//! Lists that go on, and questions before what can't be undone: rows of buttons whose ids say all.

use poise::serenity_prelude as serenity;
use serenity::{ButtonStyle, CreateActionRow, CreateButton};

use super::House;
use crate::model::{Locale, Text};
use crate::text;

/// Buttons to the page before and the page after `page` (from 1) of `pages`; none where there is only one. Pressed, they
/// are `<id>:<page>`; the cog of the name in `id` shows that page in the place of this one.
pub fn pager(
    house: &House,
    locale: Locale,
    id: &str,
    page: u32,
    pages: u32,
) -> Vec<CreateActionRow> {
    if pages <= 1 {
        return Vec::new();
    }
    let button = |key: &'static str, to: u32| {
        CreateButton::new(format!("{id}:{to}"))
            .label(house.say(locale, &Text::new(key)))
            .style(ButtonStyle::Secondary)
    };
    let place = text!("pages-place", page = page, pages = pages);
    vec![CreateActionRow::Buttons(vec![
        button("pages-before", page.saturating_sub(1)).disabled(page <= 1),
        CreateButton::new(format!("{id}:{page}"))
            .label(house.say(locale, &place))
            .style(ButtonStyle::Secondary)
            .disabled(true),
        button("pages-after", page.saturating_add(1)).disabled(page >= pages),
    ])]
}

/// A button for each answer: what is asked (it says what will happen, `label`), and that it shall not.
pub fn confirmation(
    house: &House,
    locale: Locale,
    (yes, no): (&str, &str),
    label: &Text,
) -> Vec<CreateActionRow> {
    vec![CreateActionRow::Buttons(vec![
        CreateButton::new(yes)
            .label(house.say(locale, label))
            .style(ButtonStyle::Danger),
        CreateButton::new(no)
            .label(house.say(locale, &Text::new("pages-cancel")))
            .style(ButtonStyle::Secondary),
    ])]
}
