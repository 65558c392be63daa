//! What is asked of the cases: of all of them, warnings included, through the view `every_case`.
//!
//! Changes nothing. Each statement is held to an index by `plans` below.

use std::collections::BTreeMap;

use anyhow::Result;
use rusqlite::{Row, params};

use super::kind::{Ending, Kind};
use super::register::{Case, CaseEvidence, CasePost};
use crate::model::{GuildId, MessageId, Timestamp, UserId};
use crate::store::{Reader, SavedRow};

/// Any case as lists and posts show it.
#[derive(Clone, Debug, PartialEq)]
pub struct AnyCase {
    /// Its number in the guild.
    pub number: u32,
    /// What was done.
    pub kind: Kind,
    /// About whom.
    pub member: UserId,
    /// By whom; absent: Greffier itself.
    pub moderator: Option<UserId>,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// Until when it holds, or counts.
    pub until: Option<Timestamp>,
    /// The first case of its batch.
    pub batch: Option<u32>,
    /// When it came to hold no longer.
    pub ended: Option<Timestamp>,
    /// How.
    pub ending: Option<Ending>,
    /// Through whom.
    pub ended_by: Option<UserId>,
    /// What it weighs; warnings only.
    pub points: Option<u32>,
}

const COLUMNS: &str =
    "number, kind, member, moderator, reason, at, until, batch, ended, ending, ended_by, points";
/// [`COLUMNS`] of the table itself: a batch has no warnings.
const BATCH_COLUMNS: &str =
    "number, kind, member, moderator, reason, at, until, batch, ended, ending, ended_by, NULL";

fn any_case(row: &Row<'_>) -> rusqlite::Result<AnyCase> {
    Ok(AnyCase {
        number: row.get(0)?,
        kind: row.get(1)?,
        member: row.get(2)?,
        moderator: row.get(3)?,
        reason: row.get(4)?,
        at: row.get(5)?,
        until: row.get(6)?,
        batch: row.get(7)?,
        ended: row.get(8)?,
        ending: row.get(9)?,
        ended_by: row.get(10)?,
        points: row.get(11)?,
    })
}

const NEXT_NUMBER: &str = "SELECT max(
        coalesce((SELECT max(number) FROM warnings WHERE guild = ?1), 0),
        coalesce((SELECT max(number) FROM cases WHERE guild = ?1), 0)) + 1";
const BY_NUMBER: &str = "WHERE guild = ?1 AND number = ?2";
const OF_MEMBER: &str =
    "WHERE guild = ?1 AND member = ?2 ORDER BY at DESC, number DESC LIMIT ?3 OFFSET ?4";
const OF_GUILD: &str = "WHERE guild = ?1 AND number > ?2 AND number <= ?3 ORDER BY number DESC";
const OF_BATCH: &str = "WHERE guild = ?1 AND batch = ?2 ORDER BY number";

/// The number that the guild's next case gets. No case is ever deleted, so that none is given twice.
pub fn next_number(reader: &Reader<'_>, guild: GuildId) -> Result<u32> {
    Ok(reader.query_row(NEXT_NUMBER, [guild], |row| row.get(0))?)
}

/// One case of any kind.
pub fn any(reader: &Reader<'_>, guild: GuildId, number: u32) -> Result<Option<AnyCase>> {
    let sql = format!("SELECT {COLUMNS} FROM every_case {BY_NUMBER}");
    Ok(reader.query_optional(&sql, params![guild, number], any_case)?)
}

/// One case that is no warning.
pub fn find(reader: &Reader<'_>, guild: GuildId, number: u32) -> Result<Option<Case>> {
    let sql = format!("SELECT {} FROM cases {BY_NUMBER}", Case::COLUMNS);
    Ok(reader.query_optional(&sql, params![guild, number], Case::read)?)
}

/// A page of the guild's cases, or of one member's, the newest first.
pub fn page(
    reader: &Reader<'_>,
    guild: GuildId,
    member: Option<UserId>,
    limit: u32,
    offset: u32,
) -> Result<Vec<AnyCase>> {
    Ok(match member {
        Some(member) => {
            let sql = format!("SELECT {COLUMNS} FROM every_case {OF_MEMBER}");
            reader.query(&sql, params![guild, member, limit, offset], any_case)?
        }
        None => {
            let sql = format!("SELECT {COLUMNS} FROM every_case {OF_GUILD}");
            // Numbers leave no gap: a page is so many of them.
            let newest = (next_number(reader, guild)? - 1).saturating_sub(offset);
            let oldest = newest.saturating_sub(limit);
            reader.query(&sql, params![guild, oldest, newest], any_case)?
        }
    })
}

