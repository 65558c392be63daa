//! What an operator may ask of the records: done here, whether the bot runs (over its control socket) or not.
//!
//! Everything blocks. What the bot alone can do (move its clock) is not here.

use std::collections::VecDeque;

use anyhow::{Context as _, Result, bail};

use crate::control::{
    Answer, ArchiveLine, Finding, JournalLine, Mark, Proved, PruneLine, Request, Severity, State,
    VerifiedLine,
};
use crate::model::{Clock, Text, Timestamp, milliseconds};
use crate::store::{JournalFilter, JournalRow, Reader, Registers, Snapshot};
use crate::text;
use crate::vault::{
    self, Archive, Bench, Cause, Census, Decision, Flaw, Layout, Level, Mode, Policy, Progress,
    RestoreReport, Unable, Vault, Wanted, Why, archives_in,
};

/// Does what is asked on open records. `census` is what the bot sees, where one runs.
///
/// # Errors
/// When it could not be done; the records are as they were.
pub fn operate(vault: &Vault, census: Option<Census>, request: &Request) -> Result<Answer> {
    match request {
        Request::Save => {
            let report = vault.save(Cause::Requested)?;
            if report.postponed {
                bail!("a restore waits in the data folder: restart to restore");
            }
            Ok(Answer::Saved {
                cogs: report.registers as u64,
                files_written: report.files_written as u64,
                bytes: report.bytes,
                milliseconds: milliseconds(report.duration),
            })
        }
        Request::Archive => {
            let report = vault.archive(Cause::Requested, census)?;
            Ok(Answer::Archived {
                files: report.metadata.files_backed_up.len() as u64,
                bytes: report.bytes(),
                milliseconds: milliseconds(report.duration),
                name: report.name,
            })
        }
        Request::Prune { dry_run: false } => {
            let report = vault.prune(Mode::Real)?;
            let kept = report.kept.into_iter().map(|(name, why)| PruneLine {
                name,
                is_kept: true,
                why: kept_because(why),
            });
            let gone = report.trashed.into_iter().map(|name| PruneLine {
                name,
                is_kept: false,
                why: too_old(vault.retention_days()),
            });
            Ok(Answer::Pruned {
                dry_run: false,
                wait: report.wait.map(|wait| wait.text()),
                archives: kept.chain(gone).collect(),
            })
        }
        Request::Verify { .. } => verify(&vault.bench(), request),
        Request::Diff { .. } => difference(&vault.bench(), request),
        Request::Journal { .. } => vault
            .store()
            .read_blocking(|reader| journal(reader, request)),
        Request::Advance { .. } | Request::Settle => bail!("only a running bot can do this"),
        Request::Archives | Request::Check | Request::Prune { dry_run: true } => look(
            &Place {
                layout: vault.layout().clone(),
                registers: vault.store().registers().clone(),
                clock: vault.store().clock().clone(),
                policy: Policy {
                    retention_days: vault.retention_days(),
                    zone: vault.zone(),
                },
                progress: vault.progress().clone(),
            },
            request,
        ),
    }
}

/// Where records are, for those who only look.
pub struct Place {
    /// The folders.
    pub layout: Layout,
    /// What is kept there.
    pub registers: Registers,
    /// What time it is.
    pub clock: Clock,
    /// How long archives are kept.
    pub policy: Policy,
    /// Who is told how far a long look has come.
    pub progress: Progress,
}

impl Place {
    fn bench(&self) -> Bench<'static> {
        Bench::beside(
            &self.layout,
            &self.registers,
            &self.clock,
            self.policy.zone,
            &self.progress,
        )
    }
}

fn unable(error: vault::StartError) -> anyhow::Error {
    Unable(error.text()).into()
}

/// Whether `request` can be answered without opening the records for writing.
pub fn only_looks(request: &Request) -> bool {
    match request {
        Request::Archives | Request::Check | Request::Journal { .. } => true,
        Request::Verify { .. } | Request::Diff { .. } => true,
        Request::Prune { dry_run } => *dry_run,
        Request::Save | Request::Archive | Request::Advance { .. } | Request::Settle => false,
    }
}

