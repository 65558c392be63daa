//! What moderators read and write of cases.

use std::collections::BTreeMap;

use poise::serenity_prelude as serenity;

use super::evidence::replied_to;
use super::kind::Kind;
use super::offers::recent;
use super::queries::{self, AnyCase};
use super::{posts, rules};
use crate::cogs::settings;
use crate::discord::{
    Answer, Audience, CaseNumber, Command, Context, House, Press, embed, locale, member, order,
    pager, say, scene,
};
use crate::model::{
    GuildId, Locale, Post, Refusal, Rejection, Scene, Text, Timestamp, UserId, parse_duration,
};
use crate::text;

/// How many cases a page shows: ten fields stay well below an embed's 6000 characters.
const PAGE: u32 = 10;
/// How much of a reason a list shows, in characters.
const SHOWN_REASON: usize = 200;
/// How many moderators the statistics list (Discord's limit for fields: 25).
const MOST_MODERATORS: usize = 24;

/// The cog's commands about cases, in the order of `!help`.
pub fn all() -> Vec<Command> {
    vec![case(), cases(), reason(), note(), modstats(), cases_of()]
}

#[poise::command(prefix_command, slash_command, guild_only, category = "moderation")]
async fn case(
    ctx: Context<'_>,
    #[rename = "case"]
    #[autocomplete = "recent"]
    number: CaseNumber,
) -> Result<(), Rejection> {
    let number = number.0;
    let scene = moderator(ctx).await?;
    let (guild, now) = (scene.guild, ctx.data().clock().now());
    let reader = locale(ctx, Audience::Everyone);
    let post = ctx
        .data()
        .store
        .read(move |read| {
            let Some(case) = queries::any(read, guild, number)? else {
                return Ok(None);
            };
            let evidence = queries::evidence(read, guild, number)?;
            Ok(Some(posts::case_post(guild, &case, &evidence, reader, now)))
        })
        .await?;
    let post = post.ok_or_else(|| Refusal(text!("refused-no-such-case", number = number)))?;
    Answer::to(Audience::Everyone)
        .showing(embed(ctx.data(), &post))
        .send(ctx)
        .await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "moderation")]
async fn cases(
    ctx: Context<'_>,
    member: Option<serenity::User>,
    #[min = 1] page: Option<u32>,
) -> Result<(), Rejection> {
    let scene = moderator(ctx).await?;
    let member = member.map(|user| UserId(user.id.get()));
    let reader = locale(ctx, Audience::Everyone);
    let place = Place {
        guild: scene.guild,
        member,
        page: page.unwrap_or(1),
    };
    list(ctx.data(), reader, Audience::Everyone, place)
        .await?
        .send(ctx)
        .await
}

/// From somebody's context menu, for the asker alone.
#[poise::command(
    context_menu_command = "Cases",
    rename = "cases_of",
    guild_only,
    category = "moderation",
    default_member_permissions = "MODERATE_MEMBERS"
)]
async fn cases_of(ctx: Context<'_>, user: serenity::User) -> Result<(), Rejection> {
    let scene = moderator(ctx).await?;
    let place = Place {
        guild: scene.guild,
        member: Some(UserId(user.id.get())),
        page: 1,
    };
    let reader = locale(ctx, Audience::Asker);
    list(ctx.data(), reader, Audience::Asker, place)
        .await?
        .send(ctx)
        .await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "moderation")]
async fn reason(
    ctx: Context<'_>,
    #[rename = "case"]
    #[autocomplete = "recent"]
    number: CaseNumber,
    #[rest] reason: String,
) -> Result<(), Rejection> {
    let number = number.0;
    let scene = scene(ctx).await?;
    let words = reason.trim().to_owned();
    ctx.data()
        .store
        .write(order(ctx), move |tx| {
            rules::reword(tx, &scene, number, &reason).map(drop)
        })
        .await?;
    let done = text!("cases-reworded", number = number, reason = words);
    say(ctx, Audience::Everyone, &done).await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "moderation")]
async fn note(
    ctx: Context<'_>,
    #[rename = "member"] user: serenity::User,
    #[rest] text: String,
) -> Result<(), Rejection> {
    let (scene, target) = (scene(ctx).await?, member(ctx, &user).await?);
    let evidence = replied_to(ctx);
    let number = ctx
        .data()
        .store
        .write(order(ctx), move |tx| {
            rules::note(tx, &scene, &target, &text, evidence)
        })
        .await?
        .value;
    let done = text!(
        "cases-noted",
        number = number,
        member = UserId(user.id.get()).mention()
    );
    say(ctx, Audience::Everyone, &done).await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "moderation")]
