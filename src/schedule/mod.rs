//! What is due, and when: named tasks whose next run is kept in the store, so that one that was missed is caught up once.
//!
//! `tokio-cron-scheduler` gives one UTC tick a second and nothing more: its own times of day move with daylight saving,
//! its jobs overlap themselves, and its shutdown awaits nothing. Here none overlaps itself, a panic is caught and
//! reported, and a stop waits for what is running.

mod ping;
mod protection;
mod ticks;
mod when;

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Result, anyhow};
use chrono_tz::Tz;
use futures::FutureExt;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub use ping::Ping;
pub use protection::{Outside, Rhythm, protect};
pub use when::{When, first_instant};

use crate::model::{Clock, Text, Timestamp};
use crate::store::Store;

/// A task that failed is tried again after this, if it would not be due sooner.
const RETRY: Duration = Duration::from_secs(600);

type Run = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = Result<()>> + Send>> + Send + Sync>;
type Alarm = Arc<dyn Fn(&str, &anyhow::Error) + Send + Sync>;

/// What the task `name` is called, for those who read of it.
pub fn task_name(name: &str) -> Text {
    Text::keyed(format!("backups-task-{}", name.replace('_', "-")))
}

/// Who waits for whom: tasks of one lane run one after the other, in the order in which they were due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// What writes whole files: saves, archives, pruning.
    Files,
    /// What is short and must not wait for an archive.
    Short,
}

impl Lane {
    const ALL: [Lane; 2] = [Lane::Files, Lane::Short];
}

/// The tasks that a schedule will have.
pub struct Timetable {
    store: Store,
    clock: Clock,
    zone: Tz,
    alarm: Option<Alarm>,
    tasks: Vec<Task>,
}

struct Task {
    name: &'static str,
    lane: Lane,
    when: When,
    run: Run,
    next: Mutex<Timestamp>,
    /// The last run failed, and somebody was told.
    fails: AtomicBool,
}

impl Timetable {
    /// No task yet. Their records are kept in `store`; `zone` is that of the times of day.
    pub fn new(store: Store, clock: Clock, zone: Tz) -> Timetable {
        Timetable {
            store,
            clock,
            zone,
            alarm: None,
            tasks: Vec::new(),
        }
    }

    /// Adds a task; its name is that of its record, for ever.
    #[must_use]
    pub fn task<F, R>(mut self, name: &'static str, lane: Lane, when: When, run: F) -> Timetable
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = Result<()>> + Send + 'static,
    {
        self.tasks.push(Task {
            name,
            lane,
            when,
            run: Arc::new(move || Box::pin(run())),
            next: Mutex::new(Timestamp(i64::MAX)),
            fails: AtomicBool::new(false),
        });
        self
    }

    /// Who is told, besides the log, that a task failed.
    #[must_use]
    pub fn on_failure(
        mut self,
        alarm: impl Fn(&str, &anyhow::Error) + Send + Sync + 'static,
    ) -> Timetable {
        self.alarm = Some(Arc::new(alarm));
        self
    }

    /// Plans each task's next run from its record: a run that was missed is due at once, and only one of them.
    pub async fn open(self) -> Result<Schedule> {
        let now = self.clock.now();
        let records = self.store.read(|reader| reader.tasks()).await?;
        let mut plan = Vec::new();
        for task in &self.tasks {
            let record = records.iter().find(|record| record.name == task.name);
            let planned = record.and_then(|record| record.next_run);
            let fresh = task.when.next_run(self.zone, now)?;
            let next = match planned {
                Some(planned) if planned <= now => planned,
                // The configuration or the clock may have changed since.
                planned => planned.map_or(fresh, |planned| planned.min(fresh)),
            };
            let next = if next > now && task.when.is_daily() {
                fresh
            } else {
                next
            };
            *task.next.lock().unwrap_or_else(PoisonError::into_inner) = next;
            plan.push((task.name.to_owned(), Some(next)));
        }
        // A task that was switched off is not shown as coming.
        let is_ours = |name: &str| self.tasks.iter().any(|task| task.name == name);
        let gone = records.iter().filter(|record| !is_ours(&record.name));
        plan.extend(gone.map(|record| (record.name.clone(), None)));
        self.store
            .operate(move |operations| {
                plan.iter()
                    .try_for_each(|(name, next)| operations.plan_task(name, *next))
            })
            .await?;
        Ok(Schedule {
            inner: Arc::new(Inner {
                store: self.store,
                clock: self.clock,
                zone: self.zone,
                alarm: self.alarm,
                tasks: self.tasks,
                lanes: Default::default(),
                stopping: CancellationToken::new(),
                running: TaskTracker::new(),
            }),
        })
    }
}

/// A schedule; clones share it. Nothing runs before [`Schedule::start`] or [`Schedule::settle`].
#[derive(Clone)]
pub struct Schedule {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    clock: Clock,
    zone: Tz,
    alarm: Option<Alarm>,
    tasks: Vec<Task>,
    /// Held by whoever runs the tasks of that lane.
    lanes: [Arc<tokio::sync::Mutex<()>>; Lane::ALL.len()],
    stopping: CancellationToken,
    running: TaskTracker,
}

impl Schedule {
    /// Lets a tick a second run what is due, until [`Schedule::stop`].
    pub async fn start(&self) -> Result<()> {
        ticks::start(self.clone()).await
    }

