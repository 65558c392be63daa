//! Several guilds, and a bot that comes and goes.

use greffier::sandbox::{Place, Trouble};
use serde_json::{Value, json};

use super::bare_bot::{ALL_INTENTS, Bare, Socket};

#[tokio::test]
async fn a_bot_without_a_guild_sees_nothing_of_it_until_it_is_invited() {
    let bare = Bare::open().await;
    let general = Place::channel("general");
    bare.town
        .kicks("olive", "Greffier", None)
        .await
        .expect("olive may");
    assert_eq!(
        bare.verdict("GET", &bare.guild(""), Value::Null).await,
        (404, 10004)
    );
    assert_eq!(
        bare.writes("general", json!({"content": "hello"})).await,
        (403, 50001)
    );
    let mut socket = Socket::connect(&bare, "").await;
    socket
        .identify(&bare.ids.token, json!({"intents": ALL_INTENTS}))
        .await;
    assert_eq!(socket.dispatch("READY").await["guilds"], json!([]));
    bare.town
        .says("sam", &general, "unheard")
        .await
        .expect("sam may");
    bare.town.joins("Greffier").await.expect("it is invited");
    assert_eq!(socket.frame().await["t"], "GUILD_CREATE");
    bare.town
        .says("sam", &general, "heard")
        .await
        .expect("sam may");
    assert_eq!(socket.dispatch("MESSAGE_CREATE").await["content"], "heard");
    // Its new role stands at the bottom: below mia's until someone moves it.
    let kick = bare.guild(&format!("/members/{}", bare.member("mia")));
    assert_eq!(
        bare.verdict("DELETE", &kick, Value::Null).await,
        (403, 50013)
    );
    bare.close().await;
}

#[tokio::test]
async fn guilds_have_nothing_in_common_but_their_people() {
    let bare = Bare::open().await;
    let general = Place::channel("general");
    let mut socket = Socket::identified(&bare, ALL_INTENTS).await;
    let other = bare
        .town
        .founds_guild("lea", "Other", &["sam"])
        .await
        .expect("lea may");
    assert_eq!(socket.dispatch("GUILD_CREATE").await["id"], json!(other));
    bare.town
        .says("sam", &general, "at home")
        .await
        .expect("sam may");
    bare.town.goes_to("Other").expect("it is there");
    bare.town
        .says("sam", &general, "elsewhere")
        .await
        .expect("sam may");
    for (text, guild) in [("at home", bare.ids.guild), ("elsewhere", other)] {
        let message = socket.dispatch("MESSAGE_CREATE").await;
        assert_eq!(
            (&message["content"], &message["guild_id"]),
            (&json!(text), &json!(guild))
        );
    }
    assert_eq!(
        bare.town.transcript(&general).expect("there"),
        "sam: elsewhere"
    );
    let absent = bare.town.says("mia", &general, "hello").await;
    assert_eq!(absent, Err(Trouble::NotInGuild("mia".to_owned())));
    let guilds = bare.ask("GET", "/users/@me/guilds", Value::Null).await.1;
    assert_eq!(guilds.as_array().map(Vec::len), Some(2));
    assert!(bare.town.goes_to("Nowhere").is_err());
    bare.close().await;
}

#[tokio::test]
async fn people_act_in_the_guild_that_they_have_open() {
    let bare = Bare::open().await;
    let (town, general) = (&bare.town, Place::channel("general"));
    let mut socket = Socket::identified(&bare, ALL_INTENTS).await;
    town.founds_guild("lea", "Other", &["sam", "mia"])
        .await
        .expect("lea may");
    let other = socket.dispatch("GUILD_CREATE").await["id"].clone();
    town.opens_guild("sam", "Other").expect("it is there");
    town.opens_guild("lea", "Other").expect("it is there");
    town.says("sam", &general, "elsewhere")
        .await
        .expect("he may");
    town.says("mia", &general, "at home")
        .await
        .expect("she may");
    assert_eq!(socket.dispatch("MESSAGE_CREATE").await["guild_id"], other);
    assert_eq!(
        socket.dispatch("MESSAGE_CREATE").await["guild_id"],
        json!(bare.ids.guild)
    );
    assert_eq!(
        town.transcript(&Place::from("Other#general"))
            .expect("there"),
        "sam: elsewhere"
    );
    assert_eq!(town.transcript(&general).expect("there"), "mia: at home");
    // lea owns the one and is nobody in the other.
    town.kicks("lea", "mia", None).await.expect("she owns it");
    assert!(town.member("mia").is_some(), "at home nothing happened");
    town.opens_guild("lea", "Sandbox").expect("it is there");
    assert!(town.kicks("lea", "mia", None).await.is_err());
    assert!(town.opens_guild("lea", "Nowhere").is_err());
    bare.close().await;
}
