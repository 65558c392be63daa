//! What becomes visible in the local Discord, in the words of the reader's own client.

mod channels;
mod troubles;

use crate::i18n::Texts;
use crate::model::{Locale, Text};
use crate::sandbox::{Control, MessageView, Offer, Part, Visible, field};
use crate::text;

/// Who reads.
#[derive(Clone, Copy)]
pub(super) struct Client<'a> {
    pub(super) texts: &'a Texts,
    pub(super) locale: Locale,
}

impl Client<'_> {
    fn say(&self, text: &Text) -> String {
        self.texts.text(self.locale, text)
    }

    /// One thing that happened, as this reader sees it. Every kind is named, so that a new one has to be worded.
    pub(super) fn shows(&self, shown: &Visible) -> String {
        let text = match shown {
            Visible::Said(message) => return self.message(message),
            Visible::Thinking {
                place,
                dm_with,
                author,
                only_for,
            } => {
                let place = self.place(place, dm_with.as_deref());
                let head = self.head(&place, author, only_for.as_deref());
                return format!("{head}{}", self.say(&Text::new("try-thinking")));
            }
            Visible::Edited(message) => text!("try-edited", message = self.message(message)),
            Visible::Deleted(message) => self.deleted(message),
            Visible::ModalOpened { who, title, fields } => form(who, title, fields),
            Visible::Suggested { who, choices } => offered(who, choices),
            Visible::TimedOut {
                who,
                until_ms,
                reason,
            } => timed_out(who, *until_ms, reason),
            Visible::TimeoutOver { who } => text!("try-timeout-over", who = &**who),
            Visible::Kicked { who, reason } => because(text!("try-kicked", who = &**who), reason),
            Visible::Banned { who, reason } => because(text!("try-banned", who = &**who), reason),
            Visible::Unbanned { who } => text!("try-unbanned", who = &**who),
            Visible::Left { who } => text!("try-left", who = &**who),
            Visible::Joined { who } => text!("try-joined", who = &**who),
            Visible::RolesChanged { who, gained, lost } => roles(who, gained, lost),
            Visible::Renamed { who, nick } => match nick {
                Some(nick) => text!("try-renamed", who = &**who, nick = &**nick),
                None => text!("try-nickname-gone", who = &**who),
            },
            Visible::ChannelMade { name } => text!("try-channel-made", name = &**name),
            Visible::ChannelGone { name } => text!("try-channel-gone", name = &**name),
            Visible::ChannelChanged { name, changes } => self.channel_changed(name, changes),
            Visible::ThreadEntered { who, name } => {
                text!("try-thread-entered", who = &**who, name = &**name)
            }
            Visible::ThreadLeft { who, name } => {
                text!("try-thread-left", who = &**who, name = &**name)
            }
            Visible::RoleMade { name } => text!("try-role-made", name = &**name),
            Visible::RoleGone { name } => text!("try-role-gone", name = &**name),
        };
        self.say(&text)
    }

    fn deleted(&self, message: &MessageView) -> Text {
        text!(
            "try-deleted",
            place = self.place(&message.place, message.dm_with.as_deref()),
            author = &*message.author
        )
    }

    fn message(&self, message: &MessageView) -> String {
        format!("{}{}", self.message_head(message), self.body(message))
    }

    fn message_head(&self, message: &MessageView) -> String {
        let place = self.place(&message.place, message.dm_with.as_deref());
        self.head(&place, &message.author, message.only_for.as_deref())
    }

    /// What a message says.
    pub(super) fn body(&self, message: &MessageView) -> String {
        let parts: Vec<String> = message.parts.iter().map(|part| self.part(part)).collect();
        parts.join("\n")
    }

    /// Of a message that was edited, only these lines that came and went.
    pub(super) fn edited_lines(&self, message: &MessageView, changes: &str) -> String {
        let head = self.message_head(message);
        self.say(&text!("try-edited-lines", head = head, changes = changes))
    }

    fn head(&self, place: &str, author: &str, only_for: Option<&str>) -> String {
        self.say(&match only_for {
            Some(who) => text!(
                "try-head-private",
                place = place,
                author = author,
                who = who
            ),
            None => text!("try-head", place = place, author = author),
        })
    }

    fn place(&self, place: &str, dm_with: Option<&str>) -> String {
        match dm_with {
            Some(who) => self.say(&text!("try-place-dm", who = who)),
            None => place.to_owned(),
        }
    }

    fn part(&self, part: &Part) -> String {
        match part {
            Part::Line(line) => line.clone(),
            Part::Field { name, value } => {
                let name = self.say(&text!("try-field", name = name.as_str()));
                field(&name, value)
            }
            Part::Thinking => self.say(&Text::new("try-thinking")),
            Part::File { name, bytes } => self.say(&text!(
                "try-attachment",
                name = name.as_str(),
                bytes = *bytes
            )),
            Part::Controls(controls) => {
                let controls: Vec<String> = controls.iter().map(|one| self.control(one)).collect();
                controls.join(" ")
            }
        }
    }

    fn control(&self, control: &Control) -> String {
        let off = match control.is_off {
            true => format!(" {}", self.say(&Text::new("try-control-off"))),
            false => String::new(),
        };
        let label = control.label.clone();
        let Some(offer) = &control.offers else {
            let link = control.link.as_ref();
            let link = link.map_or_else(String::new, |url| format!(" → {url}"));
            return format!("[{}{link}{off}]", label.as_deref().unwrap_or("?"));
        };
        let what = match offer {
            Offer::Options(labels) => labels.join(" | "),
            Offer::Member => self.say(&Text::new("try-offer-member")),
            Offer::Role => self.say(&Text::new("try-offer-role")),
            Offer::MemberOrRole => self.say(&Text::new("try-offer-member-or-role")),
            Offer::Channel => self.say(&Text::new("try-offer-channel")),
        };
        let label = label.unwrap_or_else(|| self.say(&Text::new("try-offer-choose")));
        format!("[{label} ▾ {what}{off}]")
    }
}

fn form(who: &str, title: &str, fields: &[String]) -> Text {
    let fields = format!("[{}]", fields.join("] ["));
    text!("try-form", who = who, title = title, fields = fields)
}

fn offered(who: &str, choices: &[String]) -> Text {
    text!("try-offered", who = who, choices = choices.join(" | "))
}

fn timed_out(who: &str, until_ms: i64, reason: &Option<String>) -> Text {
    let until = format!("<t:{}:f>", until_ms / 1000);
    because(text!("try-timed-out", who = who, until = until), reason)
}

fn roles(who: &str, gained: &[String], lost: &[String]) -> Text {
    let gained = gained.iter().map(|role| format!("+{role}"));
    let changes = gained.chain(lost.iter().map(|role| format!("-{role}")));
    let changes = changes.collect::<Vec<_>>().join(" ");
    text!("try-roles", who = who, changes = changes)
}

fn because(text: Text, reason: &Option<String>) -> Text {
    let reason = reason.as_ref();
    let words = reason.map_or_else(String::new, |reason| format!(" ({reason})"));
    text.with("because", words)
}

#[cfg(test)]
mod tests;
