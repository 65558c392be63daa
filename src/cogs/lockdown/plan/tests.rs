//! What closing leaves of who may write, and that opening gives back what was.

use super::*;
use crate::model::permission::ADD_REACTIONS;

const EVERYONE: RoleId = RoleId(1);
const REGULARS: RoleId = RoleId(2);
const MODERATORS: RoleId = RoleId(3);
const OWN: RoleId = RoleId(4);
const GREFFIER: UserId = UserId(9);
const ALL: u64 = VIEW_CHANNEL | WRITING;

fn folk() -> Folk {
    let role = |id, bits, of| Role { id, bits, of };
    Folk {
        everyone: role(EVERYONE, ALL, Of::Members),
        roles: vec![
            role(REGULARS, 0, Of::Members),
            role(MODERATORS, 0, Of::Moderators),
            role(OWN, ALL | MANAGE_ROLES, Of::Bot),
        ],
        greffier: GREFFIER,
        held: vec![OWN],
        bots: BTreeSet::from([UserId(8)]),
    }
}

fn place(overwrites: &[(Whom, u64, u64)]) -> Place {
    let made = overwrites.iter().map(|(whom, allow, deny)| Overwrite {
        whom: *whom,
        allow: *allow,
        deny: *deny,
    });
    Place {
        channel: ChannelId(7),
        name: "general".to_owned(),
        overwrites: made.collect(),
    }
}

fn set(place: &mut Place, whom: Whom, bits: Option<Bits>) {
    place.overwrites.retain(|it| it.whom != whom);
    place.overwrites.extend(bits.map(|bits| Overwrite {
        whom,
        allow: bits.allow,
        deny: bits.deny,
    }));
    place.overwrites.sort_by_key(|it| format!("{:?}", it.whom));
}

fn close(place: &mut Place, rules: &mut [Rule]) {
    for rule in rules {
        let (corrected, wanted) = rule.close(place.of(rule.whom));
        *rule = corrected;
        if wanted.is_some() {
            set(place, rule.whom, wanted);
        }
    }
}

fn open(place: &mut Place, rules: &[Rule]) -> Vec<Whom> {
    let mut theirs = Vec::new();
    for rule in rules.iter().rev() {
        let (back, hands) = rule.open(place.of(rule.whom));
        match back {
            Back::Nothing => {}
            Back::Put(bits) => set(place, rule.whom, Some(bits)),
            Back::Drop => set(place, rule.whom, None),
        }
        if hands == Hands::Others {
            theirs.push(rule.whom);
        }
    }
    theirs
}

/// Closes a channel, checks who may write there then, opens it, and finds it as it was.
#[track_caller]
fn check(overwrites: &[(Whom, u64, u64)]) {
    let (folk, mut now) = (folk(), place(overwrites));
    set(&mut now, Whom::Role(RoleId(0)), None);
    let before = now.clone();
    let mut rules = now.closing(&folk);
    close(&mut now, &mut rules);
    assert!(!now.is_open(&folk), "{now:?}");
    let moderators = folk.roles[1];
    let (before_them, now_them) = (
        before.allowed(&folk, &[moderators]) & WRITING,
        now.allowed(&folk, &[moderators]) & WRITING,
    );
    assert_eq!(before_them, now_them, "moderators go on");
    let own = |place: &Place| place.allowed_to_greffier(&folk) & WRITING;
    assert_eq!(own(&now), own(&before), "so does the bot");
    // A crash between the act and the note of it: all of it is done again.
    close(&mut now, &mut rules);
    assert_eq!(open(&mut now, &rules), []);
    assert_eq!(now, before);
    assert_eq!(open(&mut now, &rules), []);
    assert_eq!(now, before);
}

