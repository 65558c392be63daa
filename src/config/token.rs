//! Where the bot's token comes from: the environment or a file, never the command line.

use std::path::PathBuf;

use secrecy::SecretString;

use super::{Config, Environment, Mistake, Place};
use crate::text;

/// The name under which systemd hands the token over (`LoadCredential=discord_token:…`).
const CREDENTIAL: &str = "discord_token";

/// The bot's token: `DISCORD_TOKEN`, else the file that the configuration names, else systemd's
/// `$CREDENTIALS_DIRECTORY/discord_token`.
///
/// # Errors
/// When it stands in none of them, or in a shape that no token has. The message never shows it.
pub fn token(config: &Config, environment: &Environment) -> Result<SecretString, Mistake> {
    if let Some(token) = environment.get("DISCORD_TOKEN") {
        return checked(token, Place::Variable("DISCORD_TOKEN".to_owned()));
    }
    match token_file(config, environment) {
        Some(file) => match std::fs::read_to_string(&file) {
            Ok(token) => checked(&token, Place::File(file)),
            Err(error) => Err(Mistake {
                place: Place::File(file),
                what: text!("config-unreadable", why = error.to_string()),
            }),
        },
        None => Err(Mistake {
            place: Place::Nowhere,
            what: text!("config-no-token"),
        }),
    }
}

/// The file that the token is read from: the configured one, else systemd's credential; none when the environment
/// holds the token itself.
pub(crate) fn token_file(config: &Config, environment: &Environment) -> Option<PathBuf> {
    if environment.contains_key("DISCORD_TOKEN") {
        return None;
    }
    let credential = environment
        .get("CREDENTIALS_DIRECTORY")
        .map(|folder| PathBuf::from(folder).join(CREDENTIAL))
        .filter(|file| file.exists());
    config.discord.token_file.clone().or(credential)
}

fn checked(token: &str, place: Place) -> Result<SecretString, Mistake> {
    let token = token.trim();
    let token = token.strip_prefix("Bot ").unwrap_or(token);
    // It becomes an HTTP header: anything else than visible ASCII would fail there, less clearly.
    let is_plain = token.bytes().all(|byte| byte.is_ascii_graphic());
    if token.is_empty() || !is_plain {
        return Err(Mistake {
            place,
            what: text!("config-token-malformed"),
        });
    }
    Ok(SecretString::from(token))
}
