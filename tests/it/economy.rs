//! An archive is proved only if the ledger in it adds up.

use greffier::cogs::economy::rules::ledger::{Party, grant};
use greffier::model::{Clock, GuildId, Timestamp, UserId};
use greffier::store::Order;
use greffier::vault::{Cause, Layout, Options, Proof, Vault};

use crate::lives::{person, registers};

const GUILD: GuildId = GuildId(1);

fn prove(vault: &Vault) -> anyhow::Result<Proof> {
    let made = vault.archive(Cause::Requested, None)?;
    let archives = vault.archives()?;
    let archive = archives.iter().find(|archive| archive.name == made.name);
    vault.prove(archive.expect("it was just made"))
}

#[test]
fn an_archive_whose_ledger_does_not_add_up_is_not_proved() {
    let folder = tempfile::tempdir().expect("a folder");
    let layout = Layout::new(folder.path().join("data"), folder.path().join("backups"));
    let clock = Clock::fixed(Timestamp(1_795_176_000_000));
    let started = Vault::start(layout, registers(), clock, Options::default());
    let vault = started.expect("a vault").0;
    let order = Order {
        guild: Some(GUILD),
        actor: Some(UserId(1)),
        origin: None,
    };
    for (member, amount) in [(5, 100), (6, 50)] {
        let to = Party {
            user: UserId(member),
            bot: false,
        };
        let granted = vault.store().write_blocking(order.clone(), move |tx| {
            grant(tx, GUILD, &person(1), to, amount, "")
        });
        granted.expect("coins");
    }
    assert!(prove(&vault).is_ok());
    let tampered = rusqlite::Connection::open(vault.store().path()).and_then(|database| {
        database.execute("UPDATE accounts SET balance = 107 WHERE account = 5", [])
    });
    assert_eq!(tampered, Ok(1));
    let refused = prove(&vault).expect_err("seven coins came from nowhere");
    assert_eq!(
        format!("{refused:#}"),
        "economy does not add up: guild 1: the account 5 holds 107, but its entries make 100; \
         guild 1: all accounts make 7 instead of 0"
    );
}
