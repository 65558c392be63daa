//! What moves on the terminal while work takes longer than a second: a bar where it is known how much there is to do,
//! else a sign that it goes on. Silent where standard error is no terminal.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::i18n::Texts;
use crate::model::{Locale, Text};
use crate::vault::Progress;

/// Work that takes longer than this shows that it goes on.
pub(super) const SHOWN_AFTER: Duration = Duration::from_secs(1);
/// How often it is drawn anew.
const DRAWN_EVERY: Duration = Duration::from_millis(120);

/// A bar on the terminal. Clones draw the same one.
#[derive(Clone)]
pub(super) struct Gauge {
    texts: Arc<Texts>,
    locale: Locale,
    state: Arc<Mutex<State>>,
}

/// What is drawn, and since when there is something to draw.
struct State {
    since: Instant,
    bar: Option<ProgressBar>,
    target: fn() -> ProgressDrawTarget,
    is_closed: bool,
}

impl Gauge {
    /// One on standard error.
    pub(super) fn new(texts: Arc<Texts>, locale: Locale) -> Gauge {
        Gauge::on(texts, locale, ProgressDrawTarget::stderr)
    }

    fn on(texts: Arc<Texts>, locale: Locale, target: fn() -> ProgressDrawTarget) -> Gauge {
        Gauge {
            texts,
            locale,
            state: Arc::new(Mutex::new(State {
                since: Instant::now(),
                bar: None,
                target,
                is_closed: false,
            })),
        }
    }

    /// What work on the files is to report to, so that it is seen here.
    pub(super) fn progress(&self) -> Progress {
        let gauge = self.clone();
        Progress::watched(Arc::new(move |step| match step {
            Some(step) => gauge.show(&step.text(), step.done, step.total),
            // A line of the log may follow at once: the bar must be gone by then.
            None => gauge.clear(),
        }))
    }

    /// So much is done.
    pub(super) fn show(&self, what: &Text, done: u64, total: u64) {
        let mut state = self.lock();
        let words = self.texts.text(self.locale, what);
        let Some(bar) = state.bar(words) else { return };
        if bar.length() != Some(total) {
            bar.set_style(style(
                "{msg} [{bar:30}] {decimal_bytes}/{decimal_total_bytes}",
            ));
            bar.set_length(total);
        }
        bar.set_position(done);
    }

    /// Something goes on, and nobody knows how much there is to do.
    pub(super) fn wait(&self, what: &Text) {
        let mut state = self.lock();
        if state.bar.is_none() {
            state.bar(self.texts.text(self.locale, what));
        }
    }

    /// Nothing is drawn until the next step.
    fn clear(&self) {
        if let Some(bar) = self.lock().bar.take() {
            bar.finish_and_clear();
        }
    }

    /// Nothing is drawn any more.
    pub(super) fn close(&self) {
        self.clear();
        self.lock().is_closed = true;
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The bar with these words, once it has taken long enough.
    fn bar(&mut self, words: String) -> Option<&ProgressBar> {
        if self.is_closed || self.since.elapsed() < SHOWN_AFTER {
            return None;
        }
        let (target, elapsed) = (self.target, self.since.elapsed());
        let bar = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::with_draw_target(None, target()).with_elapsed(elapsed);
            bar.set_style(style("{spinner} {msg} {elapsed}"));
            bar.set_message(words.clone());
            bar.enable_steady_tick(DRAWN_EVERY);
            bar
        });
        if bar.message() != words {
            bar.set_message(words);
        }
        Some(bar)
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template)
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .progress_chars("=> ")
}
