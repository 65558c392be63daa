//! Who may set menus up, what they may offer, and what a member gets who uses one.

use std::collections::BTreeSet;
use std::time::Duration;

use super::posts::{closed_post, menu_post, moved_post, not_posted_post};
pub use super::pressing::{Chosen, Judges, Pick, press};
use super::register::{self, Change, Edit, RoleMenu, Selfroles, Style};
pub use super::register::{count, find, page};
use crate::cogs::{roles, settings};
use crate::model::{
    ChannelId, Effect, GuildId, Locale, MessageId, Post, Refusal, Rejection, RoleFacts, RoleId,
    Scene, Text, UserId,
};
use crate::store::Tx;
use crate::text;

/// How many roles a menu may offer (Discord's limit for a menu, and for five rows of buttons).
pub const MOST_OFFERS: usize = 25;
/// How many open menus a guild may have: more is no longer a list that anybody reads.
const MOST_MENUS: u32 = 100;
/// The longest heading, in characters (Discord's limit: 256).
const LONGEST_TITLE: usize = 100;
/// The longest text, in characters (Discord's limit for an embed's description: 4096).
const LONGEST_TEXT: usize = 2000;
/// The longest label of a button, in characters (Discord's limit).
const LONGEST_LABEL: usize = 80;
/// A role is lent for at least this long.
const SHORTEST_LOAN: Duration = Duration::from_secs(60);

/// Begins a menu. Returns its number.
pub fn create(tx: &mut Tx<'_>, scene: &Scene, title: &str, style: Style) -> Result<u32, Rejection> {
    administers(scene)?;
    let title = within(title, 1, LONGEST_TITLE)?;
    if register::count(tx, scene.guild)? >= MOST_MENUS {
        return Err(Refusal(text!("refused-menus-too-many", most = MOST_MENUS)).into());
    }
    let number = register::next_number(tx, scene.guild)?;
    tx.record::<Selfroles>(&Change::Created {
        number,
        title,
        style,
    })?;
    Ok(number)
}

/// Changes a property of a menu, and its message with it.
pub fn edit(tx: &mut Tx<'_>, scene: &Scene, number: u32, edit: Edit) -> Result<(), Rejection> {
    let menu = open_menu(tx, scene, number)?;
    let edit = checked(&menu, edit)?;
    tx.record::<Selfroles>(&Change::Edited { number, edit })?;
    refresh(tx, scene.guild, number, scene.locale)
}

fn checked(menu: &RoleMenu, edit: Edit) -> Result<Edit, Refusal> {
    Ok(match edit {
        Edit::Title(title) => Edit::Title(within(&title, 1, LONGEST_TITLE)?),
        Edit::Text(Some(text)) => Edit::Text(Some(within(&text, 1, LONGEST_TEXT)?)),
        Edit::Choice { least, most } => {
            let highest = most.map_or(MOST_OFFERS, usize::from);
            let is_sound = usize::from(least) <= highest
                && (1..=MOST_OFFERS).contains(&highest)
                && (menu.offers.is_empty() || usize::from(least) <= menu.offers.len());
            if !is_sound {
                return Err(text!("refused-menu-choice", most = MOST_OFFERS).into());
            }
            Edit::Choice { least, most }
        }
        Edit::Required(roles) | Edit::Forbidden(roles) if roles.len() > MOST_OFFERS => {
            return Err(text!("refused-menu-full", most = MOST_OFFERS).into());
        }
        other => other,
    })
}

/// Offers a role in a menu, or offers it under another label.
pub fn offer(
    tx: &mut Tx<'_>,
    scene: &Scene,
    number: u32,
    role: &RoleFacts,
    label: Option<&str>,
) -> Result<(), Rejection> {
    let menu = open_menu(tx, scene, number)?;
    let known = menu.offers.iter().find(|offer| offer.role == role.id);
    if known.is_none() && menu.offers.len() >= MOST_OFFERS {
        return Err(Refusal(text!("refused-menu-full", most = MOST_OFFERS)).into());
    }
    let label = match label.map(str::trim).filter(|label| !label.is_empty()) {
        Some(label) => within(label, 1, LONGEST_LABEL)?,
        None => role.name.chars().take(LONGEST_LABEL).collect(),
    };
    let seconds = known.and_then(|offer| offer.seconds);
    record_offer(tx, scene, number, role, label, seconds)
}

