//! Replies: what a command says, once, to whom.

use anyhow::Context as _;
use poise::serenity_prelude as serenity;
use serenity::{CreateAllowedMentions, CreateMessage, Nonce};

use super::patience::is_answered;
use super::{Context, House, locale, origin, patiently};
use crate::model::{ButtonStyle, ChannelId, Locale, Menu, MessageId, Post, Rejection, Text};

/// How many buttons a row holds (Discord's limit).
const BUTTONS_IN_A_ROW: usize = 5;

/// Who reads a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everyone in the channel.
    Everyone,
    /// Only who asked, where Discord can do that (slash commands).
    Asker,
}

/// A reply to a command.
pub struct Answer {
    audience: Audience,
    content: Option<String>,
    embeds: Vec<serenity::CreateEmbed>,
    components: Vec<serenity::CreateActionRow>,
    files: Vec<serenity::CreateAttachment>,
}

impl Answer {
    /// A reply that is still empty.
    pub fn to(audience: Audience) -> Answer {
        Answer {
            audience,
            content: None,
            embeds: Vec::new(),
            components: Vec::new(),
            files: Vec::new(),
        }
    }

    /// With these words.
    #[must_use]
    pub fn saying(mut self, words: impl Into<String>) -> Answer {
        self.content = Some(words.into());
        self
    }

    /// With this post: its words and its buttons.
    #[must_use]
    pub fn posting(self, house: &House, post: &Post) -> Answer {
        self.showing(embed(house, post))
            .offering(buttons(house, post))
    }

    /// With this embed.
    #[must_use]
    pub fn showing(mut self, embed: serenity::CreateEmbed) -> Answer {
        self.embeds.push(embed);
        self
    }

    /// With this file.
    #[must_use]
    pub fn attaching(mut self, name: &str, bytes: Vec<u8>) -> Answer {
        self.files
            .push(serenity::CreateAttachment::bytes(bytes, name));
        self
    }

    /// With these buttons or menus.
    #[must_use]
    pub fn offering(mut self, components: Vec<serenity::CreateActionRow>) -> Answer {
        self.components = components;
        self
    }

    /// Sends it. A reply to a message is sent once, however often the message is delivered: its nonce is the message's.
    pub async fn send(self, ctx: Context<'_>) -> Result<(), Rejection> {
        match ctx {
            poise::Context::Prefix(prefix) => {
                self.reply(ctx, prefix.msg).await?;
                Ok(())
            }
            poise::Context::Application(_) => self.respond(ctx).await,
        }
    }

    /// [`Answer::send`], and where it stands then: for what will be said there later.
    pub async fn send_to_last(self, ctx: Context<'_>) -> Result<(ChannelId, MessageId), Rejection> {
        let message = match ctx {
            poise::Context::Prefix(prefix) => self.reply(ctx, prefix.msg).await?,
            poise::Context::Application(application) => {
                self.respond(ctx).await?;
                patiently(|| application.interaction.get_response(ctx.http()))
                    .await
                    .context("asking where a reply stands")?
            }
        };
        Ok((
            ChannelId(message.channel_id.get()),
            MessageId(message.id.get()),
        ))
    }

    async fn reply(
        self,
        ctx: Context<'_>,
        asked: &serenity::Message,
    ) -> Result<serenity::Message, Rejection> {
        let nonce = ctx.data().sent.nonce(&origin(ctx));
        let mut message = CreateMessage::new()
            .reference_message(asked)
            .allowed_mentions(CreateAllowedMentions::new().replied_user(false))
            .nonce(Nonce::String(nonce))
            .enforce_nonce(true)
            .embeds(self.embeds)
            .components(self.components)
            .files(self.files);
        if let Some(content) = self.content {
            message = message.content(content);
        }
        let sent = patiently(|| asked.channel_id.send_message(ctx.http(), message.clone()));
        Ok(sent.await.context("replying to a message")?)
    }

