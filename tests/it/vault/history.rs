//! How far back the journal reaches: through recoveries to the oldest archive, and no further once there was pruning.

use greffier::control::{Answer, Request};
use greffier::model::{Rejection, UserId};
use greffier::operate::operate;
use greffier::store::{Committed, JournalFilter, ORDERS_KEPT, Order, Store};
use greffier::vault::{Cause, Mode, Vault};

use super::{lose_database, names};
use crate::ledgers::{
    Office, Tallies, TallyChange, contents, count, kill, order, registers, stop, write_note,
};

/// The journal's rows as `position register`.
fn journal(store: &Store) -> Vec<String> {
    let mut rows = Vec::new();
    let read = store.read_blocking(|reader| {
        reader.journal(JournalFilter::default(), |row| {
            rows.push(format!("{} {}", row.seq, row.register));
            Ok(())
        })
    });
    read.expect("reading");
    rows
}

fn oldest(store: &Store) -> Option<u64> {
    store
        .read_blocking(|reader| reader.oldest_change())
        .expect("reading")
}

/// A day with one change, its night with archive and pruning.
fn day(office: &Office, vault: &Vault, number: u32) {
    write_note(vault.store(), number, "a day");
    vault.save(Cause::Scheduled).expect("saving");
    vault.archive(Cause::Scheduled, None).expect("archiving");
    vault.prune(Mode::Real).expect("pruning");
    office.later(24);
}

#[test]
fn the_journal_shows_after_a_recovery_what_it_showed_before_the_database_was_lost() {
    let office = Office::new();
    let (vault, _) = office.start();
    write_note(vault.store(), 1, "behind two saves");
    vault.save(Cause::Requested).expect("saving");
    count(vault.store(), 2);
    vault.save(Cause::Requested).expect("saving");
    write_note(vault.store(), 2, "in the newest save");
    vault.save(Cause::Requested).expect("saving");
    count(vault.store(), 3);
    let before = contents(vault.store());
    let mut expected = journal(vault.store());
    assert_eq!(expected.len(), 4);
    kill(vault);
    for round in 0..3 {
        lose_database(&office);
        let (vault, report) = office.start();
        let recovery = report.recovery.expect("recovered");
        assert_eq!((recovery.gaps, recovery.history.gaps), (vec![], vec![]));
        assert_eq!(contents(vault.store()), before);
        expected.push(format!("{} greffier", 5 + round));
        assert_eq!(journal(vault.store()), expected);
        let request = Request::Journal {
            since_ms: None,
            member: None,
            limit: 100,
        };
        let Ok(Answer::Journal { changes }) = operate(&vault, None, &request) else {
            panic!("the journal was asked for");
        };
        assert_eq!(changes[0].change["text"], "behind two saves");
        kill(vault);
    }
}

#[test]
fn the_journal_of_the_time_before_a_restore_survives_the_loss_of_the_database_too() {
    let office = Office::new();
    let (vault, _) = office.start();
    write_note(vault.store(), 1, "archived");
    let archive = vault.archive(Cause::Requested, None).expect("archiving");
    count(vault.store(), 1);
    stop(vault);
    office.later(1);
    office.copy_archive(&archive.name);
    let (vault, _) = office.start();
    write_note(vault.store(), 2, "after the restore");
    let (before, mut expected) = (contents(vault.store()), journal(vault.store()));
    assert_eq!(expected, ["1 notes", "2 tallies", "3 greffier", "4 notes"]);
    kill(vault);
    lose_database(&office);
    let (vault, report) = office.start();
    let recovery = report.recovery.expect("recovered");
    assert_eq!((recovery.gaps, recovery.history.gaps), (vec![], vec![]));
    assert_eq!(contents(vault.store()), before);
    expected.push("5 greffier".to_owned());
    assert_eq!(journal(vault.store()), expected);
}

#[test]
fn a_lost_part_of_the_journals_copy_is_named_and_no_change_is_lost_by_it() {
    let office = Office::new();
    let (vault, _) = office.start();
    for number in 0..3 {
        write_note(vault.store(), number, "in a segment of its own");
        vault.archive(Cause::Requested, None).expect("archiving");
    }
    vault.save(Cause::Requested).expect("saving");
    let before = contents(vault.store());
    kill(vault);
    lose_database(&office);
    let segments = names(&office.layout.journal());
    assert_eq!(segments.len(), 4, "{segments:?}");
    std::fs::remove_file(office.layout.journal().join(&segments[1])).expect("losing");
    let (vault, report) = office.start();
    let recovery = report.recovery.expect("recovered");
    assert_eq!(recovery.gaps, []);
    assert_eq!(recovery.history.gaps, [(2, 2)]);
    assert_eq!(contents(vault.store()), before);
    assert_eq!(journal(vault.store()), ["1 notes", "3 notes", "4 greffier"]);
}

