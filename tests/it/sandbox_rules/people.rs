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
    assert_eq!(
        offline,
        Trouble::NoSuchCommand("warn".to_owned(), Vec::new())
    );
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
        Err(Trouble::NotInMenu(_))
    ));
    assert!(matches!(
        town.picks("mia", "m", &[]).await,
        Err(Trouble::MenuTakes(..))
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
