//! A member's own tickets, and transcripts for the eyes of those who may read them, wherever they ask.

use std::sync::Arc;

use poise::serenity_prelude as serenity;

use super::rules::{category_of, staff_only};
use super::{closing, posts, reach};
use crate::cogs::conversations::rules as conversations;
use crate::cogs::conversations::{Conversation, Format, Reader, Status, look};
use crate::cogs::settings;
use crate::discord::{
    Answer, Audience, Context, House, Press, buttons, embed, here, locale, pager,
};
use crate::model::{
    ChannelId, Choice, GuildId, Locale, Menu, Post, Refusal, Rejection, Standing, Text, UserId,
};
use crate::text;

/// How many tickets a page shows.
const PAGE: u32 = 8;

/// Lists the asker's tickets.
pub(super) async fn list(ctx: Context<'_>, page: u32) -> Result<(), Rejection> {
    let user = UserId(ctx.author().id.get());
    let locale = locale(ctx, Audience::Asker);
    let answer = page_of(ctx.data(), here(ctx)?, user, page, locale).await?;
    answer.send(ctx).await
}

/// Turns the pages of somebody's own list.
pub(super) async fn turn(press: &Press<'_>, owner: &str, page: u32) -> Result<(), Rejection> {
    let user = UserId(press.user().id.get());
    if owner != user.to_string() {
        return Err(Refusal::new("refused-not-your-ticket").into());
    }
    let locale = press.locale(Audience::Asker);
    let answer = page_of(press.house, press.guild()?, user, page, locale).await?;
    press.update(answer).await
}

async fn page_of(
    house: &Arc<House>,
    guild: GuildId,
    user: UserId,
    page: u32,
    locale: Locale,
) -> Result<Answer, Rejection> {
    let offset = page.saturating_sub(1).saturating_mul(PAGE);
    let (count, tickets) = house
        .store
        .read(move |reader| {
            let tickets = look::of_user(reader, guild, user, PAGE, offset)?;
            Ok((look::count_of_user(reader, guild, user)?, tickets))
        })
        .await?;
    let pages = count.div_ceil(PAGE).max(1);
    if page > pages {
        return Err(Refusal(text!("refused-no-page", page = page, pages = pages)).into());
    }
    let lines = tickets.iter().map(|it| {
        let state = match it.status {
            Status::Opening => Text::new("tickets-state-opening"),
            Status::Active => {
                text!("tickets-state-open", channel = posts::place(it.channel))
            }
            Status::Closed => {
                let at = it.closed_at.map_or_else(String::new, |at| at.markup('d'));
                text!("tickets-state-closed", at = at)
            }
        };
        let name = text!(
            "tickets-list-line",
            number = it.number,
            subject = it.subject.as_str()
        );
        (name, state)
    });
    let mut post = Post::new(locale, text!("tickets-mine", count = count)).listing(lines);
    if !tickets.is_empty() {
        post.menu = Some(Menu {
            id: "tickets:copy".to_owned(),
            placeholder: Text::new("tickets-read-one"),
            least: 1,
            most: 1,
            choices: tickets
                .iter()
                .map(|it| Choice {
                    value: it.number.to_string(),
                    label: Text::verbatim(
                        format!("{} · {}", it.number, it.subject)
                            .chars()
                            .take(100)
                            .collect::<String>(),
                    ),
                    about: None,
                })
                .collect(),
        });
    }
    let mut rows = buttons(house, &post);
    let turning = format!("tickets:mine:{user}");
    rows.extend(pager(house, locale, &turning, page, pages));
    Ok(Answer::to(Audience::Asker)
        .showing(embed(house, &post))
        .offering(rows))
}

/// The transcript of a ticket as it is now, for who asked for it or the staff, for their eyes alone.
pub(super) async fn transcript(
    house: &Arc<House>,
    guild: GuildId,
    number: u32,
    actor: &Standing,
) -> Result<Answer, Rejection> {
    let asker = actor.clone();
    let reader = house
        .store
        .read(move |reader| {
            let conversation = match conversations::find(reader, guild, number) {
                Ok(conversation) => conversation,
                Err(refused) => return Ok(Err(refused)),
            };
            let may = may_read(reader, &conversation, &asker)?;
            Ok(may.ok_or_else(|| staff_only().into()))
        })
        .await??;
    let hall = reach::hall(house, guild)?;
    let mut answer = Answer::to(Audience::Asker);
    for format in [Format::Html, Format::Text] {
        let bytes = closing::rendered(house, &hall, number, reader, format).await?;
        answer = answer.attaching(&posts::file_name(number, format), bytes);
    }
    let locale = house.preferences.locale(Some(guild));
    Ok(answer.saying(house.say(locale, &text!("transcript-title", number = number))))
}

/// As what `actor` may read a ticket; `None` where they may not.
pub(super) fn may_read(
    reader: &crate::store::Reader<'_>,
    conversation: &Conversation,
    actor: &Standing,
) -> anyhow::Result<Option<Reader>> {
    if conversation.is_theirs(actor.user) {
        return Ok(Some(Reader::Member));
    }
    let category = category_of(reader, conversation)?;
    let is_staff = category.is_staff(&settings::of(reader, conversation.guild)?, actor);
    Ok(is_staff.then_some(Reader::Staff))
}

/// The channel of a closed ticket, if Discord still has it.
pub(super) async fn still_there(
    house: &House,
    http: &serenity::Http,
    guild: GuildId,
    number: u32,
) -> Result<Option<ChannelId>, Rejection> {
    let found = house
        .store
        .read(move |reader| look::find(reader, guild, number))
        .await?;
    let Some(channel) = found.and_then(|it| it.channel) else {
        return Ok(None);
    };
    Ok(http
        .get_channel(channel.0.into())
        .await
        .is_ok()
        .then_some(channel))
}
