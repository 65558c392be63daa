//! Does on Discord what commits promised, and takes a promise out only when Discord said that it is kept.
//!
//! An act is tried at once, then again with growing pauses, also after a restart. Every act may safely be done twice.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;
use futures::future::join_all;
use poise::serenity_prelude as serenity;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

mod pace;

use pace::Pace;

use super::acts;
use super::patience::{Verdict, is_too_much, verdict};
use super::{Happening, House};
use crate::model::{Effect, Made, Timestamp};
use crate::store::outbox::Pending;

/// How many acts are under way at once.
const AT_ONCE: u32 = 16;
/// The pause after the first failure; doubled each time.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(600);

/// Wakes the outbox: when time was moved, or when somebody wants it emptied now.
#[derive(Clone, Default)]
pub struct Outbox {
    wake: Arc<Notify>,
}

enum Fate {
    /// Discord said that it is done, or there is nothing to be done any more.
    Done(Made),
    /// Discord will never do it, with this error code.
    Refused(isize),
    /// Another try is worth it.
    Later(String),
    /// The same, and all others wait as well: Discord says that it is too much.
    TooMuch(String),
}

impl Outbox {
    /// Looks at once at what is due.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Does what is due until `stop`; then finishes what is under way.
    pub async fn run(self, house: Arc<House>, http: Arc<serenity::Http>, stop: CancellationToken) {
        let mut commits = house.store.committed();
        // Elsewhere than at Discord itself, as in tests, there may be no limit.
        let is_discord = house.config.discord.api_url.is_none();
        let mut pace = Pace::new(is_discord, Instant::now());
        while !stop.is_cancelled() {
            let pause = match drain(&house, &http, &mut pace, &stop).await {
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
async fn drain(
    house: &Arc<House>,
    http: &Arc<serenity::Http>,
    pace: &mut Pace,
    stop: &CancellationToken,
) -> Result<Option<Timestamp>> {
    loop {
        let now = house.clock().now();
        let room = pace.room(Instant::now()).min(AT_ONCE);
        let mut due = house
            .store
            .read(move |reader| reader.outbox_due(now, room))
            .await?;
        if due.is_empty() {
            return house.store.read(|reader| reader.outbox_next()).await;
        }
        // Bans are done before anyone writes about them: not beside the last of them either.
        let most = due.first().map(|pending| pending.urgency);
        due.retain(|pending| Some(pending.urgency) == most);
        let count = u32::try_from(due.len()).unwrap_or(AT_ONCE);
        let wait = pace.begin(count, Instant::now());
        if !wait.is_zero() {
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = stop.cancelled() => return Ok(None),
            }
        }
        let ids: Vec<i64> = due.iter().map(|pending| pending.id).collect();
        // A try is counted before it is made: one that a crash interrupts may have reached Discord.
        house
            .store
            .operate(move |operations| operations.outbox_begin(&ids))
            .await?;
        let fates = join_all(due.iter().map(|pending| attempt(house, http, pending))).await;
        if fates.iter().any(|fate| matches!(fate, Fate::TooMuch(_))) {
            pace.hold(Instant::now());
        }
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
        let heard = match fate {
            Fate::Done(made) => tell_done(house, http, &pending, made).await,
            Fate::Refused(code) => {
                tell_refused(house, http, &pending, code).await;
                Ok(())
            }
            Fate::Later(trouble) | Fate::TooMuch(trouble) => Err(trouble),
        };
        match heard {
            Ok(()) => done.push(pending.id),
            Err(trouble) => later.push((pending, trouble)),
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

/// Tells who asked for it. What a listener could not keep is done once more: every act may safely be done twice.
async fn tell_done(
    house: &Arc<House>,
    http: &Arc<serenity::Http>,
    pending: &Pending,
    made: Made,
) -> Result<(), String> {
    let Some(tag) = pending.tag.as_deref() else {
        return Ok(());
    };
    let happening = Happening::Done {
        http,
        effect: &pending.effect,
        tag,
        made,
    };
    for listener in &house.listeners {
        listener(house, &happening)
            .await
            .map_err(|error| format!("what Discord answered could not be kept: {error:#}"))?;
    }
    Ok(())
}

async fn tell_refused(
    house: &Arc<House>,
    http: &Arc<serenity::Http>,
    pending: &Pending,
    code: isize,
) {
    tracing::warn!(
        event = "effect_refused",
        effect = pending.effect.name(),
        code,
        seq = pending.seq
    );
    let happening = Happening::Refused {
        http,
        effect: &pending.effect,
        tag: pending.tag.as_deref(),
        code,
    };
    for listener in &house.listeners {
        if let Err(error) = listener(house, &happening).await {
            tracing::error!(event = "listener_failed", what = "refused", error = %format!("{error:#}"));
        }
    }
}

fn pause(attempts: u32) -> Duration {
    FIRST_PAUSE
        .saturating_mul(1 << attempts.min(10))
        .min(LONGEST_PAUSE)
}

async fn attempt(house: &Arc<House>, http: &Arc<serenity::Http>, pending: &Pending) -> Fate {
    if matches!(pending.effect, Effect::Roles { .. } | Effect::Lock { .. }) {
        return performed(house, http, &pending.effect).await;
    }
    let outcome = acts::carry_out(house, http, pending).await;
    let error = match outcome {
        Ok(made) => return Fate::Done(made),
        Err(error) => error,
    };
    match verdict(&error) {
        Verdict::Final(code) if is_so_already(&pending.effect, code) => Fate::Done(Made::Nothing),
        Verdict::Final(code) => Fate::Refused(code),
        Verdict::Passing if is_too_much(&error) => Fate::TooMuch(error.to_string()),
        Verdict::Passing => Fate::Later(error.to_string()),
    }
}

/// Has an effect done by the cog whose it is.
async fn performed(house: &Arc<House>, http: &Arc<serenity::Http>, effect: &Effect) -> Fate {
    let performer = house
        .performers
        .iter()
        .find(|(name, _)| *name == effect.name());
    let Some((_, perform)) = performer else {
        return Fate::Refused(0);
    };
    match perform(house, http, effect).await {
        Ok(()) => Fate::Done(Made::Nothing),
        Err(error) => match error.downcast_ref::<serenity::Error>().map(verdict) {
            Some(Verdict::Final(code)) => Fate::Refused(code),
            Some(Verdict::Passing) | None => Fate::Later(format!("{error:#}")),
        },
    }
}

/// Whether Discord's refusal says that what was wanted is so, or that nothing is left that it was wanted of. Its codes: 10003
/// unknown channel, 10007 unknown member, 10008 unknown message, 10009 unknown overwrite, 10013 unknown user, 10026 unknown ban.
fn is_so_already(effect: &Effect, code: isize) -> bool {
    match effect {
        Effect::Kick { .. } | Effect::RemoveRole { .. } => code == 10007,
        Effect::Unban { .. } => code == 10026,
        Effect::EditPost { .. } | Effect::DeleteMessages { .. } => [10003, 10008].contains(&code),
        Effect::EditChannel { .. } | Effect::DeleteChannel { .. } => code == 10003,
        Effect::SetOverwrite { .. } => [10003, 10009].contains(&code),
        Effect::ThreadMember { .. } => [10003, 10007, 10013].contains(&code),
        Effect::Timeout { .. }
        | Effect::Ban { .. }
        | Effect::AddRole { .. }
        | Effect::Roles { .. }
        | Effect::Lock { .. }
        | Effect::CreateRole { .. }
        | Effect::DirectMessage { .. }
        | Effect::LogPost { .. }
        | Effect::ChannelPost { .. }
        | Effect::CreateChannel { .. }
        | Effect::CreateThread { .. } => false,
    }
}
