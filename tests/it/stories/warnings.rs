//! Warnings: given, read, taken back, and who learns of it.

use std::time::Duration;

use greffier::model::Locale;

use crate::town::{Building, Town};

const DAY: Duration = Duration::from_secs(24 * 3600);

#[test]
fn mia_warns_sam_and_sam_is_told() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    insta::assert_snapshot!(mia.says("!warn @sam 2 spam"), @"@sam was warned (case 1): 2 points, 2 in total.");
    insta::assert_snapshot!(sam.is_told("case 1"), @r"
    | **You were warned on Sandbox (case 1)**
    | Reason: spam
    | Points: 2 (total: 2)
    | Counts until: <t:1802952000:D>
    ");
    insta::assert_snapshot!(mia.slash("warn member:@sam reason:more spam points:3"), @"@sam was warned (case 2): 3 points, 5 in total.");
    insta::assert_snapshot!(sam.is_told("case 2"), @r"
    | **You were warned on Sandbox (case 2)**
    | Reason: more spam
    | Points: 3 (total: 5)
    | Counts until: <t:1802952000:D>
    ");
    assert_eq!(town.records().count("\"member\":\""), 2);
}

#[test]
fn in_a_french_town_everything_is_french() {
    let town = Building::default().speaking(Locale::Fr).open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    insta::assert_snapshot!(mia.says("!warn @sam 2 spam"), @"@sam a reçu un avertissement (n° 1) : 2 points, 2 au total.");
    insta::assert_snapshot!(sam.is_told("spam"), @r"
    | **Vous avez reçu un avertissement sur Sandbox (n° 1)**
    | Motif: spam
    | Points: 2 (total : 2)
    | Compte jusqu’au: <t:1802952000:D>
    ");
    insta::assert_snapshot!(town.unchanged(|| sam.slash("warn member:@mia reason:non")), @"(only sam) Cette commande est réservée à la modération. Vos propres avertissements : commande `mywarnings`.");
    insta::assert_snapshot!(mia.says("!warnings @sam"), @r"
    | **1 avertissement · 2 points comptent**
    | Membre: @sam
    | N° 1 · 2 points:
    | @sam — spam
    | par @mia, le <t:1795176000:d> · compte jusqu’au <t:1802952000:D>
    ");
}

#[test]
fn what_a_warning_lacks_is_said_and_nothing_is_kept() {
    let town = Town::open();
    let mia = town.moderator("mia");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!warn")), @"Something is missing. The command is typed: `!warn @member [points] reason`");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!warn sammy spam")), @r#"I don’t understand "sammy". The command is typed: `!warn @member [points] reason`"#);
    insta::assert_snapshot!(town.unchanged(|| mia.says("!warn @sam")), @"Something is missing. The command is typed: `!warn @member [points] reason`");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!warn @sam 0 spam")), @"Points go from 1 to 100.");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!warn @sam 101 spam")), @"Points go from 1 to 100.");
    let sermon = "x".repeat(901);
    insta::assert_snapshot!(town.unchanged(|| mia.says(&format!("!warn @sam {sermon}"))), @"This reason is too long: 900 characters at most.");
    insta::assert_snapshot!(town.unchanged(|| mia.cannot_slash("warn member:@sam reason:spam points:101")), @"the option points must be from 1 to 100");
}

#[test]
fn the_history_keeps_what_was_taken_back() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    mia.says("!warn @sam 2 spam");
    mia.says("!warn @sam insults");
    mia.says("!warn @lea 5 spam");
    insta::assert_snapshot!(mia.says("!unwarn 1"), @"Warning 1 of @sam is taken back. It stays in the history.");
    insta::assert_snapshot!(mia.says("!warnings @sam"), @r"
    | **2 warnings · 1 point counts**
    | Member: @sam
    | Case 2 · 1 point:
    | @sam — insults
    | by @mia, <t:1795176000:d> · counts until <t:1802952000:D>
    | Case 1 · 2 points:
    | @sam — spam
    | by @mia, <t:1795176000:d> · taken back, counts no longer
    ");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!unwarn 1")), @"Warning 1 is taken back already.");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!unwarn 77")), @"There is no warning 77 on this server.");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!unwarn 2")), @"This command is for moderators. Your own warnings: command `mywarnings`.");
    // What was done to sam was not done to lea.
    insta::assert_snapshot!(mia.slash("warnings member:@lea"), @r"
    | **1 warning · 5 points count**
    | Member: @lea
    | Case 3 · 5 points:
    | @lea — spam
    | by @mia, <t:1795176000:d> · counts until <t:1802952000:D>
    ");
}

