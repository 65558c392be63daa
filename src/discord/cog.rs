//! A cog's manifest: what it brings to the program.

use std::sync::Arc;

use anyhow::Result;
use futures::future::BoxFuture;
use poise::serenity_prelude as serenity;

use super::{Command, Deadline, Happening, House, PressHandler};
use crate::model::{Effect, Locale, Rejection};
use crate::store::Registers;

/// Hears of what happens on Discord. It looks at what concerns it and leaves the rest.
pub type Listener =
    for<'a> fn(&'a Arc<House>, &'a Happening<'a>) -> BoxFuture<'a, Result<(), Rejection>>;

/// Does an effect whose right course only its cog knows, from the records as they stand when it is done. Safe to do twice;
/// an error of Discord's comes back as it is, and the outbox tries again where that is worth it.
pub type Performer =
    for<'a> fn(&'a Arc<House>, &'a Arc<serenity::Http>, &'a Effect) -> BoxFuture<'a, Result<()>>;

/// All the wiring that one cog needs.
#[derive(Default)]
pub struct Cog {
    /// The noun of folder, locale keys and register.
    pub name: &'static str,
    /// What members type.
    pub commands: Vec<Command>,
    /// What it keeps.
    pub registers: Registers,
    /// Its sentences in Fluent, by language, when it stands outside the program; those of the program are in `locales/`.
    pub texts: &'static [(Locale, &'static str)],
    /// What it listens to.
    pub listeners: Vec<Listener>,
    /// Its buttons, menus and forms: the name that their ids begin with, and who is handed them.
    pub presses: Vec<(&'static str, PressHandler)>,
    /// What becomes due by itself.
    pub deadlines: Vec<Deadline>,
    /// Which effects it does itself, by [`Effect::name`].
    pub performers: Vec<(&'static str, Performer)>,
}
