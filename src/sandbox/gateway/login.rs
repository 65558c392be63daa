//! IDENTIFY and RESUME: who may have a session, and how it begins.

use std::time::Instant;

use serde_json::{Value, json};

use super::compress::Transport;
use super::dispatch::intent;
use super::session::{Out, Session};
use super::{Connection, Next, close};
use crate::sandbox::id::Id;
use crate::sandbox::state::World;

/// Intents, and this shard with the number of shards.
type Admitted = (u64, (u64, u64));

/// Sessions without a socket that are kept for a RESUME; older ones are forgotten.
const LOST_KEPT: usize = 4;

impl Connection {
    /// Whether the session that this connection began is still one; op 9 ends it.
    fn has_session(&self) -> bool {
        let world = self.shared.world();
        world
            .sessions
            .iter()
            .any(|session| Some(&session.id) == self.session.as_ref())
    }

    pub(super) async fn identify(&mut self, data: &Value) -> Next {
        if self.has_session() {
            return Err(close::ALREADY_AUTHENTICATED);
        }
        if data["compress"] == true && matches!(self.transport, Transport::Text) {
            self.transport = Transport::Payload;
        }
        if self.shared.world().is_too_soon() {
            self.refuse_session().await;
            return Ok(());
        }
        let link = self.link.clone();
        let id = {
            let mut world = self.shared.world();
            let (intents, shard) = world.admit(data)?;
            let id = format!("{:032x}", rand::random::<u128>());
            world
                .sessions
                .push(Session::new(id.clone(), intents, shard, link));
            world.forget_lost_sessions();
            world.welcome(&id);
            id
        };
        self.session = Some(id);
        Ok(())
    }

    pub(super) async fn resume(&mut self, data: &Value) -> Next {
        if self.has_session() {
            return Err(close::ALREADY_AUTHENTICATED);
        }
        let Some(seq) = data["seq"].as_u64() else {
            return Err(close::DECODE_ERROR);
        };
        let resumed = {
            let mut world = self.shared.world();
            if !world.knows_token(&data["token"]) {
                return Err(close::AUTHENTICATION_FAILED);
            }
            let extra = world.knobs.resume_replays_more;
            let wanted = data["session_id"].as_str().unwrap_or_default();
            let session = world
                .sessions
                .iter_mut()
                .find(|session| session.id == wanted);
            match session {
                None => None,
                Some(session) if seq > session.seq => return Err(close::INVALID_SEQ),
                Some(session) => session.resume(seq, extra, self.link.clone()).then(|| {
                    session.send("RESUMED", r#"{"_trace":[]}"#.into());
                    session.id.clone()
                }),
            }
        };
        if resumed.is_some() {
            self.session = resumed;
        } else {
            self.refuse_session().await;
        }
        Ok(())
    }

    /// Op 9: the client may identify, after a while.
    async fn refuse_session(&mut self) {
        let invalid = json!({"t": null, "s": null, "op": 9, "d": false});
        // A broken socket shows itself at the next read.
        drop(self.send(&invalid.to_string()).await);
    }
}

impl World {
    /// A bot that was killed many times leaves many sessions behind; each would be served on.
    fn forget_lost_sessions(&mut self) {
        let mut lost = self
            .sessions
            .iter()
            .filter(|session| !session.is_live())
            .count();
        self.sessions.retain(|session| {
            let forget = lost > LOST_KEPT && !session.is_live();
            lost -= usize::from(forget);
            !forget
        });
    }

    fn knows_token(&self, token: &Value) -> bool {
        let text = token.as_str().unwrap_or_default();
        text.strip_prefix("Bot ").unwrap_or(text) == self.token
    }

    /// Whether this IDENTIFY follows the last one too closely; one that does not is counted.
    fn is_too_soon(&mut self) -> bool {
        let Some(pace) = self.knobs.identify_every else {
            return false;
        };
        let too_soon = self.identified.is_some_and(|at| at.elapsed() < pace);
        if !too_soon {
            self.identified = Some(Instant::now());
        }
        too_soon
    }

