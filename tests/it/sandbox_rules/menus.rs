//! Context menus, select menus and forms: what a bot gets when people use them, and what people may not do.

use greffier::sandbox::{InteractionOutcome, Options, Place, Sandbox, Trouble};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use super::interactions::{Arrived, Asked};

type Seen = JoinHandle<Result<InteractionOutcome, Trouble>>;

/// MODERATE_MEMBERS, which mia has and sam has not.
const MODERATE: &str = "1099511627776";

async fn open() -> Asked {
    let asked = Asked::open(Options::default()).await;
    let commands = format!("/applications/{}/commands", asked.bare.ids.application);
    let warn = json!({
        "type": 2, "name": "Warn him", "name_localizations": {"fr": "Avertir"},
        "default_member_permissions": MODERATE,
    });
    for command in [warn, json!({"type": 3, "name": "Quote"})] {
        assert_eq!(
            asked.bare.verdict("POST", &commands, command).await,
            (201, 0)
        );
    }
    asked
}

/// Somebody opens a command of the context menu.
fn uses(town: &Sandbox, who: &'static str, command: &'static str, target: String) -> Seen {
    let town = town.clone();
    tokio::spawn(async move {
        town.uses(who, &Place::channel("general"), command, &target)
            .await
    })
}

fn picks(town: &Sandbox, menu: &'static str, values: &'static [&'static str]) -> Seen {
    let town = town.clone();
    tokio::spawn(async move { town.picks("sam", menu, values).await })
}

async fn seen(seen: Seen) -> InteractionOutcome {
    seen.await.expect("it ends").expect("answered")
}

fn said(text: &str) -> Value {
    json!({"type": 4, "data": {"content": text}})
}

#[tokio::test]
async fn a_command_on_a_person_brings_who_they_are() {
    let mut asked = open().await;
    let sam = asked.bare.member("sam");
    let town = asked.bare.town.clone();
    let waiting = uses(&town, "mia", "Warn him", "sam".to_owned());
    let arrived = asked.arrived().await;
    let data = &arrived.data["data"];
    assert_eq!(
        (&data["type"], &data["name"]),
        (&json!(2), &json!("Warn him"))
    );
    assert_eq!(data["target_id"], json!(sam));
    let resolved = &data["resolved"];
    assert_eq!(resolved["users"][sam.to_string()]["username"], "sam");
    let member = &resolved["members"][sam.to_string()];
    assert!(member["permissions"].is_string() && member["joined_at"].is_string());
    assert_eq!(member.get("user"), None, "it stands in users");
    asked.answers(&arrived, said("warned")).await;
    let message = seen(waiting).await.message().expect("a message").clone();
    let path = format!("/channels/{}/messages/{}", message.channel, message.id);
    let (_, answer) = asked.bare.ask("GET", &path, Value::Null).await;
    assert_eq!(answer["type"], 23);
    assert_eq!(
        answer["interaction_metadata"]["target_user"]["id"],
        json!(sam)
    );
    // Somebody who left can still be meant, by their id; there is no membership then.
    town.leaves("sam").await.expect("sam may");
    let waiting = uses(&town, "mia", "Warn him", sam.to_string());
    let arrived = asked.arrived().await;
    assert_eq!(arrived.data["data"]["resolved"]["members"], json!({}));
    asked.answers(&arrived, said("gone")).await;
    seen(waiting).await;
    asked.bare.close().await;
}

#[tokio::test]
async fn a_command_on_a_message_brings_the_message() {
    let mut asked = open().await;
    let town = asked.bare.town.clone();
    let staff = Place::channel("staff");
    let id = town.says("mia", &staff, "look").await.expect("mia may");
    let waiting = uses(&town, "mia", "Quote", id.to_string());
    let arrived = asked.arrived().await;
    let data = &arrived.data["data"];
    assert_eq!((&data["type"], &data["target_id"]), (&json!(3), &json!(id)));
    let message = &data["resolved"]["messages"][id.to_string()];
    assert_eq!(message["content"], "look");
    assert_eq!(
        arrived.data["channel_id"],
        json!(asked.bare.channel("staff")),
        "where the message stands"
    );
    asked.answers(&arrived, said("quoted")).await;
    seen(waiting).await;
    let hidden = town
        .uses("sam", &Place::channel("general"), "Quote", &id.to_string())
        .await;
    assert!(hidden.is_err(), "sam does not see #staff");
    asked.bare.close().await;
}

#[tokio::test]
async fn a_context_menu_shows_what_one_may_use_in_ones_language() {
    let mut asked = open().await;
    let town = asked.bare.town.clone();
    let general = Place::channel("general");
    let refused = town.uses("sam", &general, "Warn him", "lea").await;
    assert!(matches!(refused, Err(Trouble::MayNotUse(..))));
    let unknown = town.uses("mia", &general, "Avertir", "lea").await;
    assert!(matches!(unknown, Err(Trouble::NoSuchCommand(..))));
    town.speaks("mia", "fr").expect("mia may");
    let waiting = uses(&town, "mia", "Avertir", "lea".to_owned());
    let arrived = asked.arrived().await;
    assert_eq!(arrived.data["data"]["name"], "Warn him", "to the bot");
    asked.answers(&arrived, said("fait")).await;
    seen(waiting).await;
    asked.bare.close().await;
}

/// A form with so many inputs.
fn form(inputs: usize) -> Value {
    let row = |number: usize| {
        let input = json!({
            "type": 4, "custom_id": format!("q{number}"), "label": format!("Question {number}"),
            "style": 1, "required": number == 0, "max_length": 10,
        });
        json!({"type": 1, "components": [input]})
    };
    let rows: Vec<Value> = (0..inputs).map(row).collect();
    json!({"type": 9, "data": {"custom_id": "form", "title": "Questions", "components": rows}})
}

#[tokio::test]
async fn a_form_has_up_to_five_fields_and_may_be_acknowledged_first() {
    let mut asked = open().await;
    let town = asked.bare.town.clone();
    let waiting = uses(&town, "mia", "Warn him", "sam".to_owned());
    let opener = asked.arrived().await;
    assert_eq!(asked.answers(&opener, form(6)).await, (400, 50035));
    assert_eq!(asked.answers(&opener, form(5)).await, (204, 0));
    let InteractionOutcome::Modal(view) = seen(waiting).await else {
        panic!("a form opens")
    };
    assert_eq!(view.fields.len(), 5);
    let fill = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        let pairs = pairs.iter();
        pairs
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    };
    let missing = town.submits("mia", &fill(&[("q1", "text")])).await;
    assert!(matches!(missing, Err(Trouble::BadField(..))));
    let long = fill(&[("q0", "eleven char")]);
    assert!(matches!(
        town.submits("mia", &long).await,
        Err(Trouble::BadField(..))
    ));
    let fields = fill(&[("Question 0", "first"), ("q4", "last")]);
    let sender = town.clone();
    let waiting = tokio::spawn(async move { sender.submits("mia", &fields).await });
    let arrived: Arrived = asked.arrived().await;
    let values: Vec<&Value> = (0..5)
        .map(|row| &arrived.data["data"]["components"][row]["components"][0]["value"])
        .collect();
    assert_eq!(values, ["first", "", "", "", "last"]);
    assert_eq!(arrived.data.get("message"), None, "it came from a command");
    let change = json!({"type": 7, "data": {"content": "changed"}});
    assert_eq!(asked.answers(&arrived, change).await, (400, 50035));
    assert_eq!(
        asked.answers(&arrived, json!({"type": 6})).await,
        (204, 0),
        "acknowledged, though there is no message to change"
    );
    let path = asked.webhook(&opener, "");
    let sent = asked.bare.ask("POST", &path, json!({"content": "thanks"}));
    assert_eq!(sent.await.0, 200);
    let outcome = seen(waiting).await;
    assert_eq!(outcome.message().expect("a message").text, "thanks");
    asked.bare.close().await;
}

