//! Channel overwrites, worked out by hand from Discord's order: base, @everyone deny and allow, all
//! role denies, all role allows, the member's deny, the member's allow.

use serde_json::{Value, json};

use super::bare_bot::{Bare, Verdict};

const VIEW: u64 = 1 << 10;
const SEND: u64 = 1 << 11;
const EMBED: u64 = 1 << 14;
const HISTORY: u64 = 1 << 16;
const ADMINISTRATOR: u64 = 1 << 3;
const MANAGE_ROLES: u64 = 1 << 28;

const DONE: Verdict = (200, 0);
const NO_ACCESS: Verdict = (403, 50001);
const NO_PERMISSION: Verdict = (403, 50013);

/// Who an overwrite is for: the bot itself, or a role by name.
enum For {
    Everyone,
    /// The bot's own role.
    Own,
    /// A second role that the bot has, of the mute role's kind.
    Muted,
    Bot,
}

/// The bot, with these overwrites in #general, writes a message (with an embed).
async fn check(overwrites: &[(For, u64, u64)], body: Value, expected: Verdict) {
    let bare = with_muted_role().await;
    for (whom, allow, deny) in overwrites {
        let (id, kind) = match whom {
            For::Everyone => (bare.ids.guild, 0),
            For::Own => (bare.role("Greffier"), 0),
            For::Muted => (bare.role("Muted"), 0),
            For::Bot => (bare.ids.bot, 1),
        };
        set(&bare, id.to_string(), kind, *allow, *deny).await;
    }
    assert_eq!(bare.writes("general", body).await, expected);
    bare.close().await;
}

async fn with_muted_role() -> Bare {
    let bare = Bare::open().await;
    bare.town
        .creates_role("olive", "Muted", 0)
        .await
        .expect("olive may");
    bare.town
        .gives_role("olive", "Greffier", "Muted")
        .await
        .expect("olive may");
    bare
}

/// The owner sets an overwrite, over the people's HTTP surface's own verb.
async fn set(bare: &Bare, id: String, kind: u8, allow: u64, deny: u64) {
    let target = id.parse().expect("an id");
    bare.town
        .sets_overwrite_for("olive", "general", target, kind, allow, deny)
        .await
        .expect("olive may");
}

fn text() -> Value {
    json!({"content": "hello"})
}

fn embed() -> Value {
    json!({"embeds": [{"description": "hello"}]})
}

#[tokio::test]
async fn without_overwrites_the_bot_writes() {
    check(&[], text(), DONE).await;
    check(&[], embed(), DONE).await;
}

#[tokio::test]
async fn everyone_denied_is_the_bot_denied() {
    check(&[(For::Everyone, 0, SEND)], text(), NO_PERMISSION).await;
    check(&[(For::Everyone, 0, VIEW)], text(), NO_ACCESS).await;
    check(&[(For::Everyone, 0, EMBED)], embed(), NO_PERMISSION).await;
    check(&[(For::Everyone, 0, EMBED)], text(), DONE).await;
}

#[tokio::test]
async fn a_role_allow_beats_everyone_deny() {
    check(
        &[(For::Everyone, 0, SEND), (For::Own, SEND, 0)],
        text(),
        DONE,
    )
    .await;
    check(
        &[(For::Everyone, 0, VIEW), (For::Own, VIEW, 0)],
        text(),
        DONE,
    )
    .await;
}

#[tokio::test]
async fn a_mute_roles_deny_loses_to_any_other_roles_allow() {
    check(&[(For::Muted, 0, SEND)], text(), NO_PERMISSION).await;
    check(&[(For::Muted, 0, SEND), (For::Own, SEND, 0)], text(), DONE).await;
    check(
        &[(For::Muted, 0, SEND), (For::Everyone, SEND, 0)],
        text(),
        NO_PERMISSION,
    )
    .await;
}

#[tokio::test]
async fn a_members_own_overwrite_is_the_last_word() {
    check(&[(For::Muted, 0, SEND), (For::Bot, SEND, 0)], text(), DONE).await;
    check(
        &[(For::Own, SEND, 0), (For::Bot, 0, SEND)],
        text(),
        NO_PERMISSION,
    )
    .await;
    check(
        &[(For::Own, VIEW, 0), (For::Bot, 0, VIEW)],
        text(),
        NO_ACCESS,
    )
    .await;
}

