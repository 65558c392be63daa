//! The rules on a real store, as short histories. Whatever happened, the ledger adds up when a bench is put away.

mod coins;
mod duels;
mod goods;
mod management;
mod pay;

use std::time::Duration;

use super::ledger::{self, Consent, Party};
use crate::cogs::economy::account::Account;
use crate::cogs::economy::amount::Amount;
use crate::cogs::economy::register::choices::Choice;
use crate::cogs::economy::register::{Change, Economy};
use crate::cogs::economy::register::{audit::check, ledger::balance};
use crate::cogs::roles::Roles;
use crate::cogs::settings::Settings;
use crate::model::{
    Clock, GuildId, Locale, Rank, Refusal, Rejection, RoleFacts, RoleId, Scene, Standing,
    Timestamp, UserId,
};
use crate::store::{Order, Registers, Store, Tx};

const GUILD: GuildId = GuildId(1);
/// 2026-11-20 12:00 UTC, a Friday; in Paris 13:00.
const NOON: Timestamp = Timestamp(1_795_176_000_000);
const HOUR: Duration = Duration::from_secs(3_600);
const DAY: Duration = Duration::from_secs(24 * 3_600);
const PARIS: chrono_tz::Tz = chrono_tz::Europe::Paris;

/// A guild with its people, and a store on a folder of its own.
struct Bench {
    store: Store,
    clock: Clock,
    folder: tempfile::TempDir,
}

fn bench() -> Bench {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = Clock::fixed(NOON);
    Bench {
        store: open(folder.path(), &clock),
        clock,
        folder,
    }
}

fn open(folder: &std::path::Path, clock: &Clock) -> Store {
    let registers = Registers::default()
        .with::<Settings>()
        .with::<Roles>()
        .with::<Economy>();
    Store::open(folder, registers, clock.clone()).expect("a store")
}

fn person(name: &str) -> Standing {
    let (user, position, owner, administrator) = match name {
        "olive" => (10, 9, true, true),
        "adam" => (11, 8, false, true),
        "mia" => (12, 5, false, false),
        "sam" => (13, 1, false, false),
        "lea" => (14, 0, false, false),
        "bot" => (15, 7, false, false),
        other => panic!("nobody is called {other}"),
    };
    Standing {
        user: UserId(user),
        bot: name == "bot",
        owner,
        administrator,
        moderates: position >= 5,
        roles: Vec::new(),
        rank: Rank { position, age: 0 },
    }
}

fn user(name: &str) -> UserId {
    person(name).user
}

fn party(name: &str) -> Party {
    Party {
        user: user(name),
        bot: name == "bot",
    }
}

fn scene(actor: &str) -> Scene {
    Scene {
        guild: GUILD,
        guild_name: "Town".to_owned(),
        actor: person(actor),
        greffier: person("bot"),
        locale: Locale::En,
    }
}

/// `vip` can be handed out, `crown` stands above the bot.
fn roles() -> Vec<RoleFacts> {
    let facts = |id: u64, position: u16| RoleFacts {
        id: RoleId(id),
        name: id.to_string(),
        rank: Rank { position, age: 0 },
        managed: false,
        dangers: Vec::new(),
    };
    vec![facts(77, 2), facts(78, 8)]
}

impl Bench {
    fn order(&self, actor: &str) -> Order {
        Order {
            guild: Some(GUILD),
            actor: Some(user(actor)),
            origin: None,
        }
    }

    /// Has a rule run; what came of it, or the key of the refusal. A refusal leaves nothing.
    #[track_caller]
    fn told<T, F>(&self, actor: &str, rule: F) -> String
    where
        T: std::fmt::Debug + serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, Rejection> + Send + 'static,
    {
        let before = self.seq();
        match self.store.write_blocking(self.order(actor), rule) {
            Ok(done) => format!("{:?}", done.value),
            Err(Rejection::Refused(Refusal(text))) => {
                assert_eq!(
                    self.seq(),
                    before,
                    "a refusal leaves nothing in the journal"
                );
                text.key.into_owned()
            }
            Err(other) => panic!("{other:#}"),
        }
    }

    #[track_caller]
    fn grant(&self, name: &'static str, amount: i64) {
        let told = self.told("olive", move |tx| {
            ledger::grant(tx, GUILD, &person("olive"), party(name), amount, "")
        });
        assert!(!told.starts_with("refused"), "{told}");
    }

    #[track_caller]
    fn choose(&self, choice: Choice) {
        let told = self.told("olive", move |tx| {
            super::choices::choose(tx, &person("olive"), choice)
        });
        assert_eq!(told, "()");
    }

    fn pay(&self, from: &'static str, to: &'static str, amount: i64) -> String {
        self.told(from, move |tx| {
            let amount = Amount::Coins(amount);
            ledger::pay(tx, GUILD, user(from), party(to), amount, Consent::Typed)
        })
    }

    fn has(&self, name: &str) -> i64 {
        self.balance(Account::Member(user(name)))
    }

    fn balance(&self, account: Account) -> i64 {
        let read = self
            .store
            .read_blocking(|reader| balance(reader, GUILD, account));
        read.expect("a balance")
    }

    fn seq(&self) -> u64 {
        let read = self.store.read_blocking(|reader| reader.seq());
        read.expect("the journal")
    }

    fn problems(&self) -> Vec<String> {
        self.store.read_blocking(check).expect("a check")
    }

    /// Ends the store as SIGKILL does, and opens it again.
    fn crashes(&mut self) {
        self.store.close().expect("an end");
        self.store = open(self.folder.path(), &self.clock);
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert_eq!(self.problems(), Vec::<String>::new(), "the ledger adds up");
        }
    }
}
