//! What administrators decide about tickets: categories with their forms, limits and hours; panels; the desk as a whole.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::hours::Hours;
use crate::cogs::conversations::Place;
use crate::cogs::settings::GuildSettings;
use crate::model::{ChannelId, RoleId, Standing};

/// How many tickets of a category may be open at once unless the guild says otherwise (Discord's limit for the channels of a
/// category: 50).
pub const MOST_OPEN: u32 = 50;

/// A kind of ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// Its name in commands and ids: short, lower case, without spaces.
    pub key: String,
    /// What people read.
    pub name: String,
    /// What it is for.
    #[serde(default)]
    pub about: String,
    /// Who of the staff sees its tickets; empty: whoever moderates.
    #[serde(default)]
    pub staff: Vec<RoleId>,
    /// Discord's category for its channels.
    #[serde(default)]
    pub parent: Option<ChannelId>,
    /// A channel for each ticket, or a private thread.
    #[serde(default = "channel")]
    pub place: Place,
    /// What a new ticket says first.
    #[serde(default)]
    pub opening: Option<String>,
    /// What is asked before (Discord's limit for a form: 5).
    #[serde(default)]
    pub questions: Vec<String>,
    /// How many may be open at once.
    #[serde(default = "most_open")]
    pub most_open: u32,
    /// How many one member may have open at once.
    #[serde(default = "one")]
    pub most_each: u32,
    /// Seconds between two tickets of one member.
    #[serde(default)]
    pub cooldown: u64,
    /// When somebody is there; absent: always.
    #[serde(default)]
    pub hours: Option<Hours>,
    /// Seconds of silence after which people are warned; 0: never.
    #[serde(default)]
    pub silence: u64,
    /// Seconds after that warning until the ticket closes.
    #[serde(default = "a_day")]
    pub grace: u64,
    /// What becomes of the channel of a closed ticket.
    #[serde(default)]
    pub ending: Ending,
}

fn channel() -> Place {
    Place::Channel
}

fn most_open() -> u32 {
    MOST_OPEN
}

fn one() -> u32 {
    1
}

fn a_day() -> u64 {
    86_400
}

/// What becomes of the channel of a closed ticket. Its history is kept in any case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// It stays, and the member can no longer write there; a thread is locked and put away.
    #[default]
    Lock,
    /// It is deleted.
    Delete,
    /// It moves to this category of Discord's, and the member no longer sees it.
    Archive(ChannelId),
}

impl Category {
    /// A category with nothing decided but its name.
    pub fn new(key: &str, name: &str) -> Category {
        Category {
            key: key.to_owned(),
            name: name.to_owned(),
            about: String::new(),
            staff: Vec::new(),
            parent: None,
            place: Place::Channel,
            opening: None,
            questions: Vec::new(),
            most_open: MOST_OPEN,
            most_each: 1,
            cooldown: 0,
            hours: None,
            silence: 0,
            grace: a_day(),
            ending: Ending::Lock,
        }
    }

    /// Whether `member` answers tickets of this category.
    pub fn is_staff(&self, settings: &GuildSettings, member: &Standing) -> bool {
        if member.administers() {
            return true;
        }
        if self.staff.is_empty() {
            return settings.is_moderator(member);
        }
        self.staff.iter().any(|role| member.roles.contains(role))
    }

    /// Which roles see its tickets.
    pub fn staff_roles(&self, settings: &GuildSettings) -> Vec<RoleId> {
        if self.staff.is_empty() {
            settings.moderator_roles.clone()
        } else {
            self.staff.clone()
        }
    }

    /// Each thing that can be set, and how it is typed.
    pub fn shown(&self) -> Vec<(&'static str, String)> {
        let mentions: Vec<String> = self.staff.iter().map(|role| role.mention()).collect();
        let seconds = |seconds: u64| match seconds {
            0 => String::new(),
            seconds if seconds % 86_400 == 0 => format!("{}d", seconds / 86_400),
            seconds if seconds % 3_600 == 0 => format!("{}h", seconds / 3_600),
            seconds if seconds % 60 == 0 => format!("{}m", seconds / 60),
            seconds => format!("{seconds}s"),
        };
        vec![
            ("name", self.name.clone()),
            ("about", self.about.clone()),
            ("staff", mentions.join(" ")),
            (
                "parent",
                self.parent.map_or_else(String::new, ChannelId::mention),
            ),
            ("place", self.place.word().to_owned()),
            ("opening", self.opening.clone().unwrap_or_default()),
            ("questions", self.questions.join(" | ")),
            ("most_open", self.most_open.to_string()),
            ("most_each", self.most_each.to_string()),
            ("cooldown", seconds(self.cooldown)),
            (
                "hours",
                self.hours
                    .as_ref()
                    .map_or_else(String::new, Hours::to_string),
            ),
            ("silence", seconds(self.silence)),
            ("grace", seconds(self.grace)),
            (
                "ending",
                match self.ending {
                    Ending::Lock => "lock".to_owned(),
                    Ending::Delete => "delete".to_owned(),
                    Ending::Archive(parent) => parent.mention(),
                },
            ),
        ]
    }

    /// The silence before a warning and the grace after it; `None` where tickets are never stale.
    pub fn staleness(&self) -> Option<(Duration, Duration)> {
        (self.silence > 0).then(|| {
            (
                Duration::from_secs(self.silence),
                Duration::from_secs(self.grace),
            )
        })
    }
}

/// A message with buttons or a menu by which tickets are opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panel {
    /// Its number in the guild, from 1.
    pub number: u32,
    /// Where it stands.
    pub channel: ChannelId,
    /// Its heading.
    pub title: String,
    /// The text below.
    pub words: String,
    /// Buttons or a menu.
    pub look: Look,
    /// What can be opened: the categories' keys, in order.
    pub categories: Vec<String>,
}

/// How a panel offers its categories.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Look {
    /// A button each.
    Buttons,
    /// One menu.
    Menu,
}

/// What holds for all tickets of a guild.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desk {
    /// Where transcripts are posted.
    #[serde(default)]
    pub transcripts: Option<ChannelId>,
    /// The zone of working hours; absent: the operator's.
    #[serde(default)]
    pub zone: Option<String>,
}
