//! Warnings: what moderators write down about members, and what follows from it.

pub mod register;
pub mod rules;
