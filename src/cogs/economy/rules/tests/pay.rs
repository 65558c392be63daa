//! Daily coins, work and paydays: what the calendar gives, and what the bot's absence must not take.

use super::*;
use crate::cogs::economy::rules::{attendance, paydays, wages};

impl Bench {
    fn daily(&self, name: &'static str) -> String {
        let told = self.store.write_blocking(self.order(name), move |tx| {
            wages::daily(tx, GUILD, user(name), PARIS)
        });
        match told {
            Ok(done) => {
                let claimed = done.value;
                let excused = if claimed.excused { " excused" } else { "" };
                format!("{} day {}{excused}", claimed.amount, claimed.streak)
            }
            Err(Rejection::Refused(Refusal(text))) => text.key.into_owned(),
            Err(other) => panic!("{other:#}"),
        }
    }

    /// The bot is gone for so long.
    fn away(&self, length: Duration) {
        let since = self.clock.now();
        self.clock.advance(length);
        let back = self.store.write_blocking(Order::default(), move |tx| {
            attendance::back(tx, &(since..tx.now()))
        });
        back.expect("it is noted");
    }
}

#[test]
fn the_daily_coins_come_once_a_day_and_grow_with_the_streak() {
    let bench = bench();
    assert_eq!(bench.daily("sam"), "100 day 1");
    assert_eq!(bench.daily("sam"), "refused-daily");
    assert_eq!(bench.daily("lea"), "100 day 1");
    for expected in [
        "110 day 2",
        "120 day 3",
        "130 day 4",
        "140 day 5",
        "150 day 6",
        "160 day 7",
        "160 day 8",
    ] {
        bench.clock.advance(DAY);
        assert_eq!(bench.daily("sam"), expected);
    }
    bench.clock.advance(2 * DAY);
    assert_eq!(
        bench.daily("sam"),
        "100 day 1",
        "a missed day breaks the streak"
    );
}

#[test]
fn the_day_ends_at_the_guilds_own_midnight() {
    let bench = bench();
    assert_eq!(bench.daily("sam"), "100 day 1");
    // 23:59:59 in Paris.
    bench.clock.advance(11 * HOUR - Duration::from_secs(1));
    assert_eq!(bench.daily("sam"), "refused-daily");
    bench.clock.advance(Duration::from_secs(1));
    assert_eq!(bench.daily("sam"), "110 day 2");
    bench.choose(Choice::Zone(Some("america/montreal".to_owned())));
    bench.clock.advance(HOUR);
    assert_eq!(bench.daily("sam"), "refused-daily", "it is yesterday there");
    assert_eq!(bench.daily("lea"), "100 day 1");
}

/// In Paris, 28 March 2027 has 23 hours and 31 October 2027 has 25: each is one day of coins.
#[test]
fn a_day_on_which_the_clocks_change_is_one_day() {
    for (midnight, hours) in [("2027-03-27T23:00:00Z", 23), ("2027-10-30T22:00:00Z", 25)] {
        let bench = bench();
        let midnight = chrono::DateTime::parse_from_rfc3339(midnight).expect("a time");
        let midnight = Timestamp::from(midnight.to_utc());
        let second = Duration::from_secs(1);
        bench.clock.advance(midnight.since(NOON) - second);
        assert_eq!(bench.daily("sam"), "100 day 1", "{hours}");
        bench.clock.advance(second);
        assert_eq!(bench.daily("sam"), "110 day 2", "{hours}");
        bench.clock.advance(hours * HOUR - second);
        assert_eq!(bench.daily("sam"), "refused-daily", "{hours}");
        bench.clock.advance(second);
        assert_eq!(bench.daily("sam"), "120 day 3", "{hours}");
    }
}

#[test]
fn a_day_that_the_bot_was_away_breaks_no_streak() {
    let bench = bench();
    assert_eq!(bench.daily("sam"), "100 day 1");
    bench.away(2 * DAY);
    assert_eq!(bench.daily("sam"), "110 day 2 excused");
    // Away for an hour of the day between is enough: nobody knows when sam would have come.
    bench.clock.advance(DAY);
    bench.away(HOUR);
    bench.clock.advance(DAY);
    assert_eq!(bench.daily("sam"), "120 day 3 excused");
    assert_eq!(
        bench.daily("lea"),
        "100 day 1",
        "no streak comes from nothing"
    );
}

