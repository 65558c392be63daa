//! A program with newer tables: an archive first, and the way back.

use anyhow::Result;
use greffier::model::{GuildId, UserId};
use greffier::saved_row;
use greffier::store::{Entry, OpenError, Register, Registers, Table, Tables};
use greffier::vault::{Cause, Options, StartError, Vault};

use crate::ledgers::{
    Notes, Office, Tallies, TallyChange, contents, count, kill, stop, write_note,
};

/// The tallies of a later version: a column more.
struct LaterTallies;

saved_row! {
    pub struct LaterTally in "tallies" order "guild, member" {
        pub guild: GuildId,
        pub member: UserId,
        pub total: i64,
        #[serde(default)]
        pub level: i64,
    }
}

impl Register for LaterTallies {
    type Change = TallyChange;

    const NAME: &'static str = "tallies";
    const SCHEMA: &'static [&'static str] = &[
        <Tallies as Register>::SCHEMA[0],
        "ALTER TABLE tallies ADD COLUMN level INTEGER NOT NULL DEFAULT 0",
    ];

    fn tables() -> Vec<Table> {
        vec![Table::of::<LaterTally>()]
    }

    fn apply(tables: &Tables<'_>, change: &TallyChange, entry: &Entry) -> Result<()> {
        <Tallies as Register>::apply(tables, change, entry)
    }
}

fn start_later(office: &Office) -> (Vault, greffier::vault::StartReport) {
    let registers = Registers::default().with::<Notes>().with::<LaterTallies>();
    let started = Vault::start(
        office.layout.clone(),
        registers,
        office.clock.clone(),
        Options::default(),
    );
    started.expect("the later version starts")
}

#[test]
fn a_migration_takes_an_archive_first_and_the_older_program_restores_it() {
    let office = Office::new();
    let (vault, _) = office.start();
    write_note(vault.store(), 1, "saved");
    vault.save(Cause::Requested).expect("saving");
    count(vault.store(), 5);
    let before = contents(vault.store());
    kill(vault);
    office.later(1);

    let (vault, report) = start_later(&office);
    let archive = report.migrated.expect("archived first");
    let archives = vault.archives().expect("listing");
    vault
        .prove(&archives[0])
        .expect("the later program can restore it too");
    vault
        .save(Cause::Requested)
        .expect("saving in the later shape");
    stop(vault);

    let error = office.refused();
    assert!(
        matches!(error, StartError::Database(OpenError::Newer { .. })),
        "{error}"
    );
    // The way back that the README gives: the data folder aside, the archive into a new one.
    std::fs::rename(&office.layout.data, office.above().join("data-newer")).expect("aside");
    std::fs::create_dir(&office.layout.data).expect("a new folder");
    office.copy_archive(&archive);
    let (vault, _) = office.start();
    assert_eq!(
        contents(vault.store()),
        before,
        "with what came after the save"
    );
}

#[test]
fn a_migration_happens_once_and_the_records_stay() {
    let office = Office::new();
    let (vault, _) = office.start();
    count(vault.store(), 5);
    kill(vault);
    let (vault, _) = start_later(&office);
    kill(vault);
    let (vault, report) = start_later(&office);
    assert_eq!(report.migrated, None);
    let total = vault.store().read_blocking(|reader| {
        Ok(
            reader.query_row("SELECT total + level FROM tallies", [], |row| {
                row.get::<_, i64>(0)
            })?,
        )
    });
    assert_eq!(total.expect("reading"), 5);
}

#[test]
fn an_archive_of_the_older_program_is_restored_by_the_later_one() {
    let office = Office::new();
    let (vault, _) = office.start();
    count(vault.store(), 5);
    let archive = vault.archive(Cause::Requested, None).expect("archiving");
    count(vault.store(), 5);
    stop(vault);
    office.copy_archive(&archive.name);
    let (vault, report) = start_later(&office);
    assert!(
        report.restored.is_some() && report.migrated.is_some(),
        "{report:?}"
    );
    let total = vault.store().read_blocking(|reader| {
        Ok(
            reader.query_row("SELECT total + level FROM tallies", [], |row| {
                row.get::<_, i64>(0)
            })?,
        )
    });
    assert_eq!(total.expect("reading"), 5);
}
