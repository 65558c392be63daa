//! Discord's limits, each at its edge and one beyond.

use serde_json::{Value, json};

use super::bare_bot::{Bare, Verdict};

const DONE: Verdict = (200, 0);
const INVALID: Verdict = (400, 50035);

fn text(length: usize) -> String {
    "é".repeat(length)
}

fn button(custom_id: &str) -> Value {
    json!({"type": 2, "style": 1, "label": "Press", "custom_id": custom_id})
}

fn row(components: &[Value]) -> Value {
    json!({"type": 1, "components": components})
}

fn rows(count: usize) -> Value {
    let rows: Vec<Value> = (0..count)
        .map(|n| row(&[button(&format!("b{n}"))]))
        .collect();
    json!({"content": "rows", "components": rows})
}

fn menu(options: usize) -> Value {
    let options: Vec<Value> = (0..options)
        .map(|n| json!({"label": format!("o{n}"), "value": format!("{n}")}))
        .collect();
    json!({"components": [row(&[json!({"type": 3, "custom_id": "m", "options": options})])]})
}

fn embed(embed: Value) -> Value {
    json!({"embeds": [embed]})
}

fn fields(count: usize, name: usize, value: usize) -> Value {
    let field = json!({"name": text(name), "value": text(value)});
    embed(json!({"fields": vec![field; count]}))
}

/// The bot sends each message body and gets its verdict.
async fn check(table: Vec<(&str, Value, Verdict)>) {
    let bare = Bare::open().await;
    for (what, body, expected) in table {
        assert_eq!(bare.writes("general", body).await, expected, "{what}");
    }
    bare.close().await;
}

#[tokio::test]
async fn content_and_nonce() {
    check(vec![
        ("2000 characters", json!({"content": text(2_000)}), DONE),
        ("2001 characters", json!({"content": text(2_001)}), INVALID),
        ("nothing", json!({"content": "  "}), (400, 50006)),
        ("a nonce of 25", json!({"content": "n", "nonce": "x".repeat(25)}), DONE),
        ("a nonce of 26", json!({"content": "n", "nonce": "x".repeat(26)}), INVALID),
        ("an answer to nothing", json!({"content": "n", "message_reference": {"message_id": "7"}}), INVALID),
        (
            "an answer to nothing, if need be",
            json!({"content": "n", "message_reference": {"message_id": "7", "fail_if_not_exists": false}}),
            DONE,
        ),
        (
            "mentions both ways",
            json!({"content": "n", "allowed_mentions": {"parse": ["users"], "users": ["7"]}}),
            INVALID,
        ),
    ])
    .await;
}

#[tokio::test]
async fn embeds() {
    let of = |key: &str, length| embed(json!({key: text(length)}));
    let total = |last: usize| json!({"embeds": [{"description": text(4_096)}, {"description": text(last)}]});
    check(vec![
        (
            "10 embeds",
            json!({"embeds": vec![json!({"title": "t"}); 10]}),
            DONE,
        ),
        (
            "11 embeds",
            json!({"embeds": vec![json!({"title": "t"}); 11]}),
            INVALID,
        ),
        ("title 256", of("title", 256), DONE),
        ("title 257", of("title", 257), INVALID),
        ("description 4096", of("description", 4_096), DONE),
        ("description 4097", of("description", 4_097), INVALID),
        ("25 fields", fields(25, 1, 1), DONE),
        ("26 fields", fields(26, 1, 1), INVALID),
        ("field name 256", fields(1, 256, 1), DONE),
        ("field name 257", fields(1, 257, 1), INVALID),
        ("field value 1024", fields(1, 1, 1_024), DONE),
        ("field value 1025", fields(1, 1, 1_025), INVALID),
        ("field without value", fields(1, 1, 0), INVALID),
        (
            "footer 2049",
            embed(json!({"footer": {"text": text(2_049)}})),
            INVALID,
        ),
        (
            "author 257",
            embed(json!({"author": {"name": text(257)}})),
            INVALID,
        ),
        ("6000 in all", total(1_904), DONE),
        ("6001 in all", total(1_905), INVALID),
        (
            "a date that is none",
            embed(json!({"title": "t", "timestamp": "yesterday"})),
            INVALID,
        ),
        ("an empty one", embed(json!({})), INVALID),
        (
            "a link that is none",
            embed(json!({"title": "t", "url": "javascript:1"})),
            INVALID,
        ),
    ])
    .await;
}

