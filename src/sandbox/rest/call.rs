//! A request as handlers see it, whether it came over HTTP from the bot or from a person's verb.

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::request::Parts;
use serde_json::Value;

use crate::sandbox::error::{ApiError, Problems};
use crate::sandbox::id::Id;

/// A request to carry out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Call {
    /// Who asks: the bot, or a person acting by hand.
    pub(crate) actor: Id,
    /// The route's parameters in order.
    pub(crate) params: Vec<String>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) body: Value,
    pub(crate) files: Vec<Upload>,
    /// X-Audit-Log-Reason, decoded.
    pub(crate) reason: Option<String>,
}

/// A file of a multipart body.
#[derive(Clone, Debug)]
pub(crate) struct Upload {
    /// The number in `files[n]`, which the body's `attachments` refer to.
    pub(crate) number: u64,
    pub(crate) name: String,
    pub(crate) content_type: Option<String>,
    pub(crate) bytes: Vec<u8>,
}

/// An answer that is no refusal.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Option<Value>,
}

impl Reply {
    pub(crate) fn json(body: Value) -> Self {
        Self {
            status: 200,
            body: Some(body),
        }
    }

    pub(crate) fn created(body: Value) -> Self {
        Self {
            status: 201,
            body: Some(body),
        }
    }

    pub(crate) fn empty() -> Self {
        Self {
            status: 204,
            body: None,
        }
    }
}

impl Call {
    /// A call by a person, for the verbs.
    pub(crate) fn by(actor: Id, params: &[Id], body: Value) -> Self {
        Self {
            actor,
            params: params.iter().map(Id::to_string).collect(),
            body,
            ..Self::default()
        }
    }

    pub(crate) fn because(mut self, reason: Option<&str>) -> Self {
        self.reason = reason.map(str::to_owned);
        self
    }

    /// The route's parameter as an id.
    pub(crate) fn id(&self, index: usize) -> Result<Id, ApiError> {
        let text = self.text(index);
        text.parse().map_err(|_| {
            let mut problems = Problems::default();
            problems.add(
                "id",
                "NUMBER_TYPE_COERCE",
                format!("Value \"{text}\" is not snowflake."),
            );
            problems
                .finish()
                .err()
                .unwrap_or_else(ApiError::no_such_route)
        })
    }

    /// The route's parameter as text.
    pub(crate) fn text(&self, index: usize) -> &str {
        self.params.get(index).map_or("", String::as_str)
    }

    pub(crate) fn query(&self, key: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value.as_str())
    }

    /// A yes in the query, as the various libraries spell it.
    pub(crate) fn asks_for(&self, key: &str) -> bool {
        matches!(self.query(key), Some("true" | "True" | "1"))
    }

    pub(crate) fn query_id(&self, key: &str) -> Option<Id> {
        self.query(key).and_then(|text| text.parse().ok())
    }

    /// A count in the query between 1 and `most`, as Discord checks it.
    pub(crate) fn limit(&self, default: usize, most: usize) -> Result<usize, ApiError> {
        let Some(text) = self.query("limit") else {
            return Ok(default);
        };
        let number = text.parse().unwrap_or(0);
        let mut problems = Problems::default();
        if number < 1 {
            problems.add(
                "limit",
                "NUMBER_TYPE_MIN",
                "int value should be greater than or equal to 1.",
            );
        } else if number > most {
            problems.add(
                "limit",
                "NUMBER_TYPE_MAX",
                format!("int value should be less than or equal to {most}."),
            );
        }
        problems.finish().map(|()| number)
    }
}

/// Reads query, reason and body.
pub(crate) async fn read(parts: &Parts, body: Body, params: Vec<String>) -> Result<Call, ApiError> {
    let query = parts.uri.query().unwrap_or_default();
    let query = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (
                percent_decoded(&key.replace('+', " ")),
                percent_decoded(&value.replace('+', " ")),
            )
        });
    let mut call = Call {
        params,
        query: query.collect(),
        ..Call::default()
    };
    call.reason = reason(parts)?;
    let content_type = parts
        .headers
        .get("content-type")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if content_type.starts_with("multipart/form-data") {
        let request = Request::from_parts(parts.clone(), body);
        read_multipart(&mut call, request).await?;
        return Ok(call);
    }
    let bytes = to_bytes(body, super::BODY_MAX)
        .await
        .map_err(|_| too_large())?;
    if !bytes.is_empty() {
        call.body = serde_json::from_slice(&bytes).map_err(|_| not_json())?;
    }
    Ok(call)
}

async fn read_multipart(call: &mut Call, request: Request) -> Result<(), ApiError> {
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|_| not_json())?;
    while let Some(field) = form.next_field().await.map_err(|_| not_json())? {
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().map(str::to_owned);
        let content_type = field.content_type().map(str::to_owned);
        let bytes = field.bytes().await.map_err(|_| too_large())?;
        match file_name {
            None if name == "payload_json" => {
                call.body = serde_json::from_slice(&bytes).map_err(|_| not_json())?;
            }
            None => {}
            Some(file_name) => call.files.push(Upload {
                number: file_number(&name).unwrap_or(call.files.len() as u64),
                name: file_name,
                content_type,
                bytes: bytes.to_vec(),
            }),
        }
    }
    Ok(())
}

/// The n of `files[n]`.
fn file_number(field: &str) -> Option<u64> {
    field
        .strip_prefix("files[")?
        .strip_suffix(']')?
        .parse()
        .ok()
}

/// The decoded audit log reason: 1–512 characters.
fn reason(parts: &Parts) -> Result<Option<String>, ApiError> {
    let Some(raw) = parts.headers.get("x-audit-log-reason") else {
        return Ok(None);
    };
    let decoded = percent_decoded(&String::from_utf8_lossy(raw.as_bytes()));
    let mut problems = Problems::default();
    if decoded.chars().count() > 512 {
        problems.too_long("X-Audit-Log-Reason", 512);
    }
    problems.finish()?;
    Ok(Some(decoded).filter(|reason| !reason.is_empty()))
}

pub(crate) fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while index < bytes.len() {
        let hex = text
            .get(index + 1..index + 3)
            .filter(|_| bytes[index] == b'%');
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                index += 3;
            }
            None => {
                decoded.push(bytes[index]);
                index += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

fn not_json() -> ApiError {
    ApiError::new(400, 50109, "The request body contains invalid JSON.")
}

fn too_large() -> ApiError {
    ApiError::new(413, 40005, "Request entity too large")
}
