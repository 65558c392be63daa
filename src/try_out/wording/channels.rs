//! What changed about a channel, in the words of the reader's own client.

use super::Client;
use crate::model::Text;
use crate::sandbox::{ChannelChange, Permitted, Setting};
use crate::text;

impl Client<'_> {
    pub(super) fn channel_changed(&self, name: &str, changes: &[ChannelChange]) -> Text {
        let changes: Vec<String> = changes
            .iter()
            .map(|change| self.say(&self.change(change)))
            .collect();
        text!(
            "try-channel-changed",
            name = name,
            changes = changes.join(", ")
        )
    }

    fn change(&self, change: &ChannelChange) -> Text {
        match change {
            ChannelChange::Set(setting, Some(value)) => {
                text!(
                    "try-change-set",
                    setting = named(*setting),
                    value = value.as_str()
                )
            }
            ChannelChange::Set(setting, None) => {
                text!("try-change-emptied", setting = named(*setting))
            }
            ChannelChange::Switched(setting, true) => {
                text!("try-change-on", setting = named(*setting))
            }
            ChannelChange::Switched(setting, false) => {
                text!("try-change-off", setting = named(*setting))
            }
            ChannelChange::Moved(Some(category)) => {
                text!("try-change-moved", category = category.as_str())
            }
            ChannelChange::Moved(None) => Text::new("try-change-moved-out"),
            ChannelChange::Allows { whom, may, may_not } => self.allowed(whom, may, may_not),
            ChannelChange::AsElsewhere(whom) => {
                text!("try-change-nothing-special", whom = whom.as_str())
            }
        }
    }

    fn allowed(&self, whom: &str, may: &[Permitted], may_not: &[Permitted]) -> Text {
        let (allowed, denied) = (self.permitted(may), self.permitted(may_not));
        match (may, may_not) {
            ([], []) => text!("try-change-as-elsewhere", whom = whom),
            (_, []) => text!("try-change-may", whom = whom, may = allowed),
            ([], _) => text!("try-change-may-not", whom = whom, may_not = denied),
            _ => text!(
                "try-change-may-but-not",
                whom = whom,
                may = allowed,
                may_not = denied
            ),
        }
    }

    fn permitted(&self, all: &[Permitted]) -> String {
        let words: Vec<String> = all.iter().map(|one| self.say(&permission(*one))).collect();
        words.join(", ")
    }
}

fn named(setting: Setting) -> Text {
    Text::new(match setting {
        Setting::Name => "try-setting-name",
        Setting::Topic => "try-setting-topic",
        Setting::Nsfw => "try-setting-nsfw",
        Setting::RateLimitPerUser => "try-setting-slowmode",
        Setting::Archived => "try-setting-archived",
        Setting::Locked => "try-setting-locked",
        Setting::AutoArchiveDuration => "try-setting-auto-archive",
        Setting::Invitable => "try-setting-invitable",
    })
}

fn permission(permitted: Permitted) -> Text {
    Text::new(match permitted {
        Permitted::See => "try-permission-see",
        Permitted::Write => "try-permission-write",
        Permitted::WriteInThreads => "try-permission-write-in-threads",
        Permitted::ReadHistory => "try-permission-read-history",
        Permitted::React => "try-permission-react",
        Permitted::AttachFiles => "try-permission-attach",
        Permitted::EmbedLinks => "try-permission-embed",
        Permitted::OpenThreads => "try-permission-open-threads",
        Permitted::OpenPrivateThreads => "try-permission-open-private-threads",
        Permitted::ManageMessages => "try-permission-manage-messages",
        Permitted::ManageChannel => "try-permission-manage-channel",
        Permitted::Other(bits) => {
            return text!("try-permission-other", bits = format!("{bits:#x}"));
        }
    })
}
