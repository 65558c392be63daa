//! Cases: sent out, banned, noted; read, reworded, and shown in one log post each.

use std::time::Duration;

use greffier::model::Locale;
use greffier::sandbox::{Draft, Pointed};

use crate::town::{Building, Town};

const DAY: Duration = Duration::from_secs(24 * 3600);

#[test]
fn mia_sends_sam_out_and_sam_is_told_before() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    insta::assert_snapshot!(mia.says("!kick @sam flooding the channel"), @"Case 1: @sam is sent out.");
    insta::assert_snapshot!(town.sees("DM to sam"), @r"
    DM to sam Greffier: | **You were sent out of Sandbox (case 1)**
    | Reason: flooding the channel
    ");
    insta::assert_snapshot!(town.sees("sam was kicked"), @"sam was kicked (#1: flooding the channel)");
    assert!(!sam.is_here() && town.member("lea").is_here());
    insta::assert_snapshot!(mia.says("!case 1"), @r"
    | **Case 1 · kick**
    | Member: @sam (672538191462400000)
    | Moderator: @mia
    | Reason: flooding the channel
    ");
}

#[test]
fn a_ban_for_a_week_ends_by_itself_and_a_ban_for_good_does_not() {
    let town = Town::open();
    let (mia, sam, lea) = (
        town.moderator("mia"),
        town.member("sam"),
        town.member("lea"),
    );
    insta::assert_snapshot!(mia.says("!ban @sam 7d delete:1d scam links"), @"Case 1: @sam is banned for 7 days, until <t:1795780800:f>.");
    insta::assert_snapshot!(mia.slash("ban member:@lea reason:raid"), @"Case 2: @lea is banned.");
    town.settles();
    assert!(sam.is_banned() && lea.is_banned());
    town.later(7 * DAY - Duration::from_secs(1));
    town.settles();
    assert!(sam.is_banned());
    town.later(Duration::from_secs(1));
    insta::assert_snapshot!(town.sees("sam was unbanned"), @"sam was unbanned");
    town.settles();
    assert!(!sam.is_banned() && lea.is_banned());
    insta::assert_snapshot!(mia.says("!cases"), @r"
    | **2 cases**
    | Case 2 · ban:
    | @lea — raid
    | by @mia, <t:1795176000:d> · for good
    | Case 1 · ban:
    | @sam — scam links
    | by @mia, <t:1795176000:d> · over since <t:1795780800:f>
    ");
}

#[test]
fn a_ban_that_ended_while_the_bot_was_away_is_lifted_at_start() {
    let town = Town::open();
    let (mia, sam, lea) = (
        town.moderator("mia"),
        town.member("sam"),
        town.member("lea"),
    );
    mia.says("!ban @sam 1d scam");
    mia.says("!ban @lea 3d scam");
    town.settles();
    town.stops_bot();
    town.later(2 * DAY);
    town.starts_bot();
    town.sees("sam was unbanned");
    town.settles();
    assert!(!sam.is_banned() && lea.is_banned());
}

#[test]
fn more_than_a_hundred_bans_that_ended_while_the_bot_was_away_are_all_lifted() {
    let town = Town::open();
    let mia = town.moderator("mia");
    town.olive().says("!settings direct_messages no");
    town.discord().crowd_joins(120);
    mia.slash("ban member:@lea reason:for good");
    for number in 1..=120 {
        mia.slash(&format!("ban member:@guest{number} duration:1h"));
    }
    town.settles();
    assert_eq!(town.discord().bans().len(), 121);
    town.stops_bot();
    town.later(DAY);
    town.starts_bot();
    town.finds_ended(120);
    town.settles();
    let left = town.discord().bans().into_iter().map(|ban| ban.name);
    assert_eq!(left.collect::<Vec<_>>(), ["lea"]);
}

#[test]
fn a_ban_is_ended_by_hand_or_by_command_and_its_case_says_by_whom() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    let (sam_id, lea_id) = (sam.id(), town.member("lea").id());
    mia.says("!ban @sam scam");
    mia.says("!ban @lea scam");
    town.settles();
    insta::assert_snapshot!(mia.says(&format!("!unban {sam_id} apologised")), @"Case 3: the ban of @sam is ended.");
    town.settles();
    town.member("adam").unbans("lea");
    town.finds_case(4);
    insta::assert_snapshot!(mia.says("!cases"), @r"
    | **4 cases**
    | Case 4 · end of ban:
    | @lea — no reason given
    | by @adam, <t:1795176000:d>
    | Case 3 · end of ban:
    | @sam — apologised
    | by @mia, <t:1795176000:d>
    | Case 2 · ban:
    | @lea — scam
    | by @mia, <t:1795176000:d> · ended by @adam, <t:1795176000:f>
    | Case 1 · ban:
    | @sam — scam
    | by @mia, <t:1795176000:d> · ended by @mia, <t:1795176000:f>
    ");
    insta::assert_snapshot!(town.unchanged(|| mia.says(&format!("!unban {lea_id}"))), @"@lea is not banned here.");
}

#[test]
fn what_moderators_do_by_hand_becomes_a_case_once() {
    let town = Town::open();
    let (adam, mia) = (town.member("adam"), town.moderator("mia"));
    adam.kicks("sam", Some("noise"));
    town.finds_case(1);
    adam.bans("lea", None);
    town.finds_case(2);
    // Greffier's own acts stand in the audit log as well, and are cases already.
    mia.says("!note @adam acts by hand");
    town.settles();
    insta::assert_snapshot!(mia.says("!cases"), @r"
    | **3 cases**
    | Case 3 · note:
    | @adam — acts by hand
    | by @mia, <t:1795176000:d>
    | Case 2 · ban:
    | @lea — no reason given
    | by @adam, <t:1795176000:d> · for good
    | Case 1 · kick:
    | @sam — noise
    | by @adam, <t:1795176000:d>
    ");
}

#[test]
fn who_may_not_is_refused_and_nothing_happens() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    insta::assert_snapshot!(town.unchanged(|| sam.says("!kick @lea because")), @"This command is for moderators. Your own warnings: command `mywarnings`.");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!ban @lea")), @"This command is for moderators. Your own warnings: command `mywarnings`.");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!cases @lea")), @"This command is for moderators. Your own warnings: command `mywarnings`.");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!modstats")), @"This command is for moderators. Your own warnings: command `mywarnings`.");
    insta::assert_snapshot!(town.unchanged(|| sam.slash("note member:@lea text:x")), @"(only sam) This command is for moderators. Your own warnings: command `mywarnings`.");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!ban @mia")), @"You can’t do that to yourself.");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!kick @adam")), @"@adam stands at your level or above: only somebody higher can do that.");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!ban @olive")), @"@olive stands at your level or above: only somebody higher can do that.");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!kick @Greffier")), @"That is a bot: Discord’s own settings deal with bots.");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!ban @sam 0s why")), @"A duration of nothing is none: at least a second.");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!ban @sam delete:9d why")), @"Discord deletes the messages of 0 to 7 days.");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!case 1")), @"There is no case 1 on this server.");
    insta::assert_snapshot!(town.unchanged(|| mia.slash("ban member:@sam duration:soon")), @r#"(only mia) I don’t understand the duration "soon". It is written like 90m, 1d12h or 2 weeks."#);
    assert!(sam.is_here() && town.member("lea").is_here());
}

