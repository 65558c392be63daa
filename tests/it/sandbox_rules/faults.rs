//! The local Discord can be told to misbehave, and only then does.

use std::time::Duration;

use greffier::sandbox::{GatewayFault, Options, Place, RestAct, RestFault};
use serde_json::{Value, json};

use super::bare_bot::{ALL_INTENTS, Bare, Socket};

const CREATE: &str = "/channels/{channel_id}/messages";

fn next(act: RestAct) -> RestFault {
    RestFault {
        method: Some("POST".to_owned()),
        route: Some(CREATE.to_owned()),
        times: 1,
        act,
    }
}

#[tokio::test]
async fn the_next_request_fails_and_the_one_after_succeeds() {
    let bare = Bare::open().await;
    for status in [500, 503] {
        bare.town.inject(next(RestAct::Status(status)));
        assert_eq!(
            bare.verdict("GET", "/users/@me", Value::Null).await,
            (200, 0),
            "another route is not concerned"
        );
        assert_eq!(
            bare.writes("general", json!({"content": "hello"})).await,
            (status, 0)
        );
        assert_eq!(
            bare.writes("general", json!({"content": "hello"})).await,
            (200, 0)
        );
    }
    assert_eq!(
        bare.town
            .messages(&Place::channel("general"))
            .expect("there")
            .len(),
        2
    );
    bare.close().await;
}

#[tokio::test]
async fn a_429_says_how_long_to_wait() {
    let bare = Bare::open().await;
    bare.town.inject(next(RestAct::Status(429)));
    let path = format!("/channels/{}/messages", bare.channel("general"));
    let response = bare
        .send("POST", &path, &json!({"content": "hello"}), &[])
        .await;
    assert_eq!(response.status().as_u16(), 429);
    assert!(response.headers().contains_key("retry-after"));
    let body: Value = response.json().await.expect("a body");
    assert_eq!(
        (&body["global"], body["retry_after"].is_f64()),
        (&json!(false), true)
    );
    bare.close().await;
}

#[tokio::test]
async fn buckets_and_the_global_limit_are_knobs() {
    let bare = Bare::open().await;
    bare.town
        .turn(|knobs| knobs.bucket = Some((2, Duration::from_secs(3_600))));
    let (general, staff) = ("general", "staff");
    for (channel, status) in [(general, 200), (general, 200), (general, 429), (staff, 200)] {
        assert_eq!(
            bare.writes(channel, json!({"content": "hello"})).await.0,
            status
        );
    }
    bare.town.turn(|knobs| {
        knobs.bucket = None;
        knobs.requests_a_second = Some(0);
    });
    assert_eq!(bare.verdict("GET", "/users/@me", Value::Null).await.0, 429);
    bare.close().await;
}

/// A client that does not retry by itself sees the lost connection.
async fn loses(bare: &Bare, act: RestAct) {
    bare.town.inject(next(act));
    let url = format!(
        "{}/api/v10/channels/{}/messages",
        bare.ids.api,
        bare.channel("general")
    );
    let client = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client");
    let request = client
        .post(url)
        .header("Authorization", format!("Bot {}", bare.ids.token));
    let lost = request.json(&json!({"content": "hello"})).send().await;
    assert!(lost.is_err(), "{lost:?}");
}

#[tokio::test]
async fn a_connection_can_be_lost_before_or_after_the_deed() {
    let bare = Bare::open().await;
    let count = |bare: &Bare| {
        bare.town
            .messages(&Place::channel("general"))
            .expect("there")
            .len()
    };
    loses(&bare, RestAct::Drop).await;
    assert_eq!(count(&bare), 0, "nothing was done");
    loses(&bare, RestAct::DropAnswer).await;
    assert_eq!(count(&bare), 1, "it was done, only the answer was lost");
    bare.close().await;
}

#[tokio::test]
async fn an_unknown_route_is_a_trouble_and_a_wrong_token_a_401() {
    let bare = Bare::open().await;
    assert_eq!(
        bare.verdict("GET", "/guilds/1/parties", Value::Null).await,
        (404, 0)
    );
    assert_eq!(
        bare.town.troubles(),
        ["unknown route: GET /api/v10/guilds/1/parties"]
    );
    let client = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client");
    let url = format!("{}/api/v10/users/@me", bare.ids.api);
    let refused = client
        .get(url)
        .header("Authorization", "Bot wrong")
        .send()
        .await
        .expect("answered");
    assert_eq!(refused.status().as_u16(), 401);
    bare.town.stop().await;
}

