//! Coming and going: people, the bot, and guilds as a whole.

use std::collections::{BTreeMap, VecDeque};

use serde_json::json;

use super::Trouble;
use crate::sandbox::Sandbox;
use crate::sandbox::gateway::dispatch::{Event, intent};
use crate::sandbox::id::Id;
use crate::sandbox::permissions::EVERYONE;
use crate::sandbox::rest::members;
use crate::sandbox::state::World;
use crate::sandbox::state::channel::{Channel, kind};
use crate::sandbox::state::guild::{Guild, Member, Role};
use crate::sandbox::state::user::User;
use crate::sandbox::visible::Visible;

impl Sandbox {
    /// Someone leaves the guild; their roles are lost, a timeout is not.
    ///
    /// # Errors
    /// When they are not in it, or own it.
    pub async fn leaves(&self, who: &str) -> Result<(), Trouble> {
        let mut world = self.shared.world_of(who);
        let (person, home) = (world.find_member(who)?, world.home);
        Ok(members::remove(&mut world, home, person)?)
    }

    /// Someone joins the guild, or comes back; a new name makes a new account.
    ///
    /// # Errors
    /// When they are in it already, or banned.
    pub async fn joins(&self, who: &str) -> Result<(), Trouble> {
        self.shared.world_of(who).join(who)
    }

    /// So many people who were never here join at once: `guest1`, `guest2`, … and on from there the next time.
    pub fn crowd_joins(&self, count: u16) {
        let mut world = self.shared.world();
        let mut number = 0_u32;
        for _ in 0..count {
            let name = loop {
                number += 1;
                let name = format!("guest{number}");
                if world.user_named(&name).is_none() {
                    break name;
                }
            };
            let guest = world.new_account(&name);
            let home = world.home;
            world.take_in(home, guest);
        }
    }

    /// Someone founds another guild, with the channel #general, the bot and these members in it.
    ///
    /// # Errors
    /// When there is no such person.
    pub async fn founds_guild(
        &self,
        who: &str,
        name: &str,
        members: &[&str],
    ) -> Result<Id, Trouble> {
        let mut world = self.shared.world_of(who);
        let owner = world.find_person(who)?;
        let members = members
            .iter()
            .map(|name| world.find_person(name))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(world.found(owner, name, &members))
    }

    /// From now on the verbs, and what is read by name, are about the guild so called, for all who have chosen none.
    ///
    /// # Errors
    /// When there is no such guild.
    pub fn goes_to(&self, name: &str) -> Result<(), Trouble> {
        let mut world = self.shared.world();
        world.home = world.guild_named(name)?;
        Ok(())
    }

    /// From now on, someone has the guild so called open in their client: what they do, they do there.
    ///
    /// # Errors
    /// When there is no such person or guild.
    pub fn opens_guild(&self, who: &str, name: &str) -> Result<(), Trouble> {
        let mut world = self.shared.world();
        let (person, guild) = (world.find_person(who)?, world.guild_named(name)?);
        world.open_guilds.insert(person, guild);
        Ok(())
    }
}

impl World {
    pub(super) fn guild_named(&self, name: &str) -> Result<Id, Trouble> {
        let named = |guild: &&Guild| guild.name.eq_ignore_ascii_case(name);
        let found = self.guilds.values().find(named).map(|guild| guild.id);
        found.ok_or_else(|| Trouble::NoSuchGuild(name.to_owned()))
    }

    fn join(&mut self, who: &str) -> Result<(), Trouble> {
        let person = match self.find_person(who) {
            Ok(person) => person,
            Err(_) => self.new_account(who),
        };
        if self.home().members.contains_key(&person) {
            return Err(Trouble::InGuildAlready(who.to_owned()));
        }
        if self.home().bans.contains_key(&person) {
            return Err(Trouble::IsBanned(who.to_owned()));
        }
        self.take_in(self.home, person);
        Ok(())
    }

    /// Takes someone into a guild; the bot gets a new managed role, at the bottom as Discord puts it.
    fn take_in(&mut self, guild_id: Id, person: Id) {
        let now = self.now();
        let role = (person == self.bot).then(|| self.managed_role());
        let Some(guild) = self.guilds.get_mut(&guild_id) else {
            return;
        };
        let mut member = Member::new(person, now);
        member.timeout_until_ms = guild
            .absent_timeouts
            .remove(&person)
            .filter(|until| *until > now);
        if let Some(role) = role {
            for other in guild
                .roles
                .values_mut()
                .filter(|other| other.id != guild_id)
            {
                other.position += 1;
            }
            member.roles.push(role.id);
            guild.roles.insert(role.id, role);
        }
        guild.members.insert(person, member.clone());
        self.show(|world| Visible::Joined {
            who: world.handle(person),
        });
        let event = if person == self.bot {
            let data = self.guild_create_json(&self.guilds[&guild_id], person);
            Event::new("GUILD_CREATE", intent::GUILDS, data)
        } else {
            let mut data = self.member_json(&member);
            data["guild_id"] = json!(guild_id);
            Event::new("GUILD_MEMBER_ADD", intent::GUILD_MEMBERS, data)
        };
        self.dispatch(event.in_guild(guild_id));
    }

    fn managed_role(&mut self) -> Role {
        Role {
            id: self.new_id(),
            name: self.application.name.clone(),
            permissions: self.application.invited_with,
            position: 1,
            color: 0,
            hoist: false,
            mentionable: false,
            managed_for: Some(self.bot),
        }
    }

    fn found(&mut self, owner: Id, name: &str, members: &[Id]) -> Id {
        let id = self.new_id();
        let everyone = Role {
            id,
            name: "@everyone".to_owned(),
            permissions: EVERYONE,
            position: 0,
            color: 0,
            hoist: false,
            mentionable: false,
            managed_for: None,
        };
        let now = self.now();
        let present = members
            .iter()
            .copied()
            .chain([owner])
            .map(|person| (person, Member::new(person, now)));
        let guild = Guild {
            id,
            name: name.to_owned(),
            owner,
            roles: BTreeMap::from([(id, everyone)]),
            members: present.collect(),
            bans: BTreeMap::new(),
            absent_timeouts: BTreeMap::new(),
            audit: VecDeque::new(),
            locale: self.home().locale.clone(),
            available: true,
        };
        self.guilds.insert(id, guild);
        let general = self.new_id();
        self.channels.insert(
            general,
            Channel::new(general, kind::TEXT, Some(id), "general"),
        );
        self.take_in(id, self.bot);
        id
    }

    fn new_account(&mut self, name: &str) -> Id {
        let id = self.new_id();
        let locale = self
            .users
            .values()
            .find(|user| !user.bot)
            .map_or("en-US", |user| &user.locale)
            .to_owned();
        let user = User {
            id,
            username: name.to_lowercase(),
            global_name: Some(name.to_owned()),
            bot: false,
            dms_open: true,
            locale,
        };
        self.users.insert(id, user);
        id
    }
}