    /// Checks an IDENTIFY; answers its intents and shard.
    fn admit(&mut self, data: &Value) -> Result<Admitted, (u16, &'static str)> {
        if !self.knows_token(&data["token"]) {
            return Err(close::AUTHENTICATION_FAILED);
        }
        let Some(intents) = data["intents"]
            .as_u64()
            .filter(|bits| bits & !intent::KNOWN == 0)
        else {
            return Err(close::INVALID_INTENTS);
        };
        if intents & intent::PRIVILEGED & !self.application.privileged != 0 {
            return Err(close::DISALLOWED_INTENTS);
        }
        let shard = match data["shard"].as_array().map(Vec::as_slice) {
            None => (0, 1),
            Some([id, count]) => match (id.as_u64(), count.as_u64()) {
                (Some(id), Some(count)) if id < count => (id, count),
                _ => return Err(close::INVALID_SHARD),
            },
            Some(_) => return Err(close::INVALID_SHARD),
        };
        // Beyond the day's budget Discord resets the token: it is worth nothing from then on.
        let Some(left) = self.identifies_left.checked_sub(1) else {
            self.token = format!("reset-{:032x}", rand::random::<u128>());
            return Err(close::AUTHENTICATION_FAILED);
        };
        self.identifies_left = left;
        Ok((intents, shard))
    }

    /// READY, then each guild of the shard.
    fn welcome(&mut self, session_id: &str) {
        let bot = self.bot;
        let Some(index) = self
            .sessions
            .iter()
            .position(|session| session.id == session_id)
        else {
            return;
        };
        let session = &self.sessions[index];
        let own = |id: &Id| session.serves(Some(*id)) && self.guilds[id].members.contains_key(&bot);
        let served: Vec<Id> = self.guilds.keys().copied().filter(own).collect();
        let pending: Vec<Value> = served
            .iter()
            .map(|id| json!({"id": id, "unavailable": true}))
            .collect();
        let ready = json!({
            "v": 10,
            "user": self.users[&bot].own_json(),
            "guilds": pending,
            "session_id": session_id,
            "session_type": "normal",
            "resume_gateway_url": self.gateway_url(),
            "shard": [session.shard.0, session.shard.1],
            "application": {"id": self.application.id, "flags": self.application_flags(), "flags_new": self.application_flags().to_string()},
            "private_channels": [],
            "relationships": [],
            "presences": [],
            "geo_ordered_rtc_regions": [],
            "user_settings": {},
            "auth": {},
            "_trace": [],
        });
        let guilds: Vec<String> = served
            .iter()
            .filter_map(|id| self.guilds.get(id))
            .filter(|guild| guild.available)
            .map(|guild| self.guild_create_json(guild, bot).to_string())
            .collect();
        let wants_guilds = session.intents & intent::GUILDS != 0;
        let session = &mut self.sessions[index];
        session.send("READY", ready.to_string().into());
        for guild in guilds.into_iter().filter(|_| wants_guilds) {
            session.send("GUILD_CREATE", guild.into());
        }
    }

    /// Where the gateway is: this server.
    pub(crate) fn gateway_url(&self) -> String {
        self.address.replacen("http://", "ws://", 1)
    }

    /// Application flags for the privileged intents: the "limited" ones of an unverified bot.
    /// Source: <https://discord.com/developers/docs/resources/application#application-object-application-flags>.
    pub(crate) fn application_flags(&self) -> u64 {
        let flag = |intent, bit: u32| {
            if self.application.privileged & intent != 0 {
                1 << bit
            } else {
                0
            }
        };
        flag(intent::GUILD_PRESENCES, 13)
            | flag(intent::GUILD_MEMBERS, 15)
            | flag(intent::MESSAGE_CONTENT, 19)
            | 1 << 23
    }

    /// Sends the live sessions the last `count` messages that any session was sent.
    pub(crate) fn redeliver_messages(&mut self, count: usize) {
        let mut messages: Vec<_> = self.sessions.iter().flat_map(Session::messages).collect();
        messages.drain(..messages.len().saturating_sub(count));
        for session in self.sessions.iter_mut().filter(|session| session.is_live()) {
            session.send_messages(&messages);
        }
    }

    /// Ends every session, live or not, so that a RESUME is refused.
    pub(crate) fn expire_sessions(&mut self) {
        self.send_all(&Out::Vanish);
        self.sessions.clear();
    }
}
