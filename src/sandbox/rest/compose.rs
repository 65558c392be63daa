//! Turning a body into a message, for channels, interactions and webhooks alike.

use serde_json::Value;

use super::call::{Call, Upload};
use super::mentions::{self, Allowed};
use crate::sandbox::error::{ApiError, Problems};
use crate::sandbox::form::Form;
use crate::sandbox::id::Id;
use crate::sandbox::limits;
use crate::sandbox::state::World;
use crate::sandbox::state::message::{Message, flag};

/// Characters that a message's content may have, as Discord fixes it for bots.
pub(crate) const CONTENT_MAX: usize = 2_000;

/// Bytes of a file without boosts, as Discord fixes it: 10 MiB.
const FILE_MAX: usize = 10 * 1_024 * 1_024;

/// Files that one message may have.
const FILES_MAX: usize = 10;

impl World {
    /// Applies what a body says to a new or an existing message; keys that are absent change nothing.
    pub(crate) fn apply_body(
        &mut self,
        message: &mut Message,
        call: &Call,
        body: &Value,
    ) -> Result<(), ApiError> {
        let mut form = Form::of(body);
        if form.has("content") {
            message.content = form
                .text("content", 0..=CONTENT_MAX)
                .unwrap_or_default()
                .trim()
                .to_owned();
        }
        if let Some(flags) = form.number("flags", 0..=i64::MAX) {
            let settable =
                flag::SUPPRESS_EMBEDS | flag::SUPPRESS_NOTIFICATIONS | flag::COMPONENTS_V2;
            message.flags =
                message.flags & !flag::SUPPRESS_EMBEDS | flags.unsigned_abs() & settable;
        }
        message.tts |= form.flag("tts").unwrap_or(false);
        if form.has("embeds") {
            message.embeds = limits::embeds(form.list("embeds"), &mut form.problems);
        }
        if form.has("components") {
            let rules = if message.flags & flag::COMPONENTS_V2 == 0 {
                limits::Rules::Classic
            } else {
                limits::Rules::V2
            };
            message.components =
                limits::components(form.list("components"), rules, &mut form.problems);
        }
        let v2 = message.flags & flag::COMPONENTS_V2 != 0;
        if v2 && (!message.content.is_empty() || !message.embeds.is_empty()) {
            let text = "The 'content' and 'embeds' fields cannot be used when using MessageFlags.IS_COMPONENTS_V2";
            form.problems.add(
                "content",
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                text,
            );
        }
        let allowed = Allowed::read(body, &mut form.problems);
        self.attach(message, &call.files, body, &mut form.problems)?;
        form.finish()?;
        mentions::fill(self, message, &allowed);
        Ok(())
    }

    /// Keeps the attachments that the body lists and adds the files that came with it.
    fn attach(
        &mut self,
        message: &mut Message,
        files: &[Upload],
        body: &Value,
        problems: &mut Problems,
    ) -> Result<(), ApiError> {
        let listed = body["attachments"].as_array();
        if let Some(listed) = listed {
            let kept: Vec<&Value> = listed.iter().map(|item| &item["id"]).collect();
            message
                .attachments
                .retain(|attachment| kept.contains(&&attachment["id"]));
        }
        if files.len() + message.attachments.len() > FILES_MAX {
            problems.add(
                "attachments",
                "BASE_TYPE_MAX_LENGTH",
                "Must be 10 or fewer in length.",
            );
        }
        for file in files {
            if file.bytes.len() > FILE_MAX {
                return Err(ApiError::new(413, 40005, "Request entity too large"));
            }
            let about = listed
                .into_iter()
                .flatten()
                .find(|item| Id::from_json(&item["id"]) == Some(Id(file.number)));
            let attachment = self.keep_file(file, about);
            message.attachments.push(attachment);
        }
        Ok(())
    }
}

/// 50006, when nothing would be shown.
pub(crate) fn refuse_empty(message: &Message) -> Result<(), ApiError> {
    if message.is_empty() {
        return Err(ApiError::new(400, 50006, "Cannot send an empty message"));
    }
    Ok(())
}
