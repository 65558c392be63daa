//! How quickly a member may go on: whoever uses more commands and buttons than that is told once, and then met with silence
//! until their window is over. Discord blocks a bot that answers spam with requests (its api-docs #7243); this limit comes first.
//!
//! Nobody who owns the bot or moderates the guild is held to it. Choices while typing and forms are not counted: the first are
//! Discord's own doing, the second follow a command or a button that was, and what somebody wrote must not be lost.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use poise::serenity_prelude as serenity;

use super::{Context, House, standing};
use crate::model::{GuildId, Refusal, Rejection, Timestamp, UserId};
use crate::text;

/// How long a window is; it begins with the first use in it.
const WINDOW: Duration = Duration::from_secs(10);

/// Who used how much lately. Holds nobody whose window has been over for longer than another.
pub struct Pace {
    allowed: u32,
    uses: Mutex<Uses>,
}

#[derive(Default)]
struct Uses {
    windows: HashMap<Member, Window>,
    /// When those that were over were last let go.
    swept: Option<Timestamp>,
}

type Member = (Option<GuildId>, UserId);

struct Window {
    since: Timestamp,
    uses: u32,
    /// The message or interaction that was counted last: each is counted once, however often it is asked about.
    latest: Option<u64>,
    /// The one that was answered with a request to slow down.
    told: Option<u64>,
}

/// What one more use comes to.
#[derive(Clone, Copy)]
pub(super) enum Tempo {
    /// It is within what a member may.
    Fine,
    /// It is the first beyond that; when the window is over.
    First(Timestamp),
    /// It is yet another; when the window is over.
    Further(Timestamp),
}

impl Pace {
    /// With so many uses in each window; 0: as many as they like.
    pub fn of(allowed: u32) -> Pace {
        Pace {
            allowed,
            uses: Mutex::default(),
        }
    }

    /// Counts the message or interaction `id` of `member`; when their window is over, if it is one too many.
    fn count(&self, member: Member, id: u64, now: Timestamp) -> Option<Timestamp> {
        if self.allowed == 0 {
            return None;
        }
        let mut uses = self.uses.lock().unwrap_or_else(PoisonError::into_inner);
        uses.sweep(now);
        let window = uses
            .windows
            .entry(member)
            .or_insert_with(|| Window::at(now));
        if window.is_over(now) {
            *window = Window::at(now);
        }
        if window.latest != Some(id) {
            window.uses = window.uses.saturating_add(1);
            window.latest = Some(id);
        }
        // The clients count in whole seconds: the next one, so that what they show is true.
        let over = window.since + WINDOW + Duration::from_millis(999);
        (window.uses > self.allowed).then_some(over)
    }

    /// Whether `id` is the one too many that is answered: the first about which this is asked in the window.
    fn is_answered(&self, member: Member, id: u64) -> bool {
        let mut uses = self.uses.lock().unwrap_or_else(PoisonError::into_inner);
        let window = uses.windows.get_mut(&member);
        window.is_some_and(|window| *window.told.get_or_insert(id) == id)
    }
}

impl Uses {
    fn sweep(&mut self, now: Timestamp) {
        let is_due = self
            .swept
            .is_none_or(|swept| now < swept || now.since(swept) >= WINDOW);
        if is_due {
            self.windows.retain(|_, window| !window.is_over(now));
            self.swept = Some(now);
        }
    }
}

impl Window {
    fn at(now: Timestamp) -> Window {
        Window {
            since: now,
            uses: 0,
            latest: None,
            told: None,
        }
    }

    /// A clock that was set back ends it as well: nobody waits for an hour that comes twice.
    fn is_over(&self, now: Timestamp) -> bool {
        now < self.since || now.since(self.since) >= WINDOW
    }
}

/// Counts a use by `user`, and finds out whether it is one too many for them.
pub(super) async fn tempo(
    house: &House,
    ctx: &serenity::Context,
    guild: Option<serenity::GuildId>,
    user: &serenity::User,
    id: u64,
) -> Tempo {
    let member = UserId(user.id.get());
    if house.is_owner(member) {
        return Tempo::Fine;
    }
    let key = (guild.map(|guild| GuildId(guild.get())), member);
    let Some(over) = house.pace.count(key, id, house.clock().now()) else {
        return Tempo::Fine;
    };
    if let Some(guild) = guild {
        // Who can't be looked up may be a moderator in a hurry.
        let moderates = standing(ctx, guild, user).await.map_or(true, |standing| {
            house.preferences.moderates(GuildId(guild.get()), &standing)
        });
        if moderates {
            return Tempo::Fine;
        }
    }
    if house.pace.is_answered(key, id) {
        Tempo::First(over)
    } else {
        Tempo::Further(over)
    }
}

