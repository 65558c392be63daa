//! Short histories on a real store: a menu is set up, used, and changed under its users' hands.

use std::collections::BTreeSet;

use super::*;
use crate::cogs::roles::{Roles, Source};
use crate::cogs::settings::Settings;
use crate::model::{Clock, Rank, Standing, Timestamp};
use crate::store::{Order, Registers, Store};

const GUILD: GuildId = GuildId(1);
const CHANNEL: ChannelId = ChannelId(50);
const RED: RoleId = RoleId(100);
const BLUE: RoleId = RoleId(101);
const GREEN: RoleId = RoleId(102);
const NOON: Timestamp = Timestamp(1_800_000_000_000);

struct Bench {
    store: Store,
    clock: Clock,
    _folder: tempfile::TempDir,
}

fn person(name: &str) -> Standing {
    let (user, position, owner, administrator) = match name {
        "olive" => (10, 0, true, false),
        "adam" => (11, 9, false, true),
        "sam" => (14, 0, false, false),
        "lea" => (15, 0, false, false),
        "greffier" => (16, 8, false, false),
        other => panic!("nobody is called {other}"),
    };
    Standing {
        user: UserId(user),
        bot: name == "greffier",
        owner,
        administrator,
        moderates: false,
        roles: Vec::new(),
        rank: Rank { position, age: 0 },
    }
}

fn role(id: RoleId, position: u16) -> RoleFacts {
    RoleFacts {
        id,
        name: format!("role {id}"),
        rank: Rank { position, age: 0 },
        managed: false,
        dangers: Vec::new(),
    }
}

fn scene(actor: &str, held: &[RoleId]) -> Scene {
    Scene {
        guild: GUILD,
        guild_name: "Town".to_owned(),
        actor: Standing {
            roles: held.to_vec(),
            ..person(actor)
        },
        greffier: person("greffier"),
        locale: Locale::En,
    }
}

fn bench() -> Bench {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = Clock::fixed(NOON);
    let registers = Registers::default()
        .with::<Settings>()
        .with::<Roles>()
        .with::<Selfroles>();
    let store = Store::open(folder.path(), registers, clock.clone()).expect("a new store");
    let bench = Bench {
        store,
        clock,
        _folder: folder,
    };
    assert_eq!(
        bench.admin("adam", |tx, scene| {
            create(tx, scene, "Colours", Style::Buttons)
        }),
        "done"
    );
    for id in [RED, BLUE, GREEN] {
        let offered = bench.admin("adam", move |tx, scene| {
            offer(tx, scene, 1, &role(id, 3), None)
        });
        assert_eq!(offered, "done");
    }
    bench
}

