//! What staff type in tickets and about them.

use poise::serenity_prelude as serenity;

use super::act;
use super::offers::{category_keys, closed_tickets, open_tickets, readable_tickets, reply_names};
use crate::cogs::conversations::search::{self, Found};
use crate::cogs::conversations::{Priority, Sender, look, public_id};
use crate::cogs::settings::{self, register as guild_settings};
use crate::cogs::tickets::working::Note;
use crate::cogs::tickets::{arranging, ending, mine, posts, reach, register, statistics, working};
use crate::discord::{self, Answer, Audience, Context, embed, here, locale, order, say, scene};
use crate::model::{ChannelId, Post, Refusal, Rejection, Text, UserId};
use crate::text;

/// How many tickets a list shows, and how many finds a search.
const PAGE: usize = 10;
/// How many lines a list without pages has (Discord's limit for the fields of an embed).
const LONGEST_LIST: usize = 25;

#[poise::command(prefix_command, slash_command, guild_only, category = "tickets")]
pub(super) async fn claim(
    ctx: Context<'_>,
    #[autocomplete = "open_tickets"] number: Option<u32>,
) -> Result<(), Rejection> {
    let (number, ()) = act(ctx, number, working::claim).await?;
    say(
        ctx,
        Audience::Asker,
        &text!("tickets-claim-done", number = number),
    )
    .await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "tickets")]
pub(super) async fn release(
    ctx: Context<'_>,
    #[autocomplete = "open_tickets"] number: Option<u32>,
) -> Result<(), Rejection> {
    let (number, ()) = act(ctx, number, working::release).await?;
    say(
        ctx,
        Audience::Asker,
        &text!("tickets-release-done", number = number),
    )
    .await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "tickets")]
pub(super) async fn transfer(
    ctx: Context<'_>,
    member: serenity::User,
    #[autocomplete = "open_tickets"] number: Option<u32>,
) -> Result<(), Rejection> {
    let agent = discord::member(ctx, &member).await?;
    let name = agent.user.mention();
    let (number, ()) = act(ctx, number, move |tx, hall, actor, number| {
        working::transfer(tx, hall, actor, number, &agent)
    })
    .await?;
    let text = text!("tickets-transfer-done", number = number, agent = name);
    say(ctx, Audience::Asker, &text).await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "tickets")]
pub(super) async fn priority(
    ctx: Context<'_>,
    level: Level,
    #[autocomplete = "open_tickets"] number: Option<u32>,
) -> Result<(), Rejection> {
    let priority = level.into();
    let (number, _) = act(ctx, number, move |tx, hall, actor, number| {
        working::prioritise(tx, hall, actor, number, priority)
    })
    .await?;
    let level = Text::keyed(format!("priority-{}", priority.word()));
    let text = text!("tickets-priority-done", number = number, level = level);
    say(ctx, Audience::Everyone, &text).await
}

/// How pressing, as it is typed.
#[derive(Clone, Copy, poise::ChoiceParameter)]
pub(super) enum Level {
    #[name = "low"]
    #[name = "basse"]
    #[name_localized("fr", "basse")]
    Low,
    #[name = "normal"]
    #[name = "normale"]
    #[name_localized("fr", "normale")]
    Normal,
    #[name = "high"]
    #[name = "haute"]
    #[name_localized("fr", "haute")]
    High,
    #[name = "urgent"]
    #[name = "urgente"]
    #[name_localized("fr", "urgente")]
    Urgent,
}

impl From<Level> for Priority {
    fn from(level: Level) -> Priority {
        match level {
            Level::Low => Priority::Low,
            Level::Normal => Priority::Normal,
            Level::High => Priority::High,
            Level::Urgent => Priority::Urgent,
        }
    }
}

#[poise::command(prefix_command, slash_command, guild_only, category = "tickets")]
pub(super) async fn rename(ctx: Context<'_>, #[rest] subject: String) -> Result<(), Rejection> {
    let (number, subject) = act(ctx, None, move |tx, hall, actor, number| {
        working::rename(tx, hall, actor, number, &subject)
    })
    .await?;
    let text = text!("tickets-rename-done", number = number, subject = subject);
    say(ctx, Audience::Everyone, &text).await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "tickets")]
pub(super) async fn add(
    ctx: Context<'_>,
    member: serenity::User,
    #[autocomplete = "open_tickets"] number: Option<u32>,
) -> Result<(), Rejection> {
    let member = discord::member(ctx, &member).await?;
    let name = member.user.mention();
    let (number, ()) = act(ctx, number, move |tx, hall, actor, number| {
        working::add(tx, hall, actor, number, &member)
    })
    .await?;
    let text = text!("tickets-add-done", number = number, member = name);
    say(ctx, Audience::Asker, &text).await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "tickets")]
