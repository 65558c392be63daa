//! Writing messages and waiting for what the bot says to them.

use std::time::Duration;

use serde_json::json;
use tokio::sync::{broadcast, oneshot};
use tokio::time::timeout;

use super::{Draft, MessageId, Place, Pointed, Trouble, mentions};
use crate::sandbox::Sandbox;
use crate::sandbox::id::Id;
use crate::sandbox::rest::call::Call;
use crate::sandbox::rest::messages;
use crate::sandbox::state::World;
use crate::sandbox::view::MessageView;
use crate::sandbox::visible::Visible;

/// Who waits for an answer: to this very message, or for whatever comes next in the channel.
struct Ears {
    reply: oneshot::Receiver<MessageView>,
    next: oneshot::Receiver<MessageView>,
}

impl Sandbox {
    /// Someone writes a message. `@sam`, `#general` and `@Moderator` become mentions.
    ///
    /// # Errors
    /// When Discord would refuse it: no such person or place, not visible, timed out, too long.
    pub async fn says(
        &self,
        who: &str,
        place: &Place,
        draft: impl Into<Draft>,
    ) -> Result<MessageId, Trouble> {
        let mut world = self.shared.world_of(who);
        let channel = world.find_place(place)?;
        write(&mut world, who, channel, draft.into())
    }

    /// Someone writes a message; waits for the bot's next message in the same place, or for its
    /// answer to this one, whichever comes first.
    ///
    /// # Errors
    /// As [`Sandbox::says`], and [`Trouble::NothingHeard`] when `patience` runs out.
    pub async fn says_and_hears(
        &self,
        who: &str,
        place: &Place,
        draft: impl Into<Draft>,
        patience: Duration,
    ) -> Result<MessageView, Trouble> {
        let ears = {
            let mut world = self.shared.world_of(who);
            let channel = world.find_place(place)?;
            let (next_tx, next) = oneshot::channel();
            let (reply_tx, reply) = oneshot::channel();
            let id = write(&mut world, who, channel, draft.into())?;
            world
                .waiting_for_reply
                .entry(id)
                .or_default()
                .push(reply_tx);
            world
                .waiting_in_channel
                .entry(channel)
                .or_default()
                .push(next_tx);
            Ears { reply, next }
        };
        let heard = timeout(patience, async {
            tokio::select! {
                Ok(view) = ears.reply => Some(view),
                Ok(view) = ears.next => Some(view),
                else => None,
            }
        });
        heard.await.ok().flatten().ok_or(Trouble::NothingHeard)
    }

    /// Someone writes a message; waits for the bot's message that references it. Many such calls
    /// can be under way in one channel.
    ///
    /// # Errors
    /// As [`Sandbox::says_and_hears`].
    pub async fn asks(
        &self,
        who: &str,
        place: &Place,
        draft: impl Into<Draft>,
        patience: Duration,
    ) -> Result<MessageView, Trouble> {
        let (id, reply) = {
            let mut world = self.shared.world_of(who);
            let channel = world.find_place(place)?;
            let (sender, reply) = oneshot::channel();
            let id = write(&mut world, who, channel, draft.into())?;
            world.waiting_for_reply.entry(id).or_default().push(sender);
            (id, reply)
        };
        match timeout(patience, reply).await {
            Ok(Ok(view)) => Ok(view),
            _ => {
                self.shared.world_of(who).waiting_for_reply.remove(&id);
                Err(Trouble::NothingHeard)
            }
        }
    }

    /// Someone answers a message where it stands; waits for the bot's message that references theirs.
    ///
    /// # Errors
    /// As [`Sandbox::asks`]; also when they see no such message.
    pub async fn replies(
        &self,
        who: &str,
        to: impl Into<Pointed>,
        draft: impl Into<Draft>,
        patience: Duration,
    ) -> Result<MessageView, Trouble> {
        let answered = self.points_at(who, to)?;
        let draft = draft.into().answering(answered.id);
        self.asks(who, &Place::Id(answered.channel), draft, patience)
            .await
    }

    /// Waits until a message in a place fits, old ones included.
    ///
    /// # Errors
    /// [`Trouble::NothingHeard`] when `patience` runs out.
    pub async fn waits_for(
        &self,
        place: &Place,
        patience: Duration,
        fits: impl Fn(&MessageView) -> bool,
    ) -> Result<MessageView, Trouble> {
        let mut watch = self.visible();
        let deadline = tokio::time::Instant::now() + patience;
        loop {
            if let Some(message) = self.messages(place)?.into_iter().rev().find(&fits) {
                return Ok(message);
            }
            // Anything that happens may have changed the channel; lagging behind is no matter.
            match tokio::time::timeout_at(deadline, watch.recv()).await {
                Ok(Ok(_) | Err(broadcast::error::RecvError::Lagged(_))) => {}
                _ => return Err(Trouble::NothingHeard),
            }
        }
    }

    /// Waits until something visible fits, from now on.
    ///
    /// # Errors
    /// [`Trouble::NothingHeard`] when `patience` runs out.
    pub async fn sees(
        &self,
        watch: &mut broadcast::Receiver<Visible>,
        patience: Duration,
        fits: impl Fn(&Visible) -> bool,
    ) -> Result<Visible, Trouble> {
        let deadline = tokio::time::Instant::now() + patience;
        loop {
            match tokio::time::timeout_at(deadline, watch.recv()).await {
                Ok(Ok(seen)) if fits(&seen) => return Ok(seen),
                Ok(Ok(_) | Err(broadcast::error::RecvError::Lagged(_))) => {}
                _ => return Err(Trouble::NothingHeard),
            }
        }
    }

    /// Someone edits a message of theirs.
    ///
    /// # Errors
    /// When it is not theirs or not there.
    pub async fn edits(
        &self,
        who: &str,
        place: &Place,
        message: MessageId,
        text: &str,
    ) -> Result<(), Trouble> {
        let mut world = self.shared.world_of(who);
        let (who, channel) = (world.find_person(who)?, world.find_place(place)?);
        let content = mentions::typed(&world, text);
        messages::edit(
            &mut world,
            &Call::by(who, &[channel, message], json!({"content": content})),
        )?;
        Ok(())
    }

    /// Someone deletes a message by hand.
    ///
    /// # Errors
    /// When they may not, or it is not there.
    pub async fn deletes_message(
        &self,
        who: &str,
        place: &Place,
        message: MessageId,
    ) -> Result<(), Trouble> {
        let mut world = self.shared.world_of(who);
        let (who, channel) = (world.find_person(who)?, world.find_place(place)?);
        messages::delete(
            &mut world,
            &Call::by(who, &[channel, message], serde_json::Value::Null),
        )?;
        Ok(())
    }
}

fn write(world: &mut World, who: &str, channel: Id, draft: Draft) -> Result<MessageId, Trouble> {
    let author = world.find_person(who)?;
    let in_guild = world
        .channels
        .get(&channel)
        .is_some_and(|channel| channel.guild.is_some());
    if in_guild {
        world.find_member(who)?;
    }
    let call = draft.call(world, author, channel);
    // The place must not be checked for the recipient's closed DMs: the bot reads everyone's.
    let reply = messages::create(world, &call)?;
    let id = reply
        .body
        .as_ref()
        .and_then(|body| Id::from_json(&body["id"]));
    id.ok_or_else(|| Trouble::Refused("the message was not written".to_owned()))
}
