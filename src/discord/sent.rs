//! Which posts are ours: a second bot on the same token is found by the posts that we never sent.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// Discord's limit for a nonce, in characters.
const LONGEST_NONCE: usize = 25;
/// How many of our newest nonces are remembered: the gateway reports a post within seconds.
const REMEMBERED: usize = 4096;

/// The nonces of our newest posts.
pub struct Sent {
    /// Sets our nonces apart from those of another bot on the same token: it has another database.
    salt: String,
    newest: Mutex<VecDeque<String>>,
}

impl Sent {
    /// For a bot whose database is called `uuid`.
    pub fn new(uuid: &str) -> Sent {
        Sent {
            salt: uuid.chars().take(4).collect(),
            newest: Mutex::default(),
        }
    }

    /// The nonce for what is posted because of `cause` (a message's id, an act's number). The same cause gives the same
    /// nonce also after a restart, so that Discord itself drops the second of two equal posts within some minutes.
    pub fn nonce(&self, cause: &str) -> String {
        let room = LONGEST_NONCE - self.salt.len();
        let tail = &cause[cause.len().saturating_sub(room)..];
        let nonce = format!("{}{tail}", self.salt);
        let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        if !newest.contains(&nonce) {
            if newest.len() == REMEMBERED {
                newest.pop_front();
            }
            newest.push_back(nonce.clone());
        }
        nonce
    }

    /// Whether we posted with this nonce.
    pub fn is_ours(&self, nonce: &str) -> bool {
        self.newest
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .iter()
            .any(|ours| ours == nonce)
    }
}

#[cfg(test)]
mod tests {
    use super::Sent;

    #[test]
    fn a_nonce_fits_discord_and_tells_two_databases_apart() {
        let ours = Sent::new("1f2e3d4c-aaaa");
        let theirs = Sent::new("99999999-aaaa");
        let nonce = ours.nonce("m1234567890123456789");
        assert!(nonce.len() <= 25);
        assert_eq!(
            nonce,
            ours.nonce("m1234567890123456789"),
            "the same cause, the same nonce"
        );
        assert!(ours.is_ours(&nonce));
        assert!(!ours.is_ours(&theirs.nonce("m1234567890123456789")));
    }
}
