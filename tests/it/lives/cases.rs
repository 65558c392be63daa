//! Cases: people sent out, banned for a time, noted; what Discord answered, and what moderators do by hand.

use std::time::Duration;

use greffier::cogs::cases::queries;
use greffier::cogs::cases::rules::sanctions::{self, ByHand, Terms};
use greffier::cogs::cases::rules::{self as cases, Desk, Evidence, Kind};
use greffier::model::{ChannelId, GuildId, Locale, MessageId, Post, Text, UserId};
use proptest::prelude::*;

use super::{Deed, people, person, scene, words};

pub fn deeds() -> BoxedStrategy<Deed> {
    prop_oneof![acts(), answers()].boxed()
}

/// What moderators do.
fn acts() -> BoxedStrategy<Deed> {
    let number = 1..12_u32;
    prop_oneof![
        2 => (people(), words()).prop_map(|((guild, actor, member), reason)| {
            Deed::new(("kick", guild, actor, member), move |hand| {
                let reason = reason.clone();
                hand.rule(guild, actor, move |tx| {
                    sanctions::kick(tx, &scene(guild, actor), &person(member), &reason, Some(evidence(member)))
                });
            })
        }),
        4 => (people(), words(), prop::option::of(1..90_u64)).prop_map(|((guild, actor, member), reason, days)| {
            Deed::new(("ban", guild, actor, member, days), move |hand| {
                let reason = reason.clone();
                let length = days.map(|days| Duration::from_secs(days * 3_600));
                let terms = Terms { length, deleted_days: 1 };
                hand.rule(guild, actor, move |tx| {
                    sanctions::ban(tx, &scene(guild, actor), &person(member), terms, &reason, None)
                });
            })
        }),
        2 => (people(), words()).prop_map(|((guild, actor, member), reason)| {
            Deed::new(("unban", guild, actor, member), move |hand| {
                let reason = reason.clone();
                hand.rule(guild, actor, move |tx| {
                    sanctions::unban(tx, &scene(guild, actor), UserId(member), &reason)
                });
            })
        }),
        2 => (people(), words()).prop_map(|((guild, actor, member), text)| {
            Deed::new(("note", guild, actor, member), move |hand| {
                let text = text.clone();
                hand.rule(guild, actor, move |tx| {
                    cases::note(tx, &scene(guild, actor), &person(member), &text, Some(evidence(member)))
                });
            })
        }),
        3 => (people(), number, words()).prop_map(|((guild, actor, _), number, reason)| {
            Deed::new(("reword a case", guild, actor, number), move |hand| {
                let reason = reason.clone();
                hand.rule(guild, actor, move |tx| {
                    cases::reword(tx, &scene(guild, actor), number, &reason).map(drop)
                });
            })
        }),
    ]
    .boxed()
}

/// What Discord says, and what is done by hand there.
fn answers() -> BoxedStrategy<Deed> {
    let (guild, number) = (1..3_u64, 1..12_u32);
    prop_oneof![
        2 => (guild.clone(), number.clone()).prop_map(|(guild, number)| {
            Deed::new(("posted", guild, number), move |hand| {
                hand.rule(guild, 1, move |tx| {
                    let desk = Desk::of_greffier(tx, GuildId(guild), Locale::Fr)?;
                    let said = Post::new(Locale::Fr, Text::new("verbatim"));
                    cases::posted(tx, &desk, number, ChannelId(5), MessageId(u64::from(number)), &said)
                });
            })
        }),
        3 => guild.clone().prop_map(|guild| {
            Deed::new(("lift what is due", guild), move |hand| {
                let due = hand
                    .store
                    .read_blocking(|reader| queries::due(reader, greffier::model::Timestamp(i64::MAX), 100))
                    .expect("the bans");
                let due: Vec<_> = due
                    .iter()
                    .filter(|case| case.guild == GuildId(guild))
                    .map(|case| (case.number, case.member))
                    .collect();
                hand.rule(guild, 1, move |tx| sanctions::lift_due(tx, &due));
            })
        }),
        2 => (guild.clone(), number.clone(), any::<bool>()).prop_map(|(guild, number, agreed)| {
            Deed::new(("Discord says of a lifting", guild, number, agreed), move |hand| {
                hand.rule(guild, 1, move |tx| {
                    let desk = Desk::of_greffier(tx, GuildId(guild), Locale::Fr)?;
                    if agreed {
                        sanctions::lifted(tx, &desk, number, "expired")
                    } else {
                        sanctions::not_lifted(tx, GuildId(guild), number)
                    }
                });
            })
        }),
        1 => (guild, number, 1..50_u64).prop_map(|(guild, number, entry)| {
            Deed::new(("by hand", guild, number, entry), move |hand| {
                hand.rule(guild, 1, move |tx| {
                    let desk = Desk::of_greffier(tx, GuildId(guild), Locale::Fr)?;
                    let act = ByHand {
                        entry: MessageId(entry),
                        act: [Kind::Kick, Kind::Ban, Kind::Unban][number as usize % 3],
                        member: UserId(5),
                        moderator: UserId(2),
                        reason: "by hand".to_owned(),
                        until: None,
                    };
                    sanctions::by_hand(tx, &desk, act).map(drop)
                });
            })
        }),
    ]
    .boxed()
}

fn evidence(author: u64) -> Evidence {
    Evidence {
        author: UserId(author),
        channel: ChannelId(3),
        message: MessageId(4),
        text: "words".to_owned(),
        attachments: "a.png https://example.org/a.png".to_owned(),
    }
}
