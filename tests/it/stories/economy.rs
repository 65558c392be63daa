//! Coins: earned, paid, staked, spent; and what an administrator does with them.

use std::time::Duration;

use greffier::model::Locale;

use crate::town::{Building, Town};

const DAY: Duration = Duration::from_secs(24 * 3600);

/// A town in which sam and lea have 100 coins each.
pub(super) fn town() -> Town {
    let town = Town::open();
    town.olive().says("!economy grant @sam 100");
    town.olive().says("!economy grant @lea 100");
    town
}

#[test]
fn sam_earns_pays_and_sees_where_it_went() {
    let town = Town::open();
    let (sam, lea) = (town.member("sam"), town.member("lea"));
    town.olive().says("!economy set work 50");
    insta::assert_snapshot!(sam.says("!balance"), @"@sam has **0 🪙**.");
    insta::assert_snapshot!(sam.says("!daily"), @"You take today’s **100 🪙**: the first day. You have 100 🪙. The next coins are there <t:1795215600:R>.");
    insta::assert_snapshot!(town.unchanged(|| sam.slash("daily")), @"(only sam) You have taken today’s coins. The next ones are there <t:1795215600:R>.");
    insta::assert_snapshot!(sam.slash("work"), @"Your work earned you **50 🪙**. You have 150 🪙. You can work again <t:1795179600:R>.");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!work")), @"You have just worked. You can work again <t:1795179600:R>.");
    insta::assert_snapshot!(sam.says("!pay @lea 30"), @"@sam paid @lea **30 🪙** and has 120 🪙 left.");
    insta::assert_snapshot!(sam.slash("pay member:@lea amount:1k"), @"(only sam) You have 120 🪙.");
    insta::assert_snapshot!(lea.says("!balance @sam"), @"@sam has **120 🪙**: place 1 on the leaderboard.");
    insta::assert_snapshot!(sam.slash("history"), @r"
    (only sam) | **History · coins**
    | <t:1795176000:d> **−30 🪙** payment (@lea) → 120 🪙
    | <t:1795176000:d> **+50 🪙** work → 150 🪙
    | <t:1795176000:d> **+100 🪙** daily coins → 100 🪙
    | Member: @sam
    ");
    insta::assert_snapshot!(lea.says("!leaderboard"), @r"
    | **Leaderboard · coins**
    | `  1.` @sam — 120 🪙
    | `  2.` @lea — 30 🪙
    | You have: 30 🪙
    ");
}

#[test]
fn in_a_french_town_coins_are_counted_in_french() {
    let town = Building::default().speaking(Locale::Fr).open();
    let (olive, sam) = (town.olive(), town.member("sam"));
    insta::assert_snapshot!(town.unchanged(|| olive.says("!economy grant @sam 1 000 000")), @"Écrivez le montant sans espaces : 1000000 ou 1,000,000.");
    insta::assert_snapshot!(olive.says("!economy grant @sam 1,000,000 pour la fête"), @"@sam reçoit **1 000 000 🪙** et a 1 000 000 🪙.");
    insta::assert_snapshot!(olive.says("!economy currency 💎 gemmes"), @"Les pièces s’appellent maintenant gemmes : 1 000 💎");
    insta::assert_snapshot!(sam.says("!pay @lea tout"), @r"
    Payer **1 000 000 💎** à @lea ?
    [Payer 1 000 000 💎] [Annuler]
    ");
    insta::assert_snapshot!(sam.presses("Payer 1\u{202f}000\u{202f}000\u{a0}💎"), @"@sam paie **1 000 000 💎** à @lea et garde 0 💎.");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!pay @lea beaucoup")), @"« beaucoup » n’est pas un montant. Un montant s’écrit 50, 1 000, 2k ou tout.");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!pay @lea 5")), @"Vous avez 0 💎.");
}

#[test]
fn what_a_payment_lacks_is_said_and_nothing_moves() {
    let town = town();
    let sam = town.member("sam");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!pay")), @"Something is missing. The command is typed: `!pay @member amount`");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!pay @lea")), @"Something is missing. The command is typed: `!pay @member amount`");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!pay @lea -5")), @"An amount is at least 1.");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!pay @lea 101")), @"You have 100 🪙.");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!pay @sam 5")), @"You can’t pay yourself.");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!pay @Greffier 5")), @"Bots have no purse: choose a member.");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!economy grant @sam 5")), @"This command is for the server’s administrators.");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!economy take @lea 5")), @"This command is for the server’s administrators.");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!history @lea")), @"The histories of others are for moderators.");
    assert_eq!(
        town.records().count("\"balance\":100,"),
        2,
        "of the two entries"
    );
}

