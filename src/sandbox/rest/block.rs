//! The block that an address meets after too many invalid requests: for the rest of the ten minutes nothing of it
//! reaches the API any more. Source: <https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans>.

use std::sync::{Mutex, PoisonError};

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// How long invalid requests are counted together, as Discord fixes it: 10 minutes.
const WINDOW_MS: i64 = 10 * 60_000;

/// The invalid requests of the current window; times are the sandbox's.
#[derive(Debug, Default)]
pub(crate) struct Block(Mutex<Counted>);

#[derive(Debug, Default)]
struct Counted {
    since_ms: i64,
    count: u32,
}

impl Block {
    /// Counts an answer; true when it is the one that closes the door.
    pub(crate) fn count(&self, status: u16, now_ms: i64, most: u32) -> bool {
        if !matches!(status, 401 | 403 | 429) {
            return false;
        }
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if now_ms - counted.since_ms >= WINDOW_MS {
            *counted = Counted {
                since_ms: now_ms,
                count: 0,
            };
        }
        counted.count += 1;
        counted.count == most
    }

    /// What a blocked address is answered: no JSON, and nothing of Discord's own.
    pub(crate) fn answer(&self, now_ms: i64, most: u32) -> Option<Response> {
        let counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let left = counted.since_ms + WINDOW_MS - now_ms;
        (counted.count >= most && left > 0).then(|| {
            let seconds = (left / 1_000 + 1).to_string();
            (
                StatusCode::TOO_MANY_REQUESTS,
                [(header::RETRY_AFTER, seconds)],
                "error code: 1015",
            )
                .into_response()
        })
    }
}
