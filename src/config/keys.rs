//! The keys that exist: their names, and what each accepts.

use std::path::PathBuf;
use std::time::Duration;

use super::value::Value;
use super::{Config, LogFormat, SecretAddress};
use crate::model::Text;
use crate::text;

/// One key of `config.toml`.
pub struct Key {
    /// Its name, with its section: `prefix`, `discord.api_url`.
    pub name: &'static str,
    pub(super) set: fn(&mut Config, &Value<'_>) -> Result<(), Text>,
}

impl Key {
    /// The variable that overrides it: `discord.api_url` is `GREFFIER_DISCORD__API_URL`.
    pub fn variable(&self) -> String {
        format!("GREFFIER_{}", self.name.replace('.', "__").to_uppercase())
    }
}

/// Every key, in the order of `config.toml`.
pub fn keys() -> &'static [Key] {
    KEYS
}

/// The sections that keys stand in.
pub(super) const KEY_SECTIONS: &[&str] = &["paths", "discord", "attachments", "alerts", "log"];

const KEYS: &[Key] = &[
    key("locale", |config, value| {
        config.locale = value
            .text()?
            .parse()
            .map_err(|_| text!("config-wants-locale", got = value.shown()))?;
        Ok(())
    }),
    key("timezone", |config, value| {
        let name = value.text()?;
        config.timezone =
            chrono_tz::Tz::from_str_insensitive(&name).map_err(|_| wrong_zone(&name))?;
        Ok(())
    }),
    key("prefix", |config, value| {
        let prefix = value.text()?;
        let fits = (1..=5).contains(&prefix.chars().count());
        if !fits || prefix.contains(char::is_whitespace) || prefix.starts_with('/') {
            return Err(text!("config-wants-prefix", got = value.shown()));
        }
        config.prefix = prefix;
        Ok(())
    }),
    key("owners", |config, value| {
        config.owners = value.snowflakes()?;
        Ok(())
    }),
    key("member_pace", |config, value| {
        config.member_pace = u32::try_from(value.count(0..=1000)?).expect("the range fits");
        Ok(())
    }),
    key("auto_save_interval", |config, value| {
        config.auto_save_interval = seconds(value.count(10..=86_400)?);
        Ok(())
    }),
    key("mirror_sync_interval", |config, value| {
        config.mirror_sync_interval = seconds(value.count(1..=3600)?);
        Ok(())
    }),
    key("backup_retention_days", |config, value| {
        let days = value.count(1..=36_500)?;
        config.backup_retention_days = u32::try_from(days).expect("the range fits");
        Ok(())
    }),
    key("daily_backup_enabled", |config, value| {
        config.daily_backup_enabled = value.flag()?;
        Ok(())
    }),
    key("daily_backup_time", |config, value| {
        config.daily_backup_time = value.time_of_day()?;
        Ok(())
    }),
    key("cleanup_time", |config, value| {
        config.cleanup_time = value.time_of_day()?;
        Ok(())
    }),
    key("paths.data", |config, value| {
        config.paths.data = folder(value)?;
        Ok(())
    }),
    key("paths.backups", |config, value| {
        config.paths.backups = folder(value)?;
        Ok(())
    }),
    key("discord.api_url", |config, value| {
        let url = value.text()?;
        config.discord.api_url = match url.trim().trim_end_matches('/') {
            "" => None,
            url if is_safe_address(url) => Some(url.to_owned()),
            _ => return Err(text!("config-wants-address", got = value.shown())),
        };
        Ok(())
    }),
    key("discord.token_file", |config, value| {
        let path = value.text()?;
        config.discord.token_file = (!path.is_empty()).then(|| PathBuf::from(path));
        Ok(())
    }),
    key("attachments.largest_mib", |config, value| {
        config.attachments.largest = mebibytes(value.count(0..=500)?);
        Ok(())
    }),
    key("attachments.quota_mib", |config, value| {
        config.attachments.quota = mebibytes(value.count(0..=1_048_576)?);
        Ok(())
    }),
    key("attachments.types", |config, value| {
        let types = value.text()?;
        let types = types.split(',').map(|name| name.trim().to_lowercase());
        let types: Vec<String> = types.filter(|name| !name.is_empty()).collect();
        let is_type = |name: &String| {
            let mut halves = name.split('/');
            let is_word = |half: Option<&str>| half.is_some_and(|half| !half.is_empty());
            is_word(halves.next()) && is_word(halves.next()) && halves.next().is_none()
        };
        if !types.iter().all(is_type) {
            return Err(text!("config-wants-media-types", got = value.shown()));
        }
        config.attachments.types = types;
        Ok(())
    }),
    key("alerts.ping_url", |config, value| {
        let url = value.text()?;
        config.alerts.ping_url = match url.trim() {
            "" => None,
            url if is_safe_address(url) => Some(SecretAddress(url.to_owned())),
            // Not shown: it is a secret, even where it is mistyped.
            _ => return Err(Text::new("config-wants-ping")),
        };
        Ok(())
    }),
    key("log.format", |config, value| {
        config.log.format = match value.text()?.as_str() {
            "auto" => LogFormat::Auto,
            "text" => LogFormat::Text,
            "json" => LogFormat::Json,
            _ => return Err(text!("config-wants-log-format", got = value.shown())),
        };
        Ok(())
    }),
];

const fn key(name: &'static str, set: fn(&mut Config, &Value<'_>) -> Result<(), Text>) -> Key {
    Key { name, set }
}

fn seconds(count: i64) -> Duration {
    Duration::from_secs(count.unsigned_abs())
}

fn mebibytes(count: i64) -> u64 {
    count.unsigned_abs() * 1024 * 1024
}

fn folder(value: &Value<'_>) -> Result<PathBuf, Text> {
    let path = value.text()?;
    if path.trim().is_empty() {
        return Err(text!("config-wants-folder", got = value.shown()));
    }
    Ok(PathBuf::from(path))
}

/// The token travels to this address: in clear only within this machine.
fn is_safe_address(url: &str) -> bool {
    if let Some(rest) = url.strip_prefix("https://") {
        return !rest.is_empty();
    }
    let Some(rest) = url.strip_prefix("http://") else {
        return false;
    };
    let host = rest.split('/').next().unwrap_or_default();
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    matches!(host, "127.0.0.1" | "localhost" | "[::1]")
}

fn wrong_zone(name: &str) -> Text {
    let nearest = nearest(name, chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()));
    match nearest {
        Some(nearest) => text!("config-wants-zone-near", got = name, nearest = nearest),
        None => text!("config-wants-zone", got = name),
    }
}

/// The candidate that somebody probably meant, if any is near enough to be worth a question.
pub(super) fn nearest<'a>(
    word: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let word = word.to_lowercase();
    candidates
        .map(|candidate| {
            let whole = candidate.to_lowercase();
            let last = whole.rsplit(['.', '/']).next().unwrap_or(&whole);
            // A key written in the wrong section has the right last word.
            let likeness = strsim::normalized_damerau_levenshtein(&word, &whole)
                .max(strsim::normalized_damerau_levenshtein(&word, last))
                .max(match word.rsplit(['.', '/']).next() {
                    Some(end) if end == last => 0.9,
                    _ => 0.0,
                });
            (likeness, candidate)
        })
        .filter(|(likeness, _)| *likeness >= 0.55)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}