    /// Runs everything that is due at the clock's present time, in its order, and returns when it is done.
    pub async fn settle(&self) {
        let lanes = Lane::ALL.map(|lane| async move {
            let _held = self.inner.lane(lane).lock_owned().await;
            self.inner.run_due(lane).await;
        });
        futures::future::join_all(lanes).await;
    }

    /// When the next task of a fixed hour is due: an archive, a pruning.
    pub fn next_daily(&self) -> Option<Timestamp> {
        let daily = self.inner.tasks.iter().filter(|task| task.when.is_daily());
        daily.map(Task::next).min()
    }

    /// Runs the task `name` now, whether or not it is due; waits for its lane first.
    pub async fn run_now(&self, name: &str) -> Result<()> {
        let task = self.inner.tasks.iter().find(|task| task.name == name);
        let task = task.ok_or_else(|| anyhow!("there is no task {name}"))?;
        let _held = self.inner.lane(task.lane).lock_owned().await;
        self.inner.run(task).await
    }

    /// Begins no more tasks and waits at most `bound` for those that run. Returns whether they all ended.
    pub async fn stop(&self, bound: Duration) -> bool {
        self.inner.stopping.cancel();
        self.inner.running.close();
        tokio::time::timeout(bound, self.inner.running.wait())
            .await
            .is_ok()
    }

    /// Starts what is due in each lane that is free.
    fn tick(&self) {
        for lane in Lane::ALL {
            let is_due = self.inner.earliest_due(lane).is_some();
            if !is_due || self.inner.stopping.is_cancelled() {
                continue;
            }
            let Ok(held) = self.inner.lane(lane).try_lock_owned() else {
                continue;
            };
            let inner = self.inner.clone();
            self.inner.running.spawn(async move {
                inner.run_due(lane).await;
                drop(held);
            });
        }
    }
}

impl Task {
    fn next(&self) -> Timestamp {
        *self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn lane(&self, lane: Lane) -> Arc<tokio::sync::Mutex<()>> {
        self.lanes[lane as usize].clone()
    }

    fn earliest_due(&self, lane: Lane) -> Option<&Task> {
        let now = self.clock.now();
        self.tasks
            .iter()
            .filter(|task| task.lane == lane)
            .map(|task| (self.due_at(task, now), task))
            .filter(|(due, _)| *due <= now)
            .min_by_key(|(due, _)| *due)
            .map(|(_, task)| task)
    }

    /// When the task is due. A clock that was set back must not make it wait for the time it was set back from.
    fn due_at(&self, task: &Task, now: Timestamp) -> Timestamp {
        let planned = task.next();
        match task.when.next_run(self.zone, now) {
            Ok(fresh) if fresh < planned => {
                *task.next.lock().unwrap_or_else(PoisonError::into_inner) = fresh;
                fresh
            }
            _ => planned,
        }
    }

    async fn run_due(&self, lane: Lane) {
        while let Some(task) = self.earliest_due(lane) {
            if self.stopping.is_cancelled() {
                return;
            }
            // What went wrong was reported and is in the task's record.
            let _ = self.run(task).await;
        }
    }

    /// Runs a task, plans its next run, and keeps what came of it.
    async fn run(&self, task: &Task) -> Result<()> {
        let began = self.clock.now();
        let outcome = AssertUnwindSafe((task.run)())
            .catch_unwind()
            .await
            .unwrap_or_else(|panic| Err(anyhow!("it panicked: {}", words_of(&*panic))));
        self.report(task, &outcome);
        let now = self.clock.now();
        let regular = task.when.next_run(self.zone, now).unwrap_or(now + RETRY);
        let next = match outcome {
            Ok(()) => regular,
            Err(_) => regular.min(now + RETRY),
        };
        *task.next.lock().unwrap_or_else(PoisonError::into_inner) = next;
        let (name, words) = (
            task.name,
            outcome.as_ref().err().map(|error| format!("{error:#}")),
        );
        let kept = self.store.operate(move |operations| {
            operations.task_ran(name, began, words.as_deref().map_or(Ok(()), Err))?;
            operations.plan_task(name, Some(next))
        });
        if let Err(error) = kept.await {
            tracing::error!(event = "task_record_failed", task = name, error = %format!("{error:#}"));
        }
        outcome
    }
}

impl Inner {
    /// Tells of a failure; of one that goes on every few seconds only once.
    fn report(&self, task: &Task, outcome: &Result<()>) {
        let failed_before = task.fails.swap(outcome.is_err(), Ordering::Relaxed);
        let Err(error) = outcome else { return };
        if !failed_before || task.lane == Lane::Files {
            tracing::error!(event = "task_failed", task = task.name, error = %format!("{error:#}"));
        }
        if let Some(alarm) = self.alarm.as_ref().filter(|_| !failed_before) {
            alarm(task.name, error);
        }
    }
}

fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no words".to_owned())
}
