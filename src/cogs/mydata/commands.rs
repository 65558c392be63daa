//! `!mydata export` and `!mydata erase`: for everyone, anywhere, about themselves alone.

use anyhow::Context as _;
use poise::serenity_prelude as serenity;
use serenity::{CreateAllowedMentions, CreateAttachment, CreateMessage, Nonce};

use super::export;
use crate::discord::{
    Answer, Audience, Command, Context, Verdict, confirmation, defer, locale, origin, patiently,
    say, verdict,
};
use crate::model::{Refusal, Rejection, Text, UserId};
use crate::text;

/// The largest file that is sent, in bytes (Discord's limit: 10 MiB).
const LARGEST: usize = 10 * 1024 * 1024 - 4096;
/// Discord's error code for direct messages that are closed.
const CLOSED: isize = 50007;

/// The cog's commands, in the order of `!help`.
pub fn all() -> Vec<Command> {
    vec![mydata()]
}

/// Typed alone it says what there is; as a slash command Discord takes it only with a subcommand.
#[poise::command(
    prefix_command,
    slash_command,
    category = "mydata",
    subcommands("export", "erase")
)]
async fn mydata(ctx: Context<'_>) -> Result<(), Rejection> {
    let guild = ctx
        .guild_id()
        .map(|guild| crate::model::GuildId(guild.get()));
    let prefix = ctx.data().preferences.prefix(guild);
    say(ctx, Audience::Asker, &text!("mydata-what", prefix = prefix)).await
}

#[poise::command(prefix_command, slash_command, category = "mydata")]
async fn export(ctx: Context<'_>) -> Result<(), Rejection> {
    defer(ctx).await?;
    let person = UserId(ctx.author().id.get());
    let (store, now) = (ctx.data().store.clone(), ctx.data().clock().now());
    let made = tokio::task::spawn_blocking(move || {
        export::of(&store.snapshot()?, store.registers(), person, now)
    });
    let made = made.await.context("making an export panicked")??;
    if made.document.len() > LARGEST {
        return Err(Refusal::new("refused-export-too-large").into());
    }
    let rows = made.rows;
    let file = CreateAttachment::bytes(made.document, format!("greffier-{person}.json"));
    if by_direct_message(ctx, file.clone(), rows).await? {
        return say(ctx, Audience::Asker, &Text::new("mydata-sent")).await;
    }
    match ctx {
        poise::Context::Prefix(_) => Err(Refusal::new("refused-export-closed").into()),
        poise::Context::Application(_) => {
            let words = words(ctx, rows);
            let reply = poise::CreateReply::default()
                .content(words)
                .ephemeral(true)
                .allowed_mentions(CreateAllowedMentions::new())
                .attachment(file);
            let sent = patiently(|| ctx.send(reply.clone())).await;
            sent.map(drop)
                .context("showing an export")
                .map_err(Into::into)
        }
    }
}

fn words(ctx: Context<'_>, rows: usize) -> String {
    let text = text!("mydata-export", count = rows);
    ctx.data().say(locale(ctx, Audience::Asker), &text)
}

/// Returns whether they take direct messages.
async fn by_direct_message(
    ctx: Context<'_>,
    file: CreateAttachment,
    rows: usize,
) -> Result<bool, Rejection> {
    let http = &ctx.serenity_context().http;
    // A nonce keeps the end of its cause: the reply to the command has one of the same message.
    let nonce = ctx.data().sent.nonce(&format!("{}x", origin(ctx)));
    let message = CreateMessage::new()
        .content(words(ctx, rows))
        .add_file(file)
        .allowed_mentions(CreateAllowedMentions::new())
        .nonce(Nonce::String(nonce))
        .enforce_nonce(true);
    let sent = patiently(|| async {
        let channel = ctx.author().id.create_dm_channel(http).await?;
        channel.id.send_message(http, message.clone()).await
    });
    match sent.await {
        Ok(_) => Ok(true),
        Err(error) if verdict(&error) == Verdict::Final(CLOSED) => Ok(false),
        Err(error) => Err(anyhow::Error::new(error)
            .context("sending an export")
            .into()),
    }
}

#[poise::command(prefix_command, slash_command, category = "mydata")]
async fn erase(ctx: Context<'_>) -> Result<(), Rejection> {
    let reader = locale(ctx, Audience::Asker);
    let who = ctx.author().id;
    let (yes, no) = (format!("mydata:erase:{who}"), format!("mydata:keep:{who}"));
    let question = ctx.data().say(reader, &Text::new("mydata-erase-question"));
    let label = Text::new("mydata-erase-button");
    Answer::to(Audience::Asker)
        .saying(question)
        .offering(confirmation(ctx.data(), reader, (&yes, &no), &label))
        .send(ctx)
        .await
}
