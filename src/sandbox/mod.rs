//! A small Discord on loopback: REST v10, gateway, one guild and the people in it.
//!
//! It knows nothing of the bot and imports nothing of ours; whoever speaks Discord's protocol can
//! connect. Its rules are Discord's: limits, permissions, hierarchy, intents, interaction deadlines.
//! It is not a mock: nothing is answered that did not happen in its state.

mod attachments;
mod clock;
mod control;
mod error;
mod faults;
mod form;
mod gateway;
mod id;
mod limits;
mod people;
mod permissions;
mod record;
mod rest;
mod serving;
mod state;
mod view;
mod visible;
mod wire;

use std::ops::{Deref, DerefMut};
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

pub use self::clock::Clock;
pub use self::faults::{GatewayFault, RestAct, RestFault};
pub use self::id::Id;
pub use self::people::{
    Choice, Draft, Flaw, InteractionOutcome, MessageId, ModalField, ModalView, Place, Pointed,
    Trouble,
};
pub use self::permissions::{DEFAULT_BOT, Permitted};
pub use self::record::{Direction, Exchange, FrameExchange, RestExchange};
pub use self::rest::routes::route_templates;
pub use self::view::{
    AuditView, BanView, ChannelChange, ChannelView, Control, Directory, MemberView, MessageView,
    Offer, Part, Setting, field,
};
pub use self::visible::Visible;

use self::faults::Faults;
use self::record::Recorder;
use self::state::World;

/// How a sandbox is set up.
#[derive(Clone, Debug)]
pub struct Options {
    /// The bot's token; by default one shaped like a real one, the same each time.
    pub bot_token: Option<String>,
    pub bot_name: String,
    /// The permission bits of the bot's managed role.
    pub bot_permissions: u64,
    pub guild_name: String,
    /// The guild's preferred locale.
    pub guild_locale: String,
    /// The locale of everyone's client.
    pub member_locale: String,
    /// How many plain members there are besides the five: `member1`, `member2`, …
    pub crowd: u16,
    /// The sandbox's time; keep a clone to move it together with something else.
    pub clock: Clock,
    /// A JSONL file to which every exchange is appended.
    pub record: Option<PathBuf>,
    /// Whether exchanges are kept in memory for [`Sandbox::exchanges`].
    pub keep_exchanges: bool,
    /// The privileged intents that the portal has switched on, as gateway bits.
    pub intents_granted: u64,
    pub knobs: Knobs,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            bot_token: None,
            bot_name: "Greffier".to_owned(),
            bot_permissions: DEFAULT_BOT,
            guild_name: "Sandbox".to_owned(),
            guild_locale: "en-US".to_owned(),
            member_locale: "en-US".to_owned(),
            crowd: 0,
            clock: Clock::system(),
            record: None,
            keep_exchanges: false,
            intents_granted: gateway::dispatch::intent::PRIVILEGED,
            knobs: Knobs::default(),
        }
    }
}

/// What can be turned without touching the code. Defaults are Discord's figures, except that rate
/// limits and the pace of IDENTIFYs are off.
#[derive(Clone, Debug)]
pub struct Knobs {
    /// What HELLO announces; Discord says 41.25 s.
    pub heartbeat_interval: Duration,
    /// Gateway payloads that a client may send a minute.
    pub gateway_sends_a_minute: usize,
    /// IDENTIFYs until the token is reset.
    pub identifies_a_day: u32,
    /// Time between two IDENTIFYs, below which the second gets op 9; Discord's is 5 s (real time).
    pub identify_every: Option<Duration>,
    /// Older dispatches that each RESUME replays besides those that were missed.
    pub resume_replays_more: u64,
    /// The time within which an interaction must be answered (real time).
    pub answer_within: Duration,
    /// How long the people's verbs wait for a deferred answer to be filled in (real time).
    pub settle_within: Duration,
    /// REST requests a second over all routes; Discord allows 50.
    pub requests_a_second: Option<u32>,
    /// Answers of 401, 403 and 429 within ten minutes after which the address is blocked.
    pub invalid_requests: u32,
    /// Requests that each bucket allows in how long.
    pub bucket: Option<(u32, Duration)>,
    /// Messages that a channel keeps; older ones are forgotten.
    pub messages_kept: usize,
}

impl Default for Knobs {
    fn default() -> Self {
        Self {
            heartbeat_interval: Duration::from_millis(41_250),
            gateway_sends_a_minute: 120,
            identifies_a_day: 1_000,
            identify_every: None,
            resume_replays_more: 0,
            answer_within: Duration::from_millis(state::interaction::ANSWER_WITHIN_MS),
            settle_within: Duration::from_secs(15),
            requests_a_second: None,
            invalid_requests: 10_000,
            bucket: None,
            messages_kept: 5_000,
        }
    }
}

/// A running sandbox. Clones are handles to the same one.
#[derive(Clone)]
pub struct Sandbox {
    shared: Arc<Shared>,
}

/// What the server's tasks and the verbs share.
pub(crate) struct Shared {
    world: Mutex<World>,
    faults: Faults,
    recorder: Recorder,
    acks_heartbeats: AtomicBool,
    limiter: rest::limiter::Limiter,
    block: rest::block::Block,
    task: Mutex<Option<tokio::task::JoinHandle<()>>>,
}

impl Shared {
    /// The state, for one short critical section; never held across an await.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The state as someone looks at it: its `home` is the guild that they have open.
    pub(crate) fn world_of(&self, who: &str) -> Looking<'_> {
        let mut world = self.world();
        let before = world.home;
        let person = world.user_named(who).map(|user| user.id);
        let open = person.and_then(|person| world.open_guilds.get(&person).copied());
        world.home = open.unwrap_or(before);
        Looking { world, before }
    }
}

/// The state while it is somebody's.
pub(crate) struct Looking<'a> {
    world: MutexGuard<'a, World>,
    before: id::Id,
}

impl Deref for Looking<'_> {
    type Target = World;

    fn deref(&self) -> &World {
        &self.world
    }
}

impl DerefMut for Looking<'_> {
    fn deref_mut(&mut self) -> &mut World {
        &mut self.world
    }
}

impl Drop for Looking<'_> {
    fn drop(&mut self) {
        self.world.home = self.before;
    }
}
