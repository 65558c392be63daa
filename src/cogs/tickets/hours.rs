//! When somebody is at the desk: days and hours in a time zone, as people write them.

use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveTime, TimeZone as _, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::model::Timestamp;

/// Some days of the week from one time of day to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// 1 is Monday, 7 is Sunday.
    pub days: Vec<u8>,
    /// Minutes after midnight.
    pub from: u16,
    /// Minutes after midnight; 1440 is the next midnight.
    pub to: u16,
}

/// How many days ahead the next opening is looked for: a week, and the day it began on.
const LOOKED_AHEAD: u64 = 8;

impl Hours {
    /// Reads `mon-fri 9:00-18:00`, `lun-ven 9h-17h30`, `sat,sun 10-12`.
    pub fn parse(text: &str) -> Option<Hours> {
        let text = text.trim().to_lowercase();
        let (days, times) = text.split_once(char::is_whitespace)?;
        let mut listed = Vec::new();
        for part in days.split(',') {
            match part.split_once('-') {
                Some((first, last)) => {
                    let (first, last) = (day(first)?, day(last)?);
                    let length = (last + 7 - first) % 7;
                    listed.extend((0..=length).map(|step| (first - 1 + step) % 7 + 1));
                }
                None => listed.push(day(part)?),
            }
        }
        listed.sort_unstable();
        listed.dedup();
        let (from, to) = times.trim().split_once('-')?;
        let (from, to) = (time(from)?, time(to)?);
        (from < to).then_some(Hours {
            days: listed,
            from,
            to,
        })
    }

    /// When the desk opens next after `now`; `None` while it is open.
    pub fn opens_at(&self, now: Timestamp, zone: Tz) -> Option<Timestamp> {
        let local = zone.from_utc_datetime(&now.to_utc().naive_utc());
        for ahead in 0..LOOKED_AHEAD {
            let day = local.date_naive().checked_add_days(Days::new(ahead))?;
            let number = u8::try_from(day.weekday().number_from_monday()).ok()?;
            if !self.days.contains(&number) {
                continue;
            }
            let (from, to) = (at(zone, day, self.from)?, at(zone, day, self.to)?);
            let now = now.to_utc();
            if now < from {
                return Some(Timestamp::from(from));
            }
            if now < to {
                return None;
            }
        }
        None
    }
}

/// A time of day in a zone; one that the change to summer time skips is the next that exists.
fn at(zone: Tz, day: NaiveDate, minutes: u16) -> Option<DateTime<Utc>> {
    let (day, minutes) = match minutes {
        1440 => (day.checked_add_days(Days::new(1))?, 0),
        minutes => (day, minutes),
    };
    let time = NaiveTime::from_num_seconds_from_midnight_opt(u32::from(minutes) * 60, 0)?;
    let naive = day.and_time(time);
    let found = zone.from_local_datetime(&naive).earliest().or_else(|| {
        zone.from_local_datetime(&(naive + chrono::Duration::hours(1)))
            .earliest()
    })?;
    Some(found.with_timezone(&Utc))
}

fn day(word: &str) -> Option<u8> {
    const DAYS: [(&str, &str); 7] = [
        ("mon", "lun"),
        ("tue", "mar"),
        ("wed", "mer"),
        ("thu", "jeu"),
        ("fri", "ven"),
        ("sat", "sam"),
        ("sun", "dim"),
    ];
    let word = word.trim();
    let known =
        |(english, french): &(&str, &str)| word.starts_with(english) || word.starts_with(french);
    let place = DAYS.iter().position(known)?;
    u8::try_from(place + 1).ok()
}

fn time(word: &str) -> Option<u16> {
    let word = word.trim();
    let (hours, minutes) = word.split_once([':', 'h']).unwrap_or((word, ""));
    let hours: u16 = hours.trim().parse().ok()?;
    let minutes: u16 = match minutes.trim() {
        "" => 0,
        minutes => minutes.parse().ok()?,
    };
    let all = hours.checked_mul(60)?.checked_add(minutes)?;
    (minutes < 60 && all <= 1440).then_some(all)
}

