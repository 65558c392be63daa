//! One line of the prompt, understood: who does what. A pure function, and its table of tests.

use std::time::Duration;

use super::hands::{self, Hand};
use super::mistyped::{Mistyped, first_word, near, nobody, wrong_time, wrong_verb};

/// What a line asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// An empty line or a comment.
    Nothing,
    /// What can be typed.
    Help,
    /// The end.
    Quit,
    /// Time passes at its usual pace.
    Wait(Duration),
    /// The clock is moved: what comes due within that time happens.
    Later(Duration),
    /// The bot's process is killed with SIGKILL and started again.
    Crash,
    /// The bot is stopped, the newest archive (or the one named) copied over its data, and started again.
    Restore(Option<String>),
    /// So many people who were never there join at once.
    CrowdJoins(u16),
    /// Somebody acts.
    Act {
        /// Their name.
        who: String,
        /// What they do.
        act: Act,
    },
}

/// What somebody does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Writes a message.
    Says(Place, String),
    /// Uses a slash command; without the slash.
    Slash(Place, String),
    /// Presses the newest button with this label.
    Clicks(String),
    /// Chooses values in the menu with this placeholder; in the newest one when it is not named.
    Picks(Vec<String>, String),
    /// Sends the form that is open.
    Submits(Vec<(String, String)>),
    /// Leaves the guild.
    Leaves,
    /// Comes (back) to the guild.
    Joins,
    /// Takes no direct messages any more.
    ClosesDms,
    /// Takes direct messages again.
    OpensDms,
    /// Does something by hand, past the bot, or on a message.
    ByHand(Hand),
}

/// Where something is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A channel of the guild, without its `#`.
    Channel(String),
    /// The conversation with the bot.
    Dm,
}

/// Understands `line`; `people` are the names that there are.
///
/// # Errors
/// [`Mistyped`], with the nearest right line where one is near.
pub fn parse(line: &str, people: &[&str]) -> Result<Line, Mistyped> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return Ok(Line::Nothing);
    }
    let (first, rest) = first_word(line);
    match (first, rest) {
        ("help" | "?", "") => return Ok(Line::Help),
        ("quit" | "exit", "") => return Ok(Line::Quit),
        ("crash", "") => return Ok(Line::Crash),
        ("crowd", more) => return crowd(more),
        ("restore", "") => return Ok(Line::Restore(None)),
        ("restore", name) => return Ok(Line::Restore(Some(name.to_owned()))),
        ("wait", time) => {
            return Ok(Line::Wait(
                duration(time).ok_or_else(|| wrong_time("wait", time))?,
            ));
        }
        ("later", time) => {
            return Ok(Line::Later(
                duration(time).ok_or_else(|| wrong_time("later", time))?,
            ));
        }
        _ => {}
    }
    let (name, colon) = match first.split_once(':') {
        // `mia:!warn` without a space is understood too.
        Some((name, after)) => (name, Some(after)),
        None => (first, None),
    };
    let bare = name.trim_start_matches('@').to_lowercase();
    if !people.contains(&bare.as_str()) && !is_guest(&bare) {
        return Err(nobody(name, line, people));
    }
    let act = match colon {
        Some(_) => {
            let text = line.split_once(':').map_or("", |(_, text)| text).trim();
            says(Place::Channel("general".to_owned()), text, &bare)?
        }
        None => act(rest, &bare)?,
    };
    Ok(Line::Act { who: bare, act })
}

fn act(rest: &str, who: &str) -> Result<Act, Mistyped> {
    let (word, after) = first_word(rest);
    if let Some(command) = rest.strip_prefix('/') {
        return slash(Place::Channel("general".to_owned()), command, who);
    }
    if let Some(channel) = word.strip_prefix('#') {
        return in_channel(channel, rest, after, who);
    }
    match (word, after) {
        ("dm:" | "DM:", text) => says(Place::Dm, text, who),
        ("dm" | "DM", command) if command.starts_with('/') => says(Place::Dm, command, who),
        ("clicks", label) if !label.is_empty() => Ok(Act::Clicks(unquoted(label).to_owned())),
        ("picks", values) if !values.is_empty() => Ok(picks(values)),
        ("submits", fields) if !fields.is_empty() => submits(fields, who),
        ("leaves", "") => Ok(Act::Leaves),
        ("joins", "") => Ok(Act::Joins),
        ("closes", "dms") => Ok(Act::ClosesDms),
        ("opens", "dms") => Ok(Act::OpensDms),
        _ => match hands::parse(rest, who) {
            Some(hand) => Ok(Act::ByHand(hand?)),
            None => Err(wrong_verb(who, rest)),
        },
    }
}

