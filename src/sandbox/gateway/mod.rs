//! The gateway: one WebSocket per connection, from HELLO to the close frame.
//! Source: <https://discord.com/developers/docs/events/gateway>.

pub(crate) mod compress;
pub(crate) mod dispatch;
pub(crate) mod login;
pub(crate) mod members;
pub(crate) mod session;

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use self::compress::Transport;
use self::session::Out;
use super::Shared;
use super::record::Direction;

/// Bytes that one payload from a client may have, as Discord fixes it.
const PAYLOAD_MAX: usize = 4_096;

/// How long a client that closes may take to hear the answer.
const GOODBYE: Duration = Duration::from_secs(1);

/// Close codes: <https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes>.
pub(crate) mod close {
    pub(crate) const UNKNOWN_OPCODE: (u16, &str) = (4001, "Unknown opcode.");
    pub(crate) const DECODE_ERROR: (u16, &str) = (4002, "Error while decoding payload.");
    pub(crate) const NOT_AUTHENTICATED: (u16, &str) = (4003, "Not authenticated.");
    pub(crate) const AUTHENTICATION_FAILED: (u16, &str) = (4004, "Authentication failed.");
    pub(crate) const ALREADY_AUTHENTICATED: (u16, &str) = (4005, "Already authenticated.");
    pub(crate) const INVALID_SEQ: (u16, &str) = (4007, "Invalid seq.");
    pub(crate) const RATE_LIMITED: (u16, &str) = (4008, "Rate limited.");
    pub(crate) const SESSION_TIMED_OUT: (u16, &str) = (4009, "Session timed out.");
    pub(crate) const INVALID_SHARD: (u16, &str) = (4010, "Invalid shard.");
    pub(crate) const INVALID_VERSION: (u16, &str) = (4012, "Invalid API version.");
    pub(crate) const INVALID_INTENTS: (u16, &str) = (4013, "Invalid intent(s).");
    pub(crate) const DISALLOWED_INTENTS: (u16, &str) = (4014, "Disallowed intent(s).");
}

/// A connection in progress.
pub(crate) struct Connection {
    shared: Arc<Shared>,
    socket: WebSocket,
    transport: Transport,
    link: mpsc::UnboundedSender<Out>,
    outgoing: mpsc::UnboundedReceiver<Out>,
    /// The session once identified or resumed.
    session: Option<String>,
    received: VecDeque<Instant>,
    heard: Instant,
}

