//! Greffier: a self-hosted Discord bot that runs a community and never loses its records.
//!
//! `ARCHITECTURE.md` has the map; each module opens with what it is for.

pub mod config;
pub mod i18n;
pub mod logging;
pub mod model;