#[tokio::test]
async fn the_gateway_misbehaves_as_told() {
    let bare = Bare::open().await;
    let general = Place::channel("general");
    let mut socket = Socket::identified(&bare, ALL_INTENTS).await;
    bare.town
        .says("sam", &general, "hello")
        .await
        .expect("sam may");
    let first = socket.dispatch("MESSAGE_CREATE").await;
    bare.town.disturb(GatewayFault::Redeliver(1));
    assert_eq!(
        socket.dispatch("MESSAGE_CREATE").await,
        first,
        "the same message again"
    );
    bare.town.disturb(GatewayFault::GuildAvailable(false));
    assert_eq!(socket.dispatch("GUILD_DELETE").await["unavailable"], true);
    bare.town
        .says("sam", &general, "unheard")
        .await
        .expect("sam may");
    bare.town.disturb(GatewayFault::GuildAvailable(true));
    assert_eq!(
        socket.frame().await["t"],
        "GUILD_CREATE",
        "nothing was heard of an unavailable guild"
    );
    bare.town.disturb(GatewayFault::Reconnect);
    assert_eq!(socket.frame().await["op"], 7);
    bare.town.disturb(GatewayFault::AckHeartbeats(false));
    socket.send(&json!({"op": 1, "d": null})).await;
    bare.town.disturb(GatewayFault::InvalidSession(true));
    assert_eq!(
        socket.frame().await["op"],
        9,
        "and no acknowledgement before it"
    );
    bare.town.disturb(GatewayFault::Close(4000));
    assert_eq!(socket.close_code().await, 4000);
    bare.close().await;
}

#[tokio::test]
async fn a_socket_can_vanish_without_a_word() {
    let bare = Bare::open().await;
    let mut socket = Socket::identified(&bare, ALL_INTENTS).await;
    bare.town.disturb(GatewayFault::DropSocket);
    socket.vanishes().await;
    bare.close().await;
}

#[tokio::test]
async fn a_resume_can_replay_more_than_was_missed() {
    let mut options = Options::default();
    options.knobs.resume_replays_more = 1;
    let bare = Bare::with(options).await;
    let mut first = Socket::identified(&bare, ALL_INTENTS).await;
    bare.town
        .says("sam", &Place::channel("general"), "twice")
        .await
        .expect("sam may");
    let once = first.dispatch("MESSAGE_CREATE").await;
    let mut second = Socket::connect(&bare, "").await;
    let resume = json!({"op": 6, "d": {"token": bare.ids.token, "session_id": first.session, "seq": first.seq}});
    second.send(&resume).await;
    assert_eq!(second.dispatch("MESSAGE_CREATE").await, once);
    bare.close().await;
}

#[tokio::test]
async fn too_many_invalid_requests_block_the_address_for_the_rest_of_ten_minutes() {
    let knobs = greffier::sandbox::Knobs {
        invalid_requests: 3,
        ..greffier::sandbox::Knobs::default()
    };
    let bare = Bare::with(Options {
        knobs,
        ..Options::default()
    })
    .await;
    let kick = bare.guild(&format!("/members/{}", bare.member("olive")));
    let me = async || bare.verdict("GET", "/users/@me", Value::Null).await;
    let refused = async || bare.verdict("DELETE", &kick, Value::Null).await;
    assert_eq!([refused().await, refused().await], [(403, 50013); 2]);
    assert_eq!(me().await, (200, 0), "two are not three");
    // Ten minutes later, those two no longer count.
    bare.town.advance(Duration::from_secs(600));
    assert_eq!([refused().await, refused().await], [(403, 50013); 2]);
    let missing = bare.guild("/roles/1");
    assert_eq!(
        bare.verdict("GET", &missing, Value::Null).await,
        (404, 10011),
        "a 404 is not counted"
    );
    assert_eq!(refused().await, (403, 50013));
    let response = bare.send("GET", "/users/@me", &Value::Null, &[]).await;
    assert_eq!(response.status().as_u16(), 429);
    assert!(response.headers().contains_key("retry-after"));
    assert_eq!(response.text().await.expect("a body"), "error code: 1015");
    assert_eq!(bare.town.troubles().len(), 1);
    bare.town.forgive_troubles();
    bare.town.advance(Duration::from_secs(600));
    assert_eq!(me().await, (200, 0));
    bare.close().await;
}
