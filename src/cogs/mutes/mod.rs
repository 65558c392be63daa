//! Mutes: silence for a time, by a timeout of Discord's or by the guild's mute role, that holds until it is over.

mod commands;
mod listeners;
mod menus;
pub mod register;
pub mod rules;
mod setup;
mod watching;

use futures::future::BoxFuture;

use crate::discord::{Cog, Deadline, Press};
use crate::model::Rejection;
use crate::store::Registers;

pub use register::Mutes;

/// The cog's manifest.
pub fn cog() -> Cog {
    let mut commands = commands::all();
    commands.extend(menus::all());
    commands.push(setup::command());
    Cog {
        name: "mutes",
        commands,
        registers: Registers::default().with::<Mutes>(),
        listeners: vec![listeners::listen],
        presses: vec![("mutes", pressed)],
        deadlines: vec![Deadline {
            name: "mutes",
            next: register::next_due,
            run: listeners::attend,
        }],
        ..Cog::default()
    }
}

fn pressed(press: Press<'_>) -> BoxFuture<'_, Result<(), Rejection>> {
    Box::pin(async move {
        match press.arguments().as_slice() {
            ["form", token] => menus::sent(&press, token).await,
            ["list", page] => commands::turn(&press, page).await,
            _ => Ok(()),
        }
    })
}
