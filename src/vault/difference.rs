//! What lies between two states of the records, in words: rows that came, went or changed, and amounts.

use std::collections::{BTreeMap, HashSet};

use anyhow::{Context, Result};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use crate::model::Text;
use crate::store::{Amount, Registers, Snapshot, Table, Wording};
use crate::text;

/// How many amounts of a table are told one by one.
const AMOUNTS_TOLD: usize = 20;

/// The rows of one side that the other lacks, by their key.
type Rows = BTreeMap<String, Map<String, Value>>;

/// What changes when `to` takes the place of `from`, in sentences; nothing, if they hold the same.
pub(super) fn tell(registers: &Registers, from: &Snapshot, to: &Snapshot) -> Result<Vec<Text>> {
    let mut told = Vec::new();
    for register in registers.iter() {
        for table in register.tables() {
            let gone = lacking(&table, from, &hashes(&table, to)?)?;
            let come = lacking(&table, to, &hashes(&table, from)?)?;
            tell_table(
                &table,
                register.wording(table.name),
                &gone,
                &come,
                &mut told,
            );
        }
    }
    Ok(told)
}

/// Half of a SHA-256: no two rows of a server share one.
fn hash(row: &[u8]) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&Sha256::digest(row)[..16]);
    half
}

fn hashes(table: &Table, side: &Snapshot) -> Result<HashSet<[u8; 16]>> {
    let mut hashes = HashSet::new();
    table.stream(&side.reader(), None, &mut |row| {
        hashes.insert(hash(row));
        Ok(())
    })?;
    Ok(hashes)
}

fn lacking(table: &Table, side: &Snapshot, other: &HashSet<[u8; 16]>) -> Result<Rows> {
    let mut rows = Rows::new();
    table.stream(&side.reader(), None, &mut |row| {
        if !other.contains(&hash(row)) {
            let row: Map<String, Value> = serde_json::from_slice(row).context("reading a row")?;
            let key = table.key.split(',').map(|column| row.get(column.trim()));
            rows.insert(serde_json::to_string(&key.collect::<Vec<_>>())?, row);
        }
        Ok(())
    })?;
    Ok(rows)
}

fn tell_table(table: &Table, wording: Wording, gone: &Rows, come: &Rows, told: &mut Vec<Text>) {
    let counted = |count: usize| match wording.noun {
        Some(noun) => Text::new(noun).with("count", count),
        None => text!(
            "difference-rows",
            count = count,
            table = table.name.replace('_', " ")
        ),
    };
    if let Some(amount) = wording.amount {
        return tell_amounts(amount, gone, come, told);
    }
    let changed = come.keys().filter(|key| gone.contains_key(*key)).count();
    let (added, removed) = (come.len() - changed, gone.len() - changed);
    if added > 0 {
        told.push(text!("difference-added", what = counted(added)));
    }
    if removed > 0 {
        told.push(text!("difference-removed", what = counted(removed)));
    }
    if changed > 0 {
        told.push(text!("difference-changed", what = counted(changed)));
    }
}

fn tell_amounts(amount: Amount, gone: &Rows, come: &Rows, told: &mut Vec<Text>) {
    let mut keys: Vec<&String> = gone.keys().chain(come.keys()).collect();
    keys.sort();
    keys.dedup();
    for key in keys.iter().take(AMOUNTS_TOLD) {
        let (before, after) = (gone.get(*key), come.get(*key));
        let value = |row: Option<&Map<String, Value>>| {
            let value = row.and_then(|row| row.get(amount.value));
            value.and_then(Value::as_i64).unwrap_or(0)
        };
        if value(before) == value(after) {
            continue;
        }
        let owner = before.or(after).and_then(|row| row.get(amount.owner));
        let owner = match owner {
            Some(Value::String(owner)) => owner.clone(),
            Some(other) => other.to_string(),
            None => "?".to_owned(),
        };
        told.push(text!(
            "difference-amount",
            owner = owner,
            before = value(before).to_string(),
            after = Text::new(amount.noun).with("count", value(after))
        ));
    }
    if keys.len() > AMOUNTS_TOLD {
        let more = keys.len() - AMOUNTS_TOLD;
        told.push(text!("difference-more", count = more));
    }
}