#[test]
fn a_restart_is_no_excuse_and_neither_is_an_absence_on_another_day() {
    let bench = bench();
    assert_eq!(bench.daily("sam"), "100 day 1");
    bench.clock.advance(DAY);
    bench.away(Duration::from_secs(300));
    let noted = bench.seq();
    bench.away(Duration::from_secs(30 * 60));
    assert_eq!(bench.seq(), noted + 1, "five minutes are not even noted");
    bench.clock.advance(DAY);
    assert_eq!(bench.daily("sam"), "100 day 1", "half an hour is no excuse");
    bench.away(2 * HOUR);
    bench.clock.advance(2 * DAY);
    assert_eq!(
        bench.daily("sam"),
        "100 day 1",
        "that was on a day with coins"
    );
    bench.clock.advance(DAY);
    bench.away(DAY);
    bench.clock.advance(DAY);
    assert_eq!(bench.daily("sam"), "110 day 2 excused");
}

#[test]
fn work_is_paid_as_drawn_and_then_rests() {
    let bench = bench();
    let work = |name: &'static str, luck: u64| {
        let outcome = bench.store.write_blocking(bench.order(name), move |tx| {
            wages::work(tx, GUILD, user(name), luck)
        });
        match outcome {
            Ok(done) => done.value.amount.to_string(),
            Err(Rejection::Refused(Refusal(text))) => text.key.into_owned(),
            Err(other) => panic!("{other:#}"),
        }
    };
    assert_eq!(work("sam", 0), "20");
    assert_eq!(work("lea", 40), "60");
    assert_eq!(work("mia", 41), "20");
    assert_eq!(work("adam", u64::MAX), (20 + u64::MAX % 41).to_string());
    assert_eq!(work("sam", 0), "refused-work");
    bench.clock.advance(HOUR - Duration::from_millis(1));
    assert_eq!(work("sam", 0), "refused-work");
    bench.clock.advance(Duration::from_millis(1));
    assert_eq!(work("sam", 5), "25");
    bench.choose(Choice::Work(Some((0, 0))));
    assert_eq!(work("olive", 5), "refused-work-off");
}

#[test]
fn a_payday_pays_who_holds_the_role_then_and_missed_ones_are_one() {
    let bench = bench();
    let role = RoleId(77);
    let set = |actor: &'static str, amount: i64, every: Duration| {
        bench.told(actor, move |tx| {
            paydays::set(tx, GUILD, &person(actor), role, amount, every)
        })
    };
    let come = |names: &'static [&'static str]| {
        let members: Vec<UserId> = names.iter().map(|name| user(name)).collect();
        bench.told("olive", move |tx| paydays::come(tx, GUILD, role, &members))
    };
    assert_eq!(set("sam", 50, DAY), "refused-administrators-only");
    assert_eq!(set("olive", 0, DAY), "refused-amount");
    assert_eq!(
        set("olive", 50, Duration::from_secs(60)),
        "refused-payday-rhythm"
    );
    assert!(set("olive", 50, DAY).starts_with("Timestamp"));
    come(&["sam"]);
    assert_eq!(bench.has("sam"), 0, "it is not due yet");
    bench.clock.advance(DAY);
    come(&["sam", "lea"]);
    come(&["sam", "lea"]);
    assert_eq!(
        (bench.has("sam"), bench.has("lea")),
        (50, 50),
        "once, however often it is looked"
    );
    bench.clock.advance(10 * DAY);
    come(&["sam"]);
    assert_eq!((bench.has("sam"), bench.has("lea")), (100, 50));
    let next = bench
        .store
        .read_blocking(crate::cogs::economy::register::paydays::next_due);
    assert_eq!(
        next.expect("a time"),
        Some(NOON + 12 * DAY),
        "the rhythm stays"
    );
    let end = |actor: &'static str| {
        bench.told(actor, move |tx| {
            paydays::end(tx, GUILD, &person(actor), role)
        })
    };
    assert_eq!(end("sam"), "refused-administrators-only");
    assert_eq!(end("olive"), "()");
    assert_eq!(end("olive"), "refused-no-payday");
}

#[test]
fn a_role_is_paid_at_once_or_not_at_all() {
    let bench = bench();
    let pay = |actor: &'static str, members: Vec<UserId>, amount: i64| {
        bench.told(actor, move |tx| {
            paydays::pay_out(tx, GUILD, &person(actor), RoleId(77), &members, amount)
        })
    };
    let crowd: Vec<UserId> = (1_000..3_500).map(UserId).collect();
    assert_eq!(pay("sam", crowd.clone(), 5), "refused-administrators-only");
    assert_eq!(pay("olive", Vec::new(), 5), "refused-role-empty");
    assert_eq!(pay("olive", crowd.clone(), 1 << 50), "refused-supply");
    assert_eq!(pay("olive", crowd, 5), "12500");
    assert_eq!(bench.balance(Account::Member(UserId(3_499))), 5);
}
