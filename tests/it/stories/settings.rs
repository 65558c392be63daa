//! What a guild decides for itself.

use crate::town::Town;

#[test]
fn settings_are_seen_at_a_glance() {
    let town = Town::open();
    insta::assert_snapshot!(town.olive().says("!settings"), @r"
    | **Settings of this server**
    | To change one: `!settings setting value`. The value `default` takes it back to the default.
    | Prefix (`prefix`): `!` (default)
    | Language (`language`): English (default)
    | Log channel (`log_channel`): none
    | Moderator roles (`moderator_roles`): whoever may time members out (default)
    | Direct message to a warned member (`direct_messages`): yes (default)
    | Role that mutes (`mute_role`): none: Discord’s timeouts (default)
    | How long warnings count (`warning_days`): 90 days (default)
    | Thresholds (`thresholds`): none
    | Suggested reasons (`reasons`): Spam | Insults | Off topic | Advertising | Shocking content (default)
    | Roles given back to members who return (`keep_roles`): no (default)
    | Moderation records kept, without content, of members who erase their data (`keep_records`): no (default)
    ");
    insta::assert_snapshot!(town.member("adam").slash("settings setting:prefix"), @r"
    | **Settings of this server**
    | To change one: `!settings setting value`. The value `default` takes it back to the default.
    | Prefix (`prefix`): `!` (default)
    ");
}

#[test]
fn each_setting_is_kept_shown_and_taken_back() {
    let town = Town::open();
    let olive = town.olive();
    insta::assert_snapshot!(olive.says("!settings log_channel #logs"), @"Log channel: #logs. It is kept.");
    insta::assert_snapshot!(olive.says("!settings log_channel #logs"), @"Log channel: #logs. It was so already.");
    insta::assert_snapshot!(olive.says("!settings log_channel none"), @"Log channel: none. It is kept.");
    insta::assert_snapshot!(olive.says("!settings moderator_roles @Moderator, @Admin"), @"Moderator roles: @Moderator · @Admin. It is kept.");
    insta::assert_snapshot!(olive.says("!settings moderator_roles none"), @"Moderator roles: whoever may time members out (default). It is kept.");
    insta::assert_snapshot!(olive.slash("settings setting:direct_messages value:no"), @"Direct message to a warned member: no. It is kept.");
    insta::assert_snapshot!(olive.says("!settings direct_messages default"), @"Direct message to a warned member: yes (default). It is kept.");
    insta::assert_snapshot!(olive.says("!settings warning_days 30"), @"How long warnings count: 30 days. It is kept.");
    insta::assert_snapshot!(olive.says("!settings warning_days 0"), @"How long warnings count: for ever. It is kept.");
    insta::assert_snapshot!(olive.says("!settings thresholds 5: kick; 3 in 30d: timeout 90m"), @"Thresholds: 3 in 30d: timeout 1h30m · 5: kick. It is kept.");
    insta::assert_snapshot!(olive.says("!settings thresholds none"), @"Thresholds: none. It is kept.");
    insta::assert_snapshot!(olive.says("!settings reasons Being late | Being early"), @"Suggested reasons: Being late · Being early. It is kept.");
    insta::assert_snapshot!(olive.says("!settings reasons default"), @"Suggested reasons: Spam | Insults | Off topic | Advertising | Shocking content (default). It is kept.");
}

#[test]
fn a_value_that_will_not_do_is_refused_with_what_would() {
    let town = Town::open();
    let olive = town.olive();
    let refused = |text: &str| town.unchanged(|| olive.says(text));
    insta::assert_snapshot!(refused("!settings prefix warn"), @"This prefix won’t do: 1 to 5 signs, no letter, digit or space, and no `/`, `<`, `@` or `#` in front.");
    insta::assert_snapshot!(refused("!settings prefix !!!!!!"), @"This prefix won’t do: 1 to 5 signs, no letter, digit or space, and no `/`, `<`, `@` or `#` in front.");
    insta::assert_snapshot!(refused("!settings prefix /"), @"This prefix won’t do: 1 to 5 signs, no letter, digit or space, and no `/`, `<`, `@` or `#` in front.");
    insta::assert_snapshot!(refused("!settings language klingon"), @r#"This value won’t do for "Language". Expected: `fr` or `en`."#);
    insta::assert_snapshot!(refused("!settings log_channel the one below"), @r#"This value won’t do for "Log channel". Expected: a channel, for example `#logs`, or `none`."#);
    insta::assert_snapshot!(refused("!settings moderator_roles everyone nice"), @r#"This value won’t do for "Moderator roles". Expected: one or more roles, mentioned, or `none`."#);
    insta::assert_snapshot!(refused("!settings direct_messages maybe"), @r#"This value won’t do for "Direct message to a warned member". Expected: `yes` or `no`."#);
    insta::assert_snapshot!(refused("!settings warning_days a while"), @r#"This value won’t do for "How long warnings count". Expected: a number of days, 0 for ever."#);
    insta::assert_snapshot!(refused("!settings thresholds 3: hug"), @r#"This value won’t do for "Thresholds". Expected: `3 in 30d: timeout 1h; 5: kick; 8: ban`, or `none`."#);
    insta::assert_snapshot!(refused("!settings thresholds 0: kick"), @"These thresholds won’t do: 25 at most, each of at least 1 point.");
    insta::assert_snapshot!(refused("!settings thresholds 3: timeout 29d"), @"A timeout lasts at most 28 days (Discord’s limit), and more than zero seconds.");
    insta::assert_snapshot!(refused(&format!("!settings reasons {}", "x".repeat(101))), @"These reasons won’t do: 25 at most, of 100 characters at most.");
    insta::assert_snapshot!(refused("!settings weather ?"), @r#"There is no setting "weather". The list: `!settings`."#);
    insta::assert_snapshot!(refused("!settings prefx ?"), @r#"There is no setting "prefx". Did you mean `prefix`? The list: `!settings`."#);
}

#[test]
fn a_moderator_is_no_administrator() {
    let town = Town::open();
    let mia = town.moderator("mia");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!settings prefix ?")), @"This command is for the server’s administrators.");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!settings")), @"This command is for the server’s administrators.");
    insta::assert_snapshot!(town.unchanged(|| mia.cannot_slash("settings setting:prefix value:?")), @"mia may not use /settings in #general");
}

#[test]
fn a_new_prefix_holds_at_once_and_the_old_one_is_silent() {
    let town = Town::open();
    let (olive, mia) = (town.olive(), town.moderator("mia"));
    insta::assert_snapshot!(olive.says("!settings prefix ?"), @"Prefix: `?`. It is kept.");
    mia.meets_silence("!warn @sam spam");
    insta::assert_snapshot!(mia.says("?warn @sam spam"), @"@sam was warned (case 1): 1 point, 1 in total.");
    // Whoever forgot the prefix mentions the bot.
    insta::assert_snapshot!(olive.says("@Greffier settings prefix default"), @"Prefix: `!` (default). It is kept.");
    insta::assert_snapshot!(mia.says("!warn @sam spam"), @"@sam was warned (case 2): 1 point, 2 in total.");
}

#[test]
fn a_guild_that_changes_its_language_is_answered_in_it() {
    let town = Town::open();
    let (olive, mia, sam) = (town.olive(), town.moderator("mia"), town.member("sam"));
    insta::assert_snapshot!(olive.says("!settings language français"), @"Langue : français. C’est enregistré.");
    insta::assert_snapshot!(mia.says("!warn @sam 2 spam"), @"@sam a reçu un avertissement (n° 1) : 2 points, 2 au total.");
    insta::assert_snapshot!(sam.is_told("spam"), @r"
    | **Vous avez reçu un avertissement sur Sandbox (n° 1)**
    | Motif: spam
    | Points: 2 (total : 2)
    | Compte jusqu’au: <t:1802952000:D>
    ");
    // A private answer is in the reader's own language.
    insta::assert_snapshot!(sam.slash("mywarnings"), @r"
    (only sam) | **1 warning · 2 points count**
    | Member: @sam
    | Case 1 · 2 points:
    | @sam — spam
    | by @mia, <t:1795176000:d> · counts until <t:1802952000:D>
    ");
    sam.speaks("fr");
    insta::assert_snapshot!(sam.slash("mywarnings"), @r"
    (only sam) | **1 avertissement · 2 points comptent**
    | Membre: @sam
    | N° 1 · 2 points:
    | @sam — spam
    | par @mia, le <t:1795176000:d> · compte jusqu’au <t:1802952000:D>
    ");
}

#[test]
fn who_moderates_is_the_guilds_to_say() {
    let town = Town::open();
    let (mia, lea, olive) = (town.moderator("mia"), town.member("lea"), town.olive());
    insta::assert_snapshot!(town.unchanged(|| lea.says("!warn @sam spam")), @"This command is for moderators. Your own warnings: command `mywarnings`.");
    town.wait(async {
        let discord = town.discord();
        discord
            .creates_role("olive", "Helper", 0)
            .await
            .expect("made");
        discord
            .gives_role("olive", "lea", "Helper")
            .await
            .expect("given");
    });
    olive.says("!settings moderator_roles @Helper");
    // The role alone makes a moderator; the permission no longer does.
    insta::assert_snapshot!(lea.says("!warn @sam spam"), @"@sam was warned (case 1): 1 point, 1 in total.");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!warn @sam spam")), @"This command is for moderators. Your own warnings: command `mywarnings`.");
    // Administrators always may.
    insta::assert_snapshot!(town.member("adam").says("!warn @sam spam"), @"@sam was warned (case 2): 1 point, 2 in total.");
}

#[test]
fn settings_outlive_a_restart() {
    let town = Town::open();
    town.olive().says("!settings prefix ?");
    town.olive().says("?settings language fr");
    town.restarts_bot();
    insta::assert_snapshot!(town.moderator("mia").says("?warn @sam spam"), @"@sam a reçu un avertissement (n° 1) : 1 point, 1 au total.");
}
