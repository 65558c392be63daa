//! Which exceptions close a channel, and what takes each back: plain bits, no store, no Discord.
//!
//! A rule touches a few bits of one exception. Whatever else somebody changes in it while the channel is closed stays theirs.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::model::permission::{
    ADMINISTRATOR, MANAGE_ROLES, SEND_MESSAGES, SEND_MESSAGES_IN_THREADS, VIEW_CHANNEL, WRITING,
};
use crate::model::{ChannelId, Overwrite, RoleId, UserId, Whom};

/// What an exception says: allowed bits and denied bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bits {
    /// What is allowed.
    pub allow: u64,
    /// What is denied.
    pub deny: u64,
}

/// What closing does to one exception of a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Whose exception.
    pub whom: Whom,
    /// What it said before; absent: there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub former: Option<Bits>,
    /// The bits that closing changes.
    pub touched: u64,
    /// What they say while the channel is closed.
    pub closed: Bits,
}

/// A channel with its exceptions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which.
    pub channel: ChannelId,
    /// Its name.
    pub name: String,
    /// Who may do what there.
    pub overwrites: Vec<Overwrite>,
}

/// Who there is in a guild.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folk {
    /// What everyone may do.
    pub everyone: Role,
    /// The other roles.
    pub roles: Vec<Role>,
    /// The bot itself.
    pub greffier: UserId,
    /// Its roles.
    pub held: Vec<RoleId>,
    /// Members who are bots, as far as channels make exceptions for them.
    pub bots: BTreeSet<UserId>,
}

/// A role, as closing sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Role {
    /// Which.
    pub id: RoleId,
    /// What it allows everywhere.
    pub bits: u64,
    /// Who holds it.
    pub of: Of,
}

/// Who holds a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Members.
    Members,
    /// Those who moderate: they go on writing.
    Moderators,
    /// A bot, which is left alone.
    Bot,
}

impl Bits {
    /// What of `mask` is the same in both.
    fn same(self, other: Bits, mask: u64) -> u64 {
        mask & !((self.allow ^ other.allow) | (self.deny ^ other.deny))
    }

    /// With the bits of `mask` as `other` has them.
    fn with(self, other: Bits, mask: u64) -> Bits {
        Bits {
            allow: self.allow & !mask | other.allow & mask,
            deny: self.deny & !mask | other.deny & mask,
        }
    }
}

impl Place {
    /// What the exception for `whom` says.
    pub fn of(&self, whom: Whom) -> Option<Bits> {
        let found = self.overwrites.iter().find(|it| it.whom == whom);
        found.map(|it| Bits {
            allow: it.allow,
            deny: it.deny,
        })
    }

    /// What somebody may do here who holds these roles (Discord's order: everyone's bits, everyone's exception, the roles').
    fn allowed(&self, folk: &Folk, held: &[Role]) -> u64 {
        let base = held
            .iter()
            .fold(folk.everyone.bits, |all, it| all | it.bits);
        if base & ADMINISTRATOR != 0 {
            return u64::MAX;
        }
        let general = self.of(Whom::Role(folk.everyone.id)).unwrap_or_default();
        let base = base & !general.deny | general.allow;
        let own = held.iter().filter_map(|it| self.of(Whom::Role(it.id)));
        let own = own.fold(Bits::default(), |all, it| Bits {
            allow: all.allow | it.allow,
            deny: all.deny | it.deny,
        });
        base & !own.deny | own.allow
    }

    /// What the bot itself may do here.
    fn allowed_to_greffier(&self, folk: &Folk) -> u64 {
        let allowed = self.allowed(folk, &folk.own_roles());
        let own = self.of(Whom::Member(folk.greffier)).unwrap_or_default();
        allowed & !own.deny | own.allow
    }

    /// Whether the bot may change the exceptions here.
    pub fn is_in_reach(&self, folk: &Folk) -> bool {
        let needed = VIEW_CHANNEL | MANAGE_ROLES;
        self.allowed_to_greffier(folk) & needed == needed
    }

    /// Whether members can write here: by what everyone may, or by a role that is no moderator's.
    pub fn is_open(&self, folk: &Folk) -> bool {
        let writes = |held: &[Role]| {
            let allowed = self.allowed(folk, held);
            allowed & VIEW_CHANNEL != 0 && allowed & (SEND_MESSAGES | SEND_MESSAGES_IN_THREADS) != 0
        };
        let others = folk.roles.iter();
        writes(&[])
            || others
                .filter(|it| it.of == Of::Members && it.bits & ADMINISTRATOR == 0)
                .any(|it| writes(&[*it]))
    }

