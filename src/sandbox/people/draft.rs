//! What someone is about to send: text, files, and the message that it answers.

use serde_json::{Value, json};

use super::{MessageId, mentions};
use crate::sandbox::id::Id;
use crate::sandbox::rest::call::{Call, Upload};
use crate::sandbox::state::World;

/// A message before it is sent. A text is one, so that most verbs take either.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    text: String,
    files: Vec<(String, Vec<u8>)>,
    answers: Option<MessageId>,
}

impl From<&str> for Draft {
    fn from(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            ..Self::default()
        }
    }
}

impl From<&String> for Draft {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl Draft {
    /// With a file; its type follows from its name, as in a client.
    pub fn with(mut self, name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.push((name.to_owned(), bytes.into()));
        self
    }

    /// As a reply to another message of the same channel.
    pub fn answering(mut self, message: MessageId) -> Self {
        self.answers = Some(message);
        self
    }

    /// The request that a client makes of it.
    pub(super) fn call(self, world: &World, author: Id, channel: Id) -> Call {
        let mut body = json!({"content": mentions::typed(world, &self.text)});
        if let Some(answered) = self.answers {
            body["message_reference"] = json!({"message_id": answered});
        }
        let mut call = Call::by(author, &[channel], Value::Null);
        call.body = body;
        call.files = (0..)
            .zip(self.files)
            .map(|(number, (name, bytes))| Upload {
                number,
                content_type: Some(content_type(&name).to_owned()),
                name,
                bytes,
            })
            .collect();
        call
    }
}

/// What clients say of a file with this name.
fn content_type(name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending.to_lowercase().as_str() {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "mp4" => "video/mp4",
        "mp3" => "audio/mpeg",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "json" => "application/json; charset=utf-8",
        "html" | "htm" => "text/html; charset=utf-8",
        "txt" | "log" | "md" | "csv" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
