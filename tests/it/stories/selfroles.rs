//! Self-roles: menus set up by administrators and used by members.

use std::time::Duration;

use greffier::model::Locale;
use greffier::sandbox::Pointed;

use crate::town::{Building, Person, Town};

const BAN_MEMBERS: u64 = 1 << 2;

/// A town with the roles Red and Blue and a menu that offers both, posted in #general.
fn colours(town: &Town) {
    let olive = town.olive();
    olive.creates_role("Red", 0);
    olive.creates_role("Blue", 0);
    olive.says("!rolemenu create Colours");
    olive.says("!rolemenu add 1 @&Red");
    olive.says("!rolemenu add 1 @&Blue The blue one");
    posted(town, &olive);
}

#[track_caller]
fn posted(town: &Town, olive: &Person<'_>) {
    olive.says("!rolemenu post 1");
    town.finds("#general", "**Colours**");
}

#[test]
fn olive_sets_a_menu_up_and_sam_chooses_for_himself() {
    let town = Town::open();
    let (olive, sam, lea) = (town.olive(), town.member("sam"), town.member("lea"));
    olive.creates_role("Red", 0);
    olive.creates_role("Blue", 0);
    insta::assert_snapshot!(olive.says("!rolemenu"), @"");
    insta::assert_snapshot!(olive.says("!rolemenu create Colours"), @"");
    insta::assert_snapshot!(olive.says("!rolemenu add 1 @&Red"), @"");
    insta::assert_snapshot!(olive.slash("rolemenu add menu:1 role:Blue label:The blue one"), @"");
    insta::assert_snapshot!(olive.slash("rolemenu set menu:1 property:text value:What is your colour?"), @"");
    insta::assert_snapshot!(olive.says("!rolemenu post 1"), @"");
    insta::assert_snapshot!(town.finds("#general", "**Colours**"), @"");
    insta::assert_snapshot!(sam.presses("Red"), @"");
    insta::assert_snapshot!(town.sees("roles changed"), @"");
    insta::assert_snapshot!(lea.presses("The blue one"), @"");
    insta::assert_snapshot!(town.sees("roles changed"), @"");
    insta::assert_snapshot!(sam.presses("Red"), @"");
    insta::assert_snapshot!(town.sees("roles changed"), @"");
    assert_eq!(lea.roles(), ["Blue"]);
    insta::assert_snapshot!(olive.slash("rolemenu show menu:1"), @"");
    insta::assert_snapshot!(olive.slash("rolemenu list"), @"");
}

#[test]
fn in_a_french_town_the_menu_speaks_french() {
    let town = Building::default().speaking(Locale::Fr).open();
    let (olive, sam) = (town.olive(), town.member("sam"));
    olive.creates_role("Rouge", 0);
    insta::assert_snapshot!(olive.says("!rolemenu create Couleurs"), @"");
    insta::assert_snapshot!(olive.says("!rolemenu add 1 @&Rouge"), @"");
    insta::assert_snapshot!(olive.says("!rolemenu lend 1 @&Rouge 7j"), @"");
    insta::assert_snapshot!(olive.says("!rolemenu set 1 choice un"), @"");
    olive.says("!rolemenu post 1");
    insta::assert_snapshot!(town.finds("#general", "**Couleurs**"), @"");
    insta::assert_snapshot!(sam.presses("Rouge"), @"");
    insta::assert_snapshot!(sam.presses("Rouge"), @"");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!rolemenu list")), @"");
    insta::assert_snapshot!(town.unchanged(|| olive.says("!rolemenu set 1 choice trois")), @"");
    insta::assert_snapshot!(olive.says("!rolemenu list"), @"");
}

#[test]
fn only_administrators_set_menus_up() {
    let town = Town::open();
    colours(&town);
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    for typed in [
        "!rolemenu",
        "!rolemenu create Mine",
        "!rolemenu add 1 @&Moderator",
        "!rolemenu drop 1 @&Red",
        "!rolemenu set 1 title Mine",
        "!rolemenu post 1",
        "!rolemenu show 1",
        "!rolemenu list",
        "!rolemenu close 1",
    ] {
        for person in [&mia, &sam] {
            let answer = town.unchanged(|| person.says(typed));
            assert_eq!(
                answer, "This command is for the server’s administrators.",
                "{typed}"
            );
        }
    }
}

