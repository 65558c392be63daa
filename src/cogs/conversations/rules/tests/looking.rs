//! Finding conversations and words again.

use super::*;

#[test]
fn words_are_found_whatever_their_accents_and_never_those_of_before() {
    let bench = bench();
    let (number, other) = (bench.open(SAM), bench.open(LEA));
    bench.says(number, SAM, Sender::User, "My café order is LATE", 1);
    bench.says(other, LEA, Sender::User, "nothing of the kind", 2);
    assert_eq!(bench.finds("cafe lat"), ["1 My **café** order is **LATE**"]);
    assert_eq!(bench.finds("kind"), ["2 nothing of the **kind**"]);
    assert_eq!(bench.finds("\" OR 1 --"), [] as [&str; 0]);
    bench
        .rule(SAM, move |tx| edit(tx, MessageId(1), "all is well", NOON))
        .expect("edited");
    assert_eq!(
        bench.finds("cafe"),
        [] as [&str; 0],
        "the index follows the table"
    );
    assert_eq!(bench.finds("well"), ["1 all is **well**"]);
}

#[test]
fn looking_conversations_and_members_up_reads_an_index() {
    let bench = bench();
    for (sql, index) in [
        (
            "SELECT * FROM conversations WHERE guild = 1 AND number = 2",
            "conversations_number",
        ),
        (
            "SELECT * FROM conversations WHERE channel = 1",
            "conversations_channel",
        ),
        (
            "SELECT * FROM conversations WHERE guild = 1 AND user = 2 ORDER BY number DESC LIMIT 10",
            "conversations_user",
        ),
        (
            "SELECT count(*) FROM conversations WHERE guild = 1 AND category = 'a' AND status IN ('OPENING', 'ACTIVE')",
            "conversations_category",
        ),
        (
            "SELECT min(due) FROM conversations WHERE due IS NOT NULL",
            "conversations_due",
        ),
        (
            "SELECT * FROM messages WHERE discord = 4",
            "messages_discord",
        ),
        (
            "SELECT * FROM messages WHERE guild = 1 AND conversation = 2 ORDER BY created_at, row",
            "messages_conversation",
        ),
        (
            "SELECT * FROM attachments WHERE message = 1 ORDER BY position",
            "attachments_message",
        ),
    ] {
        let plan = bench
            .store
            .read_blocking(|reader| Ok(reader.explain(sql)?))
            .expect("a plan");
        assert_eq!(plan.len(), 1, "{sql}: {plan:?}");
        assert!(
            plan[0].starts_with("SEARCH") && plan[0].contains(index),
            "{sql}: {plan:?}"
        );
    }
}

#[test]
fn whatever_is_typed_into_a_search_is_words_and_never_the_indexs_own_language() {
    let bench = bench();
    let (number, other) = (bench.open(SAM), bench.open(LEA));
    bench.says(
        number,
        SAM,
        Sender::User,
        "NEAR the door OR the \"window\"",
        1,
    );
    bench.says(other, LEA, Sender::User, "content of a box", 2);
    for (typed, found) in [
        ("near(door window, 2)", &[] as &[&str]),
        ("near door", &["1 **NEAR** the **door** OR the \"window\""]),
        ("door OR box", &[]),
        (
            "door or window",
            &["1 NEAR the **door** **OR** the \"**window**\""],
        ),
        ("\"window\"", &["1 NEAR the door OR the \"**window**\""]),
        ("\"", &[]),
        ("\"\"\"", &[]),
        ("content:box", &["2 **content** of a **box**"]),
        ("content : box", &["2 **content** of a **box**"]),
        ("{content} : box", &["2 **content** of a **box**"]),
        ("^near", &["1 **NEAR** the door OR the \"window\""]),
        ("doo*", &["1 NEAR the **door** OR the \"window\""]),
        ("*", &[]),
        ("-door", &["1 NEAR the **door** OR the \"window\""]),
        ("door AND NOT window", &[]),
        (
            "door + window",
            &["1 NEAR the **door** OR the \"**window**\""],
        ),
        ("(door", &["1 NEAR the **door** OR the \"window\""]),
        ("'; DROP TABLE messages; --", &[]),
        ("\0door", &["1 NEAR the **door** OR the \"window\""]),
        ("   ", &[]),
    ] {
        assert_eq!(bench.finds(typed), found, "{typed}");
    }
    let long = "door ".repeat(500);
    assert_eq!(bench.finds(&long).len(), 1);
}
