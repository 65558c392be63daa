//! Warnings: what moderators write down about members, and what follows from it.

mod case;
mod commands;
mod escalation;
mod points;
mod posts;
pub mod register;
pub mod rules;

use crate::discord::Cog;
use crate::store::Registers;

pub use register::Warnings;

/// The cog's manifest.
pub fn cog() -> Cog {
    Cog {
        name: "warnings",
        commands: commands::all(),
        registers: Registers::default().with::<Warnings>(),
        listeners: Vec::new(),
        ..Cog::default()
    }
}
