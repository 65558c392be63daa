//! Makes what Discord shows of a member's roles what the records say: at the time it is done, not when it was asked for.

use std::collections::BTreeSet;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use futures::future::BoxFuture;
use poise::serenity_prelude as serenity;

use super::{Plan, rules};
use crate::discord::{House, Verdict, greffier_in, role_facts, verdict};
use crate::model::{Effect, GuildId, RoleFacts, RoleId, Standing, UserId};
use crate::store::Order;

/// How often the records may change under our hands before we let others go first.
const TURNS: u32 = 5;
/// Discord's error codes: unknown member, unknown user, unknown role.
const UNKNOWN_MEMBER: isize = 10007;
const UNKNOWN_USER: isize = 10013;
const UNKNOWN_ROLE: isize = 10011;

/// Does [`Effect::Roles`].
pub fn perform<'a>(
    house: &'a Arc<House>,
    http: &'a Arc<serenity::Http>,
    effect: &'a Effect,
) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        let Effect::Roles { guild, member } = effect else {
            bail!("the roles do no {}", effect.name());
        };
        Keeper {
            house,
            http,
            guild: *guild,
            member: *member,
        }
        .put_right()
        .await
    })
}

/// Ends every wish that has run out, in whatever guild: as many transactions as it takes.
pub fn expire(house: &Arc<House>) -> BoxFuture<'_, Result<()>> {
    Box::pin(async move {
        loop {
            let now = house.clock().now();
            let first = house
                .store
                .read(move |reader| rules::ended(reader, now, 1))
                .await?;
            let Some(guild) = first.first().map(|grant| grant.guild) else {
                return Ok(());
            };
            let order = Order {
                guild: Some(guild),
                ..Order::default()
            };
            house
                .store
                .write(order, move |tx| Ok(rules::expire(tx, guild)?))
                .await?;
        }
    })
}

/// One member's roles, being put right.
struct Keeper<'a> {
    house: &'a Arc<House>,
    http: &'a Arc<serenity::Http>,
    guild: GuildId,
    member: UserId,
}

