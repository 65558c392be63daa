//! The gateway's own rules: logging in, being refused, resuming, compression.

use std::io::Read;
use std::time::Duration;

use flate2::read::ZlibDecoder;
use flate2::{Decompress, FlushDecompress};
use greffier::sandbox::{Options, Place};
use serde_json::{Value, json};

use super::bare_bot::{ALL_INTENTS, Bare, Socket};

/// Identifies with this and answers the code with which the gateway closes.
async fn refusal(bare: &Bare, token: &str, more: Value) -> u16 {
    let mut socket = Socket::connect(bare, "").await;
    socket.identify(token, more).await;
    socket.close_code().await
}

#[tokio::test]
async fn a_wrong_identify_is_refused_with_its_code() {
    let no_content = Options {
        intents_granted: 1 << 1,
        ..Options::default()
    };
    let bare = Bare::with(no_content).await;
    let token = bare.ids.token.clone();
    assert_eq!(refusal(&bare, "wrong", json!({"intents": 0})).await, 4004);
    assert_eq!(
        refusal(&bare, &token, json!({"intents": 1_u64 << 40})).await,
        4013
    );
    assert_eq!(
        refusal(&bare, &token, json!({"intents": 1 << 15})).await,
        4014
    );
    assert_eq!(
        refusal(&bare, &token, json!({"intents": 1, "shard": [2, 2]})).await,
        4010
    );
    assert!(!bare.town.is_bot_connected());
    bare.town.stop().await;
}

#[tokio::test]
async fn nothing_but_logging_in_is_taken_before_logging_in() {
    let bare = Bare::open().await;
    let mut socket = Socket::connect(&bare, "").await;
    socket
        .send(&json!({"op": 8, "d": {"guild_id": bare.ids.guild, "query": "", "limit": 0}}))
        .await;
    assert_eq!(socket.close_code().await, 4003);
    let mut socket = Socket::connect(&bare, "").await;
    socket.send(&json!({"op": 42, "d": null})).await;
    assert_eq!(socket.close_code().await, 4003);
    bare.town.stop().await;
}

#[tokio::test]
async fn whoever_closes_is_answered_with_a_close_frame() {
    let bare = Bare::open().await;
    let mut socket = Socket::identified(&bare, ALL_INTENTS).await;
    socket.says_goodbye(1000).await;
    assert_eq!(socket.close_code().await, 1000);
    assert!(!bare.town.is_bot_connected());
    bare.close().await;
}

#[tokio::test]
async fn a_payload_over_4096_bytes_ends_the_connection() {
    let bare = Bare::open().await;
    let mut socket = Socket::identified(&bare, ALL_INTENTS).await;
    socket
        .send(&json!({"op": 3, "d": {"padding": "x".repeat(4_096)}}))
        .await;
    assert_eq!(socket.close_code().await, 4002);
    bare.close().await;
}

#[tokio::test]
async fn more_than_120_payloads_a_minute_end_the_connection() {
    let bare = Bare::open().await;
    let mut socket = Socket::identified(&bare, ALL_INTENTS).await;
    for _ in 0..119 {
        socket.send(&json!({"op": 1, "d": null})).await;
    }
    for _ in 0..119 {
        assert_eq!(socket.frame().await["op"], 11);
    }
    socket.send(&json!({"op": 1, "d": null})).await;
    assert_eq!(socket.close_code().await, 4008);
    bare.close().await;
}

#[tokio::test]
async fn the_daily_budget_of_identifies_ends_with_the_token() {
    let mut options = Options::default();
    options.knobs.identifies_a_day = 2;
    let bare = Bare::with(options).await;
    let token = bare.ids.token.clone();
    for _ in 0..2 {
        Socket::identified(&bare, 1).await;
    }
    assert_eq!(refusal(&bare, &token, json!({"intents": 1})).await, 4004);
    assert_eq!(
        bare.verdict("GET", "/users/@me", Value::Null).await,
        (401, 0)
    );
    bare.town.stop().await;
}

#[tokio::test]
async fn identifies_that_follow_too_closely_get_an_invalid_session() {
    let mut options = Options::default();
    options.knobs.identify_every = Some(Duration::from_secs(3_600));
    let bare = Bare::with(options).await;
    Socket::identified(&bare, 1).await;
    let mut second = Socket::connect(&bare, "").await;
    assert_eq!(second.frame().await["op"], 10);
    second
        .identify(&bare.ids.token, json!({"intents": 1}))
        .await;
    let invalid = second.frame().await;
    assert_eq!((&invalid["op"], &invalid["d"]), (&json!(9), &json!(false)));
    bare.town.turn(|knobs| knobs.identify_every = None);
    second
        .identify(&bare.ids.token, json!({"intents": 1}))
        .await;
    second.dispatch("READY").await;
    bare.close().await;
}

