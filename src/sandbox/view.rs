//! What the sandbox shows to tests and to the prompt: plain copies, with names instead of ids.

mod channel_change;
mod directory;
pub(crate) mod text;

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use super::Sandbox;
use super::id::Id;
use super::people::{Place, Trouble};
use super::state::World;
use super::state::guild::Member;
use super::state::message::{Message, flag};

pub use self::channel_change::{ChannelChange, Setting};
pub use self::directory::Directory;
pub use self::text::{Control, Offer, Part, field};

/// A message.
#[derive(Clone, Debug, Serialize, PartialEq)]
pub struct MessageView {
    pub id: Id,
    pub channel: Id,
    /// `#general`, or `DM to sam`.
    pub place: String,
    /// The name that clients show.
    pub author: String,
    pub author_id: Id,
    /// As written, with raw mentions.
    pub content: String,
    /// Content, embeds, components and attachments as readable lines of English.
    pub text: String,
    /// The same as values.
    #[serde(skip)]
    pub parts: Vec<Part>,
    /// Whose direct messages it stands in, by handle.
    pub dm_with: Option<String>,
    pub embeds: Vec<Value>,
    pub components: Vec<Value>,
    pub attachments: Vec<Value>,
    /// The message that it answers.
    pub answers: Option<Id>,
    /// Handle of the only person who sees it.
    pub only_for: Option<String>,
    pub edited: bool,
    /// A deferred answer that has not been filled in.
    pub thinking: bool,
}

impl MessageView {
    pub(crate) fn of(world: &World, message: &Message) -> Self {
        let parts = text::parts(world, message);
        Self {
            id: message.id,
            channel: message.channel,
            place: world.place_name(message.channel),
            author: world.shown_name(message.author),
            author_id: message.author,
            content: message.content.clone(),
            text: text::in_english(&parts),
            parts,
            dm_with: world.dm_partner(message.channel),
            embeds: message.embeds.clone(),
            components: message.components.clone(),
            attachments: message
                .attachments
                .iter()
                .map(|file| world.attachment_json(message.channel, file))
                .collect(),
            answers: message.answers,
            only_for: message.only_for.map(|id| world.handle(id)),
            edited: message.edited_ms.is_some(),
            thinking: message.flags & flag::LOADING != 0,
        }
    }
}

impl fmt::Display for MessageView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            place,
            author,
            text,
            ..
        } = self;
        match &self.only_for {
            Some(who) => write!(f, "{place} {author} (only {who} sees this): {text}"),
            None => write!(f, "{place} {author}: {text}"),
        }
    }
}

/// A member of the guild.
#[derive(Clone, Debug, Serialize, PartialEq)]
pub struct MemberView {
    pub id: Id,
    /// The handle.
    pub name: String,
    pub nick: Option<String>,
    /// Names of the roles, highest first, without `@everyone`.
    pub roles: Vec<String>,
    /// End of a timeout that still holds, in Unix milliseconds.
    pub timed_out_until_ms: Option<i64>,
}

/// Someone who is banned.
#[derive(Clone, Debug, Serialize, PartialEq)]
pub struct BanView {
    pub id: Id,
    pub name: String,
    pub reason: Option<String>,
}

/// A line of the audit log.
#[derive(Clone, Debug, Serialize, PartialEq)]
pub struct AuditView {
    /// Discord's audit log event number, such as 20 for a kick.
    pub action: u16,
    pub actor: String,
    pub target: Option<Id>,
    pub reason: Option<String>,
    /// `{key, old_value, new_value}` each.
    pub changes: Vec<Value>,
    pub options: Option<Value>,
}

/// A channel.
#[derive(Clone, Debug, Serialize, PartialEq)]
pub struct ChannelView {
    pub id: Id,
    pub name: String,
    /// Discord's channel type number.
    pub kind: u8,
    pub parent: Option<Id>,
}

