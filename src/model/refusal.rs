//! The two kinds of "no": what a member can mend, and what failed inside.

use super::Text;

/// What a member can mend: a full sentence in their language, shown to them. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("refused: {}", .0.key)]
pub struct Refusal(pub Text);

impl Refusal {
    /// The refusal whose sentence is the Fluent message `key`.
    pub fn new(key: &'static str) -> Refusal {
        Refusal(Text::new(key))
    }
}

impl From<Text> for Refusal {
    fn from(text: Text) -> Self {
        Refusal(text)
    }
}

/// Why a rule did not come to a commit. In every case nothing was changed by it.
#[derive(Debug, thiserror::Error)]
pub enum Rejection {
    /// The member's to mend.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The same order was carried out before, and what it answered is no longer known.
    #[error("this order was carried out before")]
    AlreadyDone,
    /// Ours to mend.
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}
