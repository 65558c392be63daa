//! Started as root beside records that belong to somebody else, the program becomes that somebody first, so
//! that no file of root's appears among them which the bot could not read the next day.

use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use anyhow::Context as _;
use nix::unistd::{Gid, Uid, setgid, setgroups, setuid};

/// Becomes the owner of `data` where this process is root and the folder is not root's. Changes the whole
/// process, for good; call it before anything is opened, and before there are threads.
///
/// # Errors
/// When the system refuses. Going on as root would be worse than stopping.
pub(crate) fn become_owner_of(data: &Path) -> anyhow::Result<()> {
    if !Uid::effective().is_root() {
        return Ok(());
    }
    let Ok(folder) = std::fs::metadata(data) else {
        return Ok(());
    };
    if folder.uid() == 0 {
        return Ok(());
    }
    let (user, group) = (Uid::from_raw(folder.uid()), Gid::from_raw(folder.gid()));
    let named = || format!("becoming the owner of {} (user {user})", data.display());
    #[cfg(not(target_vendor = "apple"))]
    setgroups(&[group]).with_context(named)?;
    setgid(group).with_context(named)?;
    setuid(user).with_context(named)
}
