//! `!lockdown` and `!unlock`, as they are typed on a phone: alone for the channel where one is, `all` for the whole guild.

use std::time::Duration;

use poise::serenity_prelude as serenity;
use serde::{Deserialize, Serialize};

use super::plan::Place;
use super::posts::mentions;
use super::register::{self, LockedChannel, State};
use super::rules::{self, Locked, Scope, Sight, until_text};
use super::sight::{self, View};
use super::wish::{Wish, read};
use crate::cogs::settings::{self, GuildSettings};
use crate::discord::{
    Answer, Audience, Command, Context, House, Press, confirmation, locale, order, say, scene,
};
use crate::model::{
    ChannelId, GuildId, Refusal, Rejection, Scene, Text, UserId, duration_text, parse_duration,
};
use crate::store::Order;
use crate::text;

/// The cog's commands, in the order of `!help`.
pub fn all() -> Vec<Command> {
    vec![lockdown(), unlock()]
}

/// Each way has its own order of arguments: a message says what comes to mind.
fn lockdown() -> Command {
    Command {
        prefix_action: lockdown_by_message().prefix_action,
        ..lockdown_by_slash()
    }
}

fn unlock() -> Command {
    Command {
        prefix_action: unlock_by_message().prefix_action,
        ..unlock_by_slash()
    }
}

/// What waits for its confirmation.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Question {
    asker: UserId,
    channels: Vec<ChannelId>,
    /// In seconds; absent: until somebody opens them.
    length: Option<u64>,
    reason: String,
}

#[poise::command(
    slash_command,
    guild_only,
    rename = "lockdown",
    category = "moderation",
    aliases("lock", "verrouiller")
)]
async fn lockdown_by_slash(
    ctx: Context<'_>,
    channel: Option<serenity::GuildChannel>,
    all: Option<bool>,
    duration: Option<String>,
    reason: Option<String>,
) -> Result<(), Rejection> {
    let length = match duration.as_deref() {
        None => None,
        Some(words) => Some(
            parse_duration(words).ok_or_else(|| Refusal(text!("refused-length", words = words)))?,
        ),
    };
    let wish = Wish {
        channels: which(ctx, channel, all),
        length,
        reason: reason.unwrap_or_default(),
    };
    close(ctx, wish).await
}

#[poise::command(prefix_command, guild_only)]
async fn lockdown_by_message(
    ctx: Context<'_>,
    #[rest] words: Option<String>,
) -> Result<(), Rejection> {
    let wish = read(words.as_deref().unwrap_or_default(), here(ctx));
    close(ctx, wish).await
}

#[poise::command(
    slash_command,
    guild_only,
    rename = "unlock",
    category = "moderation",
    aliases("unlockdown", "déverrouiller")
)]
async fn unlock_by_slash(
    ctx: Context<'_>,
    channel: Option<serenity::GuildChannel>,
    all: Option<bool>,
    reason: Option<String>,
) -> Result<(), Rejection> {
    let wish = Wish {
        channels: which(ctx, channel, all),
        length: None,
        reason: reason.unwrap_or_default(),
    };
    open(ctx, wish).await
}

#[poise::command(prefix_command, guild_only)]
async fn unlock_by_message(
    ctx: Context<'_>,
    #[rest] words: Option<String>,
) -> Result<(), Rejection> {
    let wish = read(words.as_deref().unwrap_or_default(), here(ctx));
    open(ctx, wish).await
}

/// The channel where one is; in a thread, the channel that it hangs on: threads have no exceptions of their own.
fn here(ctx: Context<'_>) -> ChannelId {
    let own = ctx.channel_id();
    let guild = ctx.guild_id().and_then(|guild| ctx.cache().guild(guild));
    let thread = guild.and_then(|guild| {
        let found = guild.threads.iter().find(|thread| thread.id == own);
        found.and_then(|thread| thread.parent_id)
    });
    ChannelId(thread.unwrap_or(own).get())
}

