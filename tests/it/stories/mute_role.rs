//! Mutes by a role: made by one command, closed to in every channel, kept through everything that timeouts are kept through;
//! and when the role is gone, mutes go on as timeouts.

use std::time::Duration;

use greffier::model::Locale;

use crate::town::{Building, Town};

const HOUR: Duration = Duration::from_secs(3_600);
/// Discord's number for a role that was made, in the audit log.
const ROLE_CREATE: u16 = 30;
const SEND: u64 = 1 << 11;

/// A town that mutes by a role.
fn open() -> Town {
    let town = Town::open();
    town.olive().says("!settings log_channel #logs");
    town.olive().says("!mute_setup");
    town.settles();
    town
}

#[test]
fn one_command_makes_the_role_and_mutes_go_by_it_from_start_to_end() {
    let town = Town::open();
    let (olive, mia) = (town.olive(), town.moderator("mia"));
    let (sam, lea) = (town.member("sam"), town.member("lea"));
    insta::assert_snapshot!(olive.says("!mute_setup"), @"I am making the role “Muted” and closing 3 channels and categories to it. Mutes go by it from then on; `settings` shows it.");
    town.settles();
    insta::assert_snapshot!(olive.says("!settings mute_role"), @r"
    | **Settings of this server**
    | To change one: `!settings setting value`. The value `default` takes it back to the default.
    | Role that mutes (`mute_role`): @Muted
    ");
    insta::assert_snapshot!(town.overwrites("general"), @"Muted +0 -377957124160");
    mia.says("!mute @sam 3h flooding");
    mia.says("!mute @lea 5h flooding");
    town.settles();
    assert_eq!(
        (sam.roles(), sam.timed_out_until()),
        (vec!["Muted".to_owned()], None)
    );
    assert!(!town.may_write("sam", "general"));
    sam.leaves();
    sam.joins();
    town.waits_for_log("mutes_restored");
    town.settles();
    assert_eq!(sam.roles(), ["Muted"]);
    olive.creates_channel("later");
    town.finds_overwrite("later", "Muted");
    assert!(!town.may_write("sam", "later"));
    // The clockwork runs once: so the next start knows since when the bot was away.
    town.later(Duration::from_secs(60));
    town.stops_bot();
    olive.creates_channel("missed");
    town.later(HOUR);
    town.starts_bot();
    town.finds_overwrite("missed", "Muted");
    town.later(2 * HOUR);
    town.finds_ended(1);
    town.settles();
    assert!(sam.roles().is_empty() && town.may_write("sam", "general"));
    assert_eq!(lea.roles(), ["Muted"]);
    insta::assert_snapshot!(mia.says("!muteinfo @lea"), @r"
    | **Mute, case 2**
    | Member: @lea
    | Since: <t:1795176000:f>
    | Until: until <t:1795194000:f> (<t:1795194000:R>)
    | By: the role @Muted
    | Moderator: @mia
    | Reason: flooding
    ");
}

#[test]
fn done_again_it_mends_and_leaves_what_was_meant() {
    let town = open();
    let olive = town.olive();
    insta::assert_snapshot!(olive.says("!mute_setup"), @"Mutes go by the role @Muted from now on. It may not write in 3 channels and categories (0 were mended just now), nor in those to come.");
    olive.creates_role("Regular", 0);
    olive.sets_overwrite("general", "Muted", 0, 0);
    olive.sets_overwrite("general", "Regular", SEND, 0);
    olive.sets_overwrite("staff", "Muted", SEND, 0);
    insta::assert_snapshot!(olive.says("!mute_setup"), @r"
    Mutes go by the role @Muted from now on. It may not write in 2 channels and categories (1 were mended just now), nor in those to come.
    Somebody let the role write in #staff: I left that.
    In #general another role may write by name: for its holders that counts for more than a mute. Take that out there.
    ");
    town.settles();
    insta::assert_snapshot!(town.overwrites("general"), @r"
    Muted +0 -377957124160
    Regular +2048 -0
    ");
    assert!(town.overwrites("staff").contains("Muted +2048 -0"));
    let roles = town.discord().directory().roles;
    assert_eq!(roles.keys().filter(|name| *name == "Muted").count(), 1);
    insta::assert_snapshot!(olive.says("!mute_setup off"), @"Mutes go by Discord’s timeouts again. Those that hold stay as they are.");
    insta::assert_snapshot!(town.unchanged(|| olive.says("!mute_setup off")), @"Mutes go by Discord’s timeouts already.");
    town.moderator("mia").says("!mute @sam");
    town.settles();
    assert!(town.member("sam").timed_out_until().is_some());
    // The role of that name is taken up again, not made anew.
    insta::assert_snapshot!(olive.slash("mute_setup"), @r"
    Mutes go by the role @Muted from now on. It may not write in 2 channels and categories (0 were mended just now), nor in those to come.
    Somebody let the role write in #staff: I left that.
    In #general another role may write by name: for its holders that counts for more than a mute. Take that out there.
    ");
    town.settles();
    assert_eq!(town.discord().directory().roles.len(), roles.len());
    insta::assert_snapshot!(olive.says("!settings mute_role none"), @"Role that mutes: none: Discord’s timeouts (default). It is kept.");
}

#[test]
fn who_may_not_or_what_will_not_do_is_refused() {
    let town = Town::open();
    let (olive, mia, sam) = (town.olive(), town.moderator("mia"), town.member("sam"));
    insta::assert_snapshot!(town.unchanged(|| sam.says("!mute_setup")), @"This command is for the server’s administrators.");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!mute_setup off")), @"This command is for the server’s administrators.");
    insta::assert_snapshot!(town.unchanged(|| olive.says("!mute_setup @Admin")), @"@Admin cannot be handed out: whoever holds it could harm the server (Administrator).");
    insta::assert_snapshot!(town.unchanged(|| olive.says("!mute_setup @Greffier")), @"“@Greffier” is no role: mention one, or say `off`.");
    insta::assert_snapshot!(town.unchanged(|| olive.says("!mute_setup silence")), @"“silence” is no role: mention one, or say `off`.");
    insta::assert_snapshot!(town.unchanged(|| olive.says("!settings mute_role @Admin")), @r#"This value won’t do for "Role that mutes". Expected: `none`; the command `mute_setup` makes or chooses a role."#);
}

#[test]
fn the_role_given_or_taken_by_hand_is_a_mute_or_its_end() {
    let town = open();
    let (olive, mia) = (town.olive(), town.moderator("mia"));
    let (sam, lea) = (town.member("sam"), town.member("lea"));
    mia.says("!mute @sam 3h flooding");
    town.settles();
    olive.takes("sam", "Muted");
    town.finds_case(2);
    olive.gives("lea", "Muted");
    town.finds_case(3);
    town.settles();
    sam.leaves();
    sam.joins();
    town.restarts_bot();
    town.settles();
    assert!(sam.roles().is_empty());
    insta::assert_snapshot!(mia.says("!cases"), @r"
    | **3 cases**
    | Case 3 · mute:
    | @lea — no reason given
    | by @olive, <t:1795176000:d> · for good
    | Case 2 · end of mute:
    | @sam — no reason given
    | by @olive, <t:1795176000:d>
    | Case 1 · mute:
    | @sam — flooding
    | by @mia, <t:1795176000:d> · ended by @olive, <t:1795176000:f>
    ");
    mia.says("!unmute @lea");
    town.settles();
    assert!(lea.roles().is_empty());
    // While the bot is away as well.
    mia.says("!mute @sam 3h again");
    town.settles();
    town.stops_bot();
    town.later(HOUR);
    olive.takes("sam", "Muted");
    town.starts_bot();
    town.finds_case(6);
    town.settles();
    assert!(sam.roles().is_empty());
    assert_eq!(town.records().count("mutes {"), 0);
}

#[test]
fn a_returning_member_gets_the_mute_and_their_own_roles_and_loses_only_the_mute() {
    let town = open();
    let (olive, mia, sam) = (town.olive(), town.moderator("mia"), town.member("sam"));
    olive.says("!settings keep_roles yes");
    olive.creates_role("Regular", 0);
    olive.gives("sam", "Regular");
    mia.says("!mute @sam 3h flooding");
    town.settles();
    sam.leaves();
    town.keeps(r#""source":"rejoin""#);
    sam.joins();
    town.waits_for_log("mutes_restored");
    town.settles();
    let mut roles = sam.roles();
    roles.sort();
    assert_eq!(roles, ["Muted", "Regular"]);
    mia.says("!unmute @sam");
    town.settles();
    assert_eq!(sam.roles(), ["Regular"]);
}

#[test]
fn a_role_that_was_deleted_is_said_once_and_who_was_muted_by_it_is_timed_out() {
    let town = open();
    let (olive, mia) = (town.olive(), town.moderator("mia"));
    let (sam, lea) = (town.member("sam"), town.member("lea"));
    mia.says("!mute @sam 3h flooding");
    town.settles();
    olive.deletes_role("Muted");
    let said = town.finds("#logs", "The mute role");
    let words = "and 1 member who was muted by it is timed out instead. A new one: `mute_setup`.";
    assert!(said.contains(words), "{said}");
    town.settles();
    assert!(sam.timed_out_until().is_some());
    insta::assert_snapshot!(mia.says("!mute @lea 1h"), @"Case 2: @lea is muted for 1 hour, until <t:1795179600:f>.");
    town.settles();
    assert!(lea.timed_out_until().is_some());
    town.restarts_bot();
    town.settles();
    assert_eq!(town.shows("#logs").matches("The mute role").count(), 1);
    town.later(3 * HOUR);
    town.finds_ended(2);
    town.settles();
    assert_eq!((sam.timed_out_until(), lea.timed_out_until()), (None, None));
}

#[test]
fn a_role_that_was_deleted_while_the_bot_was_away_is_found_gone_at_start() {
    let town = open();
    let (olive, mia, sam) = (town.olive(), town.moderator("mia"), town.member("sam"));
    mia.says("!mute @sam 60d flooding");
    town.settles();
    town.stops_bot();
    town.later(HOUR);
    olive.deletes_role("Muted");
    town.starts_bot();
    town.finds("#logs", "The mute role");
    town.settles();
    assert!(sam.timed_out_until().is_some());
    assert!(!town.records().rows.contains(r#""mute_role":""#));
}

#[test]
fn a_role_that_cannot_be_given_any_more_is_said_and_the_mute_is_a_timeout() {
    let town = open();
    let (olive, mia) = (town.olive(), town.moderator("mia"));
    olive.moves_role("Muted", 4);
    mia.says("!mute @sam 3h flooding");
    let said = town.finds("#logs", "The mute role");
    let words = "I could not give @Muted: it must stand below my own.";
    assert!(said.contains(words), "{said}");
    town.settles();
    assert!(town.member("sam").timed_out_until().is_some());
    assert_eq!(town.member("lea").timed_out_until(), None);
    mia.says("!mute @lea 1h");
    town.settles();
    assert!(town.member("lea").timed_out_until().is_some());
    assert_eq!(town.shows("#logs").matches("The mute role").count(), 1);
}

#[test]
fn the_order_delivered_again_makes_no_second_role() {
    let town = open();
    let before = town.records().rows;
    town.redelivers(5, 2);
    town.settles();
    assert_eq!(town.records().rows, before);
    let made = town.discord().audit_log().into_iter();
    assert_eq!(made.filter(|it| it.action == ROLE_CREATE).count(), 1);
}

#[test]
fn in_a_french_town_the_role_is_french() {
    let town = Building::default().speaking(Locale::Fr).open();
    insta::assert_snapshot!(town.olive().says("!mute_setup"), @"Je crée le rôle « En sourdine » et je lui ferme 3 salons et catégories. Les sourdines passeront alors par lui ; `settings` le montre.");
    town.settles();
    insta::assert_snapshot!(town.olive().says("!mute_setup"), @"Les sourdines passent désormais par le rôle @En sourdine. Il ne peut pas écrire dans 3 salons et catégories (0 viennent d’être réparés), ni dans ceux à venir.");
    town.moderator("mia").says("!mute @sam");
    town.settles();
    assert_eq!(town.member("sam").roles(), ["En sourdine"]);
}
