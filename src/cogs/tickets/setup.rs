//! `ticket_setup`: tickets set up with menus and one form. They carry no state: they work for as long as their message
//! stands.

use std::sync::Arc;

use futures::future::BoxFuture;
use poise::serenity_prelude as serenity;
use serenity::{
    ButtonStyle, ChannelType, CreateActionRow, CreateButton, CreateInputText, CreateModal,
    CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption, InputTextStyle,
};

use super::arranging::{self, Draft};
use super::category::{Category, Look};
use super::choosing::Choosing;
use super::commands::described;
use super::register;
use crate::cogs::conversations::Place;
use crate::cogs::settings::rules::administrators_only;
use crate::discord::{Answer, Audience, Context, House, Press, Used, embed, here, locale, scene};
use crate::model::{ChannelId, GuildId, Locale, Post, Refusal, Rejection, RoleId, Standing, Text};
use crate::text;

/// How many roles can answer a category (Discord's limit for a menu: 25).
const MOST_ROLES: u8 = 10;

/// Shows the guild's categories and how to make one.
pub(super) async fn begin(ctx: Context<'_>) -> Result<(), Rejection> {
    if !scene(ctx).await?.actor.administers() {
        return Err(administrators_only().into());
    }
    let locale = locale(ctx, Audience::Everyone);
    let answer = overview(ctx.data(), here(ctx)?, locale).await?;
    answer.send(ctx).await
}

async fn overview(house: &Arc<House>, guild: GuildId, locale: Locale) -> Result<Answer, Rejection> {
    let known = house
        .store
        .read(move |reader| register::categories(reader, guild))
        .await?;
    let post = Post::new(locale, Text::new("ticketsetup-title"))
        .saying(text!("ticketsetup-words", count = known.len()));
    let say = |key: &'static str| house.say(locale, &Text::new(key));
    let mut rows = Vec::new();
    if !known.is_empty() {
        let options = known
            .iter()
            .map(|category| CreateSelectMenuOption::new(&category.name, &category.key));
        let kind = CreateSelectMenuKind::String {
            options: options.collect(),
        };
        rows.push(CreateActionRow::SelectMenu(
            CreateSelectMenu::new("ticketsetup:pick", kind).placeholder(say("ticketsetup-pick")),
        ));
    }
    let transcripts = CreateSelectMenuKind::Channel {
        channel_types: Some(vec![ChannelType::Text]),
        default_channels: None,
    };
    rows.push(CreateActionRow::SelectMenu(
        CreateSelectMenu::new("ticketsetup:transcripts", transcripts)
            .placeholder(say("ticketsetup-transcripts")),
    ));
    let mut buttons = vec![
        CreateButton::new("ticketsetup:new")
            .label(say("ticketsetup-new"))
            .style(ButtonStyle::Primary),
    ];
    if !known.is_empty() {
        for (look, key) in [
            ("buttons", "ticketsetup-panel"),
            ("menu", "ticketsetup-menu"),
        ] {
            buttons.push(
                CreateButton::new(format!("ticketsetup:panel:{look}"))
                    .label(say(key))
                    .style(ButtonStyle::Secondary),
            );
        }
    }
    rows.push(CreateActionRow::Buttons(buttons));
    Ok(Answer::to(Audience::Everyone)
        .showing(embed(house, &post))
        .offering(rows))
}

