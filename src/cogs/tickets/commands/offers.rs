//! What is offered while something about tickets is typed: only what the asker may see.

use std::collections::BTreeMap;

use anyhow::Result;
use poise::serenity_prelude as serenity;

use crate::cogs::conversations::{Conversation, Status, look};
use crate::cogs::tickets::{mine, register};
use crate::discord::{Audience, Context, here, locale, scene};
use crate::model::{GuildId, Standing, Text};
use crate::store::Reader;

/// How many choices an autocomplete may offer (Discord's limit).
const MOST_CHOICES: usize = 25;
/// A choice's longest name, in characters (Discord's limit).
const LONGEST_CHOICE: usize = 100;
/// How many of the newest tickets are looked at, and of the asker's own.
const LOOKED_AT: u32 = 100;

/// The keys of the guild's categories, for autocomplete.
pub(super) async fn category_keys(
    ctx: Context<'_>,
    partial: &str,
) -> serenity::CreateAutocompleteResponse {
    let named = |reader: &Reader<'_>, guild| {
        let known = register::categories(reader, guild)?.into_iter();
        Ok(known
            .map(|category| (category.name, category.key))
            .collect())
    };
    choose_of_guild(ctx, partial, named).await
}

/// The names of the prepared answers, for autocomplete.
pub(super) async fn reply_names(
    ctx: Context<'_>,
    partial: &str,
) -> serenity::CreateAutocompleteResponse {
    let named = |reader: &Reader<'_>, guild| {
        let known = register::replies(reader, guild)?.into_iter();
        Ok(known
            .map(|reply| (reply.name.clone(), reply.name))
            .collect())
    };
    choose_of_guild(ctx, partial, named).await
}

/// Those of a guild's names and values that fit what was typed.
async fn choose_of_guild(
    ctx: Context<'_>,
    partial: &str,
    named: impl FnOnce(&Reader<'_>, GuildId) -> Result<Vec<(String, String)>> + Send + 'static,
) -> serenity::CreateAutocompleteResponse {
    let Ok(guild) = here(ctx) else {
        return serenity::CreateAutocompleteResponse::new();
    };
    let known = ctx.data().store.read(move |reader| named(reader, guild));
    choose_from(known.await.unwrap_or_default().into_iter(), partial)
}

/// The guild's panels, for administrators.
pub(super) async fn panels(
    ctx: Context<'_>,
    partial: &str,
) -> serenity::CreateAutocompleteResponse {
    let (Ok(guild), Ok(scene)) = (here(ctx), scene(ctx).await) else {
        return serenity::CreateAutocompleteResponse::new();
    };
    if !scene.actor.administers() {
        return serenity::CreateAutocompleteResponse::new();
    }
    let known = ctx
        .data()
        .store
        .read(move |reader| register::panels(reader, guild))
        .await
        .unwrap_or_default();
    let untitled = ctx.data().say(
        locale(ctx, Audience::Everyone),
        &Text::new("tickets-panel-title"),
    );
    let known = known.into_iter().map(|(panel, _)| {
        let title = match panel.title.is_empty() {
            true => untitled.clone(),
            false => panel.title,
        };
        (panel.number, title)
    });
    choose_number(known, partial)
}

/// The open tickets that the asker may read.
pub(super) async fn open_tickets(
    ctx: Context<'_>,
    partial: &str,
) -> serenity::CreateAutocompleteResponse {
    tickets(ctx, partial, |reader, guild, _| look::active(reader, guild)).await
}

/// The newest closed tickets that the asker may read.
pub(super) async fn closed_tickets(
    ctx: Context<'_>,
    partial: &str,
) -> serenity::CreateAutocompleteResponse {
    tickets(ctx, partial, |reader, guild, actor| {
        let mut newest = newest(reader, guild, actor)?;
        newest.retain(|it| it.status == Status::Closed);
        Ok(newest)
    })
    .await
}

/// The newest tickets that the asker may read, whether they are over or not.
pub(super) async fn readable_tickets(
    ctx: Context<'_>,
    partial: &str,
) -> serenity::CreateAutocompleteResponse {
    tickets(ctx, partial, newest).await
}

/// The newest tickets of the guild and of one member, the newest first.
fn newest(
    reader: &Reader<'_>,
    guild: GuildId,
    actor: &Standing,
) -> anyhow::Result<Vec<Conversation>> {
    let own = look::of_user(reader, guild, actor.user, LOOKED_AT, 0)?;
    let mut newest: BTreeMap<u32, Conversation> =
        own.into_iter().map(|it| (it.number, it)).collect();
    let next = look::next_number(reader, guild)?;
    for number in next.saturating_sub(LOOKED_AT).max(1)..next {
        if let Some(it) = look::find(reader, guild, number)? {
            newest.insert(number, it);
        }
    }
    Ok(newest.into_values().rev().collect())
}

/// Of the tickets that `known` finds, those that the asker may read: what others ask about is not for everyone.
async fn tickets(
    ctx: Context<'_>,
    partial: &str,
    known: impl FnOnce(&Reader<'_>, GuildId, &Standing) -> anyhow::Result<Vec<Conversation>>
    + Send
    + 'static,
) -> serenity::CreateAutocompleteResponse {
    let (Ok(guild), Ok(scene)) = (here(ctx), scene(ctx).await) else {
        return serenity::CreateAutocompleteResponse::new();
    };
    let actor = scene.actor;
    let readable = ctx
        .data()
        .store
        .read(move |reader| {
            let mut readable = Vec::new();
            for ticket in known(reader, guild, &actor)? {
                if mine::may_read(reader, &ticket, &actor)?.is_some() {
                    readable.push((ticket.number, ticket.subject));
                }
            }
            Ok(readable)
        })
        .await
        .unwrap_or_default();
    choose_number(readable.into_iter(), partial)
}

fn choose_number(
    known: impl Iterator<Item = (u32, String)>,
    partial: &str,
) -> serenity::CreateAutocompleteResponse {
    let partial = partial.to_lowercase();
    let choices = known
        .map(|(number, words)| (format!("{number} · {words}"), number))
        .filter(|(shown, _)| shown.to_lowercase().contains(&partial))
        .take(MOST_CHOICES)
        .map(|(shown, number)| {
            let shown: String = shown.chars().take(LONGEST_CHOICE).collect();
            serenity::AutocompleteChoice::new(shown, number)
        });
    serenity::CreateAutocompleteResponse::new().set_choices(choices.collect())
}

fn choose_from(
    known: impl Iterator<Item = (String, String)>,
    partial: &str,
) -> serenity::CreateAutocompleteResponse {
    let partial = partial.to_lowercase();
    let fits = |(name, value): &(String, String)| {
        name.to_lowercase().contains(&partial) || value.contains(&partial)
    };
    let choices = known
        .filter(fits)
        .take(MOST_CHOICES)
        .map(|(name, value)| serenity::AutocompleteChoice::new(name, value));
    serenity::CreateAutocompleteResponse::new().set_choices(choices.collect())
}
