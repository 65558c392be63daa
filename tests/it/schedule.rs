//! What runs when, told with a clock that is moved by hand.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::bail;
use chrono::NaiveTime;
use chrono_tz::Europe::Paris;
use futures::future::BoxFuture;
use greffier::schedule::{Lane, Outside, Ping, Rhythm, Schedule, Timetable, When, protect};
use greffier::vault::{Census, Options, Vault};

use crate::ledgers::{Office, count};
use crate::town::Log;

fn rhythm() -> Rhythm {
    Rhythm {
        auto_save: Duration::from_secs(3600),
        mirror_sync: Duration::from_secs(30),
        daily_archive: NaiveTime::from_hms_opt(3, 0, 0),
        prune: NaiveTime::from_hms_opt(4, 0, 0).expect("a time of day"),
    }
}

async fn protected(office: &Office, vault: &Vault) -> Schedule {
    protected_with(office, vault, Outside::default()).await
}

async fn protected_with(office: &Office, vault: &Vault, outside: Outside) -> Schedule {
    let timetable = Timetable::new(vault.store().clone(), office.clock.clone(), Paris);
    let seen = Census {
        guilds: 1,
        users: 5,
    };
    let outside = Outside {
        census: Box::new(move || Some(seen)),
        ..outside
    };
    let timetable = protect(timetable, vault, &rhythm(), outside).expect("a timetable");
    timetable.open().await.expect("opening")
}

fn start(office: &Office) -> Vault {
    let options = Options {
        zone: Paris,
        ..Options::default()
    };
    office.try_start(options).expect("starting").0
}

#[tokio::test]
async fn a_night_brings_a_save_an_archive_and_pruning_each_once() {
    let office = Office::new();
    let vault = start(&office);
    let schedule = protected(&office, &vault).await;
    schedule.settle().await;
    assert_eq!(vault.archives().expect("listing"), []);
    office.later(20);
    schedule.settle().await;
    let status = vault.status().expect("status");
    let runs = |name: &str| {
        let task = status.tasks.iter().find(|task| task.name == name);
        task.map_or((0, None), |task| (task.runs, task.last_outcome.clone()))
    };
    let ok = Some("ok".to_owned());
    assert_eq!(runs("auto_save"), (1, ok.clone()));
    assert_eq!(runs("mirror_sync"), (1, ok.clone()));
    assert_eq!(runs("daily_archive"), (1, ok.clone()));
    assert_eq!(runs("prune"), (1, ok));
    assert_eq!(status.archives.len(), 1);
    let archive = &status.archives[0];
    assert!(archive.proof.is_some(), "it was restored once");
    let metadata = archive.metadata().expect("whole");
    assert_eq!((metadata.guilds_count, metadata.users_count), (1, 5));
    // 12:00 UTC and 20 hours: 09:00 in Paris.
    assert_eq!(archive.name, "backup_2026-11-21_09-00-00");
}

#[tokio::test]
async fn a_night_slept_through_is_caught_up_once_at_the_next_start() {
    let office = Office::new();
    let vault = start(&office);
    drop(protected(&office, &vault).await);
    vault.store().close().expect("closing");
    drop(vault);
    office.later(24 * 5);
    let vault = start(&office);
    let schedule = protected(&office, &vault).await;
    schedule.settle().await;
    schedule.settle().await;
    assert_eq!(vault.archives().expect("listing").len(), 1);
}

#[tokio::test]
async fn tasks_of_a_lane_run_in_the_order_in_which_they_were_due() {
    let office = Office::new();
    let (vault, _) = office.start();
    let ran = Arc::new(Mutex::new(Vec::new()));
    let task = |name: &'static str| {
        let ran = ran.clone();
        move || {
            ran.lock().expect("no panic").push(name);
            async { Ok(()) }
        }
    };
    let daily =
        |hour| When::daily(NaiveTime::from_hms_opt(hour, 0, 0).expect("a time")).expect("a time");
    let timetable = Timetable::new(vault.store().clone(), office.clock.clone(), Paris)
        .task("prune", Lane::Files, daily(4), task("prune"))
        .task(
            "save",
            Lane::Files,
            When::every(Duration::from_secs(24 * 3600)),
            task("save"),
        )
        .task("archive", Lane::Files, daily(3), task("archive"));
    let schedule = timetable.open().await.expect("opening");
    office.later(24);
    schedule.settle().await;
    assert_eq!(*ran.lock().expect("no panic"), ["archive", "prune", "save"]);
}