/// One category with its menus.
fn page(house: &House, category: &Category, locale: Locale) -> Answer {
    let say = |key: &'static str| house.say(locale, &Text::new(key));
    let id = |what: &str| format!("ticketsetup:{what}:{}", category.key);
    let staff = CreateSelectMenuKind::Role {
        default_roles: Some(
            category
                .staff
                .iter()
                .map(|role| serenity::RoleId::new(role.0))
                .collect(),
        ),
    };
    let parents = match category.place {
        Place::Channel => ChannelType::Category,
        Place::Thread => ChannelType::Text,
    };
    let parent = CreateSelectMenuKind::Channel {
        channel_types: Some(vec![parents]),
        default_channels: category
            .parent
            .map(|parent| vec![serenity::ChannelId::new(parent.0)]),
    };
    let place = match category.place {
        Place::Channel => "ticketsetup-as-thread",
        Place::Thread => "ticketsetup-as-channel",
    };
    let button = |what: &str, key: &'static str| {
        CreateButton::new(id(what))
            .label(say(key))
            .style(ButtonStyle::Secondary)
    };
    let rows = vec![
        CreateActionRow::SelectMenu(
            CreateSelectMenu::new(id("staff"), staff)
                .placeholder(say("ticketsetup-staff"))
                .min_values(0)
                .max_values(MOST_ROLES),
        ),
        CreateActionRow::SelectMenu(
            CreateSelectMenu::new(id("parent"), parent).placeholder(say("ticketsetup-parent")),
        ),
        CreateActionRow::Buttons(vec![
            button("texts", "ticketsetup-texts"),
            button("place", place),
            button("back", "ticketsetup-back"),
        ]),
    ];
    Answer::to(Audience::Everyone)
        .showing(embed(house, &described(category, locale)))
        .offering(rows)
}

