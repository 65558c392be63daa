//! What listeners are told.

use poise::serenity_prelude as serenity;

use crate::model::{Effect, Made};

/// Something that happened on Discord.
pub enum Happening<'a> {
    /// The gateway said so.
    Event {
        /// To answer with.
        ctx: &'a serenity::Context,
        /// What it said.
        event: &'a serenity::FullEvent,
    },
    /// Discord did an act of the outbox that was enqueued with a tag. An error keeps the act: it is done, and told, again.
    Done {
        /// To look things up with.
        http: &'a serenity::Http,
        /// What was done.
        effect: &'a Effect,
        /// By which the cog knows its own: `<cog>:<what>`.
        tag: &'a str,
        /// What came of it.
        made: Made,
    },
    /// Discord refused an act of the outbox for good.
    Refused {
        /// To look things up with.
        http: &'a serenity::Http,
        /// What was to be done.
        effect: &'a Effect,
        /// The act's tag, if it has one.
        tag: Option<&'a str>,
        /// Discord's error code (10003 unknown channel, 50001 missing access, 50013 missing permissions, …).
        code: isize,
    },
}
