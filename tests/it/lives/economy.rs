//! The economy: coins earned, paid, staked and spent, and what administrators do with them.

use std::time::Duration;

use greffier::cogs::economy::amount::Amount;
use greffier::cogs::economy::register::choices::Choice;
use greffier::cogs::economy::rules::games::{self, Luck};
use greffier::cogs::economy::rules::ledger::{self, Consent, Party};
use greffier::cogs::economy::rules::shop::{self, Limit, Terms};
use greffier::cogs::economy::rules::{attendance, choices, paydays, reset, wages};
use greffier::model::{ChannelId, GuildId, Locale, MessageId, Rank, RoleFacts, RoleId, UserId};
use proptest::prelude::*;

use super::{Deed, people, person, scene, words};

const ROLE: RoleId = RoleId(77);

pub fn deeds() -> BoxedStrategy<Deed> {
    prop_oneof![
        10 => coins(),
        4 => wage(),
        8 => duel(),
        10 => goods(),
        10 => management(),
    ]
    .boxed()
}

fn party(user: u64) -> Party {
    Party {
        user: UserId(user),
        bot: false,
    }
}

fn coins() -> impl Strategy<Value = Deed> {
    prop_oneof![
        2 => (people(), 1..500_i64, words()).prop_map(|((guild, _, member), amount, note)| {
            Deed::new(("grant", guild, member, amount), move |hand| {
                let note = note.clone();
                hand.rule(guild, 1, move |tx| {
                    ledger::grant(tx, GuildId(guild), &person(1), party(member), amount, &note)
                });
            })
        }),
        3 => (people(), 1..300_i64).prop_map(|((guild, actor, member), amount)| {
            Deed::new(("pay", guild, actor, member, amount), move |hand| {
                hand.rule(guild, actor, move |tx| {
                    let amount = Amount::Coins(amount);
                    ledger::pay(tx, GuildId(guild), UserId(actor), party(member), amount, Consent::Confirmed)
                });
            })
        }),
        1 => people().prop_map(|(guild, _, member)| {
            Deed::new(("take", guild, member), move |hand| {
                hand.rule(guild, 2, move |tx| {
                    ledger::take(tx, GuildId(guild), &person(2), UserId(member), Amount::All, "")
                });
            })
        }),
    ]
}

fn wage() -> impl Strategy<Value = Deed> {
    let zone = chrono_tz::Europe::Paris;
    prop_oneof![
        people().prop_map(move |(guild, actor, _)| {
            Deed::new(("daily", guild, actor), move |hand| {
                hand.rule(guild, actor, move |tx| {
                    wages::daily(tx, GuildId(guild), UserId(actor), zone)
                });
            })
        }),
        (people(), any::<u64>()).prop_map(|((guild, actor, _), luck)| {
            Deed::new(("work", guild, actor, luck), move |hand| {
                hand.rule(guild, actor, move |tx| {
                    wages::work(tx, GuildId(guild), UserId(actor), luck)
                });
            })
        }),
        (1..90_u64).prop_map(|minutes| {
            Deed::new(("the bot was away", minutes), move |hand| {
                hand.rule(1, 1, move |tx| {
                    let since = tx.now() - Duration::from_secs(minutes * 60);
                    attendance::back(tx, &(since..tx.now()))
                });
            })
        }),
    ]
}

fn luck() -> impl Strategy<Value = Luck> + Clone {
    prop_oneof![Just(Luck::With), Just(Luck::Against)]
}

fn duel() -> impl Strategy<Value = Deed> {
    prop_oneof![
        2 => (people(), 1..50_i64, luck()).prop_map(|((guild, actor, _), stake, luck)| {
            Deed::new(("flip", guild, actor, stake, luck), move |hand| {
                hand.rule(guild, actor, move |tx| {
                    games::flip(tx, GuildId(guild), UserId(actor), Amount::Coins(stake), luck)
                });
            })
        }),
        4 => (people(), 1..50_i64, 0..4_u8, luck()).prop_map(|((guild, actor, member), stake, then, luck)| {
            Deed::new(("duel", guild, actor, member, stake, then), move |hand| {
                let (guild, both) = (GuildId(guild), [1, 2, actor, member]);
                for user in both {
                    hand.rule(guild.0, 1, move |tx| {
                        ledger::grant(tx, guild, &person(1), party(user), stake, "")
                    });
                }
                let challenge = hand.rule(guild.0, actor, move |tx| {
                    games::challenge(tx, guild, UserId(actor), party(member), Amount::Coins(stake))
                });
                let Some(number) = challenge.map(|challenge| challenge.number) else {
                    return;
                };
                if then != 1 {
                    hand.rule(guild.0, actor, move |tx| {
                        let place = (ChannelId(5), MessageId(number.into()));
                        games::shown(tx, guild, number, place, Locale::En)
                    });
                }
                match then {
                    // Nobody answers: another's life goes on with the stake in escrow.
                    0 => {}
                    1 => drop(hand.rule(guild.0, member, move |tx| {
                        games::decline(tx, guild, number, UserId(member))
                    })),
                    _ => drop(hand.rule(guild.0, member, move |tx| {
                        games::accept(tx, guild, number, UserId(member), luck)
                    })),
                }
            })
        }),
        2 => (1..3_u64, 1..20_u32).prop_map(|(guild, number)| {
            Deed::new(("settle", guild, number), move |hand| {
                hand.rule(guild, 1, move |tx| games::expire(tx, GuildId(guild), number, Locale::En));
            })
        }),
    ]
}

