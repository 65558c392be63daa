//! Which session gets what.

use greffier::sandbox::Place;
use serde_json::json;

use super::bare_bot::{ALL_INTENTS, Bare, Socket};

const GUILDS: u64 = 1;
const GUILD_MEMBERS: u64 = 1 << 1;
const GUILD_MESSAGES: u64 = 1 << 9;
const DIRECT_MESSAGES: u64 = 1 << 12;
const MESSAGE_CONTENT: u64 = 1 << 15;

#[tokio::test]
async fn without_message_content_prefix_commands_are_blind() {
    let bare = Bare::open().await;
    let mut socket = Socket::identified(&bare, ALL_INTENTS & !MESSAGE_CONTENT).await;
    let general = Place::channel("general");
    for (text, seen) in [
        ("!warn @lea", ""),
        ("hello @Greffier", "hello <@"),
        ("again", ""),
    ] {
        bare.town
            .says("sam", &general, text)
            .await
            .expect("sam may");
        let message = socket.dispatch("MESSAGE_CREATE").await;
        let content = message["content"].as_str().expect("text");
        assert!(
            if seen.is_empty() {
                content.is_empty()
            } else {
                content.starts_with(seen)
            },
            "{text}: {content}"
        );
    }
    bare.town
        .says("sam", &Place::dm("sam"), "in private")
        .await
        .expect("sam may");
    assert_eq!(
        socket.dispatch("MESSAGE_CREATE").await["content"],
        "in private"
    );
    bare.writes("general", json!({"content": "my own"})).await;
    assert_eq!(socket.dispatch("MESSAGE_CREATE").await["content"], "my own");
    bare.close().await;
}

#[tokio::test]
async fn each_event_needs_its_intent() {
    let bare = Bare::open().await;
    let mut members = Socket::identified(&bare, GUILDS | GUILD_MEMBERS).await;
    let mut messages = Socket::identified(&bare, GUILDS | GUILD_MESSAGES | MESSAGE_CONTENT).await;
    let mut private = Socket::identified(&bare, GUILDS | DIRECT_MESSAGES).await;
    bare.town
        .says("sam", &Place::channel("general"), "public")
        .await
        .expect("sam may");
    bare.town
        .says("sam", &Place::dm("sam"), "private")
        .await
        .expect("sam may");
    bare.town.leaves("sam").await.expect("sam leaves");
    bare.town
        .creates_channel("olive", "end")
        .await
        .expect("olive may");
    // Each reads one event of its own; the next is the channel, which all may see.
    assert_eq!(members.frame().await["t"], "GUILD_MEMBER_REMOVE");
    assert_eq!(messages.frame().await["d"]["content"], "public");
    assert_eq!(private.frame().await["d"]["content"], "private");
    for socket in [&mut members, &mut messages, &mut private] {
        assert_eq!(socket.frame().await["t"], "CHANNEL_CREATE");
    }
    bare.close().await;
}

#[tokio::test]
async fn what_the_bot_cannot_see_it_does_not_hear() {
    let bare = Bare::open().await;
    bare.town
        .sets_overwrite("olive", "staff", "Greffier", 0, 1 << 10)
        .await
        .expect("olive may");
    let mut socket = Socket::identified(&bare, ALL_INTENTS).await;
    bare.town
        .says("mia", &Place::channel("staff"), "secret")
        .await
        .expect("mia may");
    bare.town
        .says("mia", &Place::channel("general"), "open")
        .await
        .expect("mia may");
    assert_eq!(socket.dispatch("MESSAGE_CREATE").await["content"], "open");
    bare.close().await;
}
