//! Settings: what a guild's administrators choose.

pub mod register;
pub mod rules;

pub use register::{Consequence, GuildSettings, Setting, Settings, Threshold};
pub use rules::{WARNING_DAYS, for_moderator};
