//! What administrators may do, and nobody else.

use super::*;
use crate::cogs::economy::rules::games::{self, Luck};
use crate::cogs::economy::rules::reset::reset;
use crate::cogs::economy::rules::shop::{self, Terms};
use crate::cogs::economy::rules::{choices, wages};

#[test]
fn administrators_give_and_take_but_never_more_than_there_is() {
    let bench = bench();
    let grant = |actor: &'static str, to: &'static str, amount: i64| {
        bench.told(actor, move |tx| {
            ledger::grant(
                tx,
                GUILD,
                &person(actor),
                party(to),
                amount,
                " for the fair ",
            )
        })
    };
    let take = |actor: &'static str, amount: Amount| {
        bench.told(actor, move |tx| {
            ledger::take(tx, GUILD, &person(actor), user("sam"), amount, "").map(|taken| taken.left)
        })
    };
    assert_eq!(grant("sam", "sam", 50), "refused-administrators-only");
    assert_eq!(grant("mia", "sam", 50), "refused-administrators-only");
    assert_eq!(grant("adam", "bot", 50), "refused-bot-purse");
    assert_eq!(grant("adam", "sam", -50), "refused-amount");
    assert_eq!(grant("adam", "sam", 50), "50");
    bench.grant("lea", 70);
    assert_eq!(
        take("sam", Amount::Coins(10)),
        "refused-administrators-only"
    );
    assert_eq!(take("adam", Amount::Coins(51)), "refused-they-have");
    assert_eq!(take("adam", Amount::Coins(0)), "refused-amount");
    assert_eq!(take("adam", Amount::Coins(20)), "30");
    assert_eq!(take("adam", Amount::All), "0");
    assert_eq!(take("adam", Amount::All), "refused-they-have");
    assert_eq!(bench.has("lea"), 70);
    let long = bench.told("adam", |tx| {
        ledger::grant(
            tx,
            GUILD,
            &person("adam"),
            party("sam"),
            1,
            &"x".repeat(201),
        )
    });
    assert_eq!(long, "refused-long-reason");
}

#[test]
fn choices_have_their_limits() {
    let bench = bench();
    let choose = |actor: &'static str, choice: Choice| {
        bench.told(actor, move |tx| choices::choose(tx, &person(actor), choice))
    };
    let pay = |least, most| Choice::Work(Some((least, most)));
    for (choice, key) in [
        (Choice::Symbol(Some(" ".to_owned())), "refused-currency"),
        (Choice::Symbol(Some("x".repeat(65))), "refused-currency"),
        (Choice::Name(Some("a\nb".to_owned())), "refused-currency"),
        (
            Choice::Zone(Some("Mars/Olympus".to_owned())),
            "refused-zone",
        ),
        (Choice::Daily(Some(-1)), "refused-choice-range"),
        (Choice::Daily(Some(i64::MAX)), "refused-choice-range"),
        (pay(5, 4), "refused-choice-range"),
        (pay(0, 4), "refused-choice-range"),
        (Choice::WorkEvery(Some(u64::MAX)), "refused-choice-range"),
        (Choice::HighestStake(Some(-1)), "refused-choice-range"),
        (Choice::ConfirmAbove(Some(-1)), "refused-choice-range"),
    ] {
        assert_eq!(choose("olive", choice.clone()), key, "{choice:?}");
    }
    assert_eq!(
        choose("sam", Choice::Daily(Some(1_000_000))),
        "refused-administrators-only"
    );
    assert_eq!(choose("adam", Choice::Daily(Some(5))), "()");
    let daily = || {
        bench.told("sam", |tx| {
            wages::daily(tx, GUILD, user("sam"), PARIS).map(|day| day.amount)
        })
    };
    assert_eq!(daily(), "5");
    choose("adam", Choice::Daily(Some(0)));
    bench.clock.advance(DAY);
    assert_eq!(daily(), "refused-daily-off");
    choose("adam", Choice::Daily(None));
    assert_eq!(daily(), "110");
}

#[test]
fn a_new_beginning_empties_every_purse_and_ends_open_games() {
    let bench = bench();
    bench.grant("sam", 100);
    bench.grant("lea", 50);
    bench.told("olive", |tx| {
        shop::add(tx, &scene("olive"), &[], "badge", 10, Terms::default())
    });
    bench.told("sam", |tx| shop::buy(tx, GUILD, user("sam"), "badge", 1));
    bench.told("lea", |tx| wages::daily(tx, GUILD, user("lea"), PARIS));
    bench.told("sam", |tx| {
        games::challenge(tx, GUILD, user("sam"), party("lea"), Amount::Coins(40))
    });
    let begin = |actor: &'static str| {
        bench.told(actor, move |tx| {
            reset(tx, GUILD, &person(actor), Locale::En)
        })
    };
    assert_eq!(begin("sam"), "refused-administrators-only");
    assert_eq!(bench.has("sam"), 50);
    assert_eq!(begin("adam"), "240");
    for account in [
        Account::Member(user("sam")),
        Account::Member(user("lea")),
        Account::Escrow,
        Account::Bank,
    ] {
        assert_eq!(bench.balance(account), 0, "{account}");
    }
    let accept = bench.told("lea", |tx| {
        games::accept(tx, GUILD, 1, user("lea"), Luck::With)
    });
    assert_eq!(accept, "refused-duel-over");
    let day = bench.told("lea", |tx| {
        wages::daily(tx, GUILD, user("lea"), PARIS).map(|day| day.streak)
    });
    assert_eq!(day, "1", "the day's coins can be had again");
    let kept = bench.told("sam", |tx| shop::buy(tx, GUILD, user("sam"), "badge", 1));
    assert_eq!(kept, "refused-too-poor", "the shop stays");
    assert_eq!(begin("adam"), "100");
    assert_eq!(begin("adam"), "0", "of nothing, nothing goes");
}