/// Answers what needs no more than a look; nothing is changed.
///
/// # Errors
/// When something can't be read.
pub fn look(place: &Place, request: &Request) -> Result<Answer> {
    match request {
        Request::Archives => Ok(Answer::Archives {
            archives: archives_in(&place.layout)?
                .iter()
                .map(archive_line)
                .collect(),
        }),
        Request::Prune { .. } => would_prune(place),
        Request::Diff { .. } => difference(&place.bench().alone().map_err(unable)?, request),
        Request::Verify { prove, .. } => match prove {
            true => verify(&place.bench().alone().map_err(unable)?, request),
            false => verify(&place.bench(), request),
        },
        Request::Check => Ok(Answer::Checked {
            findings: check(place),
        }),
        Request::Journal { .. } => {
            let database = place.layout.database();
            if !database.exists() {
                return Ok(Answer::Journal {
                    changes: Vec::new(),
                });
            }
            let snapshot = Snapshot::of(&database).context("reading the database")?;
            journal(&snapshot.reader(), request)
        }
        Request::Save | Request::Archive | Request::Advance { .. } | Request::Settle => {
            bail!("this needs open records")
        }
    }
}

/// Everything that is wrong with the records, or that nothing is.
pub fn check(place: &Place) -> Vec<Finding> {
    let found = vault::check(
        &place.layout,
        &place.registers,
        &place.clock,
        place.policy.zone,
        &place.progress,
    );
    found
        .into_iter()
        .map(|finding| Finding {
            severity: match finding.level {
                Level::Fine => Severity::Good,
                Level::Warning => Severity::Warning,
                Level::Wrong => Severity::Problem,
            },
            text: finding.text,
        })
        .collect()
}

fn would_prune(place: &Place) -> Result<Answer> {
    let archives = archives_in(&place.layout)?;
    let (lines, wait) = match vault::choose(&archives, place.clock.now(), place.policy) {
        Ok(choice) => (
            choice
                .into_iter()
                .map(|(archive, decision)| PruneLine {
                    name: archive.name.clone(),
                    is_kept: decision != Decision::Trash,
                    why: match decision {
                        Decision::Keep(why) => kept_because(why),
                        Decision::Trash => too_old(place.policy.retention_days),
                    },
                })
                .collect(),
            None,
        ),
        Err(wait) => (Vec::new(), Some(wait.text())),
    };
    Ok(Answer::Pruned {
        dry_run: true,
        wait,
        archives: lines,
    })
}

/// Looks at each byte of one archive or of all, and restores them on trial if that is asked for.
fn verify(bench: &Bench<'_>, request: &Request) -> Result<Answer> {
    let Request::Verify { name, all, prove } = request else {
        bail!("this is no question to the archives");
    };
    let chosen = match all {
        true => bench.archives()?,
        false => vec![find(bench, name.as_deref())?],
    };
    let lines = chosen
        .iter()
        .map(|archive| verify_one(bench, archive, *prove));
    Ok(Answer::Verified {
        archives: lines.collect::<Result<_>>()?,
    })
}

/// Says what would change, and changes nothing.
fn difference(bench: &Bench<'_>, request: &Request) -> Result<Answer> {
    let Request::Diff { from, to } = request else {
        bail!("this is no question about two states");
    };
    let (replaced, replacing) = (wanted(from), wanted(to));
    Ok(Answer::Differs {
        changes: bench.difference(replaced.as_ref(), replacing.as_ref())?,
        from: from.clone(),
        to: to.clone(),
    })
}

/// What the vault calls a state; the present one has no name there.
pub fn wanted(state: &State) -> Option<Wanted> {
    match state {
        State::Now => None,
        State::Archive { name } => Some(Wanted::Archive(name.clone())),
        State::At { at_ms } => Some(Wanted::At(Timestamp(*at_ms))),
    }
}

/// What a restore came to, for whoever asked for it.
pub fn restored(report: RestoreReport) -> Answer {
    Answer::Restored {
        archive: report.archive,
        rows: report.rows,
        replayed: report.replayed,
        safety: report.safety,
        erased: report.erased as u64,
        changes: report.changes,
    }
}

