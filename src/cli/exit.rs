//! What the program's end tells the shell and systemd.

use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// As asked.
    Done,
    /// It went wrong here; trying again may help.
    Failed,
    /// The command line was mistyped.
    Usage,
    /// The data folder is in use by another process (`EX_TEMPFAIL` of sysexits.h).
    Busy,
    /// Somebody must mend the configuration, the token or the data first (`EX_CONFIG` of sysexits.h): systemd is told not to
    /// restart on it.
    Config,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::Usage => 2,
            Exit::Busy => 75,
            Exit::Config => 78,
        })
    }
}
