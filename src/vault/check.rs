//! What is wrong with the data and the archives, found without a running bot and without changing anything.

use std::path::Path;

use anyhow::Result;

use super::error::StartError;
use super::generation::{Generation, State};
use super::layout::Layout;
use super::progress::{Progress, Work};
use super::site::Site;
use super::steps::Steps;
use super::{archives, atomic, folders, former, lock, recovery, restore, segment, set_aside};
use crate::model::{Clock, Text};
use crate::store::{self, Registers, SchemaState, Snapshot};
use crate::text;

/// Something that `greffier check` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub level: Level,
    /// What it is.
    pub text: Text,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It is as it should be.
    Fine,
    /// Somebody should look at it.
    Warning,
    /// Greffier would not start, or something is lost.
    Wrong,
}

/// Who runs on the data folder: its pid, if it is known. `None`: nobody.
pub fn holder(layout: &Layout) -> Result<Option<Option<u32>>> {
    Ok(lock::holder(layout)?.map(|held| held.pid))
}

/// Looks at everything that a start would look at, and at every page and every file. Changes nothing.
pub fn check(
    layout: &Layout,
    registers: &Registers,
    clock: &Clock,
    zone: chrono_tz::Tz,
    progress: &Progress,
) -> Vec<Finding> {
    let site = Site {
        layout: layout.clone(),
        registers: registers.clone(),
        clock: clock.clone(),
        zone,
        version: env!("CARGO_PKG_VERSION"),
        steps: Steps::default(),
        progress: progress.clone(),
    };
    let mut findings = Findings::default();
    for folder in [&layout.data, &layout.backups] {
        findings.folder(folder);
    }
    if let Ok(Some(held)) = lock::holder(layout) {
        let pid = held.pid.map_or("?".to_owned(), |pid| pid.to_string());
        findings.say(Level::Fine, text!("vault-check-running", pid = pid));
    }
    // What is behind a folder that can't be looked into is not known; that it can't be was said already.
    if folders::look_at_folders(layout).is_ok() {
        findings.restore(&site);
        findings.attempt(|findings| findings.database(&site));
        findings.attempt(|findings| findings.save(&site));
        findings.attempt(|findings| findings.mirror(&site));
        findings.attempt(|findings| findings.archives(&site));
    }
    findings.list
}

#[derive(Default)]
struct Findings {
    list: Vec<Finding>,
}

impl Findings {
    fn say(&mut self, level: Level, text: Text) {
        self.list.push(Finding { level, text });
    }

    fn attempt(&mut self, look: impl FnOnce(&mut Self) -> Result<()>) {
        if let Err(error) = look(self) {
            let text = text!("vault-start-failed", error = format!("{error:#}"));
            self.say(Level::Wrong, text);
        }
    }

    /// A folder must be there, or be makeable, and be writable.
    fn folder(&mut self, folder: &Path) {
        let nearest = folders::nearest(folder);
        let shown = folder.display().to_string();
        match folders::try_to_write(nearest) {
            Ok(()) => {
                let free = atomic::free_space(nearest).unwrap_or_default() / 1_000_000;
                self.say(
                    Level::Fine,
                    text!("vault-check-folder", folder = shown, free = free),
                );
            }
            Err(error) => self.say(Level::Wrong, folders::unwritable(folder, error).text()),
        }
    }

    fn restore(&mut self, site: &Site) {
        if let Err(error) = restore::refuse_misplaced(site) {
            self.say(Level::Wrong, error.text());
        }
        match restore::request(site) {
            Err(error) => self.say(Level::Wrong, error.text()),
            Ok(Some(request)) => {
                let archive = request.metadata.backup_date;
                self.say(
                    Level::Warning,
                    text!("vault-check-restore-waiting", archive = archive),
                );
            }
            Ok(None) => {}
        }
    }

