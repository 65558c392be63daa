//! A raid: many sent out, banned or silenced at once after one look and one confirmation; messages cleared, a channel slowed.
//!
//! Keeps nothing of its own: each member gets a case, and those of one order are a batch.

mod channels;
mod commands;
pub mod rules;

use futures::future::BoxFuture;

use crate::discord::{Cog, Press};
use crate::model::Rejection;

/// The cog's manifest.
pub fn cog() -> Cog {
    let mut commands = commands::all();
    commands.extend(channels::all());
    Cog {
        name: "raid",
        commands,
        presses: vec![("raid", pressed)],
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
