//! Discord's timestamps (`<t:1795174236:f>`), which each client shows in its reader's zone: here in the configured one.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::i18n::Texts;
use crate::model::{Locale, Text};
use crate::text;

/// Who reads, and when.
pub(super) struct Reader<'a> {
    pub(super) texts: &'a Texts,
    pub(super) locale: Locale,
    pub(super) zone: Tz,
    pub(super) now: DateTime<Utc>,
}

/// `shown` with each timestamp as its reader would see it.
pub(super) fn readable(shown: &str, reader: &Reader<'_>) -> String {
    let mut out = String::with_capacity(shown.len());
    let mut rest = shown;
    while let Some(at) = rest.find("<t:") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find('>').map_or(rest.len(), |end| end + 1);
        match stamp(&rest[..end], reader) {
            Some(time) => out.push_str(&time),
            None => out.push_str(&rest[..end]),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// One timestamp with its brackets; the styles are those of
/// <https://discord.com/developers/docs/reference#message-formatting-timestamp-styles>.
fn stamp(written: &str, reader: &Reader<'_>) -> Option<String> {
    let inner = written.strip_prefix("<t:")?.strip_suffix('>')?;
    let (seconds, style) = inner.split_once(':').unwrap_or((inner, "f"));
    let moment = DateTime::from_timestamp(seconds.parse().ok()?, 0)?;
    let local = moment.with_timezone(&reader.zone);
    let format = match style {
        "t" => "%H:%M",
        "T" => "%H:%M:%S",
        "d" | "D" => "%Y-%m-%d",
        "f" | "F" => "%Y-%m-%d %H:%M",
        "R" => return Some(relative(moment, reader)),
        _ => return None,
    };
    Some(local.format(format).to_string())
}

fn relative(moment: DateTime<Utc>, reader: &Reader<'_>) -> String {
    let distance = moment - reader.now;
    let seconds = distance.num_seconds().abs();
    let (count, unit) = match seconds {
        0..60 => (seconds, "s"),
        60..3600 => (seconds / 60, "min"),
        3600..86_400 => (seconds / 3600, "h"),
        _ => (seconds / 86_400, "d"),
    };
    let text: Text = if distance.num_seconds() > 0 {
        text!("try-in", count = count, unit = unit)
    } else {
        text!("try-ago", count = count, unit = unit)
    };
    reader.texts.text(reader.locale, &text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps_are_shown_as_their_reader_would_see_them() {
        let texts = Texts::embedded();
        let now = DateTime::from_timestamp(1_795_174_236, 0).expect("a time");
        let reader = Reader {
            texts: &texts,
            locale: Locale::En,
            zone: chrono_tz::Europe::Paris,
            now,
        };
        for (written, read) in [
            ("until <t:1795174236:f>.", "until 2026-11-20 12:30."),
            ("<t:1795174236:d> <t:1795174236:t>", "2026-11-20 12:30"),
            ("<t:1795174236>", "2026-11-20 12:30"),
            ("<t:1795174236:T>", "12:30:36"),
            ("<t:1795177836:R>", "in 1 h"),
            ("<t:1795174206:R>", "30 s ago"),
            ("<t:1794914976:R>", "3 days ago"),
            ("<t:soon:R> <t:1:x> <t:", "<t:soon:R> <t:1:x> <t:"),
            ("nothing", "nothing"),
        ] {
            assert_eq!(readable(written, &reader), read);
        }
    }
}
