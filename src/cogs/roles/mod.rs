//! Roles: the one place that decides which roles a member should have. Mutes, menus, the shop and whoever else gives roles
//! say here that they want one, and until when; what Discord shows follows. It has no commands of its own.
//!
//! A role is taken away only when nobody wants it any more, and only if it was we who gave it.

mod keeping;
mod listeners;
mod plan;
pub mod register;
pub mod rules;

use crate::discord::{Cog, Deadline};
use crate::store::Registers;

pub use plan::{Plan, Steps};
pub use register::{Grant, Roles, Source};
pub use rules::{grant, may_hand_out, put_right, wanted, wants, withdraw};

/// The cog's manifest.
pub fn cog() -> Cog {
    Cog {
        name: "roles",
        registers: Registers::default().with::<Roles>(),
        listeners: vec![listeners::listen],
        performers: vec![("roles", keeping::perform)],
        deadlines: vec![Deadline {
            name: "roles",
            next: rules::next_expiry,
            run: keeping::expire,
        }],
        ..Cog::default()
    }
}
