//! One folder of records, one Discord, and a bot that is started, loaded and killed again and again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use greffier::sandbox::{GatewayFault, Knobs, MessageView, Options, Place, Sandbox};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

use super::bot::{Bot, Kind, LOG};
use super::oracle::{Oracle, reason_in};

/// How many orders are under way at once.
const IN_FLIGHT: usize = 12;
/// A kill comes at most so long after the first order, in milliseconds.
const LATEST_KILL_MS: u64 = 200;
/// How many of the newest messages the gateway delivers again after each start.
const REDELIVERED: usize = 60;
/// Nothing takes longer unless it hangs.
const PATIENCE: Duration = Duration::from_secs(30);
/// The variable that repeats a run.
const SEED: &str = "GREFFIER_CRASH_SEED";

/// Dropped in this order: the bot before its Discord, both before their folder.
pub struct Campaign {
    kind: Kind,
    bot: Option<Bot>,
    discord: Sandbox,
    runtime: Runtime,
    folder: tempfile::TempDir,
    oracle: Oracle,
    /// What was acknowledged in the last round.
    due: BTreeSet<String>,
    chance: StdRng,
    given: u32,
}

/// How a kill went.
pub struct Killed {
    /// How long after the first order.
    pub after: Duration,
    /// Orders of this round that were acknowledged before.
    pub acknowledged: usize,
    /// Orders that were given and not acknowledged.
    pub in_flight: usize,
}

impl fmt::Display for Killed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Killed {
            after,
            acknowledged,
            in_flight,
        } = self;
        write!(
            f,
            "killed after {} ms, {acknowledged} acknowledged, {in_flight} in flight",
            after.as_millis()
        )
    }
}

impl Campaign {
    pub fn open(kind: Kind) -> Campaign {
        let seed = std::env::var(SEED)
            .ok()
            .and_then(|seed| seed.parse().ok())
            .unwrap_or_else(rand::random);
        println!("{SEED}={seed} repeats this run");
        let runtime = Runtime::new().expect("a runtime");
        let options = Options {
            knobs: Knobs {
                messages_kept: 100_000,
                ..Knobs::default()
            },
            ..Options::default()
        };
        let discord = runtime.block_on(async {
            let listener = TcpListener::bind(("127.0.0.1", 0)).await;
            let discord = Sandbox::start(listener.expect("a free port"), options).await;
            discord.expect("the local Discord starts")
        });
        let mut campaign = Campaign {
            kind,
            bot: None,
            discord,
            runtime,
            folder: tempfile::tempdir().expect("a folder"),
            oracle: Oracle::default(),
            due: BTreeSet::new(),
            chance: StdRng::seed_from_u64(seed),
            given: 0,
        };
        campaign.start();
        campaign
    }

    fn start(&mut self) {
        self.bot = Some(Bot::start(self.kind, self.folder.path(), &self.discord));
        let connected = self.runtime.block_on(self.discord.bot_connected(PATIENCE));
        assert!(
            connected,
            "the bot did not come back; its log:\n{}",
            self.log()
        );
    }

    /// Gives orders, many at once, until the bot is killed at a moment of chance.
    pub fn kill_under_load(&mut self) -> Killed {
        // Once the bot answers, its first steps are behind it, and the kill hits its work.
        self.answer_of("!help warn");
        let after = Duration::from_millis(self.chance.random_range(1..=LATEST_KILL_MS));
        let first = self.given;
        let (discord, given) = (&self.discord, &mut self.given);
        let bot = self.bot.take().expect("the bot runs");
        self.runtime.block_on(async {
            let mut under_way = JoinSet::new();
            let end = tokio::time::sleep(after);
            tokio::pin!(end);
            loop {
                while under_way.len() < IN_FLIGHT {
                    *given += 1;
                    under_way.spawn(give(discord.clone(), *given));
                }
                tokio::select! {
                    () = &mut end => break,
                    _ = under_way.join_next() => {}
                }
            }
            let killed = tokio::task::spawn_blocking(move || bot.kill());
            killed.await.expect("no panic");
            // What is written to its socket from now on is written to nobody.
            let gone = async {
                while discord.is_bot_connected() {
                    tokio::task::yield_now().await;
                }
            };
            let gone = tokio::time::timeout(PATIENCE, gone).await;
            gone.expect("its connection ends with it");
        });
        self.due = self.oracle.look(&self.messages());
        let orders = first + 1..=self.given;
        let acknowledged = orders.filter(|number| self.due.contains(&reason(*number)));
        let acknowledged = acknowledged.count();
        Killed {
            after,
            acknowledged,
            in_flight: (self.given - first) as usize - acknowledged,
        }
    }

