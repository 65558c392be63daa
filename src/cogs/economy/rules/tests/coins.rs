//! Coins go from one to another, and none is made or lost.

use super::*;
use crate::cogs::economy::account::MOST_COINS;
use crate::cogs::economy::register::ledger::{self as book, From, Rung};
use crate::store::Register;

#[test]
fn a_payment_stands_in_both_histories_and_makes_no_coin() {
    let bench = bench();
    bench.grant("sam", 100);
    assert_eq!(bench.pay("sam", "lea", 30), "Done { amount: 30, left: 70 }");
    assert_eq!((bench.has("sam"), bench.has("lea")), (70, 30));
    assert_eq!(
        bench.balance(Account::Bank),
        -100,
        "the bank owes what there is"
    );
    let of = |name: &str| {
        let account = Account::Member(user(name));
        let read = bench
            .store
            .read_blocking(|reader| book::history(reader, GUILD, account, From::Newest, 10));
        let entries = read.expect("a history").into_iter();
        entries
            .map(|entry| (entry.amount, entry.balance))
            .collect::<Vec<_>>()
    };
    assert_eq!(of("sam"), [(-30, 70), (100, 100)]);
    assert_eq!(of("lea"), [(30, 30)]);
}

#[test]
fn what_cannot_be_paid_is_refused() {
    let bench = bench();
    bench.grant("sam", 100);
    for (to, amount, key) in [
        ("lea", 101, "refused-too-poor"),
        ("lea", 0, "refused-amount"),
        ("lea", -5, "refused-amount"),
        ("lea", i64::MIN, "refused-amount"),
        ("lea", MOST_COINS + 1, "refused-amount-too-large"),
        ("sam", 10, "refused-pay-yourself"),
        ("bot", 10, "refused-bot-purse"),
    ] {
        assert_eq!(bench.pay("sam", to, amount), key, "{amount} to {to}");
    }
    let all = bench.told("lea", |tx| {
        ledger::pay(
            tx,
            GUILD,
            user("lea"),
            party("sam"),
            Amount::All,
            Consent::Typed,
        )
    });
    assert_eq!(all, "refused-too-poor", "all of nothing is nothing");
    assert_eq!((bench.has("sam"), bench.has("lea")), (100, 0));
}

#[test]
fn a_large_payment_asks_back_and_two_clicks_on_the_confirmation_are_one_payment() {
    let bench = bench();
    bench.choose(Choice::ConfirmAbove(Some(50)));
    bench.grant("sam", 200);
    assert_eq!(
        bench.pay("sam", "lea", 50),
        "Done { amount: 50, left: 150 }"
    );
    assert_eq!(bench.pay("sam", "lea", 51), "Ask { amount: 51 }");
    assert_eq!(bench.has("lea"), 50, "a question moves nothing");
    let click = || {
        let order = Order {
            origin: Some("m1".to_owned()),
            ..bench.order("sam")
        };
        let paid = bench.store.write_blocking(order, |tx| {
            let amount = Amount::Coins(51);
            ledger::pay(
                tx,
                GUILD,
                user("sam"),
                party("lea"),
                amount,
                Consent::Confirmed,
            )
        });
        paid.expect("a payment")
    };
    let (first, second) = (click(), click());
    assert!(!first.replayed && second.replayed);
    assert_eq!((first.value, bench.has("lea")), (second.value, 101));
}

#[test]
fn a_payment_delivered_twice_is_made_once_and_answered_alike() {
    let bench = bench();
    bench.grant("sam", 100);
    let deliver = || {
        let order = Order {
            origin: Some("m7".to_owned()),
            ..bench.order("sam")
        };
        let paid = bench.store.write_blocking(order, |tx| {
            let amount = Amount::Coins(30);
            ledger::pay(tx, GUILD, user("sam"), party("lea"), amount, Consent::Typed)
        });
        paid.expect("a payment")
    };
    let (first, second) = (deliver(), deliver());
    assert_eq!((second.replayed, first.value == second.value), (true, true));
    assert_eq!((bench.has("sam"), bench.has("lea")), (70, 30));
}

