//! Waiting for what the bot does by itself: never by a pause, always until the records say that it is done.

use std::time::Duration;

use greffier::cogs::cases;
use greffier::model::GuildId;
use greffier::store::Reader;

use super::{PATIENCE, Town};

impl Town {
    /// Waits until everything that was promised is done on Discord, and what came of it is kept.
    #[track_caller]
    pub fn settles(&self) {
        let bot = self.bot.borrow();
        let store = &bot.as_ref().expect("the bot runs").house().store;
        let mut commits = store.committed();
        let settled = self.wait(async {
            let look = async {
                while store
                    .read(|reader| reader.outbox_len())
                    .await
                    .expect("the outbox is read")
                    > 0
                {
                    // What leaves the outbox is no commit of a change: it is looked at again, if nothing else happens.
                    let _ = tokio::time::timeout(Duration::from_millis(5), commits.changed()).await;
                }
            };
            tokio::time::timeout(PATIENCE, look).await
        });
        assert!(
            settled.is_ok(),
            "something stays promised\nlog:\n{}",
            self.log
        );
    }

    /// Waits until the case with this number is kept: what was done by hand is heard of a moment later.
    #[track_caller]
    pub fn finds_case(&self, number: u32) {
        let guild = GuildId(self.sandbox.directory().guild.0);
        self.waits_until(&format!("there is case {number}"), move |reader| {
            Ok(cases::queries::any(reader, guild, number)?.is_some())
        });
    }

    /// Waits until so many cases have ended.
    #[track_caller]
    pub fn finds_ended(&self, count: u32) {
        self.waits_until(&format!("{count} cases have ended"), move |reader| {
            let sql = "SELECT count(*) FROM cases WHERE ended IS NOT NULL";
            Ok(reader.query_row(sql, [], |row| row.get::<_, u32>(0))? >= count)
        });
    }

    /// Waits until the bot has begun another session.
    #[track_caller]
    pub fn connects_again(&self) {
        self.waits_for_logs("connected", 2);
    }

    /// Waits until the bot has logged this `event` so many times.
    #[track_caller]
    pub fn waits_for_logs(&self, event: &str, times: usize) {
        let logged = self.wait(async {
            let look = async {
                while self.logged(event).len() < times {
                    tokio::task::yield_now().await;
                }
            };
            tokio::time::timeout(PATIENCE, look).await
        });
        let log = &self.log;
        assert!(logged.is_ok(), "no {times} × {event}\nlog:\n{log}");
    }

    /// Waits until no mute, no ban and no closed channel is due: what comes due is attended to a moment after the clock was moved.
    #[track_caller]
    pub fn attends(&self) {
        let now = self.now();
        self.waits_until("nothing is due", move |reader| {
            let sql = "SELECT (SELECT count(*) FROM mutes WHERE due <= ?1) + (SELECT count(*) FROM cases WHERE due <= ?1)
                 + (SELECT count(*) FROM locked_channels WHERE due <= ?1)";
            Ok(reader.query_row(sql, [now], |row| row.get::<_, u32>(0))? == 0)
        });
        self.settles();
    }

    /// Waits until this is so in the records; looks at each commit.
    #[track_caller]
    pub fn waits_until(
        &self,
        what: &str,
        is_so: impl Fn(&Reader<'_>) -> anyhow::Result<bool> + Copy + Send + 'static,
    ) {
        let bot = self.bot.borrow();
        let store = &bot.as_ref().expect("the bot runs").house().store;
        let mut commits = store.committed();
        let found = self.wait(async {
            let look = async {
                while !store.read(is_so).await.expect("the records are read") {
                    let _ = commits.changed().await;
                }
            };
            tokio::time::timeout(PATIENCE, look).await
        });
        assert!(found.is_ok(), "never: {what}\nlog:\n{}", self.log);
    }
}
