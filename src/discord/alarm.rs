//! What the bot's owner must hear of, by direct message as well as in the log.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use poise::serenity_prelude as serenity;
use serenity::{CreateAllowedMentions, CreateMessage, Nonce};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{House, patiently};
use crate::model::{Text, Timestamp};
use crate::schedule::task_name;
use crate::text;

/// The same alarm is not sent again within this time; the log has each of them.
const QUIET: Duration = Duration::from_secs(3600);

/// Something that somebody must look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Alarm {
    /// Another process uses the bot's token.
    SecondBot,
    /// The records were brought back from files at start.
    Recovered(Text),
    /// A save, an archive or another task failed.
    TaskFailed {
        /// Which.
        task: String,
        /// Why.
        why: String,
    },
    /// The disk failed; nothing can be kept until the bot is restarted.
    StoreBroken,
}

impl Alarm {
    fn kind(&self) -> String {
        match self {
            Alarm::SecondBot => "second_bot".to_owned(),
            Alarm::Recovered(_) => "recovered".to_owned(),
            Alarm::TaskFailed { task, .. } => format!("task_failed {task}"),
            Alarm::StoreBroken => "store_broken".to_owned(),
        }
    }

    fn text(&self) -> Text {
        match self {
            Alarm::SecondBot => Text::new("alarm-second-bot"),
            Alarm::Recovered(report) => text!("alarm-recovered", report = report.clone()),
            Alarm::TaskFailed { task, why } => {
                text!(
                    "alarm-task-failed",
                    task = task_name(task),
                    why = why.chars().take(800).collect::<String>()
                )
            }
            Alarm::StoreBroken => Text::new("alarm-store-broken"),
        }
    }
}

/// Where alarms are raised, from anywhere in the program.
#[derive(Clone)]
pub struct Alarms {
    sender: mpsc::UnboundedSender<Alarm>,
    receiver: Arc<Mutex<Option<mpsc::UnboundedReceiver<Alarm>>>>,
}

impl Default for Alarms {
    fn default() -> Self {
        let (sender, receiver) = mpsc::unbounded_channel();
        Alarms {
            sender,
            receiver: Arc::new(Mutex::new(Some(receiver))),
        }
    }
}

impl Alarms {
    /// Tells the owners, as soon as Discord can be reached.
    pub fn raise(&self, alarm: Alarm) {
        // Without a receiver the program is ending, and its log has the alarm.
        let _ = self.sender.send(alarm);
    }

    /// Sends alarms until `stop`.
    pub async fn run(self, house: Arc<House>, http: Arc<serenity::Http>, stop: CancellationToken) {
        let taken = self
            .receiver
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let Some(mut receiver) = taken else { return };
        let mut sent: HashMap<String, Timestamp> = HashMap::new();
        loop {
            let alarm = tokio::select! {
                alarm = receiver.recv() => alarm,
                () = stop.cancelled() => return,
            };
            let Some(alarm) = alarm else { return };
            let now = house.clock().now();
            if sent
                .get(&alarm.kind())
                .is_some_and(|last| now.since(*last) < QUIET)
            {
                continue;
            }
            sent.insert(alarm.kind(), now);
            tell_owners(&house, &http, &alarm, now).await;
        }
    }
}

async fn tell_owners(house: &House, http: &Arc<serenity::Http>, alarm: &Alarm, now: Timestamp) {
    let words = house.say(house.config.locale, &alarm.text());
    for owner in house.owners.get().into_iter().flatten() {
        let cause = format!("a{}{}", now.0 % 1_000_000_000, owner.0 % 1_000_000);
        let message = CreateMessage::new()
            .content(words.as_str())
            .allowed_mentions(CreateAllowedMentions::new())
            .nonce(Nonce::String(house.sent.nonce(&cause)))
            .enforce_nonce(true);
        let told = patiently(|| async {
            let channel = serenity::UserId::new(owner.0)
                .create_dm_channel(http)
                .await?;
            channel.id.send_message(http, message.clone()).await
        });
        if let Err(error) = told.await {
            tracing::warn!(event = "owner_not_told", owner = %owner, error = %error);
        }
    }
}
