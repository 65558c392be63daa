//! Bans of many at once, what a ban deletes, what the audit log says, and slowmode.

use std::time::Duration;

use greffier::sandbox::{Options, Place};
use serde_json::{Value, json};

use super::bare_bot::{ALL_INTENTS, Bare, Socket};

/// The bits of a bot that may ban many at once: BAN_MEMBERS, MANAGE_GUILD, MANAGE_CHANNELS, MANAGE_ROLES,
/// MANAGE_MESSAGES, VIEW_AUDIT_LOG, VIEW_CHANNEL, SEND_MESSAGES, READ_MESSAGE_HISTORY.
const STRONG: u64 =
    1 << 2 | 1 << 5 | 1 << 4 | 1 << 28 | 1 << 13 | 1 << 7 | 1 << 10 | 1 << 11 | 1 << 16;

async fn open() -> Bare {
    Bare::with(Options {
        bot_permissions: STRONG,
        ..Options::default()
    })
    .await
}

#[tokio::test]
async fn a_bulk_ban_says_whom_it_did_not_ban() {
    let bare = open().await;
    let path = bare.guild("/bulk-ban");
    let [sam, lea, olive] = ["sam", "lea", "olive"].map(|name| bare.member(name));
    let ids = json!({"user_ids": [sam, olive]});
    let (status, answer) = bare.ask("POST", &path, ids).await;
    assert_eq!(
        (status, answer),
        (200, json!({"banned_users": [sam], "failed_users": [olive]}))
    );
    assert!(bare.town.member("sam").is_none() && bare.town.member("lea").is_some());
    // Already banned, above the bot, and nobody: none is left.
    let ids = json!({"user_ids": [sam, olive, "4711"]});
    assert_eq!(bare.verdict("POST", &path, ids).await, (400, 500_000));
    let many: Vec<String> = (0..201).map(|number| number.to_string()).collect();
    for wrong in [json!(many), json!([])] {
        let ids = json!({"user_ids": wrong});
        assert_eq!(bare.verdict("POST", &path, ids).await, (400, 50035));
    }
    assert_eq!(bare.town.bans().len(), 1);
    let weak = Bare::open().await;
    let ids = json!({"user_ids": [lea]});
    let refused = weak.verdict("POST", &weak.guild("/bulk-ban"), ids).await;
    assert_eq!(refused, (403, 50013), "without MANAGE_GUILD");
    assert!(weak.town.member("lea").is_some());
    weak.close().await;
    bare.close().await;
}

#[tokio::test]
async fn a_ban_deletes_what_was_written_within_its_window_only() {
    let bare = open().await;
    let mut socket = Socket::identified(&bare, ALL_INTENTS).await;
    let (town, general) = (&bare.town, Place::channel("general"));
    town.says("sam", &general, "old").await.expect("sam may");
    town.advance(Duration::from_secs(3_601));
    town.says("lea", &general, "mine").await.expect("lea may");
    let mut spam = Vec::new();
    for text in ["buy", "this"] {
        spam.push(town.says("sam", &general, text).await.expect("sam may"));
    }
    let hour = Duration::from_secs(3_600);
    town.bans_deleting("mia", "sam", hour, Some("spam"))
        .await
        .expect("mia may");
    assert_eq!(
        socket.dispatch("MESSAGE_DELETE_BULK").await["ids"],
        json!(spam)
    );
    assert_eq!(
        town.transcript(&general).expect("there"),
        "sam: old\nlea: mine"
    );
    let eight_days = Duration::from_secs(8 * 86_400);
    let refused = town.bans_deleting("mia", "lea", eight_days, None).await;
    assert!(refused.is_err(), "at most 7 days");
    assert!(town.member("lea").is_some());
    bare.close().await;
}

