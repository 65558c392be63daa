//! A raid at 2 a.m.: many at once after one confirmation, taken back as one; messages cleared, a channel slowed.

use crate::town::Town;

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
    insta::assert_snapshot!(mia.says("!massundo 1"), @"Batch 1 is taken back: 2.");
    town.settles();
    assert!(town.discord().bans().is_empty());
    insta::assert_snapshot!(town.unchanged(|| mia.says("!massundo 1")), @"No case of batch 1 still holds.");
}

#[test]
fn the_newest_are_silenced_and_who_was_here_before_is_not() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    town.later(std::time::Duration::from_secs(86_400));
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
fn one_members_messages_are_cleared_and_the_others_stay() {
    let town = Town::open();
    let (mia, sam, lea) = (
        town.moderator("mia"),
        town.member("sam"),
        town.member("lea"),
    );
    sam.posts("#general", "spam one");
    lea.posts("#general", "hello");
    sam.posts("#general", "spam two");
    insta::assert_snapshot!(mia.says("!purge 10 @sam"), @"2 messages cleared.");
    insta::assert_snapshot!(town.shows("#general"), @r"
    lea: hello
    mia: !purge 10 @sam
    Greffier: 2 messages cleared.
    ");
    insta::assert_snapshot!(mia.says("!slowmode 10s"), @"Slow mode: one message each 10 seconds.");
    insta::assert_snapshot!(mia.says("!slowmode off"), @"Slow mode is off.");
}
