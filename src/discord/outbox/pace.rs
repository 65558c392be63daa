//! How quickly the outbox goes: Discord takes 50 requests a second of one bot, and commands need some of them.

use std::time::{Duration, Instant};

/// How many acts are begun in a fifth of a second where Discord limits them: 40 in a second, and never all of them in one
/// moment, behind which a command would wait.
const ACTS: u32 = 8;
/// That fifth.
const WINDOW: Duration = Duration::from_millis(200);
/// For how long nothing is begun once it was too much: Discord's own window.
const HELD: Duration = Duration::from_secs(1);

/// Counts what was begun in the present window.
#[derive(Debug)]
pub(super) struct Pace {
    is_limited: bool,
    since: Instant,
    begun: u32,
}

impl Pace {
    /// A limited one goes slowly from the start, any other once it is told to.
    pub(super) fn new(is_limited: bool, now: Instant) -> Pace {
        Pace {
            is_limited,
            since: now,
            begun: 0,
        }
    }

    /// How many acts may begin together.
    pub(super) fn room(&self, now: Instant) -> u32 {
        match (self.is_limited, self.is_over(now)) {
            (false, _) => u32::MAX,
            (true, true) => ACTS,
            (true, false) => match ACTS.saturating_sub(self.begun) {
                0 => ACTS,
                left => left,
            },
        }
    }

    fn is_over(&self, now: Instant) -> bool {
        now >= self.since + WINDOW
    }

    /// Counts so many acts that begin now; how long to wait before they do.
    pub(super) fn begin(&mut self, count: u32, now: Instant) -> Duration {
        if self.is_over(now) {
            (self.since, self.begun) = (now, 0);
        }
        if !self.is_limited || self.begun + count <= ACTS {
            self.begun = self.begun.saturating_add(count);
            return Duration::ZERO;
        }
        let next = self.since + WINDOW;
        (self.since, self.begun) = (next, count);
        next.saturating_duration_since(now)
    }

    /// Discord said that it was too much: nothing more for its window, and slowly from then on.
    pub(super) fn hold(&mut self, now: Instant) {
        self.is_limited = true;
        (self.since, self.begun) = (now + HELD - WINDOW, ACTS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: Duration = Duration::ZERO;

    #[test]
    fn a_limited_one_leaves_room_for_commands_in_each_window() {
        let now = Instant::now();
        let mut pace = Pace::new(true, now);
        assert_eq!((pace.room(now), pace.begin(5, now)), (8, NONE));
        assert_eq!((pace.room(now), pace.begin(3, now)), (3, NONE));
        assert_eq!((pace.room(now), pace.begin(8, now)), (8, WINDOW));
        let next = now + WINDOW;
        assert_eq!(pace.begin(1, next), WINDOW, "8 of this window were begun");
        let later = now + 10 * WINDOW;
        assert_eq!((pace.room(later), pace.begin(8, later)), (8, NONE));
    }

    #[test]
    fn one_without_a_limit_never_waits_until_discord_says_so() {
        let now = Instant::now();
        let mut pace = Pace::new(false, now);
        assert!((0..100).all(|_| pace.begin(16, now) == NONE));
        pace.hold(now);
        assert_eq!((pace.room(now), pace.begin(8, now)), (8, HELD));
        assert_eq!(pace.begin(8, now + HELD), WINDOW);
    }
}
