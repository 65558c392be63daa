//! How a case is shown: in its log post, which is edited when the case changes, and in answers.

use super::kind::{Ending, Kind};
use super::queries::AnyCase;
use super::register::CaseEvidence;
use crate::model::{GuildId, Locale, Post, Text, Timestamp, UserId};
use crate::text;

/// How much of a message a case shows, in characters; all of it is kept.
const SHOWN_EVIDENCE: usize = 500;
/// How many numbers a batch's post lists before it only counts them.
const LISTED_CASES: usize = 40;

/// Who did it, as a mention.
pub fn moderator_text(moderator: Option<UserId>) -> String {
    moderator.map_or_else(|| "Greffier".to_owned(), UserId::mention)
}

/// A case's heading.
pub fn title(case: &AnyCase) -> Text {
    match case.kind {
        Kind::Warning => text!("warnings-log-title", number = case.number),
        kind => text!("case-title", number = case.number, kind = kind.label()),
    }
}

/// Whether a case still holds, and what ended it.
pub fn state(case: &AnyCase, now: Timestamp) -> Option<Text> {
    let by = moderator_text(case.ended_by);
    let at = case.ended.map(|at| at.markup('f')).unwrap_or_default();
    Some(match (case.ending, case.kind) {
        (Some(Ending::Lifted), _) => text!("case-state-lifted", by = by, at = at),
        (Some(Ending::Expired), _) => text!("case-state-expired", at = at),
        (Some(Ending::Withdrawn), _) => text!("case-state-withdrawn", by = by, at = at),
        (Some(Ending::Replaced), _) => Text::new("case-state-replaced"),
        (Some(Ending::Refused), _) => Text::new("case-state-refused"),
        (None, Kind::Warning) if case.until.is_some_and(|until| until <= now) => {
            Text::new("warnings-state-expired")
        }
        (None, Kind::Warning) => return None,
        (None, Kind::Mute | Kind::Ban) => match case.until {
            Some(until) => text!("case-state-until", until = until.markup('f')),
            None => Text::new("case-state-for-good"),
        },
        (None, Kind::Unmute | Kind::Kick | Kind::Unban | Kind::Note) => return None,
    })
}

/// Everything about a case, for its log post and for `case n`.
pub fn case_post(
    guild: GuildId,
    case: &AnyCase,
    evidence: &[CaseEvidence],
    locale: Locale,
    now: Timestamp,
) -> Post {
    let mut fields = vec![
        field(
            "case-field-member",
            format!("{} ({})", case.member.mention(), case.member),
        ),
        field("case-field-moderator", moderator_text(case.moderator)),
        (Text::new("case-field-reason"), reason_text(&case.reason)),
    ];
    if let Some(points) = case.points {
        fields.push((
            Text::new("warnings-field-points"),
            Text::verbatim(points.to_string()),
        ));
    }
    if let Some(batch) = case.batch {
        fields.push((
            Text::new("case-field-batch"),
            text!("case-batch", number = batch),
        ));
    }
    if let Some(state) = state(case, now) {
        fields.push((Text::new("case-field-state"), state));
    }
    fields.extend(evidence.iter().map(|kept| evidence_field(guild, kept)));
    post(locale, title(case), fields)
}

/// One post for the cases of a batch.
pub fn batch_post(cases: &[AnyCase], locale: Locale, now: Timestamp) -> Option<Post> {
    let first = cases.first()?;
    let standing = cases.iter().filter(|case| case.ended.is_none()).count();
    let numbers = match cases.last() {
        Some(last) if cases.len() > 1 => format!("#{}–#{}", first.number, last.number),
        _ => format!("#{}", first.number),
    };
    let members = cases
        .iter()
        .take(LISTED_CASES)
        .map(|case| case.member.mention())
        .collect::<Vec<_>>()
        .join(" ");
    let members = if cases.len() > LISTED_CASES {
        format!("{members} …")
    } else {
        members
    };
    let mut fields = vec![
        field("case-field-cases", numbers),
        field("case-field-members", members),
        field("case-field-moderator", moderator_text(first.moderator)),
        (Text::new("case-field-reason"), reason_text(&first.reason)),
    ];
    let state = if standing == cases.len() {
        state(first, now)
    } else {
        Some(text!(
            "case-batch-standing",
            standing = standing,
            count = cases.len()
        ))
    };
    if let Some(state) = state {
        fields.push((Text::new("case-field-state"), state));
    }
    let title = text!(
        "case-batch-title",
        number = first.batch.unwrap_or(first.number),
        kind = first.kind.label(),
        count = cases.len()
    );
    Some(post(locale, title, fields))
}

/// What somebody is told about an act against them.
pub fn notice(locale: Locale, guild: &str, case: &AnyCase) -> Post {
    let key = match case.kind {
        Kind::Mute => "case-notice-mute",
        Kind::Unmute => "case-notice-unmute",
        Kind::Kick => "case-notice-kick",
        Kind::Ban => "case-notice-ban",
        Kind::Unban => "case-notice-unban",
        Kind::Warning | Kind::Note => "case-notice-other",
    };
    let title = Text::new(key)
        .with("guild", guild)
        .with("number", case.number);
    let mut fields = vec![(Text::new("case-field-reason"), reason_text(&case.reason))];
    if let Some(until) = case.until {
        fields.push(field("case-field-until", until.markup('f')));
    }
    post(locale, title, fields)
}

/// Why, or that nobody said why.
pub fn reason_text(reason: &str) -> Text {
    if reason.is_empty() {
        Text::new("case-no-reason")
    } else {
        Text::verbatim(reason)
    }
}

fn evidence_field(guild: GuildId, kept: &CaseEvidence) -> (Text, Text) {
    let link = format!(
        "https://discord.com/channels/{guild}/{}/{}",
        kept.channel, kept.message
    );
    let mut words: String = kept.text.chars().take(SHOWN_EVIDENCE).collect();
    if words.len() < kept.text.len() {
        words.push('…');
    }
    let files = kept.attachments.lines().count();
    let value = if files == 0 {
        text!(
            "case-evidence",
            author = kept.author.mention(),
            words = words,
            link = link
        )
    } else {
        text!(
            "case-evidence-files",
            author = kept.author.mention(),
            words = words,
            link = link,
            count = files
        )
    };
    (Text::new("case-field-evidence"), value)
}

pub(super) fn field(name: &'static str, value: impl Into<String>) -> (Text, Text) {
    (Text::new(name), Text::verbatim(value))
}

pub(super) fn post(locale: Locale, title: Text, fields: Vec<(Text, Text)>) -> Post {
    Post::new(locale, title).listing(fields)
}
