//! Members who go on too quickly are told once, and then met with silence (Discord's api-docs #7243: spam led to a block).

use std::time::Duration;

use greffier::model::Locale;

use super::selfroles::colours;
use crate::town::{Building, Town};

/// A town in which a member may do three things within 10 seconds.
fn town() -> Town {
    Building::default()
        .configured(|config| config.member_pace = 3)
        .open()
}

const OVER: Duration = Duration::from_secs(10);

#[test]
fn sam_who_types_too_quickly_is_told_once_and_lea_is_not_concerned() {
    let town = town();
    let (sam, lea) = (town.member("sam"), town.member("lea"));
    sam.says("!balance");
    sam.says("!economy");
    sam.slash("mywarnings");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!daily")), @"Slow down, please: again <t:1795176010:R>.");
    town.unchanged(|| {
        sam.meets_silence("!daily");
        sam.meets_silence("!economy audit");
    });
    insta::assert_snapshot!(lea.says("!daily"), @"You take today’s **100 🪙**: the first day. You have 100 🪙. The next coins are there <t:1795215600:R>.");
    town.later(OVER);
    insta::assert_snapshot!(sam.says("!daily"), @"You take today’s **100 🪙**: the first day. You have 100 🪙. The next coins are there <t:1795215600:R>.");
}

#[test]
fn a_slash_command_too_many_is_answered_for_the_members_eyes_alone() {
    let town = Building::default()
        .speaking(Locale::Fr)
        .configured(|config| config.member_pace = 1)
        .open();
    let sam = town.member("sam");
    sam.slash("balance");
    // What Discord asks while they type is not theirs to answer for.
    sam.is_offered("buy item:b", "item");
    insta::assert_snapshot!(town.unchanged(|| sam.slash("daily")), @"(only sam) Doucement : vous pourrez continuer <t:1795176010:R>.");
    insta::assert_snapshot!(town.unchanged(|| sam.slash("daily")), @"(only sam) Doucement : vous pourrez continuer <t:1795176010:R>.");
    sam.meets_silence("!daily");
}

#[test]
fn moderators_in_their_guild_and_the_owner_are_held_to_nothing() {
    let town = town();
    let mia = town.moderator("mia");
    for number in 1..6 {
        let warned = mia.says("!warn @sam spam");
        assert!(warned.contains(&format!("(case {number})")), "{warned}");
        town.olive().says("!balance");
    }
    // Lea moderates as soon as the guild says so, and is a member again when it says otherwise.
    let lea = town.member("lea");
    town.olive().creates_role("Helper", 0);
    town.olive().gives("lea", "Helper");
    town.olive().says("!settings moderator_roles @&Helper");
    for _ in 0..5 {
        lea.says("!warnings");
    }
    town.olive().takes("lea", "Helper");
    insta::assert_snapshot!(town.unchanged(|| lea.says("!warn @sam spam")), @"Slow down, please: again <t:1795176010:R>.");
    lea.meets_silence("!warn @sam spam");
    // Elsewhere mia is a member like any other.
    for _ in 0..3 {
        mia.says_in("@mia", "!help");
    }
    insta::assert_snapshot!(mia.says_in("@mia", "!help"), @"Slow down, please: again <t:1795176010:R>.");
}

#[test]
fn buttons_pressed_too_quickly_are_counted_with_the_commands() {
    let town = town();
    let sam = town.member("sam");
    colours(&town);
    sam.says("!balance");
    insta::assert_snapshot!(sam.presses("Red"), @"(only sam) ✅ You get @Red.");
    sam.presses("The blue one");
    town.settles();
    insta::assert_snapshot!(town.unchanged(|| sam.presses("Red")), @"(only sam) Slow down, please: again <t:1795176010:R>.");
    town.unchanged(|| {
        sam.presses_in_vain("Red");
        sam.presses_in_vain("The blue one");
    });
    town.later(OVER);
    insta::assert_snapshot!(sam.presses("Red"), @"(only sam) ➖ You give @Red back.");
}
