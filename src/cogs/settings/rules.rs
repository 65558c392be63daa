//! Who may change a guild's settings, what they may be, and who is a moderator.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::register::{self, Change, Consequence, GuildSettings, Setting, Settings};
use crate::model::{
    ChannelId, Effect, Erased, GuildId, Locale, Post, Refusal, Rejection, RoleId, Standing, Text,
    UserId,
};
use crate::store::{Reader, Tx};
use crate::text;

/// A warning counts for this many days unless the guild says otherwise.
pub const WARNING_DAYS: u32 = 90;
/// Discord lets a timeout end at most this far ahead.
pub const LONGEST_TIMEOUT: Duration = Duration::from_secs(28 * 24 * 3600);
/// A prefix longer than this is a sentence.
const LONGEST_PREFIX: usize = 5;
/// Thresholds and preset reasons a guild may have; autocomplete shows at most 25 (Discord's limit).
const LONGEST_LIST: usize = 25;
/// A choice of an autocomplete is at most this long, in characters (Discord's limit).
const LONGEST_REASON: usize = 100;

/// What a changed setting came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Changed {
    /// It is kept.
    Kept,
    /// It was so already; nothing was recorded.
    Unchanged,
}

impl GuildSettings {
    /// Whether `member` moderates here: administrators always; then the guild's moderator roles, or until some are set,
    /// whoever holds MODERATE_MEMBERS.
    pub fn is_moderator(&self, member: &Standing) -> bool {
        if member.administers() {
            return true;
        }
        if self.moderator_roles.is_empty() {
            return member.moderates;
        }
        self.moderator_roles
            .iter()
            .any(|role| member.roles.contains(role))
    }

    /// The log channel, unless it is known to be gone.
    pub fn usable_log_channel(&self) -> Option<ChannelId> {
        self.log_channel.filter(|_| self.log_channel_lost.is_none())
    }
}

/// The guild's settings, for whoever moderates there; a refusal for everyone else.
pub fn for_moderator(
    tx: &Tx<'_>,
    guild: GuildId,
    member: &Standing,
) -> Result<GuildSettings, Rejection> {
    let settings = register::of(tx, guild)?;
    if settings.is_moderator(member) {
        Ok(settings)
    } else {
        Err(moderators_only().into())
    }
}

/// The sentence for those who do not moderate.
pub fn moderators_only() -> Refusal {
    Refusal::new("refused-moderators-only")
}

/// The sentence for those who do not administer.
pub fn administrators_only() -> Refusal {
    Refusal::new("refused-administrators-only")
}

/// Which of these guilds keep the moderation records, without content, of somebody who is erased.
pub fn erased(reader: &Reader<'_>, person: UserId, guilds: Vec<GuildId>) -> anyhow::Result<Erased> {
    let mut erased = Erased {
        person,
        kept: Vec::new(),
        unnamed: Vec::new(),
    };
    for guild in guilds {
        match register::of(reader, guild)?.keep_records {
            Some(true) => erased.kept.push(guild),
            Some(false) | None => erased.unnamed.push(guild),
        }
    }
    Ok(erased)
}

/// Changes one setting of the guild.
pub fn set(
    tx: &mut Tx<'_>,
    guild: GuildId,
    member: &Standing,
    setting: Setting,
) -> Result<Changed, Rejection> {
    if !member.administers() {
        return Err(administrators_only().into());
    }
    let setting = normalise(setting)?;
    let before = register::of(tx, guild)?;
    if holds(&before, &setting) {
        return Ok(Changed::Unchanged);
    }
    tx.record::<Settings>(&Change::Set { setting })?;
    Ok(Changed::Kept)
}

/// The role that the guild mutes by was made, or is gone: what an administrator ordered, or Discord said.
pub fn mute_role_is(
    tx: &mut Tx<'_>,
    guild: GuildId,
    role: Option<RoleId>,
) -> Result<(), Rejection> {
    let setting = Setting::MuteRole(role);
    if !holds(&register::of(tx, guild)?, &setting) {
        tx.record::<Settings>(&Change::Set { setting })?;
    }
    Ok(())
}

