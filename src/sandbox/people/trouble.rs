//! Why a person could not do something, as values that read as a sentence each.

use serde::Serialize;

use super::Pointed;
use crate::sandbox::error::ApiError;

/// Why a person could not do something, in words.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    #[error("there is nobody called {0}")]
    NobodyCalled(String),
    #[error("{0} is not in the guild")]
    NotInGuild(String),
    #[error("{0} is in the guild already")]
    InGuildAlready(String),
    #[error("{0} is banned from the guild")]
    IsBanned(String),
    /// What was typed, and the names of the channels that there are.
    #[error("there is no {0}")]
    NoSuchPlace(String, Vec<String>),
    #[error("there is no guild {0}")]
    NoSuchGuild(String),
    #[error("there is no {0}")]
    NoSuchMessage(Pointed),
    #[error("there is no role called {0}")]
    NoSuchRole(String),
    /// What Discord's own API says, in its words.
    #[error("{0}")]
    Refused(String),
    /// What was typed, and the names of the commands that there are.
    #[error("there is no command /{0}")]
    NoSuchCommand(String, Vec<String>),
    /// What was typed, and the options that there are.
    #[error("“{typed}” is no option; the options are: {list}", typed = .0, list = listed(.1))]
    NoSuchOption(String, Vec<String>),
    #[error("the command goes on with one of: {}", .0.join(", "))]
    NoSuchSubcommand(Vec<String>),
    #[error("the option {0} {1}")]
    BadOption(String, Flaw),
    /// Who, the command, and where.
    #[error("{0} may not use /{1} in {2}")]
    MayNotUse(String, String, String),
    #[error("{0} may not use commands in an archived thread")]
    ThreadArchived(String),
    #[error("there is nothing to press or pick called “{0}” that {1} can see")]
    NoSuchControl(String, String),
    #[error("“{0}” is switched off")]
    SwitchedOff(String),
    #[error("“{0}” is a link; nothing is sent to the bot")]
    IsLink(String),
    /// The fewest and the most values.
    #[error("the menu takes {0} to {1} values")]
    MenuTakes(u64, u64),
    #[error("a value can be picked once")]
    PickedTwice,
    #[error("the menu has no “{0}”")]
    NotInMenu(String),
    #[error("no form is open for {0}")]
    NoForm(String),
    #[error("the form has no field called “{0}”")]
    NoSuchField(String),
    #[error("“{0}” {1}")]
    BadField(String, Flaw),
    #[error("the bot is not connected")]
    BotAbsent,
    #[error("The application did not respond")]
    NotAnswered,
    #[error("the bot is still thinking")]
    StillThinking,
    #[error("the bot wrote nothing")]
    NothingHeard,
}

/// What is wrong with a value that somebody typed: a client says it below the box.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Flaw {
    #[error("is required")]
    Missing,
    #[error("must be filled in")]
    Empty,
    #[error("has no autocompletion")]
    NotCompleted,
    /// The fewest and the most characters.
    #[error("must have {0} to {1} characters")]
    Length(u64, u64),
    #[error("must be a whole number")]
    NotWhole,
    #[error("must be a number")]
    NotNumber,
    #[error("must be true or false")]
    NotTruth,
    #[error("must be one of: {}", .0.join(", "))]
    NotChoice(Vec<String>),
    #[error("must be from {0} to {1}")]
    Outside(f64, f64),
    #[error("must be at least {0}")]
    TooSmall(f64),
    #[error("must be at most {0}")]
    TooLarge(f64),
    #[error("names no channel: {0}")]
    NoChannel(String),
    #[error("cannot be #{0}")]
    OtherKind(String),
    /// Discord's number of an option's type.
    #[error("has type {0}, which cannot be typed here")]
    Untypable(u64),
}

fn listed(names: &[String]) -> String {
    match names {
        [] => "none".to_owned(),
        _ => names.join(", "),
    }
}

impl From<ApiError> for Trouble {
    fn from(error: ApiError) -> Self {
        let details = error
            .errors
            .map_or_else(String::new, |errors| format!(" {errors}"));
        Trouble::Refused(format!("{}{details}", error.message))
    }
}
