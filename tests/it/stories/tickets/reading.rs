//! Reading tickets again: one's own, also with closed direct messages, and what a page shows of hostile words.

use greffier::sandbox::{Draft, MessageView};

use super::opened;
use crate::town::Town;

/// The text of a file of a message.
#[track_caller]
fn file(town: &Town, message: &MessageView, end: &str) -> String {
    let fits = |file: &&serde_json::Value| {
        let name = file["filename"].as_str().unwrap_or_default();
        name.ends_with(end)
    };
    let file = message.attachments.iter().find(fits).expect("a file");
    let address = file["url"].as_str().expect("an address").to_owned();
    town.wait(async {
        let answer = reqwest::get(address).await.expect("an answer");
        answer.text().await.expect("text")
    })
}

#[test]
fn with_closed_direct_messages_sam_reads_his_transcript_for_his_eyes_alone() {
    let town = opened();
    let (mia, sam, lea) = (
        town.moderator("mia"),
        town.member("sam"),
        town.member("lea"),
    );
    sam.closes_dms();
    sam.mutters_in("#ticket-1", "where is my order?");
    town.keeps("where is my order?");
    mia.slash_in("#ticket-1", "ticket note words:always late");
    mia.slash_in("#ticket-1", "ticket close reason:settled");
    town.settles();
    assert_eq!(sam.dms(), "");
    sam.slash("mytickets");
    let picked = town.wait(town.discord().picks("sam", "Read one", &["1"]));
    let picked = picked.expect("it is answered");
    let message = picked.message().expect("a message");
    assert_eq!(message.only_for.as_deref(), Some("sam"));
    for end in [".html", ".txt"] {
        let text = file(&town, message, end);
        assert!(text.contains("where is my order?"), "{text}");
        assert!(
            !text.contains("always late"),
            "staff's notes are theirs: {text}"
        );
    }
    // The twin: somebody else's ticket is not shown, by whatever way it is asked for.
    let said = town.unchanged(|| lea.slash("mytickets"));
    assert!(said.contains("You have no ticket"), "{said}");
    let said = town.unchanged(|| lea.slash("ticket transcript number:1"));
    assert!(said.contains("staff of this ticket"), "{said}");
}

#[test]
fn while_a_ticket_number_is_typed_nobody_is_offered_what_others_ask_about() {
    let town = opened();
    let (mia, sam, lea) = (
        town.moderator("mia"),
        town.member("sam"),
        town.member("lea"),
    );
    mia.slash_in("#ticket-1", "ticket rename subject:My divorce");
    let typing = "ticket claim number:1";
    assert_eq!(mia.is_offered(typing, "number"), ["1 · My divorce"]);
    assert_eq!(sam.is_offered(typing, "number"), ["1 · My divorce"]);
    assert_eq!(lea.is_offered(typing, "number"), [""; 0]);
}

#[test]
fn a_ticket_to_read_or_reopen_and_a_panel_to_remove_are_offered_to_who_may_see_them() {
    let town = opened();
    let (mia, sam, lea) = (
        town.moderator("mia"),
        town.member("sam"),
        town.member("lea"),
    );
    let (reopen, read) = ("ticket reopen number:1", "ticket transcript number:1");
    assert_eq!(mia.is_offered(reopen, "number"), [""; 0], "it is open");
    let offered = mia.is_offered(read, "number");
    assert_eq!(offered.len(), 1);
    assert!(offered[0].starts_with("1 · "), "{offered:?}");
    assert_eq!(lea.is_offered(read, "number"), [""; 0]);
    mia.slash_in("#ticket-1", "ticket close reason:settled");
    town.settles();
    for typing in [reopen, read] {
        assert_eq!(mia.is_offered(typing, "number"), offered);
        assert_eq!(sam.is_offered(typing, "number"), offered);
        assert_eq!(lea.is_offered(typing, "number"), [""; 0]);
    }
    let panel = "ticket panel remove number:1";
    let panels = town.olive().is_offered(panel, "number");
    assert_eq!(panels, ["1 · Need help?"]);
    assert_eq!(mia.is_offered(panel, "number"), [""; 0]);
}

#[test]
fn a_page_works_offline_and_nothing_that_people_write_becomes_part_of_it() {
    let town = opened();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    let hostile =
        "</div><script src=//evil.example/x></script><img src=x onerror=alert(1)> \" ' & ]]>";
    sam.posts(
        "#ticket-1",
        Draft::from(hostile)
            .with("a&b.png", "PNG")
            .with("notes.txt", "plain words"),
    );
    mia.slash_in("#ticket-1", "ticket rename subject:<b onload=x>&amp;\"");
    town.keeps("onerror");
    town.keeps("\"name\":\"notes.txt\",\"media_type\":\"text/plain\",\"size\":11,\"sha256\":\"");
    let shown = town.wait(town.discord().slash(
        "sam",
        &"#general".into(),
        "ticket transcript number:1",
    ));
    let shown = shown.expect("it is answered");
    let page = file(&town, shown.message().expect("a message"), ".html");
    for part in ["<script", "<img src=x", "<b onload", "</div><script"] {
        assert!(!page.contains(part), "{part}: {page}");
    }
    assert!(
        page.contains("&lt;script src=//evil.example/x&gt;"),
        "{page}"
    );
    // Pictures and other files stand in the page itself.
    assert!(
        page.contains("src=\"data:image/png;base64,UE5H\""),
        "{page}"
    );
    assert!(
        page.contains(
            "download=\"notes.txt\" href=\"data:application/octet-stream;base64,cGxhaW4gd29yZHM=\""
        ),
        "{page}"
    );
    for attribute in ["src=\"", "href=\""] {
        let addresses = page.split(attribute).skip(1);
        for address in addresses {
            assert!(address.starts_with("data:"), "{attribute}{address}");
        }
    }
}
