//! Transcripts: a conversation as a page that reads like Discord and needs no network, as plain text, and as JSON.
//!
//! Takes values and gives bytes: reads no store and no disk. What a member gets has no notes and no former versions.

mod html;

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::messages::{Attachment, Message};
use super::register::Conversation;
use super::values::{Format, Reader, Sender};
use crate::model::Timestamp;

/// All that is known of a conversation.
#[derive(Clone, Debug)]
pub struct History {
    /// It.
    pub conversation: Conversation,
    /// Its messages in order.
    pub lines: Vec<Line>,
    /// Names by which its people are shown: of who asked, of its category, of the guild.
    pub names: Names,
}

/// A message with what belongs to it.
#[derive(Clone, Debug)]
pub struct Line {
    /// It.
    pub message: Message,
    /// What it said before, the oldest first.
    pub before: Vec<String>,
    /// The files with it, with their bytes where there is room for them in the page.
    pub files: Vec<(Attachment, Option<Vec<u8>>)>,
}

/// What is shown for ids.
#[derive(Clone, Debug)]
pub struct Names {
    /// The guild.
    pub guild: String,
    /// The category.
    pub category: String,
}

/// The words of a transcript that stand between the messages, in the guild's language.
#[derive(Clone, Debug)]
pub struct Labels {
    /// `Ticket 12`.
    pub title: String,
    /// `edited`.
    pub edited: String,
    /// `deleted`.
    pub deleted: String,
    /// `note`.
    pub note: String,
    /// `staff`.
    pub staff: String,
    /// `bytes not kept`.
    pub lost: String,
    /// The language's code, for the page.
    pub language: &'static str,
}

/// The transcript for `reader` in a format.
pub fn render(history: &History, labels: &Labels, reader: Reader, format: Format) -> Vec<u8> {
    let lines: Vec<&Line> = history
        .lines
        .iter()
        .filter(|line| is_for(&line.message, reader))
        .collect();
    match format {
        Format::Html => html::page(history, &lines, labels, reader).into_bytes(),
        Format::Text => text(history, &lines, labels, reader).into_bytes(),
        Format::Json => to_json(history, &lines, reader).to_string().into_bytes(),
    }
}

fn is_for(message: &Message, reader: Reader) -> bool {
    reader == Reader::Staff || message.sender_type != Sender::Note
}

/// `2026-11-20 12:00:00 UTC`.
fn clock(at: Timestamp) -> String {
    at.to_utc().format("%Y-%m-%d %H:%M:%S UTC").to_string()
}

/// What is added to a name or a time: that it is staff, that it was edited.
fn marks<'a>(message: &Message, labels: &'a Labels) -> Vec<&'a str> {
    let mut marks: Vec<&str> = Vec::new();
    match message.sender_type {
        Sender::Agent => marks.push(&labels.staff),
        Sender::Note => marks.push(&labels.note),
        Sender::User | Sender::System => {}
    }
    if message.edited_at.is_some() {
        marks.push(&labels.edited);
    }
    if message.deleted_at.is_some() {
        marks.push(&labels.deleted);
    }
    marks
}

fn text(history: &History, lines: &[&Line], labels: &Labels, reader: Reader) -> String {
    let conversation = &history.conversation;
    let mut text = format!(
        "{} · {}\n{} · {}\n",
        labels.title, conversation.subject, history.names.guild, history.names.category
    );
    for answer in conversation.answered() {
        let _ = writeln!(text, "{} {}", answer.question, answer.answer);
    }
    for line in lines {
        let message = &line.message;
        let marks = marks(message, labels);
        let marks = match marks.is_empty() {
            true => String::new(),
            false => format!(" ({})", marks.join(", ")),
        };
        let _ = writeln!(
            text,
            "\n[{}] {}{marks}\n{}",
            clock(message.created_at),
            message.sender_name,
            message.content
        );
        if reader == Reader::Staff {
            for before in &line.before {
                let _ = writeln!(text, "  < {before}");
            }
        }
        for (file, _) in &line.files {
            let _ = writeln!(text, "{}", file_line(file, labels));
        }
    }
    text
}

fn file_line(file: &Attachment, labels: &Labels) -> String {
    match &file.sha256 {
        Some(sha256) => format!("  + {} ({} B, sha256 {sha256})", file.name, file.size),
        None => format!("  + {} ({} B, {})", file.name, file.size, labels.lost),
    }
}

fn to_json(history: &History, lines: &[&Line], reader: Reader) -> Value {
    let conversation = &history.conversation;
    let messages: Vec<Value> = lines
        .iter()
        .map(|line| {
            let message = &line.message;
            let files: Vec<Value> = line
                .files
                .iter()
                .map(|(file, _)| {
                    json!({
                        "name": file.name, "media_type": file.media_type, "size": file.size, "sha256": file.sha256,
                    })
                })
                .collect();
            let mut value = json!({
                "id": message.id,
                "sender": message.sender,
                "sender_name": message.sender_name,
                "sender_type": message.sender_type,
                "content": message.content,
                "created_at": message.created_at,
                "edited_at": message.edited_at,
                "deleted_at": message.deleted_at,
                "discord": message.discord,
                "attachments": files,
            });
            if reader == Reader::Staff {
                value["before"] = json!(line.before);
            }
            value
        })
        .collect();
    json!({
        "id": conversation.id,
        "number": conversation.number,
        "guild": history.names.guild,
        "category": history.names.category,
        "user": conversation.user,
        "agent": conversation.agent,
        "subject": conversation.subject,
        "status": conversation.status,
        "created_at": conversation.created_at,
        "answers": conversation.answered(),
        "messages": messages,
    })
}

#[cfg(test)]
mod tests;
