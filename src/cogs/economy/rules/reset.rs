//! A guild begins its economy anew. The archive that comes first is the caller's.

use super::administrator;
use crate::cogs::economy::account::Account;
use crate::cogs::economy::register::ledger::balance;
use crate::cogs::economy::register::{Change, Economy};
use crate::model::{GuildId, Rejection, Standing};
use crate::store::Tx;

/// Empties every purse, streak, inventory and open game; shop, paydays and choices stay. Returns how many coins went.
pub fn reset(tx: &mut Tx<'_>, guild: GuildId, actor: &Standing) -> Result<i64, Rejection> {
    administrator(actor)?;
    let circulating = -balance(tx, guild, Account::Bank)?;
    tx.record::<Economy>(&Change::Reset)?;
    Ok(circulating)
}
