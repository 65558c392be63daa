//! What people in the guild would see happen, as values that read as one line each.

use std::fmt;

use serde::Serialize;

use super::clock::iso;
use super::state::World;
use super::state::message::Message;
use super::view::{ChannelChange, MessageView};

/// Something that became visible.
#[derive(Clone, Debug, Serialize, PartialEq)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum Visible {
    /// A new message.
    Said(MessageView),
    /// A message changed; the view is the new one.
    Edited(MessageView),
    /// A message is gone; the view is the old one.
    Deleted(MessageView),
    /// A deferred answer: "is thinking…".
    Thinking {
        place: String,
        dm_with: Option<String>,
        author: String,
        only_for: Option<String>,
    },
    /// A modal opened for someone.
    ModalOpened {
        who: String,
        title: String,
        fields: Vec<String>,
    },
    /// Choices offered while someone types.
    Suggested {
        who: String,
        choices: Vec<String>,
    },
    /// A timeout, to its end in Unix milliseconds.
    TimedOut {
        who: String,
        until_ms: i64,
        reason: Option<String>,
    },
    /// A timeout was lifted, or lapsed.
    TimeoutOver {
        who: String,
    },
    Kicked {
        who: String,
        reason: Option<String>,
    },
    Banned {
        who: String,
        reason: Option<String>,
    },
    Unbanned {
        who: String,
    },
    Left {
        who: String,
    },
    Joined {
        who: String,
    },
    RolesChanged {
        who: String,
        gained: Vec<String>,
        lost: Vec<String>,
    },
    Renamed {
        who: String,
        nick: Option<String>,
    },
    ChannelMade {
        name: String,
    },
    ChannelGone {
        name: String,
    },
    /// Settings or permissions of a channel or thread.
    ChannelChanged {
        name: String,
        changes: Vec<ChannelChange>,
    },
    /// Someone is in a thread now.
    ThreadEntered {
        who: String,
        name: String,
    },
    /// Someone is no longer in a thread.
    ThreadLeft {
        who: String,
        name: String,
    },
    RoleMade {
        name: String,
    },
    RoleGone {
        name: String,
    },
}

impl fmt::Display for Visible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Visible::Said(message) => write!(f, "{message}"),
            Visible::Edited(message) => write!(f, "{message} (edited)"),
            Visible::Deleted(message) => write!(
                f,
                "{} {}'s message was deleted",
                message.place, message.author
            ),
            Visible::Thinking {
                place,
                author,
                only_for,
                ..
            } => match only_for {
                Some(who) => write!(f, "{place} {author} (only {who} sees this): is thinking…"),
                None => write!(f, "{place} {author}: is thinking…"),
            },
            Visible::ModalOpened { who, title, fields } => {
                write!(
                    f,
                    "a form opens for {who}: {title} [{}]",
                    fields.join("] [")
                )
            }
            Visible::Suggested { who, choices } => {
                write!(f, "{who} is offered: {}", choices.join(" | "))
            }
            Visible::TimedOut {
                who,
                until_ms,
                reason,
            } => {
                let until = iso(*until_ms);
                write!(
                    f,
                    "{who} is timed out until {} {} UTC{}",
                    &until[..10],
                    &until[11..19],
                    because(reason)
                )
            }
            Visible::TimeoutOver { who } => write!(f, "{who} is no longer timed out"),
            Visible::Kicked { who, reason } => write!(f, "{who} was kicked{}", because(reason)),
            Visible::Banned { who, reason } => write!(f, "{who} was banned{}", because(reason)),
            Visible::Unbanned { who } => write!(f, "{who} was unbanned"),
            Visible::Left { who } => write!(f, "{who} left"),
            Visible::Joined { who } => write!(f, "{who} joined"),
            Visible::RolesChanged { who, gained, lost } => {
                let gained = gained.iter().map(|role| format!("+{role}"));
                let changes: Vec<String> = gained
                    .chain(lost.iter().map(|role| format!("-{role}")))
                    .collect();
                write!(f, "{who}'s roles changed: {}", changes.join(" "))
            }
            Visible::Renamed {
                who,
                nick: Some(nick),
            } => write!(f, "{who} is now called {nick}"),
            Visible::Renamed { who, nick: None } => write!(f, "{who} no longer has a nickname"),
            Visible::ChannelMade { name } => write!(f, "{name} was created"),
            Visible::ChannelGone { name } => write!(f, "{name} was deleted"),
            Visible::ChannelChanged { name, changes } => {
                let changes: Vec<String> = changes.iter().map(ToString::to_string).collect();
                write!(f, "{name} was changed: {}", changes.join(", "))
            }
            Visible::ThreadEntered { who, name } => write!(f, "{who} is now in {name}"),
            Visible::ThreadLeft { who, name } => write!(f, "{who} is no longer in {name}"),
            Visible::RoleMade { name } => write!(f, "the role {name} was created"),
            Visible::RoleGone { name } => write!(f, "the role {name} was deleted"),
        }
    }
}

fn because(reason: &Option<String>) -> String {
    reason
        .as_ref()
        .map_or_else(String::new, |reason| format!(" ({reason})"))
}

impl World {
    pub(crate) fn show_said(&self, message: &Message) {
        self.show(|world| Visible::Said(MessageView::of(world, message)));
    }

    /// Says whose timeout ended between `before_ms` and now, when the clock was moved.
    pub(crate) fn show_lapsed_timeouts(&self, before_ms: i64) {
        let now = self.now();
        for guild in self.guilds.values() {
            for member in guild.members.values() {
                if member.is_timed_out(before_ms) && !member.is_timed_out(now) {
                    self.show(|world| Visible::TimeoutOver {
                        who: world.handle(member.user),
                    });
                }
            }
        }
    }
}
