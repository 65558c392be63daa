//! Channels with their exceptions, bit by bit as Discord sends them: serenity drops bits that are newer than itself, and an
//! exception written back from what it read would lose them.

use poise::serenity_prelude as serenity;
use serde::{Deserialize, Deserializer};
use serenity::{LightMethod, Request, Route};

use crate::model::{ChannelId, GuildId, Overwrite, RoleId, UserId, Whom};

/// Discord's number for a category.
const CATEGORY: u8 = 4;
/// Discord's numbers for threads.
const THREADS: [u8; 3] = [10, 11, 12];

/// A channel or category of a guild.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelFacts {
    /// Which.
    pub id: ChannelId,
    /// Its name.
    pub name: String,
    /// Where people meet: no category, and no thread, which has its channel's exceptions.
    pub is_room: bool,
    /// A thread's channel, or a channel's category.
    pub parent: Option<ChannelId>,
    /// Who may do what there.
    pub overwrites: Vec<Overwrite>,
}

#[derive(Deserialize)]
struct Told {
    id: ChannelId,
    #[serde(rename = "type")]
    kind: u8,
    #[serde(default)]
    name: String,
    #[serde(default)]
    parent_id: Option<ChannelId>,
    #[serde(default)]
    permission_overwrites: Vec<ToldOverwrite>,
}

#[derive(Deserialize)]
struct ToldOverwrite {
    #[serde(deserialize_with = "number")]
    id: u64,
    #[serde(rename = "type")]
    kind: u8,
    #[serde(deserialize_with = "number")]
    allow: u64,
    #[serde(deserialize_with = "number")]
    deny: u64,
}

/// A number that Discord writes as text.
fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map_err(serde::de::Error::custom)
}

impl From<Told> for ChannelFacts {
    fn from(told: Told) -> ChannelFacts {
        let overwrites = told.permission_overwrites.iter().map(|it| Overwrite {
            whom: match it.kind {
                0 => Whom::Role(RoleId(it.id)),
                _ => Whom::Member(UserId(it.id)),
            },
            allow: it.allow,
            deny: it.deny,
        });
        ChannelFacts {
            id: told.id,
            is_room: told.kind != CATEGORY && !THREADS.contains(&told.kind),
            parent: told.parent_id,
            overwrites: overwrites.collect(),
            name: told.name,
        }
    }
}

/// One channel, as it is now.
pub async fn channel_facts(
    http: &serenity::Http,
    channel: ChannelId,
) -> serenity::Result<ChannelFacts> {
    let route = Route::Channel {
        channel_id: channel.0.into(),
    };
    let told: Told = http.fire(Request::new(route, LightMethod::Get)).await?;
    Ok(told.into())
}

/// Every channel and category of a guild, as they are now; no thread.
pub async fn channels_facts(
    http: &serenity::Http,
    guild: GuildId,
) -> serenity::Result<Vec<ChannelFacts>> {
    let route = Route::GuildChannels {
        guild_id: guild.0.into(),
    };
    let told: Vec<Told> = http.fire(Request::new(route, LightMethod::Get)).await?;
    Ok(told.into_iter().map(ChannelFacts::from).collect())
}

/// Makes an exception in a channel what `overwrite` says: one without bits stands there all the same.
pub async fn put_overwrite(
    http: &serenity::Http,
    channel: ChannelId,
    overwrite: &Overwrite,
    reason: &str,
) -> serenity::Result<()> {
    let body = serde_json::json!({
        "allow": overwrite.allow.to_string(),
        "deny": overwrite.deny.to_string(),
        "type": match overwrite.whom { Whom::Role(_) => 0, Whom::Member(_) => 1 },
    });
    let target = target(overwrite.whom).into();
    http.create_permission(channel.0.into(), target, &body, Some(reason))
        .await
}

/// Takes an exception in a channel away.
pub async fn drop_overwrite(
    http: &serenity::Http,
    channel: ChannelId,
    whom: Whom,
    reason: &str,
) -> serenity::Result<()> {
    http.delete_permission(channel.0.into(), target(whom).into(), Some(reason))
        .await
}

fn target(whom: Whom) -> u64 {
    match whom {
        Whom::Role(RoleId(role)) => role,
        Whom::Member(UserId(member)) => member,
    }
}
