//! `!massban`, `!masskick`, `!massmute` and `!massundo`: whom it would be, one confirmation, done.

use std::time::Duration;

use poise::serenity_prelude as serenity;
use serde::{Deserialize, Serialize};

use super::rules::{self, Act, MOST_MEMBERS, Massed};
use crate::cogs::cases::offers::offered;
use crate::cogs::mutes::rules::USUAL_LENGTH;
use crate::cogs::settings;
use crate::discord::{
    Answer, Audience, CaseNumber, Command, Context, Press, confirmation, locale, order, say, scene,
    standing,
};
use crate::model::{
    GuildId, Rank, Refusal, Rejection, Scene, Standing, UserId, leading_duration, parse_duration,
};
use crate::store::Order;
use crate::text;

/// How many members the preview names.
const NAMED: usize = 30;

/// The commands against many, in the order of `!help`.
pub fn all() -> Vec<Command> {
    vec![massban(), masskick(), massmute(), massundo()]
}

/// What waits for its confirmation.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Question {
    asker: UserId,
    act: Act,
    members: Vec<UserId>,
    reason: String,
}

#[poise::command(prefix_command, slash_command, guild_only, category = "moderation")]
async fn massban(ctx: Context<'_>, #[rest] who: String) -> Result<(), Rejection> {
    preview(ctx, &who, |_| (Act::Ban, None)).await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "moderation")]
async fn masskick(ctx: Context<'_>, #[rest] who: String) -> Result<(), Rejection> {
    preview(ctx, &who, |_| (Act::Kick, None)).await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "moderation")]
async fn massmute(ctx: Context<'_>, #[rest] who: String) -> Result<(), Rejection> {
    preview(ctx, &who, |words| match leading_duration(words) {
        Some((length, rest)) => (Act::Mute(length.as_secs().max(1)), Some(rest.to_owned())),
        None => (Act::Mute(USUAL_LENGTH.as_secs()), None),
    })
    .await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "moderation")]
async fn massundo(
    ctx: Context<'_>,
    #[rename = "batch"]
    #[autocomplete = "batches"]
    number: CaseNumber,
) -> Result<(), Rejection> {
    let (scene, batch) = (scene(ctx).await?, number.0);
    let count = ctx
        .data()
        .store
        .write(order(ctx), move |tx| rules::undo(tx, &scene, batch))
        .await?
        .value;
    let done = text!("raid-undone", number = batch, count = count);
    say(ctx, Audience::Everyone, &done).await
}

/// The newest batches, by their first case.
async fn batches(ctx: Context<'_>, partial: &str) -> serenity::CreateAutocompleteResponse {
    offered(ctx, partial, |case, _| case.batch == Some(case.number)).await
}

/// Shows whom it would be, and asks.
async fn preview(
    ctx: Context<'_>,
    words: &str,
    act_of: impl Fn(&str) -> (Act, Option<String>) + Send,
) -> Result<(), Rejection> {
    let scene = scene(ctx).await?;
    let guild = scene.guild;
    let house = ctx.data();
    let set = house
        .store
        .read(move |reader| settings::of(reader, guild))
        .await?;
    if !set.is_moderator(&scene.actor) {
        return Err(settings::rules::moderators_only().into());
    }
    let (members, rest) = whom(ctx, guild, words)?;
    let (act, reason) = act_of(rest);
    let reason = reason.unwrap_or_else(|| rest.to_owned());
    if members.len() > MOST_MEMBERS {
        return Err(Refusal(text!("refused-too-many", most = MOST_MEMBERS)).into());
    }
    let standings = standings(ctx.serenity_context(), guild, &members).await?;
    let reached: Vec<UserId> = standings
        .iter()
        .filter(|member| rules::check(&scene, act, member).is_ok())
        .map(|member| member.user)
        .collect();
    if reached.is_empty() {
        return Err(Refusal::new("refused-nobody-left").into());
    }
    let named: Vec<String> = reached.iter().take(NAMED).map(|id| id.mention()).collect();
    let key = match act {
        Act::Ban => "raid-preview-ban",
        Act::Kick => "raid-preview-kick",
        Act::Mute(_) => "raid-preview-mute",
    };
    let words = crate::model::Text::new(key)
        .with("count", reached.len())
        .with("members", named.join(" "));
    let token = ctx.id().to_string();
    let question = Question {
        asker: scene.actor.user,
        act,
        members: reached,
        reason,
    };
    let (yes, no) = (format!("raid:yes:{token}"), format!("raid:no:{token}"));
    house
        .store
        .operate(move |operations| operations.ask(&token, &question))
        .await?;
    let reader = locale(ctx, Audience::Everyone);
    Answer::to(Audience::Everyone)
        .saying(house.say(reader, &words))
        .offering(confirmation(
            house,
            reader,
            (&yes, &no),
            &crate::model::Text::new("raid-confirm"),
        ))
        .send(ctx)
        .await
}

