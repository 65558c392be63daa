//! Questions that wait for somebody to press a button: what they are about is too long for the button's id (Discord's
//! limit: 100 characters). They stand outside the records: a question that nobody answers is forgotten.

use std::time::Duration;

use anyhow::{Context, Result};
use rusqlite::params;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::read::Reader;
use super::tx::Operations;

/// How long a question can be answered: an interaction's own token holds as long (Discord's limit).
const ANSWERABLE: Duration = Duration::from_secs(15 * 60);

impl Operations<'_> {
    /// Keeps `question` under `token` for a quarter of an hour, and forgets those that are older. The same command delivered
    /// again asks nothing anew.
    pub fn ask(&self, token: &str, question: &impl Serialize) -> Result<()> {
        self.tables
            .execute("DELETE FROM asked WHERE until <= ?1", [self.now])?;
        self.tables.execute(
            "INSERT INTO asked (token, until, question) VALUES (?1, ?2, ?3) ON CONFLICT (token) DO NOTHING",
            params![
                token,
                self.now + ANSWERABLE,
                serde_json::to_string(question)?
            ],
        )?;
        Ok(())
    }
}

impl Reader<'_> {
    /// What was asked under `token`; `None` when it was answerable no longer than until `now`. It stays: that it is carried
    /// out once is the order's matter, whose origin should be the token.
    pub fn asked<Q: DeserializeOwned>(
        &self,
        token: &str,
        now: crate::model::Timestamp,
    ) -> Result<Option<Q>> {
        let text: Option<String> = self.query_optional(
            "SELECT question FROM asked WHERE token = ?1 AND until > ?2",
            params![token, now],
            |row| row.get(0),
        )?;
        text.map(|text| serde_json::from_str(&text))
            .transpose()
            .context("reading what was asked")
    }
}
