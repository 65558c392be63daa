//! The rules on a real store: a short history, an act, a time, and what came of it as text.

use std::time::Duration;

use super::*;
use crate::cogs::cases::Cases;
use crate::cogs::mutes::Mutes;
use crate::cogs::settings::{self, Consequence, Setting, Settings, Threshold};
use crate::model::{Clock, GuildId, Locale, Rank};
use crate::store::{Order, Registers, Store};

const GUILD: GuildId = GuildId(1);
const NOON: Timestamp = Timestamp(1_800_000_000_000);

/// A guild with its people, and a store on a folder of its own.
struct Bench {
    store: Store,
    clock: Clock,
    _folder: tempfile::TempDir,
}

fn bench() -> Bench {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = Clock::fixed(NOON);
    let registers = Registers::default()
        .with::<Settings>()
        .with::<Warnings>()
        .with::<Cases>()
        .with::<Mutes>();
    let store = Store::open(folder.path(), registers, clock.clone()).expect("a new store");
    Bench {
        store,
        clock,
        _folder: folder,
    }
}

fn person(name: &str) -> Standing {
    let (user, position, owner, administrator, moderates, bot) = match name {
        "olive" => (10, 0, true, false, true, false),
        "adam" => (11, 9, false, true, true, false),
        "mia" => (12, 5, false, false, true, false),
        "max" => (13, 5, false, false, true, false),
        "sam" => (14, 1, false, false, false, false),
        "lea" => (15, 0, false, false, false, false),
        "bot" => (16, 1, false, false, false, true),
        other => panic!("nobody is called {other}"),
    };
    // mia and max hold the same role: neither stands above the other.
    let rank = Rank { position, age: 0 };
    Standing {
        user: UserId(user),
        bot,
        owner,
        administrator,
        moderates,
        roles: Vec::new(),
        rank,
    }
}

impl Bench {
    fn scene(&self, actor: &str) -> Scene {
        let greffier = Standing {
            rank: Rank {
                position: 8,
                age: 0,
            },
            bot: true,
            ..person("bot")
        };
        Scene {
            guild: GUILD,
            guild_name: "Town".to_owned(),
            actor: person(actor),
            greffier,
            locale: Locale::En,
        }
    }

    fn order(&self, actor: &str) -> Order {
        Order {
            guild: Some(GUILD),
            actor: Some(person(actor).user),
            origin: None,
        }
    }

    fn set(&self, setting: Setting) {
        let owner = person("olive");
        self.store
            .write_blocking(self.order("olive"), move |tx| {
                settings::rules::set(tx, GUILD, &owner, setting)
            })
            .expect("the owner may set anything");
    }

    fn warn(&self, actor: &str, member: &str, points: u32) -> String {
        let (scene, member) = (self.scene(actor), person(member));
        let outcome = self.store.write_blocking(self.order(actor), move |tx| {
            warn(tx, &scene, &member, points, "spam")
        });
        told(outcome.map(|done| {
            let warned = done.value;
            format!(
                "case {} total {} {:?}",
                warned.number, warned.total, warned.consequence
            )
        }))
    }

