//! `--since`: a moment, as people write one.

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, NaiveTime, TimeZone as _, Utc};
use chrono_tz::Tz;

use crate::model::Timestamp;

/// `90m`, `2h`, `3d`, `2w` ago; `2026-11-20`, `2026-11-20 14:30` in `zone`; or RFC 3339.
pub(super) fn moment(text: &str, zone: Tz, now: DateTime<Utc>) -> Option<Timestamp> {
    let text = text.trim();
    ago(text, now)
        .or_else(|| {
            let moment = DateTime::parse_from_rfc3339(text).ok()?;
            Some(moment.with_timezone(&Utc))
        })
        .or_else(|| {
            let local = local(text)?;
            // An hour that a clock change skips does not exist: what is after it is meant.
            let moment = zone.from_local_datetime(&local).earliest().or_else(|| {
                zone.from_local_datetime(&(local + Duration::hours(1)))
                    .earliest()
            })?;
            Some(moment.with_timezone(&Utc))
        })
        .map(Timestamp::from)
}

fn local(text: &str) -> Option<NaiveDateTime> {
    ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .or_else(|| {
            let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
            Some(day.and_time(NaiveTime::MIN))
        })
}

fn ago(text: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let (unit_at, _) = text.char_indices().next_back()?;
    let (number, unit) = text.split_at(unit_at);
    let number: i64 = number.trim().parse().ok()?;
    let length = match unit {
        "s" => Duration::try_seconds(number),
        "m" => Duration::try_minutes(number),
        "h" => Duration::try_hours(number),
        "d" | "j" => Duration::try_days(number),
        "w" => Duration::try_weeks(number),
        _ => None,
    };
    now.checked_sub_signed(length?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_understood_as_people_write_it() {
        let now = Utc
            .with_ymd_and_hms(2026, 11, 20, 12, 0, 0)
            .single()
            .expect("a time");
        for (text, meant) in [
            ("2h", Some("2026-11-20T10:00:00Z")),
            ("3d", Some("2026-11-17T12:00:00Z")),
            ("90m", Some("2026-11-20T10:30:00Z")),
            ("2026-11-20", Some("2026-11-19T23:00:00Z")),
            ("2026-07-01 14:30", Some("2026-07-01T12:30:00Z")),
            ("2026-11-20T08:00:00+02:00", Some("2026-11-20T06:00:00Z")),
            // 02:30 does not exist on that night in Paris.
            ("2026-03-29 02:30", Some("2026-03-29T01:30:00Z")),
            ("yesterday", None),
            ("2026-13-01", None),
            ("9223372036854775807w", None),
            ("é", None),
            ("", None),
        ] {
            let meant = meant.map(|meant| {
                let meant = DateTime::parse_from_rfc3339(meant).expect("a time");
                Timestamp::from(meant.with_timezone(&Utc))
            });
            assert_eq!(moment(text, chrono_tz::Europe::Paris, now), meant, "{text}");
        }
    }
}