#[tokio::test]
async fn components() {
    let buttons =
        |count: usize| -> Vec<Value> { (0..count).map(|n| button(&format!("b{n}"))).collect() };
    let one = |button: Value| json!({"components": [row(&[button])]});
    check(vec![
        ("5 rows", rows(5), DONE),
        ("6 rows", rows(6), INVALID),
        ("5 buttons", json!({"components": [row(&buttons(5))]}), DONE),
        (
            "6 buttons",
            json!({"components": [row(&buttons(6))]}),
            INVALID,
        ),
        ("an empty row", json!({"components": [row(&[])]}), INVALID),
        ("custom id 100", one(button(&"x".repeat(100))), DONE),
        ("custom id 101", one(button(&"x".repeat(101))), INVALID),
        (
            "custom id twice",
            json!({"components": [row(&[button("a"), button("a")])]}),
            INVALID,
        ),
        (
            "no custom id",
            one(json!({"type": 2, "style": 1, "label": "Press"})),
            INVALID,
        ),
        (
            "no label",
            one(json!({"type": 2, "style": 1, "custom_id": "a"})),
            INVALID,
        ),
        (
            "label 81",
            one(json!({"type": 2, "style": 1, "label": text(81), "custom_id": "a"})),
            INVALID,
        ),
        (
            "a link",
            one(json!({"type": 2, "style": 5, "label": "Go", "url": "https://example.org"})),
            DONE,
        ),
        ("25 options", menu(25), DONE),
        ("26 options", menu(26), INVALID),
        ("no options", menu(0), INVALID),
        (
            "a button outside a row",
            json!({"components": [button("a")]}),
            INVALID,
        ),
        (
            "a text input in a message",
            one(json!({"type": 4, "custom_id": "a", "label": "A", "style": 1})),
            INVALID,
        ),
    ])
    .await;
}

#[tokio::test]
async fn errors_name_the_field() {
    let bare = Bare::open().await;
    let path = format!("/channels/{}/messages", bare.channel("general"));
    let (status, answer) = bare
        .ask("POST", &path, embed(json!({"title": text(257)})))
        .await;
    let expected = json!({
        "message": "Invalid Form Body",
        "code": 50035,
        "errors": {"embeds": {"0": {"title": {"_errors": [
            {"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 256 or fewer in length."}]}}}},
    });
    assert_eq!((status, answer), (400, expected));
    bare.close().await;
}

#[tokio::test]
async fn enforce_nonce_sends_once() {
    let bare = Bare::open().await;
    let path = format!("/channels/{}/messages", bare.channel("general"));
    let body = json!({"content": "once", "nonce": "a1", "enforce_nonce": true});
    let (_, first) = bare.ask("POST", &path, body.clone()).await;
    let (_, second) = bare.ask("POST", &path, body.clone()).await;
    assert_eq!(first["id"], second["id"]);
    bare.town.advance(std::time::Duration::from_secs(600));
    let (_, later) = bare.ask("POST", &path, body).await;
    assert_ne!(
        first["id"], later["id"],
        "after some minutes it is forgotten"
    );
    bare.close().await;
}

#[tokio::test]
async fn bulk_deletion() {
    let bare = Bare::open().await;
    let general = "#general".into();
    let mut ids = Vec::new();
    for n in 0..4 {
        ids.push(
            bare.town
                .says("sam", &general, &format!("{n}"))
                .await
                .expect("sam may"),
        );
    }
    let path = format!("/channels/{}/messages/bulk-delete", bare.channel("general"));
    assert_eq!(
        bare.verdict("POST", &path, json!({"messages": [ids[0]]}))
            .await,
        (400, 50016)
    );
    assert_eq!(
        bare.verdict("POST", &path, json!({"messages": vec![ids[0]; 101]}))
            .await,
        (400, 50016)
    );
    assert_eq!(
        bare.verdict("POST", &path, json!({"messages": [ids[0], ids[1]]}))
            .await,
        (204, 0)
    );
    bare.town
        .advance(std::time::Duration::from_secs(15 * 86_400));
    assert_eq!(
        bare.verdict("POST", &path, json!({"messages": [ids[2], ids[3]]}))
            .await,
        (400, 50034)
    );
    assert_eq!(bare.town.messages(&general).expect("there").len(), 2);
    bare.close().await;
}