#[tokio::test]
async fn a_task_that_panics_or_fails_is_reported_and_tried_again_soon() {
    let office = Office::new();
    let (vault, _) = office.start();
    let told = Arc::new(Mutex::new(Vec::new()));
    let listener = told.clone();
    let daily = When::daily(NaiveTime::from_hms_opt(3, 0, 0).expect("a time")).expect("a time");
    let timetable = Timetable::new(vault.store().clone(), office.clock.clone(), Paris)
        .task("falls", Lane::Files, daily.clone(), || async {
            panic!("over a chair")
        })
        .task("fails", Lane::Short, daily, || async { bail!("no room") })
        .on_failure(move |task, error| {
            let line = format!("{task}: {error:#}");
            listener.lock().expect("no panic").push(line);
        });
    let schedule = timetable.open().await.expect("opening");
    office.later(24);
    let now = office.clock.now();
    schedule.settle().await;
    let mut lines = told.lock().expect("no panic").clone();
    lines.sort();
    assert_eq!(
        lines,
        ["fails: no room", "falls: it panicked: over a chair"]
    );
    let tasks = vault
        .store()
        .read(|reader| reader.tasks())
        .await
        .expect("reading");
    for task in tasks {
        assert_eq!((task.runs, task.failures), (1, 1), "{}", task.name);
        assert_eq!(
            task.next_run,
            Some(now + Duration::from_secs(600)),
            "{}",
            task.name
        );
        assert_eq!(task.last_success, None);
    }
}

#[tokio::test]
async fn a_clock_set_back_does_not_silence_the_tasks() {
    let office = Office::new();
    let (vault, _) = office.start();
    let runs = Arc::new(Mutex::new(0));
    let counter = runs.clone();
    let hourly = When::every(Duration::from_secs(3600));
    let timetable = Timetable::new(vault.store().clone(), office.clock.clone(), Paris).task(
        "hourly",
        Lane::Files,
        hourly,
        move || {
            *counter.lock().expect("no panic") += 1;
            async { Ok(()) }
        },
    );
    let schedule = timetable.open().await.expect("opening");
    office.clock.shift(-10 * 24 * 3600 * 1000);
    schedule.settle().await;
    office.later(1);
    schedule.settle().await;
    assert_eq!(*runs.lock().expect("no panic"), 1);
}

#[tokio::test]
async fn a_tick_runs_what_is_due_and_a_stop_waits_for_it() {
    let office = Office::new();
    let (vault, _) = office.start();
    let (begun, mut waits) = tokio::sync::mpsc::unbounded_channel();
    let (release, released) = tokio::sync::watch::channel(false);
    let timetable = Timetable::new(vault.store().clone(), office.clock.clone(), Paris).task(
        "long",
        Lane::Files,
        When::every(Duration::from_secs(60)),
        move || {
            let (begun, mut released) = (begun.clone(), released.clone());
            async move {
                begun.send(())?;
                released.wait_for(|released| *released).await?;
                Ok(())
            }
        },
    );
    let schedule = timetable.open().await.expect("opening");
    schedule.start().await.expect("ticking");
    office.later(1);
    waits.recv().await.expect("it began");
    office.later(1);
    let early = schedule.stop(Duration::ZERO).await;
    assert!(!early, "it still runs");
    release.send(true).expect("somebody waits");
    assert!(schedule.stop(Duration::from_secs(30)).await);
    assert!(waits.try_recv().is_err(), "and did not overlap itself");
}