/// Offers a role that a menu has for a time, or for good.
pub fn lend(
    tx: &mut Tx<'_>,
    scene: &Scene,
    number: u32,
    role: &RoleFacts,
    length: Option<Duration>,
) -> Result<(), Rejection> {
    let menu = open_menu(tx, scene, number)?;
    let known = menu.offers.iter().find(|offer| offer.role == role.id);
    let label = known.ok_or_else(|| not_offered(role.id))?.label.clone();
    if length.is_some_and(|length| length < SHORTEST_LOAN) {
        return Err(Refusal::new("refused-menu-loan").into());
    }
    let seconds = length.map(|length| length.as_secs());
    record_offer(tx, scene, number, role, label, seconds)
}

fn record_offer(
    tx: &mut Tx<'_>,
    scene: &Scene,
    number: u32,
    role: &RoleFacts,
    label: String,
    seconds: Option<u64>,
) -> Result<(), Rejection> {
    roles::may_hand_out(role, Some(&scene.actor), &scene.greffier)?;
    tx.record::<Selfroles>(&Change::Offered {
        number,
        role: role.id,
        label,
        seconds,
    })?;
    refresh(tx, scene.guild, number, scene.locale)
}

/// Offers a role no longer. Who has it keeps it.
pub fn drop_offer(
    tx: &mut Tx<'_>,
    scene: &Scene,
    number: u32,
    role: RoleId,
) -> Result<(), Rejection> {
    let menu = open_menu(tx, scene, number)?;
    if !menu.offers.iter().any(|offer| offer.role == role) {
        return Err(not_offered(role).into());
    }
    tx.record::<Selfroles>(&Change::Dropped { number, role })?;
    refresh(tx, scene.guild, number, scene.locale)
}

/// Has the menu posted in a channel. Where it stood before, its message says where it went.
pub fn post(
    tx: &mut Tx<'_>,
    scene: &Scene,
    number: u32,
    channel: ChannelId,
) -> Result<(), Rejection> {
    let menu = open_menu(tx, scene, number)?;
    if menu.offers.is_empty() {
        return Err(Refusal(text!("refused-menu-empty", number = number)).into());
    }
    let locale = locale_of(tx, scene.guild, scene.locale)?;
    tx.record::<Selfroles>(&Change::Sent { number, channel })?;
    replace_message(tx, &menu, moved_post(&menu, channel, locale))?;
    let post = Effect::ChannelPost {
        guild: scene.guild,
        channel,
        post: menu_post(&menu, locale),
    };
    tx.enqueue_tagged(&post, &tag(number, Some(scene.actor.user)))?;
    Ok(())
}

/// Closes a menu for good. Who has its roles keeps them.
pub fn close(tx: &mut Tx<'_>, scene: &Scene, number: u32) -> Result<(), Rejection> {
    let menu = open_menu(tx, scene, number)?;
    tx.record::<Selfroles>(&Change::Closed { number })?;
    let locale = locale_of(tx, scene.guild, scene.locale)?;
    replace_message(tx, &menu, closed_post(&menu, locale))
}

/// The menu's message stands, says Discord. What was changed since it was asked for follows at once.
pub fn posted(
    tx: &mut Tx<'_>,
    guild: GuildId,
    number: u32,
    place: (ChannelId, MessageId),
    shown: &Post,
) -> Result<(), Rejection> {
    let (channel, message) = place;
    let Some(menu) = register::find(tx, guild, number)? else {
        return Ok(());
    };
    if (menu.row.channel, menu.row.message) == (Some(channel), Some(message)) {
        return Ok(());
    }
    tx.record::<Selfroles>(&Change::Posted {
        number,
        channel,
        message,
    })?;
    if menu_post(&menu, shown.locale) != *shown {
        refresh(tx, guild, number, shown.locale)?;
    }
    Ok(())
}

