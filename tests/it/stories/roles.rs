//! Who has which role: several want it, somebody leaves and returns, a hand takes it away, the bot was not there.

use super::selfroles::{colours, roles};
use crate::town::Town;

#[test]
fn what_sam_had_is_given_back_when_he_returns_where_the_guild_wants_that() {
    let town = Town::open();
    colours(&town);
    let (olive, sam) = (town.olive(), town.member("sam"));
    olive.creates_role("Veteran", 0);
    let comes_and_goes = || {
        sam.leaves();
        sam.joins();
    };
    sam.presses("Red");
    town.sees("+Red");
    olive.gives("sam", "Veteran");
    comes_and_goes();
    // What is heard is heard side by side: he presses when his leaving was noted.
    while town.records().count("\"source\":\"menu\"") > 0 {}
    sam.presses("The blue one");
    town.sees("+Blue");
    assert_eq!(roles(&sam), ["Blue"]);
    olive.says("!settings keep_roles yes");
    olive.gives("sam", "Veteran");
    comes_and_goes();
    town.sees("sam joined");
    town.sees("+Blue");
    town.sees("+Veteran");
    town.settles();
    // What comes back by other hands is his: taken away again, it stays away.
    olive.takes("sam", "Veteran");
    town.restarts_bot();
    sam.presses("Red");
    town.sees("+Red");
    assert_eq!(roles(&sam), ["Blue", "Red"]);
}

#[test]
fn a_role_taken_away_by_hand_is_not_given_again() {
    let town = Town::open();
    colours(&town);
    let (olive, sam, lea) = (town.olive(), town.member("sam"), town.member("lea"));
    for person in [&sam, &lea] {
        person.presses("Red");
        town.sees("+Red");
    }
    olive.takes("sam", "Red");
    town.sees("-Red");
    sam.presses("The blue one");
    town.sees("+Blue");
    town.restarts_bot();
    lea.presses("The blue one");
    town.sees("lea's roles changed: +Blue");
    assert_eq!(roles(&sam), ["Blue"]);
    assert_eq!(roles(&lea), ["Blue", "Red"]);
}

#[test]
fn what_should_hold_and_does_not_is_put_right_at_start_and_said_in_one_line() {
    let town = Town::open();
    colours(&town);
    let (olive, sam, lea) = (town.olive(), town.member("sam"), town.member("lea"));
    for person in [&sam, &lea] {
        person.presses("Red");
        town.sees("+Red");
    }
    town.stops_bot();
    // Another program with the same token took it. By a moderator's hand it would stay taken.
    olive.takes("lea", "Red");
    town.sees("-Red");
    let directory = town.discord().directory();
    let (guild, red) = (directory.guild, directory.roles["Red"]);
    let path = format!("/guilds/{guild}/members/{}/roles/{red}", sam.id());
    town.as_the_bot("DELETE", &path, serde_json::Value::Null);
    town.sees("-Red");
    town.starts_bot();
    insta::assert_snapshot!(town.sees("roles changed"), @"sam's roles changed: +Red");
    insta::assert_snapshot!(town.waits_for_log("roles_put_right"), @"INFO roles_put_right guild=707327426560000000 members=1 cause=start");
    assert!(roles(&lea).is_empty());
}
