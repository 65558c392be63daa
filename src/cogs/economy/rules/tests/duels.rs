//! Games: stakes stay where they are until it is over, whatever happens to the bot or the purses.

use super::*;
use crate::cogs::economy::register::games as table;
use crate::cogs::economy::rules::games::{self, Luck, PATIENCE};

impl Bench {
    fn challenge(&self, from: &'static str, to: &'static str, stake: i64) -> String {
        self.told(from, move |tx| {
            let stake = Amount::Coins(stake);
            games::challenge(tx, GUILD, user(from), party(to), stake).map(|game| game.number)
        })
    }

    fn accept(&self, number: u32, name: &'static str, luck: Luck) -> String {
        self.told(name, move |tx| {
            games::accept(tx, GUILD, number, user(name), luck).map(|duel| (duel.winner.0, duel.pot))
        })
    }

    fn decline(&self, number: u32, name: &'static str) -> String {
        self.told(name, move |tx| {
            games::decline(tx, GUILD, number, user(name)).map(|off| off.ending)
        })
    }

    /// What the deadline does.
    fn settles(&self) {
        let now = self.clock.now();
        let due = self
            .store
            .read_blocking(|reader| table::due(reader, now, 10));
        for (guild, number) in due.expect("games") {
            self.told("olive", move |tx| {
                games::expire(tx, guild, number, Locale::En)
            });
        }
    }
}

fn players() -> Bench {
    let bench = bench();
    bench.grant("sam", 100);
    bench.grant("lea", 80);
    bench
}

#[test]
fn the_winner_of_a_duel_takes_both_stakes() {
    let bench = players();
    assert_eq!(bench.challenge("sam", "lea", 60), "1");
    assert_eq!((bench.has("sam"), bench.balance(Account::Escrow)), (40, 60));
    assert_eq!(bench.accept(1, "lea", Luck::With), "(13, 120)");
    assert_eq!((bench.has("sam"), bench.has("lea")), (160, 20));
    assert_eq!(bench.challenge("lea", "sam", 20), "2");
    assert_eq!(bench.accept(2, "sam", Luck::Against), "(13, 40)");
    assert_eq!(
        (
            bench.has("sam"),
            bench.has("lea"),
            bench.balance(Account::Escrow)
        ),
        (180, 0, 0)
    );
}

#[test]
fn the_stake_is_not_moved_mid_game() {
    let bench = players();
    bench.challenge("sam", "lea", 60);
    assert_eq!(bench.pay("sam", "mia", 60), "refused-too-poor");
    // Who has not staked yet may still spend, and then can't accept.
    assert_eq!(bench.pay("lea", "mia", 50), "Done { amount: 50, left: 30 }");
    assert_eq!(
        bench.accept(1, "lea", Luck::Against),
        "refused-duel-too-poor"
    );
    assert_eq!(bench.balance(Account::Escrow), 60);
}

#[test]
fn a_crash_mid_duel_loses_no_stake() {
    let mut bench = players();
    bench.challenge("sam", "lea", 60);
    bench.crashes();
    assert_eq!((bench.has("sam"), bench.balance(Account::Escrow)), (40, 60));
    assert_eq!(bench.accept(1, "lea", Luck::With), "(13, 120)");
    bench.challenge("sam", "lea", 20);
    bench.crashes();
    bench.clock.advance(PATIENCE);
    bench.settles();
    assert_eq!((bench.has("sam"), bench.balance(Account::Escrow)), (160, 0));
}

#[test]
fn an_idle_game_settles_itself_after_two_minutes() {
    let bench = players();
    bench.challenge("sam", "lea", 60);
    bench
        .clock
        .advance(Duration::from_secs(120) - Duration::from_millis(1));
    bench.settles();
    assert_eq!(bench.has("sam"), 40);
    bench.clock.advance(Duration::from_millis(1));
    assert_eq!(
        bench.accept(1, "lea", Luck::With),
        "refused-duel-over",
        "even before it is settled"
    );
    bench.settles();
    bench.settles();
    assert_eq!((bench.has("sam"), bench.has("lea")), (100, 80));
    let next = bench.store.read_blocking(table::next_due);
    assert_eq!(next.expect("a look"), None);
}

#[test]
fn a_duel_is_between_two_and_over_once() {
    let bench = players();
    bench.grant("mia", 100);
    bench.challenge("sam", "lea", 60);
    assert_eq!(bench.accept(1, "mia", Luck::With), "refused-duel-not-yours");
    assert_eq!(bench.accept(1, "sam", Luck::With), "refused-duel-not-yours");
    assert_eq!(bench.decline(1, "mia"), "refused-duel-not-yours");
    assert_eq!(bench.accept(9, "lea", Luck::With), "refused-duel-over");
    assert_eq!(bench.decline(1, "lea"), "Declined");
    assert_eq!(bench.accept(1, "lea", Luck::With), "refused-duel-over");
    assert_eq!(bench.has("sam"), 100);
    bench.challenge("sam", "lea", 60);
    assert_eq!(bench.decline(2, "sam"), "Withdrawn");
    assert_eq!(bench.decline(2, "sam"), "refused-duel-over");
    assert_eq!(bench.has("sam"), 100);
}

#[test]
fn a_challenge_that_cannot_be_is_refused() {
    let bench = players();
    for (to, stake, key) in [
        ("sam", 10, "refused-duel-yourself"),
        ("bot", 10, "refused-bot-purse"),
        ("lea", 0, "refused-amount"),
        ("lea", 101, "refused-too-poor"),
        ("lea", 90, "refused-duel-too-poor"),
    ] {
        assert_eq!(
            bench.challenge("sam", to, stake),
            key,
            "{stake} against {to}"
        );
    }
    bench.challenge("sam", "lea", 10);
    assert_eq!(bench.challenge("sam", "lea", 10), "refused-duel-waiting");
    bench.choose(Choice::HighestStake(Some(15)));
    assert_eq!(bench.challenge("lea", "sam", 16), "refused-stake");
    bench.choose(Choice::HighestStake(Some(0)));
    assert_eq!(bench.challenge("lea", "sam", 5), "refused-games-off");
}

#[test]
fn a_flipped_coin_doubles_a_stake_or_takes_it() {
    let bench = players();
    let flip = |stake: Amount, luck: Luck| {
        bench.told("sam", move |tx| {
            games::flip(tx, GUILD, user("sam"), stake, luck).map(|flip| (flip.won, flip.balance))
        })
    };
    assert_eq!(flip(Amount::Coins(40), Luck::With), "(true, 140)");
    assert_eq!(flip(Amount::Coins(40), Luck::Against), "(false, 100)");
    assert_eq!(flip(Amount::Coins(101), Luck::With), "refused-too-poor");
    assert_eq!(flip(Amount::Coins(-40), Luck::Against), "refused-amount");
    assert_eq!(flip(Amount::All, Luck::Against), "(false, 0)");
    assert_eq!(flip(Amount::All, Luck::With), "refused-too-poor");
    assert_eq!(bench.has("lea"), 80);
}