#[tokio::test]
async fn what_happened_in_the_meantime_is_saved_by_the_schedule() {
    let office = Office::new();
    let vault = start(&office);
    let schedule = protected(&office, &vault).await;
    let store = vault.store().clone();
    let seq = tokio::task::spawn_blocking(move || count(&store, 1))
        .await
        .expect("counting");
    office.later(1);
    schedule.settle().await;
    let save = vault.status().expect("status").last_save.expect("a save");
    assert_eq!(save.seq, seq);
}

#[tokio::test]
async fn a_task_that_was_switched_off_is_not_shown_as_coming() {
    let office = Office::new();
    let vault = start(&office);
    drop(protected(&office, &vault).await);
    let without = Rhythm {
        daily_archive: None,
        ..rhythm()
    };
    let timetable = Timetable::new(vault.store().clone(), office.clock.clone(), Paris);
    let timetable = protect(timetable, &vault, &without, Outside::default()).expect("a timetable");
    timetable.open().await.expect("opening");
    let archive = vault
        .store()
        .read(|reader| reader.task("daily_archive"))
        .await;
    assert_eq!(
        archive
            .expect("reading")
            .expect("its record stays")
            .next_run,
        None
    );
}

/// A page that answers as it is told to, one answer a visit, and counts the visits.
async fn page(answers: &'static [u16]) -> (Ping, Arc<AtomicUsize>) {
    let visits = Arc::new(AtomicUsize::new(0));
    let counted = visits.clone();
    let answer = move || async move {
        let visit = counted.fetch_add(1, Ordering::SeqCst);
        let code = answers.get(visit).copied().unwrap_or(200);
        axum::http::StatusCode::from_u16(code).expect("a status")
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
    let listener = listener.expect("a port");
    let address = listener.local_addr().expect("an address");
    let router = axum::Router::new().route("/secret-word", axum::routing::get(answer));
    tokio::spawn(axum::serve(listener, router).into_future());
    (Ping::at(format!("http://{address}/secret-word")), visits)
}

async fn pinging(office: &Office, vault: &Vault, ping: Ping) -> Schedule {
    let proven = move || -> BoxFuture<'static, ()> {
        let ping = ping.clone();
        Box::pin(async move { ping.send().await })
    };
    let outside = Outside {
        proven: Box::new(proven),
        ..Outside::default()
    };
    protected_with(office, vault, outside).await
}

#[tokio::test]
async fn a_proven_archive_is_told_elsewhere_and_one_that_failed_is_not() {
    let office = Office::new();
    let vault = start(&office);
    let (ping, visits) = page(&[]).await;
    let schedule = pinging(&office, &vault, ping).await;
    office.later(20);
    schedule.settle().await;
    assert_eq!(visits.load(Ordering::SeqCst), 1);
    // A file where the archives should be: tonight there is none.
    std::fs::remove_dir_all(&office.layout.backups).expect("removed");
    std::fs::write(&office.layout.backups, "in the way").expect("written");
    office.later(24);
    schedule.settle().await;
    assert_eq!(visits.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_page_that_stumbles_is_asked_again_and_then_let_be() {
    for (answers, tries) in [(&[500, 503][..], 3), (&[500, 500, 500, 500], 3), (&[], 1)] {
        let (ping, visits) = page(answers).await;
        ping.pausing([Duration::ZERO; 2]).send().await;
        assert_eq!(visits.load(Ordering::SeqCst), tries);
    }
}

#[test]
fn the_address_that_is_asked_is_in_no_log() {
    let log = Log::default();
    let ping = Ping::at("http://127.0.0.1:1/secret-word").pausing([Duration::ZERO; 2]);
    let runtime = Log::runtime(log.dispatch(None));
    let (asked, shown) = (ping.clone(), format!("{ping:?}"));
    let asking = runtime.spawn(async move { asked.send().await });
    runtime.block_on(asking).expect("asked");
    let said = log.with("ping_failed");
    assert_eq!(said.len(), 1);
    let said = format!("{} {shown}", said[0]);
    assert!(!said.contains("secret-word"), "{said}");
}
