//! Where tickets are on Discord: channels, threads where there is no room, and what becomes of them.

use std::time::Duration;

use greffier::sandbox::RestAct;
use serde_json::{Value, json};

use super::{is_filed, open, opened, steady};
use crate::town::Town;

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
    let full = full_category(&town);
    let olive = town.olive();
    olive.says("!settings log_channel #logs");
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

/// Makes a channel or a category with the bot's own token; returns its id.
fn make(town: &Town, name: &str, kind: u8, parent: Option<&str>) -> String {
    let guild = town.discord().directory().guild;
    let body = json!({"name": name, "type": kind, "parent_id": parent});
    let (status, made) = town.as_the_bot("POST", &format!("/guilds/{guild}/channels"), body);
    assert_eq!(status, 201, "{made}");
    made["id"].as_str().expect("an id").to_owned()
}

/// A category of Discord's with all the channels that it can have.
fn full_category(town: &Town) -> String {
    let full = make(town, "full", 4, None);
    for number in 0..50 {
        make(town, &format!("room-{number}"), 0, Some(&full));
    }
    full
}

/// A channel as Discord describes it.
fn channel(town: &Town, name: &str) -> Value {
    let id = town.discord().directory().channels[name];
    let (status, channel) = town.as_the_bot("GET", &format!("/channels/{id}"), Value::Null);
    assert_eq!(status, 200, "{channel}");
    channel
}

/// Whether a channel's exceptions name somebody.
fn names(channel: &Value, who: &str) -> bool {
    let overwrites = channel["permission_overwrites"].as_array();
    let overwrites = overwrites.expect("a channel has exceptions");
    overwrites.iter().any(|overwrite| overwrite["id"] == who)
}

/// Whether somebody may write in a place.
fn may_write(town: &Town, who: &str, place: &str) -> bool {
    let place = place.into();
    let said = town.discord().says(who, &place, "am I heard?");
    town.wait(said).is_ok()
}

#[test]
fn where_the_guild_has_500_channels_a_ticket_is_a_thread() {
    let town = open();
    let guild = town.discord().directory().guild;
    let code = (0..500).find_map(|number| {
        let body = json!({"name": format!("room-{number}"), "type": 0});
        let (_, answer) = town.as_the_bot("POST", &format!("/guilds/{guild}/channels"), body);
        answer["code"].as_u64()
    });
    assert_eq!(code, Some(30013));
    town.olive().says("!settings log_channel #logs");
    let sam = town.member("sam");
    sam.presses("Help");
    town.keeps("Say what");
    assert_eq!(town.records().count("\"place\":\"thread\""), 1);
    let said = town.finds("#logs", "thread instead");
    assert!(said.contains("30013") && said.contains("@sam"), "{said}");
    sam.mutters_in("#ticket-1", "is anybody there?");
    town.keeps("is anybody there?");
}

#[test]
fn a_ticket_without_any_room_ends_and_everyone_is_told() {
    let town = open();
    let (olive, sam) = (town.olive(), town.member("sam"));
    olive.says("!settings log_channel #logs");
    olive.says("!ticket category set help place thread");
    town.fails("/channels/{channel_id}/threads", 1, RestAct::Status(403));
    sam.presses("Help");
    sam.is_told("could not be opened");
    town.finds("#logs", "No channel could be made for it");
    town.keeps("\"cause\":\"unmade\"");
    assert!(
        sam.presses("Help").contains("Ticket 2"),
        "there is room again"
    );
    town.keeps("Say what");
}

#[test]
fn a_closed_tickets_channel_is_deleted_where_the_guild_wants_it_and_the_history_stays() {
    let town = opened();
    let (olive, mia, sam) = (town.olive(), town.moderator("mia"), town.member("sam"));
    olive.says("!ticket category set help ending delete");
    sam.mutters_in("#ticket-1", "please help");
    town.keeps("please help");
    mia.slash_in("#ticket-1", "ticket close reason:settled");
    sam.is_told("How was it?");
    town.settles();
    assert!(!town.discord().directory().channels.contains_key("ticket-1"));
    assert!(is_filed(&town, "please help"));
    assert_eq!(town.records().count("\"cause\":\"asked\""), 1);
    assert_eq!(town.records().count("please help"), 1);
    // Opened again it gets a new channel, and its history goes on.
    assert_eq!(
        mia.slash("ticket reopen number:1"),
        "Ticket 1 is open again."
    );
    town.settles();
    town.keeps("\"status\":\"ACTIVE\"");
    sam.mutters_in("#ticket-1", "me again");
    town.keeps("me again");
}

