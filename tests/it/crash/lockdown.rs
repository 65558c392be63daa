//! A lockdown under SIGKILL: whenever the bot is killed between two exceptions, the next start goes on, and in the end every
//! exception is what it was.

use std::time::{Duration, Instant};

use greffier::sandbox::{Exchange, Options, Place, Sandbox};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use super::bot::{Bot, Kind, LOG};

/// Nothing takes longer unless it hangs.
const PATIENCE: Duration = Duration::from_secs(30);
/// How many channels there are besides those of any town.
const CHANNELS: usize = 12;
/// After how many exceptions of a direction the bot is killed: a channel has three, and many are under way at once.
const KILLED_AFTER: [usize; 4] = [1, 5, 14, 23];

struct Siege {
    runtime: Runtime,
    discord: Sandbox,
    folder: tempfile::TempDir,
    bot: Option<Bot>,
}

impl Siege {
    fn open() -> Siege {
        let runtime = Runtime::new().expect("a runtime");
        let options = Options {
            keep_exchanges: true,
            ..Options::default()
        };
        let discord = runtime.block_on(async {
            let listener = TcpListener::bind(("127.0.0.1", 0)).await;
            let discord = Sandbox::start(listener.expect("a free port"), options).await;
            let discord = discord.expect("the local Discord starts");
            for number in 0..CHANNELS {
                let name = format!("room{number}");
                let made = discord.creates_channel("olive", &name).await;
                made.expect("olive may");
                // Some had exceptions before.
                if number % 3 == 0 {
                    let set = discord.sets_overwrite("olive", &name, "@everyone", 1 << 51, 1 << 6);
                    set.await.expect("olive may");
                }
            }
            discord
        });
        let mut siege = Siege {
            runtime,
            discord,
            folder: tempfile::tempdir().expect("a folder"),
            bot: None,
        };
        siege.start();
        siege
    }

    fn start(&mut self) {
        self.bot = Some(Bot::start(Kind::Program, self.folder.path(), &self.discord));
        let connected = self.runtime.block_on(self.discord.bot_connected(PATIENCE));
        assert!(connected, "the bot did not come back:\n{}", self.log());
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join(LOG)).unwrap_or_default()
    }

    fn says(&self, text: &str) -> String {
        let place = Place::channel("staff");
        let asked = self.discord.asks("mia", &place, text, PATIENCE);
        match self.runtime.block_on(asked) {
            Ok(answer) => answer.text,
            Err(trouble) => panic!("“{text}”: {trouble}; the bot's log:\n{}", self.log()),
        }
    }

    /// How many exceptions were changed so far.
    fn changed(&self) -> usize {
        let exchanges = self.discord.exchanges().into_iter();
        let changes = exchanges.filter(|it| match it {
            Exchange::Rest(it) => {
                let route = it.route.as_deref().unwrap_or_default();
                route.ends_with("/permissions/{overwrite_id}") && it.status < 300
            }
            _ => false,
        });
        changes.count()
    }

    /// Kills the bot as soon as so many more exceptions were changed, and starts it again.
    fn kill_after(&mut self, before: usize, more: usize) {
        let start = Instant::now();
        while self.changed() < before + more {
            assert!(start.elapsed() < PATIENCE, "too slow:\n{}", self.log());
        }
        self.bot.take().expect("the bot runs").kill();
        let start = Instant::now();
        while self.discord.is_bot_connected() {
            assert!(start.elapsed() < PATIENCE, "its connection stays");
        }
        self.start();
    }

    fn waits_until(&self, what: &str, is_so: impl Fn() -> bool) {
        let start = Instant::now();
        while !is_so() {
            assert!(start.elapsed() < PATIENCE, "never {what}:\n{}", self.log());
        }
    }

    /// Every channel's exceptions, bit by bit.
    fn overwrites(&self) -> Vec<(String, Value)> {
        let directory = self.discord.directory();
        let seen = directory.channels.iter().map(|(name, id)| {
            let url = format!("{}/api/v10/channels/{id}", self.discord.api_url());
            let token = format!("Bot {}", self.discord.bot_token());
            let found: Value = self.runtime.block_on(async {
                let asked = reqwest::Client::new()
                    .get(url)
                    .header("authorization", token)
                    .header("user-agent", "DiscordBot (https://example.org, 1)");
                let answer = asked.send().await.expect("an answer");
                answer.json().await.expect("JSON")
            });
            let mut list = found["permission_overwrites"].clone();
            if let Some(list) = list.as_array_mut() {
                list.sort_by_key(ToString::to_string);
            }
            (name.clone(), list)
        });
        seen.collect()
    }

    fn is_closed(&self) -> bool {
        let own = |(name, list): &(String, Value)| {
            let rooms = name.starts_with("room") || name == "general";
            !rooms
                || list.as_array().is_some_and(|list| {
                    list.iter().any(|it| {
                        let deny: u64 = it["deny"].as_str().unwrap_or("0").parse().unwrap_or(0);
                        it["type"] == json!(0) && deny & 1 << 11 != 0
                    })
                })
        };
        self.overwrites().iter().all(own)
    }
}

#[test]
fn a_lockdown_goes_on_after_every_kill_and_gives_everything_back() {
    for killed_after in KILLED_AFTER {
        let mut siege = Siege::open();
        let before = siege.overwrites();
        siege.says("!lockdown all raid");
        let count = siege.changed();
        let pressed = siege.discord.clicks("mia", "Yes, close them");
        siege.runtime.block_on(pressed).expect("it is answered");
        siege.kill_after(count, killed_after);
        siege.waits_until("closed", || siege.is_closed());
        let count = siege.changed();
        assert!(siege.says("!unlock all").contains("13 channels"));
        siege.kill_after(count, killed_after);
        siege.waits_until("open", || siege.overwrites() == before);
    }
}