pub(super) async fn remove(
    ctx: Context<'_>,
    member: serenity::User,
    #[autocomplete = "open_tickets"] number: Option<u32>,
) -> Result<(), Rejection> {
    let member = UserId(member.id.get());
    let (number, ()) = act(ctx, number, move |tx, hall, actor, number| {
        working::remove(tx, hall, actor, number, member)
    })
    .await?;
    let text = text!(
        "tickets-remove-done",
        number = number,
        member = member.mention()
    );
    say(ctx, Audience::Asker, &text).await
}

#[poise::command(
    prefix_command,
    slash_command,
    guild_only,
    rename = "move",
    category = "tickets"
)]
pub(super) async fn move_to(
    ctx: Context<'_>,
    #[autocomplete = "category_keys"] category: String,
    #[autocomplete = "open_tickets"] number: Option<u32>,
) -> Result<(), Rejection> {
    let key = category.to_lowercase();
    let (number, name) = act(ctx, number, move |tx, hall, actor, number| {
        working::recategorise(tx, hall, actor, number, &key)
    })
    .await?;
    let text = text!("tickets-move-done", number = number, category = name);
    say(ctx, Audience::Asker, &text).await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "tickets")]
pub(super) async fn note(ctx: Context<'_>, #[rest] words: String) -> Result<(), Rejection> {
    if let poise::Context::Prefix(_) = ctx {
        // What is typed in the channel is read there, also by the member.
        return Err(Refusal::new("refused-typed-note").into());
    }
    let note = Note {
        id: public_id::new(ctx.data().clock().now()),
        name: ctx.author().display_name().to_owned(),
        words,
    };
    let (number, ()) = act(ctx, None, move |tx, hall, actor, number| {
        working::note(tx, hall, actor, number, note)
    })
    .await?;
    say(
        ctx,
        Audience::Asker,
        &text!("tickets-note-done", number = number),
    )
    .await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "tickets")]
pub(super) async fn reply(
    ctx: Context<'_>,
    #[autocomplete = "reply_names"] name: String,
) -> Result<(), Rejection> {
    let name = name.to_lowercase();
    act(ctx, None, move |tx, hall, actor, number| {
        working::answer(tx, hall, actor, number, &name)
    })
    .await?;
    say(ctx, Audience::Asker, &Text::new("tickets-reply-done")).await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "tickets")]
pub(super) async fn reopen(
    ctx: Context<'_>,
    #[min = 1]
    #[autocomplete = "closed_tickets"]
    number: Option<u32>,
) -> Result<(), Rejection> {
    let number = reach::number(ctx, number).await?;
    let still_there = mine::still_there(ctx.data(), ctx.http(), here(ctx)?, number).await?;
    let (number, ()) = act(ctx, Some(number), move |tx, hall, actor, number| {
        ending::reopen(tx, hall, actor, number, still_there)
    })
    .await?;
    say(
        ctx,
        Audience::Everyone,
        &text!("tickets-reopen-done", number = number),
    )
    .await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "tickets")]
pub(super) async fn transcript(
    ctx: Context<'_>,
    #[min = 1]
    #[autocomplete = "readable_tickets"]
    number: u32,
) -> Result<(), Rejection> {
    if let poise::Context::Prefix(_) = ctx {
        // The answer would stand in the channel, notes and all.
        return Err(Refusal::new("refused-typed-transcript").into());
    }
    let actor = scene(ctx).await?.actor;
    let answer = mine::transcript(ctx.data(), here(ctx)?, number, &actor).await?;
    answer.send(ctx).await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "tickets")]
pub(super) async fn list(ctx: Context<'_>) -> Result<(), Rejection> {
    let guild = here(ctx)?;
    for_moderators(ctx).await?;
    let mut open = ctx
        .data()
        .store
        .read(move |reader| look::active(reader, guild))
        .await?;
    // The most pressing first, and of those the oldest.
    open.sort_by_key(|it| (std::cmp::Reverse(it.priority), it.number));
    let title = text!("tickets-list", count = open.len());
    let lines = open.iter().take(PAGE * 2).map(|it| {
        let name = text!(
            "tickets-list-line",
            number = it.number,
            subject = it.subject.as_str()
        );
        let value = text!(
            "tickets-list-value",
            channel = posts::place(it.channel),
            user = it.user.mention(),
            agent = it.agent.map_or_else(|| "—".to_owned(), UserId::mention),
            level = Text::keyed(format!("priority-{}", it.priority.word())),
            since = it.created_at.markup('R')
        );
        (name, value)
    });
    let post = Post::new(locale(ctx, Audience::Asker), title).listing(lines);
    show(ctx, &post).await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "tickets")]