impl Bench {
    fn act<T, F>(&self, scene: Scene, rule: F) -> Result<T, Rejection>
    where
        T: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
        F: FnOnce(&mut Tx<'_>, &Scene) -> Result<T, Rejection> + Send + 'static,
    {
        let order = Order {
            guild: Some(GUILD),
            actor: Some(scene.actor.user),
            origin: None,
        };
        let done = self.store.write_blocking(order, move |tx| rule(tx, &scene));
        Ok(done?.value)
    }

    /// What an administrator's act came to: `done`, or the key of the refusal, whose twin is that nothing changed.
    #[track_caller]
    fn admin<T, F>(&self, actor: &str, rule: F) -> String
    where
        T: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
        F: FnOnce(&mut Tx<'_>, &Scene) -> Result<T, Rejection> + Send + 'static,
    {
        let before = self.seq();
        match self.act(scene(actor, &[]), rule) {
            Ok(_) => "done".to_owned(),
            Err(Rejection::Refused(Refusal(text))) => {
                assert_eq!(
                    self.seq(),
                    before,
                    "a refusal leaves nothing in the journal"
                );
                text.key.into_owned()
            }
            Err(other) => panic!("{other:#}"),
        }
    }

    fn edit(&self, change: Edit) -> String {
        self.admin("adam", move |tx, scene| edit(tx, scene, 1, change))
    }

    #[track_caller]
    fn press(&self, who: &str, held: &[RoleId], pick: Pick) -> String {
        self.press_judged(who, held, pick, judges())
    }

    /// `+100 -101 =102`: given, given back, kept for another's sake; or the key of the refusal.
    #[track_caller]
    fn press_judged(&self, who: &str, held: &[RoleId], pick: Pick, judges: Judges) -> String {
        let before = self.seq();
        let outcome = self.act(scene(who, held), move |tx, scene| {
            press(tx, scene, 1, &pick, &judges)
        });
        match outcome {
            Ok(chosen) => {
                let given = chosen.given.iter().map(|(role, until)| match until {
                    Some(until) => format!("+{role} for {} s", until.since(NOON).as_secs()),
                    None => format!("+{role}"),
                });
                let taken = chosen.taken.iter().map(|role| format!("-{role}"));
                let kept = chosen.kept.iter().map(|role| format!("={role}"));
                given.chain(taken).chain(kept).collect::<Vec<_>>().join(" ")
            }
            Err(Rejection::Refused(Refusal(text))) => {
                assert_eq!(
                    self.seq(),
                    before,
                    "a refusal leaves nothing in the journal"
                );
                text.key.into_owned()
            }
            Err(other) => panic!("{other:#}"),
        }
    }

    fn seq(&self) -> u64 {
        self.store
            .read_blocking(|reader| reader.seq())
            .expect("the journal")
    }

    fn effects(&self) -> Vec<Effect> {
        let now = self.clock.now();
        let due = self
            .store
            .read_blocking(|reader| reader.outbox_due(now, 100));
        let due = due.expect("the outbox").into_iter();
        due.map(|pending| pending.effect).collect()
    }

    fn stands(&self, message: u64) {
        let menu = self
            .store
            .read_blocking(|reader| find(reader, GUILD, 1))
            .expect("a read")
            .expect("a menu");
        let shown = menu_post(&menu, Locale::En);
        let place = (CHANNEL, MessageId(message));
        self.act(scene("adam", &[]), move |tx, _| {
            posted(tx, GUILD, 1, place, &shown)
        })
        .expect("it stands");
    }
}

fn judges() -> Judges {
    Judges {
        roles: vec![role(RED, 3), role(BLUE, 3), role(GREEN, 3)],
        choosers: vec![person("adam")],
    }
}

fn exactly(roles: &[RoleId]) -> Pick {
    Pick::Exactly(roles.iter().copied().collect::<BTreeSet<_>>())
}

#[test]
fn a_press_gives_a_role_and_the_next_takes_it_back_for_that_member_alone() {
    let bench = bench();
    assert_eq!(bench.press("sam", &[], Pick::Toggle(RED)), "+100");
    assert_eq!(bench.press("lea", &[], Pick::Toggle(RED)), "+100");
    assert_eq!(bench.press("sam", &[RED], Pick::Toggle(BLUE)), "+101");
    assert_eq!(bench.press("sam", &[RED, BLUE], Pick::Toggle(RED)), "-100");
    // Pressed twice before Discord has done anything.
    assert_eq!(bench.press("lea", &[], Pick::Toggle(RED)), "-100");
    assert_eq!(bench.press("lea", &[RED], Pick::Toggle(RED)), "+100");
}

#[test]
fn of_one_choice_the_new_takes_the_place_of_the_old() {
    let bench = bench();
    assert_eq!(
        bench.edit(Edit::Choice {
            least: 0,
            most: Some(1)
        }),
        "done"
    );
    bench.press("sam", &[], Pick::Toggle(RED));
    assert_eq!(bench.press("sam", &[RED], Pick::Toggle(BLUE)), "+101 -100");
    assert_eq!(bench.press("sam", &[BLUE], Pick::Toggle(BLUE)), "-101");
}

#[test]
fn least_and_most_hold_for_buttons_and_for_the_menu() {
    let bench = bench();
    bench.edit(Edit::Choice {
        least: 1,
        most: Some(2),
    });
    bench.press("sam", &[], Pick::Toggle(RED));
    assert_eq!(
        bench.press("sam", &[RED], Pick::Toggle(RED)),
        "refused-menu-least"
    );
    bench.press("sam", &[RED], Pick::Toggle(BLUE));
    assert_eq!(
        bench.press("sam", &[RED, BLUE], Pick::Toggle(GREEN)),
        "refused-menu-most"
    );
    assert_eq!(bench.press("lea", &[], exactly(&[])), "refused-menu-least");
    assert_eq!(
        bench.press("lea", &[], exactly(&[RED, BLUE, GREEN])),
        "refused-menu-most"
    );
    assert_eq!(
        bench.press("sam", &[RED, BLUE], exactly(&[BLUE, GREEN])),
        "+102 -100"
    );
    assert_eq!(
        bench.press("sam", &[BLUE, GREEN], exactly(&[BLUE, GREEN])),
        ""
    );
}

#[test]
fn required_and_forbidden_roles_decide_who_gets_more_but_anyone_may_give_back() {
    let bench = bench();
    let (verified, loud) = (RoleId(200), RoleId(201));
    bench.press("sam", &[], Pick::Toggle(RED));
    bench.edit(Edit::Required(vec![verified]));
    bench.edit(Edit::Forbidden(vec![loud]));
    assert_eq!(
        bench.press("sam", &[RED], Pick::Toggle(BLUE)),
        "refused-menu-required"
    );
    assert_eq!(
        bench.press("lea", &[verified, loud], Pick::Toggle(BLUE)),
        "refused-menu-forbidden"
    );
    assert_eq!(bench.press("lea", &[verified], Pick::Toggle(BLUE)), "+101");
    assert_eq!(bench.press("sam", &[RED, loud], Pick::Toggle(RED)), "-100");
}

#[test]
fn a_lent_role_has_an_end_and_pressing_it_again_returns_it_early() {
    let bench = bench();
    let lent = bench.admin("adam", |tx, scene| {
        lend(tx, scene, 1, &role(RED, 3), Some(Duration::from_secs(3600)))
    });
    assert_eq!(lent, "done");
    assert_eq!(
        bench.press("sam", &[], Pick::Toggle(RED)),
        "+100 for 3600 s"
    );
    // Chosen again in a menu, it does not begin anew.
    assert_eq!(bench.press("sam", &[RED], exactly(&[RED, BLUE])), "+101");
    assert_eq!(bench.press("sam", &[RED, BLUE], Pick::Toggle(RED)), "-100");
    let too_short = bench.admin("adam", |tx, scene| {
        lend(tx, scene, 1, &role(RED, 3), Some(Duration::from_secs(59)))
    });
    assert_eq!(too_short, "refused-menu-loan");
}

#[test]
fn what_somebody_else_wants_stays_and_what_was_given_by_hand_can_be_given_back() {
    let bench = bench();
    bench
        .act(scene("sam", &[]), |tx, scene| {
            let member = scene.actor.user;
            Ok(roles::grant(tx, GUILD, member, RED, Source::Shop, None)?)
        })
        .expect("bought");
    assert_eq!(bench.press("sam", &[RED], Pick::Toggle(RED)), "=100");
    assert_eq!(bench.press("sam", &[RED, BLUE], Pick::Toggle(BLUE)), "-101");
    assert_eq!(bench.press("lea", &[RED], Pick::Toggle(RED)), "-100");
}

#[test]
fn a_role_that_became_dangerous_or_rose_above_who_set_it_up_is_refused_at_use() {
    let bench = bench();
    let mut dangerous = judges();
    dangerous.roles[0].dangers = vec!["Manage Roles".to_owned()];
    let mut risen = judges();
    risen.roles[0].rank.position = 8;
    let mut demoted = judges();
    demoted.choosers[0].rank.position = 2;
    let mut gone = judges();
    gone.roles.remove(0);
    let mut unknown = judges();
    unknown.choosers.clear();
    for (judges, key) in [
        (dangerous, "refused-role-dangerous"),
        (risen, "refused-role-above-greffier"),
        (demoted, "refused-role-above-chooser"),
        (gone, "refused-role-gone"),
        (unknown, "refused-menu-changed"),
    ] {
        let pressed = bench.press_judged("sam", &[], Pick::Toggle(RED), judges.clone());
        assert_eq!(pressed, key);
        // Giving it back is always possible.
        let returned = bench.press_judged("lea", &[RED], Pick::Toggle(RED), judges);
        assert_eq!(returned, "-100");
        bench.press("lea", &[], Pick::Toggle(RED));
    }
}

#[test]
fn only_administrators_set_menus_up_and_only_with_what_they_may_hand_out() {
    let bench = bench();
    let offer_as = |who: &str, facts: RoleFacts| {
        bench.admin(who, move |tx, scene| offer(tx, scene, 1, &facts, None))
    };
    let new = RoleId(300);
    assert_eq!(offer_as("sam", role(new, 1)), "refused-administrators-only");
    assert_eq!(
        offer_as("olive", role(new, 8)),
        "refused-role-above-greffier"
    );
    let dangerous = RoleFacts {
        dangers: vec!["Administrator".to_owned()],
        ..role(new, 1)
    };
    assert_eq!(offer_as("olive", dangerous), "refused-role-dangerous");
    assert_eq!(offer_as("olive", role(new, 7)), "done");
    for (number, key) in [(2, "refused-no-menu"), (1, "refused-menu-not-offered")] {
        let dropped = bench.admin("adam", move |tx, scene| {
            drop_offer(tx, scene, number, RoleId(999))
        });
        assert_eq!(dropped, key);
    }
    for id in 400..421 {
        assert_eq!(offer_as("adam", role(RoleId(id), 1)), "done");
    }
    assert_eq!(offer_as("adam", role(RoleId(421), 1)), "refused-menu-full");
    assert_eq!(
        bench.edit(Edit::Choice {
            least: 3,
            most: Some(2)
        }),
        "refused-menu-choice"
    );
    assert_eq!(
        bench.edit(Edit::Title("x".repeat(101))),
        "refused-menu-length"
    );
    let created = bench.admin("sam", |tx, scene| create(tx, scene, "Mine", Style::Select));
    assert_eq!(created, "refused-administrators-only");
}

#[test]
fn the_message_follows_the_menu_also_when_it_changed_while_being_posted() {
    let bench = bench();
    let post = |number| bench.admin("adam", move |tx, scene| post(tx, scene, number, CHANNEL));
    assert_eq!(post(1), "done");
    let Some(Effect::ChannelPost { post: shown, .. }) = bench.effects().pop() else {
        panic!("a post was promised");
    };
    assert_eq!(bench.edit(Edit::Title("Paints".to_owned())), "done");
    assert_eq!(bench.effects().len(), 1, "it does not stand yet");
    bench
        .act(scene("adam", &[]), move |tx, _| {
            posted(tx, GUILD, 1, (CHANNEL, MessageId(70)), &shown)
        })
        .expect("it stands");
    let titles: Vec<Text> = bench
        .effects()
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::EditPost { post, .. } => Some(post.title),
            _ => None,
        })
        .collect();
    assert_eq!(titles, [Text::verbatim("Paints")]);
    let created = bench.admin("adam", |tx, scene| {
        create(tx, scene, "Empty", Style::Select)
    });
    assert_eq!(
        (created.as_str(), post(2).as_str()),
        ("done", "refused-menu-empty")
    );
}

