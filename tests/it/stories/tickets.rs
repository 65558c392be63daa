//! Tickets: opened, answered, closed, and never lost.

use std::time::Duration;

use greffier::model::Locale;
use greffier::sandbox::{Draft, RestAct};
use serde_json::json;

use crate::town::{Building, Town};

const HOUR: Duration = Duration::from_secs(3600);

/// A town with the category `help` and a panel in #general.
fn open() -> Town {
    let town = Town::open();
    let olive = town.olive();
    olive.says("!ticket category add Help");
    olive.says("!ticket desk transcripts #logs");
    olive.says("!ticket panel post");
    town.finds("#general", "Need help?");
    // Where the panel stands is learned after everyone sees it.
    town.keeps("\"message\":\"1");
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
fn every_half_minute_the_log_says_how_many_conversations_changed() {
    let town = open();
    let (sam, lea) = (town.member("sam"), town.member("lea"));
    sam.presses("Help");
    town.finds("#ticket-1", "Say what");
    lea.presses("Help");
    town.finds("#ticket-2", "Say what");
    sam.mutters_in("#ticket-1", "where is my order?");
    town.keeps("where is my order?");
    town.later(Duration::from_secs(31));
    let told = town.waits_for_log("mirror_saved");
    assert_eq!(
        told.fields, " conversations=2 groups=2",
        "the bot's first posts are messages too"
    );
    town.later(Duration::from_secs(31));
    assert_eq!(town.logged("mirror_saved").len(), 1, "nothing has changed");
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

/// Sam's ticket, which says what it is for.
fn opened() -> Town {
    let town = open();
    town.member("sam").presses("Help");
    town.keeps("Say what");
    town.settles();
    town
}

/// Whether some file of `data/blobs` has these words.
fn is_filed(town: &Town, words: &str) -> bool {
    let files = std::fs::read_dir(town.data().join("blobs")).expect("blobs");
    files
        .map(|file| std::fs::read(file.expect("a file").path()).expect("bytes"))
        .any(|bytes| String::from_utf8_lossy(&bytes).contains(words))
}

#[test]
fn a_channel_whose_making_was_not_answered_is_not_made_twice() {
    let town = open();
    town.fails("/guilds/{guild_id}/channels", 1, RestAct::DropAnswer);
    town.member("sam").presses("Help");
    town.later(Duration::from_secs(5));
    town.keeps("Say what");
    let channels = town.discord().directory().channels;
    let made = channels.keys().filter(|name| name.starts_with("ticket"));
    assert_eq!(made.count(), 1);
}

#[test]
fn a_ticket_category_that_is_full_and_the_user_thinks_it_opened() {
    let town = open();
    let guild = town.discord().directory().guild;
    let make = |name: &str, kind: u8, parent: &serde_json::Value| {
        let body = json!({"name": name, "type": kind, "parent_id": parent});
        let (status, made) = town.as_the_bot("POST", &format!("/guilds/{guild}/channels"), body);
        assert_eq!(status, 201, "{made}");
        made["id"].clone()
    };
    let full = make("full", 4, &serde_json::Value::Null);
    for number in 0..50 {
        make(&format!("room-{number}"), 0, &full);
    }
    let olive = town.olive();
    olive.says("!settings log_channel #logs");
    let full = full.as_str().expect("an id").to_owned();
    olive.says(&format!("!ticket category set help parent {full}"));
    town.member("sam").presses("Help");
    town.keeps("Say what");
    assert_eq!(town.records().count("\"place\":\"thread\""), 1);
    let said = town.finds("#logs", "thread instead");
    assert!(said.contains("50035") && said.contains("@sam"), "{said}");
    town.member("sam")
        .mutters_in("#ticket-1", "is anybody there?");
    town.keeps("is anybody there?");
}

#[test]
fn a_channel_deleted_before_the_close_was_saved() {
    let town = opened();
    let sam = town.member("sam");
    sam.mutters_in("#ticket-1", "please help");
    town.keeps("please help");
    town.olive().deletes_channel("ticket-1");
    insta::assert_snapshot!(steady(&sam.is_told("is closed")), @r"
    | **Ticket 1 is closed**
    | Here is what was written in your ticket on Sandbox. How was it?
    | How: Its channel was deleted; its history is kept
    [★] [★★] [★★★] [★★★★] [★★★★★]
    [file ticket-1.html, n bytes]
    [file ticket-1.txt, n bytes]
    [file ticket-1.json, n bytes]
    ");
    assert_eq!(town.records().count("\"cause\":\"vanished\""), 1);
    assert!(is_filed(&town, "please help"));
    assert!(
        sam.presses("Help").contains("Ticket 2"),
        "there is room for another"
    );
}

#[test]
fn a_ticket_closed_although_its_transcript_failed() {
    let town = opened();
    let mia = town.moderator("mia");
    town.expects_error("transcript_failed");
    let blobs = town.data().join("blobs");
    std::fs::write(&blobs, "in the way").expect("written");
    insta::assert_snapshot!(town.unchanged(|| mia.slash_in("#ticket-1", "ticket close")), @"(only mia) What was written in ticket 1 could not be kept safe, so it stays open. The log says why.");
    std::fs::remove_file(&blobs).expect("removed");
    insta::assert_snapshot!(mia.slash_in("#ticket-1", "ticket close"), @"(only mia) Ticket 1 is closed; what was written is kept.");
}

#[test]
fn transcript_images_that_die() {
    let town = opened();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    sam.posts("#ticket-1", Draft::from("look").with("cat.png", "PNG"));
    town.keeps("\"sha256\":\"");
    town.later(72 * HOUR);
    mia.slash_in("#ticket-1", "ticket close");
    sam.is_told("How was it?");
    assert!(is_filed(&town, "src=\"data:image/png;base64,UE5H\""));
}

#[test]
fn what_was_written_changed_and_deleted_while_the_bot_was_away_is_known() {
    let town = opened();
    let (sam, lea) = (town.member("sam"), town.member("lea"));
    lea.presses("Help");
    let (first, second) = (
        sam.posts("#ticket-1", "first words"),
        sam.posts("#ticket-1", "a slip of the tongue"),
    );
    town.keeps("a slip of the tongue");
    town.stops_bot();
    sam.edits(&first, "better words");
    sam.deletes(&second);
    for number in 0..120 {
        sam.mutters_in("#ticket-1", &format!("line {number}."));
    }
    town.olive().deletes_channel("ticket-2");
    town.starts_bot();
    town.keeps("line 119.");
    town.keeps("better words");
    town.keeps("\"cause\":\"vanished\"");
    let records = town.records();
    assert_eq!(records.count("\"content\":\"line "), 120);
    assert_eq!(
        records.count("\"content\":\"first words\""),
        1,
        "what it said before is kept"
    );
    let slip = records
        .rows
        .lines()
        .find(|row| row.contains("slip"))
        .expect("kept");
    assert!(!slip.contains("\"deleted_at\":null"), "{slip}");
}

#[test]
fn only_staff_do_what_staff_do() {
    let town = opened();
    let (mia, sam, lea) = (
        town.moderator("mia"),
        town.member("sam"),
        town.member("lea"),
    );
    for line in [
        "ticket claim",
        "ticket release",
        "ticket transfer member:@mia",
        "ticket priority level:urgent",
        "ticket rename subject:mine",
        "ticket add member:@lea",
        "ticket remove member:@lea",
        "ticket note words:hello",
        "ticket reopen",
        "ticket close reason:ask me",
        "ticket close reason:in 2h",
    ] {
        let said = town.unchanged(|| sam.slash_in("#ticket-1", line));
        assert!(said.contains("staff of this ticket"), "{line}: {said}");
    }
    for line in [
        "ticket list",
        "ticket search words:help",
        "ticket stats",
        "ticket block member:@lea",
        "ticket canned set name:hi words:hello",
    ] {
        let said = town.unchanged(|| sam.slash(line));
        assert!(said.contains("for moderators"), "{line}: {said}");
    }
    for line in [
        "ticket category add name:Mine",
        "ticket category set category:help setting:place value:thread",
        "ticket category remove category:help",
        "ticket panel post",
        "ticket desk setting:zone value:Asia/Tokyo",
    ] {
        let said = town.unchanged(|| mia.slash(line));
        assert!(said.contains("administrators"), "{line}: {said}");
    }
    insta::assert_snapshot!(town.unchanged(|| lea.slash("ticket transcript number:1")), @"(only lea) This is for the staff of this ticket.");
    // Typed, its answer would stand in the channel, with what staff noted.
    insta::assert_snapshot!(town.unchanged(|| mia.says("!ticket transcript 1")), @"The answer would be read here by everyone, staff’s notes included: use /ticket transcript.");
    insta::assert_snapshot!(town.unchanged(|| mia.slash("ticket claim")), @"(only mia) This channel is no ticket: go there, or give its number.");
    insta::assert_snapshot!(town.unchanged(|| mia.slash("ticket claim number:77")), @"(only mia) There is no ticket 77 on this server.");
}

#[test]
fn staff_hand_a_ticket_about() {
    let town = opened();
    let (olive, mia) = (town.olive(), town.moderator("mia"));
    insta::assert_snapshot!(mia.slash_in("#ticket-1", "ticket claim"), @"(only mia) Ticket 1 is yours.");
    town.keeps("takes care of this ticket.");
    town.settles();
    insta::assert_snapshot!(town.unchanged(|| olive.slash_in("#ticket-1", "ticket claim")), @"(only olive) @mia has this ticket.");
    insta::assert_snapshot!(town.unchanged(|| mia.slash("ticket transfer member:@lea number:1")), @"(only mia) @lea is not of the staff of this ticket.");
    insta::assert_snapshot!(mia.slash("ticket transfer member:@olive number:1"), @"(only mia) @olive has ticket 1 now.");
    insta::assert_snapshot!(olive.slash("ticket release number:1"), @"(only olive) Nobody has ticket 1 now.");
    insta::assert_snapshot!(mia.slash("ticket priority level:urgent number:1"), @"Ticket 1: priority urgent.");
    insta::assert_snapshot!(mia.slash_in("#ticket-1", "ticket rename subject:A broken box"), @"Ticket 1 is about: A broken box");
    insta::assert_snapshot!(mia.slash("ticket add member:@lea number:1"), @"(only mia) @lea is in ticket 1 now.");
    town.settles();
    town.keeps("may read and write");
    town.member("lea")
        .mutters_in("#ticket-1-a-broken-box", "me too");
    town.keeps("me too");
    assert_eq!(
        town.records()
            .count("\"sender_type\":\"USER\",\"content\":\"me too\""),
        1
    );
    insta::assert_snapshot!(mia.slash("ticket remove member:@lea number:1"), @"(only mia) @lea is no longer in ticket 1.");
    olive.says("!ticket canned set greeting Hello {user}, I am {agent}: about {subject}.");
    insta::assert_snapshot!(mia.slash_in("#ticket-1-a-broken-box", "ticket reply name:greeting"), @"(only mia) Posted.");
    insta::assert_snapshot!(steady(&town.finds("#ticket-1-a-broken-box", "Hello")), @r"
    | **Sandbox**
    | Hello @sam, I am @mia: about A broken box.
    | _Greffier · n_
    ");
    insta::assert_snapshot!(mia.slash("ticket list"), @r"
    (only mia) | **1 open ticket**
    | 1 · A broken box: #ticket-1-a-broken-box by @sam, <t:1795176000:R> · staff: — · priority urgent
    ");
    let found = mia.slash("ticket search words:me too");
    assert!(
        found.contains("1 message found") && found.contains("**me** **too**"),
        "{found}"
    );
    insta::assert_snapshot!(mia.slash("ticket stats"), @r"
    (only mia) | **Tickets**
    | How many: 1 open, 1 in all
    | First answer after: 0 seconds
    | Closed after: —
    | Rated: —
    | Staff: @mia: 1 ticket, answered after 0 seconds, —
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
