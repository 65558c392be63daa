//! Self-roles: menus set up by administrators and used by members.

use std::time::Duration;

use greffier::model::Locale;
use greffier::sandbox::Pointed;

use crate::town::{Building, Person, Town};

const BAN_MEMBERS: u64 = 1 << 2;

/// A town with the roles Red and Blue and a menu that offers both, posted in #general.
pub fn colours(town: &Town) {
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
    // It stands when the bot knows where: it is told so after everyone sees it.
    while !olive.says("!rolemenu list").contains("https://") {}
}

/// Without the ids of messages, which are others each time.
fn steady(text: &str) -> String {
    let lines = text.lines().map(|line| match line.split_once("https://") {
        Some((before, _)) => format!("{before}(link)"),
        None => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Somebody's roles, in the order of the alphabet.
pub fn roles(person: &Person<'_>) -> Vec<String> {
    let mut roles = person.roles();
    roles.sort();
    roles
}

#[test]
fn olive_sets_a_menu_up_and_sam_chooses_for_himself() {
    let town = Town::open();
    let (olive, sam, lea) = (town.olive(), town.member("sam"), town.member("lea"));
    olive.creates_role("Red", 0);
    olive.creates_role("Blue", 0);
    insta::assert_snapshot!(olive.says("!rolemenu"), @r"
    | **No role menus**
    | The first one: `!rolemenu create title`.
    ");
    insta::assert_snapshot!(olive.says("!rolemenu create Colours"), @"Menu 1 is begun. Next: `!rolemenu add 1 @role` for each role, then `!rolemenu post 1`.");
    insta::assert_snapshot!(olive.says("!rolemenu add 1 @&Red"), @"Menu 1 offers @Red.");
    insta::assert_snapshot!(olive.slash("rolemenu add menu:1 role:Blue label:The blue one"), @"Menu 1 offers @Blue.");
    insta::assert_snapshot!(olive.slash("rolemenu set menu:1 property:text value:What is your colour?"), @"Menu 1 is changed.");
    insta::assert_snapshot!(olive.says("!rolemenu post 1"), @"Menu 1 goes to #general.");
    insta::assert_snapshot!(town.finds("#general", "**Colours**"), @r"
    | **Colours**
    | What is your colour?
    | How it works: Press to get a role, press again to give it back. As many as you like.
    | _Greffier · 6_
    [Red] [The blue one]
    ");
    insta::assert_snapshot!(sam.presses("Red"), @"(only sam) ✅ You get @Red.");
    insta::assert_snapshot!(town.sees("roles changed"), @"sam's roles changed: +Red");
    insta::assert_snapshot!(lea.presses("The blue one"), @"(only lea) ✅ You get @Blue.");
    insta::assert_snapshot!(town.sees("roles changed"), @"lea's roles changed: +Blue");
    insta::assert_snapshot!(sam.presses("Red"), @"(only sam) ➖ You give @Red back.");
    insta::assert_snapshot!(town.sees("roles changed"), @"sam's roles changed: -Red");
    assert_eq!(roles(&lea), ["Blue"]);
    insta::assert_snapshot!(steady(&olive.slash("rolemenu show menu:1")), @r"
    | **Menu 1 · Colours**
    | What is your colour?
    | @Red — Red
    | @Blue — The blue one
    | Where: in #general: (link)
    | How it works: Press to get a role, press again to give it back. As many as you like.
    ");
    insta::assert_snapshot!(steady(&olive.slash("rolemenu list")), @r"
    | **One role menu**
    | Menu 1 · Colours: 2 roles · in #general: (link)
    ");
}

#[test]
fn in_a_french_town_the_menu_speaks_french() {
    let town = Building::default().speaking(Locale::Fr).open();
    let (olive, sam) = (town.olive(), town.member("sam"));
    olive.creates_role("Rouge", 0);
    insta::assert_snapshot!(olive.says("!rolemenu create Couleurs"), @"Le menu 1 est commencé. Ensuite : `!rolemenu add 1 @rôle` pour chaque rôle, puis `!rolemenu post 1`.");
    insta::assert_snapshot!(olive.says("!rolemenu add 1 @&Rouge"), @"Le menu 1 propose @Rouge.");
    insta::assert_snapshot!(olive.says("!rolemenu lend 1 @&Rouge 7j"), @"Le menu 1 donne @Rouge pour 7 jours.");
    insta::assert_snapshot!(olive.says("!rolemenu set 1 choice un"), @"Le menu 1 est changé.");
    olive.says("!rolemenu post 1");
    insta::assert_snapshot!(town.finds("#general", "**Couleurs**"), @r"
    | **Couleurs**
    | Comment ça marche: Appuyez pour recevoir un rôle, de nouveau pour le rendre. Un seul à la fois.
    | Pour un temps seulement: @Rouge : 7 jours
    | _Greffier · 6_
    [Rouge]
    ");
    insta::assert_snapshot!(sam.presses("Rouge"), @"(only sam) ✅ Vous recevez @Rouge jusqu’au <t:1795780800:f>.");
    insta::assert_snapshot!(sam.presses("Rouge"), @"(only sam) ➖ Vous rendez @Rouge.");
    town.settles();
    insta::assert_snapshot!(town.unchanged(|| sam.says("!rolemenu list")), @"Cette commande est réservée aux administrateurs du serveur.");
    insta::assert_snapshot!(town.unchanged(|| olive.says("!rolemenu set 1 choice trois")), @"Cette valeur ne convient pas. Attendu : `un`, `libre`, un nombre au plus, ou de-à comme `1-3`.");
    insta::assert_snapshot!(steady(&olive.says("!rolemenu list")), @r"
    | **Un menu de rôles**
    | Menu 1 · Couleurs: un rôle · dans #general : (link)
    ");
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
    insta::assert_snapshot!(town.unchanged(|| olive.says("!rolemenu add 1 @&Bouncer")), @"@Bouncer cannot be handed out: whoever holds it could harm the server (Ban Members).");
    insta::assert_snapshot!(town.unchanged(|| olive.says("!rolemenu add 1 @&Crown")), @"@Crown cannot be handed out: it stands above Greffier’s highest role. Move Greffier’s role up in the server’s settings.");
    insta::assert_snapshot!(town.unchanged(|| olive.says("!rolemenu add 1 @&Greffier")), @"@Greffier cannot be handed out: it belongs to Discord, to a bot or to an integration.");
    insta::assert_snapshot!(town.unchanged(|| adam.says("!rolemenu add 1 @&Admin")), @"@Admin cannot be handed out: whoever holds it could harm the server (Administrator).");
    insta::assert_snapshot!(town.unchanged(|| olive.says("!rolemenu add 7 @&Red")), @"There is no role menu 7 on this server.");
    insta::assert_snapshot!(town.unchanged(|| olive.says("!rolemenu add 1 @&Nobody")), @r#"I don’t understand "@&Nobody". The command is typed: `!rolemenu add menu @role [label]`"#);
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
    insta::assert_snapshot!(town.unchanged(|| sam.presses("Red")), @"(only sam) @Red cannot be handed out: whoever holds it could harm the server (Ban Members).");
    assert!(sam.roles().is_empty());
    insta::assert_snapshot!(steady(&olive.says("!rolemenu show 1")), @r"
    | **Menu 1 · Colours**
    | @Red — Red
    | ⚠️ @Red cannot be handed out: whoever holds it could harm the server (Ban Members).
    | @Blue — The blue one
    | Where: in #general: (link)
    | How it works: Press to get a role, press again to give it back. As many as you like.
    ");
    insta::assert_snapshot!(sam.presses("The blue one"), @"(only sam) ✅ You get @Blue.");
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
    insta::assert_snapshot!(town.unchanged(|| sam.presses("Red")), @"(only sam) @Red cannot be handed out: it does not stand below the highest role of @adam, who set this up.");
    // Somebody who still may offers it anew.
    olive.says("!rolemenu add 1 @&Red");
    insta::assert_snapshot!(sam.presses("Red"), @"(only sam) ✅ You get @Red.");
}

#[test]
fn a_menu_to_choose_from_takes_exactly_what_is_chosen() {
    let town = Town::open();
    colours(&town);
    let (olive, sam, lea) = (town.olive(), town.member("sam"), town.member("lea"));
    olive.creates_role("Verified", 0);
    olive.says("!rolemenu set 1 style select");
    olive.says("!rolemenu set 1 required @&Verified");
    town.finds(
        "#general",
        "Choose all the roles that you want. As many as you like.",
    );
    olive.gives("sam", "Verified");
    insta::assert_snapshot!(sam.picks("Colours", &["Red", "The blue one"]), @"(only sam) ✅ You get @Red, @Blue.");
    town.sees("+Blue");
    insta::assert_snapshot!(sam.picks("Colours", &["The blue one"]), @"(only sam) ➖ You give @Red back.");
    town.sees("-Red");
    insta::assert_snapshot!(sam.picks("Colours", &["The blue one"]), @"(only sam) Nothing changes: you have exactly that.");
    town.settles();
    insta::assert_snapshot!(town.unchanged(|| lea.picks("Colours", &["Red"])), @"(only lea) This menu is for those who have one of these roles: @Verified.");
    assert_eq!(roles(&sam), ["Blue", "Verified"]);
}

#[test]
fn a_lent_role_ends_to_the_second_also_when_the_bot_was_away() {
    let town = Town::open();
    colours(&town);
    let (olive, sam, lea) = (town.olive(), town.member("sam"), town.member("lea"));
    insta::assert_snapshot!(olive.says("!rolemenu lend 1 @&Red 2h"), @"Menu 1 gives @Red for 2 hours.");
    insta::assert_snapshot!(sam.presses("Red"), @"(only sam) ✅ You get @Red until <t:1795183200:f>.");
    town.sees("+Red");
    lea.presses("The blue one");
    town.sees("+Blue");
    town.later(Duration::from_secs(7199));
    assert_eq!(roles(&sam), ["Red"]);
    town.later(Duration::from_secs(1));
    town.sees("-Red");
    sam.presses("Red");
    town.sees("+Red");
    town.stops_bot();
    town.later(Duration::from_secs(86_400));
    town.starts_bot();
    town.sees("-Red");
    assert_eq!(roles(&lea), ["Blue"]);
}

#[test]
fn a_menu_whose_message_or_role_vanished_is_spoken_of_in_words() {
    let town = Town::open();
    colours(&town);
    let (olive, sam) = (town.olive(), town.member("sam"));
    olive.deletes_role("Red");
    insta::assert_snapshot!(town.sees("edited"), @r"
    #general Greffier: | **Colours**
    | How it works: Press to get a role, press again to give it back. As many as you like.
    | _Greffier · 5_
    [The blue one] (edited)
    ");
    insta::assert_snapshot!(sam.presses("The blue one"), @"(only sam) ✅ You get @Blue.");
    let menu = olive.points_at(Pointed::Saying("**Colours**".to_owned()));
    olive.deletes(&menu);
    // What is told by the gateway is heard beside what is asked.
    while !olive.says("!rolemenu list").contains("gone") {}
    insta::assert_snapshot!(steady(&olive.says("!rolemenu list")), @r"
    | **One role menu**
    | Menu 1 · Colours: one role · ⚠️ its message is gone since <t:1795176000:f>: post it again
    ");
    insta::assert_snapshot!(olive.says("!rolemenu post 1 #staff"), @"Menu 1 goes to #staff.");
    insta::assert_snapshot!(town.finds("#staff", "**Colours**"), @r"
    | **Colours**
    | How it works: Press to get a role, press again to give it back. As many as you like.
    | _Greffier · 11_
    [The blue one]
    ");
    while !olive.says("!rolemenu list").contains("#staff") {}
    insta::assert_snapshot!(steady(&olive.says("!rolemenu list")), @r"
    | **One role menu**
    | Menu 1 · Colours: one role · in #staff: (link)
    ");
}

#[test]
fn a_menu_that_moves_says_so_where_it_stood() {
    let town = Town::open();
    colours(&town);
    let olive = town.olive();
    olive.says("!rolemenu post 1 #staff");
    town.finds("#staff", "**Colours**");
    insta::assert_snapshot!(town.finds("#general", "This menu is now in"), @r"
    | **Colours**
    | This menu is now in #staff.
    | _Greffier · 5_
    ");
}

#[test]
fn a_channel_that_is_closed_to_the_bot_is_told_to_whoever_asked() {
    let town = Town::open();
    colours(&town);
    let olive = town.olive();
    let (bot, see, write) = ("Greffier", 1 << 10, 1 << 11);
    town.wait(
        town.discord()
            .sets_overwrite("olive", "logs", bot, see, write),
    )
    .expect("olive may");
    olive.says("!rolemenu post 1 #logs");
    insta::assert_snapshot!(olive.is_told("could not be posted"), @r"
    | **Role menu 1 could not be posted**
    | I may not write in #logs, or it is gone. Give me “View Channel”, “Send Messages” and “Embed Links” there, and post it again.
    ");
}

#[test]
fn closing_a_menu_asks_first_and_only_who_was_asked_answers() {
    let town = Town::open();
    colours(&town);
    let (olive, adam, sam) = (town.olive(), town.member("adam"), town.member("sam"));
    sam.presses("Red");
    town.sees("+Red");
    insta::assert_snapshot!(olive.says("!rolemenu close 1"), @r"
    Close menu 1, “Colours”, for good? Its message stops working; who has its roles keeps them.
    [Close it] [Cancel]
    ");
    insta::assert_snapshot!(town.unchanged(|| adam.presses("Close it")), @"(only adam) This question was put to somebody else.");
    insta::assert_snapshot!(town.unchanged(|| olive.presses("Cancel")), @"Menu 1 stays.");
    olive.says("!rolemenu close 1");
    insta::assert_snapshot!(olive.presses("Close it"), @"Menu 1 is closed.");
    insta::assert_snapshot!(town.finds("#general", "This menu is closed"), @r"
    | **Colours**
    | This menu is closed.
    | _Greffier · 5_
    ");
    assert_eq!(roles(&sam), ["Red"]);
    insta::assert_snapshot!(town.unchanged(|| olive.says("!rolemenu close 1")), @"There is no role menu 1 on this server.");
    insta::assert_snapshot!(steady(&olive.says("!rolemenu list")), @r"
    | **No role menus**
    | The first one: `!rolemenu create title`.
    ");
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
    insta::assert_snapshot!(olive.presses("Next ▶"), @r"
    | **11 role menus**
    | Menu 11 · Menu of day 11: no role yet · not posted
    [◀ Previous] [2 / 2 (off)] [Next ▶ (off)]
    ");
    insta::assert_snapshot!(town.unchanged(|| town.member("sam").presses("◀ Previous")), @"(only sam) This command is for the server’s administrators.");
    insta::assert_snapshot!(town.unchanged(|| olive.says("!rolemenu list 3")), @"There is no page 3: the list has 2.");
    assert_eq!(
        olive.is_offered("rolemenu show menu:", "menu").len(),
        11,
        "each by its number and heading"
    );
}
