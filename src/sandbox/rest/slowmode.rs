//! Slowmode: how soon someone may write again.

use crate::sandbox::error::ApiError;
use crate::sandbox::id::Id;
use crate::sandbox::permissions::{BYPASS_SLOWMODE, MANAGE_CHANNELS, MANAGE_MESSAGES};
use crate::sandbox::state::World;

impl World {
    /// Refuses who wrote too recently, and notes the time of who did not. Bots and moderators are exempt.
    pub(super) fn keep_pace(&mut self, channel: Id, who: Id, held: u64) -> Result<(), ApiError> {
        let now = self.now();
        let is_bot = self.users.get(&who).is_some_and(|user| user.bot);
        let exempt = is_bot || held & (MANAGE_MESSAGES | MANAGE_CHANNELS | BYPASS_SLOWMODE) != 0;
        let channel = self.channel_mut(channel)?;
        if channel.slowmode == 0 || exempt {
            return Ok(());
        }
        let last = channel.wrote.get(&who);
        if last.is_some_and(|last| now - last < channel.slowmode * 1_000) {
            return Err(ApiError::new(
                429,
                20016,
                "This action cannot be performed due to slowmode rate limit.",
            ));
        }
        channel.wrote.insert(who, now);
        Ok(())
    }
}
