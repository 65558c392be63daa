//! What only Discord can tell: whose token it is, and which intents are switched on.

use super::runtime;
use crate::config::{Config, Environment, token};
use crate::control::{Finding, Severity};
use crate::discord::connection::{Application, ConnectionError, http, identify};
use crate::model::Text;
use crate::text;

/// Asks Discord whose token this is; or says what somebody must mend first.
///
/// # Errors
/// When Discord can't be reached.
pub(super) fn application(
    config: &Config,
    environment: &Environment,
) -> anyhow::Result<Result<Application, Text>> {
    let token = match token(config, environment) {
        Ok(token) => token,
        Err(mistake) => return Ok(Err(mistake.text())),
    };
    let asked = runtime()?.block_on(async {
        let http = http(&token, config.discord.api_url.as_deref())?;
        identify(&http).await
    });
    match asked {
        Ok(application) => Ok(Ok(application)),
        Err(ConnectionError::WrongToken) => Ok(Err(text!("check-token-refused"))),
        Err(ConnectionError::BadAddress(address)) => {
            Ok(Err(text!("check-address-wrong", address = address)))
        }
        Err(ConnectionError::Failed(error)) => Err(error),
    }
}

/// What Discord says of this bot, for `check --online`.
pub(super) fn findings(config: &Config, environment: &Environment) -> Vec<Finding> {
    let application = match application(config, environment) {
        Ok(Ok(application)) => application,
        Ok(Err(why)) => return vec![finding(Severity::Problem, why)],
        Err(error) => {
            let why = text!("check-unreachable", why = error.root_cause().to_string());
            return vec![finding(Severity::Problem, why)];
        }
    };
    let page = format!(
        "https://discord.com/developers/applications/{}/bot",
        application.id
    );
    let mut findings = vec![finding(
        Severity::Good,
        text!("check-application", name = application.name),
    )];
    // The names are those of the switches on that page, which Discord does not translate.
    for (name, is_on) in [
        ("Server Members Intent", application.granted.members),
        (
            "Message Content Intent",
            application.granted.message_content,
        ),
    ] {
        findings.push(if is_on {
            finding(Severity::Good, text!("check-intent", intent = name))
        } else {
            let what = text!("check-intent-off", intent = name, page = page.as_str());
            finding(Severity::Problem, what)
        });
    }
    findings
}

fn finding(severity: Severity, text: Text) -> Finding {
    Finding { severity, text }
}