/// `123 456 <@789> reason` or `joined:10m reason`: whom, and what is left of the words.
fn whom<'w>(
    ctx: Context<'_>,
    guild: GuildId,
    words: &'w str,
) -> Result<(Vec<UserId>, &'w str), Refusal> {
    let mut members = Vec::new();
    let mut rest = words.trim();
    while let Some(first) = rest.split_whitespace().next() {
        if let Some(length) = joined(first) {
            let length = length.ok_or_else(|| Refusal(text!("refused-length", words = first)))?;
            members.extend(newcomers(ctx, guild, length));
        } else if let Some(id) = id(first) {
            members.push(id);
        } else {
            break;
        }
        rest = rest[first.len()..].trim_start();
    }
    members.sort_unstable();
    members.dedup();
    Ok((members, rest))
}

fn joined(word: &str) -> Option<Option<Duration>> {
    let value = ["joined:", "arrivés:", "arrives:"]
        .iter()
        .find_map(|name| word.strip_prefix(name))?;
    Some(parse_duration(value))
}

/// An id of Discord's, bare or as a mention: shorter numbers are words.
fn id(word: &str) -> Option<UserId> {
    let digits = word
        .strip_prefix("<@")
        .and_then(|rest| rest.strip_suffix('>'))
        .map_or(word, |rest| rest.trim_start_matches('!'));
    digits
        .parse()
        .ok()
        .filter(|id: &u64| *id > 0 && digits.len() >= 17)
        .map(UserId)
}

fn newcomers(ctx: Context<'_>, guild: GuildId, length: Duration) -> Vec<UserId> {
    let since = ctx.data().clock().now() - length;
    let Some(guild) = ctx.cache().guild(serenity::GuildId::new(guild.0)) else {
        return Vec::new();
    };
    guild
        .members
        .values()
        .filter(|member| !member.user.bot)
        .filter(|member| {
            member
                .joined_at
                .is_some_and(|at| at.timestamp_millis() >= since.0)
        })
        .map(|member| UserId(member.user.id.get()))
        .collect()
}

/// Where each of them stands now; who is not here stands below everyone.
async fn standings(
    ctx: &serenity::Context,
    guild: GuildId,
    members: &[UserId],
) -> Result<Vec<Standing>, Rejection> {
    let guild = serenity::GuildId::new(guild.0);
    let mut found = Vec::with_capacity(members.len());
    for member in members {
        found.push(match guild.member(ctx, member.0).await {
            Ok(here) => standing(ctx, guild, &here.user).await?,
            Err(_) => Standing {
                user: *member,
                bot: false,
                owner: false,
                administrator: false,
                moderates: false,
                roles: Vec::new(),
                rank: Rank::default(),
            },
        });
    }
    Ok(found)
}

/// The confirmation was given or refused. Only who asked may answer, and everything is looked at anew.
pub(super) async fn answered(
    press: &Press<'_>,
    answer: &str,
    token: &str,
) -> Result<(), Rejection> {
    let (asked, now) = (token.to_owned(), press.house.clock().now());
    let question = press
        .house
        .store
        .read(move |reader| reader.asked::<Question>(&asked, now))
        .await?
        .ok_or_else(|| Refusal::new("refused-form-too-late"))?;
    if question.asker.0 != press.user().id.get() {
        return Err(Refusal::new("refused-not-your-question").into());
    }
    let reader = press.locale(Audience::Everyone);
    if answer != "yes" {
        let words = press
            .house
            .say(reader, &crate::model::Text::new("raid-cancelled"));
        return press
            .update(Answer::to(Audience::Everyone).saying(words))
            .await;
    }
    let scene: Scene = press.scene().await?;
    let members = standings(press.ctx, scene.guild, &question.members).await?;
    let order = Order {
        origin: Some(format!("q{token}")),
        ..press.order()
    };
    let Question { act, reason, .. } = question;
    let massed: Massed = press
        .house
        .store
        .write(order, move |tx| {
            rules::carry_out(tx, &scene, act, &members, &reason)
        })
        .await?
        .value;
    let done = text!(
        "raid-done",
        batch = massed.batch,
        count = massed.count,
        spared = massed.spared
    );
    let words = press.house.say(reader, &done);
    press
        .update(Answer::to(Audience::Everyone).saying(words))
        .await
}
