//! The application itself, and where its gateway is.

use serde_json::{Value, json};

use super::call::{Call, Reply};
use crate::sandbox::error::ApiError;
use crate::sandbox::form::Form;
use crate::sandbox::state::World;

pub(crate) fn gateway(world: &mut World, _: &Call) -> Result<Reply, ApiError> {
    Ok(Reply::json(json!({"url": world.gateway_url()})))
}

pub(crate) fn gateway_bot(world: &mut World, _: &Call) -> Result<Reply, ApiError> {
    Ok(Reply::json(json!({
        "url": world.gateway_url(),
        "shards": 1,
        "session_start_limit": {
            "total": world.knobs.identifies_a_day,
            "remaining": world.identifies_left,
            "reset_after": 86_400_000,
            "max_concurrency": 1,
        },
    })))
}

pub(crate) fn me(world: &mut World, _: &Call) -> Result<Reply, ApiError> {
    Ok(Reply::json(world.application_json()))
}

pub(crate) fn edit_me(world: &mut World, call: &Call) -> Result<Reply, ApiError> {
    let mut form = Form::of(&call.body);
    form.text("description", 0..=400);
    form.finish()?;
    Ok(Reply::json(world.application_json()))
}

impl World {
    fn application_json(&self) -> Value {
        let flags = self.application_flags();
        json!({
            "id": self.application.id,
            "name": self.application.name,
            "icon": null,
            "description": "",
            "type": null,
            "bot": self.user_json(self.bot),
            "summary": "",
            "bot_public": false,
            "bot_require_code_grant": false,
            "verify_key": "0".repeat(64),
            "flags": flags,
            "flags_new": flags.to_string(),
            "redirect_uris": [],
            "interactions_endpoint_url": null,
            "role_connections_verification_url": null,
            "owner": self.user_json(self.application.owner),
            "approximate_guild_count": self.guilds.len(),
            "approximate_user_install_count": 0,
            "approximate_user_authorization_count": 0,
            "explicit_content_filter": 0,
            "team": null,
            "rpc_origins": [],
            "tags": [],
            "integration_types_config": {"0": {}},
            "eligible_oauth2_scopes": [],
        })
    }
}
