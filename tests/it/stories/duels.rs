//! Duels: offered, answered, left alone; and what their posts say in the end.

use std::time::Duration;

use greffier::model::Locale;

use super::economy::town;
use crate::town::{Building, Town};

const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 3600);

/// Waits until the bot knows where the open duel stands.
fn stands(town: &Town) {
    town.keeps(r#""ending":null,"channel":""#);
}

#[test]
fn lea_accepts_a_duel_and_the_coins_of_both_stay_two_hundred() {
    let town = town();
    let (sam, lea) = (town.member("sam"), town.member("lea"));
    insta::assert_snapshot!(sam.says("!duel @lea 60"), @r"
    | **⚔️ Duel**
    | @lea, @sam challenges you for **60 🪙** each. Without an answer the challenge ends <t:1795176120:R>, and the stake goes back.
    [Accept] [Decline]
    ");
    stands(&town);
    insta::assert_snapshot!(town.unchanged(|| sam.says("!pay @lea 60")), @"You have 40 🪙.");
    insta::assert_snapshot!(town.unchanged(|| sam.presses("Accept")), @"(only sam) This duel is between @sam and @lea.");
    insta::assert_snapshot!(town.unchanged(|| town.member("mia").presses("Decline")), @"(only mia) This duel is between @sam and @lea.");
    let outcome = lea.presses("Accept");
    let (winner, loser) = if outcome.contains("@sam beats") {
        (sam, lea)
    } else {
        (lea, sam)
    };
    assert!(outcome.ends_with("and takes **120 🪙**."), "{outcome}");
    assert!(winner.says("!balance").contains("160 🪙"));
    assert!(loser.says("!balance").contains("has **40 🪙**"));
}

#[test]
fn a_duel_that_nobody_answers_gives_the_stake_back_also_after_a_crash() {
    let town = town();
    let (sam, lea) = (town.member("sam"), town.member("lea"));
    sam.says("!duel @lea 60");
    stands(&town);
    town.restarts_bot();
    insta::assert_snapshot!(sam.says("!balance"), @"@sam has **40 🪙**: place 2 on the leaderboard.");
    town.later(2 * MINUTE);
    insta::assert_snapshot!(sam.says("!balance"), @"@sam has **100 🪙**: place 2 on the leaderboard.");
    town.finds("#general", "did not answer");
    sam.slash("duel member:@lea stake:30");
    stands(&town);
    insta::assert_snapshot!(lea.presses("Decline"), @"@lea declines the duel with @sam, whose 30 🪙 are back.");
    sam.slash("duel member:@lea stake:all");
    insta::assert_snapshot!(sam.presses("Decline"), @"@sam withdraws the challenge and has the 100 🪙 back.");
    town.stops_bot();
    town.later(DAY);
    town.starts_bot();
    insta::assert_snapshot!(sam.says("!balance"), @"@sam has **100 🪙**: place 2 on the leaderboard.");
}

#[test]
fn the_post_of_a_duel_that_nobody_answers_says_so_and_offers_nothing_more() {
    let town = town();
    let sam = town.member("sam");
    sam.says("!duel @lea 60");
    stands(&town);
    town.later(2 * MINUTE);
    insta::assert_snapshot!(town.finds("#general", "did not answer"), @r"
    | **⚔️ Duel**
    | @lea did not answer the challenge of @sam, whose 60 🪙 are back.
    ");
    // Asked with a slash, and due while the bot is down.
    sam.slash("duel member:@lea stake:30");
    stands(&town);
    town.stops_bot();
    town.later(2 * MINUTE);
    town.starts_bot();
    insta::assert_snapshot!(town.finds("#general", "whose 30 🪙 are back"), @r"
    | **⚔️ Duel**
    | @lea did not answer the challenge of @sam, whose 30 🪙 are back.
    ");
    let shown = town.shows("#general");
    assert!(!shown.contains("[Accept]"), "{shown}");
}

#[test]
fn a_duel_whose_channel_is_gone_ends_without_a_complaint() {
    let town = town();
    let (olive, sam) = (town.olive(), town.member("sam"));
    olive.creates_channel("arena");
    sam.says_in("#arena", "!duel @lea 60");
    stands(&town);
    olive.deletes_channel("#arena");
    town.later(2 * MINUTE);
    town.settles();
    assert!(town.logged("effect_refused").is_empty());
    insta::assert_snapshot!(sam.says("!balance"), @"@sam has **100 🪙**: place 2 on the leaderboard.");
}

#[test]
fn in_a_french_town_the_end_of_a_duel_is_told_in_french() {
    let town = Building::default().speaking(Locale::Fr).open();
    for name in ["sam", "lea"] {
        town.olive().says(&format!("!economy grant @{name} 100"));
    }
    town.member("sam").says("!duel @lea 60");
    stands(&town);
    town.later(2 * MINUTE);
    insta::assert_snapshot!(town.finds("#general", "n’a pas répondu"), @r"
    | **⚔️ Duel**
    | @lea n’a pas répondu au défi de @sam, à qui 60 🪙 sont rendus.
    ");
}

#[test]
fn the_post_of_a_duel_that_was_answered_stays_as_it_is() {
    let town = town();
    let (sam, lea) = (town.member("sam"), town.member("lea"));
    sam.says("!duel @lea 60");
    stands(&town);
    let outcome = lea.presses("Accept");
    let shown = town.shows("#general");
    assert!(shown.contains(&outcome), "{shown}");
    town.unchanged(|| {
        town.later(2 * MINUTE);
        town.restarts_bot();
        town.later(DAY);
    });
    assert_eq!(town.shows("#general"), shown);
}
