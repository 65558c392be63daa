//! Where somebody acts: what every rule of moderation needs to know, without knowing Discord.

use super::{GuildId, Locale, Standing};

/// The guild, who acts there, the bot, and the language of a guild that chose none.
#[derive(Clone, Debug)]
pub struct Scene {
    /// The guild.
    pub guild: GuildId,
    /// Its name, for messages that leave it.
    pub guild_name: String,
    /// Who acts.
    pub actor: Standing,
    /// Where the bot stands.
    pub greffier: Standing,
    /// The language where the guild has set none.
    pub locale: Locale,
}
