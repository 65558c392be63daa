//! Tickets set up: categories, panels, prepared answers, who may open none.

use greffier::cogs::tickets::arranging::{self, Draft};
use greffier::cogs::tickets::category::Look;
use greffier::cogs::tickets::choosing::{Choosing, SETTINGS};
use greffier::model::{ChannelId, GuildId, Locale, MessageId, UserId};
use proptest::prelude::*;
use proptest::sample::select;

use super::{Deed, people, person, words};

pub fn deeds() -> BoxedStrategy<Deed> {
    let name = || select(vec!["help", "report", "Shop & co"]);
    let value = select(vec![
        "",
        "none",
        "2h",
        "thread",
        "delete",
        "a | b",
        "mon-fri 9-17",
        "3",
    ]);
    prop_oneof![
        3 => (people(), name()).prop_map(|((guild, ..), name)| {
            Deed::new(("add category", guild, name), move |hand| {
                hand.rule(guild, 1, move |tx| arranging::add_category(tx, GuildId(guild), &person(1), name));
            })
        }),
        4 => (people(), name(), select(SETTINGS.to_vec()), value).prop_map(|((guild, actor, _), name, setting, value)| {
            Deed::new(("set category", guild, actor, name, setting, value), move |hand| {
                hand.rule(guild, actor, move |tx| {
                    let choosing = Choosing::Typed(setting.to_owned(), value.to_owned());
                    let key = arranging::key_of(name);
                    arranging::set_category(tx, GuildId(guild), &person(actor), &key, choosing).map(drop)
                });
            })
        }),
        1 => (people(), name()).prop_map(|((guild, ..), name)| {
            Deed::new(("remove category", guild, name), move |hand| {
                let key = arranging::key_of(name);
                hand.rule(guild, 1, move |tx| arranging::remove_category(tx, GuildId(guild), &person(1), &key));
            })
        }),
        3 => (people(), any::<bool>()).prop_map(|((guild, actor, _), menu)| {
            Deed::new(("post panel", guild, actor, menu), move |hand| {
                let draft = Draft {
                    channel: ChannelId(7),
                    title: None,
                    words: None,
                    look: if menu { Look::Menu } else { Look::Buttons },
                    categories: Vec::new(),
                };
                hand.rule(guild, 1, move |tx| {
                    arranging::post_panel(tx, GuildId(guild), &person(1), draft, Locale::Fr)
                });
            })
        }),
        2 => (people(), 1..3_u32, 1..4_u64).prop_map(|((guild, ..), number, message)| {
            Deed::new(("panel posted", guild, number, message), move |hand| {
                let (channel, message) = (ChannelId(7), MessageId(message));
                hand.rule(guild, 1, move |tx| {
                    arranging::panel_posted(tx, GuildId(guild), number, channel, message)
                });
            })
        }),
        1 => (people(), 1..3_u32).prop_map(|((guild, ..), number)| {
            Deed::new(("remove panel", guild, number), move |hand| {
                hand.rule(guild, 1, move |tx| arranging::remove_panel(tx, GuildId(guild), &person(1), number));
            })
        }),
        3 => (people(), name(), prop::option::of(words())).prop_map(|((guild, ..), name, words)| {
            Deed::new(("prepare", guild, name, words.clone()), move |hand| {
                let words = words.clone();
                hand.rule(guild, 1, move |tx| {
                    arranging::set_reply(tx, GuildId(guild), &person(1), name, words.as_deref())
                });
            })
        }),
        2 => (people(), words()).prop_map(|((guild, actor, member), words)| {
            Deed::new(("block", guild, actor, member, words.clone()), move |hand| {
                let words = words.clone();
                hand.rule(guild, actor, move |tx| {
                    arranging::block(tx, GuildId(guild), &person(actor), &person(member), &words)
                });
            })
        }),
        2 => people().prop_map(|(guild, actor, member)| {
            Deed::new(("unblock", guild, actor, member), move |hand| {
                hand.rule(guild, 1, move |tx| {
                    arranging::block(tx, GuildId(guild), &person(1), &person(member), "")
                });
                hand.rule(guild, actor, move |tx| {
                    arranging::unblock(tx, GuildId(guild), &person(actor), UserId(member))
                });
            })
        }),
        1 => (people(), any::<bool>()).prop_map(|((guild, ..), zone)| {
            Deed::new(("desk", guild, zone), move |hand| {
                let (setting, value) = if zone { ("zone", "asia/tokyo") } else { ("transcripts", "<#9>") };
                hand.rule(guild, 1, move |tx| {
                    arranging::set_desk(tx, GuildId(guild), &person(1), setting, value).map(drop)
                });
            })
        }),
    ]
    .boxed()
}
