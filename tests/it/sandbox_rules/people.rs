//! What people type, what becomes of it, and what everyone sees.

use std::time::Duration;

use greffier::sandbox::{Options, Place, Trouble, Visible};
use serde_json::{Value, json};
use tokio::sync::broadcast::Receiver;

use super::bare_bot::{ALL_INTENTS, Bare, Socket};

/// Everything that became visible so far, a line each.
fn lines(watch: &mut Receiver<Visible>) -> String {
    let mut lines = Vec::new();
    while let Ok(seen) = watch.try_recv() {
        lines.push(seen.to_string());
    }
    lines.join("\n")
}

#[tokio::test]
async fn all_that_happens_is_seen_as_one_line_each() {
    let clock = greffier::sandbox::Clock::starting_at(1_790_000_000_000);
    let bare = Bare::with(Options {
        clock,
        ..Options::default()
    })
    .await;
    let (town, general) = (&bare.town, Place::channel("general"));
    let mut watch = town.visible();
    town.says("mia", &general, "hello @sam, see #logs")
        .await
        .expect("mia may");
    town.says("sam", &Place::dm("sam"), "help")
        .await
        .expect("sam may");
    town.times_out("mia", "sam", Duration::from_secs(3_600), Some("spam"))
        .await
        .expect("mia may");
    town.advance(Duration::from_secs(3_600));
    town.gives_role("olive", "sam", "Moderator")
        .await
        .expect("olive may");
    town.takes_role("olive", "sam", "Moderator")
        .await
        .expect("olive may");
    town.kicks("mia", "sam", None).await.expect("mia may");
    town.joins("sam").await.expect("sam may");
    town.leaves("sam").await.expect("sam may");
    town.bans_member("mia", "sam", Some("enough"))
        .await
        .expect("mia may");
    town.unbans("mia", "sam").await.expect("mia may");
    town.creates_channel("olive", "news")
        .await
        .expect("olive may");
    town.deletes_channel("olive", "news")
        .await
        .expect("olive may");
    let expected = "\
#general mia: hello @sam, see #logs
DM to sam sam: help
sam is timed out until 2026-09-21 15:13:20 UTC (spam)
sam is no longer timed out
sam's roles changed: +Moderator
sam's roles changed: -Moderator
sam was kicked
sam joined
sam left
sam was banned (enough)
sam was unbanned
#news was created
#news was deleted";
    assert_eq!(lines(&mut watch), expected);
    bare.close().await;
}

