//! Mutes: given, ended, renewed, and over when Discord says so.

use std::time::Duration;

use greffier::cogs::cases::rules::sanctions::ByHand;
use greffier::cogs::cases::rules::{Desk, Kind};
use greffier::cogs::mutes::register;
use greffier::cogs::mutes::rules::{self as mutes, Length, Lost};
use greffier::model::{GuildId, Locale, MessageId, RoleId, Timestamp, UserId};
use proptest::prelude::*;

use super::{Deed, Hand, people, person, scene, words};

pub fn deeds() -> BoxedStrategy<Deed> {
    let member = 1..7_u64;
    prop_oneof![
        8 => (people(), words(), 0..100_u64).prop_map(|((guild, actor, member), reason, days)| {
            Deed::new(("mute", guild, actor, member, days), move |hand| {
                let reason = reason.clone();
                let length = match days {
                    99 => Length::ForGood,
                    days => Length::For(Duration::from_secs(days * 43_200)),
                };
                hand.rule(guild, actor, move |tx| {
                    mutes::mute(tx, &scene(guild, actor), &person(member), length, &reason, None)
                });
            })
        }),
        3 => (people(), any::<bool>()).prop_map(|((guild, actor, member), timed_out)| {
            Deed::new(("unmute", guild, actor, member), move |hand| {
                hand.rule(guild, actor, move |tx| {
                    mutes::unmute(tx, &scene(guild, actor), &person(member), timed_out, "enough")
                });
            })
        }),
        3 => (1..3_u64).prop_map(|guild| {
            Deed::new(("attend to the mutes", guild), move |hand| {
                let members: Vec<UserId> = of(hand, guild).iter().map(|mute| mute.member).collect();
                hand.rule(guild, 1, move |tx| mutes::attend(tx, &members));
            })
        }),
        4 => (1..3_u64, member.clone(), 0..3_u8).prop_map(|(guild, member, answer)| {
            Deed::new(("Discord answers", guild, member, answer), move |hand| answered(hand, guild, member, answer))
        }),
        2 => (1..3_u64, member, 100..150_u64, prop::option::of(0..1_000_000_i64)).prop_map(|(guild, member, entry, length)| {
            Deed::new(("time out by hand", guild, member, entry, length), move |hand| {
                hand.rule(guild, 1, move |tx| {
                    let desk = Desk::of_greffier(tx, GuildId(guild), Locale::Fr)?;
                    let act = ByHand {
                        entry: MessageId(entry),
                        act: if length.is_some() { Kind::Mute } else { Kind::Unmute },
                        member: UserId(member),
                        moderator: UserId(2),
                        reason: String::new(),
                        until: length.map(|length| Timestamp(tx.now().0 + length)),
                    };
                    mutes::by_hand(tx, &desk, act)
                });
            })
        }),
        2 => (1..3_u64, any::<bool>()).prop_map(|(guild, known)| {
            Deed::new(("set up a mute role", guild, known), move |hand| {
                let role = known.then_some(RoleId(9));
                hand.rule(guild, 1, move |tx| mutes::set_up(tx, &scene(guild, 1), role, "Muted", &[]));
            })
        }),
        2 => (1..3_u64, 1..7_u64, any::<bool>()).prop_map(|(guild, member, deleted)| {
            Deed::new(("lose the mute role", guild, member, deleted), move |hand| {
                hand.rule(guild, 1, move |tx| {
                    let desk = Desk::of_greffier(tx, GuildId(guild), Locale::Fr)?;
                    let lost = if deleted { Lost::Deleted } else { Lost::OutOfReach(UserId(member)) };
                    mutes::role_lost(tx, &desk, RoleId(9), lost, UserId(1))
                });
            })
        }),
        3 => (1..3_u64, 1..7_u64, 200..250_u64, any::<bool>()).prop_map(|(guild, member, entry, given)| {
            Deed::new(("the mute role by hand", guild, member, entry, given), move |hand| {
                hand.rule(guild, 1, move |tx| {
                    let desk = Desk::of_greffier(tx, GuildId(guild), Locale::Fr)?;
                    let act = ByHand {
                        entry: MessageId(entry),
                        act: if given { Kind::Mute } else { Kind::Unmute },
                        member: UserId(member),
                        moderator: UserId(2),
                        reason: String::new(),
                        until: None,
                    };
                    mutes::role_by_hand(tx, &desk, RoleId(9), act)
                });
            })
        }),
    ]
    .boxed()
}

fn of(hand: &Hand<'_>, guild: u64) -> Vec<register::Mute> {
    hand.store
        .read_blocking(|reader| register::all(reader, GuildId(guild)))
        .expect("the mutes")
}

fn answered(hand: &Hand<'_>, guild: u64, member: u64, answer: u8) {
    let Some(mute) = of(hand, guild)
        .into_iter()
        .find(|mute| mute.member == UserId(member))
    else {
        return;
    };
    hand.rule(guild, 1, move |tx| {
        let desk = Desk::of_greffier(tx, GuildId(guild), Locale::Fr)?;
        match answer {
            0 => mutes::lifted(tx, &desk, mute.member, mute.number, "expired"),
            1 => mutes::not_lifted(tx, &desk, mute.member, mute.number, 50013, "expired"),
            _ => mutes::not_silenced(tx, &desk, mute.member, mute.number, 50013),
        }
    });
}