impl Keeper<'_> {
    async fn put_right(&self) -> Result<()> {
        let mut plan = self.plan().await?;
        if plan == Plan::default() {
            return Ok(());
        }
        let Some(mut held) = self.held().await? else {
            // Not there: whoever comes back is put right then.
            return Ok(());
        };
        let cache = self.house.seen.cache().context("not connected yet")?;
        let discord_guild = serenity::GuildId::new(self.guild.0);
        let facts = role_facts(&cache, discord_guild)?;
        let greffier = greffier_in(&cache, discord_guild)?;
        let mut unfit = BTreeSet::new();
        for _ in 0..TURNS {
            let mut steps = plan.steps(&held);
            steps.give.retain(|role| !unfit.contains(role));
            if steps.is_empty() {
                return self.settle(&plan, steps.forget).await;
            }
            unfit.extend(self.unfit(&steps.give, &facts, &greffier));
            steps.give.retain(|role| !unfit.contains(role));
            self.give(&plan, &steps.give, &mut held, &mut unfit).await?;
            self.take(&steps.take, &mut held).await?;
            plan = self.plan().await?;
        }
        bail!("the wishes for this member's roles change faster than they are met")
    }

    async fn plan(&self) -> Result<Plan> {
        let (guild, member) = (self.guild, self.member);
        self.house
            .store
            .read(move |reader| rules::plan(reader, guild, member))
            .await
    }

    /// What they hold now; `None` where they are not in the guild.
    async fn held(&self) -> Result<Option<BTreeSet<RoleId>>> {
        let found = self.http.get_member(
            serenity::GuildId::new(self.guild.0),
            serenity::UserId::new(self.member.0),
        );
        match found.await {
            Ok(member) => Ok(Some(
                member.roles.iter().map(|role| RoleId(role.get())).collect(),
            )),
            Err(error)
                if matches!(
                    verdict(&error),
                    Verdict::Final(UNKNOWN_MEMBER | UNKNOWN_USER)
                ) =>
            {
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Those that must not be given any more: set up when they were harmless, they are not now.
    fn unfit(
        &self,
        roles: &BTreeSet<RoleId>,
        facts: &[RoleFacts],
        greffier: &Standing,
    ) -> Vec<RoleId> {
        let judged = roles.iter().filter(|role| {
            match rules::may_hand_out_of(facts, **role, None, greffier) {
                Ok(()) => false,
                Err(why) => {
                    self.warn(**role, &format!("{why:#}"));
                    true
                }
            }
        });
        judged.copied().collect()
    }

    async fn give(
        &self,
        plan: &Plan,
        roles: &BTreeSet<RoleId>,
        held: &mut BTreeSet<RoleId>,
        unfit: &mut BTreeSet<RoleId>,
    ) -> Result<()> {
        let (guild, member) = (self.guild, self.member);
        let ours: Vec<RoleId> = roles
            .difference(&plan.returning)
            .filter(|role| !plan.given.contains(role))
            .copied()
            .collect();
        if !ours.is_empty() {
            self.house
                .store
                .write(self.order(), move |tx| {
                    Ok(rules::note_given(tx, guild, member, ours)?)
                })
                .await?;
        }
        for role in roles {
            let (guild, member, id) = self.ids(*role);
            match self.http.add_member_role(guild, member, id, None).await {
                Ok(()) => {
                    held.insert(*role);
                }
                Err(error) => {
                    self.refused(*role, error).await?;
                    unfit.insert(*role);
                }
            }
        }
        Ok(())
    }

    async fn take(&self, roles: &BTreeSet<RoleId>, held: &mut BTreeSet<RoleId>) -> Result<()> {
        for role in roles {
            let (guild, member, id) = self.ids(*role);
            if let Err(error) = self.http.remove_member_role(guild, member, id, None).await {
                self.refused(*role, error).await?;
            }
            // What Discord won't take is no longer ours to take.
            held.remove(role);
        }
        self.forget(roles.iter().copied().collect()).await
    }

    /// All is as it should be: what is over is forgotten.
    async fn settle(&self, plan: &Plan, forget: BTreeSet<RoleId>) -> Result<()> {
        self.forget(forget.into_iter().collect()).await?;
        if !plan.returning.is_empty() {
            let (guild, member) = (self.guild, self.member);
            self.house
                .store
                .write(self.order(), move |tx| {
                    Ok(rules::returned(tx, guild, member)?)
                })
                .await?;
        }
        Ok(())
    }

    async fn forget(&self, roles: Vec<RoleId>) -> Result<()> {
        if roles.is_empty() {
            return Ok(());
        }
        let (guild, member) = (self.guild, self.member);
        self.house
            .store
            .write(self.order(), move |tx| {
                Ok(rules::note_taken(tx, guild, member, roles)?)
            })
            .await?;
        Ok(())
    }

    /// Discord won't: for ever, which is noted, or for now, which is an error to try again after.
    async fn refused(&self, role: RoleId, error: serenity::Error) -> Result<()> {
        match verdict(&error) {
            Verdict::Passing => return Err(error.into()),
            Verdict::Final(UNKNOWN_ROLE) => {
                let guild = self.guild;
                self.house
                    .store
                    .write(self.order(), move |tx| {
                        Ok(rules::role_deleted(tx, guild, role)?)
                    })
                    .await?;
            }
            Verdict::Final(_) => {}
        }
        self.warn(role, &error.to_string());
        Ok(())
    }

    fn warn(&self, role: RoleId, why: &str) {
        tracing::warn!(event = "role_not_changed", guild = %self.guild, member = %self.member, role = %role, reason = why);
    }

    fn order(&self) -> Order {
        Order {
            guild: Some(self.guild),
            ..Order::default()
        }
    }

    fn ids(&self, role: RoleId) -> (serenity::GuildId, serenity::UserId, serenity::RoleId) {
        (
            serenity::GuildId::new(self.guild.0),
            serenity::UserId::new(self.member.0),
            serenity::RoleId::new(role.0),
        )
    }
}
