//! The message that a case is made from: the one that a command answers, or that a context menu was opened on.

use anyhow::Context as _;
use poise::serenity_prelude as serenity;
use serde::{Deserialize, Serialize};
use serenity::{
    CreateActionRow, CreateInputText, CreateInteractionResponse, CreateModal, InputTextStyle,
};

use super::register::Evidence;
use super::rules::LONGEST_REASON;
use crate::discord::{Audience, Context, Press, locale, standing};
use crate::model::{ChannelId, MessageId, Refusal, Rejection, Scene, Standing, Text, UserId};
use crate::store::Order;

/// How much of a message is kept, in characters (Discord's limit for one is 4000).
const LONGEST_TEXT: usize = 4000;
/// How long the other lines of a form may be, in characters.
const LONGEST_LENGTH: usize = 50;

/// The message that this command was sent as a reply to.
pub fn replied_to(ctx: Context<'_>) -> Option<Evidence> {
    match ctx {
        poise::Context::Prefix(prefix) => prefix.msg.referenced_message.as_deref().map(of),
        poise::Context::Application(_) => None,
    }
}

/// A message as it stands now.
pub fn of(message: &serenity::Message) -> Evidence {
    let attachments = message
        .attachments
        .iter()
        .map(|attachment| format!("{} {}", attachment.filename, attachment.url));
    Evidence {
        author: UserId(message.author.id.get()),
        channel: ChannelId(message.channel_id.get()),
        message: MessageId(message.id.get()),
        text: message.content.chars().take(LONGEST_TEXT).collect(),
        attachments: attachments.collect::<Vec<_>>().join("\n"),
    }
}

/// Whom a context menu was opened on, and the message if it was one. Kept while the form is filled in: its author may
/// delete the message meanwhile.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Pointed {
    /// Who it is about.
    pub member: UserId,
    /// The message.
    pub evidence: Option<Evidence>,
}

/// A line of a form: its id, and the text beside it.
pub type Line = (&'static str, &'static str);

/// Opens a form with `lines` (the last one long) about whom a context menu was opened on. Sent, it comes back as
/// `<name>:form:<token>`; [`pointed`] knows then what it was about.
pub async fn ask(
    ctx: Context<'_>,
    name: &str,
    title: &'static str,
    lines: &[Line],
    about: Pointed,
) -> Result<(), Rejection> {
    let poise::Context::Application(application) = ctx else {
        return Ok(());
    };
    let house = ctx.data();
    let reader = locale(ctx, Audience::Asker);
    let token = application.interaction.id.to_string();
    let id = format!("{name}:form:{token}");
    house
        .store
        .operate(move |operations| operations.ask(&token, &about))
        .await?;
    let rows = lines.iter().enumerate().map(|(at, (id, label))| {
        let is_last = at + 1 == lines.len();
        let style = if is_last {
            InputTextStyle::Paragraph
        } else {
            InputTextStyle::Short
        };
        let label = house.say(reader, &Text::new(label));
        let input = CreateInputText::new(style, label, *id).required(false);
        let longest = if is_last {
            LONGEST_REASON
        } else {
            LONGEST_LENGTH
        };
        let longest = u16::try_from(longest).unwrap_or(u16::MAX);
        CreateActionRow::InputText(input.max_length(longest))
    });
    let form =
        CreateModal::new(id, house.say(reader, &Text::new(title))).components(rows.collect());
    let asked = CreateInteractionResponse::Modal(form);
    let http = &application.serenity_context().http;
    application
        .interaction
        .create_response(http, asked)
        .await
        .context("opening a form")?;
    Ok(())
}

/// What a form was about: the member as they stand now, and the order that carries it out once however often it is sent.
pub async fn pointed(press: &Press<'_>, token: &str) -> Result<Answered, Rejection> {
    let now = press.house.clock().now();
    let asked = token.to_owned();
    let found = press
        .house
        .store
        .read(move |reader| reader.asked::<Pointed>(&asked, now))
        .await?;
    let Pointed { member, evidence } =
        found.ok_or_else(|| Refusal::new("refused-form-too-late"))?;
    let user = serenity::UserId::new(member.0)
        .to_user(press.ctx)
        .await
        .with_context(|| format!("looking up user {member}"))?;
    let scene = press.scene().await?;
    let guild = serenity::GuildId::new(scene.guild.0);
    let member = standing(press.ctx, guild, &user).await?;
    let order = Order {
        origin: Some(format!("f{token}")),
        ..press.order()
    };
    Ok(Answered {
        scene,
        member,
        evidence,
        order,
    })
}

/// A form that was sent.
pub struct Answered {
    /// Where, and by whom.
    pub scene: Scene,
    /// About whom.
    pub member: Standing,
    /// About which message.
    pub evidence: Option<Evidence>,
    /// The order.
    pub order: Order,
}
