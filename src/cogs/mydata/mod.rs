//! A member's own data: all that is kept about them as one file, and the erasure of it. It keeps nothing itself: what there
//! is to export says each register's tables, and what erasing means says each register ([`crate::store::Register`]).

mod commands;
mod erasing;
pub mod export;

use crate::discord::{Cog, Deadline};

/// The cog's manifest.
pub fn cog() -> Cog {
    Cog {
        name: "mydata",
        commands: commands::all(),
        presses: vec![("mydata", erasing::press)],
        deadlines: vec![Deadline {
            name: "erasures",
            next: erasing::next_look,
            run: erasing::look,
        }],
        ..Cog::default()
    }
}