#[test]
fn a_case_has_one_log_post_that_says_what_the_case_says() {
    let town = Town::open();
    let mia = town.moderator("mia");
    town.olive().says("!settings log_channel #logs");
    mia.says("!ban @sam 7d scam");
    mia.says("!note @lea asks often");
    town.settles();
    insta::assert_snapshot!(mia.says("!reason 1 scam links, twice"), @"Case 1 has a new reason: scam links, twice");
    town.settles();
    town.later(7 * DAY);
    town.sees("sam was unbanned");
    town.settles();
    insta::assert_snapshot!(town.shows("#logs"), @r"
    Greffier: | **Case 1 · ban**
    | Member: @sam (672538191462400000)
    | Moderator: @mia
    | Reason: scam links, twice
    | State: over since <t:1795780800:f>
    | _Greffier · 3_
    Greffier: | **Case 2 · note**
    | Member: @lea (672900579328000000)
    | Moderator: @mia
    | Reason: asks often
    | _Greffier · 4_
    ");
}

#[test]
fn a_note_made_as_a_reply_keeps_the_message_even_when_it_is_deleted() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    let post = sam.posts(
        "#general",
        Draft::from("you are all idiots").with("proof.png", "0"),
    );
    insta::assert_snapshot!(mia.replies(Pointed::By("sam".into()), "!note @sam insults"), @"Case 1: noted about @sam.");
    sam.deletes(&post);
    let shown = mia.says("!case 1");
    assert!(
        shown.contains("you are all idiots") && shown.contains("1 attachment"),
        "{shown}"
    );
    mia.says("!note @lea fine");
    assert!(!mia.says("!case 2").contains("idiots"));
}

