//! The store: one commit for many, each undone alone, nothing carried out twice, and nobody writes but the journal.

use std::os::unix::fs::PermissionsExt;
use std::sync::{Arc, Mutex};

use greffier::model::{Effect, Locale, Post, Refusal, Rejection, Text, UserId};
use greffier::store::{
    CommitSink, DATABASE, JournalRow, OpenError, Order, SchemaState, Store, Tx, inspect,
};

use crate::ledgers::{
    GUILD, NoteChange, Notes, Office, Tallies, TallyChange, contents, count, order, registers,
    write_note,
};

fn open(office: &Office) -> Store {
    std::fs::create_dir_all(&office.layout.data).expect("a folder");
    Store::open(&office.layout.data, registers(), office.clock.clone()).expect("opening")
}

fn tally(tx: &mut Tx<'_>, by: i64) -> Result<u64, Rejection> {
    let member = UserId(1);
    Ok(tx.record::<Tallies>(&TallyChange::Counted { member, by })?)
}

fn total(store: &Store) -> i64 {
    let total = store.read_blocking(|reader| {
        let sum = reader.query_row("SELECT coalesce(sum(total), 0) FROM tallies", [], |row| {
            row.get(0)
        });
        Ok(sum?)
    });
    total.expect("reading")
}

/// Keeps how many rows each commit had.
#[derive(Clone, Default)]
struct Sizes(Arc<Mutex<Vec<usize>>>);

impl CommitSink for Sizes {
    fn committed(&mut self, rows: &[JournalRow]) {
        self.0.lock().expect("no panic").push(rows.len());
    }
}

#[tokio::test]
async fn those_who_write_at_once_share_a_commit_and_each_is_answered() {
    let office = Office::new();
    let store = open(&office);
    let sizes = Sizes::default();
    store.attach(Box::new(sizes.clone())).expect("attaching");
    let (hold, held) = std::sync::mpsc::channel::<()>();
    let first = store.operate(move |_| Ok(held.recv().is_ok()));
    let store_of_others = store.clone();
    // Up to 30 futures, `join_all` polls all of them before it lets the next one of `join!` go.
    let others = (0..30).map(|_| store_of_others.write(order(), |tx| tally(tx, 1)));
    let others = futures::future::join_all(others);
    let release = async move {
        // The others are queued while the writer is held: this future is polled last.
        hold.send(()).expect("the writer waits");
    };
    let (first, answers, ()) = tokio::join!(first, others, release);
    assert!(first.expect("held"));
    let mut seqs: Vec<u64> = answers
        .into_iter()
        .map(|answer| answer.expect("kept").value)
        .collect();
    seqs.sort_unstable();
    assert_eq!(seqs, (1..=30).collect::<Vec<u64>>());
    assert_eq!(*sizes.0.lock().expect("no panic"), [30], "one commit");
    assert_eq!(total(&store), 30);
}

#[tokio::test]
async fn a_rule_that_fails_refuses_or_panics_undoes_only_itself() {
    let office = Office::new();
    let store = open(&office);
    let (hold, held) = std::sync::mpsc::channel::<()>();
    let first = store.operate(move |_| Ok(held.recv().is_ok()));
    let good = store.write(order(), |tx| tally(tx, 1));
    let fails = store.write(order(), |tx| {
        tally(tx, 100)?;
        Err::<(), _>(Rejection::Failed(anyhow::anyhow!("on purpose")))
    });
    let refuses = store.write(order(), |tx| {
        tally(tx, 1000)?;
        Err::<(), _>(Refusal::new("warn-refused").into())
    });
    let panics = store.write(order(), |tx| -> Result<(), Rejection> {
        tally(tx, 10_000)?;
        panic!("on purpose")
    });
    let last = store.write(order(), |tx| tally(tx, 2));
    let release = async move { hold.send(()).expect("the writer waits") };
    let (_, good, fails, refuses, panics, last, ()) =
        tokio::join!(first, good, fails, refuses, panics, last, release);
    assert_eq!(good.expect("kept").value, 1);
    assert!(matches!(fails, Err(Rejection::Failed(_))));
    assert!(matches!(refuses, Err(Rejection::Refused(_))));
    assert!(matches!(panics, Err(Rejection::Failed(_))));
    assert_eq!(last.expect("kept").value, 2, "no position is left out");
    let (sum, newest) = (total(&store), *store.committed().borrow());
    assert_eq!((sum, newest), (3, 2));
}

