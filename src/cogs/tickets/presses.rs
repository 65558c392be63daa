//! Buttons, menus and forms of tickets. Their ids say all, so that they work for as long as they stand.

use futures::future::BoxFuture;
use poise::serenity_prelude as serenity;
use serenity::{CreateActionRow, CreateInputText, CreateModal, InputTextStyle};

use super::category::Category;
use super::commands::opened_text;
use super::rules::{self, Request};
use super::{closing, ending, mine, reach, working};
use crate::cogs::conversations::rules::{self as conversations, checked_reason};
use crate::cogs::conversations::{Answer as Answered, Cause, public_id};
use crate::discord::{Answer, Audience, Press, Used};
use crate::model::{ChannelId, GuildId, Refusal, Rejection, Text, UserId};
use crate::store::Order;
use crate::text;

/// The heading of a form holds 45 characters (Discord's limit).
const LONGEST_HEADING: usize = 45;

/// Takes what was pressed.
pub(super) fn pressed(press: Press<'_>) -> BoxFuture<'_, Result<(), Rejection>> {
    Box::pin(async move {
        let arguments = press.arguments();
        let number = |at: usize| arguments.get(at).and_then(|it| it.parse::<u32>().ok());
        match (arguments.first().copied().unwrap_or_default(), number(1)) {
            ("open", _) => {
                let chosen = press.values().into_iter().next();
                let key = chosen.or_else(|| arguments.get(1).map(|key| (*key).to_owned()));
                begin(&press, &key.unwrap_or_default()).await
            }
            ("form", _) => submit(&press, arguments.get(1).copied().unwrap_or_default()).await,
            ("close", Some(number)) => ask_why(&press, number).await,
            ("why", Some(number)) => {
                let reason = checked_reason(press.field("reason").unwrap_or_default())?;
                close(&press, number, Cause::Asked, &reason).await
            }
            ("agree", Some(number)) => {
                only_who_asked(&press, number).await?;
                close(&press, number, Cause::Agreed, "").await
            }
            ("decline", Some(number)) => decline(&press, number).await,
            ("claim", Some(number)) => claim(&press, number).await,
            ("reopen", Some(number)) => reopen(&press, number).await,
            ("mine", _) => {
                let owner = arguments.get(1).copied().unwrap_or_default();
                mine::turn(&press, owner, number(2).unwrap_or(1)).await
            }
            ("copy", _) => copy(&press).await,
            ("rate", _) => rate(&press, &arguments).await,
            _ => Err(Refusal::new("refused-outdated-command").into()),
        }
    })
}

/// Opens a ticket, or the form that comes first.
async fn begin(press: &Press<'_>, key: &str) -> Result<(), Rejection> {
    let (guild, user) = (press.guild()?, UserId(press.user().id.get()));
    let now = press.house.clock().now();
    let wanted = key.to_owned();
    let category = press
        .house
        .store
        .read(move |reader| {
            let category = rules::category(reader, guild, &wanted);
            // Who may not open one is told before writing a form full.
            Ok(category.and_then(|category| {
                rules::may_open(reader, guild, user, &category, now).map(|()| category)
            }))
        })
        .await??;
    if category.questions.is_empty() {
        return open(press, key, Vec::new()).await;
    }
    press.ask(form(&category)).await
}

fn form(category: &Category) -> CreateModal {
    let rows = (0..)
        .zip(&category.questions)
        .map(|(place, question): (u32, _)| {
            CreateActionRow::InputText(
                CreateInputText::new(InputTextStyle::Paragraph, question, format!("q{place}"))
                    .max_length(1000)
                    .required(true),
            )
        });
    let heading: String = category.name.chars().take(LONGEST_HEADING).collect();
    CreateModal::new(format!("tickets:form:{}", category.key), heading).components(rows.collect())
}

async fn submit(press: &Press<'_>, key: &str) -> Result<(), Rejection> {
    let (guild, wanted) = (press.guild()?, key.to_owned());
    let category = press
        .house
        .store
        .read(move |reader| Ok(rules::category(reader, guild, &wanted)))
        .await??;
    let answers = (0..)
        .zip(category.questions)
        .map(|(place, question): (u32, _)| Answered {
            question,
            answer: press
                .field(&format!("q{place}"))
                .unwrap_or_default()
                .to_owned(),
        });
    open(press, key, answers.collect()).await
}

async fn open(press: &Press<'_>, key: &str, answers: Vec<Answered>) -> Result<(), Rejection> {
    let guild = press.guild()?;
    let hall = reach::hall(press.house, guild)?;
    let channel = match press.what {
        Used::Component(component) => component.channel_id,
        Used::Form(form) => form.channel_id,
    };
    let request = Request {
        id: public_id::new(press.house.clock().now()),
        user: UserId(press.user().id.get()),
        category: key.to_owned(),
        subject: None,
        answers,
        asked_in: Some(ChannelId(channel.get())),
    };
    let opened = press
        .house
        .store
        .write(press.order(), move |tx| rules::open(tx, &hall, request))
        .await?
        .value;
    let channel = reach::channel_of(press.house, guild, opened.number).await?;
    press
        .say(Audience::Asker, &opened_text(&opened, channel))
        .await
}

/// A form for the reason, for those who may close.
async fn ask_why(press: &Press<'_>, number: u32) -> Result<(), Rejection> {
    may_close(press, number).await?;
    let locale = press.locale(Audience::Asker);
    let say = |key: &'static str| press.house.say(locale, &Text::new(key));
    let input = CreateInputText::new(
        InputTextStyle::Paragraph,
        say("tickets-field-reason"),
        "reason",
    );
    let form = CreateModal::new(format!("tickets:why:{number}"), say("tickets-button-close"))
        .components(vec![CreateActionRow::InputText(
            input.required(false).max_length(900),
        )]);
    press.ask(form).await
}

async fn may_close(press: &Press<'_>, number: u32) -> Result<(), Rejection> {
    let (guild, actor) = (press.guild()?, press.scene().await?.actor);
    press
        .house
        .store
        .read(move |reader| Ok(ending::may_close(reader, guild, &actor, number)))
        .await??;
    Ok(())
}

async fn only_who_asked(press: &Press<'_>, number: u32) -> Result<(), Rejection> {
    let guild = press.guild()?;
    let conversation = press
        .house
        .store
        .read(move |reader| Ok(conversations::find_open(reader, guild, number)))
        .await??;
    match conversation.user == UserId(press.user().id.get()) {
        true => Ok(()),
        false => Err(Refusal::new("refused-not-your-ticket").into()),
    }
}

async fn close(
    press: &Press<'_>,
    number: u32,
    cause: Cause,
    reason: &str,
) -> Result<(), Rejection> {
    may_close(press, number).await?;
    let hall = reach::hall(press.house, press.guild()?)?;
    closing::close(press.house, &hall, press.order(), number, cause, reason).await?;
    let text = text!("tickets-closing", number = number);
    if let Err(error) = press.say(Audience::Asker, &text).await {
        // The channel may be gone with what was pressed.
        tracing::info!(event = "reply_failed", command = "tickets", error = %format!("{error:#}"));
    }
    Ok(())
}

async fn decline(press: &Press<'_>, number: u32) -> Result<(), Rejection> {
    only_who_asked(press, number).await?;
    let text = text!(
        "tickets-declined",
        member = UserId(press.user().id.get()).mention()
    );
    let words = press.house.say(press.locale(Audience::Everyone), &text);
    press
        .update(Answer::to(Audience::Everyone).saying(words))
        .await
}

async fn claim(press: &Press<'_>, number: u32) -> Result<(), Rejection> {
    let hall = reach::hall(press.house, press.guild()?)?;
    let actor = press.scene().await?.actor;
    press
        .house
        .store
        .write(press.order(), move |tx| {
            working::claim(tx, &hall, &actor, number)
        })
        .await?;
    let text = text!("tickets-claim-done", number = number);
    press.say(Audience::Asker, &text).await
}

async fn reopen(press: &Press<'_>, number: u32) -> Result<(), Rejection> {
    let guild = press.guild()?;
    let hall = reach::hall(press.house, guild)?;
    let actor = press.scene().await?.actor;
    let still_there = mine::still_there(press.house, &press.ctx.http, guild, number).await?;
    press
        .house
        .store
        .write(press.order(), move |tx| {
            ending::reopen(tx, &hall, &actor, number, still_there)
        })
        .await?;
    let text = text!("tickets-reopen-done", number = number);
    press.say(Audience::Asker, &text).await
}

async fn copy(press: &Press<'_>) -> Result<(), Rejection> {
    let number = press.values().first().and_then(|it| it.parse().ok());
    let number: u32 = number.ok_or_else(|| Refusal::new("refused-outdated-command"))?;
    let actor = press.scene().await?.actor;
    let answer = mine::transcript(press.house, press.guild()?, number, &actor).await?;
    press.answer(answer).await
}

/// Stars under the farewell: pressed in a direct message, so that the id names the guild.
async fn rate(press: &Press<'_>, arguments: &[&str]) -> Result<(), Rejection> {
    let outdated = || Refusal::new("refused-outdated-command");
    let guild: GuildId = arguments
        .get(1)
        .and_then(|it| it.parse().ok())
        .ok_or_else(outdated)?;
    let read = |at: usize| arguments.get(at).and_then(|it| it.parse::<u32>().ok());
    let (Some(number), Some(stars)) = (read(2), read(3)) else {
        return Err(outdated().into());
    };
    let user = UserId(press.user().id.get());
    let order = Order {
        guild: Some(guild),
        ..press.order()
    };
    let stars = u8::try_from(stars).unwrap_or(0);
    press
        .house
        .store
        .write(order, move |tx| {
            conversations::rate(tx, guild, number, user, stars, None)
        })
        .await?;
    let text = text!("tickets-rated", stars = "★".repeat(usize::from(stars)));
    press.say(Audience::Asker, &text).await
}
