//! Tickets: members ask in a channel of their own, staff answer, and nothing of it is lost. A ticket is a conversation;
//! here is how it looks on Discord.

pub mod arranging;
mod catching_up;
pub mod category;
pub mod choosing;
mod closing;
mod commands;
mod deadlines;
mod ending;
mod files;
pub mod hall;
pub mod hours;
mod listeners;
mod mine;
mod posts;
mod presses;
mod reach;
pub mod register;
pub mod rules;
mod setup;
mod statistics;
mod working;

use crate::discord::{Cog, Deadline};
use crate::store::Registers;

pub use register::Tickets;

/// The cog's manifest.
pub fn cog() -> Cog {
    Cog {
        name: "tickets",
        commands: commands::all(),
        registers: Registers::default().with::<Tickets>(),
        listeners: vec![listeners::listen],
        presses: vec![
            ("tickets", presses::pressed),
            ("ticketsetup", setup::pressed),
        ],
        deadlines: vec![Deadline {
            name: "tickets",
            next: crate::cogs::conversations::look::next_due,
            run: deadlines::run,
        }],
        ..Cog::default()
    }
}
