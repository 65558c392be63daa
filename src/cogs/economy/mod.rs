//! The economy: coins that are neither made nor lost, and what members do with them.

pub mod account;
pub mod amount;
mod commands;
mod deadlines;
mod pages;
mod presses;
pub mod register;
pub mod rules;

use crate::discord::Cog;
use crate::store::Registers;

pub use register::Economy;

/// The cog's manifest.
pub fn cog() -> Cog {
    Cog {
        name: "economy",
        commands: commands::all(),
        registers: Registers::default().with::<Economy>(),
        listeners: vec![deadlines::listen],
        presses: vec![("economy", presses::pressed)],
        deadlines: deadlines::all(),
        ..Cog::default()
    }
}
