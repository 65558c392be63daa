//! A raid: many sent out, banned or silenced at once after one look and one confirmation; messages cleared, a channel slowed.
//!
//! Each member gets a case, and those of one order are a batch; what is done to channels has a register of its own.

mod channels;
mod commands;
pub mod register;
pub mod rules;

use futures::future::BoxFuture;

use crate::discord::{Cog, Press};
use crate::model::Rejection;
use crate::store::Registers;

pub use register::ChannelActs;

/// The cog's manifest.
pub fn cog() -> Cog {
    let mut commands = commands::all();
    commands.extend(channels::all());
    Cog {
        name: "raid",
        commands,
        registers: Registers::default().with::<ChannelActs>(),
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
