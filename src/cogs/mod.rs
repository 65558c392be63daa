//! What the bot does for a community: one folder a cog, and the list of them.

pub mod settings;
pub mod warnings;
