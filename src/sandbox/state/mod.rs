//! Everything the sandbox knows, behind one mutex with short critical sections.
//! Lookups go by id; nothing here walks all messages.

pub(crate) mod channel;
pub(crate) mod command;
pub(crate) mod guild;
pub(crate) mod interaction;
pub(crate) mod message;
pub(crate) mod seed;
pub(crate) mod user;

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::time::Instant;

use serde_json::{Value, json};
use tokio::sync::{broadcast, oneshot};

use self::channel::{Channel, kind};
use self::command::Command;
pub(crate) use self::guild::Audit;
use self::guild::{AuditEntry, Guild};
use self::interaction::Interaction;
use self::user::User;
use super::Knobs;
use super::clock::Clock;
use super::error::{ApiError, Unknown};
use super::gateway::dispatch::{Event, intent};
use super::gateway::session::Session;
use super::id::{Id, IdSource};
use super::people::OpenModal;
use super::rest::call::Call;
use super::view::MessageView;
use super::visible::Visible;

/// The application that the bot belongs to.
#[derive(Clone, Debug)]
pub(crate) struct Application {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) owner: Id,
    /// Permission bits of the role that the bot gets in each guild.
    pub(crate) invited_with: u64,
    /// Which privileged intents the portal has switched on.
    pub(crate) privileged: u64,
}

/// Author and nonce of a message.
pub(crate) type Nonce = (Id, String);

/// The whole state of one sandbox.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) clock: Clock,
    pub(crate) ids: IdSource,
    /// `http://127.0.0.1:PORT`, for the addresses that answers carry.
    pub(crate) address: String,
    pub(crate) token: String,
    pub(crate) knobs: Knobs,
    pub(crate) application: Application,
    pub(crate) bot: Id,
    /// The guild that the verbs are about, except of those who have another one open.
    pub(crate) home: Id,
    /// The guild that someone has open in their client, where they chose one.
    pub(crate) open_guilds: HashMap<Id, Id>,
    pub(crate) users: HashMap<Id, User>,
    pub(crate) guilds: BTreeMap<Id, Guild>,
    /// Guild channels, threads and DMs.
    pub(crate) channels: BTreeMap<Id, Channel>,
    /// The DM channel of the bot with each person, by person.
    pub(crate) dms: HashMap<Id, Id>,
    pub(crate) commands: BTreeMap<Id, Command>,
    /// Commands created in each scope since when (Unix milliseconds), for the daily limit.
    pub(crate) commands_created: HashMap<Option<Id>, (i64, usize)>,
    pub(crate) interactions: BTreeMap<Id, Interaction>,
    /// Interaction ids by token.
    pub(crate) tokens: HashMap<String, Id>,
    /// The acknowledged interaction that waits for a message to change, by message; or for what the interaction that
    /// opened its form says, by that interaction.
    pub(crate) awaiting_update: HashMap<Id, Id>,
    pub(crate) modals: HashMap<Id, OpenModal>,
    pub(crate) sessions: Vec<Session>,
    pub(crate) identifies_left: u32,
    /// When the last IDENTIFY was taken.
    pub(crate) identified: Option<Instant>,
    /// Messages remembered by (author, nonce) for `enforce_nonce`.
    pub(crate) nonces: HashMap<Nonce, (Id, Id)>,
    /// The same in the order of their messages, so that the old ones are forgotten without a search.
    pub(crate) nonce_order: VecDeque<(Id, Nonce)>,
    /// Attachment bytes by attachment id.
    pub(crate) files: HashMap<Id, Vec<u8>>,
    pub(crate) visible: broadcast::Sender<Visible>,
    /// Who waits for the bot's answer to which message.
    pub(crate) waiting_for_reply: HashMap<Id, Vec<oneshot::Sender<MessageView>>>,
    /// Who waits for the next message that the bot writes in which channel.
    pub(crate) waiting_in_channel: HashMap<Id, Vec<oneshot::Sender<MessageView>>>,
    pub(crate) troubles: Vec<String>,
}

impl World {
    pub(crate) fn now(&self) -> i64 {
        self.clock.now_ms()
    }

    pub(crate) fn new_id(&mut self) -> Id {
        let now = self.now();
        self.ids.next(now)
    }

    pub(crate) fn user_json(&self, id: Id) -> Value {
        match self.users.get(&id) {
            Some(user) => user.json(),
            None => Value::Null,
        }
    }

    /// The name that clients show for someone, or their id.
    pub(crate) fn shown_name(&self, id: Id) -> String {
        self.users
            .get(&id)
            .map_or_else(|| id.to_string(), |user| user.shown_name().to_owned())
    }

    /// The handle by which verbs know someone.
    pub(crate) fn handle(&self, id: Id) -> String {
        self.users
            .get(&id)
            .map_or_else(|| id.to_string(), |user| user.username.clone())
    }

    pub(crate) fn user_named(&self, name: &str) -> Option<&User> {
        let bare = name.trim_start_matches('@');
        self.users
            .values()
            .find(|user| user.username.eq_ignore_ascii_case(bare))
    }

    pub(crate) fn channel(&self, id: Id) -> Result<&Channel, ApiError> {
        self.channels
            .get(&id)
            .ok_or_else(|| ApiError::unknown(Unknown::Channel))
    }

