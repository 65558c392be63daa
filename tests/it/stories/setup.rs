//! `!setup`: menus instead of words.

use crate::town::{Building, Town};

#[test]
fn a_guild_is_set_up_with_three_menus() {
    let town = Town::open();
    let olive = town.olive();
    insta::assert_snapshot!(olive.says("!setup"), @r"
    | **Setting Greffier up**
    | Language: English (default)
    | Log channel: none
    | Moderator roles: whoever may time members out (default)
    | What I lack here: Nothing: I have every permission that I need, and my role is well placed.
    [Choose the language ▾ French | English]
    [Choose the log channel ▾ a channel]
    [Choose the moderator roles ▾ a role]
    [Check again]
    ");
    insta::assert_snapshot!(olive.picks("Choose the log channel", &["logs"]), @r"
    | **Setting Greffier up**
    | Language: English (default)
    | Log channel: #logs
    | Moderator roles: whoever may time members out (default)
    | What I lack here: Nothing: I have every permission that I need, and my role is well placed.
    [Choose the language ▾ French | English]
    [Choose the log channel ▾ a channel]
    [Choose the moderator roles ▾ a role]
    [Check again]
    ");
    olive.picks("Choose the moderator roles", &["Moderator"]);
    insta::assert_snapshot!(olive.picks("Choose the language", &["French"]), @r"
    | **Installation de Greffier**
    | Langue: français
    | Salon du journal: #logs
    | Rôles de modération: @Moderator
    | Ce qui me manque ici: Rien : j’ai toutes les permissions qu’il me faut, et mon rôle est bien placé.
    [Choisir la langue ▾ français | anglais]
    [Choisir le salon du journal ▾ a channel]
    [Choisir les rôles de modération ▾ a role]
    [Vérifier à nouveau]
    ");
    // The menus themselves speak French now.
    insta::assert_snapshot!(olive.picks("Choisir la langue", &["anglais"]), @r"
    | **Setting Greffier up**
    | Language: English
    | Log channel: #logs
    | Moderator roles: @Moderator
    | What I lack here: Nothing: I have every permission that I need, and my role is well placed.
    [Choose the language ▾ French | English]
    [Choose the log channel ▾ a channel]
    [Choose the moderator roles ▾ a role]
    [Check again]
    ");
    town.moderator("mia").says("!warn @sam spam");
    town.finds("#logs", "Warning 1");
}

#[test]
fn somebody_elses_hands_are_kept_off_the_menus() {
    let town = Town::open();
    let (olive, mia, sam) = (town.olive(), town.moderator("mia"), town.member("sam"));
    insta::assert_snapshot!(town.unchanged(|| mia.says("!setup")), @"This command is for the server’s administrators.");
    insta::assert_snapshot!(town.unchanged(|| sam.cannot_slash("setup")), @"sam may not use /setup in #general");
    olive.slash("setup");
    let before = town.shows("#general");
    insta::assert_snapshot!(town.unchanged(|| mia.picks("Choose the log channel", &["staff"])), @"(only mia) This command is for the server’s administrators.");
    sam.speaks("fr");
    insta::assert_snapshot!(town.unchanged(|| sam.presses("Check again")), @"(only sam) Cette commande est réservée aux administrateurs du serveur.");
    assert!(town.shows("#general").starts_with(&before));
}

#[test]
fn the_menus_still_work_after_a_restart() {
    let town = Town::open();
    let olive = town.olive();
    olive.says("!setup");
    town.restarts_bot();
    let shown = olive.picks("Choose the log channel", &["logs"]);
    assert!(shown.contains("Log channel: #logs"), "{shown}");
    insta::assert_snapshot!(olive.says("!settings log_channel"), @r"
    | **Settings of this server**
    | To change one: `!settings setting value`. The value `default` takes it back to the default.
    | Log channel (`log_channel`): #logs
    ");
}

#[test]
fn what_the_bot_lacks_is_named_with_where_to_click() {
    const MODERATE_MEMBERS: u64 = 1 << 40;
    let town = Building::default()
        .permitting(greffier::sandbox::DEFAULT_BOT & !MODERATE_MEMBERS)
        .open();
    town.wait(async {
        let discord = town.discord();
        discord
            .creates_role("olive", "Elder", 0)
            .await
            .expect("made");
        discord
            .sets_role_position("olive", "Elder", 3)
            .await
            .expect("moved");
    });
    insta::assert_snapshot!(town.olive().says("!setup"), @r#"
    | **Setting Greffier up**
    | Language: English (default)
    | Log channel: none
    | Moderator roles: whoever may time members out (default)
    | What I lack here:
    | - The permission "Moderate Members": Server Settings → Roles → Greffier → Permissions.
    | - The role @Elder is above mine, I can’t act on its members: Server Settings → Roles, and drag Greffier higher.
    [Choose the language ▾ French | English]
    [Choose the log channel ▾ a channel]
    [Choose the moderator roles ▾ a role]
    [Check again]
    "#);
    town.wait(town.discord().sets_role_position("olive", "Elder", 1))
        .expect("moved");
    insta::assert_snapshot!(town.olive().presses("Check again"), @r#"
    | **Setting Greffier up**
    | Language: English (default)
    | Log channel: none
    | Moderator roles: whoever may time members out (default)
    | What I lack here: - The permission "Moderate Members": Server Settings → Roles → Greffier → Permissions.
    [Choose the language ▾ French | English]
    [Choose the log channel ▾ a channel]
    [Choose the moderator roles ▾ a role]
    [Check again]
    "#);
}