pub(super) async fn search(ctx: Context<'_>, #[rest] words: String) -> Result<(), Rejection> {
    let guild = here(ctx)?;
    for_moderators(ctx).await?;
    let most = u32::try_from(PAGE).unwrap_or(u32::MAX);
    let found = ctx
        .data()
        .store
        .read(move |reader| search::search(reader, guild, &words, most))
        .await?;
    let title = text!("tickets-found", count = found.len());
    let lines = found.iter().map(found_line);
    let post = Post::new(locale(ctx, Audience::Asker), title).listing(lines);
    show(ctx, &post).await
}

fn found_line(found: &Found) -> (Text, Text) {
    let name = text!("tickets-found-line", number = found.conversation);
    let mark = match found.sender_type {
        Sender::Note => "📝 ",
        _ => "",
    };
    let excerpt: String = found.excerpt.chars().take(400).collect();
    let value = format!(
        "{mark}{} {}: {excerpt}",
        found.sender.mention(),
        found.created_at.markup('d')
    );
    (name, Text::verbatim(value))
}

#[poise::command(prefix_command, slash_command, guild_only, category = "tickets")]
pub(super) async fn stats(ctx: Context<'_>) -> Result<(), Rejection> {
    let guild = here(ctx)?;
    for_moderators(ctx).await?;
    let figures = ctx
        .data()
        .store
        .read(move |reader| statistics::of(reader, guild))
        .await?;
    let post = statistics::post(&figures, locale(ctx, Audience::Asker));
    show(ctx, &post).await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "tickets")]
pub(super) async fn block(
    ctx: Context<'_>,
    member: serenity::User,
    #[rest] reason: Option<String>,
) -> Result<(), Rejection> {
    let target = discord::member(ctx, &member).await?;
    let (guild, actor) = (here(ctx)?, scene(ctx).await?.actor);
    let name = target.user.mention();
    ctx.data()
        .store
        .write(order(ctx), move |tx| {
            arranging::block(tx, guild, &actor, &target, &reason.unwrap_or_default())
        })
        .await?;
    say(
        ctx,
        Audience::Everyone,
        &text!("tickets-blocked", member = name),
    )
    .await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "tickets")]
pub(super) async fn unblock(ctx: Context<'_>, member: serenity::User) -> Result<(), Rejection> {
    let member = UserId(member.id.get());
    let (guild, actor) = (here(ctx)?, scene(ctx).await?.actor);
    ctx.data()
        .store
        .write(order(ctx), move |tx| {
            arranging::unblock(tx, guild, &actor, member)
        })
        .await?;
    let text = text!("tickets-unblocked", member = member.mention());
    say(ctx, Audience::Everyone, &text).await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "tickets")]
pub(super) async fn blocks(ctx: Context<'_>) -> Result<(), Rejection> {
    let guild = here(ctx)?;
    for_moderators(ctx).await?;
    let known = ctx
        .data()
        .store
        .read(move |reader| register::blocks(reader, guild))
        .await?;
    let title = text!("tickets-blocks", count = known.len());
    let lines = known.iter().take(LONGEST_LIST).map(|block| {
        let reason = match block.reason.as_str() {
            "" => "—".to_owned(),
            reason => reason.chars().take(100).collect(),
        };
        let value = text!(
            "tickets-blocks-value",
            member = block.member.mention(),
            by = block
                .by
                .map_or_else(|| "Greffier".to_owned(), UserId::mention),
            at = block.at.markup('d')
        );
        (Text::verbatim(reason), value)
    });
    let post = Post::new(locale(ctx, Audience::Asker), title).listing(lines);
    show(ctx, &post).await
}

/// What concerns all tickets is for moderators, whatever roles answer a category.
async fn for_moderators(ctx: Context<'_>) -> Result<(), Rejection> {
    let (guild, actor) = (here(ctx)?, scene(ctx).await?.actor);
    let settings = ctx
        .data()
        .store
        .read(move |reader| guild_settings::of(reader, guild))
        .await?;
    match settings.is_moderator(&actor) {
        true => Ok(()),
        false => Err(settings::rules::moderators_only().into()),
    }
}

/// What concerns members is not for the eyes of a whole channel, unless it is a ticket's own or the staff's.
async fn show(ctx: Context<'_>, post: &Post) -> Result<(), Rejection> {
    let channel = ChannelId(ctx.channel_id().get());
    let typed = matches!(ctx, poise::Context::Prefix(_));
    if typed && reach::ticket_in(ctx.data(), channel).await?.is_some() {
        return Err(Refusal::new("refused-before-member").into());
    }
    Answer::to(Audience::Asker)
        .showing(embed(ctx.data(), post))
        .send(ctx)
        .await
}
