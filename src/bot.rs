//! The bot: the framework made from the cogs, its events, and its connection to the gateway.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use poise::serenity_prelude as serenity;
use secrecy::SecretString;
use serenity::FullEvent;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::discord::connection::{self, Application, ConnectionError};
use crate::discord::{
    Command, Framework, Happening, House, Press, Used, check_pace, heard_of, localise, missed,
    on_error, publish,
};
use crate::model::{GuildId, Rejection, UserId};

/// How long the gateway may take to close: serenity's own shutdown can hang.
const CLOSE_BOUND: Duration = Duration::from_secs(5);

/// What ended the connection.
#[derive(Debug, PartialEq, Eq)]
pub enum Ending {
    /// We did.
    Stopped,
    /// Discord does not know the token (gateway close code 4004).
    WrongToken,
    /// An intent that the bot needs is switched off in the developer portal (gateway close code 4014).
    MissingIntents,
    /// The disk refused a write: this process must not write again, and another one has to start.
    DiskFailed,
    /// Anything else that serenity did not come back from.
    Lost(String),
}

/// A bot that is being connected to the gateway.
pub struct Bot {
    client: serenity::Client,
    ready: watch::Receiver<bool>,
}

/// Who the bot is and how it reaches Discord; asked before the gateway is touched.
pub struct Line {
    /// The REST client.
    pub http: serenity::Http,
    /// Whose token it is.
    pub application: Application,
    /// The gateway's address.
    pub gateway: String,
}

/// Asks Discord whose token this is and where its gateway stands.
pub async fn line(token: &SecretString, api_url: Option<&str>) -> Result<Line, ConnectionError> {
    let http = connection::http(token, api_url)?;
    let application = connection::identify(&http).await?;
    let gateway = connection::gateway(&http).await?;
    Ok(Line {
        http,
        application,
        gateway,
    })
}

impl Bot {
    /// A bot with these commands, not yet connected.
    pub async fn new(house: Arc<House>, line: Line, mut commands: Vec<Command>) -> Result<Bot> {
        // A subcommand's texts are found by its whole name.
        poise::set_qualified_names(&mut commands);
        localise(&mut commands, &house.texts, house.config.locale);
        let (ready_sender, ready) = watch::channel(false);
        let options = poise::FrameworkOptions {
            commands,
            on_error,
            command_check: Some(|ctx| Box::pin(check_pace(ctx))),
            event_handler: |framework, event| Box::pin(hear(framework, event)),
            prefix_options: poise::PrefixFrameworkOptions {
                dynamic_prefix: Some(|context| {
                    Box::pin(async move {
                        let guild = context.guild_id.map(|guild| GuildId(guild.get()));
                        Ok(Some(
                            context.framework.user_data.preferences.prefix(guild).into(),
                        ))
                    })
                }),
                mention_as_prefix: true,
                case_insensitive_commands: true,
                ..poise::PrefixFrameworkOptions::default()
            },
            owners: house
                .owners
                .get()
                .into_iter()
                .flatten()
                .map(|id| serenity::UserId::new(id.0))
                .collect(),
            ..poise::FrameworkOptions::default()
        };
        let framework = poise::Framework::builder()
            .options(options)
            .initialize_owners(false)
            .setup(move |ctx, _ready, framework| {
                Box::pin(async move {
                    // A bot whose slash commands are not published still answers to its prefix.
                    if let Err(error) = publish(&house, &ctx.http, &framework.options().commands).await {
                        tracing::error!(event = "commands_not_published", error = %format!("{error:#}"));
                    }
                    ready_sender.send_replace(true);
                    Ok(house)
                })
            })
            .build();
        let client = connection::client(line.http, line.gateway, framework).await?;
        Ok(Bot { client, ready })
    }

    /// The REST client that the gateway's events use as well.
    pub fn http(&self) -> Arc<serenity::Http> {
        Arc::clone(&self.client.http)
    }

    /// What the gateway tells of guilds and members.
    pub fn cache(&self) -> Arc<serenity::Cache> {
        Arc::clone(&self.client.cache)
    }

    /// Turns true when the bot takes commands.
    pub fn ready(&self) -> watch::Receiver<bool> {
        self.ready.clone()
    }

