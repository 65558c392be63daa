//! The log that operators read: one line for each event, in their language.
//!
//! Code says *what* happened, `tracing::info!(event = "auto_save_done", cogs = 3)`, without a sentence; the
//! words come from the text `log-auto-save-done` with the event's fields as values. So each line has an
//! `event`, the same in both languages. What a library logs has `event=library`, its target and its own words.
//! No secret that was made known here ever appears in a line, whoever wrote it.

mod line;
mod place;

use std::io::Write as _;
use std::panic;
use std::sync::Arc;

use secrecy::SecretString;
use tracing::{Event, Subscriber};
use tracing_subscriber::filter::EnvFilter;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::config::LogFormat;
use crate::i18n::Texts;
use crate::model::Locale;

pub use line::Line;
pub use place::Shape;

/// What is logged unless `GREFFIER_LOG` says otherwise: all of ours, and the warnings of libraries.
const DEFAULT_FILTER: &str = "warn,greffier=info";

/// How the log is to be written.
pub struct Settings {
    /// The language of the sentences.
    pub locale: Locale,
    /// The shape of a line.
    pub format: LogFormat,
    /// The zone of the times.
    pub timezone: chrono_tz::Tz,
    /// What must never appear.
    pub secrets: Vec<SecretString>,
    /// The value of `GREFFIER_LOG`: a filter in the syntax of `tracing_subscriber::EnvFilter`.
    pub filter: Option<String>,
}

/// Starts logging to standard error, for the whole process; panics are logged from then on.
///
/// # Errors
/// When the process already logs.
pub fn start(texts: Arc<Texts>, settings: Settings) -> anyhow::Result<()> {
    let asked = settings.filter.as_deref().map(EnvFilter::try_new);
    let (filter, wrong) = match asked {
        Some(Ok(filter)) => (filter, None),
        Some(Err(why)) => (EnvFilter::new(DEFAULT_FILTER), Some(why.to_string())),
        None => (EnvFilter::new(DEFAULT_FILTER), None),
    };
    let shape = Shape::of_standard_error(settings.format);
    let layer = LogLayer::new(texts, settings, shape, |line| {
        // A closed standard error must not stop the bot, and there is nowhere else to say it.
        let _ = std::io::stderr().lock().write_all(line.as_bytes());
    });
    tracing_subscriber::registry()
        .with(layer.with_filter(filter))
        .try_init()?;
    panic::set_hook(Box::new(|panic| {
        let what = panic.payload_as_str().unwrap_or("a value that is not text");
        let at = panic
            .location()
            .map(ToString::to_string)
            .unwrap_or_default();
        tracing::error!(event = "panicked", what, at);
    }));
    if let Some(why) = wrong {
        tracing::warn!(event = "log_filter_wrong", why);
    }
    Ok(())
}

/// Turns each event into a line and hands it, with its line feed, to `write`.
pub struct LogLayer<W> {
    texts: Arc<Texts>,
    settings: Settings,
    shape: Shape,
    write: W,
}

impl<W: Fn(&str)> LogLayer<W> {
    /// A layer that writes lines of `shape`; `settings.format` and `settings.filter` are not looked at here.
    pub fn new(texts: Arc<Texts>, settings: Settings, shape: Shape, write: W) -> Self {
        Self {
            texts,
            settings,
            shape,
            write,
        }
    }
}

impl<S, W> Layer<S> for LogLayer<W>
where
    S: Subscriber,
    W: Fn(&str) + 'static,
{
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let line = Line::of(event, &self.texts, self.settings.locale);
        let now = chrono::Utc::now().with_timezone(&self.settings.timezone);
        let mut written = place::written(&line, self.shape, &now);
        place::redact(&mut written, &self.settings.secrets);
        written.push('\n');
        (self.write)(&written);
    }
}
