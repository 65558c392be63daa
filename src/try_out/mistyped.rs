//! A line that was not understood, and the nearest right one.

use super::hands;
use crate::model::{Text, nearest};
use crate::text;

/// A line that was not understood: why, with the nearest right one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistyped(pub Text);

/// Verbs by the words that a line may have after the name, with the rest of a right line.
const VERBS: [(&str, &str); 7] = [
    ("clicks", " \"…\""),
    ("picks", " \"…\""),
    ("submits", " …=…"),
    ("leaves", ""),
    ("joins", ""),
    ("closes dms", ""),
    ("opens dms", ""),
];

/// Words that a line may begin with instead of a name.
const ORDERS: [&str; 7] = ["help", "quit", "wait", "later", "crash", "restore", "crowd"];

pub(super) fn near(got: &str, nearest: &str) -> Mistyped {
    Mistyped(match got {
        "" => text!("try-mistyped-whole", nearest = nearest),
        _ => text!("try-mistyped-near", got = got, nearest = nearest),
    })
}

pub(super) fn wrong_time(order: &str, got: &str) -> Mistyped {
    Mistyped(text!("try-mistyped-time", order = order, got = got))
}

/// The line begins with neither a person nor an order.
pub(super) fn nobody(name: &str, line: &str, people: &[&str]) -> Mistyped {
    let rest = &line[name.len().min(line.len())..];
    let candidates = people.iter().chain(&ORDERS).copied();
    match nearest(name.trim_start_matches('@'), candidates) {
        Some(nearest) => near("", format!("{nearest}{rest}").trim()),
        None => Mistyped(text!(
            "try-mistyped-nobody",
            got = name,
            people = people.join(", ")
        )),
    }
}

/// A person, but nothing that one can do.
pub(super) fn wrong_verb(who: &str, rest: &str) -> Mistyped {
    let (word, after) = first_word(rest);
    let known = || VERBS.iter().chain(&hands::VERBS);
    let whole = nearest(rest, known().map(|(verb, _)| *verb));
    let verb = nearest(word, known().map(|(verb, _)| *verb)).or(whole);
    match verb.and_then(|verb| known().find(|(known, _)| *known == verb)) {
        Some((verb, pattern)) if after.is_empty() || pattern.is_empty() => {
            near(rest, &format!("{who} {verb}{pattern}"))
        }
        Some((verb, _)) => near(rest, &format!("{who} {verb} {after}")),
        None if rest.is_empty() => near(rest, &format!("{who}: …")),
        // Most who forget something forget the colon.
        None => near(rest, &format!("{who}: {rest}")),
    }
}

/// A word and what follows it.
pub(super) fn first_word(text: &str) -> (&str, &str) {
    match text.split_once(char::is_whitespace) {
        Some((word, rest)) => (word, rest.trim()),
        None => (text, ""),
    }
}
