//! Who stands above whom: the moderator above the member, the bot above the member, and what Discord itself says of it.

use greffier::sandbox::Id;
use serde_json::{Value, json};

use crate::town::Town;

#[test]
fn nobody_warns_upwards_or_sideways() {
    let town = Town::open();
    let (mia, lea, sam) = (
        town.moderator("mia"),
        town.member("lea"),
        town.member("sam"),
    );
    insta::assert_snapshot!(town.unchanged(|| sam.says("!warn @mia because")), @"This command is for moderators. Your own warnings: command `mywarnings`.");
    insta::assert_snapshot!(town.unchanged(|| sam.slash("warn member:@mia reason:because")), @"(only sam) This command is for moderators. Your own warnings: command `mywarnings`.");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!warn @adam because")), @"@adam stands at your level or above: only somebody higher can do that.");
    insta::assert_snapshot!(town.unchanged(|| mia.slash("warn member:@olive reason:because")), @"(only mia) @olive stands at your level or above: only somebody higher can do that.");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!warn @mia because")), @"You can’t warn yourself.");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!warn @Greffier because")), @"A bot doesn’t read warnings: choose a member.");
    insta::assert_snapshot!(town.unchanged(|| town.member("adam").says("!warn @olive because")), @"@olive stands at your level or above: only somebody higher can do that.");
    // lea becomes mia's equal.
    town.wait(town.discord().gives_role("olive", "lea", "Moderator"))
        .expect("given");
    insta::assert_snapshot!(town.unchanged(|| lea.says("!warn @mia because")), @"@mia stands at your level or above: only somebody higher can do that.");
    insta::assert_snapshot!(town.unchanged(|| lea.says("!clearwarnings @mia")), @"@mia stands at your level or above: only somebody higher can do that.");
    insta::assert_snapshot!(town.member("adam").says("!warn @mia sleeping on duty"), @"@mia was warned (case 1): 1 point, 1 in total.");
}

#[test]
fn a_moderator_does_not_take_back_their_own_warning() {
    let town = Town::open();
    let mia = town.moderator("mia");
    town.member("adam").says("!warn @mia sleeping on duty");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!unwarn 1")), @"This is your own warning: somebody else has to deal with it.");
    insta::assert_snapshot!(town.unchanged(|| mia.slash("warnreason case:1 reason:working hard")), @"(only mia) This is your own warning: somebody else has to deal with it.");
}

#[test]
fn a_consequence_that_the_bot_cannot_bring_about_is_left_to_people() {
    let town = Town::open();
    let olive = town.olive();
    olive.says("!settings thresholds 1: kick; 2: timeout 1h");
    insta::assert_snapshot!(olive.says("!warn @adam talking too much"), @"@adam was warned (case 1): 1 point, 1 in total. Threshold reached (kick), but my role is not above theirs: it is yours to act.");
    // An administrator can't be timed out, whatever their role.
    insta::assert_snapshot!(olive.says("!warn @adam again"), @"@adam was warned (case 2): 1 point, 2 in total. Threshold reached (timeout of 1 hour), but my role is not above theirs: it is yours to act.");
    town.member("adam").is_told("case 2");
    assert_eq!(town.member("adam").timed_out_until(), None);
}

#[test]
fn discord_itself_refuses_a_bot_that_checks_nothing() {
    let town = Town::open();
    let adam = town.member("adam").id();
    let [kick, timeout, ban] = [
        town.as_the_bot(
            "DELETE",
            &format!("/guilds/{}/members/{adam}", guild(&town)),
            Value::Null,
        ),
        town.as_the_bot(
            "PATCH",
            &format!("/guilds/{}/members/{adam}", guild(&town)),
            json!({"communication_disabled_until": "2026-11-20T13:00:00Z"}),
        ),
        town.as_the_bot(
            "PUT",
            &format!("/guilds/{}/bans/{adam}", guild(&town)),
            json!({}),
        ),
    ];
    for (status, answer) in [kick, timeout, ban] {
        assert_eq!((status, &answer["code"]), (403, &json!(50013)), "{answer}");
    }
    assert!(town.discord().member("adam").is_some());
}

fn guild(town: &Town) -> Id {
    town.discord().directory().guild
}
