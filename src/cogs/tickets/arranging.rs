//! What administrators set up: categories, panels, prepared answers, who may open none, the desk as a whole.

use super::category::{Category, Desk, Look, Panel};
use super::choosing::{Choosing, LONGEST_NAME, checked, choose, ids};
use super::register::{self, Change, Tickets};
use super::rules::category;
use super::working::checked_words;
use crate::cogs::conversations::rules::checked_reason;
use crate::cogs::settings;
use crate::cogs::settings::rules::{administrators_only, moderators_only};
use crate::model::{
    Button, ButtonStyle, ChannelId, Choice, Effect, GuildId, Locale, Menu, MessageId, Post,
    Refusal, Rejection, Standing, Text, UserId,
};
use crate::store::Tx;
use crate::text;

/// How many categories a guild may have: a menu shows 25 (Discord's limit).
pub const MOST_CATEGORIES: usize = 25;
/// The longest key and name of a prepared answer: what fits an id of a button.
const LONGEST_KEY: usize = 30;
fn for_administrators(actor: &Standing) -> Result<(), Refusal> {
    match actor.administers() {
        true => Ok(()),
        false => Err(administrators_only()),
    }
}

/// Makes a category; returns its key.
pub fn add_category(
    tx: &mut Tx<'_>,
    guild: GuildId,
    actor: &Standing,
    name: &str,
) -> Result<String, Rejection> {
    for_administrators(actor)?;
    let name = checked(name, LONGEST_NAME)?;
    let key = key_of(&name);
    let known = register::categories(tx, guild)?;
    if key.is_empty() || known.iter().any(|category| category.key == key) {
        return Err(Refusal::from(text!("refused-category-exists", key = key)).into());
    }
    if known.len() >= MOST_CATEGORIES {
        return Err(Refusal::from(text!("refused-many-categories", most = MOST_CATEGORIES)).into());
    }
    let category = Category::new(&key, &name);
    tx.record::<Tickets>(&Change::CategorySet { category })?;
    Ok(key)
}

/// The key of a category's name: lower case, words joined by `-`.
pub fn key_of(name: &str) -> String {
    let words = name.to_lowercase();
    let words = words.split(|c: char| !c.is_alphanumeric());
    let key = words.filter(|word| !word.is_empty()).collect::<Vec<_>>();
    key.join("-").chars().take(LONGEST_KEY).collect()
}

/// Sets something about a category; returns it as it is then.
pub fn set_category(
    tx: &mut Tx<'_>,
    guild: GuildId,
    actor: &Standing,
    key: &str,
    choosing: Choosing,
) -> Result<Category, Rejection> {
    for_administrators(actor)?;
    let before = category(tx, guild, key)?;
    let after = choose(before.clone(), choosing)?;
    if after != before {
        tx.record::<Tickets>(&Change::CategorySet {
            category: after.clone(),
        })?;
    }
    Ok(after)
}

/// Takes a category out of the offer. Its tickets go on.
pub fn remove_category(
    tx: &mut Tx<'_>,
    guild: GuildId,
    actor: &Standing,
    key: &str,
) -> Result<(), Rejection> {
    for_administrators(actor)?;
    category(tx, guild, key)?;
    tx.record::<Tickets>(&Change::CategoryRemoved {
        key: key.to_owned(),
    })?;
    Ok(())
}

/// What a panel is to be.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Where it is posted.
    pub channel: ChannelId,
    /// Its heading; absent: the usual one.
    pub title: Option<String>,
    /// The text below.
    pub words: Option<String>,
    /// Buttons or a menu.
    pub look: Look,
    /// The categories' keys; empty: all.
    pub categories: Vec<String>,
}

/// By which the listener knows that a panel stands.
pub fn panel_tag(number: u32) -> String {
    format!("tickets:panel:{number}")
}

/// Posts a panel; returns its number.
pub fn post_panel(
    tx: &mut Tx<'_>,
    guild: GuildId,
    actor: &Standing,
    draft: Draft,
    locale: Locale,
) -> Result<u32, Rejection> {
    for_administrators(actor)?;
    let known = register::categories(tx, guild)?;
    let mut chosen = Vec::new();
    for key in &draft.categories {
        chosen.push(category(tx, guild, key)?);
    }
    if chosen.is_empty() {
        chosen = known;
    }
    if chosen.is_empty() {
        return Err(Refusal::new("refused-no-categories").into());
    }
    let number = register::panels(tx, guild)?
        .last()
        .map_or(1, |(panel, _)| panel.number + 1);
    let settings = settings::of(tx, guild)?;
    let locale = settings.language.unwrap_or(locale);
    let panel = Panel {
        number,
        channel: draft.channel,
        title: draft.title.unwrap_or_default(),
        words: draft.words.unwrap_or_default(),
        look: draft.look,
        categories: chosen.iter().map(|category| category.key.clone()).collect(),
    };
    let post = panel_post(&panel, &chosen, locale);
    let channel = panel.channel;
    tx.record::<Tickets>(&Change::PanelSet { panel })?;
    let effect = Effect::ChannelPost {
        guild,
        channel,
        post,
    };
    tx.enqueue_tagged(&effect, &panel_tag(number))?;
    Ok(number)
}

