//! What moderators type about mutes.

use poise::serenity_prelude as serenity;

use super::register::{self, Mute};
use super::rules::{self, Length, Muted};
use crate::cogs::cases::evidence::replied_to;
use crate::cogs::cases::rules as cases;
use crate::cogs::cases::rules::{Evidence, moderator_text, reason_text};
use crate::cogs::settings;
use crate::discord::{
    Answer, Audience, Command, Context, House, Press, embed, locale, member, order, pager, say,
    scene,
};
use crate::model::{
    GuildId, Locale, Post, Refusal, Rejection, Scene, Text, UserId, duration_text,
    leading_duration, parse_duration,
};
use crate::text;

/// How many mutes a page shows.
const PAGE: u32 = 10;

/// The cog's commands, in the order of `!help`.
pub fn all() -> Vec<Command> {
    vec![mute(), unmute(), mutes(), muteinfo()]
}

/// Each way has its own order of arguments: a message says how long in front of the reason.
fn mute() -> Command {
    Command {
        prefix_action: mute_by_message().prefix_action,
        ..mute_by_slash()
    }
}

#[poise::command(slash_command, guild_only, rename = "mute", category = "moderation")]
async fn mute_by_slash(
    ctx: Context<'_>,
    #[rename = "member"] user: serenity::User,
    duration: Option<String>,
    reason: Option<String>,
) -> Result<(), Rejection> {
    let length = length_of(duration.as_deref())?;
    mute_member(ctx, user, length, reason.unwrap_or_default()).await
}

#[poise::command(prefix_command, guild_only)]
async fn mute_by_message(
    ctx: Context<'_>,
    user: serenity::User,
    #[rest] reason: Option<String>,
) -> Result<(), Rejection> {
    let (length, reason) = split(reason.as_deref().unwrap_or_default());
    mute_member(ctx, user, length, reason).await
}

/// `3h spam`: how long, and why.
pub(super) fn split(words: &str) -> (Length, String) {
    if let Some((length, reason)) = leading_duration(words) {
        return (Length::For(length), reason.to_owned());
    }
    let words = words.trim();
    let (first, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
    if is_for_good(first) {
        return (Length::ForGood, rest.trim_start().to_owned());
    }
    (Length::For(rules::USUAL_LENGTH), words.to_owned())
}

/// A length that stands alone; the usual one when nothing is said.
pub(super) fn length_of(words: Option<&str>) -> Result<Length, Refusal> {
    match words {
        None => Ok(Length::For(rules::USUAL_LENGTH)),
        Some(words) if is_for_good(words) => Ok(Length::ForGood),
        Some(words) => parse_duration(words)
            .map(Length::For)
            .ok_or_else(|| Refusal(text!("refused-length", words = words))),
    }
}

fn is_for_good(word: &str) -> bool {
    [
        "forever",
        "permanent",
        "perm",
        "définitif",
        "definitif",
        "toujours",
        "permanente",
    ]
    .contains(&word.to_lowercase().as_str())
}

async fn mute_member(
    ctx: Context<'_>,
    user: serenity::User,
    length: Length,
    reason: String,
) -> Result<(), Rejection> {
    let (scene, target) = (scene(ctx).await?, member(ctx, &user).await?);
    let evidence: Option<Evidence> = replied_to(ctx);
    let muted = ctx
        .data()
        .store
        .write(order(ctx), move |tx| {
            rules::mute(tx, &scene, &target, length, &reason, evidence)
        })
        .await?
        .value;
    let text = muted_text(UserId(user.id.get()), &muted, length);
    say(ctx, Audience::Everyone, &text).await
}

/// What a moderator is answered.
pub(super) fn muted_text(member: UserId, muted: &Muted, length: Length) -> Text {
    let member = member.mention();
    let done = match (length, muted.until) {
        (Length::For(length), Some(until)) => text!(
            "mutes-muted",
            number = muted.number,
            member = member,
            length = duration_text(length),
            until = until.markup('f')
        ),
        _ => text!(
            "mutes-muted-for-good",
            number = muted.number,
            member = member
        ),
    };
    match muted.replaced {
        Some(former) => text!("mutes-muted-instead", done = done, former = former),
        None => done,
    }
}

#[poise::command(prefix_command, slash_command, guild_only, category = "moderation")]
async fn unmute(
    ctx: Context<'_>,
    #[rename = "member"] user: serenity::User,
    #[rest] reason: Option<String>,
) -> Result<(), Rejection> {
    let (scene, target) = (scene(ctx).await?, member(ctx, &user).await?);
    let timed_out = is_timed_out(ctx, scene.guild, &user).await;
    let reason = reason.unwrap_or_default();
    let number = ctx
        .data()
        .store
        .write(order(ctx), move |tx| {
            rules::unmute(tx, &scene, &target, timed_out, &reason)
        })
        .await?
        .value;
    let member = UserId(user.id.get()).mention();
    let done = text!("mutes-unmuted", number = number, member = member);
    say(ctx, Audience::Everyone, &done).await
}

/// Whether Discord shows a timeout: one that was given while the bot was away is not in the records.
async fn is_timed_out(ctx: Context<'_>, guild: GuildId, user: &serenity::User) -> bool {
    let member = serenity::GuildId::new(guild.0).member(ctx, user.id).await;
    let now = ctx.data().clock().now();
    member.is_ok_and(|member| {
        member
            .communication_disabled_until
            .is_some_and(|until| until.timestamp_millis() > now.0)
    })
}

#[poise::command(prefix_command, slash_command, guild_only, category = "moderation")]
async fn mutes(ctx: Context<'_>, #[min = 1] page: Option<u32>) -> Result<(), Rejection> {
    let scene = scene(ctx).await?;
    only_moderators(ctx.data(), &scene).await?;
    let reader = locale(ctx, Audience::Everyone);
    list(ctx.data(), reader, scene.guild, page.unwrap_or(1))
        .await?
        .send(ctx)
        .await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "moderation")]
