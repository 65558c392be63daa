//! All that is kept about one person, in every register of every guild, as one JSON document.
//!
//! A row is about them if one of its columns is their id: as member, as moderator, as author. Words in which somebody else
//! mentions them are that somebody's.

use anyhow::{Context as _, Result};
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use crate::model::{Timestamp, UserId};
use crate::store::{Registers, Snapshot};

/// What the document holds, and the document.
#[derive(Debug)]
pub struct Export {
    /// How many rows.
    pub rows: usize,
    /// JSON, indented for readers.
    pub document: Vec<u8>,
}

/// Looks through every table, as a save does: off the async threads, on a snapshot, in nobody's way.
///
/// # Errors
/// When a table can't be read.
pub fn of(
    snapshot: &Snapshot,
    registers: &Registers,
    person: UserId,
    now: Timestamp,
) -> Result<Export> {
    let reader = snapshot.reader();
    let id = person.to_string();
    let mut rows = 0;
    let mut kept = Map::new();
    for register in registers.iter() {
        let mut tables = Map::new();
        for table in register.tables() {
            let mut found: Vec<Value> = Vec::new();
            table.stream(&reader, None, &mut |line| {
                let line = std::str::from_utf8(line).context("a row is no text")?;
                // Most rows don't have the digits at all, and need no reading.
                if line.contains(&id) {
                    let row: Value = serde_json::from_str(line)?;
                    if is_about(&row, &id) {
                        found.push(row);
                    }
                }
                Ok(())
            })?;
            rows += found.len();
            if !found.is_empty() {
                tables.insert(table.name.to_owned(), Value::Array(found));
            }
        }
        if !tables.is_empty() {
            kept.insert(register.name().to_owned(), Value::Object(tables));
        }
    }
    let document = json!({
        "person": id,
        "made_at": now.to_utc().to_rfc3339(),
        "bot_version": env!("CARGO_PKG_VERSION"),
        "rows": rows,
        "registers": kept,
    });
    let document = serde_json::to_vec_pretty(&document)?;
    Ok(Export { rows, document })
}

/// Whether some value in it is the person's id, also in a list that a column keeps as JSON text.
fn is_about(value: &Value, id: &str) -> bool {
    match value {
        Value::String(text) if text.starts_with(['[', '{']) => {
            let list: serde_json::Result<&RawValue> = serde_json::from_str(text);
            list.is_ok_and(|_| {
                serde_json::from_str(text).is_ok_and(|value: Value| is_about(&value, id))
            })
        }
        Value::String(text) => text == id,
        Value::Number(number) => number.to_string() == id,
        Value::Array(values) => values.iter().any(|value| is_about(value, id)),
        Value::Object(fields) => fields.values().any(|value| is_about(value, id)),
        Value::Null | Value::Bool(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_about_those_whose_id_stands_in_a_column_and_not_about_those_it_mentions() {
        for (row, expected) in [
            (r#"{"member":"42","reason":"spam"}"#, true),
            (r#"{"account":42,"balance":7}"#, true),
            (r#"{"user":"7","participants":"[\"8\",\"42\"]"}"#, true),
            (r#"{"user":"7","answers":"[{\"by\":\"42\"}]"}"#, true),
            (r#"{"member":"7","reason":"insulted <@42>"}"#, false),
            (r#"{"member":"7","reason":"42"}"#, true),
            (r#"{"member":"421","reason":"[42"}"#, false),
            (r#"{"member":"142","points":4}"#, false),
        ] {
            let row: Value = serde_json::from_str(row).expect("JSON");
            assert_eq!(is_about(&row, "42"), expected, "{row}");
        }
    }
}
