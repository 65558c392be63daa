//! What happens when a menu is used, when its list is paged, and when closing one is confirmed.

use std::collections::BTreeSet;

use futures::future::BoxFuture;
use poise::serenity_prelude as serenity;

use super::lists;
use super::register::RoleMenu;
use super::rules::{self, Chosen, Judges, Pick};
use crate::cogs::settings;
use crate::discord::{Answer, Audience, Press, role_facts, standing};
use crate::model::{Refusal, Rejection, RoleId, Text, Timestamp, UserId};
use crate::text;

/// A button or a menu of this cog was used.
pub fn press(press: Press<'_>) -> BoxFuture<'_, Result<(), Rejection>> {
    Box::pin(async move {
        match press.arguments()[..] {
            ["give", menu, role] => {
                let role = role.parse().map_err(|_| outdated())?;
                choose(&press, number(menu)?, Pick::Toggle(role)).await
            }
            ["pick", menu] => {
                let values = press.values();
                let roles = values.iter().map(|value| value.parse());
                let roles: Result<BTreeSet<RoleId>, _> = roles.collect();
                let pick = Pick::Exactly(roles.map_err(|_| outdated())?);
                choose(&press, number(menu)?, pick).await
            }
            ["page", page] => turn(&press, number(page)?).await,
            ["close", menu, who] => close(&press, number(menu)?, who).await,
            ["stay", menu, who] => {
                by(&press, who)?;
                let text = text!("selfroles-stays", number = number(menu)?);
                replace(&press, &text).await
            }
            _ => Err(outdated().into()),
        }
    })
}

fn outdated() -> Refusal {
    Refusal::new("refused-menu-changed")
}

fn number(text: &str) -> Result<u32, Refusal> {
    text.parse().map_err(|_| outdated())
}

/// The guild's roles, and those who set the menu up, as they stand now.
pub(super) async fn judges(ctx: &serenity::Context, menu: &RoleMenu) -> Result<Judges, Rejection> {
    let guild = serenity::GuildId::new(menu.row.guild.0);
    let ids: BTreeSet<UserId> = menu
        .offers
        .iter()
        .filter_map(|offer| offer.chooser)
        .collect();
    let mut choosers = Vec::new();
    for id in ids {
        let user = serenity::UserId::new(id.0)
            .to_user(ctx)
            .await
            .map_err(|error| anyhow::Error::new(error).context("looking up who set a menu up"))?;
        choosers.push(standing(ctx, guild, &user).await?);
    }
    Ok(Judges {
        roles: role_facts(&ctx.cache, guild)?,
        choosers,
    })
}

async fn choose(press: &Press<'_>, number: u32, pick: Pick) -> Result<(), Rejection> {
    let (scene, guild) = (press.scene().await?, press.guild()?);
    let menu = press
        .house
        .store
        .read(move |reader| rules::find(reader, guild, number))
        .await?
        .ok_or_else(|| Refusal::new("refused-menu-gone"))?;
    let judges = judges(press.ctx, &menu).await?;
    let chosen = press
        .house
        .store
        .write(press.order(), move |tx| {
            rules::press(tx, &scene, number, &pick, &judges)
        })
        .await?
        .value;
    press.say(Audience::Asker, &chosen_text(&chosen)).await
}

/// What a member reads of what they chose.
fn chosen_text(chosen: &Chosen) -> Text {
    let mentions = |roles: Vec<RoleId>| {
        let mentions = roles.iter().map(|role| role.mention());
        mentions.collect::<Vec<_>>().join(", ")
    };
    let given = |until: Option<Timestamp>| -> Vec<RoleId> {
        let same = chosen.given.iter().filter(|(_, end)| *end == until);
        same.map(|(role, _)| *role).collect()
    };
    let mut lines: Vec<Text> = Vec::new();
    let ends: BTreeSet<Option<Timestamp>> = chosen.given.iter().map(|(_, end)| *end).collect();
    for end in ends {
        let roles = mentions(given(end));
        lines.push(match end {
            Some(end) => text!(
                "selfroles-given-until",
                roles = roles,
                until = end.markup('f')
            ),
            None => text!("selfroles-given", roles = roles),
        });
    }
    if !chosen.taken.is_empty() {
        lines.push(text!(
            "selfroles-taken",
            roles = mentions(chosen.taken.clone())
        ));
    }
    if !chosen.kept.is_empty() {
        lines.push(text!(
            "selfroles-kept",
            roles = mentions(chosen.kept.clone())
        ));
    }
    let joined = lines
        .into_iter()
        .reduce(|before, line| text!("selfroles-lines", before = before, line = line));
    joined.unwrap_or_else(|| Text::new("selfroles-as-before"))
}

async fn administrator(press: &Press<'_>) -> Result<crate::model::Scene, Rejection> {
    let scene = press.scene().await?;
    if scene.actor.administers() {
        Ok(scene)
    } else {
        Err(settings::rules::administrators_only().into())
    }
}

async fn turn(press: &Press<'_>, page: u32) -> Result<(), Rejection> {
    let scene = administrator(press).await?;
    let locale = press.locale(Audience::Everyone);
    let answer = lists::menus(press.house, locale, scene.guild, page).await?;
    press.update(answer).await
}

/// Whoever was asked is who answers.
fn by(press: &Press<'_>, who: &str) -> Result<(), Refusal> {
    if who == press.user().id.get().to_string() {
        Ok(())
    } else {
        Err(Refusal::new("refused-not-your-question"))
    }
}

async fn close(press: &Press<'_>, number: u32, who: &str) -> Result<(), Rejection> {
    by(press, who)?;
    let scene = administrator(press).await?;
    press
        .house
        .store
        .write(press.order(), move |tx| rules::close(tx, &scene, number))
        .await?;
    replace(press, &text!("selfroles-closed", number = number)).await
}

/// The question gives way to what came of it.
async fn replace(press: &Press<'_>, text: &Text) -> Result<(), Rejection> {
    let words = press.house.say(press.locale(Audience::Everyone), text);
    press
        .update(Answer::to(Audience::Everyone).saying(words))
        .await
}
