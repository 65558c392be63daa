//! Loading saved files, and the journal rows beside them, into a database that is being rebuilt.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::codec::{self, FileRecord, Loading};
use super::layout::TAIL;
use super::progress::Progress;
use super::sealed::{Metadata, Tail};
use super::{atomic, segment};
use crate::store::{Rebuild, Registers};

/// Saved files in one folder.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub(super) folder: PathBuf,
    pub(super) files: BTreeMap<String, FileRecord>,
    pub(super) tail: Option<Tail>,
}

/// What is wrong with a copy of saved files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Flaws {
    pub(super) missing: Vec<String>,
    pub(super) different: Vec<String>,
    /// Files that this process may not read.
    pub(super) unreadable: Vec<PathBuf>,
}

impl Flaws {
    pub(super) fn is_empty(&self) -> bool {
        self.missing.is_empty() && self.different.is_empty() && self.unreadable.is_empty()
    }

    /// The names, for a message.
    pub(super) fn names(&self) -> Vec<String> {
        let unreadable = self
            .unreadable
            .iter()
            .map(|path| path.display().to_string());
        let named = self.missing.iter().chain(&self.different).cloned();
        named.chain(unreadable).collect()
    }
}

impl Source {
    /// What `metadata` describes, in `folder`.
    pub(super) fn of_archive(folder: &Path, metadata: &Metadata) -> Source {
        Source {
            folder: folder.to_owned(),
            files: metadata.files.clone(),
            tail: metadata.tail.clone(),
        }
    }

    /// All bytes of its files.
    pub(super) fn bytes(&self) -> u64 {
        let tail = self.tail.as_ref().map_or(0, |tail| tail.size);
        self.files.values().map(|file| file.size).sum::<u64>() + tail
    }

    /// Hashes every file.
    pub(super) fn flaws(&self, progress: &Progress) -> Result<Flaws> {
        let mut flaws = Flaws::default();
        let files = self
            .files
            .iter()
            .map(|(name, file)| (name.as_str(), file.size, &file.sha256));
        let tail = self.tail.iter().map(|tail| (TAIL, tail.size, &tail.sha256));
        for (name, size, sha256) in files.chain(tail) {
            let path = self.folder.join(name);
            match atomic::hash_file(&path, progress) {
                Ok((found, hash)) if found == size && hash == *sha256 => {}
                Ok(_) => flaws.different.push(name.to_owned()),
                Err(error) => match error.kind() {
                    std::io::ErrorKind::NotFound => flaws.missing.push(name.to_owned()),
                    std::io::ErrorKind::PermissionDenied => flaws.unreadable.push(path),
                    _ => {
                        return Err(error).with_context(|| format!("reading {}", path.display()));
                    }
                },
            }
        }
        Ok(flaws)
    }

    /// The hashes of its files, by which they are recognised as ours.
    pub(super) fn hashes(&self) -> BTreeSet<String> {
        self.files
            .values()
            .map(|file| file.sha256.clone())
            .collect()
    }

    /// Loads every row of every file, then carries out the journal rows beside them. Returns how many rows there were.
    pub(super) fn load(
        &self,
        rebuild: &Rebuild<'_>,
        registers: &Registers,
        progress: &Progress,
    ) -> Result<u64> {
        let mut rows = 0;
        let known = registers.files();
        let in_order = known
            .iter()
            .copied()
            .filter(|name| self.files.contains_key(*name));
        let others = self
            .files
            .keys()
            .map(String::as_str)
            .filter(|name| !known.contains(name));
        for name in in_order.chain(others) {
            let mut loading = Loading::new(rebuild, registers);
            let found = codec::read(&self.folder.join(name), &mut loading, progress)?;
            ensure!(
                self.files.get(name) == Some(&found),
                "{name} changed while it was being read"
            );
            rows += found.rows();
        }
        let Some(tail) = &self.tail else {
            return Ok(rows);
        };
        let mut last = tail.after;
        segment::read(&self.folder.join(TAIL), progress, |row| {
            ensure!(row.seq == last + 1, "change {} is missing", last + 1);
            last = row.seq;
            rows += 1;
            rebuild.apply(&row)
        })?;
        ensure!(
            last == tail.after + tail.rows,
            "{TAIL} ends at change {last}"
        );
        Ok(rows)
    }
}
