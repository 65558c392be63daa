//! What goes into a warning and what comes out of it: the values that rules and posts share.

use serde::{Deserialize, Serialize};

use crate::cogs::settings::Consequence;
use crate::model::Timestamp;

/// What a warning came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warned {
    /// The case's number.
    pub number: u32,
    /// Its weight.
    pub points: u32,
    /// What counts against the member now.
    pub total: u32,
    /// When it stops counting.
    pub expires: Option<Timestamp>,
    /// What a threshold made of it.
    pub consequence: Outcome,
    /// Whether a direct message is on its way.
    pub told: bool,
}

/// What followed from a warning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// No threshold was reached.
    Nothing,
    /// This happens.
    Happens(Consequence),
    /// This would happen, but the bot's role is not above the member's.
    OutOfReach(Consequence),
}
