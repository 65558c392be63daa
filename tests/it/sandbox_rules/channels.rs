//! Channels: how many there can be, where they stand, and what is told when one changes.

use greffier::sandbox::{Place, Visible};
use serde_json::{Value, json};

use super::bare_bot::{ALL_INTENTS, Bare, Socket};

#[tokio::test]
async fn a_category_holds_50_channels_and_a_guild_500() {
    let bare = Bare::open().await;
    let path = bare.guild("/channels");
    let make = async |body: Value| bare.ask("POST", &path, body).await;
    let (_, category) = make(json!({"name": "Tickets", "type": 4})).await;
    let inside = |number: usize| json!({"name": format!("ticket-{number}"), "type": 0, "parent_id": category["id"]});
    for number in 0..50 {
        assert_eq!(make(inside(number)).await.0, 201, "{number}");
    }
    let (status, answer) = make(inside(50)).await;
    assert_eq!((status, &answer["code"]), (400, &json!(50035)));
    let why = &answer["errors"]["parent_id"]["_errors"][0]["code"];
    assert_eq!(why, "CHANNEL_PARENT_MAX_CHANNELS");
    // Moving one in is refused as well; beside the category there is room.
    let general = format!("/channels/{}", bare.channel("general"));
    let moved = json!({"parent_id": category["id"]});
    assert_eq!(bare.verdict("PATCH", &general, moved).await, (400, 50035));
    // #general, #staff, #logs, the category and its 50.
    for number in 54..500 {
        let body = json!({"name": format!("room-{number}")});
        assert_eq!(make(body).await.0, 201, "{number}");
    }
    let (status, answer) = make(json!({"name": "one more"})).await;
    assert_eq!((status, &answer["code"]), (400, &json!(30013)));
    let thread = format!("{general}/threads");
    let body = json!({"name": "overflow", "type": 12});
    assert_eq!(
        bare.verdict("POST", &thread, body).await,
        (201, 0),
        "threads are not counted"
    );
    bare.close().await;
}

#[tokio::test]
async fn a_change_is_told_to_the_bot_to_the_audit_log_and_to_whoever_watches() {
    let bare = Bare::open().await;
    let mut socket = Socket::identified(&bare, ALL_INTENTS).await;
    let mut watch = bare.town.visible();
    let mut line = async || watch.recv().await.expect("visible").to_string();
    let one = format!("/channels/{}", bare.channel("general"));
    let everyone = bare.ids.guild;
    let reason = [("X-Audit-Log-Reason", "raid")];
    let body = json!({
        "topic": "Be kind", "rate_limit_per_user": 10,
        "permission_overwrites": [{"id": everyone, "type": 0, "allow": "0", "deny": "2048"}],
    });
    bare.send("PATCH", &one, &body, &reason).await;
    assert_eq!(
        line().await,
        "#general was changed: topic Be kind, rate limit per user 10, @everyone may not write"
    );
    let update = socket.dispatch("CHANNEL_UPDATE").await;
    assert_eq!(update["rate_limit_per_user"], 10);
    let entry = socket.dispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").await;
    assert_eq!(
        (&entry["action_type"], &entry["reason"]),
        (&json!(11), &json!("raid"))
    );
    assert_eq!(
        entry["changes"],
        json!([
            {"key": "topic", "new_value": "Be kind"},
            {"key": "rate_limit_per_user", "old_value": 0, "new_value": 10},
        ])
    );
    let entry = socket.dispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").await;
    assert_eq!(
        (&entry["action_type"], &entry["options"]["role_name"]),
        (&json!(13), &json!("@everyone"))
    );
    // The same once more changes nothing, and nothing is told of it.
    bare.send("PATCH", &one, &body, &reason).await;
    let rule = format!("{one}/permissions/{everyone}");
    assert_eq!(bare.verdict("DELETE", &rule, Value::Null).await, (204, 0));
    assert_eq!(
        line().await,
        "#general was changed: nothing special for @everyone"
    );
    socket.dispatch("CHANNEL_UPDATE").await;
    let entry = socket.dispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").await;
    assert_eq!(entry["action_type"], 15);
    assert_eq!(
        entry["changes"][3],
        json!({"key": "deny", "old_value": "2048"})
    );
    bare.town
        .deletes_channel("olive", "general")
        .await
        .expect("olive may");
    assert!(matches!(
        watch.recv().await,
        Ok(Visible::ChannelGone { .. })
    ));
    let gone = bare
        .town
        .says("sam", &Place::channel("general"), "hi")
        .await;
    assert!(gone.is_err());
    assert_eq!(bare.verdict("GET", &one, Value::Null).await, (404, 10003));
    bare.close().await;
}