fn goods() -> impl Strategy<Value = Deed> {
    let stock = prop_oneof![
        Just(None),
        Just(Some(Limit::None)),
        (0..5_u32).prop_map(|n| Some(Limit::Of(n)))
    ];
    let item = "[ab]";
    prop_oneof![
        2 => (people(), item, 0..40_i64, stock, words(), any::<bool>()).prop_map(
            |((guild, ..), name, price, stock, description, gives)| {
                Deed::new(("sell", guild, name.clone(), price, stock), move |hand| {
                    let terms = Terms {
                        description: Some(description.clone()),
                        stock,
                        price: Some(price),
                        role: gives.then_some(ROLE),
                        duration: gives.then_some(Duration::from_secs(60)),
                        ..Terms::default()
                    };
                    let (again, name) = (terms.clone(), name.clone());
                    hand.rule(guild, 1, move |tx| {
                        let known = roles();
                        match shop::add(tx, &scene(guild, 1), &known, &name, price, terms) {
                            Err(_) => shop::edit(tx, &scene(guild, 1), &known, &name, again),
                            added => added,
                        }
                    });
                })
            }
        ),
        3 => (people(), item, 1..3_u32).prop_map(|((guild, actor, _), item, count)| {
            Deed::new(("buy", guild, actor, item.clone(), count), move |hand| {
                let (item, again) = (item.clone(), item.clone());
                hand.rule(guild, 1, move |tx| {
                    ledger::grant(tx, GuildId(guild), &person(1), party(actor), 90, "")
                });
                hand.rule(guild, actor, move |tx| shop::buy(tx, GuildId(guild), UserId(actor), &item, count));
                hand.rule(guild, actor, move |tx| shop::use_up(tx, &scene(guild, actor), &roles(), &again));
            })
        }),
        3 => (people(), item).prop_map(|((guild, actor, _), item)| {
            Deed::new(("use", guild, actor, item.clone()), move |hand| {
                let item = item.clone();
                hand.rule(guild, actor, move |tx| shop::use_up(tx, &scene(guild, actor), &roles(), &item));
            })
        }),
        4 => (1..3_u64, item).prop_map(|(guild, item)| {
            Deed::new(("discontinue", guild, item.clone()), move |hand| {
                let item = item.clone();
                hand.rule(guild, 1, move |tx| shop::remove(tx, GuildId(guild), &person(1), &item));
            })
        }),
    ]
}

fn roles() -> Vec<RoleFacts> {
    vec![RoleFacts {
        id: ROLE,
        name: "vip".to_owned(),
        rank: Rank {
            position: 1,
            age: 0,
        },
        managed: false,
        dangers: Vec::new(),
    }]
}

fn management() -> impl Strategy<Value = Deed> {
    let choice = prop_oneof![
        prop::option::of("[a-z]{1,3}").prop_map(Choice::Symbol),
        prop::option::of("[a-z]{1,3}").prop_map(Choice::Name),
        prop::option::of(Just("Asia/Tokyo".to_owned())).prop_map(Choice::Zone),
        prop::option::of(0..90_i64).prop_map(Choice::Daily),
        prop::option::of(0..90_i64).prop_map(Choice::StreakBonus),
        prop::option::of((1..9_i64, 9..20_i64)).prop_map(Choice::Work),
        prop::option::of(0..90_u64).prop_map(Choice::WorkEvery),
        prop::option::of(0..90_i64).prop_map(Choice::ConfirmAbove),
        prop::option::of(0..90_i64).prop_map(Choice::HighestStake),
    ];
    prop_oneof![
        3 => (1..3_u64, choice).prop_map(|(guild, choice)| {
            Deed::new(("choose", guild, choice.clone()), move |hand| {
                let choice = choice.clone();
                hand.rule(guild, 1, move |tx| choices::choose(tx, &person(1), choice));
            })
        }),
        4 => (1..3_u64, 0..5_i64).prop_map(|(guild, amount)| {
            Deed::new(("set a payday", guild, amount), move |hand| {
                let (guild, hour) = (GuildId(guild), Duration::from_secs(3_600));
                hand.rule(guild.0, 1, move |tx| match amount {
                    0 => paydays::end(tx, guild, &person(1), ROLE),
                    amount => paydays::set(tx, guild, &person(1), ROLE, amount, hour).map(drop),
                });
            })
        }),
        6 => people().prop_map(|(guild, actor, member)| {
            Deed::new(("payday", guild, actor, member), move |hand| {
                let members = [UserId(actor), UserId(member)];
                hand.rule(guild, 1, move |tx| paydays::come(tx, GuildId(guild), ROLE, &members[..1]));
                hand.rule(guild, 1, move |tx| {
                    paydays::pay_out(tx, GuildId(guild), &person(1), ROLE, &members, 3)
                });
            })
        }),
        1 => (1..3_u64).prop_map(|guild| {
            Deed::new(("begin anew", guild), move |hand| {
                hand.rule(guild, 1, move |tx| reset::reset(tx, GuildId(guild), &person(1), Locale::En));
            })
        }),
    ]
}
