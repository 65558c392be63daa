//! Lengths of time as people write them, with French and English units, and as they read them.

use std::time::Duration;

use super::Text;

/// The longest length that is understood: a century, so that sums stay far from any limit.
const LONGEST: Duration = Duration::from_secs(100 * 365 * 86_400);

/// Reads `90m`, `1j12h`, `2 weeks`, `3 jours`: numbers, each with a unit. `None` where there is anything else.
pub fn parse_duration(text: &str) -> Option<Duration> {
    match leading_duration(text)? {
        (length, "") => Some(length),
        _ => None,
    }
}

/// The length at the beginning of a text, and what follows it: `2 weeks spam` is two weeks and `spam`. `None` where a text
/// begins otherwise: `3 times` is a reason.
pub fn leading_duration(text: &str) -> Option<(Duration, &str)> {
    let mut rest = text.trim();
    let mut total = Duration::ZERO;
    let mut parts = 0;
    while let Some((part, after)) = part(rest) {
        total = total.checked_add(part?)?;
        parts += 1;
        rest = after;
    }
    (parts > 0 && total <= LONGEST).then_some((total, rest))
}

/// A number with its unit, and what follows. The inner `None`: so long that it is no length any more.
fn part(text: &str) -> Option<(Option<Duration>, &str)> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    if digits == 0 {
        return None;
    }
    let (number, rest) = (&text[..digits], text[digits..].trim_start());
    let end = rest
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(rest.len());
    let unit = unit(&rest[..end].to_lowercase())?;
    let after = &rest[end..];
    // `1h!` and `3 s'il vous plaît` are no lengths; `1j12h` is.
    if !after.starts_with(|c: char| c.is_whitespace() || c.is_ascii_digit()) && !after.is_empty() {
        return None;
    }
    let length = number
        .parse()
        .ok()
        .and_then(|count: u32| unit.checked_mul(count));
    Some((length, after.trim_start()))
}

/// A length of time in its largest whole unit.
pub fn duration_text(length: Duration) -> Text {
    let seconds = length.as_secs();
    let (key, size) = match seconds {
        0 => ("duration-seconds", 1),
        s if s % 86_400 == 0 => ("duration-days", 86_400),
        s if s % 3_600 == 0 => ("duration-hours", 3_600),
        s if s % 60 == 0 => ("duration-minutes", 60),
        _ => ("duration-seconds", 1),
    };
    Text::new(key).with("n", seconds / size)
}

fn unit(word: &str) -> Option<Duration> {
    let seconds = match word {
        "s" | "sec" | "secs" | "second" | "seconds" | "seconde" | "secondes" => 1,
        "m" | "min" | "mins" | "mn" | "minute" | "minutes" => 60,
        "h" | "hr" | "hrs" | "hour" | "hours" | "heure" | "heures" => 3_600,
        "d" | "j" | "day" | "days" | "jour" | "jours" => 86_400,
        "w" | "sem" | "week" | "weeks" | "semaine" | "semaines" => 7 * 86_400,
        "mo" | "month" | "months" | "mois" => 30 * 86_400,
        "y" | "yr" | "year" | "years" | "an" | "ans" | "année" | "années" => 365 * 86_400,
        _ => return None,
    };
    Some(Duration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_as_people_write_them() {
        for (text, seconds) in [
            ("90m", Some(5_400)),
            ("1j12h", Some(129_600)),
            ("1j 12h", Some(129_600)),
            ("2 weeks", Some(1_209_600)),
            ("3 jours", Some(259_200)),
            ("10S", Some(10)),
            ("0h", Some(0)),
            ("", None),
            ("h", None),
            ("12", None),
            ("1x", None),
            ("2 semaines", Some(1_209_600)),
            ("1 an", Some(31_536_000)),
            ("3 mois 1 jour", Some(7_862_400)),
            ("1h spam", None),
            ("-1h", None),
            ("1h!", None),
            ("4294967295w", None),
            ("99999999999999999999s", None),
        ] {
            assert_eq!(
                parse_duration(text).map(|length| length.as_secs()),
                seconds,
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_leading_length_ends_where_the_reason_begins() {
        for (text, expected) in [
            ("3h spam", Some((10_800, "spam"))),
            ("1j12h insultes", Some((129_600, "insultes"))),
            ("2 weeks", Some((1_209_600, ""))),
            ("2 semaines pub", Some((1_209_600, "pub"))),
            ("10 minutes 5 spams", Some((600, "5 spams"))),
            ("1h 30 fois", Some((3_600, "30 fois"))),
            ("1h 30m  two  words", Some((5_400, "two  words"))),
            ("3 times", None),
            ("spam 3h", None),
            ("3 s'il vous plaît", None),
            ("", None),
        ] {
            let read = leading_duration(text).map(|(length, rest)| (length.as_secs(), rest));
            assert_eq!(read, expected, "{text:?}");
        }
    }
}
