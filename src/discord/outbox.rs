//! Does on Discord what commits promised, and takes a promise out only when Discord said that it is kept.
//!
//! An act is tried at once, then again with growing pauses, also after a restart. Every act may safely be done twice.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use futures::future::join_all;
use poise::serenity_prelude as serenity;
use serenity::{CreateAllowedMentions, CreateEmbedFooter, CreateMessage, EditMember, Nonce};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::patience::{Verdict, verdict};
use super::{Happening, House, embed};
use crate::model::{Effect, Post, Timestamp, UserId};
use crate::store::outbox::Pending;

/// How many acts are under way at once: Discord allows 50 requests a second, and commands need some of them.
const AT_ONCE: u32 = 16;
/// The pause after the first failure; doubled each time.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(600);
/// For this long Discord drops the second of two posts with one nonce ("a few minutes"); we trust half of that.
const NONCE_HOLDS: Duration = Duration::from_secs(60);
/// How long a kick or ban waits for the member to be told first.
const NOTICE_BOUND: Duration = Duration::from_secs(2);
/// How far our clock and Discord's may lie apart, in seconds.
const CLOCKS_DIFFER: i64 = 300;
/// How many of a channel's newest posts are searched for one of ours (Discord's limit: 100).
const SEARCHED_POSTS: u8 = 100;

/// Wakes the outbox: when time was moved, or when somebody wants it emptied now.
#[derive(Clone, Default)]
pub struct Outbox {
    wake: Arc<Notify>,
}

enum Fate {
    /// Discord said that it is done, or there is nothing to be done any more.
    Done,
    /// Discord will never do it, with this error code.
    Refused(isize),
    /// Another try is worth it.
    Later(String),
}

