//! A guild with its members, roles, bans and audit log. Channels stand in the world,
//! since direct messages have no guild.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Value, json};

use crate::sandbox::clock::iso;
use crate::sandbox::id::Id;
use crate::sandbox::state::World;

/// A guild.
#[derive(Clone, Debug)]
pub(crate) struct Guild {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) owner: Id,
    pub(crate) roles: BTreeMap<Id, Role>,
    pub(crate) members: BTreeMap<Id, Member>,
    pub(crate) bans: BTreeMap<Id, Option<String>>,
    /// Timeouts of people who left: Discord reapplies them when they come back.
    pub(crate) absent_timeouts: BTreeMap<Id, i64>,
    /// Oldest first.
    pub(crate) audit: VecDeque<AuditEntry>,
    pub(crate) locale: String,
    /// False while an outage is played: the gateway says so, REST still answers.
    pub(crate) available: bool,
}

/// A role.
#[derive(Clone, Debug)]
pub(crate) struct Role {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) permissions: u64,
    pub(crate) position: i64,
    pub(crate) color: i64,
    pub(crate) hoist: bool,
    pub(crate) mentionable: bool,
    /// The bot that this role was made for, which nobody else can be given.
    pub(crate) managed_for: Option<Id>,
}

/// Someone's membership of a guild.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) user: Id,
    pub(crate) nick: Option<String>,
    pub(crate) roles: Vec<Id>,
    pub(crate) joined_ms: i64,
    /// End of a timeout in Unix milliseconds; in the past it no longer counts.
    pub(crate) timeout_until_ms: Option<i64>,
    pub(crate) mute: bool,
    pub(crate) deaf: bool,
}

/// One line of the audit log.
#[derive(Clone, Debug)]
pub(crate) struct AuditEntry {
    pub(crate) id: Id,
    pub(crate) act: Audit,
}

/// What such a line says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Audit {
    /// Discord's audit log event number.
    pub(crate) action: u16,
    pub(crate) actor: Id,
    pub(crate) target: Option<Id>,
    pub(crate) reason: Option<String>,
    pub(crate) changes: Vec<Value>,
    pub(crate) options: Option<Value>,
}

impl Member {
    pub(crate) fn new(user: Id, joined_ms: i64) -> Self {
        Self {
            user,
            nick: None,
            roles: Vec::new(),
            joined_ms,
            timeout_until_ms: None,
            mute: false,
            deaf: false,
        }
    }

    pub(crate) fn is_timed_out(&self, now_ms: i64) -> bool {
        self.timeout_until_ms.is_some_and(|until| until > now_ms)
    }

    /// The membership without its user, as it stands beside a message's author.
    pub(crate) fn json_without_user(&self) -> Value {
        json!({
            "avatar": null,
            "avatar_decoration_data": null,
            "banner": null,
            "collectibles": null,
            "communication_disabled_until": self.timeout_until_ms.map(iso),
            "deaf": self.deaf,
            "flags": 0,
            "joined_at": iso(self.joined_ms),
            "mute": self.mute,
            "nick": self.nick,
            "pending": false,
            "premium_since": null,
            "roles": self.roles,
        })
    }
}

impl Role {
    pub(crate) fn json(&self) -> Value {
        let mut role = json!({
            "id": self.id,
            "name": self.name,
            "description": null,
            "permissions": self.permissions.to_string(),
            "position": self.position,
            "color": self.color,
            "colors": {"primary_color": self.color, "secondary_color": null, "tertiary_color": null},
            "hoist": self.hoist,
            "managed": self.managed_for.is_some(),
            "mentionable": self.mentionable,
            "icon": null,
            "unicode_emoji": null,
            "flags": 0,
        });
        if let Some(bot) = self.managed_for {
            role["tags"] = json!({"bot_id": bot});
        }
        role
    }
}

impl AuditEntry {
    pub(crate) fn json(&self) -> Value {
        let act = &self.act;
        let mut entry = json!({
            "id": self.id,
            "action_type": act.action,
            "user_id": act.actor,
            "target_id": act.target,
        });
        if !act.changes.is_empty() {
            entry["changes"] = json!(act.changes);
        }
        if let Some(options) = &act.options {
            entry["options"] = options.clone();
        }
        if let Some(reason) = &act.reason {
            entry["reason"] = json!(reason);
        }
        entry
    }
}

