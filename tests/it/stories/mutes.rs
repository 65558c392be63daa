//! Mutes: given, ended to the second, kept through leaving, stops and lost ranks; one person's mute is never another's.

use std::time::Duration;

use greffier::model::Locale;
use greffier::sandbox::{GatewayFault, RestAct};
use serde_json::json;

use crate::town::{Building, Town};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);
const MEMBER: &str = "/guilds/{guild_id}/members/{user_id}";

#[test]
fn muting_and_unmuting_sam_does_nothing_to_lea() {
    let town = Town::open();
    let (mia, sam, lea) = (
        town.moderator("mia"),
        town.member("sam"),
        town.member("lea"),
    );
    insta::assert_snapshot!(mia.says("!mute @sam 3h flooding"), @"Case 1: @sam is muted for 3 hours, until <t:1795186800:f>.");
    insta::assert_snapshot!(sam.is_told("muted"), @r"
    | **You were muted on Sandbox (case 1)**
    | Reason: flooding
    | Until: <t:1795186800:f>
    ");
    insta::assert_snapshot!(mia.slash("mute member:@lea duration:1j12h reason:insultes"), @"Case 2: @lea is muted for 36 hours, until <t:1795305600:f>.");
    town.settles();
    assert!(sam.timed_out_until().is_some() && lea.timed_out_until().is_some());
    insta::assert_snapshot!(mia.says("!mutes"), @r"
    | **2 members are muted**
    | Case 2: @lea · until <t:1795305600:f> (<t:1795305600:R>)
    | Case 1: @sam · until <t:1795186800:f> (<t:1795186800:R>)
    ");
    insta::assert_snapshot!(mia.says("!unmute @sam apologised"), @"Case 3: @sam may speak again.");
    town.settles();
    assert_eq!(sam.timed_out_until(), None);
    assert!(lea.timed_out_until().is_some());
    insta::assert_snapshot!(mia.says("!mutes"), @r"
    | **1 member is muted**
    | Case 2: @lea · until <t:1795305600:f> (<t:1795305600:R>)
    ");
    insta::assert_snapshot!(mia.says("!muteinfo @lea"), @r"
    | **Mute, case 2**
    | Member: @lea
    | Since: <t:1795176000:f>
    | Until: until <t:1795305600:f> (<t:1795305600:R>)
    | By: a timeout
    | Moderator: @mia
    | Reason: insultes
    ");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!muteinfo @sam")), @"@sam is not muted.");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!unmute @sam")), @"@sam is not muted.");
    insta::assert_snapshot!(mia.says("!case 1"), @r"
    | **Case 1 · mute**
    | Member: @sam (672538191462400000)
    | Moderator: @mia
    | Reason: flooding
    | State: ended by @mia, <t:1795176000:f>
    ");
}

#[test]
fn a_mute_lasts_ten_minutes_when_nobody_says_and_ends_to_the_second() {
    let town = Town::open();
    let (mia, sam, lea) = (
        town.moderator("mia"),
        town.member("sam"),
        town.member("lea"),
    );
    insta::assert_snapshot!(mia.says("!mute @sam"), @"Case 1: @sam is muted for 10 minutes, until <t:1795176600:f>.");
    mia.says("!mute @lea 1h");
    town.settles();
    town.later(10 * MINUTE - Duration::from_secs(1));
    town.settles();
    assert_eq!(town.records().count("mutes {"), 2);
    town.later(Duration::from_secs(1));
    town.finds_ended(1);
    town.settles();
    assert_eq!(town.records().count("mutes {"), 1);
    assert_eq!(sam.timed_out_until(), None);
    assert!(lea.timed_out_until().is_some());
}

#[test]
fn a_muted_member_who_leaves_and_rejoins_is_still_muted() {
    let town = Town::open();
    let (mia, sam, lea) = (
        town.moderator("mia"),
        town.member("sam"),
        town.member("lea"),
    );
    mia.says("!mute @sam 3h flooding");
    town.sees("sam is timed out");
    town.settles();
    let until = sam.timed_out_until();
    sam.leaves();
    lea.leaves();
    town.later(HOUR);
    sam.joins();
    lea.joins();
    insta::assert_snapshot!(mia.says("!mutes"), @r"
    | **1 member is muted**
    | Case 1: @sam · until <t:1795186800:f> (<t:1795186800:R>)
    ");
    town.settles();
    assert_eq!(sam.timed_out_until(), until, "for the time that remains");
    assert_eq!(lea.timed_out_until(), None);
}

#[test]
fn a_mute_that_was_lost_while_the_bot_was_away_is_given_again_at_start() {
    let town = Town::open();
    let (mia, sam, lea) = (
        town.moderator("mia"),
        town.member("sam"),
        town.member("lea"),
    );
    mia.says("!mute @sam 3h flooding");
    town.sees("sam is timed out");
    town.settles();
    town.stops_bot();
    // Another program with the same token ended it.
    let guild = town.discord().directory().guild;
    let path = format!("/guilds/{guild}/members/{}", sam.id());
    let none = json!({"communication_disabled_until": null});
    town.as_the_bot("PATCH", &path, none);
    town.later(HOUR);
    assert_eq!(sam.timed_out_until(), None);
    town.starts_bot();
    town.sees("sam is timed out");
    town.settles();
    assert!(sam.timed_out_until().is_some());
    assert_eq!(lea.timed_out_until(), None);
}

#[test]
fn a_mute_ends_also_when_its_moderator_has_lost_their_rank() {
    let town = Town::open();
    let (mia, sam, lea) = (
        town.moderator("mia"),
        town.member("sam"),
        town.member("lea"),
    );
    mia.says("!mute @sam 1h flooding");
    mia.says("!mute @lea 2h flooding");
    town.settles();
    town.olive().takes("mia", "Moderator");
    town.later(HOUR);
    town.finds_ended(1);
    town.settles();
    assert_eq!(sam.timed_out_until(), None);
    assert!(lea.timed_out_until().is_some());
    assert_eq!(town.records().count("mutes {"), 1);
}

#[test]
fn an_unmute_that_failed_is_tried_until_discord_does_it() {
    let town = Town::open();
    let (mia, sam, lea) = (
        town.moderator("mia"),
        town.member("sam"),
        town.member("lea"),
    );
    mia.says("!mute @sam 1h flooding");
    mia.says("!mute @lea 3h flooding");
    town.settles();
    town.fails(MEMBER, 1, RestAct::Status(500));
    mia.says("!unmute @sam");
    town.waits_for_log("effect_postponed");
    assert_eq!(
        town.records().count("mutes {"),
        2,
        "over when Discord says so"
    );
    town.later(MINUTE);
    town.finds_ended(1);
    town.settles();
    assert_eq!(sam.timed_out_until(), None);
    assert!(lea.timed_out_until().is_some());
    assert_eq!(town.records().count("mutes {"), 1);
}

#[test]
fn more_than_a_hundred_mutes_that_ended_while_the_bot_was_away_are_all_lifted() {
    let town = Town::open();
    let (mia, lea) = (town.moderator("mia"), town.member("lea"));
    town.olive().says("!settings direct_messages no");
    town.discord().crowd_joins(120);
    mia.says("!mute @lea 3d flooding");
    let crowd: Vec<_> = (1..=120).map(|number| format!("guest{number}")).collect();
    for guest in &crowd {
        mia.slash(&format!("mute member:@{guest} duration:1h"));
    }
    town.settles();
    assert_eq!(town.records().count("mutes {"), 121);
    town.stops_bot();
    town.later(DAY);
    town.starts_bot();
    town.finds_ended(120);
    town.settles();
    assert_eq!(town.records().count("mutes {"), 1);
    assert!(
        crowd
            .iter()
            .all(|guest| town.member(guest).timed_out_until().is_none())
    );
    assert!(lea.timed_out_until().is_some());
}

#[test]
fn a_new_session_starts_no_second_loop() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    mia.says("!mute @sam 1h flooding");
    mia.says("!mute @lea 3h flooding");
    town.settles();
    town.discord().disturb(GatewayFault::Close(4007));
    town.connects_again();
    town.later(HOUR);
    town.finds_ended(1);
    town.settles();
    let lifted = town.discord().audit_log();
    let lifted = lifted
        .iter()
        .filter(|entry| entry.reason.as_deref() == Some("#1"))
        .count();
    assert_eq!(lifted, 1, "one loop lifts once");
    assert_eq!(sam.timed_out_until(), None);
}

#[test]
fn a_mute_longer_than_discord_allows_is_renewed_by_itself() {
    let town = Town::open();
    let (mia, sam, lea) = (
        town.moderator("mia"),
        town.member("sam"),
        town.member("lea"),
    );
    insta::assert_snapshot!(mia.says("!mute @sam 60d scam"), @"Case 1: @sam is muted for 60 days, until <t:1800360000:f>.");
    insta::assert_snapshot!(mia.says("!mute @lea forever scam"), @"Case 2: @lea is muted until somebody unmutes them.");
    town.settles();
    for _ in 0..11 {
        town.later(5 * DAY);
        town.attends();
        assert!(sam.timed_out_until().is_some() && lea.timed_out_until().is_some());
    }
    town.later(5 * DAY);
    town.finds_ended(1);
    town.settles();
    assert_eq!(sam.timed_out_until(), None);
    assert!(lea.timed_out_until().is_some());
}

#[test]
fn a_timeout_by_hand_is_a_case_and_holds_through_a_rejoin() {
    let town = Town::open();
    let (adam, mia, sam) = (
        town.member("adam"),
        town.moderator("mia"),
        town.member("sam"),
    );
    adam.times_out("sam", 2 * HOUR, Some("noise"));
    town.finds_case(1);
    insta::assert_snapshot!(mia.says("!case 1"), @r"
    | **Case 1 · mute**
    | Member: @sam (672538191462400000)
    | Moderator: @adam
    | Reason: noise
    | State: until <t:1795183200:f>
    ");
    sam.leaves();
    sam.joins();
    town.settles();
    assert!(sam.timed_out_until().is_some());
    adam.lifts_timeout("sam");
    town.finds_case(2);
    mia.says("!mute @lea");
    town.settles();
    insta::assert_snapshot!(mia.says("!cases"), @r"
    | **3 cases**
    | Case 3 · mute:
    | @lea — no reason given
    | by @mia, <t:1795176000:d> · until <t:1795176600:f>
    | Case 2 · end of mute:
    | @sam — no reason given
    | by @adam, <t:1795176000:d>
    | Case 1 · mute:
    | @sam — noise
    | by @adam, <t:1795176000:d> · ended by @adam, <t:1795176000:f>
    ");
    assert_eq!(town.records().count("mutes {"), 1);
}

#[test]
fn a_newer_mute_takes_the_place_of_the_older() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    mia.says("!mute @sam 1h flooding");
    mia.says("!mute @lea 1h flooding");
    insta::assert_snapshot!(mia.says("!mute @sam 2h again"), @"Case 3: @sam is muted for 2 hours, until <t:1795183200:f>. This replaces case 1.");
    town.settles();
    town.later(HOUR);
    town.finds_ended(2);
    town.settles();
    assert!(sam.timed_out_until().is_some());
    assert_eq!(town.member("lea").timed_out_until(), None);
    insta::assert_snapshot!(mia.says("!case 1"), @r"
    | **Case 1 · mute**
    | Member: @sam (672538191462400000)
    | Moderator: @mia
    | Reason: flooding
    | State: replaced by a newer case
    ");
}

#[test]
fn who_may_not_mute_is_refused_and_nobody_is_muted() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    insta::assert_snapshot!(town.unchanged(|| sam.says("!mute @lea 1h")), @"This command is for moderators. Your own warnings: command `mywarnings`.");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!unmute @lea")), @"This command is for moderators. Your own warnings: command `mywarnings`.");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!mutes")), @"This command is for moderators. Your own warnings: command `mywarnings`.");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!mute @mia")), @"You can’t do that to yourself.");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!mute @adam 1h")), @"@adam stands at your level or above: only somebody higher can do that.");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!mute @olive 1h")), @"@olive stands at your level or above: only somebody higher can do that.");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!mute @Greffier 1h")), @"That is a bot: Discord’s own settings deal with bots.");
    insta::assert_snapshot!(town.unchanged(|| town.olive().says("!mute @adam 1h")), @"@adam stands at my level or above: my role must be higher first.");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!mute @sam 0s")), @"A duration of nothing is none: at least a second.");
    insta::assert_snapshot!(town.unchanged(|| mia.slash("mute member:@sam duration:a while")), @r#"(only mia) I don’t understand the duration "a while". It is written like 90m, 1d12h or 2 weeks."#);
    insta::assert_snapshot!(town.unchanged(|| sam.cannot_open_on("Mute", "lea")), @"sam may not use /Mute in #general");
    assert_eq!(
        (sam.timed_out_until(), town.member("lea").timed_out_until()),
        (None, None)
    );
}

