//! A town: the local Discord, the bot on a temporary data folder, and the people in it.
//!
//! A story opens a town, lets its people speak, and reads what they see. Every verb returns when the bot has answered,
//! never after a pause. When the town is dropped, it fails the story if anything went wrong that the story did not
//! expect: a route that the local Discord does not know, an interaction that nobody answered, a request or a frame that
//! departs from Discord's documents, an error in the log.

mod building;
mod hands;
mod log;
mod people;
mod proofs;
mod records;
mod verbs;
mod waiting;
mod wire;
mod writing;

use std::cell::RefCell;
use std::sync::Arc;
use std::time::Duration;

use greffier::app::{App, Faults, Plan};
use greffier::cogs;
use greffier::config::Config;
use greffier::model::Clock;
use greffier::sandbox::{MessageView, Place, Sandbox, Visible};
use greffier::vault::Beginning;
use tokio::runtime::Runtime;
use tokio::sync::broadcast;

pub use building::Building;
pub use log::{Line, Log};
pub use people::Person;
pub use records::Records;

use self::wire::pings_nobody;
use crate::contract;

/// How long anyone waits for anything before the story is given up.
pub const PATIENCE: Duration = Duration::from_secs(10);
/// When every town's clock begins, in Unix milliseconds: 2026-11-20 12:00 UTC.
pub const NOON: i64 = 1_795_176_000_000;

/// The bot and everyone around it.
pub struct Town {
    /// Goes first, so that nothing runs any more when the folder goes.
    runtime: Runtime,
    dispatch: tracing::Dispatch,
    sandbox: Sandbox,
    bot: RefCell<Option<App>>,
    config: Config,
    clock: Clock,
    cogs: fn() -> Vec<greffier::discord::Cog>,
    faults: Faults,
    log: Log,
    expected: RefCell<Vec<&'static str>>,
    watch: RefCell<broadcast::Receiver<Visible>>,
    /// Gone with the town.
    _folder: tempfile::TempDir,
}

impl Town {
    /// A town that speaks English, at noon, with the bot in it.
    pub fn open() -> Town {
        Building::default().open()
    }

