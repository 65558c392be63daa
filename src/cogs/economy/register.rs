//! What the economy keeps, and everything that can happen to it. Saved in `persistent_data.json`.
//!
//! The tables of each noun stand in a file of their own; here is the list of changes and who carries each out.

pub mod attendance;
pub mod audit;
pub mod choices;
mod erasure;
pub mod games;
pub mod ledger;
pub mod paydays;
pub mod shop;
pub mod wages;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::account::{Account, Why};
use crate::model::{ChannelId, GuildId, MessageId, RoleId, Timestamp, UserId};
use crate::store::{Amount, Entry, Reader, Redaction, Register, Table, Tables, Wording};

use choices::Choice;
use games::Ending;
use ledger::Book;
use shop::Offer;

/// The economy's register.
pub struct Economy;

/// Something happened to a guild's coins, its shop or its games.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// Coins went from one account to another.
    Moved {
        /// From where.
        from: Account,
        /// Where to.
        to: Account,
        /// How many; at least 1.
        amount: i64,
        /// What for.
        why: Why,
        /// What an administrator said of it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// A member took the day's coins.
    Claimed {
        /// Who.
        member: UserId,
        /// How many coins.
        amount: i64,
        /// Which day of the guild's calendar, in days since 1970-01-01.
        day: i32,
        /// The how many-th day in a row it is, from 1.
        streak: u32,
    },
    /// A member worked.
    Worked {
        /// Who.
        member: UserId,
        /// For how many coins, as they were drawn.
        amount: i64,
    },
    /// A coin was flipped against the bank.
    Flipped {
        /// Who played.
        member: UserId,
        /// For how many coins.
        stake: i64,
        /// Whether they won.
        won: bool,
    },
    /// A member challenged another; their stake went into escrow.
    Challenged {
        /// The game's number in its guild, from 1.
        number: u32,
        /// Who.
        challenger: UserId,
        /// Whom.
        opponent: UserId,
        /// What each of them stakes.
        stake: i64,
        /// When it settles itself.
        due: Timestamp,
    },
    /// A challenge stands in a channel: there its end is told.
    Shown {
        /// Which game.
        number: u32,
        /// In which channel.
        channel: ChannelId,
        /// As which message.
        message: MessageId,
    },
    /// The opponent staked as much, and the winner, drawn before this was written, took both stakes.
    Duelled {
        /// Which game.
        number: u32,
        /// Who won.
        winner: UserId,
    },
    /// A challenge came to nothing; the stake went back.
    CalledOff {
        /// Which game.
        number: u32,
        /// Why.
        ending: Ending,
    },
    /// An item was put into the shop, or offered otherwise.
    Offered {
        /// What, and on which terms.
        offer: Offer,
    },
    /// An item was taken out of the shop; those who have it keep it.
    Discontinued {
        /// Which.
        number: u32,
    },
    /// A member bought something.
    Bought {
        /// Who.
        member: UserId,
        /// What.
        item: u32,
        /// How many.
        count: u32,
        /// For how much altogether.
        price: i64,
    },
    /// A member used something up.
    Used {
        /// Who.
        member: UserId,
        /// What.
        item: u32,
    },
    /// The guild chose something for its economy, or took the choice back.
    Chosen {
        /// What, and how.
        choice: Choice,
    },
    /// A role gets coins from time to time.
    PaydaySet {
        /// Which role.
        role: RoleId,
        /// How many coins each time; 0 ends it.
        amount: i64,
        /// Every how many seconds.
        every: u64,
        /// When next.
        due: Timestamp,
    },
    /// The members of a role got their coins.
    PaidOut {
        /// Which role.
        role: RoleId,
        /// Who held it then.
        members: Vec<UserId>,
        /// How many coins each.
        amount: i64,
    },
    /// A payday came; the next one is due.
    PaydayPassed {
        /// Which role.
        role: RoleId,
        /// When next.
        due: Timestamp,
    },
    /// All coins went back to the bank; purses, streaks, inventories and open games are empty.
    Reset,
    /// A member had their data erased: what was noted with their coins goes.
    Erased {
        /// Who.
        member: UserId,
        /// The guilds in which they have an account.
        guilds: Vec<GuildId>,
    },
    /// The bot was not there.
    Absent {
        /// Since when.
        since: Timestamp,
        /// Until when.
        until: Timestamp,
    },
}

