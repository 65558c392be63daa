//! What staff do with tickets, and nobody else.

use super::{opened, steady};

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
            .count("\"sender_type\":\"USER\",\"about\":null,\"content\":\"me too\""),
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
fn staff_see_who_is_blocked_and_prepared_answers_are_filled_in_once() {
    let town = opened();
    let (olive, mia, sam) = (town.olive(), town.moderator("mia"), town.member("sam"));
    let said = town.unchanged(|| sam.slash("ticket blocks"));
    assert!(said.contains("for moderators"), "{said}");
    assert_eq!(
        mia.slash("ticket blocks"),
        "(only mia) | **Everyone can open tickets**"
    );
    mia.slash("ticket block member:@lea reason:spam");
    insta::assert_snapshot!(mia.slash("ticket blocks"), @r"
    (only mia) | **1 member can open no tickets**
    | spam: @lea · by @mia, <t:1795176000:d>
    ");
    let said = town.unchanged(|| mia.slash("ticket block member:@olive"));
    assert!(said.contains("@olive"), "{said}");
    let said = town.unchanged(|| mia.slash("ticket unblock member:@sam"));
    assert!(said.contains("@sam"), "{said}");
    // What is filled in is never read again as something to fill in.
    mia.slash_in("#ticket-1", "ticket rename subject:{agent} {guild}");
    let place = "#ticket-1-{agent}-{guild}".replace(['{', '}'], "-");
    town.settles();
    olive.says(
        "!ticket canned set All {user} {agent} {number} {subject} {category} {guild} {nothing} {",
    );
    let said = town.unchanged(|| mia.slash_in(&place, "ticket reply name:none"));
    assert!(said.contains("none"), "{said}");
    mia.slash_in(&place, "ticket reply name:all");
    insta::assert_snapshot!(steady(&town.finds(&place, "@mia 1")), @r"
    | **Sandbox**
    | @sam @mia 1 {agent} {guild} Help Sandbox {nothing} {
    | _Greffier · n_
    ");
}