#[test]
fn a_refused_rule_does_not_count_as_its_registers_newest_change() {
    let office = Office::new();
    let store = open(&office);
    let refused = store.write_blocking(order(), |tx| {
        tally(tx, 1)?;
        Err::<(), _>(Refusal::new("warn-refused").into())
    });
    assert!(refused.is_err());
    write_note(&store, 1, "kept");
    let activity = store.read_blocking(|reader| reader.activity("tallies", Some(GUILD)));
    assert_eq!(activity.expect("reading"), None);
}

#[test]
fn the_same_order_twice_is_carried_out_once_and_answered_alike() {
    let office = Office::new();
    let store = open(&office);
    let order = Order {
        origin: Some("message:1".to_owned()),
        ..order()
    };
    let first = store
        .write_blocking(order.clone(), |tx| tally(tx, 5))
        .expect("kept");
    let again = store
        .write_blocking(order.clone(), |tx| tally(tx, 5))
        .expect("answered");
    assert!(!first.replayed && again.replayed);
    assert_eq!((again.value, total(&store)), (first.value, 5));
    office.later(25);
    store
        .operate_blocking(|operations| operations.forget_old_orders())
        .expect("forgetting");
    let late = store.write_blocking(order.clone(), |tx| tally(tx, 5));
    assert!(matches!(late, Err(Rejection::AlreadyDone)), "{late:?}");
    let faults = greffier::store::Faults {
        forget_orders: true,
        ..Default::default()
    };
    store.close().expect("closing");
    // The negative control: with this fault, the same message counts twice.
    let store = Store::open_faulty(
        &office.layout.data,
        registers(),
        office.clock.clone(),
        faults,
    )
    .expect("opening");
    store
        .write_blocking(order, |tx| tally(tx, 5))
        .expect("kept");
    assert_eq!(total(&store), 10);
}

#[test]
fn a_refused_order_may_be_tried_again() {
    let office = Office::new();
    let store = open(&office);
    let order = Order {
        origin: Some("message:2".to_owned()),
        ..order()
    };
    let refused: Result<_, _> = store.write_blocking(order.clone(), |_| {
        Err::<u64, _>(Refusal::new("warn-refused").into())
    });
    assert!(refused.is_err());
    let kept = store
        .write_blocking(order, |tx| tally(tx, 5))
        .expect("kept");
    assert!(!kept.replayed);
}

#[test]
fn readers_and_rules_can_not_write() {
    let office = Office::new();
    let store = open(&office);
    count(&store, 1);
    let wrote = store.read_blocking(|reader| {
        Ok(
            reader.query("DELETE FROM tallies RETURNING total", [], |row| {
                row.get::<_, i64>(0)
            })?,
        )
    });
    assert!(wrote.is_err());
    let wrote = store.write_blocking(order(), |tx| {
        let gone = tx.query_row("UPDATE tallies SET total = 0 RETURNING total", [], |row| {
            row.get::<_, i64>(0)
        });
        Ok(gone?)
    });
    assert!(matches!(wrote, Err(Rejection::Failed(_))), "{wrote:?}");
    assert_eq!(total(&store), 1);
}

#[test]
fn a_snapshot_stands_still_while_others_write() {
    let office = Office::new();
    let store = open(&office);
    write_note(&store, 1, "before");
    let snapshot = store.snapshot().expect("a snapshot");
    write_note(&store, 2, "after");
    let text = crate::ledgers::contents_of(&snapshot);
    assert!(text.contains("before") && !text.contains("after"), "{text}");
    assert_eq!(snapshot.seq(), 1);
    assert!(contents(&store).contains("after"));
}

#[test]
fn a_file_of_some_other_program_is_refused_and_left_alone() {
    let office = Office::new();
    std::fs::create_dir_all(&office.layout.data).expect("a folder");
    let path = office.data(DATABASE);
    let other = rusqlite::Connection::open(&path).expect("a database");
    other
        .execute_batch("CREATE TABLE recipes (name TEXT); INSERT INTO recipes VALUES ('soup')")
        .expect("filling");
    drop(other);
    let before = std::fs::read(&path).expect("there");
    let opened = Store::open(&office.layout.data, registers(), office.clock.clone());
    assert!(matches!(opened.err(), Some(OpenError::Foreign(_))));
    assert!(matches!(
        office.refused(),
        greffier::vault::StartError::Database(OpenError::Foreign(_))
    ));
    assert_eq!(std::fs::read(&path).expect("there"), before);
}

