//! That nothing of a ticket is lost: words and files, also those of while the bot was away.

use std::time::Duration;

use greffier::sandbox::Draft;

use super::{HOUR, blobs, is_filed, open, open_in, opened, opened_in};
use crate::town::Building;

#[test]
fn every_half_minute_the_log_says_how_many_conversations_changed() {
    let town = open();
    let (sam, lea) = (town.member("sam"), town.member("lea"));
    sam.presses("Help");
    town.finds("#ticket-1", "Say what");
    lea.presses("Help");
    town.finds("#ticket-2", "Say what");
    sam.mutters_in("#ticket-1", "where is my order?");
    town.keeps("where is my order?");
    // Sam's words, and what the bot wrote first in each ticket: it hears of its own posts a moment later.
    town.settles();
    town.waits_until("three messages are kept", |reader| {
        let sql = "SELECT count(*) FROM messages";
        Ok(reader.query_row(sql, [], |row| row.get::<_, u32>(0))? == 3)
    });
    town.later(Duration::from_secs(31));
    let told = town.waits_for_log("mirror_saved");
    assert_eq!(
        told.fields, " conversations=2 groups=2",
        "the bot's first posts are messages too"
    );
    town.later(Duration::from_secs(31));
    assert_eq!(town.logged("mirror_saved").len(), 1, "nothing has changed");
}

#[test]
fn a_ticket_closed_although_its_transcript_failed() {
    let town = opened();
    let mia = town.moderator("mia");
    town.expects_error("transcript_failed");
    let blobs = town.data().join("blobs");
    std::fs::write(&blobs, "in the way").expect("written");
    insta::assert_snapshot!(town.unchanged(|| mia.slash_in("#ticket-1", "ticket close")), @"(only mia) What was written in ticket 1 could not be kept safe, so it stays open. The log says why.");
    std::fs::remove_file(&blobs).expect("removed");
    insta::assert_snapshot!(mia.slash_in("#ticket-1", "ticket close"), @"(only mia) Ticket 1 is closed; what was written is kept.");
}

#[test]
fn transcript_images_that_die() {
    let town = opened();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    sam.posts("#ticket-1", Draft::from("look").with("cat.png", "PNG"));
    town.keeps("\"sha256\":\"");
    town.later(72 * HOUR);
    mia.slash_in("#ticket-1", "ticket close");
    sam.is_told("How was it?");
    assert!(is_filed(&town, "src=\"data:image/png;base64,UE5H\""));
}

#[test]
fn what_was_written_changed_and_deleted_while_the_bot_was_away_is_known() {
    let town = opened();
    let (sam, lea) = (town.member("sam"), town.member("lea"));
    lea.presses("Help");
    let (first, second) = (
        sam.posts("#ticket-1", "first words"),
        sam.posts("#ticket-1", "a slip of the tongue"),
    );
    town.keeps("a slip of the tongue");
    town.stops_bot();
    sam.edits(&first, "better words");
    sam.deletes(&second);
    for number in 0..120 {
        sam.mutters_in("#ticket-1", &format!("line {number}."));
    }
    town.olive().deletes_channel("ticket-2");
    town.starts_bot();
    town.keeps("line 119.");
    town.keeps("better words");
    town.keeps("\"cause\":\"vanished\"");
    let records = town.records();
    assert_eq!(records.count("\"content\":\"line "), 120);
    assert_eq!(
        records.count("\"content\":\"first words\""),
        1,
        "what it said before is kept"
    );
    let slip = records
        .rows
        .lines()
        .find(|row| row.contains("slip"))
        .expect("kept");
    assert!(!slip.contains("\"deleted_at\":null"), "{slip}");
}

#[test]
fn what_changed_far_back_while_the_bot_was_away_is_known_too() {
    let town = opened();
    let (sam, lea) = (town.member("sam"), town.member("lea"));
    lea.presses("Help");
    town.keeps("\"channel\":");
    let (first, second) = (
        sam.posts("#ticket-1", "the very first words"),
        sam.posts("#ticket-1", "a slip of the tongue"),
    );
    for number in 0..250 {
        sam.mutters_in("#ticket-1", &format!("line {number}."));
    }
    town.keeps("line 249.");
    let untouched = sam.posts("#ticket-1", "never touched");
    town.keeps("never touched");
    town.stops_bot();
    sam.edits(&first, "better words");
    sam.deletes(&second);
    town.starts_bot();
    town.keeps("better words");
    town.keeps("\"deleted_at\":1");
    let records = town.records();
    assert_eq!(records.count("\"content\":\"the very first words\""), 1);
    assert_eq!(records.count("\"content\":\"line "), 250);
    let gone: Vec<&str> = records
        .rows
        .lines()
        .filter(|row| row.contains("\"deleted_at\":1"))
        .collect();
    assert_eq!(gone.len(), 1, "{gone:?}");
    assert!(gone[0].contains("slip"), "{gone:?}");
    drop(untouched);
}

