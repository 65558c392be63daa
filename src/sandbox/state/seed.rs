//! The town that every sandbox begins with. Its ids are the same each time, so that data kept
//! from an earlier run still names the same people and channels.

use std::collections::{BTreeMap, HashMap, VecDeque};

use tokio::sync::broadcast;

use super::channel::{Channel, Overwrite, OverwriteKind, kind};
use super::guild::{Guild, Member, Role};
use super::user::User;
use super::{Application, World};
use crate::sandbox::Options;
use crate::sandbox::id::{Id, IdSource};
use crate::sandbox::permissions::{ADMINISTRATOR, EVERYONE, MODERATOR, VIEW_CHANNEL};

/// Events that a slow watcher may fall behind before it misses some.
const VISIBLE_KEPT: usize = 16_384;

/// A snowflake of 2020 or later with a recognizable number.
const fn fixed(number: u64) -> Id {
    Id((160_000_000_000 + number * 86_400_000) << 22)
}

pub(crate) const GUILD: Id = fixed(100);
pub(crate) const BOT: Id = fixed(200);
pub(crate) const OLIVE: Id = fixed(1);
pub(crate) const ADAM: Id = fixed(2);
pub(crate) const MIA: Id = fixed(3);
pub(crate) const SAM: Id = fixed(4);
pub(crate) const LEA: Id = fixed(5);
const ADMIN_ROLE: Id = fixed(110);
const BOT_ROLE: Id = fixed(111);
const MODERATOR_ROLE: Id = fixed(112);
const GENERAL: Id = fixed(120);
const STAFF: Id = fixed(121);
const LOGS: Id = fixed(122);

/// The members besides the five, by number from 1.
fn crowd(options: &Options) -> impl Iterator<Item = (Id, String)> {
    (1..=u64::from(options.crowd)).map(|number| (fixed(1_000 + number), format!("member{number}")))
}

/// Builds the world that the options ask for.
pub(crate) fn world(options: &Options, address: String, token: String) -> World {
    let (visible, _) = broadcast::channel(VISIBLE_KEPT);
    let guild = guild(options);
    World {
        clock: options.clock.clone(),
        ids: IdSource::default(),
        address,
        token,
        knobs: options.knobs.clone(),
        application: Application {
            id: BOT,
            name: options.bot_name.clone(),
            owner: OLIVE,
            invited_with: options.bot_permissions,
            privileged: options.intents_granted,
        },
        bot: BOT,
        home: GUILD,
        open_guilds: HashMap::new(),
        users: users(options),
        guilds: BTreeMap::from([(GUILD, guild)]),
        channels: channels(),
        dms: HashMap::new(),
        commands: BTreeMap::new(),
        commands_created: HashMap::new(),
        interactions: BTreeMap::new(),
        tokens: HashMap::new(),
        awaiting_update: HashMap::new(),
        modals: HashMap::new(),
        sessions: Vec::new(),
        identifies_left: options.knobs.identifies_a_day,
        identified: None,
        nonces: HashMap::new(),
        nonce_order: VecDeque::new(),
        files: HashMap::new(),
        visible,
        waiting_for_reply: HashMap::new(),
        waiting_in_channel: HashMap::new(),
        troubles: Vec::new(),
    }
}

fn users(options: &Options) -> HashMap<Id, User> {
    let person = |id, name: &str| User {
        id,
        username: name.to_owned(),
        global_name: Some(name.to_owned()),
        bot: false,
        dms_open: true,
        locale: options.member_locale.clone(),
    };
    let people = [
        (OLIVE, "olive"),
        (ADAM, "adam"),
        (MIA, "mia"),
        (SAM, "sam"),
        (LEA, "lea"),
    ];
    let mut users: HashMap<Id, User> = people
        .into_iter()
        .map(|(id, name)| (id, person(id, name)))
        .collect();
    users.extend(crowd(options).map(|(id, name)| (id, person(id, &name))));
    let bot = User {
        id: BOT,
        username: options.bot_name.clone(),
        global_name: None,
        bot: true,
        dms_open: true,
        locale: "en-US".to_owned(),
    };
    users.insert(BOT, bot);
    users
}

fn role(id: Id, name: &str, position: i64, permissions: u64) -> Role {
    Role {
        id,
        name: name.to_owned(),
        permissions,
        position,
        color: 0,
        hoist: false,
        mentionable: false,
        managed_for: None,
    }
}

fn guild(options: &Options) -> Guild {
    let mut bot_role = role(BOT_ROLE, &options.bot_name, 2, options.bot_permissions);
    bot_role.managed_for = Some(BOT);
    let roles = [
        role(GUILD, "@everyone", 0, EVERYONE),
        role(MODERATOR_ROLE, "Moderator", 1, MODERATOR),
        bot_role,
        role(ADMIN_ROLE, "Admin", 3, ADMINISTRATOR),
    ];
    let member = |id: Id, roles: &[Id]| {
        let mut member = Member::new(id, id.created_ms().max(GUILD.created_ms()));
        member.roles = roles.to_vec();
        (id, member)
    };
    Guild {
        id: GUILD,
        name: options.guild_name.clone(),
        owner: OLIVE,
        roles: roles.into_iter().map(|role| (role.id, role)).collect(),
        members: BTreeMap::from([
            member(OLIVE, &[]),
            member(ADAM, &[ADMIN_ROLE]),
            member(MIA, &[MODERATOR_ROLE]),
            member(SAM, &[]),
            member(LEA, &[]),
            member(BOT, &[BOT_ROLE]),
        ])
        .into_iter()
        .chain(crowd(options).map(|(id, _)| member(id, &[])))
        .collect(),
        bans: BTreeMap::new(),
        absent_timeouts: BTreeMap::new(),
        audit: VecDeque::new(),
        locale: options.guild_locale.clone(),
        available: true,
    }
}

fn channels() -> BTreeMap<Id, Channel> {
    let general = Channel::new(GENERAL, kind::TEXT, Some(GUILD), "general");
    let private = |id, name: &str, position| {
        let mut channel = Channel::new(id, kind::TEXT, Some(GUILD), name);
        channel.position = position;
        let rule = |id, allow, deny| Overwrite {
            id,
            kind: OverwriteKind::Role,
            allow,
            deny,
        };
        channel.overwrites = vec![
            rule(GUILD, 0, VIEW_CHANNEL),
            rule(MODERATOR_ROLE, VIEW_CHANNEL, 0),
            rule(BOT_ROLE, VIEW_CHANNEL, 0),
        ];
        channel
    };
    [
        general,
        private(STAFF, "staff", 1),
        private(LOGS, "logs", 2),
    ]
    .into_iter()
    .map(|channel| (channel.id, channel))
    .collect()
}
