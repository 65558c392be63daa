//! What the bot does for a community: one folder a cog, and the list of them.

pub mod backups;
pub mod settings;
pub mod warnings;

use crate::discord::Cog;

/// Every cog of the program, in the order in which `!help` shows them.
pub fn all() -> Vec<Cog> {
    vec![warnings::cog(), settings::cog(), backups::cog()]
}