    /// Stays connected until `stop`, or until Discord sends the bot away.
    pub async fn stay(mut self, stop: CancellationToken) -> Ending {
        let shards = Arc::clone(&self.client.shard_manager);
        let started = tokio::select! {
            started = self.client.start() => started,
            () = stop.cancelled() => {
                if tokio::time::timeout(CLOSE_BOUND, shards.shutdown_all()).await.is_err() {
                    tracing::warn!(event = "gateway_close_slow");
                }
                return Ending::Stopped;
            }
        };
        match started {
            Ok(()) => Ending::Lost("the gateway connection ended".to_owned()),
            Err(serenity::Error::Gateway(serenity::GatewayError::InvalidAuthentication)) => {
                Ending::WrongToken
            }
            Err(serenity::Error::Gateway(
                serenity::GatewayError::DisallowedGatewayIntents
                | serenity::GatewayError::InvalidGatewayIntents,
            )) => Ending::MissingIntents,
            Err(error) => Ending::Lost(error.to_string()),
        }
    }
}

async fn hear(framework: Framework<'_>, event: &FullEvent) -> Result<(), Rejection> {
    let house = framework.user_data;
    let ctx = framework.serenity_context;
    if house.hearing.is_closed() {
        return Ok(());
    }
    let _listening = house.hearing.token();
    match event {
        FullEvent::Ready { data_about_bot } => {
            tracing::info!(event = "connected", name = %data_about_bot.user.name, guilds = data_about_bot.guilds.len());
            if data_about_bot.guilds.is_empty() {
                let link = connection::invite_link(data_about_bot.application.id.get());
                tracing::info!(event = "invite_wanted", link = %link);
            }
        }
        FullEvent::Message { new_message }
            if new_message.author.id == ctx.cache.current_user().id =>
        {
            watch_for_a_second_bot(house, new_message);
        }
        _ => {}
    }
    if let FullEvent::InteractionCreate { interaction } = event {
        let what = match interaction {
            serenity::Interaction::Component(component) => Some(Used::Component(component)),
            serenity::Interaction::Modal(form) => Some(Used::Form(form)),
            _ => None,
        };
        if let Some(what) = what {
            Press { house, ctx, what }.deliver().await;
        }
    }
    if let FullEvent::GuildCreate { guild, .. } = event {
        hear_what_was_missed(house, ctx, guild).await;
    }
    tell_all(house, ctx, event).await;
    Ok(())
}

/// What was done by hand while the bot was away comes before the guild is looked at: it explains what is found there.
async fn hear_what_was_missed(
    house: &Arc<House>,
    ctx: &serenity::Context,
    guild: &serenity::Guild,
) {
    match missed(house, ctx, guild).await {
        Ok(entries) => {
            for entry in entries {
                let guild_id = guild.id;
                tell_all(
                    house,
                    ctx,
                    &FullEvent::GuildAuditLogEntryCreate { entry, guild_id },
                )
                .await;
            }
        }
        Err(error) => {
            tracing::error!(event = "listener_failed", what = "audit_log", error = %format!("{error:#}"));
        }
    }
}

async fn tell_all(house: &Arc<House>, ctx: &serenity::Context, event: &FullEvent) {
    let happening = Happening::Event { ctx, event };
    for listener in &house.listeners {
        // One cog's trouble is not another's: each listener hears of everything.
        if let Err(error) = listener(house, &happening).await {
            tracing::error!(event = "listener_failed", what = event.snake_case_name(), error = %format!("{error:#}"));
        }
    }
    if let FullEvent::GuildAuditLogEntryCreate { entry, guild_id } = event
        && entry.user_id != ctx.cache.current_user().id
        && let Err(error) = heard_of(house, *guild_id, entry.id).await
    {
        tracing::error!(event = "listener_failed", what = "audit_log", error = %format!("{error:#}"));
    }
}

/// A post of our own account that we never sent comes from a second bot on the same token.
fn watch_for_a_second_bot(house: &Arc<House>, message: &serenity::Message) {
    // Answers to interactions carry no nonce of ours, and Discord lets only one bot answer each.
    if message.interaction_metadata.is_some() {
        return;
    }
    let ours = match &message.nonce {
        Some(serenity::Nonce::String(nonce)) => house.sent.is_ours(nonce),
        _ => false,
    };
    if !ours {
        tracing::error!(event = "second_bot", channel = %message.channel_id, message = %message.id);
        house.alarms.raise(crate::discord::Alarm::SecondBot);
    }
}

/// The owners that the configuration names, or those of the application.
pub fn owners(configured: &[u64], application: &Application) -> std::collections::HashSet<UserId> {
    let ids = if configured.is_empty() {
        &application.owners
    } else {
        configured
    };
    ids.iter().copied().map(UserId).collect()
}
