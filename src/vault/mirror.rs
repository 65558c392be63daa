//! The journal's portable copy: each commit's rows appended to a file, which outlives a lost database.
//!
//! Trouble here harms no one who waits: the rows are safe in the journal, and are written later from there.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};

use super::atomic;
use super::generation::Generation;
use super::sealed::Manifest;
use super::segment::{self, Head};
use super::site::Site;
use crate::store::{CommitSink, JournalFilter, JournalRow, RESTORED, Store};

/// The mirror of one running store; clones share it.
#[derive(Clone)]
pub(super) struct Mirror {
    state: Arc<Mutex<State>>,
}

struct State {
    folder: PathBuf,
    head: Head,
    path: PathBuf,
    file: File,
    /// Bytes of the segment that hold whole lines.
    length: u64,
    /// The newest position in the file.
    written: u64,
    /// The newest position that an fsync has covered.
    synced: u64,
    /// The rows after this position are needed to recover from the saves.
    base: u64,
    /// What went wrong, until it is mended.
    trouble: Option<String>,
    buffer: Vec<u8>,
}

/// What a sync of the mirror came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MirrorReport {
    /// The newest journal position that is durable in the mirror.
    pub seq: u64,
    /// How many changes became durable there by this.
    pub changes: u64,
    /// What is wrong with it; nothing is lost by that while the database stands.
    pub trouble: Option<String>,
}

impl Mirror {
    /// Begins a new segment, in the folder of segments. The rows after `base` are those that the saves lack.
    pub(super) fn begin(folder: PathBuf, head: Head, base: u64) -> Result<Mirror> {
        atomic::make_folder(&folder)?;
        let (path, file, length) = segment::create(&folder, &head)?;
        Ok(Mirror {
            state: Arc::new(Mutex::new(State {
                folder,
                path,
                file,
                length,
                written: head.after,
                synced: head.after,
                base: base.min(head.after),
                trouble: None,
                buffer: Vec::new(),
                head,
            })),
        })
    }

    /// What the store hands every commit to.
    pub(super) fn sink(&self) -> Box<dyn CommitSink> {
        Box::new(self.clone())
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is wrong, if something is.
    pub(super) fn trouble(&self) -> Option<String> {
        self.lock().trouble.clone()
    }

    /// Says which save the rows must follow.
    pub(super) fn set_base(&self, save: &Manifest) {
        let mut state = self.lock();
        if (&save.database, save.epoch) == (&state.head.database, state.head.epoch) {
            state.base = save.seq;
        }
    }

    /// The newest position that an fsync has covered.
    pub(super) fn synced(&self) -> u64 {
        self.lock().synced
    }

    /// Writes what is missing from the journal, and makes all of it durable.
    pub(super) fn sync(&self, store: &Store) -> MirrorReport {
        let before = self.synced();
        let trouble = self.try_sync(store).err();
        let mut state = self.lock();
        if let Some(error) = trouble {
            state.fail(&error);
        }
        MirrorReport {
            seq: state.synced,
            changes: state.synced.saturating_sub(before),
            trouble: state.trouble.clone(),
        }
    }

    fn try_sync(&self, store: &Store) -> Result<()> {
        let (file, written) = {
            let mut state = self.lock();
            if !state.is_in_place() {
                // Removed, or on a disk that went away: what was written there is nowhere now.
                (state.written, state.synced) = (state.base, state.base);
                state.trouble = Some("the journal's copy was removed".to_owned());
                atomic::make_folder(&state.folder)?;
                state.start_over()?;
            }
            if state.trouble.is_some() || state.written < *store.committed().borrow() {
                state.catch_up(store)?;
            }
            if state.written == state.synced {
                return Ok(());
            }
            (state.file.try_clone()?, state.written)
        };
        // Without the lock: commits go on while the disk works.
        let synced = file.sync_data();
        let mut state = self.lock();
        match synced {
            Ok(()) => {
                state.synced = state.synced.max(written);
                Ok(())
            }
            Err(error) => {
                // A second fsync of this file would say "done" and lie: the rows go into a new file.
                state.written = state.synced;
                state.start_over()?;
                Err(error).with_context(|| format!("making {} durable", state.path.display()))
            }
        }
    }

    /// Begins the next segment behind what is durable, if the present one holds at least so many bytes. Trouble with it is
    /// the mirror's, as in [`Mirror::sync`].
    pub(super) fn rotate(&self, store: &Store, least: u64) {
        if let Err(error) = self.try_rotate(store, least) {
            self.lock().fail(&error);
        }
    }

    /// [`Mirror::rotate`] for who must know that it was done.
    pub(super) fn end_segment(&self, store: &Store) -> Result<()> {
        self.try_rotate(store, 0)
    }

    /// The segment that is written to.
    pub(super) fn path(&self) -> PathBuf {
        self.lock().path.clone()
    }

    /// Commits wait for it only as long as the few rows since the last fsync take.
    fn try_rotate(&self, store: &Store, least: u64) -> Result<()> {
        self.try_sync(store)?;
        let (folder, head) = {
            let state = self.lock();
            if state.head.after == state.synced || state.length < least {
                return Ok(());
            }
            let head = Head {
                after: state.synced,
                ..state.head.clone()
            };
            (state.folder.clone(), head)
        };
        let (path, file, length) = segment::create(&folder, &head)?;
        let mut state = self.lock();
        state.written = head.after;
        (state.path, state.file, state.length, state.head) = (path, file, length, head);
        state.catch_up(store)
    }
}

impl State {
    fn fail(&mut self, error: &anyhow::Error) {
        // Once: it is tried again every few seconds.
        if self.trouble.is_none() {
            tracing::error!(event = "mirror_failed", error = %format!("{error:#}"));
        }
        self.trouble = Some(format!("{error:#}"));
    }

