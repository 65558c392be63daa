//! A raid at 2 a.m.: many at once after one confirmation, taken back as one; messages cleared, a channel slowed.

use std::time::Duration;

use greffier::sandbox::{DEFAULT_BOT, Exchange};

use crate::town::{Building, Town};

#[test]
fn many_are_banned_by_one_confirmation_and_taken_back_as_one_batch() {
    let town = Town::open();
    let (mia, sam, lea) = (
        town.moderator("mia"),
        town.member("sam"),
        town.member("lea"),
    );
    town.olive().says("!settings log_channel #logs");
    town.discord().crowd_joins(2);
    let (one, two) = (town.member("guest1"), town.member("guest2"));
    let (first, second, adam) = (one.id(), two.id(), town.member("adam").id());
    insta::assert_snapshot!(mia.says(&format!("!massban {first} {second} {adam} raid")), @r"
    Ban 2? @guest1 @guest2
    [Yes, all of them] [Cancel]
    ");
    insta::assert_snapshot!(town.unchanged(|| sam.presses("Yes, all of them")), @"(only sam) This question was put to somebody else.");
    insta::assert_snapshot!(mia.presses("Yes, all of them"), @"Batch 1: 2 done. To take it back: massundo 1");
    town.settles();
    assert!(first != second && town.discord().bans().len() == 2);
    assert!(sam.is_here() && lea.is_here());
    insta::assert_snapshot!(town.shows("#logs"), @r"
    Greffier: | **Batch 1 · ban × 2**
    | Cases: #1–#2
    | Members: @guest1 @guest2
    | Moderator: @mia
    | Reason: raid
    | State: for good
    | _Greffier · 4_
    ");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!massundo 1")), @"This command is for moderators. Your own warnings: command `mywarnings`.");
    assert_eq!(
        mia.is_offered("massundo batch:1", "batch"),
        ["#1 ban — raid"]
    );
    assert_eq!(mia.is_offered("massundo batch:2", "batch"), [""; 0]);
    assert_eq!(sam.is_offered("massundo batch:1", "batch"), [""; 0]);
    insta::assert_snapshot!(mia.says("!massundo 1"), @"Batch 1 is taken back: 2.");
    town.settles();
    assert!(town.discord().bans().is_empty());
    insta::assert_snapshot!(town.unchanged(|| mia.says("!massundo 1")), @"No case of batch 1 still holds.");
}

#[test]
fn the_newest_are_silenced_and_who_was_here_before_is_not() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    town.later(Duration::from_secs(86_400));
    town.discord().crowd_joins(3);
    insta::assert_snapshot!(mia.says("!massmute joined:10m 1h raid"), @r"
    Mute 3? @guest1 @guest2 @guest3
    [Yes, all of them] [Cancel]
    ");
    insta::assert_snapshot!(mia.presses("Yes, all of them"), @"Batch 1: 3 done. To take it back: massundo 1");
    town.settles();
    assert!(town.member("guest3").timed_out_until().is_some());
    assert_eq!(sam.timed_out_until(), None);
    assert_eq!(town.member("guest1").dms(), "", "nobody is told");
}

#[test]
fn nobody_is_sent_out_by_those_who_may_not_or_without_a_confirmation() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    let (adam, lea) = (town.member("adam").id(), town.member("lea").id());
    insta::assert_snapshot!(town.unchanged(|| sam.says(&format!("!masskick {lea}"))), @"This command is for moderators. Your own warnings: command `mywarnings`.");
    insta::assert_snapshot!(town.unchanged(|| mia.says(&format!("!masskick {adam}"))), @"There is nobody to do this to: ids, mentions or joined:10m, of members below you and me.");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!masskick everyone")), @"There is nobody to do this to: ids, mentions or joined:10m, of members below you and me.");
    mia.says(&format!("!masskick {lea}"));
    insta::assert_snapshot!(town.unchanged(|| mia.presses("Cancel")), @"Nothing was done.");
    assert!(town.member("lea").is_here());
    insta::assert_snapshot!(town.unchanged(|| sam.says("!purge 5")), @"This command is for moderators. Your own warnings: command `mywarnings`.");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!slowmode 10s")), @"This command is for moderators. Your own warnings: command `mywarnings`.");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!slowmode 7h")), @r#"I don’t understand "7h": 10s, 5m, up to 6h, or off."#);
}