#[test]
fn the_journal_reaches_back_to_the_oldest_archive_and_goes_behind_it_when_archives_were_pruned() {
    let office = Office::new();
    let (vault, _) = office.start();
    for number in 0..12 {
        day(&office, &vault, number);
    }
    let archives = vault.archives().expect("listing");
    let kept = archives.last().and_then(|archive| archive.metadata());
    let kept = kept.expect("an archive").seq;
    // Two more lie in the trash and can still be taken back.
    assert_eq!((kept, oldest(vault.store())), (5, Some(4)));
    let segments = names(&office.layout.journal());
    assert_eq!(
        segments.first().map(String::as_str),
        Some("000000000003.jsonl")
    );
    // Whatever was trimmed: the loss of the database loses nothing of what is kept.
    let (before, mut expected) = (contents(vault.store()), journal(vault.store()));
    kill(vault);
    lose_database(&office);
    let (vault, report) = office.start();
    let recovery = report.recovery.expect("recovered");
    assert_eq!((recovery.gaps, recovery.history.gaps), (vec![], vec![]));
    assert_eq!(contents(vault.store()), before);
    expected.push("13 greffier".to_owned());
    assert_eq!(journal(vault.store()), expected);
}

#[test]
fn a_journal_that_was_trimmed_to_nothing_goes_on_where_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = Office::new().clock;
    let open = || Store::open(folder.path(), registers(), clock.clone()).expect("opening");
    let store = open();
    for number in 0..3 {
        write_note(&store, number, "once");
    }
    clock.advance(ORDERS_KEPT * 2);
    for gone in [2, 1, 0] {
        let trimmed = store.operate_blocking(|operations| operations.trim_journal(3, 2));
        assert_eq!(trimmed.expect("trimming"), gone);
    }
    assert_eq!(journal(&store), Vec::<String>::new());
    store.close().expect("closing");
    assert_eq!(write_note(&open(), 3, "the next"), 4);
}

#[test]
fn without_an_archive_or_with_one_that_nobody_can_read_nothing_is_trimmed() {
    let office = Office::new();
    let (vault, _) = office.start();
    for number in 0..5 {
        write_note(vault.store(), number, "a day");
        vault.save(Cause::Scheduled).expect("saving");
        office.later(24);
        vault.prune(Mode::Real).expect("pruning");
    }
    assert_eq!(oldest(vault.store()), Some(1));
    let unreadable = vault.archive(Cause::Requested, None).expect("archiving");
    std::fs::write(unreadable.path.join("metadata.json"), "rot").expect("damaging");
    for number in 5..10 {
        day(&office, &vault, number);
    }
    assert_eq!(oldest(vault.store()), Some(1));
    assert_eq!(
        names(&office.layout.journal()).first().map(String::as_str),
        Some("000000000000.jsonl")
    );
    std::fs::remove_dir_all(unreadable.path).expect("giving it up");
    vault.archive(Cause::Scheduled, None).expect("archiving");
    vault.prune(Mode::Real).expect("pruning");
    assert_eq!(oldest(vault.store()), Some(7), "the oldest archive has 6");
}

/// Counts once for the message; the same message again counts nothing.
fn counted(vault: &Vault) -> Result<Committed<u64>, Rejection> {
    let order = Order {
        origin: Some("message:42".to_owned()),
        ..order()
    };
    vault.store().write_blocking(order, |tx| {
        let change = TallyChange::Counted {
            member: UserId(1),
            by: 1,
        };
        Ok(tx.record::<Tallies>(&change)?)
    })
}

#[test]
fn a_message_that_may_be_delivered_again_is_known_whatever_was_trimmed_and_recovered() {
    let office = Office::new();
    let (vault, _) = office.start();
    counted(&vault).expect("kept");
    vault.save(Cause::Requested).expect("saving");
    count(vault.store(), 1);
    vault.save(Cause::Requested).expect("saving");
    vault.archive(Cause::Scheduled, None).expect("archiving");
    office.later(23);
    vault.prune(Mode::Real).expect("pruning");
    assert!(counted(&vault).expect("answered as before").replayed);
    let before = contents(vault.store());
    kill(vault);
    lose_database(&office);
    let (vault, _) = office.start();
    let again = counted(&vault);
    assert!(matches!(again, Err(Rejection::AlreadyDone)), "{again:?}");
    assert_eq!(contents(vault.store()), before);
    // The twin: two days later the journal lets go of it.
    office.later(26);
    vault.save(Cause::Scheduled).expect("saving");
    vault.archive(Cause::Scheduled, None).expect("archiving");
    vault.prune(Mode::Real).expect("pruning");
    assert_eq!(oldest(vault.store()), Some(3));
}

#[test]
fn an_order_that_came_again_when_the_journal_had_forgotten_it_does_not_stand_in_the_way_of_a_recovery()
 {
    let office = Office::new();
    let (vault, _) = office.start();
    counted(&vault).expect("kept");
    vault.save(Cause::Requested).expect("saving");
    count(vault.store(), 1);
    vault.archive(Cause::Scheduled, None).expect("archiving");
    vault.save(Cause::Requested).expect("saving");
    office.later(24);
    office.later(1);
    vault.archive(Cause::Scheduled, None).expect("archiving");
    vault.prune(Mode::Real).expect("pruning");
    assert_eq!(oldest(vault.store()), Some(2));
    assert!(!counted(&vault).expect("kept").replayed);
    let before = contents(vault.store());
    kill(vault);
    lose_database(&office);
    let (vault, report) = office.start();
    let recovery = report.recovery.expect("recovered");
    assert_eq!((recovery.gaps, recovery.history.gaps), (vec![], vec![]));
    assert_eq!(contents(vault.store()), before);
    assert_eq!(oldest(vault.store()), Some(2));
}
