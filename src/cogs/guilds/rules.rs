//! What becomes of what is kept of a guild that the bot is no longer in.

use std::time::Duration;

use super::register::{self, Change, Departure, Guilds};
use crate::model::{Effect, GuildId, Locale, Post, Rejection, Text, UserId};
use crate::store::Tx;
use crate::text;

/// How long what is kept of a guild rests after it was left: 30 days.
pub const REST: Duration = Duration::from_secs(30 * 86_400);

/// Who is told of it, and in which language: the bot's owners.
#[derive(Clone, Debug)]
pub struct Told {
    /// The owners.
    pub owners: Vec<UserId>,
    /// The configured language.
    pub locale: Locale,
}

/// The bot is no longer in the order's guild. Nothing goes yet. Returns whether that is news.
pub fn left(
    tx: &mut Tx<'_>,
    guild: GuildId,
    name: Option<String>,
    told: &Told,
) -> Result<bool, Rejection> {
    if register::of(tx, guild)?.is_some() {
        return Ok(false);
    }
    let forget_at = tx.now() + REST;
    let shown = shown(guild, name.as_deref());
    tx.record::<Guilds>(&Change::Left { name, forget_at })?;
    let words = text!(
        "guilds-left-text",
        guild = shown,
        until = forget_at.markup('D')
    );
    tell(tx, told, Text::new("guilds-left-title"), words)?;
    Ok(true)
}

/// The bot is in the order's guild. Returns whether it had been left: then everything is there again.
pub fn returned(tx: &mut Tx<'_>, guild: GuildId) -> Result<bool, Rejection> {
    if register::of(tx, guild)?.is_none() {
        return Ok(false);
    }
    tx.record::<Guilds>(&Change::Returned)?;
    Ok(true)
}

/// The time of the order's guild is over: what is kept of it goes. Returns what was known of its departure; nothing if
/// somebody came back in the meantime.
pub fn forget(
    tx: &mut Tx<'_>,
    guild: GuildId,
    told: &Told,
) -> Result<Option<Departure>, Rejection> {
    let now = tx.now();
    let Some(departure) = register::of(tx, guild)?.filter(|left| left.forget_at <= now) else {
        return Ok(None);
    };
    // The departure goes with everything else.
    tx.forget_guild()?;
    let words = text!(
        "guilds-forgotten-text",
        guild = shown(guild, departure.name.as_deref()),
        left = departure.left_at.markup('D')
    );
    tell(tx, told, Text::new("guilds-forgotten-title"), words)?;
    Ok(Some(departure))
}

fn shown(guild: GuildId, name: Option<&str>) -> String {
    name.map_or_else(|| guild.to_string(), str::to_owned)
}

fn tell(tx: &mut Tx<'_>, told: &Told, title: Text, words: Text) -> Result<(), Rejection> {
    for owner in &told.owners {
        tx.enqueue(&Effect::DirectMessage {
            member: *owner,
            post: Post::new(told.locale, title.clone()).saying(words.clone()),
        })?;
    }
    Ok(())
}
