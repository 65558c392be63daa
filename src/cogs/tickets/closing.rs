//! Closing: the transcripts are made and safe on the disk first; only then is the ticket over.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::Result;

use super::ending;
use super::hall::Hall;
use super::rules::category_of;
use crate::cogs::conversations::messages::Attachment;
use crate::cogs::conversations::rules::{Closed, Closing};
use crate::cogs::conversations::transcript::{self, History, Labels, Line, Names};
use crate::cogs::conversations::{Cause, Copied, Format, Reader, look};
use crate::discord::House;
use crate::model::{GuildId, Locale, Refusal, Rejection, Text};
use crate::store::{self, Order};
use crate::text;
use crate::vault::Blobs;

/// How often transcripts are made anew because somebody wrote meanwhile, before it is given up.
const TRIES: u32 = 20;
/// How many bytes of files stand in a page: with the rest of it they stay below what Discord takes (10 MiB).
const ENCLOSED: u64 = 5 * 1024 * 1024;

/// Closes a ticket. A transcript that can't be kept refuses it.
pub(super) async fn close(
    house: &Arc<House>,
    hall: &Hall,
    order: Order,
    number: u32,
    cause: Cause,
    reason: &str,
) -> Result<(), Rejection> {
    for _ in 0..TRIES {
        let made = make(house, hall, number).await;
        let (copies, reaches) = made.map_err(|error| {
            tracing::error!(event = "transcript_failed", ticket = number, error = %format!("{error:#}"));
            Refusal::from(text!("refused-transcript", number = number))
        })?;
        let made = copies.iter().map(|copy| copy.sha256.clone()).collect();
        let closing = Closing {
            cause,
            reason: reason.to_owned(),
            copies,
            reaches,
        };
        let hall = hall.clone();
        let closed = house
            .store
            .write(order.clone(), move |tx| {
                ending::close(tx, &hall, number, closing)
            })
            .await?;
        if closed.value == Closed::Done {
            return Ok(());
        }
        house
            .vault
            .off_thread(move |vault| vault.let_blobs_go(&made))
            .await?;
    }
    Err(Refusal::from(text!("refused-ticket-busy", number = number)).into())
}

/// Makes the transcripts and keeps them; says which journal position they reach.
async fn make(house: &Arc<House>, hall: &Hall, number: u32) -> Result<(Vec<Copied>, u64)> {
    let (guild, name) = (hall.guild, hall.guild_name.clone());
    let locale = house.preferences.locale(Some(guild));
    let labels = labels(house, locale, number);
    let blobs = house.vault.blobs();
    let (history, reaches) = house
        .store
        .read(move |reader| read(reader, guild, name, number, &blobs))
        .await?;
    let copies = house
        .vault
        .off_thread(move |vault| {
            let blobs = vault.blobs();
            let mut copies = Vec::new();
            for reader in Reader::ALL {
                for format in Format::ALL {
                    let bytes = transcript::render(&history, &labels, *reader, *format);
                    copies.push(Copied {
                        reader: *reader,
                        format: *format,
                        sha256: blobs.keep(&bytes)?,
                        size: bytes.len() as u64,
                    });
                }
            }
            Ok(copies)
        })
        .await?;
    Ok((copies, reaches))
}

/// One transcript of a ticket as it is now. It is not kept.
pub(super) async fn rendered(
    house: &Arc<House>,
    hall: &Hall,
    number: u32,
    reader: Reader,
    format: Format,
) -> Result<Vec<u8>> {
    let (guild, name) = (hall.guild, hall.guild_name.clone());
    let labels = labels(house, house.preferences.locale(Some(guild)), number);
    let blobs = house.vault.blobs();
    house
        .store
        .read(move |store| {
            let (history, _) = read(store, guild, name, number, &blobs)?;
            Ok(transcript::render(&history, &labels, reader, format))
        })
        .await
}

/// All of a conversation at one moment, and the journal position of that moment.
fn read(
    reader: &store::Reader<'_>,
    guild: GuildId,
    guild_name: String,
    number: u32,
    blobs: &Blobs,
) -> Result<(History, u64)> {
    let conversation = look::find(reader, guild, number)?
        .ok_or_else(|| anyhow::anyhow!("there is no ticket {number}"))?;
    let reaches = reader.seq()?;
    let mut room = ENCLOSED;
    let mut lines = Vec::new();
    for message in look::messages(reader, guild, number)? {
        let before = look::versions(reader, message.row)?;
        let files = look::attachments(reader, message.row)?.into_iter();
        lines.push(Line {
            before: before.into_iter().map(|version| version.content).collect(),
            files: files.map(|file| enclosed(file, blobs, &mut room)).collect(),
            message,
        });
    }
    let category = category_of(reader, &conversation)?.name;
    let names = Names {
        guild: guild_name,
        category,
    };
    let history = History {
        conversation,
        lines,
        names,
    };
    Ok((history, reaches))
}

/// A file, with its bytes where there is room for them.
fn enclosed(file: Attachment, blobs: &Blobs, room: &mut u64) -> (Attachment, Option<Vec<u8>>) {
    let bytes = match &file.sha256 {
        Some(sha256) if file.size <= *room => blobs.read(sha256).ok(),
        _ => None,
    };
    if bytes.is_some() {
        *room -= file.size;
    }
    (file, bytes)
}

fn labels(house: &House, locale: Locale, number: u32) -> Labels {
    let words: BTreeMap<&str, String> = [
        "transcript-edited",
        "transcript-deleted",
        "transcript-note",
        "transcript-staff",
        "transcript-lost",
    ]
    .into_iter()
    .map(|key| (key, house.say(locale, &Text::new(key))))
    .collect();
    let word = |key: &str| words.get(key).cloned().unwrap_or_default();
    Labels {
        title: house.say(locale, &text!("transcript-title", number = number)),
        edited: word("transcript-edited"),
        deleted: word("transcript-deleted"),
        note: word("transcript-note"),
        staff: word("transcript-staff"),
        lost: word("transcript-lost"),
        language: locale.code(),
    }
}
