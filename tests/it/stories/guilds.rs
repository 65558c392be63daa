//! Guilds: left, out of sight, come back to, forgotten; and that one never sees another's records.

use std::time::Duration;

use greffier::sandbox::GatewayFault;

use crate::town::Town;

const DAY: Duration = Duration::from_secs(24 * 3600);

/// A town with a second guild in which lea is the owner.
fn with_another_guild() -> Town {
    let town = Town::open();
    let founded = town
        .discord()
        .founds_guild("lea", "Other", &["sam", "mia", "olive"]);
    town.wait(founded).expect("founded");
    town
}

/// Olive throws the bot out, and the bot has heard of it.
fn throws_greffier_out(town: &Town) {
    town.olive().kicks("Greffier", None);
    town.waits_for_log("guild_left");
}

#[test]
fn who_brings_greffier_back_within_thirty_days_finds_everything() {
    // The other guild is the one in which the owner can still be told.
    let town = with_another_guild();
    let mia = town.moderator("mia");
    mia.says("!warn @sam spam");
    throws_greffier_out(&town);
    insta::assert_snapshot!(town.olive().is_told("no longer on a server"), @r"
    | **Greffier is no longer on a server**
    | Sandbox: what is kept of it rests until <t:1797768000:D>, then it goes. Whoever brings Greffier back before finds everything.
    ");
    town.later(29 * DAY);
    let joined = town.discord().joins("Greffier");
    town.wait(joined).expect("it may");
    town.waits_for_log("guild_returned");
    insta::assert_snapshot!(mia.says("!warnings @sam"), @r"
    | **1 warning · 1 point counts**
    | Member: @sam
    | Case 1 · 1 point:
    | @sam — spam
    | by @mia, <t:1795176000:d> · counts until <t:1802952000:D>
    ");
    town.later(2 * DAY);
    assert_eq!(
        town.records().count("\"member\":\""),
        1,
        "nothing is due any more"
    );
}

#[test]
fn a_forgotten_guild_with_tickets_is_no_damage_of_the_database() {
    let town = with_another_guild();
    town.olive().says("!ticket category add Help");
    town.member("sam").slash("ticket open subject:Where is it?");
    town.settles();
    // The nightly archive looks at every page, and its connection remembers the index of what was written.
    town.later(DAY);
    throws_greffier_out(&town);
    town.later(31 * DAY);
    town.later(DAY);
    assert_eq!(town.records().count("Where is it?"), 0);
    assert!(town.logged("database_suspect").is_empty());
}

#[test]
fn after_thirty_days_what_is_kept_of_a_guild_goes_and_the_owner_is_told() {
    let town = with_another_guild();
    let (lea, mia) = (town.member("lea"), town.moderator("mia"));
    mia.says("!warn @sam spam");
    lea.opens_guild("Other");
    lea.says("!warn @sam elsewhere");
    throws_greffier_out(&town);
    town.later(29 * DAY);
    assert!(town.logged("guild_forgotten").is_empty());
    assert_eq!(town.records().count("spam"), 1);
    town.later(2 * DAY);
    town.waits_for_log("guild_forgotten");
    insta::assert_snapshot!(town.olive().is_told("are gone"), @r"
    | **A server’s records are gone**
    | Sandbox: nobody brought Greffier back since <t:1795176000:D>. What was kept of it is erased; the archives still hold it until they are pruned.
    ");
    assert_eq!(town.records().count("spam"), 0);
    insta::assert_snapshot!(lea.says("!warnings @sam"), @r"
    | **1 warning · 1 point counts**
    | Member: @sam
    | Case 1 · 1 point:
    | @sam — elsewhere
    | by @lea, <t:1795176000:d> · counts until <t:1802952000:D>
    ");
}

#[test]
fn a_guild_that_was_left_while_the_bot_was_away_is_noticed_at_the_next_start() {
    let town = with_another_guild();
    let mia = town.moderator("mia");
    mia.says("!warn @sam spam");
    town.stops_bot();
    town.olive().kicks("Greffier", None);
    town.starts_bot();
    town.waits_for_log("guild_left");
    assert_eq!(town.records().count("spam"), 1, "it rests");
}

#[test]
fn what_is_warned_in_one_guild_is_unseen_uncounted_and_unnumbered_in_another() {
    let town = with_another_guild();
    let (lea, mia, sam) = (
        town.member("lea"),
        town.moderator("mia"),
        town.member("sam"),
    );
    town.olive().says("!settings thresholds 3: timeout 1h");
    mia.says("!warn @sam 2 spam");
    mia.says("!warn @sam more spam");
    lea.opens_guild("Other");
    sam.opens_guild("Other");
    // Numbered from 1 again, and two more points reach no threshold of the other guild's.
    insta::assert_snapshot!(lea.says("!warn @sam 2 elsewhere"), @"@sam was warned (case 1): 2 points, 2 in total.");
    insta::assert_snapshot!(lea.says("!warnings @sam"), @r"
    | **1 warning · 2 points count**
    | Member: @sam
    | Case 1 · 2 points:
    | @sam — elsewhere
    | by @lea, <t:1795176000:d> · counts until <t:1802952000:D>
    ");
    insta::assert_snapshot!(sam.slash("mywarnings"), @r"
    (only sam) | **1 warning · 2 points count**
    | Member: @sam
    | Case 1 · 2 points:
    | @sam — elsewhere
    | by @lea, <t:1795176000:d> · counts until <t:1802952000:D>
    ");
    insta::assert_snapshot!(town.unchanged(|| lea.says("!unwarn 2")), @"There is no warning 2 on this server.");
    insta::assert_snapshot!(lea.says("!settings thresholds"), @r"
    | **Settings of this server**
    | To change one: `!settings setting value`. The value `default` takes it back to the default.
    | Thresholds (`thresholds`): none
    ");
    insta::assert_snapshot!(mia.says("!warnings"), @r"
    | **2 warnings on this server**
    | Case 2 · 1 point:
    | @sam — more spam
    | by @mia, <t:1795176000:d> · counts until <t:1802952000:D>
    | Case 1 · 2 points:
    | @sam — spam
    | by @mia, <t:1795176000:d> · counts until <t:1802952000:D>
    ");
}

#[test]
fn a_guild_that_is_out_of_sight_has_not_been_left() {
    let town = Town::open();
    let mia = town.moderator("mia");
    mia.says("!warn @sam spam");
    let before = town.records();
    town.discord().disturb(GatewayFault::GuildAvailable(false));
    town.discord().disturb(GatewayFault::GuildAvailable(true));
    mia.says("!warnings @sam");
    town.later(31 * DAY);
    assert_eq!(town.records().count("spam"), before.count("spam"));
    assert!(town.logged("guild_left").is_empty());
}
