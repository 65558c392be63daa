//! Stories about people in a town: what they do, and what they see. Each refusal has its twin: nothing was changed.

mod backups;
mod by_hand;
mod cases;
mod duels;
mod economy;
pub mod examples;
mod gateway;
mod guilds;
mod help;
mod hierarchy;
mod lockdown;
mod log_channel;
mod mute_role;
mod mutes;
mod mydata;
mod nights;
mod outbox;
mod pace;
mod raid;
mod restores;
mod roles;
mod selfroles;
mod settings;
mod setup;
mod thresholds;
mod tickets;
mod warnings;