impl std::fmt::Display for Hours {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        let days: Vec<&str> = self
            .days
            .iter()
            .filter_map(|day| NAMES.get(usize::from(*day).wrapping_sub(1)).copied())
            .collect();
        let clock = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        write!(
            f,
            "{} {}-{}",
            days.join(","),
            clock(self.from),
            clock(self.to)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(hours: &str, now: &str, zone: Tz, opens: Option<&str>) {
        let hours = Hours::parse(hours).expect("hours");
        let instant = |text: &str| Timestamp::from(text.parse::<DateTime<Utc>>().expect("a time"));
        assert_eq!(hours.opens_at(instant(now), zone), opens.map(instant));
    }

    #[test]
    fn hours_are_read_as_people_write_them() {
        for (text, shown) in [
            ("mon-fri 9:00-18:00", "mon,tue,wed,thu,fri 09:00-18:00"),
            ("lun-ven 9h-17h30", "mon,tue,wed,thu,fri 09:00-17:30"),
            ("Samedi,dimanche 10-12", "sat,sun 10:00-12:00"),
            ("fri-mon 0-24", "mon,fri,sat,sun 00:00-24:00"),
        ] {
            let hours = Hours::parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(hours.to_string(), shown);
            assert_eq!(
                Hours::parse(shown),
                Some(hours),
                "what is shown can be typed"
            );
        }
        for text in [
            "",
            "mon",
            "mon 9",
            "mon 18-9",
            "mon 9-25",
            "never 9-10",
            "mon 9:99-10",
        ] {
            assert_eq!(Hours::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_desk_opens_in_its_own_zone_also_when_the_clocks_change() {
        let (paris, tokyo) = (chrono_tz::Europe::Paris, chrono_tz::Asia::Tokyo);
        let week = "mon-fri 9:00-18:00";
        // Friday 2026-11-20, 12:00 UTC: 13:00 in Paris, 21:00 in Tokyo.
        check(week, "2026-11-20T12:00:00Z", paris, None);
        check(
            week,
            "2026-11-20T12:00:00Z",
            tokyo,
            Some("2026-11-23T00:00:00Z"),
        );
        check(
            week,
            "2026-11-20T17:00:00Z",
            paris,
            Some("2026-11-23T08:00:00Z"),
        );
        check(
            week,
            "2026-11-20T07:59:59Z",
            paris,
            Some("2026-11-20T08:00:00Z"),
        );
        // Summer time begins on Sunday 2026-03-29 in Paris: 9:00 is 08:00 UTC before and 07:00 UTC after.
        check(
            week,
            "2026-03-27T20:00:00Z",
            paris,
            Some("2026-03-30T07:00:00Z"),
        );
        check(
            "sun 2:30-4:00",
            "2026-03-28T20:00:00Z",
            paris,
            Some("2026-03-29T01:30:00Z"),
        );
        // It ends on Sunday 2026-10-25: 9:00 is 07:00 UTC before and 08:00 UTC after; 2:30 comes twice.
        check(
            week,
            "2026-10-23T16:00:00Z",
            paris,
            Some("2026-10-26T08:00:00Z"),
        );
        check(week, "2026-10-23T15:59:59Z", paris, None);
        check(
            "sun 2:30-4:00",
            "2026-10-24T20:00:00Z",
            paris,
            Some("2026-10-25T00:30:00Z"),
        );
        check("sun 2:30-4:00", "2026-10-25T02:59:00Z", paris, None);
        check(
            "sun 2:30-4:00",
            "2026-10-25T03:00:00Z",
            paris,
            Some("2026-11-01T01:30:00Z"),
        );
        check("sun 20-24", "2026-11-22T22:59:00Z", paris, None);
        check(
            "sun 20-24",
            "2026-11-22T23:00:00Z",
            paris,
            Some("2026-11-29T19:00:00Z"),
        );
    }
}