#[test]
fn money_is_not_duplicated_by_paying_the_same_coins_to_two_people_at_once() {
    let bench = bench();
    bench.grant("sam", 100);
    let outcomes: Vec<bool> = std::thread::scope(|scope| {
        let both = ["lea", "mia"].map(|to| {
            let (store, order) = (&bench.store, bench.order("sam"));
            scope.spawn(move || {
                let paid = store.write_blocking(order, move |tx| {
                    ledger::pay(
                        tx,
                        GUILD,
                        user("sam"),
                        party(to),
                        Amount::All,
                        Consent::Typed,
                    )
                });
                paid.is_ok()
            })
        });
        both.into_iter()
            .map(|one| one.join().expect("no panic"))
            .collect()
    });
    assert_eq!(outcomes.iter().filter(|paid| **paid).count(), 1);
    assert_eq!(
        (bench.has("sam"), bench.has("lea") + bench.has("mia")),
        (0, 100)
    );
}

#[test]
fn ten_thousand_concurrent_random_transfers_conserve_supply() {
    const PEOPLE: u64 = 20;
    const THREADS: u64 = 8;
    let bench = bench();
    for member in 100..100 + PEOPLE {
        let to = Party {
            user: UserId(member),
            bot: false,
        };
        bench.told("olive", move |tx| {
            ledger::grant(tx, GUILD, &person("olive"), to, 1_000, "")
        });
    }
    let paid: u64 = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|thread| {
                let (store, order) = (&bench.store, bench.order("sam"));
                scope.spawn(move || transfers(store, &order, thread, 10_000 / THREADS))
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("no panic"))
            .sum()
    });
    assert!(paid > 5_000, "only {paid} of 10,000 went through");
    let purses: Vec<i64> = (100..100 + PEOPLE)
        .map(|member| bench.balance(Account::Member(UserId(member))))
        .collect();
    assert_eq!(
        purses.iter().sum::<i64>(),
        1_000 * PEOPLE as i64,
        "{purses:?}"
    );
    assert!(purses.iter().all(|purse| *purse >= 0), "{purses:?}");
    assert_eq!(bench.balance(Account::Bank), -1_000 * PEOPLE as i64);

    fn transfers(store: &Store, order: &Order, seed: u64, count: u64) -> u64 {
        use rand::{Rng, SeedableRng};
        let mut random = rand::rngs::StdRng::seed_from_u64(seed);
        let mut paid = 0;
        for _ in 0..count {
            let (from, to) = (random.random_range(100..120), random.random_range(100..120));
            let amount = Amount::Coins(random.random_range(1..900));
            let to = Party {
                user: UserId(to),
                bot: false,
            };
            let done = store.write_blocking(order.clone(), move |tx| {
                ledger::pay(tx, GUILD, UserId(from), to, amount, Consent::Typed)
            });
            match done {
                Ok(_) => paid += 1,
                Err(Rejection::Refused(_)) => {}
                Err(other) => panic!("{other:#}"),
            }
        }
        paid
    }
}

#[test]
fn no_more_coins_are_made_than_every_program_can_read() {
    let bench = bench();
    bench.grant("sam", MOST_COINS - 10);
    let grant = |name: &'static str, amount: i64| {
        bench.told("olive", move |tx| {
            ledger::grant(tx, GUILD, &person("olive"), party(name), amount, "")
        })
    };
    assert_eq!(grant("lea", 11), "refused-supply");
    assert_eq!(grant("lea", i64::MAX), "refused-amount-too-large");
    assert_eq!(grant("lea", 10), "10");
    assert_eq!(
        bench.pay("sam", "lea", 5),
        "Done { amount: 5, left: 9007199254740977 }"
    );
    let daily = bench.told("lea", |tx| {
        super::super::wages::daily(tx, GUILD, user("lea"), PARIS)
    });
    assert_eq!(daily, "refused-supply");
}

