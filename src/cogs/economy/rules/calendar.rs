//! The days of a guild's calendar: from midnight to midnight in its zone, also where the clock is changed.

use anyhow::{Context, Result};
use chrono::{Days, NaiveDate, NaiveTime};
use chrono_tz::Tz;

use crate::model::Timestamp;
use crate::schedule::first_instant;

/// The day that an instant belongs to, in days since 1970-01-01.
pub fn day_of(zone: Tz, at: Timestamp) -> i32 {
    let date = at.to_utc().with_timezone(&zone).date_naive();
    let days = date.signed_duration_since(NaiveDate::default()).num_days();
    i32::try_from(days).unwrap_or(i32::MAX)
}

/// When a day begins.
pub fn beginning(zone: Tz, day: i32) -> Result<Timestamp> {
    let date = NaiveDate::default()
        .checked_add_days(Days::new(u64::try_from(day).unwrap_or(0)))
        .context("a day beyond the calendar")?;
    Ok(first_instant(zone, date.and_time(NaiveTime::MIN))?.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn at(text: &str) -> Timestamp {
        let instant = chrono::DateTime::parse_from_rfc3339(text).expect("an instant");
        instant.to_utc().into()
    }

    #[test]
    fn a_day_begins_at_the_zones_own_midnight() {
        let paris = chrono_tz::Europe::Paris;
        let day = day_of(paris, at("2026-11-20T22:59:59Z"));
        assert_eq!(day_of(paris, at("2026-11-20T23:00:00Z")), day + 1);
        assert_eq!(
            beginning(paris, day + 1).ok(),
            Some(at("2026-11-20T23:00:00Z"))
        );
        assert_eq!(day_of(chrono_tz::UTC, at("2026-11-20T23:00:00Z")), day);
    }

    #[test]
    fn days_on_which_the_clock_is_changed_have_one_beginning_each() {
        // Chile sets its clock forward at midnight: that day begins at 01:00.
        let santiago = chrono_tz::America::Santiago;
        let day = day_of(santiago, at("2026-09-06T12:00:00Z"));
        let begins = beginning(santiago, day).expect("a beginning");
        assert_eq!(begins, at("2026-09-06T04:00:00Z"));
        assert_eq!(day_of(santiago, begins), day);
        assert_eq!(day_of(santiago, begins - Duration::from_millis(1)), day - 1);
    }
}