#[test]
fn roles_that_could_do_harm_or_stand_too_high_are_refused_at_set_up() {
    let town = Town::open();
    colours(&town);
    let (olive, adam) = (town.olive(), town.member("adam"));
    olive.creates_role("Bouncer", BAN_MEMBERS);
    olive.creates_role("Crown", 0);
    town.wait(town.discord().sets_role_position("olive", "Crown", 50))
        .expect("olive may");
    insta::assert_snapshot!(town.unchanged(|| olive.says("!rolemenu add 1 @&Bouncer")), @"");
    insta::assert_snapshot!(town.unchanged(|| olive.says("!rolemenu add 1 @&Crown")), @"");
    insta::assert_snapshot!(town.unchanged(|| olive.says("!rolemenu add 1 @&Greffier")), @"");
    insta::assert_snapshot!(town.unchanged(|| adam.says("!rolemenu add 1 @&Admin")), @"");
    insta::assert_snapshot!(town.unchanged(|| olive.says("!rolemenu add 7 @&Red")), @"");
    insta::assert_snapshot!(town.unchanged(|| olive.says("!rolemenu add 1 @&Nobody")), @"");
}

#[test]
fn a_role_that_was_made_dangerous_later_is_refused_at_use() {
    let town = Town::open();
    colours(&town);
    let (olive, sam) = (town.olive(), town.member("sam"));
    town.wait(
        town.discord()
            .sets_role_permissions("olive", "Red", BAN_MEMBERS),
    )
    .expect("olive may");
    insta::assert_snapshot!(town.unchanged(|| sam.presses("Red")), @"");
    assert!(sam.roles().is_empty());
    insta::assert_snapshot!(olive.says("!rolemenu show 1"), @"");
    insta::assert_snapshot!(sam.presses("The blue one"), @"");
}

#[test]
fn who_set_a_menu_up_and_lost_their_rank_no_longer_hands_its_roles_out() {
    let town = Town::open();
    let (olive, adam, sam) = (town.olive(), town.member("adam"), town.member("sam"));
    olive.creates_role("Red", 0);
    adam.says("!rolemenu create Colours");
    adam.says("!rolemenu add 1 @&Red");
    posted(&town, &adam);
    olive.takes("adam", "Admin");
    insta::assert_snapshot!(town.unchanged(|| sam.presses("Red")), @"");
    // Somebody who still may offers it anew.
    olive.says("!rolemenu add 1 @&Red");
    insta::assert_snapshot!(sam.presses("Red"), @"");
}

#[test]
fn a_menu_to_choose_from_takes_exactly_what_is_chosen() {
    let town = Town::open();
    colours(&town);
    let (olive, sam, lea) = (town.olive(), town.member("sam"), town.member("lea"));
    olive.creates_role("Verified", 0);
    olive.says("!rolemenu set 1 style select");
    olive.says("!rolemenu set 1 required @&Verified");
    insta::assert_snapshot!(town.sees("From 0 to 2"), @"");
    olive.gives("sam", "Verified");
    insta::assert_snapshot!(sam.picks("Colours", &["Red", "The blue one"]), @"");
    town.sees("+Blue");
    insta::assert_snapshot!(sam.picks("Colours", &["The blue one"]), @"");
    town.sees("-Red");
    insta::assert_snapshot!(sam.picks("Colours", &["The blue one"]), @"");
    insta::assert_snapshot!(town.unchanged(|| lea.picks("Colours", &["Red"])), @"");
    assert_eq!(sam.roles(), ["Blue", "Verified"]);
}

#[test]
fn a_lent_role_ends_to_the_second_also_when_the_bot_was_away() {
    let town = Town::open();
    colours(&town);
    let (olive, sam, lea) = (town.olive(), town.member("sam"), town.member("lea"));
    insta::assert_snapshot!(olive.says("!rolemenu lend 1 @&Red 2h"), @"");
    insta::assert_snapshot!(sam.presses("Red"), @"");
    town.sees("+Red");
    lea.presses("The blue one");
    town.sees("+Blue");
    town.later(Duration::from_secs(7199));
    assert_eq!(sam.roles(), ["Red"]);
    town.later(Duration::from_secs(1));
    town.sees("-Red");
    sam.presses("Red");
    town.sees("+Red");
    town.stops_bot();
    town.later(Duration::from_secs(86_400));
    town.starts_bot();
    town.sees("-Red");
    assert_eq!(lea.roles(), ["Blue"]);
}

#[test]
fn what_sam_had_is_given_back_when_he_returns_where_the_guild_wants_that() {
    let town = Town::open();
    colours(&town);
    let (olive, sam) = (town.olive(), town.member("sam"));
    olive.creates_role("Veteran", 0);
    let comes_and_goes = || {
        sam.leaves();
        sam.joins();
    };
    sam.presses("Red");
    town.sees("+Red");
    olive.gives("sam", "Veteran");
    comes_and_goes();
    // The answer to a press comes after what was heard before.
    sam.presses("The blue one");
    town.sees("+Blue");
    assert_eq!(sam.roles(), ["Blue"]);
    olive.says("!settings keep_roles yes");
    olive.gives("sam", "Veteran");
    comes_and_goes();
    town.sees("+Veteran");
    town.sees("+Blue");
    // What comes back by other hands is his: taken away again, it stays away.
    olive.takes("sam", "Veteran");
    town.restarts_bot();
    sam.presses("Red");
    town.sees("+Red");
    assert_eq!(sam.roles(), ["Blue", "Red"]);
}

