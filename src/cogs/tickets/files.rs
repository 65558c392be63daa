//! Files that come with messages: their bytes are kept when they arrive, since Discord's addresses expire.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use poise::serenity_prelude as serenity;

use super::listeners;
use crate::cogs::conversations::{Attached, look, rules as conversations};
use crate::discord::House;
use crate::model::{GuildId, MessageId, Rejection};

/// How long one file may take to arrive.
const BOUND: Duration = Duration::from_secs(30);
/// Why a file is not kept: all of them together are too large already.
const BEYOND_QUOTA: &str = "quota";

/// What a message brings, as it is kept before the bytes are there.
pub(super) fn listed(message: &serenity::Message) -> Vec<Attached> {
    let files = message.attachments.iter();
    files
        .map(|file| Attached {
            name: file.filename.clone(),
            media_type: media_type(file),
            size: u64::from(file.size),
        })
        .collect()
}

fn media_type(file: &serenity::Attachment) -> String {
    let whole = file
        .content_type
        .as_deref()
        .unwrap_or("application/octet-stream");
    let bare = whole.split(';').next().unwrap_or(whole);
    bare.trim().to_lowercase()
}

/// Keeps the bytes of a message's files, or notes why they are not kept. What Discord does not give now is tried again at
/// the next start.
pub(super) async fn keep(
    house: &Arc<House>,
    guild: GuildId,
    message: &serenity::Message,
) -> Result<(), Rejection> {
    let discord = MessageId(message.id.get());
    let Some(row) = house
        .store
        .read(move |reader| Ok(look::message(reader, discord)?.map(|kept| kept.row)))
        .await?
    else {
        return Ok(());
    };
    for (position, file) in (0..).zip(&message.attachments) {
        match fetch(house, file).await {
            Ok(outcome) => settle(house, guild, row, position, outcome).await?,
            Err(error) => {
                tracing::warn!(event = "attachment_postponed", message = %message.id, error = %format!("{error:#}"));
            }
        }
    }
    Ok(())
}

/// Notes what became of a file. Bytes that nobody waits for any more, as after an erasure, are not left lying about.
async fn settle(
    house: &Arc<House>,
    guild: GuildId,
    message: u64,
    position: u32,
    outcome: Result<Vec<u8>, String>,
) -> Result<(), Rejection> {
    let (outcome, bytes) = match outcome {
        Ok(bytes) => {
            let bytes = Arc::new(bytes);
            let kept = keep_within_quota(house, &bytes).await?;
            (kept.ok_or_else(|| BEYOND_QUOTA.to_owned()), Some(bytes))
        }
        Err(why) => (Err(why), None),
    };
    let is_full = outcome.as_ref().is_err_and(|why| why == BEYOND_QUOTA);
    let (order, name) = (listeners::own_order(guild), outcome.clone().ok());
    let noted = house
        .store
        .write(order, move |tx| {
            conversations::settle_file(tx, message, position, outcome)
        })
        .await?
        .value;
    // Who looks back and who listens may come upon the same file: only one of them notes it.
    if noted && is_full {
        let quota = house.config.attachments.quota;
        tracing::warn!(event = "attachments_full", quota);
    }
    if let (Some(bytes), Some(name)) = (bytes, name) {
        match noted {
            // Somebody else's erasure may have taken the same bytes away in between.
            true => drop(keep_bytes(house, &bytes).await?),
            false => {
                let names = BTreeSet::from([name]);
                let going = house
                    .vault
                    .off_thread(move |vault| vault.let_blobs_go(&names));
                going.await?;
            }
        }
    }
    Ok(())
}

/// `None` where others, that arrived meanwhile, have taken the room.
async fn keep_within_quota(house: &House, bytes: &Arc<Vec<u8>>) -> Result<Option<String>> {
    let (bytes, quota) = (bytes.clone(), house.config.attachments.quota);
    house
        .vault
        .off_thread(move |vault| vault.blobs().keep_within(&bytes, quota))
        .await
}

async fn keep_bytes(house: &House, bytes: &Arc<Vec<u8>>) -> Result<String> {
    let bytes = bytes.clone();
    house
        .vault
        .off_thread(move |vault| vault.blobs().keep(&bytes))
        .await
}

/// The bytes that are to be kept, or why they are not.
async fn fetch(house: &House, file: &serenity::Attachment) -> Result<Result<Vec<u8>, String>> {
    let limits = &house.config.attachments;
    if !is_wanted(&limits.types, &media_type(file)) {
        return Ok(Err("type".to_owned()));
    }
    if u64::from(file.size) > limits.largest {
        return Ok(Err("large".to_owned()));
    }
    let kept = house.vault.off_thread(|vault| vault.blobs().size()).await?;
    if kept + u64::from(file.size) > limits.quota {
        return Ok(Err(BEYOND_QUOTA.to_owned()));
    }
    let bytes = download(&file.url, limits.largest).await?;
    Ok(bytes.ok_or_else(|| "gone".to_owned()))
}

fn is_wanted(types: &[String], media_type: &str) -> bool {
    types.iter().any(|wanted| match wanted.strip_suffix('*') {
        Some(start) => media_type.starts_with(start),
        None => media_type == wanted,
    })
}

/// A file's bytes; `None` where there is nothing any more. Never more than `most`.
async fn download(url: &str, most: u64) -> Result<Option<Vec<u8>>> {
    let client = reqwest::Client::builder()
        .no_proxy()
        .timeout(BOUND)
        .build()
        .context("making ready to fetch a file")?;
    let mut response = client.get(url).send().await.context("fetching a file")?;
    if [403, 404, 410].contains(&response.status().as_u16()) {
        return Ok(None);
    }
    ensure!(
        response.status().is_success(),
        "fetching a file: {}",
        response.status()
    );
    let mut bytes = Vec::new();
    while let Some(piece) = response.chunk().await.context("receiving a file")? {
        ensure!(
            (bytes.len() + piece.len()) as u64 <= most,
            "a file is longer than Discord said"
        );
        bytes.extend_from_slice(&piece);
    }
    Ok(Some(bytes))
}