    /// Whether the file that is written to is still the one with the segment's name.
    fn is_in_place(&self) -> bool {
        let place = std::fs::metadata(&self.path).map(|found| (found.dev(), found.ino()));
        let file = self.file.metadata().map(|found| (found.dev(), found.ino()));
        matches!((place, file), (Ok(place), Ok(file)) if place == file)
    }

    fn start_over(&mut self) -> Result<()> {
        let head = Head {
            after: self.written,
            ..self.head.clone()
        };
        let (path, file, length) = segment::create(&self.folder, &head)?;
        (self.path, self.file, self.length, self.head) = (path, file, length, head);
        Ok(())
    }

    /// Appends the rows that the journal has and the file has not.
    fn catch_up(&mut self, store: &Store) -> Result<()> {
        let filter = JournalFilter {
            after: self.written,
            ..JournalFilter::default()
        };
        self.file.set_len(self.length)?;
        self.file.seek(SeekFrom::Start(self.length))?;
        store.read_blocking(|reader| reader.journal(filter, |row| self.append(&[row])))?;
        if self.trouble.take().is_some() {
            tracing::info!(event = "mirror_mended", seq = self.written);
        }
        Ok(())
    }

    fn append(&mut self, rows: &[JournalRow]) -> Result<()> {
        self.buffer.clear();
        let mut last = self.written;
        for row in rows.iter().filter(|row| row.seq > self.written) {
            segment::append_line(&mut self.buffer, row)?;
            last = row.seq;
        }
        self.file
            .write_all(&self.buffer)
            .with_context(|| format!("writing {}", self.path.display()))?;
        self.length += self.buffer.len() as u64;
        self.written = last;
        Ok(())
    }
}

impl CommitSink for Mirror {
    fn committed(&mut self, rows: &[JournalRow]) {
        let mut state = self.lock();
        if state.trouble.is_some() {
            return;
        }
        if rows.first().is_some_and(|row| row.seq > state.written + 1) {
            // Attached late, or a failed write before this one: the next sync reads them from the journal.
            return;
        }
        if let Err(error) = state.append(rows) {
            state.fail(&error);
        }
    }
}

/// Begins the mirror where the last segment of this epoch ends.
pub(super) fn begin(site: &Site, store: &Store) -> Result<Mirror> {
    let (uuid, epoch, seq, restored) = store.read_blocking(|reader| {
        let (uuid, epoch) = reader.identity()?;
        let restored = reader.activity(RESTORED, None)?;
        Ok((uuid, epoch, reader.seq()?, restored))
    })?;
    let (segments, _) = segment::list(&site.layout.journal())?;
    let last = segments
        .iter()
        .rfind(|segment| segment.head.database == uuid && segment.head.epoch == epoch);
    // What the newest whole generation lacks; before the first save, everything of this epoch.
    let saves = [site.layout.previous(), site.layout.data.clone()];
    let base = saves
        .iter()
        .filter_map(|folder| Generation::load(folder).ok().flatten())
        .find(|save| save.manifest.database == uuid && save.manifest.epoch == epoch)
        .map_or(if epoch == 1 { 0 } else { seq }, |save| save.manifest.seq);
    let after = match last {
        Some(last) => segment::last_row(&last.path)?.map_or(last.head.after, |row| row.seq),
        // The change that began this epoch belongs to its history.
        None => restored.map_or(base, |restored| base.min(restored.seq - 1)),
    };
    let mirror = Mirror::begin(site.layout.journal(), Head::new(&uuid, epoch, after), base)?;
    store.attach(mirror.sink())?;
    Ok(mirror)
}
