//! Backups: what the owner and the administrators see of saves and archives, and an archive at once.

mod commands;
mod verdict;

use crate::discord::Cog;

/// The cog's manifest.
pub fn cog() -> Cog {
    Cog {
        name: "backups",
        commands: commands::all(),
        ..Cog::default()
    }
}
