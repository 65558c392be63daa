//! What follows when a member has too many points.

use std::time::Duration;

use crate::town::Town;

const DAY: Duration = Duration::from_secs(24 * 3600);
const HOUR_MS: i64 = 3_600_000;

#[test]
fn three_points_time_sam_out() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    town.olive().says("!settings thresholds 3: timeout 1h");
    insta::assert_snapshot!(mia.says("!warn @sam 2 spam"), @"@sam was warned (case 1): 2 points, 2 in total.");
    insta::assert_snapshot!(mia.says("!warn @sam spam"), @"@sam was warned (case 2): 1 point, 3 in total. Threshold reached: timeout of 1 hour.");
    insta::assert_snapshot!(town.sees("sam is timed out"), @"sam is timed out until 2026-11-20 13:00:00 UTC (#3: spam (#2))");
    insta::assert_snapshot!(sam.is_told("case 2"), @r"
    | **You were warned on Sandbox (case 2)**
    | Reason: spam
    | Points: 1 (total: 3)
    | Consequence: timeout of 1 hour
    | Counts until: <t:1802952000:D>
    ");
    let until = sam.timed_out_until().expect("timed out");
    assert!((until - town.now() - HOUR_MS).abs() < 1_000, "{until}");
    // Below the next threshold nothing more happens.
    insta::assert_snapshot!(mia.says("!warn @sam spam"), @"@sam was warned (case 4): 1 point, 4 in total.");
    town.later(DAY);
    assert_eq!(sam.timed_out_until(), None);
}

#[test]
fn who_is_kicked_is_told_before() {
    let town = Town::open();
    let mia = town.moderator("mia");
    town.olive().says("!settings thresholds 5: kick");
    insta::assert_snapshot!(mia.says("!warn @sam 5 flooding"), @"@sam was warned (case 1): 5 points, 5 in total. Threshold reached: kick.");
    insta::assert_snapshot!(town.sees("DM to sam"), @r"
    DM to sam Greffier: | **You were warned on Sandbox (case 1)**
    | Reason: flooding
    | Points: 5 (total: 5)
    | Consequence: kick
    | Counts until: <t:1802952000:D>
    ");
    insta::assert_snapshot!(town.sees("sam was kicked"), @"sam was kicked (#2: flooding (#1))");
    assert!(town.discord().member("sam").is_none());
    assert!(town.discord().member("lea").is_some());
}

#[test]
fn who_is_banned_with_closed_messages_is_banned_all_the_same() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    town.olive().says("!settings thresholds 8: ban");
    sam.closes_dms();
    insta::assert_snapshot!(mia.slash("warn member:@sam points:8 reason:scam links"), @"@sam was warned (case 1): 8 points, 8 in total. Threshold reached: ban.");
    insta::assert_snapshot!(town.sees("sam was banned"), @"sam was banned (#2: scam links (#1))");
    assert_eq!(town.discord().bans().len(), 1);
}

#[test]
fn the_highest_threshold_that_is_reached_counts() {
    let town = Town::open();
    let mia = town.moderator("mia");
    town.olive()
        .says("!settings thresholds 3: timeout 1h; 5: kick");
    insta::assert_snapshot!(mia.says("!warn @sam 6 flooding"), @"@sam was warned (case 1): 6 points, 6 in total. Threshold reached: kick.");
    town.sees("sam was kicked");
    assert_eq!(town.member("lea").timed_out_until(), None);
}

#[test]
fn points_outside_the_window_do_not_add_up() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    town.olive()
        .says("!settings thresholds 3 in 30d: timeout 2h");
    mia.says("!warn @sam 2 spam");
    town.later(31 * DAY);
    insta::assert_snapshot!(mia.says("!warn @sam 2 spam"), @"@sam was warned (case 2): 2 points, 4 in total.");
    insta::assert_snapshot!(mia.says("!warn @sam spam"), @"@sam was warned (case 3): 1 point, 5 in total. Threshold reached: timeout of 2 hours.");
    town.sees("sam is timed out");
    assert!(sam.timed_out_until().is_some());
}

#[test]
fn one_members_points_are_not_anothers() {
    let town = Town::open();
    let mia = town.moderator("mia");
    town.olive().says("!settings thresholds 3: kick");
    mia.says("!warn @sam 2 spam");
    insta::assert_snapshot!(mia.says("!warn @lea 2 spam"), @"@lea was warned (case 2): 2 points, 2 in total.");
    assert!(town.discord().member("sam").is_some() && town.discord().member("lea").is_some());
}

#[test]
fn a_warning_taken_back_brings_nobody_to_a_threshold() {
    let town = Town::open();
    let mia = town.moderator("mia");
    town.olive().says("!settings thresholds 3: kick");
    mia.says("!warn @sam 2 spam");
    mia.says("!unwarn 1");
    insta::assert_snapshot!(mia.says("!warn @sam 2 spam"), @"@sam was warned (case 2): 2 points, 2 in total.");
}
