//! What people write besides plain messages: posts with files, replies, edits, deletions.

use greffier::sandbox::{Draft, MessageView, Place, Pointed};

use super::people::Person;
use super::{PATIENCE, plain};

impl Person<'_> {
    /// Posts in a place what the bot is not to answer: a text, or a [`Draft`] with files.
    #[track_caller]
    pub fn posts(&self, place: &str, draft: impl Into<Draft>) -> MessageView {
        let place = Place::from(place);
        let said = self.town.sandbox.says(&self.name, &place, draft);
        let id = self.heard("a post", self.town.wait(said));
        self.points_at(id)
    }

    /// Answers a message where it stands; returns the bot's answer to that.
    #[track_caller]
    pub fn replies(&self, to: impl Into<Pointed>, draft: impl Into<Draft>) -> String {
        let replied = self.town.sandbox.replies(&self.name, to, draft, PATIENCE);
        plain(&self.heard("a reply", self.town.wait(replied)).text)
    }

    /// The message that they mean: `Pointed::By("sam".into())`, `Pointed::Saying("words".into())`, or an id.
    #[track_caller]
    pub fn points_at(&self, message: impl Into<Pointed>) -> MessageView {
        let found = self.town.sandbox.points_at(&self.name, message);
        self.heard("a message", found)
    }

    /// Changes the text of a message of their own.
    #[track_caller]
    pub fn edits(&self, message: &MessageView, text: &str) {
        let place = Place::Id(message.channel);
        let edited = self
            .town
            .sandbox
            .edits(&self.name, &place, message.id, text);
        self.heard(text, self.town.wait(edited));
    }

    /// Deletes a message, their own or another's.
    #[track_caller]
    pub fn deletes(&self, message: &MessageView) {
        let place = Place::Id(message.channel);
        let deleted = self
            .town
            .sandbox
            .deletes_message(&self.name, &place, message.id);
        self.heard("deleting", self.town.wait(deleted));
    }
}