#[test]
fn a_large_payment_is_confirmed_by_who_pays_and_by_nobody_else() {
    let town = town();
    let (sam, lea) = (town.member("sam"), town.member("lea"));
    town.olive().says("!economy set confirm_above 50");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!pay @lea 60")), @r"
    Pay @lea **60 🪙**?
    [Pay 60 🪙] [Cancel]
    ");
    insta::assert_snapshot!(town.unchanged(|| lea.presses("Pay 60 🪙")), @"(only lea) This button is for @sam.");
    insta::assert_snapshot!(town.unchanged(|| lea.presses("Cancel")), @"(only lea) This button is for @sam.");
    insta::assert_snapshot!(sam.presses("Pay 60 🪙"), @"@sam paid @lea **60 🪙** and has 40 🪙 left.");
    town.olive().says("!economy set confirm_above 5");
    lea.says("!pay @sam all");
    insta::assert_snapshot!(town.unchanged(|| lea.presses("Cancel")), @"Nothing was paid.");
    insta::assert_snapshot!(sam.says("!balance"), @"@sam has **40 🪙**: place 2 on the leaderboard.");
}

#[test]
fn a_flipped_coin_wins_or_loses_the_stake_and_nothing_else() {
    let town = town();
    let sam = town.member("sam");
    let told = sam.says("!coinflip 40 tails");
    let has = if told.contains("you win") {
        "140 🪙"
    } else {
        "60 🪙"
    };
    assert!(told.ends_with(&format!("and have {has}.")), "{told}");
    assert!(
        sam.slash("coinflip stake:1 side:heads")
            .contains("🪙 It is")
    );
    let refused = town.unchanged(|| sam.says("!coinflip 1000"));
    assert!(refused.starts_with("You have "), "{refused}");
    assert!(
        town.member("lea")
            .says("!balance")
            .contains("has **100 🪙**")
    );
}

