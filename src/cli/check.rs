//! `greffier check`: what is wrong with the configuration and the data, before any connection.

use std::fs::OpenOptions;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use super::exit::Exit;
use super::{Desk, online, owner, print};
use crate::config::{Config, Loaded, Mistake, Mistakes, token};
use crate::control::{Answer, Finding, Severity};
use crate::model::Text;
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
                    if online {
                        findings.extend(online::findings(&loaded.config, &desk.environment));
                    }
                }
                Err(mistake) => findings.push(problem(mistake.text())),
            }
            owner::become_owner_of(&loaded.config.paths.data)?;
            findings.extend(folders(&loaded.config));
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

/// Whether the two folders can be written, and whether one disk holds both.
fn folders(config: &Config) -> Vec<Finding> {
    let data = &config.paths.data;
    let backups = &config.paths.backups;
    let mut findings = vec![writable(data), writable(backups)];
    if let (Ok(one), Ok(other)) = (data.metadata(), backups.metadata())
        && one.dev() == other.dev()
    {
        findings.push(warning(text!("check-one-disk")));
    }
    findings
}

fn writable(folder: &Path) -> Finding {
    let name = folder.display().to_string();
    if !folder.exists() {
        // The start makes it, with its parents: what counts is the first one that is there.
        let above = folder.ancestors().find(|above| above.exists());
        return match above.map(probe) {
            Some(Ok(())) => good(text!("check-folder-new", folder = name)),
            Some(Err(why)) => problem(text!(
                "check-folder-cannot",
                folder = name,
                why = why.to_string()
            )),
            None => problem(text!("check-folder-cannot", folder = name, why = "/")),
        };
    }
    match probe(folder) {
        Ok(()) => good(text!("check-folder", folder = name)),
        Err(why) => problem(text!(
            "check-folder-cannot",
            folder = name,
            why = why.to_string()
        )),
    }
}

/// Permission bits don't tell of read-only mounts, quotas or access lists: a file is made and removed.
fn probe(folder: &Path) -> std::io::Result<()> {
    let file = folder.join(format!(".greffier-check-{}", std::process::id()));
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&file)?;
    std::fs::remove_file(&file)
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
