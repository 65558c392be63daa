//! What each message asks of a guild's settings, kept in memory and forgotten when the journal says that it changed.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::register::{self, GuildSettings, Settings};
use crate::discord::Preferences;
use crate::model::{GuildId, Locale, Standing};
use crate::store::{CommitSink, JournalRow, Register, Store};

/// The settings of the guilds that spoke lately.
pub struct Remembered {
    store: Store,
    prefix: String,
    locale: Locale,
    guilds: Arc<RwLock<HashMap<GuildId, Arc<GuildSettings>>>>,
}

/// Forgets a guild's settings when a commit changed them.
struct Forget(Arc<RwLock<HashMap<GuildId, Arc<GuildSettings>>>>);

impl Remembered {
    /// With the operator's defaults for guilds that chose nothing.
    pub fn new(store: Store, prefix: String, locale: Locale) -> anyhow::Result<Remembered> {
        let guilds = Arc::default();
        store.attach(Box::new(Forget(Arc::clone(&guilds))))?;
        Ok(Remembered {
            store,
            prefix,
            locale,
            guilds,
        })
    }

    fn of(&self, guild: GuildId) -> Arc<GuildSettings> {
        let known = self
            .guilds
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&guild)
            .cloned();
        if let Some(known) = known {
            return known;
        }
        // Held while reading, so that a change committed meanwhile is forgotten after it was remembered, not before.
        let mut guilds = self.guilds.write().unwrap_or_else(PoisonError::into_inner);
        match self
            .store
            .read_blocking(|reader| register::of(reader, guild))
        {
            Ok(settings) => Arc::clone(guilds.entry(guild).insert_entry(Arc::new(settings)).get()),
            Err(error) => {
                tracing::error!(event = "settings_unreadable", guild = %guild, error = %format!("{error:#}"));
                Arc::default()
            }
        }
    }
}

impl Preferences for Remembered {
    fn prefix(&self, guild: Option<GuildId>) -> String {
        guild
            .and_then(|guild| self.of(guild).prefix.clone())
            .unwrap_or_else(|| self.prefix.clone())
    }

    fn locale(&self, guild: Option<GuildId>) -> Locale {
        guild
            .and_then(|guild| self.of(guild).language)
            .unwrap_or(self.locale)
    }

    fn moderates(&self, guild: GuildId, member: &Standing) -> bool {
        self.of(guild).is_moderator(member)
    }
}

impl CommitSink for Forget {
    fn committed(&mut self, rows: &[JournalRow]) {
        for row in rows.iter().filter(|row| row.register == Settings::NAME) {
            if let Some(guild) = row.guild {
                self.0
                    .write()
                    .unwrap_or_else(PoisonError::into_inner)
                    .remove(&guild);
            }
        }
    }
}
