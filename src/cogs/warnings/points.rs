//! The points in front of a typed reason. Not how many are allowed: the rules say that.

/// `2 spam` is two points for spam; `2` alone, or `2nd time`, is a reason.
pub(super) fn split(text: &str) -> (u32, String) {
    if let Some((first, rest)) = text.trim().split_once(char::is_whitespace)
        && let Some(points) = whole_number(first)
    {
        return (points, rest.trim().to_owned());
    }
    (1, text.to_owned())
}

/// What a form's line says: nothing is one point, and what is no number is refused as none is allowed.
pub(super) fn of_form(text: &str) -> u32 {
    match text.trim() {
        "" => 1,
        words => whole_number(words).unwrap_or(0),
    }
}

/// Below 0 is 0 and above the type is its maximum: the rule refuses both, rather than take them for a reason's first word.
fn whole_number(text: &str) -> Option<u32> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(match text.strip_prefix('-') {
        Some(_) => 0,
        None => digits.parse().unwrap_or(u32::MAX),
    })
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn a_leading_number_is_the_points_only_when_a_reason_follows() {
        for (typed, points, reason) in [
            ("2 spam", 2, "spam"),
            ("spam", 1, "spam"),
            ("2", 1, "2"),
            ("2nd time", 1, "2nd time"),
            ("  3   two  words ", 3, "two  words"),
            ("0 nothing", 0, "nothing"),
            ("-1 nothing", 0, "nothing"),
            ("99999999999999999999 nothing", u32::MAX, "nothing"),
            ("- nothing", 1, "- nothing"),
        ] {
            assert_eq!(split(typed), (points, reason.to_owned()), "{typed}");
        }
    }
}
