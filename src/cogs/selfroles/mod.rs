//! Self-roles: menus from which members choose their own roles. What follows from a choice is `cogs/roles`' to do.

mod change;
mod commands;
mod listeners;
mod lists;
mod posts;
mod presses;
mod pressing;
pub mod register;
pub mod rules;
mod values;

use crate::discord::Cog;
use crate::store::Registers;

pub use register::{Edit, Selfroles, Style};

/// The cog's manifest.
pub fn cog() -> Cog {
    Cog {
        name: "selfroles",
        commands: commands::all(),
        registers: Registers::default().with::<Selfroles>(),
        listeners: vec![listeners::listen],
        presses: vec![("rolemenu", presses::press)],
        ..Cog::default()
    }
}