fn which(
    ctx: Context<'_>,
    channel: Option<serenity::GuildChannel>,
    all: Option<bool>,
) -> Option<Vec<ChannelId>> {
    match (channel, all) {
        (Some(channel), _) => Some(vec![ChannelId(channel.id.get())]),
        (None, Some(true)) => None,
        (None, _) => Some(vec![here(ctx)]),
    }
}

async fn close(ctx: Context<'_>, wish: Wish) -> Result<(), Rejection> {
    let scene = scene(ctx).await?;
    let settings = moderating(ctx.data(), &scene).await?;
    let view = sight::view(ctx.serenity_context(), scene.guild, &settings).await?;
    let Some(named) = &wish.channels else {
        return preview(ctx, &scene, &view, wish).await;
    };
    let sights = named
        .iter()
        .map(|channel| sight_of(&view, *channel))
        .collect::<Result<Vec<Sight>, Refusal>>()?;
    let (length, reason) = (wish.length, wish.reason);
    let locked = ctx
        .data()
        .store
        .write(order(ctx), move |tx| {
            rules::close(tx, &scene, Scope::Named, &sights, length, &reason)
        })
        .await?
        .value;
    say(ctx, Audience::Everyone, &locked_text(&locked, length)).await
}

fn sight_of(view: &View, channel: ChannelId) -> Result<Sight, Refusal> {
    let mention = channel.mention();
    let place = view.find(channel);
    let place = place.ok_or_else(|| text!("refused-no-channel", channel = mention.clone()))?;
    if !place.is_in_reach(&view.folk) {
        return Err(text!("refused-channel-out-of-reach", channel = mention).into());
    }
    Ok(view.sight(place))
}

/// Where members can write, without what is closed already.
async fn open_places<'v>(
    house: &House,
    guild: GuildId,
    view: &'v View,
) -> Result<Vec<&'v Place>, Rejection> {
    let known = house
        .store
        .read(move |reader| register::all(reader, guild))
        .await?;
    let (opening, closed): (Vec<LockedChannel>, Vec<LockedChannel>) = known
        .into_iter()
        .partition(|row| row.state == State::Opening);
    let is_in = |rows: &[LockedChannel], place: &Place| {
        let mut rows = rows.iter();
        rows.any(|row| row.channel == place.channel)
    };
    let places = view.places.iter().filter(|place| !is_in(&closed, place));
    // What is on its way to being open counts as open.
    let open: Vec<&Place> = places
        .filter(|place| place.is_open(&view.folk) || is_in(&opening, place))
        .collect();
    match (open.is_empty(), closed.is_empty()) {
        (false, _) => Ok(open),
        (true, false) => Err(Refusal::new("refused-all-closed").into()),
        (true, true) => Err(Refusal::new("refused-nothing-to-close").into()),
    }
}

/// Shows which channels it would be, and asks.
async fn preview(
    ctx: Context<'_>,
    scene: &Scene,
    view: &View,
    wish: Wish,
) -> Result<(), Rejection> {
    let house = ctx.data();
    let places = open_places(house, scene.guild, view).await?;
    let (within, beyond): (Vec<&Place>, Vec<&Place>) = places
        .into_iter()
        .partition(|place| place.is_in_reach(&view.folk));
    let ids = |places: &[&Place]| -> Vec<ChannelId> {
        places.iter().map(|place| place.channel).collect()
    };
    let channels = ids(&within);
    if channels.is_empty() {
        return Err(Refusal::new("refused-nothing-to-close").into());
    }
    let count = channels.len();
    let shown = mentions(&channels);
    let asked = match wish.length {
        Some(length) => text!(
            "lockdown-preview-for",
            count = count,
            channels = shown,
            length = duration_text(length)
        ),
        None => text!("lockdown-preview", count = count, channels = shown),
    };
    let asked = match beyond.is_empty() {
        true => asked,
        false => text!(
            "lockdown-preview-beyond",
            question = asked,
            channels = mentions(&ids(&beyond))
        ),
    };
    let token = ctx.id().to_string();
    let question = Question {
        asker: scene.actor.user,
        channels,
        length: wish.length.map(|length| length.as_secs()),
        reason: wish.reason,
    };
    let (yes, no) = (
        format!("lockdown:yes:{token}"),
        format!("lockdown:no:{token}"),
    );
    house
        .store
        .operate(move |operations| operations.ask(&token, &question))
        .await?;
    let reader = locale(ctx, Audience::Everyone);
    let label = Text::new("lockdown-confirm");
    Answer::to(Audience::Everyone)
        .saying(house.say(reader, &asked))
        .offering(confirmation(house, reader, (&yes, &no), &label))
        .send(ctx)
        .await
}