    /// Starts the bot again, and lets the gateway deliver what it delivered before.
    pub fn start_again(&mut self) {
        self.start();
        self.discord
            .disturb(GatewayFault::RedeliverMessages(REDELIVERED));
    }

    /// Deletes the database, as a bad disk or a bad command might.
    pub fn lose_the_database(&self) {
        for name in ["greffier.db", "greffier.db-wal", "greffier.db-shm"] {
            let path = self.data().join(name);
            if path.exists() {
                std::fs::remove_file(path).expect("deleted");
            }
        }
    }

    /// Asks the bot for its newest warnings, those of the last round and more, and compares.
    pub fn broken_promises(&mut self) -> String {
        let due = std::mem::take(&mut self.due);
        let enough = due.len() + REDELIVERED;
        let mut cases = BTreeMap::new();
        for page in 1.. {
            let shown = cases_in(&self.answer_of(&format!("!warnings @lea {page}")));
            let is_last = shown.is_empty();
            cases.extend(shown);
            if is_last || cases.len() >= enough {
                break;
            }
        }
        self.oracle.broken_promises(&due, cases)
    }

    fn answer_of(&self, text: &str) -> String {
        let place = Place::channel("staff");
        let asked = self.discord.asks("mia", &place, text, PATIENCE);
        match self.runtime.block_on(asked) {
            Ok(answer) => answer.text,
            Err(trouble) => panic!("“{text}”: {trouble}; the bot's log:\n{}", self.log()),
        }
    }

    fn messages(&self) -> Vec<MessageView> {
        self.discord
            .messages(&Place::channel("general"))
            .expect("#general exists")
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join(LOG)).unwrap_or_default()
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Stops the bot as systemd does, and compares everything with what it saved.
    pub fn stop(mut self) -> String {
        let is_well = self.bot.take().expect("the bot runs").stop();
        assert!(
            is_well,
            "the bot did not end well; its log:\n{}",
            self.log()
        );
        self.oracle.look(&self.messages());
        let saved = std::fs::read_to_string(self.data().join("warnings.json")).expect("the save");
        let saved: Value = serde_json::from_str(&saved).expect("JSON");
        let rows = saved.pointer("/registers/warnings/tables/warnings");
        let rows = rows.and_then(Value::as_array).expect("the table");
        let case = |row: &Value| {
            let number = row["number"]
                .as_u64()
                .and_then(|number| u32::try_from(number).ok());
            let reason = row["reason"].as_str().and_then(reason_in);
            (number.expect("a number"), reason.expect("a reason"))
        };
        let cases: BTreeMap<u32, String> = rows.iter().map(case).collect();
        let (given, saved) = (self.given, cases.len());
        let due = self.oracle.acknowledged.clone();
        let broken = self.oracle.broken_promises(&due, cases);
        assert!(broken.is_empty(), "in warnings.json: {broken}");
        format!(
            "{given} orders given, {} acknowledged, {saved} saved",
            due.len()
        )
    }
}

/// Gives the order with this number and waits until it is answered; while the bot is dead, nobody answers.
async fn give(discord: Sandbox, number: u32) {
    let order = format!("!warn @lea {}", reason(number));
    let general = Place::channel("general");
    // An answer that never comes is what the oracle is for.
    drop(discord.asks("mia", &general, &order, PATIENCE).await);
}

/// By which an order is known again.
fn reason(number: u32) -> String {
    format!("order {number};")
}

/// The cases in a list of warnings: a line `Case 12 · 1 point:`, then one with the reason.
fn cases_in(shown: &str) -> BTreeMap<u32, String> {
    let mut cases = BTreeMap::new();
    let mut number = None;
    for line in shown.lines() {
        if let Some((_, rest)) = line.split_once("Case ") {
            number = rest
                .split(' ')
                .next()
                .and_then(|number| number.parse().ok());
        } else if let (Some(number), Some(reason)) = (number, reason_in(line)) {
            cases.insert(number, reason);
        }
    }
    cases
}
