//! Cases: every act of moderation but warnings, which have a register of their own; and what belongs to any case, a
//! warning among them: where its log post stands, and the message that it was made from. Saved in `persistent_data.json`.

use anyhow::{Result, ensure};
use rusqlite::params;

pub use super::change::{Change, Evidence, Opened};
pub use super::kind::{Ending, Kind};
use crate::cogs::settings;
use crate::model::{ChannelId, Erased, GuildId, MessageId, Timestamp, UserId};
use crate::saved_row;
use crate::store::{Entry, Reader, Redaction, Register, SavedRow, Table, Tables, Wording};

/// The cases' register.
pub struct Cases;

saved_row! {
    /// A case, as the table and the save keep it.
    pub struct Case in "cases" order "guild, number" {
        /// Where.
        pub guild: GuildId,
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
        /// Until when; absent: for good, or it has no length.
        pub until: Option<Timestamp>,
        /// The number of the first case of its batch.
        pub batch: Option<u32>,
        /// The audit log's entry that it was learned from.
        pub audit: Option<MessageId>,
        /// When a ban is to be lifted; absent: never, or that is under way.
        pub due: Option<Timestamp>,
        /// When it came to hold no longer.
        pub ended: Option<Timestamp>,
        /// How.
        pub ending: Option<Ending>,
        /// Through whom.
        pub ended_by: Option<UserId>,
    }
}

saved_row! {
    /// Where a case's log post stands.
    pub struct CasePost in "case_posts" order "guild, number" {
        /// Where.
        pub guild: GuildId,
        /// Which case; of a batch, its first.
        pub number: u32,
        /// In which channel.
        pub channel: ChannelId,
        /// Which message.
        pub message: MessageId,
    }
}

saved_row! {
    /// The message that a case was made from.
    pub struct CaseEvidence in "case_evidence" order "guild, number, message" {
        /// Where.
        pub guild: GuildId,
        /// Which case.
        pub number: u32,
        /// Who wrote it.
        pub author: UserId,
        /// In which channel.
        pub channel: ChannelId,
        /// Which message.
        pub message: MessageId,
        /// Its words.
        pub text: String,
        /// Its attachments' names and addresses, one a line.
        pub attachments: String,
    }
}

impl Register for Cases {
    type Change = Change;

