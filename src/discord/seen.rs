//! What the bot sees of Discord as a whole: how many guilds, how many users.

use std::sync::{Arc, OnceLock};

use poise::serenity_prelude as serenity;

use crate::vault::Census;

/// The gateway's picture of guilds and members, once there is one. Clones share it.
#[derive(Clone, Default)]
pub struct Seen {
    cache: Arc<OnceLock<Arc<serenity::Cache>>>,
    http: Arc<OnceLock<Arc<serenity::Http>>>,
}

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
