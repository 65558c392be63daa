//! Messages, their edits and deletions, their files: each kept once.

use super::*;

#[test]
fn the_same_message_twice_is_kept_once() {
    let bench = bench();
    let (number, other) = (bench.open(SAM), bench.open(LEA));
    let first = bench.says(number, SAM, Sender::User, "hello", 70);
    let before = bench.seq();
    let again = bench.says(number, SAM, Sender::User, "hello", 70);
    let Received::Kept { row, .. } = first else {
        panic!("{first:?}")
    };
    assert_eq!(again, Received::Known { row });
    assert_eq!(bench.seq(), before);
    bench.says(other, LEA, Sender::User, "hello", 71);
    let kept = bench
        .store
        .read_blocking(|reader| look::messages(reader, GUILD, number));
    assert_eq!(kept.expect("a read").len(), 1);
}

#[test]
fn edits_keep_what_was_said_before_and_deletions_keep_all() {
    let bench = bench();
    let number = bench.open(SAM);
    bench.says(number, SAM, Sender::User, "first words", 1);
    bench.says(number, SAM, Sender::User, "others", 2);
    let later = NOON + HOUR;
    let edited = bench.rule(SAM, move |tx| edit(tx, MessageId(1), "second words", later));
    assert_eq!(edited, Ok(true));
    let same = bench.rule(SAM, move |tx| edit(tx, MessageId(1), "second words", later));
    assert_eq!(same, Ok(false), "the same words are no edit");
    assert_eq!(bench.rule(SAM, |tx| delete(tx, MessageId(1))), Ok(true));
    assert_eq!(bench.rule(SAM, |tx| delete(tx, MessageId(1))), Ok(false));
    assert_eq!(bench.rule(SAM, |tx| delete(tx, MessageId(99))), Ok(false));
    let (message, versions) = bench
        .store
        .read_blocking(|reader| {
            let message = look::message(reader, MessageId(1))?.expect("kept");
            let versions = look::versions(reader, message.row)?;
            Ok((message, versions))
        })
        .expect("a read");
    assert_eq!(message.content, "second words");
    assert_eq!(message.edited_at, Some(later));
    assert_eq!(message.deleted_at, Some(NOON));
    assert_eq!(versions.len(), 1);
    assert_eq!(versions[0].content, "first words");
}

#[test]
fn a_file_is_settled_once() {
    let bench = bench();
    let number = bench.open(SAM);
    let Received::Kept { row, .. } = bench.says(number, SAM, Sender::User, "look", 1) else {
        panic!("new")
    };
    let missing = |bench: &Bench| {
        let found = bench
            .store
            .read_blocking(|reader| look::missing_files(reader, GUILD));
        found.expect("a read")
    };
    assert_eq!(missing(&bench), [MessageId(1)]);
    bench
        .rule(SAM, move |tx| settle_file(tx, row, 0, Ok("abc".to_owned())))
        .expect("kept");
    let before = bench.seq();
    bench
        .rule(SAM, move |tx| {
            settle_file(tx, row, 0, Err("gone".to_owned()))
        })
        .expect("nothing");
    assert_eq!(bench.seq(), before, "what is kept is not lost afterwards");
    assert_eq!(missing(&bench), []);
}
