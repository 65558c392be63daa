//! The people of a town and their verbs. Each returns what that person sees, when they see it.

use greffier::sandbox::{Id, InteractionOutcome, MessageView, Place, Trouble};

use super::{PATIENCE, Town, plain};

/// Someone who acts.
#[derive(Clone)]
pub struct Person<'a> {
    pub(super) town: &'a Town,
    pub(super) name: String,
}

/// What a command of the context menu is opened on.
pub struct On(String);

impl From<&str> for On {
    fn from(person: &str) -> On {
        On(person.to_owned())
    }
}

impl From<&Person<'_>> for On {
    fn from(person: &Person<'_>) -> On {
        On(person.name.clone())
    }
}

impl From<&MessageView> for On {
    fn from(message: &MessageView) -> On {
        On(message.id.to_string())
    }
}

impl<'a> Person<'a> {
    pub(super) fn new(town: &'a Town, name: &str) -> Person<'a> {
        Person {
            town,
            name: name.to_owned(),
        }
    }

    /// Their id on Discord.
    pub fn id(&self) -> Id {
        let directory = self.town.sandbox.directory();
        *directory.members.get(&self.name).expect("somebody in town")
    }

    /// Writes in #general; returns the bot's answer to it.
    #[track_caller]
    pub fn says(&self, text: &str) -> String {
        self.says_in("#general", text)
    }

    /// Writes in a channel (`#staff`) or to the bot (`@` and their own name); returns the bot's answer to it.
    #[track_caller]
    pub fn says_in(&self, place: &str, text: &str) -> String {
        plain(&self.asks(place, text).text)
    }

    /// [`Person::says_in`], with the answer as Discord keeps it.
    #[track_caller]
    pub fn asks(&self, place: &str, text: &str) -> MessageView {
        let place = Place::from(place);
        let asked = self.town.sandbox.asks(&self.name, &place, text, PATIENCE);
        self.heard(text, self.town.wait(asked))
    }

    /// Writes in #general what the bot is not to answer.
    #[track_caller]
    pub fn mutters(&self, text: &str) {
        self.mutters_in("#general", text);
    }

    /// [`Person::mutters`], in another place.
    #[track_caller]
    pub fn mutters_in(&self, place: &str, text: &str) {
        let place = Place::from(place);
        let said = self.town.sandbox.says(&self.name, &place, text);
        self.heard(text, self.town.wait(said));
    }

    /// Writes in #general; the bot stays silent, which is known when it has answered the next question.
    #[track_caller]
    pub fn meets_silence(&self, text: &str) {
        let answers = || {
            let messages = self.town.sandbox.messages(&Place::channel("general"));
            let bot = self.town.sandbox.directory().bot;
            let messages = messages.expect("#general exists").into_iter();
            messages.filter(|message| message.author_id == bot).count()
        };
        let before = answers();
        self.mutters(text);
        self.slash("mywarnings");
        assert_eq!(answers(), before + 1, "the bot answered “{text}”");
    }

    /// Uses a slash command in #general: `warn member:@sam reason:spam`; returns what is answered.
    #[track_caller]
    pub fn slash(&self, line: &str) -> String {
        let general = Place::channel("general");
        let used = self.town.sandbox.slash(&self.name, &general, line);
        self.shown(line, self.town.wait(used))
    }

    /// [`Person::slash`], in another place.
    #[track_caller]
    pub fn slash_in(&self, place: &str, line: &str) -> String {
        let place = Place::from(place);
        let used = self.town.sandbox.slash(&self.name, &place, line);
        self.shown(line, self.town.wait(used))
    }

    /// Tries a slash command that their own client does not let them use; returns what the client says.
    #[track_caller]
    pub fn cannot_slash(&self, line: &str) -> String {
        let general = Place::channel("general");
        let used = self.town.sandbox.slash(&self.name, &general, line);
        match self.town.wait(used) {
            Ok(outcome) => panic!("/{line} was answered: {outcome:?}"),
            Err(trouble) => trouble.to_string(),
        }
    }

    /// What is offered while they type the option `focused` of a slash command.
    #[track_caller]
    pub fn is_offered(&self, line: &str, focused: &str) -> Vec<String> {
        let general = Place::channel("general");
        let typing = self
            .town
            .sandbox
            .autocomplete(&self.name, &general, line, focused);
        let choices = self.heard(line, self.town.wait(typing));
        choices
            .into_iter()
            .map(|choice| plain(&choice.name))
            .collect()
    }

    /// Presses the button with this label.
    #[track_caller]
    pub fn presses(&self, label: &str) -> String {
        let pressed = self.town.sandbox.clicks(&self.name, label);
        self.shown(label, self.town.wait(pressed))
    }

    /// Presses the button with this label; nothing comes of it, and their client shows no failure either.
    #[track_caller]
    pub fn presses_in_vain(&self, label: &str) {
        let pressed = self.town.sandbox.clicks(&self.name, label);
        match self.heard(label, self.town.wait(pressed)) {
            InteractionOutcome::Acknowledged => {}
            other => panic!("“{label}” was answered: {other:?}"),
        }
    }

    /// Sends the form that is open for them; fields by their label or id.
    #[track_caller]
    pub fn submits(&self, fields: &[(&str, &str)]) -> String {
        let fields: Vec<(String, String)> = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let sent = self.town.sandbox.submits(&self.name, &fields);
        self.shown("the form", self.town.wait(sent))
    }

    /// Opens a command of the context menu on a person (by handle) or on a message.
    #[track_caller]
    pub fn opens_on(&self, command: &str, target: impl Into<On>) -> String {
        let (general, target) = (Place::channel("general"), target.into().0);
        let used = self
            .town
            .sandbox
            .uses(&self.name, &general, command, &target);
        self.shown(command, self.town.wait(used))
    }

    /// Tries a command of the context menu that their client does not offer them; returns what the client says.
    #[track_caller]
    pub fn cannot_open_on(&self, command: &str, target: impl Into<On>) -> String {
        let (general, target) = (Place::channel("general"), target.into().0);
        let used = self
            .town
            .sandbox
            .uses(&self.name, &general, command, &target);
        match self.town.wait(used) {
            Ok(outcome) => panic!("{command} was answered: {outcome:?}"),
            Err(trouble) => trouble.to_string(),
        }
    }

    /// Picks from the menu with this placeholder.
    #[track_caller]
    pub fn picks(&self, menu: &str, values: &[&str]) -> String {
        let picked = self.town.sandbox.picks(&self.name, menu, values);
        self.shown(menu, self.town.wait(picked))
    }

    /// Leaves the guild.
    #[track_caller]
    pub fn leaves(&self) {
        let left = self.town.sandbox.leaves(&self.name);
        self.heard("leaving", self.town.wait(left));
    }

    /// Joins the guild, or comes back.
    #[track_caller]
    pub fn joins(&self) {
        let joined = self.town.sandbox.joins(&self.name);
        self.heard("joining", self.town.wait(joined));
    }

    /// Takes no direct messages any more.
    #[track_caller]
    pub fn closes_dms(&self) {
        self.heard("closing", self.town.sandbox.closes_dms(&self.name));
    }

    /// Sets the language of their client, such as `fr`.
    #[track_caller]
    pub fn speaks(&self, locale: &str) {
        self.heard(locale, self.town.sandbox.speaks(&self.name, locale));
    }

    /// Waits for a direct message with these words.
    #[track_caller]
    pub fn is_told(&self, words: &str) -> String {
        self.town.finds(&format!("@{}", self.name), words)
    }

    /// Their conversation with the bot.
    #[track_caller]
    pub fn dms(&self) -> String {
        self.town.shows(&format!("@{}", self.name))
    }

    /// When their timeout ends, in Unix milliseconds, if they are timed out.
    pub fn timed_out_until(&self) -> Option<i64> {
        self.town.sandbox.member(&self.name)?.timed_out_until_ms
    }

    /// What an interaction came to, as they see it: a message, a form that opens, or nothing at all.
    #[track_caller]
    pub(super) fn shown(&self, what: &str, outcome: Result<InteractionOutcome, Trouble>) -> String {
        match self.heard(what, outcome) {
            InteractionOutcome::Replied(message) | InteractionOutcome::Updated(message) => {
                match &message.only_for {
                    Some(who) => plain(&format!("(only {who}) {}", message.text)),
                    None => plain(&message.text),
                }
            }
            InteractionOutcome::Modal(form) => {
                let labels = form
                    .fields
                    .iter()
                    .map(|field| format!(" [{}]", field.label));
                plain(&format!(
                    "(form) {}{}",
                    form.title,
                    labels.collect::<String>()
                ))
            }
            other => panic!("{what}: no message, but {other:?}"),
        }
    }

    #[track_caller]
    pub(super) fn heard<T>(&self, what: &str, outcome: Result<T, Trouble>) -> T {
        match outcome {
            Ok(outcome) => outcome,
            Err(trouble) => panic!(
                "{}, “{what}”: {trouble}\nlog:\n{}",
                self.name, self.town.log
            ),
        }
    }
}
