//! What every cog shares of Discord: the house that commands are handed, replies, refusals, the outbox, the connection.
//!
//! Decides nothing: rules do. Knows no cog: a cog hands itself over as a [`Cog`].

mod acts;
mod alarm;
mod answer;
mod case_number;
mod cog;
mod commands;
pub mod connection;
mod deadlines;
mod failure;
mod happening;
mod missed;
mod outbox;
mod overwrites;
mod pace;
mod pages;
mod patience;
mod press;
mod scene;
mod seen;
mod sent;

use std::collections::HashSet;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use tokio_util::task::TaskTracker;

use crate::config::Config;
use crate::i18n::Texts;
use crate::model::{Clock, GuildId, Locale, Rejection, Standing, Text, Timestamp, UserId};
use crate::schedule::Schedule;
use crate::store::{Order, Store};
use crate::vault::Vault;

pub use alarm::{Alarm, Alarms};
pub use answer::{Answer, Audience, buttons, defer, defer_openly, embed, say};
pub use case_number::CaseNumber;
pub use cog::{Cog, Listener, Performer};
pub use commands::{Example, description, examples, localise, prefix, publish, usage};
pub use deadlines::{Deadline, Deadlines, next_deadline, settle as settle_deadlines};
pub use failure::{complain, on_error};
pub use happening::Happening;
pub use missed::{heard_of, missed};
pub use outbox::Outbox;
pub use overwrites::{ChannelFacts, channel_facts, channels_facts, drop_overwrite, put_overwrite};
pub use pace::{Pace, check as check_pace};
pub use pages::{confirmation, pager};
pub use patience::{Verdict, is_answered, patiently, verdict};
pub use press::{Press, PressHandler, Used};
pub use scene::{
    greffier_in, guild_of, member, role_facts, scene, scene_of, standing, standing_of_greffier,
};
pub use seen::{OutOfView, Seen};
pub use sent::Sent;

/// What poise hands to each command.
pub type Context<'a> = poise::Context<'a, Arc<House>, Rejection>;
/// A command as the framework keeps it.
pub type Command = poise::Command<Arc<House>, Rejection>;
/// The framework, as listeners see it.
pub type Framework<'a> = poise::FrameworkContext<'a, Arc<House>, Rejection>;

/// Everything that commands and listeners work with. One for the whole program.
pub struct House {
    /// The records.
    pub store: Store,
    /// Their saves and archives.
    pub vault: Vault,
    /// Every sentence, in both languages.
    pub texts: Arc<Texts>,
    /// What the operator configured.
    pub config: Config,
    /// What guilds chose of it for themselves.
    pub preferences: Arc<dyn Preferences>,
    /// The time between the work of the process before this one and its own; `None` where there was none.
    pub away: Option<Range<Timestamp>>,
    /// The bot's owners; filled before the first command is taken.
    pub owners: OnceLock<HashSet<UserId>>,
    /// Our own posts, to tell a second bot's from them.
    pub sent: Sent,
    /// Who used how many commands lately.
    pub pace: Pace,
    /// The acts that are still to be done on Discord.
    pub outbox: Outbox,
    /// What runs by the clock.
    pub schedule: Schedule,
    /// What the gateway told of guilds and members; empty before the connection is made.
    pub seen: Seen,
    /// What the owners must hear of.
    pub alarms: Alarms,
    /// The events that listeners are busy with: the records stay open for them. Closed when the bot stops.
    pub hearing: TaskTracker,
    /// The cogs' listeners, in order.
    pub listeners: Vec<Listener>,
    /// Who is handed which buttons, menus and forms.
    pub presses: Vec<(&'static str, PressHandler)>,
    /// What becomes due by itself.
    pub deadlines: Vec<Deadline>,
    /// Who does the effects that belong to a cog.
    pub performers: Vec<(&'static str, Performer)>,
    /// Waits for it.
    pub due: Deadlines,
}

/// What a guild chose, looked up for each message: it must be quick.
pub trait Preferences: Send + Sync {
    /// What stands before a command in this guild's messages.
    fn prefix(&self, guild: Option<GuildId>) -> String;
    /// The language spoken in this guild; outside any guild the configured one.
    fn locale(&self, guild: Option<GuildId>) -> Locale;
    /// Whether this member moderates this guild.
    fn moderates(&self, guild: GuildId, member: &Standing) -> bool;
}

impl House {
    /// What time it is.
    pub fn clock(&self) -> &Clock {
        self.store.clock()
    }

    /// A sentence in a language.
    pub fn say(&self, locale: Locale, text: &Text) -> String {
        self.texts.text(locale, text)
    }

    /// Does what has come due, after the clock was moved; returns when it is done.
    pub async fn catch_up(self: &Arc<Self>) {
        settle_deadlines(self).await;
        // The loop that waits for deadlines has slept for a time that is no longer right.
        self.due.wake();
        self.schedule.settle().await;
        self.outbox.wake();
    }

    /// Whether `user` owns the bot.
    pub fn is_owner(&self, user: UserId) -> bool {
        self.owners
            .get()
            .is_some_and(|owners| owners.contains(&user))
    }
}

/// The guild a command was given in, and by whom, as the store wants it.
pub fn order(ctx: Context<'_>) -> Order {
    Order {
        guild: ctx.guild_id().map(|guild| GuildId(guild.get())),
        actor: Some(UserId(ctx.author().id.get())),
        origin: Some(origin(ctx)),
    }
}

/// Names the message or interaction that caused a command; Discord never gives the same one twice to different orders.
pub fn origin(ctx: Context<'_>) -> String {
    match ctx {
        poise::Context::Prefix(prefix) => format!("m{}", prefix.msg.id),
        poise::Context::Application(application) => format!("i{}", application.interaction.id),
    }
}

/// The guild a command was given in; commands that call this are `guild_only`.
pub fn here(ctx: Context<'_>) -> Result<GuildId, Rejection> {
    ctx.guild_id()
        .map(|guild| GuildId(guild.get()))
        .ok_or_else(|| crate::model::Refusal::new("refused-guild-only").into())
}

/// The language for a reply that everyone in the channel reads, or that only its reader sees.
pub fn locale(ctx: Context<'_>, audience: Audience) -> Locale {
    let guild = ctx.guild_id().map(|guild| GuildId(guild.get()));
    let own = || ctx.locale().and_then(|tag| tag.parse().ok());
    match audience {
        Audience::Everyone => ctx.data().preferences.locale(guild),
        Audience::Asker => own().unwrap_or_else(|| ctx.data().preferences.locale(guild)),
    }
}
