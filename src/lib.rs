//! Greffier: a self-hosted Discord bot that runs a community and never loses its records.
//!
//! The floors, from the bottom up: [`model`], [`store`], `vault`, `schedule`, `discord`, `cogs`, `bot`, `app`.
//! Each imports only those below it; `ARCHITECTURE.md` has the map and a test checks the arrows.

pub mod app;
pub mod bot;
pub mod cli;
pub mod cogs;
pub mod config;
pub mod control;
pub mod discord;
pub mod i18n;
pub mod logging;
pub mod model;
pub mod operate;
pub mod sandbox;
pub mod schedule;
pub mod store;
pub mod try_out;
pub mod vault;