    fn database(&mut self, site: &Site) -> Result<()> {
        let state = match store::inspect(&site.layout.data, &site.registers) {
            Ok(state) => state,
            Err(error) if error.is_damage() => {
                self.say(Level::Wrong, damaged(&error.into()));
                return Ok(());
            }
            Err(error) => {
                self.say(Level::Wrong, StartError::from(error).text());
                return Ok(());
            }
        };
        match state {
            SchemaState::Absent => {
                let has_archives = !archives::list(&site.layout.backups)?.is_empty();
                match recovery::evidence(site)? {
                    Some(_) => self.say(Level::Warning, text!("vault-check-recoverable")),
                    None if has_archives => {
                        self.say(Level::Wrong, text!("vault-check-only-archives"))
                    }
                    None => self.say(Level::Fine, text!("vault-check-new")),
                }
                return Ok(());
            }
            SchemaState::Older(_) => self.say(Level::Warning, text!("vault-check-migration")),
            SchemaState::Current => {}
        }
        let read = Snapshot::of(&site.layout.database()).and_then(|snapshot| {
            self.former(site, &snapshot)?;
            Ok((snapshot.integrity()?, snapshot.seq()))
        });
        match read {
            Ok((problems, seq)) => match problems.first() {
                Some(problem) => {
                    let text = text!("vault-check-damaged", problem = problem.as_str());
                    self.say(Level::Wrong, text);
                }
                None => self.say(Level::Fine, text!("vault-check-database", seq = seq)),
            },
            Err(error) if store::is_damage(&error) => self.say(Level::Wrong, damaged(&error)),
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn former(&mut self, site: &Site, snapshot: &Snapshot) -> Result<()> {
        let archives = archives::list(&site.layout.backups).unwrap_or_default();
        for (register, archive) in former::registers(site, &snapshot.reader(), &archives)? {
            let archive = archive.unwrap_or_else(|| "-".to_owned());
            self.say(
                Level::Warning,
                text!(
                    "vault-check-register",
                    register = register,
                    archive = archive
                ),
            );
        }
        Ok(())
    }

    fn save(&mut self, site: &Site) -> Result<()> {
        let archives = archives::list(&site.layout.backups).unwrap_or_default();
        for found in set_aside::list(&site.layout.data, &archives).unwrap_or_default() {
            let path = found.path.display().to_string();
            let text = match found.archive {
                Some(archive) => text!("vault-check-copied", path = path, archive = archive),
                None => text!("vault-check-edited", path = path),
            };
            self.say(Level::Warning, text);
        }
        // A restore that waits lies where the save was.
        if site.layout.marker().exists() {
            return Ok(());
        }
        let Some(save) = Generation::load(&site.layout.data)? else {
            return Ok(());
        };
        for (name, state) in save.verify()? {
            if state != State::Whole {
                let path = site.layout.data.join(name).display().to_string();
                self.say(
                    Level::Warning,
                    text!("vault-check-save-differs", path = path),
                );
            }
        }
        Ok(())
    }

    fn mirror(&mut self, site: &Site) -> Result<()> {
        let (_, unreadable) = segment::list(&site.layout.journal())?;
        for path in unreadable {
            let text = text!("vault-check-segment", path = path.display().to_string());
            self.say(Level::Warning, text);
        }
        Ok(())
    }

    fn archives(&mut self, site: &Site) -> Result<()> {
        let archives = archives::list(&site.layout.backups)?;
        let mut whole = 0_usize;
        let bytes = archives.iter().map(|archive| archive.bytes()).sum();
        let _stage = site.progress.begin(Work::Verification, bytes);
        for archive in &archives {
            let flaws = archive
                .source()
                .and_then(|source| source.flaws(&site.progress));
            let trouble = match flaws {
                Ok(flaws) if flaws.is_empty() => {
                    whole += 1;
                    continue;
                }
                Ok(flaws) => flaws.names().join(", "),
                Err(error) => format!("{error:#}"),
            };
            let name = archive.name.as_str();
            self.say(
                Level::Warning,
                text!("vault-check-archive-damaged", archive = name, why = trouble),
            );
        }
        self.say(Level::Fine, text!("vault-check-archives", count = whole));
        Ok(())
    }
}

fn damaged(error: &anyhow::Error) -> Text {
    text!(
        "vault-check-damaged",
        problem = error.root_cause().to_string()
    )
}
