//! A member's own data: had as a file, and erased for good.

use std::fs;

use greffier::model::Locale;
use greffier::sandbox::{Draft, Place};
use serde_json::Value;

use crate::ledgers::holding;
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

/// What Sam says, and no one else in the world.
const WORD: &str = "xylofonkvarts";
/// What is in Sam's file, and what it becomes inside a page.
const BYTES: &str = "zebrafinch feather";
const BASE64: &str = "emVicmFmaW5jaCBmZWF0aGVy";

/// A town with a ticket of Sam's, in which he posted a file.
fn with_a_ticket() -> Town {
    let town = Town::open();
    let (olive, sam) = (town.olive(), town.member("sam"));
    olive.says("!ticket category add Help");
    olive.says("!ticket category set help questions What is it?");
    olive.says("!ticket desk transcripts #logs");
    olive.says("!ticket panel post");
    town.finds("#general", "Need help?");
    sam.presses("Help");
    sam.submits(&[("What is it?", &format!("my {WORD} is late"))]);
    town.keeps("Say what");
    sam.posts("#ticket-1", Draft::from("look").with("feather.png", BYTES));
    town.keeps("\"sha256\":\"");
    town
}

/// Sam has his data erased.
fn erases(town: &Town) {
    town.settles();
    let sam = town.member("sam");
    sam.slash("mydata erase");
    sam.presses("Erase my data");
    town.waits_for_log("person_erased");
}

#[test]
fn no_byte_of_what_sam_said_or_sent_is_left_in_the_data_folder() {
    let town = with_a_ticket();
    let (olive, mia, sam) = (town.olive(), town.moderator("mia"), town.member("sam"));
    let lea = town.member("lea");
    let said = sam.posts("#ticket-1", format!("the {WORD} I asked for").as_str());
    sam.edits(&said, &format!("the {WORD} that I asked for"));
    town.keeps("that I asked for");
    mia.slash_in("#ticket-1", "ticket add member:@lea");
    town.settles();
    lea.posts(
        "#ticket-1",
        Draft::from("mine is here").with("mine.png", "a quill of leas"),
    );
    town.keeps("mine is here");
    town.keeps("\"name\":\"mine.png\",\"media_type\":\"image/png\",\"size\":15,\"sha256\":\"");
    sam.slash_in("#ticket-1", &format!("ticket close reason:no more {WORD}"));
    sam.is_told("How was it?");
    let evidence = sam.posts("#general", format!("{WORD}! {WORD}!").as_str());
    mia.replies(&evidence, "!warn @sam 2 shouting");
    mia.says(&format!("!warn @sam 1 {WORD} again"));
    mia.says(&format!("!note @sam sells {WORD}"));
    mia.says(&format!("!mute @sam 10m {WORD}"));
    mia.slash(&format!("ticket block member:@sam reason:{WORD}"));
    town.settles();
    town.later(std::time::Duration::from_secs(3600));
    let before = holding(&town.data(), WORD);
    for file in ["conversations.json", "messages.json", "warnings.json"] {
        assert!(
            before.iter().any(|name| name == file),
            "{file} in {before:?}"
        );
    }
    let is_named = |name: &&String| name.len() == 64;
    assert!(
        before.iter().any(|name| name.starts_with("greffier.db")),
        "{before:?}"
    );
    assert!(
        before.iter().any(|name| name.ends_with(".jsonl")),
        "{before:?}"
    );
    assert!(
        before.iter().find(is_named).is_some(),
        "a transcript in {before:?}"
    );
    assert_eq!(
        holding(&town.data(), BYTES).iter().filter(is_named).count(),
        1
    );
    assert!(
        !holding(&town.data(), BASE64).is_empty(),
        "a page has it too"
    );
    erases(&town);
    for words in [WORD, BYTES, BASE64] {
        assert_eq!(holding(&town.data(), words), [""; 0], "{words}");
    }
    assert!(!town.records().rows.contains(WORD));
    // Discord still shows it: it is not learned again from there.
    town.restarts_bot();
    mia.slash_in("#ticket-1", "ticket reopen number:1");
    town.settles();
    town.restarts_bot();
    lea.mutters_in("#ticket-1", "anybody there?");
    town.keeps("anybody there?");
    for words in [WORD, BYTES, BASE64] {
        assert_eq!(
            holding(&town.data(), words),
            [""; 0],
            "{words} after a start"
        );
    }
    // What Lea wrote and sent is hers.
    assert_eq!(town.records().count("mine is here"), 1);
    assert_eq!(holding(&town.data(), "a quill of leas").len(), 1);
    // The case keeps its number and what it was; the ticket can still be read.
    assert!(mia.says("!warnings").contains("Case 1"));
    mia.slash("ticket transcript number:1");
    drop(olive);
}

#[test]
fn what_sam_sent_stays_where_lea_sent_the_same() {
    let town = with_a_ticket();
    let (mia, lea) = (town.moderator("mia"), town.member("lea"));
    mia.slash_in("#ticket-1", "ticket add member:@lea");
    town.settles();
    lea.posts(
        "#ticket-1",
        Draft::from("I have one as well").with("another.png", BYTES),
    );
    town.keeps("\"name\":\"another.png\",\"media_type\":\"image/png\",\"size\":18,\"sha256\":\"");
    erases(&town);
    assert_eq!(holding(&town.data(), BYTES).len(), 1);
    let rows = town.records().rows;
    let left: Vec<&str> = rows.lines().filter(|row| row.contains(WORD)).collect();
    assert_eq!(left, [""; 0]);
    assert_eq!(holding(&town.data(), WORD), [""; 0]);
}

#[test]
fn copies_of_sams_files_go_with_the_last_archive_and_only_then_is_he_told() {
    let town = with_a_ticket();
    let (olive, mia, sam) = (town.olive(), town.moderator("mia"), town.member("sam"));
    olive.says("!force_backup");
    assert_eq!(holding(&town.backups(), BYTES).len(), 1);
    // The town's clock is not that of the machine, by which files are dated.
    let copies = fs::read_dir(town.backups().join("blobs")).expect("copies");
    for file in copies.map(|file| file.expect("a file").path()) {
        let now =
            std::time::UNIX_EPOCH + std::time::Duration::from_millis(town.now().unsigned_abs());
        let file = fs::File::options().write(true).open(file).expect("a file");
        file.set_modified(now).expect("dated");
    }
    erases(&town);
    assert_eq!(holding(&town.data(), BYTES), [""; 0]);
    let mut has_been_there = false;
    for _ in 0..14 {
        if sam.dms().contains("gone from the archives") {
            break;
        }
        has_been_there |= !holding(&town.backups(), WORD).is_empty();
        mia.says("!warn @lea late");
        town.later(std::time::Duration::from_secs(86_400));
        mia.slash("warnings");
        town.settles();
    }
    assert!(has_been_there);
    sam.is_told("gone from the archives");
    for words in [WORD, BYTES, BASE64] {
        assert_eq!(holding(&town.backups(), words), [""; 0], "{words}");
        assert_eq!(holding(&town.data(), words), [""; 0], "{words}");
    }
}
