//! `greffier check`: what is wrong with the configuration and the data, before any connection.

use std::os::unix::fs::MetadataExt as _;
use std::sync::Arc;

use super::exit::Exit;
use super::gauge::Gauge;
use super::{Desk, online, owner, print, records};
use crate::config::{Config, Loaded, Mistake, Mistakes, token, token_file};
use crate::control::{Answer, Finding, Severity};
use crate::model::Text;
use crate::operate;
use crate::text;

pub(crate) fn check(
    desk: &Desk,
    loaded: Result<Loaded, Mistakes>,
    online: bool,
    json: bool,
) -> anyhow::Result<Exit> {
    let mut findings = Vec::new();
    match loaded {
        Ok(loaded) => {
            findings.push(good(text!(
                "check-config",
                file = match &loaded.config.file {
                    Some(file) => file.display().to_string(),
                    None => desk.say(&text!("check-config-none")),
                }
            )));
            findings.extend(loaded.warnings.into_iter().map(warning));
            match token(&loaded.config, &desk.environment) {
                Ok(_) => {
                    findings.push(good(text!("check-token")));
                    findings.extend(exposed_token(&loaded.config, desk));
                    if online {
                        findings.extend(online::findings(&loaded.config, &desk.environment));
                    }
                }
                Err(mistake) => findings.push(problem(mistake.text())),
            }
            owner::become_owner_of(&loaded.config.paths.data)?;
            let gauge = Gauge::new(Arc::clone(&desk.texts), desk.locale);
            let place = records::place(&loaded.config, desk.registers(), gauge.progress());
            findings.extend(operate::check(&place));
            gauge.close();
            findings.extend(one_disk(&loaded.config));
        }
        Err(mistakes) => findings.extend(mistakes.0.iter().map(Mistake::text).map(problem)),
    }
    let worst =
        findings
            .iter()
            .map(|finding| finding.severity)
            .max_by_key(|severity| match severity {
                Severity::Good => 0,
                Severity::Warning => 1,
                Severity::Problem => 2,
            });
    print::answer(desk, &Answer::Checked { findings }, json)?;
    Ok(match worst {
        Some(Severity::Problem) => Exit::Config,
        _ => Exit::Done,
    })
}

/// Whoever can read the token is the bot.
fn exposed_token(config: &Config, desk: &Desk) -> Option<Finding> {
    let file = config.discord.token_file.as_ref()?;
    let is_read = token_file(config, &desk.environment).as_ref() == Some(file);
    let is_open = file.metadata().ok()?.mode() & 0o077 != 0;
    let command = format!("chmod 600 {}", file.display());
    (is_read && is_open).then(|| warning(text!("check-token-exposed", command = command)))
}

/// What protects from a wrong program does not protect from a dead disk.
fn one_disk(config: &Config) -> Option<Finding> {
    let data = config.paths.data.metadata().ok()?;
    let backups = config.paths.backups.metadata().ok()?;
    (data.dev() == backups.dev()).then(|| warning(text!("check-one-disk")))
}

fn good(text: Text) -> Finding {
    Finding {
        severity: Severity::Good,
        text,
    }
}

fn warning(text: Text) -> Finding {
    Finding {
        severity: Severity::Warning,
        text,
    }
}

fn problem(text: Text) -> Finding {
    Finding {
        severity: Severity::Problem,
        text,
    }
}
