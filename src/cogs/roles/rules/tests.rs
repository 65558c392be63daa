//! Short histories on a real store: who wants what for whom, and what should follow on Discord.

use std::collections::BTreeSet;
use std::time::Duration;

use super::*;
use crate::model::{Clock, Rank};
use crate::store::{Order, Registers, Store};

const GUILD: GuildId = GuildId(1);
const ELSEWHERE: GuildId = GuildId(2);
const SAM: UserId = UserId(14);
const LEA: UserId = UserId(15);
const RED: RoleId = RoleId(100);
const BLUE: RoleId = RoleId(101);
const NOON: Timestamp = Timestamp(1_800_000_000_000);
const HOUR: Duration = Duration::from_secs(3600);

struct Bench {
    store: Store,
    clock: Clock,
    _folder: tempfile::TempDir,
}

fn bench() -> Bench {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = Clock::fixed(NOON);
    let registers = Registers::default().with::<Roles>();
    let store = Store::open(folder.path(), registers, clock.clone()).expect("a new store");
    Bench {
        store,
        clock,
        _folder: folder,
    }
}

impl Bench {
    #[track_caller]
    fn act<T, F>(&self, rule: F) -> T
    where
        T: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        self.act_in(GUILD, rule)
    }

    #[track_caller]
    fn act_in<T, F>(&self, guild: GuildId, rule: F) -> T
    where
        T: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        let order = Order {
            guild: Some(guild),
            ..Order::default()
        };
        let done = self.store.write_blocking(order, move |tx| Ok(rule(tx)?));
        done.expect("a rule that does not fail").value
    }

    #[track_caller]
    fn grant(&self, member: UserId, role: RoleId, source: Source, until: Option<Timestamp>) {
        self.act(move |tx| grant(tx, GUILD, member, role, source, until));
    }

    fn withdraw(&self, member: UserId, role: RoleId, source: Source) -> bool {
        self.act(move |tx| withdraw(tx, GUILD, member, role, source))
    }

    /// What would be done for a member who holds `held`: `+100 -101`.
    fn steps(&self, member: UserId, held: &[RoleId]) -> String {
        let plan = self
            .store
            .read_blocking(|reader| plan(reader, GUILD, member))
            .expect("a plan");
        let steps = plan.steps(&held.iter().copied().collect::<BTreeSet<_>>());
        let give = steps.give.iter().map(|role| format!("+{role}"));
        let take = steps.take.iter().map(|role| format!("-{role}"));
        give.chain(take).collect::<Vec<_>>().join(" ")
    }

    fn given(&self, member: UserId, roles: &[RoleId]) {
        let roles = roles.to_vec();
        self.act(move |tx| note_given(tx, GUILD, member, roles));
    }

    fn seq(&self) -> u64 {
        self.store
            .read_blocking(|reader| reader.seq())
            .expect("the journal")
    }

    fn next(&self) -> Option<Timestamp> {
        self.store.read_blocking(next_expiry).expect("a time")
    }
}

#[test]
fn a_role_goes_only_when_nobody_wants_it_any_more() {
    let bench = bench();
    bench.grant(SAM, RED, Source::Menu, None);
    bench.grant(SAM, RED, Source::Shop, None);
    bench.grant(LEA, RED, Source::Menu, None);
    assert_eq!(bench.steps(SAM, &[]), "+100");
    bench.given(SAM, &[RED]);
    assert!(bench.withdraw(SAM, RED, Source::Menu));
    assert_eq!(bench.steps(SAM, &[RED]), "", "the shop still wants it");
    assert!(!bench.withdraw(SAM, RED, Source::Menu), "it wanted it once");
    assert!(bench.withdraw(SAM, RED, Source::Shop));
    assert_eq!(bench.steps(SAM, &[RED]), "-100");
    assert_eq!(bench.steps(LEA, &[]), "+100", "what lea chose is hers");
}