#[tokio::test]
async fn a_resume_brings_what_was_missed_and_nothing_twice() {
    let bare = Bare::open().await;
    let general = Place::channel("general");
    let first = Socket::identified(&bare, ALL_INTENTS).await;
    let (session, seq) = (first.session.clone(), first.seq);
    drop(first);
    bare.town
        .says("sam", &general, "one")
        .await
        .expect("sam may");
    bare.town
        .says("sam", &general, "two")
        .await
        .expect("sam may");
    let mut second = Socket::connect(&bare, "").await;
    second
        .send(&json!({"op": 6, "d": {"token": bare.ids.token, "session_id": session, "seq": seq}}))
        .await;
    assert_eq!(second.dispatch("MESSAGE_CREATE").await["content"], "one");
    assert_eq!(second.dispatch("MESSAGE_CREATE").await["content"], "two");
    assert_eq!(second.frame().await["t"], "RESUMED");
    bare.close().await;
}

#[tokio::test]
async fn a_session_that_is_over_cannot_be_resumed() {
    let bare = Bare::open().await;
    let first = Socket::identified(&bare, ALL_INTENTS).await;
    bare.town
        .disturb(greffier::sandbox::GatewayFault::ExpireSessions);
    let mut second = Socket::connect(&bare, "").await;
    let resume = json!({"op": 6, "d": {"token": bare.ids.token, "session_id": first.session, "seq": first.seq}});
    second.send(&resume).await;
    assert_eq!(second.frame().await["op"], 10);
    let invalid = second.frame().await;
    assert_eq!((&invalid["op"], &invalid["d"]), (&json!(9), &json!(false)));
    // After op 9 the same connection may identify anew.
    second
        .identify(&bare.ids.token, json!({"intents": 1}))
        .await;
    second.dispatch("READY").await;
    bare.close().await;
}

#[tokio::test]
async fn who_stops_heartbeating_is_closed() {
    let mut options = Options::default();
    options.knobs.heartbeat_interval = Duration::from_millis(40);
    let bare = Bare::with(options).await;
    let mut socket = Socket::identified(&bare, 1).await;
    assert_eq!(socket.close_code().await, 4009);
    bare.close().await;
}

#[tokio::test]
async fn long_frames_are_zlib_when_asked_and_the_whole_stream_as_well() {
    let bare = Bare::open().await;
    let mut socket = Socket::connect(&bare, "").await;
    assert_eq!(socket.frame().await["op"], 10);
    socket
        .identify(&bare.ids.token, json!({"intents": 1, "compress": true}))
        .await;
    socket.dispatch("READY").await;
    let mut text = String::new();
    ZlibDecoder::new(&socket.binary().await[..])
        .read_to_string(&mut text)
        .expect("it is zlib");
    assert!(text.contains("GUILD_CREATE"));

    let mut socket = Socket::connect(&bare, "&compress=zlib-stream").await;
    let mut stream = Decompress::new(true);
    socket
        .identify(&bare.ids.token, json!({"intents": 1}))
        .await;
    for expected in ["heartbeat_interval", "READY", "GUILD_CREATE"] {
        let frame = socket.binary().await;
        assert!(
            frame.ends_with(&[0, 0, 255, 255]),
            "each frame ends in a flush"
        );
        let mut text = Vec::with_capacity(64 * 1_024);
        stream
            .decompress_vec(&frame, &mut text, FlushDecompress::Sync)
            .expect("it is one zlib stream");
        assert!(String::from_utf8_lossy(&text).contains(expected));
    }
    bare.close().await;
}

#[tokio::test]
async fn members_are_sent_in_chunks_when_asked_for() {
    let bare = Bare::open().await;
    let mut socket = Socket::identified(&bare, ALL_INTENTS).await;
    let ask = |more: Value| {
        let mut data = json!({"guild_id": bare.ids.guild, "limit": 0, "nonce": "n"});
        for (key, value) in more.as_object().expect("an object") {
            data[key] = value.clone();
        }
        json!({"op": 8, "d": data})
    };
    socket.send(&ask(json!({"query": ""}))).await;
    let chunk = socket.dispatch("GUILD_MEMBERS_CHUNK").await;
    assert_eq!(chunk["members"].as_array().map(Vec::len), Some(6));
    assert_eq!(chunk["nonce"], "n");
    socket.send(&ask(json!({"query": "s"}))).await;
    let chunk = socket.dispatch("GUILD_MEMBERS_CHUNK").await;
    assert_eq!(chunk["members"][0]["user"]["username"], "sam");
    socket
        .send(&ask(json!({"user_ids": [bare.member("lea"), "77"]})))
        .await;
    let chunk = socket.dispatch("GUILD_MEMBERS_CHUNK").await;
    assert_eq!(
        (
            &chunk["members"][0]["user"]["username"],
            &chunk["not_found"]
        ),
        (&json!("lea"), &json!(["77"]))
    );
    bare.close().await;
}