impl Sandbox {
    /// The messages of a place, oldest first, those for one person's eyes among them.
    ///
    /// # Errors
    /// When there is no such place.
    pub fn messages(&self, place: &Place) -> Result<Vec<MessageView>, Trouble> {
        let mut world = self.shared.world();
        let channel = world.find_place(place)?;
        let Some(channel) = world.channels.get(&channel) else {
            return Ok(Vec::new());
        };
        Ok(channel
            .log
            .iter()
            .map(|message| MessageView::of(&world, message))
            .collect())
    }

    /// The newest message of a place.
    ///
    /// # Errors
    /// When there is no such place.
    pub fn last_message(&self, place: &Place) -> Result<Option<MessageView>, Trouble> {
        let mut world = self.shared.world();
        let channel = world.find_place(place)?;
        let newest = world
            .channels
            .get(&channel)
            .and_then(|channel| channel.log.iter().next_back());
        Ok(newest.map(|message| MessageView::of(&world, message)))
    }

    /// A place as one small text: a line `author: text` for each message.
    ///
    /// # Errors
    /// When there is no such place.
    pub fn transcript(&self, place: &Place) -> Result<String, Trouble> {
        let lines = self
            .messages(place)?
            .into_iter()
            .map(|message| match message.only_for {
                Some(who) => format!(
                    "{} (only {who} sees this): {}",
                    message.author, message.text
                ),
                None => format!("{}: {}", message.author, message.text),
            });
        Ok(lines.collect::<Vec<_>>().join("\n"))
    }

    /// The bytes of a file that was posted, by its attachment's id.
    pub fn file(&self, attachment: Id) -> Option<Vec<u8>> {
        self.shared.world().files.get(&attachment).cloned()
    }

    /// A member by handle; None when not in the guild.
    pub fn member(&self, name: &str) -> Option<MemberView> {
        let world = self.shared.world();
        let id = world.user_named(name)?.id;
        world
            .home()
            .members
            .get(&id)
            .map(|member| member_view(&world, member))
    }

    /// Who is banned.
    pub fn bans(&self) -> Vec<BanView> {
        let world = self.shared.world();
        let view = |(id, reason): (&Id, &Option<String>)| BanView {
            id: *id,
            name: world.handle(*id),
            reason: reason.clone(),
        };
        world.home().bans.iter().map(view).collect()
    }

    /// The audit log, oldest first.
    pub fn audit_log(&self) -> Vec<AuditView> {
        let world = self.shared.world();
        let entries = world.home().audit.iter().map(|entry| AuditView {
            action: entry.act.action,
            actor: world.handle(entry.act.actor),
            target: entry.act.target,
            reason: entry.act.reason.clone(),
            changes: entry.act.changes.clone(),
            options: entry.act.options.clone(),
        });
        entries.collect()
    }

    /// The guild's channels and threads.
    pub fn channels(&self) -> Vec<ChannelView> {
        let world = self.shared.world();
        let own = world
            .channels
            .values()
            .filter(|channel| channel.guild == Some(world.home));
        own.map(|channel| ChannelView {
            id: channel.id,
            name: channel.name.clone(),
            kind: channel.kind,
            parent: channel.parent,
        })
        .collect()
    }

    /// The names of the application's registered commands, global ones and the guild's.
    pub fn command_names(&self) -> Vec<String> {
        self.shared
            .world()
            .commands
            .values()
            .map(|command| command.name.clone())
            .collect()
    }
}

fn member_view(world: &World, member: &Member) -> MemberView {
    let mut roles: Vec<_> = member
        .roles
        .iter()
        .filter_map(|id| world.home().roles.get(id))
        .collect();
    roles.sort_by_key(|role| -role.position);
    MemberView {
        id: member.user,
        name: world.handle(member.user),
        nick: member.nick.clone(),
        roles: roles.into_iter().map(|role| role.name.clone()).collect(),
        timed_out_until_ms: member.timeout_until_ms.filter(|until| *until > world.now()),
    }
}
