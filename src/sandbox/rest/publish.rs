//! Putting messages into a channel's log, and telling everyone who is concerned: the gateway, whoever
//! watches, whoever waits for an answer.

use serde_json::{Value, json};

use crate::sandbox::gateway::dispatch::{Event, intent};
use crate::sandbox::id::Id;
use crate::sandbox::people::InteractionOutcome;
use crate::sandbox::state::World;
use crate::sandbox::state::channel::Channel;
use crate::sandbox::state::message::{Message, flag};
use crate::sandbox::view::MessageView;
use crate::sandbox::visible::Visible;

impl World {
    /// Stores a new message and tells everyone who is concerned.
    pub(crate) fn publish(&mut self, message: Message) -> Value {
        self.show_said(&message);
        self.answer_waiters(&message);
        self.publish_quietly(message)
    }

    /// Stores and dispatches a new message that shows nothing to read yet.
    pub(crate) fn publish_quietly(&mut self, message: Message) -> Value {
        let keep = self.knobs.messages_kept;
        let json = self.message_json(&message);
        if message.only_for.is_none() {
            self.dispatch_message("MESSAGE_CREATE", &message);
            let in_thread = self.channels.get(&message.channel);
            if in_thread.is_some_and(Channel::is_thread) {
                // Who writes in a thread, and who is mentioned there, is in it from then on.
                for who in [message.author].iter().chain(&message.mentions) {
                    self.enter_thread(message.channel, *who);
                }
            }
        }
        if let Some(channel) = self.channels.get_mut(&message.channel) {
            channel.last_message = Some(message.id);
            if let Some(thread) = &mut channel.thread {
                thread.sent += 1;
                thread.archived = false;
            }
            channel.log.push(message, keep);
        }
        json
    }

    /// Replaces a message by its changed version and tells everyone.
    pub(crate) fn replace(&mut self, message: Message) -> Value {
        let json = self.message_json(&message);
        if message.only_for.is_none() {
            self.dispatch_message("MESSAGE_UPDATE", &message);
        }
        let filled_in = self
            .channels
            .get(&message.channel)
            .and_then(|channel| channel.log.get(message.id));
        if filled_in.is_some_and(|old| old.flags & flag::LOADING != 0) {
            self.show_said(&message);
            self.answer_waiters(&message);
        } else {
            self.show(|world| Visible::Edited(MessageView::of(world, &message)));
        }
        self.settle_update(&message);
        if let Some(slot) = self
            .channels
            .get_mut(&message.channel)
            .and_then(|channel| channel.log.get_mut(message.id))
        {
            *slot = message;
        }
        json
    }

    /// A component that was only acknowledged is answered when its message changes.
    fn settle_update(&mut self, message: &Message) {
        let Some(id) = self.awaiting_update.remove(&message.id) else {
            return;
        };
        let view = MessageView::of(self, message);
        if let Some(interaction) = self.interactions.get_mut(&id) {
            interaction.settle(InteractionOutcome::Updated(view));
        }
    }

    fn dispatch_message(&mut self, name: &'static str, message: &Message) {
        if self.sessions.is_empty() {
            return;
        }
        let guild = self
            .channels
            .get(&message.channel)
            .and_then(|channel| channel.guild);
        let wanted = if guild.is_some() {
            intent::GUILD_MESSAGES
        } else {
            intent::DIRECT_MESSAGES
        };
        let event =
            Event::new(name, wanted, self.message_event_json(message)).in_channel(message.channel);
        self.dispatch(match guild {
            Some(guild) => event.in_guild(guild),
            None => event,
        });
    }

    fn answer_waiters(&mut self, message: &Message) {
        if message.author != self.bot {
            return;
        }
        let for_reply = message
            .answers
            .and_then(|answered| self.waiting_for_reply.remove(&answered));
        let in_channel = self.waiting_in_channel.remove(&message.channel);
        let waiters: Vec<_> = for_reply.into_iter().chain(in_channel).flatten().collect();
        if !waiters.is_empty() {
            let view = MessageView::of(self, message);
            for waiter in waiters {
                // Whoever gave up waiting needs no answer.
                drop(waiter.send(view.clone()));
            }
        }
    }

    /// Deletes messages and dispatches it, as one event when there are several; answers how many there were.
    pub(crate) fn drop_messages(&mut self, channel_id: Id, ids: &[Id]) -> usize {
        let Some(channel) = self.channels.get_mut(&channel_id) else {
            return 0;
        };
        let guild = channel.guild;
        let gone: Vec<Message> = ids
            .iter()
            .filter_map(|id| channel.log.remove(*id))
            .collect();
        for message in &gone {
            self.show(|world| Visible::Deleted(MessageView::of(world, message)));
        }
        let public: Vec<Id> = gone
            .iter()
            .filter(|message| message.only_for.is_none())
            .map(|message| message.id)
            .collect();
        let (name, mut data) = match public.as_slice() {
            [] => return gone.len(),
            [one] => (
                "MESSAGE_DELETE",
                json!({"id": one, "channel_id": channel_id}),
            ),
            many => (
                "MESSAGE_DELETE_BULK",
                json!({"ids": many, "channel_id": channel_id}),
            ),
        };
        let wanted = if guild.is_some() {
            intent::GUILD_MESSAGES
        } else {
            intent::DIRECT_MESSAGES
        };
        if let Some(guild) = guild {
            data["guild_id"] = json!(guild);
        }
        let event = Event::new(name, wanted, data).in_channel(channel_id);
        self.dispatch(match guild {
            Some(guild) => event.in_guild(guild),
            None => event,
        });
        gone.len()
    }
}