    pub(crate) fn channel_mut(&mut self, id: Id) -> Result<&mut Channel, ApiError> {
        self.channels
            .get_mut(&id)
            .ok_or_else(|| ApiError::unknown(Unknown::Channel))
    }

    pub(crate) fn guild(&self, id: Id) -> Result<&Guild, ApiError> {
        self.guilds
            .get(&id)
            .ok_or_else(|| ApiError::unknown(Unknown::Guild))
    }

    pub(crate) fn guild_mut(&mut self, id: Id) -> Result<&mut Guild, ApiError> {
        self.guilds
            .get_mut(&id)
            .ok_or_else(|| ApiError::unknown(Unknown::Guild))
    }

    /// The guild that the verbs are about.
    pub(crate) fn home(&self) -> &Guild {
        &self.guilds[&self.home]
    }

    /// `#general`, `Other#general` in another guild, or `DM to sam`.
    pub(crate) fn place_name(&self, channel: Id) -> String {
        match self.channels.get(&channel) {
            Some(channel) if channel.guild.is_none() => {
                let partner = self.dm_partner(channel.id);
                format!("DM to {}", partner.unwrap_or_default())
            }
            Some(channel) => match channel.guild.and_then(|guild| self.guilds.get(&guild)) {
                Some(guild) if guild.id != seed::GUILD => {
                    format!("{}#{}", guild.name, channel.name)
                }
                _ => format!("#{}", channel.name),
            },
            None => format!("#{channel}"),
        }
    }

    /// With whom the bot talks in a DM channel; nobody in any other.
    pub(crate) fn dm_partner(&self, channel: Id) -> Option<String> {
        let channel = self.channels.get(&channel)?;
        let others = channel.recipients.iter().filter(|id| **id != self.bot);
        let mut others = others.filter(|_| channel.guild.is_none());
        others.next().map(|id| self.handle(*id))
    }

    /// The DM channel between the bot and someone, made if there was none.
    pub(crate) fn dm_with(&mut self, person: Id) -> Id {
        if let Some(channel) = self.dms.get(&person) {
            return *channel;
        }
        let id = self.new_id();
        let mut channel = Channel::new(id, kind::DM, None, "");
        channel.recipients = vec![self.bot, person];
        self.channels.insert(id, channel);
        self.dms.insert(person, id);
        id
    }

    /// Tells whoever watches; costs nothing when nobody does.
    pub(crate) fn show(&self, what: impl FnOnce(&World) -> Visible) {
        if self.visible.receiver_count() > 0 {
            // A receiver that went away between the two lines is no loss.
            drop(self.visible.send(what(self)));
        }
    }

    /// Notes something that a test should fail for.
    pub(crate) fn trouble(&mut self, text: impl Into<String>) {
        self.troubles.push(text.into());
    }

    /// Writes a line into the audit log and dispatches it.
    pub(crate) fn audit(&mut self, guild_id: Id, act: Audit) {
        let id = self.new_id();
        let entry = AuditEntry { id, act };
        let mut data = entry.json();
        data["guild_id"] = json!(guild_id);
        if let Some(guild) = self.guilds.get_mut(&guild_id) {
            guild.audit.push_back(entry);
            if guild.audit.len() > AUDIT_KEPT {
                guild.audit.pop_front();
            }
        }
        let event = Event::new(
            "GUILD_AUDIT_LOG_ENTRY_CREATE",
            intent::GUILD_MODERATION,
            data,
        );
        self.dispatch(event.in_guild(guild_id));
    }
}

impl World {
    /// Notes that a message of someone else's was deleted. Deletions of the same person's messages in the same channel
    /// are counted in one line for some minutes, and of those that follow the first no event tells.
    pub(crate) fn audit_deleted(&mut self, guild: Id, call: &Call, (channel, author): (Id, Id)) {
        const MESSAGE_DELETE: u16 = 72;
        let since = self.now() - COUNTED_TOGETHER_MS;
        let same = |entry: &&mut AuditEntry| {
            let act = &entry.act;
            let options = act.options.as_ref();
            act.action == MESSAGE_DELETE
                && act.actor == call.actor
                && act.target == Some(author)
                && act.reason == call.reason
                && entry.id.created_ms() >= since
                && options.is_some_and(|options| options["channel_id"] == json!(channel))
        };
        let log = self.guilds.get_mut(&guild).map(|guild| &mut guild.audit);
        if let Some(entry) = log.and_then(|log| log.iter_mut().rev().find(same)) {
            if let Some(options) = &mut entry.act.options {
                let counted = options["count"]
                    .as_str()
                    .and_then(|count| count.parse().ok());
                options["count"] = json!((counted.unwrap_or(1_u64) + 1).to_string());
            }
            return;
        }
        let options = json!({"channel_id": channel, "count": "1"});
        let entry = Audit::new(MESSAGE_DELETE, call.actor, author)
            .because(call.reason.clone())
            .options(options);
        self.audit(guild, entry);
    }
}

/// How long deletions are counted in one line, near enough; Discord does not publish it.
const COUNTED_TOGETHER_MS: i64 = 5 * 60_000;

/// Lines of the audit log that a guild keeps; Discord keeps 45 days of them.
const AUDIT_KEPT: usize = 10_000;