fn find(bench: &Bench<'_>, name: Option<&str>) -> Result<Archive> {
    let found = bench.find(name)?;
    found.ok_or_else(|| match name {
        Some(name) => Unable(text!("archive-unknown", name = name)).into(),
        None => Unable(text!("cli-no-archives")).into(),
    })
}

fn verify_one(bench: &Bench<'_>, archive: &Archive, prove: bool) -> Result<VerifiedLine> {
    let (found, unnoted) = bench.verify(archive)?;
    let mut line = VerifiedLine {
        name: archive.name.clone(),
        flaws: found.flaws.iter().map(Flaw::text).collect(),
        bytes: found.bytes,
        milliseconds: found.duration_ms,
        proof: None,
        unnoted,
    };
    if prove && line.flaws.is_empty() {
        match bench.prove(archive) {
            Ok(proof) => {
                line.proof = Some(Proved {
                    rows: proof.rows,
                    milliseconds: proof.duration_ms,
                });
            }
            Err(error) => {
                let why = format!("{error:#}");
                line.flaws.push(text!("vault-flaw-unproved", why = why));
            }
        }
    }
    Ok(line)
}

fn archive_line(archive: &Archive) -> ArchiveLine {
    let metadata = archive.metadata();
    ArchiveLine {
        name: archive.name.clone(),
        made_ms: metadata.map_or(0, |metadata| metadata.made_at.0),
        files: metadata.map_or(0, |metadata| metadata.files_backed_up.len() as u64),
        bytes: archive.bytes(),
        seq: archive.order().1,
        fault: archive
            .state
            .as_ref()
            .err()
            .map(|why| text!("cli-archive-unusable", why = why.as_str())),
        written_in_ms: metadata.map_or(0, |metadata| metadata.duration_ms),
        verified: archive.verification.as_ref().map(|found| Mark {
            at_ms: found.at.0,
            milliseconds: found.duration_ms,
        }),
        proved: archive.proof.as_ref().map(|proof| Mark {
            at_ms: proof.at.0,
            milliseconds: proof.duration_ms,
        }),
    }
}

fn journal(reader: &Reader<'_>, request: &Request) -> Result<Answer> {
    let Request::Journal {
        since_ms,
        member,
        limit,
    } = request
    else {
        bail!("this is no question to the journal");
    };
    let filter = JournalFilter {
        since: since_ms.map(Timestamp),
        ..JournalFilter::default()
    };
    let limit = usize::try_from(*limit).unwrap_or(usize::MAX);
    let mut newest = VecDeque::new();
    reader.journal(filter, |row| {
        if member.is_none_or(|member| concerns(&row, member)) {
            newest.push_back(line(row)?);
            if newest.len() > limit {
                newest.pop_front();
            }
        }
        Ok(())
    })?;
    Ok(Answer::Journal {
        changes: newest.into(),
    })
}

/// Whether somebody made this change, or stands in it. Ids are text in changes.
fn concerns(row: &JournalRow, member: u64) -> bool {
    row.actor.is_some_and(|actor| actor.0 == member)
        || row.change.get().contains(&format!("\"{member}\""))
}

fn line(row: JournalRow) -> Result<JournalLine> {
    Ok(JournalLine {
        seq: row.seq,
        at_ms: row.at.0,
        guild: row.guild.map(|guild| guild.0.to_string()),
        actor: row.actor.map(|actor| actor.0.to_string()),
        change: serde_json::from_str(row.change.get()).context("reading a change")?,
        register: row.register,
    })
}

fn kept_because(why: Why) -> Text {
    match why {
        Why::Recent => text!("prune-kept-recent"),
        Why::AmongTheLast => text!("prune-kept-last"),
        Why::OnlyOneWith => text!("prune-kept-only"),
        Why::Unreadable => text!("prune-kept-unreadable"),
    }
}

fn too_old(retention_days: u32) -> Text {
    text!("prune-too-old", days = retention_days)
}
