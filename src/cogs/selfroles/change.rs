//! Everything that can happen to a menu, and how one can be used.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};

use crate::model::{ChannelId, MessageId, RoleId};

/// How a menu is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// A button for each role; each press gives it or takes it back.
    Buttons,
    /// One menu; what is chosen is had, what is not chosen is not.
    Select,
}

impl Style {
    fn name(self) -> &'static str {
        match self {
            Style::Buttons => "buttons",
            Style::Select => "select",
        }
    }
}

impl ToSql for Style {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.name().into())
    }
}

impl FromSql for Style {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let name = value.as_str()?;
        let known = [Style::Buttons, Style::Select].into_iter();
        known
            .into_iter()
            .find(|style| style.name() == name)
            .ok_or(FromSqlError::InvalidType)
    }
}

/// Something happened to a menu.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// A menu was begun. Nobody sees it before it is posted.
    Created {
        /// Its number in its guild, from 1; never given twice.
        number: u32,
        /// Its heading.
        title: String,
        /// How it is used.
        style: Style,
    },
    /// One of its properties is another.
    Edited {
        /// Which menu.
        number: u32,
        /// Which property, and what it is now.
        edit: Edit,
    },
    /// It offers a role, or offers it otherwise than before.
    Offered {
        /// Which menu.
        number: u32,
        /// What.
        role: RoleId,
        /// What stands on its button or line.
        label: String,
        /// For how long it is had, in seconds; absent: for good.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seconds: Option<u64>,
    },
    /// It no longer offers a role.
    Dropped {
        /// Which menu.
        number: u32,
        /// What.
        role: RoleId,
    },
    /// It is to be posted in a channel.
    Sent {
        /// Which menu.
        number: u32,
        /// In which channel.
        channel: ChannelId,
    },
    /// It stands in a channel; Discord said so.
    Posted {
        /// Which menu.
        number: u32,
        /// In which channel.
        channel: ChannelId,
        /// As which message.
        message: MessageId,
    },
    /// Its message is gone, or could not be posted.
    Vanished {
        /// Which menu.
        number: u32,
    },
    /// It is closed for good; who has its roles keeps them.
    Closed {
        /// Which menu.
        number: u32,
    },
}

/// A property of a menu.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", content = "value", rename_all = "snake_case")]
pub enum Edit {
    /// The heading.
    Title(String),
    /// The text below it.
    Text(Option<String>),
    /// How it is used.
    Style(Style),
    /// How many of its roles a member must have, once they have any, and may have at most.
    Choice {
        /// At least; 0: none.
        least: u8,
        /// At most; absent: all.
        most: Option<u8>,
    },
    /// One of these a member must have to use it; empty: none.
    Required(Vec<RoleId>),
    /// Whoever has one of these can't use it.
    Forbidden(Vec<RoleId>),
}
