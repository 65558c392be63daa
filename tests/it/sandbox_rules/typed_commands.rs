//! Slash commands as people type them: what is sent to the bot, and what no client would send.

use greffier::sandbox::Place;
use serde_json::{Value, json};

use super::bare_bot::{ALL_INTENTS, Bare, Socket};

/// Registers one command with an option of each kind.
async fn with_command(bare: &Bare) -> Socket {
    let option = |kind: u64, name: &str, more: Value| {
        let mut option = json!({"type": kind, "name": name, "description": "An option"});
        for (key, value) in more.as_object().expect("an object") {
            option[key] = value.clone();
        }
        option
    };
    let options = json!([
        option(6, "member", json!({"required": true})),
        option(4, "points", json!({"min_value": 1, "max_value": 5})),
        option(3, "reason", json!({"max_length": 20})),
        option(
            3,
            "level",
            json!({"choices": [{"name": "High", "value": "h"}, {"name": "Low", "value": "l"}]})
        ),
        option(7, "channel", json!({"channel_types": [0]})),
        option(8, "role", json!({})),
        option(5, "quiet", json!({})),
        option(10, "share", json!({})),
        option(9, "whom", json!({})),
    ]);
    let nested = json!([{"type": 2, "name": "set", "description": "Sets", "options": [
        {"type": 1, "name": "prefix", "description": "The prefix", "options": [option(3, "to", json!({"required": true}))]}]}]);
    let body = json!([
        {"name": "warn", "description": "Warns", "options": options},
        {"name": "settings", "description": "Settings", "options": nested},
    ]);
    let path = format!("/applications/{}/commands", bare.ids.application);
    assert_eq!(bare.verdict("PUT", &path, body).await, (200, 0));
    Socket::identified(bare, ALL_INTENTS).await
}

#[tokio::test]
async fn options_are_read_as_a_client_would_send_them() {
    let bare = Bare::open().await;
    let mut socket = with_command(&bare).await;
    let (sam, role) = (
        bare.member("sam").to_string(),
        bare.role("Moderator").to_string(),
    );
    let table = [
        ("warn member:@sam", vec![("member", json!(sam))]),
        (
            "/warn member:sam points:2",
            vec![("member", json!(sam)), ("points", json!(2))],
        ),
        (
            "warn member:sam reason:two words level:High",
            vec![
                ("member", json!(sam)),
                ("reason", json!("two words")),
                ("level", json!("h")),
            ],
        ),
        (
            "warn reason:\"level:Low, no\" member:sam",
            vec![("member", json!(sam)), ("reason", json!("level:Low, no"))],
        ),
        (
            "warn member:sam role:@Moderator quiet:yes share:0.5",
            vec![
                ("member", json!(sam)),
                ("role", json!(role)),
                ("quiet", json!(true)),
                ("share", json!(0.5)),
            ],
        ),
        (
            "warn member:sam whom:Moderator",
            vec![("member", json!(sam)), ("whom", json!(role))],
        ),
    ];
    for (line, expected) in table {
        let town = bare.town.clone();
        let verb =
            tokio::spawn(async move { town.slash("mia", &Place::channel("general"), line).await });
        let arrived = socket.dispatch("INTERACTION_CREATE").await;
        let options = arrived["data"]["options"].as_array().expect("options");
        let sent: Vec<(&str, Value)> = options
            .iter()
            .map(|option| {
                (
                    option["name"].as_str().expect("a name"),
                    option["value"].clone(),
                )
            })
            .collect();
        assert_eq!(sent, expected, "{line}");
        assert_eq!(
            arrived["data"]["resolved"]["users"][&sam]["username"],
            "sam"
        );
        answer(&bare, &arrived).await;
        verb.await.expect("it ends").expect("answered");
    }
    bare.close().await;
}

async fn answer(bare: &Bare, arrived: &Value) {
    let [id, token] = ["id", "token"].map(|key| arrived[key].as_str().expect("a string"));
    let body = json!({"type": 4, "data": {"content": "ok"}});
    assert_eq!(
        bare.verdict(
            "POST",
            &format!("/interactions/{id}/{token}/callback"),
            body
        )
        .await,
        (204, 0)
    );
}

#[tokio::test]
async fn subcommands_are_words_and_nest() {
    let bare = Bare::open().await;
    let mut socket = with_command(&bare).await;
    let town = bare.town.clone();
    let verb = tokio::spawn(async move {
        town.slash(
            "mia",
            &Place::channel("general"),
            "settings set prefix to:?",
        )
        .await
    });
    let arrived = socket.dispatch("INTERACTION_CREATE").await;
    let expected = json!([{"type": 2, "name": "set", "options": [
        {"type": 1, "name": "prefix", "options": [{"type": 3, "name": "to", "value": "?"}]}]}]);
    assert_eq!(arrived["data"]["options"], expected);
    answer(&bare, &arrived).await;
    verb.await.expect("it ends").expect("answered");
    bare.close().await;
}

#[tokio::test]
async fn options_that_a_client_would_not_send_are_refused() {
    let bare = Bare::open().await;
    let _socket = with_command(&bare).await;
    for (line, why) in [
        ("warn", "the option member is required"),
        ("warn member:bob", "there is nobody called bob"),
        (
            "warn member:sam points:6",
            "the option points must be from 1 to 5",
        ),
        (
            "warn member:sam points:many",
            "the option points must be a whole number",
        ),
        (
            "warn member:sam reason:123456789012345678901",
            "the option reason must have 0 to 20 characters",
        ),
        (
            "warn member:sam level:Middle",
            "the option level must be one of: High, Low",
        ),
        (
            "warn member:sam channel:nowhere",
            "the option channel names no channel: nowhere",
        ),
        (
            "warn member:sam quiet:perhaps",
            "the option quiet must be true or false",
        ),
        ("settings", "the command goes on with one of: set"),
        (
            "settings set colour",
            "the command goes on with one of: prefix",
        ),
        (
            "settings set prefix colour:red",
            "“colour:red” is no option; the options are: to",
        ),
    ] {
        let refused = bare
            .town
            .slash("mia", &Place::channel("general"), line)
            .await;
        assert_eq!(refused.expect_err("refused").to_string(), why, "{line}");
    }
    bare.close().await;
}
