//! Where coins can be, and why they move. Not who may move them: the rules say that.

use std::fmt;
use std::str::FromStr;

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::model::{Text, UserId};

/// The most coins that a guild can have in circulation, and so the most that anyone can have: 2^53, up to which every
/// program that reads the saves keeps an integer whole.
pub const MOST_COINS: i64 = 1 << 53;

/// One side of a movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Account {
    /// A member's purse.
    Member(UserId),
    /// Where coins are made and where they end: its balance is what is in circulation, below zero.
    Bank,
    /// Stakes of games that are not over.
    Escrow,
    /// What a restore of one guild or one member gave back or took.
    Restore,
}

impl Account {
    /// The number that the tables keep: a member's id, or one below zero.
    fn code(self) -> i64 {
        match self {
            Account::Member(member) => member.as_i64(),
            Account::Bank => -1,
            Account::Escrow => -2,
            Account::Restore => -3,
        }
    }

    /// Whether its balance may be below zero: only of those that stand for what others have.
    pub fn may_owe(self) -> bool {
        matches!(self, Account::Bank | Account::Restore)
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Account::Member(member) => member.fmt(f),
            Account::Bank => f.write_str("bank"),
            Account::Escrow => f.write_str("escrow"),
            Account::Restore => f.write_str("restore"),
        }
    }
}

impl FromStr for Account {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text {
            "bank" => Account::Bank,
            "escrow" => Account::Escrow,
            "restore" => Account::Restore,
            id => Account::Member(id.parse()?),
        })
    }
}

impl Serialize for Account {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Account {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(de::Error::custom)
    }
}

impl ToSql for Account {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.code().into())
    }
}

impl FromSql for Account {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_i64()? {
            -1 => Ok(Account::Bank),
            -2 => Ok(Account::Escrow),
            -3 => Ok(Account::Restore),
            id => u64::try_from(id)
                .map(|id| Account::Member(UserId(id)))
                .map_err(|_| FromSqlError::OutOfRange(id)),
        }
    }
}

/// What a movement was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// One member paid another.
    Pay,
    /// The daily coins.
    Daily,
    /// Work.
    Work,
    /// A coin was flipped against the bank.
    Coinflip,
    /// A stake went into escrow.
    Stake,
    /// A stake came back.
    StakeBack,
    /// A game was won.
    Pot,
    /// Something was bought.
    Purchase,
    /// An administrator gave.
    Grant,
    /// An administrator took.
    Take,
    /// A role's payday.
    Payday,
    /// The guild began anew.
    Reset,
    /// A moderator's mistake was undone.
    Undo,
}

impl Why {
    /// What members read of it.
    pub fn label(self) -> Text {
        Text::new(match self {
            Why::Pay => "economy-why-pay",
            Why::Daily => "economy-why-daily",
            Why::Work => "economy-why-work",
            Why::Coinflip => "economy-why-coinflip",
            Why::Stake => "economy-why-stake",
            Why::StakeBack => "economy-why-stake-back",
            Why::Pot => "economy-why-pot",
            Why::Purchase => "economy-why-purchase",
            Why::Grant => "economy-why-grant",
            Why::Take => "economy-why-take",
            Why::Payday => "economy-why-payday",
            Why::Reset => "economy-why-reset",
            Why::Undo => "economy-why-undo",
        })
    }

    fn word(self) -> &'static str {
        match self {
            Why::Pay => "pay",
            Why::Daily => "daily",
            Why::Work => "work",
            Why::Coinflip => "coinflip",
            Why::Stake => "stake",
            Why::StakeBack => "stake_back",
            Why::Pot => "pot",
            Why::Purchase => "purchase",
            Why::Grant => "grant",
            Why::Take => "take",
            Why::Payday => "payday",
            Why::Reset => "reset",
            Why::Undo => "undo",
        }
    }
}

impl ToSql for Why {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.word().into())
    }
}

impl FromSql for Why {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let word: de::value::StrDeserializer<'_, de::value::Error> =
            de::IntoDeserializer::into_deserializer(value.as_str()?);
        Why::deserialize(word).map_err(FromSqlError::other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_written_and_read_alike() {
        for account in [
            Account::Bank,
            Account::Escrow,
            Account::Restore,
            Account::Member(UserId(u64::MAX >> 1)),
        ] {
            let text = serde_json::to_string(&account).expect("JSON");
            assert_eq!(serde_json::from_str::<Account>(&text).ok(), Some(account));
        }
        assert!(serde_json::from_str::<Account>("\"purse\"").is_err());
    }

    #[test]
    fn a_reason_has_one_name_in_tables_and_journal() {
        for why in [Why::Pay, Why::StakeBack, Why::Purchase, Why::Undo] {
            let text = serde_json::to_string(&why).expect("JSON");
            assert_eq!(text, format!("\"{}\"", why.word()));
        }
    }
}
