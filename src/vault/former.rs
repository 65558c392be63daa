//! Registers that were taken out of the program. Their rows stay in the database, but this program can't read them: they
//! are in none of its saves and archives. So the last archive that has them is made before the first start without them
//! and is never pruned, and every start says so.

use std::collections::BTreeMap;

use anyhow::Result;

use super::archives::Archive;
use super::site::Site;
use crate::store::Reader;

/// The registers that the database or its archives know and this program lacks, each with the newest archive that holds
/// all it kept.
pub(super) fn registers(
    site: &Site,
    reader: &Reader<'_>,
    archives: &[Archive],
) -> Result<BTreeMap<String, Option<String>>> {
    let (database, _) = reader.identity()?;
    let mut former = BTreeMap::new();
    for (name, _) in reader.schemas()? {
        former.insert(name, None);
    }
    // The newest last. A database that was made anew never had the register itself.
    let of_this = archives
        .iter()
        .rev()
        .filter_map(|archive| Some((archive, archive.metadata()?)))
        .filter(|(_, metadata)| metadata.database == database);
    for (archive, metadata) in of_this {
        for register in metadata.schema.keys() {
            let newest = reader
                .activity(register, None)?
                .map_or(0, |change| change.seq);
            let holding = (metadata.seq >= newest).then(|| archive.name.clone());
            former.insert(register.clone(), holding);
        }
    }
    former.retain(|register, _| site.registers.get(register).is_none());
    Ok(former)
}
