//! Amounts as people type them: `50`, `1,000`, `1 000`, `2.5k`, `all`. Not how much is allowed: the rules say that.

use std::str::FromStr;

use super::account::MOST_COINS;

/// How much somebody asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// So many coins; anything beyond what can exist is one more than can exist, so that the rules refuse it.
    Coins(i64),
    /// All that they have.
    All,
}

/// What was typed is no amount.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no amount of coins")]
pub struct NoAmount;

impl FromStr for Amount {
    type Err = NoAmount;

    fn from_str(text: &str) -> Result<Amount, NoAmount> {
        let text = text.trim().to_lowercase();
        if ["all", "tout", "max"].contains(&text.as_str()) {
            return Ok(Amount::All);
        }
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text.strip_prefix('+').unwrap_or(&text)),
        };
        let coins = match digits.strip_suffix(['k', 'm']) {
            Some(number) if digits.ends_with('k') => thousands(number, 3)?,
            Some(number) => thousands(number, 6)?,
            None => whole(digits)?,
        };
        Ok(Amount::Coins(sign * coins))
    }
}

/// Digits in one run, or in groups of three with one kind of separator between them.
fn whole(text: &str) -> Result<i64, NoAmount> {
    let is_separator = |c: char| [',', '.', '\'', '’', '_', ' ', '\u{a0}', '\u{202f}'].contains(&c);
    if let Some(separator) = text.chars().find(|c| is_separator(*c)) {
        let mut groups = text.split(separator);
        let first = groups.next().unwrap_or_default();
        if !(1..=3).contains(&first.len()) || groups.any(|group| group.len() != 3) {
            return Err(NoAmount);
        }
        return number(&text.replace(separator, ""));
    }
    number(text)
}

/// `2.5` or `2,5` of so many zeros.
fn thousands(text: &str, zeros: usize) -> Result<i64, NoAmount> {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    if whole.is_empty() || fraction.len() > zeros || (fraction.is_empty() && text != whole) {
        return Err(NoAmount);
    }
    number(&format!("{whole}{fraction:0<zeros$}"))
}

fn number(digits: &str) -> Result<i64, NoAmount> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NoAmount);
    }
    let beyond = MOST_COINS + 1;
    Ok(digits
        .parse()
        .map_or(beyond, |coins: i64| coins.min(beyond)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (typed, coins) in [
            ("50", Some(50)),
            (" 1,000 ", Some(1_000)),
            ("1 000 000", Some(1_000_000)),
            ("1\u{202f}000", Some(1_000)),
            ("1.000", Some(1_000)),
            ("10k", Some(10_000)),
            ("2.5k", Some(2_500)),
            ("2,5K", Some(2_500)),
            ("1m", Some(1_000_000)),
            ("-5", Some(-5)),
            ("0", Some(0)),
            ("99999999999999999999", Some(MOST_COINS + 1)),
            ("9007199254740992", Some(MOST_COINS)),
            ("1.5", None),
            ("1,00", None),
            ("1,000.000", None),
            ("1.k", None),
            ("1.2345k", None),
            ("k", None),
            ("", None),
            ("-", None),
            ("ten", None),
            ("١٢", None),
        ] {
            let read = typed.parse().ok();
            assert_eq!(read, coins.map(Amount::Coins), "{typed:?}");
        }
        assert_eq!("ALL".parse(), Ok(Amount::All));
        assert_eq!("tout".parse(), Ok(Amount::All));
    }
}
