//! What the log says of conversations whenever the journal's copy was made durable.

use anyhow::Result;

use crate::store::{Reader, Store};

/// Logs how many conversations changed after the journal position `after`, and in how many of them messages did. Says
/// nothing when none changed.
pub fn tell_saved(store: &Store, after: u64) -> Result<()> {
    let (conversations, groups) = store.read_blocking(|reader| changed(reader, after))?;
    if conversations > 0 {
        tracing::info!(event = "mirror_saved", conversations, groups);
    }
    Ok(())
}

/// How many conversations changed after `after`, and how many groups of messages: those of one conversation.
fn changed(reader: &Reader<'_>, after: u64) -> Result<(u32, u32)> {
    Ok(reader.query_row(
        "WITH rows AS (SELECT guild, register, change FROM journal WHERE seq > ?1),
              groups AS (
                  SELECT DISTINCT guild, coalesce(
                      json_extract(change, '$.conversation'),
                      (SELECT conversation FROM messages WHERE row = json_extract(change, '$.message'))
                  ) AS number
                  FROM rows WHERE register = 'messages'
              ),
              every AS (
                  SELECT guild, number FROM groups
                  UNION SELECT guild, json_extract(change, '$.number') FROM rows WHERE register = 'conversations'
              )
         SELECT (SELECT count(number) FROM every), (SELECT count(number) FROM groups)",
        [after],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?)
}