/// Takes what was chosen.
pub(super) fn pressed(press: Press<'_>) -> BoxFuture<'_, Result<(), Rejection>> {
    Box::pin(async move {
        let actor = press.scene().await?.actor;
        if !actor.administers() {
            return Err(administrators_only().into());
        }
        let arguments = press.arguments();
        let key = arguments.get(1).copied().unwrap_or_default().to_owned();
        let ids: Vec<u64> = press
            .values()
            .iter()
            .filter_map(|it| it.parse().ok())
            .collect();
        match arguments.first().copied().unwrap_or_default() {
            "new" => press.ask(name_form(&press)).await,
            "named" => {
                let name = press.field("name").unwrap_or_default().to_owned();
                let key = make(&press, actor, name).await?;
                show(&press, &key).await
            }
            "pick" => show(&press, &press.values().first().cloned().unwrap_or_default()).await,
            "back" => {
                let locale = press.locale(Audience::Everyone);
                let answer = overview(press.house, press.guild()?, locale).await?;
                press.update(answer).await
            }
            "staff" => {
                let roles = ids.into_iter().map(RoleId).collect();
                set(&press, actor, key, Choosing::Staff(roles)).await
            }
            "parent" => {
                let parent = ids.first().copied().map(ChannelId);
                set(&press, actor, key, Choosing::Parent(parent)).await
            }
            "place" => toggle_place(&press, actor, key).await,
            "texts" => {
                let category = category(&press, &key).await?;
                press.ask(texts_form(&press, &category)).await
            }
            "written" => {
                let field = |id: &str| press.field(id).unwrap_or_default().to_owned();
                let texts = Choosing::Texts {
                    name: field("name"),
                    about: field("about"),
                    opening: field("opening"),
                    questions: field("questions"),
                };
                set(&press, actor, key, texts).await
            }
            "transcripts" => transcripts(&press, actor, ids).await,
            "panel" => panel(&press, actor, &key).await,
            _ => Err(Refusal::new("refused-outdated-command").into()),
        }
    })
}

fn name_form(press: &Press<'_>) -> CreateModal {
    let locale = press.locale(Audience::Asker);
    let say = |key: &'static str| press.house.say(locale, &Text::new(key));
    let input = CreateInputText::new(InputTextStyle::Short, say("ticket-setting-name"), "name");
    CreateModal::new("ticketsetup:named", say("ticketsetup-new"))
        .components(vec![CreateActionRow::InputText(input.max_length(60))])
}

fn texts_form(press: &Press<'_>, category: &Category) -> CreateModal {
    let locale = press.locale(Audience::Asker);
    let say = |key: String| press.house.say(locale, &Text::keyed(key));
    let questions = category.questions.join("\n");
    let opening = category.opening.clone().unwrap_or_default();
    let inputs = [
        ("name", InputTextStyle::Short, category.name.as_str(), 60),
        ("about", InputTextStyle::Short, category.about.as_str(), 100),
        ("opening", InputTextStyle::Paragraph, opening.as_str(), 2000),
        (
            "questions",
            InputTextStyle::Paragraph,
            questions.as_str(),
            300,
        ),
    ]
    .into_iter()
    .map(|(id, style, value, most)| {
        let label = say(format!("ticket-setting-{id}"));
        let input = CreateInputText::new(style, label, id)
            .required(id == "name")
            .max_length(most);
        CreateActionRow::InputText(match value.is_empty() {
            true => input,
            false => input.value(value),
        })
    });
    let heading = press.house.say(locale, &Text::new("ticketsetup-texts"));
    CreateModal::new(format!("ticketsetup:written:{}", category.key), heading)
        .components(inputs.collect())
}

async fn category(press: &Press<'_>, key: &str) -> Result<Category, Rejection> {
    let (guild, key) = (press.guild()?, key.to_owned());
    press
        .house
        .store
        .read(move |reader| Ok(super::rules::category(reader, guild, &key)))
        .await?
}

async fn show(press: &Press<'_>, key: &str) -> Result<(), Rejection> {
    let category = category(press, key).await?;
    let locale = press.locale(Audience::Everyone);
    press.update(page(press.house, &category, locale)).await
}

async fn make(press: &Press<'_>, actor: Standing, name: String) -> Result<String, Rejection> {
    let guild = press.guild()?;
    let made = press
        .house
        .store
        .write(press.order(), move |tx| {
            arranging::add_category(tx, guild, &actor, &name)
        })
        .await?;
    Ok(made.value)
}

async fn set(
    press: &Press<'_>,
    actor: Standing,
    key: String,
    choosing: Choosing,
) -> Result<(), Rejection> {
    let guild = press.guild()?;
    let set = press
        .house
        .store
        .write(press.order(), move |tx| {
            arranging::set_category(tx, guild, &actor, &key, choosing)
        })
        .await?;
    let locale = press.locale(Audience::Everyone);
    press.update(page(press.house, &set.value, locale)).await
}

async fn toggle_place(press: &Press<'_>, actor: Standing, key: String) -> Result<(), Rejection> {
    let place = match category(press, &key).await?.place {
        Place::Channel => Place::Thread,
        Place::Thread => Place::Channel,
    };
    set(press, actor, key, Choosing::Place(place)).await
}

async fn transcripts(press: &Press<'_>, actor: Standing, ids: Vec<u64>) -> Result<(), Rejection> {
    let guild = press.guild()?;
    let channel = ids.first().map(u64::to_string).unwrap_or_default();
    press
        .house
        .store
        .write(press.order(), move |tx| {
            arranging::set_desk(tx, guild, &actor, "transcripts", &channel)
        })
        .await?;
    let locale = press.locale(Audience::Everyone);
    press
        .update(overview(press.house, guild, locale).await?)
        .await
}

/// Posts a panel with all categories where the menus stand.
async fn panel(press: &Press<'_>, actor: Standing, look: &str) -> Result<(), Rejection> {
    let guild = press.guild()?;
    let channel = match press.what {
        Used::Component(component) => component.channel_id,
        Used::Form(form) => form.channel_id,
    };
    let draft = Draft {
        channel: ChannelId(channel.get()),
        title: None,
        words: None,
        look: match look {
            "menu" => Look::Menu,
            _ => Look::Buttons,
        },
        categories: Vec::new(),
    };
    let locale = press.house.config.locale;
    let number = press
        .house
        .store
        .write(press.order(), move |tx| {
            arranging::post_panel(tx, guild, &actor, draft, locale)
        })
        .await?
        .value;
    let text = text!("tickets-panel-posted", number = number);
    press.say(Audience::Asker, &text).await
}
