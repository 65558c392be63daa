//! The guild in which tickets are: what rules need of it when nobody acts, as at a deadline.

use chrono_tz::Tz;

use crate::cogs::conversations::{Conversation, Place};
use crate::cogs::settings::GuildSettings;
use crate::model::{GuildId, Locale, Overwrite, RoleId, UserId, Whom, permission};

use super::category::Category;

/// Who reads and writes in a ticket may do this there.
const TALK: u64 = permission::VIEW_CHANNEL
    | permission::SEND_MESSAGES
    | permission::READ_MESSAGE_HISTORY
    | permission::ATTACH_FILES
    | permission::EMBED_LINKS;
/// Who may still read.
const READ: u64 = permission::VIEW_CHANNEL | permission::READ_MESSAGE_HISTORY;

/// The guild, the bot in it, and what the operator configured.
#[derive(Clone, Debug)]
pub struct Hall {
    /// The guild.
    pub guild: GuildId,
    /// Its name.
    pub guild_name: String,
    /// The bot.
    pub greffier: UserId,
    /// The roles with MODERATE_MEMBERS: staff where nothing else is set.
    pub moderators: Vec<RoleId>,
    /// The operator's zone.
    pub zone: Tz,
    /// The language of a guild that chose none.
    pub locale: Locale,
}

impl Hall {
    /// The language spoken in the guild.
    pub fn language(&self, settings: &GuildSettings) -> Locale {
        settings.language.unwrap_or(self.locale)
    }

    /// The roles that see a category's tickets.
    pub fn staff(&self, category: &Category, settings: &GuildSettings) -> Vec<RoleId> {
        let chosen = category.staff_roles(settings);
        if chosen.is_empty() {
            self.moderators.clone()
        } else {
            chosen
        }
    }

    /// Who may do what in a ticket's channel: staff and the bot, who asked and who was added.
    pub fn overwrites(
        &self,
        category: &Category,
        settings: &GuildSettings,
        conversation: &Conversation,
        members: Members,
    ) -> Vec<Overwrite> {
        let everyone = Whom::Role(RoleId(self.guild.0));
        let mut list = vec![Overwrite {
            whom: everyone,
            allow: 0,
            deny: permission::VIEW_CHANNEL,
        }];
        let talk = |whom| Overwrite {
            whom,
            allow: TALK,
            deny: 0,
        };
        list.push(talk(Whom::Member(self.greffier)));
        let staff = self.staff(category, settings);
        list.extend(staff.into_iter().map(Whom::Role).map(talk));
        let others = conversation.others();
        let asking = std::iter::once(conversation.user).chain(others);
        list.extend(asking.filter_map(|member| {
            let (allow, deny) = match members {
                Members::Talk => (TALK, 0),
                Members::Read => (READ, permission::SEND_MESSAGES),
                Members::Gone => return None,
            };
            Some(Overwrite {
                whom: Whom::Member(member),
                allow,
                deny,
            })
        }));
        list
    }

    /// What lets one more member in, or out again.
    pub fn exception(member: UserId, lets_in: bool) -> Overwrite {
        Overwrite {
            whom: Whom::Member(member),
            allow: if lets_in { TALK } else { 0 },
            deny: 0,
        }
    }
}

/// What who asked may do in the channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Members {
    /// Read and write.
    Talk,
    /// Read what was written.
    Read,
    /// Nothing.
    Gone,
}

/// The name of a ticket's channel or thread. Its number makes it unlike every other's.
pub fn channel_name(conversation: &Conversation) -> String {
    format!("ticket-{}", conversation.number)
}

/// What a ticket's channel is about: its public id makes it unlike every other's.
pub fn topic(conversation: &Conversation) -> String {
    format!("{} · {}", conversation.subject, conversation.id)
}

/// Where a ticket's thread hangs.
pub fn thread_parent(
    category: &Category,
    conversation: &Conversation,
) -> Option<crate::model::ChannelId> {
    match category.place {
        Place::Thread => category.parent.or(conversation.asked_in),
        // The category of a channel is no place for a thread.
        Place::Channel => conversation.asked_in,
    }
}
