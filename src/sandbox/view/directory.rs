//! Addresses and ids, as `greffier sandbox` prints them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::sandbox::id::Id;
use crate::sandbox::state::World;

/// What someone needs who connects from outside.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Directory {
    /// `http://127.0.0.1:PORT`; REST is below `/api/v10`, the control surface below `/sandbox/v1`.
    pub api: String,
    /// `ws://127.0.0.1:PORT`.
    pub gateway: String,
    pub token: String,
    pub application: Id,
    pub bot: Id,
    pub guild: Id,
    /// By handle.
    pub members: BTreeMap<String, Id>,
    /// By name, without `#`.
    pub channels: BTreeMap<String, Id>,
    /// By name.
    pub roles: BTreeMap<String, Id>,
}

impl Directory {
    pub(crate) fn of(world: &World) -> Self {
        let guild = world.home();
        let channels = world
            .channels
            .values()
            .filter(|channel| channel.guild == Some(guild.id));
        Self {
            api: world.address.clone(),
            gateway: world.gateway_url(),
            token: world.token.clone(),
            application: world.application.id,
            bot: world.bot,
            guild: guild.id,
            members: guild
                .members
                .keys()
                .map(|id| (world.handle(*id), *id))
                .collect(),
            channels: channels
                .map(|channel| (channel.name.clone(), channel.id))
                .collect(),
            roles: guild
                .roles
                .values()
                .map(|role| (role.name.clone(), role.id))
                .collect(),
        }
    }
}