async fn modstats(
    ctx: Context<'_>,
    moderator: Option<serenity::User>,
    #[rest] period: Option<String>,
) -> Result<(), Rejection> {
    let scene = self::moderator(ctx).await?;
    let since = match period.as_deref().map(str::trim) {
        None | Some("") => Timestamp(0),
        Some(words) => {
            let length = parse_duration(words)
                .ok_or_else(|| Refusal(text!("refused-length", words = words)))?;
            ctx.data().clock().now() - length
        }
    };
    let guild = scene.guild;
    let mut moderators = ctx
        .data()
        .store
        .read(move |read| queries::statistics(read, guild, since))
        .await?;
    if let Some(one) = moderator {
        let one = Some(UserId(one.id.get()));
        moderators.retain(|moderator, _| *moderator == one);
    }
    let title = if since.0 == 0 {
        Text::new("cases-statistics")
    } else {
        text!(
            "cases-statistics-since",
            since = since.as_seconds().to_string()
        )
    };
    let post = Post::new(locale(ctx, Audience::Everyone), title).listing(by_moderator(moderators));
    Answer::to(Audience::Everyone)
        .showing(embed(ctx.data(), &post))
        .send(ctx)
        .await
}

/// One field a moderator, the busiest first.
fn by_moderator(moderators: BTreeMap<Option<UserId>, BTreeMap<Kind, u32>>) -> Vec<(Text, Text)> {
    if moderators.is_empty() {
        return vec![(Text::new("cases-statistics-none"), Text::verbatim("—"))];
    }
    let mut rows: Vec<_> = moderators
        .into_iter()
        .map(|(moderator, kinds)| (kinds.values().sum::<u32>(), moderator, kinds))
        .collect();
    rows.sort_by_key(|(total, moderator, _)| (std::cmp::Reverse(*total), *moderator));
    rows.into_iter()
        .take(MOST_MODERATORS)
        .map(|(total, moderator, kinds)| {
            let mut line = text!("cases-count", count = total);
            for (kind, count) in kinds {
                line = text!(
                    "cases-statistics-and",
                    line = line,
                    kind = kind.label(),
                    count = count
                );
            }
            let who = Text::verbatim(posts::moderator_text(moderator));
            (
                Text::new("case-field-moderator"),
                text!("cases-statistics-line", moderator = who, line = line),
            )
        })
        .collect()
}

/// Somebody who moderates here; a refusal for everyone else.
pub(super) async fn moderator(ctx: Context<'_>) -> Result<Scene, Rejection> {
    let scene = scene(ctx).await?;
    only_moderators(ctx.data(), &scene).await?;
    Ok(scene)
}

/// A refusal for whoever does not moderate.
pub(super) async fn only_moderators(house: &House, scene: &Scene) -> Result<(), Rejection> {
    let guild = scene.guild;
    let settings = house
        .store
        .read(move |reader| settings::of(reader, guild))
        .await?;
    if settings.is_moderator(&scene.actor) {
        Ok(())
    } else {
        Err(settings::rules::moderators_only().into())
    }
}

/// Which page of which list.
pub(super) struct Place {
    /// In which guild.
    pub guild: GuildId,
    /// Whose cases; absent: everyone's.
    pub member: Option<UserId>,
    /// From 1.
    pub page: u32,
}

/// A page of cases, with buttons to the others.
pub(super) async fn list(
    house: &House,
    reader: Locale,
    audience: Audience,
    place: Place,
) -> Result<Answer, Rejection> {
    let now = house.clock().now();
    let offset = place.page.saturating_sub(1).saturating_mul(PAGE);
    let (guild, member) = (place.guild, place.member);
    let (total, found) = house
        .store
        .read(move |read| {
            let total = queries::count(read, guild, member)?;
            Ok((total, queries::page(read, guild, member, PAGE, offset)?))
        })
        .await?;
    let pages = total.div_ceil(PAGE).max(1);
    if place.page > pages {
        return Err(Refusal(text!("refused-no-page", page = place.page, pages = pages)).into());
    }
    let title = text!("cases-list", count = total);
    let mut post = Post::new(reader, title);
    if let Some(member) = member {
        post = post.listing([posts::field("case-field-member", member.mention())]);
    }
    let post = post.listing(found.iter().map(|case| line(case, now)));
    let id = format!("cases:list:{}", member.map_or(0, |member| member.0));
    Ok(Answer::to(audience)
        .showing(embed(house, &post))
        .offering(pager(house, reader, &id, place.page, pages)))
}

/// A button of a list was pressed.
pub(super) async fn turn(press: &Press<'_>, member: &str, page: &str) -> Result<(), Rejection> {
    let scene = press.scene().await?;
    only_moderators(press.house, &scene).await?;
    let place = Place {
        guild: scene.guild,
        member: member.parse().ok().filter(|id| *id > 0).map(UserId),
        page: page.parse().unwrap_or(1),
    };
    let (house, audience) = (press.house, Audience::Everyone);
    let answer = list(house, press.locale(audience), audience, place).await?;
    press.update(answer).await
}

fn line(case: &AnyCase, now: Timestamp) -> (Text, Text) {
    let mut reason: String = case.reason.chars().take(SHOWN_REASON).collect();
    if reason.len() < case.reason.len() {
        reason.push('…');
    }
    let line = text!(
        "cases-line",
        member = case.member.mention(),
        reason = posts::reason_text(&reason),
        moderator = posts::moderator_text(case.moderator),
        at = case.at.markup('d')
    );
    let line = match posts::state(case, now) {
        Some(state) => text!("cases-line-state", line = line, state = state),
        None => line,
    };
    (posts::title(case), line)
}
