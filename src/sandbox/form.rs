//! Reading a request body field by field, noting what is wrong the way Discord does.
//! Absent and `null` both read as `None`; [`Form::has`] tells them apart.

use std::ops::RangeInclusive;

use serde_json::{Map, Value};

use super::error::{ApiError, Problems};
use super::id::Id;

/// A body being read.
pub(crate) struct Form<'a> {
    fields: Option<&'a Map<String, Value>>,
    pub(crate) problems: Problems,
}

impl<'a> Form<'a> {
    pub(crate) fn of(body: &'a Value) -> Self {
        Self {
            fields: body.as_object(),
            problems: Problems::default(),
        }
    }

    /// Whether the key is there at all, even as `null`.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.fields.is_some_and(|fields| fields.contains_key(key))
    }

    /// The value, unless absent or `null`.
    pub(crate) fn value(&self, key: &str) -> Option<&'a Value> {
        self.fields
            .and_then(|fields| fields.get(key))
            .filter(|value| !value.is_null())
    }

    pub(crate) fn text(&mut self, key: &str, lengths: RangeInclusive<usize>) -> Option<String> {
        let value = self.value(key)?;
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => {
                self.problems
                    .add(key, "BASE_TYPE_BAD_TYPE", "Could not interpret as string.");
                return None;
            }
        };
        let length = text.chars().count();
        if *lengths.start() == 0 && length > *lengths.end() {
            self.problems.too_long(key, *lengths.end());
        } else if !lengths.contains(&length) {
            self.problems
                .bad_length(key, *lengths.start(), *lengths.end());
        }
        Some(text)
    }

    pub(crate) fn required_text(&mut self, key: &str, lengths: RangeInclusive<usize>) -> String {
        if self.value(key).is_none() {
            self.problems.required(key);
        }
        self.text(key, lengths).unwrap_or_default()
    }

    pub(crate) fn number(&mut self, key: &str, range: RangeInclusive<i64>) -> Option<i64> {
        let value = self.value(key)?;
        let number = value
            .as_i64()
            .or_else(|| value.as_str().and_then(|text| text.parse().ok()));
        let Some(number) = number else {
            let message = format!("Value \"{value}\" is not int.");
            self.problems.add(key, "NUMBER_TYPE_COERCE", message);
            return None;
        };
        if !range.contains(&number) {
            let (code, message) = if number < *range.start() {
                let least = range.start();
                (
                    "NUMBER_TYPE_MIN",
                    format!("int value should be greater than or equal to {least}."),
                )
            } else {
                let most = range.end();
                (
                    "NUMBER_TYPE_MAX",
                    format!("int value should be less than or equal to {most}."),
                )
            };
            self.problems.add(key, code, message);
        }
        Some(number)
    }

    /// A permission bit set: a string of digits, or a number as older clients send.
    pub(crate) fn bits(&mut self, key: &str) -> Option<u64> {
        let value = self.value(key)?;
        let bits = value
            .as_u64()
            .or_else(|| value.as_str().and_then(|text| text.parse().ok()));
        if bits.is_none() {
            let message = format!("Value \"{value}\" is not int.");
            self.problems.add(key, "NUMBER_TYPE_COERCE", message);
        }
        bits
    }

    pub(crate) fn flag(&mut self, key: &str) -> Option<bool> {
        let value = self.value(key)?;
        if !value.is_boolean() {
            self.problems
                .add(key, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.");
        }
        value.as_bool()
    }

    pub(crate) fn id(&mut self, key: &str) -> Option<Id> {
        let value = self.value(key)?;
        let id = Id::from_json(value);
        if id.is_none() {
            let message = format!("Value \"{}\" is not snowflake.", plain(value));
            self.problems.add(key, "NUMBER_TYPE_COERCE", message);
        }
        id
    }

    pub(crate) fn ids(&mut self, key: &str) -> Option<Vec<Id>> {
        let value = self.value(key)?;
        let Some(list) = value.as_array() else {
            self.problems.add(
                key,
                "BASE_TYPE_BAD_TYPE",
                "Only iterables may be used in a ListType",
            );
            return None;
        };
        let mut ids = Vec::with_capacity(list.len());
        for (index, value) in list.iter().enumerate() {
            match Id::from_json(value) {
                Some(id) => ids.push(id),
                None => {
                    let message = format!("Value \"{}\" is not snowflake.", plain(value));
                    self.problems
                        .add(&format!("{key}.{index}"), "NUMBER_TYPE_COERCE", message);
                }
            }
        }
        Some(ids)
    }

    pub(crate) fn list(&self, key: &str) -> Option<&'a Vec<Value>> {
        self.value(key).and_then(Value::as_array)
    }

    pub(crate) fn finish(self) -> Result<(), ApiError> {
        self.problems.finish()
    }
}

/// A value without JSON's quotes, as it stands in Discord's messages.
fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
