//! Lengths of time as people write them, with French and English units, and as they read them.

use std::time::Duration;

use super::Text;

/// The longest length that is understood: a century, so that sums stay far from any limit.
const LONGEST: Duration = Duration::from_secs(100 * 365 * 86_400);

/// Reads `90m`, `1j12h`, `2 weeks`, `3 jours`: numbers, each with a unit. `None` where there is anything else.
pub fn parse_duration(text: &str) -> Option<Duration> {
    let mut rest = text.trim();
    let mut total = Duration::ZERO;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let count: u32 = rest[..digits].parse().ok()?;
        rest = rest[digits..].trim_start();
        let end = rest
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(rest.len());
        let part = unit(&rest[..end].to_lowercase())?.checked_mul(count)?;
        total = total.checked_add(part)?;
        rest = rest[end..].trim_start();
    }
    (total <= LONGEST).then_some(total)
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
}