async fn muteinfo(
    ctx: Context<'_>,
    #[rename = "member"] user: serenity::User,
) -> Result<(), Rejection> {
    let scene = scene(ctx).await?;
    only_moderators(ctx.data(), &scene).await?;
    let (guild, id) = (scene.guild, UserId(user.id.get()));
    let found = ctx
        .data()
        .store
        .read(move |reader| {
            let Some(mute) = register::of(reader, guild, id)? else {
                return Ok(None);
            };
            let case = cases::any(reader, guild, mute.number)?;
            Ok(Some((mute, case)))
        })
        .await?;
    let Some((mute, case)) = found else {
        return Err(Refusal(text!("refused-not-muted", member = id.mention())).into());
    };
    let title = text!("mutes-info", number = mute.number);
    let mut fields = vec![
        (Text::new("case-field-member"), Text::verbatim(id.mention())),
        (
            Text::new("mutes-field-since"),
            Text::verbatim(mute.since.markup('f')),
        ),
        (Text::new("case-field-until"), until_text(&mute)),
        (Text::new("mutes-field-means"), means_text(&mute)),
    ];
    if let Some(case) = case {
        fields.push((
            Text::new("case-field-moderator"),
            Text::verbatim(moderator_text(case.moderator)),
        ));
        fields.push((Text::new("case-field-reason"), reason_text(&case.reason)));
    }
    let post = Post::new(locale(ctx, Audience::Everyone), title).listing(fields);
    Answer::to(Audience::Everyone)
        .showing(embed(ctx.data(), &post))
        .send(ctx)
        .await
}

async fn only_moderators(house: &House, scene: &Scene) -> Result<(), Rejection> {
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

/// A page of the mutes, with buttons to the others.
async fn list(
    house: &House,
    reader: Locale,
    guild: GuildId,
    page: u32,
) -> Result<Answer, Rejection> {
    let offset = page.saturating_sub(1).saturating_mul(PAGE);
    let (total, found) = house
        .store
        .read(move |read| {
            Ok((
                register::count(read, guild)?,
                register::page(read, guild, PAGE, offset)?,
            ))
        })
        .await?;
    let pages = total.div_ceil(PAGE).max(1);
    if page > pages {
        return Err(Refusal(text!("refused-no-page", page = page, pages = pages)).into());
    }
    let fields = found.iter().map(|mute| {
        let name = text!("mutes-line-name", number = mute.number);
        let line = text!(
            "mutes-line",
            member = mute.member.mention(),
            until = until_text(mute)
        );
        (name, line)
    });
    let post = Post::new(reader, text!("mutes-list", count = total)).listing(fields);
    Ok(Answer::to(Audience::Everyone)
        .showing(embed(house, &post))
        .offering(pager(house, reader, "mutes:list", page, pages)))
}

/// A button of a list was pressed.
pub(super) async fn turn(press: &Press<'_>, page: &str) -> Result<(), Rejection> {
    let scene = press.scene().await?;
    only_moderators(press.house, &scene).await?;
    let reader = press.locale(Audience::Everyone);
    let page = page.parse().unwrap_or(1);
    let answer = list(press.house, reader, scene.guild, page).await?;
    press.update(answer).await
}

fn until_text(mute: &Mute) -> Text {
    match (mute.lifting, mute.until) {
        (Some(_), _) => Text::new("mutes-ending"),
        (None, Some(until)) => text!(
            "mutes-until",
            until = until.markup('f'),
            relative = until.markup('R')
        ),
        (None, None) => Text::new("case-state-for-good"),
    }
}

fn means_text(mute: &Mute) -> Text {
    match mute.role {
        None => Text::new("mutes-by-timeout"),
        Some(role) => text!("mutes-by-role", role = role.mention()),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_length_stands_in_front_of_the_reason_or_is_ten_minutes() {
        let minutes = |count: u64| Length::For(Duration::from_secs(count * 60));
        for (typed, length, reason) in [
            ("3h spam", minutes(180), "spam"),
            ("1j12h insultes", minutes(36 * 60), "insultes"),
            ("2 semaines", minutes(14 * 24 * 60), ""),
            ("spam", minutes(10), "spam"),
            ("3 times spam", minutes(10), "3 times spam"),
            ("", minutes(10), ""),
            ("forever scams", Length::ForGood, "scams"),
            ("toujours", Length::ForGood, ""),
        ] {
            assert_eq!(split(typed), (length, reason.to_owned()), "{typed}");
        }
    }
}