impl Outbox {
    /// Looks at once at what is due.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Does what is due until `stop`; then finishes what is under way.
    pub async fn run(self, house: Arc<House>, http: Arc<serenity::Http>, stop: CancellationToken) {
        let mut commits = house.store.committed();
        while !stop.is_cancelled() {
            let pause = match drain(&house, &http).await {
                Ok(next) => next.map(|due| due.since(house.clock().now())),
                Err(error) => {
                    tracing::error!(event = "outbox_failed", error = %format!("{error:#}"));
                    Some(FIRST_PAUSE)
                }
            };
            let sleep = async {
                match pause {
                    Some(pause) => tokio::time::sleep(pause).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = sleep => {}
                _ = commits.changed() => {}
                () = self.wake.notified() => {}
                () = stop.cancelled() => {}
            }
        }
    }
}

/// Does all that is due. Returns when the next act is.
pub async fn drain(house: &Arc<House>, http: &Arc<serenity::Http>) -> Result<Option<Timestamp>> {
    loop {
        let now = house.clock().now();
        let due = house
            .store
            .read(move |reader| reader.outbox_due(now, AT_ONCE))
            .await?;
        if due.is_empty() {
            return house.store.read(|reader| reader.outbox_next()).await;
        }
        let ids: Vec<i64> = due.iter().map(|pending| pending.id).collect();
        // A try is counted before it is made: one that a crash interrupts may have reached Discord.
        house
            .store
            .operate(move |operations| operations.outbox_begin(&ids))
            .await?;
        let fates = join_all(due.iter().map(|pending| attempt(house, http, pending))).await;
        settle(house, http, due, fates).await?;
    }
}

async fn settle(
    house: &Arc<House>,
    http: &Arc<serenity::Http>,
    due: Vec<Pending>,
    fates: Vec<Fate>,
) -> Result<()> {
    let mut done = Vec::new();
    let mut later = Vec::new();
    for (pending, fate) in due.into_iter().zip(fates) {
        match fate {
            Fate::Done => done.push(pending.id),
            Fate::Refused(code) => {
                tracing::warn!(
                    event = "effect_refused",
                    effect = pending.effect.name(),
                    code,
                    seq = pending.seq
                );
                let happening = Happening::Refused {
                    http,
                    effect: &pending.effect,
                    code,
                };
                for listener in &house.listeners {
                    if let Err(error) = listener(house, &happening).await {
                        tracing::error!(event = "listener_failed", what = "refused", error = %format!("{error:#}"));
                    }
                }
                done.push(pending.id);
            }
            Fate::Later(trouble) => later.push((pending, trouble)),
        }
    }
    let now = house.clock().now();
    let again: Vec<(i64, Timestamp, String)> = later
        .iter()
        .map(|(pending, trouble)| {
            let due = now + pause(pending.attempts);
            (pending.id, due, trouble.clone())
        })
        .collect();
    house
        .store
        .operate(move |operations| {
            done.iter().try_for_each(|id| operations.outbox_done(*id))?;
            again
                .iter()
                .try_for_each(|(id, due, trouble)| operations.outbox_retry(*id, *due, trouble))
        })
        .await?;
    for (pending, trouble) in later {
        tracing::warn!(event = "effect_postponed", effect = pending.effect.name(), seq = pending.seq, error = %trouble);
    }
    Ok(())
}

fn pause(attempts: u32) -> Duration {
    FIRST_PAUSE
        .saturating_mul(1 << attempts.min(10))
        .min(LONGEST_PAUSE)
}

async fn attempt(house: &House, http: &Arc<serenity::Http>, pending: &Pending) -> Fate {
    let outcome = match &pending.effect {
        Effect::Timeout {
            guild,
            member,
            until,
            reason,
        } => {
            let now = house.clock().now();
            if until.is_some_and(|until| until <= now) {
                return Fate::Done;
            }
            let edit = EditMember::new().audit_log_reason(reason);
            let edit = match until {
                Some(until) => match serenity::Timestamp::from_unix_timestamp(until.as_seconds()) {
                    Ok(until) => edit.disable_communication_until_datetime(until),
                    Err(_) => return Fate::Refused(0),
                },
                None => edit.enable_communication(),
            };
            serenity::GuildId::new(guild.0)
                .edit_member(http, member.0, edit)
                .await
                .map(drop)
        }
        Effect::Kick {
            guild,
            member,
            reason,
            notice,
        } => {
            give_notice(house, http, *member, notice.as_ref(), pending).await;
            serenity::GuildId::new(guild.0)
                .kick_with_reason(http, member.0, reason)
                .await
        }
        Effect::Ban {
            guild,
            member,
            reason,
            notice,
        } => {
            give_notice(house, http, *member, notice.as_ref(), pending).await;
            serenity::GuildId::new(guild.0)
                .ban_with_reason(http, member.0, 0, reason)
                .await
        }
        Effect::DirectMessage { member, post } => {
            direct_message(house, http, *member, post, pending).await
        }
        Effect::LogPost { channel, post, .. } => {
            let channel = serenity::ChannelId::new(channel.0);
            log_post(house, http, channel, post, pending).await
        }
    };
    judge(&pending.effect, outcome)
}

fn judge(effect: &Effect, outcome: serenity::Result<()>) -> Fate {
    let Err(error) = outcome else {
        return Fate::Done;
    };
    match (verdict(&error), effect) {
        // Unknown member: gone already, which is what a kick wants.
        (Verdict::Final(10007), Effect::Kick { .. }) => Fate::Done,
        (Verdict::Final(code), _) => Fate::Refused(code),
        (Verdict::Passing, _) => Fate::Later(error.to_string()),
    }
}

/// Whether an earlier try may have reached Discord so long ago that its nonce no longer protects from doubling.
fn is_stale(house: &House, pending: &Pending) -> bool {
    pending.attempts > 0 && house.clock().now().since(pending.since) > NONCE_HOLDS
}

async fn give_notice(
    house: &House,
    http: &Arc<serenity::Http>,
    member: UserId,
    notice: Option<&Post>,
    pending: &Pending,
) {
    let Some(post) = notice else { return };
    // Told or not, the act follows: a closed direct message must not keep anyone in.
    match tokio::time::timeout(
        NOTICE_BOUND,
        direct_message(house, http, member, post, pending),
    )
    .await
    {
        Ok(Ok(())) => {}
        Ok(Err(error)) => {
            tracing::info!(event = "member_not_told", member = %member, error = %error)
        }
        Err(_) => {
            tracing::info!(event = "member_not_told", member = %member, error = "no answer in time")
        }
    }
}

async fn direct_message(
    house: &House,
    http: &Arc<serenity::Http>,
    member: UserId,
    post: &Post,
    pending: &Pending,
) -> serenity::Result<()> {
    let channel = serenity::UserId::new(member.0)
        .create_dm_channel(http)
        .await?
        .id;
    let is_it = |message: &serenity::Message| says(house, message, post, pending.since);
    if is_stale(house, pending) && was_posted(http, channel, is_it).await? {
        return Ok(());
    }
    channel
        .send_message(http, message(house, post, pending))
        .await
        .map(drop)
}

async fn log_post(
    house: &House,
    http: &Arc<serenity::Http>,
    channel: serenity::ChannelId,
    post: &Post,
    pending: &Pending,
) -> serenity::Result<()> {
    let wanted = footer(pending);
    let is_it = |message: &serenity::Message| has_footer(message, &wanted);
    if is_stale(house, pending) && was_posted(http, channel, is_it).await? {
        return Ok(());
    }
    channel
        .send_message(http, message(house, post, pending))
        .await
        .map(drop)
}

fn message(house: &House, post: &Post, pending: &Pending) -> CreateMessage {
    let embed = match pending.effect {
        Effect::LogPost { .. } => {
            embed(house, post).footer(CreateEmbedFooter::new(footer(pending)))
        }
        _ => embed(house, post),
    };
    // An act's number is used again once it is done; with the change's position beside it, the nonce is not.
    let nonce = house
        .sent
        .nonce(&format!("o{}.{}", pending.seq, pending.id));
    CreateMessage::new()
        .embed(embed)
        .allowed_mentions(CreateAllowedMentions::new())
        .nonce(Nonce::String(nonce))
        .enforce_nonce(true)
}

/// By which an older retry finds its own post.
fn footer(pending: &Pending) -> String {
    format!("Greffier · {}", pending.seq)
}

/// Looks for a post of ours among a channel's newest. Where its history is closed to us, nothing is found.
async fn was_posted(
    http: &Arc<serenity::Http>,
    channel: serenity::ChannelId,
    is_it: impl Fn(&serenity::Message) -> bool,
) -> serenity::Result<bool> {
    let newest = serenity::GetMessages::new().limit(SEARCHED_POSTS);
    match channel.messages(http, newest).await {
        Ok(messages) => Ok(messages.iter().any(is_it)),
        Err(error) if verdict(&error) == Verdict::Passing => Err(error),
        Err(_) => Ok(false),
    }
}

fn has_footer(message: &serenity::Message, wanted: &str) -> bool {
    let footers = message
        .embeds
        .iter()
        .filter_map(|embed| embed.footer.as_ref());
    footers.into_iter().any(|footer| footer.text == wanted)
}

/// A direct message shows no number of ours; but the same words, not older than the act, are the same message.
fn says(house: &House, message: &serenity::Message, post: &Post, since: Timestamp) -> bool {
    let words = |text| house.say(post.locale, text);
    let is_new = message.timestamp.unix_timestamp() + CLOCKS_DIFFER >= since.as_seconds();
    is_new
        && message.embeds.iter().any(|embed| {
            embed.title.as_ref() == Some(&words(&post.title))
                && embed.fields.iter().map(|field| &field.value).eq(post
                    .fields
                    .iter()
                    .map(|(_, value)| words(value))
                    .collect::<Vec<_>>()
                    .iter())
        })
}
