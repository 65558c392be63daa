//! Long work on a thread of its own, which lets commands go first and logs where its caller does.

use std::thread;

use anyhow::{Context, Result};
use tracing::dispatcher;

/// How far behind others such a thread stands when processors are scarce (setpriority(2): 0 to 19).
const NICENESS: i32 = 10;

/// Runs `work` on a thread that stands back, and waits for it.
pub(super) fn standing_back<T: Send>(work: impl FnOnce() -> Result<T> + Send) -> Result<T> {
    let log = dispatcher::get_default(Clone::clone);
    thread::scope(|scope| {
        let worker = thread::Builder::new()
            .name("vault-files".to_owned())
            .spawn_scoped(scope, || {
                stand_back();
                dispatcher::with_default(&log, work)
            })
            .context("starting a thread for the files")?;
        match worker.join() {
            Ok(done) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// Lets everyone else go before the calling thread, for good. Where it is refused, its work is only less polite.
pub(super) fn stand_back() {
    // On Linux this is the calling thread alone.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::setpriority_process(None, NICENESS);
}
