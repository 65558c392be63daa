//! What is wrong in a configuration, and where: for people to mend.

use std::path::PathBuf;

use crate::i18n::Texts;
use crate::model::{Arg, Locale, Text};
use crate::text;

/// Where a mistake stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a file; lines count from 1.
    Line(PathBuf, usize),
    /// The file as a whole (it is not there, it cannot be read).
    File(PathBuf),
    /// In a variable of the environment.
    Variable(String),
    /// In no one place: something that should be somewhere is nowhere.
    Nowhere,
}

/// One mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where it stands.
    pub place: Place,
    /// What is wrong, and what would be right.
    pub what: Text,
}

/// All mistakes of a configuration, in the order of their lines; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistakes(pub Vec<Mistake>);

impl Mistake {
    /// The whole sentence, with its place.
    pub fn text(&self) -> Text {
        let what = Arg::Nested(self.what.clone());
        match &self.place {
            Place::Line(file, line) => text!(
                "config-at-line",
                file = file.display().to_string(),
                line = line.to_string(),
                what = what,
            ),
            Place::File(file) => text!(
                "config-in-file",
                file = file.display().to_string(),
                what = what,
            ),
            Place::Variable(name) => {
                text!("config-in-variable", variable = name.clone(), what = what)
            }
            Place::Nowhere => self.what.clone(),
        }
    }
}

impl Mistakes {
    /// One line for each mistake.
    pub fn lines(&self, texts: &Texts, locale: Locale) -> Vec<String> {
        self.0
            .iter()
            .map(|mistake| texts.text(locale, &mistake.text()))
            .collect()
    }
}

impl From<Mistake> for Mistakes {
    fn from(mistake: Mistake) -> Self {
        Self(vec![mistake])
    }
}
