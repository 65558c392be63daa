//! That a town notices what it is there to notice: each of these stories goes wrong, and its town says so.

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::{Value, json};

use super::Town;
use super::wire::pings_nobody;

/// What the town says at the end of its story; nothing if it is content.
fn verdict(town: Town) -> String {
    match catch_unwind(AssertUnwindSafe(|| drop(town))) {
        Ok(()) => String::new(),
        Err(words) => words.downcast_ref::<String>().cloned().expect("words"),
    }
}

#[test]
fn a_quiet_day_is_nothing_to_speak_of() {
    assert_eq!(verdict(Town::open()), "");
}

#[test]
fn a_route_that_discord_does_not_have_is_noticed() {
    let town = Town::open();
    let (status, _) = town.as_the_bot("GET", "/nonsense", Value::Null);
    assert_eq!(status, 404);
    let words = verdict(town);
    assert!(words.contains("/nonsense"), "{words}");
}

#[test]
fn an_error_in_the_log_is_noticed() {
    let town = Town::open();
    let general = town.discord().directory().channels["general"];
    town.as_the_bot(
        "POST",
        &format!("/channels/{general}/messages"),
        json!({"content": "hello"}),
    );
    town.olive().is_told("token");
    let words = verdict(town);
    assert!(words.contains("ERROR second_bot"), "{words}");
}

#[test]
fn an_error_that_was_expected_and_did_not_come_is_noticed() {
    let town = Town::open();
    town.expects_error("incident");
    let words = verdict(town);
    assert!(words.contains("`incident` was not logged"), "{words}");
}

#[test]
fn a_request_that_departs_from_the_documents_is_noticed() {
    let town = Town::open();
    let general = town.discord().directory().channels["general"];
    let path = format!("/channels/{general}/messages?nonsense=1");
    town.as_the_bot("GET", &path, Value::Null);
    let words = verdict(town);
    let is_checked = crate::contract::Contract::shared().is_some();
    assert!(!is_checked || words.contains("nonsense"), "{words}");
}

#[test]
fn a_refusal_that_changes_something_is_noticed() {
    let town = Town::open();
    let mia = town.moderator("mia");
    let refused = catch_unwind(AssertUnwindSafe(|| {
        town.unchanged(|| mia.says("!warn @sam spam"))
    }));
    assert!(refused.is_err());
}

#[test]
fn a_post_that_could_ping_is_noticed() {
    let nobody = json!({"parse": []});
    assert!(pings_nobody(
        &json!({"content": "hello", "allowed_mentions": nobody})
    ));
    assert!(pings_nobody(
        &json!({"type": 4, "data": {"content": "hello", "allowed_mentions": nobody}})
    ));
    assert!(pings_nobody(&json!({"type": 5, "data": {"flags": 64}})));
    assert!(pings_nobody(
        &json!({"type": 9, "data": {"title": "Why", "components": []}})
    ));
    assert!(!pings_nobody(&json!({"content": "hello"})));
    assert!(!pings_nobody(
        &json!({"content": "hello", "allowed_mentions": {"parse": ["everyone"]}})
    ));
    assert!(!pings_nobody(&json!({"type": 4, "data": {"embeds": []}})));
}
