//! What there is to know about saves and archives at a glance: for `!backup_status`, `!persistent_status` and the
//! command line. Values only; the words are the reader's.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Result;

use super::archives::{self, Archive};
use super::generation::Generation;
use super::layout::METADATA;
use super::set_aside::{self, SetAside};
use super::{Vault, atomic, former, recovery};
use crate::model::{GuildId, Timestamp};
use crate::store::Activity;
use crate::store::tasks::TaskRecord;

/// The state of everything that protects the records.
#[derive(Clone, Debug)]
pub struct Status {
    /// The present time.
    pub now: Timestamp,
    /// The last hourly save.
    pub last_save: Option<LastSave>,
    /// Each scheduled task with its last and next run.
    pub tasks: Vec<TaskRecord>,
    /// All archives, the newest first, unusable ones last.
    pub archives: Vec<Archive>,
    /// After how many days archives go.
    pub retention_days: u32,
    /// What is wrong with the journal's copy.
    pub mirror_trouble: Option<String>,
    /// Save files that somebody had edited or copied there, where they are now.
    pub set_aside: Vec<SetAside>,
    /// Registers that the database knows and this program lacks, each with the archive that holds what it kept.
    pub former: BTreeMap<String, Option<String>>,
    /// Folders of damaged databases.
    pub damaged: Vec<PathBuf>,
    /// An archive lies in the data folder and waits for a restart.
    pub restore_waiting: bool,
    /// Bytes that can still be written to the data folder's disk.
    pub free_data: u64,
    /// Why the archives can't be looked at, if they can't: then none is listed, and no room is known.
    pub archives_trouble: Option<String>,
    /// Bytes that can still be written to the archives' disk.
    pub free_backups: u64,
    /// The newest journal position.
    pub seq: u64,
}

/// The last hourly save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastSave {
    /// When it was made.
    pub at: Timestamp,
    /// The journal position that it holds.
    pub seq: u64,
    /// Rows in all its files.
    pub rows: u64,
    /// Bytes of all its files.
    pub bytes: u64,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
}

/// What one register holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterStatus {
    /// The register's name.
    pub name: &'static str,
    /// The file that it is saved in; others may share it.
    pub file: &'static str,
    /// How many rows it holds, in the guild or in all.
    pub rows: u64,
    /// Its newest change.
    pub last_change: Option<Activity>,
    /// Bytes of its file in the last save.
    pub bytes: u64,
}

impl Vault {
    /// The state of everything that protects the records.
    pub fn status(&self) -> Result<Status> {
        let site = self.site();
        let data = &site.layout.data;
        let last_save = Generation::load(data).ok().flatten().map(|save| {
            let files = save.manifest.files.values();
            LastSave {
                at: save.manifest.saved_at,
                seq: save.manifest.seq,
                rows: files.clone().map(|file| file.record.rows()).sum(),
                bytes: files.map(|file| file.record.size).sum(),
                duration_ms: save.manifest.duration_ms,
            }
        });
        let (tasks, seq) = self
            .store()
            .read_blocking(|reader| Ok((reader.tasks()?, reader.seq()?)))?;
        let backups = &site.layout.backups;
        let seen = archives::list(backups)
            .and_then(|archives| Ok((archives, atomic::free_space(backups)?)));
        let (archives, free_backups, archives_trouble) = match seen {
            Ok((archives, free)) => (archives, free, None),
            Err(error) => (Vec::new(), 0, Some(format!("{error:#}"))),
        };
        Ok(Status {
            now: site.clock.now(),
            last_save,
            tasks,
            archives_trouble,
            retention_days: self.retention_days(),
            mirror_trouble: self.mirror_trouble(),
            set_aside: set_aside::list(data, &archives)?,
            former: self
                .store()
                .read_blocking(|reader| former::registers(site, reader, &archives))?,
            damaged: recovery::set_aside_folders(data)?,
            restore_waiting: data.join(METADATA).exists(),
            free_data: atomic::free_space(data)?,
            free_backups,
            seq,
            archives,
        })
    }

    /// What each register holds, in one guild or in all.
    pub fn registers(&self, guild: Option<GuildId>) -> Result<Vec<RegisterStatus>> {
        let site = self.site();
        let save = Generation::load(&site.layout.data).ok().flatten();
        let size = |file: &str| {
            save.as_ref()
                .and_then(|save| save.manifest.files.get(file))
                .map_or(0, |file| file.record.size)
        };
        self.store().read_blocking(|reader| {
            site.registers
                .iter()
                .map(|register| {
                    let tables = register.tables();
                    let rows = tables.iter().map(|table| table.count(reader, guild));
                    Ok(RegisterStatus {
                        name: register.name(),
                        file: register.file(),
                        rows: rows.sum::<Result<u64>>()?,
                        last_change: reader.activity(register.name(), guild)?,
                        bytes: size(register.file()),
                    })
                })
                .collect()
        })
    }
}
