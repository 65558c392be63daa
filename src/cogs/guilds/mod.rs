//! The guilds that the bot is no longer in: what it keeps of them rests, and goes when nobody came back for it. It has no
//! commands. A guild that Discord can't show for a while (an outage) has not been left.

mod listeners;
pub mod register;
pub mod rules;

use crate::discord::{Cog, Deadline};
use crate::store::Registers;

pub use register::Guilds;

/// The cog's manifest.
pub fn cog() -> Cog {
    Cog {
        name: "guilds",
        registers: Registers::default().with::<Guilds>(),
        listeners: vec![listeners::listen],
        deadlines: vec![Deadline {
            name: "guilds",
            next: register::next_due,
            run: listeners::forget,
        }],
        ..Cog::default()
    }
}
