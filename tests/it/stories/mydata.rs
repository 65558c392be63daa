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
    insta::assert_snapshot!(sam.says("!mydata"), @"`!mydata export` sends you all that I keep about you. `!mydata erase` erases your words and names for good.");
    mia.says("!warn @sam 2 spam of @lea");
    mia.says("!warn @lea a secret");
    insta::assert_snapshot!(sam.slash("mydata export"), @"(only sam) I have sent you all that I keep about you by direct message.");
    insta::assert_snapshot!(sam.is_told("about you"), @r"
    One entry about you is kept: here it is.
    [file greffier-672538191462400000.json, 596 bytes]
    ");
    let mine = file(&town, "sam");
    assert_eq!(mine["person"], sam.id().to_string());
    assert_eq!(
        mine["registers"]["warnings"]["warnings"][0]["reason"],
        format!("spam of <@{}>", lea.id())
    );
    assert!(!mine.to_string().contains("a secret"), "{mine}");
    // That sam's case mentions lea makes it none of hers.
    insta::assert_snapshot!(lea.says("!mydata export"), @"I have sent you all that I keep about you by direct message.");
    lea.is_told("about you");
    let hers = file(&town, "lea");
    assert!(!hers.to_string().contains("spam"), "{hers}");
}

#[test]
fn with_closed_direct_messages_the_file_is_shown_to_sam_alone() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    mia.says("!warn @sam spam");
    sam.closes_dms();
    insta::assert_snapshot!(sam.slash("mydata export"), @r"
    (only sam) One entry about you is kept: here it is.
    [file greffier-672538191462400000.json, 571 bytes]
    ");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!mydata export")), @"Your direct messages are closed to me: open them, or use `/mydata export`, which shows the file to you alone.");
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
    insta::assert_snapshot!(sam.slash("mydata erase"), @r"
    (only sam) Erase your data for good, on every server where I am? Your messages’ words and your names are overwritten, also in the journal, and no restore brings them back. Moderation records stay without their content, and coins stay where they are. It can’t be undone.
    [Erase my data] [Cancel]
    ");
    insta::assert_snapshot!(town.unchanged(|| sam.presses("Cancel")), @"(only sam) Nothing was erased.");
    sam.slash("mydata erase");
    insta::assert_snapshot!(sam.presses("Erase my data"), @"(only sam) Erasing…");
    town.waits_for_log("person_erased");
    let erased = |when: &str| {
        let list = mia.says("!warnings");
        assert!(
            !list.contains("spam") && list.contains("shouting"),
            "{when}: {list}"
        );
        list
    };
    insta::assert_snapshot!(erased("at once"), @r"
    | **2 warnings on this server**
    | Case 2 · 1 point:
    | @lea — shouting
    | by @mia, <t:1795176000:d> · counts until <t:1802952000:D>
    | Case 1 · 2 points:
    | @sam — 
    | by @mia, <t:1795176000:d> · counts until <t:1802952000:D>
    ");
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
    insta::assert_snapshot!(sam.says("!mydata erase"), @r"
    Effacer vos données pour de bon, sur tous les serveurs où je suis ? Les mots de vos messages et vos noms sont écrasés, dans le registre aussi, et aucune restauration ne les ramène. Les sanctions restent sans leur contenu, et les pièces restent où elles sont. Cela ne peut pas être annulé.
    [Effacer mes données] [Annuler]
    ");
    insta::assert_snapshot!(town.unchanged(|| lea.presses("Effacer mes données")), @"(only lea) Cette question s’adresse à quelqu’un d’autre.");
    insta::assert_snapshot!(sam.presses("Effacer mes données"), @"Effacement en cours…");
    town.waits_for_log("person_erased");
    insta::assert_snapshot!(mia.says("!warnings"), @r"
    | **2 avertissements sur ce serveur**
    | N° 2 · 3 points:
    | @lea — cris
    | par @mia, le <t:1795176000:d> · compte jusqu’au <t:1802952000:D>
    | N° 1 · 2 points:
    | — — 
    | par @mia, le <t:1795176000:d> · compte jusqu’au <t:1802952000:D>
    ");
    insta::assert_snapshot!(mia.says("!warnings @sam"), @r"
    | **Aucun avertissement · aucun point ne compte**
    | Membre: @sam
    ");
}

#[test]
fn sam_is_told_when_the_last_archive_that_holds_him_is_gone() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    mia.says("!warn @sam spam");
    town.olive().says("!force_backup");
    sam.slash("mydata erase");
    sam.presses("Erase my data");
    town.sees("I will tell you when the last one is gone");
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
    insta::assert_snapshot!(sam.is_told("gone from the archives"), @r"
    | **Your erased data is gone from the archives too**
    | The last archive from before your erasure was deleted: no copy of your words and names is left with me.
    ");
}
