//! Answers on standard output: sentences for people, `--json` for scripts.

use std::io::Write as _;

use anyhow::Context as _;
use serde_json::Value;

use super::Desk;
use crate::control::{
    Answer, ArchiveLine, Finding, JournalLine, Mark, PruneLine, Severity, State, VerifiedLine,
};
use crate::model::{Text, Timestamp};
use crate::text;

/// Prints `answer`. As JSON it is the answer itself, with each text also as the sentence in `said`.
pub(crate) fn answer(desk: &Desk, answer: &Answer, json: bool) -> anyhow::Result<()> {
    let lines = if json {
        let mut value = serde_json::to_value(answer).context("writing the answer")?;
        say_texts(desk, &mut value);
        vec![value.to_string()]
    } else {
        lines(desk, answer)
    };
    let mut out = std::io::stdout().lock();
    for line in lines {
        writeln!(out, "{line}").context("writing to standard output")?;
    }
    Ok(())
}

fn lines(desk: &Desk, answer: &Answer) -> Vec<String> {
    match answer {
        Answer::Saved {
            cogs,
            files_written,
            bytes,
            milliseconds,
        } => vec![desk.say(&text!(
            "cli-saved",
            cogs = *cogs,
            files = *files_written,
            size = Text::size(*bytes),
            time = seconds(*milliseconds),
        ))],
        Answer::Archived {
            name,
            files,
            bytes,
            milliseconds,
        } => vec![desk.say(&text!(
            "cli-archived",
            name = name.as_str(),
            files = *files,
            size = Text::size(*bytes),
            time = seconds(*milliseconds),
        ))],
        Answer::Archives { archives } if archives.is_empty() => {
            vec![desk.say(&text!("cli-no-archives"))]
        }
        Answer::Archives { archives } => archives
            .iter()
            .flat_map(|line| archive(desk, line))
            .collect(),
        Answer::Verified { archives } if archives.is_empty() => {
            vec![desk.say(&text!("cli-no-archives"))]
        }
        Answer::Verified { archives } => archives
            .iter()
            .flat_map(|line| verified(desk, line))
            .collect(),
        Answer::Differs { from, to, changes } => differs(desk, from, to, changes),
        Answer::Restored { .. } => restored(desk, answer),
        Answer::Pruned {
            dry_run,
            wait,
            archives,
        } => {
            let lines = archives.iter().map(|line| prune(desk, line, *dry_run));
            let mut lines: Vec<String> = wait
                .iter()
                .map(|wait| desk.say(wait))
                .chain(lines)
                .collect();
            if lines.is_empty() {
                lines.push(desk.say(&text!("cli-no-archives")));
            }
            lines
        }
        Answer::Checked { findings } => findings.iter().map(|found| finding(desk, found)).collect(),
        Answer::Journal { changes } if changes.is_empty() => {
            vec![desk.say(&text!("cli-no-changes"))]
        }
        Answer::Journal { changes } => changes.iter().map(|line| change(desk, line)).collect(),
        Answer::Advanced | Answer::Settled => Vec::new(),
    }
}

fn archive(desk: &Desk, line: &ArchiveLine) -> Vec<String> {
    let facts = text!(
        "cli-archive-line",
        name = line.name.as_str(),
        files = line.files,
        size = Text::size(line.bytes),
        seq = line.seq.to_string(),
    );
    let head = match &line.fault {
        Some(fault) => desk.say(&text!(
            "cli-archive-line-faulty",
            facts = facts,
            fault = fault.clone()
        )),
        None => desk.say(&facts),
    };
    let mut lines = vec![head];
    // One that does not even say when it was made has nothing more to tell.
    if line.made_ms > 0 {
        let mark = |mark: Option<Mark>| match mark {
            Some(mark) => text!(
                "cli-archive-mark",
                at = moment(desk, mark.at_ms),
                time = seconds(mark.milliseconds)
            ),
            None => text!("cli-archive-never"),
        };
        let written = Mark {
            at_ms: line.made_ms,
            milliseconds: line.written_in_ms,
        };
        lines.push(desk.say(&text!(
            "cli-archive-marks",
            written = mark(Some(written)),
            verified = mark(line.verified),
            proved = mark(line.proved),
        )));
    }
    lines
}

