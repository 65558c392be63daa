//! A guild begins its economy anew. The archive that comes first is the caller's.

use super::{administrator, games};
use crate::cogs::economy::account::Account;
use crate::cogs::economy::register::ledger::balance;
use crate::cogs::economy::register::{Change, Economy, games as table};
use crate::model::{GuildId, Locale, Rejection, Standing};
use crate::store::Tx;

/// Empties every purse, streak, inventory and open game; shop, paydays and choices stay. The posts of the games say
/// so in the guild's language. Returns how many coins went.
pub fn reset(
    tx: &mut Tx<'_>,
    guild: GuildId,
    actor: &Standing,
    locale: Locale,
) -> Result<i64, Rejection> {
    administrator(actor)?;
    let circulating = -balance(tx, guild, Account::Bank)?;
    let open = table::open(tx, guild)?;
    tx.record::<Economy>(&Change::Reset)?;
    for number in open {
        games::tell(tx, guild, number, locale)?;
    }
    Ok(circulating)
}