#[tokio::test]
async fn the_audit_log_tells_what_people_did_by_hand() {
    let bare = open().await;
    let mut socket = Socket::identified(&bare, ALL_INTENTS).await;
    let town = &bare.town;
    let [sam, mia, olive] = ["sam", "mia", "olive"].map(|name| bare.member(name));
    let (moderator, general) = (bare.role("Moderator"), bare.channel("general"));
    let length = Duration::from_secs(600);
    town.times_out("mia", "sam", length, Some("too loud"))
        .await
        .expect("mia may");
    let entry = socket.dispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").await;
    assert_eq!(
        (&entry["action_type"], &entry["user_id"]),
        (&json!(24), &json!(mia))
    );
    assert_eq!(
        (&entry["target_id"], &entry["reason"]),
        (&json!(sam), &json!("too loud"))
    );
    assert_eq!(entry["guild_id"], json!(bare.ids.guild));
    let change = &entry["changes"][0];
    assert_eq!(change["key"], "communication_disabled_until");
    assert!(change["new_value"].is_string() && change.get("old_value").is_none());
    town.gives_role("olive", "sam", "Moderator")
        .await
        .expect("olive may");
    let entry = socket.dispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").await;
    let given = json!([{"key": "$add", "new_value": [{"id": moderator, "name": "Moderator"}]}]);
    assert_eq!(
        (&entry["action_type"], &entry["user_id"], &entry["changes"]),
        (&json!(25), &json!(olive), &given)
    );
    town.sets_overwrite("olive", "general", "Moderator", 1 << 13, 1 << 11)
        .await
        .expect("olive may");
    let entry = socket.dispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").await;
    assert_eq!(
        (&entry["action_type"], &entry["target_id"]),
        (&json!(13), &json!(general))
    );
    let about = json!({"id": moderator, "type": "0", "role_name": "Moderator"});
    assert_eq!(entry["options"], about);
    assert_eq!(
        entry["changes"],
        json!([
            {"key": "id", "new_value": moderator}, {"key": "type", "new_value": 0},
            {"key": "allow", "new_value": "8192"}, {"key": "deny", "new_value": "2048"},
        ])
    );
    town.kicks("mia", "lea", None).await.expect("mia may");
    let entry = socket.dispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").await;
    assert_eq!(entry["action_type"], 20);
    assert_eq!(entry.get("reason"), None);
    bare.close().await;
}

#[tokio::test]
async fn deletions_of_one_persons_messages_are_counted_in_one_line() {
    let bare = open().await;
    let (town, general) = (&bare.town, Place::channel("general"));
    for (writer, deleter) in [
        ("sam", "mia"),
        ("sam", "mia"),
        ("lea", "mia"),
        ("lea", "lea"),
    ] {
        let id = town.says(writer, &general, "text").await.expect("they may");
        town.deletes_message(deleter, &general, id)
            .await
            .expect("they may");
    }
    let counts = || -> Vec<Value> {
        let log = bare.town.audit_log().into_iter();
        let deletions = log.filter(|line| line.action == 72);
        deletions
            .map(|line| line.options.expect("options")["count"].clone())
            .collect()
    };
    assert_eq!(
        counts(),
        [json!("2"), json!("1")],
        "of lea's own, none tells"
    );
    town.advance(Duration::from_secs(301));
    let id = town.says("sam", &general, "text").await.expect("sam may");
    town.deletes_message("mia", &general, id)
        .await
        .expect("mia may");
    assert_eq!(counts(), [json!("2"), json!("1"), json!("1")]);
    bare.close().await;
}

#[tokio::test]
async fn slowmode_holds_members_and_nobody_else() {
    let bare = open().await;
    let (town, general) = (&bare.town, Place::channel("general"));
    let one = format!("/channels/{}", bare.channel("general"));
    let slow = json!({"rate_limit_per_user": 30});
    assert_eq!(bare.verdict("PATCH", &one, slow).await, (200, 0));
    let too_much = json!({"rate_limit_per_user": 21_601});
    assert_eq!(bare.verdict("PATCH", &one, too_much).await, (400, 50035));
    for writer in ["sam", "lea", "mia", "mia"] {
        town.says(writer, &general, "first")
            .await
            .expect("they may");
    }
    let again = town.says("sam", &general, "again").await;
    assert_eq!(
        again.expect_err("too soon").to_string(),
        "This action cannot be performed due to slowmode rate limit."
    );
    for _ in 0..2 {
        assert_eq!(
            bare.writes("general", json!({"content": "bots may"})).await,
            (200, 0)
        );
    }
    town.advance(Duration::from_secs(31));
    town.says("sam", &general, "again").await.expect("now");
    bare.close().await;
}

#[tokio::test]
async fn overwrites_come_back_exactly_as_they_were() {
    let bare = open().await;
    let one = format!("/channels/{}", bare.channel("staff"));
    let before = bare.ask("GET", &one, Value::Null).await.1["permission_overwrites"].clone();
    let everyone = bare.ids.guild;
    let closed = json!({"type": 0, "allow": "0", "deny": "2048"});
    let rule = format!("{one}/permissions/{everyone}");
    assert_eq!(bare.verdict("PUT", &rule, closed).await, (204, 0));
    let during = bare.ask("GET", &one, Value::Null).await.1["permission_overwrites"].clone();
    assert_ne!(during, before);
    let back = json!({"permission_overwrites": before});
    let (_, answer) = bare.ask("PATCH", &one, back).await;
    assert_eq!(answer["permission_overwrites"], before);
    bare.close().await;
}
