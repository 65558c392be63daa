//! Tickets: opened, answered, closed, and never lost.

use std::time::Duration;

use greffier::sandbox::Draft;

use crate::town::Town;

const HOUR: Duration = Duration::from_secs(3600);

/// A town with the category `help` and a panel in #general.
fn open() -> Town {
    let town = Town::open();
    let olive = town.olive();
    olive.says("!ticket category add Help");
    olive.says("!ticket desk transcripts #logs");
    olive.says("!ticket panel post");
    town.finds("#general", "Need help?");
    town
}

#[test]
fn sam_asks_mia_answers_and_it_is_closed_with_its_history_safe() {
    let town = open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    insta::assert_snapshot!(sam.presses("Help"), @"");
    insta::assert_snapshot!(town.finds("#ticket-1", "Say what"), @"");
    sam.posts(
        "#ticket-1",
        Draft::from("where is my order?").with("box.png", "PNG"),
    );
    town.keeps("where is my order?");
    insta::assert_snapshot!(mia.presses("Take it"), @"");
    mia.mutters_in("#ticket-1", "on its way");
    town.keeps("on its way");
    town.keeps("\"sha256\":\"");
    insta::assert_snapshot!(mia.slash_in("#ticket-1", "ticket note words:always late"), @"");
    insta::assert_snapshot!(mia.slash_in("#ticket-1", "ticket close reason:it arrived"), @"");
    insta::assert_snapshot!(town.finds("#ticket-1", "is closed"), @"");
    insta::assert_snapshot!(sam.is_told("How was it?"), @"");
    insta::assert_snapshot!(town.finds("#logs", "Ticket 1 is closed"), @"");
    insta::assert_snapshot!(sam.presses("★★★★"), @"");
    insta::assert_snapshot!(sam.slash("mytickets"), @"");
    insta::assert_snapshot!(sam.picks("Read one", &["1"]), @"");
}

#[test]
fn two_tickets_for_one_person() {
    let town = open();
    let (sam, lea) = (town.member("sam"), town.member("lea"));
    sam.presses("Help");
    town.finds("#ticket-1", "Say what");
    insta::assert_snapshot!(town.unchanged(|| sam.presses("Help")), @"");
    insta::assert_snapshot!(town.unchanged(|| sam.slash("ticket open category:help")), @"");
    insta::assert_snapshot!(lea.presses("Help"), @"");
}

#[test]
fn a_silent_ticket_is_warned_of_and_closed() {
    let town = open();
    town.olive().says("!ticket category set help silence 24h");
    town.olive().says("!ticket category set help grace 2h");
    town.member("sam").presses("Help");
    town.finds("#ticket-1", "Say what");
    town.later(24 * HOUR);
    insta::assert_snapshot!(town.finds("#ticket-1", "Nobody has written"), @"");
    town.later(2 * HOUR);
    insta::assert_snapshot!(town.finds("#ticket-1", "is closed"), @"");
}