    /// A member with the Moderator role.
    pub fn moderator(&self, name: &str) -> Person<'_> {
        let person = self.member(name);
        let roles = self.sandbox.member(name).map(|member| member.roles);
        assert!(
            roles.is_some_and(|roles| roles.contains(&"Moderator".to_owned())),
            "{name} is no moderator"
        );
        person
    }

    /// Anyone in the town.
    pub fn member(&self, name: &str) -> Person<'_> {
        assert!(self.sandbox.member(name).is_some(), "{name} is not in town");
        Person::new(self, name)
    }

    /// Who owns the guild and the bot.
    pub fn olive(&self) -> Person<'_> {
        self.member("olive")
    }

    /// The local Discord, for what has no verb of its own.
    pub fn discord(&self) -> &Sandbox {
        &self.sandbox
    }

    /// Runs something of the local Discord's to its end.
    pub fn wait<T>(&self, act: impl Future<Output = T>) -> T {
        tracing::dispatcher::with_default(&self.dispatch, || self.runtime.block_on(act))
    }

    /// What everyone sees in a place: `author: text` for each message, oldest first.
    #[track_caller]
    pub fn shows(&self, place: &str) -> String {
        let messages = self.sandbox.messages(&Place::from(place));
        let lines = messages.expect("the place exists").into_iter();
        plain(
            &lines
                .map(|message| line_of(&message))
                .collect::<Vec<_>>()
                .join("\n"),
        )
    }

    /// Waits until a message with these words stands in a place, and returns it.
    #[track_caller]
    pub fn finds(&self, place: &str, words: &str) -> String {
        let place = Place::from(place);
        let fits = |message: &MessageView| plain(&message.text).contains(words);
        let found = self.wait(self.sandbox.waits_for(&place, PATIENCE, fits));
        match found {
            Ok(message) => plain(&message.text),
            Err(trouble) => panic!(
                "{trouble}: no “{words}” in {place}:\n{}\nlog:\n{}",
                self.sandbox.transcript(&place).unwrap_or_default(),
                self.log
            ),
        }
    }

    /// Waits until something with these words becomes visible, from where the last such wait ended; returns that line.
    #[track_caller]
    pub fn sees(&self, words: &str) -> String {
        let mut passed = String::new();
        let mut watch = self.watch.borrow_mut();
        let seen = self.wait(async {
            let look = async {
                loop {
                    let line = plain(&watch.recv().await.map_err(|_| ())?.to_string());
                    if line.contains(words) {
                        return Ok::<_, ()>(line);
                    }
                    passed += &line;
                    passed.push('\n');
                }
            };
            tokio::time::timeout(PATIENCE, look).await
        });
        match seen {
            Ok(Ok(line)) => line,
            _ => panic!(
                "“{words}” never came; what came:\n{passed}\nlog:\n{}",
                self.log
            ),
        }
    }

    /// Moves everyone's clock and does what is due then.
    pub fn later(&self, by: Duration) {
        self.clock.advance(by);
        self.sandbox.advance(by);
        self.settle();
    }

    fn settle(&self) {
        if let Some(bot) = &*self.bot.borrow() {
            self.wait(bot.house().catch_up());
        }
    }

    /// What time it is for the bot, in Unix milliseconds.
    pub fn now(&self) -> i64 {
        self.clock.now().0
    }

    /// Stops the bot as an operator does, and starts it again.
    #[track_caller]
    pub fn restarts_bot(&self) {
        self.stops_bot();
        self.starts_bot();
    }

    /// Stops the bot as an operator does.
    #[track_caller]
    pub fn stops_bot(&self) {
        let bot = self.bot.borrow_mut().take().expect("the bot runs");
        self.wait(async { tokio::time::timeout(PATIENCE, bot.stop()).await })
            .expect("the bot stops in time")
            .expect("the bot stops well");
    }

    /// Starts the bot on what it left.
    #[track_caller]
    pub fn starts_bot(&self) {
        let cogs = (self.cogs)();
        let plan = Plan {
            config: self.config.clone(),
            token: self.sandbox.bot_token().into(),
            texts: Arc::new(cogs::texts(&cogs)),
            cogs,
            clock: self.clock.clone(),
            beginning: Beginning::Careful,
            progress: greffier::vault::Progress::default(),
            faults: self.faults,
        };
        let app = self.wait(async {
            // In a task, so that everything it says is heard.
            let app = tokio::spawn(App::start(plan)).await.expect("no panic");
            let app = app.expect("the bot starts");
            let ready = tokio::time::timeout(PATIENCE, app.ready()).await;
            ready
                .expect("the bot is ready in time")
                .expect("the bot is ready");
            app
        });
        *self.bot.borrow_mut() = Some(app);
    }

    /// The data folder.
    pub fn data(&self) -> std::path::PathBuf {
        self.config.paths.data.clone()
    }

    /// The folder of the archives.
    pub fn backups(&self) -> std::path::PathBuf {
        self.config.paths.backups.clone()
    }

    /// This story causes errors of this `event` in the log, and means to.
    pub fn expects_error(&self, event: &'static str) {
        self.expected.borrow_mut().push(event);
    }

    /// Waits until the bot has logged this `event`.
    #[track_caller]
    pub fn waits_for_log(&self, event: &str) -> Line {
        let logged =
            self.wait(async { tokio::time::timeout(PATIENCE, self.log.waits_for(event)).await });
        logged.unwrap_or_else(|_| panic!("no `{event}` in the log:\n{}", self.log))
    }

    /// The lines of the log with this `event`.
    pub fn logged(&self, event: &str) -> Vec<Line> {
        self.log.with(event)
    }

    /// Waits until the bot has kept something with these words.
    #[track_caller]
    pub fn keeps(&self, words: &str) {
        let store = self
            .bot
            .borrow()
            .as_ref()
            .expect("the bot runs")
            .house()
            .store
            .clone();
        let mut commits = store.committed();
        let kept = self.wait(async {
            let look = async {
                loop {
                    commits.mark_unchanged();
                    if Records::of(&store).count(words) > 0 {
                        return;
                    }
                    let _ = commits.changed().await;
                }
            };
            tokio::time::timeout(PATIENCE, look).await
        });
        assert!(
            kept.is_ok(),
            "“{words}” was never kept:\n{}\nlog:\n{}",
            self.records().rows,
            self.log
        );
    }

    /// What the bot has kept.
    pub fn records(&self) -> Records {
        let bot = self.bot.borrow();
        let house = bot.as_ref().expect("the bot runs").house();
        Records::of(&house.store)
    }

    /// The twin of a refusal: whatever is said in `act`, nothing of it is kept, journaled or promised.
    #[track_caller]
    pub fn unchanged<T>(&self, act: impl FnOnce() -> T) -> T {
        let before = self.records();
        let outcome = act();
        let after = self.records();
        assert_eq!(
            (before.seq, &before.rows),
            (after.seq, &after.rows),
            "a refusal changed the records"
        );
        // Fewer is right: what was promised before may have been done meanwhile.
        assert!(
            after.promised <= before.promised,
            "a refusal promised something"
        );
        outcome
    }

    fn faults_found(&self) -> Vec<String> {
        let mut found = self.sandbox.troubles();
        let expected = self.expected.borrow();
        let errors = self.log.errors();
        let unexpected = errors
            .iter()
            .filter(|line| !expected.contains(&line.event.as_str()));
        found.extend(unexpected.map(ToString::to_string));
        let pinging = self.posts().into_iter().filter(|post| !pings_nobody(post));
        found.extend(pinging.map(|post| format!("a post that could ping somebody: {post}")));
        for event in expected.iter() {
            if !errors.iter().any(|line| line.event == *event) {
                found.push(format!("the expected error `{event}` was not logged"));
            }
        }
        found
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        let failed = std::thread::panicking();
        if let Some(bot) = self.bot.get_mut().take() {
            let stopped = self.wait(async { tokio::time::timeout(PATIENCE, bot.stop()).await });
            if !failed {
                stopped
                    .expect("the bot stops in time")
                    .expect("the bot stops well");
            }
        }
        if failed {
            eprintln!("the town's log:\n{}", self.log);
            return;
        }
        let found = self.faults_found();
        assert!(
            found.is_empty(),
            "the town met trouble:\n  {}",
            found.join("\n  ")
        );
        contract::check(&self.sandbox);
        self.wait(self.sandbox.stop());
    }
}

/// A message as `author: text`, and for whose eyes.
fn line_of(message: &MessageView) -> String {
    match &message.only_for {
        Some(who) => format!("{} (only {who}): {}", message.author, message.text),
        None => format!("{}: {}", message.author, message.text),
    }
}

/// Without the no-break spaces of French, which nobody sees in a source file.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

/// The program's own cogs.
fn own_cogs() -> Vec<greffier::discord::Cog> {
    cogs::all()
}
