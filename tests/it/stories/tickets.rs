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

/// Without what depends on which of two messages was kept first: journal positions and sizes of files.
fn steady(text: &str) -> String {
    let mut steady = String::new();
    for line in text.lines() {
        let line = match line.split_once("Greffier · ") {
            Some((before, _)) if line.ends_with('_') => format!("{before}Greffier · n_"),
            _ => line.to_owned(),
        };
        let line = match (line.strip_suffix(" bytes]"), line.rfind(", ")) {
            (Some(_), Some(comma)) => format!("{}, n bytes]", &line[..comma]),
            _ => line,
        };
        steady += &line;
        steady.push('\n');
    }
    steady
}

#[test]
fn sam_asks_mia_answers_and_it_is_closed_with_its_history_safe() {
    let town = open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    insta::assert_snapshot!(sam.presses("Help"), @"(only sam) Ticket 1 is open: #ticket-1");
    insta::assert_snapshot!(steady(&town.finds("#ticket-1", "Say what")), @r"
    @sam @Moderator
    | **Ticket 1 · Help**
    | Say what it is about: staff read along here and will answer.
    | _Greffier · n_
    [Close] [Take it]
    ");
    sam.posts(
        "#ticket-1",
        Draft::from("where is my order?").with("box.png", "PNG"),
    );
    town.keeps("where is my order?");
    insta::assert_snapshot!(mia.presses("Take it"), @"(only mia) Ticket 1 is yours.");
    mia.mutters_in("#ticket-1", "on its way");
    town.keeps("on its way");
    town.keeps("\"sha256\":\"");
    insta::assert_snapshot!(mia.slash_in("#ticket-1", "ticket note words:always late"), @"(only mia) Noted in ticket 1. Only staff read it.");
    insta::assert_snapshot!(mia.slash_in("#ticket-1", "ticket close reason:it arrived"), @"(only mia) Ticket 1 is closed; what was written is kept.");
    insta::assert_snapshot!(steady(&town.finds("#ticket-1", "is closed")), @r"
    | **Ticket 1 is closed**
    | How: Closed by @mia
    | Reason: it arrived
    | _Greffier · n_
    [Open again]
    ");
    insta::assert_snapshot!(steady(&sam.is_told("How was it?")), @r"
    | **Ticket 1 is closed**
    | Here is what was written in your ticket on Sandbox. How was it?
    | How: Closed by @mia
    | Reason: it arrived
    [★] [★★] [★★★] [★★★★] [★★★★★]
    [file ticket-1.html, n bytes]
    [file ticket-1.txt, n bytes]
    [file ticket-1.json, n bytes]
    ");
    insta::assert_snapshot!(steady(&town.finds("#logs", "Ticket 1 is closed")), @r"
    | **Ticket 1 is closed**
    | Member: @sam (672538191462400000)
    | Category: Help
    | Subject: Help
    | Staff: @mia
    | How: Closed by @mia
    | Reason: it arrived
    | _Greffier · n_
    [file ticket-1.html, n bytes]
    [file ticket-1.txt, n bytes]
    [file ticket-1.json, n bytes]
    ");
    insta::assert_snapshot!(sam.presses("★★★★"), @"(only sam) ★★★★ Thank you!");
    insta::assert_snapshot!(sam.slash("mytickets"), @r"
    (only sam) | **Your ticket**
    | 1 · Help: closed <t:1795176000:d>
    [Read one ▾ 1 · Help]
    ");
    insta::assert_snapshot!(steady(&sam.picks("Read one", &["1"])), @r"
    (only sam) Ticket 1
    [file ticket-1.html, n bytes]
    [file ticket-1.txt, n bytes]
    ");
}

#[test]
fn two_tickets_for_one_person() {
    let town = open();
    let (sam, lea) = (town.member("sam"), town.member("lea"));
    sam.presses("Help");
    town.finds("#ticket-1", "Say what");
    insta::assert_snapshot!(town.unchanged(|| sam.presses("Help")), @"(only sam) You have an open ticket of this kind: #ticket-1");
    insta::assert_snapshot!(town.unchanged(|| sam.slash("ticket open category:help")), @"(only sam) You have an open ticket of this kind: #ticket-1");
    insta::assert_snapshot!(lea.presses("Help"), @"(only lea) Ticket 2 is open: #ticket-2");
}

#[test]
fn a_silent_ticket_is_warned_of_and_closed() {
    let town = open();
    town.olive().says("!ticket category set help silence 24h");
    town.olive().says("!ticket category set help grace 2h");
    town.member("sam").presses("Help");
    town.finds("#ticket-1", "Say what");
    town.later(24 * HOUR);
    insta::assert_snapshot!(steady(&town.finds("#ticket-1", "Nobody has written")), @r"
    | **Nobody has written for a while: this ticket closes <t:1795269600:R> unless somebody does.**
    | _Greffier · n_
    ");
    town.later(2 * HOUR);
    insta::assert_snapshot!(steady(&town.finds("#ticket-1", "is closed")), @r"
    | **Ticket 1 is closed**
    | How: Closed because nobody wrote
    | _Greffier · n_
    [Open again]
    ");
}
