//! Former states of the records: an archive, and the changes of the journal that are carried out over it.

use anyhow::{Context, Result, ensure};

use super::archives;
use super::error::Unable;
use super::load::Source;
use super::restore::{Request, Via};
use super::site::Site;
use crate::model::Timestamp;
use crate::store::{JournalFilter, RESTORED, Reader, Rebuild, Restored};
use crate::text;

/// Changes of the journal: those after the first position, up to the second.
pub(super) type Run = (u64, u64);

/// What is to be restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The archive of this name.
    Archive(String),
    /// The records as they were at the end of this second.
    At(Timestamp),
}

/// What the journal says about the time before a moment.
struct History {
    database: String,
    /// The newest change that was made by then.
    until: Option<u64>,
    /// When state was brought in from files so that what came before it does not lead to what came after.
    jumps: Vec<(u64, Restored)>,
}

/// The state at the end of the second `at`, from the journal that `reader` sees.
pub(super) fn at(site: &Site, reader: &Reader<'_>, at: Timestamp) -> Result<Request> {
    let now = site.clock.now();
    if at > now {
        return Err(Unable(text!("restore-in-the-future", at = moment(site, at))).into());
    }
    let history = read(reader, Timestamp(at.0 - at.0.rem_euclid(1000) + 1000))?;
    let planned = match history.until {
        Some(until) => plan(site, &history, until)?,
        // The journal begins later; an archive may still be of then.
        None => None,
    };
    planned.ok_or_else(|| out_of_reach(site, &history, at))
}

fn read(reader: &Reader<'_>, end: Timestamp) -> Result<History> {
    let (database, _) = reader.identity()?;
    let (mut until, mut jumps) = (None, Vec::new());
    reader.journal(JournalFilter::default(), |row| {
        if row.register == RESTORED {
            let restored: Restored =
                serde_json::from_str(row.change.get()).context("reading a restore")?;
            // After a recovery history goes on where it was.
            if restored.source_seq + 1 != row.seq {
                jumps.push((row.seq, restored));
            }
        }
        if row.at < end {
            until = Some(row.seq);
        }
        Ok(())
    })?;
    Ok(History {
        database,
        until,
        jumps,
    })
}

/// The newest whole archive from which the journal leads to `until`.
fn plan(site: &Site, history: &History, until: u64) -> Result<Option<Request>> {
    let jump = history.jumps.iter().rfind(|(seq, _)| *seq <= until);
    let from = jump.map_or(0, |(seq, _)| *seq);
    for archive in archives::list(&site.layout.backups)? {
        let Some(metadata) = archive.metadata() else {
            continue;
        };
        let is_on_the_way = metadata.seq >= from && metadata.seq <= until;
        if metadata.database != history.database || !is_on_the_way {
            continue;
        }
        let source = Source::of_archive(&archive.path, metadata);
        if source.flaws(&site.progress)?.is_empty() {
            let mut request = Request::of(&archive.name, metadata, source);
            request.runs = vec![(metadata.seq, until)];
            return Ok(Some(request));
        }
        tracing::warn!(event = "archive_passed_over", archive = archive.name);
    }
    let Some((seq, restored)) = jump else {
        return Ok(None);
    };
    // No archive since then: what was restored, and what came after it.
    let before = Request::named(site, &restored.source)?;
    let brought = before.filter(|request| request.metadata.seq == restored.source_seq);
    let brought = match brought {
        Some(brought) => Some(brought),
        None if restored.source_seq < *seq => plan(site, history, restored.source_seq)?,
        None => None,
    };
    Ok(brought.map(|mut request| {
        request.runs.push((*seq, until));
        request
    }))
}

fn out_of_reach(site: &Site, history: &History, at: Timestamp) -> anyhow::Error {
    let archives = archives::list(&site.layout.backups).unwrap_or_default();
    let of_this = archives.iter().filter_map(|archive| archive.metadata());
    let oldest = of_this
        .filter(|metadata| metadata.database == history.database)
        .map(|metadata| metadata.made_at)
        .min();
    let at = moment(site, at);
    Unable(match oldest {
        Some(oldest) => text!(
            "restore-out-of-reach",
            at = at,
            oldest = moment(site, oldest)
        ),
        None => text!("restore-without-archive", at = at),
    })
    .into()
}

fn moment(site: &Site, at: Timestamp) -> String {
    let local = at.to_utc().with_timezone(&site.zone);
    local.format("%Y-%m-%d %H:%M:%S").to_string()
}

impl Request {
    /// Where in the journal it stands.
    pub(super) fn seq(&self) -> u64 {
        self.runs
            .last()
            .map_or(self.metadata.seq, |(_, until)| *until)
    }

    /// Whether it came by a copy into the data folder.
    pub(super) fn is_copied(&self) -> bool {
        self.via == Via::Copied
    }

    /// Carries out what the journal that `reader` sees has behind the archive. Returns how many changes there were.
    pub(super) fn replay(&self, rebuild: &Rebuild<'_>, reader: &Reader<'_>) -> Result<u64> {
        let mut changes = 0;
        for (after, until) in &self.runs {
            let mut last = *after;
            let filter = JournalFilter {
                after: *after,
                ..JournalFilter::default()
            };
            reader.journal(filter, |row| {
                if row.seq > *until {
                    return Ok(());
                }
                ensure!(row.seq == last + 1, "change {} is missing", last + 1);
                last = row.seq;
                changes += 1;
                rebuild.apply(&row)
            })?;
            ensure!(last == *until, "the journal ends at change {last}");
        }
        Ok(changes)
    }
}