    const NAME: &'static str = "cases";
    // Rowid tables, as for the warnings: the planner must not walk a guild to find a member's.
    const SCHEMA: &'static [&'static str] = &["
        CREATE TABLE cases (
            guild INTEGER NOT NULL,
            number INTEGER NOT NULL,
            kind TEXT NOT NULL,
            member INTEGER NOT NULL,
            moderator INTEGER,
            reason TEXT NOT NULL,
            at INTEGER NOT NULL,
            until INTEGER,
            batch INTEGER,
            audit INTEGER,
            due INTEGER,
            ended INTEGER,
            ending TEXT,
            ended_by INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX cases_number ON cases (guild, number);
        CREATE INDEX cases_member ON cases (guild, member, at);
        CREATE INDEX cases_due ON cases (due) WHERE due IS NOT NULL;
        CREATE INDEX cases_batch ON cases (guild, batch, number) WHERE batch IS NOT NULL;
        CREATE UNIQUE INDEX cases_audit ON cases (guild, audit) WHERE audit IS NOT NULL;
        CREATE INDEX cases_ban ON cases (guild, member, number) WHERE kind = 'ban' AND ended IS NULL;
        CREATE TABLE case_posts (
            guild INTEGER NOT NULL,
            number INTEGER NOT NULL,
            channel INTEGER NOT NULL,
            message INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX case_posts_number ON case_posts (guild, number);
        CREATE TABLE case_evidence (
            guild INTEGER NOT NULL,
            number INTEGER NOT NULL,
            author INTEGER NOT NULL,
            channel INTEGER NOT NULL,
            message INTEGER NOT NULL,
            text TEXT NOT NULL,
            attachments TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX case_evidence_number ON case_evidence (guild, number, message);
        CREATE INDEX case_evidence_author ON case_evidence (guild, author);
        CREATE VIEW every_case AS
            SELECT guild, number, kind, member, moderator, reason, at, until, batch, ended, ending, ended_by, NULL AS points
            FROM cases
            UNION ALL
            SELECT guild, number, 'warning', member, moderator, reason, at, expires, NULL, withdrawn,
                CASE WHEN withdrawn IS NULL THEN NULL ELSE 'withdrawn' END, withdrawn_by, points
            FROM warnings;
    "];

    fn wording(table: &str) -> Wording {
        Wording {
            noun: (table == "cases").then_some("cases-counted-cases"),
            amount: None,
        }
    }

    fn tables() -> Vec<Table> {
        vec![
            Table::of::<Case>(),
            Table::of::<CasePost>(),
            Table::of::<CaseEvidence>(),
        ]
    }

    fn apply(tables: &Tables<'_>, change: &Change, entry: &Entry) -> Result<()> {
        if let Change::Erased(erased) = change {
            return erase(tables, erased);
        }
        let Some(guild) = entry.guild else {
            anyhow::bail!("a case outside any guild")
        };
        match change {
            Change::Erased(_) => Ok(()),
            Change::Opened(opened) => open(tables, guild, opened, entry.at),
            Change::Reworded { number, reason, .. } => touch_one(
                *number,
                tables.execute(
                    "UPDATE cases SET reason = ?3 WHERE guild = ?1 AND number = ?2",
                    params![guild, number, reason],
                )?,
            ),
            Change::Ending { number } => touch_one(
                *number,
                tables.execute(
                    "UPDATE cases SET due = NULL WHERE guild = ?1 AND number = ?2",
                    params![guild, number],
                )?,
            ),
            Change::Postponed { number, due } => touch_one(
                *number,
                tables.execute(
                    "UPDATE cases SET due = ?3 WHERE guild = ?1 AND number = ?2",
                    params![guild, number, due],
                )?,
            ),
            Change::Ended { number, how, by } => touch_one(
                *number,
                tables.execute(
                    "UPDATE cases SET ended = ?3, ending = ?4, ended_by = ?5, due = NULL
                     WHERE guild = ?1 AND number = ?2 AND ended IS NULL",
                    params![guild, number, entry.at, how, by],
                )?,
            ),
            Change::Posted {
                number,
                channel,
                message,
            } => {
                tables.execute(
                    "INSERT INTO case_posts (guild, number, channel, message) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT DO UPDATE SET channel = excluded.channel, message = excluded.message",
                    params![guild, number, channel, message],
                )?;
                Ok(())
            }
            Change::EvidenceKept { number, evidence } => keep(tables, guild, *number, evidence),
        }
    }

    fn inverse(change: &Change) -> Option<Change> {
        match change {
            Change::Opened(opened) => Some(Change::Ended {
                number: opened.number,
                how: Ending::Withdrawn,
                by: None,
            }),
            Change::Reworded {
                number,
                member,
                reason,
                former,
            } => Some(Change::Reworded {
                number: *number,
                member: *member,
                reason: former.clone(),
                former: reason.clone(),
            }),
            // What was learned of Discord, or happened there, is not undone by forgetting it.
            Change::Ending { .. }
            | Change::Postponed { .. }
            | Change::Ended { .. }
            | Change::Posted { .. }
            | Change::EvidenceKept { .. }
            | Change::Erased(_) => None,
        }
    }

    fn redact(change: &mut Change, person: UserId) -> Redaction {
        match change {
            Change::Opened(opened) if opened.member == person => {
                opened.reason.clear();
                Redaction::Overwritten
            }
            Change::Reworded {
                member,
                reason,
                former,
                ..
            } if *member == person => {
                reason.clear();
                former.clear();
                Redaction::Overwritten
            }
            Change::EvidenceKept { evidence, .. } if evidence.author == person => {
                evidence.text.clear();
                evidence.attachments.clear();
                Redaction::Overwritten
            }
            _ => Redaction::Nothing,
        }
    }

    fn erasure(reader: &Reader<'_>, person: UserId) -> Result<Option<Change>> {
        let mut about = Vec::new();
        for guild in reader.guilds("cases")? {
            let is_about: bool = reader.query_row(
                "SELECT EXISTS (SELECT 1 FROM cases WHERE guild = ?1 AND member = ?2)
                     OR EXISTS (SELECT 1 FROM case_evidence WHERE guild = ?1 AND author = ?2)",
                params![guild, person],
                |row| row.get(0),
            )?;
            if is_about {
                about.push(guild);
            }
        }
        if about.is_empty() {
            return Ok(None);
        }
        let erased = settings::rules::erased(reader, person, about)?;
        Ok(Some(Change::Erased(erased)))
    }
}

/// The cases stay, so that no number is given twice; words go, and where the guild keeps no records, the name.
fn erase(tables: &Tables<'_>, erased: &Erased) -> Result<()> {
    for (guild, named) in erased.named() {
        tables.execute(
            "UPDATE case_evidence SET text = '', attachments = '', author = ?3 WHERE guild = ?1 AND author = ?2",
            params![guild, erased.person, named],
        )?;
        tables.execute(
            "UPDATE cases SET reason = '', member = ?3 WHERE guild = ?1 AND member = ?2",
            params![guild, erased.person, named],
        )?;
    }
    Ok(())
}

fn open(tables: &Tables<'_>, guild: GuildId, opened: &Opened, at: Timestamp) -> Result<()> {
    ensure!(
        opened.act != Kind::Warning,
        "warnings have a register of their own"
    );
    // Mutes have due times of their own; a case that merely names its end is over by itself.
    let due = opened.until.filter(|_| opened.act == Kind::Ban);
    Case {
        guild,
        number: opened.number,
        kind: opened.act,
        member: opened.member,
        moderator: opened.moderator,
        reason: opened.reason.clone(),
        at,
        until: opened.until,
        batch: opened.batch,
        audit: opened.audit,
        due,
        ended: None,
        ending: None,
        ended_by: None,
    }
    .insert(tables)
}

fn keep(tables: &Tables<'_>, guild: GuildId, number: u32, evidence: &Evidence) -> Result<()> {
    CaseEvidence {
        guild,
        number,
        author: evidence.author,
        channel: evidence.channel,
        message: evidence.message,
        text: evidence.text.clone(),
        attachments: evidence.attachments.clone(),
    }
    .insert(tables)
}

fn touch_one(number: u32, touched: usize) -> Result<()> {
    ensure!(touched == 1, "there is no case {number} to change");
    Ok(())
}
