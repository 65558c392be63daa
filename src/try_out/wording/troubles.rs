//! Why somebody could not do something, in the words of the reader's own client.

use super::Client;
use crate::model::{Text, nearest};
use crate::sandbox::{Flaw, Pointed, Trouble};
use crate::text;

impl Client<'_> {
    /// Why somebody could not do something. What Discord's own API says is left in its words, and marked as such.
    pub(in crate::try_out) fn explains(&self, trouble: &Trouble) -> String {
        self.say(&explained(trouble))
    }
}

/// Every kind is named, so that a new one has to be worded.
fn explained(trouble: &Trouble) -> Text {
    match trouble {
        Trouble::NobodyCalled(name) => text!("try-trouble-nobody", name = &**name),
        Trouble::NotInGuild(name) => text!("try-trouble-not-here", name = &**name),
        Trouble::InGuildAlready(name) => text!("try-trouble-here-already", name = &**name),
        Trouble::IsBanned(name) => text!("try-trouble-banned", name = &**name),
        Trouble::NoSuchPlace(name, places) => no_place(name, places),
        Trouble::NoSuchGuild(name) => text!("try-trouble-no-guild", name = &**name),
        Trouble::NoSuchMessage(message) => no_message(message),
        Trouble::NoSuchRole(name) => text!("try-trouble-no-role", name = &**name),
        Trouble::Refused(words) => text!("try-trouble-discord", words = &**words),
        Trouble::NoSuchCommand(name, commands) => no_command(name, commands),
        Trouble::NoSuchOption(typed, options) => no_option(typed, options),
        Trouble::NoSuchSubcommand(names) => {
            text!("try-trouble-subcommand", names = names.join(", "))
        }
        Trouble::BadOption(name, wrong) => {
            text!("try-trouble-option", name = &**name, flaw = flaw(wrong))
        }
        Trouble::MayNotUse(who, command, place) => text!(
            "try-trouble-may-not",
            who = &**who,
            command = &**command,
            place = &**place
        ),
        Trouble::ThreadArchived(who) => text!("try-trouble-archived", who = &**who),
        Trouble::NoSuchControl(label, who) => {
            text!("try-trouble-no-control", label = &**label, who = &**who)
        }
        Trouble::SwitchedOff(name) => text!("try-trouble-off", name = &**name),
        Trouble::IsLink(name) => text!("try-trouble-link", name = &**name),
        Trouble::MenuTakes(least, most) => menu_takes(*least, *most),
        Trouble::PickedTwice => Text::new("try-trouble-picked-twice"),
        Trouble::NotInMenu(value) => text!("try-trouble-not-in-menu", value = &**value),
        Trouble::NoForm(name) => text!("try-trouble-no-form", name = &**name),
        Trouble::NoSuchField(name) => text!("try-trouble-no-field", name = &**name),
        Trouble::BadField(label, wrong) => {
            text!("try-trouble-field", label = &**label, flaw = flaw(wrong))
        }
        Trouble::BotAbsent => Text::new("try-trouble-bot-absent"),
        Trouble::NotAnswered => Text::new("try-trouble-not-answered"),
        Trouble::StillThinking => Text::new("try-trouble-still-thinking"),
        Trouble::NothingHeard => Text::new("try-trouble-nothing-heard"),
    }
}

fn no_place(typed: &str, places: &[String]) -> Text {
    match nearest(typed, places.iter().map(String::as_str)) {
        None => text!("try-trouble-no-place", name = typed),
        Some(near) => text!("try-trouble-no-place-near", name = typed, nearest = near),
    }
}

fn no_command(typed: &str, commands: &[String]) -> Text {
    match nearest(typed, commands.iter().map(String::as_str)) {
        None => text!("try-trouble-no-command", name = typed),
        Some(near) => text!("try-trouble-no-command-near", name = typed, nearest = near),
    }
}

fn no_message(message: &Pointed) -> Text {
    match message {
        Pointed::By(person) => text!("try-trouble-no-message-by", who = &**person),
        Pointed::Saying(words) if words.is_empty() => Text::new("try-trouble-no-message-at-all"),
        Pointed::Saying(words) => text!("try-trouble-no-message-saying", words = &**words),
        Pointed::Id(id) => text!("try-trouble-no-message", id = id.to_string()),
    }
}

fn no_option(typed: &str, options: &[String]) -> Text {
    match options {
        [] => text!("try-trouble-no-options", typed = typed),
        _ => text!(
            "try-trouble-no-option",
            typed = typed,
            options = options.join(", ")
        ),
    }
}

fn menu_takes(least: u64, most: u64) -> Text {
    if least == most {
        text!("try-trouble-menu-takes-just", count = most)
    } else {
        text!("try-trouble-menu-takes", least = least, most = most)
    }
}

fn flaw(flaw: &Flaw) -> Text {
    match flaw {
        Flaw::Missing => Text::new("try-flaw-missing"),
        Flaw::Empty => Text::new("try-flaw-empty"),
        Flaw::NotCompleted => Text::new("try-flaw-not-completed"),
        Flaw::Length(least, most) => text!("try-flaw-length", least = *least, most = *most),
        Flaw::NotWhole => Text::new("try-flaw-not-whole"),
        Flaw::NotNumber => Text::new("try-flaw-not-number"),
        Flaw::NotTruth => Text::new("try-flaw-not-truth"),
        Flaw::NotChoice(names) => text!("try-flaw-not-choice", names = names.join(", ")),
        Flaw::Outside(least, most) => text!(
            "try-flaw-outside",
            least = least.to_string(),
            most = most.to_string()
        ),
        Flaw::TooSmall(least) => text!("try-flaw-too-small", least = least.to_string()),
        Flaw::TooLarge(most) => text!("try-flaw-too-large", most = most.to_string()),
        Flaw::NoChannel(name) => text!("try-flaw-no-channel", name = &**name),
        Flaw::OtherKind(name) => text!("try-flaw-other-kind", name = &**name),
        Flaw::Untypable(kind) => text!("try-flaw-untypable", kind = *kind),
    }
}
