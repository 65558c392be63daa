//! Who can act on whom, worked out by hand. The order in the guild: olive owns it, adam is an
//! administrator above the bot, the bot, mia's Moderator role below it, sam and lea without roles.
//! A bot that checks nothing itself is refused all the same.

use serde_json::{Value, json};

use super::bare_bot::{Bare, Verdict};

const NO_PERMISSION: Verdict = (403, 50013);

/// An act of the bot's on a member.
#[derive(Clone, Copy, Debug)]
enum Act {
    TimeOut,
    Kick,
    Ban,
    Rename,
}

impl Act {
    const ALL: [Act; 4] = [Act::TimeOut, Act::Kick, Act::Ban, Act::Rename];

    fn done(self) -> Verdict {
        match self {
            Act::TimeOut | Act::Rename => (200, 0),
            Act::Kick | Act::Ban => (204, 0),
        }
    }

    async fn carry_out(self, bare: &Bare, target: &str) -> Verdict {
        let id = bare.member(target);
        let member = bare.guild(&format!("/members/{id}"));
        match self {
            Act::TimeOut => {
                bare.verdict(
                    "PATCH",
                    &member,
                    json!({"communication_disabled_until": in_minutes(5)}),
                )
                .await
            }
            Act::Kick => bare.verdict("DELETE", &member, Value::Null).await,
            Act::Ban => {
                bare.verdict("PUT", &bare.guild(&format!("/bans/{id}")), json!({}))
                    .await
            }
            Act::Rename => {
                bare.verdict("PATCH", &member, json!({"nick": "Nick"}))
                    .await
            }
        }
    }
}

fn in_minutes(minutes: i64) -> String {
    (chrono::Utc::now() + chrono::Duration::minutes(minutes)).to_rfc3339()
}

async fn check(bare: Bare, act: Act, target: &str, allowed: bool) {
    let expected = if allowed { act.done() } else { NO_PERMISSION };
    let before = bare.town.member(target);
    assert_eq!(
        act.carry_out(&bare, target).await,
        expected,
        "{act:?} on {target}"
    );
    if !allowed {
        assert_eq!(
            bare.town.member(target),
            before,
            "a refusal changes nothing"
        );
        assert_eq!(bare.town.audit_log(), vec![], "a refusal is not logged");
    }
    bare.close().await;
}

#[tokio::test]
async fn the_bot_acts_only_on_those_below_it() {
    for act in Act::ALL {
        for (target, allowed) in [
            ("sam", true),
            ("lea", true),
            ("mia", true),
            ("adam", false),
            ("olive", false),
        ] {
            check(Bare::open().await, act, target, allowed).await;
        }
    }
}

#[tokio::test]
async fn an_administrator_below_the_bot_can_be_kicked_but_not_timed_out() {
    for (act, allowed) in [
        (Act::TimeOut, false),
        (Act::Kick, true),
        (Act::Ban, true),
        (Act::Rename, true),
    ] {
        let bare = Bare::open().await;
        bare.town
            .sets_role_position("olive", "Greffier", 3)
            .await
            .expect("olive may");
        let before = bare.town.audit_log().len();
        assert_eq!(before, 0);
        check(bare, act, "adam", allowed).await;
    }
}

#[tokio::test]
async fn equal_rank_is_not_above() {
    for act in Act::ALL {
        let bare = Bare::open().await;
        bare.town
            .sets_role_position("olive", "Moderator", 2)
            .await
            .expect("olive may");
        check(bare, act, "mia", false).await;
    }
}

#[tokio::test]
async fn without_the_permission_rank_is_worth_nothing() {
    for (act, bit) in [
        (Act::TimeOut, 40),
        (Act::Kick, 1),
        (Act::Ban, 2),
        (Act::Rename, 27),
    ] {
        let bot_permissions = greffier::sandbox::DEFAULT_BOT & !(1 << bit);
        let options = greffier::sandbox::Options {
            bot_permissions,
            ..Default::default()
        };
        check(Bare::with(options).await, act, "sam", false).await;
    }
}

#[tokio::test]
async fn the_bot_gives_only_roles_below_its_own() {
    let bare = Bare::open().await;
    let table = [
        ("Moderator", (204, 0)),
        ("Admin", NO_PERMISSION),
        ("Greffier", NO_PERMISSION),
        ("@everyone", NO_PERMISSION),
    ];
    for (role, expected) in table {
        for method in ["PUT", "DELETE"] {
            let path = bare.guild(&format!(
                "/members/{}/roles/{}",
                bare.member("sam"),
                bare.role(role)
            ));
            assert_eq!(
                bare.verdict(method, &path, Value::Null).await,
                expected,
                "{method} {role}"
            );
        }
    }
    // Roles are given by the role's rank alone: the owner can be given one below the bot's.
    let to_owner = bare.guild(&format!(
        "/members/{}/roles/{}",
        bare.member("olive"),
        bare.role("Moderator")
    ));
    assert_eq!(bare.verdict("PUT", &to_owner, Value::Null).await, (204, 0));
    let unknown = bare.guild(&format!("/members/{}/roles/77", bare.member("sam")));
    assert_eq!(
        bare.verdict("PUT", &unknown, Value::Null).await,
        (404, 10011)
    );
    bare.close().await;
}

