//! Discord's documents, prepared for checking, with validators built when first needed.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, Registry, ValidationError, Validator};
use serde_json::{Value, json};

/// The documents by which a value can be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Book {
    /// The HTTP document, loosened as requests need it.
    Requests,
    /// The HTTP document as published.
    Answers,
    /// The gateway's types.
    Gateway,
}

/// The documents.
pub(crate) struct Documents {
    /// The HTTP document, for looking up operations.
    pub(crate) http: Value,
    /// Where the definition of each dispatch is, by event name.
    pub(crate) dispatches: HashMap<String, String>,
    registries: HashMap<Book, Registry>,
    validators: Mutex<HashMap<(Book, String), Arc<Validator>>>,
}

impl Documents {
    pub(crate) fn read(folder: &Path) -> Self {
        let read = |name: &str| -> Value {
            let text = fs::read_to_string(folder.join(name))
                .expect("the contract's documents can be read");
            serde_json::from_str(&text).expect("the contract's documents are JSON")
        };
        let http = read("openapi.json");
        let gateway = read("gateway.schema.json");
        let mut requests = http.clone();
        loosen(&mut requests);
        let registry = |draft: Draft, document: &Value| {
            let resource = draft.create_resource(document.clone());
            Registry::options()
                .draft(draft)
                .build([("urn:book", resource)])
                .expect("the document is a schema")
        };
        let registries = HashMap::from([
            (Book::Requests, registry(Draft::Draft202012, &requests)),
            (Book::Answers, registry(Draft::Draft202012, &http)),
            (Book::Gateway, registry(Draft::Draft7, &gateway)),
        ]);
        Self {
            dispatches: dispatches(&gateway),
            http,
            registries,
            validators: Mutex::default(),
        }
    }

    /// What is wrong with a value by the schema at a pointer of a document: pointers and words.
    pub(crate) fn judge(&self, book: Book, pointer: &str, value: &Value) -> Vec<(String, String)> {
        let validator = self.validator(book, pointer);
        let mut found = Vec::new();
        for error in validator.iter_errors(value) {
            narrowed(&error, &mut found);
        }
        found
    }

    fn validator(&self, book: Book, pointer: &str) -> Arc<Validator> {
        let mut validators = self
            .validators
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let build = || {
            let draft = if book == Book::Gateway {
                Draft::Draft7
            } else {
                Draft::Draft202012
            };
            let options = jsonschema::options()
                .with_draft(draft)
                .with_registry(self.registries[&book].clone())
                .should_validate_formats(true)
                .should_ignore_unknown_formats(true);
            let schema = json!({"$ref": format!("urn:book#{}", encoded(pointer))});
            Arc::new(
                options
                    .build(&schema)
                    .unwrap_or_else(|error| panic!("{book:?}{pointer}: {error}")),
            )
        };
        Arc::clone(
            validators
                .entry((book, pointer.to_owned()))
                .or_insert_with(build),
        )
    }
}

/// In a `$ref`, what is not a letter of a URI stands percent-encoded.
fn encoded(pointer: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/_-.~".contains(&byte);
    pointer
        .bytes()
        .map(|byte| {
            if plain(byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

/// Requests may carry a string where an integer stands and a number for an id, and `oneOf` is meant as
/// `anyOf`.
fn loosen(value: &mut Value) {
    match value {
        Value::Object(map) => {
            if let Some(choices) = map.remove("oneOf") {
                map.insert("anyOf".to_owned(), choices);
            }
            let kinds = match map.get("type") {
                Some(_) if map.get("format") == Some(&json!("snowflake")) => {
                    Some(json!(["integer", "string"]))
                }
                Some(Value::String(kind)) if kind == "integer" => {
                    Some(json!(["integer", "string"]))
                }
                Some(Value::Array(kinds)) if kinds.contains(&json!("integer")) => {
                    Some(kinds.iter().cloned().chain([json!("string")]).collect())
                }
                _ => None,
            };
            if let Some(kinds) = kinds {
                map.insert("type".to_owned(), kinds);
            }
            map.values_mut().for_each(loosen);
        }
        Value::Array(list) => list.iter_mut().for_each(loosen),
        _ => {}
    }
}

fn dispatches(gateway: &Value) -> HashMap<String, String> {
    let definitions = gateway["definitions"]
        .as_object()
        .expect("the gateway's document has definitions");
    let named = |(name, definition): (&String, &Value)| {
        let event = definition.pointer("/properties/t/const")?.as_str()?;
        definition.pointer("/properties/d")?;
        Some((event.to_owned(), format!("/definitions/{name}")))
    };
    definitions.iter().filter_map(named).collect()
}

/// Follows a choice that failed into the branch that came nearest, so that the pointer says where.
fn narrowed(error: &ValidationError<'_>, found: &mut Vec<(String, String)>) {
    if let ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } =
        error.kind()
    {
        let nearest = context
            .iter()
            .filter(|branch| !branch.is_empty())
            .min_by_key(|branch| weight(branch, error.instance_path().as_str()));
        if let Some(branch) = nearest {
            branch.iter().for_each(|inner| narrowed(inner, found));
            return;
        }
    }
    let mut what = error.to_string();
    if what.len() > 300 {
        let cut = what
            .char_indices()
            .rev()
            .map(|(index, _)| index)
            .find(|index| *index + 200 < what.len())
            .unwrap_or(0);
        what = format!("…{}", &what[cut..]);
    }
    found.push((error.instance_path().to_string(), what));
}

/// A branch whose discriminator (`type`, a constant) fits is nearer than one with fewer errors. A choice
/// within the branch weighs as much as the nearest of its own branches.
fn weight(branch: &[ValidationError<'_>], base: &str) -> usize {
    let of_error = |error: &ValidationError<'_>| match error.kind() {
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            context
                .iter()
                .map(|inner| weight(inner, base))
                .min()
                .unwrap_or(1)
        }
        ValidationErrorKind::Constant { .. }
        | ValidationErrorKind::Enum { .. }
        | ValidationErrorKind::Type { .. } => {
            let inside = error
                .instance_path()
                .as_str()
                .strip_prefix(base)
                .unwrap_or_default();
            if inside.trim_start_matches('/').contains('/') {
                1
            } else {
                100
            }
        }
        _ => 1,
    };
    branch.iter().map(of_error).sum()
}
