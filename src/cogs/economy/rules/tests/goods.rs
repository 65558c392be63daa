//! The shop: what is sold on which terms, and what using something gives.

use super::*;
use crate::cogs::economy::rules::shop::{self, Limit, Terms};
use crate::cogs::roles::{self, Source};

const VIP: RoleId = RoleId(77);

impl Bench {
    fn add(&self, actor: &'static str, name: &'static str, price: i64, terms: Terms) -> String {
        self.told(actor, move |tx| {
            shop::add(tx, &scene(actor), &roles(), name, price, terms).map(|item| item.number)
        })
    }

    fn edit(&self, name: &'static str, terms: Terms) -> String {
        self.told("olive", move |tx| {
            shop::edit(tx, &scene("olive"), &roles(), name, terms).map(|item| item.price)
        })
    }

    fn buy(&self, name: &'static str, item: &'static str, count: u32) -> String {
        self.told(name, move |tx| {
            shop::buy(tx, GUILD, user(name), item, count).map(|bought| (bought.price, bought.left))
        })
    }

    fn uses(&self, name: &'static str, item: &'static str) -> String {
        self.told(name, move |tx| {
            let used = shop::use_up(tx, &scene(name), &roles(), item)?;
            Ok(used.until.map(|until| until.since(NOON).as_secs() / 3_600))
        })
    }

    fn wears(&self, name: &str) -> Vec<Option<Timestamp>> {
        let member = user(name);
        let read = self
            .store
            .read_blocking(move |reader| roles::wants(reader, GUILD, member, Source::Shop));
        read.expect("grants")
            .into_iter()
            .map(|grant| grant.until)
            .collect()
    }
}

fn terms() -> Terms {
    Terms::default()
}

#[test]
fn what_is_bought_is_paid_held_and_used_up() {
    let bench = bench();
    bench.grant("sam", 100);
    let day = Terms {
        role: Some(VIP),
        duration: Some(DAY),
        ..terms()
    };
    assert_eq!(bench.add("olive", "VIP pass", 40, day), "1");
    assert_eq!(bench.buy("sam", "vip PASS", 2), "(80, 20)");
    assert_eq!(bench.buy("sam", "#1", 1), "refused-too-poor");
    assert_eq!(bench.uses("sam", "vip"), "Some(24)");
    bench.clock.advance(HOUR);
    assert_eq!(
        bench.uses("sam", "vip"),
        "Some(48)",
        "a second one lengthens the first"
    );
    assert_eq!(
        bench.uses("sam", "vip"),
        "refused-no-item",
        "both are used up"
    );
    assert_eq!(bench.uses("lea", "vip"), "refused-no-item");
    assert_eq!(bench.wears("sam"), [Some(NOON + 2 * DAY)]);
    assert_eq!(bench.wears("lea"), []);
}

#[test]
fn stock_and_limits_hold_for_everyone_together_and_each_alone() {
    let bench = bench();
    for name in ["sam", "lea", "mia"] {
        bench.grant(name, 100);
    }
    let few = Terms {
        stock: Some(Limit::Of(3)),
        most: Some(Limit::Of(2)),
        ..terms()
    };
    bench.add("olive", "badge", 10, few);
    assert_eq!(bench.buy("sam", "badge", 3), "refused-item-limit");
    assert_eq!(bench.buy("sam", "badge", 0), "refused-count");
    assert_eq!(bench.buy("sam", "badge", u32::MAX), "refused-stock");
    assert_eq!(bench.buy("sam", "badge", 1), "(10, 90)");
    assert_eq!(bench.buy("sam", "badge", 1), "(10, 80)");
    assert_eq!(bench.buy("sam", "badge", 1), "refused-item-limit");
    assert_eq!(bench.buy("lea", "badge", 2), "refused-stock");
    assert_eq!(bench.buy("lea", "badge", 1), "(10, 90)");
    assert_eq!(bench.buy("mia", "badge", 1), "refused-stock");
    assert_eq!(bench.has("mia"), 100);
    let more = Terms {
        stock: Some(Limit::None),
        price: Some(15),
        ..terms()
    };
    assert_eq!(bench.edit("badge", more), "15");
    assert_eq!(bench.buy("mia", "badge", 2), "(30, 70)");
}