/// The confirmation was given or refused. Only who asked may answer, and everything is looked at anew.
pub(super) async fn answered(
    press: &Press<'_>,
    answer: &str,
    token: &str,
) -> Result<(), Rejection> {
    let (house, reader) = (press.house, press.locale(Audience::Everyone));
    let (asked, now) = (token.to_owned(), house.clock().now());
    let question = house
        .store
        .read(move |reader| reader.asked::<Question>(&asked, now))
        .await?
        .ok_or_else(|| Refusal::new("refused-form-too-late"))?;
    if question.asker.0 != press.user().id.get() {
        return Err(Refusal::new("refused-not-your-question").into());
    }
    if answer != "yes" {
        let words = house.say(reader, &Text::new("raid-cancelled"));
        return press
            .update(Answer::to(Audience::Everyone).saying(words))
            .await;
    }
    let scene = press.scene().await?;
    let settings = moderating(house, &scene).await?;
    let view = sight::view(press.ctx, scene.guild, &settings).await?;
    let asked = question.channels.iter().filter_map(|id| view.find(*id));
    let sights: Vec<Sight> = asked
        .filter(|place| place.is_in_reach(&view.folk))
        .map(|place| view.sight(place))
        .collect();
    let length = question.length.map(Duration::from_secs);
    let order = Order {
        origin: Some(format!("q{token}")),
        ..press.order()
    };
    let locked = house
        .store
        .write(order, move |tx| {
            rules::close(tx, &scene, Scope::All, &sights, length, &question.reason)
        })
        .await?
        .value;
    let words = house.say(reader, &locked_text(&locked, length));
    press
        .update(Answer::to(Audience::Everyone).saying(words))
        .await
}

fn locked_text(locked: &Locked, length: Option<Duration>) -> Text {
    let until = until_text(locked.until);
    let for_how_long = match length {
        Some(length) => text!(
            "lockdown-for",
            length = duration_text(length),
            until = until
        ),
        None => until,
    };
    if locked.closed.is_empty() {
        return text!(
            "lockdown-goes-on",
            channels = mentions(&locked.prolonged),
            until = for_how_long
        );
    }
    text!(
        "lockdown-done",
        number = locked.number,
        count = locked.closed.len(),
        channels = mentions(&locked.closed),
        until = for_how_long
    )
}

async fn open(ctx: Context<'_>, wish: Wish) -> Result<(), Rejection> {
    let scene = scene(ctx).await?;
    let opened = ctx
        .data()
        .store
        .write(order(ctx), move |tx| {
            rules::open(tx, &scene, wish.channels.as_deref(), &wish.reason)
        })
        .await?
        .value;
    let done = text!(
        "lockdown-opened",
        count = opened.len(),
        channels = mentions(&opened)
    );
    say(ctx, Audience::Everyone, &done).await
}

/// The guild's settings, for whoever moderates there.
async fn moderating(house: &House, scene: &Scene) -> Result<GuildSettings, Rejection> {
    let guild = scene.guild;
    let set = house
        .store
        .read(move |reader| settings::of(reader, guild))
        .await?;
    match set.is_moderator(&scene.actor) {
        true => Ok(set),
        false => Err(settings::rules::moderators_only().into()),
    }
}
