//! Settings as people type them, and as they read them.

use std::time::Duration;

use super::register::{Consequence, GuildSettings, Setting, Threshold};
use super::rules::WARNING_DAYS;
use crate::model::{ChannelId, Locale, Refusal, RoleId, Text, parse_duration};
use crate::text;

/// The things that a guild can set, by the name that is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, poise::ChoiceParameter)]
pub enum Name {
    /// [`Setting::Prefix`]
    #[name = "prefix"]
    #[name = "préfixe"]
    #[name_localized("fr", "préfixe")]
    Prefix,
    /// [`Setting::Language`]
    #[name = "language"]
    #[name = "langue"]
    #[name_localized("fr", "langue")]
    Language,
    /// [`Setting::LogChannel`]
    #[name = "log_channel"]
    #[name = "salon_journal"]
    #[name_localized("fr", "salon_journal")]
    LogChannel,
    /// [`Setting::ModeratorRoles`]
    #[name = "moderator_roles"]
    #[name = "rôles_modérateurs"]
    #[name_localized("fr", "rôles_modérateurs")]
    ModeratorRoles,
    /// [`Setting::DirectMessages`]
    #[name = "direct_messages"]
    #[name = "messages_privés"]
    #[name_localized("fr", "messages_privés")]
    DirectMessages,
    /// [`Setting::MuteRole`]
    #[name = "mute_role"]
    #[name_localized("fr", "rôle_sourdine")]
    MuteRole,
    /// [`Setting::WarningDays`]
    #[name = "warning_days"]
    #[name = "jours_avertissement"]
    #[name_localized("fr", "jours_avertissement")]
    WarningDays,
    /// [`Setting::Thresholds`]
    #[name = "thresholds"]
    #[name = "seuils"]
    #[name_localized("fr", "seuils")]
    Thresholds,
    /// [`Setting::Reasons`]
    #[name = "reasons"]
    #[name = "motifs"]
    #[name_localized("fr", "motifs")]
    Reasons,
    /// [`Setting::KeepRoles`]
    #[name = "keep_roles"]
    #[name = "garder_rôles"]
    #[name_localized("fr", "garder_rôles")]
    KeepRoles,
    /// [`Setting::KeepRecords`]
    #[name = "keep_records"]
    #[name = "garder_sanctions"]
    #[name_localized("fr", "garder_sanctions")]
    KeepRecords,
}

impl Name {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Name; 11] = [
        Name::Prefix,
        Name::Language,
        Name::LogChannel,
        Name::ModeratorRoles,
        Name::DirectMessages,
        Name::MuteRole,
        Name::WarningDays,
        Name::Thresholds,
        Name::Reasons,
        Name::KeepRoles,
        Name::KeepRecords,
    ];

    /// What it is called in the reader's language.
    pub fn label(self) -> Text {
        Text::new(match self {
            Name::Prefix => "setting-prefix",
            Name::Language => "setting-language",
            Name::LogChannel => "setting-log-channel",
            Name::ModeratorRoles => "setting-moderator-roles",
            Name::DirectMessages => "setting-direct-messages",
            Name::MuteRole => "setting-mute-role",
            Name::WarningDays => "setting-warning-days",
            Name::Thresholds => "setting-thresholds",
            Name::Reasons => "setting-reasons",
            Name::KeepRoles => "setting-keep-roles",
            Name::KeepRecords => "setting-keep-records",
        })
    }

    /// How its value is written.
    fn form(self) -> Text {
        Text::new(match self {
            Name::Prefix => "setting-prefix.form",
            Name::Language => "setting-language.form",
            Name::LogChannel => "setting-log-channel.form",
            Name::ModeratorRoles => "setting-moderator-roles.form",
            Name::DirectMessages => "setting-direct-messages.form",
            Name::MuteRole => "setting-mute-role.form",
            Name::WarningDays => "setting-warning-days.form",
            Name::Thresholds => "setting-thresholds.form",
            Name::Reasons => "setting-reasons.form",
            Name::KeepRoles => "setting-keep-roles.form",
            Name::KeepRecords => "setting-keep-records.form",
        })
    }
}

