//! An erasure, once it was confirmed; and the notice to those whose last archive is gone.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use futures::future::BoxFuture;
use poise::serenity_prelude as serenity;

use crate::discord::{Answer, Audience, House, Press, Used};
use crate::model::{Effect, Locale, Post, Refusal, Rejection, Text, Timestamp, UserId};
use crate::store::{Order, Reader};
use crate::text;

/// How often it is looked whether archives still hold somebody: they are pruned once a day.
const LOOK_EVERY: Duration = Duration::from_secs(24 * 3600);
/// Where the time of the next look is noted.
const NEXT_LOOK: &str = "erasures_look";
/// Before the id of somebody who is still to be told; the value is the language that they are told in.
const TO_BE_TOLD: &str = "erasure_untold:";

/// Somebody pressed below the question.
pub fn press(press: Press<'_>) -> BoxFuture<'_, Result<(), Rejection>> {
    Box::pin(async move {
        match press.arguments()[..] {
            [_, who] if who != press.user().id.get().to_string() => {
                Err(Refusal::new("refused-not-your-question").into())
            }
            ["erase", _] => erase(&press).await,
            _ => {
                let words = say(&press, &Text::new("mydata-kept"));
                press
                    .update(Answer::to(Audience::Asker).saying(words))
                    .await
            }
        }
    })
}

fn say(press: &Press<'_>, text: &Text) -> String {
    press.house.say(press.locale(Audience::Asker), text)
}

async fn erase(press: &Press<'_>) -> Result<(), Rejection> {
    // It takes as long as a save, which may be longer than Discord waits.
    let words = say(press, &Text::new("mydata-erasing"));
    press
        .update(Answer::to(Audience::Asker).saying(words))
        .await?;
    let person = UserId(press.user().id.get());
    let order = Order {
        guild: None,
        ..press.order()
    };
    note(press.house, person, press.locale(Audience::Asker)).await?;
    let erased = press
        .house
        .vault
        .off_thread(move |vault| vault.erase(person, order))
        .await;
    let text = match erased {
        Ok(report) if report.archives.is_empty() => Text::new("mydata-erased"),
        Ok(report) => text!(
            "mydata-erased-but-archives",
            count = report.archives.len(),
            days = press.house.config.backup_retention_days
        ),
        Err(error) => {
            tracing::error!(event = "erasure_unfinished", error = %format!("{error:#}"));
            Text::new("mydata-unfinished")
        }
    };
    let Used::Component(component) = press.what else {
        return Ok(());
    };
    let edit = serenity::EditInteractionResponse::new()
        .content(say(press, &text))
        .allowed_mentions(serenity::CreateAllowedMentions::new())
        .components(Vec::new());
    // The erasure stands, whether or not it could be said.
    if let Err(error) = component.edit_response(press.ctx, edit).await {
        tracing::warn!(event = "reply_failed", command = %press.id(), error = %error);
    }
    Ok(())
}

/// Before the erasure: its commit is what wakes the look.
async fn note(house: &Arc<House>, person: UserId, locale: Locale) -> Result<()> {
    house
        .store
        .operate(move |operations| {
            let look = operations.now + LOOK_EVERY;
            operations.set_note(NEXT_LOOK, Some(&look.0.to_string()))?;
            operations.set_note(&format!("{TO_BE_TOLD}{person}"), Some(locale.code()))
        })
        .await
}

/// When it is next looked which archives are left.
pub fn next_look(reader: &Reader<'_>) -> Result<Option<Timestamp>> {
    let noted = reader.note(NEXT_LOOK)?;
    Ok(noted.and_then(|at| at.parse().ok()).map(Timestamp))
}

/// Tells those whom no archive holds any more, and looks again tomorrow for the others.
pub fn look(house: &Arc<House>) -> BoxFuture<'_, Result<()>> {
    Box::pin(async move {
        let erasures = house.vault.off_thread(|vault| vault.erasures()).await?;
        let mut waits = false;
        for (erasure, archives) in erasures {
            let key = format!("{TO_BE_TOLD}{}", erasure.person);
            let noted = key.clone();
            let locale = house.store.read(move |reader| reader.note(&noted)).await?;
            let Some(locale) = locale else { continue };
            if !erasure.is_done || !archives.is_empty() {
                waits = true;
                continue;
            }
            tell(house, erasure.person, locale.parse().unwrap_or_default()).await?;
            house
                .store
                .operate(move |operations| operations.set_note(&key, None))
                .await?;
        }
        house
            .store
            .operate(move |operations| {
                let next = waits.then(|| (operations.now + LOOK_EVERY).0.to_string());
                operations.set_note(NEXT_LOOK, next.as_deref())
            })
            .await
    })
}

async fn tell(house: &Arc<House>, member: UserId, locale: Locale) -> Result<()> {
    let post = Post::new(locale, Text::new("mydata-gone-title")).saying(Text::new("mydata-gone"));
    let told = house.store.write(Order::default(), move |tx| {
        Ok(tx.enqueue(&Effect::DirectMessage { member, post })?)
    });
    told.await
        .map(drop)
        .map_err(|rejection| anyhow::anyhow!("{rejection:#}"))
}
