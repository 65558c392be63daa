//! The one constructor of everything that talks to Discord. It owns serenity's traps (0.12.5):
//!
//! - `HttpBuilder::proxy` is ignored while serenity's rate limiter is on, and the token would go to the real Discord;
//! - when `GET /gateway` fails, serenity silently takes the real gateway's address;
//! - `HTTP_PROXY` would divert requests to loopback.

use std::time::Duration;

use anyhow::Context as _;
use poise::serenity_prelude as serenity;
use secrecy::{ExposeSecret, SecretString};
use serenity::{GatewayIntents, Permissions};

use super::patience::{Verdict, verdict};
use super::patiently;

/// What the bot must hear of: guilds, members, messages and their text.
pub const INTENTS: GatewayIntents = GatewayIntents::GUILDS
    .union(GatewayIntents::GUILD_MEMBERS)
    .union(GatewayIntents::GUILD_MODERATION)
    .union(GatewayIntents::GUILD_MESSAGES)
    .union(GatewayIntents::DIRECT_MESSAGES)
    .union(GatewayIntents::MESSAGE_CONTENT);

/// What the bot must be allowed in a guild; the invite link asks for exactly these.
pub const PERMISSIONS: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::EMBED_LINKS)
    .union(Permissions::READ_MESSAGE_HISTORY)
    .union(Permissions::ATTACH_FILES)
    .union(Permissions::ADD_REACTIONS)
    .union(Permissions::MANAGE_MESSAGES)
    .union(Permissions::MANAGE_CHANNELS)
    .union(Permissions::MANAGE_ROLES)
    .union(Permissions::MANAGE_THREADS)
    .union(Permissions::CREATE_PUBLIC_THREADS)
    .union(Permissions::CREATE_PRIVATE_THREADS)
    .union(Permissions::SEND_MESSAGES_IN_THREADS)
    .union(Permissions::KICK_MEMBERS)
    .union(Permissions::BAN_MEMBERS)
    .union(Permissions::MODERATE_MEMBERS)
    .union(Permissions::VIEW_AUDIT_LOG);

/// How long one request may take.
const REQUEST_BOUND: Duration = Duration::from_secs(15);

/// Why there is no connection. The texts are for the operator; each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConnectionError {
    /// Discord does not know the token.
    #[error("Discord refused the token")]
    WrongToken,
    /// The address in the configuration is none.
    #[error("discord.api_url is no http address: {0}")]
    BadAddress(String),
    /// No answer, or none that makes sense.
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}

/// Who the token belongs to.
#[derive(Clone, Debug)]
pub struct Application {
    /// The application's id, which an invite link needs.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// Its owner, or the members of its team.
    pub owners: Vec<u64>,
    /// The privileged intents that are switched on in the developer portal.
    pub granted: Granted,
}

/// Privileged intents, by the application's flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Granted {
    /// SERVER MEMBERS INTENT.
    pub members: bool,
    /// MESSAGE CONTENT INTENT.
    pub message_content: bool,
}

/// A client for the REST API at `api_url`, or at Discord's own address.
pub fn http(
    token: &SecretString,
    api_url: Option<&str>,
) -> Result<serenity::Http, ConnectionError> {
    let client = reqwest::Client::builder()
        .use_rustls_tls()
        .timeout(REQUEST_BOUND)
        .no_proxy()
        .build()
        .context("making an HTTP client")?;
    let mut builder = serenity::HttpBuilder::new(token.expose_secret()).client(client);
    if let Some(url) = api_url {
        if !url.starts_with("http://") && !url.starts_with("https://") {
            return Err(ConnectionError::BadAddress(url.to_owned()));
        }
        // Only without its rate limiter does serenity use this address at all.
        builder = builder
            .proxy(url.trim_end_matches('/'))
            .ratelimiter_disabled(true);
    }
    Ok(builder.build())
}

/// Asks Discord whose token this is, before any gateway connection is made.
pub async fn identify(http: &serenity::Http) -> Result<Application, ConnectionError> {
    let info = match patiently(|| http.get_current_application_info()).await {
        Ok(info) => info,
        Err(error) => return Err(refused(error)),
    };
    http.set_application_id(info.id);
    let team = info
        .team
        .iter()
        .flat_map(|team| &team.members)
        .map(|member| member.user.id.get());
    let owners = if info.team.is_some() {
        team.collect()
    } else {
        info.owner.iter().map(|owner| owner.id.get()).collect()
    };
    let flags = info.flags.unwrap_or_else(serenity::ApplicationFlags::empty);
    let either = |one, other| flags.contains(one) || flags.contains(other);
    Ok(Application {
        id: info.id.get(),
        name: info.name,
        owners,
        granted: Granted {
            members: either(
                serenity::ApplicationFlags::GATEWAY_GUILD_MEMBERS,
                serenity::ApplicationFlags::GATEWAY_GUILD_MEMBERS_LIMITED,
            ),
            message_content: either(
                serenity::ApplicationFlags::GATEWAY_MESSAGE_CONTENT,
                serenity::ApplicationFlags::GATEWAY_MESSAGE_CONTENT_LIMITED,
            ),
        },
    })
}

fn refused(error: serenity::Error) -> ConnectionError {
    if let serenity::Error::Http(serenity::HttpError::UnsuccessfulRequest(response)) = &error
        && response.status_code.as_u16() == 401
    {
        return ConnectionError::WrongToken;
    }
    let context = match verdict(&error) {
        Verdict::Passing => "Discord does not answer",
        Verdict::Final(_) => "Discord refused to say whose token this is",
    };
    ConnectionError::Failed(anyhow::Error::new(error).context(context))
}

/// The gateway's address, from the same server as the REST API; never a fallback.
pub async fn gateway(http: &serenity::Http) -> Result<String, ConnectionError> {
    let gateway = patiently(|| http.get_gateway())
        .await
        .context("asking for the gateway's address")?;
    Ok(gateway.url)
}

/// A client that is ready to be started: it connects to `gateway` and nowhere else.
pub async fn client<F: serenity::Framework + 'static>(
    http: serenity::Http,
    gateway: String,
    framework: F,
) -> Result<serenity::Client, ConnectionError> {
    let mut cache = serenity::cache::Settings::default();
    // Messages are read as they come; keeping them costs memory that grows with the guilds.
    cache.max_messages = 0;
    let client = serenity::ClientBuilder::new_with_http(http, INTENTS)
        .cache_settings(cache)
        .framework(framework)
        .await
        .context("making the gateway client")?;
    *client.ws_url.lock().await = gateway;
    Ok(client)
}

/// The link by which a guild's administrator invites the bot.
pub fn invite_link(application: u64) -> String {
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}&scope=bot%20applications.commands&permissions={}",
        PERMISSIONS.bits()
    )
}