impl Audit {
    pub(crate) fn new(action: u16, actor: Id, target: Id) -> Self {
        Self {
            action,
            actor,
            target: Some(target),
            ..Self::default()
        }
    }

    pub(crate) fn because(mut self, reason: Option<String>) -> Self {
        self.reason = reason;
        self
    }

    /// Notes one changed key; `null` values are left out, as Discord does.
    pub(crate) fn change(mut self, key: &str, old: Value, new: Value) -> Self {
        let mut change = json!({"key": key});
        if !old.is_null() {
            change["old_value"] = old;
        }
        if !new.is_null() {
            change["new_value"] = new;
        }
        self.changes.push(change);
        self
    }

    pub(crate) fn options(mut self, options: Value) -> Self {
        self.options = Some(options);
        self
    }
}

impl Guild {
    /// The position of someone's highest role; 0 for `@everyone` alone.
    pub(crate) fn top_position(&self, who: Id) -> i64 {
        let roles = self
            .members
            .get(&who)
            .map_or(&[][..], |member| &member.roles);
        roles
            .iter()
            .filter_map(|id| self.roles.get(id))
            .map(|role| role.position)
            .max()
            .unwrap_or(0)
    }

    pub(crate) fn role_named(&self, name: &str) -> Option<&Role> {
        let bare = name.trim_start_matches('@');
        self.roles
            .values()
            .find(|role| role.name.trim_start_matches('@').eq_ignore_ascii_case(bare))
    }

    /// The guild's own fields, as REST and GUILD_UPDATE carry them.
    pub(crate) fn json(&self) -> Value {
        let roles: Vec<Value> = self.roles.values().map(Role::json).collect();
        json!({
            "id": self.id,
            "name": self.name,
            "icon": null,
            "description": null,
            "home_header": null,
            "splash": null,
            "discovery_splash": null,
            "features": [],
            "banner": null,
            "owner_id": self.owner,
            "application_id": null,
            "region": "deprecated",
            "afk_channel_id": null,
            "afk_timeout": 300,
            "system_channel_id": null,
            "system_channel_flags": 0,
            "widget_enabled": false,
            "widget_channel_id": null,
            "verification_level": 1,
            "roles": roles,
            "default_message_notifications": 1,
            "mfa_level": 0,
            "explicit_content_filter": 0,
            "hub_type": null,
            "max_presences": null,
            "max_members": 500_000,
            "max_stage_video_channel_users": 50,
            "max_video_channel_users": 25,
            "vanity_url_code": null,
            "premium_tier": 0,
            "premium_subscription_count": 0,
            "preferred_locale": self.locale,
            "rules_channel_id": null,
            "safety_alerts_channel_id": null,
            "public_updates_channel_id": null,
            "premium_progress_bar_enabled": false,
            "nsfw": false,
            "nsfw_level": 0,
            "emojis": [],
            "stickers": [],
            "incidents_data": null,
        })
    }
}

impl World {
    /// A membership with its user.
    pub(crate) fn member_json(&self, member: &Member) -> Value {
        let mut json = member.json_without_user();
        json["user"] = self.user_json(member.user);
        json
    }

    /// Everything that GUILD_CREATE carries for `viewer`, who sees only their channels.
    pub(crate) fn guild_create_json(&self, guild: &Guild, viewer: Id) -> Value {
        let mut json = guild.json();
        let (mut channels, mut threads) = (Vec::new(), Vec::new());
        for channel in self
            .channels
            .values()
            .filter(|channel| channel.guild == Some(guild.id))
        {
            let visible = self.channel_permissions(channel, viewer) != 0;
            match channel.is_thread() {
                true if visible => threads.push(self.channel_json(channel)),
                true => {}
                // Discord lists channels that the bot cannot see as well.
                false => channels.push(self.channel_json(channel)),
            }
        }
        let members: Vec<Value> = guild
            .members
            .values()
            .map(|member| self.member_json(member))
            .collect();
        let joined = guild
            .members
            .get(&viewer)
            .map_or(0, |member| member.joined_ms);
        json["joined_at"] = json!(iso(joined));
        json["large"] = json!(false);
        json["unavailable"] = json!(false);
        json["member_count"] = json!(guild.members.len());
        json["members"] = json!(members);
        json["channels"] = json!(channels);
        json["threads"] = json!(threads);
        for empty in [
            "voice_states",
            "presences",
            "stage_instances",
            "guild_scheduled_events",
            "soundboard_sounds",
        ] {
            json[empty] = json!([]);
        }
        json
    }
}