#[test]
fn a_channel_is_closed_to_members_alone_and_comes_back_bit_by_bit() {
    let (everyone, regulars) = (Whom::Role(EVERYONE), Whom::Role(REGULARS));
    check(&[]);
    check(&[(everyone, 0, ADD_REACTIONS)]);
    check(&[
        (everyone, SEND_MESSAGES, VIEW_CHANNEL),
        (regulars, VIEW_CHANNEL, 0),
    ]);
    check(&[
        (everyone, 0, SEND_MESSAGES),
        (regulars, SEND_MESSAGES | VIEW_CHANNEL, 1),
    ]);
    check(&[
        (regulars, SEND_MESSAGES, 0),
        (Whom::Member(UserId(5)), WRITING, 0),
    ]);
    check(&[(Whom::Role(MODERATORS), 0, SEND_MESSAGES)]);
    check(&[(Whom::Role(MODERATORS), SEND_MESSAGES, 0), (regulars, 0, 0)]);
    check(&[(Whom::Member(GREFFIER), SEND_MESSAGES, 0)]);
}

#[test]
fn other_bots_keep_what_they_have() {
    let overwrites = [(Whom::Member(UserId(8)), SEND_MESSAGES, 0)];
    let rules = place(&overwrites).closing(&folk());
    assert!(rules.iter().all(|rule| rule.whom != overwrites[0].0));
}

#[test]
fn a_channel_that_only_moderators_see_is_not_open() {
    let hidden = (Whom::Role(EVERYONE), 0, VIEW_CHANNEL);
    let staff = (Whom::Role(MODERATORS), VIEW_CHANNEL, 0);
    assert!(!place(&[hidden, staff]).is_open(&folk()));
    assert!(place(&[hidden, staff, (Whom::Role(REGULARS), VIEW_CHANNEL, 0)]).is_open(&folk()));
    assert!(!place(&[(Whom::Role(EVERYONE), 0, WRITING)]).is_open(&folk()));
}

#[test]
fn what_somebody_changes_by_hand_while_it_is_closed_stays() {
    let (folk, everyone) = (folk(), Whom::Role(EVERYONE));
    let mut now = place(&[]);
    let mut rules = now.closing(&folk);
    close(&mut now, &mut rules);
    // Hidden as well: that is another bit.
    let mut bits = now.of(everyone).expect("closed");
    bits.deny |= VIEW_CHANNEL;
    set(&mut now, everyone, Some(bits));
    assert_eq!(open(&mut now, &rules), []);
    let hidden = Bits {
        allow: 0,
        deny: VIEW_CHANNEL,
    };
    assert_eq!(now.of(everyone), Some(hidden));
    // Opened for writing, by hand: that stays, the rest comes back.
    let mut now = place(&[]);
    let mut rules = now.closing(&folk);
    close(&mut now, &mut rules);
    let bits = now.of(everyone).expect("closed");
    let by_hand = Bits {
        allow: SEND_MESSAGES,
        deny: bits.deny & !SEND_MESSAGES,
    };
    set(&mut now, everyone, Some(by_hand));
    assert_eq!(open(&mut now, &rules), [everyone]);
    let left = Bits {
        allow: SEND_MESSAGES,
        deny: 0,
    };
    assert_eq!(now.of(everyone), Some(left));
    // Taken away whole.
    let mut now = place(&[(everyone, 0, ADD_REACTIONS)]);
    let mut rules = now.closing(&folk);
    close(&mut now, &mut rules);
    set(&mut now, everyone, None);
    assert_eq!(open(&mut now, &rules), [everyone]);
    assert_eq!(now.of(everyone), None);
}

#[test]
fn what_changed_between_the_look_and_the_act_comes_back() {
    let (folk, everyone) = (folk(), Whom::Role(EVERYONE));
    let mut now = place(&[]);
    let mut rules = now.closing(&folk);
    let meanwhile = Bits {
        allow: SEND_MESSAGES,
        deny: VIEW_CHANNEL,
    };
    set(&mut now, everyone, Some(meanwhile));
    close(&mut now, &mut rules);
    assert_eq!(open(&mut now, &rules), []);
    assert_eq!(now.of(everyone), Some(meanwhile));
}