#[test]
fn files_of_other_kinds_too_large_ones_and_those_beyond_the_quota_are_named_but_not_kept() {
    let limited = Building::default().configured(|config| {
        config.attachments.types = vec!["image/*".to_owned(), "text/plain".to_owned()];
        config.attachments.largest = 10;
        config.attachments.quota = 25;
    });
    let town = opened_in(open_in(limited.open()));
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    sam.posts(
        "#ticket-1",
        Draft::from("several")
            .with("cat.png", "8 bytes.")
            .with("tool.exe", "MZ")
            .with("huge.png", "11 bytes...")
            .with("note.txt", "10 bytes.."),
    );
    town.keeps("\"lost\":\"type\"");
    town.keeps("\"lost\":\"large\"");
    town.keeps("\"name\":\"note.txt\",\"media_type\":\"text/plain\",\"size\":10,\"sha256\":\"");
    sam.posts("#ticket-1", Draft::from("more").with("dog.png", "7 bytes"));
    town.keeps("\"name\":\"dog.png\",\"media_type\":\"image/png\",\"size\":7,\"sha256\":\"");
    sam.posts("#ticket-1", Draft::from("too much").with("cow.png", "b"));
    town.keeps("\"lost\":\"quota\"");
    town.waits_for_log("attachments_full");
    assert_eq!(town.logged("attachments_full").len(), 1);
    let mut kept = blobs(&town);
    kept.sort();
    assert_eq!(
        kept,
        [
            b"10 bytes..".to_vec(),
            b"7 bytes".to_vec(),
            b"8 bytes.".to_vec()
        ]
    );
    // A transcript is no attachment: it is kept whatever the quota, and says of each file what became of it.
    mia.slash_in("#ticket-1", "ticket close");
    sam.is_told("How was it?");
    assert!(is_filed(
        &town,
        "tool.exe · 2 B · <span class=\"mark\">not kept"
    ));
    assert!(is_filed(
        &town,
        "cow.png · 1 B · <span class=\"mark\">not kept"
    ));
}

#[test]
fn a_transcript_that_can_not_be_written_touches_nothing_on_discord() {
    let town = opened();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    sam.mutters_in("#ticket-1", "please help");
    town.keeps("please help");
    town.settles();
    town.expects_error("transcript_failed");
    let blobs = town.data().join("blobs");
    std::fs::write(&blobs, "in the way").expect("written");
    let shown = town.shows("#ticket-1");
    let said = town.unchanged(|| mia.slash_in("#ticket-1", "ticket close reason:settled"));
    assert!(said.contains("could not be kept safe"), "{said}");
    town.settles();
    let now = town.shows("#ticket-1");
    let others = now.lines().filter(|line| !line.contains("(only mia)"));
    assert_eq!(others.collect::<Vec<_>>().join("\n"), shown);
    assert!(!sam.dms().contains("is closed"));
    assert!(!town.shows("#logs").contains("is closed"));
    std::fs::remove_file(&blobs).expect("removed");
    mia.slash_in("#ticket-1", "ticket close reason:settled");
    sam.is_told("How was it?");
}

#[test]
fn files_come_back_from_a_nightly_archive_that_is_copied_into_an_empty_folder() {
    let town = opened();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    let picture = "a picture of a box";
    sam.posts("#ticket-1", Draft::from("look").with("box.png", picture));
    town.keeps("\"sha256\":\"");
    let kept = blobs(&town);
    assert_eq!(kept, [picture.as_bytes()]);
    town.later(20 * HOUR);
    assert_eq!(town.logged("daily_archive_done").len(), 1);
    town.stops_bot();
    let archives = std::fs::read_dir(town.backups()).expect("archives");
    let archive = archives
        .map(|entry| entry.expect("an entry").path())
        .find(|path| path.join("metadata.json").exists())
        .expect("an archive");
    std::fs::remove_dir_all(town.data()).expect("lost");
    std::fs::create_dir(town.data()).expect("an empty folder");
    for file in std::fs::read_dir(archive).expect("an archive") {
        let path = file.expect("an entry").path();
        let name = path.file_name().expect("a name");
        if !name.to_string_lossy().starts_with('.') {
            std::fs::copy(&path, town.data().join(name)).expect("cp");
        }
    }
    town.starts_bot();
    // Under the name of its own hash, as `blobs` itself checks when it reads one.
    assert_eq!(blobs(&town), kept);
    assert_eq!(town.logged("blobs_brought_back").len(), 1);
    mia.slash_in("#ticket-1", "ticket close");
    sam.is_told("How was it?");
    assert!(is_filed(&town, "src=\"data:image/png;base64,YSBwaWN0dXJl"));
}