/// `joins 50`.
fn crowd(rest: &str) -> Result<Line, Mistyped> {
    let count = rest.strip_prefix("joins").map(str::trim);
    let count = count.and_then(|count| count.parse().ok());
    count
        .filter(|count| (1..=1_000).contains(count))
        .map(Line::CrowdJoins)
        .ok_or_else(|| near(&format!("crowd {rest}"), "crowd joins 50"))
}

/// Someone who came with the crowd.
fn is_guest(name: &str) -> bool {
    let number = name.strip_prefix("guest").unwrap_or_default();
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// `#staff: text` or `#staff /command`.
fn in_channel(channel: &str, rest: &str, after: &str, who: &str) -> Result<Act, Mistyped> {
    if let Some((name, _)) = channel.split_once(':') {
        let text = rest.split_once(':').map_or("", |(_, text)| text).trim();
        return says(Place::Channel(name.to_owned()), text, who);
    }
    let place = Place::Channel(channel.to_owned());
    match after.strip_prefix('/') {
        Some(command) => slash(place, command, who),
        None => Err(near(rest, &format!("{who} #{channel}: {after}"))),
    }
}

fn says(place: Place, text: &str, who: &str) -> Result<Act, Mistyped> {
    if text.is_empty() {
        return Err(near("", &format!("{who}: …")));
    }
    // A slash command is not a message: typed in Discord's own box it would be one as well.
    match text.strip_prefix('/') {
        Some(command) => slash(place, command, who),
        None => Ok(Act::Says(place, text.to_owned())),
    }
}

fn slash(place: Place, command: &str, who: &str) -> Result<Act, Mistyped> {
    match command.trim() {
        "" => Err(near("/", &format!("{who} /help"))),
        command => Ok(Act::Slash(place, command.to_owned())),
    }
}

/// `"value", "other" in "menu"`.
fn picks(values: &str) -> Act {
    let (values, menu) = match values.rsplit_once(" in ") {
        Some((values, menu)) if menu.starts_with(['"', '“', '«']) => (values, unquoted(menu)),
        _ => (values, ""),
    };
    let values = values
        .split(',')
        .map(|value| unquoted(value.trim()).to_owned())
        .collect();
    Act::Picks(values, menu.to_owned())
}

fn submits(fields: &str, who: &str) -> Result<Act, Mistyped> {
    fields
        .split(';')
        .map(str::trim)
        .filter(|field| !field.is_empty())
        .map(|field| {
            let (name, value) = field
                .split_once('=')
                .ok_or_else(|| near(fields, &format!("{who} submits {field}=…")))?;
            Ok((name.trim().to_owned(), unquoted(value.trim()).to_owned()))
        })
        .collect::<Result<_, _>>()
        .map(Act::Submits)
}

/// `90s`, `30m`, `8h`, `7d`, or several in a row: `1d12h`; a bare number is seconds.
pub(super) fn duration(text: &str) -> Option<Duration> {
    let text = text.replace(' ', "");
    if text.is_empty() || !text.is_ascii() {
        return None;
    }
    let mut total = Duration::ZERO;
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let digits = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        let number: u32 = rest[..digits].parse().ok()?;
        rest = &rest[digits..];
        let letters = rest
            .find(|c: char| c.is_ascii_digit())
            .unwrap_or(rest.len());
        let unit = match &rest[..letters] {
            "ms" => Duration::from_millis(1),
            "" | "s" => Duration::from_secs(1),
            "m" | "min" => Duration::from_secs(60),
            "h" => Duration::from_secs(3600),
            "d" | "j" => Duration::from_secs(86_400),
            "w" => Duration::from_secs(7 * 86_400),
            _ => return None,
        };
        total = total.checked_add(unit.checked_mul(number)?)?;
        rest = &rest[letters..];
    }
    Some(total)
}

pub(super) fn unquoted(text: &str) -> &str {
    for (open, close) in [('"', '"'), ('“', '”'), ('«', '»')] {
        if let Some(inner) = text
            .strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close))
        {
            return inner.trim();
        }
    }
    text
}

#[cfg(test)]
mod tests;
