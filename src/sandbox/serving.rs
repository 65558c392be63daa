//! Starting and stopping a sandbox, and the handle's plain questions.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context;
use tokio::net::TcpListener;
use tokio::sync::broadcast;

use super::faults::Faults;
use super::gateway::session::Out;
use super::record::{Exchange, Recorder};
use super::rest::block::Block;
use super::rest::limiter::Limiter;
use super::state::seed;
use super::view::Directory;
use super::visible::Visible;
use super::{Options, Sandbox, Shared, rest, wire};

impl Sandbox {
    /// Serves on `listener`, which should be a loopback one.
    ///
    /// # Errors
    /// When the listener has no address or the record file cannot be opened.
    pub async fn start(listener: TcpListener, options: Options) -> anyhow::Result<Sandbox> {
        let address = listener
            .local_addr()
            .context("asking the sandbox's listener for its address")?;
        let address = format!("http://{address}");
        let token = options.bot_token.clone().unwrap_or_else(default_token);
        let recorder = Recorder::open(options.keep_exchanges, options.record.as_deref())?;
        let shared = Arc::new(Shared {
            world: Mutex::new(seed::world(&options, address, token)),
            faults: Faults::default(),
            recorder,
            acks_heartbeats: AtomicBool::new(true),
            limiter: Limiter::default(),
            block: Block::default(),
            task: Mutex::new(None),
        });
        let sandbox = Sandbox { shared };
        let router = rest::router(sandbox.clone());
        let service = router.into_make_service_with_connect_info::<wire::Line>();
        let serving = axum::serve(wire::Cuttable::new(listener), service);
        let task = tokio::spawn(async move {
            if let Err(error) = serving.await {
                tracing::error!(event = "sandbox.failed", %error, "the sandbox's server ended");
            }
        });
        *sandbox
            .shared
            .task
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(task);
        Ok(sandbox)
    }

    /// `http://127.0.0.1:PORT`; REST is below `/api/v10`.
    pub fn api_url(&self) -> String {
        self.shared.world().address.clone()
    }

    /// The bot's token: base64 of its id, then two more segments, as real ones have.
    pub fn bot_token(&self) -> String {
        self.shared.world().token.clone()
    }

    /// Addresses and ids, for whoever connects from outside.
    pub fn directory(&self) -> Directory {
        Directory::of(&self.shared.world())
    }

    /// Moves the sandbox's clock: timeouts lapse, quiet threads are archived, ids and
    /// timestamps follow.
    pub fn advance(&self, by: Duration) {
        let mut world = self.shared.world();
        let before = world.now();
        world.clock.advance(by);
        world.show_lapsed_timeouts(before);
        world.forget_old_interactions();
        world.archive_quiet_threads();
    }

    /// Everything that becomes visible from now on.
    pub fn visible(&self) -> broadcast::Receiver<Visible> {
        self.shared.world().visible.subscribe()
    }

    /// What was exchanged so far, if the options asked to keep it.
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.shared.recorder.kept()
    }

    /// What a test should fail for: routes that do not exist here, interactions that nobody
    /// answered, payloads that could not be read.
    pub fn troubles(&self) -> Vec<String> {
        let mut world = self.shared.world();
        world.note_unanswered();
        world.troubles.clone()
    }

    /// Forgets the troubles met so far, for a test that caused them on purpose.
    pub fn forgive_troubles(&self) {
        let mut world = self.shared.world();
        world.note_unanswered();
        world.troubles.clear();
    }

    /// Whether a bot has a live session.
    pub fn is_bot_connected(&self) -> bool {
        self.shared
            .world()
            .sessions
            .iter()
            .any(super::gateway::session::Session::is_live)
    }

    /// Waits until a bot has a live session; false when `patience` ran out first.
    pub async fn bot_connected(&self, patience: Duration) -> bool {
        let until = tokio::time::Instant::now() + patience;
        while !self.is_bot_connected() {
            if tokio::time::Instant::now() >= until {
                return false;
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        true
    }

    /// Ends the server and every connection.
    pub async fn stop(&self) {
        self.shared
            .world()
            .send_all(&Out::Close(1001, "Going away"));
        let task = self
            .shared
            .task
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(task) = task {
            task.abort();
            // A cancelled task is what was asked for.
            drop(task.await);
        }
        self.shared.acks_heartbeats.store(false, Ordering::Relaxed);
        let mut world = self.shared.world();
        world.sessions.clear();
        world.waiting_for_reply = HashMap::new();
        world.waiting_in_channel = HashMap::new();
    }
}

/// `base64(bot id).6 characters.38 characters`, the shape that libraries check.
fn default_token() -> String {
    let id = seed::BOT.to_string();
    format!(
        "{}.Sandbx.{}",
        base64(id.as_bytes()),
        "local-only-never-a-secret-0000000000000"
    )
}

/// Base64 without padding; the id's digits need nothing of its special characters.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let word = group
            .iter()
            .fold(0_u32, |word, byte| word << 8 | u32::from(*byte))
            << (8 * (3 - group.len()));
        for place in 0..=group.len() {
            let index = (word >> (18 - 6 * place)) & 63;
            text.push(char::from(LETTERS[index as usize]));
        }
    }
    text
}