/// The menu could not be posted; whoever asked for it is told.
pub fn not_posted(
    tx: &mut Tx<'_>,
    guild: GuildId,
    number: u32,
    channel: ChannelId,
    asker: UserId,
    locale: Locale,
) -> Result<(), Rejection> {
    if register::find(tx, guild, number)?.is_none() {
        return Ok(());
    }
    tx.record::<Selfroles>(&Change::Vanished { number })?;
    let post = not_posted_post(number, channel, locale);
    tx.enqueue(&Effect::DirectMessage {
        member: asker,
        post,
    })?;
    Ok(())
}

/// These menus' messages are gone.
pub fn vanished(tx: &mut Tx<'_>, guild: GuildId, numbers: &[u32]) -> Result<(), Rejection> {
    for number in numbers {
        let menu = register::find(tx, guild, *number)?;
        if menu.is_some_and(|menu| menu.row.message.is_some()) {
            let number = *number;
            tx.record::<Selfroles>(&Change::Vanished { number })?;
        }
    }
    Ok(())
}

/// A role is gone: no menu offers it any more.
pub fn role_deleted(
    tx: &mut Tx<'_>,
    guild: GuildId,
    role: RoleId,
    locale: Locale,
) -> Result<(), Rejection> {
    for number in register::offering(tx, guild, role)? {
        tx.record::<Selfroles>(&Change::Dropped { number, role })?;
        refresh(tx, guild, number, locale)?;
    }
    Ok(())
}

/// Makes the menu's message say what the menu is now.
fn refresh(
    tx: &mut Tx<'_>,
    guild: GuildId,
    number: u32,
    default_locale: Locale,
) -> Result<(), Rejection> {
    let locale = locale_of(tx, guild, default_locale)?;
    match register::find(tx, guild, number)? {
        Some(menu) => replace_message(tx, &menu, menu_post(&menu, locale)),
        None => Ok(()),
    }
}

fn replace_message(tx: &mut Tx<'_>, menu: &RoleMenu, post: Post) -> Result<(), Rejection> {
    if let (Some(channel), Some(message)) = (menu.row.channel, menu.row.message) {
        let edit = Effect::EditPost {
            guild: menu.row.guild,
            channel,
            message,
            post,
        };
        tx.enqueue_tagged(&edit, &tag(menu.row.number, None))?;
    }
    Ok(())
}

/// By which the listener knows its own posts: `selfroles:<menu>:<who asked for it>`.
fn tag(number: u32, asker: Option<UserId>) -> String {
    match asker {
        Some(asker) => format!("selfroles:{number}:{asker}"),
        None => format!("selfroles:{number}"),
    }
}

fn locale_of(tx: &Tx<'_>, guild: GuildId, default: Locale) -> Result<Locale, Rejection> {
    Ok(settings::of(tx, guild)?.language.unwrap_or(default))
}

fn open_menu(tx: &Tx<'_>, scene: &Scene, number: u32) -> Result<RoleMenu, Rejection> {
    administers(scene)?;
    register::find(tx, scene.guild, number)?.ok_or_else(|| no_menu(number).into())
}

/// The sentence for a number that no open menu has.
pub fn no_menu(number: u32) -> Refusal {
    Refusal(text!("refused-no-menu", number = number))
}

fn not_offered(role: RoleId) -> Refusal {
    Refusal(text!("refused-menu-not-offered", role = role.mention()))
}

fn administers(scene: &Scene) -> Result<(), Refusal> {
    if scene.actor.administers() {
        Ok(())
    } else {
        Err(settings::rules::administrators_only())
    }
}

fn within(words: &str, least: usize, most: usize) -> Result<String, Refusal> {
    let words = words.trim();
    if (least..=most).contains(&words.chars().count()) {
        Ok(words.to_owned())
    } else {
        Err(text!("refused-menu-length", most = most).into())
    }
}

/// The roles of a list, each once.
pub fn distinct(roles: Vec<RoleId>) -> Vec<RoleId> {
    let set: BTreeSet<RoleId> = roles.into_iter().collect();
    set.into_iter().collect()
}

/// A role and what it is called, as a list shows them.
pub fn offered_text(label: &str, role: RoleId) -> Text {
    text!("selfroles-offer", role = role.mention(), label = label)
}

#[cfg(test)]
mod tests;
