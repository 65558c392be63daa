//! Who may open a ticket, on a real store: limits that hold also when everyone asks at once.

use std::time::Duration;

use super::*;
use crate::cogs::conversations::{Conversations, Messages, public_id};
use crate::cogs::settings::Settings;
use crate::cogs::tickets::arranging;
use crate::cogs::tickets::choosing::Choosing;
use crate::cogs::tickets::register::Tickets;
use crate::model::{Clock, Locale, Rank};
use crate::store::{Order, Registers, Store};

const GUILD: GuildId = GuildId(1);
/// 2026-11-20 12:00 UTC, a Friday; in Paris 13:00.
const NOON: Timestamp = Timestamp(1_795_176_000_000);
const SAM: UserId = UserId(14);
const LEA: UserId = UserId(15);
const HOUR: Duration = Duration::from_secs(3600);

struct Bench {
    store: Store,
    clock: Clock,
    _folder: tempfile::TempDir,
}

/// A guild with the categories `help` and `report`.
fn bench() -> Bench {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = Clock::fixed(NOON);
    let registers = Registers::default()
        .with::<Tickets>()
        .with::<Conversations>()
        .with::<Messages>()
        .with::<Settings>();
    let store = Store::open(folder.path(), registers, clock.clone()).expect("a new store");
    let bench = Bench {
        store,
        clock,
        _folder: folder,
    };
    for name in ["Help", "Report"] {
        bench
            .rule(move |tx| arranging::add_category(tx, GUILD, &olive(), name))
            .expect("made");
    }
    bench
}

fn olive() -> Standing {
    Standing {
        user: UserId(1),
        bot: false,
        owner: true,
        administrator: true,
        moderates: true,
        roles: Vec::new(),
        rank: Rank::default(),
    }
}

fn hall() -> Hall {
    Hall {
        guild: GUILD,
        guild_name: "Town".to_owned(),
        greffier: UserId(2),
        moderators: Vec::new(),
        zone: chrono_tz::Europe::Paris,
        locale: Locale::En,
    }
}

impl Bench {
    fn rule<T, F>(&self, rule: F) -> Result<T, String>
    where
        T: Serialize + serde::de::DeserializeOwned + Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, Rejection> + Send + 'static,
    {
        let order = Order {
            guild: Some(GUILD),
            ..Order::default()
        };
        match self.store.write_blocking(order, rule) {
            Ok(done) => Ok(done.value),
            Err(Rejection::Refused(Refusal(text))) => Err(text.key.into_owned()),
            Err(other) => panic!("{other:#}"),
        }
    }

    fn sets(&self, setting: &str, value: &str) {
        let choosing = Choosing::Typed(setting.to_owned(), value.to_owned());
        self.rule(move |tx| {
            arranging::set_category(tx, GUILD, &olive(), "help", choosing).map(drop)
        })
        .expect("set");
    }

    fn opens(&self, user: UserId, category: &str) -> Result<Opened, String> {
        let request = Request {
            id: public_id::new(self.clock.now()),
            user,
            category: category.to_owned(),
            subject: None,
            answers: Vec::new(),
            asked_in: Some(ChannelId(7)),
        };
        self.rule(move |tx| open(tx, &hall(), request))
    }

    fn closes(&self, number: u32) {
        let closing = move |tx: &mut Tx<'_>| {
            let closing = conversations::Closing {
                cause: Cause::Asked,
                reason: String::new(),
                copies: Vec::new(),
                reaches: tx.seq()?,
            };
            conversations::close(tx, GUILD, number, closing).map(drop)
        };
        self.rule(closing).expect("closed");
    }

    /// Everyone in `users` asks at once; how many got a ticket, and why the others did not.
    fn at_once(&self, users: &[UserId]) -> (usize, Vec<String>) {
        let outcomes: Vec<_> = std::thread::scope(|scope| {
            let asking: Vec<_> = users
                .iter()
                .map(|user| scope.spawn(|| self.opens(*user, "help")))
                .collect();
            let heard = asking.into_iter().map(|asking| asking.join());
            heard.map(|outcome| outcome.expect("no panic")).collect()
        });
        let opened = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        let mut refused: Vec<String> = outcomes.into_iter().filter_map(Result::err).collect();
        refused.dedup();
        (opened, refused)
    }

    fn promised(&self) -> u64 {
        let promised = self.store.read_blocking(|reader| reader.outbox_len());
        promised.expect("the outbox")
    }
}

#[test]
fn two_tickets_for_one_person_are_not_had_by_asking_at_once() {
    let bench = bench();
    let (opened, refused) = bench.at_once(&[SAM; 16]);
    assert_eq!(opened, 1);
    assert_eq!(refused, ["refused-opening-already"]);
    assert_eq!(bench.promised(), 1, "one channel is made");
    assert!(bench.opens(SAM, "report").is_ok(), "of each kind one");
    assert!(bench.opens(LEA, "help").is_ok(), "for each member one");
}

#[test]
fn the_last_place_of_a_category_is_given_once() {
    let bench = bench();
    bench.sets("most_open", "3");
    let users: Vec<UserId> = (100..116).map(UserId).collect();
    let (opened, refused) = bench.at_once(&users);
    assert_eq!(opened, 3);
    assert_eq!(refused, ["refused-category-full"]);
    bench.closes(1);
    assert!(bench.opens(SAM, "help").is_ok(), "one has ended");
    assert_eq!(
        bench.opens(LEA, "help"),
        Err("refused-category-full".to_owned())
    );
    assert!(bench.opens(LEA, "report").is_ok());
}

#[test]
fn fifty_are_open_in_a_category_unless_the_guild_says_otherwise() {
    let bench = bench();
    for user in 100..150 {
        bench.opens(UserId(user), "help").expect("opened");
    }
    let before = bench.promised();
    assert_eq!(
        bench.opens(SAM, "help"),
        Err("refused-category-full".to_owned())
    );
    assert_eq!(bench.promised(), before);
}

#[test]
fn between_two_tickets_lies_the_whole_pause_and_no_more() {
    let bench = bench();
    bench.sets("cooldown", "1h");
    let first = bench.opens(SAM, "help").expect("opened");
    bench.closes(first.number);
    bench.clock.advance(HOUR - Duration::from_millis(1));
    assert_eq!(bench.opens(SAM, "help"), Err("refused-cooldown".to_owned()));
    assert!(
        bench.opens(SAM, "report").is_ok(),
        "another kind is another pause"
    );
    assert!(
        bench.opens(LEA, "help").is_ok(),
        "another member's is their own"
    );
    bench.clock.advance(Duration::from_millis(1));
    assert!(bench.opens(SAM, "help").is_ok());
}

#[test]
fn who_asks_outside_the_hours_is_told_when_somebody_comes_in_the_guilds_own_zone() {
    let bench = bench();
    bench.sets("hours", "mon-fri 9:00-18:00");
    assert_eq!(bench.opens(SAM, "help").expect("opened").away_until, None);
    bench
        .rule(|tx| arranging::set_desk(tx, GUILD, &olive(), "zone", "asia/tokyo").map(drop))
        .expect("set");
    let monday = Timestamp(1_795_392_000_000);
    let opened = bench.opens(LEA, "help").expect("opened");
    assert_eq!(opened.away_until, Some(monday));
}
