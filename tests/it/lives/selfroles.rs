//! Self-roles: menus begun, filled, changed, posted, used, and closed.

use std::time::Duration;

use greffier::cogs::selfroles::rules::{self as menus, Judges, Pick};
use greffier::cogs::selfroles::{Edit, Style};
use greffier::model::{
    ChannelId, GuildId, Locale, MessageId, Post, Rank, Rejection, RoleFacts, RoleId, Scene, Text,
};
use greffier::store::Tx;
use proptest::prelude::*;

use super::{Deed, people, person, scene, words};

pub fn deeds() -> BoxedStrategy<Deed> {
    let menu = (people(), 1..3_u32).boxed();
    let role = (1..4_u64).prop_map(RoleId);
    let offered = (menu.clone(), role.clone()).boxed();
    prop_oneof![
        4 => (people(), words(), any::<bool>()).prop_map(|((guild, _, _), title, buttons)| {
            let style = if buttons { Style::Buttons } else { Style::Select };
            deed(("create", guild, title.clone(), buttons), guild, 1, move |tx, scene| {
                menus::create(tx, scene, &title, style).map(drop)
            })
        }),
        8 => (offered.clone(), words()).prop_map(|(((people, number), role), label)| {
            deed(("offer", people, number, role, label.clone()), people.0, 1, move |tx, scene| {
                menus::offer(tx, scene, number, &facts(role), Some(&label))
            })
        }),
        3 => (offered.clone(), prop::option::of(1..90_u64)).prop_map(|(((people, number), role), days)| {
            deed(("lend", people, number, role, days), people.0, 1, move |tx, scene| {
                let length = days.map(|days| Duration::from_secs(days * 86_400));
                menus::lend(tx, scene, number, &facts(role), length)
            })
        }),
        2 => offered.clone().prop_map(|((people, number), role)| {
            deed(("drop", people, number, role), people.0, 1, move |tx, scene| {
                menus::drop_offer(tx, scene, number, role)
            })
        }),
        4 => (menu.clone(), edit()).prop_map(|((people, number), edit)| {
            deed(("edit", people, number, edit.clone()), people.0, 1, move |tx, scene| {
                menus::edit(tx, scene, number, edit.clone())
            })
        }),
        4 => (menu.clone(), 70..75_u64).prop_map(|((people, number), message)| {
            deed(("stand", people, number, message), people.0, 1, move |tx, scene| {
                menus::post(tx, scene, number, ChannelId(500))?;
                let shown = Post::new(Locale::En, Text::verbatim("before"));
                menus::posted(tx, scene.guild, number, (ChannelId(500), MessageId(message)), &shown)
            })
        }),
        6 => menu.clone().prop_map(|(people, _)| {
            deed(("vanish", people), people.0, 1, move |tx, scene| {
                menus::vanished(tx, scene.guild, &[1, 2])
            })
        }),
        1 => (people(), role).prop_map(|(people, role)| {
            deed(("delete", people, role), people.0, 1, move |tx, scene| {
                menus::role_deleted(tx, scene.guild, role, Locale::Fr)
            })
        }),
        9 => (offered, any::<bool>()).prop_map(|(((people, number), role), exactly)| {
            deed(("press", people, number, role, exactly), people.0, people.1, move |tx, scene| {
                let pick = if exactly { Pick::Exactly([role].into()) } else { Pick::Toggle(role) };
                menus::press(tx, scene, number, &pick, &judges()).map(drop)
            })
        }),
        2 => menu.prop_map(|(people, number)| {
            deed(("close", people, number), people.0, 1, move |tx, scene| menus::close(tx, scene, number))
        }),
    ]
    .boxed()
}

fn edit() -> impl Strategy<Value = Edit> {
    let roles = || prop::collection::vec((1..9_u64).prop_map(RoleId), 0..2);
    prop_oneof![
        words().prop_map(Edit::Title),
        prop::option::of(words()).prop_map(Edit::Text),
        Just(Edit::Style(Style::Select)),
        (0..3_u8, prop::option::of(1..4_u8)).prop_map(|(least, most)| Edit::Choice { least, most }),
        roles().prop_map(Edit::Required),
        roles().prop_map(Edit::Forbidden),
    ]
}

fn facts(role: RoleId) -> RoleFacts {
    RoleFacts {
        id: role,
        name: format!("role {role}"),
        rank: Rank {
            position: 1,
            age: 0,
        },
        managed: false,
        dangers: Vec::new(),
    }
}

fn judges() -> Judges {
    Judges {
        roles: (1..4).map(|role| facts(RoleId(role))).collect(),
        choosers: vec![person(1)],
    }
}

fn deed(
    words: impl std::fmt::Debug,
    guild: u64,
    actor: u64,
    act: impl Fn(&mut Tx<'_>, &Scene) -> Result<(), Rejection> + Clone + Send + Sync + 'static,
) -> Deed {
    Deed::new(words, move |hand| {
        let act = act.clone();
        hand.rule(guild, actor, move |tx| {
            debug_assert_eq!(tx.order().guild, Some(GuildId(guild)));
            act(tx, &scene(guild, actor))
        });
    })
}