#[tokio::test]
async fn roles_above_the_bots_are_not_its_to_change() {
    let bare = Bare::open().await;
    for (role, expected) in [
        ("Moderator", (200, 0)),
        ("Admin", NO_PERMISSION),
        ("Greffier", NO_PERMISSION),
    ] {
        let path = bare.guild(&format!("/roles/{}", bare.role(role)));
        assert_eq!(
            bare.verdict("PATCH", &path, json!({"name": role, "hoist": true}))
                .await,
            expected,
            "{role}"
        );
    }
    let permissions = (1_u64 << 5).to_string();
    let beyond = bare
        .verdict(
            "POST",
            &bare.guild("/roles"),
            json!({"name": "Big", "permissions": permissions}),
        )
        .await;
    assert_eq!(
        beyond, NO_PERMISSION,
        "MANAGE_GUILD is not the bot's to give"
    );
    assert_eq!(
        bare.verdict("POST", &bare.guild("/roles"), json!({"name": "Small"}))
            .await,
        (200, 0)
    );
    let moved = json!([{"id": bare.role("Small"), "position": 4}]);
    assert_eq!(
        bare.verdict("PATCH", &bare.guild("/roles"), moved).await,
        NO_PERMISSION
    );
    bare.close().await;
}

#[tokio::test]
async fn a_timeout_ends_at_most_28_days_ahead() {
    let bare = Bare::open().await;
    let path = bare.guild(&format!("/members/{}", bare.member("sam")));
    let days = |days: i64, minutes: i64| json!({"communication_disabled_until": in_minutes(days * 1_440 + minutes)});
    assert_eq!(bare.verdict("PATCH", &path, days(28, -1)).await, (200, 0));
    assert_eq!(
        bare.verdict("PATCH", &path, days(28, 1)).await,
        (400, 50035)
    );
    let no_date = json!({"communication_disabled_until": "tomorrow"});
    assert_eq!(bare.verdict("PATCH", &path, no_date).await, (400, 50035));
    bare.close().await;
}

#[tokio::test]
async fn those_who_are_not_there_are_told_apart() {
    let bare = Bare::open().await;
    bare.town.leaves("sam").await.expect("sam leaves");
    let sam = bare.member("sam");
    let member = |id: &str| bare.guild(&format!("/members/{id}"));
    assert_eq!(
        bare.verdict("DELETE", &member(&sam.to_string()), Value::Null)
            .await,
        (404, 10007)
    );
    assert_eq!(
        bare.verdict("DELETE", &member("77"), Value::Null).await,
        (404, 10013)
    );
    assert_eq!(
        bare.verdict("DELETE", &member("sam"), Value::Null).await,
        (400, 50035)
    );
    // Someone who left can still be banned, and then unbanned once.
    let ban = bare.guild(&format!("/bans/{sam}"));
    assert_eq!(bare.verdict("PUT", &ban, json!({})).await, (204, 0));
    assert_eq!(
        bare.town.joins("sam").await,
        Err(greffier::sandbox::Trouble::IsBanned("sam".to_owned()))
    );
    assert_eq!(bare.verdict("DELETE", &ban, Value::Null).await, (204, 0));
    assert_eq!(
        bare.verdict("DELETE", &ban, Value::Null).await,
        (404, 10026)
    );
    bare.close().await;
}

#[tokio::test]
async fn people_obey_the_same_order() {
    let bare = Bare::open().await;
    let table = [
        ("mia", "sam", true),
        ("mia", "Greffier", false),
        ("mia", "adam", false),
        ("mia", "olive", false),
        ("sam", "lea", false),
        ("adam", "Greffier", true),
        ("olive", "adam", true),
    ];
    for (who, target, allowed) in table {
        assert_eq!(
            bare.town.kicks(who, target, None).await.is_ok(),
            allowed,
            "{who} kicks {target}"
        );
    }
    bare.close().await;
}

#[tokio::test]
async fn leaving_loses_the_roles_but_not_the_timeout() {
    let bare = Bare::open().await;
    bare.town
        .gives_role("olive", "sam", "Moderator")
        .await
        .expect("olive may");
    bare.town
        .times_out("olive", "sam", std::time::Duration::from_secs(600), None)
        .await
        .expect("olive may");
    bare.town.leaves("sam").await.expect("sam leaves");
    bare.town.joins("sam").await.expect("sam comes back");
    let sam = bare.town.member("sam").expect("sam is there");
    assert_eq!(sam.roles, Vec::<String>::new());
    assert!(sam.timed_out_until_ms.is_some());
    bare.close().await;
}

#[tokio::test]
async fn what_the_bot_does_is_logged_with_its_decoded_reason() {
    let bare = Bare::open().await;
    let path = bare.guild(&format!("/members/{}", bare.member("sam")));
    let reason = [("X-Audit-Log-Reason", "trop%20de%20bruit%20%C3%A0%20midi")];
    assert_eq!(
        bare.send("DELETE", &path, &Value::Null, &reason)
            .await
            .status()
            .as_u16(),
        204
    );
    let log = bare.town.audit_log();
    let kick = log.last().expect("a line");
    assert_eq!(
        (kick.action, kick.actor.as_str(), kick.reason.as_deref()),
        (20, "Greffier", Some("trop de bruit à midi"))
    );
    let long = "x".repeat(513);
    let path = bare.guild(&format!("/members/{}", bare.member("lea")));
    let refused = bare
        .send(
            "DELETE",
            &path,
            &Value::Null,
            &[("X-Audit-Log-Reason", &long)],
        )
        .await;
    assert_eq!(refused.status().as_u16(), 400);
    assert!(bare.town.member("lea").is_some());
    bare.close().await;
}
