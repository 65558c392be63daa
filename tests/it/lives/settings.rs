//! Settings: chosen, taken back, and a log channel that is gone.

use greffier::cogs::settings::{Consequence, Setting, Threshold, rules as settings};
use greffier::model::{ChannelId, GuildId, Locale, RoleId, UserId};
use proptest::prelude::*;

use super::{Deed, person};

const CHANNEL: ChannelId = ChannelId(500);

pub fn deeds() -> BoxedStrategy<Deed> {
    let guild = 1..3_u64;
    prop_oneof![
        6 => (guild.clone(), setting()).prop_map(|(guild, setting)| {
            Deed::new(("set", guild, setting.clone()), move |hand| {
                let setting = setting.clone();
                hand.rule(guild, 1, move |tx| settings::set(tx, GuildId(guild), &person(1), setting));
            })
        }),
        1 => guild.prop_map(|guild| {
            Deed::new(("lose the log channel", guild), move |hand| {
                hand.rule(guild, 1, move |tx| {
                    settings::log_channel_lost(tx, GuildId(guild), CHANNEL, UserId(1), Locale::Fr)
                });
            })
        }),
    ]
    .boxed()
}

fn setting() -> impl Strategy<Value = Setting> {
    prop_oneof![
        prop::option::of("[!?%]{1,3}").prop_map(Setting::Prefix),
        prop::option::of(prop_oneof![Just(Locale::Fr), Just(Locale::En)])
            .prop_map(Setting::Language),
        prop::option::of(Just(CHANNEL)).prop_map(Setting::LogChannel),
        prop::collection::vec((1..4_u64).prop_map(RoleId), 0..3).prop_map(Setting::ModeratorRoles),
        prop::option::of(any::<bool>()).prop_map(Setting::DirectMessages),
        prop::option::of(any::<bool>()).prop_map(Setting::KeepRoles),
        prop::option::of(any::<bool>()).prop_map(Setting::KeepRecords),
        prop::option::of(Just(RoleId(9))).prop_map(Setting::MuteRole),
        prop::option::of(0..100_u32).prop_map(Setting::WarningDays),
        prop::collection::vec(threshold(), 0..3).prop_map(Setting::Thresholds),
        prop::collection::vec("[a-z ]{1,8}", 0..3).prop_map(Setting::Reasons),
    ]
}

fn threshold() -> impl Strategy<Value = Threshold> {
    let consequence = prop_oneof![
        (1..90_000_u64).prop_map(|seconds| Consequence::Timeout { seconds }),
        Just(Consequence::Kick),
        Just(Consequence::Ban),
    ];
    (1..9_u32, 0..40_u32, consequence).prop_map(|(points, days, consequence)| Threshold {
        points,
        days,
        consequence,
    })
}