    async fn respond(self, ctx: Context<'_>) -> Result<(), Rejection> {
        let mut reply = poise::CreateReply::default()
            .ephemeral(self.audience == Audience::Asker)
            .allowed_mentions(CreateAllowedMentions::new())
            .components(self.components);
        for embed in self.embeds {
            reply = reply.embed(embed);
        }
        for file in self.files {
            reply = reply.attachment(file);
        }
        if let Some(content) = self.content {
            reply = reply.content(content);
        }
        match patiently(|| ctx.send(reply.clone())).await {
            Err(error) if is_answered(&error) => {}
            outcome => drop(outcome.context("replying to a slash command")?),
        }
        Ok(())
    }
}

impl Answer {
    /// As the message of an interaction's response.
    pub(super) fn into_response(self) -> serenity::CreateInteractionResponseMessage {
        let response = serenity::CreateInteractionResponseMessage::new()
            .ephemeral(self.audience == Audience::Asker)
            .allowed_mentions(CreateAllowedMentions::new())
            .embeds(self.embeds)
            .components(self.components)
            .files(self.files);
        match self.content {
            Some(content) => response.content(content),
            None => response,
        }
    }
}

/// Tells Discord that the reply, for the asker alone, takes longer than the three seconds that it waits.
pub async fn defer(ctx: Context<'_>) -> Result<(), Rejection> {
    match patiently(|| ctx.defer_ephemeral()).await {
        Err(error) if is_answered(&error) => Err(Rejection::AlreadyDone),
        outcome => Ok(outcome.context("asking Discord for patience")?),
    }
}

/// [`defer`], for a reply that everyone reads.
pub async fn defer_openly(ctx: Context<'_>) -> Result<(), Rejection> {
    match patiently(|| ctx.defer()).await {
        Err(error) if is_answered(&error) => Err(Rejection::AlreadyDone),
        outcome => Ok(outcome.context("asking Discord for patience")?),
    }
}

/// Replies with one sentence.
pub async fn say(ctx: Context<'_>, audience: Audience, text: &Text) -> Result<(), Rejection> {
    let words = ctx.data().say(locale(ctx, audience), text);
    Answer::to(audience).saying(words).send(ctx).await
}

/// An embed of a post, in its language.
pub fn embed(house: &House, post: &Post) -> serenity::CreateEmbed {
    let words = |text: &Text| house.say(post.locale, text);
    let embed = serenity::CreateEmbed::new().title(words(&post.title));
    let embed = match &post.body {
        Some(body) => embed.description(words(body)),
        None => embed,
    };
    post.fields.iter().fold(embed, |embed, (name, value)| {
        embed.field(words(name), words(value), false)
    })
}

/// The rows of a post's buttons, in its language.
pub fn buttons(house: &House, post: &Post) -> Vec<serenity::CreateActionRow> {
    let made = post.buttons.iter().map(|button| {
        serenity::CreateButton::new(&button.id)
            .label(house.say(post.locale, &button.label))
            .style(match button.style {
                ButtonStyle::Primary => serenity::ButtonStyle::Primary,
                ButtonStyle::Secondary => serenity::ButtonStyle::Secondary,
                ButtonStyle::Success => serenity::ButtonStyle::Success,
                ButtonStyle::Danger => serenity::ButtonStyle::Danger,
            })
    });
    let made: Vec<serenity::CreateButton> = made.collect();
    let menu = post
        .menu
        .iter()
        .map(|menu| select(house, post.locale, menu));
    let rows = made.chunks(BUTTONS_IN_A_ROW);
    menu.chain(rows.map(|row| serenity::CreateActionRow::Buttons(row.to_vec())))
        .collect()
}

fn select(house: &House, locale: Locale, menu: &Menu) -> serenity::CreateActionRow {
    let options = menu.choices.iter().map(|choice| {
        let option =
            serenity::CreateSelectMenuOption::new(house.say(locale, &choice.label), &choice.value);
        match &choice.about {
            Some(about) => option.description(house.say(locale, about)),
            None => option,
        }
    });
    let kind = serenity::CreateSelectMenuKind::String {
        options: options.collect(),
    };
    serenity::CreateActionRow::SelectMenu(
        serenity::CreateSelectMenu::new(&menu.id, kind)
            .placeholder(house.say(locale, &menu.placeholder))
            .min_values(menu.least)
            .max_values(menu.most),
    )
}
