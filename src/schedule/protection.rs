//! The tasks that protect the records: hourly save, mirror, nightly archive, pruning.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Result, bail};
use chrono::NaiveTime;
use futures::future::BoxFuture;

use super::{Lane, Timetable, When};
use crate::vault::{Cause, Census, Mode, Vault};

/// When the records are protected.
#[derive(Clone, Debug)]
pub struct Rhythm {
    /// Between two saves.
    pub auto_save: Duration,
    /// Between two fsyncs of the journal's copy.
    pub mirror_sync: Duration,
    /// The local time of the nightly archive; `None`: none is made.
    pub daily_archive: Option<NaiveTime>,
    /// The local time of pruning.
    pub prune: NaiveTime,
}

/// What these tasks ask of the rest of the program, and what they tell it.
pub struct Outside {
    /// What the bot sees when an archive is made; `None` while it sees nothing.
    pub census: Box<dyn Fn() -> Option<Census> + Send + Sync>,
    /// Hears the position after which the journal was copied anew.
    pub copied: Box<dyn Fn(u64) -> Result<()> + Send + Sync>,
    /// Hears that tonight's archive was made and proven.
    pub proven: Box<dyn Fn() -> BoxFuture<'static, ()> + Send + Sync>,
}

impl Default for Outside {
    /// Nothing is seen, and nobody listens.
    fn default() -> Self {
        Outside {
            census: Box::new(|| None),
            copied: Box::new(|_| Ok(())),
            proven: Box::new(|| Box::pin(std::future::ready(()))),
        }
    }
}

/// Adds the tasks `auto_save`, `mirror_sync`, `daily_archive` and `prune`.
pub fn protect(
    timetable: Timetable,
    vault: &Vault,
    rhythm: &Rhythm,
    outside: Outside,
) -> Result<Timetable> {
    let Outside {
        census,
        copied,
        proven,
    } = outside;
    let (copied, proven) = (Arc::new(copied), Arc::new(proven));
    let saves = vault.clone();
    let mirrors = vault.clone();
    let prunes = vault.clone();
    let archives = vault.clone();
    let mut timetable = timetable
        .task(
            "auto_save",
            Lane::Files,
            When::every(rhythm.auto_save),
            move || {
                let vault = saves.clone();
                async move { vault.off_thread(save).await }
            },
        )
        .task(
            "mirror_sync",
            Lane::Short,
            When::every(rhythm.mirror_sync),
            move || {
                let (vault, copied) = (mirrors.clone(), Arc::clone(&copied));
                async move {
                    vault
                        .off_thread(move |vault| sync_mirror(vault, &*copied))
                        .await
                }
            },
        )
        .task(
            "prune",
            Lane::Files,
            When::daily(rhythm.prune)?,
            move || {
                let vault = prunes.clone();
                async move {
                    vault
                        .off_thread(|vault| vault.prune(Mode::Real).map(drop))
                        .await
                }
            },
        );
    if let Some(time) = rhythm.daily_archive {
        timetable = timetable.task(
            "daily_archive",
            Lane::Files,
            When::daily(time)?,
            move || {
                let (vault, census, proven) = (archives.clone(), census(), proven.clone());
                async move {
                    vault
                        .off_thread(move |vault| archive(vault, census))
                        .await?;
                    proven().await;
                    Ok(())
                }
            },
        );
    }
    tracing::info!(event = "auto_save_task_started");
    Ok(timetable)
}

fn save(vault: &Vault) -> Result<()> {
    let report = vault.save(Cause::Scheduled)?;
    if report.postponed {
        bail!("an archive in the data folder waits for a restart");
    }
    Ok(())
}

fn sync_mirror(vault: &Vault, copied: &dyn Fn(u64) -> Result<()>) -> Result<()> {
    let report = vault.sync_mirror();
    if let Some(trouble) = report.trouble {
        bail!("the journal's copy: {trouble}");
    }
    match report.changes {
        0 => Ok(()),
        changes => copied(report.seq.saturating_sub(changes)),
    }
}

/// The nightly archive, the proof that it can be restored, and the check of every page of the database.
fn archive(vault: &Vault, census: Option<Census>) -> Result<()> {
    let made = vault.archive(Cause::Scheduled, census)?;
    let archives = vault.archives()?;
    if let Some(archive) = archives.iter().find(|archive| archive.name == made.name) {
        vault.prove(archive)?;
    }
    vault.check_database()
}
