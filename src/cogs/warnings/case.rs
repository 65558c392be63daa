//! What goes into a warning and what comes out of it: the values that rules and posts share.

use serde::{Deserialize, Serialize};

use crate::cogs::settings::Consequence;
use crate::model::{GuildId, Locale, Standing, Timestamp};

/// The longest reason, in characters: it must fit a field of an embed (Discord: 1024) with room to spare.
pub(super) const LONGEST_REASON: usize = 900;

/// Where a moderator acts: the guild, themselves, the bot, and the language of a guild that chose none.
#[derive(Clone, Debug)]
pub struct Scene {
    /// The guild.
    pub guild: GuildId,
    /// Its name, for messages that leave it.
    pub guild_name: String,
    /// Who acts.
    pub actor: Standing,
    /// Where the bot stands.
    pub greffier: Standing,
    /// The language where the guild has set none.
    pub locale: Locale,
}

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
