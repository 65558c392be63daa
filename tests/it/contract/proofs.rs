//! The checker can fail: a broken request, answer or frame is found.

use greffier::sandbox::Exchange;
use serde_json::{Value, json};

use super::{Contract, read_recording};

fn departures_of(exchange: Value) -> Vec<(String, String)> {
    let Some(contract) = Contract::shared() else {
        return vec![("absent".to_owned(), String::new())];
    };
    let exchange: Exchange = serde_json::from_value(exchange).expect("an exchange");
    contract
        .departures(&[exchange])
        .into_iter()
        .map(|found| (found.place, found.pointer))
        .collect()
}

#[track_caller]
fn check(exchange: Value, place: &str, pointer: &str) {
    let found = departures_of(exchange);
    let wanted = (place.to_owned(), pointer.to_owned());
    assert!(
        found.contains(&wanted) || found[0].0 == "absent",
        "not found among {found:?}"
    );
}

fn rest(method: &str, route: &str, body: Value, status: u16, answer: Value) -> Value {
    json!({
        "what": "rest", "method": method, "route": route, "path": route, "query": [], "agent": "proof",
        "content_type": "application/json", "reason": null, "body": body, "status": status, "answer": answer,
    })
}

fn user() -> Value {
    json!({
        "id": "643", "username": "sam", "avatar": null, "discriminator": "0", "public_flags": 0, "flags": 0,
        "global_name": "Sam", "primary_guild": null,
    })
}

#[test]
fn a_right_answer_has_no_departures() {
    let found = departures_of(rest("GET", "/users/{user_id}", Value::Null, 200, user()));
    assert!(found.is_empty() || found[0].0 == "absent", "{found:?}");
}

#[test]
fn an_answer_without_a_required_key_is_found() {
    let mut broken = user();
    broken
        .as_object_mut()
        .expect("an object")
        .remove("global_name");
    check(
        rest("GET", "/users/{user_id}", Value::Null, 200, broken),
        "answer GET /users/{user_id}",
        "",
    );
}

#[test]
fn an_answer_with_a_number_for_an_id_is_found() {
    let mut broken = user();
    broken["id"] = json!(643);
    check(
        rest("GET", "/users/{user_id}", Value::Null, 200, broken),
        "answer GET /users/{user_id}",
        "/id",
    );
}

#[test]
fn a_status_that_the_operation_does_not_have_is_found() {
    check(
        rest("GET", "/users/{user_id}", Value::Null, 201, user()),
        "answer GET /users/{user_id}",
        "",
    );
}

#[test]
fn a_request_with_a_wrong_type_is_found() {
    let request = rest(
        "POST",
        "/users/@me/channels",
        json!({"recipient_id": {"id": 5}}),
        200,
        Value::Null,
    );
    check(request, "request POST /users/@me/channels", "/recipient_id");
}

#[test]
fn an_unknown_operation_is_found() {
    check(
        rest(
            "POST",
            "/guilds/{guild_id}/parties",
            json!({}),
            200,
            Value::Null,
        ),
        "request POST /guilds/{guild_id}/parties",
        "",
    );
}

#[test]
fn an_unknown_query_parameter_is_found() {
    let mut request = rest("GET", "/users/{user_id}", Value::Null, 200, user());
    request["query"] = json!([["colour", "red"]]);
    check(request, "request GET /users/{user_id}", "?colour");
}

#[test]
fn a_broken_frame_is_found_in_both_directions() {
    let ban = json!({"op": 0, "s": 3, "t": "GUILD_BAN_ADD", "d": {"guild_id": 7, "user": user()}});
    check(
        json!({"what": "frame", "direction": "sent", "payload": ban}),
        "frame GUILD_BAN_ADD",
        "/d/guild_id",
    );
    let identify = json!({"op": 2, "d": {"token": "t", "intents": "all", "properties": {"os": "a", "browser": "b", "device": "c"}}});
    check(
        json!({"what": "frame", "direction": "received", "payload": identify}),
        "frame GatewayIdentify",
        "/d/intents",
    );
    let unknown = json!({"op": 0, "s": 3, "t": "GUILD_PARTY", "d": {}});
    check(
        json!({"what": "frame", "direction": "sent", "payload": unknown}),
        "frame GUILD_PARTY",
        "/t",
    );
}

/// Run by `tests/foreign/run` on what the foreign libraries exchanged.
#[test]
#[ignore = "needs a recording, named by GREFFIER_EXCHANGES"]
fn a_recording_keeps_to_the_contract() {
    let path = std::env::var("GREFFIER_EXCHANGES").expect("GREFFIER_EXCHANGES names a recording");
    let text = std::fs::read_to_string(path).expect("the recording can be read");
    let exchanges = read_recording(&text);
    assert!(
        exchanges.len() > 100,
        "a recording of {} exchanges proves little",
        exchanges.len()
    );
    super::check_all(&exchanges);
}
