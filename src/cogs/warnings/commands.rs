//! What moderators type: reads arguments, asks the rules, words the reply.

use poise::serenity_prelude as serenity;

use super::points;
use super::posts;
use super::register::{self, Warning};
use super::rules::{self, Outcome, Warned};
use crate::cogs::cases::offers::offered;
use crate::cogs::cases::queries::AnyCase;
use crate::cogs::cases::rules::{Ending, Kind};
use crate::cogs::settings;
use crate::discord::{
    self, Answer, Audience, CaseNumber, Command, Context, embed, here, locale, order, say, scene,
    standing,
};
use crate::model::{GuildId, Post, Refusal, Rejection, Standing, Text, Timestamp, UserId};
use crate::text;

/// How many warnings a list shows: ten fields stay well below an embed's 6000 characters.
const PAGE: u32 = 10;
/// How much of a reason a list shows, in characters.
const SHOWN_REASON: usize = 200;
/// How many choices an autocomplete may offer (Discord's limit).
const MOST_CHOICES: usize = 25;

/// The cog's commands, in the order of `!help`.
pub fn all() -> Vec<Command> {
    vec![
        warn(),
        warnings(),
        unwarn(),
        clearwarnings(),
        warnreason(),
        mywarnings(),
    ]
}

/// Discord wants what is required first, and a message ends with its reason: each way has its own order of arguments.
fn warn() -> Command {
    Command {
        prefix_action: warn_by_message().prefix_action,
        ..warn_by_slash()
    }
}

#[poise::command(slash_command, guild_only, rename = "warn", category = "warnings")]
async fn warn_by_slash(
    ctx: Context<'_>,
    member: serenity::User,
    #[autocomplete = "preset_reasons"] reason: String,
    #[min = 1]
    #[max = 100]
    points: Option<u32>,
) -> Result<(), Rejection> {
    warn_member(ctx, &member, points.unwrap_or(1), reason).await
}

#[poise::command(prefix_command, guild_only)]
async fn warn_by_message(
    ctx: Context<'_>,
    member: serenity::User,
    #[rest] reason: String,
) -> Result<(), Rejection> {
    let (points, reason) = points::split(&reason);
    warn_member(ctx, &member, points, reason).await
}

async fn warn_member(
    ctx: Context<'_>,
    member: &serenity::User,
    points: u32,
    reason: String,
) -> Result<(), Rejection> {
    let scene = scene(ctx).await?;
    let target = discord::member(ctx, member).await?;
    let evidence = crate::cogs::cases::evidence::replied_to(ctx);
    let warned = ctx
        .data()
        .store
        .write(order(ctx), move |tx| {
            rules::warn_about(tx, &scene, &target, points, &reason, evidence)
        })
        .await?
        .value;
    say(
        ctx,
        Audience::Everyone,
        &warned_text(UserId(member.id.get()), &warned),
    )
    .await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "warnings")]
async fn warnings(
    ctx: Context<'_>,
    member: Option<serenity::User>,
    #[min = 1] page: Option<u32>,
) -> Result<(), Rejection> {
    let (guild, actor) = (here(ctx)?, actor(ctx).await?);
    let settings = ctx
        .data()
        .store
        .read(move |reader| settings::register::of(reader, guild))
        .await?;
    if !settings.is_moderator(&actor) {
        return Err(settings::rules::moderators_only().into());
    }
    list(
        ctx,
        Audience::Everyone,
        guild,
        member.map(|user| UserId(user.id.get())),
        page.unwrap_or(1),
    )
    .await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "warnings")]
async fn unwarn(
    ctx: Context<'_>,
    #[autocomplete = "withdrawable"] case: CaseNumber,
) -> Result<(), Rejection> {
    let number = case.0;
    let scene = scene(ctx).await?;
    let warning = ctx
        .data()
        .store
        .write(order(ctx), move |tx| rules::withdraw(tx, &scene, number))
        .await?
        .value;
    let text = text!(
        "warnings-withdrawn",
        number = number,
        member = warning.member.mention()
    );
    say(ctx, Audience::Everyone, &text).await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "warnings")]
async fn clearwarnings(ctx: Context<'_>, member: serenity::User) -> Result<(), Rejection> {
    let scene = scene(ctx).await?;
    let target = discord::member(ctx, &member).await?;
    let numbers = ctx
        .data()
        .store
        .write(order(ctx), move |tx| rules::clear(tx, &scene, &target))
        .await?
        .value;
    let member = UserId(member.id.get()).mention();
    say(
        ctx,
        Audience::Everyone,
        &text!("warnings-cleared", count = numbers.len(), member = member),
    )
    .await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "warnings")]
async fn warnreason(
    ctx: Context<'_>,
    #[autocomplete = "rewordable"] case: CaseNumber,
    #[rest]
    #[autocomplete = "preset_reasons"]
    reason: String,
) -> Result<(), Rejection> {
    let number = case.0;
    let scene = scene(ctx).await?;
    let reworded = reason.clone();
    ctx.data()
        .store
        .write(order(ctx), move |tx| {
            rules::reword(tx, &scene, number, &reworded)
        })
        .await?;
    let text = text!("warnings-reworded", number = number, reason = reason.trim());
    say(ctx, Audience::Everyone, &text).await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "warnings")]
async fn mywarnings(ctx: Context<'_>, #[min = 1] page: Option<u32>) -> Result<(), Rejection> {
    let member = UserId(ctx.author().id.get());
    list(
        ctx,
        Audience::Asker,
        here(ctx)?,
        Some(member),
        page.unwrap_or(1),
    )
    .await
}