    fn effects(&self) -> String {
        let now = self.clock.now();
        let due = self
            .store
            .read_blocking(|reader| reader.outbox_due(now, 100))
            .expect("the outbox");
        due.iter()
            .map(|pending| pending.effect.name())
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn seq(&self) -> u64 {
        self.store
            .read_blocking(|reader| reader.seq())
            .expect("the journal")
    }
}

fn told<T: Into<String>>(outcome: Result<T, Rejection>) -> String {
    match outcome {
        Ok(value) => value.into(),
        Err(Rejection::Refused(Refusal(text))) => text.key.into_owned(),
        Err(other) => panic!("{other:#}"),
    }
}

#[track_caller]
fn check_refused(bench: &Bench, outcome: &str, key: &str, before: u64) {
    assert_eq!(outcome, key);
    assert_eq!(
        bench.seq(),
        before,
        "a refusal leaves nothing in the journal"
    );
}

fn threshold(points: u32, days: u32, consequence: Consequence) -> Threshold {
    Threshold {
        points,
        days,
        consequence,
    }
}

#[test]
fn a_moderator_warns_and_the_numbers_count_up_in_their_guild() {
    let bench = bench();
    assert_eq!(bench.warn("mia", "sam", 1), "case 1 total 1 Nothing");
    assert_eq!(bench.warn("olive", "lea", 3), "case 2 total 3 Nothing");
    assert_eq!(bench.warn("adam", "sam", 2), "case 3 total 3 Nothing");
}

#[test]
fn the_hierarchy_holds_for_everyone_but_the_owner() {
    let bench = bench();
    bench.warn("mia", "sam", 1);
    let before = bench.seq();
    for (actor, member, key) in [
        ("sam", "lea", "refused-moderators-only"),
        ("mia", "adam", "refused-hierarchy"),
        ("mia", "max", "refused-hierarchy"),
        ("adam", "olive", "refused-hierarchy"),
        ("mia", "mia", "refused-yourself"),
        ("mia", "bot", "refused-a-bot"),
    ] {
        check_refused(&bench, &bench.warn(actor, member, 1), key, before);
    }
    assert_eq!(bench.warn("olive", "adam", 1), "case 2 total 1 Nothing");
}

#[test]
fn once_moderator_roles_are_set_the_permission_alone_no_longer_counts() {
    let bench = bench();
    bench.set(Setting::ModeratorRoles(vec![crate::model::RoleId(77)]));
    let before = bench.seq();
    check_refused(
        &bench,
        &bench.warn("mia", "sam", 1),
        "refused-moderators-only",
        before,
    );
    assert_eq!(
        bench.warn("adam", "sam", 1),
        "case 1 total 1 Nothing",
        "administrators always may"
    );
}

#[test]
fn points_outside_their_range_and_empty_reasons_are_refused() {
    let bench = bench();
    check_refused(&bench, &bench.warn("mia", "sam", 0), "refused-points", 0);
    check_refused(&bench, &bench.warn("mia", "sam", 101), "refused-points", 0);
    let reasons = [
        ("  ", "refused-no-reason"),
        (&"x".repeat(901), "refused-long-reason"),
    ];
    for (reason, key) in reasons {
        let (scene, reason) = (bench.scene("mia"), reason.to_owned());
        let outcome = bench.store.write_blocking(bench.order("mia"), move |tx| {
            warn(tx, &scene, &person("sam"), 1, &reason)
        });
        check_refused(&bench, &told(outcome.map(|_| "warned")), key, 0);
    }
}

#[test]
fn a_warning_stops_counting_after_ninety_days_or_as_the_guild_says() {
    let bench = bench();
    bench.warn("mia", "sam", 2);
    bench.clock.advance(DAY * 90 - Duration::from_millis(1));
    assert_eq!(bench.warn("mia", "sam", 1), "case 2 total 3 Nothing");
    bench.clock.advance(Duration::from_millis(1));
    assert_eq!(
        bench.warn("mia", "sam", 1),
        "case 3 total 2 Nothing",
        "the first one has expired"
    );
    bench.set(Setting::WarningDays(Some(0)));
    bench.warn("mia", "lea", 1);
    bench.clock.advance(DAY * 3_000);
    assert_eq!(
        bench.warn("mia", "lea", 1),
        "case 5 total 2 Nothing",
        "never expires"
    );
}

#[test]
fn thresholds_act_once_each_and_the_highest_one_wins() {
    let bench = bench();
    bench.set(Setting::Thresholds(vec![
        threshold(3, 0, Consequence::Timeout { seconds: 3600 }),
        threshold(5, 0, Consequence::Kick),
        threshold(8, 0, Consequence::Ban),
    ]));
    assert_eq!(bench.warn("mia", "sam", 2), "case 1 total 2 Nothing");
    assert_eq!(
        bench.warn("mia", "sam", 1),
        "case 2 total 3 Happens(Timeout { seconds: 3600 })"
    );
    assert_eq!(
        bench.warn("mia", "sam", 1),
        "case 4 total 4 Nothing",
        "three was passed before; case 3 is the mute"
    );
    assert_eq!(
        bench.warn("mia", "sam", 9),
        "case 5 total 13 Happens(Ban)",
        "not the kick as well"
    );
    assert_eq!(
        bench.effects(),
        "ban timeout direct_message direct_message direct_message"
    );
}

#[test]
fn a_threshold_with_a_window_looks_no_further_back() {
    let bench = bench();
    bench.set(Setting::Thresholds(vec![threshold(
        3,
        7,
        Consequence::Kick,
    )]));
    bench.warn("mia", "sam", 2);
    bench.clock.advance(DAY * 8);
    assert_eq!(bench.warn("mia", "sam", 1), "case 2 total 3 Nothing");
    assert_eq!(bench.warn("mia", "sam", 2), "case 3 total 5 Happens(Kick)");
}

#[test]
fn what_the_bot_cannot_do_is_said_and_not_promised() {
    let bench = bench();
    bench.set(Setting::Thresholds(vec![threshold(
        1,
        0,
        Consequence::Timeout { seconds: 60 },
    )]));
    assert_eq!(
        bench.warn("olive", "adam", 1),
        "case 1 total 1 OutOfReach(Timeout { seconds: 60 })",
        "an administrator can't be timed out"
    );
    assert_eq!(bench.effects(), "direct_message");
}

#[test]
fn withdrawn_warnings_stay_but_count_no_longer() {
    let bench = bench();
    bench.warn("mia", "sam", 2);
    bench.warn("mia", "sam", 1);
    let unwarn = |actor: &str, number: u32| {
        let scene = bench.scene(actor);
        let outcome = bench
            .store
            .write_blocking(bench.order(actor), move |tx| withdraw(tx, &scene, number));
        told(outcome.map(|_| "withdrawn"))
    };
    let before = bench.seq();
    check_refused(&bench, &unwarn("sam", 1), "refused-moderators-only", before);
    check_refused(&bench, &unwarn("mia", 9), "refused-no-case", before);
    assert_eq!(unwarn("mia", 1), "withdrawn");
    check_refused(
        &bench,
        &unwarn("mia", 1),
        "refused-case-withdrawn",
        before + 1,
    );
    assert_eq!(bench.warn("mia", "sam", 1), "case 3 total 2 Nothing");
    bench.warn("adam", "mia", 1);
    check_refused(&bench, &unwarn("mia", 4), "refused-own-case", before + 3);
}

#[test]
fn clearing_takes_one_members_warnings_and_leaves_the_others() {
    let bench = bench();
    bench.warn("mia", "sam", 1);
    bench.warn("mia", "lea", 1);
    bench.warn("mia", "sam", 1);
    let clear = |member: &str| {
        let (scene, member) = (bench.scene("mia"), person(member));
        let outcome = bench
            .store
            .write_blocking(bench.order("mia"), move |tx| clear(tx, &scene, &member));
        told(outcome.map(|done| format!("{:?}", done.value)))
    };
    assert_eq!(clear("sam"), "[1, 3]");
    check_refused(&bench, &clear("sam"), "refused-no-warnings", 4);
    check_refused(&bench, &clear("adam"), "refused-hierarchy", 4);
    assert_eq!(bench.warn("mia", "lea", 1), "case 4 total 2 Nothing");
}

#[test]
fn a_new_reason_replaces_the_old_one_and_is_shown_in_the_log() {
    let bench = bench();
    bench.set(Setting::LogChannel(Some(crate::model::ChannelId(5))));
    bench.warn("mia", "sam", 1);
    let scene = bench.scene("mia");
    let outcome = bench.store.write_blocking(bench.order("mia"), move |tx| {
        reword(tx, &scene, 1, "  too many links ")
    });
    assert_eq!(
        told(outcome.map(|done| done.value.reason)),
        "spam",
        "the former reason is returned"
    );
    let warning = bench
        .store
        .read_blocking(|reader| register::find(reader, GUILD, 1))
        .expect("a read");
    assert_eq!(
        warning.map(|warning| warning.reason).as_deref(),
        Some("too many links")
    );
    assert_eq!(bench.effects(), "direct_message log_post log_post");
}

#[test]
fn the_same_message_delivered_twice_warns_once_and_is_answered_alike() {
    let bench = bench();
    let deliver = || {
        let scene = bench.scene("mia");
        let order = Order {
            origin: Some("m1".to_owned()),
            ..bench.order("mia")
        };
        bench
            .store
            .write_blocking(order, move |tx| warn(tx, &scene, &person("sam"), 1, "spam"))
            .expect("a warning")
    };
    let (first, second) = (deliver(), deliver());
    assert!(!first.replayed && second.replayed);
    assert_eq!(first.value, second.value);
    assert_eq!(bench.warn("mia", "sam", 1), "case 2 total 2 Nothing");
    assert_eq!(bench.effects(), "direct_message direct_message");
}
