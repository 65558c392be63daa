//! What warnings say: to the member, in the log channel, and of what follows from them.

use std::time::Duration;

use super::case::{Outcome, Warned};
use crate::cogs::cases::rules::LONGEST_REASON;
use crate::cogs::settings::{Consequence, GuildSettings};
use crate::model::{Post, Scene, Text, UserId, duration_text};
use crate::text;

/// The sentence for a consequence.
pub fn consequence_text(consequence: &Consequence) -> Text {
    match consequence {
        Consequence::Timeout { seconds } => {
            text!(
                "consequence-timeout",
                duration = duration_text(Duration::from_secs(*seconds))
            )
        }
        Consequence::Kick => Text::new("consequence-kick"),
        Consequence::Ban => Text::new("consequence-ban"),
    }
}

pub(super) fn field(name: &'static str, value: impl Into<String>) -> (Text, Text) {
    (Text::new(name), Text::verbatim(value))
}

fn outcome_field(outcome: &Outcome) -> Option<(Text, Text)> {
    match outcome {
        Outcome::Nothing => None,
        Outcome::Happens(consequence) => Some((
            Text::new("warnings-field-consequence"),
            consequence_text(consequence),
        )),
        Outcome::OutOfReach(consequence) => Some((
            Text::new("warnings-field-consequence"),
            text!(
                "warnings-out-of-reach",
                consequence = consequence_text(consequence)
            ),
        )),
    }
}

/// What this warning weighs, and what counts in all.
fn points_field(warned: &Warned) -> (Text, Text) {
    let points = text!(
        "warnings-points",
        points = warned.points,
        total = warned.total
    );
    (Text::new("warnings-field-points"), points)
}

pub(super) fn member_post(
    scene: &Scene,
    settings: &GuildSettings,
    reason: &str,
    warned: &Warned,
) -> Post {
    let mut fields = vec![field("warnings-field-reason", reason), points_field(warned)];
    if let Outcome::Happens(_) = warned.consequence {
        fields.extend(outcome_field(&warned.consequence));
    }
    if let Some(expires) = warned.expires {
        fields.push(field("warnings-field-expires", expires.markup('D')));
    }
    let title = text!(
        "warnings-dm-title",
        guild = scene.guild_name.as_str(),
        number = warned.number
    );
    Post::new(settings.language.unwrap_or(scene.locale), title).listing(fields)
}

pub(super) fn log_post(
    scene: &Scene,
    settings: &GuildSettings,
    member: UserId,
    reason: &str,
    warned: &Warned,
) -> Post {
    let mut fields = vec![
        field(
            "warnings-field-member",
            format!("{} ({member})", member.mention()),
        ),
        field("warnings-field-moderator", scene.actor.user.mention()),
        field("warnings-field-reason", reason),
        points_field(warned),
    ];
    fields.extend(outcome_field(&warned.consequence));
    let title = text!("warnings-log-title", number = warned.number);
    Post::new(settings.language.unwrap_or(scene.locale), title).listing(fields)
}

pub(super) fn withdrawn_post(
    scene: &Scene,
    settings: &GuildSettings,
    numbers: &[u32],
    member: UserId,
) -> Post {
    let list = numbers
        .iter()
        .map(|number| format!("#{number}"))
        .collect::<Vec<_>>()
        .join(", ");
    // A member with hundreds of cases must not make the post too long for Discord.
    let list = if list.chars().count() > LONGEST_REASON {
        format!("{} × #", numbers.len())
    } else {
        list
    };
    let title = text!("warnings-log-withdrawn", count = numbers.len());
    Post::new(settings.language.unwrap_or(scene.locale), title).listing([
        field("warnings-field-cases", list),
        field(
            "warnings-field-member",
            format!("{} ({member})", member.mention()),
        ),
        field("warnings-field-moderator", scene.actor.user.mention()),
    ])
}
