//! Duels: open ones, whose stakes are in escrow, and those that are over.

use anyhow::{Context, Result, bail, ensure};
use rusqlite::params;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};

use super::Change;
use super::ledger::Book;
use crate::cogs::economy::account::{Account, Why};
use crate::model::{ChannelId, GuildId, MessageId, Timestamp, UserId};
use crate::saved_row;
use crate::store::{Reader, SavedRow};

/// How a game ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// Somebody won.
    Won,
    /// The opponent did not want to.
    Declined,
    /// The challenger thought better of it.
    Withdrawn,
    /// Nobody answered in time.
    Expired,
    /// The guild's economy was reset meanwhile.
    Reset,
}

impl Ending {
    fn word(self) -> &'static str {
        match self {
            Ending::Won => "won",
            Ending::Declined => "declined",
            Ending::Withdrawn => "withdrawn",
            Ending::Expired => "expired",
            Ending::Reset => "reset",
        }
    }
}

impl ToSql for Ending {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.word().into())
    }
}

impl FromSql for Ending {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        [
            Ending::Won,
            Ending::Declined,
            Ending::Withdrawn,
            Ending::Expired,
            Ending::Reset,
        ]
        .into_iter()
        .find(|ending| value.as_str() == Ok(ending.word()))
        .ok_or(FromSqlError::InvalidType)
    }
}

saved_row! {
    /// A duel.
    pub struct Game in "games" order "guild, number" {
        /// Where.
        pub guild: GuildId,
        /// Its number there, from 1.
        pub number: u32,
        /// Who challenged.
        pub challenger: UserId,
        /// Whom.
        pub opponent: UserId,
        /// What each stakes.
        pub stake: i64,
        /// When it began.
        pub opened: Timestamp,
        /// When it settles itself; absent: it is over.
        pub due: Option<Timestamp>,
        /// Who won, if anyone did.
        pub winner: Option<UserId>,
        /// How it ended, if it has.
        pub ending: Option<Ending>,
        /// In which channel its post stands, once that is known.
        pub channel: Option<ChannelId>,
        /// Which message that is.
        pub message: Option<MessageId>,
    }
}

pub(super) fn apply(book: &mut Book<'_>, change: &Change) -> Result<()> {
    let guild = book.guild;
    match change {
        Change::Challenged {
            number,
            challenger,
            opponent,
            stake,
            due,
        } => {
            Game {
                guild,
                number: *number,
                challenger: *challenger,
                opponent: *opponent,
                stake: *stake,
                opened: book.entry.at,
                due: Some(*due),
                winner: None,
                ending: None,
                channel: None,
                message: None,
            }
            .insert(book.tables)?;
            let player = Account::Member(*challenger);
            book.transfer(player, Account::Escrow, *stake, Why::Stake)
        }
        Change::Shown {
            number,
            channel,
            message,
        } => {
            let touched = book.tables.execute(
                "UPDATE games SET channel = ?3, message = ?4 WHERE guild = ?1 AND number = ?2",
                params![guild, number, channel, message],
            )?;
            ensure!(touched == 1, "there is no game {number}");
            Ok(())
        }
        Change::Duelled { number, winner } => {
            let game = open_game(book, *number)?;
            ensure!(
                [game.challenger, game.opponent].contains(winner),
                "{winner} is not in game {number}"
            );
            end(book, *number, Some(*winner), Ending::Won)?;
            let (opponent, winner) = (Account::Member(game.opponent), Account::Member(*winner));
            book.transfer(opponent, Account::Escrow, game.stake, Why::Stake)?;
            book.transfer(Account::Escrow, winner, game.stake * 2, Why::Pot)
        }
        Change::CalledOff { number, ending } => call_off(book, *number, *ending),
        other => bail!("{other:?} is no change of a game"),
    }
}

fn open_game(book: &Book<'_>, number: u32) -> Result<Game> {
    find(book.tables, book.guild, number)?
        .filter(|game| game.due.is_some())
        .with_context(|| format!("there is no open game {number}"))
}

fn call_off(book: &mut Book<'_>, number: u32, ending: Ending) -> Result<()> {
    let game = open_game(book, number)?;
    end(book, number, None, ending)?;
    let player = Account::Member(game.challenger);
    book.transfer(Account::Escrow, player, game.stake, Why::StakeBack)
}

fn end(book: &Book<'_>, number: u32, winner: Option<UserId>, ending: Ending) -> Result<()> {
    book.tables.execute(
        "UPDATE games SET due = NULL, winner = ?3, ending = ?4 WHERE guild = ?1 AND number = ?2",
        params![book.guild, number, winner, ending],
    )?;
    Ok(())
}

pub(super) fn call_all_off(book: &mut Book<'_>) -> Result<()> {
    open(book.tables, book.guild)?
        .into_iter()
        .try_for_each(|number| call_off(book, number, Ending::Reset))
}

/// The numbers of a guild's open games.
pub fn open(reader: &Reader<'_>, guild: GuildId) -> Result<Vec<u32>> {
    Ok(reader.query(
        "SELECT number FROM games WHERE guild = ?1 AND due IS NOT NULL ORDER BY number",
        [guild],
        |row| row.get(0),
    )?)
}

/// The number that the guild's next game gets.
pub fn next_number(reader: &Reader<'_>, guild: GuildId) -> Result<u32> {
    Ok(reader.query_row(
        "SELECT coalesce(max(number), 0) + 1 FROM games WHERE guild = ?1",
        [guild],
        |row| row.get(0),
    )?)
}

/// One game.
pub fn find(reader: &Reader<'_>, guild: GuildId, number: u32) -> Result<Option<Game>> {
    let sql = format!(
        "SELECT {} FROM games WHERE guild = ?1 AND number = ?2",
        Game::COLUMNS
    );
    Ok(reader.query_optional(&sql, params![guild, number], Game::read)?)
}

/// Whether a member has challenged somebody who has not answered yet.
pub fn has_challenged(reader: &Reader<'_>, guild: GuildId, member: UserId) -> Result<bool> {
    Ok(reader.query_row(
        "SELECT EXISTS (SELECT 1 FROM games WHERE guild = ?1 AND challenger = ?2 AND due IS NOT NULL)",
        params![guild, member],
        |row| row.get(0),
    )?)
}

/// When the next open game settles itself.
pub fn next_due(reader: &Reader<'_>) -> Result<Option<Timestamp>> {
    Ok(reader.query_row(
        "SELECT min(due) FROM games WHERE due IS NOT NULL",
        [],
        |row| row.get(0),
    )?)
}

/// Open games that nobody answered until `now`, the oldest first; at most `limit`.
pub fn due(reader: &Reader<'_>, now: Timestamp, limit: u32) -> Result<Vec<(GuildId, u32)>> {
    Ok(reader.query(
        "SELECT guild, number FROM games WHERE due <= ?1 ORDER BY due LIMIT ?2",
        params![now, limit],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?)
}