#[test]
fn a_streak_grows_each_day_and_outlives_the_days_that_the_bot_was_away() {
    let town = Town::open();
    let (sam, lea) = (town.member("sam"), town.member("lea"));
    sam.says("!daily");
    town.later(DAY);
    insta::assert_snapshot!(sam.says("!daily"), @"You take today’s **110 🪙**: 2 days in a row. You have 210 🪙. The next coins are there <t:1795302000:R>.");
    town.stops_bot();
    town.later(3 * DAY);
    town.starts_bot();
    insta::assert_snapshot!(sam.says("!daily"), @r"
    You take today’s **120 🪙**: 3 days in a row. You have 330 🪙. The next coins are there <t:1795561200:R>.
    Days on which I was away have not broken your streak.
    ");
    lea.says("!daily");
    town.later(2 * DAY);
    insta::assert_snapshot!(lea.says("!daily"), @"You take today’s **100 🪙**: the first day. You have 200 🪙. The next coins are there <t:1795734000:R>.");
}

#[test]
fn what_the_shop_sells_is_bought_kept_and_used() {
    let town = town();
    let (olive, sam, lea) = (town.olive(), town.member("sam"), town.member("lea"));
    insta::assert_snapshot!(olive.says("!economy item add \"Gold star\" 40 stock:2 limit:1 To be proud of"), @"**Gold star** (no. 1) is in the shop for 40 🪙.");
    insta::assert_snapshot!(olive.slash("economy item add name:Badge price:5 description:Shiny"), @"**Badge** (no. 2) is in the shop for 5 🪙.");
    insta::assert_snapshot!(sam.says("!shop"), @r"
    | **Shop**
    | 1. Gold star · 40 🪙:
    | To be proud of
    | 2 left
    | 1 per member
    | 2. Badge · 5 🪙: Shiny
    ");
    assert_eq!(sam.is_offered("buy item:st", "item"), ["Gold star · 40 🪙"]);
    insta::assert_snapshot!(sam.slash("buy item:Gold star"), @"You buy **Gold star** for 40 🪙, and have 60 🪙 left.");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!buy gold star")), @"Of Gold star each member may buy 1.");
    insta::assert_snapshot!(lea.says("!buy 3 badge"), @"You buy 3 × **Badge** for 15 🪙, and have 85 🪙 left.");
    insta::assert_snapshot!(lea.says("!inventory"), @r"
    | **Inventory**
    | 3 × Badge
    | Member: @lea
    ");
    insta::assert_snapshot!(town.unchanged(|| lea.says("!use badge")), @"Badge is to have and to show: there is nothing to use.");
    insta::assert_snapshot!(town.unchanged(|| lea.says("!use gold star")), @r#"There is no "gold star" here."#);
    insta::assert_snapshot!(olive.says("!economy item edit \"Gold star\" price:50 stock:none"), @"**Gold star** (no. 1) was changed; it costs 50 🪙.");
    insta::assert_snapshot!(olive.says("!economy item remove badge"), @"**Badge** (no. 2, 5 🪙) is no longer sold. Those who have it keep it.");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!economy item add Crown 1")), @"This command is for the server’s administrators.");
    insta::assert_snapshot!(town.unchanged(|| olive.says("!economy item add Pass 1 role:@Moderator")), @"@Moderator cannot be handed out: whoever holds it could harm the server (Kick Members, Ban Members, View Audit Log, Manage Messages, Manage Nicknames, Manage Threads, Moderate Members).");
    insta::assert_snapshot!(town.unchanged(|| olive.says("!economy item add Pass 1 stock:many")), @r#"I don’t understand "stock:many". Examples: `role:@vip`, `for:30d`, `stock:10`, `limit:1`."#);
    assert!(lea.is_offered("use item:", "item") == ["3 × Badge"]);
}

#[test]
fn moderators_have_a_payday_while_they_are_moderators() {
    let town = town();
    let (olive, mia) = (town.olive(), town.moderator("mia"));
    insta::assert_snapshot!(olive.says("!economy payday @Moderator 25"), @r"
    Pay the one member of @Moderator **25 🪙** each, 25 🪙 in all?
    [Pay 25 🪙] [Cancel]
    ");
    insta::assert_snapshot!(olive.presses("Pay 25 🪙"), @"The members of @Moderator got **25 🪙** each, 25 🪙 in all.");
    insta::assert_snapshot!(olive.slash("economy payday role:@Moderator amount:10 every:1d"), @"Every 1 day each member of @Moderator gets **10 🪙**, first on <t:1795262400:F>.");
    town.later(DAY);
    town.later(DAY);
    insta::assert_snapshot!(mia.says("!balance"), @"@mia has **45 🪙**: place 3 on the leaderboard.");
    insta::assert_snapshot!(olive.says("!economy payday @Moderator 0"), @"@Moderator has no payday any more.");
    town.later(DAY);
    insta::assert_snapshot!(mia.says("!balance"), @"@mia has **45 🪙**: place 3 on the leaderboard.");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!economy payday @Moderator 1000")), @"This command is for the server’s administrators.");
}

#[test]
fn the_audit_adds_up_and_a_new_beginning_makes_an_archive_first() {
    let town = town();
    let (olive, sam) = (town.olive(), town.member("sam"));
    sam.says("!duel @lea 60");
    town.keeps(r#""ending":null,"channel":""#);
    insta::assert_snapshot!(olive.says("!economy audit"), @r"
    | **Audit of the ledger**
    | ✅ Every balance is the sum of its entries, and no coin was made or lost.
    | In circulation: 200 🪙
    | In members’ purses: 140 🪙
    | At stake in open games: 60 🪙
    | Members with coins: 2
    | Entries: 6
    ");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!economy audit")), @"This command is for the server’s administrators.");
    insta::assert_snapshot!(town.unchanged(|| olive.says("!economy reset")), @r"
    Begin anew? 200 🪙 go back to the bank, streaks and inventories are emptied, open games end. The shop and the settings stay. An archive is made first.
    [Begin anew] [Cancel]
    ");
    insta::assert_snapshot!(town.unchanged(|| sam.presses("Begin anew")), @"(only sam) This button is for @olive.");
    let archives = || std::fs::read_dir(town.backups()).map_or(0, Iterator::count);
    let before = archives();
    olive.presses("Begin anew");
    insta::assert_snapshot!(town.finds("#general", "is off"), @r"
    | **⚔️ Duel**
    | The duel between @sam and @lea is off: the economy begins anew.
    ");
    insta::assert_snapshot!(town.finds("#general", "everyone begins anew"), @"200 🪙 went back to the bank; everyone begins anew. What was before stands in backup_2026-11-20_13-00-00.");
    assert_eq!(archives(), before + 1);
    insta::assert_snapshot!(sam.says("!balance"), @"@sam has **0 🪙**.");
    insta::assert_snapshot!(olive.slash("economy audit"), @r"
    | **Audit of the ledger**
    | ✅ Every balance is the sum of its entries, and no coin was made or lost.
    | In circulation: 0 🪙
    | In members’ purses: 0 🪙
    | At stake in open games: 0 🪙
    | Members with coins: 0
    | Entries: 11
    ");
    insta::assert_snapshot!(olive.slash("economy overview"), @r"
    | **Economy · coins · 1,000 🪙**
    | To change: `!economy set what value`, `!economy currency symbol name`; `default` takes a choice back.
    | Time zone of the day (`zone`): Europe/Paris
    | Daily coins (`daily`): 100 🪙
    | Bonus of each further day (`streak_bonus`): 10 🪙
    | Pay for work (`work`): 20 🪙 to 60 🪙
    | Time between work and work (`work_every`): 1 hour
    | Payments are confirmed above (`confirm_above`): 10,000 🪙
    | Highest stake (`highest_stake`): 10,000 🪙
    ");
}

#[test]
fn a_long_leaderboard_is_turned_by_buttons() {
    let town = Town::open();
    let olive = town.olive();
    for name in ["olive", "adam", "mia", "sam", "lea"] {
        olive.says(&format!("!economy grant @{name} 10"));
    }
    town.discord().crowd_joins(8);
    for guest in 1..9 {
        olive.says(&format!("!economy grant @guest{guest} {}", 20 + guest));
    }
    insta::assert_snapshot!(olive.says("!leaderboard"), @r"
    | **Leaderboard · coins**
    | `  1.` @guest8 — 28 🪙
    | `  2.` @guest7 — 27 🪙
    | `  3.` @guest6 — 26 🪙
    | `  4.` @guest5 — 25 🪙
    | `  5.` @guest4 — 24 🪙
    | `  6.` @guest3 — 23 🪙
    | `  7.` @guest2 — 22 🪙
    | `  8.` @guest1 — 21 🪙
    | `  9.` @lea — 10 🪙
    | ` 10.` @sam — 10 🪙
    | You have: 10 🪙
    [◀ Previous (off)] [Next ▶]
    ");
    insta::assert_snapshot!(olive.presses("Next ▶"), @r"
    | **Leaderboard · coins**
    | ` 11.` @mia — 10 🪙
    | ` 12.` @adam — 10 🪙
    | ` 13.` @olive — 10 🪙
    | You have: 10 🪙
    [◀ Previous] [Next ▶ (off)]
    ");
    insta::assert_snapshot!(olive.presses("◀ Previous"), @r"
    | **Leaderboard · coins**
    | `  1.` @guest8 — 28 🪙
    | `  2.` @guest7 — 27 🪙
    | `  3.` @guest6 — 26 🪙
    | `  4.` @guest5 — 25 🪙
    | `  5.` @guest4 — 24 🪙
    | `  6.` @guest3 — 23 🪙
    | `  7.` @guest2 — 22 🪙
    | `  8.` @guest1 — 21 🪙
    | `  9.` @lea — 10 🪙
    | ` 10.` @sam — 10 🪙
    | You have: 10 🪙
    [◀ Previous (off)] [Next ▶]
    ");
    insta::assert_snapshot!(town.unchanged(|| olive.says("!leaderboard 7")), @"The list does not go on here.");
    for _ in 0..6 {
        olive.says("!economy take @lea 1");
    }
    let history = olive.says("!history @lea");
    assert_eq!(
        history.matches("taken by the administration").count(),
        6,
        "{history}"
    );
}
