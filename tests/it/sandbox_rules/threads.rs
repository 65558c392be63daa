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
        matches!(refused, Err(Trouble::ThreadArchived(_))),
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

#[tokio::test]
async fn a_private_thread_is_for_those_who_are_in_it() {
    let bare = Bare::open().await;
    let mut socket = Socket::identified(&bare, ALL_INTENTS).await;
    let threads = format!("/channels/{}/threads", bare.channel("general"));
    let body = json!({"name": "ticket", "type": 12, "invitable": false});
    let (_, thread) = bare.ask("POST", &threads, body).await;
    assert_eq!(thread["thread_metadata"]["invitable"], false);
    let one = format!("/channels/{}", thread["id"].as_str().expect("an id"));
    let ticket = Place::channel("ticket");
    let says = async |who: &str, text: &str| bare.town.says(who, &ticket, text).await;
    assert!(says("sam", "hello").await.is_err(), "not in it yet");
    let sam = bare.member("sam");
    let seat = format!("{one}/thread-members/{sam}");
    assert_eq!(bare.verdict("PUT", &seat, Value::Null).await, (204, 0));
    let update = socket.dispatch("THREAD_MEMBERS_UPDATE").await;
    assert_eq!(update["added_members"][0]["user_id"], json!(sam));
    says("sam", "hello").await.expect("he is in it");
    assert!(says("lea", "hello").await.is_err(), "she is not");
    says("mia", "welcome").await.expect("she manages threads");
    let update = socket.dispatch("THREAD_MEMBERS_UPDATE").await;
    let mia = bare.member("mia");
    assert_eq!(
        update["added_members"][0]["user_id"],
        json!(mia),
        "who writes in it is in it"
    );
    // A mention by somebody who is in it brings lea in.
    says("mia", "and @lea").await.expect("she may");
    says("lea", "thanks").await.expect("she is in it now");
    assert_eq!(bare.verdict("DELETE", &seat, Value::Null).await, (204, 0));
    assert!(says("sam", "still?").await.is_err(), "he was put out");
    let locked = json!({"locked": true});
    assert_eq!(bare.verdict("PATCH", &one, locked).await, (200, 0));
    assert_eq!(
        says("lea", "more").await.expect_err("locked").to_string(),
        "This thread is locked"
    );
    says("mia", "closed").await.expect("she manages threads");
    let open = json!({"locked": false});
    assert_eq!(bare.verdict("PATCH", &one, open).await, (200, 0));
    says("lea", "again").await.expect("she is in it still");
    bare.town.leaves("lea").await.expect("lea may");
    bare.town.joins("lea").await.expect("lea may");
    assert!(says("lea", "back").await.is_err(), "leaving puts her out");
    bare.close().await;
}
