//! What must happen on Discord even if the process dies: values that a rule leaves in the outbox.

use serde::{Deserialize, Serialize};

use super::{
    ChannelEdit, ChannelId, GuildId, Locale, MessageId, Overwrite, PostedFile, RoleId, Text,
    Timestamp, UserId, Whom,
};

/// One act on Discord, written in the same transaction as the change that asks for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Effect {
    /// Time a member out until `until`, or end their timeout.
    Timeout {
        /// Where.
        guild: GuildId,
        /// Whom.
        member: UserId,
        /// Until when; `None` ends it. Discord allows at most 28 days ahead.
        until: Option<Timestamp>,
        /// For the audit log.
        reason: String,
    },
    /// Remove a member from the guild.
    Kick {
        /// Where.
        guild: GuildId,
        /// Whom.
        member: UserId,
        /// For the audit log.
        reason: String,
        /// What the member is told first: afterwards it can't be.
        notice: Option<Post>,
    },
    /// Ban a user from the guild.
    Ban {
        /// Where.
        guild: GuildId,
        /// Whom.
        member: UserId,
        /// For the audit log.
        reason: String,
        /// What the member is told first: afterwards it can't be.
        notice: Option<Post>,
        /// Their messages of this many days go as well (Discord's limit: 7).
        #[serde(default)]
        delete_days: u8,
    },
    /// End a ban. Somebody who is not banned ends it without an error.
    Unban {
        /// Where.
        guild: GuildId,
        /// Whom.
        user: UserId,
        /// For the audit log.
        reason: String,
    },
    /// Give a member a role. `cogs/roles` decides who has which; others ask it.
    AddRole {
        /// Where.
        guild: GuildId,
        /// Whom.
        member: UserId,
        /// Which.
        role: RoleId,
        /// For the audit log.
        reason: String,
    },
    /// Take a role from a member.
    RemoveRole {
        /// Where.
        guild: GuildId,
        /// Whom.
        member: UserId,
        /// Which.
        role: RoleId,
        /// For the audit log.
        reason: String,
    },
    /// Make the roles that a member has on Discord what the records say when this is done: done by the cog that keeps them.
    Roles {
        /// Where.
        guild: GuildId,
        /// Whose.
        member: UserId,
    },
    /// A direct message to a member. Closed direct messages end it without an error.
    DirectMessage {
        /// To whom.
        member: UserId,
        /// What it says.
        post: Post,
    },
    /// A post in the guild's log channel.
    LogPost {
        /// Where.
        guild: GuildId,
        /// Which channel.
        channel: ChannelId,
        /// What it says.
        post: Post,
    },
    /// A message in a channel for those who are there: a menu, a panel.
    ChannelPost {
        /// Where.
        guild: GuildId,
        /// Which channel.
        channel: ChannelId,
        /// What it says.
        post: Post,
    },
    /// New words for a post of ours. One that is gone ends it without an error, having made nothing.
    EditPost {
        /// Where.
        guild: GuildId,
        /// In which channel it stands.
        channel: ChannelId,
        /// Which it is.
        message: MessageId,
        /// What it says from now on.
        post: Post,
    },
    /// Make a text channel, unless an earlier try made it: it is known by its topic.
    CreateChannel {
        /// Where.
        guild: GuildId,
        /// Its name.
        name: String,
        /// Discord's category for it.
        parent: Option<ChannelId>,
        /// What it is about: no other channel of the guild has the same words (Discord's limit: 1024 characters).
        topic: String,
        /// Who may do what there.
        overwrites: Vec<Overwrite>,
        /// For the audit log.
        reason: String,
    },
    /// Make a private thread and let people in, unless an earlier try made it: it is known by its name.
    CreateThread {
        /// Where.
        guild: GuildId,
        /// The channel that it hangs on.
        parent: ChannelId,
        /// Its name: no other thread of the channel has it (Discord's limit: 100 characters).
        name: String,
        /// Who is let in.
        members: Vec<UserId>,
        /// For the audit log.
        reason: String,
    },
    /// Change a channel or a thread. One that is gone ends it without an error.
    EditChannel {
        /// Where.
        guild: GuildId,
        /// Which.
        channel: ChannelId,
        /// What is changed.
        edit: ChannelEdit,
        /// For the audit log.
        reason: String,
    },
    /// Delete a channel or a thread. One that is gone ends it without an error.
    DeleteChannel {
        /// Where.
        guild: GuildId,
        /// Which.
        channel: ChannelId,
        /// For the audit log.
        reason: String,
    },
    /// Make an exception for somebody in a channel, or change it; without bits it is taken away.
    SetOverwrite {
        /// Where.
        guild: GuildId,
        /// In which channel.
        channel: ChannelId,
        /// For whom, and what.
        overwrite: Overwrite,
        /// For the audit log.
        reason: String,
    },
    /// Make a role without permissions, unless an earlier try made it: it is known by its name.
    CreateRole {
        /// Where.
        guild: GuildId,
        /// Its name: no other role of the guild has it (Discord's limit: 100 characters).
        name: String,
        /// For the audit log.
        reason: String,
    },
    /// Delete messages of a channel that are younger than two weeks. Those that are gone end it without an error.
    DeleteMessages {
        /// Where.
        guild: GuildId,
        /// In which channel.
        channel: ChannelId,
        /// Which (Discord's limit: 100).
        messages: Vec<MessageId>,
        /// For the audit log.
        reason: String,
    },
    /// Close a channel to its members, or open it again, as the records say when this is done: done by the cog that keeps them.
    Lock {
        /// Where.
        guild: GuildId,
        /// Which channel.
        channel: ChannelId,
    },
    /// Let somebody into a thread, or out of it.
    ThreadMember {
        /// Where.
        guild: GuildId,
        /// Which thread.
        channel: ChannelId,
        /// Who.
        member: UserId,
        /// Whether they are in it from now on.
        is_in: bool,
    },
}

