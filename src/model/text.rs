//! A sentence that is not yet in any language: the key of a text and the values in it.
//!
//! Rules and errors carry a [`Text`]; only the floor that knows the reader turns it into words (`i18n`).

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// The key of a text in `locales/<language>/*.ftl`, with the values that it takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// A Fluent message (`warn-done`) or an attribute of one (`warn.description`).
    pub key: Cow<'static, str>,
    /// The values by the names that the text uses (`{ $member }`).
    pub args: Vec<(Cow<'static, str>, Arg)>,
}

/// A value in a [`Text`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Arg {
    /// Shown as it is. Snowflakes go here: as numbers they would lose their last digits.
    Text(String),
    /// Chooses plural forms.
    Number(i64),
    /// A large number: its digits stand in groups of three, as the reader's language sets them.
    Grouped(i64),
    /// A sentence within the sentence, in the same language.
    Nested(Text),
}

impl Text {
    /// A text without values; [`Text::with`] adds them.
    pub const fn new(key: &'static str) -> Self {
        Self {
            key: Cow::Borrowed(key),
            args: Vec::new(),
        }
    }

    /// A size in the largest unit (SI) that leaves a number of at least 1.
    pub fn size(bytes: u64) -> Self {
        let (key, unit) = match bytes {
            0..1_000 => ("size-bytes", 1),
            1_000..1_000_000 => ("size-kilobytes", 1_000),
            1_000_000..1_000_000_000 => ("size-megabytes", 1_000_000),
            _ => ("size-gigabytes", 1_000_000_000),
        };
        Text::new(key).with("n", bytes / unit)
    }

    /// A text whose key is only known while the program runs (`log-` and an event's name).
    pub fn keyed(key: String) -> Self {
        Self {
            key: Cow::Owned(key),
            args: Vec::new(),
        }
    }

    /// Words that are the same in every language: a reason, a mention, a name.
    pub fn verbatim(words: impl Into<String>) -> Self {
        Self::new("verbatim").with("words", words.into())
    }

    /// Adds the value that the text calls `name`.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((Cow::Borrowed(name), value.into()));
        self
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<i32> for Arg {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u64> for Arg {
    /// For counts. Ids are text.
    fn from(number: u64) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<Text> for Arg {
    fn from(text: Text) -> Self {
        Self::Nested(text)
    }
}

/// `text!("warn-done", member = name, points = 2)`: a [`Text`] with its values, in one line.
#[macro_export]
macro_rules! text {
    ($key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::model::Text::new($key)$(.with(stringify!($name), $value))*
    };
}
