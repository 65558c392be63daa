//! What stands in a transcript, for whom.

use super::*;
use crate::cogs::conversations::values::{Place, Priority, Status};
use crate::model::{GuildId, UserId};

fn message(row: u64, name: &str, sender_type: Sender, content: &str) -> Message {
    Message {
        guild: GuildId(1),
        row,
        id: format!("m{row}"),
        conversation: 12,
        sender: UserId(row),
        sender_name: name.to_owned(),
        sender_type,
        about: None,
        content: content.to_owned(),
        created_at: Timestamp(1_795_176_000_000),
        edited_at: None,
        deleted_at: None,
        discord: None,
        erased: false,
    }
}

fn line(message: Message) -> Line {
    Line {
        message,
        before: Vec::new(),
        files: Vec::new(),
    }
}

fn history() -> History {
    let conversation = Conversation {
        guild: GuildId(1),
        number: 12,
        id: "id".to_owned(),
        user: UserId(14),
        agent: None,
        subject: "My <order>".to_owned(),
        status: Status::Active,
        category: "help".to_owned(),
        priority: Priority::Normal,
        answers: r#"[{"question":"Which?","answer":"the blue one"}]"#.to_owned(),
        participants: "[]".to_owned(),
        asked_in: None,
        place: Place::Channel,
        channel: None,
        created_at: Timestamp(1_795_176_000_000),
        answered_at: None,
        answered_by: None,
        requested_at: None,
        close_at: None,
        stale_at: None,
        warned_at: None,
        closed_at: None,
        closed_by: None,
        cause: None,
        reason: None,
        copies: "[]".to_owned(),
        stars: None,
        words: None,
    };
    let mut edited = line(message(2, "mia", Sender::Agent, "on its way"));
    edited.message.edited_at = Some(Timestamp(1_795_176_001_000));
    edited.before.push("lost it".to_owned());
    let mut pictured = line(message(1, "sam", Sender::User, "where is it?\n<b>now</b>"));
    let file = |position, name: &str, sha256: Option<&str>| Attachment {
        guild: GuildId(1),
        message: 1,
        sender: UserId(1),
        position,
        name: name.to_owned(),
        media_type: "image/png".to_owned(),
        size: 3,
        sha256: sha256.map(str::to_owned),
        lost: None,
    };
    pictured.files = vec![
        (file(0, "box.png", Some("abc")), Some(b"foo".to_vec())),
        (file(1, "film.mp4", None), None),
    ];
    History {
        conversation,
        lines: vec![
            pictured,
            edited,
            line(message(3, "max", Sender::Note, "he is always like that")),
        ],
        names: Names {
            guild: "Town".to_owned(),
            category: "Help".to_owned(),
        },
    }
}

fn labels() -> Labels {
    Labels {
        title: "Ticket 12".to_owned(),
        edited: "edited".to_owned(),
        deleted: "deleted".to_owned(),
        note: "note".to_owned(),
        staff: "staff".to_owned(),
        lost: "not kept".to_owned(),
        language: "en",
    }
}

fn rendered(reader: Reader, format: Format) -> String {
    String::from_utf8(render(&history(), &labels(), reader, format)).expect("text")
}

#[test]
fn a_member_never_reads_notes_or_what_was_said_before() {
    for format in Format::ALL {
        let member = rendered(Reader::Member, *format);
        let staff = rendered(Reader::Staff, *format);
        for secret in ["he is always like that", "lost it"] {
            assert!(!member.contains(secret), "{format:?}: {member}");
            assert!(staff.contains(secret), "{format:?}: {staff}");
        }
        assert!(member.contains("on its way") && member.contains("the blue one"));
    }
}

#[test]
fn the_page_works_without_a_network() {
    let page = rendered(Reader::Member, Format::Html);
    assert!(!page.contains("http:") && !page.contains("https:") && !page.contains("<script"));
    assert!(
        page.contains("src=\"data:image/png;base64,Zm9v\""),
        "{page}"
    );
    assert!(page.contains("film.mp4 · 3 B · <span class=\"mark\">not kept"));
    assert!(page.contains("My &lt;order&gt;") && page.contains("&lt;b&gt;now&lt;/b&gt;"));
}

#[test]
fn the_text_reads_from_top_to_bottom() {
    let text = rendered(Reader::Member, Format::Text);
    let expected = "Ticket 12 · My <order>\nTown · Help\nWhich? the blue one\n\n\
                    [2026-11-20 12:00:00 UTC] sam\nwhere is it?\n<b>now</b>\n  + box.png (3 B, sha256 abc)\n  \
                    + film.mp4 (3 B, not kept)\n\n[2026-11-20 12:00:00 UTC] mia (staff, edited)\non its way\n";
    assert_eq!(text, expected);
}
