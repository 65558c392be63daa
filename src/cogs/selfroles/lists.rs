//! The guild's menus as administrators see them: all of them, paged, and one with what is wrong with it.

use poise::serenity_prelude as serenity;

use super::posts::{conditions, how, length};
use super::presses::judges;
use super::register::{self, RoleMenu};
use super::rules;
use crate::cogs::roles;
use crate::discord::{Answer, Audience, House, pager};
use crate::model::{GuildId, Locale, Post, Refusal, Rejection, Scene, Text};
use crate::text;

/// How many menus a page shows.
const PAGE: u32 = 10;

/// A page of the guild's menus.
pub(super) async fn menus(
    house: &House,
    locale: Locale,
    guild: GuildId,
    page: u32,
) -> Result<Answer, Rejection> {
    let offset = page.saturating_sub(1).saturating_mul(PAGE);
    let (total, menus) = house
        .store
        .read(move |reader| {
            let menus = register::page(reader, guild, PAGE, offset)?;
            Ok((register::count(reader, guild)?, menus))
        })
        .await?;
    let pages = total.div_ceil(PAGE).max(1);
    if page > pages {
        return Err(Refusal(text!("refused-no-page", page = page, pages = pages)).into());
    }
    let mut post = Post::new(locale, text!("selfroles-list", count = total));
    if total == 0 {
        let prefix = house.preferences.prefix(Some(guild));
        post.body = Some(text!("selfroles-list-none", prefix = prefix));
    }
    post.fields = menus.iter().map(line).collect();
    Ok(Answer::to(Audience::Everyone)
        .posting(house, &post)
        .offering(pager(house, locale, "rolemenu:page", page, pages)))
}

fn line(menu: &RoleMenu) -> (Text, Text) {
    let name = text!(
        "selfroles-line-name",
        number = menu.row.number,
        title = menu.row.title.clone()
    );
    let line = text!(
        "selfroles-line",
        count = menu.offers.len(),
        place = place(menu)
    );
    (name, line)
}

/// Where the menu stands, or why it doesn't.
fn place(menu: &RoleMenu) -> Text {
    let row = &menu.row;
    match (row.channel, row.message, row.vanished) {
        (Some(channel), Some(message), _) => text!(
            "selfroles-place",
            channel = channel.mention(),
            link = format!(
                "https://discord.com/channels/{}/{channel}/{message}",
                row.guild
            )
        ),
        (_, None, Some(vanished)) => {
            text!("selfroles-place-vanished", since = vanished.markup('f'))
        }
        _ => Text::new("selfroles-place-none"),
    }
}

/// One menu, with whatever keeps its roles from being handed out.
pub(super) async fn one(
    house: &House,
    ctx: &serenity::Context,
    locale: Locale,
    scene: &Scene,
    number: u32,
) -> Result<Answer, Rejection> {
    let guild = scene.guild;
    let menu = house
        .store
        .read(move |reader| rules::find(reader, guild, number))
        .await?
        .ok_or_else(|| rules::no_menu(number))?;
    let judges = judges(ctx, &menu).await?;
    let (name, _) = line(&menu);
    let mut post = Post::new(locale, name);
    post.body = menu.row.text.clone().map(Text::verbatim);
    post.fields
        .push((Text::new("selfroles-field-place"), place(&menu)));
    post.fields
        .push((Text::new("selfroles-field-how"), how(&menu)));
    post.fields.extend(conditions(&menu));
    let mut offers: Vec<String> = Vec::new();
    for offer in &menu.offers {
        let mut line = house.say(locale, &rules::offered_text(&offer.label, offer.role));
        if let Some(seconds) = offer.seconds {
            let loan = text!("selfroles-for", duration = length(seconds));
            line.push_str(" · ");
            line.push_str(&house.say(locale, &loan));
        }
        let chooser = judges
            .choosers
            .iter()
            .find(|chooser| Some(chooser.user) == offer.chooser);
        let fit =
            roles::rules::may_hand_out_of(&judges.roles, offer.role, chooser, &scene.greffier);
        if let Err(Rejection::Refused(Refusal(why))) = fit {
            line.push_str("\n⚠️ ");
            line.push_str(&house.say(locale, &why));
        }
        offers.push(line);
    }
    // An embed's description holds 4096 characters (Discord's limit); the text has at most half of them.
    let offered: String = offers.join("\n").chars().take(2000).collect();
    post.body = Some(match post.body.take() {
        Some(text) => text!("selfroles-lines", before = text, line = offered),
        None => Text::verbatim(offered),
    });
    Ok(Answer::to(Audience::Everyone).posting(house, &post))
}
