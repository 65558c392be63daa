//! What a member gets, and gives back, who uses a menu. Plain values in, changes of the roles out.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::register::{self, Offer, RoleMenu};
use crate::cogs::roles::{self, Source};
use crate::model::{Refusal, Rejection, RoleFacts, RoleId, Scene, Standing, Timestamp};
use crate::store::Tx;
use crate::text;

/// What a member asked of a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pick {
    /// They pressed this role's button: to have it, or to have it no longer.
    Toggle(RoleId),
    /// They chose these in the menu, and no others.
    Exactly(BTreeSet<RoleId>),
}

/// What it takes to judge whether a role may still be handed out.
#[derive(Clone, Debug)]
pub struct Judges {
    /// The guild's roles as they are now.
    pub roles: Vec<RoleFacts>,
    /// Those who set the menu up, as they stand now.
    pub choosers: Vec<Standing>,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// What they get, and until when.
    pub given: Vec<(RoleId, Option<Timestamp>)>,
    /// What goes.
    pub taken: Vec<RoleId>,
    /// What they no longer want and keep all the same: somebody else wants them to have it.
    pub kept: Vec<RoleId>,
}

/// A member uses a menu.
pub fn press(
    tx: &mut Tx<'_>,
    scene: &Scene,
    number: u32,
    pick: &Pick,
    judges: &Judges,
) -> Result<Chosen, Rejection> {
    let menu = register::find(tx, scene.guild, number)?
        .ok_or_else(|| Refusal::new("refused-menu-gone"))?;
    let member = scene.actor.user;
    let plan = roles::rules::plan(tx, scene.guild, member)?;
    // The records run ahead of Discord by the time that an act takes.
    let leaving = |role: &RoleId| plan.given.contains(role) && !plan.wanted.contains(role);
    let had: BTreeSet<RoleId> = scene
        .actor
        .roles
        .iter()
        .filter(|role| !leaving(role))
        .chain(&plan.wanted)
        .copied()
        .collect();
    let has: BTreeSet<RoleId> = offered(&menu).intersection(&had).copied().collect();
    let target = target(&menu, &has, pick)?;
    let gains: Vec<&Offer> = menu
        .offers
        .iter()
        .filter(|offer| target.contains(&offer.role) && !has.contains(&offer.role))
        .collect();
    if !gains.is_empty() {
        check_conditions(&menu, &had)?;
    }
    let mut chosen = Chosen::default();
    for role in has.difference(&target) {
        if take(tx, scene, *role)? {
            chosen.taken.push(*role);
        } else {
            chosen.kept.push(*role);
        }
    }
    for offer in gains {
        check_offer(offer, scene, judges)?;
        let until = offer
            .seconds
            .map(|seconds| tx.now() + std::time::Duration::from_secs(seconds));
        roles::rules::record_grant(tx, scene.guild, member, offer.role, Source::Menu, until)?;
        chosen.given.push((offer.role, until));
    }
    if chosen != Chosen::default() {
        roles::put_right(tx, scene.guild, member)?;
    }
    Ok(chosen)
}

fn offered(menu: &RoleMenu) -> BTreeSet<RoleId> {
    menu.offers.iter().map(|offer| offer.role).collect()
}

/// What of the menu's roles the member is to have, or why that can't be.
fn target(
    menu: &RoleMenu,
    has: &BTreeSet<RoleId>,
    pick: &Pick,
) -> Result<BTreeSet<RoleId>, Refusal> {
    let (least, most) = (usize::from(menu.row.least), menu.row.most.map(usize::from));
    let offered = offered(menu);
    let mut target = has.clone();
    match pick {
        Pick::Toggle(role) if !offered.contains(role) => {
            return Err(Refusal::new("refused-menu-changed"));
        }
        Pick::Toggle(role) if has.contains(role) => {
            target.remove(role);
            if target.len() < least {
                return Err(text!("refused-menu-least", least = least).into());
            }
        }
        // Of one, the new choice takes the place of the old.
        Pick::Toggle(role) if most == Some(1) => target = BTreeSet::from([*role]),
        Pick::Toggle(role) => {
            target.insert(*role);
        }
        Pick::Exactly(roles) if !roles.is_subset(&offered) => {
            return Err(Refusal::new("refused-menu-changed"));
        }
        Pick::Exactly(roles) => {
            target = roles.clone();
            if target.len() < least {
                return Err(text!("refused-menu-least", least = least).into());
            }
        }
    }
    match most {
        Some(most) if target.len() > most && target.len() > has.len() => {
            Err(text!("refused-menu-most", most = most).into())
        }
        _ => Ok(target),
    }
}

fn check_conditions(menu: &RoleMenu, had: &BTreeSet<RoleId>) -> Result<(), Refusal> {
    let names = |roles: &[RoleId]| {
        let mentions = roles.iter().map(|role| role.mention());
        mentions.collect::<Vec<_>>().join(", ")
    };
    if !menu.required.is_empty() && !menu.required.iter().any(|role| had.contains(role)) {
        return Err(text!("refused-menu-required", roles = names(&menu.required)).into());
    }
    let in_the_way: Vec<RoleId> = menu
        .forbidden
        .iter()
        .filter(|role| had.contains(role))
        .copied()
        .collect();
    if !in_the_way.is_empty() {
        return Err(text!("refused-menu-forbidden", roles = names(&in_the_way)).into());
    }
    Ok(())
}

/// The role must still be one that whoever offered it may hand out.
fn check_offer(offer: &Offer, scene: &Scene, judges: &Judges) -> Result<(), Rejection> {
    let chooser = offer.chooser.and_then(|chooser| {
        let mut choosers = judges.choosers.iter();
        choosers.find(|standing| standing.user == chooser)
    });
    if chooser.is_none() {
        // It was set up anew between the look at it and this transaction.
        return Err(Refusal::new("refused-menu-changed").into());
    }
    roles::rules::may_hand_out_of(&judges.roles, offer.role, chooser, &scene.greffier)
}

/// Returns whether the role goes: it stays where somebody else wants it.
fn take(tx: &mut Tx<'_>, scene: &Scene, role: RoleId) -> Result<bool, Rejection> {
    let (guild, member) = (scene.guild, scene.actor.user);
    roles::rules::record_withdrawal(tx, guild, member, role, Source::Menu)?;
    if roles::wanted(tx, guild, member)?.contains(&role) {
        return Ok(false);
    }
    // They asked to be rid of it, whoever gave it.
    roles::rules::adopt(tx, guild, member, role)?;
    Ok(true)
}
