//! What people do by hand, past the bot: moderation, roles, channels. Whom they mean is said by handle.

use std::time::Duration;

use super::Town;
use super::people::Person;

impl Town {
    /// So many people who were never here join at once; they are called guest1, guest2 and so on.
    pub fn crowd_joins(&self, count: u16) {
        self.sandbox.crowd_joins(count);
    }

    /// A channel's exceptions as Discord has them, one a line: whose, allowed bits, denied bits.
    pub fn overwrites(&self, channel: &str) -> String {
        let directory = self.sandbox.directory();
        let path = format!("/channels/{}", directory.channels[channel]);
        let (_, found) = self.as_the_bot("GET", &path, serde_json::Value::Null);
        let name = |id: &str| {
            let people = directory.members.iter().chain(&directory.roles);
            let mut names = people.filter(|(_, known)| known.to_string() == id);
            let known = names.next().map(|(name, _)| name.clone());
            known.unwrap_or_else(|| id.to_owned())
        };
        let list = found["permission_overwrites"].as_array();
        let lines = list.into_iter().flatten().map(|it| {
            let text = |key: &str| it[key].as_str().unwrap_or_default().to_owned();
            format!("{} +{} -{}", name(&text("id")), text("allow"), text("deny"))
        });
        let mut lines: Vec<String> = lines.collect();
        lines.sort();
        lines.join("\n")
    }

    /// Waits until a channel has an exception with these words.
    #[track_caller]
    pub fn finds_overwrite(&self, channel: &str, words: &str) {
        let start = std::time::Instant::now();
        while !self.overwrites(channel).contains(words) {
            let late = start.elapsed() > super::PATIENCE;
            assert!(
                !late,
                "no “{words}” in #{channel}:\n{}",
                self.overwrites(channel)
            );
        }
    }

    /// Whether somebody may write in a channel, by trying.
    pub fn may_write(&self, who: &str, channel: &str) -> bool {
        let place = greffier::sandbox::Place::channel(channel);
        self.wait(self.sandbox.says(who, &place, "…")).is_ok()
    }
}

impl Person<'_> {
    /// Times someone out by hand.
    #[track_caller]
    pub fn times_out(&self, target: &str, length: Duration, reason: Option<&str>) {
        let done = self
            .town
            .sandbox
            .times_out(&self.name, target, length, reason);
        self.heard("timing out", self.town.wait(done));
    }

    /// Lifts someone's timeout by hand.
    #[track_caller]
    pub fn lifts_timeout(&self, target: &str) {
        self.times_out(target, Duration::ZERO, None);
    }

    /// Kicks someone by hand.
    #[track_caller]
    pub fn kicks(&self, target: &str, reason: Option<&str>) {
        let done = self.town.sandbox.kicks(&self.name, target, reason);
        self.heard("kicking", self.town.wait(done));
    }

    /// Bans someone by hand.
    #[track_caller]
    pub fn bans(&self, target: &str, reason: Option<&str>) {
        let done = self.town.sandbox.bans_member(&self.name, target, reason);
        self.heard("banning", self.town.wait(done));
    }

    /// Lifts a ban by hand.
    #[track_caller]
    pub fn unbans(&self, target: &str) {
        let done = self.town.sandbox.unbans(&self.name, target);
        self.heard("unbanning", self.town.wait(done));
    }

    /// Gives a role by hand.
    #[track_caller]
    pub fn gives(&self, target: &str, role: &str) {
        let done = self.town.sandbox.gives_role(&self.name, target, role);
        self.heard(role, self.town.wait(done));
    }

    /// Takes a role away by hand.
    #[track_caller]
    pub fn takes(&self, target: &str, role: &str) {
        let done = self.town.sandbox.takes_role(&self.name, target, role);
        self.heard(role, self.town.wait(done));
    }

    /// Makes a role with these permission bits.
    #[track_caller]
    pub fn creates_role(&self, name: &str, permissions: u64) {
        let done = self
            .town
            .sandbox
            .creates_role(&self.name, name, permissions);
        self.heard(name, self.town.wait(done));
    }

    /// Moves a role; 0 is `@everyone`, higher stands above.
    #[track_caller]
    pub fn moves_role(&self, name: &str, position: i64) {
        let done = self
            .town
            .sandbox
            .sets_role_position(&self.name, name, position);
        self.heard(name, self.town.wait(done));
    }

    /// Deletes a role.
    #[track_caller]
    pub fn deletes_role(&self, name: &str) {
        let done = self.town.sandbox.deletes_role(&self.name, name);
        self.heard(name, self.town.wait(done));
    }

    /// Makes a text channel.
    #[track_caller]
    pub fn creates_channel(&self, name: &str) {
        let done = self.town.sandbox.creates_channel(&self.name, name);
        self.heard(name, self.town.wait(done));
    }

    /// Deletes a channel or a thread.
    #[track_caller]
    pub fn deletes_channel(&self, name: &str) {
        let done = self.town.sandbox.deletes_channel(&self.name, name);
        self.heard(name, self.town.wait(done));
    }

    /// Sets a channel's exception for a role, in permission bits.
    #[track_caller]
    pub fn sets_overwrite(&self, channel: &str, role: &str, allow: u64, deny: u64) {
        let done = self
            .town
            .sandbox
            .sets_overwrite(&self.name, channel, role, allow, deny);
        self.heard(channel, self.town.wait(done));
    }

    /// Opens another guild in their client: what they do from now on, they do there.
    #[track_caller]
    pub fn opens_guild(&self, name: &str) {
        let opened = self.town.sandbox.opens_guild(&self.name, name);
        self.heard(name, opened);
    }

    /// The names of their roles, highest first.
    pub fn roles(&self) -> Vec<String> {
        self.town
            .sandbox
            .member(&self.name)
            .map_or_else(Vec::new, |member| member.roles)
    }

    /// Whether they are in the guild.
    pub fn is_here(&self) -> bool {
        self.town.sandbox.member(&self.name).is_some()
    }

    /// Whether they are banned.
    pub fn is_banned(&self) -> bool {
        let bans = self.town.sandbox.bans();
        bans.iter().any(|ban| ban.name == self.name)
    }
}