/// The sentence for those who go on too quickly.
pub(super) fn slow_down(until: Timestamp) -> Refusal {
    text!("refused-pace", until = until.markup('R')).into()
}

/// The framework's check before each command: whether it may be carried out, an error to be said, or (false) silence.
pub async fn check(ctx: Context<'_>) -> Result<bool, Rejection> {
    let id = match ctx {
        poise::Context::Prefix(prefix) => prefix.msg.id.get(),
        poise::Context::Application(application) => {
            if application.interaction_type == poise::CommandInteractionType::Autocomplete {
                return Ok(true);
            }
            application.interaction.id.get()
        }
    };
    let (house, serenity) = (ctx.data(), ctx.serenity_context());
    let tempo = tempo(house, serenity, ctx.guild_id(), ctx.author(), id).await;
    match (tempo, ctx) {
        (Tempo::Fine, _) => Ok(true),
        (Tempo::First(until), _) => Err(slow_down(until).into()),
        (Tempo::Further(_), poise::Context::Prefix(_)) => Ok(false),
        // Discord calls an unanswered slash command a failure of the bot's. The answer is for their eyes alone, and
        // answers to interactions don't count against the bot's limits: it is as silent as Discord can be.
        (Tempo::Further(until), poise::Context::Application(_)) => Err(slow_down(until).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAM: Member = (Some(GuildId(1)), UserId(10));
    const LEA: Member = (Some(GuildId(1)), UserId(11));

    fn at(seconds: i64) -> Timestamp {
        Timestamp(seconds * 1000)
    }

    #[test]
    fn the_window_ends_for_each_on_their_own() {
        let pace = Pace::of(2);
        assert_eq!(pace.count(SAM, 1, at(100)), None);
        assert_eq!(pace.count(SAM, 2, at(105)), None);
        let over = Some(Timestamp(110_999));
        assert_eq!(pace.count(SAM, 3, at(106)), over);
        assert_eq!(pace.count(SAM, 4, at(107)), over);
        assert_eq!(pace.count(LEA, 5, at(107)), None, "lea is not sam");
        let elsewhere = (Some(GuildId(2)), SAM.1);
        assert_eq!(pace.count(elsewhere, 6, at(107)), None);
        assert_eq!(pace.count(SAM, 7, Timestamp(109_999)), over);
        assert_eq!(pace.count(SAM, 8, at(110)), None);
    }

    #[test]
    fn one_is_answered_in_each_window() {
        let pace = Pace::of(1);
        pace.count(SAM, 1, at(0));
        pace.count(LEA, 2, at(0));
        assert!(pace.is_answered(SAM, 3));
        assert!(!pace.is_answered(SAM, 4));
        assert!(pace.is_answered(SAM, 3), "delivered again");
        assert!(pace.is_answered(LEA, 5));
        pace.count(SAM, 6, at(10));
        assert!(pace.is_answered(SAM, 7));
    }

    #[test]
    fn the_same_message_is_counted_once() {
        let pace = Pace::of(1);
        assert_eq!(pace.count(SAM, 1, at(0)), None);
        let again = pace.count(SAM, 1, at(0));
        assert_eq!(again, None, "of a command and its group");
        assert!(pace.count(SAM, 2, at(0)).is_some());
    }

    #[test]
    fn a_clock_that_is_set_back_locks_nobody_out() {
        let pace = Pace::of(1);
        assert_eq!(pace.count(SAM, 1, at(5000)), None);
        assert!(pace.count(SAM, 2, at(5000)).is_some());
        assert_eq!(pace.count(SAM, 3, at(1400)), None);
    }

    #[test]
    fn nobody_is_remembered_for_longer_than_two_windows() {
        let pace = Pace::of(5);
        for id in 0..1000 {
            pace.count((None, UserId(id)), id, at(0));
        }
        assert_eq!(pace.uses.lock().expect("unpoisoned").windows.len(), 1000);
        pace.count(SAM, 1, at(10));
        let remembered = &pace.uses.lock().expect("unpoisoned").windows;
        assert_eq!(remembered.len(), 1);
    }
}
