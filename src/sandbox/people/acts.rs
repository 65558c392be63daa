//! What moderators do by hand, and what people set for themselves. Each goes through the same handlers as the
//! bot's requests, so that permissions, hierarchy and audit log are the same.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Place, Trouble};
use crate::sandbox::Sandbox;
use crate::sandbox::clock::iso;
use crate::sandbox::id::Id;
use crate::sandbox::rest::call::Call;
use crate::sandbox::rest::{bans, channels, members, overwrites, roles};
use crate::sandbox::state::World;

impl Sandbox {
    /// Someone lets the bot write to them.
    ///
    /// # Errors
    /// When there is no such person.
    pub fn opens_dms(&self, who: &str) -> Result<(), Trouble> {
        self.set_dms(who, true)
    }

    /// Someone no longer takes DMs: the bot gets 50007.
    ///
    /// # Errors
    /// When there is no such person.
    pub fn closes_dms(&self, who: &str) -> Result<(), Trouble> {
        self.set_dms(who, false)
    }

    fn set_dms(&self, who: &str, open: bool) -> Result<(), Trouble> {
        let mut world = self.shared.world_of(who);
        let person = world.find_person(who)?;
        if let Some(user) = world.users.get_mut(&person) {
            user.dms_open = open;
        }
        Ok(())
    }

    /// Sets the language of someone's client, such as `fr`.
    ///
    /// # Errors
    /// When there is no such person.
    pub fn speaks(&self, who: &str, locale: &str) -> Result<(), Trouble> {
        let mut world = self.shared.world_of(who);
        let person = world.find_person(who)?;
        if let Some(user) = world.users.get_mut(&person) {
            user.locale = locale.to_owned();
        }
        Ok(())
    }

    /// A moderator times someone out by hand; a length of zero lifts the timeout.
    ///
    /// # Errors
    /// When they may not.
    pub async fn times_out(
        &self,
        who: &str,
        target: &str,
        length: Duration,
        reason: Option<&str>,
    ) -> Result<(), Trouble> {
        let mut world = self.shared.world_of(who);
        let until = match i64::try_from(length.as_millis()).unwrap_or(i64::MAX / 4) {
            0 => Value::Null,
            ms => json!(iso(world.now() + ms)),
        };
        let target = world.find_member(target)?;
        let call = world
            .act(
                who,
                &[target],
                json!({"communication_disabled_until": until}),
            )?
            .because(reason);
        Ok(members::edit(&mut world, &call).map(drop)?)
    }

    /// A moderator kicks someone by hand.
    ///
    /// # Errors
    /// When they may not.
    pub async fn kicks(
        &self,
        who: &str,
        target: &str,
        reason: Option<&str>,
    ) -> Result<(), Trouble> {
        let mut world = self.shared.world_of(who);
        let target = world.find_member(target)?;
        let call = world.act(who, &[target], Value::Null)?.because(reason);
        Ok(members::kick(&mut world, &call).map(drop)?)
    }

    /// A moderator bans someone by hand.
    ///
    /// # Errors
    /// When they may not.
    pub async fn bans_member(
        &self,
        who: &str,
        target: &str,
        reason: Option<&str>,
    ) -> Result<(), Trouble> {
        let mut world = self.shared.world_of(who);
        let target = world.find_person(target)?;
        let call = world.act(who, &[target], Value::Null)?.because(reason);
        Ok(bans::create(&mut world, &call).map(drop)?)
    }

    /// A moderator bans someone by hand and has what they wrote in the last `window` deleted.
    ///
    /// # Errors
    /// When they may not, or the window is longer than 7 days.
    pub async fn bans_deleting(
        &self,
        who: &str,
        target: &str,
        window: Duration,
        reason: Option<&str>,
    ) -> Result<(), Trouble> {
        let mut world = self.shared.world_of(who);
        let target = world.find_person(target)?;
        let body = json!({"delete_message_seconds": window.as_secs()});
        let call = world.act(who, &[target], body)?.because(reason);
        Ok(bans::create(&mut world, &call).map(drop)?)
    }

    /// Someone gives a member, or themselves, a nickname in the guild; an empty one takes it away.
    ///
    /// # Errors
    /// When they may not.
    pub async fn renames(&self, who: &str, target: &str, nick: &str) -> Result<(), Trouble> {
        let mut world = self.shared.world_of(who);
        let target = world.find_member(target)?;
        let call = world.act(who, &[target], json!({"nick": nick}))?;
        if call.actor == target {
            return Ok(members::edit_me(&mut world, &call).map(drop)?);
        }
        Ok(members::edit(&mut world, &call).map(drop)?)
    }

    /// A moderator lifts a ban by hand.
    ///
    /// # Errors
    /// When they may not, or there is none.
    pub async fn unbans(&self, who: &str, target: &str) -> Result<(), Trouble> {
        let mut world = self.shared.world_of(who);
        let target = world.find_person(target)?;
        let call = world.act(who, &[target], Value::Null)?;
        Ok(bans::delete(&mut world, &call).map(drop)?)
    }