/// Reads the value of a setting. `default` (or `défaut`) takes it back to the default.
pub fn parse(name: Name, value: &str) -> Result<Setting, Refusal> {
    let value = value.trim();
    let reset = ["default", "défaut", "defaut"].contains(&value.to_lowercase().as_str());
    let refused = || {
        Refusal(text!(
            "refused-setting-value",
            setting = name.label(),
            form = name.form()
        ))
    };
    let chosen = match name {
        Name::Prefix if reset => Some(Setting::Prefix(None)),
        Name::Prefix => Some(Setting::Prefix(Some(value.to_owned()))),
        Name::Language if reset => Some(Setting::Language(None)),
        Name::Language => language(value).map(|locale| Setting::Language(Some(locale))),
        Name::LogChannel if reset || is_no(value) => Some(Setting::LogChannel(None)),
        Name::LogChannel => {
            id(value, "<#").map(|channel| Setting::LogChannel(Some(ChannelId(channel))))
        }
        Name::ModeratorRoles if reset || is_no(value) => Some(Setting::ModeratorRoles(Vec::new())),
        Name::ModeratorRoles => value
            .split([',', ' '])
            .filter(|part| !part.is_empty())
            .map(|part| id(part, "<@&").map(RoleId))
            .collect::<Option<Vec<_>>>()
            .map(Setting::ModeratorRoles),
        Name::DirectMessages if reset => Some(Setting::DirectMessages(None)),
        Name::DirectMessages => {
            yes_or_no(value).map(|chosen| Setting::DirectMessages(Some(chosen)))
        }
        Name::KeepRoles if reset => Some(Setting::KeepRoles(None)),
        Name::KeepRoles => yes_or_no(value).map(|chosen| Setting::KeepRoles(Some(chosen))),
        Name::KeepRecords if reset => Some(Setting::KeepRecords(None)),
        Name::KeepRecords => yes_or_no(value).map(|chosen| Setting::KeepRecords(Some(chosen))),
        // A role is judged before it is chosen, and closed in every channel: `mute_setup` does both.
        Name::MuteRole if reset || is_no(value) => Some(Setting::MuteRole(None)),
        Name::MuteRole => None,
        Name::WarningDays if reset => Some(Setting::WarningDays(None)),
        Name::WarningDays => value
            .parse()
            .ok()
            .filter(|days| *days <= 36_500)
            .map(|days| Setting::WarningDays(Some(days))),
        Name::Thresholds if reset || is_no(value) => Some(Setting::Thresholds(Vec::new())),
        Name::Thresholds => thresholds(value).map(Setting::Thresholds),
        Name::Reasons if reset => Some(Setting::Reasons(Vec::new())),
        Name::Reasons => Some(Setting::Reasons(
            value
                .split(['|', '\n'])
                .map(str::trim)
                .filter(|reason| !reason.is_empty())
                .map(str::to_owned)
                .collect(),
        )),
    };
    chosen.ok_or_else(refused)
}

fn language(value: &str) -> Option<Locale> {
    match value.to_lowercase().as_str() {
        "français" | "francais" | "french" => Some(Locale::Fr),
        "english" | "anglais" => Some(Locale::En),
        tag => tag.parse().ok(),
    }
}

fn yes_or_no(value: &str) -> Option<bool> {
    match value.to_lowercase().as_str() {
        "yes" | "oui" | "on" | "true" => Some(true),
        _ => is_no(value).then_some(false),
    }
}

fn is_no(value: &str) -> bool {
    ["no", "non", "off", "false", "none", "aucun"].contains(&value.to_lowercase().as_str())
}

/// An id, bare or in the mention that begins with `opening`.
fn id(value: &str, opening: &str) -> Option<u64> {
    let digits = value
        .strip_prefix(opening)
        .and_then(|rest| rest.strip_suffix('>'))
        .unwrap_or(value);
    digits.parse().ok().filter(|id| *id > 0)
}

/// `3 in 30d: timeout 1h; 5: kick; 8: ban`, with French words as well.
fn thresholds(value: &str) -> Option<Vec<Threshold>> {
    value
        .split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(threshold)
        .collect()
}

fn threshold(part: &str) -> Option<Threshold> {
    let (when, what) = part.split_once(':')?;
    let words: Vec<&str> = when.split_whitespace().collect();
    let (points, days) = match words.as_slice() {
        [points] => (points.parse().ok()?, 0),
        [points, "in" | "en", window @ ..] => {
            let window = parse_duration(&window.join(" "))?.as_secs();
            let days = window / 86_400;
            (
                points.parse().ok()?,
                u32::try_from(days)
                    .ok()
                    .filter(|_| days > 0 && window % 86_400 == 0)?,
            )
        }
        _ => return None,
    };
    let (act, rest) = what.trim().split_once(' ').unwrap_or((what.trim(), ""));
    let consequence = match act.to_lowercase().as_str() {
        "timeout" | "exclusion" | "sourdine" => Consequence::Timeout {
            seconds: parse_duration(rest)?.as_secs(),
        },
        "kick" | "expulsion" if rest.is_empty() => Consequence::Kick,
        "ban" | "bannissement" if rest.is_empty() => Consequence::Ban,
        _ => return None,
    };
    Some(Threshold {
        points,
        days,
        consequence,
    })
}

