//! How a vault is to work, and why it does something.

use chrono_tz::Tz;

use super::past::Wanted;
use super::progress::Progress;
use super::startup::Beginning;
use super::steps::Steps;
use crate::store::Faults;

/// How a vault is to work.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whether records may begin empty although archives exist.
    pub beginning: Beginning,
    /// The zone of names and days.
    pub zone: Tz,
    /// After how many days archives go.
    pub retention_days: u32,
    /// Whether the journal is mirrored into files. Off only in tests that must see what is lost without it.
    pub mirror: Switch,
    /// What is to be restored by this start.
    pub restore: Option<Wanted>,
    /// Where a test lets the process die.
    pub steps: Steps,
    /// Who is told how far long work has come.
    pub progress: Progress,
    /// What a test breaks in the store.
    pub faults: Faults,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            beginning: Beginning::Careful,
            zone: Tz::UTC,
            retention_days: 7,
            mirror: Switch::On,
            restore: None,
            steps: Steps::default(),
            progress: Progress::default(),
            faults: Faults::default(),
        }
    }
}

/// Whether something is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    /// It is.
    On,
    /// It is not.
    Off,
}

/// Why a save or an archive was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The schedule.
    Scheduled,
    /// Somebody asked for it.
    Requested,
    /// The program stops.
    Stop,
    /// A restore is about to replace the present state.
    BeforeRestore,
    /// The tables are about to be migrated.
    Migration,
}

impl Cause {
    /// As it stands in metadata and log.
    pub fn name(self) -> &'static str {
        match self {
            Cause::Scheduled => "scheduled",
            Cause::Requested => "requested",
            Cause::Stop => "stop",
            Cause::BeforeRestore => "before_restore",
            Cause::Migration => "migration",
        }
    }
}
