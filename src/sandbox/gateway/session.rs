//! A gateway session: what a bot that identified is owed, also while its socket is gone.

use std::collections::VecDeque;
use std::sync::Arc;

use tokio::sync::mpsc;

use super::dispatch::EVENTS;
use crate::sandbox::id::Id;

/// Dispatches that can be replayed after a RESUME.
const REPLAY_KEPT: usize = 4_096;

/// The event of a new message.
const MESSAGE: &str = "MESSAGE_CREATE";

/// What a socket is told to put on the wire.
#[derive(Clone, Debug)]
pub(crate) enum Out {
    Frame(Arc<str>),
    /// A close frame with its code and reason.
    Close(u16, &'static str),
    /// The socket vanishes without a word.
    Vanish,
}

/// One session.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) intents: u64,
    /// This shard and how many there are.
    pub(crate) shard: (u64, u64),
    pub(crate) seq: u64,
    replay: VecDeque<Sent>,
    link: Option<mpsc::UnboundedSender<Out>>,
}

#[derive(Clone, Debug)]
struct Sent {
    seq: u64,
    name: &'static str,
    data: Arc<str>,
}

impl Session {
    pub(crate) fn new(
        id: String,
        intents: u64,
        shard: (u64, u64),
        link: mpsc::UnboundedSender<Out>,
    ) -> Self {
        Self {
            id,
            intents,
            shard,
            seq: 0,
            replay: VecDeque::new(),
            link: Some(link),
        }
    }

    /// Whether this shard is the one for a guild; direct messages go to shard 0.
    /// The formula is Discord's: `(guild_id >> 22) % num_shards`.
    pub(crate) fn serves(&self, guild: Option<Id>) -> bool {
        let (shard, count) = self.shard;
        guild.map_or(0, |guild| (guild.0 >> 22) % count.max(1)) == shard
    }

    pub(crate) fn is_live(&self) -> bool {
        self.link.as_ref().is_some_and(|link| !link.is_closed())
    }

    /// Numbers a dispatch, keeps it for a replay, and sends it if the socket is there.
    pub(crate) fn send(&mut self, name: &'static str, data: Arc<str>) {
        debug_assert!(
            EVENTS.contains(&name),
            "{name} is missing in the list of events"
        );
        self.seq += 1;
        let sent = Sent {
            seq: self.seq,
            name,
            data,
        };
        self.push(Out::Frame(sent.frame()));
        self.replay.push_back(sent);
        if self.replay.len() > REPLAY_KEPT {
            self.replay.pop_front();
        }
    }

    /// Sends a frame that is not numbered.
    pub(crate) fn push(&mut self, out: Out) {
        if let Some(link) = &self.link
            && link.send(out).is_err()
        {
            self.link = None;
        }
    }

    /// Attaches a new socket and replays what came after `seq`, and `extra` older ones as well.
    /// False when what is asked for is no longer kept, or was never sent.
    pub(crate) fn resume(
        &mut self,
        seq: u64,
        extra: u64,
        link: mpsc::UnboundedSender<Out>,
    ) -> bool {
        let oldest = self.replay.front().map_or(self.seq + 1, |sent| sent.seq);
        if seq > self.seq || seq + 1 < oldest {
            return false;
        }
        self.link = Some(link);
        let from = seq.saturating_sub(extra);
        let missed: Vec<Sent> = self
            .replay
            .iter()
            .filter(|sent| sent.seq > from)
            .cloned()
            .collect();
        for sent in missed {
            self.push(Out::Frame(sent.frame()));
        }
        true
    }

    /// Sends the last `count` dispatches once more, under new sequence numbers.
    pub(crate) fn redeliver(&mut self, count: usize) {
        let from = self.replay.len().saturating_sub(count);
        let again: Vec<Sent> = self.replay.iter().skip(from).cloned().collect();
        for sent in again {
            self.send(sent.name, sent.data);
        }
    }

    /// The messages that it was sent, oldest first.
    pub(crate) fn messages(&self) -> impl Iterator<Item = Arc<str>> {
        let messages = self.replay.iter().filter(|sent| sent.name == MESSAGE);
        messages.map(|sent| Arc::clone(&sent.data))
    }

    /// Sends messages once more, under new sequence numbers.
    pub(crate) fn send_messages(&mut self, messages: &[Arc<str>]) {
        for message in messages {
            self.send(MESSAGE, Arc::clone(message));
        }
    }

    /// Forgets the socket, unless a newer one has taken over.
    pub(crate) fn detach(&mut self, link: &mpsc::UnboundedSender<Out>) {
        if self.link.as_ref().is_some_and(|own| own.same_channel(link)) {
            self.link = None;
        }
    }
}

impl Sent {
    fn frame(&self) -> Arc<str> {
        let Self { seq, name, data } = self;
        format!(r#"{{"t":"{name}","s":{seq},"op":0,"d":{data}}}"#).into()
    }
}
