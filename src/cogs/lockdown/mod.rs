//! Lockdowns: channels closed to members, for a time or until somebody opens them, with all their exceptions given back.
//!
//! Only writing is closed. What an exception said before is on the disk before it is touched.

mod commands;
mod keeping;
mod listeners;
pub mod plan;
mod posts;
pub mod register;
pub mod rules;
mod sight;
mod wish;

use futures::future::BoxFuture;

use crate::discord::{Cog, Deadline, Press};
use crate::model::Rejection;
use crate::store::Registers;

pub use register::Lockdowns;

/// The cog's manifest.
pub fn cog() -> Cog {
    Cog {
        name: "lockdown",
        commands: commands::all(),
        registers: Registers::default().with::<Lockdowns>(),
        listeners: vec![listeners::listen],
        presses: vec![("lockdown", pressed)],
        deadlines: vec![Deadline {
            name: "lockdowns",
            next: register::next_due,
            run: keeping::open_due,
        }],
        performers: vec![("lock", keeping::perform)],
        ..Cog::default()
    }
}

fn pressed(press: Press<'_>) -> BoxFuture<'_, Result<(), Rejection>> {
    Box::pin(async move {
        match press.arguments().as_slice() {
            [answer, token] => commands::answered(&press, answer, token).await,
            _ => Ok(()),
        }
    })
}
