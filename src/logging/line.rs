//! An event of `tracing` as a sentence with its fields, not yet written anywhere.

use std::fmt;

use serde_json::{Map, Value};
use tracing::field::{Field, Visit};
use tracing::{Event, Level};

use crate::i18n::Texts;
use crate::model::{Arg, Locale, Text};

/// What a line says, before it is fitted to a terminal, a journal or a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// How much it matters.
    pub level: Level,
    /// The event's name, the same in every language; `library` for what others log.
    pub event: String,
    /// The sentence.
    pub message: String,
    /// The event's fields by name; for a library also its `target`.
    pub fields: Map<String, Value>,
}

impl Line {
    /// Reads an event: ours by its name, a library's as it is.
    pub(super) fn of(event: &Event<'_>, texts: &Texts, locale: Locale) -> Self {
        let mut found = Fields::default();
        event.record(&mut found);
        let level = *event.metadata().level();
        let Some(name) = found.event else {
            let mut fields = Map::new();
            fields.insert("target".to_owned(), event.metadata().target().into());
            fields.extend(found.others);
            return Self {
                level,
                event: "library".to_owned(),
                message: found.message.unwrap_or_default(),
                fields,
            };
        };
        let text = Text {
            key: format!("log-{}", name.replace('_', "-")).into(),
            args: found
                .others
                .iter()
                .map(|(name, value)| (name.clone().into(), arg(value)))
                .collect(),
        };
        Self {
            level,
            // A sentence that is missing is a defect (a test forbids it), but never a lost line.
            message: texts
                .try_text(locale, &text)
                .unwrap_or_else(|| name.clone()),
            event: name,
            fields: found.others,
        }
    }
}

fn arg(value: &Value) -> Arg {
    match value {
        Value::Number(number) => match number.as_i64() {
            Some(number) => Arg::Number(number),
            None => Arg::Text(number.to_string()),
        },
        Value::String(text) => Arg::Text(text.clone()),
        other => Arg::Text(other.to_string()),
    }
}

#[derive(Default)]
struct Fields {
    event: Option<String>,
    message: Option<String>,
    others: Map<String, Value>,
}

impl Fields {
    fn keep(&mut self, field: &Field, value: Value) {
        match (field.name(), value) {
            ("event", Value::String(name)) => self.event = Some(name),
            ("message", Value::String(message)) => self.message = Some(message),
            (name, value) => {
                self.others.insert(name.to_owned(), value);
            }
        }
    }
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.keep(field, format!("{value:?}").into());
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.keep(field, value.into());
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.keep(field, value.into());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.keep(field, value.into());
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.keep(field, value.into());
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.keep(field, value.into());
    }
}