#[test]
fn a_case_is_named_as_people_write_it() {
    let town = Town::open();
    let mia = town.moderator("mia");
    for reason in ["one", "two", "three", "four"] {
        mia.says(&format!("!warn @sam {reason}"));
    }
    insta::assert_snapshot!(mia.says("!unwarn #1"), @"Warning 1 of @sam is taken back. It stays in the history.");
    insta::assert_snapshot!(mia.says("!unwarn n°2"), @"Warning 2 of @sam is taken back. It stays in the history.");
    insta::assert_snapshot!(mia.says("!warnreason # 3 louder"), @"Warning 3 has a new reason: louder");
    insta::assert_snapshot!(mia.slash("unwarn case:4"), @"Warning 4 of @sam is taken back. It stays in the history.");
    insta::assert_snapshot!(town.unchanged(|| mia.cannot_slash("unwarn case:0")), @"the option case must be from 1 to 4294967295");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!unwarn 1 2 3")), @"That is more than the command takes. It is typed: `!unwarn number`");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!unwarn three")), @r#"I don’t understand "three". The command is typed: `!unwarn number`"#);
    insta::assert_snapshot!(town.unchanged(|| mia.says("!unwarn #")), @r##"I don’t understand "#". The command is typed: `!unwarn number`"##);
    insta::assert_snapshot!(town.unchanged(|| mia.says("!unwarn")), @"Something is missing. The command is typed: `!unwarn number`");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!clearwarnings @mia")), @"Your own warnings are not yours to take back.");
}

#[test]
fn all_of_one_members_warnings_are_taken_back_at_once() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    mia.says("!warn @sam spam");
    mia.says("!warn @lea spam");
    mia.says("!warn @sam spam again");
    insta::assert_snapshot!(town.unchanged(|| sam.slash("clearwarnings member:@lea")), @"(only sam) This command is for moderators. Your own warnings: command `mywarnings`.");
    insta::assert_snapshot!(mia.slash("clearwarnings member:@sam"), @"2 warnings of @sam taken back. The history keeps them.");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!clearwarnings @sam")), @"@sam has no warnings to take back.");
    insta::assert_snapshot!(mia.says("!warnings"), @r"
    | **3 warnings on this server**
    | Case 3 · 1 point:
    | @sam — spam again
    | by @mia, <t:1795176000:d> · taken back, counts no longer
    | Case 2 · 1 point:
    | @lea — spam
    | by @mia, <t:1795176000:d> · counts until <t:1802952000:D>
    | Case 1 · 1 point:
    | @sam — spam
    | by @mia, <t:1795176000:d> · taken back, counts no longer
    ");
}

#[test]
fn a_reason_is_put_right() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    mia.says("!warn @sam spm");
    insta::assert_snapshot!(mia.says("!warnreason 1 spam in #general"), @"Warning 1 has a new reason: spam in #general");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!warnreason 9 whatever")), @"There is no warning 9 on this server.");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!warnreason one whatever")), @r#"I don’t understand "one". The command is typed: `!warnreason number reason`"#);
    insta::assert_snapshot!(town.unchanged(|| sam.slash("warnreason case:1 reason:nothing at all")), @"(only sam) This command is for moderators. Your own warnings: command `mywarnings`.");
    insta::assert_snapshot!(sam.slash("mywarnings"), @r"
    (only sam) | **1 warning · 1 point counts**
    | Member: @sam
    | Case 1 · 1 point:
    | @sam — spam in #general
    | by @mia, <t:1795176000:d> · counts until <t:1802952000:D>
    ");
}

#[test]
fn sam_reads_his_own_warnings_and_nobody_elses() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    mia.says("!warn @sam 2 spam");
    mia.says("!warn @lea 4 secret");
    insta::assert_snapshot!(sam.slash("mywarnings"), @r"
    (only sam) | **1 warning · 2 points count**
    | Member: @sam
    | Case 1 · 2 points:
    | @sam — spam
    | by @mia, <t:1795176000:d> · counts until <t:1802952000:D>
    ");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!warnings @lea")), @"This command is for moderators. Your own warnings: command `mywarnings`.");
    insta::assert_snapshot!(town.unchanged(|| sam.slash("warnings")), @"(only sam) This command is for moderators. Your own warnings: command `mywarnings`.");
}

