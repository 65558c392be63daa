//! Accounts: the people and the bot, apart from any guild.

use serde_json::{Value, json};

use crate::sandbox::id::Id;

/// An account.
#[derive(Clone, Debug)]
pub(crate) struct User {
    pub(crate) id: Id,
    /// The lower-case handle, by which the verbs know people.
    pub(crate) username: String,
    pub(crate) global_name: Option<String>,
    pub(crate) bot: bool,
    /// Whether people who share a guild may write a DM; a bot gets 50007 otherwise.
    pub(crate) dms_open: bool,
    /// The language of the member's client, sent with interactions.
    pub(crate) locale: String,
}

impl User {
    /// The account as other accounts see it.
    pub(crate) fn json(&self) -> Value {
        let mut user = json!({
            "id": self.id,
            "username": self.username,
            "discriminator": if self.bot { "1042" } else { "0" },
            "global_name": self.global_name,
            "avatar": null,
            "avatar_decoration_data": null,
            "banner": null,
            "accent_color": null,
            "collectibles": null,
            "primary_guild": null,
            "public_flags": 0,
            "flags": 0,
        });
        if self.bot {
            user["bot"] = Value::Bool(true);
        }
        user
    }

    /// The account as it sees itself.
    pub(crate) fn own_json(&self) -> Value {
        let mut user = self.json();
        user["mfa_enabled"] = Value::Bool(false);
        user["locale"] = json!(self.locale);
        user["verified"] = Value::Bool(true);
        user["email"] = Value::Null;
        user["premium_type"] = json!(0);
        user
    }

    /// The name that clients show.
    pub(crate) fn shown_name(&self) -> &str {
        self.global_name.as_deref().unwrap_or(&self.username)
    }
}