#[tokio::test]
async fn menus_take_as_many_as_they_say_and_say_who_was_meant() {
    let mut asked = open().await;
    let town = asked.bare.town.clone();
    let menu = |kind: u64, id: &str, least: u64, most: u64| {
        let mut menu = json!({"type": kind, "custom_id": id, "placeholder": id, "min_values": least, "max_values": most});
        if kind == 3 {
            let options = ["Red", "Green", "Blue"];
            let options =
                options.map(|label| json!({"label": label, "value": label.to_lowercase()}));
            menu["options"] = json!(options);
        }
        json!({"type": 1, "components": [menu]})
    };
    let mut off = menu(3, "off", 1, 1);
    off["components"][0]["disabled"] = json!(true);
    let rows = [
        menu(3, "colours", 2, 3),
        menu(5, "people", 1, 2),
        menu(6, "roles", 0, 2),
        menu(7, "both", 1, 2),
        off,
    ];
    let posted = asked.bare.writes("general", json!({"components": rows}));
    assert_eq!(posted.await, (200, 0));
    let values = &["Red", "Blue"];
    let waiting = picks(&town, "colours", values);
    let arrived = asked.arrived().await;
    assert_eq!(arrived.data["data"]["values"], json!(["red", "blue"]));
    asked.answers(&arrived, said("fine")).await;
    seen(waiting).await;

    let [lea, mia] = ["lea", "mia"].map(|name| asked.bare.member(name));
    let moderator = asked.bare.role("Moderator");
    let waiting = picks(&town, "people", &["lea", "mia"]);
    let arrived = asked.arrived().await;
    let data = &arrived.data["data"];
    assert_eq!(data["values"], json!([lea, mia]));
    assert_eq!(
        data["resolved"]["users"][lea.to_string()]["username"],
        "lea"
    );
    assert!(data["resolved"]["members"][mia.to_string()].is_object());
    asked.answers(&arrived, said("fine")).await;
    seen(waiting).await;

    let waiting = picks(&town, "both", &["lea", "Moderator"]);
    let arrived = asked.arrived().await;
    let data = &arrived.data["data"];
    assert_eq!(data["values"], json!([lea, moderator]));
    let role = &data["resolved"]["roles"][moderator.to_string()];
    assert_eq!(role["name"], "Moderator");
    asked.answers(&arrived, said("fine")).await;
    seen(waiting).await;

    let waiting = picks(&town, "roles", &[]);
    let arrived = asked.arrived().await;
    assert_eq!(arrived.data["data"]["values"], json!([]), "none is allowed");
    asked.answers(&arrived, said("fine")).await;
    seen(waiting).await;

    for (menu, values) in [
        ("colours", &["Red"][..]),
        ("colours", &["Red", "Red"]),
        ("people", &["lea", "mia", "adam"]),
        ("people", &[]),
    ] {
        let refused = town.picks("sam", menu, values).await;
        assert!(
            matches!(refused, Err(Trouble::MenuTakes(..) | Trouble::PickedTwice)),
            "{menu} {values:?}"
        );
    }
    assert_eq!(
        town.picks("sam", "off", &["Red"]).await,
        Err(Trouble::SwitchedOff("off".to_owned()))
    );
    asked.bare.close().await;
}
