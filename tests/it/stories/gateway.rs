//! A connection that stumbles: lost sockets, messages delivered twice, requests that fail. Nothing happens twice, nothing
//! is lost, and people are answered once.

use greffier::sandbox::{GatewayFault, RestAct, RestFault};
use serde_json::json;

use crate::town::Town;

const MESSAGES: &str = "/channels/{channel_id}/messages";
const CALLBACK: &str = "/interactions/{interaction_id}/{interaction_token}/callback";

#[test]
fn a_message_that_is_delivered_twice_warns_once_and_is_answered_once() {
    let town = Town::open();
    let mia = town.moderator("mia");
    mia.says("!warn @sam 2 spam");
    mia.says("!warn @lea spam");
    town.discord().disturb(GatewayFault::RedeliverMessages(10));
    // The next answer comes after those that must not come.
    insta::assert_snapshot!(mia.says("!warn @sam 3 flooding"), @"@sam was warned (case 3): 3 points, 5 in total.");
    assert_eq!(town.records().count("\"reason\":"), 3);
    assert_eq!(town.shows("#general").matches("was warned").count(), 3);
}

#[test]
fn a_slash_command_that_is_delivered_twice_warns_once() {
    let town = Town::open();
    let mia = town.moderator("mia");
    mia.slash("warn member:@sam reason:spam");
    town.discord().disturb(GatewayFault::Redeliver(3));
    insta::assert_snapshot!(mia.says("!warn @sam flooding"), @"@sam was warned (case 2): 1 point, 2 in total.");
    assert_eq!(town.records().count("\"reason\":"), 2);
    assert_eq!(town.shows("#general").matches("was warned").count(), 2);
}

#[test]
fn what_was_said_while_the_socket_was_lost_is_answered_after_the_resume() {
    let town = Town::open();
    let mia = town.moderator("mia");
    mia.says("!warn @sam spam");
    // Discord replays more than was missed.
    town.discord().turn(|knobs| knobs.resume_replays_more = 10);
    town.discord().disturb(GatewayFault::DropSocket);
    insta::assert_snapshot!(mia.says("!warn @sam flooding"), @"@sam was warned (case 2): 1 point, 2 in total.");
    insta::assert_snapshot!(mia.says("!warn @sam insults"), @"@sam was warned (case 3): 1 point, 3 in total.");
    assert_eq!(town.records().count("\"reason\":"), 3);
    assert_eq!(town.shows("#general").matches("was warned").count(), 3);
}

#[test]
fn an_answer_is_tried_again_while_discord_stumbles() {
    let town = Town::open();
    let mia = town.moderator("mia");
    town.fails(MESSAGES, 1, RestAct::Status(429));
    insta::assert_snapshot!(mia.says("!warn @sam spam"), @"@sam was warned (case 1): 1 point, 1 in total.");
    town.fails(MESSAGES, 1, RestAct::Status(500));
    insta::assert_snapshot!(mia.says("!warn @sam spam"), @"@sam was warned (case 2): 1 point, 2 in total.");
    town.fails(CALLBACK, 1, RestAct::Status(500));
    insta::assert_snapshot!(mia.slash("warn member:@sam reason:spam"), @"@sam was warned (case 3): 1 point, 3 in total.");
    assert_eq!(town.records().count("\"reason\":"), 3);
}

#[test]
fn an_answer_that_arrived_unnoticed_is_not_given_twice() {
    let town = Town::open();
    let mia = town.moderator("mia");
    town.fails(MESSAGES, 1, RestAct::DropAnswer);
    insta::assert_snapshot!(mia.says("!warn @sam spam"), @"@sam was warned (case 1): 1 point, 1 in total.");
    mia.says("!warn @lea spam");
    town.member("lea").is_told("case 2");
    assert_eq!(town.shows("#general").matches("(case 1)").count(), 1);
}

#[test]
fn a_warning_that_is_given_while_discord_is_down_is_kept_and_sam_is_told_later() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    town.expects_error("incident");
    town.discord().inject(RestFault {
        method: Some("POST".to_owned()),
        route: None,
        times: u32::MAX,
        act: RestAct::Status(503),
    });
    mia.mutters("!warn @sam spam");
    town.waits_for_log("reply_failed");
    assert_eq!(town.records().count("\"reason\":\"spam\""), 1);
    town.discord().clear_faults();
    town.later(std::time::Duration::from_secs(3600));
    insta::assert_snapshot!(mia.says("!warnings @sam"), @r"
    | **1 warning · 1 point counts**
    | Member: @sam
    | Case 1 · 1 point:
    | @sam — spam
    | by @mia, <t:1795176000:d> · counts until <t:1802952000:D>
    ");
    assert_eq!(sam.is_told("case 1").matches("case 1").count(), 1);
}

#[test]
fn a_guild_that_is_away_for_a_while_loses_nothing() {
    let town = Town::open();
    let mia = town.moderator("mia");
    mia.says("!warn @sam spam");
    let before = town.records().rows;
    town.discord().disturb(GatewayFault::GuildAvailable(false));
    town.discord().disturb(GatewayFault::GuildAvailable(true));
    insta::assert_snapshot!(mia.says("!warnings @sam"), @r"
    | **1 warning · 1 point counts**
    | Member: @sam
    | Case 1 · 1 point:
    | @sam — spam
    | by @mia, <t:1795176000:d> · counts until <t:1802952000:D>
    ");
    assert_eq!(town.records().rows, before);
}

#[test]
fn the_owner_hears_of_a_second_bot_on_the_same_token() {
    let town = Town::open();
    town.expects_error("second_bot");
    let general = town.discord().directory().channels["general"];
    let (status, _) = town.as_the_bot(
        "POST",
        &format!("/channels/{general}/messages"),
        json!({"content": "I am another program"}),
    );
    assert_eq!(status, 200);
    insta::assert_snapshot!(town.olive().is_told("token"), @"⚠️ A message was posted with my token, and I did not send it. Another program uses the same token: stop it, or change the token in the developer portal.");
}
