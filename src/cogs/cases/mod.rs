//! Cases: the acts of moderation with their numbers, reasons, evidence and log posts; kicks, bans and notes.
//!
//! Warnings and mutes are cogs of their own; their cases are numbered, shown and reworded here.

mod acting;
mod change;
mod commands;
pub mod evidence;
mod kind;
mod listeners;
pub mod offers;
mod posts;
pub mod queries;
pub mod register;
pub mod rules;

use crate::discord::{Cog, Deadline};
use crate::store::Registers;

pub use register::Cases;

/// The cog's manifest.
pub fn cog() -> Cog {
    let mut commands = acting::all();
    commands.extend(commands::all());
    Cog {
        name: "cases",
        commands,
        registers: Registers::default().with::<Cases>(),
        listeners: vec![listeners::listen],
        presses: vec![("cases", listeners::pressed)],
        deadlines: vec![Deadline {
            name: "bans",
            next: queries::next_due,
            run: listeners::lift_due,
        }],
        ..Cog::default()
    }
}