async fn actor(ctx: Context<'_>) -> Result<Standing, Rejection> {
    let guild = serenity::GuildId::new(here(ctx)?.0);
    Ok(standing(ctx.serenity_context(), guild, ctx.author()).await?)
}

/// The warnings that the asker can take back.
async fn withdrawable(ctx: Context<'_>, partial: &str) -> serenity::CreateAutocompleteResponse {
    offered(ctx, partial, |case, actor| {
        is_open_to(case, actor) && case.ending != Some(Ending::Withdrawn)
    })
    .await
}

/// The warnings that the asker can give another reason.
async fn rewordable(ctx: Context<'_>, partial: &str) -> serenity::CreateAutocompleteResponse {
    offered(ctx, partial, is_open_to).await
}

/// Nobody but an administrator changes what was said of themselves.
fn is_open_to(case: &AnyCase, actor: &Standing) -> bool {
    case.kind == Kind::Warning && (case.member != actor.user || actor.administers())
}

async fn preset_reasons(ctx: Context<'_>, partial: &str) -> serenity::CreateAutocompleteResponse {
    let reasons = match here(ctx) {
        Ok(guild) => {
            ctx.data()
                .store
                .read(move |reader| settings::register::of(reader, guild))
                .await
        }
        Err(_) => Ok(settings::GuildSettings::default()),
    };
    let mut reasons = reasons
        .map(|settings| settings.reasons)
        .unwrap_or_else(|error| {
            // Autocomplete is a courtesy: without it the reason is typed.
            tracing::warn!(event = "autocomplete_failed", error = %format!("{error:#}"));
            Vec::new()
        });
    if reasons.is_empty() {
        let defaults = ctx.data().say(
            locale(ctx, Audience::Everyone),
            &Text::new("warnings-preset-reasons"),
        );
        reasons = defaults.split(" | ").map(str::to_owned).collect();
    }
    let partial = partial.to_lowercase();
    let choices = reasons
        .into_iter()
        .filter(|reason| reason.to_lowercase().contains(&partial))
        .take(MOST_CHOICES)
        .map(|reason| serenity::AutocompleteChoice::new(reason.clone(), reason));
    serenity::CreateAutocompleteResponse::new().set_choices(choices.collect())
}

pub(super) fn warned_text(member: UserId, warned: &Warned) -> Text {
    let done = text!(
        "warnings-warned",
        member = member.mention(),
        number = warned.number,
        points = warned.points,
        total = warned.total
    );
    match &warned.consequence {
        Outcome::Nothing => done,
        Outcome::Happens(consequence) => text!(
            "warnings-warned-and",
            done = done,
            consequence = posts::consequence_text(consequence)
        ),
        Outcome::OutOfReach(consequence) => text!(
            "warnings-warned-but",
            done = done,
            consequence = posts::consequence_text(consequence)
        ),
    }
}

async fn list(
    ctx: Context<'_>,
    audience: Audience,
    guild: GuildId,
    member: Option<UserId>,
    page: u32,
) -> Result<(), Rejection> {
    let offset = page.saturating_sub(1).saturating_mul(PAGE);
    let now = ctx.data().clock().now();
    let (total, points, warnings) = ctx
        .data()
        .store
        .read(move |reader| {
            let points = match member {
                Some(member) => register::points(reader, guild, member, Timestamp(0), now)?,
                None => 0,
            };
            let warnings = register::page(reader, guild, member, PAGE, offset)?;
            Ok((register::count(reader, guild, member)?, points, warnings))
        })
        .await?;
    if warnings.is_empty() && total > 0 {
        let pages = total.div_ceil(PAGE);
        return Err(Refusal(text!("refused-no-page", page = page, pages = pages)).into());
    }
    let locale = locale(ctx, audience);
    let title = match member {
        Some(_) => text!("warnings-list-member", count = total, points = points),
        None => text!("warnings-list-guild", count = total),
    };
    let mut fields: Vec<(Text, Text)> = Vec::new();
    if let Some(member) = member {
        fields.push((
            Text::new("warnings-field-member"),
            Text::verbatim(member.mention()),
        ));
    }
    fields.extend(warnings.iter().map(|warning| line(warning, now)));
    let shown = offset.saturating_add(u32::try_from(warnings.len()).unwrap_or(u32::MAX));
    if total > shown {
        fields.push((
            Text::new("warnings-list-more"),
            text!(
                "warnings-list-more-text",
                count = total - shown,
                page = page.saturating_add(1)
            ),
        ));
    }
    let post = Post::new(locale, title).listing(fields);
    Answer::to(audience)
        .showing(embed(ctx.data(), &post))
        .send(ctx)
        .await
}

fn line(warning: &Warning, now: Timestamp) -> (Text, Text) {
    let state = if warning.withdrawn.is_some() {
        Text::new("warnings-state-withdrawn")
    } else if !warning.counts(now) {
        Text::new("warnings-state-expired")
    } else if let Some(expires) = warning.expires {
        text!("warnings-state-counts-until", until = expires.markup('D'))
    } else {
        Text::new("warnings-state-counts")
    };
    let reason: String = if warning.reason.chars().count() > SHOWN_REASON {
        warning
            .reason
            .chars()
            .take(SHOWN_REASON)
            .chain("…".chars())
            .collect()
    } else {
        warning.reason.clone()
    };
    let name = text!(
        "warnings-line-name",
        number = warning.number,
        points = warning.points
    );
    let value = text!(
        "warnings-line",
        member = warning.member.mention(),
        reason = reason,
        moderator = warning
            .moderator
            .map_or_else(|| "Greffier".to_owned(), UserId::mention),
        at = warning.at.markup('d'),
        state = state
    );
    (name, value)
}
