//! The application's registered commands, global and per guild.

use serde_json::{Value, json};

use crate::sandbox::id::Id;

/// A registered command.
#[derive(Clone, Debug)]
pub(crate) struct Command {
    pub(crate) id: Id,
    /// None for a global one.
    pub(crate) guild: Option<Id>,
    pub(crate) version: Id,
    /// 1 chat input, 2 user, 3 message.
    pub(crate) kind: u64,
    pub(crate) name: String,
    /// The definition as validated, with Discord's defaults filled in.
    pub(crate) definition: Value,
}

impl Command {
    pub(crate) fn json(&self, application: Id) -> Value {
        let mut json = self.definition.clone();
        json["id"] = json!(self.id);
        json["application_id"] = json!(application);
        json["version"] = json!(self.version);
        if let Some(guild) = self.guild {
            json["guild_id"] = json!(guild);
        }
        json
    }

    /// Whether a client in this language shows it under that name; its first name is always understood.
    pub(crate) fn is_called(&self, name: &str, locale: &str) -> bool {
        self.name == name || self.definition["name_localizations"][locale] == name
    }

    /// The permissions that a member needs, from `default_member_permissions`.
    pub(crate) fn needs(&self) -> Option<u64> {
        self.definition["default_member_permissions"]
            .as_str()
            .and_then(|bits| bits.parse().ok())
    }

    /// Whether it may be called there: 0 guild, 1 the bot's DM.
    pub(crate) fn allows_context(&self, context: u64) -> bool {
        if self.guild.is_some() {
            return context == 0;
        }
        match self.definition["contexts"].as_array() {
            Some(contexts) => contexts
                .iter()
                .any(|allowed| allowed.as_u64() == Some(context)),
            None => context == 0 || self.definition["dm_permission"].as_bool().unwrap_or(true),
        }
    }
}
