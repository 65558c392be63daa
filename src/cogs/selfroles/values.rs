//! A menu's properties as people type them.

use std::time::Duration;

use super::register::{Edit, Style};
use super::rules::distinct;
use crate::model::{Refusal, RoleId, Text, parse_duration};
use crate::text;

/// The properties of a menu, by the name that is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, poise::ChoiceParameter)]
pub enum Property {
    /// [`Edit::Title`]
    #[name = "title"]
    #[name = "titre"]
    #[name_localized("fr", "titre")]
    Title,
    /// [`Edit::Text`]
    #[name = "text"]
    #[name = "texte"]
    #[name_localized("fr", "texte")]
    Text,
    /// [`Edit::Style`]
    #[name = "style"]
    #[name = "forme"]
    #[name_localized("fr", "forme")]
    Style,
    /// [`Edit::Choice`]
    #[name = "choice"]
    #[name = "choix"]
    #[name_localized("fr", "choix")]
    Choice,
    /// [`Edit::Required`]
    #[name = "required"]
    #[name = "requis"]
    #[name_localized("fr", "requis")]
    Required,
    /// [`Edit::Forbidden`]
    #[name = "forbidden"]
    #[name = "exclus"]
    #[name_localized("fr", "exclus")]
    Forbidden,
}

impl Property {
    fn form(self) -> Text {
        Text::new(match self {
            Property::Title | Property::Text => "selfroles-form-words",
            Property::Style => "selfroles-form-style",
            Property::Choice => "selfroles-form-choice",
            Property::Required | Property::Forbidden => "selfroles-form-roles",
        })
    }
}

/// Reads the value of a property.
pub fn parse(property: Property, value: &str) -> Result<Edit, Refusal> {
    let value = value.trim();
    let none = ["none", "aucun", "no", "non"].contains(&value.to_lowercase().as_str());
    let edit = match property {
        Property::Title => Some(Edit::Title(value.to_owned())),
        Property::Text if none => Some(Edit::Text(None)),
        Property::Text => Some(Edit::Text(Some(value.to_owned()))),
        Property::Style => style(value).map(Edit::Style),
        Property::Choice => choice(value),
        Property::Required if none => Some(Edit::Required(Vec::new())),
        Property::Required => roles(value).map(Edit::Required),
        Property::Forbidden if none => Some(Edit::Forbidden(Vec::new())),
        Property::Forbidden => roles(value).map(Edit::Forbidden),
    };
    edit.ok_or_else(|| text!("refused-menu-value", form = property.form()).into())
}

fn style(value: &str) -> Option<Style> {
    match value.to_lowercase().as_str() {
        "buttons" | "button" | "boutons" | "bouton" => Some(Style::Buttons),
        "select" | "menu" | "list" | "liste" => Some(Style::Select),
        _ => None,
    }
}

/// `one`, `any`, `3` (at most), `1-3`, `2-` (at least).
fn choice(value: &str) -> Option<Edit> {
    let (least, most) = match value.to_lowercase().as_str() {
        "any" | "all" | "libre" | "tous" => (0, None),
        "one" | "un" | "une" => (0, Some(1)),
        value => match value.split_once(['-', '–']) {
            Some((least, "")) => (least.trim().parse().ok()?, None),
            Some((least, most)) => (least.trim().parse().ok()?, Some(most.trim().parse().ok()?)),
            None => (0, Some(value.parse().ok()?)),
        },
    };
    Some(Edit::Choice { least, most })
}

fn roles(value: &str) -> Option<Vec<RoleId>> {
    let parts = value.split([',', ' ']).filter(|part| !part.is_empty());
    let roles = parts.map(|part| {
        let digits = part
            .strip_prefix("<@&")
            .and_then(|rest| rest.strip_suffix('>'))
            .unwrap_or(part);
        digits.parse().ok().filter(|id| *id > 0).map(RoleId)
    });
    let roles: Vec<RoleId> = roles.collect::<Option<_>>()?;
    (!roles.is_empty()).then(|| distinct(roles))
}

/// For how long a role is lent: a length of time, or `always`.
pub fn loan(value: &str) -> Result<Option<Duration>, Refusal> {
    let value = value.trim();
    let always = ["always", "toujours", "none", "aucun"].contains(&value.to_lowercase().as_str());
    if always {
        return Ok(None);
    }
    let length = parse_duration(value);
    length.map(Some).ok_or_else(|| {
        text!(
            "refused-menu-value",
            form = Text::new("selfroles-form-loan")
        )
        .into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_read_in_both_languages_or_refused() {
        let choice = |least, most| Some(Edit::Choice { least, most });
        for (property, typed, expected) in [
            (Property::Choice, "one", choice(0, Some(1))),
            (Property::Choice, "libre", choice(0, None)),
            (Property::Choice, "3", choice(0, Some(3))),
            (Property::Choice, "1-3", choice(1, Some(3))),
            (Property::Choice, "2-", choice(2, None)),
            (Property::Choice, "three", None),
            (Property::Choice, "-1", None),
            (
                Property::Style,
                "Boutons",
                Some(Edit::Style(Style::Buttons)),
            ),
            (Property::Style, "select", Some(Edit::Style(Style::Select))),
            (Property::Style, "wheel", None),
            (Property::Text, "aucun", Some(Edit::Text(None))),
            (
                Property::Required,
                "<@&7>, 8 <@&7>",
                Some(Edit::Required(vec![RoleId(7), RoleId(8)])),
            ),
            (
                Property::Forbidden,
                "none",
                Some(Edit::Forbidden(Vec::new())),
            ),
            (Property::Forbidden, "Moderator", None),
        ] {
            assert_eq!(parse(property, typed).ok(), expected, "{typed}");
        }
        assert_eq!(loan("7d"), Ok(Some(Duration::from_secs(7 * 86_400))));
        assert_eq!(loan("toujours"), Ok(None));
        assert!(loan("soon").is_err());
    }
}