/// How a connection goes on after a frame.
type Next = Result<(), (u16, &'static str)>;

/// Serves one WebSocket until either side ends it.
pub(crate) async fn serve(
    shared: Arc<Shared>,
    socket: WebSocket,
    transport: Transport,
    version: Option<String>,
) {
    let (link, outgoing) = mpsc::unbounded_channel();
    let heard = Instant::now();
    let received = VecDeque::new();
    let mut connection = Connection {
        shared,
        socket,
        transport,
        link,
        outgoing,
        session: None,
        received,
        heard,
    };
    if version.is_some_and(|version| version != "10") {
        return connection.close(close::INVALID_VERSION).await;
    }
    let interval = connection.shared.world().knobs.heartbeat_interval;
    let millis = u64::try_from(interval.as_millis()).unwrap_or(u64::MAX);
    let hello =
        json!({"t": null, "s": null, "op": 10, "d": {"heartbeat_interval": millis, "_trace": []}});
    if connection.send(&hello.to_string()).await.is_err() {
        return;
    }
    connection.run(interval).await;
}

impl Connection {
    async fn run(&mut self, interval: Duration) {
        // A client that misses one heartbeat and a half is gone.
        let patience = interval + interval / 2;
        loop {
            let quiet = patience.saturating_sub(self.heard.elapsed());
            tokio::select! {
                out = self.outgoing.recv() => match out {
                    Some(Out::Frame(frame)) => if self.send(&frame).await.is_err() {
                        return self.detach();
                    },
                    Some(Out::Close(code, reason)) => return self.close((code, reason)).await,
                    Some(Out::Vanish) | None => return self.detach(),
                },
                message = self.socket.recv() => match message {
                    Some(Ok(Message::Close(frame))) => {
                        self.ended(frame.map(|frame| frame.code));
                        return self.answer_close().await;
                    }
                    Some(Ok(message)) => if let Err(close) = self.receive(message).await {
                        return self.close(close).await;
                    },
                    Some(Err(_)) | None => return self.detach(),
                },
                () = tokio::time::sleep(quiet) => return self.close(close::SESSION_TIMED_OUT).await,
            }
        }
    }

    async fn receive(&mut self, message: Message) -> Next {
        let bytes = match message {
            Message::Text(text) => text.as_bytes().to_vec(),
            Message::Binary(bytes) => bytes.to_vec(),
            Message::Ping(_) | Message::Pong(_) | Message::Close(_) => return Ok(()),
        };
        if bytes.len() > PAYLOAD_MAX {
            return Err(close::DECODE_ERROR);
        }
        self.count_command()?;
        let payload: Value = serde_json::from_slice(&bytes).map_err(|_| close::DECODE_ERROR)?;
        self.shared.recorder.frame(Direction::Received, &payload);
        let Some(op) = payload["op"].as_u64() else {
            return Err(close::DECODE_ERROR);
        };
        let data = &payload["d"];
        if self.session.is_none() && !matches!(op, 1 | 2 | 6) {
            return Err(close::NOT_AUTHENTICATED);
        }
        match op {
            1 => self.heartbeat().await,
            2 => self.identify(data).await,
            3 | 4 => Ok(()),
            6 => self.resume(data).await,
            8 => self.request_members(data),
            _ => Err(close::UNKNOWN_OPCODE),
        }
    }

    /// 120 payloads a minute, unless the knob says otherwise.
    fn count_command(&mut self) -> Next {
        let most = self.shared.world().knobs.gateway_sends_a_minute;
        let now = Instant::now();
        while self
            .received
            .front()
            .is_some_and(|at| now.duration_since(*at) > Duration::from_secs(60))
        {
            self.received.pop_front();
        }
        self.received.push_back(now);
        if self.received.len() > most {
            Err(close::RATE_LIMITED)
        } else {
            Ok(())
        }
    }

    async fn heartbeat(&mut self) -> Next {
        self.heard = Instant::now();
        if self.shared.acks_heartbeats.load(Ordering::Relaxed) {
            let ack = json!({"t": null, "s": null, "op": 11, "d": null});
            // A socket that broke is noticed by the next read.
            drop(self.send(&ack.to_string()).await);
        }
        Ok(())
    }

    async fn send(&mut self, frame: &str) -> Result<(), axum::Error> {
        self.shared.recorder.frame_text(Direction::Sent, frame);
        let packed = self.transport.pack(frame);
        self.socket.send(packed).await
    }

    async fn close(&mut self, (code, reason): (u16, &'static str)) {
        let frame = CloseFrame {
            code,
            reason: reason.into(),
        };
        // The client may be gone already; then there is nobody to tell.
        drop(self.socket.send(Message::Close(Some(frame))).await);
        self.detach();
    }

    /// Whoever closes waits for a close frame in return (RFC 6455, 5.5.1); reading on sends the one that is ready.
    async fn answer_close(&mut self) {
        let rest = async { while let Some(Ok(_)) = self.socket.recv().await {} };
        // A client that is gone needs no answer.
        let _ = tokio::time::timeout(GOODBYE, rest).await;
    }

    /// The client closed: 1000 and 1001 end the session, anything else can be resumed.
    fn ended(&mut self, code: Option<u16>) {
        self.detach();
        if matches!(code, Some(1000 | 1001))
            && let Some(id) = self.session.take()
        {
            self.shared
                .world()
                .sessions
                .retain(|session| session.id != id);
        }
    }

    fn detach(&mut self) {
        let mut world = self.shared.world();
        if let Some(session) = world
            .sessions
            .iter_mut()
            .find(|session| Some(&session.id) == self.session.as_ref())
        {
            session.detach(&self.link);
        }
    }
}
