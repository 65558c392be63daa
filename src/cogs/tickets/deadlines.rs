//! What becomes due: tickets that close at a time that was set, and tickets that nobody writes in.

use std::sync::Arc;

use anyhow::{Result, anyhow};
use futures::future::BoxFuture;

use super::rules::category_of;
use super::working::say;
use super::{closing, reach};
use crate::cogs::conversations::desk::{self, Stale};
use crate::cogs::conversations::{Cause, Conversation, look};
use crate::cogs::settings;
use crate::discord::{House, OutOfView};
use crate::model::Rejection;
use crate::store::Order;
use crate::text;

/// How many of a guild are looked at before the others have their turn.
const AT_ONCE: u32 = 50;

/// Does all that is due in the guilds of which it is known what was written while the bot was away: a word may have called
/// the closing off.
pub(super) fn run(house: &Arc<House>) -> BoxFuture<'_, Result<()>> {
    Box::pin(async move {
        let now = house.clock().now();
        let known = house.seen.known();
        let due = house.store.read(move |reader| {
            let guilds = known.into_iter();
            let due: Result<Vec<_>> = guilds
                .map(|guild| look::due(reader, guild, now, AT_ONCE))
                .collect();
            Ok(due?.into_iter().flatten().collect::<Vec<_>>())
        });
        let due = due.await?;
        if due.is_empty() {
            return Err(OutOfView.into());
        }
        // One ticket's trouble is not another's.
        let mut trouble = None;
        for conversation in due {
            let number = conversation.number;
            match end_of(house, conversation).await {
                Ok(()) | Err(Rejection::AlreadyDone) => {}
                Err(error) => trouble = Some(anyhow!("ticket {number}: {error:#}")),
            }
        }
        trouble.map_or(Ok(()), Err)
    })
}

async fn end_of(house: &Arc<House>, conversation: Conversation) -> Result<(), Rejection> {
    let (guild, number) = (conversation.guild, conversation.number);
    let hall = reach::hall(house, guild)?;
    let order = Order {
        guild: Some(guild),
        ..Order::default()
    };
    let now = house.clock().now();
    if conversation.close_at.is_some_and(|at| at <= now) {
        let reason = conversation.reason.unwrap_or_default();
        return closing::close(house, &hall, order, number, Cause::Scheduled, &reason).await;
    }
    let (hall_of_rule, order_of_rule) = (hall.clone(), order.clone());
    let stale = house
        .store
        .write(order_of_rule, move |tx| {
            let category = category_of(tx, &conversation)?;
            let stale = desk::grow_stale(tx, guild, number, category.staleness())?;
            if let Stale::Warned(until) = stale {
                let settings = settings::of(tx, guild)?;
                let words = text!("tickets-stale", until = until.markup('R'));
                say(tx, &hall_of_rule, &settings, &conversation, words)?;
            }
            Ok(stale)
        })
        .await?;
    if stale.value == Stale::Over {
        return closing::close(house, &hall, order, number, Cause::Stale, "").await;
    }
    Ok(())
}
