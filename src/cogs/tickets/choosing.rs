//! What can be chosen about a category of tickets, as administrators type it or pick it from menus.

use serde::{Deserialize, Serialize};

use super::category::{Category, Ending, MOST_OPEN};
use super::hours::Hours;
use super::posts::LONGEST_OPENING;
use crate::cogs::conversations::Place;
use crate::model::{ChannelId, Refusal, RoleId, parse_duration};
use crate::text;

/// How many questions a form has (Discord's limit).
pub const MOST_QUESTIONS: usize = 5;
/// The longest question, in characters: the label of a form's field (Discord's limit).
pub const LONGEST_QUESTION: usize = 45;
/// The longest name of a category, in characters: the label of a button (Discord's limit: 80), with room to spare.
pub(super) const LONGEST_NAME: usize = 60;

/// What can be set about a category, by the words that administrators type.
pub const SETTINGS: [&str; 14] = [
    "name",
    "about",
    "staff",
    "parent",
    "place",
    "opening",
    "questions",
    "most_open",
    "most_each",
    "cooldown",
    "hours",
    "silence",
    "grace",
    "ending",
];

/// One thing that is set about a category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Choosing {
    /// One of [`SETTINGS`] as it was typed.
    Typed(String, String),
    /// The staff's roles, from a menu.
    Staff(Vec<RoleId>),
    /// Discord's category or the channel of threads, from a menu.
    Parent(Option<ChannelId>),
    /// A channel or a thread.
    Place(Place),
    /// Texts from a form: name, purpose, first words, questions.
    Texts {
        /// What people read.
        name: String,
        /// What it is for.
        about: String,
        /// What a new ticket says first.
        opening: String,
        /// What is asked before, one a line.
        questions: String,
    },
}

/// The category with this chosen about it.
pub(super) fn choose(mut after: Category, choosing: Choosing) -> Result<Category, Refusal> {
    match choosing {
        Choosing::Typed(setting, value) => set_typed(&mut after, &setting, value.trim())?,
        Choosing::Staff(roles) => after.staff = roles,
        Choosing::Parent(parent) => after.parent = parent,
        Choosing::Place(place) => after.place = place,
        Choosing::Texts {
            name,
            about,
            opening,
            questions,
        } => {
            set_typed(&mut after, "name", name.trim())?;
            set_typed(&mut after, "about", about.trim())?;
            set_typed(&mut after, "opening", opening.trim())?;
            set_typed(
                &mut after,
                "questions",
                &questions.trim().replace('\n', "|"),
            )?;
        }
    }
    Ok(after)
}

fn set_typed(category: &mut Category, setting: &str, value: &str) -> Result<(), Refusal> {
    let is_none = value.is_empty() || ["default", "none", "défaut", "aucun", "-"].contains(&value);
    let wrong = || Refusal::from(text!("refused-ticket-setting", value = value));
    let seconds = |value: &str| match is_none {
        true => Ok(0),
        false => parse_duration(value)
            .map(|length| length.as_secs())
            .ok_or_else(wrong),
    };
    match setting {
        "name" => category.name = checked(value, LONGEST_NAME)?,
        "about" if is_none => category.about.clear(),
        "about" => category.about = checked(value, 100)?,
        "staff" => category.staff = ids(value).into_iter().map(RoleId).collect(),
        "parent" => category.parent = ids(value).first().copied().map(ChannelId),
        "place" => {
            category.place = match value {
                "channel" | "salon" => Place::Channel,
                "thread" | "fil" => Place::Thread,
                _ => return Err(wrong()),
            }
        }
        "opening" if is_none => category.opening = None,
        "opening" => category.opening = Some(checked(value, LONGEST_OPENING)?),
        "questions" if is_none => category.questions.clear(),
        "questions" => category.questions = questions(value)?,
        "most_open" => category.most_open = number(value, MOST_OPEN).ok_or_else(wrong)?,
        "most_each" => category.most_each = number(value, 10).ok_or_else(wrong)?,
        "cooldown" => category.cooldown = seconds(value)?,
        "hours" if is_none => category.hours = None,
        "hours" => category.hours = Some(Hours::parse(value).ok_or_else(wrong)?),
        "silence" => category.silence = seconds(value)?,
        "grace" => category.grace = seconds(value)?,
        "ending" => {
            category.ending = match value {
                "lock" | "verrouiller" => Ending::Lock,
                "delete" | "supprimer" => Ending::Delete,
                other => match ids(other).first() {
                    Some(parent) => Ending::Archive(ChannelId(*parent)),
                    None => return Err(wrong()),
                },
            }
        }
        _ => return Err(text!("refused-no-ticket-setting", names = SETTINGS.join(", ")).into()),
    }
    Ok(())
}

fn number(value: &str, most: u32) -> Option<u32> {
    value
        .parse()
        .ok()
        .filter(|number| (1..=most).contains(number))
}

/// The ids in mentions (`<@&1> <#2>`) or digits.
pub(super) fn ids(value: &str) -> Vec<u64> {
    value
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|digits| digits.parse().ok())
        .collect()
}

fn questions(value: &str) -> Result<Vec<String>, Refusal> {
    let list = value.split('|').map(str::trim).filter(|it| !it.is_empty());
    let list: Vec<String> = list.map(str::to_owned).collect();
    let fits = |question: &String| question.chars().count() <= LONGEST_QUESTION;
    if list.len() > MOST_QUESTIONS || !list.iter().all(fits) {
        return Err(text!(
            "refused-questions",
            most = MOST_QUESTIONS,
            longest = LONGEST_QUESTION
        )
        .into());
    }
    Ok(list)
}

pub(super) fn checked(words: &str, longest: usize) -> Result<String, Refusal> {
    let words = words.trim();
    match (1..=longest).contains(&words.chars().count()) {
        true => Ok(words.to_owned()),
        false => Err(text!("refused-words", longest = longest).into()),
    }
}
