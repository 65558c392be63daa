//! What is offered while a case's number is typed. Cases are for moderators: nobody else is offered any.

use poise::serenity_prelude as serenity;

use super::queries::{self, AnyCase};
use crate::cogs::settings;
use crate::discord::{Audience, Context, here, locale, scene};
use crate::model::Standing;

/// How many choices an autocomplete may offer (Discord's limit).
const MOST_CHOICES: usize = 25;
/// How many of the newest cases are looked at.
const LOOKED_AT: u32 = 100;
/// A choice's longest name (Discord's limit is 100).
const LONGEST_CHOICE: usize = 90;

/// The newest cases whose number begins as typed.
pub(super) async fn recent(
    ctx: Context<'_>,
    partial: &str,
) -> serenity::CreateAutocompleteResponse {
    offered(ctx, partial, |_, _| true).await
}

/// The newest cases that `fits` what the asker can do with them, and whose number begins as typed.
pub async fn offered(
    ctx: Context<'_>,
    partial: &str,
    fits: impl Fn(&AnyCase, &Standing) -> bool + Send,
) -> serenity::CreateAutocompleteResponse {
    let empty = serenity::CreateAutocompleteResponse::new();
    let (Ok(guild), Ok(scene)) = (here(ctx), scene(ctx).await) else {
        return empty;
    };
    let (reader, asker) = (locale(ctx, Audience::Asker), scene.actor.clone());
    let found = ctx
        .data()
        .store
        .read(move |read| {
            if !settings::of(read, guild)?.is_moderator(&asker) {
                return Ok(Vec::new());
            }
            queries::page(read, guild, None, LOOKED_AT, 0)
        })
        .await;
    let found = found.unwrap_or_else(|error| {
        // Autocomplete is a courtesy: without it the number is typed.
        tracing::warn!(event = "autocomplete_failed", error = %format!("{error:#}"));
        Vec::new()
    });
    let choices = found
        .iter()
        .filter(|case| fits(case, &scene.actor))
        .filter(|case| case.number.to_string().starts_with(partial.trim()))
        .take(MOST_CHOICES)
        .map(|case| {
            let kind = ctx.data().say(reader, &case.kind.label());
            let name: String = format!("#{} {kind} — {}", case.number, case.reason)
                .chars()
                .take(LONGEST_CHOICE)
                .collect();
            serenity::AutocompleteChoice::new(name, case.number)
        });
    empty.set_choices(choices.collect())
}
