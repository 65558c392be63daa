//! A member's own data: had as a file, and erased for good.

use std::fs;

use greffier::model::Locale;
use greffier::sandbox::Place;
use serde_json::Value;

use crate::town::{Building, Town};

/// The newest file that the bot sent to somebody.
#[track_caller]
fn file(town: &Town, who: &str) -> Value {
    let messages = town.discord().messages(&Place::dm(who));
    let attachments: Vec<Value> = messages
        .expect("a conversation")
        .into_iter()
        .flat_map(|message| message.attachments)
        .collect();
    let newest = attachments.last().expect("a file was sent");
    let address = newest["url"].as_str().expect("an address").to_owned();
    let bytes = town.wait(async {
        let answer = reqwest::get(address).await.expect("an answer");
        answer.bytes().await.expect("the file")
    });
    serde_json::from_slice(&bytes).expect("JSON")
}

#[test]
fn sam_has_all_that_is_kept_about_him_and_nothing_of_leas() {
    let town = Town::open();
    let (mia, sam, lea) = (
        town.moderator("mia"),
        town.member("sam"),
        town.member("lea"),
    );
    insta::assert_snapshot!(sam.says("!mydata"), @"");
    mia.says("!warn @sam 2 spam of @lea");
    mia.says("!warn @lea a secret");
    insta::assert_snapshot!(sam.slash("mydata export"), @"");
    insta::assert_snapshot!(sam.is_told("are kept"), @"");
    let mine = file(&town, "sam");
    assert_eq!(mine["person"], sam.id().to_string());
    assert_eq!(
        mine["registers"]["warnings"]["warnings"][0]["reason"],
        format!("spam of <@{}>", lea.id())
    );
    assert!(!mine.to_string().contains("a secret"), "{mine}");
    // That sam's case mentions lea makes it none of hers.
    insta::assert_snapshot!(lea.says("!mydata export"), @"");
    lea.is_told("is kept");
    let hers = file(&town, "lea");
    assert!(!hers.to_string().contains("spam"), "{hers}");
}

#[test]
fn with_closed_direct_messages_the_file_is_shown_to_sam_alone() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    mia.says("!warn @sam spam");
    sam.closes_dms();
    insta::assert_snapshot!(sam.slash("mydata export"), @"");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!mydata export")), @"");
}

#[test]
fn what_sam_has_erased_is_gone_also_after_a_restore_and_lea_keeps_hers() {
    let town = Town::open();
    let (mia, sam, lea) = (
        town.moderator("mia"),
        town.member("sam"),
        town.member("lea"),
    );
    town.olive().says("!settings keep_records yes");
    mia.says("!warn @sam 2 spam");
    mia.says("!warn @lea shouting");
    mia.says("!warnreason 1 spam everywhere");
    town.olive().says("!force_backup");
    insta::assert_snapshot!(sam.slash("mydata erase"), @"");
    insta::assert_snapshot!(town.unchanged(|| sam.presses("Cancel")), @"");
    sam.slash("mydata erase");
    insta::assert_snapshot!(sam.presses("Erase my data"), @"");
    town.waits_for_log("person_erased");
    let erased = |when: &str| {
        let list = mia.says("!warnings");
        assert!(
            !list.contains("spam") && list.contains("shouting"),
            "{when}: {list}"
        );
        list
    };
    insta::assert_snapshot!(erased("at once"), @"");
    let archives = fs::read_dir(town.backups()).expect("archives");
    let archive = archives
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .find(|path| path.is_dir() && path.join("metadata.json").exists())
        .expect("an archive");
    town.stops_bot();
    for file in fs::read_dir(archive)
        .expect("an archive")
        .filter_map(Result::ok)
    {
        fs::copy(file.path(), town.data().join(file.file_name())).expect("a copy");
    }
    town.starts_bot();
    erased("after the restore");
    drop(lea);
}

#[test]
fn where_the_guild_keeps_no_records_the_case_names_nobody() {
    let town = Building::default().speaking(Locale::Fr).open();
    let (mia, sam, lea) = (
        town.moderator("mia"),
        town.member("sam"),
        town.member("lea"),
    );
    mia.says("!warn @sam 2 spam");
    mia.says("!warn @lea 3 cris");
    insta::assert_snapshot!(sam.says("!mydata erase"), @"");
    insta::assert_snapshot!(town.unchanged(|| lea.presses("Effacer mes données")), @"");
    insta::assert_snapshot!(sam.presses("Effacer mes données"), @"");
    town.waits_for_log("person_erased");
    insta::assert_snapshot!(mia.says("!warnings"), @"");
    insta::assert_snapshot!(mia.says("!warnings @sam"), @"");
}

#[test]
fn sam_is_told_when_the_last_archive_that_holds_him_is_gone() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    mia.says("!warn @sam spam");
    town.olive().says("!force_backup");
    sam.slash("mydata erase");
    sam.presses("Erase my data");
    town.waits_for_log("person_erased");
    town.later(std::time::Duration::from_secs(86_400));
    mia.slash("warnings");
    assert!(!sam.dms().contains("gone from the archives"));
    for entry in fs::read_dir(town.backups())
        .expect("archives")
        .filter_map(Result::ok)
    {
        if entry.path().is_dir() {
            fs::remove_dir_all(entry.path()).expect("removed");
        }
    }
    town.later(std::time::Duration::from_secs(86_400));
    insta::assert_snapshot!(sam.is_told("gone from the archives"), @"");
}
