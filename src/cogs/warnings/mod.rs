//! Warnings: what moderators write down about members, and what follows from it.

mod case;
mod commands;
mod escalation;
mod menus;
mod points;
mod posts;
pub mod register;
pub mod rules;

use futures::future::BoxFuture;

use crate::discord::{Cog, Press};
use crate::model::Rejection;
use crate::store::Registers;

pub use register::Warnings;

/// The cog's manifest.
pub fn cog() -> Cog {
    let mut commands = commands::all();
    commands.extend(menus::all());
    Cog {
        name: "warnings",
        commands,
        presses: vec![("warnings", pressed)],
        registers: Registers::default().with::<Warnings>(),
        listeners: Vec::new(),
        ..Cog::default()
    }
}

fn pressed(press: Press<'_>) -> BoxFuture<'_, Result<(), Rejection>> {
    Box::pin(async move {
        match press.arguments().as_slice() {
            ["form", token] => menus::sent(&press, token).await,
            _ => Ok(()),
        }
    })
}
