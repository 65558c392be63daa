//! Lockdowns: members fall silent, moderators and the bot do not, and every exception comes back bit by bit, whatever
//! happens in between.

use std::time::Duration;

use greffier::model::Locale;
use greffier::sandbox::RestAct;

use crate::town::{Building, Town};

const MINUTE: Duration = Duration::from_secs(60);
const PERMISSION: &str = "/channels/{channel_id}/permissions/{overwrite_id}";
/// Permission bits: send messages, add reactions, one that is newer than the library (pin messages), see, attach files.
const SEND: u64 = 1 << 11;
const REACT: u64 = 1 << 6;
const NEWER: u64 = 1 << 51;
const SEE: u64 = 1 << 10;
const FILES: u64 = 1 << 15;
/// Everything by which members are read.
const WRITING: u64 = SEND | REACT | 1 << 35 | 1 << 36 | 1 << 38;

#[test]
fn a_channel_is_closed_to_members_for_ten_minutes_and_opens_to_the_second() {
    let town = Town::open();
    let (olive, mia) = (town.olive(), town.moderator("mia"));
    olive.says("!settings log_channel #logs");
    olive.creates_role("Regular", 0);
    olive.gives("sam", "Regular");
    olive.sets_overwrite("general", "@everyone", NEWER, REACT);
    olive.sets_overwrite("general", "Regular", SEND, 0);
    let before = town.overwrites("general");
    insta::assert_snapshot!(mia.says("!lock 10m raid"), @"Lockdown 1: #general is closed to members for 10 minutes, until <t:1795176600:f>.");
    town.settles();
    assert!(!town.may_write("sam", "general") && !town.may_write("lea", "general"));
    assert!(town.may_write("mia", "general") && town.may_write("adam", "general"));
    insta::assert_snapshot!(town.overwrites("general"), @r"
    @everyone +2251799813685248 -377957124160
    Greffier +377957124096 -0
    Moderator +377957124096 -0
    Regular +0 -0
    ");
    let log = town.discord().audit_log();
    assert_eq!(
        log.last().and_then(|it| it.reason.clone()).as_deref(),
        Some("#1: raid")
    );
    town.later(10 * MINUTE - Duration::from_secs(1));
    town.settles();
    assert!(!town.may_write("sam", "general"));
    town.later(Duration::from_secs(1));
    town.settles();
    assert_eq!(town.overwrites("general"), before);
    assert!(town.may_write("sam", "general") && town.may_write("lea", "general"));
    insta::assert_snapshot!(town.shows("#logs"), @r"
    Greffier: | **Lockdown 1 · 1 channel closed**
    | Channels: #general
    | Moderator: @mia
    | Reason: raid
    | State: until <t:1795176600:f>
    | _Greffier · 4_
    Greffier: | **Lockdown 1 · 1 channel open again**
    | Channels: #general
    | Moderator: Greffier
    | Reason: its time is over
    | _Greffier · 6_
    ");
    assert_eq!(town.records().count("locked_channels {"), 0);
}

#[test]
fn all_channels_are_shown_first_and_closed_by_one_confirmation() {
    let town = Town::open();
    let (olive, mia, sam) = (town.olive(), town.moderator("mia"), town.member("sam"));
    olive.creates_channel("memes");
    let before = (town.overwrites("memes"), town.overwrites("staff"));
    insta::assert_snapshot!(town.unchanged(|| mia.says("!lockdown all 1h raid")), @r"
    Close these 2 channels to members for 1 hour? #general #memes
    [Yes, close them] [Cancel]
    ");
    insta::assert_snapshot!(town.unchanged(|| sam.presses("Yes, close them")), @"(only sam) This question was put to somebody else.");
    insta::assert_snapshot!(mia.presses("Yes, close them"), @"Lockdown 1: #general #memes are closed to members for 1 hour, until <t:1795179600:f>.");
    town.settles();
    assert!(!town.may_write("sam", "memes") && !town.may_write("sam", "general"));
    assert_eq!(town.overwrites("staff"), before.1, "members never saw it");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!lockdown all")), @"All of them are closed already.");
    insta::assert_snapshot!(mia.says("!unlock all"), @"2 channels open again: #general #memes");
    town.settles();
    assert_eq!(town.overwrites("memes"), before.0);
    assert!(town.may_write("sam", "memes") && town.may_write("sam", "general"));
    assert!(town.records().rows.contains(r#""ended":1795176000000"#));
}

#[test]
fn who_may_not_or_needs_not_is_refused_and_nothing_is_closed() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    insta::assert_snapshot!(town.unchanged(|| sam.says("!lockdown")), @"This command is for moderators. Your own warnings: command `mywarnings`.");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!lockdown all")), @"This command is for moderators. Your own warnings: command `mywarnings`.");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!unlock")), @"This command is for moderators. Your own warnings: command `mywarnings`.");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!unlock")), @"I did not close #general.");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!unlock all")), @"I closed no channel here.");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!lockdown 0s")), @"A duration of nothing is none: at least a second.");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!lockdown <#4711>")), @"<#4711> is no channel in which people meet.");
    insta::assert_snapshot!(town.unchanged(|| mia.slash("lockdown duration:soon")), @r#"(only mia) I don’t understand the duration "soon". It is written like 90m, 1d12h or 2 weeks."#);
    mia.says("!lockdown all");
    insta::assert_snapshot!(town.unchanged(|| mia.presses("Cancel")), @"Nothing was done.");
    insta::assert_snapshot!(mia.slash("lockdown channel:#general reason:raid"), @"Lockdown 1: #general is closed to members until `unlock`.");
    town.settles();
    insta::assert_snapshot!(town.unchanged(|| mia.says("!lockdown")), @"#general is closed already, until `unlock`. A duration gives it another end: `lockdown 30m`.");
    insta::assert_snapshot!(mia.says("!lockdown 30m"), @"#general: closed for 30 minutes, until <t:1795177800:f>.");
    town.later(30 * MINUTE);
    town.settles();
    assert!(town.may_write("sam", "general"));
}

#[test]
fn a_lockdown_that_ended_while_the_bot_was_away_is_lifted_at_start_whoever_ordered_it() {
    let town = Town::open();
    let (olive, mia) = (town.olive(), town.moderator("mia"));
    olive.creates_channel("memes");
    let before = [town.overwrites("general"), town.overwrites("memes")];
    let channels = town.discord().directory().channels;
    let (general, memes) = (channels["general"], channels["memes"]);
    mia.says(&format!("!lockdown <#{general}> <#{memes}> 1h"));
    town.settles();
    assert!(!town.may_write("sam", "memes"));
    olive.takes("mia", "Moderator");
    town.stops_bot();
    town.later(120 * MINUTE);
    town.starts_bot();
    town.attends();
    assert_eq!(
        [town.overwrites("general"), town.overwrites("memes")],
        before
    );
}

#[test]
fn closing_and_opening_go_on_where_an_outage_or_a_stop_interrupted_them() {
    let town = Town::open();
    let (olive, mia) = (town.olive(), town.moderator("mia"));
    for name in ["one", "two", "three"] {
        olive.creates_channel(name);
    }
    let names = ["general", "one", "two", "three"];
    let look = || names.map(|name| town.overwrites(name));
    let before = look();
    mia.says("!lockdown all");
    town.fails_after(4, PERMISSION, RestAct::Status(500));
    mia.presses("Yes, close them");
    town.waits_for_log("effect_postponed");
    town.restarts_bot();
    town.later(MINUTE);
    town.settles();
    assert!(names.iter().all(|name| !town.may_write("sam", name)));
    assert!(names.iter().all(|name| town.may_write("mia", name)));
    let closed = look();
    // Another start touches nothing.
    town.restarts_bot();
    town.settles();
    assert_eq!(look(), closed);
    town.fails_after(3, PERMISSION, RestAct::Status(500));
    mia.says("!unlock all");
    town.waits_for_logs("effect_postponed", 2);
    town.restarts_bot();
    town.later(MINUTE);
    town.settles();
    assert_eq!(look(), before);
    assert_eq!(town.records().count("locked_channels {"), 0);
}

#[test]
fn what_was_changed_or_deleted_by_hand_meanwhile_is_left_and_said() {
    let town = Town::open();
    let (olive, mia) = (town.olive(), town.moderator("mia"));
    olive.says("!settings log_channel #logs");
    olive.creates_channel("memes");
    olive.creates_channel("doomed");
    mia.says("!lockdown all raid");
    mia.presses("Yes, close them");
    town.settles();
    // Olive lets members write in #memes again, and takes files out of #general.
    olive.sets_overwrite("memes", "@everyone", SEND, WRITING & !SEND);
    olive.sets_overwrite("general", "@everyone", 0, WRITING | FILES);
    let doomed = town.discord().directory().channels["doomed"].to_string();
    olive.deletes_channel("doomed");
    town.finds("#logs", "doomed was deleted");
    mia.says_in("#staff", "!unlock all");
    town.settles();
    insta::assert_snapshot!(town.overwrites("memes"), @"@everyone +2048 -0");
    insta::assert_snapshot!(town.overwrites("general"), @"@everyone +0 -32768");
    insta::assert_snapshot!(without_footers(&town.shows("#logs")).replace(&doomed, "doomed"), @r"
    Greffier: | **Lockdown 1 · 3 channels closed**
    | Channels: #general #memes <#doomed>
    | Moderator: @mia
    | Reason: raid
    | State: until `unlock`
    Greffier: | **Lockdown 1 · not as ordered**
    | #doomed was deleted while it was closed: there is nothing to open any more.
    Greffier: | **Lockdown 1 · 2 channels open again**
    | Channels: #general #memes
    | Moderator: @mia
    | Reason: no reason given
    Greffier: | **Lockdown 1 · not as ordered**
    | Somebody changed the permissions of #memes while it was closed, for @everyone. I left that as it is: have a look.
    ");
    assert_eq!(town.records().count("locked_channels {"), 0);
}

#[test]
fn a_channel_that_was_hidden_from_the_bot_is_opened_when_it_sees_it_again() {
    let town = Town::open();
    let (olive, mia) = (town.olive(), town.moderator("mia"));
    mia.says("!lockdown raid");
    town.settles();
    olive.sets_overwrite("general", "@everyone", 0, WRITING | SEE);
    mia.says_in("#staff", "!unlock all");
    insta::assert_snapshot!(mia.is_told("Lockdown"), @r"
    | **Lockdown 1 · not as ordered**
    | Discord won’t let me open #general (code 50001): I try again every hour. I need “Manage Roles” there.
    ");
    town.settles();
    olive.sets_overwrite("general", "@everyone", 0, WRITING);
    town.later(60 * MINUTE);
    town.attends();
    assert_eq!(town.overwrites("general"), "");
    assert_eq!(mia.dms().matches("Lockdown").count(), 1, "said once");
}

#[test]
fn a_channel_that_discord_wont_let_be_closed_is_given_back_and_said() {
    let town = Town::open();
    let mia = town.moderator("mia");
    let before = town.overwrites("general");
    town.fails_after(1, PERMISSION, RestAct::Status(403));
    mia.says("!lockdown raid");
    insta::assert_snapshot!(mia.is_told("Lockdown"), @r"
    | **Lockdown 1 · not as ordered**
    | Discord won’t let me close #general (code 0): it stays open. I need “Manage Roles” there.
    ");
    town.settles();
    assert_eq!(town.overwrites("general"), before);
    assert_eq!(town.records().count("locked_channels {"), 0);
}

#[test]
fn the_same_message_delivered_again_closes_nothing_anew() {
    let town = Town::open();
    let mia = town.moderator("mia");
    mia.says("!lockdown 10m");
    town.settles();
    mia.says("!unlock");
    town.settles();
    let before = (town.overwrites("general"), town.records().rows);
    mia.says("!lockdown all");
    town.redelivers(10, 3);
    town.settles();
    assert_eq!((town.overwrites("general"), town.records().rows), before);
}

#[test]
fn in_a_french_town_lockdowns_are_french() {
    let town = Building::default().speaking(Locale::Fr).open();
    let mia = town.moderator("mia");
    insta::assert_snapshot!(mia.says("!verrouiller 1h pub"), @"Verrouillage n° 1 : #general est fermé aux membres pour 1 heure, jusqu’au <t:1795179600:f>.");
    town.settles();
    insta::assert_snapshot!(mia.says("!déverrouiller"), @"De nouveau ouvert : #general");
    town.settles();
    insta::assert_snapshot!(mia.says("!lock tout 10m"), @r"
    Fermer ce salon aux membres pour 10 minutes ? #general
    [Oui, fermer] [Annuler]
    ");
}

/// Two outcomes at once come in either order: the numbers of their posts say nothing.
fn without_footers(posts: &str) -> String {
    let lines = posts.lines().filter(|line| !line.contains("_Greffier"));
    lines.collect::<Vec<_>>().join("\n")
}
