//! `greffier try`: what was typed, and what is configured, as what the prompt needs.

use std::path::PathBuf;
use std::sync::Arc;

use super::exit::Exit;
use super::run::records_refused;
use super::{Desk, config_or_exit, owner, runtime};
use crate::config::{Loaded, Mistakes};
use crate::try_out::{Options, Said, try_out};
use crate::vault;

/// What can be typed after `greffier try`.
pub(super) struct Typed {
    pub(super) script: Option<PathBuf>,
    pub(super) data: Option<PathBuf>,
    pub(super) backups: Option<PathBuf>,
}

pub(super) fn attempt(
    desk: &Desk,
    typed: Typed,
    loaded: Result<Loaded, Mistakes>,
) -> anyhow::Result<Exit> {
    let config = match config_or_exit(desk, loaded) {
        Ok(config) => config,
        Err(exit) => return Ok(exit),
    };
    if let Some(data) = &typed.data {
        owner::become_owner_of(data)?;
    }
    for folder in typed.data.iter().chain(&typed.backups) {
        if let Err(error) = vault::make_writable(folder) {
            eprintln!("greffier: {}", desk.say(&error.text()));
            return Ok(records_refused(&error));
        }
    }
    let options = Options {
        texts: Arc::clone(&desk.texts),
        locale: desk.locale,
        zone: config.timezone,
        prefix: config.prefix,
        config: config.file,
        script: typed.script,
        data: typed.data,
        backups: typed.backups,
    };
    let runtime = runtime()?;
    let tried = runtime.block_on(try_out(options));
    // Somebody may still be about to type a line that is not wanted any more.
    runtime.shutdown_background();
    match tried {
        Ok(true) => Ok(Exit::Done),
        Ok(false) => Ok(Exit::Failed),
        Err(error) => match error.downcast::<Said>() {
            Ok(Said(why)) => {
                eprintln!("greffier: {}", desk.say(&why));
                Ok(Exit::Failed)
            }
            Err(error) => Err(error),
        },
    }
}