#[test]
fn the_leaderboard_goes_down_and_up_again_without_losing_anyone() {
    let bench = bench();
    // Ties on purpose: many have the same.
    for (member, amount) in (200..225_u64).zip([50, 50, 30, 30, 30].into_iter().cycle()) {
        let to = Party {
            user: UserId(member),
            bot: false,
        };
        bench.told("olive", move |tx| {
            ledger::grant(tx, GUILD, &person("olive"), to, amount, "")
        });
    }
    let read = |query: &dyn Fn(&crate::store::Reader<'_>) -> anyhow::Result<Vec<Rung>>| {
        bench.store.read_blocking(query).expect("a page")
    };
    let whole = read(&|reader| book::richest(reader, GUILD, 100, 0));
    assert_eq!(whole.len(), 25);
    assert!(whole.is_sorted_by(|one, next| one.balance >= next.balance));
    let mut down = read(&|reader| book::richest(reader, GUILD, 7, 0));
    while let Some(last) = down.last().copied()
        && down.len() < 25
    {
        down.extend(read(&|reader| book::richest_after(reader, GUILD, last, 7)));
    }
    assert_eq!(down, whole);
    let up = read(&|reader| book::richest_before(reader, GUILD, whole[14], 7));
    assert_eq!(up, whole[7..14]);
    let place = |rung: Rung| {
        let read = bench
            .store
            .read_blocking(|reader| book::place(reader, GUILD, rung, 20));
        read.expect("a place")
    };
    assert_eq!(
        (place(whole[0]), place(whole[19]), place(whole[20])),
        (Some(1), Some(20), None)
    );
}

#[test]
fn a_mistake_is_undone_by_the_opposite_movement() {
    let bench = bench();
    bench.grant("sam", 100);
    let change = Change::Moved {
        from: Account::Member(user("sam")),
        to: Account::Member(user("lea")),
        amount: 60,
        why: crate::cogs::economy::account::Why::Pay,
        note: String::new(),
    };
    let undo = Economy::inverse(&change).expect("it can be undone");
    bench.told("sam", move |tx| Ok(tx.record::<Economy>(&change)?));
    bench.told("olive", move |tx| Ok(tx.record::<Economy>(&undo)?));
    assert_eq!((bench.has("sam"), bench.has("lea")), (100, 0));
}

#[test]
fn a_balance_that_is_not_the_sum_of_its_entries_is_found() {
    let bench = bench();
    bench.grant("sam", 100);
    bench.grant("lea", 50);
    assert_eq!(bench.problems(), Vec::<String>::new());
    let path = bench.store.path().to_owned();
    let tamper = |sql: &str| {
        let connection = rusqlite::Connection::open(&path).expect("the database");
        connection.execute_batch(sql).expect("tampering");
    };
    tamper("UPDATE accounts SET balance = balance + 7 WHERE account = 13");
    assert_eq!(
        bench.problems(),
        [
            "guild 1: the account 13 holds 107, but its entries make 100",
            "guild 1: all accounts make 7 instead of 0"
        ]
    );
    tamper("UPDATE accounts SET balance = -1 WHERE account = 13");
    assert!(
        bench
            .problems()
            .contains(&"guild 1: the account 13 is at -1".to_owned())
    );
    tamper("DELETE FROM accounts WHERE account = 13");
    let lost = "guild 1: the account 13 has entries, but does not exist".to_owned();
    assert!(bench.problems().contains(&lost), "{:?}", bench.problems());
    tamper("INSERT INTO accounts VALUES (1, 13, 100)");
}

#[test]
fn pages_and_places_are_found_through_their_index() {
    let bench = bench();
    for sql in [
        book::RICHEST,
        book::RICHEST_AFTER,
        book::RICHEST_BEFORE,
        book::RICHER,
        book::OLDER,
        book::NEWER,
    ] {
        let filled = (1..5).fold(sql.to_owned(), |sql, n| sql.replace(&format!("?{n}"), "7"));
        let plan = bench
            .store
            .read_blocking(|reader| Ok(reader.explain(&filled)?))
            .expect("a plan");
        let (index, sorted) = ("USING ", "TEMP B-TREE");
        let searches = |line: &String| line.starts_with("SEARCH") && line.contains(index);
        assert!(plan.iter().any(searches), "{sql}: {plan:?}");
        let walks = |line: &String| line.contains("SCAN accounts") || line.contains("SCAN entries");
        assert!(!plan.iter().any(walks), "{sql}: {plan:?}");
        assert!(
            !plan.iter().any(|line| line.contains(sorted)),
            "{sql}: {plan:?}"
        );
    }
}