fn verified(desk: &Desk, line: &VerifiedLine) -> Vec<String> {
    let name = line.name.as_str();
    let facts = text!(
        "cli-verified-facts",
        size = Text::size(line.bytes),
        time = seconds(line.milliseconds)
    );
    let mut lines = Vec::new();
    if line.flaws.is_empty() {
        lines.push(match line.proof {
            Some(proof) => text!(
                "cli-verified-proved",
                name = name,
                facts = facts,
                rows = proof.rows,
                time = seconds(proof.milliseconds)
            ),
            None => text!("cli-verified", name = name, facts = facts),
        });
    } else {
        lines.push(text!("cli-verified-damaged", name = name, facts = facts));
        let flaws = line.flaws.iter().cloned();
        lines.extend(flaws.map(|flaw| text!("cli-verified-flaw", flaw = flaw)));
    }
    if let Some(why) = &line.unnoted {
        lines.push(text!("cli-verified-unnoted", why = why.as_str()));
    }
    lines.iter().map(|text| desk.say(text)).collect()
}

fn differs(desk: &Desk, from: &State, to: &State, changes: &[Text]) -> Vec<String> {
    let name = |state: &State| match state {
        State::Now => text!("cli-state-now"),
        State::Archive { name } => text!("cli-state-archive", name = name.as_str()),
        State::At { at_ms } => text!("cli-state-at", at = moment(desk, *at_ms)),
    };
    let head = match changes.is_empty() {
        true => text!("cli-diff-none", from = name(from), to = name(to)),
        false => text!("cli-diff", from = name(from), to = name(to)),
    };
    let told = changes.iter().map(|change| desk.say(change));
    std::iter::once(desk.say(&head)).chain(told).collect()
}

fn restored(desk: &Desk, answer: &Answer) -> Vec<String> {
    let Answer::Restored {
        archive,
        rows,
        replayed,
        safety,
        erased,
        changes,
    } = answer
    else {
        return Vec::new();
    };
    let mut told = vec![text!(
        "cli-restored",
        archive = archive.as_str(),
        rows = *rows,
        replayed = *replayed
    )];
    told.extend(changes.iter().cloned());
    if *erased > 0 {
        told.push(text!("cli-restored-erased", count = *erased));
    }
    told.push(match safety {
        Some(safety) => text!("cli-restored-safety", name = safety.as_str()),
        None => text!("cli-restored-nothing-before"),
    });
    told.iter().map(|text| desk.say(text)).collect()
}

fn moment(desk: &Desk, at_ms: i64) -> String {
    Timestamp(at_ms)
        .to_utc()
        .with_timezone(&desk.zone)
        .format("%Y-%m-%d %H:%M:%S")
        .to_string()
}

fn prune(desk: &Desk, line: &PruneLine, dry_run: bool) -> String {
    let (name, why) = (line.name.as_str(), line.why.clone());
    desk.say(&match (line.is_kept, dry_run) {
        (true, _) => text!("cli-prune-kept", name = name, why = why),
        (false, true) => text!("cli-prune-would-go", name = name, why = why),
        (false, false) => text!("cli-prune-gone", name = name, why = why),
    })
}

fn finding(desk: &Desk, found: &Finding) -> String {
    let what = found.text.clone();
    desk.say(&match found.severity {
        Severity::Good => text!("check-good", what = what),
        Severity::Warning => text!("check-warning", what = what),
        Severity::Problem => text!("check-problem", what = what),
    })
}

fn change(desk: &Desk, line: &JournalLine) -> String {
    let nobody = || desk.say(&text!("cli-journal-bot"));
    desk.say(&text!(
        "cli-journal-line",
        seq = line.seq.to_string(),
        at = moment(desk, line.at_ms),
        actor = line.actor.clone().unwrap_or_else(nobody),
        guild = line.guild.clone().unwrap_or_else(|| "-".to_owned()),
        register = line.register.as_str(),
        change = line.change.to_string(),
    ))
}

/// Each `{key, args}` in an answer becomes `{key, said}`: the key for the script, the sentence for its user.
fn say_texts(desk: &Desk, value: &mut Value) {
    if let Ok(text) = serde_json::from_value::<Text>(value.clone())
        && let Some(object) = value.as_object_mut()
    {
        object.remove("args");
        object.insert("said".to_owned(), desk.say(&text).into());
        return;
    }
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| say_texts(desk, item)),
        Value::Object(fields) => fields.values_mut().for_each(|field| say_texts(desk, field)),
        _ => {}
    }
}

fn seconds(milliseconds: u64) -> String {
    format!("{}.{:03} s", milliseconds / 1000, milliseconds % 1000)
}