    /// What closes the channel: moderators and the bot first get what they have now, then members lose it, everyone last.
    pub fn closing(&self, folk: &Folk) -> Vec<Rule> {
        // Discord lets nobody set a bit that they do not hold in the guild.
        let touched = WRITING & folk.held_by_greffier();
        let keep = |whom: Whom, allowed: u64| {
            let former = self.of(whom);
            let lasting = former.is_some_and(|it| it.allow & allowed == allowed);
            (allowed != 0 && !lasting).then_some(Rule {
                whom,
                former,
                touched: allowed,
                closed: Bits {
                    allow: allowed,
                    deny: 0,
                },
            })
        };
        let moderators = folk.roles.iter();
        let moderators = moderators
            .filter(|it| it.of == Of::Moderators && it.bits & ADMINISTRATOR == 0)
            .filter_map(|it| keep(Whom::Role(it.id), self.allowed(folk, &[*it]) & touched));
        let mut rules: Vec<Rule> = moderators.collect();
        let own = self.allowed_to_greffier(folk) & touched;
        rules.extend(keep(Whom::Member(folk.greffier), own));
        let members = self.overwrites.iter().filter(|it| folk.is_members(it.whom));
        rules.extend(members.filter(|it| it.allow & touched != 0).map(|it| Rule {
            whom: it.whom,
            former: self.of(it.whom),
            touched: it.allow & touched,
            closed: Bits::default(),
        }));
        let whom = Whom::Role(folk.everyone.id);
        rules.push(Rule {
            whom,
            former: self.of(whom),
            touched,
            closed: Bits {
                allow: 0,
                deny: touched,
            },
        });
        rules
    }
}

impl Folk {
    fn own_roles(&self) -> Vec<Role> {
        let own = self.roles.iter().filter(|it| self.held.contains(&it.id));
        own.copied().collect()
    }

    /// What the bot may do wherever no exception says otherwise.
    fn held_by_greffier(&self) -> u64 {
        let own = self.own_roles().into_iter();
        let bits = own.fold(self.everyone.bits, |all, it| all | it.bits);
        if bits & ADMINISTRATOR == 0 {
            bits
        } else {
            u64::MAX
        }
    }

    /// Whether an exception is for members other than moderators, bots and @everyone.
    fn is_members(&self, whom: Whom) -> bool {
        match whom {
            Whom::Member(member) => member != self.greffier && !self.bots.contains(&member),
            Whom::Role(role) => self
                .roles
                .iter()
                .any(|it| it.id == role && it.of == Of::Members),
        }
    }
}

impl Rule {
    /// The rule as it should be, and what the exception must say, for what it says now. What was changed between the look
    /// and the act is what comes back; a bit that says already what it should was perhaps set by us, before a crash.
    pub fn close(self, now: Option<Bits>) -> (Rule, Option<Bits>) {
        let bits = now.unwrap_or_default();
        let open = self.touched & !bits.same(self.closed, self.touched);
        let former = match (self.former, now) {
            (Some(former), Some(_)) => Some(former.with(bits, open | !self.touched)),
            (None, Some(_)) if open != 0 => Some(Bits::default().with(bits, open | !self.touched)),
            (None, Some(_)) => None,
            (_, None) => None,
        };
        let wanted = bits.with(self.closed, self.touched);
        let rule = Rule { former, ..self };
        (rule, (open != 0).then_some(wanted))
    }

    /// What takes it back, for what the exception says now; and whether somebody changed it by hand, which stays.
    pub fn open(self, now: Option<Bits>) -> (Back, Hands) {
        let (bits, former) = (now.unwrap_or_default(), self.former.unwrap_or_default());
        let ours = bits.same(self.closed, self.touched);
        let theirs = self.touched & !ours & !bits.same(former, self.touched);
        let is_deleted = now.is_none() && self.former.is_some();
        let hands = match theirs != 0 || is_deleted {
            true => Hands::Others,
            false => Hands::Ours,
        };
        let wanted = bits.with(former, ours);
        let back = match (self.former, now) {
            (_, None) => Back::Nothing,
            (None, Some(_)) if wanted == Bits::default() => Back::Drop,
            _ if wanted == bits => Back::Nothing,
            _ => Back::Put(wanted),
        };
        (back, hands)
    }
}

/// What takes a rule back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Back {
    /// All is as it was.
    Nothing,
    /// The exception says this again.
    Put(Bits),
    /// There is no exception any more.
    Drop,
}

/// Whose hands were on an exception while its channel was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hands {
    /// Only ours.
    Ours,
    /// Somebody else's as well.
    Others,
}

#[cfg(test)]
mod tests;
