//! Files that people and the bot post: what is said of them, where their bytes are, and how large they may be.

use greffier::sandbox::{Draft, Options, Place, Pointed};
use serde_json::json;

use super::bare_bot::{ALL_INTENTS, Bare, Socket};
use super::interactions::Asked;

async fn bytes(url: &str) -> Vec<u8> {
    let client = reqwest::Client::builder().no_proxy().build();
    let answer = client.expect("a client").get(url).send().await;
    let answer = answer.expect("answered");
    assert_eq!(answer.status().as_u16(), 200);
    answer.bytes().await.expect("bytes").to_vec()
}

#[tokio::test]
async fn people_post_files_that_the_bot_can_fetch() {
    let bare = Bare::open().await;
    let mut socket = Socket::identified(&bare, ALL_INTENTS).await;
    let (town, general) = (&bare.town, Place::channel("general"));
    let draft = Draft::from("look")
        .with("proof of it.png", [1_u8, 2, 3])
        .with("notes.txt", "some text");
    town.says("sam", &general, draft).await.expect("sam may");
    let message = socket.dispatch("MESSAGE_CREATE").await;
    let files = &message["attachments"];
    let about = |index: usize| {
        let file = &files[index];
        (
            file["filename"].clone(),
            file["size"].clone(),
            file["content_type"].clone(),
        )
    };
    assert_eq!(
        about(0),
        (json!("proof_of_it.png"), json!(3), json!("image/png"))
    );
    let plain = json!("text/plain; charset=utf-8");
    assert_eq!(about(1), (json!("notes.txt"), json!(9), plain));
    let url = files[1]["url"].as_str().expect("an address");
    assert_eq!(bytes(url).await, b"some text");
    bare.close().await;
}

#[tokio::test]
async fn files_have_a_size_and_a_number_and_need_permission() {
    let bare = Bare::open().await;
    let (town, general) = (&bare.town, Place::channel("general"));
    let most = 10 * 1_024 * 1_024;
    let file = |size: usize| Draft::default().with("a.zip", vec![0_u8; size]);
    town.says("sam", &general, file(most))
        .await
        .expect("10 MiB may");
    let refused = town.says("sam", &general, file(most + 1)).await;
    assert_eq!(
        refused.expect_err("too large").to_string(),
        "Request entity too large"
    );
    let many = |count: usize| {
        (0..count).fold(Draft::default(), |draft, number| {
            draft.with(&format!("{number}.txt"), "x")
        })
    };
    town.says("sam", &general, many(10)).await.expect("ten may");
    assert!(town.says("sam", &general, many(11)).await.is_err());
    let attach = 1 << 15;
    town.sets_overwrite("olive", "general", "@everyone", 0, attach)
        .await
        .expect("olive may");
    let refused = town.says("sam", &general, file(1)).await;
    assert_eq!(
        refused.expect_err("not allowed").to_string(),
        "Missing Permissions"
    );
    assert_eq!(town.messages(&general).expect("there").len(), 2);
    bare.close().await;
}

#[tokio::test]
async fn a_reply_brings_what_it_answers() {
    let bare = Bare::open().await;
    let mut socket = Socket::identified(&bare, ALL_INTENTS).await;
    let (town, general) = (&bare.town, Place::channel("general"));
    let spam = Draft::from("buy this").with("ad.png", "x");
    let id = town.says("sam", &general, spam).await.expect("sam may");
    let meant = town.points_at("mia", Pointed::By("sam".to_owned()));
    assert_eq!(meant.expect("there").id, id);
    let reply = Draft::from("!warn spam").answering(id);
    town.says("mia", &general, reply).await.expect("mia may");
    socket.dispatch("MESSAGE_CREATE").await;
    let message = socket.dispatch("MESSAGE_CREATE").await;
    assert_eq!(message["type"], 19);
    assert_eq!(message["message_reference"]["message_id"], json!(id));
    let answered = &message["referenced_message"];
    assert_eq!(answered["content"], "buy this");
    assert_eq!(answered["attachments"][0]["filename"], "ad.png");
    let elsewhere = Draft::from("no").answering(id);
    let refused = town.says("mia", &Place::channel("staff"), elsewhere).await;
    assert!(refused.is_err(), "a reply stands in the same channel");
    let nowhere = town.points_at("sam", Pointed::Saying("nobody said this".to_owned()));
    assert!(nowhere.is_err());
    bare.close().await;
}

#[tokio::test]
async fn an_answer_for_one_persons_eyes_may_have_a_file() {
    let mut asked = Asked::open(Options::default()).await;
    let town = asked.bare.town.clone();
    let general = Place::channel("general");
    let seen = tokio::spawn(async move { town.slash("sam", &general, "ask word:yes").await });
    let arrived = asked.arrived().await;
    let deferred = json!({"type": 5, "data": {"flags": 64}});
    assert_eq!(asked.answers(&arrived, deferred).await, (204, 0));
    let path = asked.webhook(&arrived, "/messages/@original");
    let body = "--x\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n{\"content\":\"here\"}\r\n\
                --x\r\nContent-Disposition: form-data; name=\"files[0]\"; filename=\"transcript.html\"\r\n\r\n<p>\r\n--x--\r\n";
    let client = reqwest::Client::builder().no_proxy().build();
    let sent = client
        .expect("a client")
        .patch(format!("{}/api/v10{path}", asked.bare.ids.api))
        .header("Content-Type", "multipart/form-data; boundary=x")
        .body(body);
    assert_eq!(sent.send().await.expect("answered").status().as_u16(), 200);
    let outcome = seen.await.expect("it ends").expect("answered");
    let message = outcome.message().expect("a message");
    assert_eq!(message.only_for.as_deref(), Some("sam"));
    assert_eq!(message.text, "here\n[file transcript.html, 3 bytes]");
    let url = message.attachments[0]["url"].as_str().expect("an address");
    assert_eq!(bytes(url).await, b"<p>");
    asked.bare.close().await;
}
