//! Attachments: their bytes, and addresses that are signed and expire, as Discord's do. Whoever keeps an
//! address instead of the bytes loses the file.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::Sandbox;
use super::id::Id;
use super::rest::call::Upload;
use super::state::World;

/// Seconds for which an address is good: a day, as Discord's are.
const LIFE_S: i64 = 86_400;

/// The signed part of an address.
#[derive(Debug, Deserialize)]
pub(crate) struct Signed {
    /// Until when, in hexadecimal Unix seconds.
    #[serde(default)]
    ex: String,
    #[serde(default)]
    hm: String,
}

/// Serves an attachment's bytes while its address is good.
pub(crate) async fn serve(
    State(sandbox): State<Sandbox>,
    Path((_, attachment, _)): Path<(String, String, String)>,
    Query(signed): Query<Signed>,
) -> Response {
    let world = sandbox.shared.world();
    let Some((id, bytes)) = attachment
        .parse()
        .ok()
        .and_then(|id| Some((id, world.files.get(&id)?)))
    else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let until = i64::from_str_radix(&signed.ex, 16).unwrap_or(0);
    if signed.hm != signature(id, until) || until < world.now() / 1_000 {
        return (
            StatusCode::NOT_FOUND,
            "This content is no longer available.",
        )
            .into_response();
    }
    bytes.clone().into_response()
}

impl World {
    /// Keeps a file's bytes; answers the attachment, which [`World::attachment_json`] gives its address.
    pub(crate) fn keep_file(&mut self, file: &Upload, about: Option<&Value>) -> Value {
        let id = self.new_id();
        self.files.insert(id, file.bytes.clone());
        let fits = |c: char| {
            if c.is_alphanumeric() || "._-".contains(c) {
                c
            } else {
                '_'
            }
        };
        let name: String = file.name.chars().map(fits).collect();
        let mut attachment = json!({
            "id": id,
            "filename": name,
            "size": file.bytes.len(),
            "content_type": file.content_type.as_deref().unwrap_or("application/octet-stream"),
        });
        if let Some(description) = about.and_then(|about| about["description"].as_str()) {
            attachment["description"] = json!(description);
        }
        attachment
    }

    /// An attachment with an address that is good from now on.
    pub(crate) fn attachment_json(&self, channel: Id, attachment: &Value) -> Value {
        let id = Id::from_json(&attachment["id"]).unwrap_or_default();
        let name = attachment["filename"].as_str().unwrap_or_default();
        let now = self.now() / 1_000;
        let until = now + LIFE_S;
        let signed = format!("ex={until:x}&is={now:x}&hm={}", signature(id, until));
        let url = format!(
            "{}/attachments/{channel}/{id}/{name}?{signed}",
            self.address
        );
        let mut json = attachment.clone();
        json["proxy_url"] = json!(url);
        json["url"] = json!(url);
        json
    }
}

fn signature(id: Id, until: i64) -> String {
    let digest = Sha256::digest(format!("{id} until {until}"));
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
