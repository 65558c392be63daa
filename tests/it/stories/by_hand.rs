//! What moderators do by hand while the bot is away: it is read from the audit log at the next start, and holds.

use std::time::Duration;

use greffier::sandbox::DEFAULT_BOT;
use serde_json::json;

use crate::town::{Building, Person, Town};

const MINUTE: Duration = Duration::from_secs(60);
const VIEW_AUDIT_LOG: u64 = 1 << 7;

/// Ends somebody's timeout with the bot's own token, as another program might.
fn loses_timeout(town: &Town, who: &Person<'_>) {
    let guild = town.discord().directory().guild;
    let path = format!("/guilds/{guild}/members/{}", who.id());
    let none = json!({"communication_disabled_until": null});
    town.as_the_bot("PATCH", &path, none);
}

#[test]
fn an_unmute_by_hand_while_the_bot_was_away_holds_and_is_a_case() {
    let town = Town::open();
    let (adam, mia) = (town.member("adam"), town.moderator("mia"));
    let (sam, lea) = (town.member("sam"), town.member("lea"));
    mia.says("!mute @sam 3h flooding");
    mia.says("!mute @lea 3h flooding");
    town.settles();
    town.stops_bot();
    town.later(10 * MINUTE);
    adam.lifts_timeout("sam");
    // Nobody ended hers: nothing in the audit log explains it.
    loses_timeout(&town, &lea);
    town.starts_bot();
    town.finds_case(3);
    town.waits_for_log("mutes_restored");
    town.settles();
    assert_eq!(sam.timed_out_until(), None);
    assert!(lea.timed_out_until().is_some());
    insta::assert_snapshot!(mia.says("!case 1"), @r"
    | **Case 1 · mute**
    | Member: @sam (672538191462400000)
    | Moderator: @mia
    | Reason: flooding
    | State: ended by @adam, <t:1795176600:f>
    ");
    insta::assert_snapshot!(mia.says("!case 3"), @r"
    | **Case 3 · end of mute**
    | Member: @sam (672538191462400000)
    | Moderator: @adam
    | Reason: no reason given
    ");
    assert_eq!(town.records().count("mutes {"), 1);
    // The next start hears nothing new.
    let before = town.records().rows;
    town.restarts_bot();
    town.settles();
    mia.says("!mutes");
    assert_eq!(town.records().rows, before);
}

#[test]
fn kicks_bans_and_their_end_by_hand_while_the_bot_was_away_become_cases_once() {
    let town = Town::open();
    let (adam, mia) = (town.member("adam"), town.moderator("mia"));
    town.discord().crowd_joins(3);
    mia.says("!ban @guest1 7d spam");
    town.settles();
    town.stops_bot();
    town.later(10 * MINUTE);
    mia.kicks("guest2", Some("noise"));
    mia.bans("guest3", Some("scam"));
    adam.unbans("guest1");
    adam.times_out("sam", 60 * MINUTE, Some("shouting"));
    town.starts_bot();
    town.finds_case(5);
    town.settles();
    insta::assert_snapshot!(mia.says("!cases"), @r"
    | **5 cases**
    | Case 5 · mute:
    | @sam — shouting
    | by @adam, <t:1795176600:d> · until <t:1795180200:f>
    | Case 4 · end of ban:
    | @guest1 — no reason given
    | by @adam, <t:1795176600:d>
    | Case 3 · ban:
    | @guest3 — scam
    | by @mia, <t:1795176600:d> · for good
    | Case 2 · kick:
    | @guest2 — noise
    | by @mia, <t:1795176600:d>
    | Case 1 · ban:
    | @guest1 — spam
    | by @mia, <t:1795176000:d> · ended by @adam, <t:1795176600:f>
    ");
    town.restarts_bot();
    town.settles();
    insta::assert_snapshot!(mia.says("!note @lea still here"), @"Case 6: noted about @lea.");
}

#[test]
fn without_a_look_at_the_audit_log_a_lost_mute_is_given_again() {
    let town = Building::default()
        .permitting(DEFAULT_BOT & !VIEW_AUDIT_LOG)
        .open();
    let (adam, mia, sam) = (
        town.member("adam"),
        town.moderator("mia"),
        town.member("sam"),
    );
    mia.says("!mute @sam 3h flooding");
    town.settles();
    town.stops_bot();
    town.later(10 * MINUTE);
    adam.lifts_timeout("sam");
    town.starts_bot();
    town.waits_for_log("audit_log_unread");
    town.waits_for_log("mutes_restored");
    town.settles();
    assert!(sam.timed_out_until().is_some());
}
