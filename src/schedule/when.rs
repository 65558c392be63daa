//! When something is due next: a pure function of a rhythm, a zone and a time.

use std::time::Duration;

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use croner::Cron;
use croner::parser::CronParser;

use crate::model::Timestamp;

/// A rhythm.
#[derive(Clone, Debug)]
pub struct When {
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    Every(Duration),
    Daily(Box<Cron>),
}

impl When {
    /// So long after the last time, whatever the clock on the wall says.
    pub fn every(period: Duration) -> When {
        When {
            kind: Kind::Every(period.max(Duration::from_secs(1))),
        }
    }

    /// Once a day at this local time, always: also on the day that has no such time (then right after the gap) and on the
    /// day that has it twice (then the first time).
    pub fn daily(time: NaiveTime) -> Result<When> {
        let pattern = format!("{} {} * * *", time.minute(), time.hour());
        let cron = CronParser::new()
            .parse(&pattern)
            .with_context(|| format!("understanding the time of day {time}"))?;
        Ok(When {
            kind: Kind::Daily(Box::new(cron)),
        })
    }

    /// Whether it is bound to a time of day.
    pub(super) fn is_daily(&self) -> bool {
        matches!(self.kind, Kind::Daily(_))
    }

    /// The first time after `after` that it is due.
    pub fn next_run(&self, zone: Tz, after: Timestamp) -> Result<Timestamp> {
        match &self.kind {
            Kind::Every(period) => Ok(after + *period),
            Kind::Daily(cron) => Ok(next_of_day(cron, zone, after)?.into()),
        }
    }
}

/// `croner` says which local time is next; what that time means in the zone is decided here. (Asked in the zone itself,
/// croner 3.0 repeats a daily 01:00 at 03:00 on the day on which the clock is set forward.)
fn next_of_day(cron: &Cron, zone: Tz, after: Timestamp) -> Result<DateTime<Utc>> {
    let mut local = after.to_utc().with_timezone(&zone).naive_local().and_utc();
    loop {
        local = cron
            .find_next_occurrence(&local, false)
            .with_context(|| format!("looking for the next run after {local}"))?;
        let run = first_instant(zone, local.naive_utc())?;
        // The second 02:15 of the day on which the clock is set back comes after the first 02:30.
        if Timestamp::from(run) > after {
            return Ok(run);
        }
    }
}

/// The first instant at which the zone's clocks show `local`, or the first after the gap that it falls into.
pub fn first_instant(zone: Tz, local: NaiveDateTime) -> Result<DateTime<Utc>> {
    // The longest gap that a zone ever had is the day that Samoa left out.
    let mut minutes = (0..=25 * 60).map(|minutes| local + TimeDelta::minutes(minutes));
    minutes
        .find_map(|local| zone.from_local_datetime(&local).earliest())
        .map(|instant| instant.with_timezone(&Utc))
        .with_context(|| format!("{local} does not exist in {zone}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Days, NaiveDate};
    use chrono_tz::Europe::Paris;
    use proptest::prelude::*;

    fn time(text: &str) -> NaiveTime {
        text.parse().expect("a time of day")
    }

    fn utc(text: &str) -> Timestamp {
        text.parse::<DateTime<Utc>>().expect("a time").into()
    }

    #[track_caller]
    fn check(daily: &str, after: &str, runs: &[&str]) {
        let when = When::daily(time(daily)).expect("a time of day");
        let mut at = utc(after);
        for expected in runs {
            at = when.next_run(Paris, at).expect("there is a next day");
            assert_eq!(
                at.to_utc().to_rfc3339(),
                utc(expected).to_utc().to_rfc3339()
            );
        }
    }

    #[test]
    fn three_o_clock_stays_three_o_clock_in_spring() {
        // On 2027-03-28 at 02:00 CET it is 03:00 CEST.
        let runs = [
            "2027-03-27T02:00:00Z",
            "2027-03-28T01:00:00Z",
            "2027-03-29T01:00:00Z",
        ];
        check("03:00:00", "2027-03-26T12:00:00Z", &runs);
    }

    #[test]
    fn three_o_clock_stays_three_o_clock_in_autumn() {
        // On 2026-10-25 at 03:00 CEST it is 02:00 CET.
        let runs = [
            "2026-10-24T01:00:00Z",
            "2026-10-25T02:00:00Z",
            "2026-10-26T02:00:00Z",
        ];
        check("03:00:00", "2026-10-23T12:00:00Z", &runs);
    }

    #[test]
    fn half_past_two_happens_once_on_the_day_that_lacks_it() {
        let runs = [
            "2027-03-27T01:30:00Z",
            "2027-03-28T01:00:00Z",
            "2027-03-29T00:30:00Z",
        ];
        check("02:30:00", "2027-03-26T12:00:00Z", &runs);
    }

    #[test]
    fn half_past_two_happens_once_on_the_day_that_has_it_twice() {
        let runs = [
            "2026-10-24T00:30:00Z",
            "2026-10-25T00:30:00Z",
            "2026-10-26T01:30:00Z",
        ];
        check("02:30:00", "2026-10-23T12:00:00Z", &runs);
    }

    #[test]
    fn a_run_that_ended_between_the_two_half_past_twos_is_not_followed_by_another() {
        check(
            "02:30:00",
            "2026-10-25T00:45:00Z",
            &["2026-10-26T01:30:00Z"],
        );
        check(
            "02:30:00",
            "2026-10-25T01:15:00Z",
            &["2026-10-26T01:30:00Z"],
        );
    }

    proptest! {
        #[test]
        fn every_local_day_has_exactly_one_run(minute in 0_u32..1440, zone in 0_usize..4, start in 0_u64..1500) {
            let zone = [Paris, Tz::America__New_York, Tz::Australia__Lord_Howe, Tz::UTC][zone];
            let at = NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0).expect("within a day");
            let when = When::daily(at).expect("a time of day");
            let first = NaiveDate::from_ymd_opt(2024, 1, 1).expect("a date") + Days::new(start);
            let noon = first.and_hms_opt(12, 0, 0).expect("noon").and_utc();
            let mut run = when.next_run(zone, noon.into()).expect("a run");
            let mut day = run.to_utc().with_timezone(&zone).date_naive();
            for _ in 0..400 {
                run = when.next_run(zone, run).expect("a run");
                let next = run.to_utc().with_timezone(&zone).date_naive();
                prop_assert_eq!(next, day + Days::new(1), "{} {}", at, run.to_utc());
                day = next;
            }
        }
    }
}