fn panel_post(panel: &Panel, categories: &[Category], locale: Locale) -> Post {
    let own = |words: &str, usual: &'static str| match words.is_empty() {
        true => Text::new(usual),
        false => Text::verbatim(words),
    };
    let mut post = Post::new(locale, own(&panel.title, "tickets-panel-title"))
        .saying(own(&panel.words, "tickets-panel-words"));
    match panel.look {
        Look::Buttons => {
            for category in categories {
                post = post.offering(Button {
                    id: format!("tickets:open:{}", category.key),
                    label: Text::verbatim(&category.name),
                    style: ButtonStyle::Primary,
                });
            }
        }
        Look::Menu => {
            post.menu = Some(Menu {
                id: "tickets:open".to_owned(),
                placeholder: Text::new("tickets-panel-menu"),
                least: 1,
                most: 1,
                choices: categories
                    .iter()
                    .map(|category| Choice {
                        value: category.key.clone(),
                        label: Text::verbatim(&category.name),
                        about: (!category.about.is_empty())
                            .then(|| Text::verbatim(&category.about)),
                    })
                    .collect(),
            });
        }
    }
    post
}

/// Discord said which message a panel is.
pub fn panel_posted(
    tx: &mut Tx<'_>,
    guild: GuildId,
    number: u32,
    channel: ChannelId,
    message: MessageId,
) -> Result<(), Rejection> {
    let panels = register::panels(tx, guild)?;
    let waits = |(panel, known): &(Panel, Option<MessageId>)| {
        panel.number == number && *known != Some(message)
    };
    if panels.iter().any(waits) {
        tx.record::<Tickets>(&Change::PanelPosted {
            number,
            channel,
            message,
        })?;
    }
    Ok(())
}

/// Forgets a panel; its message stays until somebody deletes it.
pub fn remove_panel(
    tx: &mut Tx<'_>,
    guild: GuildId,
    actor: &Standing,
    number: u32,
) -> Result<(), Rejection> {
    for_administrators(actor)?;
    let panels = register::panels(tx, guild)?;
    if !panels.iter().any(|(panel, _)| panel.number == number) {
        return Err(Refusal::from(text!("refused-no-panel", number = number)).into());
    }
    tx.record::<Tickets>(&Change::PanelRemoved { number })?;
    Ok(())
}

/// Prepares an answer, or takes one away when it has no words.
pub fn set_reply(
    tx: &mut Tx<'_>,
    guild: GuildId,
    actor: &Standing,
    name: &str,
    content: Option<&str>,
) -> Result<(), Rejection> {
    if !settings::of(tx, guild)?.is_moderator(actor) {
        return Err(moderators_only().into());
    }
    let name = key_of(name);
    let known = register::replies(tx, guild)?;
    let exists = known.iter().any(|reply| reply.name == name);
    let change = match content {
        Some(content) => Change::ReplySet {
            name: checked(&name, LONGEST_KEY)?,
            content: checked_words(content)?,
        },
        None if exists => Change::ReplyRemoved { name },
        None => return Err(Refusal::from(text!("refused-no-reply", name = name)).into()),
    };
    tx.record::<Tickets>(&change)?;
    Ok(())
}

/// Has somebody open no more tickets.
pub fn block(
    tx: &mut Tx<'_>,
    guild: GuildId,
    actor: &Standing,
    member: &Standing,
    reason: &str,
) -> Result<(), Rejection> {
    if !settings::of(tx, guild)?.is_moderator(actor) {
        return Err(moderators_only().into());
    }
    if !actor.is_above(member) {
        let refusal = text!("refused-hierarchy", member = member.user.mention());
        return Err(Refusal::from(refusal).into());
    }
    let reason = checked_reason(reason)?;
    tx.record::<Tickets>(&Change::Blocked {
        member: member.user,
        reason,
    })?;
    Ok(())
}

/// Has somebody open tickets again.
pub fn unblock(
    tx: &mut Tx<'_>,
    guild: GuildId,
    actor: &Standing,
    member: UserId,
) -> Result<(), Rejection> {
    if !settings::of(tx, guild)?.is_moderator(actor) {
        return Err(moderators_only().into());
    }
    if register::block(tx, guild, member)?.is_none() {
        let refusal = text!("refused-not-blocked", member = member.mention());
        return Err(Refusal::from(refusal).into());
    }
    tx.record::<Tickets>(&Change::Unblocked { member })?;
    Ok(())
}

/// Sets something that holds for all tickets: `transcripts` or `zone`.
pub fn set_desk(
    tx: &mut Tx<'_>,
    guild: GuildId,
    actor: &Standing,
    setting: &str,
    value: &str,
) -> Result<Desk, Rejection> {
    for_administrators(actor)?;
    let mut desk = register::desk(tx, guild)?;
    match setting {
        "transcripts" => desk.transcripts = ids(value).first().copied().map(ChannelId),
        "zone" if value.is_empty() || value == "default" => desk.zone = None,
        "zone" => {
            let zone = chrono_tz::Tz::from_str_insensitive(value)
                .map_err(|_| Refusal::from(text!("refused-ticket-setting", value = value)))?;
            desk.zone = Some(zone.name().to_owned());
        }
        _ => {
            return Err(Refusal::from(text!(
                "refused-no-ticket-setting",
                names = "transcripts, zone"
            ))
            .into());
        }
    }
    tx.record::<Tickets>(&Change::DeskSet { desk: desk.clone() })?;
    Ok(desk)
}
