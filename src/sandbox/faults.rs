//! Misbehaviour on demand: what the next matching requests, or the gateway, do wrong.

use std::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Sandbox;
use super::gateway::dispatch::{Event, intent};
use super::gateway::session::Out;

/// What a faulty request gets.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
pub enum RestAct {
    /// A status without the request being carried out; 429 comes with Retry-After 0.05 s.
    Status(u16),
    /// The connection ends before anything is done.
    Drop,
    /// The request is carried out, then the connection ends without an answer.
    DropAnswer,
    /// The request waits this many milliseconds, then goes on as usual.
    Delay(u64),
}

/// A fault for the next matching requests.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RestFault {
    /// None matches every method.
    pub method: Option<String>,
    /// A route template such as `/channels/{channel_id}/messages`; None matches every route.
    pub route: Option<String>,
    /// How many requests it hits.
    pub times: u32,
    pub act: RestAct,
}

/// What the gateway does wrong, at once.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GatewayFault {
    /// Closes every connection with a code.
    Close(u16),
    /// Every socket vanishes without a close frame; sessions can be resumed.
    DropSocket,
    /// Op 9; true when a RESUME would be accepted.
    InvalidSession(bool),
    /// Op 7.
    Reconnect,
    /// Heartbeats are no longer acknowledged, or again.
    AckHeartbeats(bool),
    /// The last dispatches are sent once more, with the same ids in them.
    Redeliver(usize),
    /// The last messages are sent once more, with the same ids, also those that only an earlier session was sent.
    RedeliverMessages(usize),
    /// No session can be resumed any more.
    ExpireSessions,
    /// The guild becomes unavailable, or available again.
    GuildAvailable(bool),
}

/// The faults that wait for their requests.
#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<Vec<RestFault>>);

impl Faults {
    /// Takes the fault for a request, if one waits for it.
    pub(crate) fn take(&self, method: &str, route: Option<&str>) -> Option<RestAct> {
        let mut faults = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let matches = |fault: &RestFault| {
            fault
                .method
                .as_deref()
                .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
                && fault
                    .route
                    .as_deref()
                    .is_none_or(|wanted| Some(wanted) == route)
        };
        let index = faults.iter().position(matches)?;
        let act = faults[index].act.clone();
        faults[index].times = faults[index].times.saturating_sub(1);
        if faults[index].times == 0 {
            faults.remove(index);
        }
        Some(act)
    }
}

impl Sandbox {
    /// Lays a fault for the next matching requests.
    pub fn inject(&self, fault: RestFault) {
        self.shared
            .faults
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(fault);
    }

    /// Removes the faults that have not been met yet.
    pub fn clear_faults(&self) {
        self.shared
            .faults
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }

    /// Makes the gateway misbehave.
    pub fn disturb(&self, fault: GatewayFault) {
        let mut world = self.shared.world();
        match fault {
            GatewayFault::Close(code) => world.send_all(&Out::Close(code, "As asked.")),
            GatewayFault::DropSocket => world.send_all(&Out::Vanish),
            GatewayFault::InvalidSession(resumable) => {
                let frame = json!({"t": null, "s": null, "op": 9, "d": resumable}).to_string();
                world.send_all(&Out::Frame(frame.into()));
                if !resumable {
                    world.sessions.clear();
                }
            }
            GatewayFault::Reconnect => {
                let frame = json!({"t": null, "s": null, "op": 7, "d": null}).to_string();
                world.send_all(&Out::Frame(frame.into()));
            }
            GatewayFault::AckHeartbeats(acks) => {
                self.shared.acks_heartbeats.store(acks, Ordering::Relaxed)
            }
            GatewayFault::Redeliver(count) => {
                for session in &mut world.sessions {
                    session.redeliver(count);
                }
            }
            GatewayFault::RedeliverMessages(count) => world.redeliver_messages(count),
            GatewayFault::ExpireSessions => world.expire_sessions(),
            GatewayFault::GuildAvailable(available) => world.set_available(available),
        }
    }

    /// Changes knobs while the sandbox runs.
    pub fn turn(&self, change: impl FnOnce(&mut super::Knobs)) {
        change(&mut self.shared.world().knobs);
    }
}

impl super::state::World {
    fn set_available(&mut self, available: bool) {
        let home = self.home;
        if let Some(guild) = self.guilds.get_mut(&home) {
            guild.available = available;
        }
        let event = match self.guilds.get(&home) {
            Some(guild) if available => {
                let data = self.guild_create_json(guild, self.bot);
                Event::new("GUILD_CREATE", intent::GUILDS, data)
            }
            _ => Event::new(
                "GUILD_DELETE",
                intent::GUILDS,
                json!({"id": home, "unavailable": true}),
            ),
        };
        self.dispatch(event.in_guild(home));
    }
}