#[test]
fn a_long_history_has_pages() {
    let town = Town::open();
    let mia = town.moderator("mia");
    for number in 1..=12 {
        mia.says(&format!("!warn @sam reason {number}"));
    }
    let first = mia.says("!warnings @sam");
    assert!(
        first.contains("reason 12") && first.contains("reason 3") && !first.contains("reason 2 "),
        "{first}"
    );
    insta::assert_snapshot!(last_lines(&first, 1), @"| And more: 2 are left: ask for page 2.");
    insta::assert_snapshot!(mia.slash("warnings member:@sam page:2"), @r"
    | **12 warnings · 12 points count**
    | Member: @sam
    | Case 2 · 1 point:
    | @sam — reason 2
    | by @mia, <t:1795176000:d> · counts until <t:1802952000:D>
    | Case 1 · 1 point:
    | @sam — reason 1
    | by @mia, <t:1795176000:d> · counts until <t:1802952000:D>
    ");
    insta::assert_snapshot!(mia.says("!warnings @sam 3"), @"There is no page 3: the list has 2.");
}

#[test]
fn a_warning_stops_counting_after_ninety_days_and_stays_in_the_history() {
    let town = Town::open();
    let mia = town.moderator("mia");
    mia.says("!warn @sam 2 spam");
    town.later(89 * DAY);
    insta::assert_snapshot!(mia.says("!warn @sam insults"), @"@sam was warned (case 2): 1 point, 3 in total.");
    town.later(2 * DAY);
    insta::assert_snapshot!(mia.says("!warnings @sam"), @r"
    | **2 warnings · 1 point counts**
    | Member: @sam
    | Case 2 · 1 point:
    | @sam — insults
    | by @mia, <t:1802865600:d> · counts until <t:1810641600:D>
    | Case 1 · 2 points:
    | @sam — spam
    | by @mia, <t:1795176000:d> · expired, counts no longer
    ");
    insta::assert_snapshot!(mia.says("!warn @sam spam"), @"@sam was warned (case 3): 1 point, 2 in total.");
}

#[test]
fn who_leaves_and_comes_back_still_has_their_warnings() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    mia.says("!warn @sam 2 spam");
    sam.leaves();
    insta::assert_snapshot!(first_lines(&mia.says("!warnings @sam"), 1), @"| **1 warning · 2 points count**");
    sam.joins();
    insta::assert_snapshot!(mia.says("!warn @sam insults"), @"@sam was warned (case 2): 1 point, 3 in total.");
}

#[test]
fn who_left_can_still_be_warned() {
    let town = Town::open();
    let mia = town.moderator("mia");
    town.member("sam").leaves();
    insta::assert_snapshot!(mia.says("!warn @sam spam, then left"), @"@sam was warned (case 1): 1 point, 1 in total.");
}

#[test]
fn a_closed_door_does_not_stop_a_warning() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    sam.closes_dms();
    insta::assert_snapshot!(mia.says("!warn @sam spam"), @"@sam was warned (case 1): 1 point, 1 in total.");
    mia.says("!warn @lea spam");
    town.member("lea").is_told("case 2");
    assert_eq!(sam.dms(), "");
}

#[test]
fn a_guild_that_tells_nobody_tells_nobody() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    town.olive().says("!settings direct_messages no");
    mia.says("!warn @sam spam");
    assert_eq!(town.records().promised, 0);
    town.olive().says("!settings direct_messages yes");
    mia.says("!warn @sam spam again");
    sam.is_told("case 2");
    assert!(!sam.dms().contains("case 1"), "{}", sam.dms());
}

#[test]
fn usual_reasons_are_offered_while_mia_types() {
    let town = Town::open();
    let mia = town.moderator("mia");
    assert_eq!(
        mia.is_offered("warn member:@sam reason:", "reason"),
        [
            "Spam",
            "Insults",
            "Off topic",
            "Advertising",
            "Shocking content"
        ]
    );
    assert_eq!(
        mia.is_offered("warn member:@sam reason:ad", "reason"),
        ["Advertising"]
    );
    town.olive()
        .says("!settings reasons Being late | Being early");
    assert_eq!(
        mia.is_offered("warnreason case:1 reason:EARLY", "reason"),
        ["Being early"]
    );
}

#[test]
fn while_the_number_of_a_warning_is_typed_moderators_are_offered_those_that_they_can_change() {
    let town = Town::open();
    let (mia, adam, sam) = (
        town.moderator("mia"),
        town.member("adam"),
        town.member("sam"),
    );
    mia.says("!warn @sam spam");
    mia.says("!warn @lea noise");
    adam.says("!warn @mia late");
    mia.says("!note @sam quiet today");
    mia.says("!unwarn 2");
    let unwarn = |number: u32| format!("unwarn case:{number}");
    assert_eq!(mia.is_offered(&unwarn(1), "case"), ["#1 warning — spam"]);
    assert_eq!(mia.is_offered(&unwarn(2), "case"), [""; 0], "taken back");
    assert_eq!(mia.is_offered(&unwarn(3), "case"), [""; 0], "her own");
    assert_eq!(mia.is_offered(&unwarn(4), "case"), [""; 0], "a note");
    assert_eq!(adam.is_offered(&unwarn(3), "case"), ["#3 warning — late"]);
    assert_eq!(sam.is_offered(&unwarn(1), "case"), [""; 0]);
    assert_eq!(
        mia.is_offered("warnreason case:2 reason:x", "case"),
        ["#2 warning — noise"]
    );
}

#[test]
fn a_reason_that_names_everyone_pings_nobody() {
    let town = Town::open();
    let mia = town.moderator("mia");
    // That every post forbids it is checked in every town; here there is something to forbid.
    insta::assert_snapshot!(mia.says("!warn @sam @everyone look"), @"@sam was warned (case 1): 1 point, 1 in total.");
    insta::assert_snapshot!(mia.slash("warnreason case:1 reason:@everyone look again"), @"Warning 1 has a new reason: @everyone look again");
    town.member("sam").is_told("@everyone");
}

fn first_lines(text: &str, count: usize) -> String {
    text.lines().take(count).collect::<Vec<_>>().join("\n")
}

fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len() - count..].join("\n")
}