    /// Someone gives a role by hand.
    ///
    /// # Errors
    /// When they may not, or there is no such role.
    pub async fn gives_role(&self, who: &str, target: &str, role: &str) -> Result<(), Trouble> {
        let mut world = self.shared.world_of(who);
        let (target, role) = (world.find_member(target)?, world.find_role(role)?);
        let call = world.act(who, &[target, role], Value::Null)?;
        Ok(members::add_role(&mut world, &call).map(drop)?)
    }

    /// Someone takes a role away by hand.
    ///
    /// # Errors
    /// When they may not, or there is no such role.
    pub async fn takes_role(&self, who: &str, target: &str, role: &str) -> Result<(), Trouble> {
        let mut world = self.shared.world_of(who);
        let (target, role) = (world.find_member(target)?, world.find_role(role)?);
        let call = world.act(who, &[target, role], Value::Null)?;
        Ok(members::remove_role(&mut world, &call).map(drop)?)
    }

    /// Someone makes a role with these permission bits.
    ///
    /// # Errors
    /// When they may not.
    pub async fn creates_role(
        &self,
        who: &str,
        name: &str,
        permissions: u64,
    ) -> Result<(), Trouble> {
        let mut world = self.shared.world_of(who);
        let call = world.act(
            who,
            &[],
            json!({"name": name, "permissions": permissions.to_string()}),
        )?;
        Ok(roles::create(&mut world, &call).map(drop)?)
    }

    /// Someone changes a role's permission bits.
    ///
    /// # Errors
    /// When they may not, or there is no such role.
    pub async fn sets_role_permissions(
        &self,
        who: &str,
        role: &str,
        permissions: u64,
    ) -> Result<(), Trouble> {
        let mut world = self.shared.world_of(who);
        let role = world.find_role(role)?;
        let call = world.act(
            who,
            &[role],
            json!({"permissions": permissions.to_string()}),
        )?;
        Ok(roles::edit(&mut world, &call).map(drop)?)
    }

    /// Someone moves a role; 0 is `@everyone`, higher stands above.
    ///
    /// # Errors
    /// When they may not, or there is no such role.
    pub async fn sets_role_position(
        &self,
        who: &str,
        role: &str,
        position: i64,
    ) -> Result<(), Trouble> {
        let mut world = self.shared.world_of(who);
        let role = world.find_role(role)?;
        let call = world.act(who, &[], json!([{"id": role, "position": position}]))?;
        Ok(roles::reorder(&mut world, &call).map(drop)?)
    }

    /// Someone deletes a role.
    ///
    /// # Errors
    /// When they may not, or there is no such role.
    pub async fn deletes_role(&self, who: &str, role: &str) -> Result<(), Trouble> {
        let mut world = self.shared.world_of(who);
        let role = world.find_role(role)?;
        let call = world.act(who, &[role], Value::Null)?;
        Ok(roles::delete(&mut world, &call).map(drop)?)
    }

    /// Someone makes a text channel.
    ///
    /// # Errors
    /// When they may not.
    pub async fn creates_channel(&self, who: &str, name: &str) -> Result<(), Trouble> {
        let mut world = self.shared.world_of(who);
        let call = world.act(who, &[], json!({"name": name, "type": 0}))?;
        Ok(channels::create(&mut world, &call).map(drop)?)
    }

    /// Someone deletes a channel.
    ///
    /// # Errors
    /// When they may not, or there is no such channel.
    pub async fn deletes_channel(&self, who: &str, name: &str) -> Result<(), Trouble> {
        let mut world = self.shared.world_of(who);
        let channel = world.find_place(&Place::channel(name))?;
        let actor = world.find_member(who)?;
        Ok(channels::delete(&mut world, &Call::by(actor, &[channel], Value::Null)).map(drop)?)
    }

    /// Someone sets a channel's exception for a role, in permission bits.
    ///
    /// # Errors
    /// When they may not, or one of them does not exist.
    pub async fn sets_overwrite(
        &self,
        who: &str,
        channel: &str,
        role: &str,
        allow: u64,
        deny: u64,
    ) -> Result<(), Trouble> {
        let role = self.shared.world_of(who).find_role(role)?;
        self.sets_overwrite_for(who, channel, role, 0, allow, deny)
            .await
    }

    /// As [`Sandbox::sets_overwrite`], for a role (kind 0) or a member (kind 1) by id.
    ///
    /// # Errors
    /// When they may not, or one of them does not exist.
    pub async fn sets_overwrite_for(
        &self,
        who: &str,
        channel: &str,
        target: Id,
        kind: u8,
        allow: u64,
        deny: u64,
    ) -> Result<(), Trouble> {
        let mut world = self.shared.world_of(who);
        let channel = world.find_place(&Place::channel(channel))?;
        let actor = world.find_member(who)?;
        let body = json!({"type": kind, "allow": allow.to_string(), "deny": deny.to_string()});
        Ok(overwrites::put(&mut world, &Call::by(actor, &[channel, target], body)).map(drop)?)
    }
}

impl World {
    /// A call by a member on something in the guild.
    fn act(&self, who: &str, params: &[Id], body: Value) -> Result<Call, Trouble> {
        let actor = self.find_member(who)?;
        let params: Vec<Id> = std::iter::once(self.home)
            .chain(params.iter().copied())
            .collect();
        Ok(Call::by(actor, &params, body))
    }
}