#[test]
fn a_menu_without_its_message_can_be_posted_again_and_a_closed_one_gives_nothing() {
    let bench = bench();
    bench.stands(70);
    let place = || {
        let menu = bench
            .store
            .read_blocking(|reader| find(reader, GUILD, 1))
            .expect("a read")?;
        Some((menu.row.message, menu.row.vanished))
    };
    assert_eq!(place(), Some((Some(MessageId(70)), None)));
    let gone = |tx: &mut Tx<'_>, _: &Scene| vanished(tx, GUILD, &[1]);
    assert_eq!(bench.admin("adam", gone), "done");
    assert_eq!(place(), Some((None, Some(NOON))));
    let before = bench.seq();
    assert_eq!(bench.admin("adam", gone), "done");
    assert_eq!(bench.seq(), before, "it is gone once");
    bench.stands(71);
    assert_eq!(place(), Some((Some(MessageId(71)), None)));
    assert_eq!(bench.admin("adam", |tx, scene| close(tx, scene, 1)), "done");
    assert_eq!(place(), None);
    assert_eq!(
        bench.press("sam", &[], Pick::Toggle(RED)),
        "refused-menu-gone"
    );
    // Its number is never given again: an old message must not work another menu.
    let created = bench.act(scene("adam", &[]), |tx, scene| {
        create(tx, scene, "New", Style::Buttons)
    });
    assert_eq!(created.expect("a menu"), 2);
}

#[test]
fn a_deleted_role_leaves_every_menu_that_offered_it() {
    let bench = bench();
    bench
        .act(scene("adam", &[]), |tx, _| {
            role_deleted(tx, GUILD, RED, Locale::En)
        })
        .expect("noted");
    assert_eq!(
        bench.press("sam", &[], Pick::Toggle(RED)),
        "refused-menu-changed"
    );
    assert_eq!(bench.press("sam", &[], Pick::Toggle(BLUE)), "+101");
}