impl Register for Economy {
    type Change = Change;

    const NAME: &'static str = "economy";
    const SCHEMA: &'static [&'static str] = &[
        "
        -- Found by their whole key only, so that the planner has nothing to walk; the bank owes what is in circulation.
        CREATE TABLE accounts (
            guild INTEGER NOT NULL, account INTEGER NOT NULL, balance INTEGER NOT NULL,
            PRIMARY KEY (guild, account)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX accounts_richest ON accounts (guild, balance, account) WHERE account > 0;
        CREATE TABLE entries (
            id INTEGER PRIMARY KEY, guild INTEGER NOT NULL, account INTEGER NOT NULL, amount INTEGER NOT NULL,
            balance INTEGER NOT NULL, other INTEGER NOT NULL, why TEXT NOT NULL, at INTEGER NOT NULL, actor INTEGER,
            note TEXT NOT NULL
        ) STRICT;
        CREATE INDEX entries_account ON entries (guild, account, id, amount);
        CREATE TABLE wages (
            guild INTEGER NOT NULL, member INTEGER NOT NULL, day INTEGER, streak INTEGER NOT NULL, worked INTEGER,
            PRIMARY KEY (guild, member)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE absences (
            guild INTEGER NOT NULL, until INTEGER NOT NULL, since INTEGER NOT NULL,
            PRIMARY KEY (guild, until)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE items (
            guild INTEGER NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL, description TEXT NOT NULL,
            price INTEGER NOT NULL, stock INTEGER, most INTEGER, role INTEGER, seconds INTEGER, discontinued INTEGER,
            PRIMARY KEY (guild, number)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX items_on_sale ON items (guild, number) WHERE discontinued IS NULL;
        CREATE TABLE holdings (
            guild INTEGER NOT NULL, member INTEGER NOT NULL, item INTEGER NOT NULL, count INTEGER NOT NULL,
            bought INTEGER NOT NULL,
            PRIMARY KEY (guild, member, item)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE games (
            guild INTEGER NOT NULL, number INTEGER NOT NULL, challenger INTEGER NOT NULL, opponent INTEGER NOT NULL,
            stake INTEGER NOT NULL, opened INTEGER NOT NULL, due INTEGER, winner INTEGER, ending TEXT,
            PRIMARY KEY (guild, number)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX games_due ON games (due) WHERE due IS NOT NULL;
        CREATE INDEX games_open ON games (guild, challenger) WHERE due IS NOT NULL;
        CREATE TABLE paydays (
            guild INTEGER NOT NULL, role INTEGER NOT NULL, amount INTEGER NOT NULL, every INTEGER NOT NULL,
            due INTEGER NOT NULL,
            PRIMARY KEY (guild, role)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX paydays_due ON paydays (due);
        CREATE TABLE economies (
            guild INTEGER PRIMARY KEY, symbol TEXT, name TEXT, zone TEXT, daily INTEGER, streak_bonus INTEGER,
            work_least INTEGER, work_most INTEGER, work_every INTEGER, confirm_above INTEGER, highest_stake INTEGER
        ) STRICT;
    ",
        "
        ALTER TABLE games ADD COLUMN channel INTEGER;
        ALTER TABLE games ADD COLUMN message INTEGER;
    ",
    ];

    fn wording(table: &str) -> Wording {
        let amount = Amount {
            owner: "account",
            value: "balance",
            noun: "economy-counted-coins",
        };
        Wording {
            noun: (table == "entries").then_some("economy-counted-entries"),
            amount: (table == "accounts").then_some(amount),
        }
    }

    fn tables() -> Vec<Table> {
        vec![
            Table::of::<ledger::AccountRow>(),
            Table::of::<ledger::LedgerEntry>(),
            Table::of::<wages::Wage>(),
            Table::of::<attendance::Absence>(),
            Table::of::<shop::Item>(),
            Table::of::<shop::Holding>(),
            Table::of::<games::Game>(),
            Table::of::<paydays::Payday>(),
            Table::of::<choices::EconomyRow>(),
        ]
    }

    fn apply(tables: &Tables<'_>, change: &Change, entry: &Entry) -> Result<()> {
        if let Change::Erased { member, guilds } = change {
            return erasure::erase(tables, *member, guilds);
        }
        if let Change::Absent { since, until } = change {
            return attendance::note(tables, *since, *until);
        }
        let guild = entry.guild.context("coins outside any guild")?;
        let mut book = Book::open(tables, guild, entry);
        match change {
            Change::Moved {
                from,
                to,
                amount,
                why,
                note,
            } => book.carry(*from, *to, *amount, *why, note),
            Change::Claimed {
                member,
                amount,
                day,
                streak,
            } => {
                wages::claimed(tables, guild, *member, *day, *streak)?;
                book.transfer(Account::Bank, Account::Member(*member), *amount, Why::Daily)
            }
            Change::Worked { member, amount } => {
                wages::worked(tables, guild, *member, entry.at)?;
                book.transfer(Account::Bank, Account::Member(*member), *amount, Why::Work)
            }
            Change::Flipped { member, stake, won } => {
                let (player, bank) = (Account::Member(*member), Account::Bank);
                let (from, to) = if *won { (bank, player) } else { (player, bank) };
                book.transfer(from, to, *stake, Why::Coinflip)
            }
            Change::Challenged { .. }
            | Change::Shown { .. }
            | Change::Duelled { .. }
            | Change::CalledOff { .. } => games::apply(&mut book, change),
            Change::Offered { .. }
            | Change::Discontinued { .. }
            | Change::Bought { .. }
            | Change::Used { .. } => shop::apply(&mut book, change),
            Change::Chosen { choice } => choices::choose(tables, guild, choice),
            Change::PaydaySet { .. } | Change::PaydayPassed { .. } | Change::PaidOut { .. } => {
                paydays::apply(&mut book, change)
            }
            Change::Reset => {
                games::call_all_off(&mut book)?;
                wages::forget(tables, guild)?;
                shop::empty_inventories(tables, guild)?;
                book.take_everything_back()
            }
            Change::Absent { .. } | Change::Erased { .. } => Ok(()),
        }
    }

    fn inverse(change: &Change) -> Option<Change> {
        // What a game, a shop or the calendar hangs on can't be taken back by moving coins alone.
        match change {
            Change::Moved {
                from, to, amount, ..
            } => Some(Change::Moved {
                from: *to,
                to: *from,
                amount: *amount,
                why: Why::Undo,
                note: String::new(),
            }),
            _ => None,
        }
    }

    fn redact(change: &mut Change, person: UserId) -> Redaction {
        match change {
            Change::Moved { from, to, note, .. }
                if !note.is_empty() && [*from, *to].contains(&Account::Member(person)) =>
            {
                note.clear();
                Redaction::Overwritten
            }
            _ => Redaction::Nothing,
        }
    }

    fn erasure(reader: &Reader<'_>, person: UserId) -> Result<Option<Change>> {
        let guilds = erasure::guilds_of(reader, person)?;
        let member = person;
        Ok((!guilds.is_empty()).then_some(Change::Erased { member, guilds }))
    }

    fn check(reader: &Reader<'_>) -> Result<Vec<String>> {
        audit::check(reader)
    }
}
