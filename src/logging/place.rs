//! A line fitted to where it goes: a terminal, the journal of systemd, a file, a program.

use std::fmt::Write as _;
use std::fs::File;
use std::io::IsTerminal as _;
use std::os::fd::AsFd as _;
use std::os::unix::fs::MetadataExt as _;

use chrono::{DateTime, SecondsFormat};
use chrono_tz::Tz;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use tracing::Level;

use super::Line;
use crate::config::LogFormat;

/// Where lines go, as far as it changes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A person's terminal: time and colours.
    Terminal,
    /// A file or a pipe: time, no colours.
    Plain,
    /// The journal of systemd: it has the time already, shows no colours, and reads the priority from a
    /// prefix `<N>` (sd-daemon(3)).
    Journal,
    /// One JSON object a line.
    Json,
}

impl Shape {
    /// The shape that fits this process's standard error.
    pub fn of_standard_error(format: LogFormat) -> Self {
        let is_colour_wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        match format {
            LogFormat::Json => Self::Json,
            LogFormat::Auto | LogFormat::Text if goes_to_journal() => Self::Journal,
            LogFormat::Auto | LogFormat::Text
                if is_colour_wanted && std::io::stderr().is_terminal() =>
            {
                Self::Terminal
            }
            LogFormat::Auto | LogFormat::Text => Self::Plain,
        }
    }
}

/// systemd sets `JOURNAL_STREAM` to the device and inode of the stream (systemd.exec(5)); a child whose
/// standard error was redirected since still sees the variable, so the two are compared.
fn goes_to_journal() -> bool {
    let Ok(stream) = std::env::var("JOURNAL_STREAM") else {
        return false;
    };
    let Ok(stderr) = std::io::stderr().as_fd().try_clone_to_owned() else {
        return false;
    };
    File::from(stderr)
        .metadata()
        .is_ok_and(|stderr| stream == format!("{}:{}", stderr.dev(), stderr.ino()))
}

/// The line as it stands in `shape`, without its line feed.
pub(super) fn written(line: &Line, shape: Shape, now: &DateTime<Tz>) -> String {
    let Line {
        level,
        event,
        message,
        fields,
    } = line;
    let (name, colour, priority) = appearance(*level);
    if shape == Shape::Json {
        return json!({
            "time": now.to_rfc3339_opts(SecondsFormat::Millis, true),
            "level": name.to_lowercase(),
            "event": event,
            "message": message,
            "fields": fields,
        })
        .to_string();
    }
    let mut tail = format!("event={event}");
    for (name, value) in fields {
        write!(tail, " {name}={}", shown(value)).expect("writing to a string");
    }
    let message = one_line(message);
    match shape {
        Shape::Terminal => {
            let time = now.format("%H:%M:%S");
            format!(
                "\x1b[2m{time}\x1b[0m \x1b[{colour}m{name:<5}\x1b[0m {message}  \x1b[2m{tail}\x1b[0m"
            )
        }
        Shape::Journal => format!("<{priority}>{message}  {tail}"),
        Shape::Plain | Shape::Json => {
            let time = now.to_rfc3339_opts(SecondsFormat::Millis, true);
            format!("{time} {name:<5} {message}  {tail}")
        }
    }
}

/// Puts `[secret]` wherever one of `secrets` stands.
pub(super) fn redact(line: &mut String, secrets: &[SecretString]) {
    for secret in secrets {
        let secret = secret.expose_secret();
        if !secret.is_empty() && line.contains(secret) {
            *line = line.replace(secret, "[secret]");
        }
    }
}

/// A level's name, its colour on a terminal (ECMA-48), and its priority in syslog (RFC 5424).
fn appearance(level: Level) -> (&'static str, &'static str, u8) {
    match level {
        Level::ERROR => ("ERROR", "31", 3),
        Level::WARN => ("WARN", "33", 4),
        Level::INFO => ("INFO", "32", 6),
        Level::DEBUG => ("DEBUG", "34", 7),
        Level::TRACE => ("TRACE", "35", 7),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text)
            if !text.is_empty()
                && !text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '"') =>
        {
            text.clone()
        }
        other => other.to_string(),
    }
}

/// Nothing that a member wrote may forge a second line or speak to the terminal.
fn one_line(message: &str) -> String {
    if !message.contains(char::is_control) {
        return message.to_owned();
    }
    message
        .chars()
        .flat_map(|c| {
            let escaped = c.is_control().then(|| c.escape_default());
            let plain = (!c.is_control()).then_some(c);
            escaped.into_iter().flatten().chain(plain)
        })
        .collect()
}
