//! What one town's bot logs: kept apart from every other town's, since each has threads of its own.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::runtime::{Builder, Runtime};
use tokio::sync::Notify;
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::{Dispatch, Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

use crate::plans::Statements;

/// A line of the log.
#[derive(Clone, Debug)]
pub struct Line {
    pub level: Level,
    /// The `event` field; for what libraries log, their target.
    pub event: String,
    /// The other fields, as `name=value`.
    pub fields: String,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}{}", self.level, self.event, self.fields)
    }
}

/// The log of one town.
#[derive(Clone, Default)]
pub struct Log {
    lines: Arc<Mutex<Vec<Line>>>,
    grown: Arc<Notify>,
}

impl Log {
    /// Where whoever speaks is heard here.
    pub fn dispatch(&self, statements: Option<Statements>) -> Dispatch {
        let lines = self.clone().with_filter(LevelFilter::INFO);
        Dispatch::new(tracing_subscriber::registry().with(lines).with(statements))
    }

    /// A runtime on whose threads everything is said to `dispatch`.
    pub fn runtime(dispatch: Dispatch) -> Runtime {
        Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .on_thread_start(move || {
                // The thread logs here for as long as it lives.
                std::mem::forget(tracing::dispatcher::set_default(&dispatch));
            })
            .build()
            .expect("a runtime")
    }

    /// The lines with this `event`.
    pub fn with(&self, event: &str) -> Vec<Line> {
        let lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines
            .iter()
            .filter(|line| line.event == event)
            .cloned()
            .collect()
    }

    /// Returns the first line with this `event`, as soon as there is one.
    pub async fn waits_for(&self, event: &str) -> Line {
        loop {
            let grown = self.grown.notified();
            if let Some(line) = self.with(event).into_iter().next() {
                return line;
            }
            grown.await;
        }
    }

    /// The errors.
    pub fn errors(&self) -> Vec<Line> {
        let lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines
            .iter()
            .filter(|line| line.level == Level::ERROR)
            .cloned()
            .collect()
    }
}

impl fmt::Display for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines.iter().try_for_each(|line| writeln!(f, "  {line}"))
    }
}

impl<S: Subscriber> Layer<S> for Log {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut line = Line {
            level: *event.metadata().level(),
            event: event.metadata().target().to_owned(),
            fields: String::new(),
        };
        event.record(&mut line);
        self.lines
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(line);
        self.grown.notify_waiters();
    }
}

impl Visit for Line {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "event" {
            value.clone_into(&mut self.event);
        } else {
            self.fields += &format!(" {}={value}", field.name());
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.record_str(field, &format!("{value:?}"));
    }
}