#[tokio::test]
async fn the_bots_messages_read_as_text() {
    let bare = Bare::open().await;
    let mut watch = bare.town.visible();
    let sam = bare.member("sam");
    let body = json!({
        "content": format!("Done, <@{sam}>."),
        "embeds": [{
            "title": "Case 1",
            "description": format!("<@{sam}> in <#{}>", bare.channel("general")),
            "fields": [{"name": "Points", "value": "2"}, {"name": "Why", "value": "one\ntwo"}],
            "footer": {"text": "by mia"},
        }],
        "components": [
            {"type": 1, "components": [
                {"type": 2, "style": 1, "label": "Undo", "custom_id": "u"},
                {"type": 2, "style": 2, "label": "Keep", "custom_id": "k", "disabled": true},
                {"type": 2, "style": 5, "label": "Rules", "url": "https://example.org"},
            ]},
            {"type": 1, "components": [
                {"type": 3, "custom_id": "m", "placeholder": "Reason", "options": [
                    {"label": "Spam", "value": "s"}, {"label": "Insult", "value": "i"}]},
            ]},
        ],
    });
    let path = format!("/channels/{}/messages", bare.channel("general"));
    let (_, message) = bare.ask("POST", &path, body).await;
    let one = format!("{path}/{}", message["id"].as_str().expect("an id"));
    bare.ask(
        "PATCH",
        &one,
        json!({"content": "Undone.", "embeds": [], "components": []}),
    )
    .await;
    bare.ask("DELETE", &one, Value::Null).await;
    let expected = "\
#general Greffier: Done, @sam.
| **Case 1**
| @sam in #general
| Points: 2
| Why:
| one
| two
| _by mia_
[Undo] [Keep (off)] [Rules → https://example.org]
[Reason ▾ Spam | Insult]
#general Greffier: Undone. (edited)
#general Greffier's message was deleted";
    assert_eq!(lines(&mut watch), expected);
    bare.close().await;
}

#[tokio::test]
async fn what_cannot_be_done_is_said_in_words() {
    let bare = Bare::open().await;
    let (town, general) = (&bare.town, Place::channel("general"));
    let words = |result: Result<_, Trouble>| {
        result
            .map(|_: greffier::sandbox::Id| ())
            .expect_err("a trouble")
            .to_string()
    };
    assert_eq!(
        words(town.says("bob", &general, "hi").await),
        "there is nobody called bob"
    );
    assert_eq!(
        words(town.says("sam", &Place::channel("nowhere"), "hi").await),
        "there is no #nowhere"
    );
    assert_eq!(
        words(town.says("sam", &Place::channel("staff"), "hi").await),
        "Missing Access"
    );
    town.leaves("sam").await.expect("sam may");
    assert_eq!(
        words(town.says("sam", &general, "hi").await),
        "sam is not in the guild"
    );
    let offline = town
        .slash("lea", &general, "warn")
        .await
        .expect_err("no bot");
    assert_eq!(offline, Trouble::NoSuchCommand("warn".to_owned()));
    let pressed = town
        .clicks("lea", "Undo")
        .await
        .expect_err("no button")
        .to_string();
    assert_eq!(
        pressed,
        "there is nothing to press or pick called “Undo” that lea can see"
    );
    bare.close().await;
}

#[tokio::test]
async fn mentions_are_what_people_type() {
    let bare = Bare::open().await;
    let mut socket = Socket::identified(&bare, ALL_INTENTS).await;
    let (sam, moderator, general) = (
        bare.member("sam"),
        bare.role("Moderator"),
        bare.channel("general"),
    );
    for (typed, sent) in [
        ("!warn @sam spam", format!("!warn <@{sam}> spam")),
        ("@Sam, look", format!("<@{sam}>, look")),
        ("ask @Moderator.", format!("ask <@&{moderator}>.")),
        ("ask @&Moderator", format!("ask <@&{moderator}>")),
        ("in #general!", format!("in <#{general}>!")),
        (
            "sam@example.org, @everyone, #1, @bob, é@é",
            "sam@example.org, @everyone, #1, @bob, é@é".to_owned(),
        ),
    ] {
        bare.town
            .says("olive", &Place::channel("general"), typed)
            .await
            .expect("olive may");
        assert_eq!(
            socket.dispatch("MESSAGE_CREATE").await["content"],
            sent,
            "{typed}"
        );
    }
    bare.close().await;
}

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

#[tokio::test]
async fn buttons_that_cannot_be_pressed_say_why() {
    let bare = Bare::open().await;
    let button = |label: &str, more: Value| {
        let mut button = json!({"type": 2, "label": label, "style": 1});
        for (key, value) in more.as_object().expect("an object") {
            button[key] = value.clone();
        }
        button
    };
    let row = json!({"type": 1, "components": [
        button("Off", json!({"custom_id": "o", "disabled": true})),
        button("Link", json!({"style": 5, "url": "https://example.org"})),
        button("On", json!({"custom_id": "n"})),
    ]});
    let menu = json!({"type": 1, "components": [
        {"type": 3, "custom_id": "m", "max_values": 2, "options": [{"label": "A", "value": "a"}, {"label": "B", "value": "b"}]}]});
    assert_eq!(
        bare.writes("staff", json!({"components": [row, menu]}))
            .await,
        (200, 0)
    );
    let town = &bare.town;
    assert_eq!(
        town.clicks("mia", "Off").await,
        Err(Trouble::SwitchedOff("Off".to_owned()))
    );
    assert_eq!(
        town.clicks("mia", "Link").await,
        Err(Trouble::IsLink("Link".to_owned()))
    );
    assert_eq!(
        town.clicks("mia", "On").await,
        Err(Trouble::BotAbsent),
        "nobody is there to answer"
    );
    assert!(
        matches!(
            town.clicks("sam", "On").await,
            Err(Trouble::NoSuchControl(..))
        ),
        "sam does not see #staff"
    );
    assert!(matches!(
        town.picks("mia", "m", &["C"]).await,
        Err(Trouble::BadOption(_))
    ));
    assert!(matches!(
        town.picks("mia", "m", &[]).await,
        Err(Trouble::BadOption(_))
    ));
    bare.close().await;
}

#[tokio::test]
async fn an_acknowledged_button_is_answered_by_the_change_of_its_message() {
    let bare = Bare::open().await;
    let mut socket = Socket::identified(&bare, ALL_INTENTS).await;
    let row = json!({"type": 1, "components": [{"type": 2, "label": "Go", "style": 1, "custom_id": "g"}]});
    let path = format!("/channels/{}/messages", bare.channel("general"));
    let (_, message) = bare
        .ask(
            "POST",
            &path,
            json!({"content": "before", "components": [row]}),
        )
        .await;
    let town = bare.town.clone();
    let pressed = tokio::spawn(async move { town.clicks("sam", "Go").await });
    let arrived = socket.dispatch("INTERACTION_CREATE").await;
    let [id, token] = ["id", "token"].map(|key| arrived[key].as_str().expect("a string"));
    assert_eq!(arrived["message"]["content"], "before");
    let callback = format!("/interactions/{id}/{token}/callback");
    assert_eq!(
        bare.verdict("POST", &callback, json!({"type": 6})).await,
        (204, 0)
    );
    let one = format!("{path}/{}", message["id"].as_str().expect("an id"));
    bare.ask("PATCH", &one, json!({"content": "after"})).await;
    let outcome = pressed.await.expect("it ends").expect("answered");
    assert_eq!(outcome.message().expect("a message").content, "after");
    bare.close().await;
}