#[test]
fn one_members_messages_are_cleared_once_and_the_log_says_so() {
    let town = Town::open();
    let (mia, sam, lea) = (
        town.moderator("mia"),
        town.member("sam"),
        town.member("lea"),
    );
    town.olive().says("!settings log_channel #logs");
    sam.posts("#general", "spam one");
    lea.posts("#general", "hello");
    sam.posts("#general", "spam two");
    insta::assert_snapshot!(mia.says("!purge 1 @sam"), @"1 message cleared.");
    town.settles();
    sam.posts("#general", "sorry");
    // The gateway delivers the order again: nothing more goes, and the answer stands there once.
    town.redelivers(4, 1);
    town.settles();
    insta::assert_snapshot!(town.shows("#general"), @r"
    olive: !settings log_channel #logs
    Greffier: Log channel: #logs. It is kept.
    sam: spam one
    lea: hello
    mia: !purge 1 @sam
    Greffier: 1 message cleared.
    sam: sorry
    ");
    insta::assert_snapshot!(mia.says("!slowmode 10s"), @"Slow mode: one message each 10 seconds.");
    insta::assert_snapshot!(mia.says("!slowmode off"), @"Slow mode is off.");
    town.settles();
    insta::assert_snapshot!(town.shows("#logs"), @r"
    Greffier: | **1 message cleared**
    | Channel: #general
    | Moderator: @mia
    | Member: @sam
    | _Greffier · 3_
    Greffier: | **Slow mode**
    | Channel: #general
    | Moderator: @mia
    | State: Slow mode: one message each 10 seconds.
    | _Greffier · 4_
    Greffier: | **Slow mode**
    | Channel: #general
    | Moderator: @mia
    | State: Slow mode is off.
    | _Greffier · 5_
    ");
    let (sam, mia) = (sam.id(), mia.id());
    let records = town.records();
    assert_eq!(
        records.count(&format!(
            r#""moderator":"{mia}","member":"{sam}","amount":1"#
        )),
        1
    );
    assert_eq!(records.count(r#""act":"slowmode""#), 2);
    let reasons = town
        .discord()
        .audit_log()
        .into_iter()
        .filter_map(|it| it.reason);
    let by_mia = reasons.filter(|reason| reason.ends_with(&mia.to_string()));
    assert_eq!(by_mia.count(), 3, "one purge and two slowmodes");
}

#[test]
fn more_than_a_page_is_cleared_and_how_far_it_looked_is_said() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    sam.posts("#general", "the first");
    for number in 0..130 {
        town.member("lea")
            .posts("#general", format!("spam {number}").as_str());
    }
    insta::assert_snapshot!(town.unchanged(|| mia.says("!purge 501")), @"1 to 500 messages at once.");
    insta::assert_snapshot!(mia.slash("purge count:120"), @"120 messages cleared.");
    town.settles();
    insta::assert_snapshot!(mia.says("!purge 1 @sam"), @"1 message cleared.");
    town.settles();
    assert!(!town.shows("#general").contains("the first"));
    assert!(town.shows("#general").contains("spam 9"));
}

#[test]
fn a_bot_that_may_not_clear_messages_says_what_it_lacks() {
    let town = Building::default()
        .permitting(DEFAULT_BOT & !(1 << 13))
        .open();
    let mia = town.moderator("mia");
    town.member("sam").posts("#general", "spam");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!purge 5")), @"I lack a permission here: Manage Messages.");
    assert!(town.shows("#general").contains("spam"));
}

#[test]
fn a_hundred_are_banned_before_anyone_writes_about_it_and_all_come_back() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    town.olive().says("!settings log_channel #logs");
    town.later(Duration::from_secs(86_400));
    town.discord().crowd_joins(100);
    mia.says("!massban joined:10m raid at 2");
    let heard = town.discord().exchanges().len();
    insta::assert_snapshot!(mia.presses("Yes, all of them"), @"Batch 1: 100 done. To take it back: massundo 1");
    town.settles();
    assert_eq!(town.discord().bans().len(), 100);
    assert!(sam.is_here());
    let asked = town.discord().exchanges();
    let acts: Vec<String> = asked[heard..]
        .iter()
        .filter_map(|it| match it {
            Exchange::Rest(it) => Some(format!("{} {}", it.method, it.route.clone()?)),
            _ => None,
        })
        .filter(|act| act.contains("/bans/") || act.contains("POST /channels"))
        // The preview's own post may be written down late.
        .skip_while(|act| act.starts_with("POST"))
        .collect();
    let (bans, posts) = acts.split_at(100);
    assert!(bans.iter().all(|act| act.starts_with("PUT")), "{acts:?}");
    assert_eq!(
        posts,
        ["POST /channels/{channel_id}/messages"],
        "one post for all"
    );
    let log = town.discord().audit_log();
    let reason = |it: &&greffier::sandbox::AuditView| {
        it.reason
            .as_deref()
            .is_some_and(|reason| reason.ends_with(": raid at 2"))
    };
    assert_eq!(
        log.iter()
            .filter(|it| it.action == 22)
            .filter(reason)
            .count(),
        100
    );
    insta::assert_snapshot!(mia.says("!massundo 1"), @"Batch 1 is taken back: 100.");
    town.settles();
    assert!(town.discord().bans().is_empty());
    town.finds_ended(100);
    let posts = town.shows("#logs");
    assert!(
        posts.contains("Batch 1 · ban × 100") && posts.matches("Batch").count() == 1,
        "{posts}"
    );
}

#[test]
fn a_ban_takes_the_messages_of_its_window_along_and_no_others() {
    let town = Town::open();
    let mia = town.moderator("mia");
    let (sam, lea) = (town.member("sam"), town.member("lea"));
    sam.posts("#general", "an old one");
    town.later(Duration::from_secs(2 * 86_400));
    sam.posts("#general", "buy this");
    lea.posts("#general", "hello");
    insta::assert_snapshot!(mia.says("!ban @sam delete:1d advertising"), @"Case 1: @sam is banned.");
    town.settles();
    insta::assert_snapshot!(town.shows("#general"), @r"
    sam: an old one
    lea: hello
    mia: !ban @sam delete:1d advertising
    Greffier: Case 1: @sam is banned.
    ");
    let log = town.discord().audit_log();
    let reason = log
        .iter()
        .find(|it| it.action == 22)
        .and_then(|it| it.reason.clone());
    assert_eq!(reason.as_deref(), Some("#1: advertising"));
    insta::assert_snapshot!(town.unchanged(|| mia.says("!ban @lea delete:8d x")), @"Discord deletes the messages of 0 to 7 days.");
}