/// A setting's present value, for a guild whose defaults are `prefix` and `locale`.
pub fn show(name: Name, settings: &GuildSettings, prefix: &str, locale: Locale) -> Text {
    let or_default = |value: Option<Text>, default: Text| {
        value.unwrap_or_else(|| text!("setting-default", value = default))
    };
    let language = |locale: Locale| {
        Text::new(match locale {
            Locale::Fr => "language-fr",
            Locale::En => "language-en",
        })
    };
    let yes_no = |yes: bool| Text::new(if yes { "yes" } else { "no" });
    match name {
        Name::Prefix => or_default(settings.prefix.clone().map(code), code(prefix.to_owned())),
        Name::Language => or_default(settings.language.map(language), language(locale)),
        Name::LogChannel => match (settings.log_channel, settings.log_channel_lost) {
            (Some(channel), Some(lost)) => {
                text!(
                    "setting-log-channel-lost",
                    channel = channel.mention(),
                    since = lost.markup('f')
                )
            }
            (Some(channel), None) => Text::verbatim(channel.mention()),
            (None, _) => Text::new("setting-none"),
        },
        Name::ModeratorRoles => list(
            settings
                .moderator_roles
                .iter()
                .map(|role| role.mention())
                .collect(),
        )
        .unwrap_or_else(|| Text::new("setting-moderator-roles-default")),
        Name::DirectMessages => or_default(settings.direct_messages.map(yes_no), yes_no(true)),
        Name::KeepRoles => or_default(settings.keep_roles.map(yes_no), yes_no(false)),
        Name::KeepRecords => or_default(settings.keep_records.map(yes_no), yes_no(false)),
        Name::MuteRole => match settings.mute_role {
            Some(role) => Text::verbatim(role.mention()),
            None => Text::new("setting-mute-role-default"),
        },
        Name::WarningDays => or_default(settings.warning_days.map(days), days(WARNING_DAYS)),
        Name::Thresholds => list(settings.thresholds.iter().map(write_threshold).collect())
            .unwrap_or_else(|| Text::new("setting-none")),
        Name::Reasons => list(settings.reasons.clone()).unwrap_or_else(|| {
            text!(
                "setting-default",
                value = Text::new("warnings-preset-reasons")
            )
        }),
    }
}

fn days(days: u32) -> Text {
    if days == 0 {
        Text::new("setting-warning-days-never")
    } else {
        text!("duration-days", n = days)
    }
}

fn code(words: String) -> Text {
    Text::verbatim(format!("`{words}`"))
}

fn list(words: Vec<String>) -> Option<Text> {
    (!words.is_empty())
        .then(|| Text::verbatim(words.join(" · ").chars().take(1000).collect::<String>()))
}

/// As [`parse`] reads it again.
fn write_threshold(threshold: &Threshold) -> String {
    let window = if threshold.days == 0 {
        String::new()
    } else {
        format!(" in {}d", threshold.days)
    };
    let act = match &threshold.consequence {
        Consequence::Timeout { seconds } => {
            format!("timeout {}", short(Duration::from_secs(*seconds)))
        }
        Consequence::Kick => "kick".to_owned(),
        Consequence::Ban => "ban".to_owned(),
    };
    format!("{}{window}: {act}", threshold.points)
}

fn short(length: Duration) -> String {
    let mut seconds = length.as_secs();
    let mut words = String::new();
    for (unit, size) in [("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)] {
        if seconds >= size {
            words.push_str(&format!("{}{unit}", seconds / size));
            seconds %= size;
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_are_read_in_both_languages_and_written_as_they_are_read() {
        let list = thresholds("3 in 30d: timeout 1h30m; 5: kick; 8 en 2 semaines: bannissement")
            .expect("three");
        assert_eq!(
            list.iter().map(write_threshold).collect::<Vec<_>>(),
            ["3 in 30d: timeout 1h30m", "5: kick", "8 in 14d: ban"]
        );
        let again = list
            .iter()
            .map(write_threshold)
            .collect::<Vec<_>>()
            .join("; ");
        assert_eq!(thresholds(&again).as_ref(), Some(&list));
        for wrong in [
            "3",
            "3: hug",
            "x: kick",
            "3 in 5h: kick",
            "3: timeout",
            "3: kick now",
            "3 in: kick",
        ] {
            assert_eq!(thresholds(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn values_are_read_or_refused() {
        assert_eq!(
            parse(Name::LogChannel, "<#42>"),
            Ok(Setting::LogChannel(Some(ChannelId(42))))
        );
        assert_eq!(
            parse(Name::LogChannel, "aucun"),
            Ok(Setting::LogChannel(None))
        );
        assert!(parse(Name::LogChannel, "general").is_err());
        assert_eq!(
            parse(Name::ModeratorRoles, "<@&1>, <@&2>"),
            Ok(Setting::ModeratorRoles(vec![RoleId(1), RoleId(2)]))
        );
        assert_eq!(
            parse(Name::Language, "français"),
            Ok(Setting::Language(Some(Locale::Fr)))
        );
        assert!(parse(Name::Language, "klingon").is_err());
        assert_eq!(
            parse(Name::DirectMessages, "non"),
            Ok(Setting::DirectMessages(Some(false)))
        );
        assert_eq!(
            parse(Name::WarningDays, "défaut"),
            Ok(Setting::WarningDays(None))
        );
        assert!(parse(Name::WarningDays, "99999999").is_err());
    }
}