#[test]
fn a_mute_and_a_menu_never_fight_over_a_role() {
    let bench = bench();
    bench.grant(SAM, RED, Source::Mute, Some(NOON + HOUR));
    bench.grant(LEA, RED, Source::Menu, None);
    bench.given(SAM, &[RED]);
    // He takes it in the menu and gives it back: the mute holds through both, and through his leaving.
    bench.grant(SAM, RED, Source::Menu, None);
    bench.withdraw(SAM, RED, Source::Menu);
    assert_eq!(bench.steps(SAM, &[RED]), "");
    bench.act(|tx| left(tx, GUILD, SAM, &[RED], Keeps::Nothing));
    assert_eq!(bench.steps(SAM, &[]), "+100");
    bench.given(SAM, &[RED]);
    bench.clock.advance(HOUR);
    bench.act(|tx| expire(tx, GUILD));
    assert_eq!(bench.steps(SAM, &[RED]), "-100");
    assert_eq!(bench.steps(LEA, &[]), "+100");
}

#[test]
fn what_was_given_at_a_return_that_was_heard_before_the_leaving_is_taken_again() {
    let bench = bench();
    bench.grant(SAM, RED, Source::Menu, None);
    bench.grant(LEA, RED, Source::Menu, None);
    bench.given(SAM, &[RED]);
    bench.act(|tx| left_before_returning(tx, GUILD, SAM, &[RED], Keeps::Nothing));
    assert_eq!(bench.steps(SAM, &[RED]), "-100");
    assert_eq!(bench.steps(LEA, &[]), "+100");
}

#[test]
fn a_role_that_we_never_gave_is_never_taken_away() {
    let bench = bench();
    bench.grant(SAM, RED, Source::Shop, None);
    // He holds it already, so nothing was given.
    assert_eq!(bench.steps(SAM, &[RED]), "");
    bench.withdraw(SAM, RED, Source::Shop);
    assert_eq!(bench.steps(SAM, &[RED]), "");
    // But a member who wants to be rid of it may have it adopted first.
    bench.act(|tx| adopt(tx, GUILD, SAM, RED));
    assert_eq!(bench.steps(SAM, &[RED]), "-100");
    assert_eq!(bench.steps(LEA, &[RED]), "");
}

#[test]
fn the_same_wish_again_is_no_change_and_a_new_end_replaces_the_old() {
    let bench = bench();
    bench.grant(SAM, RED, Source::Shop, Some(NOON + HOUR));
    let before = bench.seq();
    bench.grant(SAM, RED, Source::Shop, Some(NOON + HOUR));
    assert_eq!(bench.seq(), before);
    bench.grant(SAM, RED, Source::Shop, Some(NOON + HOUR * 2));
    assert_eq!(
        (bench.seq(), bench.next()),
        (before + 1, Some(NOON + HOUR * 2))
    );
}

#[test]
fn what_is_lent_ends_to_the_second_and_only_there() {
    let bench = bench();
    bench.grant(SAM, RED, Source::Menu, Some(NOON + HOUR));
    bench.grant(LEA, RED, Source::Menu, Some(NOON + HOUR * 2));
    bench.grant(SAM, BLUE, Source::Menu, None);
    bench.act_in(ELSEWHERE, |tx| {
        grant(tx, ELSEWHERE, SAM, RED, Source::Menu, Some(NOON + HOUR))
    });
    bench.given(SAM, &[RED, BLUE]);
    assert_eq!(bench.next(), Some(NOON + HOUR));
    bench.clock.advance(HOUR - Duration::from_millis(1));
    assert_eq!(bench.act(|tx| expire(tx, GUILD)), 0);
    bench.clock.advance(Duration::from_millis(1));
    assert_eq!(bench.act(|tx| expire(tx, GUILD)), 1);
    assert_eq!(bench.steps(SAM, &[RED, BLUE]), "-100");
    assert_eq!(bench.steps(LEA, &[]), "+100", "hers has an hour left");
    assert_eq!(
        bench.next(),
        Some(NOON + HOUR),
        "the other guild's is its own"
    );
    assert_eq!(bench.act_in(ELSEWHERE, |tx| expire(tx, ELSEWHERE)), 1);
    assert_eq!(bench.next(), Some(NOON + HOUR * 2));
}

#[test]
fn after_a_long_absence_everything_that_ended_is_ended() {
    let bench = bench();
    for member in 0..450 {
        bench.grant(UserId(1000 + member), RED, Source::Menu, Some(NOON + HOUR));
    }
    bench.clock.advance(HOUR * 1000);
    let mut ended = 0;
    loop {
        match bench.act(|tx| expire(tx, GUILD)) {
            0 => break,
            some => ended += some,
        }
    }
    assert_eq!((ended, bench.next()), (450, None));
}

