//! What listeners are told.

use poise::serenity_prelude as serenity;

use crate::model::Effect;

/// Something that happened on Discord.
pub enum Happening<'a> {
    /// The gateway said so.
    Event {
        /// To answer with.
        ctx: &'a serenity::Context,
        /// What it said.
        event: &'a serenity::FullEvent,
    },
    /// Discord refused an act of the outbox for good.
    Refused {
        /// To look things up with.
        http: &'a serenity::Http,
        /// What was to be done.
        effect: &'a Effect,
        /// Discord's error code (10003 unknown channel, 50001 missing access, 50013 missing permissions, …).
        code: isize,
    },
}
