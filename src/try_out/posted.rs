//! What the bot posted: its files, kept where whoever tries can open them, and what an edit changed.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::session::make_private;
use super::wording::Client;
use crate::sandbox::{Id, MessageView, Sandbox, Visible};

/// How many lines of a text file are worth showing at once.
const LINES_SHOWN: usize = 12;
/// How many lines a message has at most whose edit is shown whole.
const SHORT: usize = 4;

/// What messages said when they were last shown.
#[derive(Debug, Default)]
pub(super) struct Posted(HashMap<Id, String>);

impl Posted {
    /// The line for what became visible. Of a long message that was edited, only the lines that came and went.
    pub(super) fn line(&mut self, shown: &Visible, client: Client<'_>) -> String {
        match shown {
            Visible::Said(message) => {
                self.0.insert(message.id, client.body(message));
            }
            Visible::Edited(message) => {
                let body = client.body(message);
                let before = self.0.insert(message.id, body.clone());
                if let Some(before) = before.filter(|_| body.lines().count() > SHORT) {
                    return client.edited_lines(message, &edited(&before, &body));
                }
            }
            Visible::Deleted(message) => {
                self.0.remove(&message.id);
            }
            _ => {}
        }
        client.shows(shown)
    }
}

/// The lines that went and those that came.
fn edited(before: &str, after: &str) -> String {
    let only = |in_this: &str, not_in: &str, mark: char| -> Vec<String> {
        let others: Vec<&str> = not_in.lines().collect();
        in_this
            .lines()
            .filter(|line| !others.contains(line))
            .map(|line| format!("\n{mark} {line}"))
            .collect()
    };
    let changes = [only(before, after, '-'), only(after, before, '+')];
    changes.concat().concat()
}

/// A file of a post, where it was put, and what is in it if it is a short text.
pub(super) struct Kept {
    pub(super) path: PathBuf,
    pub(super) text: Option<String>,
}

/// Puts the files of a message into `folder`.
///
/// # Errors
/// When one can't be written.
pub(super) fn keep_files(
    message: &MessageView,
    discord: &Sandbox,
    folder: &Path,
) -> anyhow::Result<Vec<Kept>> {
    let mut kept = Vec::new();
    for attachment in &message.attachments {
        let (Some(id), Some(name)) = (attachment["id"].as_str(), attachment["filename"].as_str())
        else {
            continue;
        };
        let Some(bytes) = id.parse().ok().and_then(|id| discord.file(id)) else {
            continue;
        };
        // Of its own folder, since names come again; they have no separators.
        let folder = folder.join(id);
        make_private(&folder)?;
        let path = folder.join(name);
        std::fs::write(&path, &bytes).with_context(|| format!("writing {}", path.display()))?;
        let text = String::from_utf8(bytes).ok();
        let is_plain = !name.ends_with(".html") && !name.ends_with(".json");
        let text = text.filter(|text| is_plain && text.lines().count() <= LINES_SHOWN);
        kept.push(Kept { path, text });
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Texts;
    use crate::model::Locale;
    use crate::sandbox::{Draft, Options, Place};

    async fn town() -> Sandbox {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let started = Sandbox::start(listener.expect("a port"), Options::default()).await;
        started.expect("it starts")
    }

    #[tokio::test]
    async fn of_a_long_message_only_what_changed_is_shown() {
        let discord = town().await;
        let general = Place::channel("general");
        let mut watch = discord.visible();
        let mut posted = Posted::default();
        let texts = Texts::embedded();
        let client = Client {
            texts: &texts,
            locale: Locale::En,
        };
        for (text, edit, shown) in [
            ("one", "two", "#general sam: two (edited)"),
            (
                "a\nb\nc\nd\ne",
                "a\nb\nX\nd\ne",
                "#general sam: (edited)\n- c\n+ X",
            ),
        ] {
            let id = discord.says("sam", &general, text).await.expect("said");
            posted.line(&watch.recv().await.expect("visible"), client);
            let edited = discord.edits("sam", &general, id, edit).await;
            edited.expect("edited");
            let seen = watch.recv().await.expect("visible");
            assert_eq!(posted.line(&seen, client), shown);
        }
        discord.stop().await;
    }

    #[tokio::test]
    async fn files_are_kept_and_short_texts_shown() {
        let discord = town().await;
        let folder = tempfile::tempdir().expect("a folder");
        let long = "line\n".repeat(LINES_SHOWN + 1);
        let draft = Draft::from("look")
            .with("note.txt", "some text")
            .with("long.txt", long.clone())
            .with("page.html", "<p>");
        let general = Place::channel("general");
        let id = discord.says("sam", &general, draft).await.expect("said");
        let message = discord.points_at("sam", id).expect("there");
        let kept = keep_files(&message, &discord, folder.path()).expect("kept");
        let texts: Vec<_> = kept.iter().map(|file| file.text.as_deref()).collect();
        assert_eq!(texts, [Some("some text"), None, None]);
        let read = std::fs::read_to_string(&kept[1].path).expect("readable");
        assert_eq!(read, long);
        discord.stop().await;
    }
}