#[test]
fn looking_at_a_folder_changes_nothing() {
    let office = Office::new();
    std::fs::create_dir_all(&office.layout.data).expect("a folder");
    let state = inspect(&office.layout.data, &registers()).expect("looking");
    assert_eq!(state, SchemaState::Absent);
    open(&office).close().expect("closing");
    let state = inspect(&office.layout.data, &registers()).expect("looking");
    assert_eq!(state, SchemaState::Current);
}

#[test]
fn database_and_log_are_their_owners_alone() {
    let office = Office::new();
    let store = open(&office);
    count(&store, 1);
    for name in ["greffier.db", "greffier.db-wal", "greffier.db-shm"] {
        let mode = std::fs::metadata(office.data(name))
            .expect(name)
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn the_guards_of_the_database_are_up() {
    let office = Office::new();
    let store = open(&office);
    count(&store, 1);
    let pragma = |name: &'static str| {
        let value = store.operate_blocking(move |operations| {
            Ok(
                operations.query_row(&format!("SELECT * FROM pragma_{name}"), [], |row| {
                    row.get::<_, rusqlite::types::Value>(0)
                })?,
            )
        });
        format!("{:?}", value.expect("reading"))
    };
    assert_eq!(pragma("synchronous"), "Integer(2)", "FULL");
    assert_eq!(pragma("journal_mode"), "Text(\"wal\")");
    assert_eq!(pragma("foreign_keys"), "Integer(1)");
    assert_eq!(pragma("secure_delete"), "Integer(1)");
    assert!(rusqlite::version_number() >= greffier::store::MINIMUM_SQLITE);
}

#[test]
fn a_tag_without_its_note_is_refused_by_the_database() {
    let office = Office::new();
    let store = open(&office);
    let tagged = store.write_blocking(order(), |tx| {
        let change = NoteChange::Tagged {
            number: 9,
            tag: "a".to_owned(),
        };
        Ok(tx.record::<Notes>(&change)?)
    });
    assert!(matches!(tagged, Err(Rejection::Failed(_))), "{tagged:?}");
    assert_eq!(*store.committed().borrow(), 0, "nor is it in the journal");
}

fn hello(member: u64) -> Effect {
    Effect::DirectMessage {
        member: UserId(member),
        post: Post::new(Locale::En, Text::new("mydata-gone-title")),
    }
}

fn freed(member: u64) -> Effect {
    Effect::Timeout {
        guild: GUILD,
        member: UserId(member),
        until: None,
        reason: "it is over".to_owned(),
    }
}

/// Promises an act without a change, and begins it. Returns its number and its position.
fn begun(store: &Store, effect: Effect) -> (i64, u64) {
    let promised = store.write_blocking(Order::default(), move |tx| Ok(tx.enqueue(&effect)?));
    promised.expect("promised");
    let now = store.clock().now();
    let due = store.read_blocking(move |reader| reader.outbox_due(now, 10));
    let due = due.expect("reading");
    let [pending] = &due[..] else {
        panic!("one act waits: {due:?}")
    };
    let id = pending.id;
    let begin = store.operate_blocking(move |operations| operations.outbox_begin(&[id]));
    begin.expect("begun");
    (id, pending.seq)
}

/// Discord takes two posts with one number for the same: the second would never appear.
#[test]
fn no_two_acts_have_the_same_number_even_where_nothing_changed_in_between() {
    let office = Office::new();
    let store = open(&office);
    let (first, seq) = begun(&store, hello(1));
    let done = store.operate_blocking(move |operations| operations.outbox_done(first));
    done.expect("done");
    drop(store);
    let (second, seq_of_second) = begun(&open(&office), hello(2));
    assert_eq!(seq, seq_of_second);
    assert_ne!(first, second);
}

#[test]
fn a_wish_that_replaced_one_under_way_is_not_done_with_it() {
    let office = Office::new();
    let store = open(&office);
    let (id, _) = begun(&store, freed(1));
    let again = store.write_blocking(Order::default(), |tx| Ok(tx.enqueue(&freed(1))?));
    again.expect("promised");
    for _ in 0..2 {
        let done = store.operate_blocking(move |operations| operations.outbox_done(id));
        done.expect("done");
    }
    let waiting = || store.read_blocking(|reader| reader.outbox_len());
    assert_eq!(waiting().expect("reading"), 1);
    let done = store.operate_blocking(move |operations| {
        operations.outbox_begin(&[id])?;
        operations.outbox_done(id)
    });
    done.expect("done");
    assert_eq!(waiting().expect("reading"), 0);
}
