//! What every part of the vault needs to know, also before there is an open store.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono_tz::Tz;

use super::layout::Layout;
use super::progress::Progress;
use super::steps::Steps;
use crate::model::{Clock, Timestamp};
use crate::store::Registers;

/// Where, of what, in which zone and by whom.
#[derive(Clone)]
pub(super) struct Site {
    pub(super) layout: Layout,
    pub(super) registers: Registers,
    pub(super) clock: Clock,
    pub(super) zone: Tz,
    pub(super) version: &'static str,
    pub(super) steps: Steps,
    pub(super) progress: Progress,
}

impl Site {
    /// The schema of each register's tables, as this program has them.
    pub(super) fn schema(&self) -> BTreeMap<String, u32> {
        self.registers
            .iter()
            .map(|register| (register.name().to_owned(), register.schema().len() as u32))
            .collect()
    }

    /// The present time as it stands in names: `YYYY-MM-DD_HH-MM-SS` in the configured zone.
    pub(super) fn stamp(&self) -> String {
        self.stamp_of(self.clock.now())
    }

    /// A time as it stands in names.
    pub(super) fn stamp_of(&self, at: Timestamp) -> String {
        at.to_utc()
            .with_timezone(&self.zone)
            .format("%Y-%m-%d_%H-%M-%S")
            .to_string()
    }

    /// `name` below `folder`, with a number behind it if that is taken.
    pub(super) fn free_path(&self, folder: &Path, name: &str) -> PathBuf {
        let mut path = folder.join(name);
        let mut number = 2;
        while path.symlink_metadata().is_ok() {
            path = folder.join(format!("{name}-{number}"));
            number += 1;
        }
        path
    }
}
