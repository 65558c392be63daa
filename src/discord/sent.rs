//! Which posts are ours: a second bot on the same token is found by the posts that we never sent.

/// Discord's limit for a nonce, in characters.
const LONGEST_NONCE: usize = 25;
/// How much of a nonce names the database that it comes from, in characters.
const SALT: usize = 6;

/// How our posts are marked: each nonce begins with a piece of the database's uuid. Another bot on the same token has
/// another database: two processes can't share one.
pub struct Sent {
    salt: String,
}

impl Sent {
    /// For a bot whose database is called `uuid`.
    pub fn new(uuid: &str) -> Sent {
        Sent {
            salt: uuid.chars().take(SALT).collect(),
        }
    }

    /// The nonce for what is posted because of `cause` (a message's id, an act's number; ASCII). The same cause gives the
    /// same nonce also after a restart, so that Discord itself drops the second of two equal posts within some minutes.
    pub fn nonce(&self, cause: &str) -> String {
        let room = LONGEST_NONCE - self.salt.len();
        let tail = &cause[cause.len().saturating_sub(room)..];
        format!("{}{tail}", self.salt)
    }

    /// Whether we posted with this nonce.
    pub fn is_ours(&self, nonce: &str) -> bool {
        nonce.starts_with(&self.salt)
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
        assert_ne!(nonce, ours.nonce("m1234567890123456780"));
        assert_ne!(ours.nonce("o1.1"), ours.nonce("o2.1"));
        assert!(ours.is_ours(&nonce));
        assert!(!ours.is_ours(&theirs.nonce("m1234567890123456789")));
    }
}
