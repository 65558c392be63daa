//! Settings: what a guild's administrators choose; and `!help`, which speaks their language.

mod commands;
mod help;
mod listeners;
pub mod preferences;
pub mod register;
pub mod rules;
mod setup;
mod values;

use crate::discord::Cog;
use crate::store::Registers;

pub use register::{Consequence, GuildSettings, Setting, Settings, Threshold, of};
pub use rules::{WARNING_DAYS, for_moderator};

/// The cog's manifest.
pub fn cog() -> Cog {
    Cog {
        name: "settings",
        commands: commands::all(),
        registers: Registers::default().with::<Settings>(),
        listeners: vec![listeners::listen],
        presses: vec![("setup", setup::chosen)],
        ..Cog::default()
    }
}
