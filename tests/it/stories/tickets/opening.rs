//! Who may open a ticket, and by what: panels, forms, limits, hours.

use super::{HOUR, open, steady};
use crate::town::Town;

#[test]
fn two_tickets_for_one_person() {
    let town = open();
    let (sam, lea) = (town.member("sam"), town.member("lea"));
    sam.presses("Help");
    town.keeps("Say what");
    insta::assert_snapshot!(town.unchanged(|| sam.presses("Help")), @"(only sam) You have an open ticket of this kind: #ticket-1");
    insta::assert_snapshot!(town.unchanged(|| sam.slash("ticket open category:help")), @"(only sam) You have an open ticket of this kind: #ticket-1");
    insta::assert_snapshot!(lea.presses("Help"), @"(only lea) Ticket 2 is open: #ticket-2");
}

#[test]
fn a_form_asks_before_the_ticket_opens() {
    let town = open();
    let (olive, sam) = (town.olive(), town.member("sam"));
    olive.says("!ticket category set help questions Which order? | What is wrong?");
    insta::assert_snapshot!(sam.presses("Help"), @"(form) Help [Which order?] [What is wrong?]");
    insta::assert_snapshot!(sam.submits(&[("Which order?", "42"), ("What is wrong?", "It is blue")]), @"(only sam) Ticket 1 is open: #ticket-1");
    insta::assert_snapshot!(steady(&town.finds("#ticket-1", "42")), @r"
    @sam @Moderator
    | **Ticket 1 · 42**
    | Say what it is about: staff read along here and will answer.
    | Which order?: 42
    | What is wrong?: It is blue
    | _Greffier · n_
    [Close] [Take it]
    ");
}

#[test]
fn blocks_pauses_and_hours_hold() {
    let town = open();
    let (olive, mia, sam) = (town.olive(), town.moderator("mia"), town.member("sam"));
    insta::assert_snapshot!(mia.slash("ticket block member:@sam reason:spam"), @"@sam can open no more tickets.");
    insta::assert_snapshot!(town.unchanged(|| sam.presses("Help")), @"(only sam) You can't open tickets on this server.");
    insta::assert_snapshot!(mia.slash("ticket unblock member:@sam"), @"@sam can open tickets again.");
    olive.says("!ticket category set help cooldown 1h");
    olive.says("!ticket desk zone Asia/Tokyo");
    olive.says("!ticket category set help hours mon-fri 9:00-18:00");
    insta::assert_snapshot!(sam.presses("Help"), @"(only sam) Ticket 1 is open: #ticket-1 Nobody is there until <t:1795392000:f>; you can write already.");
    town.keeps("Say what");
    mia.slash_in("#ticket-1", "ticket close");
    town.keeps("Ticket 1 is closed");
    town.settles();
    insta::assert_snapshot!(town.unchanged(|| sam.presses("Help")), @"(only sam) You can open another one <t:1795179600:R>.");
    town.later(HOUR);
    assert!(sam.presses("Help").contains("Ticket 2"));
}

#[test]
fn tickets_are_set_up_with_menus() {
    let town = Town::open();
    let (olive, sam) = (town.olive(), town.member("sam"));
    insta::assert_snapshot!(town.unchanged(|| sam.cannot_slash("ticket_setup")), @"sam may not use /ticket_setup in #general");
    insta::assert_snapshot!(olive.says("!ticket_setup"), @r"
    | **Setting tickets up**
    | First make a category: a kind of ticket with its staff and its questions. Then post a panel where members see it.
    [Where transcripts are posted ▾ a channel]
    [New category]
    ");
    insta::assert_snapshot!(olive.presses("New category"), @"(form) New category [Name]");
    insta::assert_snapshot!(olive.submits(&[("Name", "Report a member")]), @r"
    | **Report a member (report-a-member)**
    | Name: Report a member
    | What it is for: —
    | Staff: —
    | Where: —
    | Channel or thread: channel
    | First words: —
    | Questions: —
    | Open at once: 50
    | Open at once for one member: 1
    | Between two of one member: —
    | Hours: —
    | Warning after silence of: —
    | Closed so long after it: 1d
    | Channel at the end: lock
    [Who answers ▾ a role]
    [Where its tickets stand ▾ a channel]
    [Texts and questions] [Use threads] [Back]
    ");
    insta::assert_snapshot!(olive.picks("Who answers", &["Moderator"]), @r"
    | **Report a member (report-a-member)**
    | Name: Report a member
    | What it is for: —
    | Staff: @Moderator
    | Where: —
    | Channel or thread: channel
    | First words: —
    | Questions: —
    | Open at once: 50
    | Open at once for one member: 1
    | Between two of one member: —
    | Hours: —
    | Warning after silence of: —
    | Closed so long after it: 1d
    | Channel at the end: lock
    [Who answers ▾ a role]
    [Where its tickets stand ▾ a channel]
    [Texts and questions] [Use threads] [Back]
    ");
    olive.presses("Use threads");
    insta::assert_snapshot!(olive.presses("Texts and questions"), @"(form) Texts and questions [Name] [What it is for] [First words] [Questions]");
    olive.submits(&[("Name", "Report"), ("Questions", "Who?")]);
    olive.presses("Back");
    insta::assert_snapshot!(town.unchanged(|| sam.presses("Post a panel here")), @"(only sam) This command is for the server’s administrators.");
    insta::assert_snapshot!(olive.presses("Post a panel with a menu here"), @"(only olive) Panel 1 is on its way.");
    insta::assert_snapshot!(steady(&town.finds("#general", "Need help?")), @r"
    | **Need help?**
    | Open a ticket: a channel that only you and the staff see.
    | _Greffier · n_
    [What is it about? ▾ Report]
    ");
    insta::assert_snapshot!(sam.picks("What is it about?", &["Report"]), @"(form) Report [Who?]");
    insta::assert_snapshot!(sam.submits(&[("Who?", "lea")]), @"(only sam) Ticket 1 is open: #ticket-1");
    town.keeps("\"place\":\"thread\"");
    insta::assert_snapshot!(steady(&town.finds("#ticket-1", "lea")), @r"
    @sam @Moderator
    | **Ticket 1 · lea**
    | Say what it is about: staff read along here and will answer.
    | Who?: lea
    | _Greffier · n_
    [Close] [Take it]
    ");
}

#[test]
fn however_often_sam_presses_at_once_he_has_one_ticket() {
    let town = open();
    let presses = (0..8).map(|_| town.discord().clicks("sam", "Help"));
    let outcomes = town.wait(futures::future::join_all(presses));
    let texts = outcomes.into_iter().map(|outcome| {
        let outcome = outcome.expect("every press is answered");
        outcome.message().map(|message| message.text.clone())
    });
    let texts: Vec<String> = texts.flatten().collect();
    let opened = texts
        .iter()
        .filter(|text| text.contains("Ticket 1 is open"));
    assert_eq!(opened.count(), 1, "{texts:?}");
    town.settles();
    assert_eq!(town.records().count("conversations {"), 1);
    let channels = town.discord().directory().channels;
    let made = channels.keys().filter(|name| name.starts_with("ticket"));
    assert_eq!(made.count(), 1);
    // The twin: it is one for each member, not one for all.
    assert!(town.member("lea").presses("Help").contains("Ticket 2"));
}

#[test]
fn a_panel_pressed_while_the_category_is_gone_or_full_says_so() {
    let town = open();
    let (olive, sam, lea) = (town.olive(), town.member("sam"), town.member("lea"));
    olive.says("!ticket category set help most_open 1");
    sam.presses("Help");
    town.keeps("Say what");
    let said = town.unchanged(|| lea.presses("Help"));
    assert!(said.contains("1"), "{said}");
    olive.says("!ticket category remove help");
    let said = town.unchanged(|| lea.presses("Help"));
    assert!(said.contains("help"), "{said}");
    // Who has one goes on in it.
    sam.mutters_in("#ticket-1", "still here");
    town.keeps("still here");
}