#[tokio::test]
async fn commands() {
    let bare = Bare::open().await;
    let path = format!("/applications/{}/commands", bare.ids.application);
    let command = |name: &str| json!({"name": name, "description": "Does it"});
    let option = |n: usize| json!({"type": 3, "name": format!("o{n}"), "description": "An option"});
    let with = |key: &str, value: Value| {
        let mut command = command("one");
        command[key] = value;
        command
    };
    let options = |count: usize| with("options", (0..count).map(option).collect());
    let big = |choices: usize| {
        with("options", (0..25).map(|n| {
        let choices: Vec<Value> = (0..choices).map(|c| json!({"name": format!("c{c}"), "value": "v".repeat(90)})).collect();
        json!({"type": 3, "name": format!("o{n}"), "description": "d", "choices": choices})
    }).collect())
    };
    let table = vec![
        ("a good one", command("one"), (201, 0)),
        ("the same again", command("one"), DONE),
        ("upper case", command("One"), INVALID),
        ("a space", command("one two"), INVALID),
        ("name 33", command(&"x".repeat(33)), INVALID),
        (
            "description 101",
            with("description", json!(text(101))),
            INVALID,
        ),
        ("no description", json!({"name": "one"}), INVALID),
        ("25 options", options(25), DONE),
        ("26 options", options(26), INVALID),
        ("about 7000 characters", big(3), DONE),
        ("above 8000 characters", big(4), INVALID),
        (
            "locale fr",
            with("name_localizations", json!({"fr": "un"})),
            DONE,
        ),
        (
            "locale en",
            with("name_localizations", json!({"en": "one"})),
            INVALID,
        ),
    ];
    for (what, body, expected) in table {
        // Some bodies are wrong by the document as well; what counts is the verdict.
        assert_eq!(bare.verdict("POST", &path, body).await, expected, "{what}");
    }
    let many = |count: usize| -> Value { (0..count).map(|n| command(&format!("c{n}"))).collect() };
    assert_eq!(bare.verdict("PUT", &path, many(100)).await, DONE);
    assert_eq!(
        bare.verdict("POST", &path, command("onemore")).await,
        (400, 30032)
    );
    assert_eq!(
        bare.verdict("PUT", &path, json!([command("a"), command("a")]))
            .await,
        INVALID
    );
    bare.close().await;
}

#[tokio::test]
async fn bans_direct_messages_and_lists() {
    let bare = Bare::open().await;
    let ban = bare.guild(&format!("/bans/{}", bare.member("sam")));
    assert_eq!(
        bare.verdict("PUT", &ban, json!({"delete_message_seconds": 604_801}))
            .await,
        INVALID
    );
    assert_eq!(
        bare.verdict("PUT", &ban, json!({"delete_message_seconds": 604_800}))
            .await,
        (204, 0)
    );
    let (_, dm) = bare
        .ask(
            "POST",
            "/users/@me/channels",
            json!({"recipient_id": bare.member("lea")}),
        )
        .await;
    let path = format!("/channels/{}/messages", dm["id"].as_str().expect("an id"));
    assert_eq!(
        bare.verdict("POST", &path, json!({"content": "hello"}))
            .await,
        DONE
    );
    bare.town.closes_dms("lea").expect("lea may");
    assert_eq!(
        bare.verdict("POST", &path, json!({"content": "hello"}))
            .await,
        (403, 50007)
    );
    bare.town.opens_dms("lea").expect("lea may");
    bare.town.leaves("lea").await.expect("lea leaves");
    assert_eq!(
        bare.verdict("POST", &path, json!({"content": "hello"}))
            .await,
        (403, 50007),
        "no guild in common"
    );
    let list = format!("/channels/{}/messages?limit=101", bare.channel("general"));
    assert_eq!(bare.verdict("GET", &list, Value::Null).await, INVALID);
    bare.close().await;
}

#[tokio::test]
async fn a_scope_gets_200_new_commands_a_day() {
    let bare = Bare::open().await;
    let path = format!("/applications/{}/commands", bare.ids.application);
    let named = |start: usize| -> Value {
        (start..start + 100)
            .map(|n| json!({"name": format!("c{n}"), "description": "Does it"}))
            .collect()
    };
    assert_eq!(bare.verdict("PUT", &path, named(0)).await, DONE);
    assert_eq!(
        bare.verdict("PUT", &path, named(0)).await,
        DONE,
        "what is there already is not new"
    );
    assert_eq!(bare.verdict("PUT", &path, named(100)).await, DONE);
    assert_eq!(bare.verdict("PUT", &path, named(200)).await, (400, 30034));
    let own = format!(
        "/applications/{}{}",
        bare.ids.application,
        bare.guild("/commands")
    );
    assert_eq!(
        bare.verdict("PUT", &own, named(0)).await,
        DONE,
        "a guild counts for itself"
    );
    bare.town.advance(std::time::Duration::from_secs(86_400));
    assert_eq!(bare.verdict("PUT", &path, named(200)).await, DONE);
    bare.close().await;
}
