//! What members get who use a menu.

use super::*;
use crate::cogs::roles::Source;

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
