//! What becomes visible in the local Discord, in the words of the reader's own client.

use crate::i18n::Texts;
use crate::model::{Locale, Text};
use crate::sandbox::{Control, MessageView, Offer, Part, Trouble, Visible};
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

    /// One thing that happened, as this reader sees it.
    pub(super) fn shows(&self, shown: &Visible) -> String {
        match shown {
            Visible::Said(message) => self.message(message),
            Visible::Edited(message) => {
                self.say(&text!("try-edited", message = self.message(message)))
            }
            Visible::Deleted(message) => self.say(&text!(
                "try-deleted",
                place = self.place(&message.place, message.dm_with.as_deref()),
                author = message.author.as_str()
            )),
            Visible::Thinking {
                place,
                dm_with,
                author,
                only_for,
            } => {
                let place = self.place(place, dm_with.as_deref());
                let head = self.head(&place, author, only_for.as_deref());
                format!("{head}{}", self.say(&Text::new("try-thinking")))
            }
            Visible::ModalOpened { who, title, fields } => self.say(&text!(
                "try-form",
                who = who.as_str(),
                title = title.as_str(),
                fields = format!("[{}]", fields.join("] ["))
            )),
            Visible::Suggested { who, choices } => self.say(&text!(
                "try-offered",
                who = who.as_str(),
                choices = choices.join(" | ")
            )),
            _ => self.say(&self.event(shown)),
        }
    }

    /// What happened to members, channels and roles.
    fn event(&self, shown: &Visible) -> Text {
        let because = |reason: &Option<String>| self.because(reason);
        match shown {
            Visible::TimedOut {
                who,
                until_ms,
                reason,
            } => text!(
                "try-timed-out",
                who = who.as_str(),
                until = format!("<t:{}:f>", until_ms / 1000),
                because = because(reason)
            ),
            Visible::TimeoutOver { who } => text!("try-timeout-over", who = who.as_str()),
            Visible::Kicked { who, reason } => {
                text!("try-kicked", who = who.as_str(), because = because(reason))
            }
            Visible::Banned { who, reason } => {
                text!("try-banned", who = who.as_str(), because = because(reason))
            }
            Visible::Unbanned { who } => text!("try-unbanned", who = who.as_str()),
            Visible::Left { who } => text!("try-left", who = who.as_str()),
            Visible::Joined { who } => text!("try-joined", who = who.as_str()),
            Visible::RolesChanged { who, gained, lost } => {
                let gained = gained.iter().map(|role| format!("+{role}"));
                let changes = gained.chain(lost.iter().map(|role| format!("-{role}")));
                let changes = changes.collect::<Vec<_>>().join(" ");
                text!("try-roles", who = who.as_str(), changes = changes)
            }
            Visible::Renamed { who, nick } => match nick {
                Some(nick) => text!("try-renamed", who = who.as_str(), nick = nick.as_str()),
                None => text!("try-nickname-gone", who = who.as_str()),
            },
            Visible::ChannelMade { name } => text!("try-channel-made", name = name.as_str()),
            Visible::ChannelGone { name } => text!("try-channel-gone", name = name.as_str()),
            Visible::ChannelChanged { name, changes } => text!(
                "try-channel-changed",
                name = name.as_str(),
                changes = changes.join(", ")
            ),
            Visible::ThreadEntered { who, name } => {
                text!(
                    "try-thread-entered",
                    who = who.as_str(),
                    name = name.as_str()
                )
            }
            Visible::ThreadLeft { who, name } => {
                text!("try-thread-left", who = who.as_str(), name = name.as_str())
            }
            Visible::RoleMade { name } => text!("try-role-made", name = name.as_str()),
            Visible::RoleGone { name } => text!("try-role-gone", name = name.as_str()),
            _ => Text::verbatim(shown.to_string()),
        }
    }

    fn because(&self, reason: &Option<String>) -> String {
        let reason = reason.as_ref();
        reason.map_or_else(String::new, |reason| format!(" ({reason})"))
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

    /// Why somebody could not do something. What Discord's own API says is left in its words, and marked as such.
    pub(super) fn explains(&self, trouble: &Trouble) -> String {
        self.say(&match trouble {
            Trouble::NobodyCalled(name) => text!("try-trouble-nobody", name = name.as_str()),
            Trouble::NotInGuild(name) => text!("try-trouble-not-here", name = name.as_str()),
            Trouble::InGuildAlready(name) => {
                text!("try-trouble-here-already", name = name.as_str())
            }
            Trouble::IsBanned(name) => text!("try-trouble-banned", name = name.as_str()),
            Trouble::NoSuchPlace(name) => text!("try-trouble-no-place", name = name.as_str()),
            Trouble::NoSuchRole(name) => text!("try-trouble-no-role", name = name.as_str()),
            Trouble::NoSuchCommand(name) => text!("try-trouble-no-command", name = name.as_str()),
            Trouble::MayNotUse(who, what) => {
                text!(
                    "try-trouble-may-not",
                    who = who.as_str(),
                    what = what.as_str()
                )
            }
            Trouble::NoSuchControl(label, who) => {
                text!(
                    "try-trouble-no-control",
                    label = label.as_str(),
                    who = who.as_str()
                )
            }
            Trouble::SwitchedOff(name) => text!("try-trouble-off", name = name.as_str()),
            Trouble::IsLink(name) => text!("try-trouble-link", name = name.as_str()),
            Trouble::NoForm(name) => text!("try-trouble-no-form", name = name.as_str()),
            Trouble::NoSuchField(name) => text!("try-trouble-no-field", name = name.as_str()),
            Trouble::BotAbsent => Text::new("try-trouble-bot-absent"),
            Trouble::NotAnswered => Text::new("try-trouble-not-answered"),
            Trouble::StillThinking => Text::new("try-trouble-still-thinking"),
            Trouble::NothingHeard => Text::new("try-trouble-nothing-heard"),
            other => text!("try-trouble-discord", words = other.to_string()),
        })
    }
}
