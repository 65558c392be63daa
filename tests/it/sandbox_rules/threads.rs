//! Threads and attachments as time goes by.

use std::time::Duration;

use greffier::sandbox::{Place, Trouble};
use serde_json::{Value, json};

use super::bare_bot::{ALL_INTENTS, Bare, Socket};

#[tokio::test]
async fn a_quiet_thread_is_archived_and_a_message_opens_it_again() {
    let bare = Bare::open().await;
    let mut socket = Socket::identified(&bare, ALL_INTENTS).await;
    let commands = format!("/applications/{}/commands", bare.ids.application);
    let warn = json!({"name": "warn", "description": "Warns"});
    assert_eq!(bare.verdict("POST", &commands, warn).await, (201, 0));
    let threads = format!("/channels/{}/threads", bare.channel("general"));
    let body = json!({"name": "talk", "type": 11, "auto_archive_duration": 60});
    let (status, thread) = bare.ask("POST", &threads, body).await;
    assert_eq!(status, 201);
    let talk = Place::channel("talk");
    bare.town.advance(Duration::from_secs(59 * 60));
    bare.town
        .says("sam", &talk, "still here")
        .await
        .expect("sam may");
    bare.town.advance(Duration::from_secs(59 * 60));
    bare.town.advance(Duration::from_secs(60));
    assert_eq!(
        socket.dispatch("THREAD_UPDATE").await["thread_metadata"]["archived"],
        true
    );
    let refused = bare.town.slash("sam", &talk, "warn").await;
    assert!(
        matches!(refused, Err(Trouble::MayNotUse(..))),
        "archived threads take no commands"
    );
    bare.town
        .says("sam", &talk, "and again")
        .await
        .expect("writing opens it");
    let one = format!("/channels/{}", thread["id"].as_str().expect("an id"));
    assert_eq!(
        bare.ask("GET", &one, Value::Null).await.1["thread_metadata"]["archived"],
        false
    );
    let locked = json!({"locked": true, "archived": true});
    assert_eq!(bare.verdict("PATCH", &one, locked).await, (200, 0));
    assert!(
        bare.town.says("sam", &talk, "too late").await.is_err(),
        "a locked one stays closed"
    );
    assert_eq!(
        bare.verdict("PATCH", &one, json!({"auto_archive_duration": 61}))
            .await,
        (400, 50035)
    );
    bare.close().await;
}

#[tokio::test]
async fn an_attachments_address_expires_and_the_message_has_a_new_one() {
    let bare = Bare::open().await;
    let http = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client");
    let path = format!("/channels/{}/messages", bare.channel("general"));
    let form = "--x\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n{\"content\":\"see\"}\r\n\
                --x\r\nContent-Disposition: form-data; name=\"files[0]\"; filename=\"a b.txt\"\r\n\r\nsome text\r\n--x--\r\n";
    let request = http
        .post(format!("{}/api/v10{path}", bare.ids.api))
        .header("Authorization", format!("Bot {}", bare.ids.token))
        .header("Content-Type", "multipart/form-data; boundary=x")
        .body(form);
    let message: Value = request
        .send()
        .await
        .expect("answered")
        .json()
        .await
        .expect("a message");
    let address = |message: &Value| {
        message["attachments"][0]["url"]
            .as_str()
            .expect("an address")
            .to_owned()
    };
    let status = async |url: String| {
        http.get(url)
            .send()
            .await
            .expect("answered")
            .status()
            .as_u16()
    };
    let first = address(&message);
    assert!(first.contains("/a_b.txt?ex="), "{first}");
    assert_eq!(status(first.clone()).await, 200);
    assert_eq!(
        status(first.replace("ex=", "ex=f")).await,
        404,
        "the date is part of the signature"
    );
    bare.town.advance(Duration::from_secs(86_401));
    assert_eq!(status(first).await, 404);
    let one = format!("{path}/{}", message["id"].as_str().expect("an id"));
    let (_, again) = bare.ask("GET", &one, Value::Null).await;
    assert_eq!(status(address(&again)).await, 200);
    bare.close().await;
}