/// How many cases the guild, or one member of it, ever had.
pub fn count(reader: &Reader<'_>, guild: GuildId, member: Option<UserId>) -> Result<u32> {
    Ok(match member {
        Some(member) => reader.query_row(
            "SELECT count(*) FROM every_case WHERE guild = ?1 AND member = ?2",
            params![guild, member],
            |row| row.get(0),
        )?,
        // Numbers leave no gap: the newest is the count.
        None => next_number(reader, guild)? - 1,
    })
}

/// Every case of a batch, oldest first.
pub fn batch(reader: &Reader<'_>, guild: GuildId, batch: u32) -> Result<Vec<AnyCase>> {
    let sql = format!("SELECT {BATCH_COLUMNS} FROM cases {OF_BATCH}");
    Ok(reader.query(&sql, params![guild, batch], any_case)?)
}

/// Where the log post of a case (of a batch: of its first case) stands.
pub fn post(reader: &Reader<'_>, guild: GuildId, number: u32) -> Result<Option<CasePost>> {
    let sql = format!("SELECT {} FROM case_posts {BY_NUMBER}", CasePost::COLUMNS);
    Ok(reader.query_optional(&sql, params![guild, number], CasePost::read)?)
}

/// The messages that a case was made from.
pub fn evidence(reader: &Reader<'_>, guild: GuildId, number: u32) -> Result<Vec<CaseEvidence>> {
    let sql = format!(
        "SELECT {} FROM case_evidence {BY_NUMBER} ORDER BY message",
        CaseEvidence::COLUMNS
    );
    Ok(reader.query(&sql, params![guild, number], CaseEvidence::read)?)
}

/// Whether an entry of the audit log was made a case already.
pub fn of_audit(reader: &Reader<'_>, guild: GuildId, audit: MessageId) -> Result<Option<u32>> {
    Ok(reader.query_optional(
        "SELECT number FROM cases WHERE guild = ?1 AND audit = ?2",
        params![guild, audit],
        |row| row.get(0),
    )?)
}

/// The newest ban of somebody that still holds.
pub fn standing_ban(reader: &Reader<'_>, guild: GuildId, member: UserId) -> Result<Option<Case>> {
    let sql = format!(
        "SELECT {} FROM cases WHERE guild = ?1 AND member = ?2 AND kind = 'ban' AND ended IS NULL ORDER BY number DESC LIMIT 1",
        Case::COLUMNS
    );
    Ok(reader.query_optional(&sql, params![guild, member], Case::read)?)
}

/// When the next temporary ban is over, in any guild.
pub fn next_due(reader: &Reader<'_>) -> Result<Option<Timestamp>> {
    Ok(reader.query_row(
        "SELECT min(due) FROM cases WHERE due IS NOT NULL",
        [],
        |row| row.get(0),
    )?)
}

/// Up to `limit` bans that are over at `now`, in any guild, the longest over first.
pub fn due(reader: &Reader<'_>, now: Timestamp, limit: u32) -> Result<Vec<Case>> {
    let sql = format!(
        "SELECT {} FROM cases WHERE due IS NOT NULL AND due <= ?1 ORDER BY due LIMIT ?2",
        Case::COLUMNS
    );
    Ok(reader.query(&sql, params![now, limit], Case::read)?)
}

/// How many cases of each kind each moderator opened at or after `since`; `None` is Greffier itself.
pub fn statistics(
    reader: &Reader<'_>,
    guild: GuildId,
    since: Timestamp,
) -> Result<BTreeMap<Option<UserId>, BTreeMap<Kind, u32>>> {
    let first = first_since(reader, guild, since)?;
    let mut moderators: BTreeMap<Option<UserId>, BTreeMap<Kind, u32>> = BTreeMap::new();
    reader.for_each(
        "SELECT moderator, kind FROM every_case WHERE guild = ?1 AND number >= ?2",
        params![guild, first],
        |row| {
            let kinds = moderators.entry(row.get(0)?).or_default();
            *kinds.entry(row.get(1)?).or_default() += 1;
            Ok(())
        },
    )?;
    Ok(moderators)
}

/// The first case at or after `since`: numbers rise with time, so that halving finds it without an index by time.
fn first_since(reader: &Reader<'_>, guild: GuildId, since: Timestamp) -> Result<u32> {
    let (mut low, mut high) = (1, next_number(reader, guild)?);
    while low < high {
        let middle = low + (high - low) / 2;
        match any(reader, guild, middle)? {
            Some(case) if case.at >= since => high = middle,
            _ => low = middle + 1,
        }
    }
    Ok(low)
}
