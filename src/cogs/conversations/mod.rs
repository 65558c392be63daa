//! Conversations: somebody asks, staff answer, and one history keeps both. A ticket on Discord is one.
//!
//! What a conversation is and what may happen to it; not how it looks on Discord (`cogs/tickets`), nor on the web.

mod change;
pub mod desk;
pub mod look;
pub mod messages;
pub mod public_id;
pub mod register;
mod rhythm;
pub mod rules;
pub mod search;
pub mod transcript;
pub mod values;

use crate::discord::Cog;
use crate::store::Registers;

pub use messages::{Message, Messages};
pub use register::{Conversation, Conversations};
pub use rhythm::tell_saved;
pub use values::{
    Answer, Attached, Cause, Copied, Format, Place, Priority, Reader, Sender, Status,
};

/// The cog's manifest: nothing but what is kept.
pub fn cog() -> Cog {
    Cog {
        name: "conversations",
        registers: Registers::default()
            .with::<Conversations>()
            .with::<Messages>(),
        ..Cog::default()
    }
}