#[test]
fn mia_mutes_from_the_menu_of_a_message() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    let post = sam.posts("#general", "buy followers here");
    insta::assert_snapshot!(mia.opens_on("Mute", &post), @"(form) Mute a member [For how long (10 minutes by default)] [Reason]");
    insta::assert_snapshot!(mia.submits(&[("duration", "2 weeks"), ("reason", "advertising")]), @"Case 1: @sam is muted for 14 days, until <t:1796385600:f>.");
    town.settles();
    assert!(sam.timed_out_until().is_some());
    assert_eq!(town.member("lea").timed_out_until(), None);
    assert!(mia.says("!case 1").contains("buy followers here"));
    insta::assert_snapshot!(mia.opens_on("Mute", "lea"), @"(form) Mute a member [For how long (10 minutes by default)] [Reason]");
    insta::assert_snapshot!(town.unchanged(|| mia.submits(&[("duration", "a while"), ("reason", "x")])), @r#"(only mia) I don’t understand the duration "a while". It is written like 90m, 1d12h or 2 weeks."#);
}

#[test]
fn in_a_french_town_mutes_are_french() {
    let town = Building::default().speaking(Locale::Fr).open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    insta::assert_snapshot!(mia.says("!mute @sam 2 semaines publicité"), @"Dossier n° 1 : @sam est en sourdine pour 14 jours, jusqu’au <t:1796385600:f>.");
    insta::assert_snapshot!(sam.is_told("sourdine"), @r"
    | **Vous avez été mis en sourdine sur Sandbox (dossier n° 1)**
    | Motif: publicité
    | Jusqu’au: <t:1796385600:f>
    ");
    town.settles();
    insta::assert_snapshot!(mia.says("!muteinfo @sam"), @r"
    | **Sourdine, dossier n° 1**
    | Membre: @sam
    | Depuis: <t:1795176000:f>
    | Jusqu’au: jusqu’au <t:1796385600:f> (<t:1796385600:R>)
    | Par: une exclusion temporaire
    | Modération: @mia
    | Motif: publicité
    ");
    insta::assert_snapshot!(mia.says("!unmute @sam"), @"Dossier n° 2 : @sam peut à nouveau parler.");
    town.settles();
    insta::assert_snapshot!(town.unchanged(|| mia.says("!mute @adam")), @"@adam est à votre niveau ou au-dessus : seul quelqu’un de plus haut placé peut faire cela.");
}