impl Effect {
    /// What kind of act it is, for the log.
    pub fn name(&self) -> &'static str {
        match self {
            Effect::Timeout { .. } => "timeout",
            Effect::Kick { .. } => "kick",
            Effect::Ban { .. } => "ban",
            Effect::Unban { .. } => "unban",
            Effect::AddRole { .. } => "add_role",
            Effect::RemoveRole { .. } => "remove_role",
            Effect::Roles { .. } => "roles",
            Effect::DirectMessage { .. } => "direct_message",
            Effect::LogPost { .. } => "log_post",
            Effect::ChannelPost { .. } => "channel_post",
            Effect::EditPost { .. } => "edit_post",
            Effect::CreateChannel { .. } => "create_channel",
            Effect::CreateThread { .. } => "create_thread",
            Effect::EditChannel { .. } => "edit_channel",
            Effect::DeleteChannel { .. } => "delete_channel",
            Effect::SetOverwrite { .. } => "set_overwrite",
            Effect::CreateRole { .. } => "create_role",
            Effect::DeleteMessages { .. } => "delete_messages",
            Effect::Lock { .. } => "lock",
            Effect::ThreadMember { .. } => "thread_member",
        }
    }
}

/// A message to be written in `locale` when it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// The reader's language.
    pub locale: Locale,
    /// The heading.
    pub title: Text,
    /// The text below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Text>,
    /// Name and value of each line below it.
    pub fields: Vec<(Text, Text)>,
    /// What can be pressed, in rows of five (Discord's limit; 25 in all).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buttons: Vec<Button>,
    /// A menu to choose from, above the buttons.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub menu: Option<Menu>,
    /// Files with it (Discord's limit: 10).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<PostedFile>,
    /// Who is called by it, besides reading it: mentions above the post.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<Whom>,
}

impl Post {
    /// A heading without anything below it.
    pub fn new(locale: Locale, title: Text) -> Post {
        Post {
            locale,
            title,
            body: None,
            fields: Vec::new(),
            buttons: Vec::new(),
            menu: None,
            files: Vec::new(),
            calls: Vec::new(),
        }
    }

    /// With this text below the heading.
    #[must_use]
    pub fn saying(mut self, body: Text) -> Post {
        self.body = Some(body);
        self
    }

    /// With these lines as well.
    #[must_use]
    pub fn listing(mut self, fields: impl IntoIterator<Item = (Text, Text)>) -> Post {
        self.fields.extend(fields);
        self
    }

    /// With these files as well.
    #[must_use]
    pub fn attaching(mut self, files: impl IntoIterator<Item = PostedFile>) -> Post {
        self.files.extend(files);
        self
    }

    /// Calling these people and roles.
    #[must_use]
    pub fn calling(mut self, whom: impl IntoIterator<Item = Whom>) -> Post {
        self.calls.extend(whom);
        self
    }

    /// With this button as well.
    #[must_use]
    pub fn offering(mut self, button: Button) -> Post {
        self.buttons.push(button);
        self
    }
}

/// A menu below a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Menu {
    /// Who hears of it, and what it means; as with [`Button::id`].
    pub id: String,
    /// What stands there while nothing is chosen (Discord's limit: 150 characters).
    pub placeholder: Text,
    /// How many must be chosen.
    pub least: u8,
    /// How many may be chosen.
    pub most: u8,
    /// What there is to choose from (Discord's limit: 25).
    pub choices: Vec<Choice>,
}

/// A line of a menu.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What the cog is handed when it is chosen (Discord's limit: 100 characters).
    pub value: String,
    /// What it says (Discord's limit: 100 characters).
    pub label: Text,
    /// What it says below that, smaller (Discord's limit: 100 characters).
    pub about: Option<Text>,
}

/// A button below a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// Who hears of it, and what it means: `<name>:<arguments>`, where a cog's manifest has the name (Discord's limit: 100
    /// characters).
    pub id: String,
    /// What stands on it (Discord's limit: 80 characters).
    pub label: Text,
    /// How weighty it looks.
    pub style: ButtonStyle,
}

/// How a button looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ButtonStyle {
    /// The one that is usually pressed.
    Primary,
    /// One of several.
    Secondary,
    /// Agreement.
    Success,
    /// What can't be undone.
    Danger,
}

/// What an act on Discord left there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// Nothing that has an id.
    Nothing,
    /// A message.
    Message {
        /// In which channel.
        channel: ChannelId,
        /// Which.
        message: MessageId,
    },
    /// A channel or a thread.
    Channel(ChannelId),
    /// A role.
    Role(RoleId),
}
