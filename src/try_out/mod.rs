//! `greffier try`: a local Discord with the bot in it, at a prompt, without a token.
//!
//! This process holds the local Discord and the prompt; the bot is a process of its own, the same that
//! `greffier run` starts, so that it can be killed and come back. Nothing here knows the bot's inside: only its
//! log, its control socket and what becomes visible in Discord.

pub mod line;
mod mistyped;

pub use mistyped::Mistyped;