fn holds(settings: &GuildSettings, setting: &Setting) -> bool {
    match setting {
        Setting::Prefix(value) => settings.prefix == *value,
        Setting::Language(value) => settings.language == *value,
        // Choosing a lost channel again means that it was mended.
        Setting::LogChannel(value) => {
            settings.log_channel == *value && settings.log_channel_lost.is_none()
        }
        Setting::ModeratorRoles(value) => settings.moderator_roles == *value,
        Setting::DirectMessages(value) => settings.direct_messages == *value,
        Setting::WarningDays(value) => settings.warning_days == *value,
        Setting::Thresholds(value) => settings.thresholds == *value,
        Setting::Reasons(value) => settings.reasons == *value,
        Setting::KeepRoles(value) => settings.keep_roles == *value,
        Setting::KeepRecords(value) => settings.keep_records == *value,
        Setting::MuteRole(value) => settings.mute_role == *value,
    }
}

fn normalise(setting: Setting) -> Result<Setting, Refusal> {
    match setting {
        Setting::Prefix(Some(prefix)) => {
            let fits = (1..=LONGEST_PREFIX).contains(&prefix.chars().count());
            // A slash belongs to Discord's own commands, and mentions begin with these.
            let clear = !prefix.contains(|c: char| c.is_whitespace() || c.is_alphanumeric())
                && !prefix.starts_with(['/', '<', '@', '#']);
            if fits && clear {
                Ok(Setting::Prefix(Some(prefix)))
            } else {
                Err(text!("refused-prefix", longest = LONGEST_PREFIX).into())
            }
        }
        Setting::Thresholds(mut list) => {
            list.sort_by_key(|threshold| threshold.points);
            list.dedup_by_key(|threshold| threshold.points);
            if list.len() > LONGEST_LIST || list.iter().any(|threshold| threshold.points == 0) {
                return Err(text!("refused-thresholds", most = LONGEST_LIST).into());
            }
            let too_long = |consequence: &Consequence| match consequence {
                Consequence::Timeout { seconds } => {
                    *seconds == 0 || *seconds > LONGEST_TIMEOUT.as_secs()
                }
                Consequence::Kick | Consequence::Ban => false,
            };
            if list
                .iter()
                .any(|threshold| too_long(&threshold.consequence))
            {
                return Err(Refusal::new("refused-timeout-length"));
            }
            Ok(Setting::Thresholds(list))
        }
        Setting::Reasons(list) => {
            let fits = |reason: &String| (1..=LONGEST_REASON).contains(&reason.chars().count());
            if list.len() > LONGEST_LIST || !list.iter().all(fits) {
                return Err(text!(
                    "refused-reasons",
                    most = LONGEST_LIST,
                    longest = LONGEST_REASON
                )
                .into());
            }
            Ok(Setting::Reasons(list))
        }
        other => Ok(other),
    }
}

/// Notes that the log channel is gone and tells the guild's owner, once.
pub fn log_channel_lost(
    tx: &mut Tx<'_>,
    guild: GuildId,
    channel: ChannelId,
    owner: UserId,
    default_locale: Locale,
) -> Result<(), Rejection> {
    let settings = register::of(tx, guild)?;
    if settings.usable_log_channel() != Some(channel) {
        return Ok(());
    }
    tx.record::<Settings>(&Change::LogChannelLost { channel })?;
    let post = Post::new(
        settings.language.unwrap_or(default_locale),
        Text::new("log-channel-lost-title"),
    )
    .listing([(
        Text::new("log-channel-lost-field"),
        text!("log-channel-lost-text", channel = channel.to_string()),
    )]);
    tx.enqueue(&Effect::DirectMessage {
        member: owner,
        post,
    })?;
    Ok(())
}
