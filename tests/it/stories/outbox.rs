//! What a commit promised happens on Discord, once: at once, or when Discord is back, or when the bot is.

use std::time::Duration;

use greffier::sandbox::RestAct;

use crate::town::Town;

const DIRECT: &str = "/users/@me/channels";
const MESSAGES: &str = "/channels/{channel_id}/messages";
const MEMBER: &str = "/guilds/{guild_id}/members/{user_id}";
const MINUTE: Duration = Duration::from_secs(60);

#[test]
fn a_direct_message_that_failed_is_sent_when_discord_is_back() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    town.fails(DIRECT, 1, RestAct::Status(500));
    mia.says("!warn @sam spam");
    town.waits_for_log("effect_postponed");
    assert_eq!(sam.dms(), "");
    town.later(MINUTE);
    sam.is_told("case 1");
    mia.says("!warn @sam flooding");
    sam.is_told("case 2");
    assert_eq!(sam.dms().matches("case 1").count(), 1, "{}", sam.dms());
}

#[test]
fn each_of_many_warnings_reaches_sam_and_the_log_once() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    town.olive().says("!settings log_channel #logs");
    for number in 1..=8 {
        mia.says(&format!("!warn @sam reason {number}"));
        // Done and taken out: the next act gets its number again.
        sam.is_told(&format!("(case {number})"));
        town.finds("#logs", &format!("Warning {number}"));
    }
    assert_eq!(sam.dms().matches("You were warned").count(), 8);
    assert_eq!(town.shows("#logs").matches("**Warning").count(), 8);
}

#[test]
fn a_log_post_that_arrived_unnoticed_is_not_posted_again() {
    for pause in [Duration::from_secs(2), 10 * MINUTE] {
        let town = Town::open();
        let mia = town.moderator("mia");
        town.olive().says("!settings direct_messages no");
        town.olive().says("!settings log_channel #logs");
        // The answer to mia comes first; the post is next.
        town.fails_after(1, MESSAGES, RestAct::DropAnswer);
        mia.says("!warn @sam spam");
        town.waits_for_log("effect_postponed");
        town.later(pause);
        mia.says("!warn @sam flooding");
        town.finds("#logs", "Warning 2");
        assert_eq!(
            town.shows("#logs").matches("**Warning 1**").count(),
            1,
            "after {pause:?}"
        );
    }
}

#[test]
fn a_bot_that_comes_back_does_what_it_had_promised() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    town.olive().says("!settings thresholds 2: timeout 1h");
    town.fails(DIRECT, u32::MAX, RestAct::Status(503));
    town.fails(MEMBER, u32::MAX, RestAct::Status(503));
    mia.says("!warn @sam 2 flooding");
    town.waits_for_log("effect_postponed");
    town.stops_bot();
    assert_eq!(sam.timed_out_until(), None);
    town.discord().clear_faults();
    town.starts_bot();
    town.later(MINUTE);
    town.sees("sam is timed out");
    sam.is_told("case 1");
    town.later(Duration::ZERO);
    assert_eq!(sam.dms().matches("case 1").count(), 1, "{}", sam.dms());
}

#[test]
fn a_kick_that_failed_is_carried_out_later_and_told_once() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    town.olive().says("!settings thresholds 2: kick");
    town.fails(MEMBER, 1, RestAct::Status(502));
    mia.says("!warn @sam 2 flooding");
    town.waits_for_log("effect_postponed");
    assert!(town.discord().member("sam").is_some());
    town.later(Duration::from_secs(5));
    town.sees("sam was kicked");
    assert_eq!(sam.dms().matches("case 1").count(), 1, "{}", sam.dms());
}