#[tokio::test]
async fn without_sending_there_is_no_embedding_and_without_viewing_nothing() {
    check(&[(For::Own, 0, EMBED)], embed(), NO_PERMISSION).await;
    check(&[(For::Own, 0, EMBED)], text(), DONE).await;
    check(&[(For::Bot, SEND, VIEW)], text(), NO_ACCESS).await;
}

#[tokio::test]
async fn history_that_may_not_be_read_is_empty_and_cannot_be_answered() {
    let bare = with_muted_role().await;
    let said = bare
        .town
        .says("sam", &"#general".into(), "hello")
        .await
        .expect("sam may");
    set(&bare, bare.ids.bot.to_string(), 1, 0, HISTORY).await;
    let path = format!("/channels/{}/messages", bare.channel("general"));
    assert_eq!(bare.ask("GET", &path, Value::Null).await, (200, json!([])));
    let answer = json!({"content": "hi", "message_reference": {"message_id": said}});
    assert_eq!(bare.writes("general", answer).await, (400, 160002));
    bare.close().await;
}

#[tokio::test]
async fn an_administrator_is_above_every_overwrite() {
    let options = greffier::sandbox::Options {
        bot_permissions: ADMINISTRATOR,
        ..Default::default()
    };
    let bare = Bare::with(options).await;
    set(&bare, bare.ids.bot.to_string(), 1, 0, VIEW | SEND).await;
    assert_eq!(bare.writes("general", text()).await, DONE);
    bare.close().await;
}

#[tokio::test]
async fn overwrites_can_only_give_what_one_holds() {
    let bare = Bare::open().await;
    let path = |id| format!("/channels/{}/permissions/{id}", bare.channel("general"));
    let body = |allow: u64| json!({"type": 0, "allow": allow.to_string(), "deny": "0"});
    let moderator = path(bare.role("Moderator"));
    assert_eq!(bare.verdict("PUT", &moderator, body(SEND)).await, (204, 0));
    assert_eq!(
        bare.verdict("PUT", &moderator, body(1 << 5)).await,
        NO_PERMISSION,
        "MANAGE_GUILD is not the bot's to give"
    );
    assert_eq!(
        bare.verdict("PUT", &path(greffier::sandbox::Id(4)), body(SEND))
            .await,
        (404, 10011)
    );
    assert_eq!(
        bare.verdict("DELETE", &moderator, Value::Null).await,
        (204, 0)
    );
    assert_eq!(
        bare.verdict("DELETE", &moderator, Value::Null).await,
        (404, 10009)
    );
    bare.close().await;
    let poor = greffier::sandbox::Options {
        bot_permissions: greffier::sandbox::DEFAULT_BOT & !MANAGE_ROLES,
        ..Default::default()
    };
    let bare = Bare::with(poor).await;
    let path = format!(
        "/channels/{}/permissions/{}",
        bare.channel("general"),
        bare.role("Moderator")
    );
    assert_eq!(bare.verdict("PUT", &path, body(SEND)).await, NO_PERMISSION);
    bare.close().await;
}

#[tokio::test]
async fn staff_channels_are_unseen_by_members() {
    let bare = Bare::open().await;
    let staff = "#staff".into();
    assert!(bare.town.says("sam", &staff, "let me in").await.is_err());
    for who in ["mia", "adam", "olive"] {
        assert!(
            bare.town.says(who, &staff, "hello").await.is_ok(),
            "{who} is staff"
        );
    }
    bare.close().await;
}

#[tokio::test]
async fn a_timeout_takes_all_but_seeing_and_reading() {
    let bare = Bare::open().await;
    let general = "#general".into();
    let minute = std::time::Duration::from_secs(60);
    bare.town
        .times_out("mia", "sam", minute, None)
        .await
        .expect("mia may");
    assert!(bare.town.says("sam", &general, "hello").await.is_err());
    assert!(
        bare.town.says("lea", &general, "hello").await.is_ok(),
        "lea is not concerned"
    );
    bare.town.advance(minute);
    assert!(
        bare.town.says("sam", &general, "hello").await.is_ok(),
        "it lapsed"
    );
    bare.close().await;
}