#[test]
fn a_closed_tickets_channel_moves_to_the_archive_where_the_member_no_longer_sees_it() {
    let town = opened();
    let (olive, mia, sam) = (town.olive(), town.moderator("mia"), town.member("sam"));
    let archive = make(&town, "archive", 4, None);
    olive.says(&format!("!ticket category set help ending {archive}"));
    assert!(names(&channel(&town, "ticket-1"), &sam.id().to_string()));
    mia.slash_in("#ticket-1", "ticket close reason:settled");
    town.finds("#ticket-1", "How: Closed");
    town.settles();
    let closed = channel(&town, "ticket-1");
    assert_eq!(closed["parent_id"], archive);
    assert!(!names(&closed, &sam.id().to_string()), "{closed}");
    assert!(!may_write(&town, "sam", "#ticket-1"));
    mia.presses("Open again");
    town.settles();
    assert!(may_write(&town, "sam", "#ticket-1"));
}

#[test]
fn an_archive_that_is_full_keeps_no_member_in_a_closed_ticket_and_staff_are_told() {
    let town = opened();
    let (olive, mia, sam) = (town.olive(), town.moderator("mia"), town.member("sam"));
    olive.says("!settings log_channel #logs");
    let full = full_category(&town);
    olive.says(&format!("!ticket category set help ending {full}"));
    mia.slash_in("#ticket-1", "ticket close reason:settled");
    let said = town.finds("#logs", "would not move its channel");
    assert!(said.contains("50035"), "{said}");
    town.settles();
    let closed = channel(&town, "ticket-1");
    assert_ne!(closed["parent_id"], full);
    assert!(!names(&closed, &sam.id().to_string()), "{closed}");
}

#[test]
fn a_ticket_moves_to_another_category_with_its_channel_and_its_staff() {
    let town = opened();
    let (olive, mia, sam) = (town.olive(), town.moderator("mia"), town.member("sam"));
    let billing = make(&town, "billing", 4, None);
    olive.creates_role("Accountant", 0);
    let accountant = town.discord().directory().roles["Accountant"];
    olive.says("!ticket category add Billing");
    olive.says(&format!("!ticket category set billing parent {billing}"));
    olive.says(&format!("!ticket category set billing staff {accountant}"));
    for (who, line, words) in [
        (
            &sam,
            "ticket move category:billing number:1",
            "staff of this ticket",
        ),
        (&mia, "ticket move category:nothing number:1", "nothing"),
        (&mia, "ticket move category:help number:1", "category"),
        (&mia, "ticket move category:billing number:9", "no ticket 9"),
    ] {
        let said = town.unchanged(|| who.slash(line));
        assert!(said.contains(words), "{line}: {said}");
    }
    assert_eq!(
        mia.slash("ticket move category:billing number:1"),
        "(only mia) Ticket 1 is in Billing now."
    );
    let told = town.finds("#ticket-1", "in the category Billing");
    assert!(
        told.contains("@Accountant"),
        "who answers it now is called: {told}"
    );
    town.keeps("in the category Billing");
    town.settles();
    let moved = channel(&town, "ticket-1");
    assert_eq!(moved["parent_id"], billing);
    assert!(names(&moved, &accountant.to_string()), "{moved}");
    assert!(names(&moved, &sam.id().to_string()), "{moved}");
    assert_eq!(town.records().count("\"category\":\"billing\""), 1);
    // Its staff are others now.
    let said = town.unchanged(|| mia.slash("ticket claim number:1"));
    assert!(said.contains("staff of this ticket"), "{said}");
    // Where there is no room, it stays where it is, and those who may see it change all the same.
    olive.says("!settings log_channel #logs");
    let full = full_category(&town);
    olive.says(&format!("!ticket category set help parent {full}"));
    olive.slash("ticket move category:help number:1");
    town.finds("#logs", "would not move its channel");
    town.settles();
    let moved = channel(&town, "ticket-1");
    assert_eq!(moved["parent_id"], billing);
    assert!(!names(&moved, &accountant.to_string()), "{moved}");
}