#[test]
fn a_role_taken_away_by_hand_is_not_given_again() {
    let town = Town::open();
    colours(&town);
    let (olive, sam, lea) = (town.olive(), town.member("sam"), town.member("lea"));
    for person in [&sam, &lea] {
        person.presses("Red");
        town.sees("+Red");
    }
    olive.takes("sam", "Red");
    town.sees("-Red");
    sam.presses("The blue one");
    town.sees("+Blue");
    town.restarts_bot();
    lea.presses("The blue one");
    town.sees("lea's roles changed: +Blue");
    assert_eq!(sam.roles(), ["Blue"]);
    assert_eq!(lea.roles(), ["Blue", "Red"]);
}

#[test]
fn what_should_hold_and_does_not_is_put_right_at_start_and_said_in_one_line() {
    let town = Town::open();
    colours(&town);
    let (olive, sam, lea) = (town.olive(), town.member("sam"), town.member("lea"));
    for person in [&sam, &lea] {
        person.presses("Red");
        town.sees("+Red");
    }
    town.stops_bot();
    olive.takes("sam", "Red");
    town.sees("-Red");
    town.starts_bot();
    insta::assert_snapshot!(town.sees("roles changed"), @"");
    insta::assert_snapshot!(town.waits_for_log("roles_put_right"), @"");
    assert_eq!(lea.roles(), ["Red"]);
}

#[test]
fn a_menu_whose_message_or_role_vanished_is_spoken_of_in_words() {
    let town = Town::open();
    colours(&town);
    let (olive, sam) = (town.olive(), town.member("sam"));
    olive.deletes_role("Red");
    insta::assert_snapshot!(town.sees("edited"), @"");
    insta::assert_snapshot!(sam.presses("The blue one"), @"");
    let menu = olive.points_at(Pointed::Saying("**Colours**".to_owned()));
    olive.deletes(&menu);
    insta::assert_snapshot!(olive.says("!rolemenu list"), @"");
    insta::assert_snapshot!(olive.says("!rolemenu post 1 #staff"), @"");
    insta::assert_snapshot!(town.finds("#staff", "**Colours**"), @"");
    insta::assert_snapshot!(olive.says("!rolemenu list"), @"");
}

#[test]
fn a_menu_that_moves_says_so_where_it_stood() {
    let town = Town::open();
    colours(&town);
    let olive = town.olive();
    olive.says("!rolemenu post 1 #staff");
    town.finds("#staff", "**Colours**");
    insta::assert_snapshot!(town.finds("#general", "This menu is now in"), @"");
}

#[test]
fn a_channel_that_is_closed_to_the_bot_is_told_to_whoever_asked() {
    let town = Town::open();
    colours(&town);
    let olive = town.olive();
    let bot = "Greffier";
    town.wait(
        town.discord()
            .sets_overwrite("olive", "logs", bot, 0, 1 << 11),
    )
    .expect("olive may");
    olive.says("!rolemenu post 1 #logs");
    insta::assert_snapshot!(olive.is_told("could not be posted"), @"");
}

#[test]
fn closing_a_menu_asks_first_and_only_who_was_asked_answers() {
    let town = Town::open();
    colours(&town);
    let (olive, adam, sam) = (town.olive(), town.member("adam"), town.member("sam"));
    sam.presses("Red");
    town.sees("+Red");
    insta::assert_snapshot!(olive.says("!rolemenu close 1"), @"");
    insta::assert_snapshot!(town.unchanged(|| adam.presses("Close it")), @"");
    insta::assert_snapshot!(town.unchanged(|| olive.presses("Cancel")), @"");
    olive.says("!rolemenu close 1");
    insta::assert_snapshot!(olive.presses("Close it"), @"");
    insta::assert_snapshot!(town.finds("#general", "This menu is closed"), @"");
    assert_eq!(sam.roles(), ["Red"]);
    insta::assert_snapshot!(town.unchanged(|| olive.says("!rolemenu close 1")), @"");
    insta::assert_snapshot!(olive.says("!rolemenu list"), @"");
}

#[test]
fn many_menus_are_paged() {
    let town = Town::open();
    let olive = town.olive();
    for number in 1..=11 {
        olive.says(&format!("!rolemenu create Menu of day {number}"));
    }
    let first = olive.says("!rolemenu list");
    assert!(
        first.contains("day 10") && !first.contains("day 11"),
        "{first}"
    );
    insta::assert_snapshot!(olive.presses("▶"), @"");
    insta::assert_snapshot!(town.unchanged(|| town.member("sam").presses("◀")), @"");
    insta::assert_snapshot!(town.unchanged(|| olive.says("!rolemenu list 3")), @"");
    assert_eq!(
        olive.is_offered("rolemenu show menu:", "menu").len(),
        11,
        "each by its number and heading"
    );
}