#[test]
fn mia_warns_from_the_menu_of_a_message_that_sam_deletes_meanwhile() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    let post = sam.posts("#general", "buy followers here");
    insta::assert_snapshot!(mia.opens_on("Warn", &post), @"(form) Warn a member [Points] [Reason]");
    sam.deletes(&post);
    insta::assert_snapshot!(mia.submits(&[("points", "2"), ("reason", "advertising")]), @"@sam was warned (case 1): 2 points, 2 in total.");
    let shown = mia.says("!case 1");
    assert!(shown.contains("buy followers here"), "{shown}");
    insta::assert_snapshot!(mia.opens_on("Cases", "sam"), @r"
    (only mia) | **1 case**
    | Member: @sam
    | Warning 1:
    | @sam — advertising
    | by @mia, <t:1795176000:d>
    ");
    insta::assert_snapshot!(mia.opens_on("Warn", "lea"), @"(form) Warn a member [Points] [Reason]");
    insta::assert_snapshot!(town.unchanged(|| mia.submits(&[("points", "many"), ("reason", "x")])), @"(only mia) Points go from 1 to 100.");
    insta::assert_snapshot!(town.unchanged(|| town.member("sam").cannot_open_on("Warn", "lea")), @"sam may not use /Warn in #general");
}

#[test]
fn warnings_and_cases_share_numbers_reasons_and_statistics() {
    let town = Town::open();
    let (mia, adam) = (town.moderator("mia"), town.member("adam"));
    mia.says("!warn @sam 2 spam");
    mia.says("!note @sam knows the rules");
    adam.says("!warn @lea links");
    insta::assert_snapshot!(mia.says("!reason 1 spam in the square"), @"Case 1 has a new reason: spam in the square");
    insta::assert_snapshot!(mia.says("!case 1"), @r"
    | **Warning 1**
    | Member: @sam (672538191462400000)
    | Moderator: @mia
    | Reason: spam in the square
    | Points: 2
    ");
    insta::assert_snapshot!(mia.says("!cases @sam"), @r"
    | **2 cases**
    | Member: @sam
    | Case 2 · note:
    | @sam — knows the rules
    | by @mia, <t:1795176000:d>
    | Warning 1:
    | @sam — spam in the square
    | by @mia, <t:1795176000:d>
    ");
    insta::assert_snapshot!(mia.says("!modstats"), @r"
    | **Cases by moderator**
    | Moderator: @mia: 2 cases · warning 1 · note 1
    | Moderator: @adam: 1 case · warning 1
    ");
    insta::assert_snapshot!(mia.slash("modstats moderator:@adam period:30d"), @r"
    | **Cases by moderator since <t:1792584000:D>**
    | Moderator: @adam: 1 case · warning 1
    ");
    assert_eq!(
        mia.is_offered("reason case:1 reason:x", "case"),
        vec!["#1 warning — spam in the square"]
    );
    // Why others were warned is not for everyone.
    let lea = town.member("lea");
    assert_eq!(lea.is_offered("reason case:1 reason:x", "case"), [""; 0]);
}

#[test]
fn a_long_list_has_pages_and_only_moderators_turn_them() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    for count in 1..=12 {
        mia.says(&format!("!note @sam number {count}"));
    }
    assert!(mia.says("!cases @sam").contains("Case 12"));
    insta::assert_snapshot!(town.unchanged(|| sam.presses("Next ▶")), @"(only sam) This command is for moderators. Your own warnings: command `mywarnings`.");
    insta::assert_snapshot!(mia.presses("Next ▶"), @r"
    | **12 cases**
    | Member: @sam
    | Case 2 · note:
    | @sam — number 2
    | by @mia, <t:1795176000:d>
    | Case 1 · note:
    | @sam — number 1
    | by @mia, <t:1795176000:d>
    [◀ Previous] [2 / 2 (off)] [Next ▶ (off)]
    ");
}

#[test]
fn in_a_french_town_cases_are_french() {
    let town = Building::default().speaking(Locale::Fr).open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    insta::assert_snapshot!(mia.says("!ban @sam 2 semaines suppr:1j arnaque"), @"Dossier n° 1 : @sam est banni pour 14 jours, jusqu’au <t:1796385600:f>.");
    insta::assert_snapshot!(town.sees("DM to sam"), @r"
    DM to sam Greffier: | **Vous avez été banni de Sandbox (dossier n° 1)**
    | Motif: arnaque
    | Jusqu’au: <t:1796385600:f>
    ");
    town.settles();
    assert!(sam.is_banned());
    insta::assert_snapshot!(mia.says("!case 1"), @r"
    | **Dossier n° 1 · bannissement**
    | Membre: @sam (672538191462400000)
    | Modération: @mia
    | Motif: arnaque
    | État: jusqu’au <t:1796385600:f>
    ");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!kick @adam")), @"@adam est à votre niveau ou au-dessus : seul quelqu’un de plus haut placé peut faire cela.");
}
