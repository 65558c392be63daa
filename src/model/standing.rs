//! Where somebody stands in a guild: what rules need to know of a member to decide, without knowing Discord.

use super::{RoleId, UserId};

/// A member's place in the guild's hierarchy and what Discord lets them do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Who.
    pub user: UserId,
    /// Whether this is a bot.
    pub bot: bool,
    /// Whether the guild is theirs.
    pub owner: bool,
    /// Whether they hold ADMINISTRATOR.
    pub administrator: bool,
    /// Whether they hold MODERATE_MEMBERS.
    pub moderates: bool,
    /// Their roles.
    pub roles: Vec<RoleId>,
    /// Their highest role's place: greater is higher. Discord breaks ties of position by the lower id.
    pub rank: Rank,
}

/// What rules need to know of a role to decide whether it may be handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleFacts {
    /// Which.
    pub id: RoleId,
    /// Its name.
    pub name: String,
    /// Its place.
    pub rank: Rank,
    /// Whether nobody can give it: @everyone, a bot's or an integration's own, the one for boosters.
    pub managed: bool,
    /// The permissions in it with which its holder could do harm, as Discord names them.
    pub dangers: Vec<String>,
}

/// A role's place in the hierarchy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    /// Discord's `position`; 0 is @everyone.
    pub position: u16,
    /// `u64::MAX` minus the role's id: of two roles at one position the older stands higher.
    pub age: u64,
}

impl Standing {
    /// Whether this member stands above `other`, as Discord judges it: the owner above all, nobody above themselves.
    pub fn is_above(&self, other: &Standing) -> bool {
        if self.user == other.user || other.owner {
            return false;
        }
        self.owner || self.rank > other.rank
    }

    /// Whether this member stands above a role: only then may they hand it out.
    pub fn reaches(&self, role: &RoleFacts) -> bool {
        self.owner || self.rank > role.rank
    }

    /// Owner or administrator.
    pub fn administers(&self) -> bool {
        self.owner || self.administrator
    }

    /// Whether Discord would let this member time `other` out: never an administrator.
    pub fn can_time_out(&self, other: &Standing) -> bool {
        self.is_above(other) && !other.administers()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(user: u64, position: u16) -> Standing {
        Standing {
            user: UserId(user),
            bot: false,
            owner: false,
            administrator: false,
            moderates: false,
            roles: Vec::new(),
            rank: Rank {
                position,
                age: u64::MAX - user,
            },
        }
    }

    #[test]
    fn the_higher_role_stands_above_and_ties_go_to_the_older_role() {
        assert!(member(1, 3).is_above(&member(2, 2)));
        assert!(!member(1, 2).is_above(&member(2, 3)));
        assert!(
            member(1, 2).is_above(&member(2, 2)),
            "the older role of one position"
        );
        assert!(!member(2, 2).is_above(&member(1, 2)));
    }

    #[test]
    fn nobody_stands_above_the_owner_or_themselves() {
        let owner = Standing {
            owner: true,
            ..member(9, 0)
        };
        assert!(owner.is_above(&member(1, 200)));
        assert!(!member(1, 200).is_above(&owner));
        assert!(!member(1, 5).is_above(&member(1, 5)));
    }

    #[test]
    fn an_administrator_can_be_kicked_by_the_higher_but_never_timed_out() {
        let administrator = Standing {
            administrator: true,
            ..member(1, 1)
        };
        assert!(member(2, 9).is_above(&administrator));
        assert!(!member(2, 9).can_time_out(&administrator));
    }
}
