//! The crash test: a real process under load, killed at random moments; what it acknowledged must be there afterwards, once.
//!
//! The local Discord lives in the test's process and outlives every kill: what it saw the bot answer is what was
//! acknowledged. So that the test is known to be able to fail, it is also run against bots that are broken on purpose.

mod bot;
mod campaign;
mod lockdown;
mod oracle;

use std::time::Duration;

use self::bot::{Bot, Kind};
use self::campaign::Campaign;

/// How many times the bot is killed. The product's promise is held against at least fifty.
const ROUNDS: u32 = 50;
/// After so many rounds the database is deleted once: the files beside it must bring everything back.
const DATABASE_LOST_EVERY: u32 = 10;
/// A broken bot must be found out within so many kills.
const ROUNDS_TO_BE_CAUGHT: u32 = 12;

#[test]
fn what_was_acknowledged_survives_fifty_kills_and_happens_once() {
    let mut campaign = Campaign::open(Kind::Program);
    let mut mid_write = 0;
    for round in 1..=ROUNDS {
        let killed = campaign.kill_under_load();
        println!("round {round}: {killed}");
        mid_write += u32::from(killed.in_flight > 0);
        if round % DATABASE_LOST_EVERY == 0 {
            campaign.lose_the_database();
            println!("round {round}: the database is deleted as well");
        }
        campaign.start_again();
        let broken = campaign.broken_promises();
        assert!(broken.is_empty(), "round {round}: {broken}");
    }
    assert!(
        mid_write * 2 >= ROUNDS,
        "only {mid_write} of {ROUNDS} kills were mid-write"
    );
    println!("{}", campaign.stop());
}

#[test]
fn an_answer_ahead_of_its_commit_is_caught() {
    let ahead = Duration::from_millis(20);
    caught(Kind::AnswersAhead(ahead), |_| {});
}

#[test]
fn a_bot_that_does_everything_twice_is_caught() {
    caught(Kind::ForgetsOrders, |_| {});
}

#[test]
fn a_lost_database_without_a_mirror_is_caught() {
    caught(Kind::WithoutMirror, Campaign::lose_the_database);
}

/// Kills a broken bot until the oracle has found it out.
#[track_caller]
fn caught(kind: Kind, after_the_kill: fn(&Campaign)) {
    let mut campaign = Campaign::open(kind);
    for round in 1..=ROUNDS_TO_BE_CAUGHT {
        let killed = campaign.kill_under_load();
        println!("round {round}: {killed}");
        after_the_kill(&campaign);
        campaign.start_again();
        let broken = campaign.broken_promises();
        if !broken.is_empty() {
            println!("round {round}: caught: {broken}");
            return;
        }
    }
    panic!("{kind:?} was never caught: this test can't fail");
}

/// The process that a test with a broken bot starts; by itself it does nothing.
#[test]
#[ignore = "it is the bot of the other tests, which start it in a process of its own"]
fn a_broken_bot() {
    Bot::serve();
}
