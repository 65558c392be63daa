//! What moderators did by hand while nobody listened: read from the audit log when a guild comes into view, and heard as if
//! it had just happened.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use poise::serenity_prelude as serenity;

use super::House;
use super::patience::{Verdict, patiently, verdict};
use crate::model::Timestamp;

/// Entries asked for at once (Discord's limit).
const PAGE: u8 = 100;
/// How far our clock and Discord's may lie apart.
const CLOCKS_DIFFER: Duration = Duration::from_secs(60);
/// Snowflakes count milliseconds from here: 2015-01-01 UTC, as Discord fixes it.
const DISCORD_EPOCH: i64 = 1_420_070_400_000;

/// The entries that others than the bot made since it last heard of one; or since the process before this one worked. The
/// oldest comes first. Nothing from before the bot was in the guild.
pub async fn missed(
    house: &Arc<House>,
    ctx: &serenity::Context,
    guild: &serenity::Guild,
) -> Result<Vec<serenity::AuditLogEntry>> {
    let key = note(guild.id);
    let noted = house.store.read(move |reader| reader.note(&key)).await?;
    let since = noted.and_then(|id| id.parse().ok());
    let since = since.or_else(|| house.away.as_ref().map(|away| snowflake(away.start)));
    let Some(since) = since else {
        let at = house.clock().now() - CLOCKS_DIFFER;
        heard_up_to(house, guild.id, snowflake(at)).await?;
        return Ok(Vec::new());
    };
    let joined = snowflake(Timestamp(guild.joined_at.timestamp_millis()));
    let (floor, me) = (since.max(joined), ctx.cache.current_user().id);
    let mut found = Vec::new();
    let mut before = None;
    loop {
        let page = patiently(|| {
            guild
                .id
                .audit_logs(&ctx.http, None, None, before, Some(PAGE))
        });
        let entries = match page.await {
            Ok(page) => page.entries,
            Err(error) if matches!(verdict(&error), Verdict::Final(_)) => {
                tracing::warn!(event = "audit_log_unread", guild = %guild.id, error = %error);
                break;
            }
            Err(error) => return Err(error).context("reading the audit log"),
        };
        let is_last = entries.len() < usize::from(PAGE);
        before = entries.last().map(|entry| entry.id);
        let (new, old): (Vec<_>, Vec<_>) = entries
            .into_iter()
            .partition(|entry| entry.id.get() > floor);
        found.extend(new.into_iter().filter(|entry| entry.user_id != me));
        if is_last || !old.is_empty() {
            break;
        }
    }
    found.sort_by_key(|entry| entry.id);
    Ok(found)
}

/// Remembers that an entry was heard of.
pub async fn heard_of(
    house: &Arc<House>,
    guild: serenity::GuildId,
    entry: serenity::AuditLogEntryId,
) -> Result<()> {
    heard_up_to(house, guild, entry.get()).await
}

async fn heard_up_to(house: &Arc<House>, guild: serenity::GuildId, entry: u64) -> Result<()> {
    let key = note(guild);
    house
        .store
        .operate(move |operations| {
            let known = operations.note(&key)?;
            // Events are heard side by side: an older one may come last.
            if known.and_then(|id| id.parse().ok()) < Some(entry) {
                operations.set_note(&key, Some(&entry.to_string()))?;
            }
            Ok(())
        })
        .await
}

fn note(guild: serenity::GuildId) -> String {
    format!("audit_heard:{guild}")
}

/// The smallest id of that time.
fn snowflake(at: Timestamp) -> u64 {
    u64::try_from(at.0 - DISCORD_EPOCH).unwrap_or_default() << 22
}
