//! What a member should have against what they have: plain sets, no store, no Discord.

use std::collections::BTreeSet;

use crate::model::RoleId;

/// What the records say of one member's roles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// What somebody wants them to have.
    pub wanted: BTreeSet<RoleId>,
    /// What only their return wants: it becomes theirs again, not ours.
    pub returning: BTreeSet<RoleId>,
    /// What we gave them.
    pub given: BTreeSet<RoleId>,
}

/// What makes the plan true.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steps {
    /// To be given.
    pub give: BTreeSet<RoleId>,
    /// To be taken away.
    pub take: BTreeSet<RoleId>,
    /// Ours by the records, wanted by nobody, and not held any more: only to be forgotten.
    pub forget: BTreeSet<RoleId>,
}

impl Plan {
    /// What is to be done for a member who holds `held`. A role that we never gave is never taken away.
    pub fn steps(&self, held: &BTreeSet<RoleId>) -> Steps {
        let unwanted = || self.given.difference(&self.wanted);
        Steps {
            give: self.wanted.difference(held).copied().collect(),
            take: unwanted()
                .filter(|role| held.contains(role))
                .copied()
                .collect(),
            forget: unwanted()
                .filter(|role| !held.contains(role))
                .copied()
                .collect(),
        }
    }
}

impl Steps {
    /// Whether Discord shows already what it should.
    pub fn is_empty(&self) -> bool {
        self.give.is_empty() && self.take.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(ids: &[u64]) -> BTreeSet<RoleId> {
        ids.iter().copied().map(RoleId).collect()
    }

    #[track_caller]
    fn check(wanted: &[u64], given: &[u64], held: &[u64], give: &[u64], take: &[u64]) {
        let plan = Plan {
            wanted: roles(wanted),
            returning: BTreeSet::new(),
            given: roles(given),
        };
        let steps = plan.steps(&roles(held));
        assert_eq!((steps.give, steps.take), (roles(give), roles(take)));
    }

    #[test]
    fn what_is_wanted_is_given_and_only_what_was_ours_is_taken() {
        check(&[1], &[], &[], &[1], &[]);
        check(&[1], &[1], &[1], &[], &[]);
        check(&[], &[1], &[1], &[], &[1]);
        // Held by other hands than ours.
        check(&[], &[], &[1], &[], &[]);
        check(&[1], &[], &[1], &[], &[]);
        // Ours, but gone already.
        check(&[], &[1], &[], &[], &[]);
        check(&[2, 3], &[1, 2], &[1, 2, 9], &[3], &[1]);
    }
}