#[test]
fn who_leaves_takes_what_they_chose_along_only_where_the_guild_keeps_it() {
    for (keeps, back) in [
        (Keeps::Nothing, "+101"),
        (Keeps::Everything, "+100 +101 +102"),
    ] {
        let bench = bench();
        bench.grant(SAM, RED, Source::Menu, None);
        bench.grant(SAM, BLUE, Source::Mute, None);
        bench.given(SAM, &[RED, BLUE]);
        let by_hand = RoleId(102);
        let everyone = RoleId(GUILD.0);
        bench.act(move |tx| left(tx, GUILD, SAM, &[everyone, RED, BLUE, by_hand], keeps));
        assert_eq!(
            bench.steps(SAM, &[]),
            back,
            "a mute comes back in either case"
        );
        bench.given(SAM, &[BLUE]);
        bench.act(|tx| returned(tx, GUILD, SAM));
        bench.withdraw(SAM, BLUE, Source::Mute);
        assert!(
            !bench.steps(SAM, &[BLUE, by_hand]).contains("102"),
            "what others gave is theirs again"
        );
    }
}

#[test]
fn what_was_taken_by_hand_is_not_given_again_but_a_mute_stands() {
    let bench = bench();
    bench.grant(SAM, RED, Source::Menu, None);
    bench.grant(SAM, RED, Source::Shop, None);
    bench.grant(SAM, BLUE, Source::Mute, None);
    bench.grant(LEA, RED, Source::Menu, None);
    bench.given(SAM, &[RED, BLUE]);
    bench.act(|tx| taken_by_hand(tx, GUILD, SAM, RED));
    bench.act(|tx| taken_by_hand(tx, GUILD, SAM, BLUE));
    assert_eq!(bench.steps(SAM, &[]), "+101");
    assert_eq!(bench.steps(LEA, &[]), "+100");
}

#[test]
fn a_deleted_role_is_forgotten_and_an_unknown_one_is_no_change() {
    let bench = bench();
    bench.grant(SAM, RED, Source::Menu, None);
    bench.given(SAM, &[RED]);
    bench.grant(LEA, BLUE, Source::Menu, None);
    bench.act(|tx| role_deleted(tx, GUILD, RED));
    let before = bench.seq();
    bench.act(|tx| role_deleted(tx, GUILD, RED));
    assert_eq!(bench.seq(), before);
    assert_eq!(
        (
            bench.steps(SAM, &[]).as_str(),
            bench.steps(LEA, &[]).as_str()
        ),
        ("", "+101")
    );
}

fn role(position: u16) -> RoleFacts {
    RoleFacts {
        id: RED,
        name: "Red".to_owned(),
        rank: Rank { position, age: 0 },
        managed: false,
        dangers: Vec::new(),
    }
}

fn standing(position: u16, owner: bool) -> Standing {
    Standing {
        user: SAM,
        bot: false,
        owner,
        administrator: true,
        moderates: true,
        roles: Vec::new(),
        rank: Rank { position, age: 0 },
    }
}

#[test]
fn a_role_that_could_do_harm_or_is_out_of_reach_is_never_handed_out() {
    let dangerous = RoleFacts {
        dangers: vec!["Ban Members".to_owned()],
        ..role(1)
    };
    let managed = RoleFacts {
        managed: true,
        ..role(1)
    };
    let (admin, owner, greffier) = (standing(5, false), standing(0, true), standing(8, false));
    for (role, chooser, expected) in [
        (&role(4), &admin, ""),
        (&role(5), &admin, "refused-role-above-chooser"),
        (&role(7), &owner, ""),
        (&role(8), &owner, "refused-role-above-greffier"),
        (&dangerous, &owner, "refused-role-dangerous"),
        (&managed, &owner, "refused-role-managed"),
    ] {
        let outcome = may_hand_out(role, Some(chooser), &greffier);
        let key = outcome.map_or_else(|refusal| refusal.0.key.into_owned(), |()| String::new());
        assert_eq!(key, expected);
    }
    assert!(
        may_hand_out(&role(5), None, &greffier).is_ok(),
        "nobody set it up"
    );
    assert!(
        may_hand_out_of(&[], RED, None, &greffier).is_err(),
        "it is gone"
    );
}
