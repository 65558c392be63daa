//! The course of a ticket: asked, answered, closed, gone on with.

use greffier::model::Locale;
use greffier::sandbox::Draft;

use super::{HOUR, open, opened, steady};
use crate::town::Building;

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
    insta::assert_snapshot!(steady(&town.finds("#ticket-1", "How: Closed")), @r"
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
fn it_closes_when_sam_agrees_and_goes_on_when_he_does_not() {
    let town = opened();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    insta::assert_snapshot!(mia.slash_in("#ticket-1", "ticket close reason:ask does it work?"), @"The member is asked whether it is settled.");
    insta::assert_snapshot!(steady(&town.finds("#ticket-1", "Is it settled?")), @r"
    @sam
    | **Is it settled?**
    | @mia would like to close this ticket.
    | Reason: does it work?
    | _Greffier · n_
    [It is settled] [Not yet]
    ");
    town.keeps("would like to close");
    town.settles();
    insta::assert_snapshot!(town.unchanged(|| mia.presses("It is settled")), @"(only mia) This is not your ticket.");
    insta::assert_snapshot!(sam.presses("Not yet"), @"@sam says: not yet. The ticket stays open.");
    mia.slash_in("#ticket-1", "ticket close reason:ask");
    town.finds("#ticket-1", "Is it settled?");
    insta::assert_snapshot!(sam.presses("It is settled"), @"(only sam) Ticket 1 is closed; what was written is kept.");
    insta::assert_snapshot!(steady(&town.finds("#logs", "agreed")), @r"
    | **Ticket 1 is closed**
    | Member: @sam (672538191462400000)
    | Category: Help
    | Subject: Help
    | Staff: —
    | How: @sam agreed that it is settled
    | _Greffier · n_
    [file ticket-1.html, n bytes]
    [file ticket-1.txt, n bytes]
    [file ticket-1.json, n bytes]
    ");
    town.finds("#ticket-1", "agreed");
    insta::assert_snapshot!(mia.presses("Open again"), @"(only mia) Ticket 1 is open again.");
    town.keeps("\"status\":\"ACTIVE\"");
}

#[test]
fn a_planned_closing_is_called_off_by_who_asked() {
    let town = opened();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    insta::assert_snapshot!(mia.slash_in("#ticket-1", "ticket close reason:in 2h no news"), @"Set: it closes <t:1795183200:R>.");
    town.keeps("unless you write");
    sam.mutters_in("#ticket-1", "wait");
    insta::assert_snapshot!(steady(&town.finds("#ticket-1", "closing is off")), @r"
    | **The planned closing is off, since you wrote.**
    | _Greffier · n_
    ");
    town.later(3 * HOUR);
    assert_eq!(town.records().count("\"status\":\"CLOSED\""), 0);
    mia.slash_in("#ticket-1", "ticket close reason:in 2h no news");
    town.later(2 * HOUR);
    town.keeps("\"cause\":\"scheduled\"");
    sam.is_told("no news");
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
    insta::assert_snapshot!(steady(&town.finds("#ticket-1", "How: Closed")), @r"
    | **Ticket 1 is closed**
    | How: Closed because nobody wrote
    | _Greffier · n_
    [Open again]
    ");
}

#[test]
fn in_a_french_town_tickets_are_french() {
    let town = Building::default().speaking(Locale::Fr).open();
    let (olive, mia, sam) = (town.olive(), town.moderator("mia"), town.member("sam"));
    insta::assert_snapshot!(olive.says("!ticket category add Aide"), @"La catégorie est créée ; dans les commandes, elle s’appelle `aide`.");
    olive.says("!ticket panel post");
    town.finds("#general", "Besoin");
    insta::assert_snapshot!(sam.presses("Aide"), @"(only sam) Le ticket n° 1 est ouvert : #ticket-1");
    insta::assert_snapshot!(steady(&town.finds("#ticket-1", "Dites")), @r"
    @sam @Moderator
    | **Ticket n° 1 · Aide**
    | Dites de quoi il s’agit : l’équipe lit ici et vous répondra.
    | _Greffier · n_
    [Fermer] [Je m’en charge]
    ");
    insta::assert_snapshot!(mia.slash_in("#ticket-1", "ticket close reason:c’est fait"), @"(only mia) Le ticket n° 1 est fermé ; ce qui fut écrit est gardé.");
    insta::assert_snapshot!(steady(&sam.is_told("Comment")), @r"
    | **Le ticket n° 1 est fermé**
    | Voici ce qui fut écrit dans votre ticket sur Sandbox. Comment était-ce ?
    | Fermeture: Fermé par @mia
    | Motif: c’est fait
    [★] [★★] [★★★] [★★★★] [★★★★★]
    [file ticket-1.html, n bytes]
    [file ticket-1.txt, n bytes]
    [file ticket-1.json, n bytes]
    ");
    insta::assert_snapshot!(sam.slash("mytickets"), @r"
    (only sam) | **Votre ticket**
    | 1 · Aide: fermé le <t:1795176000:d>
    [En lire un ▾ 1 · Aide]
    ");
    let refused = sam.slash("ticket stats");
    assert!(refused.contains("réservée à la modération"), "{refused}");
}

#[test]
fn a_planned_closing_survives_that_the_bot_is_away_when_it_is_due() {
    let town = opened();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    mia.slash_in("#ticket-1", "ticket close reason:in 2h no news");
    town.settles();
    town.stops_bot();
    town.later(3 * HOUR);
    assert!(!sam.dms().contains("is closed"));
    town.starts_bot();
    town.keeps("\"cause\":\"scheduled\"");
    sam.is_told("no news");
}

#[test]
fn a_word_after_the_warning_saves_a_silent_ticket() {
    let town = open();
    town.olive().says("!ticket category set help silence 24h");
    town.olive().says("!ticket category set help grace 2h");
    let sam = town.member("sam");
    sam.presses("Help");
    town.finds("#ticket-1", "Say what");
    town.later(24 * HOUR);
    town.finds("#ticket-1", "Nobody has written");
    town.later(HOUR);
    sam.mutters_in("#ticket-1", "I am still here");
    town.keeps("I am still here");
    town.later(HOUR);
    assert_eq!(town.records().count("\"status\":\"CLOSED\""), 0);
    town.later(24 * HOUR);
    town.later(2 * HOUR);
    town.keeps("\"cause\":\"stale\"");
}

#[test]
fn a_word_that_sam_wrote_while_the_bot_was_away_calls_the_closing_off() {
    let town = opened();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    mia.slash_in("#ticket-1", "ticket close reason:in 2h no news");
    town.settles();
    town.stops_bot();
    sam.mutters_in("#ticket-1", "wait for me");
    town.later(3 * HOUR);
    town.starts_bot();
    town.keeps("wait for me");
    town.finds("#ticket-1", "closing is off");
    town.later(HOUR);
    assert_eq!(town.records().count("\"status\":\"CLOSED\""), 0);
}
