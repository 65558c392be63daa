//! What the bot sees of Discord as a whole: how many guilds, how many users, and in which it is known what happened.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use poise::serenity_prelude as serenity;

use crate::model::GuildId;
use crate::vault::Census;

/// The gateway's picture of guilds and members, once there is one. Clones share it.
#[derive(Clone, Default)]
pub struct Seen {
    cache: Arc<OnceLock<Arc<serenity::Cache>>>,
    http: Arc<OnceLock<Arc<serenity::Http>>>,
    known: Arc<Mutex<BTreeSet<GuildId>>>,
}

/// What is due waits until its guild has come into view, and what happened there meanwhile is known.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the guild is not in view")]
pub struct OutOfView;

impl Seen {
    /// From now on `cache` holds it, and `http` asks for what it has not.
    pub fn through(&self, cache: Arc<serenity::Cache>, http: Arc<serenity::Http>) {
        self.cache.get_or_init(|| cache);
        self.http.get_or_init(|| http);
    }

    /// For what the gateway did not tell; `None` before the connection is made.
    pub fn http(&self) -> Option<Arc<serenity::Http>> {
        self.http.get().cloned()
    }

    /// The gateway's picture; `None` before the connection is made.
    pub fn cache(&self) -> Option<Arc<serenity::Cache>> {
        self.cache.get().cloned()
    }

    /// What happened in a guild while the bot was away is known from now on.
    pub fn know(&self, guild: GuildId) {
        self.known_guilds().insert(guild);
    }

    /// A guild is out of view: it is not known any more what happens there.
    pub fn lose(&self, guild: GuildId) {
        self.known_guilds().remove(&guild);
    }

    /// The guilds of which it is known.
    pub fn known(&self) -> Vec<GuildId> {
        self.known_guilds().iter().copied().collect()
    }

    fn known_guilds(&self) -> MutexGuard<'_, BTreeSet<GuildId>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How large the communities are together; `None` before the gateway told of any.
    pub fn census(&self) -> Option<Census> {
        let cache = self.cache.get()?;
        let guilds = cache.guilds();
        let members = guilds
            .iter()
            .filter_map(|guild| cache.guild(*guild))
            .map(|guild| guild.member_count);
        let users = members.sum();
        (!guilds.is_empty()).then_some(Census {
            guilds: guilds.len() as u64,
            users,
        })
    }
}
