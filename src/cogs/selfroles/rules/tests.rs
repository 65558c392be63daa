//! Short histories on a real store: a menu is set up, used, and changed under its users' hands.

use std::collections::BTreeSet;

use super::*;
use crate::cogs::roles::Roles;
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

mod pressing;
