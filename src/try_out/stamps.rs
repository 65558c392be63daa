//! Discord's timestamps (`<t:1795174236:f>`), which each client shows in its reader's zone: here in the configured one.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

/// Who reads, and when.
pub(super) struct Reader {
    pub(super) zone: Tz,
    pub(super) now: DateTime<Utc>,
}

/// `shown` with each timestamp as its reader would see it.
pub(super) fn readable(shown: &str, reader: &Reader) -> String {
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
fn stamp(written: &str, reader: &Reader) -> Option<String> {
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

/// The moment and how far it is, in a way that reads in the midst of any language: a guild may speak another one than the
/// reader's client.
fn relative(moment: DateTime<Utc>, reader: &Reader) -> String {
    let local = moment.with_timezone(&reader.zone).format("%Y-%m-%d %H:%M");
    let distance = moment - reader.now;
    let sign = if distance.num_seconds() > 0 {
        '+'
    } else {
        '−'
    };
    let distance = match distance.num_seconds().abs() {
        0 => return local.to_string(),
        seconds @ 1..60 => format!("{seconds} s"),
        seconds @ 60..3600 => format!("{} min", seconds / 60),
        seconds @ 3600..172_800 => format!("{} h", seconds / 3600),
        _ => return local.to_string(),
    };
    format!("{local} ({sign}{distance})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps_are_shown_as_their_reader_would_see_them() {
        let now = DateTime::from_timestamp(1_795_174_236, 0).expect("a time");
        let reader = Reader {
            zone: chrono_tz::Europe::Paris,
            now,
        };
        for (written, read) in [
            ("until <t:1795174236:f>.", "until 2026-11-20 12:30."),
            ("<t:1795174236:d> <t:1795174236:t>", "2026-11-20 12:30"),
            ("<t:1795174236>", "2026-11-20 12:30"),
            ("<t:1795174236:T>", "12:30:36"),
            ("<t:1795177836:R>", "2026-11-20 13:30 (+1 h)"),
            ("<t:1795174206:R>", "2026-11-20 12:30 (−30 s)"),
            ("<t:1794914976:R>", "2026-11-17 12:29"),
            ("<t:soon:R> <t:1:x> <t:", "<t:soon:R> <t:1:x> <t:"),
            ("nothing", "nothing"),
        ] {
            assert_eq!(readable(written, &reader), read);
        }
    }
}
