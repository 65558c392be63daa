//! The one integration binary: stories, contract tests, crash tests.

mod arrows;
mod birthdays;
mod cli;
mod cli_unwritable;
mod config;
mod contract;
mod control;
mod crash;
mod disk_full;
mod economy;
mod histories;
mod i18n;
mod ledgers;
mod lives;
mod logging;
mod own_data;
mod plans;
mod rebuild;
mod sandbox_rules;
mod schedule;
mod service;
mod store;
mod stories;
mod town;
mod try_out;
mod vault;
