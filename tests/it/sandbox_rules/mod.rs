//! The local Discord by itself: that a real library lives in it, and that its rules are Discord's.
//! The tables of who may do what are worked out by hand from Discord's documentation; nothing here
//! goes through our bot.

mod bare_bot;
mod channels;
mod faults;
mod files;
mod gateway;
mod guilds;
mod hierarchy;
mod intents;
mod interactions;
mod limits;
mod menus;
mod moderation;
mod overwrites;
mod people;
mod serenity_bot;
mod threads;
mod typed_commands;