#[test]
fn a_role_that_may_not_be_handed_out_is_refused_at_set_up_and_again_at_use() {
    let bench = bench();
    bench.grant("sam", 100);
    let with = |role: u64| Terms {
        role: Some(RoleId(role)),
        ..terms()
    };
    assert_eq!(
        bench.add("olive", "crown", 1, with(78)),
        "refused-role-above-greffier"
    );
    assert_eq!(
        bench.add("olive", "ghost", 1, with(99)),
        "refused-role-gone"
    );
    assert_eq!(bench.add("olive", "pass", 1, with(77)), "1");
    assert_eq!(bench.edit("pass", with(78)), "refused-role-above-greffier");
    bench.buy("sam", "pass", 1);
    // Meanwhile the role has got a permission with which its holder could do harm.
    let told = bench.told("sam", |tx| {
        let mut roles = roles();
        roles[0].dangers = vec!["Ban Members".to_owned()];
        shop::use_up(tx, &scene("sam"), &roles, "pass")
    });
    assert_eq!(told, "refused-role-dangerous");
    assert_eq!(
        bench.uses("sam", "pass"),
        "None",
        "it was not used up by that"
    );
    assert_eq!(bench.wears("sam"), [None]);
    bench.buy("sam", "pass", 1);
    assert_eq!(bench.uses("sam", "pass"), "refused-has-role");
}

#[test]
fn only_administrators_fill_the_shop_and_only_with_what_can_be_read() {
    let bench = bench();
    assert_eq!(
        bench.add("sam", "badge", 1, terms()),
        "refused-administrators-only"
    );
    assert_eq!(bench.add("olive", "  ", 1, terms()), "refused-item-words");
    assert_eq!(bench.add("olive", "badge", -1, terms()), "refused-price");
    let timed = Terms {
        duration: Some(DAY),
        ..terms()
    };
    assert_eq!(
        bench.add("olive", "badge", 1, timed),
        "refused-duration-without-role"
    );
    assert_eq!(bench.add("adam", "badge", 1, terms()), "1");
    assert_eq!(bench.add("olive", "BADGE", 1, terms()), "refused-item-name");
    assert_eq!(bench.add("olive", "bade", 1, terms()), "2");
    assert_eq!(
        bench.buy("sam", "bad", 1),
        "refused-no-item",
        "two begin so"
    );
    let remove = |actor: &'static str| {
        bench.told(actor, move |tx| {
            shop::remove(tx, GUILD, &person(actor), "bade").map(|item| item.name)
        })
    };
    assert_eq!(remove("sam"), "refused-administrators-only");
    assert_eq!(remove("olive"), "\"bade\"");
    assert_eq!(remove("olive"), "refused-no-item");
    assert_eq!(
        bench.buy("sam", "bad", 1),
        "refused-too-poor",
        "now it is unmistakable"
    );
    assert_eq!(bench.uses("sam", "badge"), "refused-no-item");
}

#[test]
fn what_has_no_role_is_kept_and_what_is_sold_no_longer_can_still_be_used() {
    let bench = bench();
    bench.grant("sam", 100);
    bench.add("olive", "badge", 0, terms());
    let role = Terms {
        role: Some(VIP),
        ..terms()
    };
    bench.add("olive", "pass", 10, role);
    assert_eq!(
        bench.buy("sam", "badge", 1),
        "(0, 100)",
        "a gift moves no coin"
    );
    assert_eq!(bench.uses("sam", "badge"), "refused-keepsake");
    bench.buy("sam", "pass", 1);
    bench.told("olive", |tx| {
        shop::remove(tx, GUILD, &person("olive"), "pass")
    });
    assert_eq!(bench.buy("sam", "pass", 1), "refused-no-item");
    assert_eq!(bench.uses("sam", "pass"), "None");
}
